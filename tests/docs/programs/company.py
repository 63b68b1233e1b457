"""Writes `company.json`, the stack export of a Basic network of forty networks, of the page *From Basic to Enterprise*.

`python tests/docs/programs/company.py` writes it. Its shape is that of the recorded exports (`tests/recordings`), without what no
reader looks at; its ids are made up from names.
"""

import hashlib
import json
from pathlib import Path

FILE = Path(__file__).with_name("company.json")
ZONES = {
    "cn-hangzhou": ("cn-hangzhou-i", "cn-hangzhou-j"),
    "cn-beijing": ("cn-beijing-g", "cn-beijing-h"),
    "cn-shanghai": ("cn-shanghai-f", "cn-shanghai-g"),
    "cn-hongkong": ("cn-hongkong-b", "cn-hongkong-c"),
    "ap-southeast-1": ("ap-southeast-1a", "ap-southeast-1b"),
    "eu-central-1": ("eu-central-1a", "eu-central-1b"),
    "us-west-1": ("us-west-1a", "us-west-1b"),
}
VPCS = {
    "cn-hangzhou": ["orders", "payments", "stock", "search", "metrics", "build", "office-hz"],
    "cn-beijing": ["shop-bj", "stock-bj", "search-bj", "office-bj", "lab", "archive"],
    "cn-shanghai": ["shop-sh", "stock-sh", "finance", "office-sh", "suppliers", "training"],
    "cn-hongkong": ["shop-hk", "stock-hk", "office-hk", "partners-hk", "press"],
    "ap-southeast-1": ["shop-sg", "stock-sg", "office-sg", "games", "support"],
    "eu-central-1": ["shop-eu", "stock-eu", "office-eu", "plant", "returns"],
    "us-west-1": ["shop-us", "stock-us", "office-us", "studio", "backup"],
}
ELSEWHERE = "cn-hongkong"
"""The region whose VPCs another stack makes: nobody here knows their vSwitches."""
PACKAGES = {
    ("China", "China"): (
        40,
        {("cn-beijing", "cn-hangzhou"): 20, ("cn-hangzhou", "cn-shanghai"): 10, ("cn-beijing", "cn-shanghai"): 10},
    ),
    ("Asia-Pacific", "China"): (
        50,
        {
            ("cn-hangzhou", "cn-hongkong"): 20,
            ("ap-southeast-1", "cn-hangzhou"): 10,
            ("cn-hongkong", "cn-shanghai"): 10,
            ("cn-beijing", "cn-hongkong"): 10,
        },
    ),
    ("China", "Europe"): (30, {("cn-hangzhou", "eu-central-1"): 20, ("cn-shanghai", "eu-central-1"): 10}),
    ("China", "North-America"): (20, {("cn-hangzhou", "us-west-1"): 20}),
    ("Europe", "North-America"): (10, {("eu-central-1", "us-west-1"): 10}),
    ("Asia-Pacific", "Asia-Pacific"): (10, {("ap-southeast-1", "cn-hongkong"): 10}),
}
PROTECTED = ("alicloud:cen/instance:Instance", "alicloud:cen/bandwidthPackage:BandwidthPackage")
STACK = "urn:pulumi:prod::company::"
TIME = "2026-11-24T06:00:00Z"


def identity(prefix, name):
    """An id as the service makes them, the same for a name every time."""
    return f"{prefix}-{hashlib.sha256(name.encode()).hexdigest()[:18]}"


