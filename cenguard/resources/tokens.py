"""Type tokens and property names of the provider that assembly reads.

Source: `pulumi_alicloud.cen` 4.0.0; a test compares each token with the SDK.
"""

CEN = "alicloud:cen/"
INSTANCE = "alicloud:cen/instance:Instance"
INSTANCE_ATTACHMENT = "alicloud:cen/instanceAttachment:InstanceAttachment"
PACKAGE = "alicloud:cen/bandwidthPackage:BandwidthPackage"
PACKAGE_ATTACHMENT = "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"
LIMIT = "alicloud:cen/bandwidthLimit:BandwidthLimit"
ROUTER = "alicloud:cen/transitRouter:TransitRouter"
VPC_ATTACHMENT = "alicloud:cen/transitRouterVpcAttachment:TransitRouterVpcAttachment"
VBR_ATTACHMENT = "alicloud:cen/transitRouterVbrAttachment:TransitRouterVbrAttachment"
VPN_ATTACHMENT = "alicloud:cen/transitRouterVpnAttachment:TransitRouterVpnAttachment"
ECR_ATTACHMENT = "alicloud:cen/transitRouterEcrAttachment:TransitRouterEcrAttachment"
PEER = "alicloud:cen/transitRouterPeerAttachment:TransitRouterPeerAttachment"

ROUTER_ATTACHMENTS = {
    VPC_ATTACHMENT: ("VPC", "vpcId"),
    VBR_ATTACHMENT: ("VBR", "vbrId"),
    VPN_ATTACHMENT: ("VPN", "vpnId"),
    ECR_ATTACHMENT: ("ECR", "ecrId"),
}
"""Kind of network, and the property that names it."""

INSTANCE_KEYS = ("cenId", "instanceId")
"""Properties that name a CEN instance. Where a resource has both, `instanceId` is the network (grants)."""
PACKAGE_KEYS = ("bandwidthPackageId", "cenBandwidthPackageId")
ROUTER_KEYS = ("transitRouterId", "peerTransitRouterId")

ID_PREFIXES = {INSTANCE: "cen-", PACKAGE: "cenbwp-", ROUTER: "tr-"}
"""How the ids of things begin that another stack may hand over.

Source: the examples of https://www.alibabacloud.com/help/en/cen/developer-reference/api-cbn-2017-09-12-describecenbandwidthpackages
and of ListTransitRouters.
"""

REFERENCES: dict[str, tuple[str, ...]] = {
    INSTANCE_ATTACHMENT: ("instanceId",),
    PACKAGE_ATTACHMENT: ("instanceId", "bandwidthPackageId"),
    LIMIT: ("instanceId",),
    ROUTER: ("cenId",),
    VPC_ATTACHMENT: ("cenId", "transitRouterId"),
    VBR_ATTACHMENT: ("cenId", "transitRouterId"),
    VPN_ATTACHMENT: ("cenId", "transitRouterId"),
    ECR_ATTACHMENT: ("cenId", "transitRouterId"),
    PEER: ("cenId", "transitRouterId", "peerTransitRouterId", "cenBandwidthPackageId"),
}
"""Properties of each type that name an instance, a package or a router."""

HEALTH_CHECK = "alicloud:cen/vbrHealthCheck:VbrHealthCheck"
ROUTER_CIDR = "alicloud:cen/transitRouterCidr:TransitRouterCidr"
ROUTE_TABLE = "alicloud:cen/transitRouterRouteTable:TransitRouterRouteTable"
ASSOCIATION = "alicloud:cen/transitRouterRouteTableAssociation:TransitRouterRouteTableAssociation"
PROPAGATION = "alicloud:cen/transitRouterRouteTablePropagation:TransitRouterRouteTablePropagation"
ROUTE_ENTRY = "alicloud:cen/transitRouterRouteEntry:TransitRouterRouteEntry"
PREFIX_LIST_ASSOCIATION = "alicloud:cen/transitRouterPrefixListAssociation:TransitRouterPrefixListAssociation"
AGGREGATION = "alicloud:cen/transitRouteTableAggregation:TransitRouteTableAggregation"
ROUTE_MAP = "alicloud:cen/routeMap:RouteMap"
ADVERTISED_ENTRY = "alicloud:cen/routeEntry:RouteEntry"
"""An entry of a network's own table that is published to the instance."""
ENTRY_TO_ATTACHMENT = "alicloud:cen/childInstanceRouteEntryToAttachment:ChildInstanceRouteEntryToAttachment"
"""An entry of a network's own table that leads to an attachment of it."""
FIREWALL = "alicloud:cloudfirewall/vpcCenTrFirewall:VpcCenTrFirewall"
NETWORK_TABLE = "alicloud:vpc/routeTable:RouteTable"
"""A custom route table of a VPC."""
NETWORK_ENTRY = "alicloud:vpc/routeEntry:RouteEntry"
VPC_ENTRY = "alicloud:vpc/vPCRouteEntry:VPCRouteEntry"
"""The same by a newer type, with other names."""
PREFIX_LIST = "alicloud:vpc/prefixList:PrefixList"
ROUTER_VPC_ASSOCIATION = "alicloud:expressconnect/routerVpcAssociation:RouterVpcAssociation"

NETWORKS = {
    "alicloud:vpc/network:Network": "VPC",
    "alicloud:expressconnect/virtualBorderRouter:VirtualBorderRouter": "VBR",
    "alicloud:cloudconnect/network:Network": "CCN",
    "alicloud:vpn/gatewayVpnAttachment:GatewayVpnAttachment": "VPN",
    "alicloud:expressconnect/routerExpressConnectRouter:RouterExpressConnectRouter": "ECR",
}
"""Kind of the network that each type is."""

GRANTS = {
    "alicloud:cen/transitRouterGrantAttachment:TransitRouterGrantAttachment": "instanceId",
    "alicloud:cen/instanceGrant:InstanceGrant": "childInstanceId",
    "alicloud:cloudconnect/networkGrant:NetworkGrant": "ccnId",
    "alicloud:expressconnect/grantRuleToCen:GrantRuleToCen": "instanceId",
}
"""Grants, each with the property that names the network."""

NETWORK_KEYS = {
    INSTANCE_ATTACHMENT: "childInstanceId",
    **{token: key for token, (_, key) in ROUTER_ATTACHMENTS.items()},
    **GRANTS,
}
"""The property of each type that names a network."""

SWITCHES = frozenset({"alicloud:vpc/switch:Switch", "alicloud:vpc/subnet:Subnet"})
"""vSwitches, under the present and the deprecated name."""
SECONDARY_BLOCK = "alicloud:vpc/ipv4CidrBlock:Ipv4CidrBlock"
"""A further block of a VPC."""

NAMED_BY_ID = frozenset({VPN_ATTACHMENT, ECR_ATTACHMENT})
"""Attachments whose `id` is the attachment's own; of the others it begins with the instance's."""

BASIC = frozenset({INSTANCE, INSTANCE_ATTACHMENT, PACKAGE, PACKAGE_ATTACHMENT, LIMIT})
"""Types that name no router and have no dry run: most of an input of Basic Edition."""

TAGGED = frozenset(
    {
        INSTANCE,
        ROUTER,
        *ROUTER_ATTACHMENTS,
        PEER,
        ROUTE_TABLE,
        "alicloud:cen/flowLog:FlowLog",
        "alicloud:cen/transitRouterMulticastDomain:TransitRouterMulticastDomain",
    }
)
"""Types that have tags; a bandwidth package has none."""
