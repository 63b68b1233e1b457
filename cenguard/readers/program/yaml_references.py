"""References in the texts of a program in YAML: `${core.id}`, `${beijing["region"]}`, `${["a.b"].id}`, `$${` for itself.

The engine takes for a name whatever stands before the next dot or bracket, and `pulumi import` writes `${["china-us"].id}`
for a resource whose name has a hyphen: tried with engine 3.276.
"""

import re
from typing import NamedTuple

_NAME = re.compile(r"[^.\[\]{}\"]+")
_KEY = re.compile(r"\.([^.\[\]{}\"]+)")
_INDEX = re.compile(r"\[\s*(?:(\d+)|\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')\s*\]")
_REFERENCE = re.compile(r"((?>\[\"(?:\\\"|[^\"])*+\"\]|[^}])*+)\}")
"""The rest of a reference; a name in quotes may hold its end."""


class Piece(NamedTuple):
    """What stands between `${` and `}`."""

    text: str


def pieces(text: str) -> list[str | Piece]:
    """A text as plain parts and references; an empty text is one plain part, and two dollars are one.

    >>> pieces("a-${core.id}-$${x}"), pieces("a$$b$")
    (['a-', Piece(text='core.id'), '-${x}'], ['a$b$'])

    Raises:
        ValueError: a reference does not end.
    """
    found: list[str | Piece] = []
    plain, place = "", 0
    while (start := text.find("$", place)) >= 0:
        plain += text[place:start]
        follows, place = text[start + 1 : start + 2], start + 2
        if follows != "{":
            plain += "$"
            place -= follows != "$"
            continue
        rest = _REFERENCE.match(text, place)
        if rest is None:
            raise ValueError("a reference begins with ${ and does not end")
        if plain:
            found.append(plain)
        plain, place = "", rest.end()
        found.append(Piece(rest[1]))
    plain += text[place:]
    return [*found, plain] if plain or not found else found


def steps(text: str) -> tuple[str, list[str | int]]:
    """The name that a reference begins with, and the way from there on.

    >>> steps('core.tags["a.b"][0].x'), steps('["china.us"].id')
    (('core', ['tags', 'a.b', 0, 'x']), ('china.us', ['id']))

    Raises:
        ValueError: it is none.
    """
    path: list[str | int] = []
    place = 0
    while place < len(text) or not path:
        key = _KEY.match(text, place) if path else _NAME.match(text)
        index = _INDEX.match(text, place)
        found = key or index
        if found is None or (found is index and index[1] is not None and not path):
            raise ValueError(f"${{{text}}} is no reference")
        if key is not None:
            path.append(key[0].removeprefix("."))
        elif index is not None:
            path.append(
                int(index[1]) if index[1] is not None else re.sub(r"\\(.)", r"\1", index[2] if index[2] is not None else index[3])
            )
        place = found.end()
    return str(path[0]), path[1:]
