"""What must hold for the networks that a user wants to attach, alone and beside each other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import combinations

from cenguard.errors import Problem, nearest
from cenguard.geography.blocks import MOST_ROUTER_BLOCKS, router_block_faults
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import CCN_PREFIX, is_ccn, surrounding
from cenguard.geography.zones import MOST_ZONES, lies_in, twice
from cenguard.planning.argument_values import shown
from cenguard.planning.arguments import RouteTable, WantedNetwork
from cenguard.planning.plan import Edition

KINDS: Mapping[Edition, tuple[str, ...]] = {
    Edition.BASIC: ("VPC", "VBR", "CCN"),
    Edition.ENTERPRISE: ("VPC", "VBR", "VPN", "ECR"),
}
"""Networks that each edition attaches.

Source: AttachCenChildInstance for Basic; the attachments of a transit router for Enterprise. The router of a Cloud
Connect Network's region is always Basic and made by the service, so an Enterprise network leaves such networks out.
"""

_PREFIXES = {
    "vpc-": "VPC",
    "vbr-": "VBR",
    "ccn-": "CCN",
    "vco-": "VPN connection",
    "ecr-": "ECR",
    "cen-": "CEN instance",
    "cenbwp-": "bandwidth package",
}
_OWN_PREFIX = {"VPC": "vpc-", "VBR": "vbr-", "CCN": "ccn-", "VPN": "vco-", "ECR": "ecr-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two networks whose blocks share addresses without being equal: legal, the longer prefix wins."""

    networks: tuple[str, str]
    blocks: tuple[str, str]

    def __str__(self) -> str:
        (first, second), (a, b) = self.networks, self.blocks
        return f"{first} ({a}) and {second} ({b}) overlap: the more specific route takes the traffic of both"


def foreign_prefix(identifier: object, own: str) -> str | None:
    """What an id written out plainly belongs to, when its prefix is another thing's; never reads an output.

    >>> foreign_prefix("vbr-1", "vpc-"), foreign_prefix("vpc-1", "vpc-")
    ('VBR', None)
    """
    if not isinstance(identifier, str) or identifier.startswith(own):
        return None
    return next((kind for prefix, kind in _PREFIXES.items() if identifier.startswith(prefix)), None)


def check_networks(
    networks: Mapping[str, WantedNetwork],
    edition: Edition | None,
    tables: Mapping[str, RouteTable],
    areas: Mapping[str, str],
    catalogue: Catalogue,
) -> Iterator[Problem]:
    """Every problem of the networks and of the route tables they name."""
    for key, network in networks.items():
        path = f"networks.{key}"
        yield from check_region(path, network["region"], network["kind"], areas, catalogue)
        yield from check_kind(path, network["kind"], network["id"], edition)
        if edition is Edition.BASIC:
            yield from _basic_problems(path, network)
        elif edition is Edition.ENTERPRISE:
            yield from _enterprise_problems(path, network, tables)
            yield from _zone_problems(path, network, catalogue)
        owner = network.get("owner")
        if network.get("grant") is not None and owner is None:
            yield Problem(f"{path}.owner", "missing: a grant is made by the account that owns the network; name it")
        if isinstance(owner, str) and not owner.isdecimal():
            yield Problem(f"{path}.owner", "is not an account number, which has digits only")
    yield from _shared_ids(networks)
    pairs = {f"{a}-{b}" for a, b in combinations(sorted({network["region"] for network in networks.values()}), 2)}
    for key in sorted(pairs & set(networks)):
        yield Problem(
            f"networks.{key}", "the key reads like a pair of regions, which names the peer between them: choose another"
        )
    yield from _identical_blocks(networks)
    regions = sorted({network["region"] for network in networks.values()})
    for key, table in tables.items():
        path = f"route_tables.{key}"
        if edition is Edition.BASIC:
            yield Problem(path, "needs the enterprise edition: basic routers route everything by themselves")
        if networks and table["region"] not in regions:
            close = nearest(table["region"], regions)
            hint = f"; did you mean {close}?" if close else f"; networks lie in {', '.join(regions)}"
            yield Problem(f"{path}.region", f"no network lies in {shown(table['region'])}{hint}")
        if key in regions:
            yield Problem(path, "a region's name is the key of the table that each region has anyway: choose another")


