"""An attachment says one kind of network and names another.

What it does:
    Compares the kind that an attachment declares with the prefix of the id it names (`vpc-`, `vbr-`, `ccn-`), and with the
    type of the resource it points at.

Why it matters:
    Nothing compares the two before the service refuses the attachment, in the middle of an update.

Example:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    line = alicloud.cen.InstanceAttachment(
        "line",
        instance_id=core.id,
        child_instance_id="vbr-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    line = alicloud.cen.InstanceAttachment(
        "line",
        instance_id=core.id,
        child_instance_id="vbr-1",
        child_instance_type="VBR",
        child_instance_region_id="cn-beijing",
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    AttachCenChildInstance, `ChildInstanceType`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.details import Joining
from cenguard.network.kinds import kind_of_id
from cenguard.resources.urns import name_in_urn
from cenguard.rules.about import finding_about
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment whose kind is not its network's."""
    for joining in network.details.joinings.values():
        item = joining.item
        if not isinstance(item, Attachment) or (joining.plain and kind_of_id(joining.network_address) == item.kind):
            continue  # nearly always
        actual = _actual(joining)
        if actual is not None and actual == item.kind:
            continue
        blocker = _blocker(joining, actual)
        if blocker is None and (actual is None or not item.kind):
            continue
        evidence = _evidence(joining, actual)
        yield finding_about(
            joining,
            f"{joining.label} attaches a {item.kind}, and names a {actual}: {evidence}.",
            question=f"{joining.label} attaches what it names",
            blocker=blocker,
            because=(
                f"{'childInstanceType' if item.direct else 'the kind'} of {joining.label}: {item.kind or 'not known'}",
                *((evidence,) if evidence else ()),
            ),
            fix=f"Set the type of the network to {actual}, or name a {item.kind}."
            if item.direct
            else f"Name a {item.kind}, or use the attachment of a {actual}.",
            cause=single.says(joining.urn, {"childInstanceType": actual}) if item.direct and actual else None,
            instance=item.instance,
        )


def _actual(joining: Joining) -> str | None:
    """The kind of the network it names, where that is known."""
    if joining.network is not None:
        return joining.network.kind
    return kind_of_id(joining.network_address) or joining.read_kind or None


def _evidence(joining: Joining, actual: str | None) -> str:
    """How that is known; empty where it is not."""
    if joining.network is not None:
        return f"{joining.network.name} is a {actual}, as its type says"
    address = joining.network_address or ""
    if kind_of_id(address) is not None:
        return f"the id {address} is that of a {actual}"
    return f"{name_in_urn(address)} is read as a {actual}" if actual else ""


def _blocker(joining: Joining, actual: str | None) -> Blocker | None:
    if isinstance(joining.item, Attachment) and not joining.item.direct:
        return None  # its type says the kind; only a known id can contradict it
    if actual is None:
        return joining.network_id.blocker if joining.network_address is None else None
    return joining.kind.blocker


RULE = Rule(
    code="CEN102",
    name="attachment-type-mismatch",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
