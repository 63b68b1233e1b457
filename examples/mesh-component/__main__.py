"""Four regions that all reach each other, from one CenNetwork."""

import sys
from pathlib import Path

import pulumi

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the components of this repository

from components import CenNetwork

core = CenNetwork(
    "core",
    {
        "edition": "basic",
        "networks": {
            "shop": {"region": "cn-beijing", "id": "vpc-2zexk1p0q8w7m3d5r6t9y"},
            "sales": {"region": "us-west-1", "id": "vpc-rj9k2m4n6b8v0c1x3z5l7"},
            "branch": {"region": "cn-hongkong", "id": "vpc-j6cq7w9e1r3t5y2u4i8o0"},
            "office": {"region": "eu-central-1", "id": "vpc-gw8a2s4d6f8g0h1j3k5l7"},
        },
        "interconnect": {"mesh": {"bandwidth": 5}},
        "packages": {
            "payment_type": "PrePaid",
            "period": 6,
            "auto_renew": True,
            "sizes": {
                "Asia-Pacific/China": 5,
                "Asia-Pacific/Europe": 5,
                "Asia-Pacific/North-America": 5,
                "China/Europe": 5,
                "China/North-America": 5,
                "Europe/North-America": 5,
            },
        },
    },
)

pulumi.export("cen_id", core.cen_id)
