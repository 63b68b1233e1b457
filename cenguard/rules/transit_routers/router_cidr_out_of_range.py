"""A router's CIDR block is one that the service does not take.

What it does:
    Looks at the CIDR blocks of routers, which they take the addresses of gateways from. A block is not wider than /16 and not
    narrower than /24, lies outside 100.64.0.0/10, 224.0.0.0/4, 127.0.0.0/8 and 169.254.0.0/16, is there once in an instance,
    lies over no block of an attached network, and a router has five at most. A block that an update makes before it deletes the old one
    of the same addresses is there twice meanwhile.

Why it matters:
    The provider lets all of it pass. The service refuses the block, in the middle of an update, and what waits for it is not
    made.

Example:
    block = alicloud.cen.TransitRouterCidr(
        "block",
        transit_router_id=near.transit_router_id,
        cidr="100.64.0.0/12",
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    block = alicloud.cen.TransitRouterCidr(
        "block",
        transit_router_id=near.transit_router_id,
        cidr="192.168.10.0/24",
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    CreateTransitRouterCidr
"""

from collections.abc import Iterator, Mapping

from cenguard.findings import Finding, Level
from cenguard.geography.blocks import MOST_ROUTER_BLOCKS, Block, block, router_block_faults
from cenguard.network import Blocker, CenInstance, Network, identity
from cenguard.network.details import RouterBlock
from cenguard.resources import tokens
from cenguard.rules.about import finding_about
from cenguard.rules.attachments.blocks import Blocks, Claim, blocks_of
from cenguard.rules.beside import collisions
from cenguard.rules.remedies.zones import cause_of_block
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each block that a router does not take."""
    yield from _in_passing(network)
    seen: dict[tuple[CenInstance, Block], RouterBlock] = {}
    counts: dict[str, int] = {}
    # what stands was there first; where it is not known whose a block is, all others are known then
    blocks = network.details.router_blocks
    accepted = _accepted(network) if blocks else frozenset()
    for item in sorted(blocks, key=lambda block: (block.urn not in accepted, block.router_blocker is not None)):
        count = 0
        if item.router_address is not None:
            count = counts[item.router_address] = counts.get(item.router_address, 0) + 1
        text = item.block.value or ""
        spot, instance = block(text), item.router.instance if item.router else None
        faults = router_block_faults(text)
        blocker = item.block.blocker
        twin: RouterBlock | None = None
        crowded = count > MOST_ROUTER_BLOCKS
        if crowded:
            faults.append(f"is the {_ordinal(count)} of its router, which has {MOST_ROUTER_BLOCKS} at most")
        if spot is not None and instance is not None:
            twin = seen.setdefault((instance, spot), item)
            if twin is not item:
                faults.append(f"is there already as {twin.label}")
            claim, blocker = _covered(blocks_of(network, instance), spot)
            if claim is not None and blocker is None:
                faults.append(f"lies over {claim.text}, a block of {claim.name} that {claim.joining.name} attaches")
            elif not faults:
                over, blocker = _over_what_is_not_known(blocks_of(network, instance), spot, blocker)
                faults += over
        if item.router_blocker is not None and blocker is None and _may_be_refused(network, spot, seen, counts):
            blocker = item.router_blocker
        if item.urn in accepted or not (faults or blocker):
            continue
        yield finding_about(
            item,
            f"Block {text or 'not known'} of {item.label} {'; it '.join(faults)}.",
            question=f"a router takes the block of {item.label}",
            blocker=None if faults else blocker,
            because=(f"cidr of {item.label}: {text or 'not known'}",),
            fix=f"Take the block out: the router has {MOST_ROUTER_BLOCKS} already."
            if crowded
            else "Give the router another block, of 16 to 24 bits, that nothing else uses.",
            cause=None
            if crowded
            else cause_of_block(network, item, blocks_of(network, instance) if instance is not None else None),
            instance=instance if instance is not None and identity(instance) is None else None,
            related=(twin.urn,) if twin is not None and twin is not item else (),
        )


def _in_passing(network: Network) -> Iterator[Finding]:
    """A block that is made while the old one of the same addresses is there still, at another router or under another name."""
    made = {item.urn: item for item in network.details.router_blocks}
    for found in collisions(network, tokens.ROUTER_CIDR):
        item = made[found.urn]
        text, instance = item.block.value, item.router.instance if item.router else None
        yield finding_about(
            item,
            found.message(
                item.label,
                f"The update makes block {text} as {item.label}, and {found.until}: the service refuses a block that its instance has "
                "already, and the update fails half-way.",
            ),
            question=f"{item.label} is made before {found.old} is gone",
            blocker=found.blocker,
            because=(f"block {text} before this update: {found.old}",),
            fix=found.fix,
            instance=instance if instance is not None and identity(instance) is None else None,
        )


def _accepted(network: Network) -> frozenset[str]:
    """URNs of the blocks that stand, or stood on their router before an update that changes neither of the two."""
    blocks = network.details.router_blocks
    base = None if all(item.stands for item in blocks) else network.earlier
    old = {item.urn: item for item in base.details.router_blocks if item.stands} if base is not None else {}
    return frozenset(
        item.urn
        for item in blocks
        if item.stands
        or (
            (was := old.get(item.urn)) is not None
            and item.block.value is not None
            and (was.router_address, was.block.value) == (item.router_address, item.block.value)
        )
    )


def _may_be_refused(
    network: Network, spot: Block | None, seen: Mapping[tuple[CenInstance, Block], RouterBlock], counts: Mapping[str, int]
) -> bool:
    """Whether there is a router of the input that would not take a block, so that it matters which one it is for."""
    if max(counts.values(), default=0) >= MOST_ROUTER_BLOCKS:
        return True
    if spot is None:
        return False
    return any(
        (instance, spot) in seen or _covered(blocks_of(network, instance), spot)[0] is not None for instance in network.instances
    )


def _covered(blocks: Blocks, spot: Block) -> tuple[Claim | None, Blocker | None]:
    """A block of an attached network that a router's block lies over; with why that is not certain.

    A network's own block is more than what it hands over: whoever covers all of it covers its vSwitches as well.
    """
    possible: Claim | None = None
    for other, place in blocks.meeting(spot):
        for claim in place.claims:
            if not claim.bare or spot.holds(other):
                return claim, None
            possible = possible or claim
    return possible, possible.open if possible else None


def _over_what_is_not_known(blocks: Blocks, spot: Block, blocker: Blocker | None) -> tuple[list[str], Blocker | None]:
    """Networks with a vSwitch at a place that is not known: a fault where all of the network is covered, else why there may be one."""
    for joining, unknown in blocks.open:
        made = joining.network
        own = [found for text in (made.cidrs.value or () if made else ()) if (found := block(text)) is not None]
        if made is None or made.cidrs.blocker is not None or not own:
            blocker = blocker or unknown
        elif all(map(spot.holds, own)):
            return [f"lies over all of {made.name} that {joining.name} attaches"], None
        elif any(spot.holds(other) or other.holds(spot) for other in own):
            blocker = blocker or unknown
    return [], blocker


def _ordinal(number: int) -> str:
    """A number above five as people say it: 6th, 11th, 21st."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


RULE = Rule(
    code="CEN334",
    name="router-cidr-out-of-range",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
