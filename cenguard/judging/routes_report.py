"""What a report says of networks: groups, the verdict of each pair of groups, what was asked for."""

from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings.reported_routes import (
    ReportedCount,
    ReportedGroup,
    ReportedInstanceRoutes,
    ReportedIntent,
    ReportedRoutePair,
    ReportedRoutes,
)
from cenguard.network import CenInstance, Network
from cenguard.network.routes import ASSUMPTIONS, Way
from cenguard.network.routes.carried import MOST_GROUPS, MOST_PAIRS, Verdicts, verdicts_of
from cenguard.network.routes.dispositions import WORST_FIRST
from cenguard.network.routes.groups import Group, GroupPair
from cenguard.rules.organisation.forbidden_route import FORBID
from cenguard.rules.organisation.forbidden_route import RULE as FORBIDDEN
from cenguard.rules.routes.intents import Unmatched, asked
from cenguard.rules.routes.required_route_unmet import REQUIRE
from cenguard.rules.routes.required_route_unmet import RULE as REQUIRED
from cenguard.rules.routes.selectors import intents_of

MOST_EXAMPLES = 3
_RANK = {way: rank for rank, way in enumerate(WORST_FIRST)}


def reported_routes(
    network: Network, options: Mapping[str, Mapping[str, Any]], *, members: bool = False
) -> ReportedRoutes | None:
    """What is said of routes; None where nothing of the input is about them. `options` are those of rules, by code."""
    intents = tuple(_asked(network, options))
    if not network.routes_told and not intents:
        return None
    verdicts = verdicts_of(network)
    if not verdicts and not intents:
        return None
    used = frozenset[str]().union(*[verdict.assumes for verdict in verdicts.values()])
    instances = tuple(_instance(instance, verdict, members=members) for instance, verdict in verdicts.items())
    return ReportedRoutes(
        complete=all(verdict.complete for verdict in verdicts.values()),
        assumes=tuple(code for code in ASSUMPTIONS if code in used),
        instances=instances,
        asked=intents,
    )


def _instance(instance: CenInstance, verdicts: Verdicts, *, members: bool) -> ReportedInstanceRoutes:
    groups, counts = verdicts.groups, verdicts.counts
    listed = groups[:MOST_GROUPS]
    known = {id(group) for group in listed}
    shown = [
        item for item in verdicts.kept if item.verdict.disposition is not Way.REACHABLE and known.issuperset(map(id, item.groups))
    ]
    shown.sort(key=lambda item: _RANK[item.verdict.disposition])
    first = shown[:MOST_PAIRS]
    said = sum(count[0] for way, count in counts.items() if way is not Way.REACHABLE)
    return ReportedInstanceRoutes(
        instance=instance.address,
        networks=sum(len(group.members) for group in groups),
        groups=tuple(_group(group, members=members) for group in listed),
        more_groups=len(groups) - len(listed),
        counts={way: ReportedCount(groups=count[0], networks=count[1]) for way, count in sorted(counts.items())},
        pairs=tuple(map(_pair, first)) if verdicts.complete else None,
        more=said - len(first),
    )


def _group(group: Group, *, members: bool) -> ReportedGroup:
    keys = tuple(member.key for member in group.members)
    return ReportedGroup(
        id=group.id,
        region=group.first.end.region,
        kind=group.first.kind,
        table=group.table.label if group.table is not None else None,
        published=group.published,
        count=len(keys),
        examples=keys[:MOST_EXAMPLES],
        members=keys if members else None,
    )


def _pair(item: GroupPair) -> ReportedRoutePair:
    first, second = item.groups
    return ReportedRoutePair(
        groups=(first.id, second.id),
        disposition=item.verdict.disposition,
        forward=item.forward.disposition,
        back=item.back.disposition,
        cause=str(item.verdict.cause) if item.verdict.cause is not None else None,
    )


def _asked(network: Network, options: Mapping[str, Mapping[str, Any]]) -> Iterator[ReportedIntent]:
    for rule, option in ((REQUIRED, REQUIRE), (FORBIDDEN, FORBID)):
        listed = options.get(rule.code, {}).get(option.name)
        for item in asked(network, intents_of(listed), required=rule is REQUIRED):
            if isinstance(item, Unmatched):
                yield ReportedIntent(intent=item.intent.text, disposition=Way.UNDETERMINED, count=0, examples=())
            else:
                yield ReportedIntent(
                    intent=item.intent.text, disposition=item.pair.disposition, count=item.count, examples=tuple(item.examples)
                )
