"""A line of the user's own program."""

import msgspec


class Location(msgspec.Struct, frozen=True):
    """A line of the user's own program; `path` is relative to the project folder."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"
