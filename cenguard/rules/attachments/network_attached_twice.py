"""One network is attached twice to one CEN instance.

What it does:
    Looks for two attachments of one network on one instance. On two instances it may share services by design. Also for
    one that the update makes before it deletes the old one of the same network: a new name without an alias. One that
    it imports under a new name, and deletes under the old one, is detached: both names are one object.

Why it matters:
    The service refuses the second attachment, in the middle of an update.

Example:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    shop_again = alicloud.cen.InstanceAttachment(
        "shop-again",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    services = alicloud.cen.Instance("services")
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    shop_again = alicloud.cen.InstanceAttachment(
        "shop-again",
        instance_id=services.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    AttachCenChildInstance, error InvalidOperation.AttachedChildInstanceExist
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, CenInstance, Network, identity
from cenguard.network.details import Joining
from cenguard.resources import tokens
from cenguard.resources.urns import name_in_urn
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.beside import collisions
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later attachment of a network."""
    yield from _in_passing(network)
    details = network.details
    for instance in network.instances:
        seen: dict[str, Joining] = {}
        nameless: dict[tuple[str, str | None], Joining] = {}
        for joining in details.on(instance):
            address = joining.network_address
            first = joining if address is None else seen.setdefault(address, joining)
            if first is not joining:
                yield _finding(network, instance, first, joining)
            elif not joining.plain and isinstance(joining.item, Attachment) and _is_open(joining):
                # a network lies in one region, and is of one kind
                first = nameless.setdefault((joining.item.kind, joining.item.region), joining)
                if first is not joining:
                    yield _finding(network, instance, first, joining, joining.network_id.blocker)


def _in_passing(network: Network) -> Iterator[Finding]:
    """An attachment that is made while the old one of its network is there still."""
    for found in collisions(network, tokens.INSTANCE_ATTACHMENT, *tokens.ROUTER_ATTACHMENTS):
        later = network.details.joinings.get(found.urn)
        if later is None:
            continue
        name = later.network.name if later.network else name_in_urn(later.network_address or "")
        instance = later.item.instance
        yield finding_about(
            later,
            found.message(
                later.label,
                f"The update attaches {name} to {instance.label} as {later.label}, and {found.until}: the service refuses a second attachment "
                "of a network, and the update fails half-way.",
            ),
            question=f"{later.label} attaches {name} before {found.old} is gone",
            blocker=found.blocker,
            because=(f"{name} on {instance.label} before this update: {found.old}", f"made by it: {later.label}"),
            fix=found.fix,
            instance=instance,
        )


def _is_open(joining: Joining) -> bool:
    """Whether nobody knows yet which network it attaches: two names may read one of them."""
    return joining.network is None and joining.network_id.blocker is not None


def _finding(network: Network, instance: CenInstance, first: Joining, later: Joining, open_id: Blocker | None = None) -> Finding:
    name = later.network.name if later.network else name_in_urn(later.network_address or "")
    names = evidence.two_labels(first, later)
    second = first if later.stands and not first.stands else later
    attaches, attached = reversed(names) if second is later else names
    return finding_about(
        later,
        f"{attaches} attaches {name} to {instance.label}, where {attached} has attached it already.",
        question=f"{names[1]} attaches another network than {names[0]}",
        blocker=open_id or identity(instance),
        because=tuple(f"network of {item} on {instance.label}: {name or 'not known'}" for item in names),
        fix=f"Keep one of {names[0]} and {names[1]}.",
        cause=single.goes(network, [second.urn]),
        instance=instance,
        related=(first.urn,),
    )


RULE = Rule(
    code="CEN104",
    name="network-attached-twice",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
