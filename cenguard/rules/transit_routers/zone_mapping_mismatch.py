"""A VPC attachment maps a zone of another region, one zone twice, or a vSwitch that lies elsewhere.

What it does:
    Compares the zones that a VPC attachment maps with the region of its router: the id of a zone begins with that of its
    region. No zone and no vSwitch may be there twice. A vSwitch of the program must lie in the zone it is mapped for, and in
    the VPC that is attached.

Why it matters:
    The provider lets all of it pass. The service refuses the attachment, in the middle of an update.

Example:
    lab = alicloud.cen.TransitRouterVpcAttachment(
        "lab",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id="vpc-3",
        zone_mappings=[
            {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-5"},
            {"zone_id": "cn-shanghai-f", "vswitch_id": "vsw-6"},
        ],
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )

Instead:
    lab = alicloud.cen.TransitRouterVpcAttachment(
        "lab",
        cen_id=core.id,
        transit_router_id=near.transit_router_id,
        vpc_id="vpc-3",
        zone_mappings=[
            {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-5"},
            {"zone_id": "cn-hangzhou-k", "vswitch_id": "vsw-6"},
        ],
        opts=pulumi.ResourceOptions(provider=hangzhou),
    )
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router;
    CreateTransitRouterVpcAttachment, `ZoneMappings`
"""

from collections.abc import Iterator, Mapping

