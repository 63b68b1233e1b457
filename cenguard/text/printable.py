"""Text of the input, made safe to print; counts and lists as sentences say them."""

import re
from collections.abc import Iterable

MOST_NAMED = 6
"""How many names a sentence lists before it counts the rest."""

_HOSTILE = (  # compiled when it is first needed: few texts hold any, and that takes a millisecond
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
    "|#(?=#[A-Za-z]*\\[)"
)
"""Control characters, those that turn the direction of text, those that are none, and what begins a command.

The logs of GitHub and Azure obey `##[…]` and `##vso[…]` wherever in a line they stand. Tabs and line ends are judged by
the caller.
"""


def printable(text: str) -> str:
    r"""One line of text that cannot paint, move the cursor, or begin a line of its own.

    >>> printable("core\x1b[31m\nFORGED")
    'core\\x1b[31m\\nFORGED'
    """
    if text.isprintable() and "##" not in text:  # nearly always, and told quickly
        return text
    return printable_lines(text).replace("\n", "\\n").replace("\t", "\\t")


def printable_lines(text: str) -> str:
    """Text of several lines, its control characters spelled out."""
    if text.replace("\n", "").isprintable() and "##" not in text:  # as above
        return text
    return re.sub(_HOSTILE, lambda match: "\\x23" if match[0] == "#" else match[0].encode("unicode_escape").decode(), text)


def printable_json(text: str) -> str:
    r"""JSON text that says the same, and is harmless where somebody prints it.

    >>> printable_json('{"name": "\x9b31m ##[error]"}')
    '{"name": "\\u009b31m \\u0023#[error]"}'
    """
    return re.sub(_HOSTILE, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    from json import dumps  # few texts hold such a character

    return "\\u0023" if match[0] == "#" else dumps(match[0])[1:-1]


_COLOURS = r"\x1b\[[0-9;]*m|<\{%[^%]*%\}>"
"""How a terminal is told a colour, and how the engine notes one."""


def in_one_line(text: str) -> str:
    r"""A message of the engine or of a provider without its colours and its lines.

    >>> in_one_line("\x1b[31mcreating urn:x:\x1b[0m\n  refused")
    'creating urn:x: refused'
    """
    return " ".join(re.sub(_COLOURS, "", text).split())


def name_as_text(name: str) -> str:
    r"""A name as a report holds it: that of a file need not be text.

    >>> print(name_as_text("net\udcff.json"))
    net\udcff.json
    """
    return name.encode("utf-8", "backslashreplace").decode()


def number(count: int, what: str) -> str:
    """A count with its noun.

    >>> number(1, "pair"), number(0, "pair")
    ('1 pair', '0 pairs')
    """
    return f"{count} {what}{'s' * (count != 1)}"


def listed(names: Iterable[str], *, joint: str = " and ") -> str:
    """Names as a sentence lists them, the rest counted.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    items = list(names)
    if len(items) > MOST_NAMED:
        items = [*items[:MOST_NAMED], f"{len(items) - MOST_NAMED} more"]
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])}{joint}{items[-1]}" if items else ""


def with_settle(text: str, settle: str) -> str:
    """What a verdict hangs on, with what would settle it: a request follows a colon.

    >>> with_settle("its region is unknown", "an inventory would settle it")
    'its region is unknown; an inventory would settle it'
    >>> with_settle("cen_id is an output of oss://bucket/net", "give that state")
    'cen_id is an output of oss://bucket/net: give that state'
    """
    return f"{text}{':' if settle.startswith('give ') else ';'} {settle}" if settle else text
