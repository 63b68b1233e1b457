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
_REFUSED = (401, 403)
_STATUSES = ("status_code", "status", "code")
_T = TypeVar("_T")


def is_refused(error: BaseException) -> bool:
    """Whether the service says that this may not be read.

    It is a PermissionError to the libraries of S3 and OSS, an error of its own with the status to that of Azure, and to that of Google
    an OSError whose text begins so. What that of OSS has no name for (a key that is wrong) is any OSError, with the answer behind it.
    """
    told = any(getattr(item, name, None) in _REFUSED for item in (error, error.__cause__) for name in _STATUSES)
    return told or isinstance(error, PermissionError) or (isinstance(error, OSError) and str(error).startswith("Forbidden: "))


def answer_of(error: BaseException) -> str:
    """The sentence of the service in an error that has it apart, as OSS answers; else nothing.

    The library's own words are the whole answer, and repeat the key's id and the signature that were sent.
    """
    for item in (error, error.__cause__):
        message, code = getattr(item, "message", None), getattr(item, "code", None)
        if isinstance(getattr(item, "details", None), dict) and isinstance(message, str) and isinstance(code, str):
            return f"{message.rstrip('.')} ({code})" if message and code and message != code else message or code
    return ""


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
