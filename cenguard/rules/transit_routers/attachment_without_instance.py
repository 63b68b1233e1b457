"""A peer, VPC or VBR attachment of a transit router does not set its CEN instance.

What it does: looks for `cenId` on each of them.
Why it matters: the provider makes a broken id of it (`<nil>:tr-attach-…`), and the next read fails.
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import Attachment, Network, Peer
from cenguard.rules import fixes
from cenguard.rules.rule import Rule, Scope, judge

NAMED_BY_INSTANCE = ("VPC", "VBR")
"""Kinds whose attachment id begins with the instance's; VPN and ECR attachments have an id of their own."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment or peer without its instance."""
    items: tuple[Attachment | Peer, ...] = (*network.attachments, *network.peers)
    for item in items:
        if item.names_instance or (isinstance(item, Attachment) and item.kind not in NAMED_BY_INSTANCE):
            continue
        what = "Peer" if isinstance(item, Peer) else f"{item.kind} attachment"
        known = item.instance if item.instance.identified else None
        yield Finding(
            verdict=judge(None),
            subject=item.address,
            message=f"{what} {item.label} sets no cen_id: the provider makes the broken id <nil>:tr-attach-… of it, and reads it under no instance.",
            because=(f"{item.label} has no cenId",),
            instance=known.address if known else None,
            fix=Fix("Set cen_id to the id of the router's instance.", f"cen_id={fixes.entity_id(known)},\n" if known else None),
        )


RULE = Rule(
    code="CEN309",
    name="attachment-without-instance",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
