"""The journal of a run: what was read of each state, in a file that an interruption leaves whole.

A line says what is known of a state; the lines that follow are its parts, as they travelled. Lines are only ever added, and
what a killed run left of a last one is taken away when the next run begins. Without `--resume` it is a file that goes with
the run: the records of a fleet lie there, and not in memory.
"""

import os
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from cenguard import __version__
from cenguard.errors import UnreadableInput
from cenguard.fleet.parts import StateHead

SCHEMA = "cenguard.journal/1"
_EXPECTED = "a journal of `cenguard audit --resume` was expected, or a file that is not there yet"


class _First(msgspec.Struct):
    schema: str
    cenguard: str
    key: str


class _Line(msgspec.Struct, omit_defaults=True):
    state: StateHead
    lengths: tuple[int, ...] = ()
    """Bytes of each part, whose lines follow."""


class Place(msgspec.Struct, frozen=True):
    """Where a part stands in the journal."""

    start: int
    length: int


class Entry(msgspec.Struct):
    """A state of the journal, and where its parts stand."""

    state: StateHead
    places: tuple[Place, ...]


_LINE = msgspec.json.Decoder(_Line)
_ENCODE = msgspec.json.Encoder().encode


def line_of(state: StateHead, bodies: Sequence[bytes]) -> bytes:
    """What the journal holds of a state: made by whoever read it, so that nobody has to look into it on the way."""
    return b"".join((_ENCODE(_Line(state, tuple(map(len, bodies)))), b"\n", *(part for body in bodies for part in (body, b"\n"))))


class Journal:
    """States that were read, by URL."""

    def __init__(self, path: Path | None, key: str) -> None:
        """Open the journal, or make it; `key` says what else its records depend on.

        Raises:
            UnreadableInput: the file is something else, or another run writes to it.
        """
        self.path, self.entries = path, dict[str, Entry]()
        self.renewed = False
        """Whether an older journal was of no use: another version made it, or other settings."""
        self._file: IO[bytes] = _unnamed() if path is None else _opened(path)
        self._name, self._key = str(path), key
        if path is not None:
            _locked(self._file, str(path))
        self._read()

    def add(self, content: bytes) -> Entry:
        """Take in what was read of a state.

        Raises:
            UnreadableInput: the disk is full.
        """
        with self._full():
            start = self._file.seek(0, os.SEEK_END)
            self._file.write(content)
        return self._take(content, start)

    def flush(self) -> None:
        """Hand everything to the operating system: what is killed after this loses nothing."""
        with self._full():
            self._file.flush()

    @contextmanager
    def _full(self) -> Iterator[None]:
        """A disk without room is said with the place that wants it; what was written before stays."""
        try:
            yield
        except OSError as error:
            place = self._name if self.path is not None else tempfile.gettempdir()
            what = "the journal" if self.path is not None else "what was read; --resume FILE keeps it elsewhere"
            raise UnreadableInput(place, f"cannot be written: {error.strerror} ({what})") from None

    def part(self, place: Place) -> bytes:
        """The records of a part."""
        self._file.seek(place.start)
        return self._file.read(place.length)

    def close(self) -> None:
        """Close the file; what a full disk did not take is not tried again."""
        with suppress(OSError):
            self._file.close()

    def _take(self, content: bytes, start: int) -> Entry:
        end = content.index(b"\n")
        line = _LINE.decode(content[:end])
        places, offset = [], start + end + 1
        for length in line.lengths:
            places.append(Place(offset, length))
            offset += length + 1
        entry = self.entries[line.state.url] = Entry(line.state, tuple(places))
        return entry

    def _read(self) -> None:
        """Take in what an earlier run left; the journal ends with its last whole state."""
        first = self._file.readline()
        if not first:
            self._begin()
            return
        try:
            head = msgspec.json.decode(first, type=_First)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            head = None
        if head is None or not first.endswith(b"\n") or head.schema != SCHEMA:
            self._file.close()
            raise UnreadableInput(self._name, f"is no journal; {_EXPECTED}")
        if (head.cenguard, head.key) != (__version__, self._key):
            self.renewed = True
            self._begin()
            return
        end = self._file.tell()
        whole = os.fstat(self._file.fileno()).st_size
        while line := self._file.readline():
            try:
                told = _LINE.decode(line)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                break
            length = len(line) + sum(told.lengths) + len(told.lengths)
            if not line.endswith(b"\n") or end + length > whole:
                break
            self._file.seek(end + length - 1)
            if self._file.read(1) != b"\n":  # a machine that lost its power may leave zeros in the place of what was written last
                break
            self._take(line, end)
            end += length
        self._file.truncate(end)

    def _begin(self) -> None:
        self._file.seek(0)
        self._file.truncate()
        with self._full():
            self._file.write(_ENCODE(_First(SCHEMA, __version__, self._key)) + b"\n")
            self._file.flush()


def _unnamed() -> IO[bytes]:
    try:
        return tempfile.TemporaryFile(prefix="cenguard-audit-")
    except OSError as error:
        place = os.environ.get("TMPDIR") or "the folder of temporary files"
        raise UnreadableInput(place, f"cannot be written: {error.strerror}; --resume FILE keeps elsewhere what is read") from None


def _opened(path: Path) -> IO[bytes]:
    try:
        opened = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise UnreadableInput(str(path), f"cannot be written: {error.strerror}; {_EXPECTED}") from None
    if not stat.S_ISREG(os.fstat(opened).st_mode):  # a pipe would be waited for, and a device keeps nothing
        os.close(opened)
        raise UnreadableInput(str(path), f"is no regular file; {_EXPECTED}")
    return os.fdopen(opened, "r+b")


def _locked(file: IO[bytes], path: str) -> None:
    import fcntl

    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise UnreadableInput(path, "is the journal of a run that goes on: wait for it, or name another") from None
