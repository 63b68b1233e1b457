"""What `cenguard fix --review` says that edits buy and change."""

import pytest

from cenguard.findings.code import code_of
from cenguard.findings.fix import Add, Ref, Remove, Set
from cenguard.judging.applying import costs_of
from cenguard.resources.tokens import LIMIT, PACKAGE, PEER


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"paymentType": "PrePaid", "period": 6}, "PrePaid for 6 months, not refundable"),
        ({"paymentType": "PostPaid"}, "pay as you go"),
        ({}, "PrePaid for 1 month, not refundable"),  # as the service sells one that does not say
    ],
)
def test_how_a_package_is_paid(terms, said):
    areas = {"geographicRegionAId": "China", "geographicRegionBId": "Europe"}
    edit = Add(name="p", type=PACKAGE, properties={"bandwidth": 5, **areas, **terms})

    assert costs_of([code_of([edit])]) == [f"buys p: 5 Mbps China/Europe, {said}"]


@pytest.mark.parametrize(
    ("urn", "word"),
    [("alicloud_cen_bandwidth_package.p", "auto_renew"), (f"urn:pulumi:dev::net::{PACKAGE}::p", "autoRenew")],
)
def test_a_property_is_called_as_the_program_calls_it(urn, word):
    assert costs_of([code_of([Set(urn=urn, properties={"autoRenew": True})])]) == [f"changes the package p: {word}: True"]


def test_what_becomes_of_a_peer_and_of_a_limit_is_said():
    peer, limit, package = (
        f"urn:pulumi:dev::net::{token}::{name}" for token, name in ((PEER, "p"), (LIMIT, "l"), (PACKAGE, "b"))
    )
    by_traffic = {"bandwidthType": "DataTransfer", "cenBandwidthPackageId": None}

    assert costs_of([code_of([Set(urn=peer, properties=by_traffic)])]) == [
        "changes the peer p: bandwidthType: DataTransfer, cenBandwidthPackageId: taken away"
    ]
    assert costs_of([code_of([Set(urn=peer, properties={"cenBandwidthPackageId": Ref(package)})])]) == [
        "changes the peer p: cenBandwidthPackageId: the package b"
    ]
    assert costs_of([code_of([Set(urn=limit, properties={"regionIds": ["cn-beijing", "us-west-1"]}), Remove(urn=peer)])]) == [
        "changes the bandwidth limit l: regionIds: cn-beijing/us-west-1",
        "takes out the peer p",
    ]
