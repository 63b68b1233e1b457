"""Fleets for the tests: networks whose instance, packages and attachments lie in different stacks, as the engine stores them."""

import gzip
import json
import random
from pathlib import Path

import zstandard

from cenguard.fleet.audit import AuditRequest, audit
from cenguard.fleet.crews import Alone
from cenguard.judging.options import Options

CEN = "alicloud:cen/"
REGIONS = ("cn-beijing", "cn-hangzhou", "us-west-1", "eu-central-1", "ap-southeast-1")
PAIRS = (("China", "North-America"), ("China", "Europe"), ("Asia-Pacific", "China"), ("Europe", "North-America"))


class Stack:
    """One stack's state while it is put together."""

    def __init__(self, project, stack="prod"):
        self.project, self.stack = project, stack
        self.start = f"urn:pulumi:{stack}::{project}::"
        self.provider = f"{self.start}pulumi:providers:alicloud::main"
        self.resources = [
            {"urn": f"{self.start}pulumi:pulumi:Stack::{project}-{stack}", "custom": False, "type": "pulumi:pulumi:Stack"},
            {"urn": self.provider, "custom": True, "id": "p1", "type": "pulumi:providers:alicloud", "inputs": {"region": "cn-beijing"}},
        ]  # fmt: skip

    def add(self, token, name, identifier, inputs, edges=None, outputs=None):
        """A resource, as a state has it."""
        urn = f"{self.start}{token}::{name}"
        edges = edges or {}
        self.resources.append(
            {
                "urn": urn,
                "custom": True,
                "id": identifier,
                "type": token,
                "inputs": {"__defaults": [], **inputs},
                "outputs": {**inputs, **(outputs or {}), "id": identifier},
                "parent": self.resources[0]["urn"],
                "dependencies": sorted(edges.values()),
                "provider": f"{self.provider}::p1",
                "propertyDependencies": {key: [edges[key]] if key in edges else [] for key in inputs},
                "sourcePosition": f"project:///__main__.py#{len(self.resources)}",
            }
        )
        return urn

    def instance(self, name, identifier):
        return self.add(f"{CEN}instance:Instance", name, identifier, {"cenInstanceName": name, "tags": {"team": "net"}})

    def attachment(self, name, instance, region, network, edges=None):
        inputs = {"instanceId": instance, "childInstanceId": network, "childInstanceRegionId": region, "childInstanceType": "VPC"}
        return self.add(f"{CEN}instanceAttachment:InstanceAttachment", name, f"{instance}:{network}:VPC:{region}", inputs, edges)

    def package(self, name, identifier, areas, mbps, **more):
        inputs = {
            "bandwidth": mbps,
            "geographicRegionAId": areas[0],
            "geographicRegionBId": areas[1],
            "paymentType": "PrePaid",
            "period": 6,
        }
        return self.add(f"{CEN}bandwidthPackage:BandwidthPackage", name, identifier, inputs, outputs=more)

    def attached(self, name, instance, package):
        inputs = {"instanceId": instance, "bandwidthPackageId": package}
        return self.add(f"{CEN}bandwidthPackageAttachment:BandwidthPackageAttachment", name, package, inputs)

    def limit(self, name, instance, regions, mbps):
        inputs = {"instanceId": instance, "regionIds": list(regions), "bandwidthLimit": mbps}
        return self.add(f"{CEN}bandwidthLimit:BandwidthLimit", name, f"{instance}:{':'.join(regions)}", inputs)

    def filler(self, count):
        """Resources of others."""
        for number in range(count):
            self.add("aws:s3/bucket:Bucket", f"bucket-{number}", f"b-{number}", {"bucket": f"b-{number}", "policy": "x" * 80})
        return self

    @property
    def export(self):
        return {"version": 3, "deployment": {"manifest": {}, "resources": self.resources}}

    @property
    def checkpoint(self):
        latest = {"manifest": {}, "resources": self.resources}
        return {"version": 3, "checkpoint": {"stack": f"organization/{self.project}/{self.stack}", "latest": latest}}

    def write(self, path, form="export"):
        """Write it, packed as the name says."""
        path.parent.mkdir(parents=True, exist_ok=True)
        content = json.dumps(getattr(self, form)).encode()
        if path.suffix == ".gz":
            content = gzip.compress(content, mtime=0)
        elif path.suffix == ".zst":
            content = zstandard.ZstdCompressor().compress(content)
        path.write_bytes(content)
        return path


