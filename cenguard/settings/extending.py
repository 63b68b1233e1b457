"""What a settings file extends: another file, or one that an installed package holds."""

import os
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from cenguard.errors import InvalidSettings
from cenguard.rules.rule import Rule
from cenguard.settings.model import PYPROJECT
from cenguard.settings.rule_tables import code_named
from cenguard.text.boundary import boundary, holds
from cenguard.text.tables import Source, Table, read_toml

_RESOURCE = re.compile(r"([A-Za-z_]\w+(?:\.\w+)*):(.+)")
"""A package and a file in it; one letter before the colon is a drive of Windows."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One settings file."""

    path: Path
    table: Table

    loaded: bool = True
    """Whether it was read; not where it lies in a package, and no code is run: what it sets is open."""

    @property
    def folder(self) -> Path:
        """What the paths in it are relative to."""
        return self.path.parent

    def where(self, key: str, rules: Sequence[Rule]) -> str:
        """File, line and path of a key; a rule is called as the file calls it, by name or by code."""
        parts = key.split(".")
        written = self.table.values.get("rules")
        if parts[0] == "rules" and isinstance(written, dict) and parts[1] not in written:
            parts[1] = code_named(parts[1], rules) or parts[1]
        return f"{self.table.source}: {self.table.where(*parts)}"


def layers_of(*paths: Path) -> list[Layer]:
    """The files of a chain, each after the one that it extends; a file that stands there twice counts where it comes first.

    Raises:
        InvalidSettings: a file cannot be read, `extends` names nothing that is there, or leads back to where it began.
    """
    found: dict[Path, Layer] = {}
    for path in paths:
        for layer in _chain(path, ()):
            found.setdefault(layer.path.resolve(), layer)
    return list(found.values())


def _chain(path: Path, below: Sequence[Path]) -> list[Layer]:
    layer = Layer(path, _own_table(path))
    seen = (*below, path.resolve())
    above = _extended(layer)
    if above is None:
        return [layer]
    if isinstance(above, Layer):
        return [above, layer]
    if above.resolve() in seen:
        raise layer.table.refuse("extends", f"leads back to {above}")
    return [*_chain(above, seen), layer]


def _own_table(path: Path) -> Table:
    table = read_toml(path)
    if path.name != PYPROJECT:
        return table
    if "cenguard" not in table.subtable("tool").values:
        raise InvalidSettings(str(path), "holds no table [tool.cenguard]")
    return table.subtable("tool").subtable("cenguard")


def _extended(layer: Layer) -> Path | Layer | None:
    table = layer.table
    name = table.text_or_none("extends")
    if name is None:
        return None
    path = Path(os.path.normpath(layer.folder / name))
    if not holds(path):
        raise table.refuse("extends", f"{path}: {boundary().said}")
    if os.path.isfile(path):  # noqa: PTH113 - false, not an error, where a folder may not be looked into
        return path
    resource = _RESOURCE.fullmatch(name)
    if resource is not None and not boundary().code:
        return Layer(Path(name), Table(Source(name), {}), loaded=False)
    if resource is not None:
        return _in_package(table, *resource.groups())
    kind = "is a folder; a settings file was expected" if os.path.isdir(path) else "there is no such file"  # noqa: PTH112
    raise table.refuse("extends", f"{path}: {kind}").naming(path)


def _in_package(table: Table, package: str, name: str) -> Path:
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.submodule_search_locations is None:
        raise table.refuse("extends", f"no package {package} is installed in {sys.executable}")
    if ".." in Path(name).parts or Path(name).is_absolute():
        raise table.refuse("extends", f"{name} is no file in the package {package}")
    paths = [Path(folder) / name for folder in spec.submodule_search_locations]
    found = next((path for path in paths if path.is_file()), None)
    if found is None:
        raise table.refuse("extends", f"the package {package} holds no file {name}")
    return found
