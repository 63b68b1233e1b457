"""A process that has imported what checks and programs need, and forks one process for each check.

Importing the SDK takes longer than most checks; a fork has everything at once. It has one thread and reads nothing of a user's: what
was forked from it is as a new process that has imported the same. A check's process leads a group of its own, with the program that it
runs, so that all of it can be ended.

It speaks over its standard input and output, which no forked process has.
"""

import os
import random
import select
import shutil
import signal
import struct
import sys
import sysconfig
import tempfile
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

import msgspec

from cenguard import __version__
from cenguard.editor.messages import Asked, Job, Told

LENGTH = struct.Struct(">I")
MODULES = "modules"
"""The file in which a program's process leaves the names of what is worth keeping."""
_KEPT = ("pulumi", "grpc", "google", "pydantic", "pydantic_core", "cenguard", "cenguard_components")
"""Packages whose modules are kept, besides those that begin with `pulumi_`: they do nothing but define what they hold."""
_CHECKS = ("cenguard.editor.checking", "cenguard.judging.check", "cenguard.readers.sources", "cenguard.sources.python_sites")
_PROGRAMS = (
    "pulumi.runtime",
    "cenguard.readers.program.failure",
    "cenguard.readers.program.monitor",
    "cenguard.readers.program.reader",
    "cenguard.readers.program.sdk_patches",
)
_ENDS = {
    getattr(signal, name): held
    for name, held in (("SIGINT", signal.default_int_handler), ("SIGTERM", signal.SIG_DFL), ("SIGHUP", signal.SIG_DFL))
    if hasattr(signal, name)
}
"""What ends a process, with what Python answers to it."""


def main() -> None:
    """Serve until the server goes away; the folder of its answers, the last argument, goes then, too."""
    Host().serve()
    shutil.rmtree(sys.argv[-1], ignore_errors=True)


