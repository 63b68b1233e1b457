"""The networks of an instance, and the blocks that each hands over."""

import msgspec

from cenguard.network import Attachment, Blocker, Network
from cenguard.network.all_details import Details
from cenguard.network.once import once
from cenguard.network.prefixes import EVERYTHING, holds, parsed
from cenguard.network.routing import End, NetworkTables

ON_PREMISES = frozenset({"VBR", "VPN", "ECR", "CCN"})
"""Kinds of networks whose own routes no input tells."""
PUBLISHES = {"VPC": False, "VBR": False, "VPN": True, "ECR": True}
"""Whether an attachment of each kind publishes where it does not say.

Source: CreateTransitRouterVpcAttachment, CreateTransitRouterVbrAttachment, CreateTransitRouterVpnAttachment,
`AutoPublishRouteEnabled`; an Express Connect Router takes the routes always.
"""
NOTHING = NetworkTables()
_SETTLES = "its vSwitches, or `cidrs` of the network in an inventory, would settle it"


class Blocks(msgspec.Struct, frozen=True, kw_only=True):
    """What a network hands over."""

    handed: tuple[int, ...] = ()
    """Blocks it is known to hand over; of a coarse one, blocks they lie in."""
    own: tuple[int, ...] = ()
    """vSwitch blocks: what is in one of them the network keeps."""
    around: tuple[int, ...] = ()
    """Blocks of a VPC in which vSwitches lie whose own blocks are not known."""
    coarse: bool = False
    """Whether only the VPC's own blocks are known, and not those of its vSwitches."""
    advertised: tuple[int, ...] = ()
    """Of those handed over, what is a route and no subnet: entries of its own table that are published, and what on-premises networks have."""
    may_advertise: bool = False
    """Whether it publishes an entry whose block is not known."""
    blocker: Blocker | None = None
    """Why these may not be all, or only coarse ones."""
    open: bool = False
    """Whether it hands over something that is not known."""
    vouched: bool = False

    @property
    def touched(self) -> tuple[int, ...]:
        """Blocks that something which it hands over is or may lie in."""
        return (*self.handed, *self.around) if self.around else self.handed

    @property
    def somewhere(self) -> tuple[int, ...]:
        """Blocks in which it has vSwitches, at a place that is not known."""
        return tuple(filter(self.is_coarse, self.handed)) if self.coarse else self.around

    def is_coarse(self, block: int) -> bool:
        """Whether a block is one of the VPC's own, of which it hands over what its vSwitches have."""
        return self.coarse and block not in self.advertised

    def lies_within(self, block: int) -> bool:
        """Whether what it hands over is not a block itself, but lies somewhere in it."""
        return self.is_coarse(block) or block in self.around


UNTOLD = Blocks(open=True)
"""Of the many networks of which nothing is told but an id; why that is so, a `Member` says when somebody asks."""


class Member(msgspec.Struct, kw_only=True, eq=False):
    """A network of an instance, by one of its attachments."""

    end: End
    item: Attachment
    key: str
    blocks: Blocks
    tables: NetworkTables
    meets: bool = False
    """Whether another network of the instance has a block that shares addresses with one of its own."""

    @property
    def kind(self) -> str:
        """VPC, VBR, CCN, VPN or ECR."""
        return self.item.kind

    @property
    def label(self) -> str:
        """How messages call it."""
        return self.key

    @property
    def blocker(self) -> Blocker | None:
        """Why the blocks it hands over may not be all, or only coarse ones."""
        if self.blocks is UNTOLD:
            return _untold(self.end)
        return self.blocks.blocker

    @property
    def pieces(self) -> tuple[int | None, ...]:
        """The blocks to ask for; None for whatever else it hands over.

        0.0.0.0/0 that a network with blocks of its own advertises is the way to the Internet, which nobody has to take.
        """
        blocks = self.blocks
        handed = blocks.handed
        if blocks.advertised and len(handed) > 1:
            handed = tuple(block for block in handed if block != EVERYTHING)
        return (*handed, None) if blocks.open else handed

    def publishes(self) -> tuple[bool | None, Blocker | None]:
        """Whether the router writes its table into the network; None, with the reason, where that is not known."""
        item, given = self.item, self.end.publishes
        if item.direct or item.kind == "ECR":
            return True, None
        if given.blocker is not None:
            return None, given.blocker
        return (PUBLISHES.get(item.kind, False) if given.value is None else given.value), None


