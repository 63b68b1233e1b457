"""A program that is run without an engine, and everything that can go wrong with one."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cenguard.errors import ProgramFailed
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.program.reader import read_program
from cenguard.resources.records import UNKNOWN_TEXT
from cenguard.resources.values import SECRET, UNKNOWN, Unknown

PROGRAMS = Path(__file__).parents[1] / "programs"
NETWORK = "alicloud:vpc/network:Network"

pytest.importorskip("pulumi_alicloud")


def read(folder, *, stack=None, config=None, outputs=None):
    return read_program(folder, stack=stack, config=config or {}, stack_outputs=outputs or {})


def by_name(records):
    return {resource.name: resource for resource in records.resources}


@pytest.fixture
def run(tmp_path):
    """Runs a program given as text."""

    def run_text(program, *, project="name: net\nruntime: python\n", **options):
        (tmp_path / "Pulumi.yaml").write_text(project)
        (tmp_path / "__main__.py").write_text(program)
        return read(tmp_path, **options)

    return run_text


def test_a_function_called_plainly_answers_with_unknown_values():
    """The program indexes, formats, loops over and tests what it got, and goes on."""
    found = by_name(read(PROGRAMS / "functions"))

    for name in ("plain", "formatted", "later"):
        assert found[name].inputs["instanceId"] is UNKNOWN, name
        assert found[name].inputs["childInstanceId"] is UNKNOWN, name
    assert found["made-later"].inputs["instanceId"] is UNKNOWN
    assert found["untyped"].inputs["instanceId"] is UNKNOWN
    assert found["limit"].inputs["regionIds"] is UNKNOWN
    assert found["each-unknown#1"].inputs["childInstanceRegionId"] is UNKNOWN


def test_an_encrypted_value_is_undetermined_however_it_is_used():
    """Read plainly, as a number, formatted, converted, out of a structure: nothing of it is ever taken for a value."""
    records = read(PROGRAMS / "encrypted")
    found = by_name(records)

    for name in ("plain", "formatted", "converted", "secret", "applied"):
        assert isinstance(found[name].inputs["instanceId"], Unknown), name
        assert isinstance(found[name].inputs["bandwidthLimit"], Unknown), name
    assert found["secret"].inputs["bandwidthLimit"] is SECRET
    assert isinstance(found["nested"].inputs["instanceId"], Unknown)
    assert found["nested"].inputs["regionIds"] == ["cn-beijing", "cn-beijing"]
    assert isinstance(found["nested-secret"].inputs["instanceId"], Unknown)
    assert found["named-secret#1"].inputs["instanceId"] == "cen-1"
    assert records.stack == "prod"
    assert records.config == {"alicloud:region": "cn-beijing", "alicloud:secretKey": SECRET}
    assert found["flagged"].provider.endswith("::default_4_0_0")
    assert found["default_4_0_0"].inputs["secretKey"] is SECRET


@pytest.mark.parametrize(
    "name", ["organization/net/prod", "net/prod", "prod"], ids=["full name", "project and stack", "stack only"]
)
def test_a_reference_is_answered_by_any_form_of_the_stacks_name(name):
    found = by_name(read(PROGRAMS / "references", outputs={name: {"cen_id": "cen-1", "count": 3}}))
    core = found["core"].inputs

    assert core["cenInstanceName"] == "cen-1"
    assert core["resourceGroupId"] == "cen-1"
    assert core["description"] is UNKNOWN
    assert found["net-dev"].outputs == {"id": "cen-1"}
    assert found["core"].property_dependencies["cenInstanceName"] == (found["organization/net/prod"].urn,)


def test_a_reference_without_an_answer_is_unknown():
    """An answer for another stack of the same name does not count."""
    found = by_name(read(PROGRAMS / "references", outputs={"organization/shop/prod": {"cen_id": "cen-2"}}))

    assert set(found["core"].inputs.values()) == {UNKNOWN}
    assert found["elsewhere"].id == "organization/other/prod"


REFERENCE = """
import asyncio
import pulumi, pulumi_alicloud as ali

net = pulumi.StackReference("organization/net/prod")


async def told(name):
    return (await net.get_output_details(name)).value


