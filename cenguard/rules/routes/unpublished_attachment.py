"""A network is associated with a route table, and learns nothing of it.

What it does:
    Looks, for each attachment of a VPC or a virtual border router (and of a VPN connection that says so) that is associated
    with a table, whether the router publishes that table into the network, or an entry of the network leads to it.

Why it matters:
    Route synchronization is off unless it is switched on. A network whose own tables have no route to the router sends
    nothing there: a ping goes out and no answer comes back, without any error.

Example:
    office = site("office", "10.2", near, hangzhou)  # auto_publish_route_enabled is not set
    enters("office", office, near_table)
    known("office", office, near_table)

Instead:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When entries of the networks' own tables are kept elsewhere.

Source:
    https://help.aliyun.com/en/cen/user-guide/route-synchronization; CreateTransitRouterVpcAttachment,
    `AutoPublishRouteEnabled`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Cause, Remedy, Set
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.once import once
from cenguard.network.routes.leaving import SWITCH
from cenguard.network.routes.members import PUBLISHES
from cenguard.network.routing import End
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.remedies.single import REVIEW, made_by
from cenguard.rules.routes.parts import PROPERTY, entries_of, publishes, router_ends, said_of_publication
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

KINDS = frozenset({"VPC", "VBR", "VPN"})


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each associated attachment from whose network nothing leads to the router."""
    for ends in router_ends(network):
        end = ends[0]
        item = end.item
        if not isinstance(item, Attachment) or item.kind not in KINDS:
            continue
        if not end.associations and not _is_associated_somewhere(network, end):
            continue
        published, blocker = publishes(network, end)
        leading, unknown = entries_of(network, end)
        if published or leading:
            continue
        said, remedy, cause = _advice(network, end)
        tables = ", ".join(sorted({relation.table.label for relation in end.associations if relation.table is not None}))
        tables = tables or "a table that is not known yet"
        site = _site(end)
        yield finding_about(
            item,
            f"{site} is associated with {tables} through {item.label}, and nothing leads from it to the router: "
            f"{', and '.join(said)}, and no route entry of {site} leads to {item.label}. It sends nothing there.",
            question=f"anything leads from {site} to {item.label}",
            blocker=blocker or unknown or _absence(end),
            because=(*said, f"no route entry of {site} leads to {item.label}"),
            fix=f"Set {remedy} to true, or add route entries with next hop type Attachment.",
            cause=cause,
            instance=item.instance,
        )


def _is_associated_somewhere(network: Network, end: End) -> bool:
    """Whether an association names the attachment and a table that is not known."""
    return end.association_blocker is not None and end.address in _associated_loosely(network)


@once
def _associated_loosely(network: Network) -> frozenset[str | None]:
    """Attachments that an association names beside a table that is not known."""
    return frozenset(relation.attachment for relation in network.routing.loose_associations)


def _advice(network: Network, end: End) -> tuple[tuple[str, ...], str, Cause | None]:
    """What keeps routes out of the network, what to set, and the edits: its attachment publishes nothing, its own tables take none, or both."""
    tables = network.routing.networks.get(end.network or "")
    kind = end.item.kind if isinstance(end.item, Attachment) else ""
    publishes_some = end.publishes.value if end.publishes.value is not None else PUBLISHES.get(kind, False)
    given = (tables.takes, *tables.custom.values()) if tables is not None else ()
    is_shut = bool(given) and all(item.value is False for item in given)
    said, remedies, edits = [said_of_publication(end)], [], []
    if not publishes_some or end.publishes.blocker is not None or not is_shut:
        remedies.append(f"{PROPERTY} of {end.item.label}")
        edits += [Set(urn=end.item.urn, properties={PROPERTY: True})] if end.item.urn else []
    if is_shut and end.publishes.blocker is None:
        said.append(f"{SWITCH} of {_site(end)} is false")
        remedies.append(f"{SWITCH} of {_site(end)}")
        edits += [Set(urn=end.network, properties={SWITCH: True})] if end.network_declared and end.network else []
    cause = None
    if len(edits) == len(remedies):
        cause = made_by(("published", *(edit.urn for edit in edits)), lambda _draft: Remedy(tuple(edits), REVIEW))
    return tuple(said), " and ".join(remedies), cause


def _site(end: End) -> str:
    """What the network is called beside its attachment: one that the input does not create is named by its id."""
    return end.name if end.network_declared else end.network_id or f"the network of {end.item.label}"


def _absence(end: End) -> Blocker | None:
    if end.network_declared:
        return None
    return Blocker(
        f"entries {end.network or end.address}",
        f"the network of {end.item.label} is not a resource of the input, and its own route tables are not told",
        "the document of the stack that makes it would settle it",
    )


RULE = Rule(
    code="CEN320",
    name="unpublished-attachment",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