class Host:
    """The process; its checks by their numbers."""

    def __init__(self) -> None:
        """Take the pipes out of the way of everything that prints."""
        self.asked, self.told = os.dup(0), os.dup(1)
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)
        self.ended, self._end = os.pipe()
        for descriptor in (self.ended, self._end):
            os.set_blocking(descriptor, False)
        self.running: dict[int, tuple[int, Path]] = {}
        """Process and folder by number."""
        self.modules: dict[str, None] = {}
        """What is to be imported when nothing else is to do."""
        self.seen = b""
        self.over = False

    def serve(self) -> None:
        """Do what is asked."""
        signal.set_wakeup_fd(self._end, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in _ENDS:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self.stop)
        self.tell(Told(number=0, version=__version__, folders=packages()))
        for name in _CHECKS:
            import_module(name)
        while not self.over:
            ready, _, _ = select.select([self.asked, self.ended], [], [], 0 if self.modules else None)
            if self.ended in ready:
                with suppress(BlockingIOError):
                    os.read(self.ended, 1024)
                self.remember()
                self.reap()
            if self.asked in ready and not self.read():
                break
            if not ready:
                self.learn()
        for number, (process, _) in list(self.running.items()):
            self.give_up(number)
            with suppress(ChildProcessError):
                os.waitpid(process, 0)  # then nothing more is written

    def stop(self, *_: object) -> None:
        """End in order: a terminal tells all that it has started, but not what runs in a group of its own."""
        self.over = True

    def read(self) -> bool:
        """Take what is asked; false at the end."""
        content = os.read(self.asked, 1 << 16)
        if not content:
            return False
        self.seen += content
        while len(self.seen) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self.seen)
            if len(self.seen) < LENGTH.size + length:
                break
            message = self.seen[LENGTH.size : LENGTH.size + length]
            self.seen = self.seen[LENGTH.size + length :]
            asked = msgspec.msgpack.decode(message, type=Asked)
            if asked.job is None:
                self.give_up(asked.number)
            else:
                self.start(asked, asked.job)
        return True

    def tell(self, message: Told) -> None:
        """Say something to the server."""
        content = msgspec.msgpack.encode(message)
        with suppress(BrokenPipeError):  # it is gone, which what is read next says
            os.write(self.told, LENGTH.pack(len(content)) + content)

    def start(self, asked: Asked, job: Job) -> None:
        """Fork the process of a check."""
        if job.runs:
            for name in _PROGRAMS:
                with suppress(ImportError):  # the check says so
                    import_module(name)
        process = os.fork()
        if process:
            with suppress(OSError):  # it did so itself, or is gone
                os.setpgid(process, process)
            self.running[asked.number] = process, Path(asked.answer).parent
            return
        self.check(job, Path(asked.answer))

    def check(self, job: Job, answer: Path) -> NoReturn:
        """Be the process of a check."""
        status = 1
        try:
            os.setpgid(0, 0)
            signal.set_wakeup_fd(-1)
            for number, answers in ((signal.SIGCHLD, signal.SIG_DFL), *_ENDS.items()):
                if signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, answers)
            for descriptor in (self.asked, self.told, self.ended):
                os.close(descriptor)
            random.seed()
            tempfile.tempdir = str(answer.parent)  # what is left of a check that was ended goes with it
            from cenguard.editor.checking import answer_of
            from cenguard.readers.program import reader

            reader.start = lambda path: forked(path, answer.parent / MODULES, self._end)
            partial = answer.with_suffix(".partial")
            partial.write_bytes(msgspec.msgpack.encode(answer_of(job)))
            partial.replace(answer)
            status = 0
        except BaseException:  # noqa: BLE001 - whatever it is, this process must not go on as its parent
            sys.excepthook(*sys.exc_info())
        finally:
            with suppress(Exception):
                sys.stderr.flush()
            os._exit(status)

    def give_up(self, number: int) -> None:
        """End a check with everything that it has started; that it has ended is told when it has."""
        if number in self.running:
            with suppress(OSError):
                os.killpg(self.running[number][0], signal.SIGKILL)

    def reap(self) -> None:
        """Tell which checks have ended."""
        for number, (process, _) in list(self.running.items()):
            try:
                done, status = os.waitpid(process, os.WNOHANG)
            except ChildProcessError:
                done, status = process, 1
            if not done:
                continue
            with suppress(OSError):
                os.killpg(process, signal.SIGKILL)  # what a program has left behind
            del self.running[number]
            self.tell(Told(number=number, status=os.waitstatus_to_exitcode(status)))

    def remember(self) -> None:
        """Take the names of what programs have imported; it is imported while nothing else is to do."""
        for _, folder in self.running.values():
            with suppress(OSError):
                names = Path(folder, MODULES).read_text("utf-8").split()
                self.modules |= dict.fromkeys(name for name in names if name not in sys.modules)

    def learn(self) -> None:
        """Import one module that a program needed."""
        name = next(iter(self.modules))
        del self.modules[name]
        if name in sys.modules:
            return
        try:
            getattr(import_module(name), "__name__", None)  # one that loads late is loaded now
        except Exception as error:  # noqa: BLE001 - a module of somebody else's; the program will say so
            sys.stderr.write(f"cenguard: {name} is not kept: {error}\n")


def packages() -> tuple[str, ...]:
    """The folders that packages are installed in."""
    return tuple(dict.fromkeys(os.path.realpath(sysconfig.get_path(name)) for name in ("purelib", "platlib")))


def forked(job: Path, modules: Path, wake: int) -> int:
    """Run a program's job in a fork of this process; its status, negative for the signal that ended it.

    The names of what it imported and is worth keeping go into a file; then `wake` is written to.
    """
    process = os.fork()
    if process:
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        with suppress(OSError):
            os.write(wake, b"m")
        return status
    try:
        os.close(wake)
        tempfile.tempdir = None
        from cenguard.readers.program.child import answer

        answer(str(job))
        modules.write_text("\n".join(worth_keeping()), "utf-8")
        os._exit(0)
    finally:
        os._exit(1)


def worth_keeping() -> list[str]:
    """Names of the loaded modules that a next program needs as well, and that no edit of the user's changes."""
    folders = tuple(folder + os.sep for folder in packages())
    found = []
    for name, module in list(sys.modules.items()):
        root = name.partition(".")[0]
        if (root in _KEPT or root.startswith("pulumi_")) and type(module) is ModuleType:
            file = getattr(module, "__file__", None)
            if isinstance(file, str) and os.path.realpath(file).startswith(folders):
                found.append(name)
    return found
