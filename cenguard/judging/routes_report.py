"""What a report says of networks: groups, the verdict of each pair of groups, what was asked for."""

from collections.abc import Iterator, Mapping, Sequence
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
from cenguard.routes import ASSUMPTIONS, Way
from cenguard.routes.carried import verdicts_of
from cenguard.routes.dispositions import WORST_FIRST
from cenguard.routes.groups import Group, GroupPair
from cenguard.rules.organisation.forbidden_route import FORBID
from cenguard.rules.organisation.forbidden_route import RULE as FORBIDDEN
from cenguard.rules.routes.intents import Unmatched, asked
from cenguard.rules.routes.required_route_unmet import REQUIRE
from cenguard.rules.routes.required_route_unmet import RULE as REQUIRED
from cenguard.rules.routes.selectors import intents_of

MOST_GROUPS = 200
"""Groups of an instance that a report lists."""
MOST_PAIRS = 200
"""Pairs of groups of an instance that a report lists."""
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
    used: set[str] = set()
    instances = tuple(_instance(instance, *verdict, used, members=members) for instance, verdict in verdicts.items())
    return ReportedRoutes(
        complete=all(pairs is not None for _, pairs in verdicts.values()),
        assumes=tuple(code for code in ASSUMPTIONS if code in used),
        instances=instances,
        asked=intents,
    )


def _instance(
    instance: CenInstance, groups: tuple[Group, ...], pairs: Sequence[GroupPair] | None, used: set[str], *, members: bool
) -> ReportedInstanceRoutes:
    listed = groups[:MOST_GROUPS]
    known = {id(group) for group in listed}
    shown: list[GroupPair] = []
    counts: dict[str, list[int]] = {}
    for item in pairs or ():
        used |= item.pair.forward.assumes | item.pair.back.assumes
        count = counts.setdefault(item.pair.disposition, [0, 0])
        count[0] += 1
        count[1] += item.networks
        if item.pair.disposition is not Way.REACHABLE:
            shown.append(item)
    shown.sort(key=lambda item: _RANK[item.pair.disposition])
    first = [item for item in shown if known.issuperset(map(id, item.groups))][:MOST_PAIRS]
    return ReportedInstanceRoutes(
        instance=instance.address,
        networks=sum(len(group.members) for group in groups),
        groups=tuple(_group(group, members=members) for group in listed),
        more_groups=len(groups) - len(listed),
        counts={way: ReportedCount(groups=count[0], networks=count[1]) for way, count in sorted(counts.items())},
        pairs=None if pairs is None else tuple(map(_pair, first)),
        more=len(shown) - len(first),
        group_count=len(groups),
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
        disposition=item.pair.disposition,
        forward=item.pair.forward.disposition,
        back=item.pair.back.disposition,
        cause=str(item.pair.cause) if item.pair.cause is not None else None,
    )


def _asked(network: Network, options: Mapping[str, Mapping[str, Any]]) -> Iterator[ReportedIntent]:
    for rule, option in ((REQUIRED, REQUIRE), (FORBIDDEN, FORBID)):
        listed = options.get(rule.code, {}).get(option.name)
        for item in asked(network, intents_of(listed)):
            if isinstance(item, Unmatched):
                yield ReportedIntent(intent=item.intent.text, disposition=Way.UNDETERMINED, count=0, examples=())
            else:
                yield ReportedIntent(
                    intent=item.intent.text, disposition=item.pair.disposition, count=item.count, examples=tuple(item.examples)
                )
