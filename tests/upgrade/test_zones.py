"""Zones of networks that become attachments of a router: from the input, and from a file that is written, filled in and read."""

import json
import re
import tomllib

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.errors import InvalidSettings, UnreadableInput
from cenguard.testing import UNKNOWN, a_world
from cenguard.upgrade.before import today_of
from cenguard.upgrade.zones import Zones, ZonesFile
from tests.upgrade.exports import Export


def a_basic_world():
    """Three VPCs and a leased line: one with vSwitches in three zones, one with one, one that is an id and nothing else."""
    return (
        a_world()
        .instance()
        .network("cn-hangzhou", "shop", cidrBlock="10.0.0.0/16")
        .vswitch("shop", "10.0.3.0/24", "cn-hangzhou-k", "shop-k")
        .vswitch("shop", "10.0.1.0/24", "cn-hangzhou-h", "shop-h")
        .vswitch("shop", "10.0.4.0/24", "cn-hangzhou-h", "shop-a")
        .vswitch("shop", "10.0.2.0/24", "cn-hangzhou-j", "shop-j")
        .vswitch("shop", "10.0.9.0/24", UNKNOWN, "shop-x")
        .attach("cn-hangzhou", "shop-attached", network="shop")
        .network("us-west-1", "sales", cidrBlock="10.1.0.0/16")
        .vswitch("sales", "10.1.1.0/24", "us-west-1a", "sales-a")
        .attach("us-west-1", "sales-attached", network="sales")
        .attach("eu-central-1", "plant-attached", network="vpc-plant")
        .attach("cn-hangzhou", "line-attached", "VBR", network="vbr-1")
    )


IDS = {"shop-h": "vsw-2", "shop-a": "vsw-1", "shop-j": "vsw-3", "sales-a": "vsw-9", "shop": "vpc-shop", "sales": "vpc-sales"}


def today_in(world):
    network = world.assembled()
    return today_of(network, network.instances[0], "the input")


def zones_in(world):
    ids = {world._urn(name): found for name, found in IDS.items() if name in world._specs}
    return Zones(today_in(world), ids), world


@pytest.fixture
def read(tmp_path):
    """Reads a zones file over the world, and gives the zones with what names are URNs of."""

    def _read(text):
        path = tmp_path / "zones.toml"
        path.write_text(text)
        zones, world = zones_in(a_basic_world())
        zones.read(path)
        return zones, world._urn

    return _read


def test_the_input_tells_two_zones_by_id_and_of_each_the_first_vswitch_by_id():
    zones, world = zones_in(a_basic_world())
    urn = world._urn
    assert zones.of(urn("shop")) == {"cn-hangzhou-h": urn("shop-a"), "cn-hangzhou-j": urn("shop-j")}
    assert zones.of(urn("sales")) is None
    assert zones.of("vpc-plant") is None
    assert [item.key for item in zones.asked] == ["vpc-sales", "vpc-plant"]


def test_one_zone_is_enough_where_the_region_sells_one():
    world = a_world().instance().network("cn-nanjing", "lab", cidrBlock="10.0.0.0/16")
    world = world.vswitch("lab", "10.0.1.0/24", "cn-nanjing-a", "lab-a").attach("cn-nanjing", "lab-attached", network="lab")
    zones, _ = zones_in(world)
    assert zones.of(world._urn("lab")) == {"cn-nanjing-a": world._urn("lab-a")}
    assert zones.asked == ()


def test_a_vswitch_in_a_zone_of_another_region_is_none_of_a_networks():
    world = a_world().instance().network("us-west-1", "lab").vswitch("lab", "10.0.1.0/24", "cn-hangzhou-h", "odd")
    world = world.vswitch("lab", "10.0.2.0/24", "us-west-1a", "a").attach("us-west-1", "lab-attached", network="lab")
    zones, _ = zones_in(world)
    assert zones.of(world._urn("lab")) is None
    assert list(zones.asked[0].zones) == ["us-west-1a"]


def test_a_network_that_is_read_is_known_by_its_id():
    world = a_world().instance().network("cn-hangzhou", "lab", read="vpc-lab").attach("cn-hangzhou", "a", network="lab")
    world = world.vswitch("vpc-lab", "10.0.1.0/24", "cn-hangzhou-h", "h").vswitch("vpc-lab", "10.0.2.0/24", "cn-hangzhou-i", "i")
    zones, _ = zones_in(world)
    assert zones.of("vpc-lab") == {"cn-hangzhou-h": world._urn("h"), "cn-hangzhou-i": world._urn("i")}


