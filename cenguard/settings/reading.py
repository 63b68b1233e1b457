"""Settings files, read: every key, and the waivers and custom rules they name. All that is wrong in a file is told at once."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from cenguard.errors import InvalidSettings
from cenguard.findings.report import Prices
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.rules import RULES
from cenguard.rules.rule import Rule
from cenguard.settings.misplaced import home_of
from cenguard.settings.model import (
    INVENTORY_DAYS,
    KEYS,
    OUTPUTS,
    PYPROJECT,
    UNDETERMINED,
    Settings,
    catalogue_named,
)
from cenguard.settings.prices import read_prices
from cenguard.settings.rule_tables import Levels, Options, chooser_of, codes_in, read_rules
from cenguard.settings.waivers import Waiver, read_waivers, waivers_in
from cenguard.text.faults import Faults
from cenguard.text.tables import Table, read_toml

NO_NAME_HOLDS = ':"[]\n'
"""What no name of a source may hold: it stands before a colon and an address, where brackets and quotes begin a key."""


def read_settings(path: Path) -> Settings:
    """Read one settings file, and the waivers and custom rules it names.

    Raises:
        InvalidSettings: it holds something that is not understood: line, key and the nearest name, of everything at once.
    """
    table = _own_table(path)
    folder = path.parent
    faults = Faults()
    custom = faults.read(lambda: _custom(table, folder), ())
    rules = (*RULES, *custom)
    faults.read(lambda: table.allow(*KEYS, elsewhere=lambda key: home_of(key, table, rules)), None)
    areas = faults.read(lambda: table.text_or_none("areas"), None)
    catalogue = faults.read(lambda: catalogue_named(areas, folder), default_catalogue())
    nothing: tuple[Levels, Options] = ({}, {})
    levels, options = faults.read(lambda: read_rules(table.subtable("rules"), rules, catalogue), nothing)
    settings = Settings(
        source=str(path),
        given=frozenset(table.values),
        levels=levels,
        options=options,
        undetermined=faults.read(lambda: table.choice("undetermined", UNDETERMINED, default="advisory"), "advisory"),
        shared=faults.read(lambda: table.texts("shared"), ()),
        expect=faults.read(lambda: table.texts("expect"), ()),
        expect_at=table.where("expect") if "expect" in table.values else "",
        placeholders=faults.read(lambda: table.texts("placeholders"), ()),
        unwaivable=faults.read(lambda: codes_in(table, "unwaivable", rules), frozenset()),
        waivers=faults.read(lambda: _waivers(table, folder, rules, catalogue), ()),
        inventory=tuple(folder / name for name in faults.read(lambda: table.texts("inventory"), ())),
        inventory_days=faults.read(lambda: table.whole_number("inventory_days", default=INVENTORY_DAYS), INVENTORY_DAYS),
        areas=areas,
        areas_base=folder,
        custom=custom,
        output=faults.read(lambda: _output(table.subtable("output"), folder, rules), {}),
        sources=faults.read(lambda: _sources(table.subtable("sources"), folder), {}),
        help_url=faults.read(lambda: _help_url(table), ""),
        prices=faults.read(lambda: _prices(table, catalogue), None),
    )
    faults.told()
    return settings


def _own_table(path: Path) -> Table:
    table = read_toml(path)
    if path.name != PYPROJECT:
        return table
    if "cenguard" not in table.subtable("tool").values:
        raise InvalidSettings(str(path), "holds no table [tool.cenguard]")
    return table.subtable("tool").subtable("cenguard")


def _custom(table: Table, folder: Path) -> tuple[Rule, ...]:
    from cenguard.settings.installed import any_rules

    names = table.texts("plugins")
    if not names and not any_rules():
        return ()
    from cenguard.settings.plugins import load as load_plugins

    place = f"{table.source}, {table.where('plugins')}"
    if len(set(names)) < len(names):
        raise table.refuse("plugins", "names a file twice")
    return load_plugins([folder / name for name in names], places=[place] * len(names))


def _waivers(table: Table, folder: Path, rules: Sequence[Rule], catalogue: Catalogue) -> tuple[Waiver, ...]:
    if "waivers" not in table.values and "waiver" not in table.values:
        return ()
    if isinstance(table.values.get("waivers"), list) and any(isinstance(item, dict) for item in table.values["waivers"]):
        raise table.refuse("waivers", "names files; a waiver that stands right here is a table [[waiver]]")
    chooser = chooser_of(rules)
    faults = Faults()
    found = list(faults.read(lambda: waivers_in(table, chooser, catalogue), ()))
    for name in faults.read(lambda: table.texts("waivers"), ()):
        found += faults.read(partial(read_waivers, folder / name, chooser, catalogue), ())
    faults.told()
    return tuple(found)


def _sources(table: Table, folder: Path) -> dict[str, Path]:
    faults = Faults()
    for name in table.values:
        sign = next((sign for sign in NO_NAME_HOLDS if sign in name), None)
        if sign is not None:
            faults.add(table.refuse(name, f"a source's name cannot hold {sign!r}"))
    files = {name: faults.read(partial(table.required_text, name), "") for name in table.values}
    faults.told()
    return {name: folder / file for name, file in files.items()}


def _output(table: Table, folder: Path, rules: Sequence[Rule]) -> dict[str, Path]:
    faults = Faults()
    faults.read(lambda: table.allow(*OUTPUTS, elsewhere=lambda key: home_of(key, table, rules)), None)
    known = [form for form in table.values if form in OUTPUTS]
    files = {form: faults.read(partial(table.required_text, form), "") for form in known}
    faults.told()
    return {form: folder / file for form, file in files.items()}


def _help_url(table: Table) -> str:
    address = table.text_or_none("help_url")
    if address is None:
        return ""
    if not re.fullmatch(r"https?://[^\s<>\"'()]+", address):
        raise table.refuse("help_url", "an address that begins with https:// was expected")
    return address.rstrip("/") + "/"


def _prices(table: Table, catalogue: Catalogue) -> Prices | None:
    return read_prices(table.subtable("prices"), catalogue) if "prices" in table.values else None
