"""A vSwitch block of one attached network lies inside one of another's.

What it does:
    Compares the blocks of the vSwitches of the networks that are attached to one instance, those that are equal excepted.
    Where a network has no vSwitch in the program, its own blocks are looked at, and the answer stays open.

Why it matters:
    It is legal: the longer prefix takes the traffic. Addresses of the wider block that lie in the narrower one are not
    reached.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    beijing = pulumi.ResourceOptions(provider=alicloud.Provider("beijing", region="cn-beijing"))
    core = alicloud.cen.Instance("core")
    first = alicloud.vpc.Network("first-vpc", cidr_block="10.140.0.0/16", opts=beijing)
    second = alicloud.vpc.Network("second-vpc", cidr_block="10.136.0.0/13", opts=beijing)
    tills = alicloud.vpc.Switch(
        "tills", vpc_id=first.id, cidr_block="10.140.8.0/22", zone_id="cn-beijing-h", opts=beijing
    )
    shelves = alicloud.vpc.Switch(
        "shelves", vpc_id=second.id, cidr_block="10.140.9.0/24", zone_id="cn-beijing-h", opts=beijing
    )
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id=first.id,
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    stock = alicloud.cen.InstanceAttachment(
        "stock",
        instance_id=core.id,
        child_instance_id=second.id,
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

Instead:
    import pulumi
    import pulumi_alicloud as alicloud

    beijing = pulumi.ResourceOptions(provider=alicloud.Provider("beijing", region="cn-beijing"))
    core = alicloud.cen.Instance("core")
    first = alicloud.vpc.Network("first-vpc", cidr_block="10.140.0.0/16", opts=beijing)
    second = alicloud.vpc.Network("second-vpc", cidr_block="10.136.0.0/13", opts=beijing)
    tills = alicloud.vpc.Switch(
        "tills", vpc_id=first.id, cidr_block="10.140.8.0/22", zone_id="cn-beijing-h", opts=beijing
    )
    shelves = alicloud.vpc.Switch(
        "shelves", vpc_id=second.id, cidr_block="10.141.9.0/24", zone_id="cn-beijing-h", opts=beijing
    )
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id=first.id,
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    stock = alicloud.cen.InstanceAttachment(
        "stock",
        instance_id=core.id,
        child_instance_id=second.id,
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When wide blocks are meant as a fallback for narrower ones.

Source:
    "Why does a VPC route table or CEN prompt the route conflict error message" (2023-09-22); DescribeRouteConflict
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, CenInstance, Network, identity
from cenguard.rules.about import finding_about
from cenguard.rules.attachments.blocks import Blocks, Claim, Pairs, Place, names_of, partner, seen_together
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later network with a block inside, or around, an earlier one's."""
    for instance in network.instances:
        blocks, certain, possible = seen_together(network, instance, _pairs)
        for first, later in certain.values():
            yield _finding(instance, first, later, None)
        for first, later in possible.values():
            yield _finding(instance, first, later, (first if first.bare else later).open)
        for joining, blocker in blocks.unknown:
            if joining.urn not in certain and joining.urn not in possible:
                yield finding_about(
                    joining,
                    "",
                    question=f"the blocks of {joining.label} overlap others on {instance.label}",
                    blocker=blocker,
                    fix="",
                    instance=instance,
                )


def _pairs(blocks: Blocks) -> tuple[Pairs, Pairs]:
    """Later networks with an earlier one whose block overlaps, for certain, and others where it may."""
    certain: Pairs = {}
    possible: Pairs = {}
    for place, later in blocks.meetings():
        if not (place.around or place.inside):
            continue
        first = None if later.bare else partner(later, bare=False, among=[place.around, place.inside])
        if first is not None:
            certain.setdefault(later.urn, (first, later))
        elif later.urn not in possible and (first := _may_overlap(place, later)) is not None:
            possible[later.urn] = (first, later)
    return certain, {urn: pair for urn, pair in possible.items() if urn not in certain}


def _may_overlap(place: Place, later: Claim) -> Claim | None:
    """An earlier network that may have vSwitches inside a block of this one, or around it.

    A vSwitch inside the bare block of the other network may be equal to one of its vSwitches as well: that is CEN105's.
    """
    if later.bare:
        return partner(later, bare=True, among=[place.around, place.inside]) or partner(later, bare=False, among=[place.around])
    return partner(later, bare=True, among=[place.inside])


def _finding(instance: CenInstance, first: Claim, later: Claim, blocker: Blocker | None) -> Finding:
    one, other = names_of(first, later)
    return finding_about(
        later.joining,
        f"{other} ({later.text}) and {one} ({first.text}) overlap on {instance.label}: the longer prefix takes the traffic.",
        question=f"vSwitches of {other} ({later.text}) and {one} ({first.text}) overlap on {instance.label}",
        blocker=blocker or identity(instance),
        because=(first.step, later.step),
        fix="Give one of the vSwitches a block of its own, if the overlap is not meant.",
        instance=instance,
        related=(first.urn,),
    )


RULE = Rule(
    code="CEN106",
    name="overlapping-cidrs",
    level=Level.ADVISORY,
    effect=Effect.QUALITY,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
