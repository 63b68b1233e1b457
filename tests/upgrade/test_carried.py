"""What stands beside the networks and is carried over, and what is known of the networks' owners, as the written program has it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.judging.gathering import gathered
from cenguard.upgrade.planning import plan_of
from tests.upgrade.exports import Export, three_regions, urn_of
from tests.upgrade.plans import names

STATE = Path(__file__).parents[1] / "recordings" / "terraform" / "terraform-basic-create" / "terraform.tfstate"
MAP = {
    "cen_region_id": "cn-beijing",
    "cidr_match_mode": "Include",
    "description": "keep",
    "destination_cidr_blocks": ["10.5.0.0/16"],
    "destination_instance_ids_reverse_match": False,
    "map_result": "Permit",
    "priority": 3,
    "source_region_ids": ["us-west-1"],
    "transmit_direction": "RegionIn",
}
ANSWERED = {
    "id": "cen-1:cenrmap-1",
    "route_map_id": "cenrmap-1",
    "status": "Active",
    "transit_router_route_table_id": "vtb-basic",
    "as_path_match_mode": "",
    "community_match_mode": "",
    "community_operate_mode": "",
    "match_asns": [],
    "next_priority": 0,
    "preference": 0,
    "route_types": None,
    "timeouts": None,
}
"""What a state has beside that: the provider refuses each of it in a program, an empty text and a zero too."""


def standing(folder):
    """A state of Terraform with a route map and an advertised route."""
    state = json.loads(STATE.read_text())
    (cen,) = (item["instances"][0]["attributes"]["id"] for item in state["resources"] if item["type"] == "alicloud_cen_instance")
    entry = {
        "instance_id": cen,
        "route_table_id": "vtb-1",
        "cidr_block": "10.99.0.0/16",
        "id": f"{cen}:vtb-1:10.99.0.0/16",
        "timeouts": None,
    }
    for kind, attributes in (("route_map", {**MAP, **ANSWERED, "cen_id": cen}), ("route_entry", entry)):
        instance = {"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}
        provider = state["resources"][0]["provider"]
        made = {"mode": "managed", "type": f"alicloud_cen_{kind}", "name": "kept", "provider": provider, "instances": [instance]}
        state["resources"].append(made)
    path = folder / "terraform.tfstate"
    path.write_text(json.dumps(state))
    return path


def test_of_a_state_what_the_service_answers_is_not_said_again(tmp_path):
    """`id`, `route_map_id` and `status` stood in the program: no provider takes them, and Python did not run."""
    options, records = gathered([str(standing(tmp_path))], start=tmp_path)
    found = plan_of(records, options, source="state")
    made, entry = (edit.properties for edit in found.carried)

    assert set(made) == {
        "cenId",
        "cenRegionId",
        "cidrMatchMode",
        "description",
        "destinationCidrBlocks",
        "destinationInstanceIdsReverseMatch",
        "mapResult",
        "priority",
        "sourceRegionIds",
        "transmitDirection",
        "transitRouterRouteTableId",
    }
    assert made["transitRouterRouteTableId"].urn.startswith("new:")
    assert entry == {"instanceId": found.new.cen, "routeTableId": "vtb-1", "cidrBlock": "10.99.0.0/16"}


def test_a_route_map_that_is_retained_is_carried_too(tmp_path):
    """With another one beside it this was a KeyError."""
    options, records = gathered(
        [str(three_regions().route_map("other", "us-west-1").written(tmp_path / "e.json"))], start=tmp_path
    )
    (source,) = records
    (kept,) = (item for item in source.resources if item.name == "keep-out")
    source.resources.remove(kept)
    source.retained.append(kept)
    found = plan_of(records, options, source="e.json").answer

    assert names(item.from_ for item in found.carried) == ["keep-out", "other"]


@pytest.mark.parametrize("kind", ["VPC", "VBR"])
def test_an_owner_that_is_not_known_is_not_left_out(tmp_path, kind):
    """The attachment was written without its owner, for the account's own network, and the service would not find it."""
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "xx"}
    export = Export().vpc("shop", "cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i"])
    export.attach("line", f"{kind.lower()}-line", kind, "cn-hangzhou", owner=secret)
    zones = tmp_path / "zones.toml"
    zones.write_text('[network.vpc-line]\ncn-hangzhou-h = "vsw-1"\ncn-hangzhou-i = "vsw-2"\n' if kind == "VPC" else "")
    document = str(export.written(tmp_path / "e.json"))
    done = CliRunner().invoke(main, ["upgrade", document, "--zones", str(zones), "--program", str(tmp_path / "new")])

    assert (done.exit_code, (tmp_path / "new").exists()) == (2, False)
    assert "none is known of the owner of" in done.stderr


@pytest.mark.parametrize("told", [True, False])
def test_an_advertised_route_is_in_the_region_of_its_provider(tmp_path, told):
    """One of a table that is not in the input was advertised in the first region by name."""
    export = three_regions()
    other = urn_of("pulumi:providers:alicloud", "pacific")
    region = {"region": "us-west-1"} if told else {}
    export.resources.append({"urn": other, "type": "pulumi:providers:alicloud", "id": "p-2", "inputs": region, "custom": True})
    entry = {"instanceId": "cen-core", "routeTableId": "vtb-9", "cidrBlock": "10.99.0.0/16"}
    export.add("alicloud:cen/routeEntry:RouteEntry", "told", "cen-core:vtb-9:10.99.0.0/16", entry)
    export.resources[-1]["provider"] = f"{other}::p-2"
    document = str(export.written(tmp_path / "e.json"))
    done = CliRunner().invoke(main, ["upgrade", document, "--language", "yaml", "--program", str(tmp_path / "new")])

    if told:
        (route,) = re.findall(r"  core-told:\n(?:    .*\n)+", (tmp_path / "new" / "Pulumi.yaml").read_text())
        assert "provider: ${us-west-1}" in route
    else:
        assert (done.exit_code, (tmp_path / "new").exists()) == (2, False)
        assert "none is known of the region of the route table of core-told" in done.stderr
