"""Protocol values as plain ones, and source positions as lines of the project.

Secrets are dropped here, in the process that knows them: what goes to the parent holds only the mark that a preview
document would show.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cenguard.readers.program.messages import SECRET_MARK, UNTOLD_MEMBER, WHOLE_NUMBER
from cenguard.resources.records import OUTPUT_SIGNATURE, SECRET_SIGNATURE, SECRET_TEXT, SIGNATURE, UNKNOWN_TEXT
from cenguard.sources.frames import is_users

_OURS = str(Path(__file__).resolve().parents[2])
"""The folder of this package: when its own repository is the project, its frames are still not the user's."""


def plain_properties(struct: Any) -> dict[str, Any]:
    """A protobuf Struct as a dict, unknown and secret parts as a preview document writes them.

    Keys are sorted: a protobuf map has another order in every process.
    """
    return {key: plain(value) for key, value in sorted(struct.fields.items())}


def option(request: Any, name: str) -> Any:
    """An option that is a value, as a plain one; None where it is not given, or the program's SDK does not know it."""
    return plain(getattr(request, name)) if name in request.DESCRIPTOR.fields_by_name and request.HasField(name) else None


def plain(value: Any) -> Any:
    """A protobuf Value as a plain one; whole numbers are integers, as in every document of the engine."""
    match value.WhichOneof("kind"):
        case "string_value":
            return _text(value.string_value)
        case "number_value":
            number = value.number_value
            if number == WHOLE_NUMBER:
                return UNKNOWN_TEXT
            return int(number) if number.is_integer() else number
        case "bool_value":
            return value.bool_value
        case "list_value":
            return [plain(item) for item in value.list_value.values]
        case "struct_value":
            fields = value.struct_value.fields
            if SIGNATURE in fields:
                mark = fields[SIGNATURE].string_value
                if mark == SECRET_SIGNATURE or (mark == OUTPUT_SIGNATURE and fields["secret"].bool_value):
                    return SECRET_TEXT
                if mark == OUTPUT_SIGNATURE:
                    return plain(fields["value"]) if "value" in fields else UNKNOWN_TEXT
            return {key: plain(item) for key, item in sorted(fields.items())}
    return None


def _text(text: str) -> str:
    """Text, unless it was made from something unknown or secret: then nothing of it is known."""
    if SECRET_MARK in text:
        return SECRET_TEXT
    return UNKNOWN_TEXT if UNKNOWN_TEXT in text else text


def told(value: Any) -> Any:
    """Outputs of another stack, with the members that an inventory does not tell."""
    if isinstance(value, Mapping):
        return {key: told(item) for key, item in value.items()}
    if isinstance(value, list):
        return [told(item) for item in value]
    return UNTOLD_MEMBER if value == UNKNOWN_TEXT else value


def holds_unknown(value: Any) -> bool:
    """Whether any part of a plain value is unknown; what is inside a secret does not count, it is not seen."""
    if isinstance(value, dict):
        return any(holds_unknown(item) for item in value.values())
    if isinstance(value, list):
        return any(holds_unknown(item) for item in value)
    return bool(value == UNKNOWN_TEXT)


def output_dependencies(struct: Any) -> dict[str, set[str]]:
    """URNs named inside output values, which a remote component's inputs carry instead of property dependencies."""
    found = {key: set(_urns(value)) for key, value in struct.fields.items()}
    return {key: urns for key, urns in found.items() if urns}


def _urns(value: Any) -> Iterator[str]:
    for item in value.list_value.values:
        yield from _urns(item)
    fields = value.struct_value.fields
    if SIGNATURE in fields and fields[SIGNATURE].string_value == OUTPUT_SIGNATURE and "dependencies" in fields:
        yield from (item.string_value for item in fields["dependencies"].list_value.values)
    for item in fields.values():
        yield from _urns(item)


class Places:
    """Finds the user's own line in a stack trace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._inside = cache(self._path_inside)

    def place(self, request: Any) -> tuple[str, int] | None:
        """The first frame inside the project, innermost first."""
        positions = [frame.pc for frame in request.stackTrace.frames] if hasattr(request, "stackTrace") else []
        for position in [*positions, request.sourcePosition]:
            path = self._inside(position.uri) if position.line else None
            if path is not None:
                return path, position.line
        return None

    def _path_inside(self, uri: str) -> str | None:
        parts = urlsplit(uri)
        if parts.scheme != "file":
            return None
        file = Path(unquote(parts.path))
        if not file.is_relative_to(self._folder) or file.is_relative_to(_OURS):
            return None
        inside = file.relative_to(self._folder).as_posix()
        return inside if is_users(inside, self._folder) else None
