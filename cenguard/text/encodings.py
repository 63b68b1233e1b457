"""Text as other systems write it: with a byte order mark, or in UTF-16, as a redirect in PowerShell does."""

import codecs

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def is_marked(head: bytes) -> bool:
    """Whether the first bytes of a file say how its text is written."""
    return any(head.startswith(mark) for mark, _ in _MARKS)


def utf8(content: bytes) -> bytes:
    r"""The text as UTF-8 without a mark; without a mark it stays as it is.

    Raises:
        UnicodeDecodeError: a mark promises an encoding that the text is not in.

    >>> utf8("\ufeffa".encode("utf-16-le")), utf8(b"\xef\xbb\xbfa"), utf8(b"a")
    (b'a', b'a', b'a')
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding).encode()
    return content
