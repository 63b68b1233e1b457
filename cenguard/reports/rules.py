"""`cenguard rules`: the list of rules, and the page of one."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cenguard.findings import Level
from cenguard.reports.json import json_text
from cenguard.rules.needs import decided_on
from cenguard.rules.page import markdown
from cenguard.rules.rule import Rule, effect_words
from cenguard.rules.tool_pages import TOOL_PAGES, tool_markdown
from cenguard.text.printable import listed, printable


class Here(NamedTuple):
    """What the settings of a folder say of levels."""

    levels: Mapping[str, Level]
    """Where it differs from the rule's own, by code."""
    files: Sequence[str]


NOWHERE = Here({}, ())


def render_list(rules: Sequence[Rule], form: str, here: Here = NOWHERE) -> str:
    """Every rule in a line, with its own level; then what the settings make of it."""
    if form == "json":
        return _json([_document(rule) for rule in rules])
    width = max(len(rule.name) for rule in rules)
    rows = [f"{rule.code}  {rule.name:{width}}  {rule.level:9}  {rule.title}" for rule in rules]
    changed = [f"{rule.code}  {rule.name:{width}}  {level}" for rule in rules if (level := _level_here(rule, here))]
    if changed:
        rows += ["", f"Levels of {_files(here)}:", *changed]
    return "".join(f"{row}\n" for row in rows)


def render_page(rule: Rule, form: str, here: Here = NOWHERE) -> str:
    """The page of one rule, as it stands in the documentation, and the level that the settings give it: who is stopped looks for that."""
    page = markdown(rule)
    if form == "json":
        return _json({**_document(rule), "page": page})
    level = _level_here(rule, here)
    return f"{page}\n## Here\n\nLevel: **{level}**, by {_files(here)}.\n" if level else page


def _level_here(rule: Rule, here: Here) -> str:
    """What the settings say of a rule's level; empty where it is the rule's own."""
    level = here.levels.get(rule.code, rule.level)
    return "" if level is rule.level else level.value


def _files(here: Here) -> str:
    return printable(listed(here.files))


def render_tool_page(code: str, form: str) -> str:
    """The page of a finding about the check itself."""
    page = tool_markdown(code)
    return _json({"code": code, "name": TOOL_PAGES[code][0], "page": page}) if form == "json" else page


def _document(rule: Rule) -> dict[str, object]:
    roads = decided_on(rule.all_needs, spares_standing=rule.spares_standing)
    return {
        "code": rule.code,
        "name": rule.name,
        "level": rule.level.value,
        "effect": [*effect_words(rule.effect)],
        "scope": rule.scope.value,
        "title": rule.title,
        "needs": [str(need) for need in rule.all_needs],
        "spares_standing": rule.spares_standing,
        "decided_on": {str(kind): word for kind, word in roads.items()},
    }


def _json(document: object) -> str:
    return json_text(document)
