"""IPv4 prefixes as whole numbers: what route tables are compared by.

A prefix is its first address and its length in one number, so that a sorted list of prefixes has each one before those
that lie in it, and is searched by bisection.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from cenguard.geography.blocks import block

EVERYTHING = 0
"""0.0.0.0/0."""
_BITS = 6
_LENGTH = (1 << _BITS) - 1
_MASKS = tuple((0xFFFFFFFF << (32 - length)) & 0xFFFFFFFF for length in range(33))


def prefix(first: int, length: int) -> int:
    """The prefix of an address and a length; bits behind the length do not count."""
    return (first & _MASKS[length]) << _BITS | length


def parsed(text: str) -> int | None:
    """The prefix of an IPv4 block or address; None for what is none, such as an IPv6 block.

    >>> text_of(parsed("10.1.2.3/16")), parsed("2001:db8::/32"), text_of(parsed("10.0.0.1"))
    ('10.1.0.0/16', None, '10.0.0.1/32')
    """
    spot = block(text if "/" in text else f"{text}/32")
    if spot is None:
        return None
    return prefix(spot.first, 32 - (spot.last - spot.first).bit_length())


def length(item: int) -> int:
    """How long a prefix is."""
    return item & _LENGTH


def first(item: int) -> int:
    """Its first address."""
    return item >> _BITS


def size(item: int) -> int:
    """How many addresses it holds."""
    return 1 << (32 - (item & _LENGTH))


def holds(outer: int, inner: int) -> bool:
    """Whether all addresses of one prefix are in another; equal ones hold each other.

    >>> holds(parsed("10.0.0.0/8"), parsed("10.1.0.0/16")), holds(parsed("10.1.0.0/16"), parsed("10.0.0.0/8"))
    (True, False)
    """
    mask = outer & _LENGTH
    return mask <= (inner & _LENGTH) and ((inner >> _BITS) & _MASKS[mask]) == outer >> _BITS


def meet(one: int, other: int) -> bool:
    """Whether two prefixes share addresses: one holds the other."""
    return holds(one, other) or holds(other, one)


def around(item: int, mask: int) -> int:
    """The prefix of another, shorter length that holds this one."""
    return prefix(item >> _BITS, mask)


def text_of(item: int) -> str:
    """A prefix as people write it."""
    start = item >> _BITS
    return f"{start >> 24}.{start >> 16 & 255}.{start >> 8 & 255}.{start & 255}/{item & _LENGTH}"


def inside(ordered: Sequence[int], outer: int) -> Sequence[int]:
    """The prefixes of a sorted list that lie in another and are longer than it."""
    low = bisect_right(ordered, outer)
    return ordered[low : bisect_left(ordered, first(outer) + size(outer) << _BITS, low)]


def outermost(ordered: Iterable[int]) -> list[int]:
    """Of sorted prefixes, those that lie in none of the others."""
    found: list[int] = []
    for item in ordered:
        if not found or not holds(found[-1], item):
            found.append(item)
    return found


def parts(whole: int, within: Sequence[int]) -> list[int]:
    """What a prefix is cut into by the longer ones in it: each part is what a prefix holds beside those inside of it.

    `within` is sorted and lies in `whole`. A part without an address of its own is left out.

    >>> [text_of(item) for item in parts(parsed("10.0.0.0/8"), [parsed("10.0.0.0/9"), parsed("10.128.0.0/9")])]
    ['10.0.0.0/9', '10.128.0.0/9']
    """
    ordered = [whole, *dict.fromkeys(within)]
    return [
        item
        for index, item in enumerate(ordered)
        if size(item) > sum(map(size, outermost(inside(ordered, item) if index else ordered[1:])))
    ]


class Index:
    """Prefixes and what stands at each, found by what holds a prefix."""

    __slots__ = ("_at", "lengths", "ordered")

    def __init__(self, items: Iterable[int]) -> None:
        self._at = frozenset(items)
        self.ordered = sorted(self._at)
        self.lengths = tuple(sorted({item & _LENGTH for item in self._at}, reverse=True))

    def __bool__(self) -> bool:
        return bool(self._at)

    def __contains__(self, item: int) -> bool:
        return item in self._at

    def holding(self, item: int) -> list[int]:
        """Those that hold a prefix, the longest first; itself among them."""
        mask, start = item & _LENGTH, item >> _BITS
        return [found for own in self.lengths if own <= mask and (found := (start & _MASKS[own]) << _BITS | own) in self._at]

    def inside(self, item: int) -> Sequence[int]:
        """Those that lie in a prefix and are longer."""
        return inside(self.ordered, item)
