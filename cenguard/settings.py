"""Settings: levels, what is shared, where the other files are. One set of names for every place they stand in."""

import os
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenguard.catalogue import Catalogue, default_catalogue, editions, load, override
from cenguard.errors import InvalidSettings, nearest
from cenguard.findings import Level
from cenguard.rules import RULES
from cenguard.rules.options import Option
from cenguard.tables import Table, read_toml

FILE = "cenguard.toml"
PYPROJECT = "pyproject.toml"
UNDETERMINED = ("hide", "advisory", "mandatory")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a team decided about the rules."""

    source: str = ""
    """The file they came from; empty when there is none."""
    levels: Mapping[str, Level] = field(default_factory=dict)
    """Level by code, where it differs from the rule's own."""
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options of rules that are set, by code."""
    undetermined: str = "advisory"
    """What becomes of undetermined findings: hide, advisory or mandatory."""
    shared: tuple[str, ...] = ()
    """Globs on name, id or URN of instances that other stacks attach to or buy for."""
    inventory: tuple[Path, ...] = ()
    areas: str | None = None
    """An edition of the area catalogue, or a file."""
    areas_base: Path = field(default_factory=Path.cwd)

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
    for folder in (start, *start.parents):
        own = folder / FILE
        if _is_file(own):
            return own
        project = folder / PYPROJECT
        if _is_file(project) and _has_table(project):
            return project
    return None


def _is_file(path: Path) -> bool:
    return os.path.isfile(path)  # noqa: PTH113 - false, not an error, where a folder above may not be looked into


def _has_table(path: Path) -> bool:
    try:
        text = path.read_text("utf-8")
        return "cenguard" in text and "cenguard" in tomllib.loads(text).get("tool", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False  # somebody else's file; only one that is named must be right


def read_settings(path: Path) -> Settings:
    """Read one settings file.

    Raises:
        InvalidSettings: it holds something that is not understood; says the line, the key and the nearest name.
    """
    table = read_toml(path)
    if path.name == PYPROJECT:
        table = table.subtable("tool").subtable("cenguard")
    table.allow("areas", "inventory", "undetermined", "shared", "rules")
    levels: dict[str, Level] = {}
    options: dict[str, Mapping[str, Any]] = {}
    rules = table.subtable("rules")
    for name in rules.values:
        code = code_named(name)
        if code is None:
            known = [*(rule.name for rule in RULES), *(rule.code for rule in RULES)]
            hint = nearest(name, known)
            raise rules.refuse(name, "is no rule" + (f"; did you mean {hint}?" if hint else ""))
        levels.update(_level(code, _rule_table(rules, name)))
        options[code] = _options(code, _rule_table(rules, name))
    return Settings(
        source=str(path),
        levels=levels,
        options=options,
        undetermined=table.choice("undetermined", UNDETERMINED, default="advisory"),
        shared=table.texts("shared"),
        inventory=tuple(path.parent / name for name in table.texts("inventory")),
        areas=table.text_or_none("areas"),
        areas_base=path.parent,
    )


def _rule_table(rules: Table, name: str) -> Table:
    return rules.subtable(name)


def _level(code: str, table: Table) -> dict[str, Level]:
    table.allow("level", *(option.name for option in _options_of(code)))
    if "level" not in table.values:
        return {}
    return {code: Level(table.choice("level", tuple(Level), default=""))}


def _options_of(code: str) -> tuple[Option, ...]:
    """The options that are set on a rule."""
    return tuple(option for rule in RULES if rule.code == code for option in rule.options if not option.rule)


def _options(code: str, table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for option in _options_of(code):
        if option.name in table.values:
            value = found[option.name] = table.values[option.name]
            said = option.problem(value)
            if said:
                raise table.refuse(option.name, said)
    return found


def code_named(name: str) -> str | None:
    """The code of a rule given by name or code; None when there is none."""
    for rule in RULES:
        if name in (rule.name, rule.code):
            return rule.code
    return None


def unknown_policies(config: Mapping[str, Mapping[str, Any]], *, also: Sequence[str]) -> tuple[str, ...]:
    """What the engine's policy configuration names and no rule has, in words."""
    found: list[str] = []
    names = [*(rule.name for rule in RULES), *also]
    for name, options in sorted(config.items()):
        if name not in names:
            hint = nearest(name, names)
            found.append(
                f"The policy configuration names {name!r}, which is no policy" + (f"; did you mean {hint}?" if hint else ".")
            )
        elif name != "all":
            known = [option.name for rule in RULES if rule.name == name for option in rule.options if not option.rule]
            found += [
                f"The policy configuration sets {name}.{key}, and this policy has no such option."
                for key in sorted(options)
                if key not in known
            ]
    return tuple(found)
