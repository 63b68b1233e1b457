"""What Terraform marks as sensitive stands in its documents in clear, and not in the new ones: numbers, areas and regions neither."""

import json
from pathlib import Path

import pytest

from cenguard.commands.anonymising.files import anonymise
from cenguard.geography.catalogue import default_catalogue

CREATE = Path(__file__).parents[2] / "recordings" / "terraform" / "terraform-basic-create"
PACKAGE, LIMIT = "alicloud_cen_bandwidth_package.china_us", "alicloud_cen_bandwidth_limit.bj_us"


def written(document, tmp_path):
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    return anonymise([path], default_catalogue()).texts[str(path)]


def test_a_plan_holds_no_number_that_it_marks(tmp_path):
    document = json.loads((CREATE / "plan.json").read_text())
    for entry in document["resource_changes"]:
        if entry["address"] == PACKAGE:
            entry["change"]["after"]["bandwidth"] = 7777
            entry["change"]["after_sensitive"] = {"bandwidth": True}
    for entry in document["planned_values"]["root_module"]["resources"]:
        if entry["address"] == PACKAGE:
            entry["values"]["bandwidth"] = 7777
            entry["sensitive_values"] = {"bandwidth": True}
    document["variables"] = {"mbps": {"value": 7777}, "count": {"value": 12}}
    document["configuration"]["root_module"]["variables"] = {"mbps": {"default": 7777, "sensitive": True}, "count": {}}
    new = written(document, tmp_path)

    assert "7777" not in new
    assert '"value":12' in new.replace(" ", "")


@pytest.mark.parametrize(
    ("name", "value", "mark"),
    [
        ("bandwidth_limit", 7777, True),
        ("region_ids", ["eu-west-1", "us-west-1"], [True, False]),
        ("region_ids", ["eu-west-1", "us-west-1"], True),
    ],
)
def test_nor_does_a_state(name, value, mark, tmp_path):
    state = json.loads((CREATE / "state.json").read_text())
    for entry in state["values"]["root_module"]["resources"]:
        if entry["address"] == LIMIT:
            entry["values"] |= {name: value, "id": "cen-1:a:b"}
            entry["sensitive_values"] = {name: mark}
    new = written(state, tmp_path)

    assert "7777" not in new
    assert "eu-west-1" not in new


def at(*names):
    """A path in a raw state, as Terraform writes it: an index stands with its type."""
    kinds = {int: "number", str: "string"}
    return [
        {"type": "get_attr", "value": names[0]},
        *({"type": "index", "value": {"value": name, "type": kinds[type(name)]}} for name in names[1:]),
    ]


@pytest.mark.parametrize(
    ("attributes", "path"),
    [
        ({"bandwidth": 7777}, at("bandwidth")),
        ({"tags": {"mbps": "7777", "place": "cn-beijing"}}, at("tags", "mbps")),
        ({"sizes": [1, 7777]}, at("sizes", 1)),
        ({"input": {"value": {"mbps": 7777}, "type": ["object", {"mbps": "number"}]}}, [*at("input"), *at("mbps")]),
    ],
)
def test_nor_does_a_raw_state(attributes, path, tmp_path):
    instance = {"schema_version": 0, "attributes": {"id": "cenbwp-1", **attributes}, "sensitive_attributes": [path]}
    package = {
        "mode": "managed",
        "type": "alicloud_cen_bandwidth_package",
        "name": "package",
        "provider": 'provider["registry.terraform.io/aliyun/alicloud"]',
        "instances": [instance],
    }
    outputs = {"mbps": {"value": 7777, "type": "number", "sensitive": True}}
    state = {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": outputs, "resources": [package]}

    assert "7777" not in written(state, tmp_path)


def test_nor_does_what_an_action_is_given(tmp_path):
    document = json.loads((CREATE.parent / "terraform-actions-update" / "plan.json").read_text())
    document["action_invocations"][0] |= {
        "config_values": {"message": "told", "sizes": [7777]},
        "config_sensitive": {"sizes": True},
    }

    assert "7777" not in written(document, tmp_path)
