"""Small programs in each language: where a fix goes, what is kept around it, and what is never touched."""

import json
import shutil
import subprocess

import msgspec
import pytest

from cenguard.findings.code import code_of
from cenguard.findings.fix import Add, Import, Options, Ref, Remove, Set
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
WAIT = Set(urn=urn("limit"), options=Options(depends_on=(urn("bj"), urn("us"))))

PYTHON = """\
import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")  # the backbone
bj = alicloud.cen.InstanceAttachment("bj", instance_id=core.id)
us = alicloud.cen.InstanceAttachment("us", instance_id=core.id)
"""


def test_python_adds_an_argument_where_there_are_no_options(tmp_path):
    code = written(
        tmp_path, "python", PYTHON + 'alicloud.cen.BandwidthLimit(\n    "limit",\n    bandwidth_limit=4,  # Mbps\n)\n', [WAIT]
    )

    assert after(code).endswith(
        'alicloud.cen.BandwidthLimit(\n    "limit",\n    bandwidth_limit=4,  # Mbps\n    opts=pulumi.ResourceOptions(depends_on=[bj, us]),\n)\n'
    )
    assert code.text == (
        '# in alicloud.cen.BandwidthLimit("limit", …), add:\n#     opts=pulumi.ResourceOptions(depends_on=[bj, us]),\n'
    )


@pytest.mark.parametrize(
    ("opts", "made"),
    [
        ("pulumi.ResourceOptions(protect=True)", "pulumi.ResourceOptions(protect=True, depends_on=[bj, us])"),
        ("pulumi.ResourceOptions(depends_on=[core])", "pulumi.ResourceOptions(depends_on=[core, bj, us])"),
        ("pulumi.ResourceOptions(depends_on=[core, bj])", "pulumi.ResourceOptions(depends_on=[core, bj, us])"),
        ("pulumi.ResourceOptions(depends_on=[])", "pulumi.ResourceOptions(depends_on=[bj, us])"),
        ("shared", "pulumi.ResourceOptions.merge(shared, pulumi.ResourceOptions(depends_on=[bj, us]))"),
        (
            "pulumi.ResourceOptions(depends_on=core)",
            "pulumi.ResourceOptions.merge(pulumi.ResourceOptions(depends_on=core), pulumi.ResourceOptions(depends_on=[bj, us]))",
        ),
        (
            "pulumi.ResourceOptions(**more)",
            "pulumi.ResourceOptions.merge(pulumi.ResourceOptions(**more), pulumi.ResourceOptions(depends_on=[bj, us]))",
        ),
    ],
)
def test_python_adds_to_the_options_that_are_there(tmp_path, opts, made):
    code = written(tmp_path, "python", PYTHON + f'alicloud.cen.BandwidthLimit("limit", opts=({opts}))\n', [WAIT])

    assert after(code).endswith(f'alicloud.cen.BandwidthLimit("limit", opts=({made}))\n') or after(code).endswith(
        f'alicloud.cen.BandwidthLimit("limit", opts={made.replace(opts, f"({opts})", 1)})\n'
    )


def test_python_keeps_line_ends_and_a_byte_order_mark_apart(tmp_path):
    text = "\ufeff" + PYTHON.replace("\n", "\r\n") + 'alicloud.cen.BandwidthLimit("limit", bandwidth_limit=4)\r\n'
    code = written(tmp_path, "python", text, [*BUY, WAIT])
    made = after(code)

    assert made.count("\r\n") == made.count("\n")
    assert not made.startswith("\ufeff")
    assert "# the backbone\r\nchina_eu = " in made


def test_python_new_resources_stand_below_what_they_need_and_above_who_needs_them(tmp_path):
    last = 'alicloud.cen.BandwidthLimit("limit", bandwidth_limit=4)\n'
    needs = Set(urn=urn("limit"), options=Options(depends_on=("new:china-eu-attachment",)))
    text = after(written(tmp_path, "python", PYTHON + last, [*BUY, needs]))

    order = ['Instance("core")', "china_eu = ", "china_eu_attachment = ", 'BandwidthLimit("limit"']
    assert sorted(order, key=text.index) == order
    assert "instance_id=core.id,\n    bandwidth_package_id=china_eu.id,\n" in text
    assert text.endswith(
        'BandwidthLimit("limit", bandwidth_limit=4, opts=pulumi.ResourceOptions(depends_on=[china_eu_attachment]))\n'
    )


