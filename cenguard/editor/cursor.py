"""What stands at a cursor: the property whose value is being written, the word under it, the table of a settings file."""

import re
from dataclasses import dataclass

_NAME = r"""["']?(?P<name>[A-Za-z_][\w-]*)["']?"""
_OPEN = r"""(?:pulumi\.String\(\s*)?["']?"""
_WORD = r"(?P<word>[\w/-]*)"
_ITEM = rf"""(?:{_OPEN}[\w/-]*["']?\)?\s*,\s*)*"""
_SHAPES = tuple(
    re.compile(shape, re.DOTALL)
    for shape in (
        rf"{_NAME}[ \t]*(?:[:=]|\()[ \t]*{_OPEN}{_WORD}\Z",  # name = "cn-  name: cn-  .name("cn-
        rf"{_NAME}[ \t]*(?:[:=]|\()\s*(?:pulumi\.StringArray|List\.of|new\[\]|new\s+\w+)?\s*[\[({{]\s*{_ITEM}{_OPEN}{_WORD}\Z",  # ["cn-a", "cn-
        rf"""{_NAME}:[ \t]*\n(?:[ \t]*-[ \t]*["']?[\w/-]*["']?[ \t]*\n)*[ \t]*-[ \t]*["']?{_WORD}\Z""",  # a list in YAML
    )
)
_SIZES = re.compile(rf"""["']?(?P<name>sizes|existing)["']?\s*[:=]\s*\{{(?:[^{{}}]|\{{[^{{}}]*\}})*["']{_WORD}\Z""", re.DOTALL)
_WRAPPERS = ("String", "StringArray", "of", "pulumi")
"""What Go and Java put around a value."""
_FAR = 2000
"""Characters before the cursor that are looked at."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")
_HEADER = re.compile(r"""^[ \t]*\[\[?[ \t]*(?P<path>[^\]\n]*?)[ \t]*(?P<closed>\]?)\]?[ \t]*(?:#.*)?$""")
_KEY = re.compile(r"""^[ \t]*(?P<key>[\w-]+|"[^"\n]*"|'[^'\n]*')(?P<rest>[ \t]*=)?""")
_PART = re.compile(r"""[\w-]+|"[^"\n]*"|'[^'\n]*'""")


@dataclass(frozen=True, slots=True)
class Value:
    """A value that is being written."""

    name: str
    """Its property, in small letters and without underscores."""
    word: str
    """What of it is there already."""
    quoted: bool


def value_at(text: str, offset: int) -> Value | None:
    """The value that is being written at an offset; None where none is."""
    before = text[max(0, offset - _FAR) : offset]
    for shape in (*_SHAPES, _SIZES):
        match = _last(shape, before)
        if match is not None:
            word = match["word"]
            quoted = before[: len(before) - len(word)][-1:] in ("'", '"')
            return Value(match["name"].replace("_", "").replace("-", "").lower(), word, quoted)
    return None


def _last(shape: re.Pattern[str], before: str) -> re.Match[str] | None:
    """The shortest match that ends at the cursor: the property nearest to it."""
    found = None
    for name in re.finditer(r"""(?<![\w"'-])["']?[A-Za-z_]""", before):
        match = shape.match(before, name.start())
        if match is not None and match["name"] not in _WRAPPERS:
            found = match
    return found


def token_at(text: str, offset: int) -> tuple[str, int]:
    """The word under an offset, and where it begins; empty where there is none."""
    start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    for match in _TOKEN.finditer(line):
        if match.start() <= offset - start <= match.end():
            return match[0], start + match.start()
    return "", offset


def is_value(text: str, start: int, end: int) -> bool:
    """Whether a word is a value by itself, or an end of a pair (`China/Europe`): quoted, or a scalar of YAML, and no word of a sentence."""
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    before, behind = text[line:start], text[end : stop if stop >= 0 else len(text)]
    return bool(
        re.search(r"""(?:["']|[\w-]["']?\s*:[ \t]+|-[ \t]+)(?:[\w-]+/)?\Z""", before)
        and re.match(r"""(?:/[\w-]+)?(?:["']|[ \t]*(?:#.*)?$|[ \t]*,)""", behind)
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file of settings."""

    table: tuple[str, ...]
    """The header that it stands under, without `tool.cenguard`."""
    header: bool
    """Whether the header itself is being written."""
    key: str
    """The key whose value is being written; empty where a key is."""
    word: str
    inside: str = ""
    """The key of an inline table."""
    quoted: bool = False


def spot_at(text: str, offset: int, *, top: tuple[str, ...] = ()) -> Spot | None:
    """What is being written at an offset of a file of settings; None outside of the table `top`."""
    before = text[:offset]
    lines = before.split("\n")
    table: tuple[str, ...] = ()
    for line in lines[:-1]:
        header = _HEADER.match(line)
        if header is not None and header["closed"]:
            table = _parts(header["path"])
    here = lines[-1]
    word = re.search(r"[\w/-]*\Z", here)
    said = word[0] if word is not None else ""
    quoted = here[: len(here) - len(said)][-1:] in ("'", '"')
    if re.match(r"^[ \t]*\[", here) and "=" not in here and not _is_inside_list(lines):
        path = _parts(re.sub(r"[\w-]*\Z", "", here).strip(" \t[").rstrip("."))
        return _below(top, Spot(path, header=True, key="", word=said, quoted=quoted))
    key = _key_of(lines)
    inside = re.search(r"""[{,]\s*([\w-]+)\s*=\s*(?:\[[^\]]*)?["']?[\w/-]*\Z""", before)
    return _below(top, Spot(table, header=False, key=key, word=said, inside=inside[1] if inside and key else "", quoted=quoted))


def _key_of(lines: list[str]) -> str:
    """The key whose value the last line stands in; a list may have begun further up."""
    for number in range(len(lines) - 1, -1, -1):
        if number < len(lines) - 1 and _HEADER.match(lines[number]) and not lines[number].rstrip().endswith(","):
            return ""
        key = _KEY.match(lines[number])
        if key is not None and key["rest"]:
            value = "\n".join([lines[number][key.end() :], *lines[number + 1 :]])
            is_open = value.count("[") > value.count("]") or value.count("{") > value.count("}")
            return _unquoted(key["key"]) if number == len(lines) - 1 or is_open else ""
    return ""


def _is_inside_list(lines: list[str]) -> bool:
    return bool(_key_of([*lines[:-1], ""]))


def _below(top: tuple[str, ...], spot: Spot) -> Spot | None:
    if spot.table[: len(top)] != top and not (spot.header and top[: len(spot.table)] == spot.table):
        return None
    return Spot(spot.table[len(top) :], header=spot.header, key=spot.key, word=spot.word, inside=spot.inside, quoted=spot.quoted)


def _parts(path: str) -> tuple[str, ...]:
    return tuple(_unquoted(part) for part in _PART.findall(path))


def _unquoted(text: str) -> str:
    return text[1:-1] if text[:1] in ("'", '"') else text
