"""The resource types that are read, under every spelling that a document has for them.

One type has four: the native provider's token (`alicloud:cen/instance:Instance`), the token that a Terraform provider
gets when Pulumi runs it (`alicloud:index/cenInstance:CenInstance`, with whatever package word the user chose), Terraform's
own name (`alicloud_cen_instance`), and that of a resource inside a Terraform module (`backbone:tf:alicloud_cen_instance`).
Everything behind the readers knows the native token alone; what people see stays as it is in the document.
Source: `pulumi_alicloud` 4.0.0 and the Terraform provider aliyun/alicloud 1.285.0, whose documents are in
`tests/recordings/`; a test compares the table with both.
"""

import re
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

READ = MappingProxyType(
    {
        "alicloud_cen_instance": "alicloud:cen/instance:Instance",
        "alicloud_cen_instance_attachment": "alicloud:cen/instanceAttachment:InstanceAttachment",
        "alicloud_cen_instance_grant": "alicloud:cen/instanceGrant:InstanceGrant",
        "alicloud_cen_bandwidth_package": "alicloud:cen/bandwidthPackage:BandwidthPackage",
        "alicloud_cen_bandwidth_package_attachment": "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment",
        "alicloud_cen_bandwidth_limit": "alicloud:cen/bandwidthLimit:BandwidthLimit",
        "alicloud_cen_flowlog": "alicloud:cen/flowLog:FlowLog",
        "alicloud_cen_private_zone": "alicloud:cen/privateZone:PrivateZone",
        "alicloud_cen_route_service": "alicloud:cen/routeService:RouteService",
        "alicloud_cen_vbr_health_check": "alicloud:cen/vbrHealthCheck:VbrHealthCheck",
        "alicloud_cen_transit_router": "alicloud:cen/transitRouter:TransitRouter",
        "alicloud_cen_transit_router_cidr": "alicloud:cen/transitRouterCidr:TransitRouterCidr",
        "alicloud_cen_transit_router_vpc_attachment": "alicloud:cen/transitRouterVpcAttachment:TransitRouterVpcAttachment",
        "alicloud_cen_transit_router_vbr_attachment": "alicloud:cen/transitRouterVbrAttachment:TransitRouterVbrAttachment",
        "alicloud_cen_transit_router_vpn_attachment": "alicloud:cen/transitRouterVpnAttachment:TransitRouterVpnAttachment",
        "alicloud_cen_transit_router_ecr_attachment": "alicloud:cen/transitRouterEcrAttachment:TransitRouterEcrAttachment",
        "alicloud_cen_transit_router_peer_attachment": "alicloud:cen/transitRouterPeerAttachment:TransitRouterPeerAttachment",
        "alicloud_cen_transit_router_grant_attachment": "alicloud:cen/transitRouterGrantAttachment:TransitRouterGrantAttachment",
        "alicloud_cen_transit_router_route_table": "alicloud:cen/transitRouterRouteTable:TransitRouterRouteTable",
        "alicloud_cen_transit_router_route_entry": "alicloud:cen/transitRouterRouteEntry:TransitRouterRouteEntry",
        "alicloud_cen_transit_router_route_table_association": (
            "alicloud:cen/transitRouterRouteTableAssociation:TransitRouterRouteTableAssociation"
        ),
        "alicloud_cen_transit_router_route_table_propagation": (
            "alicloud:cen/transitRouterRouteTablePropagation:TransitRouterRouteTablePropagation"
        ),
        "alicloud_cen_child_instance_route_entry_to_attachment": (
            "alicloud:cen/childInstanceRouteEntryToAttachment:ChildInstanceRouteEntryToAttachment"
        ),
        "alicloud_cen_route_entry": "alicloud:cen/routeEntry:RouteEntry",
        "alicloud_cen_route_map": "alicloud:cen/routeMap:RouteMap",
        "alicloud_cen_transit_route_table_aggregation": "alicloud:cen/transitRouteTableAggregation:TransitRouteTableAggregation",
        "alicloud_cen_transit_router_prefix_list_association": (
            "alicloud:cen/transitRouterPrefixListAssociation:TransitRouterPrefixListAssociation"
        ),
        "alicloud_cloud_firewall_vpc_cen_tr_firewall": "alicloud:cloudfirewall/vpcCenTrFirewall:VpcCenTrFirewall",
        "alicloud_route_entry": "alicloud:vpc/routeEntry:RouteEntry",
        "alicloud_vpc_route_entry": "alicloud:vpc/vPCRouteEntry:VPCRouteEntry",
        "alicloud_route_table": "alicloud:vpc/routeTable:RouteTable",
        "alicloud_vpc_prefix_list": "alicloud:vpc/prefixList:PrefixList",
        "alicloud_vpc_peer_connection": "alicloud:vpc/peerConnection:PeerConnection",
        "alicloud_express_connect_router_vpc_association": ("alicloud:expressconnect/routerVpcAssociation:RouterVpcAssociation"),
        "alicloud_cen_transit_router_multicast_domain": "alicloud:cen/transitRouterMulticastDomain:TransitRouterMulticastDomain",
        "alicloud_vpc": "alicloud:vpc/network:Network",
        "alicloud_vpc_ipv4_cidr_block": "alicloud:vpc/ipv4CidrBlock:Ipv4CidrBlock",
        "alicloud_vswitch": "alicloud:vpc/switch:Switch",
        "alicloud_subnet": "alicloud:vpc/subnet:Subnet",
        "alicloud_express_connect_virtual_border_router": "alicloud:expressconnect/virtualBorderRouter:VirtualBorderRouter",
        "alicloud_express_connect_grant_rule_to_cen": "alicloud:expressconnect/grantRuleToCen:GrantRuleToCen",
        "alicloud_express_connect_router_express_connect_router": (
            "alicloud:expressconnect/routerExpressConnectRouter:RouterExpressConnectRouter"
        ),
        "alicloud_cloud_connect_network": "alicloud:cloudconnect/network:Network",
        "alicloud_cloud_connect_network_grant": "alicloud:cloudconnect/networkGrant:NetworkGrant",
        "alicloud_vpn_gateway_vpn_attachment": "alicloud:vpn/gatewayVpnAttachment:GatewayVpnAttachment",
    }
)
"""Native token by Terraform name, of the types that a rule may look at."""