def test_python_what_stands_below_cannot_be_waited_for(tmp_path):
    text = PYTHON.replace("core = ", 'limit = alicloud.cen.BandwidthLimit("limit", bandwidth_limit=4)\ncore = ', 1)
    code = written(tmp_path, "python", text, [WAIT])

    assert not code.bound
    assert not code.changes
    assert code.why_not == "the attachment bj is made below limit"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('for name in ["x"]:\n    alicloud.cen.BandwidthLimit("limit")\n', "a loop"),
        ('def make():\n    alicloud.cen.BandwidthLimit("limit")\n\n\nmake()\n', "a function"),
        ('[alicloud.cen.BandwidthLimit("limit") for _ in range(1)]\n', "a comprehension"),
        ('name = "limit"\nalicloud.cen.BandwidthLimit(name)\n', "its name is not written out"),
        ('if core:\n    alicloud.cen.BandwidthLimit("limit")\n', "a condition"),
    ],
)
def test_python_what_is_not_certain_is_for_reading(tmp_path, text, reason):
    code = written(tmp_path, "python", PYTHON + text, [WAIT])

    assert not code.bound, reason
    assert stands_alone(code)
    assert code.why_not == "no line of the program makes the bandwidth limit limit, and it alone"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('nets = {"a": alicloud.cen.InstanceAttachment("us", instance_id=core.id)}\n', 'nets["a"]'),
        ('nets = [alicloud.cen.InstanceAttachment("us", instance_id=core.id)]\n', "nets[0]"),
        ('nets = {}\nnets["a"] = alicloud.cen.InstanceAttachment("us", instance_id=core.id)\n', 'nets["a"]'),
        ('a = nets = alicloud.cen.InstanceAttachment("us", instance_id=core.id)\n', "a"),
        ('us: object = alicloud.cen.InstanceAttachment("us", instance_id=core.id)\n', "us"),
    ],
)
def test_python_a_resource_may_be_called_anything(tmp_path, text, name):
    program = "\n".join(PYTHON.splitlines()[:-1]) + f"\n{text}" + 'alicloud.cen.BandwidthLimit("limit")\n'

    assert f"depends_on=[bj, {name}]" in after(written(tmp_path, "python", program, [WAIT]))


@pytest.mark.parametrize(
    "text",
    [
        'alicloud.cen.InstanceAttachment("us", instance_id=core.id)\n',
        'us = alicloud.cen.InstanceAttachment("us", instance_id=core.id)\nus = 1\n',
        'nets = {"a": alicloud.cen.InstanceAttachment("us", instance_id=core.id)}\nnets.clear()\n',
        'nets = {"a": alicloud.cen.InstanceAttachment("us", instance_id=core.id)}\nnets["a"] = core\n',
        'nets = [core, *more, alicloud.cen.InstanceAttachment("us", instance_id=core.id)]\n',
    ],
)
def test_python_a_name_that_may_mean_something_else_is_none(tmp_path, text):
    program = "\n".join(PYTHON.splitlines()[:-1]) + f"\n{text}" + 'alicloud.cen.BandwidthLimit("limit")\n'
    code = written(tmp_path, "python", program, [WAIT])

    assert not code.bound
    assert "<the attachment us>" in code.text
    assert code.why_not == "the program has no name for the attachment us"


def test_python_no_variable_shadows_anything(tmp_path):
    taken = 'alicloud_provider = alicloud.Provider("home")\nlist_ = china_eu = None\n'
    edits = [
        Add(name="china-eu", type=KINDS["pkg"], properties={"bandwidth": 2}),
        Add(
            name="list",
            type=KINDS["bound"],
            properties={"instanceId": Ref(urn("core")), "bandwidthPackageId": Ref("new:china-eu")},
        ),
        Add(
            name="pulumi",
            type=KINDS["bound"],
            properties={"instanceId": Ref(urn("core")), "bandwidthPackageId": Ref("new:list", "bandwidthPackageId")},
        ),
        Add(name="alicloud", type=KINDS["limit"], properties={"instanceId": Ref("new:pulumi", "instanceId")}),
        Add(name="x", type=KINDS["limit"], properties={"instanceId": Ref("new:alicloud", "instanceId")}, provider=urn("home")),
    ]
    text = after(written(tmp_path, "python", PYTHON + taken, edits))

    assert [line.partition(" = ")[0] for line in text.splitlines() if " = alicloud.cen." in line][3:] == [
        "china_eu_2", "list_2", "pulumi_2", "alicloud_2",
    ]  # fmt: skip
    assert "provider=alicloud_provider" in text


