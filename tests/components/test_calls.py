"""A component is called as every Pulumi resource is, or with one map; a type checker sees what is misspelt."""

import subprocess
import sys
from pathlib import Path

import pulumi
import pytest

from cenguard_components import BandwidthPool, CenNetwork, CenNetworkArgs, Interconnection, NetworkArgs, PackagesArgs, RegionalHub
from tests.components.worlds import enterprise, three_regions

ROOT = Path(__file__).resolve().parents[2]
POOL = {"cen_id": "cen-1", "payment_type": "PostPaid", "sizes": {"China/Europe": 5}}
PAIR = {"cen_id": "cen-1", "edition": "basic", "regions": ["cn-beijing", "us-west-1"], "bandwidth": 5, "package_id": "x"}
HUB = {"cen_id": "cen-1", "edition": "basic", "region": "cn-beijing", "networks": {"a": {"region": "cn-beijing", "id": "vpc-1"}}}
CASES = [
    (CenNetwork, three_regions()),
    (CenNetwork, enterprise()),
    (BandwidthPool, POOL),
    (Interconnection, PAIR),
    (RegionalHub, HUB),
]


def registered(deployment):
    assert deployment.error is None
    return sorted((item.urn, item.protect, str(item.raw)) for item in deployment.resources)


@pytest.mark.parametrize(("component", "args"), CASES)
def test_keywords_and_one_map_make_the_same(deploy, component, args):
    protected = pulumi.ResourceOptions(protect=True)
    as_map = registered(deploy(lambda: component("core", args, protected)))

    assert registered(deploy(lambda: component("core", **args, opts=protected))) == as_map
    assert registered(deploy(lambda: component("core", protected, **args))) == as_map
    assert registered(deploy(lambda: component("core", args=args, opts=protected))) == as_map
    assert registered(deploy(lambda: component("core", args))) != as_map


def test_classes_of_the_generated_sdk_have_the_same_names(deploy):
    args = three_regions()
    in_classes = CenNetworkArgs(
        edition="basic",
        networks={key: NetworkArgs(**network) for key, network in args["networks"].items()},
        interconnect=args["interconnect"],
        packages=PackagesArgs(**args["packages"]),
    )

    assert registered(deploy(lambda: CenNetwork("core", in_classes))) == registered(deploy(lambda: CenNetwork("core", args)))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: CenNetwork("core", **three_regions(), tag={"a": "b"}), "tag: is not an argument; did you mean tags?"),
        (lambda: CenNetwork("core", three_regions(), protect=False), "protect: keywords beside one map of arguments"),
        (lambda: CenNetwork("core", ["cn-beijing"]), "args: must be a map of named values, or keywords"),
        (lambda: CenNetwork("core", three_regions(), "cn-beijing"), "opts: must be pulumi.ResourceOptions"),
        (lambda: CenNetwork("core"), "edition: missing"),
        (lambda: RegionalHub("core", **HUB, instance={"name": "x"}), "instance: is not an argument"),
        (lambda: RegionalHub("core", edition="basic"), "region: missing"),
    ],
)
def test_a_call_of_neither_form_is_told(deploy, call, said):
    deployment = deploy(call)

    assert isinstance(deployment.error, pulumi.InputPropertiesError)
    assert said in str(deployment.error)
    assert {item.type for item in deployment.resources} == {"pulumi:pulumi:Stack"}


PROGRAM = """\
import pulumi
from cenguard_components import BandwidthPool, CenNetwork, WantedNetwork

shop: WantedNetwork = {"region": "cn-beijing", "id": pulumi.Output.from_input("vpc-1")}
CenNetwork("a", edition="basic", networks={"shop": shop, "sales": {"region": "us-west-1", "id": "vpc-2"}}, opts=None)
CenNetwork("b", {"edition": "basic", "networks": {"shop": shop}, "interconnect": {"mesh": {"bandwidth": 20}}})
tags: dict[str, str] = {"team": "net"}
CenNetwork("i", edition="basic", networks={"shop": shop}, tags=tags, interconnect={"pairs": ({"regions": ("a", "b"), "bandwidth": 1},)})
BandwidthPool("c", cen_id="cen-1", sizes={"China/Europe": 5}, opts=pulumi.ResourceOptions(protect=True))
"""
MISTAKES = [
    'CenNetwork("d", edition="basic", networks={"shop": {"regoin": "cn-beijing", "id": "vpc-1"}})',
    'CenNetwork("e", {"edition": "basic", "networks": {"shop": shop}, "interconnect": {"mesh": {"bandwith": 20}}})',
    'CenNetwork("f", edition="basic", networks={"shop": shop}, package={"sizes": {"China/Europe": 5}})',
    'CenNetwork("g", networks={"shop": shop})',
    'BandwidthPool("h", cen_id="cen-1", sizes={"China/Europe": "5"})',
]


def test_a_type_checker_sees_a_misspelt_key(tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM + "\n".join(MISTAKES) + "\n")
    # The project's own settings and cache: what the SDK says is known from its own run.
    command = [sys.executable, "-m", "mypy", str(tmp_path / "program.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    first = PROGRAM.count("\n") + 1

    lines = {int(line.rpartition("program.py:")[2].split(":")[0]) for line in done.stdout.splitlines() if ": error:" in line}
    assert lines == set(range(first, first + len(MISTAKES))), done.stdout
