"""The user's own frame among those that the engine's documents tell of a resource.

Frames are `project:///<path>#<line>` or `…#<line>,<column>`, relative to the project folder, innermost first. Seen in recorded
documents of Python, TypeScript and Go.
"""

import os
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path, PurePosixPath

import msgspec

from cenguard.resources.location import Location
from cenguard.resources.records import Resource, every_position
from cenguard.sources.project import text_of
from cenguard.sources.syntax import calls_on
from cenguard.text.boundary import inside

LIBRARIES = frozenset(
    {"site-packages", "dist-packages", "node_modules", ".venv", "venv", ".tox", ".nox", "__pypackages__", ".yarn", "vendor"}
    | {"cenguard_components"}  # in a checkout of this repository, a finding still belongs to the line that calls the component
)
"""Folders that hold other people's code, wherever they lie in a project."""
GENERATED = "sdks"
"""The folder of a project in which `pulumi package add` writes generated code."""
_NAMES_POSITION = b'"sourcePosition":'
_MODULE = r"""^\s*module\s+(?:\(\s*)?["`]?([^\s"`)]+)"""


def users_frame(positions: Iterable[str], folder: Path | None) -> Location | None:
    """The first frame in a file of the user's, relative to the project folder.

    With the folder at hand a file is looked at: one that has changed since, so that no resource can be made on that line any
    more, tells nothing.
    """
    return frames_in(folder).first(positions)


class Frames:
    """The frames of one project folder, and what was found out of them."""

    def __init__(self, folder: Path | None) -> None:
        """Take the folder; None where nothing shows which it is."""
        self.folder = folder
        self.foreign: set[str] = set()
        """Positions in somebody else's code, or nowhere."""
        self.beginnings: set[bytes] = set()
        """Beginnings of traces that hold such positions only."""
        self.usual = b""
        """The one of them that was seen last."""
        self._paths: dict[str, str | None] = {}
        """Paths relative to the folder, by how positions name files; None for somebody else's code, and for no file."""
        self._contents: dict[str, tuple[str, Sequence[str]] | None] = {}
        """The text of a file and its lines; None for a file that is not there."""

    def of(self, resource: Resource) -> Location | None:
        """The first frame of a resource in a file of the user's, as `users_frame` tells it.

        Traces of one program begin alike, with frames of libraries, and then comes the position that the engine tells apart from
        them, too: a trace is not decoded where another one began with the same text.
        """
        position = resource.source_position
        trace, told = bytes(resource.stack_trace), msgspec.json.encode(position)
        usual = self.usual
        begins_alike = trace.startswith(told, len(usual)) and trace.startswith(usual)  # what it ends with is compared first
        if not (begins_alike and usual):
            begins_alike = self._begins_alike(resource, trace, trace.find(told))
        place = self.own_place(position) if begins_alike else None
        if place is None:
            return self.first(every_position(resource))
        return place if self.folder is None or self.is_still_there(place) else None

    def _begins_alike(self, resource: Resource, trace: bytes, at: int) -> bool:
        """Whether a trace holds positions of somebody else only, before the one that stands at an index."""
        beginning = trace[:at] if at > 0 else b""
        if beginning not in self.beginnings:
            before = takewhile(resource.source_position.__ne__, every_position(resource))
            if not beginning.rstrip().endswith(_NAMES_POSITION) or any(map(self.own_place, before)):
                return False
            self.beginnings.add(beginning)
        self.usual = beginning
        return True

    def first(self, positions: Iterable[str]) -> Location | None:
        """The first of some positions that is in a file of the user's."""
        for position in positions:
            if position in self.foreign:  # the frames of libraries are the same for every resource
                continue
            place = self.own_place(position)
            if place is None:
                self.foreign.add(position)
                continue
            if self.folder is not None and not self.is_still_there(place):
                return None  # frames further out would be as old
            return place
        return None

    def own_place(self, position: str) -> Location | None:
        """A position in a file of the user's own; None for one elsewhere, or nowhere."""
        file, _, place = position.partition("#")
        line = place.partition(",")[0]  # TypeScript tells the column, too
        if not (line.isascii() and line.isdecimal()):
            return None
        if file in self._paths:
            own = self._paths[file]
        else:
            path = _path(file)
            own = self._paths[file] = _own_path(path, self.folder) if path else None
        return None if own is None else Location(own, int(line))

    def is_still_there(self, place: Location) -> bool:
        """Whether a line can still be where a resource is made; a file that is not there is no witness."""
        path = place.path
        if path in self._contents:
            content = self._contents[path]
        else:
            text = text_of(self.folder / path) if self.folder is not None else None
            content = self._contents[path] = None if text is None else (text, text.split("\n"))
        if content is None:
            return True
        text, lines = content
        if place.line > len(lines) or not lines[place.line - 1].strip():
            return False
        return calls_on(Path(path).suffix, text, place.line)


@cache
def frames_in(folder: Path | None) -> Frames:
    """The frames of a project folder; None where nothing shows which it is."""
    return Frames(folder)


def _path(file: str) -> str:
    """The path of a file as positions name it, relative to the project folder; empty where it is none."""
    path = file.removeprefix("project:///")
    if "://" in path:
        return ""
    if "%" in path:
        from urllib.parse import unquote

        path = unquote(path)
    return path


def _own_path(path: str, folder: Path | None) -> str | None:
    """A path of the user's own, relative to the project folder; None for somebody else's code."""
    if path.startswith("../") and path.endswith(".go"):
        return _in_module(path, folder) if folder is not None else None
    return path if is_users(path, folder) else None


def is_users(path: str, folder: Path | None) -> bool:
    """Whether a path, relative to the project folder, is one of the user's own files, and none of a library or of generated code."""
    parts = PurePosixPath(path).parts
    if path.startswith(("../", "/")) or parts[:1] == (GENERATED,) or not LIBRARIES.isdisjoint(parts[:-1]):
        return False
    # A virtual environment in the project folder may have any name, and holds code beside site-packages too; so may the SDK
    # that `pulumi package add` generates.
    return folder is None or not any(_is_generated(folder, parent) for parent in list(PurePosixPath(path).parents)[:-1])


@cache
def _is_generated(folder: Path, inside: PurePosixPath) -> bool:
    return any((folder / inside / mark).exists() for mark in ("pyvenv.cfg", "pulumi-plugin.json"))


def _in_module(path: str, folder: Path) -> str | None:
    """The file that a Go frame names by its module: programs are built so that no path of the builder's machine is in them.

    `project:///../../../network/hub.go` is the module's path from the root of the file system, seen from the project folder.
    """
    name = re.sub(r"^(\.\./)+", "", path)
    for module, place in _modules(folder):
        if name.startswith(f"{module}/"):
            file = place / name.removeprefix(f"{module}/")
            if "@" not in name and "vendor" not in file.parts and file.is_file():
                return Path(os.path.relpath(file, folder)).as_posix()
    return None


@cache
def _modules(folder: Path) -> Sequence[tuple[str, Path]]:
    """The module that the project folder belongs to, with its folder."""
    for place in inside((folder, *folder.parents)):
        text = text_of(place / "go.mod") if (place / "go.mod").is_file() else None
        if text is not None:
            match = re.search(_MODULE, re.sub(r"//.*", "", text), re.MULTILINE)
            return ((match.group(1), place),) if match else ()
        if (place / ".git").exists():
            break
    return ()


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    for known in (_is_generated, _modules, frames_in):
        known.cache_clear()