for name, value in {
    "plain": net.outputs["cen_id"],
    "nested": net.outputs["ids"]["core"],
    "no-output": net.outputs["not_listed"],
    "no-member": net.outputs["ids"]["other"],
    "no-member-got": net.get_output("ids").apply(lambda ids: ids.get("other", "none")),
    "formatted": net.outputs.apply(lambda told: f"{told['not_listed']}-core"),
    "detail": pulumi.Output.from_input(told("cen_id")),
    "no-detail": pulumi.Output.from_input(told("not_listed")),
    "part": net.outputs["ids"]["owner"],
    "number": net.outputs["ids"].apply(lambda ids: f"{int(ids['owner']) and ids['core']}"),
    "iterated": net.outputs["ids"].apply(lambda ids: ",".join(f"{key}={ids[key]}" for key in ids)),
}.items():
    ali.cen.Instance(name, description=value)
ali.cen.Instance("whole", tags=net.require_output("ids"))
"""


def test_an_output_that_is_not_told_is_unknown_however_it_is_asked_for(run):
    told = {"cen_id": "cen-1", "ids": {"core": "cen-2", "owner": UNKNOWN_TEXT}}
    found = by_name(run(REFERENCE, outputs={"net/prod": told}))
    known = {"plain": "cen-1", "nested": "cen-2", "detail": "cen-1"}

    for name in ("plain", "nested", "no-output", "no-member", "no-member-got", "formatted", "detail", "no-detail"):
        assert found[name].inputs["description"] == known.get(name, UNKNOWN), name
    assert found["part"].inputs["description"] is found["iterated"].inputs["description"] is UNKNOWN
    assert found["number"].inputs["description"] == "cen-2"
    assert found["whole"].inputs["tags"] == {"core": "cen-2", "owner": UNKNOWN}


def test_a_stack_that_is_not_told_has_no_detail_that_is_known(run):
    found = by_name(run(REFERENCE))

    assert {found[name].inputs["description"] for name in ("plain", "nested", "detail", "no-detail")} == {UNKNOWN}


def test_transforms_are_applied_and_hooks_do_no_harm():
    """A component's transforms reach its children, the stack's reach what is registered after them."""
    found = by_name(read(PROGRAMS / "transforms"))

    assert found["pair"].inputs == {"description": "owned"}
    assert found["core"].inputs == {}
    assert found["pair-network"].inputs == {"description": "owned", "vpcName": UNKNOWN}
    assert found["pair-network"].dependencies == (found["core"].urn,)
    late = found["late"]
    assert late.inputs == {"vpcName": SECRET, "cidrBlock": UNKNOWN, "tags": {"by": "transform"}}
    assert late.protect
    assert late.property_dependencies["cidrBlock"] == (found["core"].urn,)


def test_a_component_of_another_process_leaves_the_records_incomplete(run):
    """Its children are made elsewhere, so what is absent here may be there."""
    records = run("""
import pulumi
class Remote(pulumi.ComponentResource):
    def __init__(self, name, given):
        super().__init__("wan:index:Network", name, {"given": given, "cen_id": None}, None, True)
core = pulumi.CustomResource("alicloud:cen/instance:Instance", "core", {})
remote = Remote("wan", core.id)
pulumi.CustomResource("alicloud:cen/instance:Instance", "after", {"description": remote.cen_id})
""")
    found = by_name(records)

    assert not records.complete
    assert [item.urn for item in records.unread] == [found["wan"].urn]
    assert found["wan"].property_dependencies["given"] == (found["core"].urn,)
    assert found["after"].inputs["description"] is UNKNOWN


def test_output_of_the_program_goes_to_standard_error(run, capfd):
    """Standard output is for reports."""
    run("import pulumi, os\nprint('printed')\nos.write(1, b'raw')\npulumi.log.warn('careful')")

    out, err = capfd.readouterr()
    assert out == ""
    assert "printed" in err
    assert "raw" in err
    assert "warning: careful" in err


def test_the_program_finds_itself_as_under_the_engine(run, capfd):
    run("""