@pytest.mark.parametrize(
    ("imports", "call", "options"),
    [
        ("import pulumi\nimport pulumi_alicloud as ali\n", "ali.cen.", "pulumi.ResourceOptions"),
        ("import pulumi as p\nfrom pulumi_alicloud import cen\n", "cen.", "p.ResourceOptions"),
        ("from pulumi import ResourceOptions as Opts\nimport pulumi_alicloud\n", "pulumi_alicloud.cen.", "Opts"),
        ("import pulumi_alicloud as alicloud\n", "alicloud.cen.", "pulumi.ResourceOptions"),
        ('"""A program."""\n\nimport pulumi_alicloud.cen\n', "pulumi_alicloud.cen.", "pulumi.ResourceOptions"),
    ],
)
def test_python_calls_the_sdk_what_the_file_calls_it(tmp_path, imports, call, options):
    text = after(written(tmp_path, "python", imports + f'core = {call}Instance("core")\n', BUY))

    assert f'china_eu = {call}BandwidthPackage(\n    "china-eu",' in text
    assert f"opts={options}(protect=True)" in text
    assert ("import pulumi\n" in text) == (options == "pulumi.ResourceOptions")


def test_python_takes_away_and_changes(tmp_path):
    limit = 'limit = alicloud.cen.BandwidthLimit("limit", bandwidth_limit=(4 + 1), instance_id=core.id)\n'
    edits = [Set(urn=urn("limit"), properties={"bandwidthLimit": 2, "instanceId": None}), Remove(urn=urn("us"))]
    text = after(written(tmp_path, "python", PYTHON + limit, edits))

    assert text.endswith('bj", instance_id=core.id)\nlimit = alicloud.cen.BandwidthLimit("limit", bandwidth_limit=2)\n')


def test_python_what_is_used_is_not_taken_out(tmp_path):
    code = written(tmp_path, "python", PYTHON, [Remove(urn=urn("core"))])

    assert not code.changes
    assert code.why_not == "the program still refers to core where it would be taken out"


def test_python_arguments_that_cannot_be_seen_are_not_added_to(tmp_path):
    code = written(tmp_path, "python", PYTHON + 'alicloud.cen.BandwidthLimit("limit", **common)\n', [WAIT])

    assert not code.changes
    assert "not written out" in code.why_not


def test_python_arguments_may_stand_in_an_object_of_their_own(tmp_path):
    limit = 'alicloud.cen.BandwidthLimit("limit", alicloud.cen.BandwidthLimitArgs(bandwidth_limit=4))\n'
    edits = [Set(urn=urn("limit"), properties={"bandwidthLimit": 5, "instanceId": Ref(urn("core"))}), WAIT]

    assert after(written(tmp_path, "python", PYTHON + limit, edits)).endswith(
        'alicloud.cen.BandwidthLimit("limit", alicloud.cen.BandwidthLimitArgs(bandwidth_limit=5, instance_id=core.id), '
        "opts=pulumi.ResourceOptions(depends_on=[bj, us]))\n"
    )


def test_an_import_takes_over_what_stands(tmp_path):
    known = Import(name="old", type=KINDS["pkg"], id="cenbwp-1", properties={"bandwidth": 2})
    unknown = Import(name="old", type=KINDS["pkg"], id=None, properties={"bandwidth": 2})

    assert 'opts=pulumi.ResourceOptions(import_="cenbwp-1")' in after(written(tmp_path, "python", PYTHON, [known], urn("core")))
    code = written(tmp_path, "python", PYTHON, [unknown], urn("core"))
    assert not code.bound
    assert "<its id>" in code.text


