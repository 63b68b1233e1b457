"""The document that stands for a program which cannot be run: the plan beside Terraform's files, the preview beside a project file."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cenguard.editor.documents import PROGRAMS
from cenguard.editor.messages import Job, Kind
from cenguard.settings.files import settings_for
from cenguard.sources.frames import LIBRARIES
from cenguard.sources.project import TERRAFORM_SUFFIXES, project_file, project_in
from cenguard.text.printable import listed

PREVIEW = "preview.json"
PLANS = ("plan.json", "tfplan.json")
PLAN_SUFFIX = ".tfplan.json"
TERRAFORM_COMMANDS = (
    "`terraform plan -out=plan.tfplan` and `terraform show -json plan.tfplan > plan.json` (or the same with `tofu`)"
)
PULUMI_COMMAND = f"`pulumi preview --json --show-sames > {PREVIEW}`"
_MOST_FILES = 5000
"""Files of a project that are looked at for their time."""


@dataclass(frozen=True, slots=True)
class Stand:
    """What stands for a program."""

    document: Path | None
    said: str = ""
    """What is said beside the findings: that it is older than the program, or that there is none."""


def stand_in(job: Job, folder: Path) -> Stand:
    """The document that stands for a program or for Terraform's files.

    Raises:
        InvalidSettings: the settings hold something that is not understood.
    """
    if job.kind is Kind.PROGRAM:
        document = folder / PREVIEW
        if not document.is_file():
            return Stand(None, f"No {PREVIEW} lies beside the project file: make it with {PULUMI_COMMAND}.")
        return _with_age(document, folder, _files_of_program(folder), PULUMI_COMMAND)
    found = _plans(folder, settings_for(None, folder.resolve()).sources)
    if len(found) == 1:
        return _with_age(found[0], folder, _files_of_terraform(folder), TERRAFORM_COMMANDS)
    if found:
        names = listed(path.name for path in found)
        return Stand(
            None,
            f"Several plans lie here, and none is taken: {names}. Keep one of them, or name one under [sources] in the settings.",
        )
    return Stand(None, f"No plan lies beside these files: make one with {TERRAFORM_COMMANDS}.")


def _plans(folder: Path, sources: Mapping[str, Path]) -> list[Path]:
    """The plan of a folder; several where it is not clear which."""
    here = folder.resolve()
    named = list(dict.fromkeys(path.resolve() for path in sources.values() if path.resolve().parent == here and path.is_file()))
    if len(named) == 1:
        return named
    return sorted(path for path in here.iterdir() if is_plan(path.name) and path.is_file())


def is_plan(name: str) -> bool:
    """Whether a file beside Terraform's files is called as a plan."""
    return name in PLANS or name.endswith(PLAN_SUFFIX)


def _with_age(document: Path, folder: Path, files: Iterator[Path], commands: str) -> Stand:
    made = document.stat().st_mtime_ns
    newer = sorted(path for path in files if path.stat().st_mtime_ns > made)
    if not newer:
        return Stand(document)
    names = listed(Path(os.path.relpath(path, folder)).as_posix() for path in newer[:3]) + (" and others" if newer[3:] else "")
    verb = "is" if len(newer) == 1 else "are"
    return Stand(document, f"{document.name} is older than the program: {names} {verb} newer. Make it again with {commands}.")


def _files_of_terraform(folder: Path) -> Iterator[Path]:
    return (path for path in folder.iterdir() if path.name.endswith(TERRAFORM_SUFFIXES))


def _files_of_program(folder: Path) -> Iterator[Path]:
    """The files that the program of a project is written in."""
    language = project_in(folder).language
    endings = PROGRAMS[language] if language is not None else ()
    own = project_file(folder)
    if own is not None:
        yield own
    looked = 0
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in LIBRARIES)
        for name in names:
            looked += 1
            if looked > _MOST_FILES:
                return
            if name.endswith(endings) and not name.startswith("Pulumi."):
                yield Path(place, name)
