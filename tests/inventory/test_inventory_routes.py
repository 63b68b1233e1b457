"""Route tables, associations, propagations and routes in inventories: read from files, and written back."""

import json
import tomllib

import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.inventories import read_inventories
from cenguard.network.known import KnownAttachment, KnownRoute, KnownRouteTable
from tests.commands.test_cli import RECORDINGS
from tests.commands.test_wrong_input import refused

CATALOGUE = default_catalogue()
ROWS = """
taken = 2026-11-20
[[attachment]]
instance = "cen-2"
region = "cn-hangzhou"
id = "vpc-7"
attachment = "tr-attach-7"
cidrs = ["10.1.1.0/24", "10.1.2.0/24"]
auto_publish = true
[[peer]]
id = "tr-attach-9"
instance = "cen-2"
regions = ["cn-hangzhou", "eu-central-1"]
billing = "traffic"
auto_publish = false
[[route_table]]
id = "vtb-1"
router = "tr-1"
[[route_table]]
id = "vtb-2"
router = "tr-1"
system = true
[[association]]
attachment = "tr-attach-7"
table = "vtb-1"
[[propagation]]
attachment = "vpc-7"
table = "vtb-1"
[[route]]
table = "vtb-1"
cidr = "10.2.0.0/16"
next_hop = "tr-attach-9"
[[route]]
table = "vtb-1"
cidr = "10.9.0.0/16"
blackhole = true
[[route]]
table = "vtb-1"
cidr = "2408:4004::/32"
blackhole = true
"""


@pytest.fixture
def written(tmp_path):
    """A file with some text."""

    def written(text, name="net.toml"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return written


class TestRowsOfAFile:
    def test_every_row(self, written):
        found = read_inventories([written(ROWS)], CATALOGUE)

        assert found.attachments == (
            KnownAttachment(
                instance="cen-2",
                region="cn-hangzhou",
                id="vpc-7",
                attachment="tr-attach-7",
                cidrs=("10.1.1.0/24", "10.1.2.0/24"),
                auto_publish=True,
            ),
        )
        assert [peer.auto_publish for peer in found.peers] == [False]
        assert found.route_tables == {
            "vtb-1": KnownRouteTable(id="vtb-1", router="tr-1"),
            "vtb-2": KnownRouteTable(id="vtb-2", router="tr-1", system=True),
        }
        assert [(row.attachment, row.table) for row in found.associations] == [("tr-attach-7", "vtb-1")]
        assert [(row.attachment, row.table) for row in found.propagations] == [("vpc-7", "vtb-1")]
        assert found.routes[:2] == (
            KnownRoute(table="vtb-1", cidr="10.2.0.0/16", next_hop="tr-attach-9"),
            KnownRoute(table="vtb-1", cidr="10.9.0.0/16"),
        )
        assert [row.blackhole for row in found.routes] == [False, True, True]
        assert (found.tells_tables_of("tr-1"), found.tells_tables_of("tr-2")) == (True, False)

    def test_what_a_file_does_not_say_is_not_told(self, written):
        found = read_inventories([written('[[attachment]]\ninstance = "cen-2"\nregion = "cn-beijing"\n')], CATALOGUE)

        (row,) = found.attachments
        assert (row.cidrs, row.auto_publish, row.attachment) == (None, None, None)

    def test_a_later_file_wins_and_takes_nothing_away(self, written):
        """A list of the service knows the attachment, a file written by hand the blocks of its vSwitches."""
        later = (
            '[[attachment]]\ninstance = "cen-2"\nregion = "cn-hangzhou"\nid = "vpc-7"\nauto_publish = false\n'
            '[[route]]\ntable = "vtb-1"\ncidr = "10.2.0.0/16"\nblackhole = true\n'
        )
        found = read_inventories([written(ROWS), written(later, "later.toml")], CATALOGUE)

        (row,) = found.attachments
        assert (row.auto_publish, row.attachment, row.cidrs) == (False, "tr-attach-7", ("10.1.1.0/24", "10.1.2.0/24"))
        assert [route.blackhole for route in found.routes] == [True, True, True]

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('cidrs = ["10.1.1.0/24", "10.1.2.0/24"]', 'cidrs = ["10.1.1.0"]', "line 8, attachment[1].cidrs: an IPv4 block such as 10.0.1.0/24 was expected, not '10.1.1.0'"),
            ('cidrs = ["10.1.1.0/24", "10.1.2.0/24"]', 'cidrs = ["2408::/32"]', "an IPv4 block such as"),
            ("auto_publish = true", 'auto_publish = "yes"', "true or false was expected"),
            ('router = "tr-1"', 'routr = "tr-1"', "did you mean router?"),
            ('id = "vtb-2"', 'id = "vtb-1"', "route_table[2].id: 'vtb-1' is there twice"),
            ('attachment = "tr-attach-7"\ntable = "vtb-1"', 'table = "vtb-1"', "association[1]: attachment is missing"),
            ('next_hop = "tr-attach-9"', "", "route[1]: next_hop is missing: the attachment that it leads to, or blackhole = true"),
            ('next_hop = "tr-attach-9"', 'next_hop = "tr-attach-9"\nblackhole = true', "a black hole has none: keep one of the two"),
            ("blackhole = true", "blackhole = false", "next_hop is missing"),
            ('cidr = "10.9.0.0/16"', 'cidr = "10.9.0.0/33"', "was expected, not '10.9.0.0/33'"),
        ],
    )  # fmt: skip
    def test_what_is_not_understood_is_refused(self, written, old, new, said):
        assert old in ROWS
        path = written(ROWS.replace(old, new, 1))

        assert said in refused("check", RECORDINGS / "basic-create" / "preview.json", "--inventory", path)


