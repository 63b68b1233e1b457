"""Two transit routers of one CEN instance lie in one region.

What it does:
    Counts the routers of each instance in each region. Routers of one provider lie in one region, known or not.
    Also a router that the update makes before it deletes the old one of its region: a new name without an alias.
    One that it imports under a new name, and deletes under the old one, is gone: both names are one object.

Why it matters:
    An instance has one router in a region: the service refuses the second one, in the middle of an update.

Example:
    again = alicloud.cen.TransitRouter(
        "second-near", cen_id=core.id, opts=pulumi.ResourceOptions(provider=hangzhou)
    )

Instead:
    {TRAFFIC_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router; CreateTransitRouter
"""

from collections.abc import Iterator, Mapping

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, CenInstance, Network, TransitRouter, identity
from cenguard.network.faults import may_be_one_region
from cenguard.resources import tokens
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.beside import collisions
from cenguard.rules.remedies.duplicates import cause_of_second_router
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later router of a region."""
    yield from _in_passing(network)
    yield from _of_some_instance(network)
    providers, legacy = network.details.providers, network.catalogue.legacy
    for instance in network.instances:
        seen: dict[str, TransitRouter] = {}
        unplaced: TransitRouter | None = None
        earlier: TransitRouter | None = None
        placed = [router for router in instance.routers if router.declared and router.urn]
        for router in sorted(placed, key=lambda item: item.address):
            provider = providers.get(router.urn or "", "")
            first = seen.get(router.region or provider)
            if first is not None:
                yield _finding(network, instance, first, router, identity(instance))
            elif router.region is None and earlier is not None:
                yield _finding(network, instance, earlier, router, router.region_blocker)
            elif unplaced is not None:
                yield _finding(network, instance, unplaced, router, unplaced.region_blocker)
            elif not legacy.isdisjoint((router.region or "", *seen)):
                yield from _under_two_names(network, instance, seen, router)
            seen.setdefault(router.region or provider, router)
            earlier = earlier or router
            unplaced = unplaced or (router if router.region is None else None)


def _under_two_names(
    network: Network, instance: CenInstance, seen: Mapping[str, TransitRouter], router: TransitRouter
) -> Iterator[Finding]:
    """A router in what may be the region of an earlier one, under a legacy name."""
    for region, first in seen.items():
        blocker = may_be_one_region(network, region, router.region)
        if blocker and not (first.stands and router.stands):
            yield _finding(network, instance, first, router, blocker)
            return


def _in_passing(network: Network) -> Iterator[Finding]:
    """A router that is made while the old one of its region is there still."""
    made = {router.urn: router for router in network.routers}
    for found in collisions(network, tokens.ROUTER):
        router = made[found.urn]
        yield finding_about(
            router,
            found.message(
                router.label,
                f"The update makes {router.label} the router of {router.instance.label} in {router.region}, and {found.until} as its router "
                "there: the service refuses a second one, and the update fails half-way.",
            ),
            question=f"{router.label} is made before {found.old} is gone",
            blocker=found.blocker,
            because=(f"router of {router.instance.label} in {router.region} before this update: {found.old}",),
            fix=found.fix,
            instance=router.instance,
        )


def _of_some_instance(network: Network) -> Iterator[Finding]:
    """A router of an instance that is not known, and that may be one which has a router in its region, or on its provider."""
    open_ = [instance for instance in network.instances if not instance.identified and instance.routers]
    if not open_:
        return
    providers = network.details.providers
    placed: dict[str, list[TransitRouter]] = {}
    for router in sorted(network.routers, key=lambda item: item.address):
        if router.declared and router.urn and (where := router.region or providers.get(router.urn, "")):
            placed.setdefault(where, []).append(router)
    for instance in open_:
        for router in instance.routers:
            where = (router.region or providers.get(router.urn or "", "")) if router.declared and router.urn else ""
            here = placed.get(where, ())
            first = next((item for item in here if _is_first(item, router) and instance.may_be(item.instance)), None)
            if first is not None and not (first.stands and router.stands):
                yield _finding(network, instance, first, router, identity(instance))


def _is_first(item: TransitRouter, router: TransitRouter) -> bool:
    """Whether a router is the first of two: one of an instance that is known, or the earlier one."""
    return item.instance.identified or item.address < router.address


def _finding(
    network: Network, instance: CenInstance, first: TransitRouter, later: TransitRouter, blocker: Blocker | None
) -> Finding:
    one, other = evidence.two_labels(first, later)
    where = first.region or "the one region of their provider"
    return finding_about(
        later,
        f"{other} and {one} are both routers of {instance.label} in {where}: an instance has one router in a region.",
        question=f"{later.label} is the only router of {instance.label} in its region",
        blocker=blocker,
        because=tuple(f"router {name}: {item.region or 'region not known'}" for name, item in ((one, first), (other, later))),
        fix=f"Keep one of {one} and {other}, or give one the provider of another region.",
        cause=cause_of_second_router(network, first, later),
        instance=instance,
        related=(first.address,),
    )


RULE = Rule(
    code="CEN313",
    name="duplicate-router",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    prelude=Prelude.ENTERPRISE,
    page=__doc__,
)