TYPESCRIPT = """\
import * as alicloud from "@pulumi/alicloud";

const core = new alicloud.cen.Instance("core");
export const bj = new alicloud.cen.InstanceAttachment("bj", { instanceId: core.id });
const nets = { us: new alicloud.cen.InstanceAttachment("us", { instanceId: core.id }) };
"""


@pytest.mark.parametrize(
    ("call", "made"),
    [
        ('("limit", { bandwidthLimit: 4 })', '("limit", { bandwidthLimit: 4 }, { dependsOn: [bj, nets.us] })'),
        ('("limit", args, { protect: true })', '("limit", args, { protect: true, dependsOn: [bj, nets.us] })'),
        ('("limit", {}, { dependsOn: [core] })', '("limit", {}, { dependsOn: [core, bj, nets.us] })'),
        (
            '("limit", {\n    bandwidthLimit: 4, // Mbps\n}, {\n    protect: true, // ours\n})',
            '("limit", {\n    bandwidthLimit: 4, // Mbps\n}, {\n    protect: true, // ours\n    dependsOn: [bj, nets.us],\n})',
        ),
    ],
)
def test_typescript_adds_to_what_is_there(tmp_path, call, made):
    code = written(tmp_path, "nodejs", TYPESCRIPT + f"new alicloud.cen.BandwidthLimit{call};\n", [WAIT])

    assert after(code).endswith(f"new alicloud.cen.BandwidthLimit{made};\n")


@pytest.mark.parametrize("call", ['("limit", {}, options)', '("limit", {}, { ...options })', '("limit", {}, { dependsOn: all })'])
def test_typescript_options_that_cannot_be_seen_are_not_added_to(tmp_path, call):
    code = written(tmp_path, "nodejs", TYPESCRIPT + f"new alicloud.cen.BandwidthLimit{call};\n", [WAIT])

    assert code.bound
    assert not code.changes
    assert "not" in code.why_not


def test_typescript_new_resources(tmp_path):
    needs = Set(urn=urn("limit"), properties={"bandwidthLimit": 5}, options=Options(depends_on=("new:china-eu-attachment",)))
    text = after(written(tmp_path, "nodejs", TYPESCRIPT + 'new alicloud.cen.BandwidthLimit("limit");\n', [*BUY, needs]))

    assert (
        'const chinaEu = new alicloud.cen.BandwidthPackage("china-eu", {\n    bandwidth: 10,\n    autoRenew: true,\n}, { protect: true });\n'
        in text
    )
    assert text.endswith('new alicloud.cen.BandwidthLimit("limit", { bandwidthLimit: 5 }, { dependsOn: [chinaEuAttachment] });\n')


@pytest.mark.parametrize(
    ("imports", "call"),
    [
        ('import * as ali from "@pulumi/alicloud";', "ali.cen."),
        ('import { cen } from "@pulumi/alicloud";', "cen."),
        ('import { cen as wan, Provider } from "@pulumi/alicloud";', "wan."),
        ("import * as cen from '@pulumi/alicloud/cen';", "cen."),
        ('const alicloud = require("@pulumi/alicloud");', "alicloud.cen."),
    ],
)
def test_typescript_calls_the_sdk_what_the_file_calls_it(tmp_path, imports, call):
    text = after(written(tmp_path, "nodejs", f'{imports}\nconst core = new {call}Instance("core", {{}});\n', BUY))

    assert f'const chinaEu = new {call}BandwidthPackage("china-eu", {{' in text


def test_typescript_without_the_sdk_s_name_is_for_reading(tmp_path):
    code = written(tmp_path, "nodejs", 'import { Instance } from "./cen";\nconst core = new Instance("core", {});\n', BUY)

    assert not code.bound
    assert stands_alone(code)


@pytest.mark.parametrize(
    "text",
    [
        'for (const x of [1]) { new alicloud.cen.BandwidthLimit("limit"); }\n',
        'function make() { return new alicloud.cen.BandwidthLimit("limit"); }\nmake();\n',
        '[1].map(() => new alicloud.cen.BandwidthLimit("limit"));\n',
        "const name = 'limit'; // \"limit\"\nnew alicloud.cen.BandwidthLimit(name);\n",
    ],
)
def test_typescript_what_is_not_certain_is_for_reading(tmp_path, text):
    code = written(tmp_path, "nodejs", TYPESCRIPT + text, [WAIT])

    assert not code.bound
    assert stands_alone(code)


