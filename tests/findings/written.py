"""A network as a program of each language, and what edits of a fix are in it."""

import json

import msgspec

from cenguard.findings.code import code_of
from cenguard.findings.fix import Add, Options, Ref, Set
from cenguard.resources.records import Records, Resource, SourceKind
from cenguard.sources.bindings import Bindings
from cenguard.sources.lines import Lines, forget
from tests.findings.placing import changed, is_read, stands_alone

KINDS = {
    "core": "alicloud:cen/instance:Instance",
    "bj": "alicloud:cen/instanceAttachment:InstanceAttachment",
    "us": "alicloud:cen/instanceAttachment:InstanceAttachment",
    "pkg": "alicloud:cen/bandwidthPackage:BandwidthPackage",
    "bound": "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment",
    "limit": "alicloud:cen/bandwidthLimit:BandwidthLimit",
    "home": "pulumi:providers:alicloud",
}
FILES = {"python": "__main__.py", "nodejs": "index.ts", "go": "main.go", "yaml": "Pulumi.yaml", "hcl": "main.tf"}


def urn(name):
    return f"urn:pulumi:dev::net::{KINDS[name]}::{name}"


def written(folder, runtime, text, edits, *about):
    """What edits are in a program; its resources stand where their names do."""
    head = f"name: net\nruntime: {runtime}\n"
    (folder / "Pulumi.yaml").write_text(head)
    file = folder / FILES[runtime]
    file.write_bytes(((head if runtime == "yaml" else "") + text).encode())
    lines = file.read_text().splitlines()
    resources = []
    for name, kind in KINDS.items():
        line = next((number for number, line in enumerate(lines, 1) if f'"{name}"' in line), None)
        frames = [{"sourcePosition": f"project:///{file.name}#{line}"}] if line and runtime in ("python", "nodejs", "go") else []
        trace = msgspec.Raw(json.dumps(frames).encode())
        resources.append(Resource(urn=f"urn:pulumi:dev::net::{kind}::{name}", type=kind, stack_trace=trace))
    records = Records(path=str(folder / "preview.json"), kind=SourceKind.PREVIEW, project="net", stack="dev", resources=resources)
    forget()
    return code_of(edits, Bindings(Lines([records])), about)


def after(code):
    """The one file of a text with it in place, which its language reads."""
    ((path, text),) = changed(code).items()
    assert is_read(path, text)
    assert stands_alone(code)
    return text


BUY = (
    Add(name="china-eu", type=KINDS["pkg"], properties={"bandwidth": 10, "autoRenew": True}, options=Options(protect=True)),
    Add(
        name="china-eu-attachment",
        type=KINDS["bound"],
        properties={"instanceId": Ref(urn("core")), "bandwidthPackageId": Ref("new:china-eu")},
    ),
)
OLD, OLD_BOUND = (f"urn:pulumi:dev::net::{KINDS[kind]}::old" for kind in ("pkg", "bound"))
SAID_AGAIN = (
    Add(name="old", type=KINDS["pkg"], properties={"bandwidth": 10}),
    Add(name="old", type=KINDS["bound"], properties={"instanceId": Ref(urn("core")), "bandwidthPackageId": Ref(OLD)}),
    Add(
        name="limit",
        type=KINDS["limit"],
        properties={"instanceId": Ref(urn("core"))},
        options=Options(depends_on=(OLD_BOUND, urn("bj"))),
    ),
)
"""What an update deletes, said again: a package and its attachment of one name, each by the URN that it had."""
WAIT = Set(urn=urn("limit"), options=Options(depends_on=(urn("bj"), urn("us"))))

PYTHON = """\
import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")  # the backbone
bj = alicloud.cen.InstanceAttachment("bj", instance_id=core.id)
us = alicloud.cen.InstanceAttachment("us", instance_id=core.id)
"""

TYPESCRIPT = """\
import * as alicloud from "@pulumi/alicloud";

const core = new alicloud.cen.Instance("core");
export const bj = new alicloud.cen.InstanceAttachment("bj", { instanceId: core.id });
const nets = { us: new alicloud.cen.InstanceAttachment("us", { instanceId: core.id }) };
"""

YAML = """\
resources:
  core: {type: alicloud:cen:Instance}   # the backbone
  bj:
    type: alicloud:cen:InstanceAttachment
    properties: {instanceId: "${core.id}"}
  us:
    type: alicloud:cen/instanceAttachment:InstanceAttachment
    properties:
      instanceId: ${core.id}   # 北京
"""

HCL = """\
resource "alicloud_cen_instance" "core" {
  name = "core" # the backbone
}

resource "alicloud_cen_instance_attachment" "bj" {
  instance_id = alicloud_cen_instance.core.id
}

resource "alicloud_cen_instance_attachment" "us" {
  instance_id = alicloud_cen_instance.core.id
}

"""
