"""A line of the user's own program."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A line of the user's own program; `path` is relative to the project folder."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
