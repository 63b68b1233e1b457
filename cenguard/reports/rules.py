"""`cenguard rules`: the list of rules, and the page of one."""

from collections.abc import Sequence

from cenguard.reports.json import json_text
from cenguard.rules.needs import decided_on
from cenguard.rules.page import markdown
from cenguard.rules.rule import Rule, effect_words
from cenguard.rules.tool_pages import TOOL_PAGES, tool_markdown


def render_list(rules: Sequence[Rule], form: str) -> str:
    """Every rule in a line."""
    if form == "json":
        return _json([_document(rule) for rule in rules])
    width = max(len(rule.name) for rule in rules)
    return "".join(f"{rule.code}  {rule.name:{width}}  {rule.level:9}  {rule.title}\n" for rule in rules)


def render_page(rule: Rule, form: str) -> str:
    """The page of one rule, as it stands in the documentation."""
    return _json({**_document(rule), "page": markdown(rule)}) if form == "json" else markdown(rule)


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
