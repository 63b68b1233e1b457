"""Terraform's property names in Pulumi's way: `geographic_region_a_id` is `geographicRegionAId`.

The mapping is mechanical, but for lists with a name in the singular, which the bridge puts into the plural.
Source: every input of the types that are read, in the native SDK and in the recorded documents of bridged resources.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cenguard.resources.type_table import camel

PLURALS = MappingProxyType({("alicloud_cen_transit_router_vpn_attachment", "zone"): "zones"})
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