import os, sys, pulumi
assert os.getcwd() == os.path.dirname(os.path.abspath(__file__)) == sys.path[0]
assert __name__ == "__main__"
assert pulumi.runtime.is_dry_run()
assert (pulumi.get_project(), pulumi.get_stack(), pulumi.get_organization()) == ("net", "dev", "organization")
assert not sys.stdin.read()
assert "cenguard.readers" not in " ".join(sys.path)
""")


def test_a_program_in_a_folder_of_its_own_is_run_there(tmp_path):
    """Lines are told from the folder that holds Pulumi.yaml."""
    (tmp_path / "src").mkdir()
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\nmain: src/\n")
    (tmp_path / "src" / "__main__.py").write_text(
        "import os, pulumi_alicloud as ali, near\nassert os.getcwd().endswith('src')\nali.cen.Instance('core')\n"
    )
    (tmp_path / "src" / "near.py").write_text("")

    assert str(by_name(read(tmp_path))["core"].locate()) == "src/__main__.py:3"


@pytest.mark.parametrize(
    ("program", "reason", "last"),
    [
        pytest.param(
            "def f():\n    raise ValueError('bad\\nworse')\nf()\n",
            "the program raised ValueError: bad",
            '  File "{folder}/__main__.py", line 3, in <module>\n    f()\n  File "{folder}/__main__.py", line 2, in f\n'
            "    raise ValueError('bad\\nworse')\nValueError: bad\nworse\n",
            id="it raises",
        ),
        pytest.param(
            "import pulumi\ndef f(x):\n    raise KeyError(x)\npulumi.Output.from_input('k').apply(f)\n",
            "the program raised KeyError: 'k'",
            "  File \"{folder}/__main__.py\", line 3, in f\n    raise KeyError(x)\nKeyError: 'k'\n",
            id="it raises in an apply",
        ),
        pytest.param(
            "import pulumi\nclass C(pulumi.ComponentResource):\n    def __init__(self):\n        super().__init__('a:b:C', 'c')\n"
            "        raise RuntimeError\nC()\n",
            "the program raised RuntimeError",
            '  File "{folder}/__main__.py", line 5, in __init__\n    raise RuntimeError\nRuntimeError\n',
            id="it raises in a component",
        ),
        pytest.param(
            "import sys\nsys.exit(0)\n",
            "the program called sys.exit(0)",
            '  File "{folder}/__main__.py", line 2, in <module>\n    sys.exit(0)\nSystemExit: 0\n',
            id="it exits, even with success",
        ),
        pytest.param(
            "import sys, pulumi\npulumi.Output.from_input(1).apply(lambda _: sys.exit('bye'))\n",
            "the program called sys.exit('bye')",
            "SystemExit: bye\n",
            id="it exits in an apply",
        ),
        pytest.param(
            "raise ValueError('2 are wrong:\\n  a.b: is no number\\n\\n  c: is missing')\n",
            "the program raised ValueError: 2 are wrong: a.b: is no number; c: is missing",
            "ValueError: 2 are wrong:\n  a.b: is no number\n\n  c: is missing\n",
            id="its first line only announces",
        ),
        pytest.param(
            "x = (\n",
            "the program raised SyntaxError: '(' was never closed (__main__.py, line 1)",
            "SyntaxError: '(' was never closed\n",
            id="it does not parse",
        ),
        pytest.param(
            "import pulumi\npulumi.Config().require('mbps')\n",
            "Missing required configuration variable 'net:mbps'\n\tplease set a value using the command `pulumi config set net:mbps <value>`",
            "",
            id="it lacks configuration",
        ),
    ],
)
def test_a_failing_program_shows_its_own_traceback(run, tmp_path, program, reason, last):
    """The user sees their frames as Python prints them, and none of those that ran the program."""
    with pytest.raises(ProgramFailed) as failed:
        run(program)

    assert failed.value.reason == reason
    told = re.sub(r"^ +[~^]+\n", "", failed.value.traceback, flags=re.MULTILINE)  # Python 3.13 marks the call
    assert told.endswith(last.format(folder=tmp_path))
    for ours in ("cenguard", "asyncio", "runpy", "pulumi/runtime"):
        assert ours not in failed.value.traceback


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        pytest.param(
            "import os\nos._exit(0)\n", "the program ended its process (status 0) before it had run to its end", id="os._exit"
        ),
        pytest.param("import os\nos.kill(os.getpid(), 9)\n", "the program was ended by SIGKILL", id="a signal"),
    ],
)
def test_a_program_that_ends_its_process_is_told_so(run, program, reason):
    with pytest.raises(ProgramFailed, match=reason.replace("(", "\\(").replace(")", "\\)")):
        run(program)


def test_two_resources_of_one_urn_are_refused_with_the_line(run):
    """The engine refuses them as well."""
    program = "import pulumi_alicloud as ali\n" + "ali.cen.Instance('core')\n" * 2

    with pytest.raises(ProgramFailed, match=r"__main__.py:3: duplicate resource URN '.*::core'") as failed:
        run(program)
    assert failed.value.traceback == ""


def test_a_default_provider_that_is_disabled_is_refused(run, tmp_path):
    (tmp_path / "Pulumi.dev.yaml").write_text("config: {'pulumi:disable-default-providers': [alicloud]}\n")

    with pytest.raises(ProgramFailed, match="default provider for 'alicloud' disabled; 'core' must use an explicit provider"):
        run("import pulumi_alicloud as ali\nali.cen.Instance('core')\n")


def test_the_same_program_gives_the_same_records_whatever_the_hash_seed(monkeypatch):
    """Names made from something unknown are numbered, so the order of registrations counts too."""
    seen = []
    for seed in ("0", "1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        records = read(PROGRAMS / "functions")
        seen.append([(r.urn, dict(r.inputs), list(r.dependencies), dict(r.property_dependencies)) for r in records.resources])

    assert seen[0] == seen[1] == seen[2]


def test_a_hostile_program_is_still_read(run):
    """It closes every descriptor, replaces its streams, leaves a thread running and holds a large value."""
    records = run("""