def test_the_file_asks_for_what_is_not_known_with_what_is_known_filled_in(tmp_path):
    zones, _ = zones_in(a_basic_world())
    path = tmp_path / "zones.toml"
    zones.write(path)
    text = path.read_text()
    assert tomllib.loads(text) == {"network": {"vpc-sales": {"us-west-1a": "vsw-9"}, "vpc-plant": {}}}
    assert "# sales, us-west-1: 1 more zone" in text
    assert tomllib.loads(re.search("as in (.+?)[.] ", text)[1]) == {"cn-beijing-h": "vsw-2ze7h"}, (
        "the example is a line that is understood"
    )
    assert "# plant-attached, eu-central-1: 2 zones" in text
    with pytest.raises(UnreadableInput, match="is there already"):
        zones.write(path)
    zones.read(path)  # as it was written it is understood, and says nothing new
    assert [item.key for item in zones.asked] == ["vpc-sales", "vpc-plant"]


def test_a_file_is_written_once_and_read_from_then_on(tmp_path):
    path = tmp_path / "zones.toml"
    world = a_basic_world()
    today = today_in(world)
    given = ZonesFile(path)
    zones_of = given.zones_of(today, {})
    assert zones_of("vpc-plant") is None
    assert given.write()
    assert (
        str(given.refusal())
        == f"{path}: zones and vSwitches are missing of sales ({world._urn('sales')}) and plant-attached (vpc-plant): fill them in there"
    )
    path.write_text(path.read_text() + 'eu-central-1a = "vsw-7"\neu-central-1b = "vsw-8"\n')
    again = ZonesFile(path)
    assert again.zones_of(today, {})("vpc-plant") == {"eu-central-1a": "vsw-7", "eu-central-1b": "vsw-8"}
    assert [item.name for item in again.asked] == ["sales"]
    assert not again.write()


def test_without_a_file_what_is_missing_is_named():
    given = ZonesFile(None)
    given.zones_of(today_in(a_basic_world()), {})
    assert not given.write()
    assert str(given.refusal()).startswith("--program: zones and vSwitches are not known of ")


def test_nothing_is_written_where_nothing_is_missing(tmp_path):
    world = a_world().instance().attach("cn-hangzhou", "line", "VBR", network="vbr-1")
    given = ZonesFile(tmp_path / "zones.toml")
    given.zones_of(today_in(world), {})
    assert not given.write()
    assert list(tmp_path.iterdir()) == []


def test_a_file_wins_over_the_input_by_urn_id_and_name(read):
    zones, urn = read(
        """
        [network.shop]
        cn-hangzhou-k = "shop-k"
        cn-hangzhou-i = "vsw-elsewhere"
        [network."vpc-plant"]
        eu-central-1a = "vsw-7"
        eu-central-1b = "vsw-8"
        [network.vpc-sales]
        us-west-1a = "vsw-9"
        us-west-1b = "vsw-10"
        """
    )
    assert zones.of(urn("shop")) == {"cn-hangzhou-i": "vsw-elsewhere", "cn-hangzhou-k": urn("shop-k")}
    assert zones.of("vpc-plant") == {"eu-central-1a": "vsw-7", "eu-central-1b": "vsw-8"}
    assert zones.of(urn("sales")) == {"us-west-1a": urn("sales-a"), "us-west-1b": "vsw-10"}
    assert zones.asked == ()


class TestInventories:
    """An inventory tells vSwitches that the input has not: as rows, as another stack's export, as answers of the service."""

    def zones(self, tmp_path, text, name="network.inventory.toml"):
        path = tmp_path / name
        path.write_text(text)
        export = Export().attach("far", "vpc-far", "VPC", "eu-central-1").written(tmp_path / "export.json")
        done = CliRunner().invoke(main, ["upgrade", str(export), "--inventory", str(path), "--format", "json"])
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)["attachments"][0]["zones"]

    def test_rows(self, tmp_path):
        rows = "".join(f'[[vswitch]]\nid = "vsw-{n}"\nnetwork = "vpc-far"\nzone = "eu-central-1{n}"\n' for n in "cba")
        assert self.zones(tmp_path, f"taken = 2026-11-20\n{rows}") == {"eu-central-1a": "vsw-a", "eu-central-1b": "vsw-b"}

    def test_the_export_of_the_stack_that_makes_them(self, tmp_path):
        other = Export("cen-other").vpc("far", "eu-central-1", zones=["eu-central-1a", "eu-central-1b"])
        other.written(tmp_path / "other.json")
        found = self.zones(tmp_path, (tmp_path / "other.json").read_text(), "other.json")
        assert found == {"eu-central-1a": "vsw-far-eu-central-1a", "eu-central-1b": "vsw-far-eu-central-1b"}

    def test_answers_of_the_service(self, tmp_path):
        rows = [{"VSwitchId": f"vsw-{n}", "VpcId": "vpc-far", "ZoneId": f"eu-central-1{n}", "Status": "Available"} for n in "ab"]
        answer = {"RequestId": "1", "TotalCount": 2, "VSwitches": {"VSwitch": rows}}
        assert self.zones(tmp_path, json.dumps(answer), "switches.json") == {"eu-central-1a": "vsw-a", "eu-central-1b": "vsw-b"}

    def test_an_inventory_keeps_those_of_attached_networks(self, tmp_path):
        export = Export().vpc("near", "cn-hangzhou", zones=["cn-hangzhou-h"])
        export.add("alicloud:vpc/switch:Switch", "other", "vsw-other", {"vpcId": "vpc-other", "zoneId": "cn-hangzhou-i"})
        done = CliRunner().invoke(main, ["inventory", str(export.written(tmp_path / "export.json"))])
        assert tomllib.loads(done.stdout)["vswitch"] == [
            {"id": "vsw-near-cn-hangzhou-h", "network": "vpc-near", "zone": "cn-hangzhou-h"}
        ]


