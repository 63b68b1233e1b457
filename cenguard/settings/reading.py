"""Settings files, read: every key, and the waivers and custom rules they name. All that is wrong in a file is told at once."""

import os
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import structs

from cenguard.errors import shown
from cenguard.findings.report import Prices
from cenguard.geography.catalogue import Catalogue, default_catalogue, editions
from cenguard.resources.addresses import NO_NAME_HOLDS
from cenguard.rules import RULES
from cenguard.rules.rule import Rule
from cenguard.settings.extending import Layer, layers_of
from cenguard.settings.misplaced import home_of
from cenguard.settings.model import (
    INVENTORY_DAYS,
    KEYS,
    OUTPUTS,
    UNDETERMINED,
    Settings,
    catalogue_named,
)
from cenguard.settings.prices import read_prices
from cenguard.settings.rule_tables import Levels, Options, chooser_of, codes_in, read_rules
from cenguard.settings.tightening import WEAKENING, laid_over
from cenguard.settings.waivers import Waiver, once, read_waivers, waivers_in
from cenguard.text.boundary import boundary, holds, pass_over
from cenguard.text.faults import Faults
from cenguard.text.printable import listed
from cenguard.text.tables import Table

NO_AREAS = f"neither an edition of the area catalogue ({', '.join(editions())}) nor a file"


def read_settings(path: Path, *, above: Path | None = None) -> Settings:
    """Read one settings file with what it extends, and the waivers and custom rules that they name.

    `above` is a file nearer to the organisation than all of these, such as the one beside a policy pack.

    Raises:
        InvalidSettings: it holds something that is not understood: line, key and the nearest name, of everything at once.
    """
    layers = layers_of(*filter(None, (above, path)))
    not_loaded = () if boundary().code else _not_loaded(layers)
    custom = () if not_loaded else _custom(layers)  # without them nobody knows which names are rules
    faults = Faults()
    settings = Settings(not_loaded=not_loaded)
    for number, layer in enumerate(layers):
        read = faults.read(partial(_read_layer, layer, custom, settings), Settings())
        if number < len(layers) - 1 and read.expect and layer.folder.resolve() != layers[-1].folder.resolve():
            faults.add(
                layer.table.refuse("expect", "belongs in the project's own settings: here it would be asked of every project")
            )
        if number == 0:
            settings = read
        else:
            where = partial(layer.where, rules=(*RULES, *custom))
            layered = laid_over(settings, read, where, "a file that extends another one")
            # what a layer that was not read allows is open: its place is kept, and nothing is said of it
            remarks = layered.remarks if layers[0].loaded else ()
            settings = structs.replace(layered.settings, remarks=(*settings.remarks, *remarks))
    faults.told()
    read_from = tuple(str(layer.path) for layer in layers if layer.loaded)
    return structs.replace(settings, layers=read_from, waivers=once(settings.waivers))


def _read_layer(layer: Layer, custom: Sequence[Rule], above: Settings) -> Settings:
    table, folder = layer.table, layer.folder
    faults = Faults()
    rules, lenient = (*RULES, *custom), bool(above.not_loaded)
    faults.read(lambda: table.allow(*KEYS, elsewhere=lambda key: home_of(key, table, rules)), None)
    areas = faults.read(lambda: table.text_or_none("areas"), None)
    base = (above.areas, above.areas_base) if areas is None else (areas, folder)
    if areas is not None and areas not in editions():
        named = faults.read(lambda: _there(table, "areas", folder, areas, NO_AREAS), None)
        if named is None:  # one line says so, and it is not looked for
            base = (above.areas, above.areas_base)
    catalogue = faults.read(lambda: catalogue_named(*base), default_catalogue())
    nothing: tuple[Levels, Options] = ({}, {})
    levels, options = faults.read(lambda: read_rules(table.subtable("rules"), rules, catalogue, lenient=lenient), nothing)
    inventory = faults.read(lambda: tuple(_inside(table, "inventory", folder, name) for name in table.texts("inventory")), ())
    settings = Settings(
        source=str(layer.path),
        given=frozenset(table.values),
        levels=levels,
        options=options,
        undetermined=faults.read(lambda: table.choice("undetermined", UNDETERMINED, default="advisory"), "advisory"),
        shared=faults.read(lambda: table.texts("shared"), ()),
        expect=faults.read(lambda: table.texts("expect"), ()),
        expect_at=table.where("expect") if "expect" in table.values else "",
        placeholders=faults.read(lambda: table.texts("placeholders"), ()),
        unwaivable=faults.read(lambda: codes_in(table, "unwaivable", rules, words=WEAKENING, lenient=lenient), frozenset()),
        waivers=faults.read(lambda: _waivers(table, folder, chooser_of(rules, lenient=lenient), catalogue), ()),
        inventory=inventory,
        inventory_at=dict.fromkeys(inventory, (table.source, table.where("inventory"))),
        inventory_days=faults.read(lambda: table.whole_number("inventory_days", default=INVENTORY_DAYS), INVENTORY_DAYS),
        areas=areas,
        areas_base=folder,
        custom=tuple(custom),
        output=faults.read(lambda: _output(table.subtable("output"), folder, rules), {}),
        sources=faults.read(lambda: _sources(table.subtable("sources"), folder), {}),
        help_url=faults.read(lambda: _help_url(table), ""),
        prices=faults.read(lambda: _prices(table, catalogue), None),
        not_loaded=above.not_loaded,
    )
    faults.told()
    return settings


