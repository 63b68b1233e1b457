"""Today's network and the new one, side by side: what connects each pair of regions, and who reaches whom.

The new network is laid into the input in the place of what is Basic in it: the networks' own route tables, their vSwitches
and what is advertised stay as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from cenguard.assembly import assemble
from cenguard.findings.upgrade_answer import NetworksBeforeAndAfter, PairBeforeAndAfter
from cenguard.geography.areas import AreaPair
from cenguard.judging.options import Options
from cenguard.network import CenInstance, Network, whole
from cenguard.network.connectivity import UNCONNECTED, Disposition, connectivity_of
from cenguard.network.known import Inventory, KnownPackage
from cenguard.resources.records import Records
from cenguard.routes.dispositions import GOOD, Way
from cenguard.routes.estate import routes_of
from cenguard.routes.groups import Group, groups_of, pairs_of, within_bound
from cenguard.routes.members import ON_PREMISES, Member
from cenguard.upgrade.before import Held, Today
from cenguard.upgrade.parts import NewPeer
from cenguard.upgrade.records import Ids, NewNetwork

OUTSIDE = "cenbwp-outside-"
"""How the made-up id of a package begins that stands outside of the input."""
_REACHED = frozenset({*GOOD, Way.REACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tomorrow:
    """The new network in the place of the old one."""

    network: Network
    instance: CenInstance


def tomorrow_of(
    today: Today, new: NewNetwork, sources: Sequence[Records], options: Options, ids: Ids, replaced: Iterable[str]
) -> Tomorrow:
    """The input with the new network in it; `replaced` are URNs that are not there any more."""
    instance = today.instance
    gone = {
        *replaced,
        *(item.urn for item in (*instance.attachments, *instance.limits) if item.urn),
    }
    kept = [_kept(source, gone, ids) for source in sources]
    records, packages = _with_packages_outside(today, new, ids)
    inventory = _kept_inventory(options.inventory.on(options.day), instance)
    inventory = msgspec.structs.replace(inventory, packages={**inventory.packages, **packages})
    network = assemble([*kept, records], catalogue=options.catalogue, inventory=inventory, shared=options.settings.shared)
    name = ids.of_instance(today)
    found = next(item for item in network.instances if name in (item.id, item.urn) or (item.urn and item.urn == instance.urn))
    return Tomorrow(network=network, instance=found)


def _kept(source: Records, gone: set[str], ids: Ids) -> Records:
    """A source without what is Basic, in which everything that the new network names has an id."""
    resources = [
        msgspec.structs.replace(item, id=ids.made[item.urn]) if item.urn in ids.made else item
        for item in source.resources
        if item.urn not in gone
    ]
    return replace(
        source,
        resources=resources,
        deleted=[],
        retained=[item for item in source.retained if item.urn not in gone],
        pending=[],
        uncertain=[],
        left_out=[],
        gone=[],
    )


def _with_packages_outside(today: Today, new: NewNetwork, ids: Ids) -> tuple[Records, dict[str, KnownPackage]]:
    """The new network's resources, in which peers of a package that is not known draw on one outside of the input."""
    packages: dict[str, KnownPackage] = {}
    given: dict[str, str] = {}
    instance = today.instance
    for urn, peer in new.open_peers.items():
        area_pair = today.network.catalogue.area_pair(peer.regions)
        if not isinstance(area_pair, AreaPair) or (peer.mbps is None and peer.pair.disposition is not Disposition.OUTSIDE):
            continue
        several = instance.index.packages.get(area_pair, ())
        name = ids.of_package(several[0].package) if several else None
        if name is None:
            name = f"{OUTSIDE}{'-'.join(area_pair.names).lower()}"
            packages[name] = KnownPackage(id=name, area_pair=area_pair, instance=new.cen)
        given[urn] = name
    if not given:
        return new.records, packages
    resources = [
        msgspec.structs.replace(item, inputs={**item.inputs, "cenBandwidthPackageId": given[item.urn]})
        if item.urn in given
        else item
        for item in new.records.resources
    ]
    return replace(new.records, resources=resources), packages


def _kept_inventory(inventory: Inventory, instance: CenInstance) -> Inventory:
    """An inventory without the networks and limits of an instance."""
    return msgspec.structs.replace(
        inventory,
        attachments=[item for item in inventory.attachments if item.instance != instance.id],
        limits=[item for item in inventory.limits if item.instance != instance.id],
    )


