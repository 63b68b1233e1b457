"""A bandwidth package is attached, and no limit or peer gives its Mbps to a pair of regions.

What it does:
    Looks for attached packages that serve a pair of the instance's regions and that nothing draws on, and for regions that
    only such an unallocated package could connect.

Why it matters:
    The package is paid for, and the pairs stay at the 1 Kbps test bandwidth all the same.

Example:
    {PACKAGE}
    {ATTACHED}

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the limits are made by another stack: then name the instance in `shared` instead.

Source:
    https://www.alibabacloud.com/help/doc-detail/65942.htm, SetCenInterRegionBandwidthLimit
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import package_for
from cenguard.network import BandwidthPackage, Blocker, Network
from cenguard.network.beyond import draws_beyond
from cenguard.network.connectivity import Connection, Disposition, connectivity_of
from cenguard.network.dispositions import InstanceConnectivity
from cenguard.network.drawing import carrier_in_doubt, is_full
from cenguard.rules import evidence
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint

UNPAID = frozenset({Disposition.PAY_BY_TRAFFIC, Disposition.CCN_FREE})
"""Dispositions of pairs that are connected without any package."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each instance and area pair."""
    for instance, connectivity in connectivity_of(network).items():
        for area_pair, items in instance.index.packages.items():
            around = [item for item in connectivity.connections.values() if item.area_pair == area_pair]
            if not around:
                continue
            # a second one is refused (CEN204): the one that is there, and rather one of the program than one that has left it
            package = min(items, key=lambda item: (item.is_new, item.urn is None)).package
            unallocated = [item for item in around if item.disposition is Disposition.UNALLOCATED]
            open_pairs = [item for item in around if item.disposition is Disposition.UNDETERMINED]
            drawn = any(item.package.drawn_by for item in items)
            stranded = [
                item
                for item in unallocated
                if item.regions.first in connectivity.isolated or item.regions.second in connectivity.isolated
            ]
            may_draw = draws_beyond(network, instance, area_pair) if unallocated and not drawn and not open_pairs else None
            idle = not drawn and not open_pairs and may_draw is None
            another_way = None if idle else _another_way(connectivity, stranded)
            if (idle and unallocated) or (stranded and another_way is None):
                yield _finding(network, connectivity, package, area_pair, stranded if drawn else unallocated, None)
            elif stranded:
                yield _finding(network, connectivity, package, area_pair, stranded, another_way, stranded=True)
            elif not drawn and open_pairs and not package.stands_elsewhere:
                # those that certainly get nothing, too: CEN218 leaves them to this rule
                concerned = [item for item in around if item in unallocated or item in open_pairs]
                yield _finding(network, connectivity, package, area_pair, concerned, open_pairs[0].blocker)
            elif may_draw is not None and not package.stands_elsewhere:
                yield _finding(network, connectivity, package, area_pair, unallocated, may_draw)
            elif not drawn and not package.stands_elsewhere and all(item.disposition in UNPAID for item in around):
                may_draw = carrier_in_doubt(network, instance, area_pair)
                if may_draw is None:
                    yield _needless(network, connectivity, package, area_pair, around)
                else:
                    yield _finding(network, connectivity, package, area_pair, around, may_draw)


def _another_way(connectivity: InstanceConnectivity, stranded: list[Connection]) -> Blocker | None:
    """Why every region that only this package seems to connect may be reached by another pair; None where one is not."""
    found: Blocker | None = None
    for item in stranded:
        for region in item.regions.names:
            if region in connectivity.isolated:
                found = connectivity.another_way(region)
                if found is None:
                    return None
    return found


