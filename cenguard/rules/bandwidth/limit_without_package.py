"""A bandwidth limit joins two regions whose area pair has no package on that instance.

What it does:
    Looks for the package that each limit would draw on: one for its area pair, attached to its instance.

Why it matters:
    The service refuses the limit, in the middle of an update.

Example:
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-west-1"],
        bandwidth_limit=10,
        opts=pulumi.ResourceOptions(depends_on=[shop, sales]),
    )

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the packages are attached by another stack: then name the instance in `shared` instead.

Source:
    https://www.alibabacloud.com/help/doc-detail/65942.htm, SetCenInterRegionBandwidthLimit
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.network import BandwidthLimit, Blocker, CenInstance, Network
from cenguard.network.connectivity import doubt_blocker
from cenguard.network.faults import area_pair_of
from cenguard.network.standing import may_be_bought, proof_blocker, proof_of, proves
from cenguard.rules import evidence
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each limit without a package."""
    for limit in network.limits:
        if limit.within_one_region:
            continue
        area_pair = area_pair_of(network, limit)
        if area_pair in limit.instance.index.packages:
            continue
        standing = proves(network, limit)
        if standing and network.leaving.told:
            continue  # it was accepted: its package is there, wherever it is managed
        blocker = proof_blocker(network, limit) if standing else _blocker(network, limit, area_pair)
        yield _finding(network, limit, area_pair, blocker)


def _blocker(network: Network, limit: BandwidthLimit, area_pair: AreaPair | Doubt | None) -> Blocker | None:
    if area_pair is None:
        return limit.regions_blocker
    if isinstance(area_pair, Doubt):
        return doubt_blocker(area_pair)
    for item in limit.instance.index.unplaced_packages:
        if blocker := item.package.areas_blocker_for(area_pair):
            return blocker
    for item in network.loose_package_attachments:
        if item.instance.may_be(limit.instance) and item.package.area_pair in (None, area_pair):
            return item.instance.blocker
    if not limit.instance.whole:
        return limit.instance.blocker
    proof = proof_of(network, limit.instance, area_pair)
    if proof is not None:
        return proof_blocker(network, proof)
    return may_be_bought(network, limit.instance, area_pair, limit.pair) if limit.pair else None


def _finding(network: Network, limit: BandwidthLimit, area_pair: AreaPair | Doubt | None, blocker: Blocker | None) -> Finding:
    instance = limit.instance
    regions = " – ".join(limit.regions)
    if blocker:
        message = f"Whether limit {limit.label} has a package to draw on cannot be told: {blocker.text}."
    else:
        message = (
            f"Limit {limit.label} gives {regions} bandwidth of {evidence.a_package(area_pair)}, and {instance.label} has none: the service refuses it."
            + shared_hint(instance, blocker)
        )
    known = area_pair if not isinstance(area_pair, Doubt) else None
    pairs = (limit.pair,) if limit.pair else ()
    return Finding(
        verdict=judge(blocker),
        subject=limit.address,
        message=message,
        because=(*evidence.pair_steps(network, instance, pairs), evidence.packages_step(instance)),
        instance=instance.address,
        area_pair=known,
        region_pairs=pairs,
        packages=tuple(item.package.address for item in instance.packages),
        fix=Fix(
            blocker.settle if blocker else _advice(network, instance, known),
            cause=AreaPairCause(network=network, instance=instance, area_pair=known, pairs=pairs, rank=5)
            if known and not blocker
            else None,
        ),
        blocker=str(blocker) if blocker else None,
    )


def _advice(network: Network, instance: CenInstance, area_pair: AreaPair | None) -> str:
    unsold = area_pair and network.catalogue.unsold(area_pair)
    if unsold:
        return f"Remove the limit: {evidence.no_sale(unsold)}."
    loose = evidence.loose_packages(network, area_pair) if area_pair else []
    if loose:
        old = evidence.attached_until_now(network, loose[0])
        if old is not None and old.instance is instance:
            return f"Keep {old.name}, which attaches package {loose[0].label} ({area_pair}) until the update deletes it, or remove the limit."
        return f"Attach package {loose[0].label} ({area_pair}) to {instance.label}, and let the limit wait for that; or remove the limit."
    return f"Buy {evidence.a_package(area_pair)}, attach it to {instance.label}, and let the limit wait for that; or remove the limit."


RULE = Rule(
    code="CEN207",
    name="limit-without-package",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
