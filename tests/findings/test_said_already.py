"""Edits of a fix where the program says the thing already, in another way than most do."""

import pytest

from cenguard.findings.fix import Add, Import, Options, Ref, Remove, Set
from tests.findings.placing import stands_alone
from tests.findings.test_go_places import GO
from tests.findings.written import HCL, KINDS, PYTHON, TYPESCRIPT, YAML, after, urn, written

PROTECT = [Set(urn=urn("pkg"), options=Options(protect=True))]
LARGER = [Set(urn=urn("limit"), properties={"bandwidthLimit": 8})]
WAITS = [Set(urn=urn("limit"), options=Options(depends_on=(urn("bj"),)))]
GO_PACKAGE = (
    '\t\tif _, err := cen.NewBandwidthPackage(ctx, "pkg", &cen.BandwidthPackageArgs{}%s); err != nil {\n\t\t\treturn err\n\t\t}'
)


@pytest.mark.parametrize(
    ("runtime", "program", "given", "made"),
    [
        (
            "python",
            PYTHON + 'alicloud.cen.BandwidthPackage("pkg", opts=pulumi.ResourceOptions(%s, version="4.0.0"))\n',
            'protect=cfg.get_bool("p")',
            "protect=True",
        ),
        (
            "python",
            PYTHON + 'alicloud.cen.BandwidthPackage("pkg", opts=pulumi.ResourceOptions(version="4.0.0"%s))\n',
            "",
            ", protect=True",
        ),
        (
            "nodejs",
            TYPESCRIPT + 'new alicloud.cen.BandwidthPackage("pkg", {}, { %s });\n',
            "protect: cfg.protect",
            "protect: true",
        ),
        ("nodejs", TYPESCRIPT + 'new alicloud.cen.BandwidthPackage("pkg", {}, { %s });\n', "protect", "protect: true"),
        ("go", GO.replace("BODY", GO_PACKAGE), ", pulumi.Protect(cfg.Protect)", ", pulumi.Protect(true)"),
        ("go", GO.replace("BODY", GO_PACKAGE), "", ", pulumi.Protect(true)"),
        (
            "yaml",
            YAML + "  pkg:\n    type: alicloud:cen:BandwidthPackage\n    options:\n      protect: %s # for now\n",
            "false",
            "true",
        ),
    ],
)
def test_a_package_is_protected(tmp_path, runtime, program, given, made):
    text = after(written(tmp_path, runtime, program.replace("%s", given), PROTECT))

    assert text.endswith(program.replace("%s", made))


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("args=alicloud.cen.BandwidthLimitArgs(bandwidth_limit=4)", "args=alicloud.cen.BandwidthLimitArgs(bandwidth_limit=8)"),
        ("args=alicloud.cen.BandwidthLimitArgs()", "args=alicloud.cen.BandwidthLimitArgs(bandwidth_limit=8)"),
        ("alicloud.cen.BandwidthLimitArgs()", "alicloud.cen.BandwidthLimitArgs(bandwidth_limit=8)"),
        ("args=shared", None),
        ("args=alicloud.cen.BandwidthLimitArgs(**shared)", None),
    ],
)
def test_python_takes_nothing_beside_arguments_as_one_thing(tmp_path, given, made):
    """`_utilities.get_resource_args_opts` of the SDK passes over what is named beside them."""
    program = PYTHON + 'alicloud.cen.BandwidthLimit("limit", %s)\n'
    code = written(tmp_path, "python", program % given, LARGER)

    if made is None:
        assert code.why_not == "bandwidth_limit of limit may stand in arguments that are not written out"
    else:
        assert after(code) == program % made


def test_typescript_a_property_of_its_variable_s_name(tmp_path):
    program = TYPESCRIPT + 'const bandwidthLimit = 4;\nnew alicloud.cen.BandwidthLimit("limit", { %s });\n'

    assert after(written(tmp_path, "nodejs", program % "bandwidthLimit", LARGER)) == program % "bandwidthLimit: 8"


@pytest.mark.parametrize(
    ("runtime", "program", "edits", "why"),
    [
        (
            "go",
            GO.replace("BODY", '\t\t_, _ = cen.NewBandwidthLimit(ctx, "limit", args)'),
            LARGER,
            "the arguments of limit are not written out",
        ),
        ("hcl", HCL + 'resource "alicloud_cen_bandwidth_limit" "limit" {\n  depends_on = concat([], [])\n}\n', WAITS,
         "depends_on of limit is not a list that is written out"),
        ("yaml", YAML + "  limit:\n    type: alicloud:cen:BandwidthLimit\n    options:\n      dependsOn: ${core}\n", WAITS,
         "dependsOn of limit is not a list that is written out"),
    ],
)  # fmt: skip
def test_what_is_not_written_out_is_not_changed(tmp_path, runtime, program, edits, why):
    code = written(tmp_path, runtime, program, edits)

    assert (code.changes, code.why_not) == ((), why)


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ('  dynamic "child" {\n    for_each = var.a\n    content {}\n  }\n', "child of limit is written with dynamic blocks"),
        ("  child = [{ a = 1 }]\n", "child of limit is no block"),
    ],
)
def test_hcl_blocks_that_are_written_otherwise_are_not_changed(tmp_path, block, why):
    program = f'{HCL}resource "alicloud_cen_bandwidth_limit" "limit" {{\n{block}}}\n'
    code = written(tmp_path, "hcl", program, [Set(urn=urn("limit"), properties={"child": ({"a": 2},)})])

    assert (code.changes, code.why_not) == ((), why)


