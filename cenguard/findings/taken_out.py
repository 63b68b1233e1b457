"""What a program loses with an edit: whether something in it still uses what is taken out, and whether its compiler still takes it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cenguard.findings.printers.words import NotPlaced
from cenguard.sources.project import TERRAFORM_SUFFIXES
from cenguard.sources.sites import BOUND, Change, Site

_MAIN = "__main__.py"


def look(gone: Sequence[Site], changes: Sequence[Change], files: Mapping[Path, str], printer: Any) -> None:
    """Whether the program is whole with its changed files, by their paths.

    Raises:
        NotPlaced: something refers to what is taken out, or is left without use where the language wants one.
    """
    for site in gone:
        if any(printer.uses(site, text) for text in (*files.values(), *_unchanged(site, files))) or _is_taken(site):
            raise NotPlaced(f"the program still refers to {site.name} where it would be taken out")
    for path, text in files.items():
        if path.suffix == ".go":
            from cenguard.sources.go_names import unsound

            reason = unsound(path, text, [change for change in changes if change.file == path])
            if reason:
                raise NotPlaced(reason)


def _unchanged(site: Site, files: Mapping[Path, str]) -> list[str]:
    """The other files that share names with a resource's own: those of a folder of Terraform's language."""
    if not site.file.path.name.endswith(TERRAFORM_SUFFIXES):
        return []
    from cenguard.sources.hcl_sites import files_in

    return [file.text for file in files_in(site.file.path.parent) if file.path not in files]


def _is_taken(site: Site) -> bool:
    """Whether another file of the program takes what a statement binds."""
    names, path = site.extra.get(BOUND, "").split(), site.file.path
    if not names or path.name == _MAIN:
        return False
    if path.suffix == ".py":
        from cenguard.sources.python_names import takes
    elif path.suffix.endswith("ts") or path.suffix == ".tsx":
        from cenguard.sources.tree_sites import takes
    else:
        return False  # what Go makes is a function's own, and YAML has one file
    from cenguard.sources.project import files_of_program

    module = path.parent.name if path.stem in ("__init__", "index") else path.stem
    return any(takes(text, names, module) for text in files_of_program(path))
