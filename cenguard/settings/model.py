"""Settings: levels, options, what is shared, where the other files are. One set of names for every place they stand in."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenguard.errors import InvalidSettings, UnknownName, nearest
from cenguard.findings import Level
from cenguard.geography.catalogue import Catalogue, default_catalogue, editions, load, override
from cenguard.geography.regions import surrounding
from cenguard.rules import RULES, select
from cenguard.rules.options import AREA_PAIR, Option
from cenguard.rules.rule import Rule
from cenguard.text.encodings import utf8

if TYPE_CHECKING:
    from cenguard.settings.waivers import Waiver
    from cenguard.text.tables import Table

FILE = "cenguard.toml"
NAMESPACE = "cenguard:"
"""What a stack's own settings begin with, in its configuration."""
PYPROJECT = "pyproject.toml"
UNDETERMINED = ("hide", "advisory", "mandatory")
OUTPUTS = ("human", "json", "sarif", "junit", "github", "gitlab", "markdown", "html")
KEYS = (
    "areas", "inventory", "inventory_days", "waivers", "waiver", "undetermined", "shared", "unwaivable", "plugins", "rules", "output", "help_url", "expect", "placeholders",
    "sources",
)  # fmt: skip
INVENTORY_DAYS = 7
NO_NAME_HOLDS = ':"[]\n'
"""What no name of a source may hold: it stands before a colon and an address, where brackets and quotes begin a key."""
TOOL_RULE = "CEN9"
"""Codes of what the tool says of itself begin with this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a team decided about the rules."""

    source: str = ""
    """The file they came from; empty when there is none."""
    given: frozenset[str] = frozenset()
    """The keys that the file sets."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    """Level by code, where it differs from the rule's own."""
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options of rules that are set, by code."""
    undetermined: str = "advisory"
    """What becomes of undetermined findings: hide, advisory or mandatory."""
    shared: tuple[str, ...] = ()
    """Globs on name, id or URN of instances that other stacks attach to or buy for."""
    expect: tuple[str, ...] = ()
    """Globs on name, id or URN of instances that must be in the input."""
    expect_at: str = ""
    """The line that asks for them."""
    placeholders: tuple[str, ...] = ()
    """Globs on values that stand for something, such as the ids of mocks: unknown, and never joined with each other."""
    unwaivable: frozenset[str] = frozenset()
    """Codes of rules that no waiver hides."""
    waivers: "tuple[Waiver, ...]" = ()
    inventory: tuple[Path, ...] = ()
    inventory_days: int = INVENTORY_DAYS
    """Days after which what rests on an inventory alone is advisory."""
    areas: str | None = None
    """An edition of the area catalogue, or a file."""
    areas_base: Path = field(default_factory=Path.cwd)
    custom: tuple[Rule, ...] = ()
    """Rules of a team's own."""
    output: Mapping[str, Path] = field(default_factory=dict)
    """Files to write by format, besides what is printed."""
    sources: Mapping[str, Path] = field(default_factory=dict)
    """Names of Terraform documents, each with its file."""
    help_url: str = ""
    """Where a copy of the documentation stands, with a slash at its end; empty where none is named."""

    def catalogue(self) -> Catalogue:
        """The area catalogue that the settings name.

        Raises:
            InvalidSettings: the file is no catalogue, or no such edition ships.
        """
        return catalogue_named(self.areas, self.areas_base)


def catalogue_named(name: str | None, base: Path) -> Catalogue:
    """An edition of the catalogue, or a user's own file relative to `base`; the newest edition when None.

    Raises:
        InvalidSettings: neither an edition nor a readable catalogue file.
    """
    if name is None:
        return default_catalogue()
    if name in editions():
        return load(name)
    path = base / name
    if not path.exists():
        raise InvalidSettings(name, f"neither an edition of the area catalogue ({', '.join(editions())}) nor a file")
    return override(path)


def find_settings(start: Path) -> Path | None:
    """The nearest `cenguard.toml`, or `pyproject.toml` with a `[tool.cenguard]` table, from a folder upwards."""
    return next(filter(None, map(own_settings, (start, *start.parents))), None)


def own_settings(folder: Path) -> Path | None:
    """The settings file that lies in a folder itself."""
    own = folder / FILE
    if _is_file(own):
        return own
    project = folder / PYPROJECT
    return project if _is_file(project) and _has_table(project) else None