def check_router_cidrs(
    cidrs: Mapping[str, Sequence[str]], edition: Edition | None, networks: Mapping[str, WantedNetwork]
) -> Iterator[Problem]:
    """Blocks of routers that this network makes: such as a router takes, each once on an instance, and over no network."""
    if cidrs and edition is Edition.BASIC:
        yield Problem("router_cidrs", "needs the enterprise edition: a basic router attaches no VPN connection")
        return
    regions = sorted({network["region"] for network in networks.values()})
    seen: dict[str, str] = {}
    for region, blocks in sorted(cidrs.items()):
        if networks and region not in regions:
            close = nearest(region, regions)
            hint = f"; did you mean {close}?" if close else f"; networks lie in {', '.join(regions)}"
            yield Problem(f"router_cidrs.{region}", f"no network lies in {shown(region)}{hint}")
        if len(blocks) > MOST_ROUTER_BLOCKS:
            yield Problem(f"router_cidrs.{region}", f"{len(blocks)} blocks: a router has {MOST_ROUTER_BLOCKS} at most")
        for index, block in enumerate(blocks):
            path = f"router_cidrs.{region}[{index}]"
            for fault in router_block_faults(block):
                yield Problem(path, f"{block} {fault}")
            for key, network in sorted(networks.items()):
                for other in network["cidrs"]:
                    if IPv4Network(block).overlaps(IPv4Network(other)):
                        yield Problem(path, f"{block} lies over {other}, a block of networks.{key}")
            first = seen.setdefault(block, path)
            if first != path:
                yield Problem(path, f"{block} is also {first}: a block is there once on an instance")


def overlaps(networks: Mapping[str, WantedNetwork]) -> tuple[Overlap, ...]:
    """Pairs of networks whose stated blocks overlap without being equal; each pair once."""
    return tuple(
        Overlap(networks=(first, second), blocks=(a, b))
        for (first, one), (second, other) in combinations(sorted(networks.items()), 2)
        for a in one["cidrs"]
        for b in other["cidrs"]
        if a != b and IPv4Network(a).overlaps(IPv4Network(b))
    )


def check_region(path: str, region: str, kind: str, areas: Mapping[str, str], catalogue: Catalogue) -> Iterator[Problem]:
    """Whether a network's region exists, and is one for its kind."""
    if surrounding(region) not in catalogue.regions and region not in areas:
        close = catalogue.nearest_region(surrounding(region))
        hint = f"; did you mean {close}?" if close else f"; state its area: areas {{{region!r}: ...}}"
        yield Problem(f"{path}.region", f"{shown(region)} is not in the area catalogue {catalogue.edition}{hint}")
    if kind == "CCN" and not catalogue.has_ccn(region) and surrounding(region) in catalogue.regions:
        yield Problem(f"{path}.region", f"no CCN is known in {shown(region)}: CCNs lie in {', '.join(catalogue.ccn_regions)}")
    elif kind == "CCN" and not is_ccn(region):
        yield Problem(f"{path}.region", f"{shown(region)} is no region of a CCN: write {shown(CCN_PREFIX + region)}")
    elif kind != "CCN" and is_ccn(region):
        yield Problem(
            f"{path}.region", f"{shown(region)} is a region of CCNs only: write {shown(surrounding(region))}, or kind CCN"
        )


def check_kind(path: str, kind: str, identifier: object, edition: Edition | None) -> Iterator[Problem]:
    """Whether the edition attaches such a network, and its id, when written out, is one."""
    kinds = KINDS[edition] if edition else tuple(_OWN_PREFIX)
    if kind not in kinds:
        of = f" on the {edition} edition" if edition and kind in _OWN_PREFIX else ""
        yield Problem(f"{path}.kind", f"{shown(kind)} is not {', '.join(kinds[:-1])} or {kinds[-1]}{of}")
    elif (other := foreign_prefix(identifier, _OWN_PREFIX[kind])) is not None:
        yield Problem(f"{path}.id", f"is the id of a {other}, and kind says {kind}")


