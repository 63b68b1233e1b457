"""The user's traceback: what their program did, without the frames that ran it."""

import os
import sys
import sysconfig
import traceback
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import TypeGuard

import pulumi
from pulumi import RunError

from cenguard.readers.program.messages import Ending, Failure

_OURS = str(Path(__file__).resolve().parents[1]) + os.sep
"""Only what runs the program: a component or a planning function of this package is the user's business."""
_SDK = str(Path(pulumi.__file__).resolve().parent) + os.sep
_LIBRARY = sysconfig.get_path("stdlib") + os.sep
_MACHINERY = (_OURS, _SDK, *(_LIBRARY + name for name in ("asyncio" + os.sep, "concurrent" + os.sep, "runpy.py")))


def failure_of(error: BaseException) -> Failure:
    """What to tell the user about the exception that ended their program."""
    text = user_traceback(error)
    if isinstance(error, SystemExit):
        return Failure(ending=Ending.EXITED, reason=f"the program called sys.exit({_code(error)})", traceback=text)
    if _is_of_import(error):
        return Failure(ending=Ending.MODULE, reason=str(error), traceback=text, module=str(error.name), place=_importing(error))
    if isinstance(error, RunError):
        # One that the SDK or the engine raises where it likes says all there is to say.
        shown = text if "\n  File " in text else ""
        return Failure(ending=Ending.RAISED, reason=str(error), traceback=shown)
    said = _in_one_line(str(error))
    name = type(error).__name__
    return Failure(ending=Ending.RAISED, reason=f"the program raised {name}{': ' + said if said else ''}", traceback=text)


def _in_one_line(message: str) -> str:
    """The first line; when it ends with a colon it only announces, and what it announces comes with it."""
    first, *others = [line.strip() for line in message.strip().splitlines()] or [""]
    return f"{first} {'; '.join(line for line in others if line)}" if first.endswith(":") and others else first


def _is_of_import(error: BaseException) -> TypeGuard[ModuleNotFoundError]:
    """Whether a module is not installed; a look-up of a package's metadata raises the same class."""
    if not isinstance(error, ModuleNotFoundError) or isinstance(error, PackageNotFoundError):
        return False
    return error.name is not None and error.name.partition(".")[0] not in sys.modules


def _importing(error: ModuleNotFoundError) -> tuple[str, int] | None:
    """The line of the import that failed: the last one before Python's own machinery."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith("<")]
    return (str(Path(frames[-1].filename).resolve()), frames[-1].lineno or 0) if frames else None


def _code(error: SystemExit) -> str:
    return "" if error.code is None else repr(error.code)


def user_traceback(error: BaseException) -> str:
    """The traceback as Python prints it, less the frames of the SDK's runtime, of its event loop and of this package."""
    shown = traceback.TracebackException.from_exception(error)
    pending, seen = [shown], set()
    while pending:
        part = pending.pop()
        if part is None or id(part) in seen:
            continue
        seen.add(id(part))
        _trim(part)
        pending += [part.__cause__, part.__context__, *(getattr(part, "exceptions", None) or ())]  # type: ignore[list-item]
    return "".join(shown.format())


def _trim(shown: traceback.TracebackException) -> None:
    shown.stack[:] = [frame for frame in shown.stack if not frame.filename.startswith(("<frozen ", *_MACHINERY))]
