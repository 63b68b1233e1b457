"""Answers of `aliyun cbn` about route tables: what their rows say, and when they are whole."""

import json

import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.inventories import gather
from cenguard.network.known import KnownAssociation, KnownPropagation, KnownRoute, KnownRouteTable
from tests.commands.test_wrong_input import refused
from tests.inventory.answers import ENTERPRISE, complete, network
from tests.inventory.answers import answer as answer_of

CATALOGUE = default_catalogue()
SINGLE = {
    "TransitRouterRouteTables": "TransitRouterRouteTable",
    "TransitRouterAssociations": "TransitRouterAssociation",
    "TransitRouterPropagations": "TransitRouterPropagation",
    "TransitRouterRouteEntries": "TransitRouterRouteEntry",
}


def answer(key, *rows, total=None, token=None, **more):
    """One answer of a list of what is in route tables."""
    found = {"RequestId": "r", "MaxResults": 20, key: list(rows), "TotalCount": len(rows) if total is None else total, **more}
    return found | ({"NextToken": token} if token is not None else {})


def table(name, router="tr-a", kind="Custom", status="Active"):
    return {
        "TransitRouterRouteTableId": name,
        "TransitRouterId": router,
        "RegionId": "cn-beijing",
        "TransitRouterRouteTableType": kind,
        "TransitRouterRouteTableStatus": status,
    }


def joined(attachment, name="vtb-1", status="Active", resource="vpc-1", kind="VPC"):
    return {
        "TransitRouterAttachmentId": attachment,
        "TransitRouterRouteTableId": name,
        "ResourceId": resource,
        "ResourceType": kind,
        "Status": status,
    }


def entry(cidr, next_hop=None, kind="Static", **more):
    hop = {"TransitRouterRouteEntryNextHopType": "BlackHole"} if next_hop is None else {
        "TransitRouterRouteEntryNextHopType": "Attachment", "TransitRouterRouteEntryNextHopId": next_hop,
    }  # fmt: skip
    return {"TransitRouterRouteEntryDestinationCidrBlock": cidr, "TransitRouterRouteEntryType": kind, **hop, **more}


ROUTED = {
    "tables": answer("TransitRouterRouteTables", table("vtb-1"), table("vtb-2", kind="System")),
    "associations-vtb-1": answer("TransitRouterAssociations", joined("tr-attach-one"), joined("tr-attach-1", kind="TR")),
    "associations-vtb-2": answer("TransitRouterAssociations"),
    "propagations-vtb-1": answer("TransitRouterPropagations", joined("tr-attach-one")),
    "propagations-vtb-2": answer("TransitRouterPropagations", joined("tr-attach-one", "vtb-2")),
    "entries-vtb-1": answer("TransitRouterRouteEntries", entry("10.2.0.0/16", "tr-attach-1"), entry("10.9.0.0/16")),
    "entries-vtb-2": answer("TransitRouterRouteEntries"),
}
VPCS = answer_of("TransitRouterAttachments", network("VPC", "one", AutoPublishRouteEnabled=False))
NETWORK = {**ENTERPRISE, "v": VPCS}


@pytest.fixture
def gathered(tmp_path):
    """What some answers say together, each in a file of its name."""

    def gathered(answers, **options):
        paths = []
        for name, document in answers.items():
            path = tmp_path / f"{name}.json"
            path.write_text(document if isinstance(document, str) else json.dumps(document))
            paths.append(str(path))
        return gather(paths, CATALOGUE, **options)

    return gathered


class TestRows:
    def test_every_list(self, gathered):
        found = gathered({**NETWORK, **ROUTED}).inventory

        assert found.route_tables == {
            "vtb-1": KnownRouteTable(id="vtb-1", router="tr-a"),
            "vtb-2": KnownRouteTable(id="vtb-2", router="tr-a", system=True),
        }
        assert set(found.associations) == {
            KnownAssociation(attachment="tr-attach-one", table="vtb-1"),
            KnownAssociation(attachment="tr-attach-1", table="vtb-1"),
        }
        assert KnownPropagation(attachment="tr-attach-one", table="vtb-2") in found.propagations
        assert set(found.routes) == {
            KnownRoute(table="vtb-1", cidr="10.2.0.0/16", next_hop="tr-attach-1"),
            KnownRoute(table="vtb-1", cidr="10.9.0.0/16"),
        }

    def test_an_attachment_tells_whether_it_publishes(self, gathered):
        rows = {
            **NETWORK,
            "t": ENTERPRISE["t"]
            | {"TransitRouterAttachments": [{**ENTERPRISE["t"]["TransitRouterAttachments"][0], "AutoPublishRouteEnabled": True}]},
        }
        found = gathered(rows).inventory

        (own,) = (row for row in found.attachments if row.id == "one")
        assert (own.attachment, own.auto_publish) == ("tr-attach-one", False)
        assert [peer.auto_publish for peer in found.peers] == [True]  # the list of limits says nothing of it

    def test_an_association_tells_the_attachment_of_a_network(self, gathered):
        found = gathered(
            {**ENTERPRISE, "a": answer("TransitRouterAssociations", joined("tr-attach-9", resource="vpc-1"))}
        ).inventory

        assert {row.id: row.attachment for row in found.attachments} == {"vpc-1": "tr-attach-9", "vpc-2": None}

    @pytest.mark.parametrize("key", SINGLE)
    def test_a_list_wrapped_once_more_is_read_too(self, gathered, key):
        name = next(name for name, item in ROUTED.items() if key in item)
        wrapped = {**ROUTED[name], key: {SINGLE[key]: ROUTED[name][key]}}

        assert gathered({**NETWORK, **ROUTED, name: wrapped}).inventory == gathered({**NETWORK, **ROUTED}).inventory

    def test_what_is_being_taken_away_is_not_there(self, gathered):
        found = gathered(
            {
                **NETWORK,
                "t": answer("TransitRouterRouteTables", table("vtb-3", status="Deleting")),
                "a": answer("TransitRouterAssociations", joined("a", status="Dissociating"), joined("b", status="Associating")),
                "p": answer("TransitRouterPropagations", joined("c", status="Disabling")),
            }
        ).inventory

        assert [row.attachment for row in found.associations] == ["b"]
        assert (found.route_tables, found.propagations) == ({}, ())

    @pytest.mark.parametrize(
        "row",
        [
            entry("10.3.0.0/16", "tr-attach-1", kind="Propagated"),
            entry("10.3.0.0/16", "tr-attach-1", TransitRouterRouteEntryStatus="Rejected"),
            entry("10.3.0.0/16", "tr-attach-1", TransitRouterRouteEntryStatus="Prohibited"),
            entry("10.3.0.0/16", Tag="PermitVbr"),
        ],
        ids=["learned", "rejected", "denied by a route map", "for border routers"],
    )
    def test_what_leads_no_packets_by_itself_is_left_out(self, gathered, row):
        assert gathered({**NETWORK, "vtb-1": answer("TransitRouterRouteEntries", row)}).inventory.routes == ()


