"""A health check of a leased line may be made before the line is attached.

What it does:
    Follows the dependencies of each health check of a virtual border router (VBR): one of them must lead to the attachment of
    that VBR to the instance that the check is made for.

Why it matters:
    The service refuses the check of a line that is not attached yet. The provider tries again for some minutes, so the update
    may still end well, or may not.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    line = alicloud.cen.InstanceAttachment(
        "line",
        instance_id=core.id,
        child_instance_id="vbr-1",
        child_instance_type="VBR",
        child_instance_region_id="cn-beijing",
    )
    probe = alicloud.cen.VbrHealthCheck(
        "probe",
        cen_id=core.id,
        vbr_instance_id="vbr-1",
        vbr_instance_region_id="cn-beijing",
        health_check_source_ip="192.168.1.2",
        health_check_target_ip="10.0.0.2",
    )

Instead:
    import pulumi
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    line = alicloud.cen.InstanceAttachment(
        "line",
        instance_id=core.id,
        child_instance_id="vbr-1",
        child_instance_type="VBR",
        child_instance_region_id="cn-beijing",
    )
    probe = alicloud.cen.VbrHealthCheck(
        "probe",
        cen_id=core.id,
        vbr_instance_id="vbr-1",
        vbr_instance_region_id="cn-beijing",
        health_check_source_ip="192.168.1.2",
        health_check_target_ip="10.0.0.2",
        opts=pulumi.ResourceOptions(depends_on=[line]),
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When leased lines are attached outside Pulumi.

Source:
    aliyun/terraform-provider-alicloud change 2563; error InvalidOperation.VbrNotAttachedToCen
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.details import HealthCheck
from cenguard.resources.urns import name_in_urn
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each health check that may come too early."""
    checks = [item for item in network.details.health_checks if not item.stands]
    if not checks:
        return
    attached: dict[str, list[Attachment]] = {}
    for item in network.attachments:
        joining = network.details.joinings.get(item.urn or "")
        address = joining.network_address if joining else item.network
        if address is not None:
            attached.setdefault(address, []).append(item)
    for probe in checks:
        here = [item for item in attached.get(probe.line.value or "", ()) if _meets(probe, item)]
        urns = [item.urn for item in here if item.urn]
        if len(urns) < len(here) or any(item.stands for item in here):
            continue  # it is attached already
        if urns and network.order.waits_for_any(probe.urn, frozenset(urns)):
            continue
        yield _finding(network, probe, here, urns)


def _meets(probe: HealthCheck, item: Attachment) -> bool:
    """Whether an attachment is, or may be, to the instance of a health check."""
    ours, theirs = probe.instance, item.instance
    return ours is theirs or ours.may_be(theirs) or theirs.may_be(ours)


def _finding(network: Network, probe: HealthCheck, here: list[Attachment], urns: list[str]) -> Finding:
    first = here[0] if here else None
    blocker = network.order_blocker(probe.urn, urns) if first else probe.line.blocker or _elsewhere(probe)
    if first is not None and first.instance is not probe.instance:
        blocker = blocker or probe.instance.blocker or first.instance.blocker
    return finding_about(
        probe,
        f"Health check {probe.label} does not depend on {first.label if first else 'an attachment'}, which attaches its leased "
        f"line: {evidence.engine(probe.urn)} may make it first, and the service refuses it until the line is attached.",
        question=f"health check {probe.label} waits for its leased line to be attached",
        blocker=blocker,
        because=(
            f"no dependency of {probe.label} leads to {first.label}, which attaches the line"
            if first
            else f"attachments of its line to {probe.instance.label}: none",
        ),
        fix=f"Let it depend on {first.label}." if first else "",
        cause=single.waits_for(probe.urn, [first.urn]) if first else None,
        instance=probe.instance,
        related=urns,
    )


def _elsewhere(probe: HealthCheck) -> Blocker:
    return Blocker(
        f"attachment {probe.line.value} {probe.instance.address}",
        f"no attachment of {name_in_urn(probe.line.value or '')} to {probe.instance.label} is in the input",
        "an inventory, or the document of the stack that attaches it, would settle it",
    )


RULE = Rule(
    code="CEN112",
    name="unordered-health-check",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ORDER,),
    page=__doc__,
)
