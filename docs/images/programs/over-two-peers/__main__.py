"""Beijing is joined with Silicon Valley and with Frankfurt; these two are joined by nothing."""

from cenguard_components import CenNetwork

REGIONS = {"orders": "cn-beijing", "shop": "us-west-1", "payments": "eu-central-1"}

CenNetwork(
    "core",
    edition="enterprise",
    networks={
        name: {
            "region": region,
            "id": f"vpc-{name}",
            "cidrs": [f"10.{number}.0.0/16"],
            "vswitches": {f"{region}-a": f"vsw-{name}-a", f"{region}-b": f"vsw-{name}-b"},
        }
        for number, (name, region) in enumerate(REGIONS.items(), 1)
    },
    interconnect={
        "pairs": [
            {"regions": ["cn-beijing", "us-west-1"], "bandwidth": 20, "billing": "traffic"},
            {"regions": ["cn-beijing", "eu-central-1"], "bandwidth": 20, "billing": "traffic"},
        ]
    },
)
