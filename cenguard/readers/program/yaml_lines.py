"""YAML as Pulumi reads it, with the line of every key.

Pulumi's files are read by a YAML 1.2 reader; PyYAML follows 1.1, where `no` is false and `12:30` is a number. The
resolvers here are those of 1.2, so that a value reaches the program as it would from the engine.

A date without quotes reaches it as Go prints a time, `2026-11-20 00:00:00 +0000 UTC`: run with `workspace.LoadProjectStack` of
github.com/pulumi/pulumi/sdk/v3 3.200.0.

A program in YAML is read by another reader of Pulumi's: a date is text there, `<<` is a key like any other, and an alias is
refused. Run with `LoadYAMLBytes` of github.com/pulumi/pulumi-yaml 1.38.1, `findings/pulumi-yaml-aliases.sh`.
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from cenguard.errors import UnreadableInput

_LARGEST = 16 * 1024 * 1024
"""Bytes; a settings file is never this large, and building its tree would take minutes."""


@dataclass(slots=True)
class Document:
    """One file: its value, and where each key stands."""

    path: str
    value: Any = None
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)
    word: Callable[[tuple[str, ...], str], str] | None = None
    """Of a program, what a key means where it stands."""

    def line(self, *path: str) -> int:
        """The line of a key, or of the nearest mapping around it that is there."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def error(self, *path_and_reason: str) -> UnreadableInput:
        """The error that names a key's line: the path of the key, then the reason."""
        *path, reason = path_and_reason
        return UnreadableInput(self.path, reason, where=f"line {self.line(*path)}")


class _Loader(yaml.SafeLoader):
    """PyYAML's reader with the scalars of YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 - PyYAML's own class attribute


_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[1-9][0-9_]*|0)$")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$|[-+]?\.(?:inf|Inf|INF)$|\.(?:nan|NaN|NAN)$"
)
_DIGITS = list("-+0123456789")
for _tag, _pattern, _first in (
    ("null", re.compile(r"(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]),
    ("bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")),
    ("int", _INTEGER, _DIGITS),
    ("float", _FLOAT, [*_DIGITS, "."]),
    ("merge", re.compile(r"<<$"), ["<"]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", _pattern, _first)


class _Alias(yaml.MarkedYAMLError):
    """A node that stands elsewhere, in a program."""


class _ProgramLoader(_Loader):
    """The same, without aliases."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            raise _Alias(problem=event.anchor, problem_mark=event.start_mark)
        return super().compose_node(parent, index)


_TIME = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?P<between>[Tt ])(?P<hour>\d{1,2}):(?P<minute>\d{1,2}):(?P<second>\d{1,2})(?P<part>\.\d{1,9})?(?P<zone>Z|[-+]\d\d:\d\d)?)?"
)
"""Times as gopkg.in/yaml.v3 takes them: a date alone, with `T` and a zone, or with a blank and none."""


class UnquotedDate(str):
    """A date or time without quotes, as the engine hands it on."""

    __slots__ = ()


