"""Stack exports of Basic networks, with an id for everything, as documents."""

import json

STACK, PROJECT = "prod", "net"
PROVIDER = f"urn:pulumi:{STACK}::{PROJECT}::pulumi:providers:alicloud::home"


def urn_of(token, name):
    """The URN of a resource of the stack."""
    return f"urn:pulumi:{STACK}::{PROJECT}::{token}::{name}"


class Export:
    """A Basic network that stands, resource by resource."""

    def __init__(self, instance="cen-core"):
        self.cen = instance
        self.resources = [
            {"urn": urn_of("pulumi:pulumi:Stack", "net-prod"), "type": "pulumi:pulumi:Stack", "custom": False},
            {
                "urn": PROVIDER,
                "type": "pulumi:providers:alicloud",
                "id": "p-1",
                "inputs": {"region": "cn-hangzhou"},
                "custom": True,
            },
        ]
        self.add("alicloud:cen/instance:Instance", "core", instance, {"cenInstanceName": "core"})

    def add(self, token, name, identifier, inputs):
        """A resource that stands."""
        self.resources.append(
            {
                "urn": urn_of(token, name),
                "type": token,
                "custom": True,
                "id": identifier,
                "inputs": inputs,
                "outputs": {**inputs, "id": identifier},
                "provider": f"{PROVIDER}::p-1",
            }
        )
        return self

    def vpc(self, name, region, *, zones=(), owner=None):
        """A VPC that is attached, with a vSwitch in each zone."""
        identifier = f"vpc-{name}"
        self.add("alicloud:vpc/network:Network", name, identifier, {"cidrBlock": "10.0.0.0/16"})
        for zone in zones:
            switch = {"vpcId": identifier, "zoneId": zone}
            self.add("alicloud:vpc/switch:Switch", f"{name}-{zone}", f"vsw-{name}-{zone}", switch)
        return self.attach(name, identifier, "VPC", region, owner=owner)

    def attach(self, name, identifier, kind, region, *, owner=None):
        """An attachment of a network."""
        inputs = {
            "instanceId": self.cen,
            "childInstanceId": identifier,
            "childInstanceType": kind,
            "childInstanceRegionId": region,
        } | ({"childInstanceOwnerId": owner} if owner else {})
        token = "alicloud:cen/instanceAttachment:InstanceAttachment"
        return self.add(token, f"{name}-attached", f"{self.cen}:{identifier}:{kind}:{region}", inputs)

    def package(self, name, a, b, mbps):
        """A package that is attached."""
        identifier = f"cenbwp-{name}"
        terms = {"bandwidth": mbps, "geographicRegionAId": a, "geographicRegionBId": b, "paymentType": "PrePaid"}
        self.add("alicloud:cen/bandwidthPackage:BandwidthPackage", name, identifier, terms)
        token = "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"
        return self.add(token, f"{name}-bound", identifier, {"instanceId": self.cen, "bandwidthPackageId": identifier})

    def limit(self, a, b, mbps):
        """A bandwidth limit."""
        inputs = {"instanceId": self.cen, "regionIds": [a, b], "bandwidthLimit": mbps}
        return self.add("alicloud:cen/bandwidthLimit:BandwidthLimit", f"{a}-{b}", f"{self.cen}:{a}:{b}", inputs)

    def route_map(self, name, region, **inputs):
        """A route map."""
        stated = {
            "cenId": self.cen,
            "cenRegionId": region,
            "mapResult": "Deny",
            "priority": 10,
            "transmitDirection": "RegionIn",
            **inputs,
        }
        return self.add("alicloud:cen/routeMap:RouteMap", name, f"{self.cen}:cenrmap-{name}", stated)

    def written(self, path):
        """The document, written to a file."""
        path.write_text(
            json.dumps({"version": 3, "deployment": {"manifest": {"time": "2026-11-20T10:00:00Z"}, "resources": self.resources}})
        )
        return path


def three_regions():
    """Four networks in three regions, two packages that limits draw on, one that nothing draws on, and a route map."""
    return (
        Export()
        .vpc("shop", "cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i", "cn-hangzhou-j"])
        .vpc("lab", "cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        .vpc("sales", "us-west-1", zones=["us-west-1a", "us-west-1b"])
        .vpc("plant", "eu-central-1", zones=["eu-central-1a", "eu-central-1b"], owner="1234567890123456")
        .attach("line", "vbr-1", "VBR", "cn-hangzhou")
        .package("china-america", "China", "North-America", 20)
        .package("china-europe", "China", "Europe", 10)
        .package("america-europe", "North-America", "Europe", 5)
        .limit("cn-hangzhou", "us-west-1", 15)
        .limit("cn-hangzhou", "eu-central-1", 10)
        .route_map("keep-out", "cn-hangzhou", sourceInstanceIds=["vpc-plant"])
    )
