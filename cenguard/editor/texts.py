"""What tells whether a file's text is still the one that was checked."""

import hashlib
from pathlib import Path

from cenguard.sources.sites import file_at


def text_digest(text: str) -> str:
    """A digest of a text; a byte order mark and the kind of line ends count for nothing, since editors hide them."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def file_digest(path: Path) -> str:
    """The digest of a file's text; empty where there is none to be had."""
    file = file_at(path)
    return text_digest(file.text) if file is not None else ""
