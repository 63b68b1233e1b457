"""What edits take away, and what stands around it: neighbours, comments, lines, and whoever uses it."""

import pytest

from cenguard.findings.fix import Options, Remove, Set
from tests.findings.placing import stands_alone
from tests.findings.test_go_places import GO
from tests.findings.written import FILES, HCL, PYTHON, TYPESCRIPT, YAML, after, urn, written

GONE = [Remove(urn=urn("limit"))]
BOTH = [Set(urn=urn("limit"), properties={"instanceId": None, "bandwidthLimit": None})]
LAST = [Set(urn=urn("limit"), properties={"bandwidthLimit": None})]
OTHER = [Set(urn=urn("limit"), properties={"bandwidthLimit": None, "regionIds": ("a", "b")})]


@pytest.mark.parametrize(
    ("edits", "given", "made"),
    [
        (BOTH, ", instance_id=core.id, bandwidth_limit=4", ""),
        (LAST, ", instance_id=core.id, bandwidth_limit=4,", ", instance_id=core.id,"),
        (OTHER, ", bandwidth_limit=4, instance_id=core.id", ', instance_id=core.id, region_ids=["a", "b"]'),
        (OTHER, ", instance_id=core.id, bandwidth_limit=4,", ', instance_id=core.id, region_ids=["a", "b"],'),
        (BOTH, ",\n    instance_id=core.id,  # a, b\n    bandwidth_limit=4,  # c\n", ",\n"),
        (LAST, ",\n    instance_id=core.id,  # a, b\n    bandwidth_limit=4  # c\n", ",\n    instance_id=core.id,  # a, b\n"),
        (
            OTHER,
            ",\n    instance_id=core.id,  # a, b\n    bandwidth_limit=4  # c\n",
            ',\n    instance_id=core.id,  # a, b\n    region_ids=["a", "b"],\n',
        ),
        (OTHER, ",\n    instance_id=core.id, bandwidth_limit=4\n", ',\n    instance_id=core.id, region_ids=["a", "b"]\n'),
    ],
)
def test_python_arguments_go_with_their_comments(tmp_path, edits, given, made):
    call = 'alicloud.cen.BandwidthLimit("limit"%s)\n'

    assert after(written(tmp_path, "python", PYTHON + call % given, edits)) == PYTHON + call % made


@pytest.mark.parametrize(
    ("edits", "given", "made"),
    [
        (BOTH, "{ instanceId: core.id, bandwidthLimit: 4 }", "{ }"),
        (OTHER, "{ bandwidthLimit: 4 }", '{ regionIds: ["a", "b"] }'),
        (OTHER, "{\n    bandwidthLimit: 4 /* a, b */,\n}", '{\n    regionIds: ["a", "b"] /* a, b */,\n}'),
        (OTHER, "{\n    bandwidthLimit: 4\n}", '{\n    regionIds: ["a", "b"]\n}'),
        (
            OTHER,
            "{\n    bandwidthLimit: 4,\n    instanceId: core.id /* a, b */, // c\n}",
            '{\n    instanceId: core.id /* a, b */, // c\n    regionIds: ["a", "b"],\n}',
        ),
        (
            OTHER,
            "{\n    bandwidthLimit: 4,\n    instanceId: core.id, /* a\n    b */\n}",
            '{\n    instanceId: core.id, /* a\n    b */\n    regionIds: ["a", "b"],\n}',
        ),
        (
            OTHER,
            "{\n      instanceId: core.id\n    , bandwidthLimit: 4\n}",
            '{\n      instanceId: core.id\n    , regionIds: ["a", "b"]\n}',
        ),
    ],
)
def test_typescript_properties_go_with_their_comments(tmp_path, edits, given, made):
    call = 'new alicloud.cen.BandwidthLimit("limit", %s);\n'

    assert after(written(tmp_path, "nodejs", TYPESCRIPT + call % given, edits)) == TYPESCRIPT + call % made


def test_typescript_a_computed_key_may_be_any(tmp_path):
    code = written(
        tmp_path, "nodejs", TYPESCRIPT + 'new alicloud.cen.BandwidthLimit("limit", { ["bandwidthLimit"]: 4 });\n', OTHER
    )

    assert code.why_not == "bandwidthLimit of limit may stand in what is not written out"


