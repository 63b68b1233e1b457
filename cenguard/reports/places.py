"""Where a finding is, for a reader outside the project folder: the file in the repository, and the stack."""

from functools import cache
from pathlib import Path, PurePosixPath

from cenguard.findings.report import Report, ReportedFinding, ReportedSource

PROJECT_FILES = ("Pulumi.yaml", "Pulumi.yml")


def stack_name(urn: str | None) -> str:
    """Project and stack in a URN; empty for an address that has none.

    >>> stack_name("urn:pulumi:dev::net::alicloud:cen/instance:Instance::core")
    'net/dev'
    """
    parts = (urn or "").split("::", 2)
    if len(parts) < 3 or not parts[0].startswith("urn:pulumi:"):
        return ""
    return f"{parts[1]}/{parts[0].removeprefix('urn:pulumi:')}"


def source_name(source: ReportedSource) -> str:
    """How a source is called: its project and stack, else its path."""
    return f"{source.project}/{source.stack}" if source.project and source.stack else source.path


def file_of(report: Report, finding: ReportedFinding) -> str | None:
    """The file of a finding's line, from the folder the command runs in.

    Lines are relative to the project folder. That is the folder of a program's source; of a document it is the nearest
    one above it that holds a Pulumi project, else the current one.
    """
    if finding.location is None:
        return None
    source = source_of(report, finding)
    folder = _project_folder(source.path, source.kind) if source is not None else ""
    return _joined(folder, finding.location.path)


def place_of(report: Report, finding: ReportedFinding) -> tuple[str, int]:
    """File and line for a system that shows nothing without: where no line is known, the top of what was checked."""
    path = file_of(report, finding)
    if path is not None and finding.location is not None:
        return path, max(1, finding.location.line)
    source = source_of(report, finding) or (report.sources[0] if report.sources else None)
    if source is None:
        return "cenguard", 1
    place = Path(source.path)
    if source.kind == "program":
        place /= next((name for name in PROJECT_FILES if (place / name).is_file()), PROJECT_FILES[0])
    return _relative(place) or place.name, 1


def source_of(report: Report, finding: ReportedFinding) -> ReportedSource | None:
    """The source that holds the resource of a finding."""
    if len(report.sources) == 1:
        return report.sources[0]
    for address in (finding.urn, *finding.related, finding.instance):
        name = stack_name(address)
        for source in report.sources:
            if name and f"{source.project}/{source.stack}" == name:
                return source
    return None


@cache
def _project_folder(path: str, kind: str) -> str:
    place = Path(path)
    if kind == "program":
        return _relative(place)
    for folder in place.resolve().parents:
        if any((folder / name).is_file() for name in PROJECT_FILES):
            return _relative(folder)
    return ""


def _relative(path: Path) -> str:
    """From the current folder where it lies below it; a runner's own folders are no use to a reader."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return ""


def _joined(folder: str, path: str) -> str:
    return (PurePosixPath(folder) / path).as_posix() if folder not in ("", ".") else path
