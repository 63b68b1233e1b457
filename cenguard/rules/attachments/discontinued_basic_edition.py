"""Networks are attached directly to a new instance, which is Basic Edition: the service no longer sells it.

What it does:
    Looks at the instances that an update makes, and at the networks that it attaches to them directly, outside the regions of
    Cloud Connect Networks, which are Basic always. One finding an instance. The first direct attachment in a region of an
    instance that stands leaves a question. What stands on Basic Edition goes on, and nothing is said of it, until a transit
    router is made where networks are attached directly, as a changed `edition` of `CenNetwork` does.

Why it matters:
    The service says that Basic Edition is discontinued and no longer for sale. Such attachments still deploy for some
    accounts; which edition a new instance gets from them is not documented, and with another one bandwidth limits do not work.
    A network that stands is not changed by declaring routers beside it: an instance has one router in a region, so the new
    one is refused, half-way through the update. `cenguard upgrade` says what such a network becomes, step by step, what stops
    working, what it costs, and what is not documented.

Example:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-hangzhou",
    )

Instead:
    import pulumi
    import pulumi_alicloud as alicloud

    hangzhou = pulumi.ResourceOptions(provider=alicloud.Provider("hangzhou", region="cn-hangzhou"))
    core = alicloud.cen.Instance("core")
    router = alicloud.cen.TransitRouter("router", cen_id=core.id, opts=hangzhou)
    shop = alicloud.cen.TransitRouterVpcAttachment(
        "shop",
        cen_id=core.id,
        transit_router_id=router.transit_router_id,
        vpc_id="vpc-1",
        zone_mappings=[
            {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-1"},
            {"zone_id": "cn-hangzhou-k", "vswitch_id": "vsw-2"},
        ],
        opts=hangzhou,
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When your account still gets Basic Edition.

Source:
    https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router (2025-10-24)
    one router in a region: https://www.alibabacloud.com/help/doc-detail/66205.htm (2026-03-05)
"""

from collections.abc import Iterator, Mapping, Sequence

from cenguard.findings import Finding, Level
from cenguard.geography.editions import BASIC_NOT_SOLD, ENTERPRISE_COSTS, NOT_SOLD, UPGRADE_PLANS
from cenguard.geography.regions import is_ccn
from cenguard.network import Attachment, Blocker, CenInstance, Network, TransitRouter
from cenguard.network.once import once
from cenguard.resources.addresses import is_address
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.rule import Effect, Rule, Scope

_PAGE = "page of 2025-10-24"
_COMPONENT = '`CenNetwork` does it with edition="enterprise". '
"""Of use to a program of Pulumi."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each instance that gets its first Basic Edition routers, or a router where a Basic one stands."""
    for instance in network.instances:
        added = _added(instance)
        routers = _made(network, instance)
        if (added or routers) and not instance.is_new:
            served = _served(network, instance)
            refused = [item for item in routers if item.region in served]
            if refused:
                yield _refused(instance, refused, served)
                continue
            added = [item for item in added if item.region not in served]
        if added:
            yield _finding(instance, added)


def _made(network: Network, instance: CenInstance) -> list[TransitRouter]:
    """Routers that the update makes."""
    old = _routers_before(network)
    return [item for item in instance.routers if item.declared and not item.stands and item.address not in old]


@once
def _routers_before(network: Network) -> frozenset[str]:
    """Addresses of the routers that stand before the update."""
    before = network.base
    return frozenset(item.address for other in before.instances for item in other.routers) if before is not None else frozenset()


@once
def _instances_before(network: Network) -> Mapping[str, Sequence[CenInstance]]:
    """The instances that stand before the update, by their addresses."""
    found: dict[str, list[CenInstance]] = {}
    for item in network.base.instances if network.base is not None else ():
        found.setdefault(item.address, []).append(item)
    return found


def _served(network: Network, instance: CenInstance) -> dict[str | None, list[Attachment]]:
    """Who is attached directly already, by region, as far as the input and an inventory tell; a limit that stands proves its ends."""
    found: dict[str | None, list[Attachment]] = {region: [] for region in instance.basic}
    found.update({region: [] for limit in instance.limits if limit.proves for region in limit.regions if not is_ccn(region)})
    old = _instances_before(network).get(instance.address, ())
    here = [item for item in instance.attachments if item.stands or not item.declared]
    seen = {item.address for item in here}
    gone = [item for other in old if other is not instance for item in other.attachments if item.address not in seen]
    for item in (*here, *gone):
        if item.direct and not is_ccn(item.region or ""):
            found.setdefault(item.region, []).append(item)
    return found


