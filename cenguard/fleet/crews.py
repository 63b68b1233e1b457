"""Who does the work: this process, a pool of processes on this machine, or a cluster of Dask's.

Batches are handed out and their answers taken as they come, in whatever order. A batch that ends the process it runs in is
tried again piece by piece, so that what kills a process is found and left out, and nothing else is lost with it.
"""

import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from cenguard import __version__
from cenguard.errors import UnreadableInput

AHEAD = 2
"""Batches for each process that wait for it: enough that none idles, and few enough that answers are not piled up."""


LOOK = 5
"""Seconds without an answer of a cluster after which it is looked at."""
PATIENCE = 120
"""Seconds that a cluster may be without any worker."""
_LOST = ("cancelled", "lost")
"""What becomes of the work of a scheduler that goes away."""
_GOES_ON = "with --resume FILE the same command goes on from what was read"


class Killed(Exception):
    """A piece of work that ended the process it ran in."""


Answer = tuple[Sequence[Any], Any]
"""A batch with what came of it, or with the exception that it ended in."""


class Crew(Protocol):
    """Those who work."""

    size: int

    def answers(self, work: Callable[[Any], Any], batches: Iterable[Sequence[Any]]) -> Iterator[Answer]:
        """Each batch with its answer, as they come; a batch of one that ended its process has `Killed` as its answer."""
        ...


class Alone:
    """This process."""

    size = 1

    def answers(self, work: Callable[[Any], Any], batches: Iterable[Sequence[Any]]) -> Iterator[Answer]:
        """One batch after the other."""
        for batch in batches:
            yield batch, work(batch)


_OF_ALL = [getattr(signal, name) for name in ("SIGINT", "SIGHUP") if hasattr(signal, name)]
"""What a terminal sends to every process that it has started: Windows has no SIGHUP."""
_INTERRUPTIONS = (*_OF_ALL, signal.SIGTERM)


@contextmanager
def _held_up() -> Iterator[None]:
    """No interruption meanwhile: a process that is only starting has its first one's answers to them, and ends in a traceback."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTIONS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """What a process of the pool begins with: an interruption is the first process's to answer."""
    import gc

    for number in _OF_ALL:
        signal.signal(number, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # with it the first process ends this one
    if sys.platform != "win32":  # what came since `_held_up` is answered now
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTIONS)
    threading.Thread(target=_end_with_the_first, daemon=True).start()
    gc.disable()
    gc.freeze()


def _end_with_the_first() -> None:
    """A process whose first one was killed would wait for work for ever."""
    import os
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


_POOLS = "concurrent.futures.process"


def _of_other_threads(told: threading.ExceptHookArgs) -> None:
    """What a thread ended of, but for those of a pool that was let go of: two of them may close one end of a pipe at a time."""
    if type(told.thread).__module__ != _POOLS:
        threading.__excepthook__(told)


