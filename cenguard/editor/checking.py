"""One check, in a process of its own: what is read and judged, and where each finding stands."""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cenguard.editor.fixing import actions_of
from cenguard.editor.messages import Answer, Job, Kind, Place, Remark
from cenguard.editor.places import Places, said_at
from cenguard.editor.plans import Stand, stand_in
from cenguard.editor.proofs import hovers_of
from cenguard.editor.texts import file_digest
from cenguard.errors import CenguardError, InvalidSettings, ProgramFailed, UnreadableInput
from cenguard.findings.report import ReportedFinding
from cenguard.geography.catalogue import editions
from cenguard.judging.check import check
from cenguard.judging.gathering import gathered
from cenguard.judging.options import Options
from cenguard.readers.program.project import read_project
from cenguard.readers.program.yaml_program import NotReadHere
from cenguard.reports.words import with_cures
from cenguard.resources.records import Records
from cenguard.resources.urns import name_in_urn
from cenguard.sources.frames import LIBRARIES
from cenguard.sources.project import Language, project_file, project_in
from cenguard.text.boundary import Boundary, boundary, within
from cenguard.text.printable import printable

_FRAME = re.compile(r'^\s*File "(?P<file>[^"\n]+)", line (?P<line>\d+)', re.MULTILINE)
_LINE = re.compile(r"line (\d+)")
_SEVERITY = {"mandatory": "error", "advisory": "warning"}
_DOCUMENT = re.compile(
    rb'"(?:resource_changes|planned_values|terraform_version|resourcePlans|deployment|checkpoint|changeSummary)"|urn:pulumi:'
)
"""What a JSON file holds that means to be a document: of one without it nothing is said."""


def answer_of(job: Job) -> Answer:
    """What comes of a check."""
    root = Path(job.root)
    os.chdir(root if root.is_dir() else root.parent)
    try:
        with within(Boundary(code=job.trusted, keeps=True)):
            return _checked(job, root)
    except CenguardError as error:
        if job.kind is Kind.DOCUMENT and not isinstance(error, InvalidSettings) and not _means_to_be_one(root):
            return Answer()
        places = Places(job.kind, root, _otherwise(job), job.encoding)
        return Answer(remarks=tuple(_refusals(error, places)), read=_named_by(error), failed=True)


def _checked(job: Job, root: Path) -> Answer:
    language = project_in(root).language if job.kind is Kind.PROGRAM else None
    if job.kind is Kind.PROGRAM and language is None:
        read_project(root, stack=job.stack)  # says what is wrong with it: no document stands for a project that nobody can read
    if language is Language.PYTHON and not job.runs:
        return Answer()
    if language in (Language.PYTHON, Language.YAML):
        try:
            return _judged(job, root, *gathered([str(root)], stack=job.stack, start=root))
        except NotReadHere:
            pass  # its preview shows what only the engine knows
    if job.kind is Kind.DOCUMENT:
        return _judged(job, root, *gathered([str(root)], start=root.parent))
    stand = stand_in(job, root)
    if stand.document is None:
        return Answer(remarks=_about_stand(stand, job, Places(job.kind, root, _otherwise(job), job.encoding)))
    return _judged(job, root, *gathered([str(stand.document)], start=root), stand)


def _judged(job: Job, root: Path, options: Options, records: Sequence[Records], stand: Stand | None = None) -> Answer:
    report = check(records, options)
    places = Places(job.kind, root, _otherwise(job), job.encoding, records)
    remarks = [_remark(item, options, places) for item in with_cures(report.findings)]
    if stand is not None:
        remarks += _about_stand(stand, job, places)
    actions = tuple(actions_of(report, places))
    hovers = tuple(hovers_of(records, options, places))
    texts = {edit.place.file: "" for action in actions for edit in action.edits} | {item.place.file: "" for item in hovers}
    settings = options.settings
    files = {*settings.layers, *map(str, settings.inventory)}
    files |= {str(path) for path in boundary().read if path.suffix == ".toml"}  # waivers, of whom there may be none yet
    if settings.areas is not None and settings.areas not in editions():
        files.add(str(settings.areas_base / settings.areas))
    if stand is not None:
        files.add(str(stand.document))
    return Answer(
        remarks=tuple(remarks),
        actions=actions,
        hovers=hovers,
        texts={path: file_digest(Path(path)) for path in texts},
        read=tuple(sorted({os.path.realpath(path) for path in files if path})),
    )


