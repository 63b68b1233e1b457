"""CIDR blocks of two attached networks overlap.

What it does:
    Compares the blocks of the networks that the program creates and attaches to one instance, those that are equal
    excepted.

Why it matters:
    It is legal: the longer prefix wins. Addresses of the wider block that lie in the narrower one are not reached.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    beijing = pulumi.ResourceOptions(provider=alicloud.Provider("beijing", region="cn-beijing"))
    core = alicloud.cen.Instance("core")
    first = alicloud.vpc.Network("first-vpc", cidr_block="10.0.0.0/8", opts=beijing)
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
    When wide blocks are meant as a fallback for narrower ones.

Source:
    CEN protection level REDUCED: blocks may overlap, not be identical
"""

from collections.abc import Iterator
from ipaddress import IPv4Network

from cenguard.findings import Finding, Level
from cenguard.network import CenInstance, Network, identity
from cenguard.rules.about import finding_about
from cenguard.rules.attachments.blocks import Block, blocks_of, unknown_blocks
from cenguard.rules.rule import Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later network whose block overlaps another's."""
    for instance in network.instances:
        blocks = blocks_of(network, instance)
        near = _first_neighbours(blocks)
        said: set[str] = set()
        for block, items in blocks.items():
            other = near.get(block)
            for later in items:
                if other is not None and other.urn < later.urn and other.network is not later.network and later.urn not in said:
                    said.add(later.urn)
                    yield _finding(instance, other, later)
        for joining, blocker in unknown_blocks(network, instance):
            yield finding_about(
                joining,
                "",
                question=f"the CIDR block of {joining.name} overlaps another on {instance.label}",
                blocker=blocker,
                fix="",
                instance=instance,
            )


def _first_neighbours(blocks: dict[str, list[Block]]) -> dict[str, Block]:
    """For each block, the first network, by URN, of the blocks that contain it or lie in it.

    Blocks either contain each other or are apart, so one walk in order of addresses sees every overlap.
    """
    nets = sorted((IPv4Network(text) for text in blocks), key=lambda net: (int(net.network_address), net.prefixlen))
    around: dict[str, Block] = {}
    inside: dict[str, Block] = {}
    open_nets: list[IPv4Network] = []
    for net in [*nets, None]:
        while open_nets and (net is None or not net.subnet_of(open_nets[-1])):
            inner = str(open_nets.pop())
            if open_nets:
                _keep(inside, str(open_nets[-1]), blocks[inner][0], inside.get(inner))
        if net is not None:
            if open_nets:
                outer = str(open_nets[-1])
                _keep(around, str(net), blocks[outer][0], around.get(outer))
            open_nets.append(net)
    found = dict(around)
    for text, block in inside.items():
        _keep(found, text, block)
    return found


def _keep(found: dict[str, Block], text: str, *blocks: Block | None) -> None:
    """Remember the first of some networks."""
    for block in blocks:
        if block is not None and (text not in found or block.urn < found[text].urn):
            found[text] = block


def _finding(instance: CenInstance, first: Block, later: Block) -> Finding:
    return finding_about(
        later.joining,
        f"{later.name} ({later.text}) and {first.name} ({first.text}) overlap on {instance.label}: the longer prefix takes the traffic.",
        question=f"{later.name} has addresses of its own",
        blocker=identity(instance),
        because=tuple(f"cidrBlock of {item.name}, which {item.joining.name} attaches: {item.text}" for item in (first, later)),
        fix="Give one of them a block of its own, if the overlap is not meant.",
        instance=instance,
        related=(first.urn,),
    )


RULE = Rule(
    code="CEN106",
    name="overlapping-cidrs",
    level=Level.ADVISORY,
    effect="Q",
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
