"""Two networks attached to one instance have vSwitches of the same CIDR block.

What it does:
    Compares the blocks of the vSwitches of the networks that are attached to one instance: they are what a network hands
    over. Two networks with one primary block work while their vSwitches differ. Where a network has no vSwitch in the
    program, its own blocks, secondary ones too, are looked at, and the answer stays open. Networks that are known by an id
    only, and whose vSwitches are elsewhere, say nothing.

Why it matters:
    Both attachments stand, and the routes to the block collide: one of the two networks gets no traffic for it. Through
    transit routers, tables may keep the two apart; there the finding is advisory.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    beijing = pulumi.ResourceOptions(provider=alicloud.Provider("beijing", region="cn-beijing"))
    core = alicloud.cen.Instance("core")
    first = alicloud.vpc.Network("first-vpc", cidr_block="10.140.0.0/16", opts=beijing)
    second = alicloud.vpc.Network("second-vpc", cidr_block="10.136.0.0/13", opts=beijing)
    tills = alicloud.vpc.Switch(
        "tills", vpc_id=first.id, cidr_block="10.140.8.0/24", zone_id="cn-beijing-h", opts=beijing
    )
    shelves = alicloud.vpc.Switch(
        "shelves", vpc_id=second.id, cidr_block="10.140.8.0/24", zone_id="cn-beijing-h", opts=beijing
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
        "tills", vpc_id=first.id, cidr_block="10.140.8.0/24", zone_id="cn-beijing-h", opts=beijing
    )
    shelves = alicloud.vpc.Switch(
        "shelves", vpc_id=second.id, cidr_block="10.141.8.0/24", zone_id="cn-beijing-h", opts=beijing
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
    Never for direct attachments.

Source:
    "Why does a VPC route table or CEN prompt the route conflict error message" (2023-09-22); DescribeRouteConflict
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, CenInstance, Network, identity
from cenguard.rules.about import finding_about
from cenguard.rules.attachments.blocks import Blocks, Claim, Pairs, Place, names_of, partner, seen_together
from cenguard.rules.routes.meeting_tables import meet_in_use
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later network with a block that an earlier one has, or may have."""
    for instance in network.instances:
        blocks, certain, possible = seen_together(network, instance, _pairs)
        for first, later in certain.values():
            if not meet_in_use(network, first.urn, later.urn):
                yield _finding(instance, first, later, None)
        for first, later in possible.values():
            if not meet_in_use(network, first.urn, later.urn):
                yield _finding(instance, first, later, (first if first.bare else later).open)
        for joining, blocker in blocks.unknown:
            if joining.urn not in certain and joining.urn not in possible:
                yield finding_about(
                    joining,
                    "",
                    question=f"the blocks of {joining.label} are its own on {instance.label}",
                    blocker=blocker,
                    fix="",
                    instance=instance,
                )


def _pairs(blocks: Blocks) -> tuple[Pairs, Pairs]:
    """Later networks with an earlier one whose block is the same, for certain, and others where it may be."""
    certain: Pairs = {}
    possible: Pairs = {}
    for place, later in blocks.meetings():
        if len(place.claims) == 1 and not (place.around or place.inside):
            continue  # nearly always
        first = None if later.bare else partner(later, bare=False, among=[place.equal])
        if first is not None:
            held = certain.get(later.urn)
            if held is None or (_both_direct(first, later) and not _both_direct(*held)):
                certain[later.urn] = (first, later)
        elif later.urn not in possible and (first := _may_be_equal(place, later)) is not None:
            possible[later.urn] = (first, later)
    return certain, {urn: pair for urn, pair in possible.items() if urn not in certain}


def _may_be_equal(place: Place, later: Claim) -> Claim | None:
    """An earlier network whose vSwitches may have the block of this one, or the other way round."""
    if later.bare:
        return partner(later, bare=True, among=[place.equal]) or partner(later, bare=False, among=[place.equal, place.inside])
    return partner(later, bare=True, among=[place.equal, place.around])


def _both_direct(first: Claim, later: Claim) -> bool:
    return first.direct and later.direct


def _finding(instance: CenInstance, first: Claim, later: Claim, blocker: Blocker | None) -> Finding:
    direct = _both_direct(first, later)
    one, other = names_of(first, later)
    return finding_about(
        later.joining,
        f"{other} and {one} both have vSwitches of {later.text} on {instance.label}: "
        + (
            "the routes collide, and one of the two gets no traffic."
            if direct
            else "unless tables keep them apart, the routes collide, and one of the two gets no traffic."
        ),
        question=f"{other} ({later.text}) and {one} ({first.text}) have vSwitches of one block on {instance.label}",
        blocker=blocker or identity(instance),
        because=(first.step, later.step),
        fix="Give one of the vSwitches another block.",
        instance=instance,
        related=(first.urn,),
        level=None if direct else Level.ADVISORY,
    )


RULE = Rule(
    code="CEN105",
    name="identical-cidrs",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
