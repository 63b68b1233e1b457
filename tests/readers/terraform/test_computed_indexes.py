"""`x[count.index]` and `x[count.index * 2 + 1]` look alike in a plan: what an index is computed to is told by no document."""

import json

import pytest

from cenguard.readers.sources import read_document
from cenguard.sources import lines
from tests.readers.terraform.documents import RECORDINGS, load, report_of, violated
from tests.readers.terraform.test_many_instances import change

VPC, SWITCH, ROUTER = "alicloud_vpc", "alicloud_vswitch", "alicloud_cen_transit_router"
INSTANCE, ATTACHMENT = "alicloud_cen_instance", "alicloud_cen_transit_router_vpc_attachment"
ZONES = ["cn-hangzhou-h", "cn-hangzhou-i"]
COMPUTED = """
resource "alicloud_vpc" "net" {
  count = 2
}
resource "alicloud_vswitch" "part" {
  count  = 4
  vpc_id = alicloud_vpc.net[floor(count.index / 2)].id
}
resource "alicloud_cen_instance" "core" {}
resource "alicloud_cen_transit_router" "hub" {
  cen_id = alicloud_cen_instance.core.id
}
resource "alicloud_cen_transit_router_vpc_attachment" "join" {
  count             = 2
  cen_id            = alicloud_cen_instance.core.id
  transit_router_id = alicloud_cen_transit_router.hub.transit_router_id
  vpc_id            = alicloud_vpc.net[count.index].id
  zone_mappings {
    zone_id    = var.zones[0]
    vswitch_id = alicloud_vswitch.part[FIRST].id
  }
  zone_mappings {
    zone_id    = var.zones[1]
    vswitch_id = alicloud_vswitch.part[SECOND].id
  }
}
"""


def configured(kind, name, number=None, **expressions):
    many = {} if number is None else {"count_expression": {"constant_value": number}}
    place = {"address": f"{kind}.{name}", "type": kind, "name": name, "mode": "managed", "provider_config_key": "alicloud"}
    return {**place, "expressions": {key: {"references": value} for key, value in expressions.items()}, **many}


def plan(*, of_network, first, second):
    """Two networks with two vSwitches each; an attachment of each maps one vSwitch in each of two zones."""
    index = "count.index"
    joining = configured(
        ATTACHMENT,
        "join",
        2,
        cen_id=[f"{INSTANCE}.core.id", f"{INSTANCE}.core"],
        transit_router_id=[f"{ROUTER}.hub.transit_router_id", f"{ROUTER}.hub"],
        vpc_id=[f"{VPC}.net", index],
    )
    joining["expressions"]["zone_mappings"] = [
        {"zone_id": {"references": [f"var.zones[{number}]", "var.zones"]}, "vswitch_id": {"references": references}}
        for number, references in enumerate((first, second))
    ]
    program = [
        configured(VPC, "net", 2),
        configured(SWITCH, "part", 4, vpc_id=of_network),
        configured(INSTANCE, "core"),
        configured(ROUTER, "hub", cen_id=[f"{INSTANCE}.core.id", f"{INSTANCE}.core"]),
        joining,
    ]
    changes = [
        *(change(f"{VPC}.net[{number}]", {"cidr_block": f"10.{number}.0.0/16"}, ("id",)) for number in range(2)),
        *(
            change(
                f"{SWITCH}.part[{number}]",
                {"cidr_block": f"10.{number // 2}.{number % 2}.0/24", "zone_id": ZONES[number % 2]},
                ("id", "vpc_id"),
            )
            for number in range(4)
        ),
        change(f"{INSTANCE}.core", {}, ("id",)),
        change(f"{ROUTER}.hub", {}, ("id", "transit_router_id", "cen_id")),
    ]
    for number in range(2):
        made = change(
            f"{ATTACHMENT}.join[{number}]",
            {"zone_mappings": [{"zone_id": zone} for zone in ZONES]},
            ("id", "cen_id", "transit_router_id", "vpc_id", "transit_router_attachment_id"),
        )
        made["change"]["after_unknown"]["zone_mappings"] = [{"vswitch_id": True}, {"vswitch_id": True}]
        changes.append(made)
    document = load("tofu-basic-create")
    for key in ("prior_state", "planned_values", "relevant_attributes", "resource_drift"):
        document.pop(key, None)
    provider = {"alicloud": {"name": "alicloud", "expressions": {"region": {"constant_value": "cn-hangzhou"}}}}
    return {
        **document,
        "variables": {"zones": {"value": ZONES}, "create": {"value": True}, "other_vswitch": {"value": "vsw-1"}},
        "configuration": {"provider_config": provider, "root_module": {"resources": program, "variables": {"zones": {}}}},
        "resource_changes": changes,
    }


