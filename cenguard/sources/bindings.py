"""What a program calls its resources: looked up in the syntax of the user's file, at the resource's own line."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import msgspec

from cenguard.resources.addresses import module_of
from cenguard.resources.default_providers import is_of_program
from cenguard.resources.records import STACK, Records, Resource, positions
from cenguard.resources.type_table import BRIDGED, VIEW, spelling
from cenguard.resources.urns import name_in_urn, type_in_urn
from cenguard.sources.lines import Lines
from cenguard.sources.project import Language, project_in
from cenguard.sources.sites import File, Site

_PROVIDERS = "pulumi:providers:"


class Surroundings(msgspec.Struct, frozen=True):
    """What new text in a file has to fit in with."""

    file: File
    taken: frozenset[str]
    """Names that the file has already."""
    imports: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What the file calls modules, and what they hold, by their full names."""
    import_place: int = 0
    """Where a further import goes."""
    made: frozenset[tuple[str, str]] = frozenset()
    """What the file makes already: class or type, as the program writes it, and name."""


class Bindings:
    """Looks up sites in the files of one input; reads nothing before it is asked."""

    def __init__(self, lines: Lines) -> None:
        """Take what finds lines."""
        self._lines = lines
        self._sites: dict[str, Site | None] = {}
        self._files: dict[tuple[Path, str], Path] = {}
        """Files by their folder and their path in it: a path is made, and hashed, as slowly as a line is found."""

    def language(self, urn: str) -> Language | None:
        """The language of the program that makes a resource; None for what the input does not hold."""
        known = self._lines.source_of(urn)
        if known is None:
            return self._only_language if not urn else None
        source, resource = known
        language = self._lines.language(source)
        place = self._lines.place(urn) if language in (Language.PYTHON, Language.OTHER) else None
        if place is not None and place.path.endswith((".tf", ".tofu")):
            return Language.HCL  # a module of that language in a program of another
        said = spelling(type_in_urn(urn))
        if self._is_in_module(resource) or (said is not None and said.road == VIEW):
            return Language.HCL
        if language is Language.PYTHON and said is not None and said.road == BRIDGED and not positions(resource):
            folder = self._lines.folder(source)
            if folder is None or project_in(folder).language is not Language.PYTHON:
                return Language.HCL  # the document of a program in Python tells where its resources are made
        return language

    @cached_property
    def _only_language(self) -> Language | None:
        languages = {self._lines.language(source) for source in self._lines.sources}
        return languages.pop() if len(languages) == 1 else None

    def _is_in_module(self, resource: Resource) -> bool:
        around = resource.urn.split("::", 3)[2].split("$")[:-1] if resource.urn.startswith("urn:") else []
        return any(kind.endswith(":index:Module") for kind in around)

    def source(self, urn: str) -> Records | None:
        """The source that holds a resource."""
        known = self._lines.source_of(urn)
        return known[0] if known else None

    def makes_provider(self, urn: str) -> bool:
        """Whether the program makes a provider that is called as the engine calls its own; the engine gives none of those a parent."""
        known = self._lines.source_of(urn)
        users = (item for source in self._lines.sources for item in source.resources if item.provider == urn)
        user = next(users, None)
        return user is not None and is_of_program(user, known[1] if known is not None else None)

    def leaves(self, kind: str, name: str) -> bool:
        """Whether the change deletes a resource of a type and name: what says it again keeps it."""
        return any(item.type == kind and item.name == name for source in self._lines.sources for item in source.deleted)

    def site(self, urn: str) -> Site | None:
        """Where the program makes a resource, and it alone; None where that is not certain."""
        if urn not in self._sites:
            known = self._lines.source_of(urn)
            self._sites[urn] = self._find(*known) if known is not None else None
        return self._sites[urn]

    def one_of_several(self, urn: str) -> Site | None:
        """Where the program makes a resource beside others of the same block: it can be named there, by its key, and not changed."""
        known = self._lines.source_of(urn)
        folder = self._lines.folder(known[0]) if known is not None else None
        if known is None or folder is None or urn.startswith("urn:") or self._lines.language(known[0]) is not Language.TERRAFORM:
            return None
        from cenguard.sources.hcl_sites import instance_of_address

        address = urn.removeprefix(f"{known[0].project}:") if known[0].project else urn
        return instance_of_address(folder, address, module_of(address), known[0].module_sources)

    def _find(self, source: Records, resource: Resource) -> Site | None:
        folder = self._lines.folder(source)
        if folder is None or resource.external:
            return None
        language = self._lines.language(source)
        if language in (Language.HCL, Language.TERRAFORM):
            return self._block(source, resource, folder)
        if resource.parent and type_in_urn(resource.parent) != STACK and "$" in resource.urn.split("::", 3)[2]:
            return None  # a component makes it, wherever its code is
        if language is Language.YAML:
            from cenguard.sources.yaml_sites import site_of

            return site_of(folder, type_in_urn(resource.urn), name_in_urn(resource.urn))
        place = self._lines.place(resource.urn)
        if place is None:
            return None
        file = self._file(folder, place.path)
        if language is Language.PYTHON and place.path.endswith(".py"):
            from cenguard.sources.python_sites import module_at, site_at

            if module_at(file) is None:
                return None
            return site_at(file, place.line, class_in(type_in_urn(resource.urn)), name_in_urn(resource.urn))
        if language in (Language.TYPESCRIPT, Language.GO):
            from cenguard.sources.tree_sites import site_at as call_at

            return call_at(file, place.line, class_in(type_in_urn(resource.urn)), name_in_urn(resource.urn))
        return None

    def _file(self, folder: Path, path: str) -> Path:
        found = self._files.get((folder, path))
        if found is None:
            found = self._files[folder, path] = folder / path
        return found

    def _block(self, source: Records, resource: Resource, folder: Path) -> Site | None:
        from cenguard.sources.hcl_sites import provider_of, site_of_address, site_of_name

        address, kind = resource.urn, type_in_urn(resource.urn)
        if resource.urn.startswith("urn:"):
            if kind.startswith(_PROVIDERS):
                name = name_in_urn(resource.urn)
                return provider_of(folder, "" if name == "alicloud" else name)
            return site_of_name(folder, kind, name_in_urn(resource.urn))
        address = address.removeprefix(f"{source.project}:") if source.project else address
        if address.startswith("provider."):
            parts = address.split(".")
            return provider_of(folder, parts[2] if len(parts) > 2 else "") if parts[1] != "module" else None
        return site_of_address(folder, address, module_of(address), source.module_sources)

    def surroundings(self, site: Site) -> Surroundings:
        """What new text at or below a site has to fit in with."""
        path = site.file.path
        if path.suffix == ".py":
            from cenguard.sources.python_sites import module_at

            module = module_at(path)
            if module is not None:
                return Surroundings(module.file, module.names, *module.imports_above(site.statement.start), module.made)
        elif path.suffix in (".yaml", ".yml"):
            from cenguard.sources.yaml_sites import made_in as made_there
            from cenguard.sources.yaml_sites import names_in as keys_in

            return Surroundings(site.file, keys_in(path), made=made_there(path))
        elif path.suffix in (".tf", ".tofu"):
            from cenguard.sources.hcl_sites import labels_in

            labels = labels_in(path.parent)
            return Surroundings(site.file, frozenset(name for _, name in labels), made=labels)
        else:
            from cenguard.sources.tree_sites import made_in, names_in

            names, imports = names_in(path)
            return Surroundings(site.file, names, imports, made=made_in(path))
        return Surroundings(site.file, frozenset())


def class_in(token: str) -> str:
    """The class of a type: the last part of its token; of a provider `Provider`.

    >>> class_in("alicloud:cen/instance:Instance"), class_in("pulumi:providers:alicloud")
    ('Instance', 'Provider')
    """
    return "Provider" if token.startswith(_PROVIDERS) else token.rpartition(":")[2]
