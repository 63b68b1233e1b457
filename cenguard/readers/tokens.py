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

JOINED = frozenset({INSTANCE, INSTANCE_ATTACHMENT, PACKAGE, PACKAGE_ATTACHMENT, LIMIT, ROUTER, *ROUTER_ATTACHMENTS, PEER})
"""Types that become entities of a network."""

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
