"""Routes of another stack: what its inventory tells settles, and only that."""

from dataclasses import dataclass

import msgspec
import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.inventories import inventory_of_records
from cenguard.network.known import Inventory
from cenguard.resources import tokens
from cenguard.testing import of
from tests.network.routes.estates import Estate, routes_in

CATALOGUE = default_catalogue()
IDS = {
    "core": "cen-1", "near": "cen-1:tr-near", "far": "cen-1:tr-far", "near-table": "tr-near:vtb-near", "far-table": "tr-far:vtb-far",
    "peer": "cen-1:tr-attach-peer", "office": "vpc-office", "office-attachment": "cen-1:tr-attach-office",
}  # fmt: skip


@dataclass
class Theirs:
    """The network team's stack: two routers, the peer between them, and an office."""

    world: Estate

    @property
    def inventory(self) -> Inventory:
        return inventory_of_records([self.world.records()], CATALOGUE).inventory


def theirs(*, flags=False):
    world = Estate(stack="prod", project="network").instance()
    world.router("cn-hangzhou", "near").table("near", "near-table").router("eu-central-1", "far").table("far", "far-table")
    world.link("near", "far").joined("near-table", "peer").joined("far-table", "peer")
    more = {"routeTableAssociationEnabled": True} if flags else {}
    world.site("far", "office", "10.2.1.0/24", **more).joined("far-table", "office")
    world.entry("near-table", "10.9.0.0/16", name="drop")
    world.standing()
    for name, identifier in IDS.items():
        world._specs[name].record.id = identifier
    return Theirs(world)


def ours(inventory):
    """An application's stack: a plant on the near router, named by ids alone."""
    world = Estate(stack="prod", project="app").network("cn-hangzhou", "plant").vswitch("plant", "10.1.1.0/24")
    relation = {
        "transitRouterAttachmentId": of("plant-attachment", "transitRouterAttachmentId"),
        "transitRouterRouteTableId": "vtb-near",
    }
    world.resource(
        tokens.VPC_ATTACHMENT,
        "plant-attachment",
        {"cenId": "cen-1", "transitRouterId": "tr-near", "vpcId": of("plant"), "autoPublishRouteEnabled": True},
        region="cn-hangzhou",
    )
    world.resource(tokens.ASSOCIATION, "plant-in", relation).resource(tokens.PROPAGATION, "plant-from", relation)
    return world.inventory(inventory)


def verdict(inventory):
    routes = routes_in(ours(inventory))
    (plant,), offices = routes.find("plant"), routes.find("vpc-office")
    if not offices:
        return "office is not known"
    pair = routes.pair(plant, offices[0])
    return f"{pair.disposition}: {pair.forward.disposition} / {pair.back.disposition}"


def without(inventory, **rows):
    """The inventory without the rows that a text is part of."""
    kept = {key: tuple(row for row in getattr(inventory, key) if text not in str(row)) for key, text in rows.items()}
    return msgspec.structs.replace(inventory, **kept)


def test_what_a_state_tells_of_routes_is_in_the_inventory():
    found = theirs().inventory

    assert {name: table.router for name, table in found.route_tables.items()} == {"vtb-near": "tr-near", "vtb-far": "tr-far"}
    assert {(row.attachment, row.table) for row in found.associations} == {
        ("tr-attach-peer", "vtb-near"), ("tr-attach-peer", "vtb-far"), ("tr-attach-office", "vtb-far"),
    }  # fmt: skip
    assert {(row.attachment, row.table) for row in found.propagations} == {
        (row.attachment, row.table) for row in found.associations
    }
    assert [(row.table, row.cidr, row.blackhole) for row in found.routes] == [("vtb-near", "10.9.0.0/16", True)]
    (office,) = found.attachments
    assert (office.attachment, office.cidrs, office.auto_publish) == ("tr-attach-office", ("10.2.1.0/24",), True)
    assert [peer.auto_publish for peer in found.peers] == [True]


def test_with_it_packets_get_there_and_back():
    assert verdict(theirs().inventory) == "assumed: assumed / assumed"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ({"associations": "tr-attach-office"}, "one_way: assumed / not_associated"),
        ({"propagations": "tr-attach-office"}, "one_way: not_learned / assumed"),
        ({"propagations": "vtb-near"}, "one_way: not_learned / assumed"),
    ],
    ids=["no association of the office", "no propagation of the office", "the peer is not known here"],
)
def test_what_a_complete_inventory_does_not_tell_is_not_there(rows, said):
    assert verdict(without(theirs().inventory, **rows)) == said


@pytest.mark.parametrize("rows", [{"associations": "tr-attach-office"}, {"propagations": "vtb-near"}])
def test_what_another_one_does_not_tell_is_open(rows):
    inventory = without(theirs().inventory, **rows)
    instances = {name: msgspec.structs.replace(row, complete=False) for name, row in inventory.instances.items()}

    assert verdict(msgspec.structs.replace(inventory, instances=instances)).startswith("undetermined: ")


def test_an_association_may_name_the_network():
    inventory = theirs().inventory
    rows = tuple(
        msgspec.structs.replace(row, attachment="vpc-office") if row.attachment == "tr-attach-office" else row
        for row in inventory.associations
    )

    assert verdict(msgspec.structs.replace(inventory, associations=rows)) == "assumed: assumed / assumed"


def test_where_a_flag_makes_what_no_row_tells_no_table_is_named():
    """The system table's id is not told, so nothing of that router is certainly absent."""
    assert list(theirs(flags=True).inventory.route_tables) == ["vtb-near"]
