"""Programs whose components another process builds: ours are built here, from the installed package, as the engine does it."""

import importlib.util
import os
import time
from pathlib import Path

import pytest

from cenguard import __version__
from cenguard.errors import ProgramFailed
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.program.package_host import PackageHost
from cenguard.readers.program.reader import read_program
from cenguard.resources.values import SECRET, UNKNOWN
from tests.commands.test_cli import run
from tests.components import generated

pytest.importorskip("pulumi_alicloud")

BASIC = """\
import pulumi, pulumi_alicloud as alicloud
from cenguard_components import BandwidthPool, CenNetwork, Interconnection, RegionalHub

config = pulumi.Config()
shop = alicloud.vpc.Network("shop", cidr_block="10.0.0.0/16")
network = CenNetwork(
    "core",
    edition="basic",
    networks={
        "shop": {"region": "cn-beijing", "id": shop.id, "cidrs": ["10.0.0.0/16"]},
        "sales": {"region": "us-west-1", "id": config.require_secret("sales"), "owner": "1234567890123456"},
    },
    interconnect={"hub": {"region": "cn-beijing", "bandwidth": 20}},
    packages={"payment_type": "PrePaid", "period": 6, "auto_renew": True, "sizes": {"China/North-America": 20}},
    opts=pulumi.ResourceOptions(depends_on=[shop]),
)
core = alicloud.cen.Instance("after", description=network.cen_id, tags={"limit": network.interconnection_ids["cn-beijing/us-west-1"]})
pool = BandwidthPool("pool", cen_id=core.id, payment_type="PostPaid", sizes={"China/Europe": 5})
hub = RegionalHub(
    "west", cen_id=core.id, edition="basic", region="eu-central-1", networks={"plant": {"region": "eu-central-1", "id": "vpc-9"}}
)
Interconnection(
    "pair", cen_id=core.id, edition="basic", regions=["cn-beijing", "eu-central-1"], bandwidth=5,
    package_id=pool.package_ids["China/Europe"], attachment_ids=[hub.attachment_ids["plant"]],
)
"""
ENTERPRISE = """\
import pulumi
from cenguard_components import CenNetwork, PackagesArgs

def mark(args):
    args.opts.protect = True
    return pulumi.ResourceTransformResult(args.props, args.opts)

class Site(pulumi.ComponentResource):
    def __init__(self, name):
        super().__init__("ours:index:Site", name)
        self.network = CenNetwork(
            "core",
            edition="enterprise",
            networks={
                "a": {"region": "cn-hangzhou", "id": "vpc-1", "vswitches": {"cn-hangzhou-h": "vsw-1"}, "table": "apart"},
                "b": {"region": "eu-central-1", "id": "vbr-1", "kind": "VBR"},
            },
            route_tables={"apart": {"region": "cn-hangzhou"}},
            interconnect={"pairs": [{"regions": ["eu-central-1", "cn-hangzhou"], "bandwidth": 10}]},
            packages=PackagesArgs(payment_type="PostPaid", sizes={"China/Europe": 10}),
            tags={"team": "net"},
            opts=pulumi.ResourceOptions(parent=self),
        )

pulumi.runtime.register_resource_transform(mark)
Site("site")
"""

SHORT = """\
from cenguard_components import CenNetwork

network = CenNetwork("core", edition="basic", networks={"shop": {"region": "cn-beijing", "id": "vpc-1", "kind": "VPC"}})
"""


