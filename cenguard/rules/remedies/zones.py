"""Zones that a VPC attachment can map, from the vSwitches that the input has in its VPC; and blocks that a router can have."""

from collections.abc import Iterable

from cenguard.findings.fix import Add, Draft, OneCause, Ref, Remedy, Value
from cenguard.geography.blocks import Block, block
from cenguard.geography.zones import lies_in
from cenguard.network import Attachment, Network
from cenguard.network.details import Joining, RouterBlock, Switch
from cenguard.resources import tokens
from cenguard.rules.attachments.blocks import Blocks, blocks_of
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


def cause_of_missing_block(network: Network, joining: Joining) -> OneCause | None:
    """A router has no block to take addresses of gateways from: it gets one, and the attachment waits for it."""
    router = joining.router
    if router is None or router.urn is None:
        return None
    named, home = parts.router_id(router), network.surroundings.provider_of(router.urn)

    def made(draft: Draft) -> Remedy | None:
        free = _free(network, blocks_of(network, joining.item.instance), draft)
        if free is None:
            return None
        added = Add(
            name=draft.name(parts.plain(f"{router.name}-cidr")),
            type=tokens.ROUTER_CIDR,
            properties={"transitRouterId": named, "cidr": free, "publishCidrRoute": True},
            provider=home,
        )
        return Remedy((added, parts.setting(joining.urn, waits=[parts.added(added.name)])))

    return OneCause(("block of", router.urn), made, 6)


def cause_of_block(network: Network, item: RouterBlock, blocks: Blocks | None) -> OneCause | None:
    """A router cannot have a block: it gets one that nothing of the instance uses."""

    def made(draft: Draft) -> Remedy | None:
        free = _free(network, blocks, draft)
        if free is None:
            return None
        return Remedy((parts.setting(item.urn, {"cidr": free}),))

    return OneCause(("block", item.urn), made, 4)


def _free(network: Network, blocks: Blocks | None, draft: Draft) -> str | None:
    """A block that nothing uses, and no other fix takes."""
    spots = [spot for other in network.details.router_blocks if (spot := block(other.block.value or "")) is not None]
    return next((text for text in _candidates() if _is_free(text, spots, blocks) and draft.reserve(text)), None)


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
