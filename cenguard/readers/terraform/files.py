"""The files of a plan's program, where they lie beside it: they say what local values are made of, which no plan does."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from cenguard.sources.project import project_folder, text_of

if TYPE_CHECKING:
    from cenguard.readers.terraform.modules import Module
    from cenguard.sources.local_values import Local

_INSTALLED = Path(".terraform", "modules", "modules.json")
"""Where `init` says in which folders the modules lie that a program calls."""
_NONE: "Mapping[str, Local]" = MappingProxyType({})


class Files:
    """The local values of a program's modules; looked for when one is first asked for."""

    def __init__(self, path: str) -> None:
        """Take the path of the plan."""
        self._path = path
        self._known: dict[str, Mapping[str, Local]] = {}
        self._planned: dict[str, Path | None] = {}
        self._folders: dict[str, Path] | None = None

    def locals_of(self, module: "Module") -> "Mapping[str, Local]":
        """The local values of a module; none where its files are not at hand, or are not those that were planned."""
        known = self._known.get(module.address)
        if known is None:
            known, folder = _NONE, self._planned_folder(module)
            if folder is not None:
                from cenguard.sources.local_values import local_values

                known = local_values(folder)
            self._known[module.address] = known
        return known

    def names_region_alone(self, module: "Module", alias: str) -> bool:
        """Whether a provider's region may be what its expression names: no plan tells `var.home` from a condition on it.

        False where the files show that it is more than a name.
        """
        folder = self._planned_folder(module)
        if folder is None:
            return True
        from cenguard.sources.local_values import provider_regions

        written = provider_regions(folder).get(alias)
        return written is None or written.made().is_alias

    def argument_of(self, module: "Module", kind: str, name: str, argument: str) -> "Local | None":
        """An argument of a resource, whose members the files tell apart; None where no file tells it."""
        folder = self._planned_folder(module)
        if folder is None:
            return None
        from cenguard.sources.local_values import arguments

        return arguments(folder).get((kind, name), {}).get(argument)

    def prevents_destroy(self, module: "Module", kind: str, name: str) -> bool | None:
        """Whether the block of a resource has `prevent_destroy`; None where no file tells it plainly."""
        folder = self._planned_folder(module)
        if folder is None:
            return None
        from cenguard.sources.hcl_sites import prevents_destroy

        return prevents_destroy(folder, kind, name)

    def computed_indexes(self, module: "Module", kind: str, name: str) -> frozenset[str] | None:
        """Attributes and blocks of a resource whose indexes are computed from its own key; None where no file tells it."""
        folder = self._planned_folder(module)
        if folder is None:
            return None
        from cenguard.sources.hcl_sites import computed_indexes

        return computed_indexes(folder, kind, name)

    def computed_arguments(self, module: "Module") -> frozenset[str] | None:
        """Arguments of the call of a module whose indexes are computed from its own key; None where no file tells it."""
        folder = self._planned_folder(module.parent) if module.parent is not None else None
        if folder is None:
            return None
        from cenguard.sources.hcl_sites import computed_arguments

        return computed_arguments(folder, module.names[-1])

    def _planned_folder(self, module: "Module") -> Path | None:
        """The folder of a module's files; None where they are not at hand, or are not those that were planned."""
        if module.address not in self._planned:
            self._planned[module.address] = self._checked(module)
        return self._planned[module.address]

    def _checked(self, module: "Module") -> Path | None:
        folder = self._folder(module)
        if folder is None:
            return None
        from cenguard.sources.terraform import blocks_of

        written = blocks_of(folder).resources
        for item in module.resources.values():
            name = item.address.rpartition(".")[2]
            if (f"data.{item.type}" if item.mode == "data" else item.type, name) not in written:
                return None
        return folder

    def _folder(self, module: "Module") -> Path | None:
        if module.parent is None or module.call is None:
            return project_folder(self._path, "terraform-plan", "")
        from cenguard.sources.terraform import local_folder

        above = self._folder(module.parent)
        if above is None:
            return None
        inside = local_folder(above, module.call.source)
        return inside if inside is not None else self._installed().get(".".join(module.names))

    def _installed(self) -> Mapping[str, Path]:
        """Folders of modules from elsewhere, by the names of the calls down to them."""
        if self._folders is None:
            self._folders = {}
            root = project_folder(self._path, "terraform-plan", "")
            text = text_of(root / _INSTALLED) if root is not None else None
            try:
                listed = json.loads(text)["Modules"] if text else []
                self._folders = {item["Key"]: root / item["Dir"] for item in listed} if root is not None else {}
            except (ValueError, LookupError, TypeError, RecursionError):
                pass  # it is the tool's own file, and may be of a version that nobody here has seen
        return self._folders
