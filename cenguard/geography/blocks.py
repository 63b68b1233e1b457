"""CIDR blocks: which of them collide when their networks are attached to one CEN instance.

Routes collide, not networks. A VPC hands over the blocks of its **vSwitches**, those cut from secondary blocks too: two
VPCs with one primary block attach and work while their vSwitches differ. Where two vSwitches have the same block, both
attachments stand, the routes show `Conflict`, and one side gets no traffic. Where one lies inside the other, the longer
prefix takes the traffic.

Source: "Why does a VPC route table or CEN prompt the route conflict error message" (2023-09-22) and DescribeRouteConflict;
a page of 2026-02-28 says that overlapping blocks fail, which the API does not.
"""

from typing import NamedTuple

WIDEST_ROUTER_BLOCK, NARROWEST_ROUTER_BLOCK = 16, 24
"""Prefix lengths of a router's CIDR block. Source: CreateTransitRouterCidr, `Cidr`."""
MOST_ROUTER_BLOCKS = 5
"""CIDR blocks of one router. Source: CreateTransitRouterCidr."""
RESERVED = ("100.64.0.0/10", "224.0.0.0/4", "127.0.0.0/8", "169.254.0.0/16")
"""What a router's CIDR block lies outside of. Source: CreateTransitRouterCidr, `Cidr`."""
_MOST_LETTERS = 40
"""No block is longer, and Python itself refuses to read thousands of digits."""


class Block(NamedTuple):
    """The addresses of a block, first and last; a block that contains another sorts before it."""

    first: int
    after: int
    """The negated last address."""

    @property
    def last(self) -> int:
        """The last address."""
        return -self.after

    def around(self, length: int) -> "Block":
        """The block with a shorter prefix that holds this one."""
        size = 1 << (32 - length)
        first = self.first & -size
        return Block(first, -(first + size - 1))

    def holds(self, other: "Block") -> bool:
        """Whether all addresses of another block are in this one; equal blocks hold each other."""
        return self.first <= other.first and other.last <= self.last


def block(text: str) -> Block | None:
    """The addresses of an IPv4 block, whatever bits follow the prefix; None for what is no block.

    >>> block("10.0.0.0/8").holds(block("10.1.0.0/16")), block("10.0.0.0/33")
    (True, None)
    """
    text = text.strip()
    if len(text) > _MOST_LETTERS:
        return None
    address, _, length = text.partition("/")
    parts = address.split(".")
    if len(parts) != 4 or not text.isascii() or not length.isdecimal() or not "".join(parts).isdecimal() or "" in parts:
        return None
    a, b, c, d = map(int, parts)
    bits = 32 - int(length)
    if bits < 0 or a > 255 or b > 255 or c > 255 or d > 255:
        return None
    size = 1 << bits
    first = ((a << 24) | (b << 16) | (c << 8) | d) & -size
    return Block(first, -(first + size - 1))


def is_ipv6_block(text: str) -> bool:
    """Whether a text is an IPv6 block. No verdict is given about one.

    >>> is_ipv6_block("2408::/32"), is_ipv6_block("10.0.0.0/8")
    (True, False)
    """
    import ipaddress  # few networks have one

    try:
        return ipaddress.ip_network(text.strip(), strict=False).version == 6 and "/" in text
    except ValueError:
        return False


def router_block_faults(text: str) -> list[str]:
    """Why a router takes no such block, whatever else there is; nothing for what is no block.

    Source: CreateTransitRouterCidr, `Cidr`.

    >>> router_block_faults("100.64.0.0/24"), router_block_faults("10.0.0.0/24")
    (['lies in 100.64.0.0/10'], [])
    """
    spot = block(text)
    if spot is None:
        return []
    length = int(text.rpartition("/")[2])
    found = []
    if length < WIDEST_ROUTER_BLOCK:
        found.append(f"is wider than /{WIDEST_ROUTER_BLOCK}")
    if length > NARROWEST_ROUTER_BLOCK:
        found.append(f"is narrower than /{NARROWEST_ROUTER_BLOCK}")
    for name in RESERVED:
        reserved = block(name)
        if reserved is not None and (reserved.holds(spot) or spot.holds(reserved)):
            found.append(f"lies in {name}" if reserved.holds(spot) else f"covers {name}")
    return found
