"""Edits as text in the program's own language, and, where every name is certain, as changes of the user's files.

A text is *bound* when each resource that it names is one that the program has under that name at that place, and each call or
block that it changes is found there. What is not bound is for reading: it stands in comments, with `<the package china-us>` where a name is the reader's to fill in.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from cenguard.findings import components, taken_out
from cenguard.findings.fix import Add, Edit, Import, Remove, Set
from cenguard.findings.keys import keyed, variables_of
from cenguard.findings.printers.words import (
    NEW,
    Line,
    NotPlaced,
    Unbound,
    Words,
    is_default,
    is_provider,
    lines_of,
    merged,
    named_in,
    road_of,
    said_of,
    sort_new,
    within_module,
)
from cenguard.resources.addresses import module_of, source_in
from cenguard.resources.tokens import PACKAGE
from cenguard.resources.urns import kind_in_urn, name_in_urn
from cenguard.sources.bindings import Bindings, Surroundings
from cenguard.sources.changing import applied, in_order
from cenguard.sources.project import Language
from cenguard.sources.sites import Change, Site
from cenguard.text.printable import printable

_MODULES = {
    Language.PYTHON: "python",
    Language.TYPESCRIPT: "typescript",
    Language.GO: "go",
    Language.YAML: "yaml",
    Language.HCL: "hcl",
    Language.TERRAFORM: "hcl",
}
_BLOCKS = frozenset({Language.HCL, Language.TERRAFORM})


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """What a fix is in the program's language."""

    language: str
    text: str
    bound: bool
    changes: tuple[Change, ...] = ()
    """What the text is in the files; empty where it is not bound."""
    why_not: str = ""
    """Why it is not bound, or has no changes, as a sentence without its stop."""
    edits: tuple[Edit, ...] = ()
    about: tuple[str, ...] = ()
    again: tuple[str, ...] = ()
    """Names of packages that the change deletes, and that it says again: they are not bought."""


def language_of(edits: Sequence[Edit], bindings: Bindings | None, about: Sequence[str] = ()) -> Language:
    """The language of the program that a fix is for; Python where nothing tells it."""
    if bindings is None:
        return Language.PYTHON
    for urn in (*_touched(edits), *(urn for edit in edits for urn in named_in(edit)), *about, ""):
        found = bindings.language(urn)
        if found is not None:
            return found
    return Language.PYTHON


def code_of(edits: Sequence[Edit], bindings: Bindings | None = None, about: Sequence[str] = ()) -> Code | None:
    """The text of a fix; None where there are no edits, or no printer for the program's language.

    `about` are the resources that the finding is about: what refers to no resource of the program is written below one of them.
    """
    if not edits:
        return None
    language = language_of(edits, bindings, about)
    if language not in _MODULES:
        return None
    return _Writer(edits, bindings, language, about).code()


def _module_in(urn: str) -> str:
    """The module of Terraform's language that makes a resource; empty for the root, and for a provider."""
    if is_provider(urn):
        return ""
    return module_of(urn) if not urn.startswith("urn:") else name_in_urn(urn).rpartition(".")[0]


def _touched(edits: Sequence[Edit]) -> list[str]:
    return [edit.urn for edit in edits if isinstance(edit, (Set, Remove))]


def _in_file(item: tuple[Site, int]) -> tuple[Path, int]:
    return item[0].file.path, item[1]