def edges(records, address, name):
    (found,) = (item for item in records.resources if item.urn == address)
    return found.property_dependencies.get(name)


LIST = [f"{SWITCH}.part", "count.index", "var.zones"]
"""`part[count.index * length(var.zones)]`."""
ALONE = [f"{SWITCH}.part", "count.index"]
"""`part[count.index * 2]`, or `part[count.index]`."""
OF_NETWORK = [f"{VPC}.net", "count.index", "var.zones"]
"""`net[floor(count.index / length(var.zones))]`."""


@pytest.mark.parametrize("index", [LIST, ALONE])
def test_an_index_with_arithmetic_is_no_mapping_of_one_vswitch_twice(index):
    report = report_of(plan(of_network=OF_NETWORK, first=index, second=index))

    assert "CEN319" not in violated(report), [item.message for item in report.findings]


def test_the_network_of_a_vswitch_with_a_computed_index_is_not_told():
    """Else a vSwitch that is named outright lies "in another VPC"."""
    document = plan(of_network=OF_NETWORK, first=[f"{SWITCH}.part[2].id"], second=[f"{SWITCH}.part[3].id"])

    assert "CEN319" not in violated(report_of(document))


def test_an_alternative_beside_an_index_leaves_it_told():
    """`var.create ? part[count.index].id : var.other_vswitch`."""
    chosen = ["var.create", f"{VPC}.net", "count.index", "var.other_vswitch"]
    document = plan(of_network=OF_NETWORK, first=LIST, second=LIST)
    joining = document["configuration"]["root_module"]["resources"][-1]
    joining["expressions"]["vpc_id"] = {"references": chosen}
    read = read_document(json.dumps(document).encode(), "plan.json", "")

    assert edges(read, f"{ATTACHMENT}.join[1]", "vpcId") == (f"{VPC}.net[1]",)


@pytest.mark.parametrize("index", ["(count.index + 1) % length(alicloud_vpc.net)", "local.order[count.index]"])
def test_an_index_that_goes_round_is_not_told(index):
    more = [f"{VPC}.net"] if "length" in index else []
    document = plan(of_network=OF_NETWORK, first=LIST, second=LIST)
    joining = document["configuration"]["root_module"]["resources"][-1]
    before = ["local.order"] if "local" in index else []
    joining["expressions"]["vpc_id"] = {"references": [f"{VPC}.net", *before, "count.index", *more]}
    read = read_document(json.dumps(document).encode(), "plan.json", "")

    assert {f"{VPC}.net[0]", f"{VPC}.net[1]"} <= set(edges(read, f"{ATTACHMENT}.join[1]", "vpcId"))