def settings_for(given: Path | None, start: Path) -> Settings:
    """The settings of a command: the file that was named, else the nearest one from a folder upwards, else none.

    Raises:
        InvalidSettings: the file holds something that is not understood; named from the current folder where that is shorter.
    """
    found = given or find_settings(start)
    if found is None:
        return no_settings()
    if found.is_absolute() and found != given:
        found = min(Path(os.path.relpath(found)), found, key=lambda path: len(str(path)))
    return read_settings(found)


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - false, not an error, where a folder above may not be looked into


def _has_table(path: Path) -> bool:
    import tomllib  # most checks read no TOML

    try:
        text = utf8(path.read_bytes()).decode()
        return "cenguard" in text and "cenguard" in tomllib.loads(text).get("tool", {})
    except (OSError, ValueError, RecursionError, TypeError):
        return False  # somebody else's file; only one that is named must be right


def read_settings(path: Path) -> Settings:
    """Read one settings file, and the waivers and custom rules it names.

    Raises:
        InvalidSettings: it holds something that is not understood; says the line, the key and the nearest name.
    """
    from cenguard.text.tables import read_toml  # most checks read no settings

    table = read_toml(path)
    if path.name == PYPROJECT:
        if "cenguard" not in table.subtable("tool").values:
            raise InvalidSettings(str(path), "holds no table [tool.cenguard]")
        table = table.subtable("tool").subtable("cenguard")
    table.allow(*KEYS)
    folder = path.parent
    custom = _custom(table, folder)
    everything = (*RULES, *custom)
    areas = table.text_or_none("areas")
    catalogue = catalogue_named(areas, folder)
    levels, options = read_rules(table.subtable("rules"), everything, catalogue)
    return Settings(
        source=str(path),
        given=frozenset(table.values),
        levels=levels,
        options=options,
        undetermined=table.choice("undetermined", UNDETERMINED, default="advisory"),
        shared=table.texts("shared"),
        expect=table.texts("expect"),
        expect_at=table.where("expect") if "expect" in table.values else "",
        placeholders=table.texts("placeholders"),
        unwaivable=codes_in(table, "unwaivable", everything),
        waivers=_waivers(table, folder, everything, catalogue),
        inventory=tuple(folder / name for name in table.texts("inventory")),
        inventory_days=table.whole_number("inventory_days", default=INVENTORY_DAYS),
        areas=areas,
        areas_base=folder,
        custom=custom,
        output=_output(table.subtable("output"), folder),
        sources=_sources(table.subtable("sources"), folder),
        help_url=_help_url(table),
    )


def no_settings() -> Settings:
    """Settings of a team that decided nothing; rules of installed packages count all the same.

    Raises:
        InvalidSettings: an installed package offers something that is no rule.
    """
    from cenguard.settings.installed import any_rules

    if not any_rules():
        return Settings()
    from cenguard.settings.plugins import load as load_plugins

    return Settings(custom=load_plugins(()))


def _custom(table: "Table", folder: Path) -> tuple[Rule, ...]:
    from cenguard.settings.installed import any_rules

    names = table.texts("plugins")
    if not names and not any_rules():
        return ()
    from cenguard.settings.plugins import load as load_plugins

    place = f"{table.source}, {table.where('plugins')}"
    if len(set(names)) < len(names):
        raise table.refuse("plugins", "names a file twice")
    return load_plugins([folder / name for name in names], places=[place] * len(names))


def _waivers(table: "Table", folder: Path, rules: Sequence[Rule], catalogue: Catalogue) -> "tuple[Waiver, ...]":
    if "waivers" not in table.values and "waiver" not in table.values:
        return ()
    from cenguard.settings.waivers import read_waivers, waivers_in

    if isinstance(table.values.get("waivers"), list) and any(isinstance(item, dict) for item in table.values["waivers"]):
        raise table.refuse("waivers", "names files; a waiver that stands right here is a table [[waiver]]")
    chooser = chooser_of(rules)
    found = list(waivers_in(table, chooser, catalogue))
    for name in table.texts("waivers"):
        found += read_waivers(folder / name, chooser, catalogue)
    return tuple(found)


def with_waivers(settings: Settings, files: Sequence[Path], catalogue: Catalogue) -> Settings:
    """Settings with the waivers of further files.

    Raises:
        InvalidSettings: a file holds something that is not understood.
    """
    if not files:
        return settings
    from cenguard.settings.waivers import read_waivers

    chooser = chooser_of((*RULES, *settings.custom))
    found = [waiver for path in files for waiver in read_waivers(path, chooser, catalogue)]
    return replace(settings, waivers=(*settings.waivers, *found))


def chooser_of(rules: Sequence[Rule]) -> Callable[[str], frozenset[str]]:
    """What gives the codes that a word names: a code, a name or a prefix of codes."""
    return lambda word: select((word,), tuple(rules))


