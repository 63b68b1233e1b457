"""Reads the network out of a Pulumi program by running it: the real SDK, a monitor of our own, no engine and no cloud.

The program runs in a child process of the same interpreter, so that whatever it does to its process (closing files,
leaving threads, `os._exit`) does nothing to ours. Its standard output goes to our standard error.
"""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from cenguard.errors import CenguardError, ProgramFailed, UnreadableInput
from cenguard.readers.program.imports import missing_import, own_environment, pip_install
from cenguard.readers.program.messages import Ending, Failure, Job, Outcome, Registered
from cenguard.readers.program.project import Project, read_project
from cenguard.resources.forced import Forced
from cenguard.resources.location import Location
from cenguard.resources.records import REGION_VARIABLE, Change, Records, Resource, SourceKind, Unread, decode, decode_properties
from cenguard.resources.roads import settle_roads
from cenguard.resources.taken_over import leave_to_what_stands
from cenguard.resources.unread import take_stock
from cenguard.resources.values import SECRET

CONFIG = ("alicloud:", "cenguard:")
"""Configuration that is read besides the program: what default providers take, and a stack's own settings."""
_CHILD = """
import sys
sys.path.insert(0, sys.argv[1])
from cenguard.readers.program.child import main
sys.path.remove(sys.argv[1])
main(sys.argv[2])
"""
"""The package is found where the parent found it, and leaves no trace in the program's module path."""


def read_program(
    folder: Path,
    *,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    stack_outputs: Mapping[str, Mapping[str, Any]] | None = None,
) -> Records:
    """What the program in a project folder would register, every value a cloud would give unknown.

    `config` goes over the stack's configuration; `stack_outputs` answers references to other stacks, by stack name.
    """
    project = read_project(folder, stack=stack, config=config)
    if project.runtime == "yaml":
        return _read_yaml(folder, project, stack_outputs or {})
    outcome = _run(project, stack_outputs or {})
    if outcome.failure is not None:
        raise _error(project, outcome.failure)
    records = Records(
        path=str(folder),
        kind=SourceKind.PROGRAM,
        project=project.name,
        stack=project.stack,
        resources=[_resource(registered) for registered in outcome.resources],
        config=_own_config(project),
        resource_count=len(outcome.resources),
        aliases={item.urn: tuple(item.aliases) for item in outcome.resources if item.aliases},
        forced={item.urn: forced for item in outcome.resources if (forced := _forced(item)) != Forced()},
        environment_region=os.environ.get(REGION_VARIABLE, ""),
    )
    _say_unseen(records, {resource.urn: resource.unseen for resource in outcome.resources if resource.unseen})
    return records


def _own_config(project: Project) -> dict[str, Any]:
    return {key: SECRET if value.secret else value.text for key, value in project.config.items() if key.startswith(CONFIG)}


def _read_yaml(folder: Path, project: Project, answers: Mapping[str, Mapping[str, Any]]) -> Records:
    """What a program in YAML would register; nothing of it is run."""
    from cenguard.readers.program.yaml_program import read

    program = read(project, answers)
    records = Records(
        path=str(folder),
        kind=SourceKind.PROGRAM,
        project=project.name,
        stack=project.stack,
        resources=program.resources,
        config=_own_config(project),
        resource_count=len(program.resources),
        aliases=program.aliases,
        forced=program.forced,
        outputs=program.outputs,
        environment_region=os.environ.get(REGION_VARIABLE, ""),
    )
    settle_roads(records)
    take_stock(records)
    return records


def _say_unseen(records: Records, unseen: Mapping[str, tuple[str, str]]) -> None:
    """Say why components that may hold a CEN are not seen; what is absent here may then be in them."""
    settle_roads(records)
    take_stock(records)
    for index, item in enumerate(records.unread):
        if item.urn in unseen:
            reason, cure = unseen[item.urn]
            records.unread[index] = Unread(urn=item.urn, type=item.type, reason=reason, cure=cure)
            records.complete = False


