"""Route tables that a program looks up, as most published programs of Enterprise Edition do."""

import pytest

from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.judging.route_proof import prove_networks
from tests.readers.terraform.documents import load, read, recorded, report_of

FOLDER = "terraform-tables-looked-up"
"""Two routers, one of which has a table of its own. What is attached uses the first of all tables that a look-up finds of its router, or
(`plan-filtered.json`) of its system tables."""


def _without(document, *addresses):
    """A document without some resources of its root module."""
    document["resource_changes"] = [item for item in document["resource_changes"] if item["address"] not in addresses]
    for resources in (
        document["planned_values"]["root_module"]["resources"],
        document["configuration"]["root_module"]["resources"],
    ):
        resources[:] = [item for item in resources if item["address"] not in addresses]
    return document


def _alone():
    """The plan of a program without the table of its own."""
    return read(_without(load(FOLDER), "alicloud_cen_transit_router_route_table.own"))


@pytest.mark.parametrize(
    ("source", "disposition", "is_assumed"),
    [
        (recorded(FOLDER, "plan-filtered.json"), "assumed", True),
        (_alone(), "assumed", True),
        (recorded(FOLDER, "state.json"), "reachable", False),  # a state has what the look-up found
    ],
    ids=["only system tables are asked for", "there is no other table", "the answer is known"],
)
def test_the_first_table_is_the_system_table_where_it_can_be_no_other(source, disposition, is_assumed):
    (proof,) = prove_networks(network_of([source], Options()), "bj", "sv", None)

    assert proof.disposition == disposition
    assert ["lookup" in leg.assumes for leg in proof.legs] == [is_assumed, is_assumed]
    assert not {item.rule for item in report_of(source).findings} & {"CEN310", "CEN323"}


def test_one_of_all_tables_is_a_question_where_a_router_has_more():
    source = recorded(FOLDER)
    report = report_of(source)
    (proof,) = prove_networks(network_of([source], Options()), "bj", "sv", None)

    assert proof.disposition == "undetermined"
    questions = [item for item in report.findings if item.rule in {"CEN310", "CEN323"}]
    assert [item.verdict for item in questions] == ["undetermined"] * 3
    for item in questions:
        said = str(item)
        assert "which has own beside its system table" in said.replace("`", "")
        assert 'transit_router_route_table_type="System" in the look-up would settle it' in said


@pytest.mark.parametrize("peer_alone", [True, False], ids=["the peer lacks it at one router", "so does the network"])
def test_what_is_missing_goes_into_the_table_that_the_router_uses(peer_alone):
    """A new table would be read by nothing; the one that was looked up is named as what is joined to it names it."""
    kind = "alicloud_cen_transit_router_route_table_propagation"
    left_out = [f"{kind}.sv_p", *([] if peer_alone else [f"{kind}.sv_sv"])]
    report = report_of(
        read(_without(load(FOLDER, "plan-filtered.json"), *left_out, "alicloud_cen_transit_router_route_table.own"))
    )
    edits = [edit for item in report.findings if item.rule == "CEN310" and item.fix for edit in item.fix.edits]

    assert len(edits) == len(left_out)
    for edit in edits:
        assert edit["type"] == "alicloud:cen/transitRouterRouteTablePropagation:TransitRouterRouteTablePropagation"
        table = edit["properties"]["transitRouterRouteTableId"]
        assert table["ref"].rpartition(":")[2].startswith("alicloud_cen_transit_router_route_table_association.sv_")
        assert table["property"] == "transitRouterRouteTableId"


def test_an_entry_of_a_networks_own_table_that_is_looked_up_is_an_entry_of_the_network():
    (proof,) = prove_networks(network_of([recorded("terraform-entries-looked-up")], Options()), "bj", "sv", None)

    assert proof.disposition == "assumed"
    assert [leg.steps[0]["text"] for leg in proof.legs] == [
        "bj of bj leads 10.2.0.0/16 to alicloud_cen_transit_router_vpc_attachment.bj",
        "sv of sv leads 10.1.0.0/16 to alicloud_cen_transit_router_vpc_attachment.sv",
    ]
