"""Checks as files are opened and saved: one of a project at a time, the newest save wins, what was good stays until it is known better."""

import asyncio
import itertools
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from msgspec import structs

from cenguard.editor.documents import Target, is_run, target_of
from cenguard.editor.hosts import Hosts, Unusable
from cenguard.editor.messages import Answer, Job, Kind, Place, Position, Remark
from cenguard.editor.plans import PREVIEW, is_plan
from cenguard.settings.model import FILE, PYPROJECT
from cenguard.sources import lines as users_lines

if TYPE_CHECKING:
    from cenguard.editor.server import Server

_A_MOMENT = 0.2
"""Seconds."""
WRITTEN = "**/*.{json,toml,yaml,yml}"
"""Files that a check may rest on and that commands write: documents, settings, inventories, the files of stacks."""
OLDER = "older: "
"""How messages begin that are of the last check that came to its end."""


@dataclass(eq=False)
class Run:
    """What is known of one target."""

    turn: asyncio.Lock
    """Held while a check runs: a target that was closed and opened again keeps it."""
    opened: dict[Path, None] = field(default_factory=dict)
    """Files of it that are open."""
    task: "asyncio.Task[None] | None" = None
    answer: Answer | None = None
    """The last one that was not a failure."""
    missed: tuple[str, ...] = ()
    """Files that the newest check could not read."""


class Runs:
    """The checks of one server."""

    def __init__(self, server: "Server") -> None:
        """Make what checks when it is told."""
        self._server = server
        self._runs: dict[Target, Run] = {}
        self._turns: dict[Target, asyncio.Lock] = {}
        self._open: dict[Path, None] = {}
        """Files that are open, also where no project is around them just now."""
        self._hosts: Hosts | None = None
        self._tokens = itertools.count(1)
        self._saves: dict[Path, int] = {}
        """When a file was written that the client saved: it tells that twice, where it watches files."""

    def of(self, path: Path) -> Run | None:
        """What is known of the target of a file."""
        target = target_of(path)
        return self._runs.get(target) if target is not None else None

    def opened(self, path: Path) -> None:
        """A file was opened: check, unless that is being done."""
        self._open[path] = None
        target = self._target(path)
        if target is None:
            return
        run = self._of(target)
        run.opened[path] = None
        if run.task is None or run.task.done():
            self._start(target, run, path, saved=False)

    def saved(self, path: Path) -> None:
        """A file was saved: check anew, and give up what is being done."""
        target = self._target(path)
        self._saves[path] = _written_at(path)
        self._follow()
        if target is not None:
            self._start(target, self._of(target), path, saved=True)
        for other, run in self._runs.items():
            if other != target and run.opened and _rests_on(other, run, path):
                self._start(other, run, next(iter(run.opened)), saved=True)

    def written(self, paths: Iterable[Path]) -> None:
        """Files were written or removed by others than the client: check what is open and rests on them."""
        users_lines.forget()
        self._follow()
        changed = [path for path in paths if self._saves.get(path) != _written_at(path)]
        for target, run in self._runs.items():
            if run.opened and any(_rests_on_written(target, run, path) for path in changed):
                self._start(target, run, next(iter(run.opened)), saved=True)

    def owners_of(self, path: str) -> tuple[str, ...]:
        """By what names the remarks of a file's target are shown."""
        target = target_of(Path(path))
        return (_owner(target),) if target is not None else ()

    def closed(self, path: Path) -> None:
        """A file was closed: with the last one of a target, everything about it goes."""
        self._open.pop(path, None)
        own = self._target(path)
        for target, run in list(self._runs.items()):
            if path in run.opened or target == own:  # its project file may be another one by now, or gone
                self._leave(target, run, path)

    def _leave(self, target: Target, run: Run, path: Path) -> None:
        run.opened.pop(path, None)
        if not run.opened:
            if run.task is not None:
                run.task.cancel()
            del self._runs[target]
            self._server.shown.show(_owner(target), ())

    def _follow(self) -> None:
        """Take open files to the projects that they belong to now: a project file was made, mended, moved or removed."""
        for path in list(self._open):
            now = target_of(path)
            left = [(target, run) for target, run in self._runs.items() if path in run.opened and target != now]
            for target, run in left:
                self._leave(target, run, path)
            known = self._runs.get(now) if now is not None else None
            if now is not None and (known is None or path not in known.opened):
                self.opened(path)

    async def settled(self, path: Path) -> None:
        """Wait until nothing is being done for a file; start it where nothing was yet."""
        target = self._target(path)
        if target is None:
            return
        if target not in self._runs:
            self.opened(path)
        while (run := self._runs.get(target)) is not None and run.task is not None and not run.task.done():
            await asyncio.wait({run.task})

    def stop(self) -> None:
        """Give up everything."""
        for run in self._runs.values():
            if run.task is not None:
                run.task.cancel()
        if self._hosts is not None:
            self._hosts.stop()
            self._hosts = None

    def _of(self, target: Target) -> Run:
        return self._runs.setdefault(target, Run(self._turns.setdefault(target, asyncio.Lock())))

    def _target(self, path: Path) -> Target | None:
        users_lines.forget()  # a project file may have been written since
        return target_of(path)

    def _start(self, target: Target, run: Run, path: Path, *, saved: bool) -> None:
        before = run.task
        run.task = asyncio.get_running_loop().create_task(self._check(target, run, path, saved=saved))
        if before is not None:
            before.cancel()

    async def _check(self, target: Target, run: Run, path: Path, *, saved: bool) -> None:
        trust = self._server.trust
        job = Job(
            kind=target.kind,
            root=str(target.root),
            opened=str(path),
            encoding=self._server.encoding,
            trusted=trust.trusted,
            runs=is_run(target) and trust.runs(saved=saved),
            stack=trust.stack,
        )
        if is_run(target) and not job.runs and run.answer is not None:  # what was found when it was run last
            self._server.shown.show(_owner(target), run.answer.remarks, map(str, run.opened))
            return
        async with run.turn, self._progress(target, run, asked=job.runs):
            try:
                answer = await self._all_hosts().check(job, trust.interpreter if job.runs else sys.executable)
            except Unusable as error:
                answer = _failure(path, str(error))
            except Exception as error:  # noqa: BLE001 - a fault of ours must be seen, and the next save be checked
                answer = _failure(path, f"the check failed: {type(error).__name__}: {error}")
            if answer is None:
                answer = _failure(path, "the check ended before it had an answer: the log says more")
        if answer.failed and run.answer is not None:
            older = (structs.replace(item, message=OLDER + item.message) for item in run.answer.remarks)
            remarks: tuple[Remark, ...] = (*answer.remarks, *older)
        else:
            remarks = answer.remarks
        run.missed = answer.read if answer.failed else ()
        if not answer.failed:
            run.answer = answer
        self._server.shown.show(_owner(target), remarks, map(str, run.opened))

    def _all_hosts(self) -> Hosts:
        if self._hosts is None:
            self._hosts = Hosts(self._server.say)
        return self._hosts

    @asynccontextmanager
    async def _progress(self, target: Target, run: Run, *, asked: bool) -> AsyncIterator[None]:
        """Tell the client that a program runs; its button gives it up."""
        window = self._server.client_capabilities.window
        if not asked or window is None or not window.work_done_progress:
            yield
            return
        over = asyncio.Event()
        teller = asyncio.ensure_future(self._tell(target, run.task, over))
        try:
            yield
        finally:
            over.set()
            await asyncio.wait({teller}, timeout=_A_MOMENT)  # a client that is slow to agree delays nothing

    async def _tell(self, target: Target, task: "asyncio.Task[None] | None", over: asyncio.Event) -> None:
        progress, token = self._server.work_done_progress, f"cenguard-{next(self._tokens)}"
        with suppress(Exception):  # a client that refuses is told nothing
            await asyncio.wait_for(progress.create_async(token), 5)
            progress.begin(
                token, types.WorkDoneProgressBegin(title="cenguard", message=f"running {target.root.name}", cancellable=True)
            )
            if task is not None:
                given_up: Any = progress.tokens[token]
                given_up.add_done_callback(lambda future: task.cancel() if future.cancelled() else None)
            await over.wait()
            progress.end(token, types.WorkDoneProgressEnd())
            progress.tokens.pop(token, None)


