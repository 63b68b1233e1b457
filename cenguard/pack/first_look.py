"""Which rules may say anything of a resource, told from its inputs alone.

Most calls of `Analyze` are about resources of which no rule speaks by itself. To make a network of one resource takes
longer than the call; a look at its inputs takes next to nothing. Whatever is not told here is asked.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import combinations_with_replacement
from typing import Any

from cenguard.findings.report import ReportedFinding
from cenguard.judging.options import Options
from cenguard.judging.tool_findings import fingerprint
from cenguard.resources import tokens
from cenguard.resources.type_table import native_type
from cenguard.rules.needs import Need
from cenguard.rules.rule import Rule, Scope

Inputs = Mapping[str, Any]
Look = Callable[[Inputs, Options], bool]


def _always(_: Inputs, __: Options) -> bool:
    return True


def _is_unset(key: str) -> Look:
    """Whether a property is left out; an empty text is, as the provider reads it."""
    return lambda inputs, _: inputs.get(key) in (None, "")


def _names_no_two_regions(inputs: Inputs, options: Options) -> bool:
    """Or what may be one region under two names, one of them a legacy one."""
    match inputs.get("regionIds"):
        case [str(first), str(second)]:
            return first == second or not options.catalogue.legacy.isdisjoint((first, second))
        case _:
            return True


def _maps_few_or_many_zones(inputs: Inputs, _: Options) -> bool:
    zones = inputs.get("zoneMappings")
    return not (isinstance(zones, list) and len(zones) in (2, 3))


def _is_dry(inputs: Inputs, _: Options) -> bool:
    return inputs.get("dryRun") not in (None, False)


def _holds_composite_id(inputs: Inputs, _: Options) -> bool:
    return any(isinstance(value, str) and ":tr-" in value for value in inputs.values())


_PACKAGE, _PEER = (tokens.PACKAGE,), (tokens.PEER,)
_OF_EDITIONS = frozenset({"CEN304"})
"""Rules that read what an inventory says of a router, and what a router of the program says otherwise."""
_OF_OLD_STATES: tuple[Collection[str], Look] = ((), _always)
"""No call tells an old state."""
LOOKS: Mapping[str, tuple[Collection[str] | None, Look]] = {
    "CEN209": ((tokens.LIMIT,), _names_no_two_regions),
    "CEN214": (_PACKAGE, _always),
    "CEN215": (_PACKAGE, _always),
    "CEN216": (_PACKAGE, _always),
    "CEN301": (_PEER, _always),
    "CEN304": (_PEER, _always),
    "CEN305": (_PEER, _always),
    "CEN306": (_PEER, _always),
    "CEN308": (None, _holds_composite_id),
    "CEN309": ((tokens.VPC_ATTACHMENT, tokens.VBR_ATTACHMENT, tokens.PEER), _is_unset("cenId")),
    "CEN311": ((tokens.VPC_ATTACHMENT,), _maps_few_or_many_zones),
    "CEN314": (None, _is_dry),
    "CEN315": ((tokens.VPC_ATTACHMENT,), _maps_few_or_many_zones),
    "CEN317": ((tokens.ROUTE_ENTRY,), _is_unset("transitRouterRouteEntryNextHopId")),
    "CEN410": _OF_OLD_STATES,
    "CEN411": _OF_OLD_STATES,
    "CEN414": _OF_OLD_STATES,
    "CEN503": (tokens.TAGGED, _always),
}
"""By code: the types that a rule speaks of, None where that may be any, and whether it may say anything of such inputs."""


def looks_of(kind: str, rules: Collection[Rule], options: Options) -> list[tuple[Rule, Look]]:
    """The rules that may speak of a resource of a type when it comes alone, each with what tells from its inputs if it does.

    With an inventory all are asked: what it adds may be spoken of whatever resource comes. So they are where placeholders
    are set, which make values unknown, and of types under another spelling, whose properties have other names.
    """
    native = native_type(kind)
    if not (native or kind).startswith(tokens.CEN):
        return []  # alone with its provider it is no network
    if options.knows_elsewhere or options.settings.placeholders or native != kind:
        return [(rule, _always) for rule in rules]
    found: list[tuple[Rule, Look]] = []
    for rule in rules:
        if rule.code not in LOOKS:  # a team's own; one made from ours may have another check, and speak of what ours does not
            found.append((rule, _always))
            continue
        types, look = LOOKS[rule.code]
        if Need.SETTINGS in rule.needs and not options.settings.options.get(rule.code):
            continue
        if types is None or native in types:
            found.append((rule, look))
    return found


def at_once(rule: Rule) -> bool:
    """Whether a rule answers at `Analyze`: it needs one resource only, and nothing of its state, which is not told there."""
    return rule.scope is Scope.RESOURCE and not (rule.spares_standing or rule.of_what_stands)


def waits_for_the_stack(rule: Rule, options: Options) -> bool:
    """Whether a resource alone does not tell all of what is asked of it.

    A rule may be waived for an instance, or for an area pair; and what an inventory says may be otherwise beside the stack.
    """
    settings = options.settings
    if options.knows_elsewhere and (rule.code in _OF_EDITIONS or rule in settings.custom):
        return True
    return any(
        (waiver.codes is None or rule.code in waiver.codes) and (waiver.instance or waiver.area_pair)
        for waiver in settings.waivers
    )


def may_be_waived(finding: ReportedFinding, former: Iterable[str], options: Options) -> bool:
    """Whether somebody waives it by what it is made of, of which the area pair is not told yet."""
    waivers = options.settings.waivers
    known = {item.fingerprint for item in waivers if item.fingerprint and (item.codes is None or finding.rule in item.codes)}
    if not known or finding.area_pair:
        return False
    pairs = tuple(combinations_with_replacement(sorted(options.catalogue.areas), 2))
    names = (finding.urn, *former)
    return any(fingerprint(finding.rule, name, pair) in known for name in names for pair in pairs)