# ------------------------------------------------------------------ pairs of regions


def compared_pairs(today: Today, tomorrow: Tomorrow, peers: Iterable[NewPeer]) -> tuple[PairBeforeAndAfter, ...]:
    """Every pair of regions, with what connects it today and then."""
    by_pair = {item.regions: item for item in peers}
    connections = connectivity_of(tomorrow.network)[tomorrow.instance].connections
    found = []
    for pair in today.pairs:
        peer, connection = by_pair.get(pair.regions), connections.get(pair.regions)
        after = connection.disposition if connection is not None else Disposition.SAME_REGION
        if connection is None and pair.disposition is not Disposition.SAME_REGION:
            after = Disposition.UNDETERMINED
        if pair.of_a_ccn and peer is not None:
            after = Disposition.UNDETERMINED
        carries = peer is not None and after not in UNCONNECTED and after is not Disposition.BROKEN
        found.append(
            PairBeforeAndAfter(
                regions=pair.regions.names,
                mbps_before=whole(pair.mbps),
                mbps=whole(peer.mbps) if peer is not None and carries else None,
                disposition_before=pair.disposition,
                disposition=after,
            )
        )
    return tuple(found)


# ------------------------------------------------------------------ pairs of networks


def compared_networks(
    today: Today, tomorrow: Tomorrow, attachments: Mapping[str, Held]
) -> tuple[NetworksBeforeAndAfter, ...] | None:
    """The pairs of networks that do not fare as before; None where there are too many kinds of networks to tell.

    `attachments` says whose each new attachment is, by its URN.
    """
    before, after = routes_of(today.network)[today.instance], routes_of(tomorrow.network)[tomorrow.instance]
    then = {held.address: member for member in after.members if (held := attachments.get(member.end.item.urn or "")) is not None}
    kinds_then = {id(member): group.id for group in groups_of(after) for member in group.members}
    mine = {id(item.attachment): item for item in today.held}

    def fares(member: Member) -> str | None:
        own = mine.get(id(member.end.item))
        new = then.get(own.address) if own is not None else None
        return kinds_then.get(id(new)) if new is not None else None

    groups = groups_of(before, fares)
    if not within_bound(groups):
        return None
    found: list[NetworksBeforeAndAfter] = []
    for item in pairs_of(before, groups):
        first, second = item.groups
        one, other = first.members[0], second.members[1 if first is second else 0]
        new = [then.get(mine[id(member.end.item)].address) if id(member.end.item) in mine else None for member in (one, other)]
        was = item.pair.disposition
        is_now = after.pair(new[0], new[1]).disposition if new[0] is not None and new[1] is not None else Way.UNCONNECTED
        if not _differ(
            item.pair.regions is not None and item.pair.regions.disposition is Disposition.UNDETERMINED, was, is_now, one, other
        ):
            continue
        found += [NetworksBeforeAndAfter(from_=a, to=b, before=was, after=is_now) for a, b in _named(first, second, mine)]
    return tuple(sorted(found, key=lambda item: (item.from_, item.to)))


def _differ(regions_open: bool, was: Way, is_now: Way, one: Member, other: Member) -> bool:
    """Whether two networks fare otherwise than before, as far as that is known."""
    if was is is_now or (was in _REACHED and is_now in _REACHED):
        return False
    if was in _REACHED or is_now not in (*_REACHED, Way.UNDETERMINED):
        return True
    if is_now is Way.UNDETERMINED:  # what networks on premises do by default is not documented, and said as such
        return not (regions_open or {one.kind, other.kind} <= ON_PREMISES)
    return not regions_open


def _named(first: Group, second: Group, held: Mapping[int, Held]) -> Iterable[tuple[str, str]]:
    """The pairs of networks that a pair of groups stands for, each sorted."""

    def address(member: Member) -> str | None:
        own = held.get(id(member.end.item))
        return own.address if own is not None else None

    for index, one in enumerate(first.members):
        for other in first.members[index + 1 :] if first is second else second.members:
            a, b = address(one), address(other)
            if a is not None and b is not None and a != b:
                yield (a, b) if a <= b else (b, a)
