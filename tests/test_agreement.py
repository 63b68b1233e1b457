"""What CenNetwork builds, the rules accept: the two are held together by many networks nobody wrote by hand."""

import json
import random
from pathlib import Path

import pytest

from cenguard.errors import ProgramFailed
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import default_catalogue
from cenguard.geography.regions import RegionPair
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.program.reader import read_program

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.usefixtures("warm")
REGIONS = ("cn-beijing", "cn-hangzhou", "cn-hongkong", "ap-southeast-1", "us-west-1", "us-east-1", "eu-central-1", "eu-west-1")
PROGRAM = """
import json
from pathlib import Path

from cenguard_components import CenNetwork

for name, arguments in json.loads(Path("wishes.json").read_text()).items():
    CenNetwork(name, arguments)
"""


def project(folder, wishes):
    (folder / "Pulumi.yaml").write_text("name: wishes\nruntime: python\n")
    (folder / "__main__.py").write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{PROGRAM}")
    (folder / "wishes.json").write_text(json.dumps(wishes))
    return folder


def wish(seed):
    """A valid wish, and what every pair of regions should get: the first drawn one that leaves no region alone."""
    for attempt in range(100):
        arguments, wanted = any_wish(seed + 1000 * attempt)
        regions = {network["region"] for network in arguments["networks"].values()}
        if len(regions) == 1 or {region for pair in wanted for region in pair} == regions:
            return arguments, wanted
    raise AssertionError(seed)


def any_wish(seed):
    choose = random.Random(seed)
    regions = choose.sample(REGIONS, choose.randint(1, 5))
    networks = {
        f"net-{index}": {
            "region": region,
            "id": f"vpc-{seed}-{index}",
            **({"kind": "VBR", "id": f"vbr-{seed}-{index}"} if choose.random() < 0.2 else {}),
        }
        for index, region in enumerate([*regions, *choose.choices(regions, k=choose.randint(0, 3))])
    }
    ordered = sorted(regions)
    every = [(first, second) for index, first in enumerate(ordered) for second in ordered[index + 1 :]]
    mbps = choose.randint(1, 30)
    match choose.choice(["mesh", "hub", "pairs"]):
        case "mesh":
            interconnect, wanted = {"mesh": {"bandwidth": mbps}}, dict.fromkeys(every, mbps)
        case "hub":
            hub = choose.choice(regions)
            interconnect = {"hub": {"region": hub, "bandwidth": mbps}}
            wanted = {pair: mbps for pair in every if hub in pair}
        case _:
            chosen = choose.sample(every, choose.randint(0, len(every)))
            interconnect = {"pairs": [{"regions": list(pair), "bandwidth": mbps} for pair in chosen]}
            wanted = dict.fromkeys(chosen, mbps)
    if wanted and choose.random() < 0.5:
        pair = choose.choice(sorted(wanted))
        wanted[pair] = choose.choice([0, 3, 40])
        interconnect["overrides"] = {"/".join(pair): {"bandwidth": wanted[pair]}}
    wanted = {pair: share for pair, share in wanted.items() if share}
    sizes: dict[str, int] = {}
    for pair, share in wanted.items():
        area_pair = default_catalogue().area_pair(RegionPair(*pair))
        assert isinstance(area_pair, AreaPair)
        sizes[str(area_pair)] = sizes.get(str(area_pair), 0) + share
    packages = {
        "payment_type": "PrePaid",
        "period": 6,
        "auto_renew": True,
        "sizes": {area_pair: max(2, size) for area_pair, size in sizes.items()},
    }
    arguments = {"edition": "basic", "networks": networks, "interconnect": interconnect, "packages": packages}
    return arguments, wanted


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Forty networks in one stack, and the report on it."""
    wishes = {f"wish-{seed}": wish(seed)[0] for seed in range(40)}
    folder = project(tmp_path_factory.mktemp("wishes"), wishes)
    return check([read_program(folder, stack=None, config={}, stack_outputs={})], Options())


def test_no_rule_has_a_mandatory_finding(report):
    assert [item.message for item in report.findings if item.level == "mandatory"] == []
    assert {item.rule for item in report.findings} <= {"CEN111", "CEN218", "CEN407"}


def test_a_region_that_would_be_cut_off_is_refused(tmp_path):
    """The rules would call it CEN201; the component says so before anything is registered."""
    arguments, _ = wish(1)
    arguments["networks"]["alone"] = {"region": "ap-southeast-3", "id": "vpc-alone"}
    arguments["interconnect"] = {"pairs": []}
    with pytest.raises(ProgramFailed, match="invalid argument"):
        read_program(project(tmp_path, {"core": arguments}), stack=None, config={}, stack_outputs={})


@pytest.mark.parametrize("seed", range(40))
def test_every_wanted_pair_gets_its_mbps_and_no_other_does(report, seed):
    wanted = wish(seed)[1]
    found = {
        pair.regions: pair.mbps
        for pair in report.pairs
        if pair.instance.endswith(f"::wish-{seed}") and pair.disposition == "funded"
    }

    assert found == wanted


def test_wrong_arguments_are_one_error_with_every_path_before_anything_is_registered(tmp_path):
    arguments, _ = wish(3)
    broken = {
        **arguments,
        "edition": "basik",
        "networks": {"shop": {"region": "cn-bejing", "id": "vpc-1"}, "sales": {"id": "vpc-2"}},
    }
    with pytest.raises(ProgramFailed) as error:
        read_program(project(tmp_path, {"core": broken}), stack=None, config={}, stack_outputs={})
    text = error.value.traceback + str(error.value)

    assert "invalid argument" in text
    for path in ("edition", "networks.shop.region", "networks.sales.region"):
        assert path in text
    assert "cn-beijing" in text


def test_a_size_that_is_missing_is_an_error_with_the_line_to_add(tmp_path):
    arguments = {
        "edition": "basic",
        "networks": {"shop": {"region": "cn-beijing", "id": "vpc-1"}, "sales": {"region": "us-west-1", "id": "vpc-2"}},
        "interconnect": {"mesh": {"bandwidth": 20}},
        "packages": {"payment_type": "PrePaid", "period": 1, "auto_renew": True},
    }
    with pytest.raises(ProgramFailed) as error:
        read_program(project(tmp_path, {"core": arguments}), stack=None, config={}, stack_outputs={})
    text = error.value.traceback + str(error.value)

    assert '"China/North-America": 20' in text


def test_instance_and_packages_are_protected_by_default(tmp_path):
    arguments, _ = wish(2)
    records = read_program(project(tmp_path, {"core": arguments}), stack=None, config={}, stack_outputs={})
    kinds = {item.type.rpartition(":")[2]: item.protect for item in records.resources if item.type.startswith("alicloud:cen/")}

    assert kinds["Instance"]
    assert not kinds["InstanceAttachment"]
    assert kinds.get("BandwidthPackage", True)
