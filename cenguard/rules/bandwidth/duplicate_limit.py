"""Two bandwidth limits give one pair of regions its Mbps, on one instance.

What it does:
    Counts the limits of each unordered pair of regions, with those that the update deletes when the others are there.

Why it matters:
    Both are one object for the service: the last writer wins, and deleting one drops the pair to 1 Kbps. A limit that is
    renamed without an alias (Terraform: without a `moved` block) is made under its new name and deleted under the old one.

Example:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}
    reverse = alicloud.cen.BandwidthLimit(
        "reverse",
        instance_id=core.id,
        region_ids=["us-west-1", "cn-beijing"],
        bandwidth_limit=5,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    The provider's id of a limit sorts its two regions
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import BandwidthLimit, Blocker, Network, identity, mbps_text
from cenguard.network.faults import earlier_twin, under_two_names
from cenguard.network.once import once
from cenguard.network.twins import deleted_twin, deletion_order, is_there
from cenguard.resources.addresses import is_address
from cenguard.rules import evidence
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later limit of a pair."""
    doubtful = under_two_names(network)
    for limit in network.limits:
        twin = earlier_twin(limit)
        if twin is not None:
            yield _finding(network, limit, twin, identity(limit.instance))
        elif limit.regions_blocker and (other := _possible_twin(limit)) is not None:
            yield _finding(network, limit, other, limit.regions_blocker)
        elif (old := deleted_twin(network, limit)) is not None:
            yield _deleted(network, limit, old)
        elif doubtful and (found := doubtful.get(limit.address)):
            yield _finding(network, limit, *found)


def _possible_twin(limit: BandwidthLimit) -> BandwidthLimit | None:
    """Another limit that may be of the same two regions, of which not both are known."""
    known = set(limit.regions)
    return next((item for item in limit.instance.limits if item is not limit and len(known.union(item.regions)) <= 2), None)


def _deleted(network: Network, limit: BandwidthLimit, old: BandwidthLimit) -> Finding:
    pair, instance, is_replaced = " – ".join(limit.pair.names if limit.pair else ()), limit.instance, old.urn == limit.urn
    blocker = deletion_order(network, limit, old) or identity(instance)
    does = f"replaces limit {limit.label}, and deletes the old one" if is_replaced else f"deletes limit {old.label}"
    return Finding(
        verdict=judge(blocker),
        subject=limit.address,
        message=f"Whether {pair} on {instance.label} keeps its bandwidth cannot be told: {blocker.text}."
        if blocker
        else f"The update {does} when limit {limit.label} is there: both are one object for the service, so that {pair} "
        f"on {instance.label} drops to 1 Kbps.",
        because=(
            f"regionIds of {evidence.carrier_text(limit)}: {', '.join(limit.regions)}",
            f"deleted by the update: {evidence.carrier_text(old)} of the same regions and instance",
        ),
        instance=instance.address,
        region_pairs=(limit.pair,) if limit.pair else (),
        fix=Fix(_way(network, limit, old)),
        blocker=str(blocker) if blocker else None,
    )


@once
def _urns(network: Network) -> frozenset[str | None]:
    return frozenset(item.urn for item in network.limits)


def _way(network: Network, limit: BandwidthLimit, old: BandwidthLimit) -> str:
    """What lets a limit have its Mbps; one whose name goes on has no other name to stand for it."""
    if old.urn == limit.urn:
        return "Leave out what forces the replacement, or let the old one be deleted first (`delete_before_replace`; no `create_before_destroy`)."
    if old.urn in _urns(network):
        if is_there(network, limit):
            drop = "terraform state rm" if is_address(limit.urn or "") else "pulumi state delete"
            return f"Take limit {old.label} out of the state alone, by `{drop}`: it is made anew then, and nothing is deleted."
        return f"Make limit {limit.label} in an update of its own, once {old.label} is changed."
    return (
        f"Let the new name stand for the old one, by {evidence.renaming(limit.urn)}; a limit that is to go leaves the state "
        f"alone, by {evidence.dropping(limit.urn)}."
    )


def _finding(network: Network, limit: BandwidthLimit, twin: BandwidthLimit, blocker: Blocker | None) -> Finding:
    first, second = evidence.two_labels(twin, limit)
    message = (
        f"Whether limit {limit.label} repeats another one of {limit.instance.label} cannot be told: {blocker.text}."
        if blocker
        else f"Limits {first} and {second} both give {' – '.join(limit.pair.names if limit.pair else ())} bandwidth on "
        f"{limit.instance.label}: the last writer wins, and deleting one deletes both."
    )
    return Finding(
        verdict=judge(blocker),
        subject=limit.address,
        message=message,
        because=tuple(
            f"regionIds of limit {name} ({mbps_text(item.mbps)}): {', '.join(item.regions) or 'not known'}"
            for name, item in ((first, twin), (second, limit))
        ),
        instance=limit.instance.address,
        region_pairs=(limit.pair,) if limit.pair else (),
        related=(twin.address,),
        fix=Fix(blocker.settle) if blocker else _fix(network, limit, twin),
        blocker=str(blocker) if blocker else None,
    )


def _fix(network: Network, limit: BandwidthLimit, twin: BandwidthLimit) -> Fix:
    if limit.stands and twin.stands:  # to delete one of them is the mistake itself
        return Fix(
            f"Keep one of them, and take the other one out of the state alone, by {evidence.dropping(limit.urn)}: deleting it deletes both."
        )
    return Fix(
        "Keep one of them: [a, b] and [b, a] are the same pair.",
        cause=single.goes(network, [(twin if limit.stands else limit).urn]),
    )


RULE = Rule(
    code="CEN212",
    name="duplicate-limit",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
