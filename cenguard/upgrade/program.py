"""The new network as a project of its own: written beside, judged, and put in its place as a whole."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from msgspec import structs

from cenguard.errors import ProgramFailed, UnreadableInput
from cenguard.findings.report import Report
from cenguard.findings.upgrade_answer import UpgradeAnswer
from cenguard.inventory.inventory_text import refuse_odd_ids
from cenguard.judging.check import check
from cenguard.judging.inventories import read_inventories
from cenguard.judging.options import Options
from cenguard.resources.records import Records
from cenguard.sources.lines import language_of
from cenguard.sources.project import Language
from cenguard.text.printable import listed
from cenguard.upgrade.component_program import is_fit, names_tables, python_program, yaml_program
from cenguard.upgrade.judged import counted, report_of
from cenguard.upgrade.kept import kept_by, without_id
from cenguard.upgrade.planning import UpgradePlan
from cenguard.upgrade.project_files import Texts, checking_files, project_name
from cenguard.upgrade.single_program import single_program

LANGUAGES = tuple(item.value for item in Language if item is not Language.OTHER)
RESULT = "result.json"
_NEEDED = ("pulumi", "pulumi_alicloud", "cenguard_components")
"""Modules without which a program in Python cannot be run here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The project that somebody asks for."""

    directory: Path
    language: Language
    package: str | None = None
    """What pip installs cenguard from; None where only this machine has it."""
    areas: str | None = None
    """What was given over the settings' area catalogue."""


def language_of_input(sources: Sequence[Records]) -> Language:
    """The language of the input's program, where it is told and one of ours; else Python."""
    for source in sources:
        found = language_of(source)
        if found is not Language.OTHER:
            return found
    return Language.PYTHON


def refuse_folder(directory: Path) -> None:
    """See that a project can be written there.

    Raises:
        UnreadableInput: something is there, or there is nothing that it could be in.
    """
    where = directory.resolve()
    if directory.is_dir():
        if any(directory.iterdir()):
            raise UnreadableInput(str(directory), "is not empty: a new folder is written, never over another one")
    elif os.path.lexists(directory):
        raise UnreadableInput(str(directory), "is there and is no folder: a new folder is written")
    elif not where.parent.is_dir():
        raise UnreadableInput(str(directory), f"cannot be written: there is no folder {where.parent}")


def undecided(plan: UpgradePlan) -> str:
    """Why no program of the new network can be written before something is decided, as a sentence; empty where one can."""
    small = [item.package.label for item in plan.packages if item.fate == "too-small"]
    if small:
        return f"peers would draw more than {listed(small)} hold{'s' if len(small) == 1 else ''}"
    unknown = [str(peer.regions) for peer in plan.peers if peer.mbps is None and not peer.pair.of_a_ccn]
    return f"the Mbps of {listed(unknown)} are not known" if unknown else ""


def write_program(
    plan: UpgradePlan, wanted: Wanted, options: Options, source: str, render: Callable[[Report], str]
) -> UpgradeAnswer:
    """Write the project, and say what it keeps and how it is judged.

    Args:
        plan: what the Basic network becomes, nothing of it undecided.
        wanted: where, and in which language.
        options: what the input was read under.
        source: what the input is called in messages.
        render: writes a report as JSON.

    Raises:
        UnreadableInput: something that it names has no id, or it cannot be written.
    """
    if lacking := without_id(plan):
        raise UnreadableInput(
            source,
            f"a program names what stands by its id, and none is known of {listed(lacking)}: give the stack's export, or an inventory",
        )
    refuse_odd_ids(plan.inventory, source)
    files = dict(_program(plan, wanted))
    files |= checking_files(plan, options.settings, wanted.areas, wanted.directory.resolve())
    runs = wanted.language is Language.PYTHON and all(find_spec(module) is not None for module in _NEEDED)
    if wanted.language is not Language.PYTHON:
        files[RESULT] = render(report_of(plan.new, plan.inventory, options))
    with _beside(wanted.directory, files) as place:
        result = counted(_run(place, wanted.directory, options)) if runs else plan.answer.result
        _move(place, wanted.directory)
    return structs.replace(plan.answer, imports=kept_by(plan), result=result)


def _program(plan: UpgradePlan, wanted: Wanted) -> Texts:
    name = project_name(plan)
    if is_fit(plan) and wanted.language is Language.PYTHON:
        return python_program(plan, name, wanted.package)
    if is_fit(plan) and wanted.language is Language.YAML and not names_tables(plan):
        return yaml_program(plan, name)
    return single_program(plan, name, wanted.language, wanted.package)


def _run(place: Path, directory: Path, options: Options) -> Report:
    """What `cenguard check` says of the project.

    Raises:
        UnreadableInput: it does not run.
    """
    from cenguard.readers.program.reader import read_program
    from cenguard.settings.reading import read_settings

    settings = read_settings(place / "cenguard.toml")
    catalogue = settings.catalogue()
    inventory = read_inventories(settings.inventory, catalogue, at=settings.inventory_at)
    try:
        records = read_program(place)
    except ProgramFailed as error:
        raise UnreadableInput(str(directory), f"is not written, since its program would not run: {error.reason}") from None
    shutil.rmtree(place / "__pycache__", ignore_errors=True)  # what Python keeps of a run is no part of the project
    judged = structs.replace(
        options, settings=settings, catalogue=catalogue, inventory=inventory, base=None, fixes=False, select=(), ignore=()
    )
    return check([records], judged)


@contextmanager
def _beside(directory: Path, files: Mapping[str, str]) -> Iterator[Path]:
    """A folder with some files beside where it will stand; gone afterwards, unless somebody moved it.

    Raises:
        UnreadableInput: it cannot be written.
    """
    where = directory.resolve()
    try:
        place = Path(tempfile.mkdtemp(prefix=f".{where.name}.", dir=where.parent))
    except OSError as error:
        raise UnreadableInput(str(directory), f"cannot be written: {error.strerror}") from None
    try:
        try:
            for name, text in files.items():
                (place / name).write_text(text, encoding="utf-8", newline="\n")
            mask = os.umask(0)
            os.umask(mask)
            place.chmod(0o777 & ~mask)
        except OSError as error:
            raise UnreadableInput(str(directory), f"cannot be written: {error.strerror}") from None
        yield place
    finally:
        with suppress(OSError):
            shutil.rmtree(place)


def _move(place: Path, directory: Path) -> None:
    where = directory.resolve()
    try:
        if where.is_dir() and (where == Path.cwd() or where.is_mount()):
            _fill(place, where)  # nothing may take the place of a folder that somebody stands in, or that is mounted
        else:
            place.rename(where)
    except OSError as error:
        raise UnreadableInput(str(directory), f"cannot be written: {error.strerror}") from None


def _fill(place: Path, directory: Path) -> None:
    """Move the files of a folder into one that is empty; all of them, or none."""
    moved: list[Path] = []
    try:
        for file in sorted(place.iterdir()):
            target = directory / file.name
            shutil.move(file, target)
            moved.append(target)
    except OSError:
        for target in moved:
            target.unlink(missing_ok=True)
        raise
