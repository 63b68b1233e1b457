"""The same estates as Terraform writes them: plans with `planned_values`, the changes and the program beside each other.

Attributes, markers and references are those of recorded plans of aliyun/alicloud 1.285.0.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.estate import UNKNOWN, Item, items

PROVIDER_NAME = "registry.terraform.io/aliyun/alicloud"
TYPES = {
    "Instance": "alicloud_cen_instance",
    "InstanceAttachment": "alicloud_cen_instance_attachment",
    "BandwidthPackage": "alicloud_cen_bandwidth_package",
    "BandwidthPackageAttachment": "alicloud_cen_bandwidth_package_attachment",
    "BandwidthLimit": "alicloud_cen_bandwidth_limit",
}
UNSET: dict[str, dict[str, Any]] = {
    "Instance": {"description": None, "timeouts": None},
    "InstanceAttachment": {"cen_owner_id": None, "timeouts": None},
    "BandwidthPackage": {"description": None, "timeouts": None},
    "BandwidthPackageAttachment": {"timeouts": None},
    "BandwidthLimit": {"timeouts": None},
}
COMPUTED = {
    "Instance": ("create_time", "id", "name", "protection_level", "resource_group_id", "status"),
    "InstanceAttachment": ("child_instance_owner_id", "id", "status"),
    "BandwidthPackage": ("charge_type", "expired_time", "geographic_region_ids", "id", "name", "status"),
    "BandwidthPackageAttachment": ("id",),
    "BandwidthLimit": ("id",),
}
LISTS = {"Instance": {}, "BandwidthPackage": {"geographic_region_ids": []}, "BandwidthLimit": {"region_ids": [False, False]}}


def snake(name: str) -> str:
    """A property's name in Terraform."""
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in name)


def address_of(urn: str) -> str:
    """The address of a resource of the estate."""
    _, _, kind, name = urn.split("::")
    return f"{TYPES[kind.rpartition(':')[2]]}.{name.replace('-', '_')}"


def plan(attachments: int, *, standing: bool = False) -> bytes:
    """The estate as `terraform show -json` writes a first plan of it; with `standing`, a plan of what is all there."""
    everything = list(items(attachments))
    document: dict[str, Any] = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": {"resources": [_planned(item, standing=standing) for item in everything]}},
        "resource_changes": [_change(item, standing=standing) for item in everything],
    }
    if standing:
        resources = [_planned(item, standing=True) for item in everything]
        document["prior_state"] = {
            "format_version": "1.0",
            "terraform_version": "1.11.4",
            "values": {"root_module": {"resources": resources}},
        }
    region = {"region": {"constant_value": "cn-beijing"}}
    document["configuration"] = {
        "provider_config": {"alicloud": {"name": "alicloud", "full_name": PROVIDER_NAME, "expressions": region}},
        "root_module": {"resources": [_configured(item) for item in everything]},
    }
    document["relevant_attributes"] = list(_relevant(everything))
    document |= {"timestamp": "2026-11-27T15:18:01Z", "applyable": True, "complete": True, "errored": False}
    return json.dumps(document).encode()


def without_prior_state(attachments: int) -> bytes:
    """The plan of what is all there, without the state under it."""
    document = json.loads(plan(attachments, standing=True))
    del document["prior_state"]
    return json.dumps(document).encode()


def _values(item: Item, *, standing: bool) -> dict[str, Any]:
    values = {snake(key): value for key, value in item.inputs.items() if value != UNKNOWN}
    values |= UNSET[item.kind]
    if standing:
        values |= dict.fromkeys(COMPUTED[item.kind], "Active") | {"id": f"id-of-{item.name}"}
        values |= {snake(key): f"id-of-{urn.rpartition('::')[2]}" for key, urn in item.edges.items()}
    return values


def _head(item: Item) -> dict[str, Any]:
    kind = TYPES[item.kind]
    name = item.name.replace("-", "_")
    head = {"address": f"{kind}.{name}", "mode": "managed", "type": kind, "name": name}
    return {**head, "provider_name": PROVIDER_NAME}


def _planned(item: Item, *, standing: bool) -> dict[str, Any]:
    values = _values(item, standing=standing)
    return {**_head(item), "schema_version": 0, "values": values, "sensitive_values": LISTS.get(item.kind, {})}


def _change(item: Item, *, standing: bool) -> dict[str, Any]:
    values = _values(item, standing=standing)
    unknown = {} if standing else dict.fromkeys((*COMPUTED[item.kind], *map(snake, item.edges)), True)
    marks = LISTS.get(item.kind, {})
    change = {
        "actions": ["no-op"] if standing else ["create"],
        "before": values if standing else None,
        "after": values,
        "after_unknown": dict(sorted(unknown.items())),
        "before_sensitive": marks if standing else False,
        "after_sensitive": marks,
    }
    return {**_head(item), "change": change}


def _configured(item: Item) -> dict[str, Any]:
    expressions = {snake(key): {"constant_value": value} for key, value in item.inputs.items() if value != UNKNOWN}
    for key, urn in item.edges.items():
        target = address_of(urn)
        expressions[snake(key)] = {"references": [f"{target}.id", target]}
    kind = TYPES[item.kind]
    name = item.name.replace("-", "_")
    entry = {
        "address": f"{kind}.{name}",
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider_config_key": "alicloud",
        "expressions": dict(sorted(expressions.items())),
        "schema_version": 0,
    }
    waits = [address_of(urn) for urn in item.waits if urn not in item.edges.values()]
    return {**entry, "depends_on": waits} if waits else entry


def _relevant(everything: list[Item]) -> Iterator[dict[str, Any]]:
    for target in sorted({address_of(urn) for item in everything for urn in item.edges.values()}):
        yield {"resource": target, "attribute": ["id"]}


def write_plan(folder: Path, attachments: int, *, standing: bool = False) -> Path:
    """Write the document once; the path of it."""
    path = folder / f"plan-{'standing-' if standing else ''}{attachments}.json"
    path.write_bytes(plan(attachments, standing=standing))
    return path
