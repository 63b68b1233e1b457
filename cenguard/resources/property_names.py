"""Terraform's property names in Pulumi's way: `geographic_region_a_id` is `geographicRegionAId`.

The mapping is mechanical, but for lists with a name in the singular, which the bridge puts into the plural.
Source: every input of the types that are read, in the native SDK and in the recorded documents of bridged resources.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from cenguard.resources.addresses import is_address
from cenguard.resources.type_table import camel, snake

PLURALS = MappingProxyType(
    {
        ("alicloud_cen_transit_router_vpn_attachment", "zone"): "zones",
        ("alicloud_cen_route_map", "match_community_set"): "matchCommunitySets",
        ("alicloud_cen_route_map", "operate_community_set"): "operateCommunitySets",
        ("alicloud_cen_route_map", "prepend_as_path"): "prependAsPaths",
        ("alicloud_cen_transit_route_table_aggregation", "transit_route_table_aggregation_scope_list"): (
            "transitRouteTableAggregationScopeLists"
        ),
    }
)
"""Pulumi's name by Terraform type and name, where it is not the mechanical one."""


def camel_properties(terraform: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a resource of a Terraform type under Pulumi's names; keys of maps (tags) are the user's and stay.

    >>> camel_properties("alicloud_cen_transit_router_vpc_attachment", {"zone_mappings": [{"zone_id": "cn-beijing-a"}], "tags": {"a_b": "c"}})
    {'zoneMappings': [{'zoneId': 'cn-beijing-a'}], 'tags': {'a_b': 'c'}}
    """
    return {PLURALS.get((terraform, key)) or camel(key): _blocks(value) for key, value in values.items()}


def _blocks(value: Any) -> Any:
    if isinstance(value, list):
        return [{camel(key): _blocks(one) for key, one in item.items()} if isinstance(item, dict) else item for item in value]
    return value


_SPOKEN = {
    name: snake(name)
    for name in [
        "accountId",
        "autoCreateVpcRoute",
        "autoPublishRouteEnabled",
        "autoRenew",
        "availabilityZone",
        "bandwidthLimit",
        "bandwidthPackageId",
        "bandwidthType",
        "cenBandwidthPackageId",
        "cenId",
        "cenInstanceName",
        "cenOwnerId",
        "cenRegionId",
        "chargeType",
        "childInstanceId",
        "childInstanceOwnerId",
        "childInstanceRegionId",
        "childInstanceType",
        "cidrBlock",
        "cidrMatchMode",
        "defaultLinkType",
        "destinationChildInstanceTypes",
        "destinationCidrBlock",
        "destinationCidrBlocks",
        "destinationCidrblock",
        "destinationInstanceIds",
        "destinationInstanceIdsReverseMatch",
        "dryRun",
        "geographicRegionAId",
        "geographicRegionBId",
        "geographicRegionIds",
        "instanceId",
        "mapResult",
        "nextHopType",
        "nextHops",
        "nextPriority",
        "nexthopId",
        "nexthopType",
        "paymentType",
        "peerTransitRouterId",
        "peerTransitRouterRegionId",
        "protectionLevel",
        "regionIds",
        "routeMode",
        "routePropagationEnable",
        "routePublishTargets",
        "routeTableAssociationEnabled",
        "routeTableId",
        "routeTablePropagationEnabled",
        "routeTypes",
        "secondaryCidrBlock",
        "secondaryCidrBlocks",
        "sourceChildInstanceTypes",
        "sourceInstanceIds",
        "sourceInstanceIdsReverseMatch",
        "sourceRegionIds",
        "systemRouteTableRoutePropagationEnable",
        "transitRouteTableAggregationCidr",
        "transitRouterAttachmentId",
        "transitRouterId",
        "transitRouterRouteEntryDestinationCidrBlock",
        "transitRouterRouteEntryNextHopId",
        "transitRouterRouteEntryNextHopType",
        "transitRouterRouteTableId",
        "transitRouterRouteTableType",
        "transmitDirection",
        "vbrId",
        "vpcId",
        "vpcOwnerId",
        "vswitchId",
        "zoneId",
        "zoneMappings",
    ]
}
"""Terraform's names of the properties that findings name, by Pulumi's."""
_NAME = re.compile(r"\b[a-z]++[A-Z]\w*")
_END = re.compile("|".join(sorted({re.split("(?=[A-Z])", name)[-1] for name in _SPOKEN})))
"""The last words of the names that findings name: a sentence that holds none of them names no property."""
_NOT_AROUND = frozenset("\"'[].")
"""Signs beside a word that is a part of a name of the user's."""


def in_terraform_words(text: str) -> str:
    """A sentence about resources of Terraform, with their properties as Terraform calls them.

    >>> in_terraform_words('regionIds of pair["regionIds"]: cn-beijing; bandwidthPackageId and instanceId of a')
    'region_ids of pair["regionIds"]: cn-beijing; bandwidth_package_id and instance_id of a'
    """
    first, space, rest = text.partition(" ")
    if space and first in _SPOKEN:  # most steps of evidence begin with one, and name no other
        return f"{_SPOKEN[first]} {_replaced(rest)}"
    return _replaced(text)


def _replaced(text: str) -> str:
    return text if _END.search(text) is None else _NAME.sub(_in_terraform, text)


def _in_terraform(match: re.Match[str]) -> str:
    name = match[0]
    spoken = _SPOKEN.get(name)
    if spoken is None:
        return name
    text, start, end = match.string, match.start(), match.end()
    if start and text[start - 1] in _NOT_AROUND:
        return name
    ends_sentence = text[end : end + 2] in (".", ". ")
    return name if text[end : end + 1] in _NOT_AROUND and not ends_sentence else spoken


def words_of(address: str) -> Callable[[str], str]:
    """How properties are called where a resource is from: by Terraform's names, or Pulumi's."""
    return in_terraform_words if is_address(address) else str
