"""Where each key of a TOML file stands: the standard library's parser tells no lines."""

import re
from collections.abc import Mapping
from functools import lru_cache

Path = tuple[str | int, ...]
"""Keys from the top of a file down; a number is a place in an array of tables."""

DEEPEST = 100
"""Keys of one place that are looked at: no file that anything understands goes deeper."""
_KEY = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*')"""
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_DOTTED})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(_KEY)
_TOKEN = re.compile(r'''"""(?:[^\\]|\\.)*?"""|\'\'\'.*?\'\'\'|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*|[\[\]{}\n]''', re.DOTALL)


@lru_cache(maxsize=8)  # a file of thousands of waivers asks for each of them
def lines_of(text: str) -> Mapping[Path, int]:
    """The line of every table and key of a file that the parser has accepted, counted from 1."""
    found: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in _logical_lines(text):
        header = _HEADER.match(line)
        if header:
            table = _placed(_parts(header[2])[:DEEPEST], counts)
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, number)
                table = (*table, counts[table])
            for depth in range(1, len(table) + 1):  # a table that only the names of others tell begins with the first of them
                found.setdefault(table[:depth], number)
            continue
        pair = _PAIR.match(line)
        if pair:
            parts = _parts(pair[1])[:DEEPEST]
            for depth in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:depth]), number)
    return found


def _placed(parts: Path, counts: Mapping[Path, int]) -> Path:
    """A header's path, with the current place in each array of tables that it passes through."""
    path: Path = ()
    for index, part in enumerate(parts):
        path = (*path, part)
        if path in counts and index < len(parts) - 1:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> Path:
    return tuple(_plain(match[0]) for match in _PART.finditer(dotted))


def _plain(key: str) -> str:
    if key[:1] == "'":
        return key[1:-1]
    if key[:1] == '"':
        import tomllib

        value = tomllib.loads(f"key = {key}")["key"]
        return str(value)
    return key


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """Lines at which a statement begins, with their numbers: none of those inside a text, a list or an inline table."""
    starts, depth, number = [(1, 0)], 0, 1
    for match in _TOKEN.finditer(text):
        mark = match[0]
        if mark == "\n":
            number += 1
            if depth == 0:
                starts.append((number, match.end()))
        elif mark in "[{":
            depth += 1
        elif mark in "]}":
            depth = max(0, depth - 1)
        else:
            number += mark.count("\n")
    ends = [start for _, start in starts[1:]] + [len(text)]
    return [(number, text[start:end]) for (number, start), end in zip(starts, ends, strict=True)]