GO = """\
package main

import (
	"github.com/pulumi/pulumi-alicloud/sdk/v3/go/alicloud/cen"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		core, err := cen.NewInstance(ctx, "core", nil)
		if err != nil {
			return err
		}
		bj, err := cen.NewInstanceAttachment(ctx, "bj", &cen.InstanceAttachmentArgs{
			InstanceId: core.ID(),
		})
		if err != nil {
			return err
		}
		us, err := cen.NewInstanceAttachment(ctx, "us", &cen.InstanceAttachmentArgs{InstanceId: core.ID()})
		if err != nil {
			return err
		}
BODY
		return nil
	})
}
"""
GO_LIMIT = """\
		if _, err := cen.NewBandwidthLimit(ctx, "limit", &cen.BandwidthLimitArgs{
			BandwidthLimit: pulumi.Int(4), // Mbps
		}OPTIONS); err != nil {
			return err
		}"""


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ("", ", pulumi.DependsOn([]pulumi.Resource{bj, us})"),
        (", pulumi.DependsOn([]pulumi.Resource{core})", ", pulumi.DependsOn([]pulumi.Resource{core, bj, us})"),
        (", pulumi.DependsOn(all)", ", pulumi.DependsOn(all), pulumi.DependsOn([]pulumi.Resource{bj, us})"),
        (", pulumi.Protect(false)", ", pulumi.Protect(false), pulumi.DependsOn([]pulumi.Resource{bj, us})"),
    ],
)
def test_go_adds_to_what_is_there(tmp_path, options, made):
    text = GO.replace("BODY", GO_LIMIT.replace("OPTIONS", options))

    assert after(written(tmp_path, "go", text, [WAIT])) == GO.replace("BODY", GO_LIMIT.replace("OPTIONS", made))


def test_go_new_resources_return_their_errors_and_are_formatted(tmp_path):
    needs = Set(urn=urn("limit"), properties={"bandwidthLimit": 5}, options=Options(depends_on=("new:china-eu-attachment",)))
    last = Add(
        name="last", type=KINDS["limit"], properties={"instanceId": Ref(urn("core")), "regionIds": ("cn-beijing", "us-west-1")}
    )
    edits = [*BUY, needs, last, Set(urn=urn("core"), properties={"protectionLevel": "REDUCED"})]
    text = after(written(tmp_path, "go", GO.replace("BODY", GO_LIMIT.replace("OPTIONS", "")), edits))

    assert "\t\tchinaEuAttachment, err := cen.NewBandwidthPackageAttachment(ctx, " in text
    assert '\t\tif _, err := cen.NewBandwidthLimit(ctx, "last", &cen.BandwidthLimitArgs{\n' in text
    assert 'cen.NewInstance(ctx, "core", &cen.InstanceArgs{ProtectionLevel: pulumi.String("REDUCED")})' in text
    assert 'pulumi.StringArray{pulumi.String("cn-beijing"), pulumi.String("us-west-1")}' in text
    if shutil.which("gofmt"):
        assert subprocess.run(["gofmt"], input=text, capture_output=True, text=True, check=True).stdout == text