def _needless(
    network: Network,
    connectivity: InstanceConnectivity,
    package: BandwidthPackage,
    area_pair: AreaPair,
    connections: list[Connection],
) -> Finding:
    """A package that no pair needs: they pay by traffic, or need none."""
    instance = connectivity.instance
    pairs = [item.regions for item in connections]
    traffic = [item.regions for item in connections if item.disposition is Disposition.PAY_BY_TRAFFIC]
    why = (
        f"{evidence.pairs_text(traffic)} {'pay' if len(traffic) > 1 else 'pays'} by traffic"
        if traffic
        else f"{evidence.pairs_text(pairs)} {'need' if len(pairs) > 1 else 'needs'} none"
    )
    return Finding(
        verdict=judge(None),
        subject=package.address,
        apart=evidence.apart(package, instance),
        message=f"Package {evidence.package_text(package)} is attached to {instance.label} and idles: {why}, and nothing draws on it."
        + shared_hint(instance, None),
        because=(*evidence.origin_steps(network, instance, pairs), evidence.packages_step(instance)),
        instance=instance.address,
        area_pair=area_pair,
        region_pairs=tuple(pairs),
        packages=(package.address,),
        related=evidence.attachment_addresses(instance, pairs),
        fix=Fix(
            "Give a pair its Mbps from the package instead of by traffic, or let the package go."
            if traffic
            else "Let the package go."
        ),
        level=Level.ADVISORY,
    )


def _finding(
    network: Network,
    connectivity: InstanceConnectivity,
    package: BandwidthPackage,
    area_pair: AreaPair,
    connections: list[Connection],
    blocker: Blocker | None,
    *,
    stranded: bool = False,
) -> Finding:
    instance, full = connectivity.instance, False
    pairs = [item.regions for item in connections]
    if blocker and stranded:
        lost = sorted({region for pair in pairs for region in pair.names if region in connectivity.isolated})
        message = (
            f"{evidence.pairs_text(pairs)} on {instance.label} {'get' if len(pairs) > 1 else 'gets'} nothing of package {package.label} "
            f"({area_pair}); whether {evidence.listed(lost)} {'are' if len(lost) > 1 else 'is'} reached another way cannot be told: {blocker.text}."
        )
    elif blocker:
        message = (
            f"Whether anything draws on package {package.label} ({area_pair}) of {instance.label} cannot be told: {blocker.text}."
        )
    else:
        enterprise = all(pair.first in instance.index.enterprise and pair.second in instance.index.enterprise for pair in pairs)
        full = is_full(network, [package])
        message = (
            f"Package {evidence.package_text(package)} of {instance.label} is full: all of it is given to other pairs, and "
            f"{evidence.pairs_text(pairs)} {'get' if len(pairs) > 1 else 'gets'} nothing of it: {evidence.bandwidth_now(instance, pairs)} there."
            if full
            else f"Package {evidence.package_text(package)} is attached to {instance.label}, and no {'peer' if enterprise else 'limit or peer'} "
            f"draws on it for {evidence.pairs_text(pairs)}: {evidence.bandwidth_now(instance, pairs)} there."
        ) + shared_hint(instance, blocker)
    cause = AreaPairCause(network=network, instance=instance, area_pair=area_pair, pairs=tuple(pairs), rank=4)
    return Finding(
        verdict=judge(blocker),
        subject=package.address,
        apart=evidence.apart(package, instance),
        message=message,
        because=(*evidence.pair_steps(network, instance, pairs), evidence.packages_step(instance)),
        instance=instance.address,
        area_pair=area_pair,
        region_pairs=tuple(pairs),
        packages=(package.address,),
        related=evidence.attachment_addresses(instance, pairs),
        fix=Fix(blocker.settle or "make the value known")
        if blocker
        else Fix(
            cause=cause,
            summary=f"Lower what the other pairs have{_or_buy_more(package)}."
            + (" Between Enterprise routers, a peer paid by traffic needs no package." if enterprise else ""),
        )
        if full
        else Fix("Give the pairs their Mbps.", cause=cause),
        blocker=str(blocker) if blocker else None,
    )


def _or_buy_more(package: BandwidthPackage) -> str:
    """The other way out of a full package, where there is a larger one."""
    if package_for((package.mbps or 0) + 1) is None:
        return f": {evidence.LARGEST}"
    return ", or buy more" if package.is_new else f", or buy more; {evidence.RESIZING}"


RULE = Rule(
    code="CEN206",
    name="unallocated-bandwidth",
    level=Level.MANDATORY,
    effect=Effect.SILENT_AND_COSTS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
