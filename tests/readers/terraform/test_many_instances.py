"""Instances of one resource: what is alike in them is worked out once, and what hangs on the key is each one's own."""

import pytest

from cenguard.readers.terraform.configuration import Program
from cenguard.resources.values import UNKNOWN
from tests.readers.terraform.documents import load, read

BASIC = "tofu-basic-create"
INSTANCE, ATTACHMENT = "alicloud_cen_instance", "alicloud_cen_instance_attachment"


def change(address, after, unknown):
    return {
        "address": address,
        "mode": "managed",
        "type": address.rpartition(".")[0].rpartition(".")[2],
        "change": {
            "actions": ["create"],
            "before": None,
            "after": after,
            "after_unknown": dict.fromkeys(unknown, True),
            "before_sensitive": False,
            "after_sensitive": {},
        },
    }


def attached(address, number, **more):
    after = {"child_instance_id": f"vpc-{number}", "child_instance_region_id": "cn-beijing", "child_instance_type": "VPC"}
    return change(address, {**after, "cen_owner_id": None, **more}, ("id", "instance_id", "child_instance_owner_id"))


def program(instance_id, number, **calls):
    """A program with one instance for each key, and the attachment to it."""
    attachment = {
        "address": f"{ATTACHMENT}.net",
        "type": ATTACHMENT,
        "mode": "managed",
        "provider_config_key": "alicloud",
        "expressions": {
            "child_instance_id": {"references": ["each.value.vpc", "each.value"]},
            "child_instance_region_id": {"references": ["var.region"]},
            "child_instance_type": {"constant_value": "VPC"},
            "instance_id": {"references": instance_id},
        },
        **number,
    }
    core = {"address": f"{INSTANCE}.core", "type": INSTANCE, "mode": "managed", "expressions": {}, **number}
    return {"resources": [attachment, core], **calls}


def plan(module, changes, **variables):
    document = load(BASIC)
    for key in ("prior_state", "planned_values", "relevant_attributes", "resource_drift"):
        document.pop(key, None)
    given = {name: {"value": value} for name, value in variables.items()}
    return {**document, "variables": given, "configuration": {"root_module": module}, "resource_changes": changes}


def keyed(count):
    """A plan with `for_each` in its root."""
    number = {"for_each_expression": {"references": ["var.nets"]}}
    module = program([f"{INSTANCE}.core", "each.key"], number)
    changes = [change(f'{INSTANCE}.core["{key}"]', {}, ("id",)) for key in range(count)]
    changes += [attached(f'{ATTACHMENT}.net["{key}"]', key) for key in range(count)]
    return plan(module, changes, nets={str(key): {"vpc": f"vpc-{key}"} for key in range(count)}, region="cn-beijing")


def in_modules(count):
    """The same in as many modules, which get everything through variables."""
    inner = program([f"{INSTANCE}.core.id", f"{INSTANCE}.core"], {})
    inner["resources"][0]["expressions"]["child_instance_id"] = {"references": ["var.net.vpc", "var.net"]}
    call = {
        "source": "./net",
        "module": inner,
        "expressions": {"net": {"references": ["each.value"]}, "region": {"references": ["var.region"]}},
        "for_each_expression": {"references": ["var.nets"]},
    }
    changes = [change(f'module.net["{key}"].{INSTANCE}.core', {}, ("id",)) for key in range(count)]
    changes += [attached(f'module.net["{key}"].{ATTACHMENT}.net', key) for key in range(count)]
    nets = {str(key): {"vpc": f"vpc-{key}"} for key in range(count)}
    return plan({"module_calls": {"net": call}}, changes, nets=nets, region="cn-beijing")


def attachments(document):
    return {item.urn: item for item in read(document).resources if f"{ATTACHMENT}." in item.urn}


def test_each_is_made_from_the_instance_of_its_own_key():
    found = attachments(keyed(3))

    for key in range(3):
        item = found[f'{ATTACHMENT}.net["{key}"]']
        assert item.property_dependencies == {"instanceId": (f'{INSTANCE}.core["{key}"]',)}
        assert set(item.dependencies) == {f'{INSTANCE}.core["{each}"]' for each in range(3)}, "the tools wait for all of them"
        assert item.inputs["childInstanceId"] == f"vpc-{key}"
        assert item.inputs["instanceId"] is UNKNOWN