def _added(instance: CenInstance) -> list[Attachment]:
    """New attachments that make, or meet, a Basic Edition router outside the regions of Cloud Connect Networks."""
    index = instance.index
    others = index.enterprise.union([region for region in index.attachments if is_ccn(region)])
    return [
        item
        for item in instance.attachments
        if item.declared
        and not item.stands
        and item.direct
        and not item.misplaced
        and item.kind != "CCN"
        and item.region not in others
    ]


def _finding(instance: CenInstance, added: list[Attachment]) -> Finding:
    named = [(item.label, item) for item in added[: evidence.MOST_NAMED]]
    names = evidence.listed([*[name for name, _ in named], *[""] * (len(added) - len(named))])  # the rest is counted
    blocker = _open(instance, added)
    regions = sorted({item.region or "a region that is not known" for item in added}) if blocker else []
    return finding_about(
        evidence.instance_subject(instance),
        f"{instance.label} is new, and {names} {'are' if len(added) > 1 else 'is'} attached to it directly, on Basic Edition: "
        f"that is {NOT_SOLD} ({_PAGE}).",
        question=f"{evidence.listed(regions)} of {instance.label} still {'get' if len(regions) > 1 else 'gets'} Basic Edition",
        blocker=blocker,
        because=[
            f"{evidence.region_source(item)} of {evidence.attachment_text(item)}: {item.region or 'not known'}"
            for _, item in named
        ],
        fix=(
            "Make a new network on Enterprise Edition: a transit router in each region, an attachment with a vSwitch in two zones for "
            "each VPC, associated with a route table and propagated, and a peer in place of each bandwidth limit. "
            f"{'' if is_address(added[0].address) else _COMPONENT}Mind the cost: {ENTERPRISE_COSTS}."
        ),
        instance=instance,
        related=[item.address for item in added],
    )


def _refused(instance: CenInstance, routers: list[TransitRouter], served: dict[str | None, list[Attachment]]) -> Finding:
    """Routers that are made where the instance has one."""
    names = evidence.listed(item.label for item in routers)
    regions = evidence.listed(sorted({item.region for item in routers if item.region}))
    standing = [item for region in sorted({item.region or "" for item in routers}) for item in served[region]]
    return finding_about(
        evidence.instance_subject(instance) if instance.declared else routers[0],
        f"{instance.label} stands on Basic Edition in {regions}, and {names} {'are' if len(routers) > 1 else 'is'} made there: an "
        "instance has one router in a region, so the service refuses another.",
        question="",
        blocker=None,
        because=(
            *(
                f"{evidence.region_source(item)} of {evidence.attachment_text(item)}, which stands: {item.region}"
                for item in standing[: evidence.MOST_NAMED]
            ),
            *(f"router {item.label}: {item.region}" for item in routers[: evidence.MOST_NAMED]),
        ),
        fix=f"Plan it first: {UPGRADE_PLANS}. Mind the cost: {ENTERPRISE_COSTS}.",
        instance=instance,
        related=tuple(item.address for item in (*routers, *standing)),
    )


def _open(instance: CenInstance, added: list[Attachment]) -> Blocker | None:
    """What it hangs on: a region that is not known, or what an instance that stands gets."""
    if instance.is_new:
        return None if any(item.region for item in added) else added[0].region_blocker
    known = instance.identified and any(item.direct and (item.stands or not item.declared) for item in instance.attachments)
    if not known and instance.blocker is not None:
        return instance.blocker
    return Blocker(
        f"edition {instance.address}",
        f"{BASIC_NOT_SOLD} ({_PAGE}), and what an instance that stands gets is not documented",
        "an inventory that knows a direct attachment in that region, or a transit router declared there, would settle it; "
        f"{UPGRADE_PLANS}",
    )


RULE = Rule(
    code="CEN111",
    name="discontinued-basic-edition",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    page=__doc__,
)