def _failure(path: Path, message: str) -> Answer:
    start = Position(0, 0)
    return Answer(remarks=(Remark(place=Place(str(path), start, start), severity="error", message=message),), failed=True)


def _rests_on(target: Target, run: Run, path: Path) -> bool:
    """Whether a file that was saved may change what is found: settings, a plan, whatever lies in the folder of a program."""
    if _is_read(run, path):
        return True
    if path.name in (FILE, PYPROJECT):
        return target.root.is_relative_to(path.parent)
    return target.kind is Kind.PROGRAM and path.is_relative_to(target.root)


def _rests_on_written(target: Target, run: Run, path: Path) -> bool:
    """The same of a file that somebody wrote.

    Of a program's folder that is its preview and what the engine keeps there: it may write files of its own whenever it runs.
    """
    if target.kind is not Kind.PROGRAM:
        beside = path.parent == target.root and is_plan(path.name)
        return path == target.root or (target.kind is Kind.TERRAFORM and beside) or _rests_on(target, run, path)
    if path.is_relative_to(target.root) and path.name not in (FILE, PYPROJECT) and not _is_read(run, path):
        return path.parent == target.root and (path.name == PREVIEW or path.name.startswith("Pulumi."))
    return _rests_on(target, run, path)


def _is_read(run: Run, path: Path) -> bool:
    return str(path) in run.missed or (run.answer is not None and str(path) in run.answer.read)


def _written_at(path: Path) -> int:
    """When a file was written last; 0 where there is none."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _owner(target: Target) -> str:
    return f"{target.kind} {target.root}"


def register(server: "Server") -> None:
    """Register what a client says of its files."""

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def did_open(params: types.DidOpenTextDocumentParams) -> None:
        if (path := server.path(params.text_document.uri)) is not None:
            server.runs.opened(path)
            server.settings.opened(path)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def did_save(params: types.DidSaveTextDocumentParams) -> None:
        if (path := server.path(params.text_document.uri)) is not None:
            server.runs.saved(path)
            server.settings.opened(path)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def did_close(params: types.DidCloseTextDocumentParams) -> None:
        if (path := server.path(params.text_document.uri)) is not None:
            server.runs.closed(path)
            server.settings.closed(path)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def did_change_watched_files(params: types.DidChangeWatchedFilesParams) -> None:
        paths = [path for change in params.changes if (path := server.path(change.uri)) is not None]
        server.runs.written(paths)
        server.settings.written(paths)


def watch(server: "Server") -> None:
    """Ask the client to tell of files that commands write, where it can."""
    workspace = server.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace is not None else None
    if watched is None or not watched.dynamic_registration:
        return
    options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(WRITTEN)])
    wish = types.Registration("cenguard-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
    server.client_register_capability(types.RegistrationParams([wish]), lambda _result: None)
