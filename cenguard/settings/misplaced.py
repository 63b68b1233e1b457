"""Keys of the settings that stand in the wrong place, and words that mean a level elsewhere: what was meant, and where it belongs."""

from collections.abc import Iterable
from typing import Any

from cenguard.errors import nearest
from cenguard.rules.rule import Rule
from cenguard.settings.model import KEYS, OUTPUTS
from cenguard.settings.waivers import KEYS as OF_A_WAIVER
from cenguard.text.tables import Table

OF_PRICES = ("currency", "connection_hour", "gb")
_OF_AN_INVENTORY = ("taken", "package", "instance", "attachment", "limit", "router", "peer", "stack")
_LEVELS = {
    "mandatory": ("error", "critical", "high", "required", "block", "deny", "fail", "on", "true"),
    "advisory": ("warning", "warn", "info", "information", "note", "notice", "low", "medium"),
    "disabled": ("off", "none", "no", "false", "ignore", "skip", "never", "disable", "hide"),
}
"""Levels as other tools call them."""


def home_of(key: str, table: Table, rules: Iterable[Rule]) -> str | None:
    """Where a key belongs that a table does not know; None where no other place knows it either.

    A key that follows a table's header belongs to that table, which is the usual slip: TOML has no end of a table.
    """
    if table.at[:1] == ("cenguard",):  # a stack's configuration, which has no headers
        return None
    top = table.at[:2] if table.at[:1] == ("tool",) else ()
    inside = table.at[len(top) :]
    if inside and key in KEYS:
        return f"it belongs above the first table of the file{_under(top)}: what follows a header is part of that table"
    every = list(rules)
    if inside[:1] != ("rules",):
        words = {word for rule in every for word in (rule.code, rule.name)}
        word = key.upper() if key.upper() in words else key.lower() if key.lower() in words else nearest(key, words) or ""
        if word and (word in (key.upper(), key.lower()) or "-" in key):
            value = table.values[key]
            level = f'"{value}"' if isinstance(value, str) else "LEVEL"
            if isinstance(value, dict):
                return f"it is a rule: write [{_dotted(top, 'rules', word)}]"
            return f"it is a rule, and belongs in the table [{_dotted(top, 'rules')}]: write {word} = {level} there"
    if inside[:1] != ("rules",):
        holder = next(
            (rule.name for rule in every if any(option.name == key and not option.rule for option in rule.options)), None
        )
        if key == "level":
            return f"it belongs in a rule's own table, [{_dotted(top, 'rules', 'NAME')}]"
        if holder is not None and key not in OF_A_WAIVER:
            return f"it is an option of a rule, and belongs in [{_dotted(top, 'rules', holder)}]"
    if inside[:1] != ("output",) and key in OUTPUTS:
        return f"it is a format, and belongs in [{_dotted(top, 'output')}]"
    if inside[:1] != ("prices",) and (key in OF_PRICES or "/" in key):
        return f"it belongs in [{_dotted(top, 'prices')}]"
    if inside[:1] != ("waiver",) and key in OF_A_WAIVER and key != "instance":
        return f"it belongs in a table [[{_dotted(top, 'waiver')}]]"
    if not inside and key in _OF_AN_INVENTORY:
        return "it belongs in a file that `inventory` names"
    return None


def better_level(value: Any) -> str:
    """The level that a word of another tool means, as the end of a message; empty where none is meant."""
    word = str(value).lower()
    meant = next((level for level, words in _LEVELS.items() if word in words or word == level), None)
    return f'; write "{meant}"' if meant else ""


def _dotted(top: tuple[str | int, ...], *parts: str) -> str:
    return ".".join(map(str, (*top, *parts)))


def _under(top: tuple[str | int, ...]) -> str:
    return f", right below [{_dotted(top)}]" if top else ""
