"""Text of the input, made safe to print."""

import re

_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and those that turn the direction of text; tabs and line ends are judged by the caller."""


def printable(text: str) -> str:
    r"""One line of text that cannot paint, move the cursor, or begin a line of its own.

    >>> printable("core\x1b[31m\nFORGED")
    'core\\x1b[31m\\nFORGED'
    """
    if text.isprintable():  # nearly always, and told quickly
        return text
    return printable_lines(text).replace("\n", "\\n").replace("\t", "\\t")


def printable_lines(text: str) -> str:
    """Text of several lines, its control characters spelled out."""
    return _HOSTILE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
