"""The user's own line of a resource, and the language that it is written in.

The engine's documents tell positions of programs in Python, TypeScript and Go. Those of a program in YAML are positions of
its interpreter, and for Terraform's language there are none: there the files beside the document are looked at. Where no file
tells, there is no line: none is better than a wrong one.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cenguard.resources.location import Location
from cenguard.resources.records import STACK, Records, Resource, positions
from cenguard.resources.type_table import VIEW, spelling
from cenguard.resources.urns import name_in_urn, type_in_urn
from cenguard.sources.frames import Frames, frames_in, users_frame
from cenguard.sources.project import Language, is_terraform, project_folder, project_in
from cenguard.sources.syntax import knows

if TYPE_CHECKING:
    from cenguard.sources.yaml_keys import Place

_BY_SUFFIX = {
    ".py": Language.PYTHON,
    ".ts": Language.TYPESCRIPT,
    ".tsx": Language.TYPESCRIPT,
    ".mts": Language.TYPESCRIPT,
    ".cts": Language.TYPESCRIPT,
    ".js": Language.TYPESCRIPT,
    ".mjs": Language.TYPESCRIPT,
    ".cjs": Language.TYPESCRIPT,
    ".go": Language.GO,
}


NOTE = "lines in .tf files need the extra `lines`: pip install 'cenguard[lines]'"
_MODULE = ":index:Module"
"""How the type of a component ends that Pulumi makes of a module in Terraform's language."""
_COMPONENT = "components:index:"
"""How the type of a module begins in a program in HCL."""
_ENOUGH = 50
"""Resources with positions that are looked at before a document is believed to name no file of the user's."""


class Lines:
    """Finds lines in the files of one input; reads nothing before it is asked."""

    def __init__(self, sources: Sequence[Records]) -> None:
        """Take what the input holds."""
        self.sources = sources
        self._found: dict[str, Location | None] = {}
        self._frames: dict[int, Frames | None] = {}
        """By source; None for a document of Terraform's, which holds none."""
        self._languages: dict[int, Language] = {}
        self._folders: dict[int, Path | None] = {}
        self.unread: Records | None = None
        """The first source of which a line was not found because the extra `lines` is not installed."""

    def place(self, urn: str) -> Location | None:
        """The user's own line of a resource; of one that another resource makes, at least that one's."""
        if self._tells_nothing:
            return None
        if urn in self._found:
            return self._found[urn]
        self._found[urn] = None  # parents in a circle end here
        known = self._resources.get(urn)
        found = self._find(*known) if known is not None else None
        self._found[urn] = found
        return found

    def nearest(self, urn: str | None, related: Iterable[str]) -> Location | None:
        """The line of a resource that a finding is about; of one that no file of the program makes, of the nearest that one does.

        An instance of another stack is none of the program's, nor is what another process builds. A resource whose line is
        looked up in the program's files is: where it is not found there, nothing else stands for it.
        """
        found = self.place(urn) if urn else None
        if found is not None:  # nearly always
            return found
        if self._tells_nothing:
            return None
        known = self._resources.get(urn) if urn else None
        if known is not None and self._is_looked_up(*known):
            return None
        return next((place for item in related if (place := self.place(item))), None)

    def _is_looked_up(self, source: Records, resource: Resource) -> bool:
        return not resource.external and self._language(source) in (Language.YAML, Language.HCL, Language.TERRAFORM)

    def source_of(self, urn: str) -> tuple[Records, Resource] | None:
        """A resource of the input, and the source that holds it."""
        return self._resources.get(urn)

    def language(self, source: Records) -> Language:
        """The language that the program of a source is written in."""
        return self._language(source)

    def folder(self, source: Records) -> Path | None:
        """The folder that the lines of a source are relative to; None where nothing shows which it is."""
        return self._folder(source)

    def _language(self, source: Records) -> Language:
        key = id(source)
        if key not in self._languages:
            self._languages[key] = language_of(source)
        return self._languages[key]

    def _folder(self, source: Records) -> Path | None:
        key = id(source)
        if key not in self._folders:
            self._folders[key] = project_folder(source.path, source.kind, source.project)
        return self._folders[key]

    @cached_property
    def _tells_nothing(self) -> bool:
        """Whether no line can be told: Terraform's documents hold none, and no files lie beside these."""
        return all(is_terraform(source.kind) and self._folder(source) is None for source in self.sources)

    @cached_property
    def _resources(self) -> dict[str, tuple[Records, Resource]]:
        return {resource.urn: (source, resource) for source in self.sources for resource in (*source.left_out, *source.resources)}

    def _find(self, source: Records, resource: Resource) -> Location | None:
        if resource.locate is not None:  # its reader knows
            told: Location | None = resource.locate()
            return told
        key = id(source)
        if key not in self._frames:
            self._frames[key] = None if is_terraform(source.kind) else frames_in(self._folder(source))
        frames = self._frames[key]
        if frames is None:
            return self._in_configuration(source, resource)
        found = frames.of(resource)
        if found is None and frames.folder is not None:
            found = self._located(source, resource, frames.folder, self._in_files(source, resource, frames.folder))
        return found or self._of_parent(resource)

    def _in_configuration(self, source: Records, resource: Resource) -> Location | None:
        """The block of a resource of Terraform's."""
        from cenguard.sources import terraform

        folder = self._folder(source)
        if folder is None:
            return None
        address = resource.urn.removeprefix(f"{source.project}:") if source.project else resource.urn
        return self._located(source, resource, folder, terraform.in_address(folder, address, sources=source.module_sources))

    def _in_files(self, source: Records, resource: Resource, folder: Path) -> "Place | None":
        """The line in files of a language whose positions no document tells."""
        from cenguard.sources import terraform

        module = self._module_around(resource)
        if module is not None:
            return _in_module(module, resource, folder)
        project = project_in(folder)
        if project.language is Language.YAML:
            from cenguard.sources import yaml_keys

            own = not resource.parent or type_in_urn(resource.parent) == STACK
            return yaml_keys.key_of(project, type_in_urn(resource.urn), name_in_urn(resource.urn)) if own else None
        if type_in_urn(resource.urn).startswith(_COMPONENT):
            return terraform.call_in_modules(folder, terraform.steps(name_in_urn(resource.urn)))
        said = spelling(type_in_urn(resource.urn))
        if said is None or project.language not in (Language.HCL, None) or self._language(source) is not Language.HCL:
            return None
        names = terraform.steps(name_in_urn(resource.urn))
        found = terraform.in_modules(folder, names[:-1], said.terraform, names[-1]) if names else None
        return found or terraform.blocks_of(folder).by_hand(said.terraform, name_in_urn(resource.urn))

    def _module_around(self, resource: Resource) -> Resource | None:
        """The component, made of a module in Terraform's language, that makes a resource."""
        seen: set[str] = set()
        while resource.parent and resource.parent not in seen:
            seen.add(resource.parent)
            known = self._resources.get(resource.parent)
            if known is None:
                return None
            resource = known[1]
            if type_in_urn(resource.urn).endswith(_MODULE):
                return resource
        return None

    def _of_parent(self, resource: Resource) -> Location | None:
        """The line of what makes a resource; a module in HCL lies in the user's files, where its block was not found."""
        kind = type_in_urn(resource.parent)
        return None if not kind or kind == STACK or kind.startswith(_COMPONENT) else self.place(resource.parent)

    def _located(self, source: Records, resource: Resource, folder: Path, place: "Place | None") -> Location | None:
        if place is not None:
            return Location(Path(os.path.relpath(place.file, folder)).as_posix(), place.line)
        if self.unread is None and self._is_of_terraform(source, resource) and not knows(".tf"):
            self.unread = source
        return None

    def _is_of_terraform(self, source: Records, resource: Resource) -> bool:
        """Whether a resource is written in Terraform's language."""
        of_document = self._language(source) in (Language.HCL, Language.TERRAFORM)
        return of_document or self._module_around(resource) is not None


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    for name in (
        "project", "frames", "syntax", "terraform", "yaml_keys", "sites", "python_sites", "tree_sites", "yaml_sites", "hcl_sites",
        "local_values",
    ):  # fmt: skip
        module = sys.modules.get(f"cenguard.sources.{name}")
        if module is not None:  # what was not needed has remembered nothing
            module.forget()