def _run(project: Project, stack_outputs: Mapping[str, Mapping[str, Any]]) -> Outcome:
    with tempfile.TemporaryDirectory(prefix="cenguard-", ignore_cleanup_errors=True) as place:
        job, answer = Path(place, "job"), Path(place, "answer")
        program = project.program.resolve()
        question = Job(
            folder=str(project.folder.resolve()),
            program=str(program),
            directory=str(program if program.is_dir() else program.parent),
            project=project.name,
            stack=project.stack,
            organization=project.organization,
            config={key: value.text for key, value in project.config.items()},
            secret_keys=sorted(key for key, value in project.config.items() if value.secret),
            stack_outputs={name: dict(outputs) for name, outputs in stack_outputs.items()},
            answer=str(answer),
        )
        try:
            job.write_bytes(msgspec.msgpack.encode(question, enc_hook=str))
        except UnicodeEncodeError:
            raise UnreadableInput(
                str(project.folder), "its path, or a value of its configuration, is not UTF-8 text: such a program is not run"
            ) from None
        status = start(job)
        if not answer.exists():
            raise ProgramFailed(str(project.folder), _vanished(status))
        return msgspec.msgpack.decode(answer.read_bytes(), type=Outcome)


def _child(job: Path) -> int:
    package_root = str(Path(__file__).resolve().parents[3])
    # -P keeps the current folder out of the module path until the program's own folder takes its place.
    command = [sys.executable, "-P", "-u", "-c", _CHILD, package_root, str(job)]
    sys.stderr.flush()
    # Descriptor 2, since sys.stderr may have been replaced by something that has none. A source may stand on standard input.
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=2)
    try:
        return process.wait()
    finally:
        if process.poll() is None:  # we were interrupted
            process.kill()
            process.wait()


start: Callable[[Path], int] = _child
"""What runs a job and gives the status of its process. A process that was made to run programs again and again has its own."""


def _resource(registered: Registered) -> Resource:
    place = registered.place
    inputs = decode_properties(registered.inputs)
    resource = Resource(
        urn=registered.urn,
        type=registered.type,
        inputs=inputs,
        id=registered.id,
        outputs=decode_properties(registered.outputs),
        dependencies=tuple(registered.dependencies),
        property_dependencies={key: tuple(urns) for key, urns in registered.property_dependencies.items() if key in inputs},
        provider=registered.provider,
        parent=registered.parent,
        protect=registered.protect,
        custom=registered.unseen is None,  # what the program makes itself is all here
        retain_on_delete=registered.retain,
        delete_first=registered.delete_first,
        change=Change.READ if registered.read else Change.CREATE,
        imported=registered.imported,
        ignore_changes=tuple(registered.ignore_changes),
        locate=None if place is None else (lambda: Location(*place)),
    )
    leave_to_what_stands(resource)
    return resource


def _forced(registered: Registered) -> Forced:
    return Forced(
        on=tuple(registered.replace_on_changes),
        beside=tuple(registered.replace_with),
        trigger=decode(registered.replacement_trigger),
    )


def _vanished(status: int) -> str:
    if status < 0:
        try:
            name = signal.Signals(-status).name
        except ValueError:
            name = f"signal {-status}"
        return f"the program was ended by {name} before it had run to its end"
    return f"the program ended its process (status {status}) before it had run to its end, as os._exit does"


def _error(project: Project, failure: Failure) -> CenguardError:
    source = str(project.folder)
    match failure.ending:
        case Ending.SDK:
            return UnreadableInput(
                source,
                f"running a program needs the Pulumi SDK, which {sys.executable} cannot import ({failure.reason}): "
                + ", or ".join(filter(None, (f"install it with `{pip_install('cenguard[pulumi]')}`", own_environment(project)))),
            )
        case Ending.MODULE:
            return ProgramFailed(source, missing_import(project, failure), place=failure.place)
    reason = failure.reason
    if project.environments and "Missing required configuration" in reason:
        names = ", ".join(project.environments)
        reason += f"\n(the stack takes configuration from {names}, which is not in this folder: give values with --config)"
    return ProgramFailed(source, reason, traceback=failure.traceback)