def export():
    """The document."""
    resources = [{"urn": f"{STACK}pulumi:pulumi:Stack::company-prod", "type": "pulumi:pulumi:Stack", "custom": False}]
    parent = resources[0]["urn"]

    def add(kind, name, inputs, *, provider=None, of=None, found=None):
        """One resource; `of` is where each property's value comes from."""
        urn = f"{STACK}{kind}::{name}"
        links = {key: [of[key]] for key in inputs if of and key in of}
        resources.append(
            {
                "urn": urn,
                "custom": True,
                "id": found or identity("x", urn),
                "type": kind,
                "inputs": inputs,
                "outputs": inputs,
                "parent": parent,
                **({"provider": provider} if provider else {}),
                **({"protect": True} if kind in PROTECTED else {}),
                **({"dependencies": sorted(of.values()), "propertyDependencies": links} if of else {}),
            }
        )
        return urn

    providers = {}
    for region in ZONES:
        inputs = {"region": region, "version": "4.0.0"}
        urn = add("pulumi:providers:alicloud", region, inputs, found=identity("p", region))
        providers[region] = f"{urn}::{identity('p', region)}"
    main = providers["cn-hangzhou"]
    cen = identity("cen", "company")
    core = add("alicloud:cen/instance:Instance", "company", {"cenInstanceName": "company"}, provider=main, found=cen)
    attachments = {region: [] for region in ZONES}

    def attach(name, kind, region, network, of=None):
        inputs = {
            "instanceId": cen,
            "childInstanceId": network,
            "childInstanceType": kind,
            "childInstanceRegionId": region,
        }
        links = {"instanceId": core, **({"childInstanceId": of} if of else {})}
        found = f"{cen}:{network}:{kind}:{region}"
        urn = add("alicloud:cen/instanceAttachment:InstanceAttachment", name, inputs, provider=main, of=links, found=found)
        attachments[region].append(urn)

    for number, (region, names) in enumerate(VPCS.items(), 1):
        for count, name in enumerate(names):
            vpc, urn = identity("vpc", name), None
            if region != ELSEWHERE:
                block = f"10.{number}{count}.0.0/16"
                inputs = {"vpcName": name, "cidrBlock": block}
                urn = add("alicloud:vpc/network:Network", name, inputs, provider=providers[region], found=vpc)
                for third, zone in enumerate(ZONES[region]):
                    inputs = {"vpcId": vpc, "zoneId": zone, "cidrBlock": f"10.{number}{count}.{third}.0/24"}
                    label = f"{name}-{zone}"
                    found = identity("vsw", label)
                    add("alicloud:vpc/switch:Switch", label, inputs, provider=providers[region], of={"vpcId": urn}, found=found)
            attach(name, "VPC", region, vpc, urn)
    attach("datacentre", "VBR", "cn-hangzhou", identity("vbr", "datacentre"))
    for (first, second), (mbps, limits) in PACKAGES.items():
        name = f"{first}-{second}".lower()
        inputs = {
            "bandwidth": mbps,
            "cenBandwidthPackageName": name,
            "geographicRegionAId": first,
            "geographicRegionBId": second,
            "paymentType": "PrePaid",
            "period": 1,
            "autoRenew": True,
        }
        found = identity("cenbwp", name)
        package = add("alicloud:cen/bandwidthPackage:BandwidthPackage", name, inputs, provider=main, found=found)
        inputs, of = {"instanceId": cen, "bandwidthPackageId": found}, {"instanceId": core, "bandwidthPackageId": package}
        kind = "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"
        bound = add(kind, name, inputs, provider=main, of=of, found=found)
        for regions, share in limits.items():
            inputs = {"instanceId": cen, "regionIds": list(regions), "bandwidthLimit": share}
            label, found = "-".join(regions), ":".join((cen, *regions))
            add("alicloud:cen/bandwidthLimit:BandwidthLimit", label, inputs, provider=main, of={"instanceId": core}, found=found)
            resources[-1]["dependencies"] = [core, bound, *(urn for region in regions for urn in attachments[region])]
    host = identity("vpc", "orders")
    inputs = {
        "cenId": cen,
        "accessRegionId": "cn-hangzhou",
        "host": "100.118.28.52/32",
        "hostRegionId": "cn-hangzhou",
        "hostVpcId": host,
    }
    of = {"cenId": core, "hostVpcId": f"{STACK}alicloud:vpc/network:Network::orders"}
    found = f"{cen}:cn-hangzhou:100.118.28.52/32:cn-hangzhou"
    add("alicloud:cen/routeService:RouteService", "logs", inputs, provider=main, of=of, found=found)
    manifest = {"time": TIME, "magic": "", "version": "v3.260.0"}
    return {"version": 3, "deployment": {"manifest": manifest, "resources": resources}}


def text():
    """The document as it is written: one resource a line."""
    document = export()
    resources = document["deployment"].pop("resources")
    head = json.dumps(document)[:-2]
    return head + ', "resources": [\n' + ",\n".join(json.dumps(item) for item in resources) + "\n]}}\n"


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