def _otherwise(job: Job) -> Path:
    """The file of what has no place of its own: the project file, the document, the opened file."""
    root = Path(job.root)
    if job.kind is Kind.PROGRAM:
        return project_file(root) or Path(job.opened)
    return root if job.kind is Kind.DOCUMENT else Path(job.opened)


def _about_stand(stand: Stand, job: Job, places: Places) -> tuple[Remark, ...]:
    place = places.of_line(Path(job.opened), 1)
    return (Remark(place=place, severity="information", message=stand.said),) if stand.said else ()


def _remark(finding: ReportedFinding, options: Options, places: Places) -> Remark:
    related = []
    for urn in finding.related:
        place = places.of_resource(urn)
        if place is not None:
            related.append((place, printable(name_in_urn(urn))))
    return Remark(
        place=_in_settings(finding, options, places) or places.of(finding),
        severity=_severity(finding),
        message=_message(finding),
        code=finding.rule,
        help=finding.help if finding.help.startswith("http") else "",
        related=tuple(related),
        fingerprint=finding.fingerprint,
    )


def _severity(finding: ReportedFinding) -> str:
    if finding.waived_by is not None:
        return "hint"
    return "information" if finding.verdict == "undetermined" else _SEVERITY.get(finding.level, "warning")


def _message(finding: ReportedFinding) -> str:
    parts = [finding.message]
    if finding.waived_by is not None:
        parts.append(f"Waived by {finding.waived_by}")
    if finding.because:
        parts += ["Because:", *(f"- {step}" for step in finding.because)]
    if finding.fix is not None and finding.waived_by is None:
        parts.append(f"Fix: {finding.fix.summary}")
    return "\n".join(parts)


def _in_settings(finding: ReportedFinding, options: Options, places: Places) -> Place | None:
    """The place of a finding about a waiver or a setting: the line that it names."""
    here = Path.cwd()
    match finding.rule:
        case "CEN902" | "CEN903":
            return places.named_in(finding.because[0], here) if finding.because else None
        case "CEN905":
            return places.named_in(finding.message, here) or places.in_stack_file(finding.message)
        case "CEN906":
            return places.named_in(f"{options.settings.source}, {options.settings.expect_at}", here)
    return None


def _faults(error: CenguardError) -> Sequence[CenguardError]:
    """What is wrong, one by one: settings tell everything at once."""
    return error.faults if isinstance(error, InvalidSettings) else (error,)


def _named_by(error: CenguardError) -> tuple[str, ...]:
    """The files that could not be read, whether they are there or not: when they are mended, all is checked again."""
    faults = [fault for fault in _faults(error) if isinstance(fault, UnreadableInput)]
    missing = [fault.missing for fault in faults if isinstance(fault, InvalidSettings) and fault.missing]
    return tuple(sorted({os.path.realpath(path) for path in (*(fault.source for fault in faults), *missing)}))


def _refusals(error: CenguardError, places: Places) -> Iterator[Remark]:
    """What is wrong, at the line that it is about; without a code, since no rule says it."""
    for fault in _faults(error):
        place = _place_of(fault, places)
        message = fault.reason if isinstance(fault, ProgramFailed) else str(fault)
        if isinstance(fault, UnreadableInput) and place is not None:
            message = said_at(fault)
        yield Remark(place=place or places.of_line(places.otherwise, 1), severity="error", message=message)


def _place_of(fault: CenguardError, places: Places) -> Place | None:
    if isinstance(fault, ProgramFailed):
        frames = [(Path(item["file"]), int(item["line"])) for item in _FRAME.finditer(fault.traceback)]
        if fault.place is not None:
            frames.append((Path(fault.place[0]), fault.place[1]))
        root = places.root.resolve()
        for path, line in reversed(frames):
            if path.is_relative_to(root) and LIBRARIES.isdisjoint(path.relative_to(root).parts) and path.is_file():
                return places.of_line(path, line)
        return None
    if isinstance(fault, UnreadableInput):
        path = Path(fault.source).resolve()
        told = _LINE.search(fault.where)
        if path.is_file():
            return places.of_line(path, int(told[1]) if told else 1)
        return places.in_stack_file(f"{fault.source}: {fault.where}")
    return None


def _means_to_be_one(path: Path) -> bool:
    """Whether a JSON file means to be a document of Pulumi or Terraform."""
    try:
        with path.open("rb") as file:
            return _DOCUMENT.search(file.read(1 << 16)) is not None
    except OSError:
        return False
