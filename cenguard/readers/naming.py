"""Names of sources: a Terraform document does not say whose it is, and ten states have ten times the same addresses.

A source is named where it is given (`net=net/plan.json`), or in the settings; else it is called by its folder, as seen
from the settings or the repository. A Pulumi document says whose it is, and takes no name.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.resources.addresses import NO_NAME_HOLDS

STANDARD_INPUT = "-"


class Named(msgspec.Struct, frozen=True):
    """A source, with what its documents are called."""

    path: str
    """The file or folder as it was given, or `-`."""
    name: str = ""
    said: bool = False
    """Whether somebody gave the name, and it is not only that of the folder."""


class Naming(msgspec.Struct, frozen=True, kw_only=True):
    """How the sources of one command get their names."""

    root: Path | None = None
    """The folder of the settings; None where there are none."""
    given: Mapping[str, Path] = msgspec.field(default_factory=dict)
    """Names that the settings give, each with its document."""

    def of(self, text: str) -> Named:
        """A source as it was given: `NAME=PATH`, unless a file or folder has that very name, or a path.

        Raises:
            UnreadableInput: the name cannot stand before an address.
        """
        name, equals, path = text.partition("=")
        if equals and name and path and not os.path.lexists(text):
            return Named(path, checked(name, text), said=True)
        if text == STANDARD_INPUT:
            return Named(text)
        for known, place in self.given.items():
            if os.path.realpath(place) == os.path.realpath(text):
                return Named(text, checked(known, text), said=True)
        return Named(text, folder_name(text, self.root))


def checked(name: str, source: str) -> str:
    """A name that can stand before an address.

    Raises:
        UnreadableInput: it cannot.
    """
    bad = next((sign for sign in NO_NAME_HOLDS if sign in name), None)
    if bad is not None:
        raise UnreadableInput(source, f"a source's name cannot hold {bad!r}")
    return name


def folder_name(path: str, root: Path | None) -> str:
    """What a document is called that nobody named: its folder, from the settings or its repository on, with `-` for a blank."""
    folder = Path(os.path.realpath(path)).parent
    base = Path(os.path.realpath(root)) if root is not None else repository_of(folder)
    if base is None or not folder.is_relative_to(base):
        return ""
    return called(folder.relative_to(base).as_posix())


def called(folder: str) -> str:
    """The name that a folder gives; empty where it cannot stand before an address.

    >>> called("shared services/net"), called("."), called("net[0]")
    ('shared-services/net', '', '')
    """
    name = folder.replace(" ", "-")
    return "" if name == "." or any(sign in name for sign in NO_NAME_HOLDS) else name


def repository_of(folder: Path) -> Path | None:
    """The folder at the top of a repository, from a folder upwards."""
    return next((above for above in (folder, *folder.parents) if os.path.lexists(above / ".git")), None)


def named_bases(texts: Sequence[str], naming: Naming, paths: Sequence[str], names: Sequence[str]) -> list[Named]:
    """Bases with the names of the sources that they stand for, whose `paths` and `names` are given.

    Raises:
        UnreadableInput: a base cannot be laid to one of several sources.
    """
    found = [naming.of(text) for text in texts]
    unsaid = [item for item in found if not item.said]
    if len(found) == 1 and len(names) == 1:
        return [Named(found[0].path, names[0])] if unsaid else found
    folders = dict(zip(by_common_root(paths), names, strict=True))
    of_base = dict(zip([item.path for item in unsaid], by_common_root([item.path for item in unsaid]), strict=True))
    laid: list[Named] = []
    for item in found:
        if item.said or item.name in names:
            laid.append(item)
        elif of_base[item.path] in folders and len(unsaid) > 1:
            laid.append(Named(item.path, folders[of_base[item.path]]))
        else:
            laid.append(item)
    return laid


def by_common_root(paths: Sequence[str]) -> list[str]:
    """The folders of some documents as seen from the one that holds them all.

    >>> by_common_root(["old/net/plan.json", "old/shop/plan.json"])
    ['net', 'shop']
    """
    folders = [os.path.dirname(os.path.realpath(path)) for path in paths]  # noqa: PTH120 - one that cannot be a path is one
    if len(folders) < 2:
        return [""] * len(folders)
    common = os.path.commonpath(folders)
    return ["" if item == "." else item for item in (PurePosixPath(os.path.relpath(one, common)).as_posix() for one in folders)]