DECIDES_NOTHING = MappingProxyType(
    {
        "alicloud_cen_inter_region_traffic_qos_policy": "alicloud:cen/interRegionTrafficQosPolicy:InterRegionTrafficQosPolicy",
        "alicloud_cen_inter_region_traffic_qos_queue": "alicloud:cen/interRegionTrafficQosQueue:InterRegionTrafficQosQueue",
        "alicloud_cen_traffic_marking_policy": "alicloud:cen/trafficMarkingPolicy:TrafficMarkingPolicy",
        "alicloud_cen_transit_router_multicast_domain_association": (
            "alicloud:cen/transitRouterMulticastDomainAssociation:TransitRouterMulticastDomainAssociation"
        ),
        "alicloud_cen_transit_router_multicast_domain_member": (
            "alicloud:cen/transitRouterMulticastDomainMember:TransitRouterMulticastDomainMember"
        ),
        "alicloud_cen_transit_router_multicast_domain_peer_member": (
            "alicloud:cen/transitRouterMulticastDomainPeerMember:TransitRouterMulticastDomainPeerMember"
        ),
        "alicloud_cen_transit_router_multicast_domain_source": (
            "alicloud:cen/transitRouterMulticastDomainSource:TransitRouterMulticastDomainSource"
        ),
        "alicloud_cloud_firewall_vpc_firewall_cen": "alicloud:cloudfirewall/firewallVpcFirewallCen:FirewallVpcFirewallCen",
    }
)
"""The same, of types of CEN that no verdict hangs on: they may stand in a document, and nothing is missed."""

ALICLOUD = "alicloud"
"""The provider's short name: the package word of its tokens unless the user chose another, and the prefix of Terraform names."""
ALIBABA = frozenset({ALICLOUD, "aliyun", "alibaba", "alibabacloud", "alibabacloudstack", "apsarastack"})
"""Package words and prefixes of providers of Alibaba Cloud: what is CEN under one of them is no other cloud's."""
OTHER_CLOUDS = frozenset({"volcengine", "byteplus"})
"""Providers of other clouds that have a Cloud Enterprise Network of their own, with types of the same words."""


class Spelling(NamedTuple):
    """What a type's spelling says."""

    package: str
    """The package word; `alicloud` for Terraform's own names."""
    terraform: str
    """The Terraform name, so far as it can be told; empty for what no Terraform provider can have made."""
    road: str
    """`native`, `bridged`, `view`, `terraform`, or `foreign`."""


NATIVE, BRIDGED, VIEW, TERRAFORM = "native", "bridged", "view", "terraform"
FOREIGN = "foreign"
"""Of a provider of Alibaba Cloud that nobody here has seen."""

