"""Small preview documents, plans and exports of any road, resource by resource."""

import json
from typing import Any

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
STACK = "urn:pulumi:dev::network::pulumi:pulumi:Stack::network-dev"


def urn(kind: str, name: str, parent: str = "") -> str:
    above = parent.split("::", 3)[2] + "$" if parent else ""
    return f"urn:pulumi:dev::network::{above}{kind}::{name}"


def resource(
    kind: str, name: str, /, *, parent: str = "", edges: dict[str, list[str]] | None = None, **more: Any
) -> dict[str, Any]:
    """One resource of a document; `edges` are its property dependencies."""
    state = {
        "urn": urn(kind, name, parent),
        "type": kind,
        "custom": True,
        "inputs": {},
        "parent": parent or STACK,
        "propertyDependencies": edges or {},
        "dependencies": sorted({item for items in (edges or {}).values() for item in items}),
    }
    return state | more


def preview(*resources: dict[str, Any], op: str = "create", **more: Any) -> bytes:
    """The document of a preview that makes them all."""
    steps = [{"op": "create", "urn": STACK, "newState": {"urn": STACK, "type": "pulumi:pulumi:Stack", "custom": False}}]
    steps += [{"op": op, "urn": item["urn"], "newState": item} for item in resources]
    return json.dumps({"steps": steps, "changeSummary": {"create": len(steps)}, **more}).encode()


def export(*resources: dict[str, Any]) -> bytes:
    """A stack's state."""
    stack = {"urn": STACK, "type": "pulumi:pulumi:Stack", "custom": False}
    return json.dumps({"version": 3, "deployment": {"resources": [stack, *resources]}}).encode()


def network(kind: Any = lambda native: native, *, package: bool = True, **more: Any) -> list[dict[str, Any]]:
    """Beijing and Silicon Valley on one instance; `kind` spells a native type as a road does."""
    core = resource(kind("alicloud:cen/instance:Instance"), "core", inputs={"name": "core"}, **more)
    found = [core]
    for name, region in (("bj", "cn-beijing"), ("us", "us-west-1")):
        inputs = {
            "instanceId": UNKNOWN,
            "childInstanceId": f"vpc-{name}",
            "childInstanceType": "VPC",
            "childInstanceRegionId": region,
        }
        found.append(
            resource(
                kind("alicloud:cen/instanceAttachment:InstanceAttachment"),
                name,
                inputs=inputs,
                edges={"instanceId": [core["urn"]]},
                **more,
            )
        )
    if package:
        area_pair = resource(
            kind("alicloud:cen/bandwidthPackage:BandwidthPackage"),
            "span",
            inputs={
                "bandwidth": 6.0,
                "geographicRegionIds": ["China", "North-America"],
                "paymentType": "PostPaid",
                "period": None,
            },
            **more,
        )
        inputs = {"instanceId": UNKNOWN, "bandwidthPackageId": UNKNOWN}
        bound = resource(
            kind("alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"),
            "span",
            inputs=inputs,
            edges={"instanceId": [core["urn"]], "bandwidthPackageId": [area_pair["urn"]]},
            **more,
        )
        after = [item["urn"] for item in (*found[1:], bound)]
        limit = resource(
            kind("alicloud:cen/bandwidthLimit:BandwidthLimit"),
            "span",
            inputs={"instanceId": UNKNOWN, "regionIds": ["us-west-1", "cn-beijing"], "bandwidthLimit": "4"},
            edges={"instanceId": [core["urn"]], "": after},
            **more,
        )
        found += [area_pair, bound, limit]
    return found