def written(folder, program, *, version=None, name="alicloud-cen", import_name="pulumi_alicloud_cen"):
    """A project, with the generated package in it when a version is given."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text(
        "config:\n  alicloud:region: cn-beijing\n  alicloud:secretKey:\n    secure: v1:abc\n  net:sales:\n    secure: v1:def\n"
    )
    if version:
        generated.write(folder, version, name)
        program = program.replace("from cenguard_components", f"from {import_name}")
    (folder / "__main__.py").write_text(program)
    return folder


def told(records):
    """What is known of each resource; of a component only what rules read."""
    found = {}
    for item in records.resources:
        line = str(item.locate()) if item.locate else None
        given = {key: urns for key, urns in item.property_dependencies.items() if urns}
        whole = (item.inputs, item.dependencies, given, item.provider, item.parent, item.protect)
        found[item.urn] = (item.type, item.outputs, line, whole if item.type.startswith("alicloud:") else None)
    return found


def without_components(found):
    """Behind the engine what hangs on an output of such a component hangs on the component as well."""

    def custom(urns):
        return tuple(urn for urn in urns if "alicloud-cen:index" not in urn.split("::")[-2].split("$")[-1])

    return {
        urn: (
            kind,
            outputs,
            line,
            whole and (whole[0], custom(whole[1]), {k: custom(v) for k, v in whole[2].items()}, *whole[3:]),
        )
        for urn, (kind, outputs, line, whole) in found.items()
    }


@pytest.fixture(scope="module")
def basic(tmp_path_factory):
    """The basic program with the generated package."""
    return read_program(written(tmp_path_factory.mktemp("basic") / "net", BASIC, version=__version__))


def is_same(theirs, ours):
    found = told(theirs)
    lines = {line for urn, (kind, _, line, _) in found.items() if kind.startswith("alicloud:") and "alicloud-cen:index" in urn}

    assert theirs.complete
    assert len(found) > 15
    assert without_components(found) == without_components(told(ours))
    assert None not in lines, "every child has the line that calls its component"


def test_a_program_differs_in_its_import_line_only(tmp_path, basic):
    is_same(basic, read_program(written(tmp_path / "net", BASIC)))


def test_so_does_one_with_routers_transforms_and_a_component_around_it(tmp_path):
    theirs = read_program(written(tmp_path / "package", ENTERPRISE, version=__version__))

    is_same(theirs, read_program(written(tmp_path / "library", ENTERPRISE)))
    assert all(item.protect for item in theirs.resources if item.type.startswith("alicloud:"))


def test_what_nobody_knows_and_what_nobody_may_see_stay_so(basic):
    by_name = {item.urn.rpartition("::")[2]: item for item in basic.resources if item.type.endswith("InstanceAttachment")}

    assert by_name["core-shop"].inputs["childInstanceId"] is UNKNOWN
    assert by_name["core-sales"].inputs["childInstanceId"] is SECRET
    assert "cenguard-secret" not in str(told(basic))


def test_a_finding_in_such_a_component_points_to_the_line_that_calls_it(basic):
    report = check([basic], Options())

    assert report.sources[0].complete
    assert {
        (item.location.path, item.location.line) for item in report.findings if item.rule == "CEN407" and "core-" in item.message
    } == {("__main__.py", 6)}


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("0.0.9", f"is of version 0.0.9 of the package alicloud-cen, and this is cenguard {__version__}"),
        ("", "does not say its version"),
    ],
)
def test_a_package_of_another_version_is_incomplete_input(tmp_path, version, said):
    folder = written(tmp_path / "net", SHORT, version=version or "0.0.0")
    if not version:
        module = folder / "pulumi_alicloud_cen" / "__init__.py"
        module.write_text(module.read_text().replace("version=VERSION", "version=None"))
    done = run("check", folder)
    text = " ".join(done.stdout.decode().split())

    assert done.returncode == 2
    assert text.count("CEN904 incomplete-input") == 1
    assert "rules that did not answer: CEN101" in text
    assert said in text
    assert "fix: Check the document that `pulumi preview --json --show-sames` writes" in text


def test_a_package_of_somebody_else_is_incomplete_input(tmp_path):
    folder = written(tmp_path / "net", SHORT, version=__version__)
    schema = folder / "pulumi_alicloud_cen" / "schema.json"
    schema.write_text(schema.read_text().replace("alicloud-cen:", "wan:"))
    records = read_program(folder)

    assert not records.complete
    assert "comes from the package wan, which another process builds" in records.unread[0].reason


def test_wrong_arguments_are_told_as_the_component_tells_them(tmp_path):
    program = SHORT.replace('"id"', '"idd"').replace('"VPC"', '"VCP"')
    with pytest.raises(ProgramFailed) as raised:
        read_program(written(tmp_path / "net", program, version=__version__))
    text = str(raised.value)

    assert (
        "__main__.py:3: alicloud-cen:index:CenNetwork resource 'core' has a problem: CenNetwork has 3 invalid arguments:" in text
    )
    assert "networks.shop.idd: is not an argument; did you mean id?" in text
    assert 'networks.shop.kind: "VCP" is not VPC, VBR or CCN' in text
    assert "server.py" not in text + (raised.value.traceback or "")


@pytest.mark.parametrize("name", ["cenguard_components", "pulumi_alicloud"])
def test_a_package_that_cannot_be_run_here_says_how_it_can(monkeypatch, name):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda asked: None if asked == name else found(asked))
    refusal = PackageHost.refusal("alicloud-cen", __version__)

    assert refusal is not None
    assert f"{name} is not installed here" in refusal[0]
    assert "pip install 'cenguard[components]'" in refusal[1]


def test_who_depends_on_a_component_waits_for_what_it_makes(tmp_path):
    program = """\
import pulumi, pulumi_alicloud as alicloud
from cenguard_components import BandwidthPool

core = alicloud.cen.Instance("core")
nets = [
    alicloud.cen.InstanceAttachment(
        region, instance_id=core.id, child_instance_id=f"vpc-{region}", child_instance_type="VPC", child_instance_region_id=region
    )
    for region in ("cn-beijing", "us-west-1")
]
pool = BandwidthPool("pool", cen_id=core.id, payment_type="PostPaid", sizes={"China/North-America": 5})
alicloud.cen.BandwidthLimit(
    "limit", instance_id=core.id, region_ids=["cn-beijing", "us-west-1"], bandwidth_limit=5,
    opts=pulumi.ResourceOptions(depends_on=[*nets, pool]),
)
"""
    for version in (None, __version__):
        report = check([read_program(written(tmp_path / f"net-{version}", program, version=version))], Options())

        assert "CEN211" not in {item.rule for item in report.findings}
        assert [str(pair.disposition) for pair in report.pairs] == ["funded"]


def processes(mark):
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("end", ["", "os._exit(3)", "os.kill(os.getpid(), 9)"], ids=["its end", "_exit", "killed"])
def test_the_process_that_builds_them_ends_with_the_program(tmp_path, monkeypatch, end):
    mark = f"cenguard-test-{os.getpid()}-{time.monotonic_ns()}"
    monkeypatch.setenv("CENGUARD_TEST_MARK", mark)
    program = SHORT + (f"import os; network.urn.apply(lambda _: {end})\n" if end else "")
    folder = written(tmp_path / "net", program, version=__version__)
    if end:
        with pytest.raises(ProgramFailed, match="before it had run to its end"):
            read_program(folder)
    else:
        read_program(folder)
    until = time.monotonic() + 10
    while processes(mark) and time.monotonic() < until:
        time.sleep(0.05)

    assert processes(mark) == []
