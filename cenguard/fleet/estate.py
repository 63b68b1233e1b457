"""Rules that look at everything at once: a cap on the sum of all packages, and rules of a team's own.

They alone make an audit hold the whole fleet, and only where the settings ask for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from msgspec import structs

from cenguard.fleet.shares import Share
from cenguard.fleet.verdicts import Beside, Task, Verdict, judge
from cenguard.judging.options import Options
from cenguard.rules.rule import Rule

_SUMS: Mapping[str, tuple[str, ...]] = {"CEN502": ("area_pairs",), "CEN219": ("require",)}
"""Options by rule that make a sum, or a choice, over all instances."""


def estate_rules(rules: Sequence[Rule], options: Options) -> list[Rule]:
    """The rules that cannot be asked of one instance after the other."""
    custom = {rule.code for rule in options.settings.custom}
    return [rule for rule in rules if rule.code in custom or _asks(rule, options)]


def _asks(rule: Rule, options: Options) -> bool:
    given = options.settings.options.get(rule.code, {})
    return any(given.get(name) for name in _SUMS.get(rule.code, ()))


def judge_estate(shares: Sequence[Share], rules: Sequence[Rule], options: Options) -> Verdict:
    """What those rules say of everything that was read."""
    by_url: dict[str, Share] = {}
    for share in shares:
        known = by_url.get(share.url)
        by_url[share.url] = replace(known, bodies=(*known.bodies, *share.bodies)) if known is not None else share
    settings = structs.replace(options.settings, waivers=(), expect=())
    task = Task(tuple(by_url[url] for url in sorted(by_url)), options.inventory)
    found = judge(task, Beside(), rules, structs.replace(options, settings=settings, fixes=False), maps=False)
    return Verdict(
        findings=[item for item in found.findings if item.rule in {rule.code for rule in rules} or item.rule == "CEN901"]
    )
