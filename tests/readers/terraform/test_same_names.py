"""Programs in which everything is called `this`: sentences tell them apart, and whoever names one does so as before."""

import json

import pytest

from cenguard.commands.cli import main
from tests.readers.terraform.documents import load, report_of
from tests.readers.terraform.test_computed_indexes import configured
from tests.readers.terraform.test_many_instances import change

INSTANCE, ROUTER = "alicloud_cen_instance", "alicloud_cen_transit_router"
LINE, JOINING = "alicloud_express_connect_virtual_border_router", "alicloud_cen_transit_router_vbr_attachment"
PROBE = "alicloud_cen_vbr_health_check"


def plan(joining="this"):
    """A leased line that is attached and probed; the probe waits for nothing."""
    of_instance = [f"{INSTANCE}.this.id", f"{INSTANCE}.this"]
    of_line = [f"{LINE}.this.id", f"{LINE}.this"]
    program = [
        configured(INSTANCE, "this"),
        configured(ROUTER, "this", cen_id=of_instance),
        configured(LINE, "this"),
        configured(JOINING, joining, cen_id=of_instance, vbr_id=of_line, transit_router_id=[f"{ROUTER}.this.transit_router_id"]),
        configured(PROBE, "this", cen_id=of_instance, vbr_instance_id=of_line),
    ]
    unknown = {ROUTER: ("cen_id", "transit_router_id"), JOINING: ("cen_id", "vbr_id", "transit_router_id")}
    unknown[PROBE] = ("cen_id", "vbr_instance_id")
    document = load("tofu-basic-create")
    for key in ("prior_state", "planned_values", "relevant_attributes", "resource_drift"):
        document.pop(key, None)
    provider = {"alicloud": {"name": "alicloud", "expressions": {"region": {"constant_value": "cn-hangzhou"}}}}
    changes = [
        change(item["address"], {"vbr_instance_region_id": "cn-hangzhou"}, ("id", *unknown.get(item["type"], ())))
        for item in program
    ]
    root = {"provider_config": provider, "root_module": {"resources": program}}
    return {**document, "variables": {}, "configuration": root, "resource_changes": changes}


def sentence(document):
    (found,) = (item for item in report_of(document).findings if item.rule == "CEN112")
    return found


def test_each_is_called_by_its_address():
    found = sentence(plan())

    assert found.message.startswith(
        f"Health check {PROBE}.this does not depend on {JOINING}.this, which attaches its leased line"
    )
    assert found.resource == "this", "what programs read is the name, as ever"


def test_a_name_that_one_has_alone_is_enough():
    assert " does not depend on line, which" in sentence(plan("line")).message


def test_a_person_sees_addresses_marked_as_names(tmp_path, capsys):
    place = tmp_path / "plan.json"
    place.write_text(json.dumps(plan()))
    with pytest.raises(SystemExit):
        main(["check", str(place)])

    assert f"`{JOINING}.this`" in " ".join(capsys.readouterr().out.split())


def test_a_package_and_its_attachment_may_have_one_name():
    """Nobody takes the one for the other, and sentences stay short."""
    messages = [item.message for item in report_of(load("terraform-basic-create")).findings]

    assert any("Package china_us" in message for message in messages)
    assert not any("alicloud_cen_bandwidth_package" in message for message in messages)


def test_in_pulumi_the_kind_stands_behind_the_name():
    start = "urn:pulumi:dev::net::alicloud:cen/"
    core, near = f"{start}instance:Instance::core", f"{start}transitRouter:TransitRouter::core"
    hall = f"{start}transitRouterVpcAttachment:TransitRouterVpcAttachment::core"
    inputs = {"vpcId": "vpc-1", "zoneMappings": [{"zoneId": "cn-hangzhou-h", "vswitchId": "vsw-1"}]}
    known = {core: ({}, {}), near: ({}, {"cenId": [core]}), hall: (inputs, {"cenId": [core], "transitRouterId": [near]})}
    steps = []
    for urn, (given, named) in known.items():
        unknown = dict.fromkeys(named, "04da6b54-80e4-46f7-96ec-b56ff0331ba9")
        state = {
            "urn": urn,
            "type": urn.split("::")[2],
            "custom": True,
            "inputs": {**given, **unknown},
            "propertyDependencies": named,
        }
        steps.append({"op": "create", "urn": urn, "newState": state})
    report = report_of(json.dumps({"config": {}, "steps": steps, "changeSummary": {"create": len(steps)}}).encode())

    assert "core (TransitRouterVpcAttachment) maps one zone" in " ".join(item.message for item in report.findings)


def test_a_module_calls_its_own_resources_as_it_always_does():
    """A block of a module that is called twice is changed once: no name is left to fill in, and nothing is handed through."""
    document = plan()
    root = document["configuration"]["root_module"]
    call = {"source": "./line", "count_expression": {"constant_value": 2}, "module": {"resources": root.pop("resources")}}
    root["module_calls"] = {"line": call}
    for item in document["resource_changes"]:
        item["address"], item["module_address"] = f"module.line[0].{item['address']}", "module.line[0]"
    code = sentence(document).fix.code.text

    assert f"depends_on = [{JOINING}.this]" in code
    assert "<" not in code
    assert "handed through" not in code
