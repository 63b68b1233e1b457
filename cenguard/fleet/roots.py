"""Where the states are: URLs as they were given, or lists of them in text files."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from cenguard.errors import UnreadableInput
from cenguard.fleet.state_names import is_state_name
from cenguard.text.encodings import utf8

LOCAL = "file"
PARAMETERS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "azblob"})
"""Kinds of buckets whose URLs may carry parameters, as `pulumi login` takes them: `s3://states?region=cn-north-1`."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*", re.ASCII)
_HOLDS_A_KEY = re.compile(r"[^/?#@]*:[^/?#]*@|https?://[^?]*\?", re.IGNORECASE)
"""A name with a password before the host, or a query, which of a web address that was signed for somebody is its key."""
_MOST = 1 << 22
"""Bytes of a text file that lists URLs."""


@dataclass(frozen=True, slots=True)
class Root:
    """A backend, folder, bucket or state, as it was given."""

    url: str
    protocol: str
    path: str
    """Of a local one its path; of any other the whole URL."""

    @property
    def is_local(self) -> bool:
        """Whether it lies on this machine."""
        return self.protocol == LOCAL


def roots_of(given: Sequence[str]) -> list[Root]:
    """The roots that were given, lists read.

    Raises:
        UnreadableInput: a list cannot be read, or names nothing.
    """
    found: dict[str, Root] = {}
    for text in given:
        root = _root(text)
        if root.is_local and os.path.isfile(root.path) and not is_state_name(os.path.basename(root.path)):  # noqa: PTH113, PTH119
            for line in _listed(text, Path(root.path)):
                found.setdefault(line.url, line)
        else:
            found.setdefault(root.url, root)
    return list(found.values())


def _root(text: str, folder: Path | None = None) -> Root:
    """The root that a text names; a path is seen from a folder.

    Raises:
        UnreadableInput: the URL has a key in it, which would stand in every report.
    """
    scheme, sign, rest = text.partition("://")
    if sign and scheme.lower() != LOCAL:
        if _HOLDS_A_KEY.match(rest) or _HOLDS_A_KEY.match(text):
            reason = "a URL with a key in it is not taken, since reports name their states: the environment has its place"
            raise UnreadableInput(f"{scheme}://…", reason)
        return Root(text, scheme.lower(), text)
    path = _path_of_url(rest) if sign else text
    if folder is not None and not os.path.isabs(path):  # noqa: PTH117
        path = str(folder / path)
    return Root(text, LOCAL, path)


def _path_of_url(rest: str) -> str:
    """The path of a `file://` URL, as the engine takes it: `~` is the home folder, signs may be written as %20, options may follow.

    Source: `pulumi login file://~`, https://www.pulumi.com/docs/iac/concepts/state-and-backends/ (retrieved 2026-11).
    """
    path = os.path.expanduser(rest.removeprefix("localhost") if rest.startswith("localhost/") else rest)  # noqa: PTH111
    if os.path.lexists(path):
        return path
    plain = unquote(path.partition("?")[0])
    return plain if os.path.lexists(plain) else path


def split_url(text: str) -> tuple[str, str]:
    """A URL of a bucket and what follows its question mark, with that mark; a path is whole.

    >>> split_url("s3://states/net?region=cn-north-1"), split_url("/srv/states?")
    (('s3://states/net', '?region=cn-north-1'), ('/srv/states?', ''))
    """
    scheme, sign, _ = text.partition("://")
    if not sign or scheme.lower() not in PARAMETERS:
        return text, ""
    plain, mark, rest = text.partition("?")
    return plain, f"{mark}{rest}"


def _listed(name: str, path: Path) -> Iterator[Root]:
    """What a text file lists: one URL or path a line, seen from the file's folder."""
    expected = "a folder, a bucket, a state, or a text file with one URL a line was expected"
    try:
        with path.open("rb") as file:
            content = utf8(file.read(_MOST + 1))
            lines = content.decode().splitlines()
    except OSError as error:
        raise UnreadableInput(name, f"cannot be read: {error.strerror}; {expected}") from None
    except UnicodeDecodeError:
        raise UnreadableInput(name, f"is not text; {expected}") from None
    if len(content) > _MOST:
        raise UnreadableInput(name, f"is no list of URLs: it is larger than {_MOST >> 20} MiB; {expected}")
    count = 0
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        scheme, sign, _ = text.partition("://")
        if not text.isprintable() or (sign and not _SCHEME.fullmatch(scheme)):
            raise UnreadableInput(name, f"no URL or path; {expected}", where=f"line {number}")
        count += 1
        root = _root(text, path.parent)
        if root.is_local and not os.path.lexists(root.path):
            # the line is not repeated: of a file that is no list it may be a secret
            raise UnreadableInput(name, f"there is no such file or folder; {expected}", where=f"line {number}")
        yield root
    if not count:
        raise UnreadableInput(name, f"lists no URL; {expected}")
