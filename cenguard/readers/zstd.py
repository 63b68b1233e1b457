"""Checkpoints packed with zstd, as a self-managed backend writes them with `PULUMI_DIY_BACKEND_ZSTD`."""

from importlib import import_module
from typing import Any

from cenguard.errors import UnreadableInput

MOST_UNPACKED = 1 << 29
"""Bytes that a packed checkpoint may unpack to: more than any stack holds, and less than fills a machine."""
_BEGINNING = b"\x28\xb5\x2f\xfd"
_SKIPPED = b"\x2a\x4d\x18"
"""What follows the first byte, 0x50 to 0x5f, of a frame that holds no text (RFC 8878, 3.1.2)."""
_STEP = 1 << 12
"""Packed bytes at a time: a frame may unpack to thousands of times its size."""


def is_zstd(head: bytes) -> bool:
    """Whether the first four bytes of a file are zstd's."""
    return head == _BEGINNING or (head[1:] == _SKIPPED and head[0] >> 4 == 5)


def unpacked(content: bytes, path: str) -> bytes:
    """The text in the frames of zstd, one after the other; `pzstd` begins with a frame of no text.

    Raises:
        UnreadableInput: the extra `fleet` is not installed, or it is not whole, or too large.
    """
    try:
        library: Any = import_module("zstandard")
    except ImportError:
        raise UnreadableInput(
            path, "is packed with zstd: install the extra `fleet` (zstandard), or unpack it with `zstd -d`"
        ) from None
    parts: list[bytes] = []
    size = at = 0
    try:
        while at < len(content):  # the library itself ends with the first frame
            unpacker = library.ZstdDecompressor().decompressobj()
            while not unpacker.eof:
                if at >= len(content):
                    raise UnreadableInput(path, "is not whole zstd: it ends too early")
                parts.append(unpacker.decompress(content[at : at + _STEP]))
                at = min(at + _STEP, len(content)) - len(unpacker.unused_data)
                size += len(parts[-1])
                if size > MOST_UNPACKED:
                    raise UnreadableInput(path, f"unpacks to more than {MOST_UNPACKED >> 20} MiB")
    except (library.ZstdError, MemoryError):
        raise UnreadableInput(path, "is not whole zstd") from None
    return b"".join(parts)