def _inside(table: Table, key: str, folder: Path, name: str) -> Path:
    """A file that a key names, from the folder of the settings.

    Raises:
        InvalidSettings: it is none, or leads to where nothing is to be read.
    """
    path = folder / name
    if "\0" in name:
        raise table.refuse(key, f"{shown(name)}: no file has such a name")
    if not holds(path):
        raise table.refuse(key, f"{shown(name)} {boundary().said}")
    return path


def _there(table: Table, key: str, folder: Path, name: str, why: str = "there is no such file") -> Path:
    """The same of a file that is read at once.

    Raises:
        InvalidSettings: it leads to where nothing is to be read, or there is none; with the line that names it.
    """
    path = _inside(table, key, folder, name)
    if not os.path.lexists(path):
        raise table.refuse(key, f"{name}: {why}").naming(path)
    return path


def _not_loaded(layers: Sequence[Layer]) -> tuple[str, ...]:
    """What is passed over where no code of the user's is run."""
    from cenguard.settings.installed import INSTALLED, any_rules

    packages = [f"the package that {shown(str(layer.path))} lies in" for layer in layers if not layer.loaded]
    plugins = [f"the plugin {shown(name)}" for layer in layers for name in layer.table.texts("plugins")]
    found = tuple(dict.fromkeys([*packages, *plugins, *([INSTALLED] if any_rules() else [])]))
    if found:
        pass_over(f"not loaded, since no code of others is run: {listed(found)}")
    return found


def _custom(layers: Sequence[Layer]) -> tuple[Rule, ...]:
    """The custom rules of every layer; a file that two layers name is loaded once."""
    from cenguard.settings.installed import any_rules

    files: dict[Path, tuple[Path, str]] = {}
    for layer in layers:
        names = layer.table.texts("plugins")
        if len(set(names)) < len(names):
            raise layer.table.refuse("plugins", "names a file twice")
        for name in names:
            path = _inside(layer.table, "plugins", layer.folder, name)
            files.setdefault(Path(os.path.realpath(path)), (path, f"{layer.table.source}, {layer.table.where('plugins')}"))
    if not files and not any_rules():
        return ()
    from cenguard.settings.plugins import load as load_plugins

    return load_plugins([path for path, _ in files.values()], places=[place for _, place in files.values()])


def _waivers(table: Table, folder: Path, chooser: Callable[[str], frozenset[str]], catalogue: Catalogue) -> tuple[Waiver, ...]:
    if "waivers" not in table.values and "waiver" not in table.values:
        return ()
    if isinstance(table.values.get("waivers"), list) and any(isinstance(item, dict) for item in table.values["waivers"]):
        raise table.refuse("waivers", "names files; a waiver that stands right here is a table [[waiver]]")
    faults = Faults()
    found = list(faults.read(lambda: waivers_in(table, chooser, catalogue), ()))
    for name in faults.read(lambda: table.texts("waivers"), ()):
        found += faults.read(partial(_waivers_of, table, folder, name, chooser, catalogue), ())
    faults.told()
    return tuple(found)


def _waivers_of(
    table: Table, folder: Path, name: str, chooser: Callable[[str], frozenset[str]], catalogue: Catalogue
) -> tuple[Waiver, ...]:
    return read_waivers(_there(table, "waivers", folder, name), chooser, catalogue)


def _sources(table: Table, folder: Path) -> dict[str, Path]:
    faults = Faults()
    for name in table.values:
        sign = next((sign for sign in NO_NAME_HOLDS if sign in name), None)
        if sign is not None:
            faults.add(table.refuse(name, f"a source's name cannot hold {sign!r}"))
    files = {name: faults.read(partial(_source, table, name, folder), folder) for name in table.values}
    faults.told()
    return files


def _source(table: Table, name: str, folder: Path) -> Path:
    return _inside(table, name, folder, table.required_text(name))


def _output(table: Table, folder: Path, rules: Sequence[Rule]) -> dict[str, Path]:
    faults = Faults()
    faults.read(lambda: table.allow(*OUTPUTS, elsewhere=lambda key: home_of(key, table, rules)), None)
    known = [form for form in table.values if form in OUTPUTS]
    files = {form: faults.read(partial(_written, table, form, folder), folder) for form in known}
    faults.told()
    return files


def _written(table: Table, form: str, folder: Path) -> Path:
    """A file to write: nothing of it is read."""
    name = table.required_text(form)
    if "\0" in name:
        raise table.refuse(form, f"{shown(name)}: no file has such a name")
    return folder / name


def _help_url(table: Table) -> str:
    address = table.text_or_none("help_url")
    if address is None:
        return ""
    if not re.fullmatch(r"https?://[^\s<>\"'()]+", address):
        raise table.refuse("help_url", "an address that begins with https:// was expected")
    return address.rstrip("/") + "/"


def _prices(table: Table, catalogue: Catalogue) -> Prices | None:
    return read_prices(table.subtable("prices"), catalogue) if "prices" in table.values else None
