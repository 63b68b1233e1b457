"""What a glob means: a resource of Terraform has brackets in its name, and is meant by the name that reports print."""

from pathlib import Path

import pytest

from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.judging.proof import prove
from cenguard.readers.sources import read_document
from cenguard.rules.routes import required_route_unmet
from cenguard.settings.model import Settings
from cenguard.testing import findings_of
from tests.network.routes.estates import one_router

RECORDED = Path(__file__).parents[1] / "recordings" / "terraform" / "terraform-module-for-each" / "plan.json"
HUB = pytest.mark.parametrize("glob", ["hub[0]", "alicloud_cen_instance.hub[0]", "*.hub[*]", "hub*"])


def records():
    """The plan of a network whose instance has a `count`."""
    return read_document(RECORDED.read_bytes(), "plan.json")


def verdicts(**settings):
    """Rule and verdict of what the plan is told, with some settings."""
    report = check([records()], Options(settings=Settings(**settings)))
    return {(item.rule, item.verdict) for item in report.findings}


@HUB
def test_a_shared_instance_is_meant_by_its_name(glob):
    assert ("CEN218", "violated") in verdicts()
    assert ("CEN218", "violated") not in verdicts(shared=(glob,))


@HUB
def test_a_rule_is_asked_about_an_instance_by_its_name(glob):
    require = {"require": {"pairs": [{"regions": ["eu-central-1", "us-west-1"]}], "instance": glob}}

    assert ("CEN219", "violated") in verdicts(options={"CEN219": require})


@HUB
def test_an_expected_instance_is_there_under_its_name(glob):
    assert "CEN906" not in {rule for rule, _ in verdicts(expect=(glob,))}


@HUB
def test_a_proof_is_asked_for_an_instance_by_its_name(glob):
    (proof,) = prove(network_of([records()], Options()), "cn-beijing", "us-west-1", glob)

    assert proof.name == "hub[0]"


@pytest.mark.parametrize("other", ["hub[1]", "hub[*]x", "span[0]"])
def test_another_name_means_another_instance(other):
    assert ("CEN218", "violated") in verdicts(shared=(other,))
    assert "CEN906" in {rule for rule, _ in verdicts(expect=(other,))}


@pytest.mark.parametrize("plant", ["plant[0]", 'plant["a"]'])
@pytest.mark.parametrize("glob", [None, "plant[*]", "plant*"])
def test_a_network_is_meant_by_its_name(plant, glob):
    world = one_router().site("near", plant, "10.1.1.0/24").site("near", "office", "10.2.1.0/24")
    require = {"require": [{"from": glob or plant, "to": "office"}]}

    (found,) = findings_of(world, rules=[required_route_unmet.RULE], options={"CEN332": require})

    assert found == "CEN332 violated core"
