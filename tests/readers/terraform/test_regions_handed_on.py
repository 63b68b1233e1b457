"""A region that is handed on from the router or VPC that lies there: `region_id` is not known before the update, and is their provider's."""

import pytest

from tests.readers.terraform.documents import configured, entry, load, pairs, report_of, undetermined, violated


def handed_on(document, address, name, source):
    """An attribute that is the region of another resource, as a first plan shows it."""
    change = entry(document, address)["change"]
    change["after"].pop(name)
    change["after_unknown"][name] = True
    configured(document, address)["expressions"][name] = {"references": [f"{source}.region_id", source]}
    return document


@pytest.mark.parametrize(("router", "codes"), [("sg", []), ("hz", ["CEN307"])])
def test_the_region_of_the_router_that_is_joined(router, codes):
    peer = "alicloud_cen_transit_router_peer_attachment.hz_sg"
    document = load("tofu-enterprise")
    before = pairs(report_of(document))
    report = report_of(handed_on(document, peer, "peer_transit_router_region_id", f"alicloud_cen_transit_router.{router}"))

    assert "CEN307" not in undetermined(report)
    assert [code for code in violated(report) if code == "CEN307"] == codes
    assert codes or pairs(report) == before


@pytest.mark.parametrize(("network", "codes"), [("eu", []), ("us", ["CEN101"])])
def test_the_region_of_the_vpc_that_is_attached(network, codes):
    document = load("tofu-basic-create")
    before = pairs(report_of(document))
    address = "alicloud_cen_instance_attachment.eu"
    report = report_of(handed_on(document, address, "child_instance_region_id", f"alicloud_vpc.{network}"))

    assert "CEN101" not in undetermined(report)
    assert [code for code in violated(report) if code == "CEN101"] == codes
    assert codes or pairs(report) == before
