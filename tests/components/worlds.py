"""Arguments that describe small networks, for tests that change one thing in them."""

from copy import deepcopy
from typing import Any


def three_regions(**changes: Any) -> dict[str, Any]:
    """Beijing, Silicon Valley and Frankfurt as a mesh of 20 Mbps on the Basic edition."""
    args: dict[str, Any] = {
        "edition": "basic",
        "networks": {
            "shop": {"region": "cn-beijing", "id": "vpc-1"},
            "sales": {"region": "us-west-1", "id": "vpc-2"},
            "plant": {"region": "eu-central-1", "id": "vpc-3"},
        },
        "interconnect": {"mesh": {"bandwidth": 20}},
        "packages": {
            "payment_type": "PrePaid",
            "period": 6,
            "auto_renew": True,
            "sizes": {"China/North-America": 20, "China/Europe": 20, "Europe/North-America": 20},
        },
    }
    return {**deepcopy(args), **changes}


def enterprise(**changes: Any) -> dict[str, Any]:
    """The same network on the Enterprise edition."""
    args = three_regions(edition="enterprise")
    for network in args["networks"].values():
        network["vswitches"] = {f"{network['region']}-a": "vsw-a", f"{network['region']}-b": "vsw-b"}
    return {**args, **changes}
