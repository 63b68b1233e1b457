"""Files of settings and waivers, checked where they are written: every key, every rule's name, every waiver that is over."""

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from cenguard.editor.messages import Kind, Remark
from cenguard.editor.places import Places, said_at
from cenguard.errors import CenguardError, InvalidSettings
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.rules import RULES
from cenguard.settings.files import settings_for
from cenguard.settings.model import FILE, PYPROJECT, Settings
from cenguard.settings.reading import read_settings
from cenguard.settings.rule_tables import chooser_of
from cenguard.settings.waivers import problems, read_waivers
from cenguard.sources import lines as users_lines
from cenguard.text.boundary import Boundary, within

if TYPE_CHECKING:
    from cenguard.editor.server import Server

_WAIVER = re.compile(r"^[ \t]*\[\[[ \t]*waiver[ \t]*\]\]", re.MULTILINE)
_OURS = re.compile(r"^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*cenguard\b", re.MULTILINE)
_LINE = re.compile(r"line (\d+)")
_NAMED = (".toml", ".json")
"""How the files end that settings name, and settings themselves."""
_NO_CODE = Boundary(code=False)
"""Plugins are loaded by the process that checks, never by the server: names that may be theirs are passed over here."""


class Sort(Enum):
    """What a file of ours is."""

    SETTINGS = auto()
    PYPROJECT = auto()
    WAIVERS = auto()


def sort_of(path: Path, text: str) -> Sort | None:
    """What a file is; None for one that is none of settings or waivers."""
    if path.name == FILE:
        return Sort.SETTINGS
    if path.name == PYPROJECT:
        return Sort.PYPROJECT if _OURS.search(text) else None
    if path.suffix != ".toml":
        return None
    return Sort.WAIVERS if _WAIVER.search(text) or path in _named_waivers(path) else None


def catalogue_for(path: Path) -> Catalogue:
    """The areas that the settings around a file name; the newest edition where they cannot be read."""
    with within(_NO_CODE), suppress(CenguardError):
        return settings_for(None, path.parent).catalogue()
    return default_catalogue()


def _around(path: Path) -> Settings:
    """The settings around a file; empty ones where they are wrong, which is said in their own file."""
    with suppress(CenguardError):
        return settings_for(None, path.parent)
    return Settings()


def _named_waivers(path: Path) -> set[Path]:
    """Files of waivers that the settings around a file name, as they are written there."""
    for folder in path.parents:
        if (folder / FILE).is_file():
            with suppress(OSError, ValueError):
                named = tomllib.loads((folder / FILE).read_text("utf-8")).get("waivers", [])
                names = [named] if isinstance(named, str) else named
                return {(folder / name).resolve() for name in names if isinstance(name, str)}
            break
    return set()


class SettingsFiles:
    """What is said of files of settings and waivers that are open."""

    def __init__(self, server: "Server") -> None:
        """Take the server that shows it."""
        self._server = server
        self._opened: dict[Path, Sort] = {}

    def opened(self, path: Path) -> None:
        """A file was opened or saved."""
        document = self._server.text(self._server.uri(str(path)))
        if document is None:
            return
        sort = sort_of(path, document.source)
        if sort is not None:
            self._opened[path] = sort
        elif path in self._opened:
            self.closed(path)
        if sort is not None or path.suffix in _NAMED:
            self._look()

    def _look(self) -> None:
        """Look at all that are open: one may name the other, or a file that is not open."""
        for path, sort in list(self._opened.items()):
            users_lines.forget()
            self._server.shown.show(_owner(path), remarks_on(path, sort, self._server.encoding), (str(path),))

    def written(self, paths: Iterable[Path]) -> None:
        """Files were written by others than the client."""
        named = [path for path in paths if path.suffix in _NAMED]
        known = [path for path in named if path in self._opened]
        for path in known:
            self.opened(path)
        if named and not known:
            self._look()

    def closed(self, path: Path) -> None:
        """A file was closed."""
        if self._opened.pop(path, None) is not None:
            self._server.shown.show(_owner(path), ())


def remarks_on(path: Path, sort: Sort, encoding: str) -> Iterator[Remark]:
    """What is wrong in a file, at its lines; what lies in a file that it names stands there."""
    places = Places(Kind.DOCUMENT, path, path, encoding)
    try:
        with within(_NO_CODE):
            if sort is Sort.WAIVERS:
                settings = _around(path)
                chooser = chooser_of((*RULES, *settings.custom), lenient=bool(settings.not_loaded))
                waivers = read_waivers(path, chooser, settings.catalogue())
            else:
                settings = read_settings(path)
                waivers = settings.waivers
    except CenguardError as error:
        for fault in error.faults if isinstance(error, InvalidSettings) else ():
            file = Path(fault.source).resolve()
            line = _LINE.search(fault.where) or _LINE.search(fault.reason)
            place = places.of_line(file if file.is_file() else path, int(line[1]) if line else 1)
            yield Remark(place=place, severity="error", message=said_at(fault) if file.is_file() else str(fault))
        return
    for text in settings.remarks if sort is not Sort.WAIVERS else ():
        yield Remark(place=places.named_in(text, path.parent) or places.of_line(path, 1), severity="warning", message=text)
    today = dt.datetime.now(tz=dt.UTC).date()
    for waiver, text, is_wrong in problems(waivers, today, settings.unwaivable):
        named = places.named_in(waiver.place, path.parent)
        if named is not None:
            yield Remark(place=named, severity="warning" if is_wrong else "information", message=f"This waiver {text}.")


def _owner(path: Path) -> str:
    return f"settings {path}"
