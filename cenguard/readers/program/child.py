"""Runs one Pulumi program in this process, as the engine's language host would, and writes down what came of it."""

import asyncio
import gc
import inspect
import json
import logging
import os
import runpy
import selectors
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from cenguard.readers.program.messages import Ending, Failure, Job, Outcome

_PARALLEL = 16
_MOMENT = 0.01
"""Seconds."""


def main(path: str) -> None:
    """Run the job in a file and end the process, whatever threads the program has left running."""
    asker = os.getppid()
    answer(path)
    if os.getppid() != asker:  # it was killed: nobody reads the answer, and nobody else takes its folder away
        shutil.rmtree(Path(path).parent, ignore_errors=True)
    os._exit(0)


def answer(path: str) -> None:
    """Run the job in a file, and write down what came of it; the process is good for nothing else then."""
    job = msgspec.msgpack.decode(Path(path).read_bytes(), type=Job)
    outcome = _outcome(job)
    place = Path(job.answer)
    partial = place.with_suffix(".partial")
    partial.write_bytes(msgspec.msgpack.encode(outcome))
    partial.replace(place)  # the parent reads a whole answer or none
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the program may have closed or replaced it
            stream.flush()


def _outcome(job: Job) -> Outcome:
    try:
        import pulumi.runtime  # noqa: F401 - whether it is there decides what to say
    except ImportError as error:
        return Outcome(failure=Failure(ending=Ending.SDK, reason=str(error)))
    from cenguard.readers.program.failure import failure_of
    from cenguard.readers.program.monitor import Monitor

    monitor = Monitor(job)
    try:
        _run(job, monitor)
    except BaseException as error:  # noqa: BLE001 - sys.exit and an interrupt end the program too
        return Outcome(failure=failure_of(error))
    finally:
        monitor.close()
    return Outcome(resources=monitor.resources)


def _run(job: Job, monitor: Any) -> None:
    import pulumi.runtime

    from cenguard.readers.program import sdk_patches

    # The SDK keeps some thousand objects for each resource alive to the end; looking through them for garbage again and
    # again takes more than half of the time of a large program.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    _environment(job)
    sdk_patches.adjust_sdk()
    pulumi.runtime.set_all_config(sdk_patches.configuration(job.config), job.secret_keys)
    settings = {
        "project": job.project,
        "stack": job.stack,
        "monitor": monitor,
        "engine": monitor,
        "parallel": _PARALLEL,
        "dry_run": True,
        "organization": job.organization,
        "root_directory": job.folder,
    }
    known = inspect.signature(pulumi.runtime.Settings).parameters
    pulumi.runtime.configure(pulumi.runtime.Settings(**{name: value for name, value in settings.items() if name in known}))
    if monitor.transforms.servicer is not None:
        pulumi.runtime.settings.SETTINGS.callbacks = monitor.transforms.servicer
    # Outputs that a failed program leaves behind are nobody's concern; asyncio would complain about each.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    loop = asyncio.SelectorEventLoop(_Selector())
    asyncio.set_event_loop(loop)
    executor = _Executor(monitor)
    loop.set_default_executor(executor)
    monitor.transforms.listen_on(loop)

    def program() -> None:
        runpy.run_path(job.program, run_name="__main__")

    loop.run_until_complete(pulumi.runtime.run_in_stack(program))
    executor.shutdown(wait=False)


def _environment(job: Job) -> None:
    """What a program finds around it when the engine runs it."""
    os.chdir(job.directory)
    os.environ["PWD"] = job.directory
    os.environ["PULUMI_CONFIG"] = json.dumps(job.config)
    os.environ["PULUMI_CONFIG_SECRET_KEYS"] = json.dumps(job.secret_keys)
    program = Path(job.program)
    sys.argv = [job.program]
    sys.path.insert(0, str(program if program.is_dir() else program.parent))


class _Selector(selectors.DefaultSelector):
    """Waits for what the event loop waits for, even when the program has closed the loop's own descriptors."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; nothing, after a moment, when nobody can tell."""
        try:
            return super().select(timeout)
        except OSError:
            time.sleep(_MOMENT if timeout is None else min(timeout, _MOMENT))
            return []


class _Executor(ThreadPoolExecutor):
    """Answers the SDK's calls at once, in its own thread: changing threads costs more than the answer.

    It also makes the order of registrations the same in every run. Once a program has transforms the calls need threads
    of their own, since a transform waits for the event loop. What the program itself sends here runs in threads as ever.
    """

    def __init__(self, monitor: Any) -> None:
        super().__init__(max_workers=_PARALLEL * 4)
        self._monitor = monitor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run an SDK call now, anything else in a thread."""
        module = getattr(fn, "__module__", None) or ""
        if not module.startswith("pulumi.runtime") or self._monitor.transforms.used:
            return super().submit(fn, *args, **kwargs)
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - the caller's to raise
            future.set_exception(error)
        return future