@pytest.mark.parametrize(
    "text",
    [
        GO.replace("BODY", "\t\tfor range 2 {\n" + GO_LIMIT.replace("OPTIONS", "") + "\n\t\t}"),
        GO.replace("BODY", GO_LIMIT.replace("OPTIONS", "")).replace(
            "pulumi.Run(func(ctx *pulumi.Context) error {", "make(func(ctx *pulumi.Context) error {"
        ),
        GO.replace("BODY", GO_LIMIT.replace("OPTIONS", ", all...")),
    ],
)
def test_go_what_is_not_certain_has_no_place(tmp_path, text):
    code = written(tmp_path, "go", text, [WAIT])

    assert not code.changes
    assert stands_alone(code)


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


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (
            "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      bandwidthLimit: 4 # Mbps\n",
            '      bandwidthLimit: 4 # Mbps\n    options:\n      dependsOn: ["${bj}", "${us}"]\n',
        ),
        (
            "  limit: {type: alicloud:cen:BandwidthLimit}\n",
            '  limit: {type: alicloud:cen:BandwidthLimit, options: {dependsOn: ["${bj}", "${us}"]}}\n',
        ),
        (
            "  limit:\n    type: alicloud:cen:BandwidthLimit\n    options:\n      dependsOn:\n      - ${core} # first\n      protect: true\n",
            "      dependsOn:\n      - ${core} # first\n      - ${bj}\n      - ${us}\n      protect: true\n",
        ),
        (
            '  limit:\n    type: alicloud:cen:BandwidthLimit\n    options: {dependsOn: ["${core}"]}\n\n# the end\nvariables: {a: 1}\n',
            '    options: {dependsOn: ["${core}", "${bj}", "${us}"]}\n\n# the end\nvariables: {a: 1}\n',
        ),
        (
            "  limit:\n      type: alicloud:cen:BandwidthLimit\n      options:\n          protect: true\n",
            '      options:\n          protect: true\n          dependsOn: ["${bj}", "${us}"]\n',
        ),
    ],
)
def test_yaml_adds_to_what_is_there(tmp_path, text, made):
    assert after(written(tmp_path, "yaml", YAML + text, [WAIT])).endswith(made)


def test_yaml_new_resources_stand_among_the_others(tmp_path):
    text = "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties: {bandwidthLimit: 4}\nvariables:\n  china-eu: 1\n"
    made = after(written(tmp_path, "yaml", YAML + text, BUY))

    assert (
        "# the backbone\n  china-eu-2:\n    type: alicloud:cen:BandwidthPackage\n    name: china-eu\n    properties:\n      bandwidth: 10\n"
        "      autoRenew: true\n    options:\n      protect: true\n  china-eu-attachment:\n" in made
    )
    assert "bandwidthPackageId: ${china-eu-2.id}\n  bj:" in made


@pytest.mark.parametrize(
    "text",
    [
        "  limit: &l\n    type: alicloud:cen:BandwidthLimit\n    options: &o {protect: true}\n  other:\n    type: a:b:C\n    options: *o\n",
        "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      <<: {bandwidthLimit: 4}\n",
        "  limit:\n    type: alicloud:cen:BandwidthLimit\n    get: {id: x}\n",
        "  limit:\n    type: alicloud:cen:BandwidthLimit\n  again:\n    type: alicloud:cen:BandwidthLimit\n    name: limit\n",
    ],
)
def test_yaml_what_is_not_certain_has_no_place(tmp_path, text):
    code = written(tmp_path, "yaml", YAML + text, [WAIT])
    if "*o" in text:
        assert "&o {protect: true, dependsOn" not in "".join(changed(code).values())
    else:
        assert not code.changes


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


@pytest.mark.parametrize(
    ("block", "made"),
    [
        ("{\n  bandwidth_limit = 4 # Mbps\n}", "{\n  bandwidth_limit = 4 # Mbps\n\n  depends_on = [WAIT]\n}"),
        ("{\n  depends_on = [alicloud_cen_instance.core]\n}", "{\n  depends_on = [alicloud_cen_instance.core, WAIT]\n}"),
        (
            "{\n  depends_on = [\n    alicloud_cen_instance.core, # first\n  ]\n}",
            "{\n  depends_on = [\n    alicloud_cen_instance.core, # first\n    ONE,\n    TWO,\n  ]\n}",
        ),
        ("{}", "{\n  depends_on = [WAIT]\n}"),
        ("{ bandwidth_limit = 4 }", "{\n  bandwidth_limit = 4\n  depends_on = [WAIT]\n}"),
        (
            "{\n  lifecycle {\n    ignore_changes = [tags]\n  }\n}",
            "{\n  lifecycle {\n    ignore_changes = [tags]\n  }\n\n  depends_on = [WAIT]\n}",
        ),
    ],
)
def test_hcl_adds_to_what_is_there(tmp_path, block, made):
    one, two = "alicloud_cen_instance_attachment.bj", "alicloud_cen_instance_attachment.us"
    head = 'resource "alicloud_cen_bandwidth_limit" "limit" '
    text = after(written(tmp_path, "hcl", f"{HCL}{head}{block}\n", [WAIT]))

    assert text == f"{HCL}{head}{made}\n".replace("WAIT", f"{one}, {two}").replace("ONE", one).replace("TWO", two)