from cenguard.findings import Finding, Level
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.zones import lies_in, twice
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.all_details import Details
from cenguard.network.details import Joining, Switch
from cenguard.network.once import once
from cenguard.resources.urns import is_resource
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import listed
from cenguard.rules.remedies.zones import cause_of_zones
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each VPC attachment with such a mapping."""
    known: dict[tuple[str | None, tuple[str | None, ...]], tuple[str, ...]] = {}
    """Faults by region and zones: many attachments of a router map the same ones."""
    details = network.details
    holds_switches = bool(details.switches)
    for joining in details.routed:
        item = joining.item
        if not isinstance(item, Attachment) or item.kind != "VPC" or item.stands:
            continue
        mappings = joining.mappings
        asked = item.region, tuple([mapping.zone for mapping in mappings])
        faults = known.get(asked)
        if faults is None:
            zones = tuple(filter(None, asked[1]))
            faults = known[asked] = (
                *_zones(network.catalogue, item.region, zones),
                *(f"zone {zone} twice" for zone in twice(zones)),
            )
        switches = [mapping.switch for mapping in mappings]
        if len(set(switches)) < len(switches):
            faults += tuple([f"vSwitch {switch} twice" for switch in twice(switches) if switch])
        if holds_switches:
            faults += (*_too_few(joining), *_switches(details, joining))
        blocker = None
        if not faults:
            if item.region is None and holds_switches and _are_where_the_router_is(joining):
                continue
            if not mappings or item.region is None or None in asked[1]:
                blocker = _blocker(joining, item)
            if blocker is None and holds_switches:
                blocker = _of_a_switch(joining)
            if blocker is None:
                continue
        old = _before(network).get(joining.urn)
        if old is not None and _what_is_asked(old) == _what_is_asked(joining):
            continue
        yield finding_about(
            joining,
            f"{joining.label} maps {'; it maps '.join(faults)}.",
            question=f"{joining.label} maps zones of its router's region, each with a vSwitch of its VPC",
            blocker=blocker,
            because=(
                f"region of the router of {joining.label}: {item.region or 'not known'}",
                f"zones of zoneMappings: {listed(filter(None, asked[1])) or 'not known'}",
            ),
            fix="Map zones of the router's region, each once, with a vSwitch of the VPC in that zone.",
            cause=cause_of_zones(network, joining),
            instance=item.instance,
        )


@once
def _before(network: Network) -> Mapping[str, Joining]:
    """The attachments that the service has accepted, as they were before the update that changes them, by URN."""
    base = network.earlier
    return {} if base is None else {item.urn: item for item in base.details.routed if item.stands}


def _what_is_asked(joining: Joining) -> tuple[object, ...]:
    """What the service looks at."""
    mappings = [(mapping.zone, mapping.switch) for mapping in joining.mappings]
    return joining.item.region if isinstance(joining.item, Attachment) else None, joining.network_address, mappings


def _zones(catalogue: Catalogue, region: str | None, zones: tuple[str, ...]) -> Iterator[str]:
    """Zones of another region; while the region is not known, zones of several."""
    if region is not None:
        for zone in dict.fromkeys(zones):
            if not lies_in(zone, region, catalogue):
                home = catalogue.region_of_zone(zone)
                yield f"zone {zone}{f' of {home}' if home and home != region else ''}, and its router lies in {region}"
        return
    homes = sorted({home for zone in zones if (home := catalogue.region_of_zone(zone))})
    if len(homes) > 1:
        yield f"zones of {listed(homes)}, and its router lies in one region"


def _too_few(joining: Joining) -> Iterator[str]:
    """Fewer vSwitches than zones."""
    nameless = sum(mapping.switch is None for mapping in joining.mappings)
    switches = _nameless(joining)
    if 0 < len(switches) < nameless:
        yield f"vSwitch {listed(item.label for item in switches)} for {nameless} zones"


def _nameless(joining: Joining) -> list[Switch]:
    """The vSwitches that the mappings take and do not tell: new ones, whose ids are not known."""
    told = {mapping.made.urn for mapping in joining.mappings if mapping.made is not None}
    if not told:
        return list(joining.mapped)
    return [switch for switch in joining.mapped if switch.urn not in told]


def _switches(details: Details, joining: Joining) -> Iterator[str]:
    """The vSwitches of the input that lie in another zone or VPC."""
    for mapping in joining.mappings:
        made = mapping.made
        if made is None:
            continue
        if mapping.zone and made.zone.value and made.zone.value != mapping.zone:
            yield f"zone {mapping.zone} with vSwitch {made.label}, which lies in {made.zone.value}"
        if _is_of_another(details, made, joining):
            yield f"vSwitch {made.label}, which lies in another VPC"
    mapped = _nameless(joining)
    nameless = [mapping for mapping in joining.mappings if mapping.switch is None]
    if not mapped or len(mapped) > len(nameless):
        return
    for switch in mapped:
        if _is_of_another(details, switch, joining):
            yield f"vSwitch {switch.label}, which lies in another VPC"
    wanted = [mapping.zone for mapping in nameless if mapping.zone]
    if len(wanted) < len(nameless):
        return
    told = [switch for switch in mapped if switch.zone.value]
    strays = [switch for switch in told if switch.zone.value not in wanted]
    for switch in strays:
        yield f"vSwitch {switch.label}, which lies in {switch.zone.value}, for zone {listed(dict.fromkeys(wanted), joint=' or ')}"
    lying = [switch.zone.value for switch in told]
    if not strays and len(mapped) == len(wanted) and any(lying.count(zone) > wanted.count(zone) for zone in lying if zone):
        names = listed(f"{switch.label} in {switch.zone.value}" for switch in told)  # each is mapped once
        yield f"zones {listed(wanted)} with vSwitches that lie in others: {names}"


def _is_of_another(details: Details, switch: Switch, joining: Joining) -> bool:
    """Whether a vSwitch lies in another VPC than the one that is attached: both must be told."""
    ours, theirs = joining.network_address, switch.network
    told = [address for address in (ours, theirs) if address and (address in details.networks or not is_resource(address))]
    return len(told) == 2 and ours != theirs


def _are_where_the_router_is(joining: Joining) -> bool:
    """Whether the zones are those of vSwitches that the router's own provider makes: they lie in its region, whichever that is."""
    provider = joining.router.provider if joining.router else joining.provider
    switches = [mapping.made for mapping in joining.mappings if mapping.made] or joining.mapped
    zones = sorted(mapping.zone or "" for mapping in joining.mappings)
    made = all(switch.provider == provider for switch in switches)
    return bool(provider and zones and zones[0]) and made and sorted(switch.zone.value or "" for switch in switches) == zones


def _of_a_switch(joining: Joining) -> Blocker | None:
    """Why a vSwitch of the input may lie in another zone than the one that it is mapped for."""
    switches = [mapping.made for mapping in joining.mappings if mapping.made and mapping.zone] or joining.mapped
    return next((switch.zone.blocker for switch in switches if switch.zone.value is None and switch.zone.blocker), None)


def _blocker(joining: Joining, item: Attachment) -> Blocker | None:
    """Why zones may lie elsewhere."""
    if not joining.mappings:
        return joining.zones.blocker
    told = next((mapping.blocker for mapping in joining.mappings if mapping.blocker is not None), None)
    return told or (item.region_blocker if item.region is None else None)


RULE = Rule(
    code="CEN319",
    name="zone-mapping-mismatch",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
