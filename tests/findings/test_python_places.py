"""Edits of a fix in Python programs."""

import pytest

from cenguard.findings.fix import Add, Import, Options, Ref, Remove, Set
from tests.findings.placing import stands_alone
from tests.findings.written import BUY, KINDS, PYTHON, SAID_AGAIN, WAIT, after, urn, written


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
        'us = alicloud.cen.InstanceAttachment("us", instance_id=core.id)\nmatch pulumi.get_stack():\n    case us:\n        pass\n',
        'us = alicloud.cen.InstanceAttachment("us", instance_id=core.id)\ntry:\n    pass\nexcept OSError as us:\n    pass\n',
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


@pytest.mark.parametrize(
    ("program", "made"),
    [
        ("IMPORT\nPACKAGE\nimport os\n", "IMPORT\nimport pulumi\nMADE\nimport os\n"),
        ("IMPORT; PACKAGE\n", "import pulumi\nIMPORT; MADE\n"),
        ("import sys\nIMPORT; PACKAGE\n", "import sys\nimport pulumi\nIMPORT; MADE\n"),
    ],
)
def test_python_an_import_stands_above_what_uses_it(tmp_path, program, made):
    words = {"IMPORT": "import pulumi_alicloud as alicloud", "PACKAGE": 'alicloud.cen.BandwidthPackage("pkg")'}
    words["MADE"] = words["PACKAGE"].replace(")", ", opts=pulumi.ResourceOptions(protect=True))")
    for word, text in words.items():
        program, made = program.replace(word, text), made.replace(word, text)

    assert after(written(tmp_path, "python", program, [Set(urn=urn("pkg"), options=Options(protect=True))])) == made


def test_python_what_is_imported_below_is_not_there_yet(tmp_path):
    program = 'import pulumi_alicloud as alicloud\nalicloud.cen.BandwidthPackage("pkg")\nimport pulumi\n'
    code = written(tmp_path, "python", program, [Set(urn=urn("pkg"), options=Options(protect=True))])

    assert code.why_not == "pulumi is not imported at the top of the file, and is a name in it"


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


def test_python_two_resources_of_one_name_are_two_variables(tmp_path):
    text = after(written(tmp_path, "python", PYTHON, SAID_AGAIN))

    assert 'old = alicloud.cen.BandwidthPackage(\n    "old",' in text
    assert 'old_2 = alicloud.cen.BandwidthPackageAttachment(\n    "old",' in text
    assert "bandwidth_package_id=old.id," in text
    assert "depends_on=[old_2, bj]" in text
