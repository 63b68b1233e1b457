"""Where a finding is, for a reader outside the project folder: the file in the repository, and the stack."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from cenguard.findings.report import Report, ReportedFinding, ReportedSource
from cenguard.resources.addresses import is_address
from cenguard.resources.urns import is_resource, name_in_urn, stack_of
from cenguard.sources.project import PULUMI_FILES, is_terraform, project_folder


def stack_name(urn: str | None) -> str:
    """Project and stack in a URN, name of the source and workspace in Terraform's address; empty for what has none.

    >>> stack_name("urn:pulumi:dev::net::alicloud:cen/instance:Instance::core"), stack_name("net:alicloud_vpc.a")
    ('net/dev', 'net/default')
    >>> stack_name("alicloud_vpc.a"), stack_name("cen-1")
    ('', '')
    """
    if not urn or not is_resource(urn):
        return ""
    stack, project = stack_of(urn)
    return f"{project}/{stack}" if project else ""


def called(addresses: Iterable[str]) -> dict[str, str]:
    """What resources and instances are called beside each other: by their names, and by stack where several have one name.

    >>> [*called(["urn:pulumi:dev::a::t:m:T::core", "urn:pulumi:dev::b::t:m:T::core", "cen-1"]).values()]
    ['core of a/dev', 'core of b/dev', 'cen-1']
    """
    names = {address: name_in_urn(address) for address in addresses}
    often = Counter(names.values())
    return {
        address: name if often[name] == 1 else f"{name} of {stack}" if (stack := stack_name(address)) else address
        for address, name in names.items()
    }


def told_apart(named: Sequence[tuple[str, str]]) -> list[str]:
    """Names of instances, each given with its address; those of one name by their stacks.

    >>> told_apart([("core", "urn:pulumi:dev::a::t:m:T::core"), ("core", "cen-1"), ("hub", "cen-2")])
    ['core of a/dev', 'core of cen-1', 'hub']
    """
    addresses: dict[str, set[str]] = {}
    for name, address in named:
        addresses.setdefault(name, set()).add(address)
    return [f"{name} of {stack_name(address) or address}" if len(addresses[name]) > 1 else name for name, address in named]


def source_name(source: ReportedSource) -> str:
    """How a source is called: its project and stack, else its path."""
    return f"{source.project}/{source.stack}" if source.project and source.stack else source.path


def file_of(report: Report, finding: ReportedFinding) -> str | None:
    """The file of a finding's line, from the folder the command runs in where it lies below it; else from the project's.

    A terminal, an editor and a pipeline can follow it there; lines themselves are relative to the project folder.
    """
    if finding.location is None:
        return None
    source = source_of(report, finding)
    here = os.getcwd()  # noqa: PTH109 - a path for every finding would cost more than finding it
    if source is None:
        return _seen_from(here, here, finding.location.path)
    return _seen_from(here, _root(source.path, source.kind, source.project, here), finding.location.path)


def seen_from_here(report: Report, finding: ReportedFinding, file: Path) -> str | None:
    """The same for a file that a finding's fix changes; None where it lies outside of both."""
    here = os.getcwd()  # noqa: PTH109 - as above
    source = source_of(report, finding)
    root = _root(source.path, source.kind, source.project, here) if source is not None else here
    return next((file.relative_to(folder).as_posix() for folder in (here, root) if file.is_relative_to(folder)), None)


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
        place /= next((name for name in PULUMI_FILES if (place / name).is_file()), PULUMI_FILES[0])
    elif source.path == "-" or not _relative(place):  # standard input, or a document that a pipeline keeps elsewhere
        place = _project_file(source) or place
    return _relative(place) or place.name, 1


def _project_file(source: ReportedSource) -> Path | None:
    """The project file that a document belongs to, where there is one."""
    folder = project_folder(source.path, source.kind, source.project)
    return next((folder / name for name in PULUMI_FILES if (folder / name).is_file()), None) if folder else None


def source_of(report: Report, finding: ReportedFinding) -> ReportedSource | None:
    """The source that holds the resource of a finding."""
    if len(report.sources) == 1:
        return report.sources[0]
    for address in (finding.urn, *finding.related, finding.instance):
        name = stack_name(address)
        unnamed = bool(address) and not name and is_address(address or "")
        for source in report.sources:
            if (name and f"{source.project}/{source.stack}" == name) or (
                unnamed and not source.project and is_terraform(source.kind)
            ):
                return source
    return None


@cache
def _root(path: str, kind: str, project: str, here: str) -> str:
    """The folder that a source's lines are relative to: the project's, else the one the command runs in."""
    return str(project_folder(path, kind, project) or here)


@cache
def _seen_from(here: str, folder: str, path: str) -> str | None:
    file = Path(os.path.normpath(Path(folder) / path))
    if file.is_relative_to(here) and file.is_file():  # a document may lie elsewhere than the program that it tells of
        return file.relative_to(here).as_posix()
    return None if path.startswith("../") else path


def _relative(path: Path) -> str:
    """From the current folder where it lies below it; a runner's own folders are no use to a reader."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return ""