@pytest.mark.parametrize(
    ("edits", "given", "made"),
    [
        (LAST, "{BandwidthLimit: pulumi.Int(4)}", "{}"),
        (
            OTHER,
            "{\n\t\t\tBandwidthLimit: pulumi.Int(4), // a, b\n\t\t}",
            '{\n\t\t\tRegionIds: pulumi.StringArray{pulumi.String("a"), pulumi.String("b")}, // a, b\n\t\t}',
        ),
        (
            LAST,
            "{\n\t\t\tInstanceId:     core.ID(), // a\n\t\t\tBandwidthLimit: pulumi.Int(4), // b\n\t\t}",
            "{\n\t\t\tInstanceId:     core.ID(), // a\n\t\t}",
        ),
    ],
)
def test_go_fields_go_with_their_lines(tmp_path, edits, given, made):
    call = (
        '\t\tif _, err := cen.NewBandwidthLimit(ctx, "limit", &cen.BandwidthLimitArgs%s); err != nil {\n\t\t\treturn err\n\t\t}'
    )
    text = after(written(tmp_path, "go", GO.replace("BODY", call % given), edits))

    assert text == GO.replace("BODY", call % made)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('limit = alicloud.cen.BandwidthLimit("limit"); x = 1\n', "does more than that"),
        ('limit = same = alicloud.cen.BandwidthLimit("limit")\npulumi.export("x", same.id)\n', "still refers to limit"),
        ('nets.limit = alicloud.cen.BandwidthLimit("limit")\n', "does more than that"),
        ("x = {}\nx[\"a\"] = alicloud.cen.BandwidthLimit(\"limit\")\npulumi.export('x', x['a'].id)\n", "does more than that"),
        (
            'x = {}\nx["a"] = alicloud.cen.BandwidthLimit("limit")\nfor each in x.values():\n    use(each)\n',
            "does more than that",
        ),
        ('limit = alicloud.cen.BandwidthLimit("limit")\npulumi.export("x", f"{limit.id}")\nlimit = 1\n', "still refers to limit"),
    ],
)
def test_python_what_may_be_used_is_not_taken_out(tmp_path, text, why):
    code = written(tmp_path, "python", PYTHON + text, GONE)

    assert not code.changes
    assert why in code.why_not


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('# The limit of Europe.\nlimit = alicloud.cen.BandwidthLimit("limit")  # limit\n', "# The limit of Europe.\n"),
        ('x = {}\nx["a"] = alicloud.cen.BandwidthLimit("limit")\nx["b"] = x["c"] = core\n', 'x = {}\nx["b"] = x["c"] = core\n'),
    ],
)
def test_python_what_nothing_uses_is_taken_out(tmp_path, text, left):
    assert after(written(tmp_path, "python", PYTHON + text, GONE)) == PYTHON + left


@pytest.mark.parametrize(
    "text",
    [
        'let limit = new alicloud.cen.BandwidthLimit("limit");\nlimit = core;\n',
        'var limit = new alicloud.cen.BandwidthLimit("limit");\nfunction f() { var limit = 1; }\nexport const id = limit.id;\n',
        'const limit = new alicloud.cen.BandwidthLimit("limit");\nexport const nets = { limit };\n',
    ],
)
def test_typescript_what_may_be_used_is_not_taken_out(tmp_path, text):
    assert "still refers to limit" in written(tmp_path, "nodejs", TYPESCRIPT + text, GONE).why_not


@pytest.mark.parametrize(
    ("runtime", "head", "made", "other", "uses"),
    [
        ("python", PYTHON, 'limit = alicloud.cen.BandwidthLimit("limit")\n', "more.py", "from nets import limit\n"),
        ("python", PYTHON, 'limit = alicloud.cen.BandwidthLimit("limit")\n', "more.py", "import nets as n\nn.limit.id\n"),
        ("python", PYTHON, 'limit = alicloud.cen.BandwidthLimit("limit")\n', "more.py", "from nets import *\nprint(limit)\n"),
        ("python", PYTHON, 'limit = alicloud.cen.BandwidthLimit("limit")\n', "more.py", "import nets\nnets.core\n"),
        ("nodejs", TYPESCRIPT, 'export const limit = new alicloud.cen.BandwidthLimit("limit");\n', "a/more.ts", 'import { limit } from "../nets";\n'),
        ("nodejs", TYPESCRIPT, 'export const limit = new alicloud.cen.BandwidthLimit("limit");\n', "a/more.ts", 'export * from "../nets";\n'),
        ("nodejs", TYPESCRIPT, 'export const limit = new alicloud.cen.BandwidthLimit("limit");\n', "a/more.ts", 'import { core } from "../nets";\n'),
    ],
)  # fmt: skip
def test_what_another_file_takes_is_not_taken_out(tmp_path, monkeypatch, runtime, head, made, other, uses):
    monkeypatch.setitem(FILES, runtime, "nets.ts" if runtime == "nodejs" else "nets.py")
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text(uses)
    code = written(tmp_path, runtime, head + made, GONE)

    assert bool(code.changes) == ("limit" not in uses and "*" not in uses)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            (
                '\t\tx, err := cen.NewThing(ctx, "thing", nil)\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}\n'
                '\t\t_, err = cen.NewBandwidthLimit(ctx, "limit", nil, pulumi.DependsOn([]pulumi.Resource{x}))\n'
                "\t\tif err != nil {\n\t\t\treturn err\n\t\t}"
            ),
            "nothing would use x any more",
        ),
        (
            (
                '\t\tif limit, err := cen.NewBandwidthLimit(ctx, "limit", nil); err != nil {\n\t\t\treturn err\n\t\t} else {\n'
                '\t\t\tctx.Export("x", limit.ID())\n\t\t}'
            ),
            "does more than that",
        ),
    ],
)
def test_go_what_its_compiler_would_miss_is_not_taken_out(tmp_path, body, why):
    code = written(tmp_path, "go", GO.replace("BODY", body), GONE)

    assert not code.changes
    assert why in code.why_not
    assert stands_alone(code)


