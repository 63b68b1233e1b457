"""Regions are attached to an instance, and no bandwidth package connects them with any other region.

What it does:
    Looks for attached regions that no attached package could serve, and names the area pairs to buy for. Where one of
    several packages would do, it says so; it names the nearest miss: a package that is attached to nothing, to another
    instance, or bought for other areas.

Why it matters:
    Networks of different regions stay at the 1 Kbps test bandwidth, without any error.

Example:
    # shop in Beijing and sales in Silicon Valley are attached, and that is all

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never for networks that should talk; lower the level for a laboratory that only needs the test bandwidth.

Source:
    https://www.alibabacloud.com/help/doc-detail/64650.htm, billing of bandwidth
"""

from collections.abc import Iterator, Sequence

from cenguard.findings import Finding, Fix, Level
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair, takes_peers
from cenguard.network import Blocker, CenInstance, Network
from cenguard.network.connectivity import Connection, Disposition, connectivity_of
from cenguard.network.dispositions import InstanceConnectivity
from cenguard.network.standing import may_be_bought, proof_of
from cenguard.rules import evidence
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each instance and area pair; one for an instance from elsewhere."""
    for instance, connectivity in connectivity_of(network).items():
        if not instance.whole:
            if evidence.first_attachment(instance) and not _stands_connected(network, connectivity):
                yield _from_elsewhere(instance)
            continue
        yield from _regions_unknown(instance)
        if not connectivity.uncovered:
            continue
        uncovered = {
            region: blocker for region, blocker in connectivity.uncovered.items() if evidence.answers_for(instance, region)
        }
        if uncovered:
            yield from _uncovered(network, connectivity, uncovered)


def _stands_connected(network: Network, connectivity: InstanceConnectivity) -> bool:
    """Whether all that the input attaches stands already, and no region of it is cut off: nothing is asked of it.

    In the engine's calls of an update, what has an id may have been made by it.
    """
    instance = connectivity.instance
    if not network.leaving.told:
        return False
    stands = all(item.stands for item in instance.attachments if item.urn)
    return stands and bool(connectivity.connections) and not connectivity.isolated


def _from_elsewhere(instance: CenInstance) -> Finding:
    here = sorted(instance.index.attachments)
    blocker = instance.blocker
    return Finding(
        verdict=judge(blocker or _ELSEWHERE),
        subject=evidence.instance_subject(instance),
        message=(
            f"Whether {evidence.listed(here) or 'the attached networks'} can talk to the other regions of {instance.label} "
            f"cannot be told: {(blocker or _ELSEWHERE).text}."
        ),
        because=tuple(
            f"{evidence.region_source(item)} of {evidence.attachment_text(item)}: {item.region or 'not known'}"
            for item in instance.attachments[: evidence.MOST_NAMED]
        ),
        instance=instance.address,
        related=tuple(item.address for item in instance.attachments if item.urn),
        fix=Fix((blocker or _ELSEWHERE).settle),
        blocker=str(blocker or _ELSEWHERE),
    )


_ELSEWHERE = Blocker("elsewhere", "the instance is not in the input", "an inventory would settle it")


def _regions_unknown(instance: CenInstance) -> Iterator[Finding]:
    """An attachment whose region, or whose instance, is not known may be cut off, or not."""
    loose = instance.index.regionless
    if not loose or not instance.attachments[1:]:
        return
    blocker = loose[0].region_blocker
    need = "needs" if len(loose) == 1 else "need"
    yield Finding(
        verdict=judge(blocker),
        subject=evidence.instance_subject(instance),
        message=f"Whether {evidence.listed(item.label for item in loose)} {need} a bandwidth package cannot be told: {blocker.text if blocker else ''}.",
        instance=instance.address,
        related=tuple(item.address for item in loose),
        fix=Fix(blocker.settle) if blocker and blocker.settle else None,
        blocker=str(blocker),
    )


def _uncovered(network: Network, connectivity: InstanceConnectivity, uncovered: dict[str, Blocker | None]) -> Iterator[Finding]:
    instance = connectivity.instance
    concerned = [
        connection for pair, connection in connectivity.connections.items() if pair.first in uncovered or pair.second in uncovered
    ]
    groups = connectivity.by_area_pair(concerned)
    choices: dict[str, set[AreaPair]] = {region: set() for region in uncovered}
    for area_pair, connections in groups.items():
        if area_pair is None or network.catalogue.unsold(area_pair):
            continue
        for item in connections:
            for region in item.regions.names:
                if region in choices:
                    choices[region].add(area_pair)
    questions: list[tuple[AreaPair, list[Connection]]] = []
    for area_pair, connections in groups.items():
        if area_pair is None:
            yield _area_in_doubt(network, instance, connections)
        elif proof_of(network, instance, area_pair) is None and all(
            may_be_bought(network, instance, area_pair, item.regions) for item in connections
        ):
            questions.append((area_pair, connections))
        else:
            yield _for_area_pair(network, instance, area_pair, connections, uncovered, choices)
    if questions:
        yield _may_be_bought(network, instance, questions)


def _may_be_bought(network: Network, instance: CenInstance, questions: list[tuple[AreaPair, list[Connection]]]) -> Finding:
    """One question about an instance that stands, whatever the number of its area pairs: its packages are not in the input."""
    pairs = [item.regions for _, connections in questions for item in connections]
    blocker = may_be_bought(network, instance, questions[0][0], pairs[0])
    return Finding(
        verdict=judge(blocker),
        subject=evidence.instance_subject(instance),
        message=f"Whether {evidence.pairs_text(pairs)} on {instance.label} {'have' if len(pairs) > 1 else 'has'} a bandwidth package "
        f"cannot be told: {blocker.text if blocker else ''}.",
        because=(*evidence.pair_steps(network, instance, pairs), evidence.packages_step(instance)),
        instance=instance.address,
        area_pair=questions[0][0] if len(questions) == 1 else None,
        region_pairs=tuple(pairs),
        related=evidence.attachment_addresses(instance, pairs),
        fix=Fix(blocker.settle) if blocker else None,
        blocker=str(blocker),
    )


def _area_in_doubt(network: Network, instance: CenInstance, connections: list[Connection]) -> Finding:
    pairs, blocker = [item.regions for item in connections], connections[0].blocker
    return Finding(
        verdict=judge(blocker),
        subject=evidence.instance_subject(instance),
        message=(
            f"Which bandwidth package {evidence.pairs_text(pairs)} on {instance.label} "
            f"{'need' if len(pairs) > 1 else 'needs'} cannot be told: {evidence.area_pair_text(connections[0].area_pair)}."
        ),
        because=tuple(evidence.pair_steps(network, instance, pairs)),
        instance=instance.address,
        region_pairs=tuple(pairs),
        related=evidence.attachment_addresses(instance, pairs),
        fix=Fix(blocker.settle) if blocker else None,
        blocker=str(blocker),
    )


def _for_area_pair(
    network: Network,
    instance: CenInstance,
    area_pair: AreaPair,
    connections: list[Connection],
    uncovered: dict[str, Blocker | None],
    choices: dict[str, set[AreaPair]],
) -> Finding:
    pairs = [connection.regions for connection in connections]
    ends = {region for pair in pairs for region in pair.names}
    certain = [region for region in sorted(ends) if region in uncovered and uncovered[region] is None]
    blocker = None
    if not certain:  # what the pairs themselves hang on, before what else could rescue their regions
        own = (connection.blocker for connection in connections)
        others = (uncovered.get(region) for region in sorted(ends))
        blocker = next(filter(None, (*own, *others)))
    cut_off = certain or sorted(region for region in ends if region in uncovered)
    unsold = network.catalogue.unsold(area_pair)
    because = [*evidence.pair_steps(network, instance, pairs), evidence.packages_step(instance)]
    because += sorted({step for connection in connections if (step := evidence.miss_step(connection))})
    now = evidence.bandwidth_now(instance, pairs)
    if blocker:
        message = f"Whether {evidence.a_package(area_pair)} is missing from {instance.label} cannot be told: {blocker.text}."
    else:
        message = (
            f"{evidence.listed(cut_off)} {'are' if len(cut_off) > 1 else 'is'} cut off: no {area_pair} bandwidth package on "
            f"{instance.label}, so {evidence.pairs_text(pairs)} {'have' if len(pairs) > 1 else 'has'} {now}."
        )
        message += _any_of(choices, cut_off, area_pair)
        message += shared_hint(instance, blocker)
    return Finding(
        verdict=judge(blocker),
        subject=evidence.instance_subject(instance),
        message=message,
        because=tuple(because),
        instance=instance.address,
        area_pair=area_pair,
        region_pairs=tuple(pairs),
        packages=evidence.package_addresses(connections),
        related=evidence.attachment_addresses(instance, pairs),
        fix=Fix(f"Detach the network, or move it to a region of another area: {evidence.no_sale(unsold)}.")
        if unsold and not blocker
        else _fix(network, instance, area_pair, connections, cut_off, blocker),
        blocker=str(blocker) if blocker else None,
    )


def _any_of(choices: dict[str, set[AreaPair]], cut_off: list[str], area_pair: AreaPair) -> str:
    """Which packages would do that can be bought, for each region that is cut off and has a choice."""
    groups: dict[tuple[AreaPair, ...], list[str]] = {}
    for region in cut_off:
        if choices[region].difference({area_pair}):
            groups.setdefault(tuple(sorted(choices[region])), []).append(region)
    return "".join(
        f" {_either(area_pairs)} would connect {evidence.listed(regions)}."
        for area_pairs, regions in list(groups.items())[: evidence.MOST_NAMED]
    )


def _either(area_pairs: tuple[AreaPair, ...]) -> str:
    if len(area_pairs) > 1:
        return f"Any one of the packages {evidence.listed(map(str, area_pairs), joint=' or ')}"
    package = evidence.a_package(area_pairs[0])
    return package[0].upper() + package[1:]


def _fix(
    network: Network,
    instance: CenInstance,
    area_pair: AreaPair,
    connections: list[Connection],
    cut_off: list[str],
    blocker: Blocker | None,
) -> Fix:
    if blocker:
        return Fix(blocker.settle or "make the value known")
    nearest = next((item for item in connections if item.disposition is Disposition.NOT_ATTACHED), None)
    cause = AreaPairCause(
        network=network,
        instance=instance,
        area_pair=area_pair,
        pairs=tuple(item.regions for item in connections),
        rank=2 if nearest is not None else 3,
        cut_off=frozenset(cut_off),
    )
    if nearest is not None:
        package = nearest.packages[0]
        return Fix(
            f"Attach package {package.label} ({area_pair}) to {instance.label} and give each pair its Mbps.",
            cause=cause,
        )
    return Fix(
        f"Buy {evidence.a_package(area_pair)}, attach it to {instance.label}, and give each pair its Mbps{_how(instance, cause.pairs)}.",
        cause=cause,
    )


def _how(instance: CenInstance, pairs: Sequence[RegionPair]) -> str:
    """What gives pairs their Mbps, as the end of a sentence."""
    enterprise = [pair for pair in pairs if any(region in instance.index.enterprise for region in pair.names)]
    peers = [pair for pair in enterprise if all(map(takes_peers, pair.names))]
    if not enterprise:
        return " with a bandwidth limit"
    ways = [" with a peer drawing on it, or a peer paid by traffic without any package"] if peers else []
    limited = [pair for pair in pairs if pair not in enterprise]
    if peers and limited:
        ways[0] += f", and {evidence.pairs_text(limited)} with a bandwidth limit"
    without = [pair for pair in enterprise if pair not in peers]
    if without:
        ways.append(evidence.NO_PEER.format(pairs=evidence.pairs_text(without)))
    return "; ".join(ways) if peers else f": {ways[0]}"


RULE = Rule(
    code="CEN201",
    name="missing-bandwidth-package",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