def _in_module(module: Resource, resource: Resource, folder: Path) -> "Place | None":
    """The block of a resource that a module makes, where the module lies in the user's own files."""
    from cenguard.sources import terraform

    place = _module_folder(module, folder)
    said = spelling(type_in_urn(resource.urn))
    if place is None or said is None:
        return None
    name = name_in_urn(resource.urn)
    if said.road == VIEW:
        return terraform.in_address(place, name, skip=1)  # the first is the component itself
    return terraform.in_constructed(place, said.terraform, name.removeprefix(f"{name_in_urn(module.urn)}-"))


def _module_folder(module: Resource, folder: Path) -> Path | None:
    """The folder of the module that a component stands for: what `source` says, or what its package was made of."""
    from cenguard.sources.terraform import local_folder

    project = project_in(folder)
    source = module.inputs.get("source")
    if isinstance(source, str):
        return local_folder(project.program, source)
    packages = (project.settings or {}).get("packages")
    package = packages.get(type_in_urn(module.urn).partition(":")[0]) if isinstance(packages, dict) else None
    parameters = package.get("parameters") if isinstance(package, dict) else None
    if not isinstance(parameters, list):
        return None
    return next((found for item in parameters if isinstance(item, str) and (found := local_folder(folder, item))), None)


def language_of(source: Records) -> Language:
    """The language of a source's program: what its own positions tell, else what the project file says, else Python."""
    if is_terraform(source.kind):
        return Language.TERRAFORM
    if source.kind == "program":
        said = project_in(Path(source.path).resolve()).language
        return said if said is Language.YAML else Language.PYTHON  # no other can be read here
    told: Language | None = None
    looked_at = 0
    for resource in source.resources:
        frames = positions(resource) if type_in_urn(resource.urn) != STACK else []
        if not frames:
            continue
        inside = users_frame(frames, None)
        language = _BY_SUFFIX.get(Path(inside.path).suffix) if inside else None
        if language is not None:
            return language
        if any("/pulumi-yaml/" in frame or "/pulumiyaml/" in frame for frame in frames):
            told = Language.YAML
        elif told is None and any(
            frame.endswith(".go") and "@" not in frame for frame in (item.partition("#")[0] for item in frames)
        ):
            told = Language.GO
        looked_at += 1
        if looked_at == _ENOUGH:
            break
    folder = project_folder(source.path, source.kind, source.project)
    said = project_in(folder).language if folder is not None else None
    return said or told or (Language.HCL if _is_hcl(source) else Language.PYTHON)


def _is_hcl(source: Records) -> bool:
    """Whether a document without a project and positions is that of a program in HCL: by the names that its host alone gives."""
    return any(
        resource.type.startswith(_COMPONENT)
        or _is_instance(name_in_urn(resource.urn))
        or resource.urn.endswith("::pulumi:providers:alicloud::alicloud")
        for resource in source.resources
    )


def _is_instance(name: str) -> bool:
    """Whether a name is one that `count` or `for_each` makes."""
    if not name.endswith("]"):
        return False
    from cenguard.sources.terraform import steps

    return bool(steps(name))