def codes_in(table: "Table", key: str, rules: Sequence[Rule]) -> frozenset[str]:
    """The codes that a list of words names.

    Raises:
        InvalidSettings: a word names no rule.
    """
    found: set[str] = set()
    for word in table.texts(key):
        try:
            found |= select((word,), tuple(rules))
        except UnknownName as error:
            raise table.refuse(key, str(error)) from None
    return frozenset(found)


def _sources(table: "Table", folder: Path) -> dict[str, Path]:
    bad = next(((name, sign) for name in table.values for sign in NO_NAME_HOLDS if sign in name), None)
    if bad is not None:
        raise table.refuse(bad[0], f"a source's name cannot hold {bad[1]!r}")
    return {name: folder / table.required_text(name) for name in table.values}


def _output(table: "Table", folder: Path) -> dict[str, Path]:
    table.allow(*OUTPUTS)
    return {form: folder / table.required_text(form) for form in table.values}


def _help_url(table: "Table") -> str:
    address = table.text_or_none("help_url")
    if address is None:
        return ""
    if not re.fullmatch(r"https?://[^\s<>\"'()]+", address):
        raise table.refuse("help_url", "an address that begins with https:// was expected")
    return address.rstrip("/") + "/"


def read_rules(
    table: "Table", rules: Sequence[Rule], catalogue: Catalogue | None = None
) -> tuple[dict[str, Level], dict[str, Mapping[str, Any]]]:
    """Levels and options in a table of rules, by code.

    Raises:
        InvalidSettings: it names no rule or no option, or a value is not what was expected.
    """
    by_word = {word: rule for rule in rules for word in (rule.code, rule.name)}
    levels: dict[str, Level] = {}
    options: dict[str, Mapping[str, Any]] = {}
    seen: dict[str, str] = {}
    for name, value in table.values.items():
        rule = by_word.get(name)
        if rule is None:
            raise table.refuse(name, _no_rule(name, by_word))
        if rule.code in seen:
            raise table.refuse(name, f"is the rule that {seen[rule.code]} names already")
        seen[rule.code] = name
        if isinstance(value, str):  # a level alone
            levels[rule.code] = Level(table.choice(name, tuple(Level), default=""))
            continue
        one = table.subtable(name, "a level or a table")
        known = own_options(rule)
        one.allow("level", *(option.name for option in known))
        if "level" in one.values:
            levels[rule.code] = Level(one.choice("level", tuple(Level), default=""))
        values: dict[str, Any] = {}
        for option in known:
            if option.name in one.values:
                set_to = values[option.name] = one.values[option.name]
                said = option.problem(set_to) or misnamed(option, set_to, catalogue or default_catalogue())
                if said:
                    path, _, reason = said.partition(": ")
                    raise one.refuse(
                        option.name, f"{path.removeprefix(option.name).lstrip('.') or 'here'}: {reason}".removeprefix("here: ")
                    )
        if values:
            options[rule.code] = values
    return levels, options


def misnamed(option: Option, value: Any, catalogue: Catalogue) -> str | None:
    """The first region or area in an option's value that does not exist, with the path to it."""
    for item in option.named(value):
        if item.kind == "region":
            if surrounding(item.name) not in catalogue.regions:
                return _unknown_name(item.path, "region", item.name, catalogue.nearest_region(item.name))
        else:
            areas = item.name.split("/") if item.kind == AREA_PAIR else [item.name]
            if item.kind == AREA_PAIR and len(areas) != 2:
                return f"{item.path}: two areas joined by a slash were expected, such as China/Europe"
            for name in areas:
                if not catalogue.knows_area(name):
                    return _unknown_name(item.path, "area", name, catalogue.nearest_area(name))
    return None


def _unknown_name(path: str, kind: str, name: str, hint: str | None) -> str:
    return f"{path}: no {kind} {name!r}" + (f"; did you mean {hint}?" if hint else "")


def _no_rule(name: str, known: Mapping[str, Rule]) -> str:
    if name.upper().startswith(TOOL_RULE):
        return "is what cenguard says of itself, and has no settings"
    hint = nearest(name, known)
    return "is no rule" + (f"; did you mean {hint}?" if hint else "; `cenguard rules` lists them")


def own_options(rule: Rule) -> tuple[Option, ...]:
    """The options that are set on a rule itself."""
    return tuple(option for option in rule.options if not option.rule)


def code_named(name: str, rules: Sequence[Rule] = RULES) -> str | None:
    """The code of a rule given by name or code; None when there is none."""
    return next((rule.code for rule in rules if name in (rule.name, rule.code)), None)
