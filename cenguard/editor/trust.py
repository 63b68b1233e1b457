"""What the client allows: a workspace that nobody trusts runs nothing, and loads nobody's code."""

import shutil
import sys
from typing import Any

import msgspec

PROGRAMS = ("open", "save", "never")
"""When a program is run: when its files are opened and saved, when they are saved, or not at all."""
UNTRUSTED = (
    "cenguard: this workspace is not trusted: programs are not run, and custom rules and packages that settings extend are not "
    "loaded. Documents and settings are read."
)


class Trust(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The `initializationOptions`."""

    trusted: bool = False
    run_programs: str = "open"
    python: str | None = None
    """The interpreter that programs run in; None for the server's own."""
    stack: str | None = None
    """The stack of programs that have several; None where they have one."""

    def runs(self, *, saved: bool) -> bool:
        """Whether a program is run when one of its files was saved, or opened."""
        return self.trusted and (self.run_programs == "open" or (saved and self.run_programs == "save"))

    @property
    def interpreter(self) -> str:
        """The interpreter that programs run in."""
        return (shutil.which(self.python) or self.python) if self.python and self.trusted else sys.executable


def trust_of(options: Any) -> tuple[Trust, str]:
    """What `initializationOptions` say, and what of them is not understood; that is taken as not said.

    >>> trust_of({"trusted": True, "runPrograms": "save"})[0].runs(saved=False)
    False
    >>> trust_of({"trusted": "yes"})[1]
    'cenguard: initializationOptions: trusted: true or false was expected'
    """
    given = options if isinstance(options, dict) else {}
    said: dict[str, Any] = {}
    problems = []
    for name, expected, fits in (
        ("trusted", "true or false", isinstance(given.get("trusted"), bool)),
        ("runPrograms", "one of " + ", ".join(PROGRAMS), given.get("runPrograms") in PROGRAMS),
        ("python", "the path of an interpreter", isinstance(given.get("python"), str | None)),
        ("stack", "the name of a stack", isinstance(given.get("stack"), str | None)),
    ):
        if name not in given:
            continue
        if fits:
            said[name] = given[name]
        else:
            problems.append(f"{name}: {expected} was expected")
    return msgspec.convert(said, Trust), f"cenguard: initializationOptions: {'; '.join(problems)}" if problems else ""
