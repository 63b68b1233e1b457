"""The rules, in the order of their codes. This list is the only place that knows them all."""

from cenguard.errors import UnknownName
from cenguard.rules.attachments import (
    attachment_in_wrong_region,
    attachment_type_mismatch,
    ccn_region_mismatch,
    closed_region,
    discontinued_basic_edition,
    identical_cidrs,
    network_attached_twice,
    overlapping_cidrs,
    ungranted_attachment,
    unknown_protection_level,
    unknown_region,
    unordered_health_check,
)
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
    package_bandwidth_out_of_range,
    package_on_two_instances,
    package_without_areas,
    required_pair_unmet,
    retired_area,
    unallocated_bandwidth,
    unattached_bandwidth_package,
    unfunded_region_pair,
    unknown_area,
    unordered_limit,
)
from cenguard.rules.money import (
    cross_border_connection,
    deleted_prepaid_package,
    expiring_package,
    implicit_payment,
    ineffective_renewal_change,
    interrupted_purchase,
    locked_package,
    lost_connectivity,
    package_near_expiry,
    pay_as_you_go_package,
    period_not_sold,
    replaced_package,
    resized_while_attached,
    unmanaged_package,
    unprotected_package,
)
from cenguard.rules.organisation import (
    bandwidth_above_cap,
    forbidden_connection,
    forbidden_route,
    missing_tag,
)
from cenguard.rules.routes import (
    attachment_associated_twice,
    contested_route,
    duplicate_map_priority,
    empty_route_table,
    idle_route_map,
    one_way_route,
    partly_routed,
    published_beyond_limit,
    published_twice,
    required_route_unmet,
    table_of_another_router,
    unadvertised_peer,
    unpublished_attachment,
    unread_route_table,
)
from cenguard.rules.rule import Rule
from cenguard.rules.transit_routers import (
    attachment_without_instance,
    composite_router_id,
    dry_run_resource,
    duplicate_router,
    peer_billing_conflict,
    peer_region_mismatch,
    peer_with_mis_area_package,
    peer_with_unattached_package,
    peer_without_bandwidth,
    peer_without_package,
    route_without_next_hop,
    router_cidr_out_of_range,
    single_zone_attachment,
    traffic_peer_on_basic_router,
    unknown_bandwidth_type,
    unordered_peer,
    unrouted_attachment,
    vpn_without_router_cidr,
    zone_mapping_mismatch,
    zone_mappings_out_of_range,
)

RULES: tuple[Rule, ...] = (
    attachment_in_wrong_region.RULE,
    attachment_type_mismatch.RULE,
    ungranted_attachment.RULE,
    network_attached_twice.RULE,
    identical_cidrs.RULE,
    overlapping_cidrs.RULE,
    unknown_region.RULE,
    unknown_protection_level.RULE,
    closed_region.RULE,
    ccn_region_mismatch.RULE,
    discontinued_basic_edition.RULE,
    unordered_health_check.RULE,
    missing_bandwidth_package.RULE,
    mis_area_bandwidth_package.RULE,
    unattached_bandwidth_package.RULE,
    duplicate_area_pair.RULE,
    package_on_two_instances.RULE,
    unallocated_bandwidth.RULE,
    limit_without_package.RULE,
    overcommitted_package.RULE,
    limit_within_one_region.RULE,
    limit_on_unattached_region.RULE,
    unordered_limit.RULE,
    duplicate_limit.RULE,
    limit_on_enterprise_router.RULE,
    package_bandwidth_out_of_range.RULE,
    package_without_areas.RULE,
    unknown_area.RULE,
    retired_area.RULE,
    unfunded_region_pair.RULE,
    required_pair_unmet.RULE,
    peer_without_package.RULE,
    peer_with_mis_area_package.RULE,
    peer_with_unattached_package.RULE,
    peer_billing_conflict.RULE,
    peer_without_bandwidth.RULE,
    unknown_bandwidth_type.RULE,
    peer_region_mismatch.RULE,
    composite_router_id.RULE,
    attachment_without_instance.RULE,
    unrouted_attachment.RULE,
    single_zone_attachment.RULE,
    unordered_peer.RULE,
    duplicate_router.RULE,
    dry_run_resource.RULE,
    zone_mappings_out_of_range.RULE,
    traffic_peer_on_basic_router.RULE,
    route_without_next_hop.RULE,
    vpn_without_router_cidr.RULE,
    zone_mapping_mismatch.RULE,
    unpublished_attachment.RULE,
    unadvertised_peer.RULE,
    one_way_route.RULE,
    empty_route_table.RULE,
    unread_route_table.RULE,
    attachment_associated_twice.RULE,
    table_of_another_router.RULE,
    contested_route.RULE,
    idle_route_map.RULE,
    duplicate_map_priority.RULE,
    published_twice.RULE,
    published_beyond_limit.RULE,
    required_route_unmet.RULE,
    partly_routed.RULE,
    router_cidr_out_of_range.RULE,
    implicit_payment.RULE,
    expiring_package.RULE,
    pay_as_you_go_package.RULE,
    replaced_package.RULE,
    resized_while_attached.RULE,
    unprotected_package.RULE,
    cross_border_connection.RULE,
    lost_connectivity.RULE,
    period_not_sold.RULE,
    ineffective_renewal_change.RULE,
    deleted_prepaid_package.RULE,
    package_near_expiry.RULE,
    locked_package.RULE,
    unmanaged_package.RULE,
    interrupted_purchase.RULE,
    forbidden_connection.RULE,
    bandwidth_above_cap.RULE,
    missing_tag.RULE,
    forbidden_route.RULE,
)


DIGITS = "0123456789"


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
        found = {code for code in codes if code.startswith(word.upper()) and len(word) >= len(code.rstrip(DIGITS))}
        if word in names:
            found.add(names[word])
        if not found:
            raise UnknownName("rule", word, [*codes, *names])
        chosen |= found
    return frozenset(chosen)