class TestFilesBeside:
    """Where the program lies beside the plan, it says what an index is."""

    def read(self, folder, first, second, references):
        folder.joinpath("main.tf").write_text(COMPUTED.replace("FIRST", first).replace("SECOND", second))
        lines.forget()
        place = folder / "plan.json"
        place.write_text(json.dumps(plan(of_network=[f"{VPC}.net", "count.index"], first=references, second=references)))
        return read_document(place.read_bytes(), str(place))

    def test_arithmetic_is_seen(self, tmp_path):
        records = self.read(tmp_path, "count.index * 2", "count.index * 2 + 1", ALONE)

        assert edges(records, f"{SWITCH}.part[1]", "vpcId") == (f"{VPC}.net[0]", f"{VPC}.net[1]")
        assert edges(records, f"{ATTACHMENT}.join[1]", "vpcId") == (f"{VPC}.net[1]",)
        assert "CEN319" not in violated(report_of(records))

    def test_one_vswitch_for_two_zones_is_still_a_mistake(self, tmp_path):
        records = self.read(tmp_path, "count.index", "count.index", ALONE)

        assert violated(report_of(records)).count("CEN319") == 2

    def test_a_condition_on_a_list_is_no_arithmetic(self, tmp_path):
        written = "length(var.zones) > 1 ? alicloud_vpc.net[count.index].id : alicloud_vpc.net[count.index].id"
        text = COMPUTED.replace("vpc_id            = alicloud_vpc.net[count.index].id", f"vpc_id            = {written}")
        tmp_path.joinpath("main.tf").write_text(text.replace("FIRST", "count.index * 2").replace("SECOND", "count.index"))
        lines.forget()
        document = plan(of_network=OF_NETWORK, first=LIST, second=LIST)
        joining = document["configuration"]["root_module"]["resources"][-1]
        joining["expressions"]["vpc_id"] = {"references": ["var.zones", f"{VPC}.net", "count.index", f"{VPC}.net", "count.index"]}
        place = tmp_path / "plan.json"
        place.write_text(json.dumps(document))
        records = read_document(place.read_bytes(), str(place))

        assert edges(records, f"{ATTACHMENT}.join[1]", "vpcId") == (f"{VPC}.net[1]",)

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("element(alicloud_vpc.net[*].id, count.index)", (1,)),
            ("element(alicloud_vpc.net[*].id, count.index + 1)", (0, 1)),
            ("one([for place, net in alicloud_vpc.net : net.id if place != count.index])", (0, 1)),
        ],
    )
    def test_what_chooses_by_more_than_the_key_is_not_told(self, tmp_path, written, expected):
        text = COMPUTED.replace("vpc_id            = alicloud_vpc.net[count.index].id", f"vpc_id            = {written}")
        tmp_path.joinpath("main.tf").write_text(text.replace("FIRST", "count.index * 2").replace("SECOND", "count.index"))
        lines.forget()
        place = tmp_path / "plan.json"
        place.write_text(json.dumps(plan(of_network=OF_NETWORK, first=LIST, second=LIST)))
        records = read_document(place.read_bytes(), str(place))

        assert edges(records, f"{ATTACHMENT}.join[1]", "vpcId") == tuple(f"{VPC}.net[{number}]" for number in expected)


class TestCallsOfModules:
    """A module with `count` takes `core[1 - count.index].id`: which one each of its instances has, its call says and no plan."""

    FOLDER = "terraform-module-index"
    COMPUTED = "core[1 - count.index].id"

    def named(self, folder, written):
        for file in ("main.tf", "leg/main.tf", "plan.json"):
            place = folder / file
            place.parent.mkdir(exist_ok=True)
            place.write_text((RECORDINGS / self.FOLDER / file).read_text().replace(self.COMPUTED, written))
        lines.forget()
        place = folder / "plan.json"
        return edges(
            read_document(place.read_bytes(), str(place)), "module.leg[0].alicloud_cen_instance_attachment.b", "instanceId"
        )

    def test_a_computed_index_is_not_told(self, tmp_path):
        assert self.named(tmp_path, self.COMPUTED) == (f"{INSTANCE}.core[0]", f"{INSTANCE}.core[1]")

    def test_the_own_one_is(self, tmp_path):
        assert self.named(tmp_path, "core[count.index].id") == (f"{INSTANCE}.core[0]",)

    def test_without_the_files_two_arguments_alike_are_not_told(self):
        document = load(self.FOLDER)
        given = document["configuration"]["root_module"]["module_calls"]["leg"]["expressions"]
        given["vpc"] = given["cen"]
        read = read_document(json.dumps(document).encode(), "plan.json", "")

        assert edges(read, "module.leg[0].alicloud_cen_instance_attachment.b", "instanceId") == (
            f"{INSTANCE}.core[0]",
            f"{INSTANCE}.core[1]",
        )
