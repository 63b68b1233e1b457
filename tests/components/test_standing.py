"""A `CenNetwork` on an instance that stands asks for its routers, and refuses to make others where they are of Basic Edition."""

import pulumi
import pulumi_alicloud as alicloud
import pytest

from cenguard_components import CenNetwork
from tests.components.worlds import enterprise, three_regions

REGIONS = ("cn-beijing", "eu-central-1", "us-west-1")
BASIC = dict.fromkeys(REGIONS, "Basic")
CONFIG = {"alicloud:region": "cn-beijing"}
STANDING = {"existing_id": "cen-1"}


def registered(deployment):
    """What it registered, without providers and what only groups: what the cloud would be asked to make."""
    return [item.name for item in deployment.custom()]


def test_a_changed_edition_is_answered_before_anything_is_registered(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise(instance=STANDING)), config=CONFIG, standing=BASIC)

    assert isinstance(found.error, pulumi.InputPropertiesError)
    assert [item["property_path"] for item in found.error.errors] == ["edition"]
    assert "cen-1 stands on Basic Edition in cn-beijing" in str(found.error)
    assert "cenguard upgrade --instance cen-1" in str(found.error)
    assert [item.type for item in found.resources] == ["pulumi:pulumi:Stack"]
    assert found.asked == [("getTransitRouters", "cn-beijing", "cen-1")]


@pytest.mark.parametrize("config", [{}, {"alicloud:region": "ap-southeast-1"}], ids=["no region", "another region"])
def test_regions_that_only_a_provider_made_here_can_ask_are_asked_before_the_cloud_is_touched(deploy, config):
    found = deploy(lambda: CenNetwork("core", enterprise(instance=STANDING)), config=config, standing=BASIC)

    assert "cn-beijing, eu-central-1, us-west-1" in str(found.error)
    assert registered(found) == []
    assert {region for _, region, _ in found.asked} == set(REGIONS)


def test_a_region_is_asked_once_by_the_provider_that_was_handed_in(deploy):
    def program():
        providers = {region: alicloud.Provider(region, region=region) for region in REGIONS}
        CenNetwork("core", enterprise(instance=STANDING), providers=providers)

    found = deploy(program, config=CONFIG, standing={"us-west-1": "Basic"})

    assert "stands on Basic Edition in us-west-1:" in str(found.error)
    assert sorted(region for _, region, _ in found.asked) == sorted(REGIONS)
    assert not found.of("CenNetwork")


def test_enterprise_routers_that_stand_are_its_own(deploy):
    found = deploy(
        lambda: CenNetwork("core", enterprise(instance=STANDING)), config=CONFIG, standing=dict.fromkeys(REGIONS, "Enterprise")
    )

    assert found.error is None
    assert len(found.of("TransitRouter")) == 3
    assert sorted(region for _, region, _ in found.asked) == sorted(REGIONS)


def test_who_may_not_ask_is_not_stopped(deploy):
    found = deploy(lambda: CenNetwork("core", enterprise(instance=STANDING)), config=CONFIG, refused=REGIONS)

    assert found.error is None
    assert len(found.of("TransitRouter")) == 3
    assert found.messages == []


@pytest.mark.parametrize(
    "args",
    [three_regions(instance=STANDING), enterprise(), enterprise(instance={"existing_id": pulumi.Output.from_input("cen-1")})],
    ids=["basic", "an instance of its own", "an id that is known too late"],
)
def test_nothing_is_asked_where_no_answer_would_help(deploy, args):
    found = deploy(lambda: CenNetwork("core", args), config=CONFIG, standing=BASIC)

    assert found.error is None
    assert found.asked == []