def are_one(first: Member, second: Member) -> bool:
    """Whether two are one network: by its address, where that is known of it."""
    return first is second or (first.end.network is not None and first.end.network == second.end.network)


class NetworkBlocks:
    """What networks hand over, of each worked out once."""

    def __init__(self, network: Network) -> None:
        self._details, self._tables = network.details, network.routing.networks
        self._switches, self._declared = network.details.switches, network.details.networks
        self._found: dict[str, Blocks] = {}

    def of(self, end: End, kind: str) -> Blocks:
        """What the network of an attachment hands over: vSwitch blocks, else an inventory's, else the VPC's own.

        A router learns the blocks of a VPC's vSwitches, and not the VPC's. Source: https://www.alibabacloud.com/help/doc-detail/106224.htm
        """
        address = end.network or end.address
        tables = self._tables.get(address)
        if tables is None and not (kind == "VPC" and (address in self._switches or address in self._declared)):
            return UNTOLD
        found = self._found.get(address)
        if found is None:
            tables = tables or NOTHING
            found = _vpc(self._details, end, address, tables) if kind == "VPC" else _told(end, tables)
            if tables.advertised:
                more = tuple(dict.fromkeys(block for block, _ in tables.advertised if block not in found.handed))
                found = msgspec.structs.replace(found, handed=(*found.handed, *more), advertised=(*found.advertised, *more))
            if tables.advertised_blocker is not None:
                found = msgspec.structs.replace(
                    found, open=True, may_advertise=True, blocker=found.blocker or tables.advertised_blocker
                )
            self._found[address] = found
        return found


@once
def blocks_of(network: Network) -> NetworkBlocks:
    """What the networks of an input hand over."""
    return NetworkBlocks(network)


def _vpc(details: Details, end: End, address: str, tables: NetworkTables) -> Blocks:
    switches = details.switches.get(address, ())
    if len(switches) == 1 and switches[0].block.blocker is None:  # nearly always
        block = parsed(switches[0].block.value or "")
        if block is not None:
            return Blocks(handed=(block,), own=(block,))
    if switches:
        own = tuple(
            dict.fromkeys(block for item in switches if item.block.value and (block := parsed(item.block.value)) is not None)
        )
        blocker = next((item.block.blocker for item in switches if item.block.blocker is not None), None)
        if own or blocker is not None:
            around = _declared(details, address) if blocker is not None else ()
            around = tuple(block for block in around if block not in own)
            return Blocks(handed=own, own=own, around=around, blocker=blocker, open=blocker is not None)
    if tables.told:
        return Blocks(handed=tables.told, own=tables.told, vouched=True)
    declared = details.networks.get(address)
    given = declared.cidrs if declared is not None else None
    if given is not None and given.value:
        blocks = _declared(details, address)
        coarse = Blocker(
            f"vswitches {address}", f"of {end.name} only the VPC's own blocks are in the input, and not its vSwitches'", _SETTLES
        )
        return Blocks(handed=blocks, coarse=True, blocker=given.blocker or coarse, open=given.blocker is not None)
    return _told(end, tables)


def _declared(details: Details, address: str) -> tuple[int, ...]:
    """The VPC's own blocks."""
    declared = details.networks.get(address)
    given = declared.cidrs.value if declared is not None else None
    return tuple(dict.fromkeys(block for text in given or () if (block := parsed(text)) is not None))


def _told(end: End, tables: NetworkTables) -> Blocks:
    if tables.told:
        return Blocks(handed=tables.told, advertised=tables.told, vouched=True)
    return UNTOLD if tables is NOTHING else Blocks(open=True, blocker=_untold(end))


def _untold(end: End) -> Blocker:
    name = end.name or end.address
    return Blocker(
        f"blocks {end.network or end.address}",
        f"the blocks that {name} hands over are not in the input",
        "`cidrs` of the network in an inventory would settle it",
    )


def meeting(members: list[Member]) -> list[int]:
    """Blocks that share addresses with a block of another member, sorted; marks the members."""
    owners: dict[int, list[Member]] = {}
    for member in members:
        for block in member.blocks.touched:
            owners.setdefault(block, []).append(member)
    found: set[int] = set()
    above: list[int] = []
    for block in sorted(owners):
        here = owners[block]
        while above and not holds(above[-1], block):
            above.pop()
        if len(here) > 1:
            found.add(block)
        for outer in above:
            if any(member is not other for member in here[:2] for other in owners[outer][:2]):
                found.update((outer, block))
        above.append(block)
    for block in found:
        for member in owners[block]:
            member.meets = True
    return sorted(found)