def terraform(instance, regions, vpc):
    """A raw state of Terraform with attachments to an instance of another stack."""
    resources = [
        {
            "mode": "managed",
            "type": "alicloud_cen_instance_attachment",
            "name": "shop",
            "provider": 'provider["registry.terraform.io/aliyun/alicloud"]',
            "instances": [
                {
                    "index_key": number,
                    "attributes": {
                        "id": f"{instance}:{vpc}-{number}:VPC:{region}",
                        "instance_id": instance,
                        "child_instance_id": f"{vpc}-{number}",
                        "child_instance_region_id": region,
                        "child_instance_type": "VPC",
                    },
                }
                for number, region in enumerate(regions)
            ],
        },
        {"mode": "managed", "type": "aws_instance", "name": "web", "provider": "p", "instances": [{"attributes": {"id": "i-1"}}]},
    ]
    return {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": resources}


def write_fleet(root, instances=12, seed=1, *, apart=False):
    """A fleet of three or four states an instance, some packed, one damaged; half of the instances have some fault.

    `apart` is whether packages are attached in another stack than the one that buys them.
    """
    chosen = random.Random(seed)
    for index in range(instances):
        cen = f"cen-{index:04}"
        regions = chosen.sample(REGIONS, 3)
        core = Stack(f"core-{index}")
        core.instance(f"core-{index}", cen)
        core.filler(chosen.randrange(20))
        core.write(root / f"net/core-{index}.json", "checkpoint")
        money, shop = Stack(f"money-{index}"), Stack(f"shop-{index}")
        for number, areas in enumerate(chosen.sample(PAIRS, chosen.randrange(3))):
            package = f"cenbwp-{index:04}{number}"
            money.package(f"package-{number}", package, areas, 20, expiredTime=f"20{27 + index % 3}-0{1 + number}-15T16:00Z")
            if chosen.random() < 0.8:
                (shop if apart else money).attached(f"attached-{number}", cen, package)
        if chosen.random() < 0.6:
            money.limit("limit", cen, sorted(regions[:2]), chosen.choice((10, 20, 30)))
        money.write(root / f"money/money-{index}.json{chosen.choice(('', '.gz', '.zst'))}")
        for number, region in enumerate(regions[:2]):
            shop.attachment(f"shop-{number}", cen, region, f"vpc-{index:04}{number}")
        shop.write(root / f"apps/shop-{index}.json")
        if index % 2:
            path = root / f"tf/{index}/terraform.tfstate"
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(terraform(cen, regions[2:], f"vpc-t{index}")))
        else:
            sales = Stack(f"sales-{index}")
            sales.attachment("sales", cen, regions[2], f"vpc-{index:04}9")
            sales.write(root / f"apps/sales-{index}.json")
    (root / "apps/damaged.json").write_text('{"version": 3, "deployment": {"resources": [{"urn":')
    Stack("none").filler(3).write(root / "apps/none.json")
    return root


def run(*urls, crew=None, options=None, **wish):
    """An audit in this process, unless another crew is given."""
    return audit(AuditRequest(urls=[str(url) for url in urls], options=options or Options(), **wish), crew or Alone())


def states_of(root):
    """The files of a fleet that can be read."""
    return sorted(path for path in Path(root).rglob("*") if path.is_file() and path.name != "damaged.json")


def bought(root, **more):
    """A network of three regions with one package."""
    stack = Stack("net")
    stack.instance("core", "cen-1")
    for number, region in enumerate(("cn-beijing", "us-west-1", "eu-central-1")):
        stack.attachment(f"n{number}", "cen-1", region, f"vpc-{number}")
    for name, areas, ending in more.get("packages", ()):
        stack.package(name, f"cenbwp-{name}", areas, 20, expiredTime=f"{ending}T16:00Z")
        stack.attached(f"attached-{name}", "cen-1", f"cenbwp-{name}")
    for regions in more.get("limits", ()):
        stack.limit("-".join(regions), "cen-1", regions, 20)
    return stack.write(root / "net.json")