def test_hcl_blocks_take_the_place_of_those_that_are_there(tmp_path):
    program = f'{HCL}resource "alicloud_cen_bandwidth_limit" "limit" {{\n  child {{\n    a = 1\n  }}\n%s}}\n'
    code = written(tmp_path, "hcl", program % "", [Set(urn=urn("limit"), properties={"child": ({"a": 1}, {"a": 2})})])

    assert after(code) == program % "  child {\n    a = 2\n  }\n"


@pytest.mark.parametrize(
    ("edits", "why"),
    [
        (
            [*LARGER, Set(urn=urn("limit"), properties={"bandwidthLimit": 9})],
            "two fixes want different values of bandwidthLimit of the bandwidth limit limit",
        ),
        (
            [*PROTECT, Set(urn=urn("pkg"), options=Options(protect=False))],
            "two fixes want different protection of the package pkg",
        ),
        ([*LARGER, Remove(urn=urn("limit"))], "one fix changes the bandwidth limit limit, and another takes it out"),
        (
            [Add(name="a", type=KINDS["pkg"], properties={"bandwidth": size}) for size in (1, 2)],
            "two fixes make a in different ways",
        ),
    ],
)
def test_what_two_fixes_want_in_different_ways_is_for_reading(tmp_path, edits, why):
    code = written(tmp_path, "python", PYTHON + 'alicloud.cen.BandwidthLimit("limit", bandwidth_limit=4)\n', edits)

    assert (code.bound, code.changes, code.why_not) == (False, (), why)


def test_python_what_needs_something_from_below_keeps_what_does_not_above(tmp_path):
    """Of two new resources one is waited for by a resource above what the other refers to."""
    program = PYTHON.replace("us = ", 'alicloud.cen.BandwidthLimit("limit")\nus = ')
    first = Add(name="first", type=KINDS["bound"], properties={"instanceId": Ref(urn("core"))})
    second = Add(name="second", type=KINDS["bound"], properties={"instanceId": Ref(urn("us"))})

    def waiting(*names):
        return Set(urn=urn("limit"), options=Options(depends_on=names))

    text = after(written(tmp_path, "python", program, [first, second, waiting("new:first")]))
    order = ['Instance("core")', '    "first"', 'BandwidthLimit("limit"', '"us"', '    "second"']
    assert sorted(order, key=text.index) == order

    both = written(tmp_path, "python", program, [first, second, waiting("new:first", "new:second")])
    assert (both.bound, both.why_not) == (False, "the new second would be made below limit")


def test_python_a_comment_goes_with_what_it_is_about(tmp_path):
    """What is new, and needed by the first resource, stands above the comment of that; nothing stands above the first line."""
    program = (
        'import pulumi\nimport pulumi_alicloud as alicloud\n%s# The limit\n# of all.\nalicloud.cen.BandwidthLimit("limit"%s)\n'
    )
    edits = [
        Add(name="new", type=KINDS["pkg"], properties={"bandwidth": 1}),
        Set(urn=urn("limit"), options=Options(depends_on=("new:new",))),
    ]
    made = 'new = alicloud.cen.BandwidthPackage(\n    "new",\n    bandwidth=1,\n)\n'

    assert after(written(tmp_path, "python", program % ("", ""), edits)) == program % (
        made,
        ", opts=pulumi.ResourceOptions(depends_on=[new])",
    )
    line = 'import pulumi_alicloud as alicloud; alicloud.cen.BandwidthLimit("limit")\n'
    assert written(tmp_path, "python", line, edits).why_not == "nothing of the program stands above it"


@pytest.mark.parametrize("known", ["cen-1:ccn-1:CCN:ccn-cn-shanghai", None])
@pytest.mark.parametrize(
    ("runtime", "program", "said"),
    [
        ("python", PYTHON, "opts=pulumi.ResourceOptions(import_=%s)"),
        ("nodejs", TYPESCRIPT, "}, { import: %s });"),
        ("go", GO.replace("BODY", ""), "}, pulumi.Import(pulumi.ID(%s))); err != nil {"),
        ("yaml", YAML, "    options:\n      import: %s\n"),
        ("hcl", HCL, "import {\n  to = alicloud_cen_instance_attachment.ccn\n  id = %s\n}\n"),
    ],
)
def test_what_stands_already_is_imported(tmp_path, runtime, program, said, known):
    """One whose id nobody knows is for reading, and says what is missing."""
    edit = Import(name="ccn", type=KINDS["bj"], id=known, properties={"instanceId": Ref(urn("core"))})
    code = written(tmp_path, runtime, program, [edit])

    if known is not None:
        assert said % f'"{known}"' in after(code)
    else:
        assert (code.bound, code.why_not) == (False, "nobody knows the id of ccn")
        assert "<its id>" in code.text
        assert stands_alone(code)