def _basic_problems(path: str, network: WantedNetwork) -> Iterator[Problem]:
    for name in ("vswitches", "zones", "table", "name", "tags"):
        if network.get(name):
            yield Problem(f"{path}.{name}", "needs the enterprise edition: an attachment of the basic one has none")


def _enterprise_problems(path: str, network: WantedNetwork, tables: Mapping[str, RouteTable]) -> Iterator[Problem]:
    if network["kind"] == "VPC" and not 1 <= len(network["vswitches"]) <= MOST_ZONES:
        found = f"{len(network['vswitches'])} zones" if network["vswitches"] else "missing"
        yield Problem(
            f"{path}.vswitches", f"{found}: a vSwitch id for each of 1 to {MOST_ZONES} zones, two zones are recommended"
        )
    if network["kind"] != "VPC" and network["vswitches"]:
        yield Problem(f"{path}.vswitches", f"goes with a VPC, not with a {network['kind']}")
    if network["kind"] == "VPN" and not network["zones"]:
        yield Problem(f"{path}.zones", "missing: the zones of the router that the connection is made in")
    if network["kind"] != "VPN" and network["zones"]:
        cure = "name them as keys of vswitches" if network["kind"] == "VPC" else "leave it out"
        yield Problem(f"{path}.zones", f"goes with a VPN, not with a {network['kind']}: {cure}")
    if network["kind"] == "ECR" and network.get("grant") is not None:
        yield Problem(f"{path}.grant", "an ECR is granted by its own product, in its owner's stack: leave it out")
    key = network.get("table")
    if key is None:
        return
    table = tables.get(key)
    if table is None:
        close = nearest(key, tables)
        hint = f"; did you mean {close}?" if close else f": {', '.join(sorted(tables)) or 'there are none'}"
        yield Problem(f"{path}.table", f"{shown(key)} is not a key of route_tables{hint}")
    elif table["region"] != network["region"]:
        yield Problem(f"{path}.table", f"{shown(key)} lies in {table['region']}, the network in {network['region']}")


def _zone_problems(path: str, network: WantedNetwork, catalogue: Catalogue) -> Iterator[Problem]:
    """Zones of another region, and zones and vSwitches that are there twice."""
    region, switches, zones = network["region"], network["vswitches"], network["zones"]
    where = f"{path}.{'vswitches' if switches else 'zones'}"
    for zone in dict.fromkeys((*switches, *zones)):
        if not lies_in(zone, region, catalogue):
            home = catalogue.region_of_zone(zone)
            lies = f"lies in {home}" if home and home != region else "is no zone"
            yield Problem(where, f"{shown(zone)} {lies}, and the zones of {region} begin with its id")
    for zone in twice(zones):
        yield Problem(where, f"{shown(zone)} is there twice")
    seen: dict[object, str] = {}
    for zone, switch in switches.items():
        # An output is the same vSwitch only when it is the same object: its value is not known yet.
        first = seen.setdefault(switch if isinstance(switch, str) else id(switch), zone)
        if first != zone:
            yield Problem(f"{where}.{zone}", f"is the vSwitch of {first}: a vSwitch lies in one zone")


def _shared_ids(networks: Mapping[str, WantedNetwork]) -> Iterator[Problem]:
    seen: dict[object, str] = {}
    for key, network in sorted(networks.items()):
        # An output is the same network only when it is the same object: its value is not known yet.
        mark = network["id"] if isinstance(network["id"], str) else id(network["id"])
        first = seen.setdefault(mark, key)
        if first != key:
            yield Problem(f"networks.{key}.id", f"is the network of networks.{first}: an instance attaches a network once")


def _identical_blocks(networks: Mapping[str, WantedNetwork]) -> Iterator[Problem]:
    """Blocks that two networks hand over may overlap, not be equal: see `cenguard.geography.blocks`."""
    seen: dict[str, str] = {}
    for key, network in sorted(networks.items()):
        for block in dict.fromkeys(network["cidrs"]):
            first = seen.setdefault(block, key)
            if first != key:
                yield Problem(
                    f"networks.{key}.cidrs",
                    f"{block} is also in networks.{first}.cidrs: the routes would collide, and one of the two would get no traffic; "
                    "write the blocks of the vSwitches, which are what a network hands over",
                )
