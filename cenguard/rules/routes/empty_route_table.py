"""What enters a router is looked up in a table that holds nothing.

What it does:
    Looks, for each route table that an attachment is associated with, for a propagation, a route entry or a prefix list.

Why it matters:
    An association says in which table the router looks up what comes in from an attachment. What finds no route there is
    dropped, without any error.

Example:
    other_table = table("other-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, other_table)
    known("office", office, near_table)

Instead:
    other_table = table("other-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, other_table)
    known("office", office, near_table)
    alicloud.cen.TransitRouterRouteTablePropagation("plant-from-other", **ids(plant, other_table))

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When tables are filled outside of the input.

Source:
    https://help.aliyun.com/en/cen/user-guide/route-learning
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.resources import tokens
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import type_word, with_article
from cenguard.rules.needs import Need
from cenguard.rules.routes.parts import Loose, instance_of, routing_of
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each table that attachments enter and that has no route."""
    routing = routing_of(network)
    associations, propagations = Loose(routing, routing.loose_associations), Loose(routing, routing.loose_propagations)
    entries = Loose(routing, routing.loose_entries)
    for table in routing.tables.values():
        if not table.declared or table.propagations or table.entries or propagations.naming(table):
            continue
        entering = [*table.associations, *associations.naming(table)]
        entered = None if entering else associations.may_name(table)
        if not entering and entered is None:
            continue
        names = ", ".join(sorted(item.name for item in entering))
        yield finding_about(
            table.urn or table.key,
            f"Route table {table.label} has associations and no route: no propagation, entry or prefix list. What enters there is dropped.",
            question=f"route table {table.label} has any route"
            if entering
            else f"anything enters route table {table.label}, which has no route that is told,",
            blocker=entered or propagations.may_name(table) or entries.may_name(table) or table.blocker,
            because=(
                f"associations with {table.label}: {names or 'none that is told'}",
                "no propagation, route entry or prefix list names it",
            ),
            fix=f"Add {with_article(type_word(tokens.PROPAGATION, table.urn or ''))} into {table.label} for each network that is to be reached, or route entries.",
            instance=instance_of(network, table),
            related=tuple(item.urn for item in entering if item.urn),
        )


RULE = Rule(
    code="CEN323",
    name="empty-route-table",
    level=Level.ADVISORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check=check,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