def test_each_module_has_its_own():
    found = attachments(in_modules(3))

    for key in range(3):
        item = found[f'module.net["{key}"].{ATTACHMENT}.net']
        assert item.property_dependencies == {"instanceId": (f'module.net["{key}"].{INSTANCE}.core',)}


@pytest.mark.parametrize(
    "references", [["local.cores"], ["module.hub.core_ids", "each.value"], [f"{INSTANCE}.core", "count.index"]]
)
def test_what_may_hang_on_the_key_is_followed_for_each(references):
    document = keyed(3)
    document["configuration"]["root_module"]["resources"][0]["expressions"]["instance_id"] = {"references": references}

    found = attachments(document)
    named = [item.property_dependencies["instanceId"] for item in found.values()]
    if references[-1] == "count.index":
        assert named == [(f'{INSTANCE}.core["{key}"]',) for key in range(3)]
    else:
        assert len(set(named)) == 1


@pytest.mark.parametrize(("make", "each"), [(keyed, 2), (in_modules, 8)])
def test_what_is_the_same_for_all_is_followed_once(make, each, monkeypatch):
    """`var.region` and `each.value.vpc` lead nowhere for any key; the instance is followed for each attachment alone."""
    calls = []
    targets = Program.targets
    monkeypatch.setattr(Program, "targets", lambda *given, **how: calls.append(given[1]) or targets(*given, **how))

    read(make(10))
    few = len(calls)
    read(make(60))
    assert len(calls) - few - few <= 50 * each, calls


class TestAlike:
    """Attachments are alike in type, marks and written attributes; what differs in the values is each one's own."""

    def changed(self, **after):
        document = keyed(4)
        document["resource_changes"][-2]["change"]["after"].update(after)
        return list(attachments(document).values())

    def test_another_one_is_null(self):
        found = self.changed(child_instance_region_id=None)
        assert ["childInstanceRegionId" in item.inputs for item in found] == [True, True, False, True]
        found = self.changed(child_instance_type=None)  # though the program writes one: it cannot be read
        assert [item.inputs["childInstanceType"] for item in found] == ["VPC", "VPC", UNKNOWN, "VPC"]

    def test_another_one_is_set(self):
        found = self.changed(cen_owner_id="1234")
        assert [item.inputs.get("cenOwnerId") for item in found] == [None] * 4  # an owner that nobody wrote is the account's own

    def test_one_has_an_attribute_more(self):
        found = self.changed(tags={"team": "net"})
        assert [item.inputs.get("tags") for item in found] == [None, None, {"team": "net"}, None]

    def test_one_has_another_in_its_place(self):
        document = keyed(4)
        after = document["resource_changes"][-2]["change"]["after"]
        del after["cen_owner_id"]
        after["tags"] = {"team": "net"}
        found = list(attachments(document).values())
        assert [item.inputs.get("tags") for item in found] == [None, None, {"team": "net"}, None]

    def test_blocks_of_each_are_renamed(self):
        document = keyed(3)
        for number, item in enumerate(document["resource_changes"][-3:]):
            item["change"]["after"]["zones"] = [{"zone_id": f"cn-beijing-{number}"}] * number
        found = list(attachments(document).values())
        assert [item.inputs["zones"] for item in found] == [[], [{"zoneId": "cn-beijing-1"}], [{"zoneId": "cn-beijing-2"}] * 2]

    def test_what_nobody_reads_is_as_each_writes_it(self):
        """A list in the one, a text in the other: no type of the provider has that, and a document may."""
        document = keyed(3)
        for item, value in zip(document["resource_changes"][-3:], (["a"], "b", None), strict=True):
            item["change"]["after"]["note"] = value
        found = list(attachments(document).values())
        assert [item.inputs.get("note") for item in found] == [["a"], "b", None]

    def test_a_null_that_the_program_writes_is_known_to_be_null_or_cannot_be_read(self):
        document = keyed(3)
        expressions = document["configuration"]["root_module"]["resources"][0]["expressions"]
        expressions["cen_owner_id"] = {"constant_value": "1234"}
        assert {item.inputs["cenOwnerId"] for item in attachments(document).values()} == {UNKNOWN}
        expressions["cen_owner_id"] = {"references": ["var.region"]}
        assert all("cenOwnerId" not in item.inputs for item in attachments(document).values())
