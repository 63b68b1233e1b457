"""A bandwidth limit does not wait for its package and for a network in each of its two regions.

What it does:
    Follows the dependencies of each limit, through any number of resources, to the attachment of its package and to one
    network in each of its two regions. Silent about what does not exist, and about a limit that stands already.

Why it matters:
    The engine makes what does not wait at the same time; the service refuses a limit that comes too early.

Example:
    {PACKAGE}
    {ATTACHED}
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-west-1"],
        bandwidth_limit=10,
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
    https://www.alibabacloud.com/help/doc-detail/68901.html, the order of the calls
"""

from collections.abc import Iterator, Sequence

from cenguard.findings import Finding, Fix, Level
from cenguard.network import BandwidthLimit, Entity, Network
from cenguard.network.faults import needs_no_order, packages_for, unordered
from cenguard.resources.urns import name_in_urn
from cenguard.rules import evidence
from cenguard.rules.needs import Need
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each limit that may come too early."""
    for limit in network.limits:
        fault = unordered(network, limit)
        if fault is None:
            continue
        blocker = fault.blocker
        missed = [] if blocker else _missing(network, limit)
        message = (
            f"Whether limit {limit.label} waits for all that it needs cannot be told: {blocker.text}."
            if blocker
            else f"Limit {limit.label} {fault.text}: {_when(missed)}{evidence.engine(limit.urn)} may create it first, and the "
            "service refuses it then." + shared_hint(limit.instance, blocker)
        )
        reversed_ = [item for item in packages_for(network, limit) if item.urn and limit.urn in network.order.named_by(item.urn)]
        missing = fault.text.removeprefix("does not depend on ").replace(", nor on ", ", and ")
        named = sorted({name_in_urn(urn) for urn in network.order.named_by(limit.address)})
        yield Finding(
            verdict=judge(blocker),
            subject=limit.address,
            message=message,
            because=(
                f"regionIds of {evidence.carrier_text(limit)}: {', '.join(limit.regions) or 'not known'}",
                f"dependencies of {limit.label}: {evidence.listed(named) or 'none'}",
                f"missing among them, directly and through others: {missing}",
            ),
            instance=limit.instance.address,
            region_pairs=(limit.pair,) if limit.pair else (),
            fix=Fix(blocker.settle)
            if blocker
            else Fix(
                f"Turn the dependency around: {reversed_[0].label} depends on {limit.label}, and it is the limit that has to wait."
            )
            if reversed_
            else Fix(
                f"Let {limit.label} depend on {'them' if ', and ' in missing else 'it'}.",
                cause=single.waits_for(limit.urn, _waits(network, limit, missed)),
            ),
            blocker=str(blocker) if blocker else None,
        )


def _when(missed: Sequence[Sequence[Entity]]) -> str:
    """What stands is not made too late by this update, and may be by one that makes all of it, as for another environment."""
    stands = missed and all(item.stands for items in missed for item in items)
    return "what it needs stands already, but where the stack is made anew " if stands else ""


def _waits(network: Network, limit: BandwidthLimit, missed: Sequence[Sequence[Entity]]) -> list[str | None]:
    """What it does not wait for, one of each."""
    lists = [[item.urn for item in items if item.urn] for items in missed]
    return [urns[0] for urns in lists if network.order_blocker(limit.address, urns) is None]


def _missing(network: Network, limit: BandwidthLimit) -> list[Sequence[Entity]]:
    """What it does not wait for: the attachments of its package, and the networks in each of its regions."""
    index = limit.instance.index
    wanted: list[Sequence[Entity]] = [packages_for(network, limit)]
    wanted += [index.attachments.get(region, []) for region in (limit.pair.names if limit.pair else ())]
    ordered = [[item for item in items if item.urn] for items in wanted if not needs_no_order(network, limit, items)]
    return [
        items
        for items in ordered
        if items and not network.order.waits_for_any(limit.address, frozenset(item.urn for item in items if item.urn))
    ]


RULE = Rule(
    code="CEN211",
    name="unordered-limit",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ORDER,),
    page=__doc__,
)
