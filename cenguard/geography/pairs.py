"""Two names in no particular order: what pairs of areas and pairs of regions have in common."""

from typing import Self


class UnorderedPair(tuple[str, str]):
    """Two names, sorted; a tuple, because pairs are looked up far more often than made."""

    __slots__ = ()

    def __new__(cls, a: str, b: str) -> Self:
        """Sort the two."""
        return tuple.__new__(cls, (a, b) if a <= b else (b, a))

    def __getnewargs__(self) -> tuple[str, str]:
        return self.names

    @property
    def first(self) -> str:
        """The end that sorts first."""
        return self[0]

    @property
    def second(self) -> str:
        """The end that sorts last."""
        return self[1]

    @property
    def names(self) -> tuple[str, str]:
        """Both ends, sorted."""
        return (self[0], self[1])

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self[0]!r}, {self[1]!r})"

    def __str__(self) -> str:
        return f"{self[0]}/{self[1]}"
