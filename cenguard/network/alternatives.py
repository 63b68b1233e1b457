"""What connects a pair of regions where something of the input is not certain: what holds in every network that may be."""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from cenguard.network import Blocker, CenInstance, Network
from cenguard.network.dispositions import Connection, Disposition, InstanceConnectivity

_UNSERVED = {Disposition.NO_PACKAGE, Disposition.NOT_ATTACHED, Disposition.OTHER_INSTANCE, Disposition.WRONG_AREA}
"""No attached package is of the areas of the pair; which one comes nearest to it makes no difference to the pair."""
_Found = Mapping[CenInstance, InstanceConnectivity]


def settled(
    network: Network, found: _Found, connectivity_of: Callable[[Network], _Found]
) -> dict[CenInstance, InstanceConnectivity]:
    """The connectivity of a network, undetermined where another network that may be has it otherwise.

    `connectivity_of` works out that of the others.
    """
    others = [
        (alternative.blockers, {instance.address: item for instance, item in connectivity_of(alternative.network).items()})
        for alternative in network.alternatives
    ]
    return {
        instance: _settled(item, [(blockers, by_address.get(instance.address)) for blockers, by_address in others])
        for instance, item in found.items()
    }


def _settled(
    item: InstanceConnectivity, others: Sequence[tuple[tuple[Blocker, ...], InstanceConnectivity | None]]
) -> InstanceConnectivity:
    connections = {pair: _connection(connection, others) for pair, connection in item.connections.items()}
    by_region = {
        region: tuple(connections[connection.regions] for connection in around) for region, around in item.by_region.items()
    }
    isolated = item.isolated
    uncovered = dict(item.uncovered)
    for blockers, other in others:
        if other is None:
            continue
        isolated &= other.isolated
        for region in list(uncovered):
            if region not in other.uncovered:
                uncovered[region] = uncovered[region] or (blockers[0] if blockers else None)
    return msgspec.structs.replace(item, connections=connections, by_region=by_region, isolated=isolated, uncovered=uncovered)


def _connection(connection: Connection, others: Sequence[tuple[tuple[Blocker, ...], InstanceConnectivity | None]]) -> Connection:
    mbps = connection.mbps
    for blockers, other in others:
        there = other.connections.get(connection.regions) if other is not None else None
        mbps = mbps if there is not None and there.mbps == mbps else None
        if there is not None and {there.disposition, connection.disposition} <= _UNSERVED:
            continue  # whatever is there or not, it serves this pair neither way
        if there is None or there.disposition is not connection.disposition:
            return msgspec.structs.replace(
                connection,
                disposition=Disposition.UNDETERMINED,
                mbps=None,
                blocker=blockers[0] if blockers else connection.blocker,
                may_be_served=True,
            )
    return connection if mbps == connection.mbps else msgspec.structs.replace(connection, mbps=mbps)
