"""Tables of rules: levels and options, wherever they are set."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from cenguard.errors import UnknownName, nearest, shown
from cenguard.findings import Level
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.geography.regions import surrounding
from cenguard.rules import RULES, select
from cenguard.rules.options import AREA_PAIR, Option
from cenguard.rules.rule import Rule
from cenguard.rules.tool_levels import TOOL_FINDINGS
from cenguard.settings.misplaced import better_level, home_of
from cenguard.text.faults import Faults
from cenguard.text.tables import Table

_WITHOUT_LEVEL = {"CEN901": "rule-failed", "CEN904": "incomplete-input"}
"""What the tool says of itself and nobody lowers."""
OURS = re.compile(r"CEN\d*", re.IGNORECASE)
"""Codes of cenguard's own, and prefixes of them: no plugin has one."""
Levels = dict[str, Level]
Options = dict[str, Mapping[str, Any]]


def read_rules(
    table: Table, rules: Sequence[Rule], catalogue: Catalogue | None = None, *, lenient: bool = False
) -> tuple[Levels, Options]:
    """Levels and options in a table of rules, by code; where rules were not loaded (`lenient`), names that may be theirs are passed over.

    Raises:
        InvalidSettings: it names no rule or no option, or a value is not what was expected; everything that is wrong at once.
    """
    by_word = {word: rule for rule in rules for word in (rule.code, rule.name)}
    levels: Levels = {}
    options: Options = {}
    seen: dict[str, str] = {}
    faults = Faults()
    for name in table.values:
        if lenient and name not in by_word and not _is_wrong(name, table, rules):
            continue
        faults.read(partial(_read_rule, table, name, by_word, seen, levels, options, catalogue), None)
    faults.told()
    return levels, options


def _read_rule(
    table: Table,
    name: str,
    by_word: Mapping[str, Rule],
    seen: dict[str, str],
    levels: Levels,
    options: Options,
    catalogue: Catalogue | None,
) -> None:
    rule = by_word.get(name)
    tool = next((item for item in TOOL_FINDINGS.values() if name in (item.code, item.name)), None)
    code = rule.code if rule is not None else tool.code if tool is not None else None
    if code is None:
        raise table.refuse(name, _no_rule(name, table, by_word))
    if code in seen:
        raise table.refuse(name, f"is the rule that {seen[code]} names already")
    seen[code] = name
    value = table.values[name]
    if isinstance(value, str):  # a level alone
        levels[code] = _level(table, name)
        return
    if not isinstance(value, dict):
        raise table.refuse(name, f"a level or a table was expected, not {shown(value)}{better_level(value)}")
    one = table.subtable(name)
    known = own_options(rule) if rule is not None else ()
    faults = Faults()
    words = ("level", *(option.name for option in known))
    faults.read(lambda: one.allow(*words, elsewhere=lambda key: home_of(key, one, by_word.values())), None)
    if "level" in one.values:
        level = faults.read(lambda: _level(one, "level"), None)
        if level is not None:
            levels[code] = level
    values: dict[str, Any] = {}
    for option in known:
        if option.name in one.values:
            faults.read(partial(_read_option, one, option, values, catalogue), None)
    faults.told()
    if values:
        options[code] = values


def _level(table: Table, key: str) -> Level:
    value = table.text_or_none(key)
    if value not in tuple(Level):
        hint = better_level(value) or (f"; did you mean {near}?" if (near := nearest(str(value), tuple(Level))) else "")
        raise table.refuse(key, f"{shown(value)} is not one of {', '.join(Level)}{hint}")
    return Level(value)


def _read_option(table: Table, option: Option, values: dict[str, Any], catalogue: Catalogue | None) -> None:
    value = values[option.name] = table.values[option.name]
    said = option.problem(value) or misnamed(option, value, catalogue or default_catalogue())
    if said:
        path, _, reason = said.partition(": ")
        place = path.removeprefix(option.name).lstrip(".")
        raise table.refuse(option.name, f"{place}: {reason}" if place else reason)


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


def _is_wrong(name: str, table: Table, rules: Sequence[Rule]) -> bool:
    """Whether a name is no rule's, whatever was not loaded: one of our own codes, or a key that belongs elsewhere."""
    return OURS.fullmatch(name) is not None or home_of(name, table, rules) is not None


def _no_rule(name: str, table: Table, known: Mapping[str, Rule]) -> str:
    if name.upper() in _WITHOUT_LEVEL or name in _WITHOUT_LEVEL.values():
        return "is what cenguard says of itself, and has no settings"
    home = home_of(name, table, known.values())
    hint = nearest(name, known)
    return "is no rule" + (f"; {home}" if home else f"; did you mean {hint}?" if hint else "; `cenguard rules` lists them")


def own_options(rule: Rule) -> tuple[Option, ...]:
    """The options that are set on a rule itself."""
    return tuple(option for option in rule.options if not option.rule)


def code_named(name: str, rules: Sequence[Rule] = RULES) -> str | None:
    """The code of a rule given by name or code; None when there is none."""
    return next((rule.code for rule in rules if name in (rule.name, rule.code)), None)


def chooser_of(rules: Sequence[Rule], *, lenient: bool = False) -> Callable[[str], frozenset[str]]:
    """What gives the codes that a word names: a code, a name or a prefix of codes.

    Where rules were not loaded (`lenient`), a word that may name one of theirs names none.
    """

    def chosen(word: str) -> frozenset[str]:
        try:
            return select((word,), tuple(rules))
        except UnknownName:
            if lenient and not OURS.fullmatch(word):
                return frozenset()
            raise

    return chosen


def codes_in(
    table: Table, key: str, rules: Sequence[Rule], *, words: Sequence[str] = (), lenient: bool = False
) -> frozenset[str]:
    """The codes that a list of words names; `words` may stand among them for themselves.

    Raises:
        InvalidSettings: a word names no rule.
    """
    found: set[str] = set()
    chooser = chooser_of(rules, lenient=lenient)
    for word in table.texts(key):
        if word in words:
            found.add(word)
            continue
        try:
            found |= chooser(word)
        except UnknownName as error:
            raise table.refuse(key, str(error)) from None
    return frozenset(found)