def test_an_empty_table_leaves_what_the_input_knows(read):
    zones, urn = read("[network.shop]\n")
    assert zones.of(urn("shop")) is not None


def test_one_zone_of_two_is_not_known(read):
    zones, urn = read('[network.shop]\ncn-hangzhou-h = "vsw-2"\n')
    assert zones.of(urn("shop")) is None


def test_ten_zones_and_no_more(read):
    rows = [f'cn-hangzhou-{letter} = "vsw-{letter}"\n' for letter in "abcdefghilm"]
    zones, urn = read("[network.shop]\n" + "".join(rows[:10]))
    assert len(zones.of(urn("shop"))) == 10
    with pytest.raises(InvalidSettings, match=r"line 1, network\.shop: names 11 zones, and an attachment takes at most 10"):
        read("[network.shop]\n" + "".join(rows))


REFUSED = {
    "a zone of another region": (
        '[network.shop]\ncn-hangzhou-h = "vsw-2"\nus-west-1a = "vsw-4"\n',
        "line 3, network.shop.us-west-1a: lies in us-west-1, and the network lies in cn-hangzhou",
    ),
    "no zone": ('[network.shop]\n"cn-hangzhou" = "vsw-2"\n', "line 2, network.shop.cn-hangzhou: is no zone"),
    "one vSwitch for two zones": (
        '[network."vpc-plant"]\neu-central-1a = "vsw-4"\neu-central-1b = "vsw-4"\n',
        "line 3, network.vpc-plant.eu-central-1b: 'vsw-4' is the vSwitch of eu-central-1a as well",
    ),
    "one vSwitch under two names": (
        '[network.shop]\ncn-hangzhou-h = "vsw-2"\ncn-hangzhou-i = "shop-h"\n',
        "line 3, network.shop.cn-hangzhou-i: 'shop-h' is a vSwitch of cn-hangzhou-h",
    ),
    "a vSwitch of another network": (
        '[network."vpc-plant"]\neu-central-1a = "vsw-3"\n',
        "line 2, network.vpc-plant.eu-central-1a: 'vsw-3' is a vSwitch of cn-hangzhou-j",
    ),
    "a vSwitch of another network, whose zone is not known": (
        '[network.vpc-sales]\nus-west-1a = "shop-x"\n',
        "line 2, network.vpc-sales.us-west-1a: 'shop-x' is a vSwitch of shop",
    ),
    "a network that is not in the input": (
        '\n[network.shpo]\ncn-hangzhou-h = "vsw-2"\n',
        "line 2, network.shpo: is no network of the input; did you mean shop?",
    ),
    "a network twice": (
        '[network.shop]\n[network."vpc-shop"]\n',
        "line 2, network.vpc-shop: is the network of [network.shop]: keep one of the two",
    ),
    "a leased line": ("[network.vbr-1]\n", "line 1, network.vbr-1: is a VBR, which needs no zones"),
    "a VPC for a vSwitch": ('[network.shop]\ncn-hangzhou-h = "vpc-1"\n', "the id of a vSwitch was expected, not 'vpc-1'"),
    "a number": ("[network.shop]\ncn-hangzhou-h = 1\n", "line 2, network.shop.cn-hangzhou-h: a text was expected, not 1"),
    "an empty text": ('[network.shop]\ncn-hangzhou-h = ""\n', "line 2, network.shop.cn-hangzhou-h: is empty"),
    "no table": ('network = "shop"\n', "tables were expected"),
    "another key": ("[networks.shop]\n", "line 1, networks: is not a key of this file; did you mean network?"),
    "no TOML": ("[network\n", "is not TOML"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_is_refused_with_the_line(read, name):
    text, said = REFUSED[name]
    with pytest.raises(InvalidSettings) as refused:
        read(text)
    assert said in str(refused.value)
    assert str(refused.value).count("zones.toml") == 1


def test_a_name_of_two_networks_is_refused(tmp_path):
    world = a_world().instance().attach("cn-hangzhou", "a", network="vpc-1").attach("cn-hangzhou", "b", network="vpc-2")
    zones = Zones(today_in(world), {"vpc-1": "same", "vpc-2": "same"})
    path = tmp_path / "zones.toml"
    path.write_text("[network.same]\n")
    with pytest.raises(InvalidSettings, match="is the name of several networks"):
        zones.read(path)