def test_hcl_takes_away_and_adds(tmp_path):
    edits = [Set(urn=urn("limit"), properties={"regionIds": ("a", "b"), "bandwidthLimit": None}, options=WAIT.options)]
    head = 'resource "alicloud_cen_bandwidth_limit" "limit" {\n'
    text = after(written(tmp_path, "hcl", f"{HCL}{head}  instance_id     = 1\n  bandwidth_limit = 4 # Mbps\n}}\n", edits))

    one, two = "alicloud_cen_instance_attachment.bj", "alicloud_cen_instance_attachment.us"
    assert text == f'{HCL}{head}  instance_id     = 1\n  region_ids      = ["a", "b"]\n\n  depends_on = [{one}, {two}]\n}}\n'


def test_yaml_takes_away_and_adds(tmp_path):
    limit = "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      a: 1\n      bandwidthLimit: 4 # Mbps\n"
    edits = [Set(urn=urn("limit"), properties={"regionIds": ("a", "b"), "bandwidthLimit": None}), Remove(urn=urn("us"))]
    text = after(written(tmp_path, "yaml", YAML + limit, edits))

    assert text.endswith('"${core.id}"}\n' + limit.replace("bandwidthLimit: 4", "regionIds: [a, b]"))


def test_hcl_protects(tmp_path):
    protect = [Set(urn=urn("pkg"), options=Options(protect=True))]
    head = 'resource "alicloud_cen_bandwidth_package" "pkg" {\n  bandwidth = 2\n'

    assert "  lifecycle {\n    prevent_destroy = true\n  }\n}\n" in after(written(tmp_path, "hcl", HCL + head + "}\n", protect))
    lifecycle = head + "  lifecycle {\n    prevent_destroy = false\n  }\n}\n"
    assert lifecycle.replace("false", "true") in after(written(tmp_path, "hcl", HCL + lifecycle, protect))
    other = head + "  lifecycle {\n    ignore_changes = [tags]\n  }\n}\n"
    assert "  lifecycle {\n    prevent_destroy = true\n    ignore_changes" in after(
        written(tmp_path, "hcl", HCL + other, protect)
    )


@pytest.mark.parametrize("several", ["count = 1", 'for_each = toset(["a"])'])
def test_hcl_a_block_that_makes_several_has_no_place(tmp_path, several):
    code = written(tmp_path, "hcl", f'{HCL}resource "alicloud_cen_bandwidth_limit" "limit" {{\n  {several}\n}}\n', [WAIT])

    assert not code.bound
    assert stands_alone(code)


def test_hcl_blocks_of_a_list_are_written_as_blocks(tmp_path):
    attachment = Add(
        name="vpc",
        type="alicloud:cen/transitRouterVpcAttachment:TransitRouterVpcAttachment",
        properties={
            "cenId": Ref(urn("core")),
            "zoneMappings": ({"zoneId": "a", "vswitchId": "vsw-1"}, {"zoneId": "b", "vswitchId": "vsw-2"}),
            "tags": {"a b": "${x}"},
        },
    )
    text = after(written(tmp_path, "hcl", HCL, [attachment]))

    assert text.count("  zone_mappings {\n    zone_id    = ") == 2
    assert '  tags   = { "a b" = "$${x}" }\n' in text


def test_a_name_that_would_break_out_of_a_comment_stays_in_it(tmp_path):
    hostile = 'urn:pulumi:dev::net::alicloud:cen/bandwidthLimit:BandwidthLimit::x\nimport os\u2028"; #'
    for runtime, text in (("python", PYTHON), ("nodejs", TYPESCRIPT), ("yaml", YAML), ("hcl", HCL)):
        code = written(
            tmp_path, runtime, text, [Set(urn=hostile, properties={"bandwidthLimit": 1}), Remove(urn=hostile)], urn("core")
        )

        assert stands_alone(code)
        assert all(line.startswith(("#", "//")) for line in code.text.splitlines())