def test_go_the_statement_that_declares_what_others_use_stays(tmp_path):
    text = GO.replace("BODY", '\t\t_, err = cen.NewThing(ctx, "thing", nil)\n\t\tif err != nil {\n\t\t\treturn err\n\t\t}')
    code = written(tmp_path, "go", text, [Remove(urn=urn(name)) for name in ("core", "bj", "us")])

    assert code.why_not == "the statement that declares err would be taken out, and others below it use that"


def test_go_a_question_about_something_else_stays(tmp_path):
    body = '\t\t_, _ = cen.NewBandwidthLimit(ctx, "limit", nil)\n\t\tif override {\n\t\t\tctx.Export("x", core.ID())\n\t\t}'

    assert after(written(tmp_path, "go", GO.replace("BODY", body), GONE)) == GO.replace("BODY", body.partition("\n")[2])


@pytest.mark.parametrize(
    ("block", "made"),
    [
        (
            "  lifecycle { ignore_changes = [tags] }\n",
            "  lifecycle {\n    prevent_destroy = true\n    ignore_changes = [tags]\n  }\n",
        ),
        ("  lifecycle {}\n", "  lifecycle {\n    prevent_destroy = true\n  }\n"),
    ],
)
def test_hcl_a_block_on_one_line_gets_lines(tmp_path, block, made):
    """An argument ends with its line there, unless it is the only one."""
    head = HCL + 'resource "alicloud_cen_bandwidth_package" "pkg" {\n  bandwidth = 2\n%s}\n'
    text = after(written(tmp_path, "hcl", head % block, [Set(urn=urn("pkg"), options=Options(protect=True))]))

    assert text == head % made


def test_hcl_what_is_new_stands_below_a_comment_of_several_lines(tmp_path):
    head = HCL + 'resource "alicloud_cen_bandwidth_package" "pkg" {\n  bandwidth = 2 /* Mbps,\n  for now */\n%s}\n'
    text = after(written(tmp_path, "hcl", head % "", [Set(urn=urn("pkg"), properties={"period": 3})]))

    assert text == head % "  period    = 3\n"


def test_hcl_blocks_that_stand_apart_are_not_taken_away(tmp_path):
    limit = 'resource "alicloud_cen_bandwidth_limit" "limit" {\n  tags {\n  }\n  bandwidth_limit = 4\n  tags {\n  }\n}\n'
    code = written(tmp_path, "hcl", HCL + limit, [Set(urn=urn("limit"), properties={"tags": None})])

    assert code.why_not == "tags of limit is written in several places"


def test_hcl_a_name_in_quotes_is_one(tmp_path):
    """Terraform still takes `depends_on = ["alicloud_…"]`."""
    blocks = 'resource "alicloud_cen_bandwidth_limit" "limit" {\n}\n\noutput "x" {\n  value      = 1\n  depends_on = ["alicloud_cen_bandwidth_limit.limit"]\n}\n'

    assert "still refers to limit" in written(tmp_path, "hcl", HCL + blocks, GONE).why_not


def test_yaml_a_key_that_is_no_word_may_be_referred_to(tmp_path):
    limit = "  net/limit: {type: alicloud:cen:BandwidthLimit, name: limit}\noutputs:\n  x: ${net/limit.id}\n"

    assert "still refers to limit" in written(tmp_path, "yaml", YAML + limit, GONE).why_not


def test_yaml_what_is_new_stands_where_the_last_member_went(tmp_path):
    limit = "  limit:\n    type: alicloud:cen:BandwidthLimit\n    properties:\n      instanceId: ${core.id}\n%s"
    edits = [Set(urn=urn("limit"), properties={"bandwidthLimit": None}, options=Options(protect=True))]
    text = after(written(tmp_path, "yaml", YAML + limit % "      bandwidthLimit: 4 # Mbps\n", edits))

    assert text.endswith(limit % "    options:\n      protect: true\n")
