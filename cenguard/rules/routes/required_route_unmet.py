"""Networks that must reach each other do not.

What it does:
    Follows packets, in both directions, between the networks that the option `require` names. Silent without it.

Why it matters:
    Tables that keep networks apart and tables that forget one look alike. Only you know which networks must talk.

Example:
    # cenguard.toml: [rules.required-route-unmet]
    #                require = [{from = "plant", to = "office"}]
    office_table = table("office-table", near, hangzhou)
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, office_table)
    known("office", office, office_table)

Instead:
    office = site("office", "10.2", near, hangzhou, auto_publish_route_enabled=True)
    enters("office", office, near_table)
    known("office", office, near_table)

Options:
    `level`: mandatory, advisory or disabled.

    `require`: a list of `{from = SELECTOR, to = SELECTOR}`. A selector is a glob on key, name, id or URN of a network, or
    `tag:KEY=GLOB`, `cidr:BLOCK`, `region:GLOB`, `kind:VPC`; a list means any of them. A table may say `instance`, a glob on
    name, id or URN, and `direction = "forward"` for one direction alone. An `instance` that none
    of the input has asks for nothing; `expect` in the settings says which have to be there.

When to turn it off:
    It is silent until `require` is set.

Source:
    your organisation
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.connectivity import Disposition
from cenguard.network.routes import FAILING, GOOD, OPEN, Leg, Way
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import instance_subject
from cenguard.rules.needs import Need
from cenguard.rules.routes.intents import Asked, Unmatched, asked, led_astray, steps_of
from cenguard.rules.routes.named_elsewhere import rules_naming
from cenguard.rules.routes.selectors import intents, intents_of
from cenguard.rules.routes.unmatched import about_unmatched
from cenguard.rules.rule import Effect, Prelude, Rule, Scope

REQUIRE = intents("require", "which networks must reach each other: [{from = SELECTOR, to = SELECTOR}]")


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each intent and pair of groups that is not met."""
    for item in asked(network, intents_of(options["require"]), required=True):
        if isinstance(item, Unmatched):
            yield about_unmatched(item, "require")
        else:
            yield from _judged(network, item)


def _judged(network: Network, item: Asked) -> Iterator[Finding]:
    way, blocker = _verdict(item)
    if way is None:
        return
    instance = item.routes.instance
    there = "get there" if item.intent.forward_only else "reach each other"
    networks = f"packets {item.named}" if item.intent.forward_only else item.named
    yield finding_about(
        instance_subject(instance),
        f"{item.intent.text} is required on {instance.label}, and {networks} do not {there}: {way}.",
        question=f"{networks} {there} on {instance.label}, as {item.intent.text} requires,",
        blocker=blocker or item.blocker,
        because=[
            f"require: {item.intent.text}",
            *steps_of(
                item,
                failing=lambda leg: leg.disposition not in GOOD,
                named=lambda sender, receiver, leg: rules_naming(network, sender, receiver, leg),
            ),
        ],
        fix=_advice(item),
        instance=instance,
        related=tuple(member.item.urn for member in (item.sender, item.receiver) if member.item.urn),
        intent=item.intent.text,
    )


def _advice(item: Asked) -> str:
    ends = item.sender.end.region, item.receiver.end.region
    if item.pair.disposition is Way.UNCONNECTED:
        return "Give the pair of regions bandwidth; `cenguard explain --from {} --to {}` shows what it lacks.".format(*ends)
    return "Mend the first hop that is missing; `cenguard explain --from A --to B` shows the way of both directions."


def _verdict(item: Asked) -> tuple[str | None, Blocker | None]:
    """What is wrong, in words, and why that is not certain; nothing where the intent is met."""
    pair = item.pair
    if item.intent.forward_only and pair.disposition is not Way.UNCONNECTED:
        return _of_leg(item)
    if pair.disposition in (Way.REACHABLE, Way.ASSUMED):
        return None, None
    said = str(pair.disposition)
    if pair.disposition is Way.UNCONNECTED:
        said = f"{said} ({str(pair.cause).replace('_', ' ')})"
    elif pair.cause is not None:
        said = f"{said} ({pair.cause})"
    if pair.disposition in OPEN:
        return said, _unknown(pair.forward, pair.back) or _of_regions(item)
    return said, None


def _of_leg(item: Asked) -> tuple[str | None, Blocker | None]:
    """The same of the way there alone."""
    leg = item.pair.forward
    if leg.disposition in GOOD:
        blocker = _of_regions(item)
        return (None, None) if blocker is None else (str(Way.UNDETERMINED), blocker)
    certain = leg.disposition in FAILING or leg.disposition is Way.PARTLY
    return str(leg.disposition), None if certain else _unknown(leg)


def _of_regions(item: Asked) -> Blocker | None:
    """Why it cannot be told what connects the regions of two networks."""
    for member in (item.sender, item.receiver):
        if member.end.region is None:
            return member.item.region_blocker
    regions = item.pair.regions
    return regions.blocker if regions is not None and regions.disposition is Disposition.UNDETERMINED else None


def _unknown(*legs: Leg) -> Blocker | None:
    """Why it cannot be told what becomes of some packets."""
    for leg in legs:
        if leg.blocker is not None:
            return leg.blocker
    way = next((leg.disposition for leg in legs if leg.disposition in OPEN), None)
    return led_astray(way) if way is not None else None


RULE = Rule(
    code="CEN332",
    name="required-route-unmet",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check_with=check,
    options=(REQUIRE,),
    needs=(Need.ROUTES, Need.SETTINGS),
    prelude=Prelude.ROUTES,
    page=__doc__,
)
