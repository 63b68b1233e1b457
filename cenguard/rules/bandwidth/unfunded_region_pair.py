"""Two attached regions that reach others do not reach each other.

What it does:
    Lists the pairs at the 1 Kbps test bandwidth, or without any connection, that no other rule names.

Why it matters:
    Hub and spoke is normal, so this may be meant; where it is not, the pair silently carries nothing.

Example:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}
    office = alicloud.cen.InstanceAttachment(
        "office",
        instance_id=core.id,
        child_instance_id="vpc-3",
        child_instance_type="VPC",
        child_instance_region_id="eu-central-1",
    )
    europe = alicloud.cen.BandwidthPackage(
        "europe",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="Europe",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )
    europe_attached = alicloud.cen.BandwidthPackageAttachment(
        "europe-attached", instance_id=core.id, bandwidth_package_id=europe.id
    )
    spoke = alicloud.cen.BandwidthLimit(
        "spoke",
        instance_id=core.id,
        region_ids=["cn-beijing", "eu-central-1"],
        bandwidth_limit=10,
        opts=pulumi.ResourceOptions(depends_on=[europe_attached, shop, office]),
    )

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the network is meant to be a hub with spokes.

Source:
    https://www.alibabacloud.com/help/doc-detail/64650.htm, billing of bandwidth
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import structs

from cenguard.findings import Finding, Fix, Level
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair, takes_peers
from cenguard.network import Blocker, CenInstance, Network
from cenguard.network.connectivity import UNCONNECTED, Connection, Disposition, connectivity_of
from cenguard.network.dispositions import InstanceConnectivity
from cenguard.rules import evidence
from cenguard.rules.bandwidth.required_pair_unmet import REQUIRE
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each instance and area pair; nothing when it is said which pairs matter."""
    if options["require"] is not None:
        return
    for instance, connectivity in connectivity_of(network).items():
        if not instance.whole:
            continue
        for area_pair, connections in connectivity.by_area_pair(_left(connectivity)).items():
            certain = [item for item in connections if item.disposition in UNCONNECTED]
            if certain:
                yield _finding(network, connectivity, area_pair, certain, None)
            else:
                yield _finding(network, connectivity, area_pair, connections, connections[0].blocker)


def _left(connectivity: InstanceConnectivity) -> list[Connection]:
    """Pairs that carry nothing, or may, and that neither CEN201 nor CEN206 names."""
    instance = connectivity.instance
    index = instance.index
    named = {region for region in connectivity.uncovered if evidence.answers_for(instance, region)}
    idle_area_pairs = {
        area_pair for area_pair, items in index.packages.items() if not any(item.package.drawn_by for item in items)
    }
    found: list[Connection] = []
    for connection in connectivity.connections.values():
        pair = connection.regions
        if pair.first in named or pair.second in named:
            continue
        if not (evidence.answers_for(instance, pair.first) or evidence.answers_for(instance, pair.second)):
            continue  # both ends are attached elsewhere, as an inventory says: the answer of another input
        if connection.area_pair in idle_area_pairs:
            continue
        if connection.disposition is Disposition.UNALLOCATED and (
            pair.first in connectivity.isolated or pair.second in connectivity.isolated
        ):
            continue
        if connection.disposition in UNCONNECTED or connection.disposition is Disposition.UNDETERMINED:
            found.append(connection)
    return found


def _finding(
    network: Network,
    connectivity: InstanceConnectivity,
    area_pair: AreaPair | None,
    connections: list[Connection],
    blocker: Blocker | None,
) -> Finding:
    instance = connectivity.instance
    pairs = [item.regions for item in connections]
    packages = evidence.package_addresses(connections)
    cut = sorted({region for pair in pairs for region in pair.names if region in connectivity.isolated})
    if blocker:
        message = f"Whether {evidence.pairs_text(pairs)} on {instance.label} {'carry' if len(pairs) > 1 else 'carries'} anything cannot be told: {blocker.text}."
    else:
        message = (
            f"{evidence.pairs_text(pairs)} on {instance.label} {'have' if len(pairs) > 1 else 'has'} {evidence.bandwidth_now(instance, pairs)}, "
            f"{f'like every pair of {evidence.listed(cut)}' if cut else 'though each region reaches another one'}."
            + shared_hint(instance, blocker)
        )
    because = [*evidence.pair_steps(network, instance, pairs), evidence.packages_step(instance)]
    because += sorted({step for item in connections if (step := evidence.miss_step(item))})
    return Finding(
        verdict=judge(blocker),
        subject=evidence.instance_subject(instance),
        message=message,
        because=tuple(because),
        instance=instance.address,
        area_pair=area_pair,
        region_pairs=tuple(pairs),
        packages=tuple(packages),
        related=evidence.attachment_addresses(instance, pairs),
        fix=Fix(
            blocker.settle if blocker else _advice(network, instance, area_pair, pairs),
            cause=None
            if blocker or area_pair is None
            else AreaPairCause(network=network, instance=instance, area_pair=area_pair, pairs=tuple(pairs), rank=9),
        ),
        blocker=str(blocker) if blocker else None,
    )


def _advice(network: Network, instance: CenInstance, area_pair: AreaPair | None, pairs: list[RegionPair]) -> str:
    unsold = area_pair and network.catalogue.unsold(area_pair)
    if unsold:  # each region reaches another one: nothing has to go
        return f"Leave it, or move a network that should talk to a region of another area: {evidence.no_sale(unsold)}."
    given = f"{'the pairs' if len(pairs) > 1 else 'the pair'} {_ways(instance, pairs, evidence.a_package(area_pair))}"
    return f"If they should talk, give {given}; if not, leave it."


def _ways(instance: CenInstance, pairs: Iterable[RegionPair], package: str) -> str:
    """What gives pairs their Mbps; a peer between Enterprise routers needs no package."""
    peers = any(set(pair.names) & set(instance.index.enterprise) and all(map(takes_peers, pair.names)) for pair in pairs)
    return f"Mbps of {package}{', or a peer paid by traffic without any package' if peers else ''}"


RULE = Rule(
    code="CEN218",
    name="unfunded-region-pair",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check_with=check,
    options=(structs.replace(REQUIRE, rule="CEN219"),),
    page=__doc__,
)