class Pool:
    """Processes of this machine."""

    def __init__(self, size: int) -> None:
        """Take the number of processes."""
        self.size = size
        self._pool: Any = None

    def _started(self) -> Any:
        if self._pool is None:
            import gc
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            # a fork has everything loaded, and would take over the threads of whoever reads a bucket: then a fresh interpreter each
            way = "fork" if sys.platform == "linux" and threading.active_count() == 1 else "spawn"
            gc.freeze()  # what is here already is nobody's to collect, and stays shared
            self._pool = ProcessPoolExecutor(self.size, mp_context=get_context(way), initializer=_begin)
        return self._pool

    def _sent(self, work: Callable[[Any], Any], batch: Sequence[Any]) -> Any:
        """A batch handed out; by new processes where the others have ended without it, one of which may have been killed while it idled."""
        from concurrent.futures.process import BrokenProcessPool

        with _held_up():  # processes start with the work that they are given
            try:
                return self._started().submit(work, batch)
            except BrokenProcessPool:
                self.close()
                return self._started().submit(work, batch)

    def answers(self, work: Callable[[Any], Any], batches: Iterable[Sequence[Any]]) -> Iterator[Answer]:
        """As many batches at once as there are processes."""
        from concurrent.futures import FIRST_COMPLETED, wait
        from concurrent.futures.process import BrokenProcessPool

        waiting = iter(batches)
        running: dict[Any, Sequence[Any]] = {}
        again: deque[Sequence[Any]] = deque()
        while True:
            while len(running) < self.size * AHEAD and (batch := next(waiting, None)) is not None:
                running[self._sent(work, batch)] = batch
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            broken = False
            for future in done:
                batch = running.pop(future)
                error = future.exception()
                if error is None:
                    yield batch, future.result()
                elif isinstance(error, BrokenProcessPool):
                    broken = True
                    again.append(batch)
                else:
                    raise error
            if broken:  # every batch that ran may be the one
                again.extend(running.values())
                running.clear()
                self.close()
                while again:
                    yield from self._one_by_one(work, again.popleft())

    def _one_by_one(self, work: Callable[[Any], Any], batch: Sequence[Any]) -> Iterator[Answer]:
        """A batch that may have ended its process, alone; where it does so again, its members alone."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            answer = self._sent(work, batch).result()
        except BrokenProcessPool:
            self.close()
            if len(batch) == 1:
                yield batch, Killed()
                return
            for index in range(len(batch)):
                yield from self._one_by_one(work, batch[index : index + 1])
        else:
            yield batch, answer

    def close(self) -> None:
        """Let the processes go; what waits is dropped, and what is under way ends there."""
        pool, self._pool = self._pool, None
        if pool is not None:
            # SIGTERM, which a broken pool sends, is lost on one that is only beginning; Python 3.13 waits for it in `shutdown`
            for process in list((pool._processes or {}).values()):  # noqa: SLF001 - nothing else ends what an interruption leaves behind
                process.kill()
            threading.excepthook = _of_other_threads
            pool.shutdown(wait=False, cancel_futures=True)


class Cluster:
    """An existing cluster of Dask's."""

    def __init__(self, address: str) -> None:
        """Find the scheduler, and see that its workers have this version.

        Raises:
            UnreadableInput: the library is not installed, nobody answers, there is no worker, or one has another version.
        """
        import logging

        try:
            from distributed import Client
        except ImportError:
            raise UnreadableInput(address, "a cluster needs the extra `fleet`: pip install 'cenguard[fleet]'") from None
        for name in ("distributed", "distributed.client"):  # what is wrong with it is said here, in a line
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            self._client = Client(address, timeout=10, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise UnreadableInput(address, f"no scheduler of Dask's answers: {' '.join(str(error).split())[:200]}") from None
        self._address = address
        try:
            self._check()
        except BaseException:
            self.close()
            raise
        self.size = max(1, sum(self._client.nthreads().values()))

    def _check(self) -> None:
        address = self._client.scheduler.address
        if not self._client.nthreads():
            raise UnreadableInput(address, "the scheduler has no worker: start one with `dask worker`, and ask again")
        ours = _versions()
        try:
            told: dict[str, Any] = self._client.run(_versions, on_error="return")
        except Exception as error:  # noqa: BLE001 - a worker that goes away while it is asked
            raise UnreadableInput(address, f"the workers cannot be asked for their version: {error}") from None
        for worker, versions in sorted(told.items()):
            if isinstance(versions, BaseException):
                raise UnreadableInput(address, f"worker {worker} has no cenguard {__version__}: install it there ({versions})")
            if versions != ours:
                differs = next(name for name in ours if versions.get(name) != ours[name])
                raise UnreadableInput(
                    address,
                    f"worker {worker} has {differs} {versions.get(differs)}, and {ours[differs]} is here: install the same on both",
                )

    def answers(self, work: Callable[[Any], Any], batches: Iterable[Sequence[Any]]) -> Iterator[Answer]:
        """A few batches for each thread of the cluster, their results let go as they come.

        Raises:
            UnreadableInput: the scheduler goes away, or the last worker does and none takes its place.
        """
        waiting = iter(batches)
        running: dict[Any, Sequence[Any]] = {}
        suspects: list[Sequence[Any]] = []
        finished: SimpleQueue[Any] = SimpleQueue()
        while True:
            while len(running) < self.size * AHEAD and (batch := next(waiting, None)) is not None:
                running[self._sent(work, batch, finished)] = batch
            if not running:
                break
            future = self._next(finished, running)
            batch = running.pop(future)
            answer = self._answer(future)
            del future  # what is held is kept by the cluster, too
            if isinstance(answer, Killed):
                suspects.append(batch)
            else:
                yield batch, answer
        for batch in suspects:  # with one that kills a worker, what only waited there is given up as well: each alone now
            for index in range(len(batch)):
                alone = batch[index : index + 1]
                future = self._sent(work, alone, finished)
                yield alone, self._answer(self._next(finished, [future]))

    def _sent(self, work: Callable[[Any], Any], batch: Sequence[Any], finished: "SimpleQueue[Any]") -> Any:
        """A batch handed to the cluster; it is put among what is finished when it is."""
        future = self._client.submit(work, batch, pure=False)
        future.add_done_callback(finished.put)
        return future

    def _next(self, finished: "SimpleQueue[Any]", running: Iterable[Any]) -> Any:
        """What is finished next; the cluster is looked at while nothing is."""
        quiet = 0
        while True:
            with suppress(Empty):
                return finished.get(timeout=LOOK)
            quiet = self._looked_at(running, quiet)

    def _looked_at(self, running: Iterable[Any], quiet: int) -> int:
        """How many seconds the cluster has had no worker, of which it had none for `quiet` before.

        Raises:
            UnreadableInput: its scheduler is not there any more, or it has had none for too long.
        """
        there = self._workers()
        if there is None or any(future.status in _LOST for future in running) or (not there and quiet >= PATIENCE):
            raise self._gone(there)
        return 0 if there else quiet + LOOK

    def _answer(self, future: Any) -> Any:
        """What came of a batch, or that it ended the worker that had it; a worker that dies with the answer is asked for again."""
        import asyncio

        from distributed import KilledWorker

        told = asyncio.run_coroutine_threadsafe(self._client.gather(future, asynchronous=True), self._client.loop.asyncio_loop)
        quiet = 0
        while True:
            try:
                return told.result(timeout=LOOK)
            except KilledWorker:
                return Killed()
            except (Exception, asyncio.CancelledError):
                if told.done():
                    there = self._workers()
                    if future.status in _LOST or there is None:
                        raise self._gone(there) from None
                    raise
            quiet = self._looked_at([future], quiet)

    def _workers(self) -> int | None:
        """How many workers there are; None where the scheduler does not answer."""
        try:
            return len(self._client.nthreads())
        except Exception:  # noqa: BLE001 - whatever its library says of a connection that is gone
            return None

    def _gone(self, workers: int | None) -> UnreadableInput:
        """What is wrong with a cluster that has that many workers; None where its scheduler does not answer."""
        what = (
            "the scheduler went away, or was started again, while the audit ran"
            if workers != 0
            else "no worker of the cluster is left"
        )
        return UnreadableInput(self._address, f"{what}; {_GOES_ON}")

    def close(self) -> None:
        """Leave the cluster; what it still works on for us is dropped."""
        with suppress(Exception):
            self._client.close(timeout=2)


def _versions() -> dict[str, str]:
    """Versions that two processes must share, for what travels between them."""
    import platform

    import msgspec

    python = ".".join(platform.python_version_tuple()[:2])
    return {"cenguard": __version__, "msgspec": msgspec.__version__, "python": python}


@contextmanager
def crew_of(workers: int, scheduler: str | None) -> Iterator[Crew]:
    """Those who work: a cluster where a scheduler is named, else so many processes here.

    Raises:
        UnreadableInput: the cluster cannot be used.
    """
    if scheduler is None and workers == 1:
        yield Alone()
        return
    crew = Cluster(scheduler) if scheduler is not None else Pool(workers)
    try:
        yield crew
    finally:
        crew.close()
