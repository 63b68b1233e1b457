"""One disposition, with its proof, for every pair of regions attached to one CEN instance.

Rules, `explain`, reports and the map read it from here. The dispositions and their order are those of the rule
catalogue: the first condition that holds decides.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from cenguard.geography.regions import RegionPair, region_pair
from cenguard.network import BandwidthLimit, Blocker, CenInstance, Network, Peer
from cenguard.network.beyond import carries, loose_of, way_beyond
from cenguard.network.dispositions import (
    COVERED,
    REACHING,
    REPORTED_ELSEWHERE,
    SERVED_BY_PACKAGE,
    UNCONNECTED,
    Connection,
    Disposition,
    InstanceConnectivity,
    doubt_blocker,
    locked_blocker,
    needs_no_package,
    unpaid,
)
from cenguard.network.once import once
from cenguard.network.region_pair import PairOfRegions, needed_area_pairs
from cenguard.network.standing import pairs_beyond

__all__ = [
    "COVERED",
    "REACHING",
    "REPORTED_ELSEWHERE",
    "SERVED_BY_PACKAGE",
    "UNCONNECTED",
    "Connection",
    "Disposition",
    "InstanceConnectivity",
    "connect",
    "connectivity_of",
    "doubt_blocker",
    "locked_blocker",
    "needed_area_pairs",
    "needs_no_package",
    "unpaid",
]


@once
def connectivity_of(network: Network) -> Mapping[CenInstance, InstanceConnectivity]:
    """Each instance's connectivity."""
    found = {instance: connect(network, instance) for instance in network.instances}
    if network.alternatives:
        from cenguard.network.alternatives import settled

        return settled(network, found, connectivity_of)
    return found


def connect(network: Network, instance: CenInstance) -> InstanceConnectivity:
    """Work out the pairs of one instance."""
    index = instance.index
    connections: dict[RegionPair, Connection] = {}
    by_region: dict[str, list[Connection]] = {region: [] for region in index.regions}
    for first, second in combinations(index.regions, 2):
        if needs_no_package(first, second):
            continue
        pair = region_pair(first, second)
        connection = connections[pair] = PairOfRegions(network, instance, index, pair).decide()
        by_region[first].append(connection)
        by_region[second].append(connection)
    beyond = pairs_beyond(network, instance)
    for pair in beyond:
        connection = connections[pair] = PairOfRegions(network, instance, index, pair).decide()
        for region in pair.names:
            if region in by_region:
                by_region[region].append(connection)
    if beyond:
        connections = dict(sorted(connections.items()))
    reached = {region for pair, connection in connections.items() if connection.disposition in REACHING for region in pair}
    isolated = frozenset([region for region, around in by_region.items() if around and region not in reached])
    loose = loose_of(network, instance) if isolated else []
    carrying = [item for item in loose if carries(network, item)]
    ways = {region: blocker for region in isolated if (blocker := way_beyond(network, instance, region, carrying)) is not None}
    return InstanceConnectivity(
        instance=instance,
        connections=connections,
        by_region={region: tuple(items) for region, items in by_region.items()},
        isolated=isolated,
        uncovered=_uncovered(network, instance, by_region, isolated, loose),
        ways_beyond=ways,
        loose=frozenset([item.pair for item in carrying]),
    )


def _uncovered(
    network: Network,
    instance: CenInstance,
    by_region: Mapping[str, list[Connection]],
    isolated: frozenset[str],
    loose: Sequence[BandwidthLimit | Peer],
) -> dict[str, Blocker | None]:
    found: dict[str, Blocker | None] = {}
    for region in sorted(isolated):
        around = by_region[region]
        if any(item.disposition in REPORTED_ELSEWHERE for item in around):
            continue
        blocker = next((item.blocker for item in around if item.may_be_served), None)
        found[region] = blocker or way_beyond(network, instance, region, loose, REACHING | REPORTED_ELSEWHERE)
    return found
