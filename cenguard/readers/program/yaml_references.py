"""References in the texts of a program in YAML: `${core.id}`, `${beijing["region"]}`, `$${` for itself."""

import re
from typing import NamedTuple

_NAME = re.compile(r"[A-Za-z_][\w\-$:]*")
_KEY = re.compile(r"\.([A-Za-z_$][\w\-$]*)")
_INDEX = re.compile(r"\[\s*(?:(\d+)|\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)')\s*\]")


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
        end = text.find("}", start)
        if end < 0:
            raise ValueError("a reference begins with ${ and does not end")
        if plain:
            found.append(plain)
        plain, place = "", end + 1
        found.append(Piece(text[start + 2 : end].strip()))
    plain += text[place:]
    return [*found, plain] if plain or not found else found


def steps(text: str) -> tuple[str, list[str | int]]:
    """The name that a reference begins with, and the way from there on.

    >>> steps('core.tags["a.b"][0].x')
    ('core', ['tags', 'a.b', 0, 'x'])

    Raises:
        ValueError: it is none.
    """
    name = _NAME.match(text)
    if name is None:
        raise ValueError(f"${{{text}}} is no reference")
    place = name.end()
    path: list[str | int] = []
    while place < len(text):
        key = _KEY.match(text, place)
        index = _INDEX.match(text, place)
        if key is not None:
            path.append(key[1])
        elif index is not None:
            path.append(
                int(index[1]) if index[1] is not None else re.sub(r"\\(.)", r"\1", index[2] if index[2] is not None else index[3])
            )
        else:
            raise ValueError(f"${{{text}}} is no reference")
        place = (key or index).end()  # type: ignore[union-attr]
    return name[0], path
