"""TOML written by hand: the standard library only reads it. And files that are there whole, or not at all."""

import datetime as dt
import json
import math
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from cenguard.errors import UnreadableInput
from cenguard.text.printable import printable
from cenguard.text.whole import whole

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def value_text(value: Any) -> str:
    r"""A value as TOML writes it.

    >>> print(value_text('a "b"'), value_text([1, 2.5]), value_text({"a b": True}), value_text(dt.date(2027, 3, 31)))
    "a \"b\"" [1, 2.5] {"a b" = true} 2027-03-31
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value) if math.isfinite(value) else str(value)
    if isinstance(value, (int, dt.date)):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(str(key))} = {value_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(value_text(item) for item in value) + "]"
    raise TypeError(f"no value of TOML: {type(value).__name__}")


def key_text(key: str) -> str:
    """A key as TOML writes it: bare where it may be."""
    return key if _BARE.fullmatch(key) else value_text(key)


def row_text(name: str, values: Mapping[str, Any], comment: str = "") -> str:
    """One table of an array of tables; what is None is left out."""
    lines = [f"[[{name}]]"]
    if comment:
        lines.append(f"# {printable(' '.join(comment.split()))}")
    lines += [f"{key} = {value_text(value)}" for key, value in values.items() if value is not None]
    return "\n".join(lines) + "\n"


def file_text(head: Iterable[str], parts: Iterable[str]) -> str:
    """A file: comment lines, then tables."""
    top = "".join(f"# {printable(' '.join(line.split()))}\n" for line in head)
    return top + "".join(f"\n{part}" for part in parts)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet, whole or not at all.

    Raises:
        UnreadableInput: it is there already, or cannot be written.
    """
    if os.path.lexists(path):
        raise UnreadableInput(str(path), "is there already, and is not written over: give another name, or delete it first")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123 - a descriptor, not a path
            file.write(text)
        os.chmod(name, 0o666 & ~_umask())  # noqa: PTH101 - as any other file that a command writes
        _placed(name, path)
    except FileExistsError:
        raise UnreadableInput(str(path), "is there already, and is not written over") from None
    except OSError as error:
        raise _refused(path, error) from None
    finally:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108


def write_over(path: Path, text: str) -> None:
    """Write a file over the one that is there, whole or not at all.

    Raises:
        UnreadableInput: it cannot be written.
    """
    try:
        with whole(path) as file:
            file.write(text.encode())
    except (OSError, ValueError) as error:
        raise _refused(path, error) from None


def _refused(path: Path, error: OSError | ValueError) -> UnreadableInput:
    """A null character in a name is no error of the system."""
    return UnreadableInput(str(path), f"cannot be written: {getattr(error, 'strerror', None) or error}")


def _placed(name: str, path: Path) -> None:
    """Give a file its name, which fails where somebody else was faster; on a share without links it is copied there."""
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:
        content = Path(name).read_bytes()
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                path.unlink()
                raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
