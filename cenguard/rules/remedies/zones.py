"""Zones that a VPC attachment can map, from the vSwitches that the input has in its VPC; and blocks that a router can have."""

from collections.abc import Iterable

from cenguard.findings.fix import Draft, OneCause, Ref, Remedy, Value
from cenguard.geography.zones import lies_in
from cenguard.network import Attachment, Network
from cenguard.network.blocks import Block, block
from cenguard.network.details import Joining, RouterBlock, Switch
from cenguard.rules.attachments.blocks import Blocks
from cenguard.rules.remedies import parts

WANTED_ZONES = 2
"""Zones that are mapped where the vSwitches are there: with one, its failure cuts the VPC off."""


def cause_of_zones(network: Network, joining: Joining) -> OneCause | None:
    """A VPC attachment maps zones that it cannot: it takes vSwitches of its VPC, each in a zone of its own."""

    def made(_draft: Draft) -> Remedy | None:
        region = joining.item.region if isinstance(joining.item, Attachment) else None
        chosen: dict[str, Switch] = {}
        for switch in network.details.switches.get(joining.network_address or "", ()):
            zone = switch.zone.value
            if zone and (region is None or lies_in(zone, region, network.catalogue)):
                chosen.setdefault(zone, switch)
        if not chosen or (region is None and len({network.catalogue.region_of_zone(zone) for zone in chosen}) > 1):
            return None
        mappings: tuple[Value, ...] = tuple(
            {"zoneId": zone, "vswitchId": Ref(switch.urn)} for zone, switch in sorted(chosen.items())[:WANTED_ZONES]
        )
        return Remedy((parts.setting(joining.urn, {"zoneMappings": mappings}),))

    return OneCause(("zones", joining.urn), made, 4)


def cause_of_block(network: Network, item: RouterBlock, blocks: Blocks | None) -> OneCause | None:
    """A router cannot have a block: it gets one that nothing of the instance uses."""
    spots = [spot for other in network.details.router_blocks if (spot := block(other.block.value or "")) is not None]

    def made(draft: Draft) -> Remedy | None:
        free = next((text for text in _candidates() if _is_free(text, spots, blocks) and draft.reserve(text)), None)
        if free is None:
            return None
        return Remedy((parts.setting(item.urn, {"cidr": free}),))

    return OneCause(("block", item.urn), made, 4)


def _candidates() -> Iterable[str]:
    """Blocks at the end of the largest private one, where networks are seldom."""
    return (f"10.255.{third}.0/24" for third in range(255, -1, -1))


def _spot(text: str) -> Block:
    found = block(text)
    assert found is not None
    return found


def _is_free(text: str, spots: Iterable[Block], blocks: Blocks | None) -> bool:
    spot = _spot(text)
    if any(other.holds(spot) or spot.holds(other) for other in spots):
        return False
    return blocks is None or not any(True for _ in blocks.meeting(spot))
