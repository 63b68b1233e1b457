"""Two networks attached to one instance have the same CIDR block.

What it does:
    Compares the blocks of the networks that the program creates and attaches to one instance. Networks that are known by
    an id only say nothing.

Why it matters:
    The service refuses the second network: it could not tell which one a packet is for. Through transit routers, tables may
    keep the two apart; there the finding is advisory.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    beijing = pulumi.ResourceOptions(provider=alicloud.Provider("beijing", region="cn-beijing"))
    core = alicloud.cen.Instance("core")
    first = alicloud.vpc.Network("first-vpc", cidr_block="10.0.0.0/16", opts=beijing)
    second = alicloud.vpc.Network("second-vpc", cidr_block="10.0.0.0/16", opts=beijing)
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
    first = alicloud.vpc.Network("first-vpc", cidr_block="10.0.0.0/16", opts=beijing)
    second = alicloud.vpc.Network("second-vpc", cidr_block="10.1.0.0/16", opts=beijing)
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
    CEN protection level REDUCED: blocks may overlap, not be identical
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Network, identity
from cenguard.rules.about import finding_about
from cenguard.rules.attachments.blocks import Block, blocks_of, unknown_blocks
from cenguard.rules.rule import Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later network with the block of another."""
    for instance in network.instances:
        said: set[str] = set()
        for block, items in blocks_of(network, instance).items():
            first, *rest = items
            for later in rest:
                if later.urn not in said and later.network is not first.network:
                    said.add(later.urn)
                    yield _finding(block, first, later)
        for joining, blocker in unknown_blocks(network, instance):
            yield finding_about(
                joining,
                "",
                question=f"the CIDR block of {joining.name} is one of its own on {instance.label}",
                blocker=blocker,
                fix="",
                instance=instance,
            )


def _finding(block: str, first: Block, later: Block) -> Finding:
    direct = all(isinstance(item.joining.item, Attachment) and item.joining.item.direct for item in (first, later))
    instance = later.joining.item.instance
    return finding_about(
        later.joining,
        f"{later.name} and {first.name} both have {block} on {instance.label}: "
        + (
            "the service refuses the second one."
            if direct
            else "unless tables keep them apart, traffic reaches one of them only."
        ),
        question=f"{later.name} has a block of its own",
        blocker=identity(instance),
        because=tuple(f"cidrBlock of {item.name}, which {item.joining.name} attaches: {block}" for item in (first, later)),
        fix="Give one of them another CIDR block.",
        instance=instance,
        related=(first.urn,),
        level=None if direct else Level.ADVISORY,
    )


RULE = Rule(
    code="CEN105",
    name="identical-cidrs",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