import os, sys, threading, time, asyncio, pulumi
sys.stdout.buffer.write(bytes(range(256)))
threading.Thread(target=time.sleep, args=(600,)).start()
for descriptor in range(300):
    try:
        os.close(descriptor)
    except OSError:
        pass
sys.stdout = sys.stderr = None
async def later():
    await asyncio.sleep(0.01)
    return "x" * 5_000_000
pulumi.CustomResource("alicloud:cen/instance:Instance", "core", {"description": later()})
""")

    assert len(by_name(records)["core"].inputs["description"]) == 5_000_000


def test_configuration_from_elsewhere_is_named_when_it_is_missing(run, tmp_path):
    (tmp_path / "Pulumi.dev.yaml").write_text("environment: [shared/network]\n")

    with pytest.raises(ProgramFailed, match="shared/network, which is not in this folder: give values with --config"):
        run("import pulumi\npulumi.Config().require('mbps')\n")


def test_given_values_go_over_the_stacks(run, tmp_path):
    """Also over an encrypted one, which is then known."""
    (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  net:name: {secure: v1:abc}\n")
    program = "import pulumi\npulumi.CustomResource('alicloud:cen/instance:Instance', 'core', {'name': pulumi.Config().require('name')})\n"

    assert by_name(run(program, config={"name": "given"}))["core"].inputs == {"name": "given"}


def test_the_reader_itself_loads_no_sdk():
    """Starting the command is a budget, and a machine that checks documents has no SDK."""
    code = "import sys, cenguard.readers.program.reader; print([name for name in ('pulumi', 'grpc', 'google.protobuf') if name in sys.modules])"

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_child_is_made_after_its_parent(run):
    """The engine answers a registration only when the parent is there."""
    records = run("""
import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")
ends = [
    alicloud.cen.InstanceAttachment(
        key, instance_id=core.id, child_instance_id=f"vpc-{key}", child_instance_type="VPC", child_instance_region_id=region
    )
    for key, region in {"shop": "cn-beijing", "sales": "us-west-1"}.items()
]
package = alicloud.cen.BandwidthPackage(
    "package", bandwidth=10, geographic_region_a_id="China", geographic_region_b_id="North-America", payment_type="PostPaid"
)
attached = alicloud.cen.BandwidthPackageAttachment("attached", instance_id=core.id, bandwidth_package_id=package.id)
alicloud.cen.BandwidthLimit(
    "limit",
    instance_id=core.id,
    region_ids=["cn-beijing", "us-west-1"],
    bandwidth_limit=5,
    opts=pulumi.ResourceOptions(parent=attached, depends_on=ends),
)
""")

    assert [item.rule for item in check([records], Options()).findings if item.level == "mandatory"] == []