def test_what_is_written_reads_back_the_same(written, tmp_path):
    """An inventory of an inventory's rows is no command; a check that rests on one reads what another wrote."""
    from cenguard.inventory.inventory_text import inventory_text

    found = read_inventories([written(ROWS)], CATALOGUE)
    again = inventory_text(found, ["net.toml"], found.taken)
    reread = read_inventories([written(again, "again.toml")], CATALOGUE)

    assert json.dumps(tomllib.loads(again), default=str) == json.dumps(
        tomllib.loads(inventory_text(reread, ["net.toml"], found.taken)), default=str
    )
    assert (reread.attachments, reread.peers, reread.route_tables) == (found.attachments, found.peers, found.route_tables)
    assert {*reread.routes} == {*found.routes}
    assert (reread.associations, reread.propagations) == (found.associations, found.propagations)


def test_what_the_change_takes_away_is_not_there_any_more(written):
    """A row of an inventory is older than the change that deletes what it tells of."""
    from cenguard.assembly.inventory_entities import still_standing
    from cenguard.resources import tokens
    from cenguard.resources.records import Resource

    def gone(token, name, identifier, **inputs):
        return Resource(urn=f"urn:pulumi:dev::net::{token}::{name}", type=token, id=identifier, inputs=inputs)

    found = read_inventories([written(ROWS)], CATALOGUE)
    relation = {"transitRouterAttachmentId": "tr-attach-7", "transitRouterRouteTableId": "vtb-1"}
    entry = {"transitRouterRouteTableId": "vtb-1", "transitRouterRouteEntryDestinationCidrBlock": "10.9.0.0/16"}
    association, route = gone(tokens.ASSOCIATION, "a", "x", **relation), gone(tokens.ROUTE_ENTRY, "e", "y", **entry)
    table = gone(tokens.ROUTE_TABLE, "t", "tr-1:vtb-1")

    after = still_standing(found, [association, route])
    assert (after.associations, len(after.propagations)) == ((), 1)
    assert [row.cidr for row in after.routes] == ["10.2.0.0/16", "2408:4004::/32"]
    without = still_standing(found, [table])
    assert (list(without.route_tables), without.associations, without.propagations, without.routes) == (["vtb-2"], (), (), ())


def test_a_row_that_names_the_network_goes_with_what_the_change_takes_away():
    """The row of an association was taken for what is there still."""
    from cenguard.judging.check import check
    from cenguard.judging.options import Options
    from cenguard.network.known import Inventory, KnownAssociation, KnownPropagation, KnownRouteTable
    from cenguard.resources import tokens
    from cenguard.testing import a_world

    def world():
        return a_world().instance().router("cn-beijing", "hub").attach_to("hub", "shop", network="vpc-1")

    records = world().standing().records()
    table = next(item for item in records.resources if item.type == tokens.ROUTE_TABLE)
    own = table.id or ""
    inventory = Inventory(
        route_tables={own: KnownRouteTable(id=own, router="hub-id")},
        associations=(KnownAssociation(attachment="vpc-1", table=own),),
        propagations=(KnownPropagation(attachment="vpc-1", table=own),),
    )
    (relation,) = [item for item in records.resources if item.type == tokens.ASSOCIATION]
    left = world().standing().deleted(relation.name).records()

    assert [item.rule for item in check([records], Options(inventory=inventory)).findings if item.rule == "CEN310"] == []
    assert [item.resource for item in check([left], Options(inventory=inventory)).findings if item.rule == "CEN310"] == ["shop"]


def test_what_another_instance_knows_of_a_network_stays_when_one_lets_it_go():
    """A network may be attached to two instances, and a row of a table may name it."""
    from cenguard.assembly.inventory_entities import still_standing
    from cenguard.network.known import Inventory, KnownAssociation, KnownPropagation, KnownRouter, KnownRouteTable
    from cenguard.resources import tokens
    from cenguard.resources.records import Resource

    routers = {f"tr-{number}": KnownRouter(id=f"tr-{number}", instance=f"cen-{number}", region="cn-beijing") for number in (1, 2)}
    inventory = Inventory(
        routers=routers,
        route_tables={name: KnownRouteTable(id=name, router=router) for name, router in (("vtb-1", "tr-1"), ("vtb-2", "tr-2"))},
        associations=tuple(KnownAssociation(attachment="vpc-1", table=name) for name in ("vtb-1", "vtb-2", "vtb-3")),
        propagations=tuple(KnownPropagation(attachment="vpc-1", table=name) for name in ("vtb-1", "vtb-2")),
    )
    old = Resource(
        urn="urn:pulumi:dev::net::x::shop",
        type=tokens.VPC_ATTACHMENT,
        id="cen-1:tr-attach-1",
        inputs={"cenId": "cen-1", "vpcId": "vpc-1"},
    )
    after = still_standing(inventory, [old])

    assert [row.table for row in (*after.associations, *after.propagations)] == ["vtb-2", "vtb-2"]
