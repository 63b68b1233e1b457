"""Packets get from one network to another, and no answer comes back.

What it does:
    Follows packets between each two groups of networks of an instance that fare alike, in both directions. Violated where
    one direction is routed and the other fails for certain, unless a route map or a black hole is what stops it.

Why it matters:
    Every connection needs both ways. A ping that leaves and does not come back is the hardest fault to find: each table
    looks right by itself.

Example:
    office_table = table("office-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, office_table)
    known("office", office, near_table)  # nothing leads back: office-table knows the office's neighbour only
    shop = site("shop", "10.3", near, hangzhou, auto_publish_route_enabled=True)
    enters("shop", shop, office_table)
    known("shop", shop, office_table)

Instead:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)
    shop = site("shop", "10.3", near, hangzhou, auto_publish_route_enabled=True)
    enters("shop", shop, near_table)
    known("shop", shop, near_table)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When one-way traffic is meant, as for what only sends logs.

Source:
    https://help.aliyun.com/en/cen/user-guide/route-learning
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.routes import GOOD, Way, verdicts_of
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.routes.named_elsewhere import is_named
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

if TYPE_CHECKING:
    from cenguard.network.routes.groups import GroupPair

MEANT = frozenset({Way.DENIED, Way.BLACKHOLE})
"""How somebody stops traffic on purpose."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each pair of groups of which one direction is routed and the other fails."""
    for verdicts in verdicts_of(network).values():
        for item in verdicts.kept:
            if item.verdict.disposition is Way.ONE_WAY and item.verdict.cause not in MEANT:
                yield from _said(network, item)


def _said(network: Network, item: "GroupPair") -> Iterator[Finding]:
    first, second = item.networks
    sender, receiver, leg = (second, first, item.back) if item.forward.disposition in GOOD else (first, second, item.forward)
    if is_named(network, sender, receiver, leg):
        return
    steps = item.routes.leg(sender, receiver, evidence=True).steps
    count = item.count
    others = f" {count} pairs of networks fare so, this one among them." if count > 1 else ""
    yield finding_about(
        receiver.item,
        f"{receiver.label} reaches {sender.label}, and nothing comes back: {sender.label} to {receiver.label} is {leg.disposition}.{others}",
        question="",
        because=[step.text for step in steps],
        fix=f"Give the packets from {sender.label} a route to {receiver.label}.",
        instance=item.routes.instance,
        related=(sender.item.urn,) if sender.item.urn else (),
    )


RULE = Rule(
    code="CEN322",
    name="one-way-route",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
