"""A peer's region that is handed on from its far router: `region_id` is not known before the update, and is its provider's."""

import pytest

from tests.readers.terraform.documents import configured, entry, load, pairs, report_of, undetermined, violated

PEER = "alicloud_cen_transit_router_peer_attachment.hz_sg"
NAME = "peer_transit_router_region_id"


def handed_on(router):
    """The peer between Hangzhou and Singapore, with the region of a router that the program makes."""
    document = load("tofu-enterprise")
    change = entry(document, PEER)["change"]
    change["after"].pop(NAME)
    change["after_unknown"][NAME] = True
    source = f"alicloud_cen_transit_router.{router}"
    configured(document, PEER)["expressions"][NAME] = {"references": [f"{source}.region_id", source]}
    return document


def test_the_region_of_the_router_that_is_joined():
    report = report_of(handed_on("sg"))

    assert "CEN307" not in violated(report) + undetermined(report)
    assert pairs(report) == pairs(report_of(load("tofu-enterprise")))


@pytest.mark.parametrize("router", ["fra", "hz"])
def test_the_region_of_another_router_is_not_known(router):
    assert "CEN307" in undetermined(report_of(handed_on(router)))