class TestWhichTable:
    """ListTransitRouterRouteEntries does not say in its answer which table it was asked about."""

    def test_the_files_name_says_it(self, gathered):
        (route,) = gathered(
            {**NETWORK, "routes-vtb-7": answer("TransitRouterRouteEntries", entry("10.0.0.0/8"))}
        ).inventory.routes

        assert route.table == "vtb-7"

    def test_so_does_a_key_that_was_added(self, gathered):
        added = answer("TransitRouterRouteEntries", entry("10.0.0.0/8"), TransitRouterRouteTableId="vtb-8")

        assert [route.table for route in gathered({**NETWORK, "routes": added}).inventory.routes] == ["vtb-8"]

    @pytest.mark.parametrize("name", ["routes", "vtb-1-and-vtb-2"])
    def test_without_either_it_is_refused(self, tmp_path, name):
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(answer("TransitRouterRouteEntries", entry("10.0.0.0/8"))))

        assert f"{name}.json: TransitRouterRouteEntries[0]: the answer does not say which route table" in refused(
            "inventory", path
        )

    def test_bare_rows_of_associations_could_be_propagations(self, tmp_path):
        path = tmp_path / "rows.json"
        path.write_text(json.dumps([joined("tr-attach-1")]))

        assert "rows of associations and of propagations look alike: give the whole answer" in refused("inventory", path)

    def test_bare_rows_of_the_others_are_read(self, gathered):
        rows = {"t": json.dumps([table("vtb-1")]), "vtb-1": json.dumps([entry("10.0.0.0/8")])}
        found = gathered({**NETWORK, **rows}).inventory

        assert (list(found.route_tables), [route.table for route in found.routes]) == (["vtb-1"], ["vtb-1"])

    def test_an_entry_without_a_next_hop_is_refused(self, tmp_path):
        path = tmp_path / "vtb-1.json"
        row = {**entry("10.0.0.0/8"), "TransitRouterRouteEntryNextHopType": "Attachment"}
        path.write_text(json.dumps(answer("TransitRouterRouteEntries", row)))

        assert "TransitRouterRouteEntryNextHopId: a text was expected" in refused("inventory", path)


class TestComplete:
    def test_with_every_list_whole(self, gathered):
        found = gathered({**NETWORK, **ROUTED})

        assert (complete(found), found.notes) == ({"cen-1"}, ())

    def test_without_any_list_of_routes_as_before(self, gathered):
        assert complete(gathered(NETWORK)) == {"cen-1"}

    @pytest.mark.parametrize("missing", [name for name in ROUTED if name != "tables"])
    def test_not_without_one_of_them(self, gathered, missing):
        """A table that is known, and whose relations are not, would make them certainly absent."""
        found = gathered({**NETWORK, **{name: item for name, item in ROUTED.items() if name != missing}})

        assert complete(found) == set()
        assert any(f"--TransitRouterRouteTableId {missing[-5:]}" in note for note in found.notes)

    @pytest.mark.parametrize("half", ROUTED)
    def test_not_with_half_of_one(self, gathered, half):
        found = gathered({**NETWORK, **ROUTED, half: {**ROUTED[half], "TotalCount": 9}})

        assert complete(found) == set()
        assert any("of 9 rows were given" in note for note in found.notes)

    @pytest.mark.parametrize("half", ROUTED)
    def test_not_while_a_page_names_another_one(self, gathered, half):
        assert complete(gathered({**NETWORK, **ROUTED, half: {**ROUTED[half], "NextToken": "abc"}})) == set()

    def test_one_empty_list_that_names_no_table_is_the_one_that_is_left(self, gathered):
        unnamed = {("none" if name == "associations-vtb-2" else name): item for name, item in ROUTED.items()}

        assert complete(gathered({**NETWORK, **unnamed})) == {"cen-1"}

    def test_a_list_for_each_attachment_is_no_list_of_a_table(self, gathered):
        asked = {
            "associations-vtb-1": answer("TransitRouterAssociations", joined("tr-attach-one")),
            "more": answer("TransitRouterAssociations", joined("tr-attach-1", kind="TR")),
        }

        assert complete(gathered({**NETWORK, **ROUTED, **asked})) == set()