class _Writer:
    def __init__(self, edits: Sequence[Edit], bindings: Bindings | None, language: Language, about: Sequence[str]) -> None:
        self.language = language
        self.printer: Any = import_module(f"cenguard.findings.printers.{_MODULES[language]}")
        self.why_not = ""
        try:
            self.edits: Sequence[Edit] = merged(edits)
        except NotPlaced as problem:
            self.edits, self.why_not = edits, str(problem)
        self.bindings = bindings
        self.about = tuple(about)
        self.given = tuple(self.edits)
        if language is Language.TERRAFORM:
            self.edits = [self._with_address(edit) for edit in self.edits]
        self.edits, self.keys = keyed(self.edits, lambda urn: bindings is not None and bindings.source(urn) is not None)
        said = {edit.provider for edit in self.edits if isinstance(edit, Add) and edit.provider is not None}
        self.own = {urn for urn in said if is_default(urn) and bindings is not None and bindings.makes_provider(urn)}
        names = [urn for edit in self.edits for urn in named_in(edit, self.own)]
        self.named = [urn for urn in dict.fromkeys(names) if not urn.startswith(NEW)]
        self.referred = {urn for urn in names if urn.startswith(NEW)}
        self.sites: dict[str, Site] = {}
        self.surroundings: Surroundings | None = None
        self.imports: Mapping[str, str] | None = None
        self.statements: dict[int, tuple[Any, str]] = {}
        """What is printed of an edit, with the imports that it is printed for."""

    def _with_address(self, edit: Edit) -> Edit:
        """An edit whose provider has the address that records have for it, in the place of its key."""
        if not isinstance(edit, Add) or edit.provider is None or "provider." in edit.provider:
            return edit
        urns = (*_touched(self.edits), *(urn for item in self.edits for urn in named_in(item)), *self.about)
        sources = (self.bindings.source(urn) for urn in urns) if self.bindings else ()
        source = next((item for item in sources if item is not None), None)
        prefix = f"{source.project}:" if source is not None and source.project else ""
        return structs.replace(edit, provider=f"{prefix}provider.{edit.provider.replace(':', '.')}")

    def code(self) -> Code:
        self._look_up()
        new = sort_new(self.edits, self._key)
        known = within_module(_touched(self.edits), self.named)
        known |= {urn: site.expression for urn, site in self.sites.items() if site.expression}
        package = road_of((*_touched(self.edits), *self.named, *self.about))
        around, by_type = self.surroundings, self.language in _BLOCKS
        variables = variables_of(new, self._key, self.referred, self.printer, around, by_type=by_type)
        known |= {key: self.printer.new_expression(edit, variables.get(key, "")) for edit in new for key in [self._key(edit)]}
        words = Words(known, package)
        changes: tuple[Change, ...] = ()
        bound = not self.why_not
        if bound and self.surroundings is not None:
            try:
                changes = tuple(in_order(self._changes(new, variables, words, self.surroundings)))
            except NotPlaced as problem:
                self.why_not = str(problem)
                bound = not isinstance(problem, Unbound)
        text = self._text(new, variables, words, bound=bound)
        return Code(
            language=self.language.value,
            text=text,
            bound=bound,
            changes=changes,
            why_not=self.why_not,
            edits=self.given,
            about=self.about,
            again=tuple(
                edit.name for edit in new if edit.type == PACKAGE and self.bindings and self.bindings.leaves(edit.type, edit.name)
            ),
        )

    def _key(self, edit: "Add | Import") -> str:
        return self.keys[id(edit)]

    def _look_up(self) -> None:
        """Find every resource in the program; the first that is not there says why nothing is bound."""
        if self.why_not:
            return
        if self.bindings is None:
            self.why_not = "the program is not at hand"
            return
        touched = _touched(self.edits)
        for urn in (*touched, *self.named):
            site = self.bindings.site(urn) or (None if urn in touched else self.bindings.one_of_several(urn))
            if site is None:
                self.why_not = f"no line of the program makes {said_of(urn)}, and it alone"
                continue
            self.sites[urn] = site
            if urn in self.named and not site.expression:
                self.why_not = f"the program has no name for {said_of(urn)}"
        for edit in self.edits:
            if isinstance(edit, Import) and edit.id is None:
                self.why_not = f"nobody knows the id of {edit.name}"
        places = {self._unit(site.file.path) for site in self.sites.values()}
        if len(places) > 1:
            self.why_not = self.why_not or "the resources are made in different files"
        around = min(self.sites.values(), key=lambda site: site.statement.start, default=None)
        if around is None:
            around = self._beside()
        if around is None:
            self.why_not = self.why_not or "no line of the program is beside it"
            return
        self.surroundings = self.bindings.surroundings(around)

    def _unit(self, path: Path) -> Path:
        """What shares names: a file, or in Terraform's language a folder."""
        return path.parent if self.language in _BLOCKS else path

    def _text(self, new: Sequence["Add | Import"], variables: dict[str, str], words: Words, *, bound: bool) -> str:
        comment = self.printer.COMMENT
        instead = None if bound else components.instead(self.edits, self.language, words.of)
        new = [] if instead is not None else new
        parts = [self._statement(edit, variables, words, None if self.why_not else self.imports) for edit in new]
        if not bound:
            parts = ["\n".join(f"{comment}{row}".rstrip() for row in part.splitlines()) for part in parts]
            rather = components.rather(new, (*self.named, *self.about))
            parts = [f"{comment}{rather}", *parts] if rather else parts
        heads = (
            [(self._head(instead[0], words), instead[1])]
            if instead is not None
            else [(self._head(edit, words), self._lines(edit, words)) for edit in self.edits if isinstance(edit, Set)]
        )
        told = lines_of(heads, comment)
        told += [f"{comment}take out {self._head(edit, words)}" for edit in self.edits if isinstance(edit, Remove)]
        if not bound and self.language in _BLOCKS:
            told += [f"{comment}{row}" for row in self._through_modules()]
        between: str = self.printer.BETWEEN
        return between.join([*parts, *(["\n".join(told)] if told else [])]) + "\n"

    def _through_modules(self) -> list[str]:
        """What to do about names that are those of a module: a provider has another name in each."""
        urns = (*_touched(self.edits), *self.named)
        within = {_module_in(urn) for urn in urns if not is_provider(urn)}
        if len(within) == 1 and self.named and (module := next(iter(within))):
            module = module.removeprefix(f"{source_in(module)}:")
            return [f"all that is named is made in {printable(module)}: write it there, with that module's names and provider"]
        if len({_module_in(urn) for urn in urns}) > 1:
            return ["what another module makes is handed through: an output of that module, a variable of this one"]
        return []

    def _lines(self, edit: Set, words: Words) -> Sequence[Line]:
        said = components.arguments(edit, self.language, lambda value: self.printer.value(value, words))
        found: Sequence[Line] = self.printer.lines(edit, words, self.sites.get(edit.urn)) if said is None else said
        return found

    def _head(self, edit: "Set | Remove", words: Words) -> str:
        kind = kind_in_urn(edit.urn)
        if kind.count(":") < 2:
            return said_of(edit.urn)
        maker = components.component_in(edit.urn)
        if maker and self.language not in _BLOCKS:
            return f"the arguments of what makes {said_of(edit.urn)}, a {maker}"
        said: str = self.printer.head(kind, name_in_urn(edit.urn), words, self.sites.get(edit.urn))
        return said

    def _statement(self, edit: "Add | Import", variables: dict[str, str], words: Words, imports: Any) -> str:
        known = self.statements.get(id(edit))
        if known is not None and known[0] is imports:
            return known[1]
        provider = edit.provider if isinstance(edit, Add) else None
        if provider is not None and provider not in self.own and (is_default(provider) or self.printer.is_unnamed(provider)):
            provider = None
        found: str = self.printer.resource(edit, variables.get(self._key(edit), ""), words, provider, imports)
        self.statements[id(edit)] = imports, found
        return found

    def _changes(
        self, new: Sequence["Add | Import"], variables: dict[str, str], words: Words, around: Surroundings
    ) -> list[Change]:
        """The changes of the files.

        Raises:
            NotPlaced: one has no certain place.
        """
        for edit in new:
            if self.printer.identity(edit, words) in around.made:
                raise NotPlaced(f"the program has {edit.name} already: it is newer than the document, or has it in no stack")
        changes: list[Change]
        changes, imports = self.printer.imports_for(self.edits, words, around)
        self.imports = imports
        placed: dict[str, tuple[Site, int]] = {}
        for edit in new:
            anchor = self._anchor(edit, placed)
            if anchor is not None:
                placed[self._key(edit)] = anchor
        rest = [edit for edit in new if self._key(edit) not in placed]
        if rest:
            lone = self._lone_place(placed)
            placed |= {self._key(edit): lone for edit in rest}
        placed = self._together(placed)
        below: dict[tuple[Path, int], tuple[Site, list[str]]] = {}
        for edit in new:
            site, end = placed[self._key(edit)]
            below.setdefault((site.file.path, end), (site, []))[1].append(self._statement(edit, variables, words, imports))
        for change in self.edits:
            if isinstance(change, Set):
                site = self.sites[change.urn]
                self._holds(change, site, placed)
                changes += self.printer.place(change, site, words, imports)
            elif isinstance(change, Remove):
                changes += self.printer.removed(self.sites[change.urn])
        # last of those at one place: what is added to the end of a resource is not added to the one that goes below it
        changes += [self.printer.below(site, end, statements) for (_, end), (site, statements) in below.items()]
        gone = [self.sites[edit.urn] for edit in self.edits if isinstance(edit, Remove)]
        taken_out.look(gone, changes, self._changed(changes), self.printer)
        return changes

    def _changed(self, changes: list[Change]) -> dict[Path, str]:
        """The files with their changes.

        Raises:
            NotPlaced: two changes are about the same part.
        """
        try:
            return {
                file.path: applied(file.text, [change for change in changes if change.file == file.path])
                for file in {site.file.path: site.file for site in self.sites.values()}.values()
            }
        except ValueError as problem:
            raise NotPlaced(str(problem)) from None

    def _anchor(self, edit: "Add | Import", placed: dict[str, tuple[Site, int]]) -> tuple[Site, int] | None:
        """The last of the resources that a new one refers to, and where that ends; None for one that refers to nothing."""
        refers = named_in(edit, self.own)
        if self.language in _BLOCKS:  # blocks are in no order, and those of providers have a file of their own
            refers = [urn for urn in refers if not is_provider(urn)]
        found = [placed[urn] for urn in refers if urn in placed]
        found += [(self.sites[urn], self.sites[urn].statement.end) for urn in refers if urn in self.sites]
        return max(found, key=_in_file) if found else None

    def _lone_place(self, placed: dict[str, tuple[Site, int]]) -> tuple[Site, int]:
        """Where what refers to nothing goes: above what refers to it, beside what the finding is about."""
        if placed:
            return min(placed.values(), key=_in_file)
        beside = self._beside()
        around = {id(site): site for site in (*self.sites.values(), *([beside] if beside is not None else []))}
        users = self._users()
        found = [
            (site, site.statement.end)
            for site in around.values()
            if not self.printer.ORDERED or all(site.statement.end <= user.statement.start for user in users)
        ]
        if found:
            return max(found, key=_in_file)
        if not users:
            raise NotPlaced("no line of the program is beside it")
        first = min(users, key=lambda site: site.statement.start)
        return first, self._above(first)

    def _above(self, site: Site) -> int:
        """The end of the line above a resource, and above the comment that belongs to it."""
        file = site.file
        start = file.line_start(site.statement.start)
        mark = self.printer.COMMENT.strip()
        while start and file.text[file.line_start(start - 1) : start].lstrip().startswith(mark):
            start = file.line_start(start - 1)
        if not start:
            raise NotPlaced("nothing of the program stands above it")
        return start - len(file.newline)

    def _beside(self) -> Site | None:
        """The first resource that the finding is about and the program makes at a certain place."""
        sites = (self.bindings.site(urn) for urn in self.about) if self.bindings else ()
        return next((site for site in sites if site is not None), None)

    def _users(self) -> list[Site]:
        """The resources of the program that refer to what is new."""
        return [
            self.sites[edit.urn] for edit in self.edits if isinstance(edit, Set) and not self.referred.isdisjoint(named_in(edit))
        ]

    def _together(self, placed: dict[str, tuple[Site, int]]) -> dict[str, tuple[Site, int]]:
        """Everything that is new at one place, below the last of what any of it refers to, unless somebody above that uses it."""
        if not placed:
            return placed
        last = max(placed.values(), key=_in_file)
        users = self._users()
        if self.printer.ORDERED and any(site.statement.start < last[1] for site in users):
            return placed
        return dict.fromkeys(placed, last)

    def _holds(self, edit: Set, site: Site, placed: dict[str, tuple[Site, int]]) -> None:
        """Whether what a change names is made above it, in a language that wants that."""
        if not self.printer.ORDERED:
            return
        for urn in named_in(edit):
            end = placed[urn][1] if urn in placed else self.sites[urn].statement.end
            if end > site.statement.start:
                raise Unbound(
                    f"{said_of(urn)} is made below {site.name}"
                    if urn in self.sites
                    else f"{said_of(urn)} would be made below {site.name}"
                )
