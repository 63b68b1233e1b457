"""An attachment is associated with two route tables of one router.

What it does:
    Counts the associations of each attachment at each router, the deprecated flag that makes one among them. Also an
    association that the update makes before it deletes the old one: a new name without an alias, or another table, since
    Pulumi makes what it replaces first and deletes the old one then. One that it imports under a new name, and deletes
    under the old one, is gone: both names are one object.

Why it matters:
    What comes in from an attachment is looked up in one table. The service refuses a second association, half-way through
    the update.

Example:
    other_table = table("other-table", near, hangzhou)
    alicloud.cen.TransitRouterRouteTablePropagation("plant-from-other", **ids(plant, other_table))
    alicloud.cen.TransitRouterRouteTableAssociation("plant-in-other", **ids(plant, other_table))

Instead:
    other_table = table("other-table", near, hangzhou)
    alicloud.cen.TransitRouterRouteTablePropagation("plant-from-other", **ids(plant, other_table))
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, other_table)
    known("office", office, near_table)

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    AssociateTransitRouterAttachmentWithRouteTable; https://alibabacloud.com/help/en/cen/user-guide/associated-forwarding
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.routing import End, Relation
from cenguard.resources import tokens
from cenguard.resources.urns import name_in_urn
from cenguard.rules.about import finding_about
from cenguard.rules.beside import collisions
from cenguard.rules.needs import Need
from cenguard.rules.remedies.single import goes
from cenguard.rules.routes.parts import router_ends
from cenguard.rules.rule import Effect, Prelude, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment with two associations at one router."""
    yield from _in_passing(network)
    for ends in router_ends(network):
        for end in ends:
            if len(end.associations) < 2 and end.flag_blocker is None:  # nearly always
                continue
            found = _counted(end, alone=len(ends) == 1)
            if len(found) < 2 and end.flag_blocker is not None:
                yield from _by_flag(end, found)
            if len(found) < 2 or all(item.stands for item in found):
                continue
            item = end.item
            later = [relation.urn for relation in found if not relation.by_flag and not relation.stands]
            words = [
                f"with {relation.table.label} by {relation.by_flag or relation.name}" for relation in found if relation.table
            ]
            yield finding_about(
                item,
                f"{item.label} is associated twice at {end.router_label}: {' and '.join(words)}. The service takes one.",
                question="",
                because=[f"{relation.by_flag or 'transitRouterRouteTableId'} of {relation.name}" for relation in found],
                fix="Keep one of the associations.",
                cause=goes(network, later[-1:]),
                instance=item.instance,
                related=tuple(relation.urn for relation in found if relation.urn and relation.urn != item.urn),
            )


def _by_flag(end: End, found: list[Relation]) -> Iterator[Finding]:
    """A flag that is not known may associate with the system table what a resource associates with another one."""
    item = end.item
    if not any(relation.table is not None and relation.table.declared for relation in found):
        return
    if item.stands and all(relation.stands for relation in found):
        return
    yield finding_about(
        item,
        "",
        question=f"{item.label} is associated once at {end.router_label}",
        blocker=end.flag_blocker,
        because=[f"transitRouterRouteTableId of {relation.name}" for relation in found],
        fix="Keep one of the associations.",
        instance=item.instance,
        related=tuple(relation.urn for relation in found),
    )


def _in_passing(network: Network) -> Iterator[Finding]:
    """An association that is made while the old one of its attachment is there still: another table, or another name."""
    for found in collisions(network, tokens.ASSOCIATION):
        name = name_in_urn(found.urn)
        yield finding_about(
            found.urn,
            found.message(
                name,
                f"The update makes association {name}, and {found.until} for the same attachment: the service takes one at a router, and the "
                "update fails half-way.",
            ),
            question=f"association {name} is made before {found.old} is gone",
            blocker=found.blocker,
            because=(f"association of the attachment before this update: {found.old}",),
            fix=found.fix,
        )


def _counted(end: End, *, alone: bool) -> list[Relation]:
    """The associations that count: a flag beside a resource only where both tables are told and differ."""
    told = [
        item for item in end.associations if item.urn and (alone or (item.table is not None and item.table.router is not None))
    ]
    made = [item for item in told if not item.by_flag]
    flags = [item for item in told if item.by_flag]
    beside = [item for item in made if item.table is not None and item.table.declared]
    return made if len(made) > 1 else [*flags, *beside] if flags and beside else made


RULE = Rule(
    code="CEN325",
    name="attachment-associated-twice",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ROUTES,),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