def unquoted_date(text: str) -> UnquotedDate | None:
    """What the engine makes of a plain scalar; None where it is no date or time.

    >>> unquoted_date("2026-11-20"), unquoted_date("2026-1-2T10:11:12.50+08:00")
    ('2026-11-20 00:00:00 +0000 UTC', '2026-01-02 10:11:12.5 +0800 +0800')
    """
    found = _TIME.fullmatch(text)
    if found is None or (found["between"] is not None and (found["zone"] is None) is (found["between"] in "Tt")):
        return None
    try:
        day = dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
        time = dt.time(int(found["hour"] or 0), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        return None
    part = (found["part"] or "").rstrip("0").removesuffix(".")
    zone = (found["zone"] or "Z").replace(":", "").replace("Z", "+0000")
    return UnquotedDate(f"{day} {time}{part} {zone} {'UTC' if zone == '+0000' else zone}")


def read_yaml(file: Path, word: Callable[[tuple[str, ...], str], str] | None = None) -> Document:
    """The one document of a YAML (or JSON) file; with `word`, which says what a key means at a place, it is a program.

    Raises:
        UnreadableInput: it cannot be read, or is not what Pulumi takes there.
    """
    document = Document(str(file), word=word)
    try:
        if file.stat().st_size > _LARGEST:
            raise UnreadableInput(str(file), "is too large to be a settings file")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableInput(str(file), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise UnreadableInput(str(file), "is not UTF-8 text") from error
    try:
        node = yaml.compose(text, _Loader if word is None else _ProgramLoader)
        document.value = None if node is None else _build(document, node, ())
    except _Alias as error:
        where = f"line {error.problem_mark.line + 1}" if error.problem_mark else ""
        reason = f"*{error.problem} is an alias, which the engine refuses in a program: write the value out, or as a variable"
        raise UnreadableInput(str(file), reason, where=where) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else ""
        raise UnreadableInput(str(file), f"is not valid YAML: {error.problem or error.context}", where=where) from error
    except yaml.YAMLError as error:
        raise UnreadableInput(str(file), f"is not valid YAML: {str(error).splitlines()[0]}") from error
    except RecursionError as error:
        raise UnreadableInput(str(file), "is not valid YAML: nested too deeply") from error
    return document


def _build(document: Document, node: yaml.Node, path: tuple[str, ...]) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, of_program=document.word is not None)
    if isinstance(node, yaml.SequenceNode):
        return [_build(document, item, (*path, str(index))) for index, item in enumerate(node.value)]
    result: dict[str, Any] = {}
    merged: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if key_node.tag == "tag:yaml.org,2002:merge" and document.word is None:
            bases = _build(document, value_node, path)
            for base in bases if isinstance(bases, list) else [bases]:
                merged |= {key: value for key, value in (base if isinstance(base, dict) else {}).items() if key not in merged}
            continue
        key = key_node.value
        if not isinstance(key, str) or (document.word is not None and not _is_text(key_node)):
            raise UnreadableInput(document.path, f"a key is not text{_in_quotes(key)}", where=f"line {line}")
        if document.word is not None:
            key = document.word(path, key)
        if key in result:
            raise UnreadableInput(document.path, f"{key!r} is there twice", where=f"line {line}")
        document.lines[*path, key] = line
        result[key] = _build(document, value_node, (*path, key))
    return {**merged, **result}


def _is_text(key: yaml.Node) -> bool:
    return bool(key.tag.rpartition(":")[2] in ("str", "merge"))


def _in_quotes(key: Any) -> str:
    return f": put {key} in quotes" if isinstance(key, str) and key else ""


def _scalar(node: yaml.ScalarNode, *, of_program: bool) -> Any:
    text: str = node.value
    match node.tag.rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int":
            return _integer(text.replace("_", ""))
        case "float":
            return _number(text.replace("_", "").lower())
    return (unquoted_date(text) if node.style is None and not of_program else None) or text


_MOST_DIGITS = 22
"""Of an integer of 64 bits, in the octal that it may be written in."""


def _integer(text: str) -> int | float | str:
    """An integer, with the octal of YAML 1.1 (`010`) that Pulumi's reader still takes.

    One of more digits than an integer has there is a number with an exponent, and beyond these a text.

    >>> _integer("-010"), _integer("1" + "0" * 29), len(_integer("7" * 5000))
    (-8, 1e+29, 5000)
    """
    digits = text.lstrip("+-")
    if len(digits) > _MOST_DIGITS:
        try:
            wide = float(text)
        except ValueError:
            return text
        return wide if math.isfinite(wide) else text
    base = 8 if len(digits) > 1 and digits[0] == "0" and digits[1].isdecimal() else 0
    value = int(digits, base)
    return -value if text.startswith("-") else value


def _number(text: str) -> int | float:
    if text.endswith("inf"):
        return -math.inf if text.startswith("-") else math.inf
    if text == ".nan":
        return math.nan
    value = float(text)
    return int(value) if value.is_integer() else value
