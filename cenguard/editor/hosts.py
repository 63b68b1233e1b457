"""The processes that checks run in: started when one is needed, one for each interpreter, and anew when packages were installed."""

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from cenguard import __version__
from cenguard.editor.messages import Answer, Asked, Job, Told
from cenguard.editor.warm import LENGTH

_OWN = """
import sys
sys.path.insert(0, sys.argv[1])
from cenguard.editor.warm import main
sys.path.remove(sys.argv[1])
main()
"""
"""Our own package is found where we found it, and leaves no trace in a program's module path."""
_ROOT = str(Path(__file__).resolve().parents[2])
_OTHER = "from cenguard.editor.warm import main; main()"
_MOST_LINES = 500
"""Lines of one check that reach the client's log."""
_LONGEST_LINE = 2000
"""Characters of a line that a program prints."""


class Unusable(Exception):
    """An interpreter that checks cannot run in, with the reason."""


class Host:
    """One process that forks another for each check."""

    def __init__(self, python: str, said: Callable[[str], None]) -> None:
        """Take the interpreter, and what takes the lines that programs print."""
        self.python = python
        self.said = said
        self.folder = Path(tempfile.mkdtemp(prefix="cenguard-"))
        """Of its answers; the process takes it away with its end, since a server that is killed cannot."""
        self.process: asyncio.subprocess.Process | None = None
        self.waiting: dict[int, asyncio.Future[Told]] = {}
        self.stamps: dict[str, int] = {}
        self.started: asyncio.Task[None] = asyncio.ensure_future(self._start())
        """Goes on where a check that waited for it was given up: another one waits soon."""
        self.last_words = ""
        self.gone = False
        self._printed = 0
        self._number = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Wait until it has started.

        Raises:
            Unusable: the interpreter is none that has this cenguard.
        """
        await asyncio.shield(self.started)

    async def _start(self) -> None:
        own = self.python == sys.executable
        arguments = ["-c", _OWN, _ROOT, str(self.folder)] if own else ["-c", _OTHER, str(self.folder)]
        greeting = self._expect(0)
        try:
            self.process = await asyncio.create_subprocess_exec(
                self.python, "-P", "-u", *arguments,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:
            raise Unusable(f"{self.python} cannot be started: {error.strerror}") from None
        self._tasks = [asyncio.ensure_future(self._listen()), asyncio.ensure_future(self._read_lines())]
        told = await greeting
        if told.version != __version__:
            why = f"cenguard {told.version} is installed there, and this is {__version__}" if told.version else self.last_words
            install = f"`{self.python} -m pip install 'cenguard[pulumi]=={__version__}'`"
            self._end()
            raise Unusable(f"{self.python} cannot run checks ({why or 'it ended'}): {install}")
        self.stamps = _stamps(told.folders)

    @property
    def is_usable(self) -> bool:
        """Whether it runs, the packages are what it has imported, and nobody who tidies up has taken its folder away."""
        if not self.started.done():
            return True
        runs = self.process is not None and not self.gone and self.process.returncode is None
        return runs and self.folder.is_dir() and self.stamps == _stamps(self.stamps)

    async def check(self, job: Job) -> Answer | None:
        """What comes of a check; None where its process ended without an answer. Giving it up ends its process."""
        if self.gone:
            return None
        folder = Path(tempfile.mkdtemp(dir=self.folder))
        try:
            return await self._checked(job, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _checked(self, job: Job, folder: Path) -> Answer | None:
        self._number += 1
        self._printed = 0
        number = self._number
        answer = folder / "answer"
        ended = self._expect(number)
        self._ask(Asked(number=number, job=job, answer=str(answer)))
        try:
            await asyncio.shield(ended)
        except asyncio.CancelledError:
            self._ask(Asked(number=number))
            await ended  # never two of one project at once
            raise
        try:
            return msgspec.msgpack.decode(answer.read_bytes(), type=Answer)
        except OSError:
            return None

    def stop(self) -> None:
        """End it, with every check that runs in it; the event loop may be over already."""
        self.started.cancel()
        self._end()

    def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        if self.process is not None and self.process.returncode is None:
            if self.process.stdin is not None:
                with suppress(RuntimeError):  # without a loop: it is closed with this process
                    self.process.stdin.close()  # then it ends what it runs, and itself
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _expect(self, number: int) -> "asyncio.Future[Told]":
        future: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self.waiting[number] = future
        return future

    def _ask(self, message: Asked) -> None:
        content = msgspec.msgpack.encode(message)
        if self.process is not None and self.process.stdin is not None:
            with suppress(OSError):  # it is gone: `_listen` says so
                self.process.stdin.write(LENGTH.pack(len(content)) + content)

    async def _listen(self) -> None:
        assert self.process is not None
        stream = self.process.stdout
        assert stream is not None
        try:
            while True:
                (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
                told = msgspec.msgpack.decode(await stream.readexactly(length), type=Told)
                future = self.waiting.pop(told.number, None)
                if future is not None and not future.done():
                    future.set_result(told)
        except (asyncio.IncompleteReadError, OSError):
            self.gone = True
            await asyncio.sleep(0.05)  # its last words
        finally:  # given up as well: whoever waits would do so for ever
            self.gone = True
            for number, future in self.waiting.items():
                if not future.done():
                    future.set_result(Told(number=number, status=1))
            self.waiting.clear()

    async def _read_lines(self) -> None:
        """Pass on what is printed; reading never stops, so that nobody who prints has to wait."""
        assert self.process is not None
        stream = self.process.stderr
        assert stream is not None
        rest = b""
        with suppress(OSError):
            while content := await stream.read(1 << 16):
                *lines, rest = (rest + content).split(b"\n")
                rest = rest[-_LONGEST_LINE:]
                for line in lines:
                    self._printed += 1
                    self.last_words = line[:_LONGEST_LINE].decode("utf-8", "replace")
                    if self._printed <= _MOST_LINES:
                        self.said(self.last_words)
                    elif self._printed == _MOST_LINES + 1:
                        self.said("cenguard: what the program prints from here on is left out")


class Hosts:
    """The hosts by interpreter."""

    def __init__(self, said: Callable[[str], None]) -> None:
        """Take what takes the lines that programs print."""
        self._said = said
        self._hosts: dict[str, Host] = {}
        self._left: list[Host] = []
        """Hosts in whose place another stands, and in which a check still ran."""
        self._starting = asyncio.Lock()

    async def check(self, job: Job, python: str) -> Answer | None:
        """What comes of a check.

        Raises:
            Unusable: the interpreter is none that has this cenguard.
        """
        host = await self._host(python)
        return await host.check(job)

    async def _host(self, python: str) -> Host:
        async with self._starting:
            for left in [host for host in self._left if not host.waiting]:
                self._left.remove(left)
                left.stop()
            host = self._hosts.get(python)
            if host is None or not host.is_usable:
                if host is not None and host.waiting:
                    self._left.append(host)
                elif host is not None:
                    host.stop()
                host = self._hosts[python] = Host(python, self._said)
            await host.start()
            return host

    def stop(self) -> None:
        """End them all."""
        for host in (*self._hosts.values(), *self._left):
            host.stop()


def _stamps(folders: "tuple[str, ...] | dict[str, int]") -> dict[str, int]:
    """When something was installed last, by folder."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            found[folder] = os.stat(folder).st_mtime_ns  # noqa: PTH116 - asked before every run
    return found
