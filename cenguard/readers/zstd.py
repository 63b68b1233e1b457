"""Checkpoints packed with zstd, as a self-managed backend writes them with `PULUMI_DIY_BACKEND_ZSTD`."""

from importlib import import_module
from typing import Any

from cenguard.errors import UnreadableInput

MOST_UNPACKED = 1 << 29
"""Bytes that a packed checkpoint may unpack to: more than any stack holds, and less than fills a machine."""
_STEP = 1 << 12
"""Packed bytes at a time: a frame may unpack to thousands of times its size."""


def unpacked(content: bytes, path: str) -> bytes:
    """The text in a zstd frame.

    Raises:
        UnreadableInput: the extra `fleet` is not installed, or it is not whole, or too large.
    """
    try:
        library: Any = import_module("zstandard")
    except ImportError:
        raise UnreadableInput(
            path, "is packed with zstd: install the extra `fleet` (zstandard), or unpack it with `zstd -d`"
        ) from None
    unpacker = library.ZstdDecompressor().decompressobj()
    parts: list[bytes] = []
    size = 0
    try:
        for start in range(0, len(content), _STEP):
            if unpacker.eof:
                break
            parts.append(unpacker.decompress(content[start : start + _STEP]))
            size += len(parts[-1])
            if size > MOST_UNPACKED:
                raise UnreadableInput(path, f"unpacks to more than {MOST_UNPACKED >> 20} MiB")
    except (library.ZstdError, MemoryError):
        raise UnreadableInput(path, "is not whole zstd") from None
    if not unpacker.eof:
        raise UnreadableInput(path, "is not whole zstd: it ends too early")
    return b"".join(parts)