_NATIVE_BY_TERRAFORM = {**READ, **DECIDES_NOTHING}
_TERRAFORM_BY_NATIVE = {native: terraform for terraform, native in _NATIVE_BY_TERRAFORM.items()}
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def snake(name: str) -> str:
    """A camel-case name in Terraform's way.

    >>> snake("cenVbrHealthCheck"), snake("CenInstance")
    ('cen_vbr_health_check', 'cen_instance')
    """
    return "_".join(word.lower() for word in _WORDS.findall(name))


@cache
def camel(name: str) -> str:
    """A Terraform name in Pulumi's way.

    >>> camel("geographic_region_a_id"), camel("id")
    ('geographicRegionAId', 'id')
    """
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def bridged(terraform: str, package: str = ALICLOUD) -> str:
    """The token that a Terraform type gets when Pulumi runs its provider.

    >>> bridged("alicloud_cen_instance")
    'alicloud:index/cenInstance:CenInstance'
    """
    name = camel(terraform.removeprefix(f"{ALICLOUD}_"))
    return f"{package}:index/{name}:{name[:1].upper()}{name[1:]}"


@cache
def spelling(token: str) -> Spelling | None:
    """How a type is spelled; None for what is no resource of a Terraform provider, bridged or not.

    >>> spelling("ali:index/cenInstance:CenInstance").terraform
    'alicloud_cen_instance'
    """
    package, _, rest = token.partition(":")
    if not rest:
        provider = token.partition("_")[0]
        return Spelling(provider, token, TERRAFORM) if provider in ALIBABA else None
    module, _, name = rest.partition(":")
    if module == "tf":
        return Spelling(package, name, VIEW)
    folder, slash, _ = module.partition("/")
    if not slash:
        return None
    if folder == "index":
        return Spelling(package, f"{ALICLOUD}_{snake(name)}", BRIDGED)
    if package == ALICLOUD:
        return Spelling(package, _TERRAFORM_BY_NATIVE.get(token) or f"{ALICLOUD}_{snake(folder)}_{snake(name)}", NATIVE)
    return Spelling(package, f"{ALICLOUD}_{snake(folder)}_{snake(name)}", FOREIGN) if package in ALIBABA else None


@cache
def native_type(token: str) -> str | None:
    """The native token of a type that the table knows, whatever its spelling; None for every other type.

    A bridged token does not say whose type it is: one that is no type of CEN by its words (`index/vpc:Vpc`) is Alibaba
    Cloud's only where its package is.
    """
    said = spelling(token)
    if said is None or said.package in OTHER_CLOUDS or said.road == FOREIGN:
        return None
    return _NATIVE_BY_TERRAFORM.get(said.terraform)


def terraform_type(token: str) -> str:
    """Terraform's name of a type, by any spelling; what it is called where it has none.

    >>> terraform_type("alicloud:cen/instance:Instance")
    'alicloud_cen_instance'
    """
    said = spelling(token)
    return said.terraform if said is not None else token


@cache
def names_cen(token: str) -> bool:
    """Whether a type is one of CEN by whole words of its Terraform name: `cen` among them, after `alicloud`."""
    said = spelling(token)
    return said is not None and said.package not in OTHER_CLOUDS and has_word_of_cen(said.terraform)


_OTHER_SERVICES = ("ga_", "common_bandwidth_package", "security_center")
"""How types of services begin that have bandwidth packages, or a center, of their own: none of them is of CEN."""


def has_word_of_cen(terraform: str) -> bool:
    """Whether a Terraform name is one of a CEN type.

    >>> has_word_of_cen("alicloud_cen_instance"), has_word_of_cen("alicloud_security_center_group")
    (True, False)
    """
    provider, _, rest = terraform.partition("_")
    return provider in ALIBABA and "cen" in rest.split("_") and not rest.startswith(_OTHER_SERVICES)


def kind_in_words(token: str) -> str:
    """What a person calls a thing of a type: *package attachment*, *route table*."""
    words = snake(token.rpartition(":")[2]).replace("_", " ")
    return words.removeprefix("transit router ").removeprefix("bandwidth ").replace("peer attachment", "peer")


def own_id_key(terraform: str) -> str:
    """The property of a bridged resource that is its own id, and no reference.

    >>> own_id_key("alicloud_cen_bandwidth_package")
    'cenBandwidthPackageId'
    """
    return f"{camel(terraform.removeprefix(f'{ALICLOUD}_'))}Id"


@cache
def own_id_of(token: str) -> str:
    """The same by any spelling; `id` for what is not bridged.

    >>> own_id_of("ali:index/vpc:Vpc"), own_id_of("alicloud:vpc/network:Network")
    ('vpcId', 'id')
    """
    said = spelling(token)
    return own_id_key(said.terraform) if said is not None and said.road == BRIDGED else "id"
