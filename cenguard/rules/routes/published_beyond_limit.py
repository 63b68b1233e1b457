"""More VPCs take the routes of one router than the service allows.

What it does:
    Counts, for each router, the VPC attachments that publish.

Why it matters:
    One router publishes into 50 VPCs, and the service does not raise that. The next one fails, half-way through the update.

Example:
    for number in range(2, 52):
        site(f"shop-{number}", f"10.{number}", near, hangzhou, auto_publish_route_enabled=True)

Instead:
    for number in range(2, 12):
        site(f"shop-{number}", f"10.{number}", near, hangzhou, auto_publish_route_enabled=True)

Options:
    `level`: mandatory, advisory or disabled.

    `limit`: VPCs that one router may publish into (50).

When to turn it off:
    When the service allows more in your account; rather raise `limit`.

Source:
    https://help.aliyun.com/en/cen/user-guide/route-synchronization
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.routing import End
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.options import Option, Stricter
from cenguard.rules.routes.parts import PROPERTY, publishing
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

MOST = 50
"""VPCs that one router publishes into; not adjustable. Source: https://help.aliyun.com/en/cen/user-guide/route-synchronization"""
LIMIT = Option(
    name="limit",
    about="VPCs that one router may publish into",
    schema={"type": "integer", "minimum": 1},
    default=MOST,
    stricter=Stricter.LOWER,
)


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each router that publishes into too many VPCs."""
    limit = options["limit"]
    counted: dict[str, list[tuple[End, Blocker | None]]] = {}
    for end, published, blocker in publishing(network):
        if end.router_entity is not None:
            counted.setdefault(end.router or "", []).append((end, None if published else blocker))
    for found in counted.values():
        certain = [end for end, blocker in found if blocker is None]
        unknown = None if len(certain) > limit else next((blocker for _, blocker in found if blocker is not None), None)
        ends = certain if unknown is None else [end for end, _ in found]
        router = ends[0].router_entity
        if router is None or len(ends) <= limit or all(end.item.stands for end in ends):
            continue
        yield finding_about(
            router,
            f"{router.label} publishes into {len(ends)} VPCs, and {'the service takes' if limit == MOST else 'the settings allow'} {limit} "
            "for a router.",
            question=f"{router.label} publishes into {limit} VPCs at most",
            blocker=unknown,
            because=(f"{PROPERTY} is true on {len(certain)} VPC attachments of {router.label}",),
            fix="Switch publication off for some of them and give these route entries of their own with wide blocks.",
            instance=router.instance,
        )


RULE = Rule(
    code="CEN331",
    name="published-beyond-limit",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check_with=check,
    options=(LIMIT,),
    spares_standing=True,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
