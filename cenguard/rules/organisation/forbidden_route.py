"""Networks that must be kept apart reach each other.

What it does:
    Follows packets between the networks that the option `forbid` names, in either direction. Silent without it.

Why it matters:
    Tables part networks within a region only: over peers the networks of one table reach all that the far table knows. What
    must be kept apart is best said, and checked.

Example:
    # cenguard.toml: [rules.forbidden-route]
    #                forbid = [{from = "plant", to = "office"}]
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)

Instead:
    office_table = table("office-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, office_table)
    known("office", office, office_table)

Options:
    `level`: mandatory, advisory or disabled.

    `forbid`: a list of `{from = SELECTOR, to = SELECTOR}`. A selector is a glob on key, name, id or URN of a network, or
    `tag:KEY=GLOB`, `cidr:BLOCK`, `region:GLOB`, `kind:VPC`; a list means any of them. A table may say `instance`, a glob on
    name, id or URN, and `direction = "forward"` for packets from the first to the second alone. An `instance` that none
    of the input has asks for nothing; `expect` in the settings says which have to be there.

When to turn it off:
    It is silent until `forbid` is set.

Source:
    your organisation
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.routes import GOOD, OPEN, Leg, Way
from cenguard.network.routes.dispositions import BROKEN
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import instance_subject
from cenguard.rules.needs import Need
from cenguard.rules.routes.intents import Asked, Unmatched, asked, led_astray, steps_of
from cenguard.rules.routes.selectors import intents, intents_of
from cenguard.rules.routes.unmatched import about_unmatched
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

FORBID = intents("forbid", "which networks must be kept apart: [{from = SELECTOR, to = SELECTOR}]")
REACHED = GOOD | {Way.PARTLY}


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each intent and pair of groups that reach each other."""
    for item in asked(network, intents_of(options["forbid"]), required=False):
        if isinstance(item, Unmatched):
            yield about_unmatched(item, "forbid")
        else:
            yield from _judged(item)


def _judged(item: Asked) -> Iterator[Finding]:
    legs = [item.pair.forward] if item.intent.forward_only else [item.pair.forward, item.pair.back]
    reached = any(leg.disposition in REACHED for leg in legs)
    blocker = None if reached else _unknown(legs)
    if not reached and blocker is None:
        return
    instance, connection = item.routes.instance, item.pair.regions
    slow = connection is not None and connection.disposition in BROKEN
    note = (
        " Nobody pays for the pair of regions, and at the test bandwidth packets get there all the same."
        if slow and reached
        else ""
    )
    yield finding_about(
        instance_subject(instance),
        f"{item.intent.text} is forbidden on {instance.label}, and packets get through: {item.named}.{note}",
        question=f"{f'packets {item.named} are stopped' if item.intent.forward_only else f'{item.named} are kept apart'} on "
        f"{instance.label}, since {item.intent.text} is forbidden,",
        blocker=blocker or item.blocker,
        because=[
            f"forbid: {item.intent.text}",
            *steps_of(item, failing=lambda leg: leg.disposition in (REACHED if reached else OPEN)),
        ],
        fix="Keep them in tables of their own, or deny the route by a route map of the table that is read.",
        instance=instance,
        related=tuple(member.item.urn for member in (item.sender, item.receiver) if member.item.urn),
        intent=item.intent.text,
    )


def _unknown(legs: list[Leg]) -> Blocker | None:
    """Why packets may get through all the same."""
    leg = next((leg for leg in legs if leg.disposition in OPEN), None)
    if leg is None:
        return None
    return leg.blocker or led_astray(leg.disposition)


RULE = Rule(
    code="CEN504",
    name="forbidden-route",
    level=Level.MANDATORY,
    effect=Effect.NONE,
    scope=Scope.STACK,
    check_with=check,
    options=(FORBID,),
    needs=(Need.ROUTES, Need.SETTINGS),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
