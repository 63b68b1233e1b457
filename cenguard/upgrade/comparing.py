"""Today's network and the new one, side by side: what connects each pair of regions, and who reaches whom.

The new network is laid into the input in the place of what is Basic in it: the networks' own route tables, their vSwitches
and what is advertised stay as they are.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from cenguard.findings.upgrade_answer import NetworksBeforeAndAfter, PairBeforeAndAfter
from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.network import CenInstance, Network, whole
from cenguard.network.connectivity import UNCONNECTED, Disposition, connectivity_of
from cenguard.network.known import Inventory, KnownPeer
from cenguard.network.routes.dispositions import GOOD, Way
from cenguard.network.routes.estate import routes_of
from cenguard.network.routes.groups import Group, groups_of, pairs_of, within_bound
from cenguard.network.routes.members import ON_PREMISES, Member
from cenguard.resources.records import Records
from cenguard.resources.urns import is_resource
from cenguard.resources.values import UNKNOWN
from cenguard.upgrade.before import Held, Today
from cenguard.upgrade.outside import Outside
from cenguard.upgrade.parts import NewPeer
from cenguard.upgrade.records import Ids

_REACHED = frozenset({*GOOD, Way.REACHABLE})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tomorrow:
    """The new network in the place of the old one."""

    network: Network
    instance: CenInstance


def tomorrow_of(
    today: Today,
    outside: Outside,
    of_ccns: Sequence[KnownPeer],
    sources: Sequence[Records],
    options: Options,
    ids: Ids,
    replaced: Iterable[str],
) -> Tomorrow:
    """The input with the new network in it; `replaced` are URNs that are not there any more, `of_ccns` what joins CCNs then."""
    instance = today.instance
    gone = {
        *replaced,
        *(item.urn for item in (*instance.attachments, *instance.limits) if item.urn),
    }
    kept = [_kept(source, gone, ids) for source in sources]
    records = _with_references(outside.records, sources, ids)
    inventory = _kept_inventory(options.inventory.on(options.day), instance)
    inventory = msgspec.structs.replace(
        inventory, packages={**inventory.packages, **outside.packages}, peers=(*inventory.peers, *of_ccns)
    )
    network = network_of([*kept, records], msgspec.structs.replace(options, inventory=inventory, base=None))
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
    return msgspec.structs.replace(
        source,
        resources=resources,
        deleted=[],
        retained=[item for item in source.retained if item.urn not in gone],
        pending=[],
        uncertain=[],
        left_out=[],
        gone=[],
    )


def _with_references(records: Records, sources: Sequence[Records], ids: Ids) -> Records:
    """The resources with references to what the input only names (`.get`), in the place of made-up ids that nothing has."""
    listed = {record.urn for source in sources for record in source.resources}
    urns = {name: address for address, name in ids.made.items() if is_resource(address) and address not in listed}
    if not urns:
        return records
    resources = []
    for item in records.resources:
        named = {key: urns[value] for key, value in item.inputs.items() if isinstance(value, str) and value in urns}
        if named:
            inputs = {**item.inputs, **dict.fromkeys(named, UNKNOWN)}
            edges = {**item.property_dependencies, **{key: (urn,) for key, urn in named.items()}}
            resources.append(msgspec.structs.replace(item, inputs=inputs, property_dependencies=edges))
        else:
            resources.append(item)
    return msgspec.structs.replace(records, resources=resources)


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
        (first, second), (one, other) = item.groups, item.networks
        new = [then.get(mine[id(member.end.item)].address) if id(member.end.item) in mine else None for member in (one, other)]
        was = item.verdict.disposition
        is_now = after.pair(new[0], new[1]).disposition if new[0] is not None and new[1] is not None else Way.UNCONNECTED
        regions_open = item.verdict.regions is not None and item.verdict.regions.disposition is Disposition.UNDETERMINED
        if not _differ(regions_open, was, is_now, one, other):
            continue
        found += [NetworksBeforeAndAfter(from_=a, to=b, before=was, after=is_now) for a, b in _named(first, second, mine)]
    return tuple(sorted(found, key=lambda item: (item.from_, item.to)))


def _differ(regions_open: bool, was: Way, is_now: Way, one: Member, other: Member) -> bool:
    """Whether two networks fare otherwise than before, as far as that is known."""
    if was is is_now or (was in _REACHED and is_now in _REACHED):
        return False
    if regions_open:  # what their regions have today is not known, and said as such
        return False
    by_default = {
        one.kind,
        other.kind,
    } <= ON_PREMISES  # they do not talk; of Enterprise routers that is not documented, and said as such
    return was in _REACHED or is_now in _REACHED or not by_default


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
