"""The rules, in the order of their codes. This list is the only place that knows them all."""

from cenguard.errors import UnknownName
from cenguard.rules.attachments import unknown_region
from cenguard.rules.bandwidth import (
    duplicate_area_pair,
    duplicate_limit,
    limit_on_enterprise_router,
    limit_on_unattached_region,
    limit_within_one_region,
    limit_without_package,
    mis_area_bandwidth_package,
    missing_bandwidth_package,
    overcommitted_package,
    package_without_areas,
    unallocated_bandwidth,
    unattached_bandwidth_package,
    unfunded_region_pair,
    unknown_area,
    unordered_limit,
)
from cenguard.rules.rule import Rule
from cenguard.rules.transit_routers import (
    attachment_without_instance,
    peer_billing_conflict,
    peer_region_mismatch,
    peer_with_mis_area_package,
    peer_with_unattached_package,
    peer_without_bandwidth,
    peer_without_package,
    unknown_bandwidth_type,
)

RULES: tuple[Rule, ...] = (
    unknown_region.RULE,
    missing_bandwidth_package.RULE,
    mis_area_bandwidth_package.RULE,
    unattached_bandwidth_package.RULE,
    duplicate_area_pair.RULE,
    unallocated_bandwidth.RULE,
    limit_without_package.RULE,
    overcommitted_package.RULE,
    limit_within_one_region.RULE,
    limit_on_unattached_region.RULE,
    unordered_limit.RULE,
    duplicate_limit.RULE,
    limit_on_enterprise_router.RULE,
    package_without_areas.RULE,
    unknown_area.RULE,
    unfunded_region_pair.RULE,
    peer_without_package.RULE,
    peer_with_mis_area_package.RULE,
    peer_with_unattached_package.RULE,
    peer_billing_conflict.RULE,
    peer_without_bandwidth.RULE,
    unknown_bandwidth_type.RULE,
    peer_region_mismatch.RULE,
    attachment_without_instance.RULE,
)


def select(words: tuple[str, ...], rules: tuple[Rule, ...] = RULES, tool: tuple[str, ...] = ()) -> frozenset[str]:
    """Codes that some words name: codes, names or prefixes of codes (`CEN2`).

    `tool` holds codes that are no rule files, such as CEN901.

    Raises:
        UnknownName: a word names no rule.
    """
    codes = [*(rule.code for rule in rules), *tool]
    names = {rule.name: rule.code for rule in rules}
    chosen: set[str] = set()
    for word in words:
        found = {code for code in codes if code.startswith(word.upper())} if word[:3].upper() == "CEN" else set()
        if word in names:
            found.add(names[word])
        if not found:
            raise UnknownName("rule", word, [*codes, *names])
        chosen |= found
    return frozenset(chosen)
