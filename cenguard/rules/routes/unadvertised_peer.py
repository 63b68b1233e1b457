"""A peer joins two routers, and neither tells the other its routes.

What it does:
    Looks at `auto_publish_route_enabled` of each peer, and where it is not true for route entries at both ends that lead to
    the peer.

Why it matters:
    An inter-region connection advertises nothing unless it is switched on: it is paid for, and each router goes on knowing
    its own region only.

Example:
    far = router("far", frankfurt)
    far_table = table("far-table", far, frankfurt)
    {ROUTED_PEER}

Instead:
    far = router("far", frankfurt)
    far_table = table("far-table", far, frankfurt)
    {ADVERTISING_PEER}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When route entries to the peers are kept elsewhere.

Source:
    CreateTransitRouterPeerAttachment, `AutoPublishRouteEnabled`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network, Peer
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.remedies.single import says
from cenguard.rules.routes.parts import PROPERTY, hops_of, router_ends
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each peer that advertises nothing, and that entries at some end do not lead to."""
    led = hops_of(network)
    for ends in router_ends(network):
        item = ends[0].item
        given = ends[0].publishes
        if not isinstance(item, Peer) or given.value:
            continue
        bare = [end for end in ends if not led.to(end)]
        if not bare:
            continue
        word = "not known" if given.blocker is not None else "not set, and the default of the service is false"
        said = f"{PROPERTY} of {item.label} is {'false' if given.value is False else word}"
        blockers = {id(end): given.blocker or led.loose(end.router) or end.blocker for end in bare}
        told = [end for end in bare if blockers[id(end)] is None] or bare  # an entry that may be there is not told as missing
        places = " and ".join(dict.fromkeys(end.router_label for end in told))
        yield finding_about(
            item,
            f"{item.label} advertises nothing: {said}, and no route entry at {places} leads to it. The routers learn nothing of each other.",
            question=f"{item.label} hands over routes",
            blocker=blockers[id(told[0])],
            because=(said, f"no route entry at {places} leads to {item.label}"),
            fix=f"Set {PROPERTY} of {item.label} to true, or add route entries that lead to it at {places}.",
            cause=says(item.urn, {PROPERTY: True}),
            instance=item.instance,
        )


RULE = Rule(
    code="CEN321",
    name="unadvertised-peer",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
