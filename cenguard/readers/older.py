"""Documents of engines that write null where a property depends on nothing; newer ones write an empty list.

Nearly all are of newer ones, and pay nothing for it: a document is looked through once its structure is refused for that.
Source: documents of engine 3.100, in `tests/recordings/runs`.
"""

from typing import Any

import msgspec

from cenguard.resources.records import Content

_EDGES = "propertyDependencies"


def decoded(decoder: Any, content: Content | memoryview | msgspec.Raw) -> Any:
    """What a decoder makes of a document, or of a part of it.

    Raises:
        msgspec.MsgspecError, UnicodeDecodeError, RecursionError: it is not as the decoder wants it.
    """
    try:
        return decoder.decode(content)
    except msgspec.ValidationError as error:
        if f".{_EDGES}[...]" not in str(error):
            raise
    return decoder.decode(msgspec.json.encode(_settled(msgspec.json.decode(content))))


def _settled(value: Any) -> Any:
    if isinstance(value, list):
        return [_settled(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: {name: urns or [] for name, urns in item.items()} if key == _EDGES and isinstance(item, dict) else _settled(item)
        for key, item in value.items()
    }
