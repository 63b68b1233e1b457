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
    tokens.ROUTER: frozenset({"cenId", "supportMulticast"}),
    tokens.PEER: frozenset({"cenId", "transitRouterId", "peerTransitRouterId", "peerTransitRouterRegionId"}),
    tokens.VPC_ATTACHMENT: frozenset({"vpcId", "transitRouterId", "vpcOwnerId"}),
    tokens.VBR_ATTACHMENT: frozenset({"vbrId", "transitRouterId", "cenId", "vbrOwnerId"}),
    tokens.VPN_ATTACHMENT: frozenset({"vpnId", "transitRouterId", "cenId", "vpnOwnerId", "zones"}),
    tokens.ECR_ATTACHMENT: frozenset({"ecrId", "transitRouterId", "cenId", "ecrOwnerId"}),
    **dict.fromkeys(
        (tokens.ASSOCIATION, tokens.PROPAGATION), frozenset({"transitRouterAttachmentId", "transitRouterRouteTableId"})
    ),
    tokens.ROUTE_ENTRY: frozenset(
        {
            "transitRouterRouteEntryDestinationCidrBlock",
            "transitRouterRouteEntryNextHopId",
            "transitRouterRouteEntryNextHopType",
            "transitRouterRouteTableId",
        }
    ),
    **dict.fromkeys((tokens.ROUTE_TABLE, tokens.ROUTER_CIDR), frozenset({"transitRouterId"})),
    tokens.PREFIX_LIST_ASSOCIATION: frozenset({"prefixListId", "transitRouterId", "transitRouterTableId", "nextHop"}),
    tokens.AGGREGATION: frozenset({"transitRouteTableAggregationCidr", "transitRouteTableId"}),
    tokens.ROUTE_MAP: frozenset({"cenId", "transitRouterRouteTableId", "transmitDirection"}),
    tokens.HEALTH_CHECK: frozenset({"cenId", "vbrInstanceId", "vbrInstanceRegionId"}),
    tokens.ADVERTISED_ENTRY: frozenset({"instanceId", "routeTableId", "cidrBlock"}),
    tokens.ENTRY_TO_ATTACHMENT: frozenset(
        {"cenId", "childInstanceRouteTableId", "destinationCidrBlock", "transitRouterAttachmentId"}
    ),
    tokens.NETWORK_ENTRY: frozenset({"routeTableId", "destinationCidrblock", "nexthopType", "nexthopId"}),
    tokens.VPC_ENTRY: frozenset({"routeTableId", "destinationCidrBlock", "nextHops"}),
    tokens.NETWORK_TABLE: frozenset({"vpcId"}),
    **dict.fromkeys(tokens.SWITCHES, frozenset({"vpcId", "cidrBlock", "zoneId"})),
    **{token: frozenset({"cenId", key}) for token, key in tokens.GRANTS.items()},
}
"""Inputs of each type that cannot be changed in place.

Source: aliyun/terraform-provider-alicloud, `ForceNew` of resource_alicloud_cen_*.go, and of those of a VPC.
"""
