"""How often a bucket is asked while it is busy, and what is no use to ask for again."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

ATTEMPTS = 4
"""How often something is asked for while the bucket answers that it is busy; libraries ask several times themselves."""
PAUSE = 0.5
"""Seconds before the second attempt; each further one waits twice as long."""
ENOUGH = 20
"""Seconds after which a listing is not asked for again: its library has been patient by itself, or nobody is there."""
_FINAL = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
_FORBIDDEN = 403
_T = TypeVar("_T")


def is_refused(error: BaseException) -> bool:
    """Whether the service says that this may not be read.

    It is a PermissionError to the libraries of S3 and OSS, an error of its own with the status to that of Azure, and to that of Google
    an OSError whose text begins so.
    """
    told = getattr(error, "status_code", None) == _FORBIDDEN or (
        isinstance(error, OSError) and str(error).startswith("Forbidden: ")
    )
    return told or isinstance(error, PermissionError)


def _pauses(begun: float, enough: float) -> Iterator[float]:
    """Seconds to wait before each further attempt, as long as `enough` seconds have not passed since it was begun."""
    for attempt in range(ATTEMPTS - 1):
        if time.monotonic() - begun > enough:
            return
        yield PAUSE * 2**attempt


def _is_final(error: Exception) -> bool:
    return isinstance(error, _FINAL) or is_refused(error)


def patiently(ask: Callable[[], _T], enough: float = float("inf")) -> _T:
    """What a library answers, which is asked again where it fails: a busy bucket, a connection that was closed."""
    pauses = _pauses(time.monotonic(), enough)
    while True:
        try:
            return ask()
        except Exception as error:
            if _is_final(error) or (pause := next(pauses, None)) is None:
                raise
        time.sleep(pause)


async def patiently_awaited(ask: Callable[[], Awaitable[_T]], enough: float = float("inf")) -> _T:
    """The same on the library's own loop."""
    pauses = _pauses(time.monotonic(), enough)
    while True:
        try:
            return await ask()
        except Exception as error:
            if _is_final(error) or (pause := next(pauses, None)) is None:
                raise
        await asyncio.sleep(pause)
