"""What several languages have alike; a printer takes what fits its language, and has its own of the rest."""

import re
from collections.abc import Mapping, Sequence

from cenguard.findings.fix import Add, Edit, Import
from cenguard.findings.printers.words import NotPlaced, Words
from cenguard.sources.bindings import Surroundings
from cenguard.sources.changing import behind, without_lines
from cenguard.sources.sites import BOUND, Change, Site

_STEPS = ("\t", "  ", "    ")


def called_by_variable(edit: "Add | Import", variable: str) -> str:  # noqa: ARG001 - some languages ask for the type
    """What a new resource is called by others."""
    return variable


def class_and_name(edit: "Add | Import", words: Words) -> tuple[str, str]:
    """Class and name of a new resource, as a program that makes it has them."""
    return words.token(edit.type).rpartition(":")[2], edit.name


def never_unnamed(provider: str) -> bool:  # noqa: ARG001 - HCL has one
    """Whether a provider has no name in the language though it is no default one."""
    return False


def imports_there(edits: Sequence[Edit], words: Words, around: Surroundings) -> tuple[list[Change], Mapping[str, str]]:  # noqa: ARG001
    """What the file calls its imports: a program that makes a resource has them."""
    return [], around.imports


def no_imports(edits: Sequence[Edit], words: Words, around: Surroundings) -> tuple[list[Change], Mapping[str, str]]:  # noqa: ARG001
    """Nothing: the language has no imports."""
    return [], {}


def without_statement(site: Site) -> list[Change]:
    """The change that takes a resource out of the program."""
    return [without_lines(site.file, *site.statement)]


def without_lone_statement(site: Site) -> list[Change]:
    """The same where a statement may do more than make the resource.

    Raises:
        NotPlaced: the statement does more than that.
    """
    if not site.is_alone:
        raise NotPlaced(f"the statement that makes {site.name} does more than that")
    return without_statement(site)


def uses_what_is_bound(site: Site, text: str) -> bool:
    """Whether a text uses a name that the statement of a resource binds."""
    names = site.extra[BOUND].split()
    if not names:
        return False
    if site.file.path.suffix == ".py":
        from cenguard.sources.python_names import refers

        return refers(text, names)
    from cenguard.sources.tree_sites import refers as refers_in_tree

    return refers_in_tree(site.file.path.suffix, text, names)


def step(site: Site, usual: str) -> str:
    """How far a file indents what stands in a resource: as far as this one does, where that is no alignment."""
    file = site.file
    outer = file.indent(site.statement.start)
    for whole, *_ in site.properties.values():
        inner = file.indent(whole.start).removeprefix(outer)
        if inner in _STEPS and file.row(whole.start) > file.row(site.statement.start):
            return inner
    return usual


def stepped(site: Site, text: str, usual: str) -> str:
    """Lines that are indented as usual, as far as the file indents its own."""
    own = step(site, usual)
    return text if own == usual else re.sub(rf"(?m)^(?:{usual})+", lambda found: own * (len(found[0]) // len(usual)), text)


def texts_below(site: Site, end: int, texts: Sequence[str], *, between: str = "\n", usual: str = "    ") -> Change:
    """The change that puts texts at the left margin below what ends at a place."""
    file = site.file
    where = behind(file, end)
    text = "".join(f"{between}{stepped(site, item, usual)}" for item in texts).replace("\n", file.newline)
    return Change(file.path, where, where, text)
