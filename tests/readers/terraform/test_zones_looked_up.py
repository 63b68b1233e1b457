"""Zones that a look-up gives, of a router whose region the environment says: most programs of one region are written so."""

from tests.readers.terraform.documents import configured, entry, load, report_of

ATTACHMENT = "alicloud_cen_transit_router_vpc_attachment.fra"
LOOK_UP = "data.alicloud_cen_transit_router_available_resources.here"
ZONES = f"{LOOK_UP}.resources[0].master_zones"


def looked_up():
    """The attachment in Frankfurt with zones that are looked up, and no region in the program."""
    document = load("tofu-enterprise")
    for config in document["configuration"]["provider_config"].values():
        config.get("expressions", {}).pop("region", None)
    asked = {"address": LOOK_UP, "mode": "data", "type": LOOK_UP.split(".")[1], "name": "here", "provider_config_key": "alicloud"}
    document["configuration"]["root_module"]["resources"].append({**asked, "expressions": {}})
    stood = {**asked, "values": {"resources": [{"master_zones": ["eu-central-1a"]}]}, "sensitive_values": {}}
    document["prior_state"] = {"format_version": "1.0", "values": {"root_module": {"resources": [stood]}}}
    for mapping in configured(document, ATTACHMENT)["expressions"]["zone_mappings"]:
        mapping["zone_id"] = {"references": [f"{ZONES}[0]", ZONES, LOOK_UP]}
    return document


def verdicts(document):
    """What CEN319 says of the attachment."""
    return {item.verdict for item in report_of(document).findings if (item.rule, item.urn) == ("CEN319", ATTACHMENT)}


def test_zones_of_vswitches_that_the_program_makes_there_are_right():
    assert verdicts(looked_up()) == set()


def test_a_vswitch_in_another_zone_is_seen_beside_a_look_up():
    document = looked_up()
    mappings = entry(document, ATTACHMENT)["change"]["after"]["zone_mappings"]
    mappings[0]["zone_id"] = "eu-central-1c"

    assert verdicts(document) == {"violated"}
