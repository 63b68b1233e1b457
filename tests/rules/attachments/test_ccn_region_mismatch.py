"""CEN110: a Cloud Connect Network is attached in a region of its own, and no other network is."""

import pytest

from cenguard.network.connectivity import connectivity_of
from cenguard.rules.attachments import ccn_region_mismatch
from cenguard.rules.bandwidth import limit_on_unattached_region, missing_bandwidth_package
from cenguard.testing import SECRET, UNKNOWN, a_world, said
from tests.rules.tables import case, table


def shops(region, kind="CCN", network="ccn-shops1", **more):
    """A network beside a VPC in London."""
    world = a_world().instance().attach("eu-west-1", "stock", network="vpc-stock1")
    return world.attach(region, "shops", kind, network=network, **more)


def through(region, kind="VPC"):
    """A network attached through a router, whose provider has some region."""
    return a_world().instance().router(region, "near").attach_to("near", "office", kind, zones=1)


test_ccn_region_mismatch = table(
    ccn_region_mismatch.RULE,
    case("a CCN in a plain region", shops("eu-central-1"), "violated shops"),
    case("a CCN in a region of its own", shops("ccn-eu-central-1")),
    case("a VPC in a region of CCNs", shops("ccn-eu-central-1", "VPC", "vpc-1"), "violated shops"),
    case("a leased line in a region of CCNs", shops("ccn-cn-shanghai", "VBR", "vbr-1"), "violated shops"),
    case("a VPC in a plain region", shops("eu-central-1", "VPC", "vpc-1")),
    case("a CCN where nobody knows one", shops("ccn-cn-beijing"), "violated shops (advisory)"),
    case("a CCN in a region that is not in the catalogue is CEN107's", shops("ccn-xx-north-9")),
    case("a VPC through a router in a region of CCNs", through("ccn-cn-shanghai"), "violated office"),
    case("an Express Connect Router there", through("ccn-cn-shanghai", "ECR"), "violated office"),
    case("a VPC through a router in a plain region", through("cn-shanghai")),
    case("a kind that is not known may be the right one", shops("ccn-eu-central-1", UNKNOWN), "undetermined shops"),
    case("a secret kind as well", shops("eu-central-1", SECRET), "undetermined shops"),
    case("a CCN in a region nobody knows yet", shops(UNKNOWN), "undetermined shops"),
    case("a VPC in a region nobody knows yet lies in a plain one", shops(UNKNOWN, "VPC", "vpc-1")),
    case("a CCN that is said to be a VPC is CEN102's, and lies right", shops("ccn-eu-central-1", "VPC", "ccn-1")),
    case(
        "a VPC that is said to be a CCN is CEN102's, and lies right",
        a_world().instance().network("eu-central-1", "net").attach("eu-central-1", "shops", "CCN", network="net"),
    ),
    case("what stands was accepted", shops("eu-central-1").standing()),
)


@pytest.mark.parametrize("region", ["eu-central-1", "ccn-eu-central-1"])
def test_what_cannot_be_attached_there_counts_for_no_region(region):
    kind, network = ("CCN", "ccn-1") if region == "eu-central-1" else ("VPC", "vpc-1")
    network_ = shops(region, kind, network).limit("eu-west-1", region, 5).assembled()
    rules = [missing_bandwidth_package.RULE, limit_on_unattached_region.RULE]

    assert [item.connections for item in connectivity_of(network_).values()] == [{}]
    assert list(said(network_, rules=rules)) == [f"CEN210 violated eu-west-1-{region}"]


def test_a_ccn_where_nobody_knows_one_counts_for_its_region_still():
    assert [len(item.connections) for item in connectivity_of(shops("ccn-cn-beijing").assembled()).values()] == [1]


def test_one_that_stands_counts_for_its_region():
    assert [len(item.connections) for item in connectivity_of(shops("eu-central-1").standing().assembled()).values()] == [1]


def test_a_vpc_that_is_said_to_be_a_ccn_reaches_no_region_for_nothing():
    """It lies in a plain region, as its network says: only a Cloud Connect Network needs no package in the mainland."""
    world = a_world().instance().network("cn-shenzhen", "net").attach("cn-shenzhen", "shops", "CCN", network="net")
    world.attach("cn-beijing", "office", network="vpc-office1")

    assert "CEN201 violated core" in said(world, rules=[missing_bandwidth_package.RULE])
