"""Inputs that cannot be changed in place: another value replaces the resource."""

from collections.abc import Mapping

from cenguard.resources import tokens

AREAS = ("geographicRegionAId", "geographicRegionBId", "geographicRegionIds")
"""Inputs of a package that name its areas: as two, or as a list."""
PAYMENT = ("paymentType", "chargeType")
"""Inputs that name how it is paid: the newer, and the older."""
FORCES_NEW: Mapping[str, frozenset[str]] = {
    tokens.PACKAGE: frozenset({*AREAS, *PAYMENT}),
    tokens.PACKAGE_ATTACHMENT: frozenset({"instanceId", "bandwidthPackageId"}),
    tokens.LIMIT: frozenset({"instanceId", "regionIds"}),
    tokens.INSTANCE_ATTACHMENT: frozenset({"instanceId", "childInstanceId", "childInstanceRegionId", "childInstanceType"}),
    tokens.ROUTER: frozenset({"cenId"}),
    tokens.PEER: frozenset({"cenId", "transitRouterId", "peerTransitRouterId", "peerTransitRouterRegionId"}),
    **{token: frozenset({key, "transitRouterId"}) for token, (_, key) in tokens.ROUTER_ATTACHMENTS.items()},
}
"""Inputs of each type that cannot be changed in place.

Source: aliyun/terraform-provider-alicloud, `ForceNew` of resource_alicloud_cen_*.go.
"""
