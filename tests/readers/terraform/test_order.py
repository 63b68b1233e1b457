"""What a resource of a plan waits for, and what it is made from through resources of other providers."""

import json
import shutil

import pytest

from cenguard.readers.sources import read_document
from cenguard.sources import lines
from tests.readers.terraform.documents import RECORDINGS, configured, load, pairs, read, report_of, undetermined, violated

FILTERED, HANDED_ON, ROUTERS = "tofu-filtered-for-each", "tofu-handed-on", "tofu-routers-handed-on"
LIMIT, ATTACHMENT = "alicloud_cen_bandwidth_limit.spoke", "alicloud_cen_instance_attachment.net"


@pytest.fixture
def beside(tmp_path):
    """Reads a recorded plan beside its files, or with no file at all."""

    def put(folder, document, *, files):
        if files:
            shutil.copy(RECORDINGS / folder / "main.tf", tmp_path)
        lines.forget()
        place = tmp_path / "plan.json"
        place.write_text(json.dumps(document))
        return read_document(place.read_bytes(), str(place))

    return put


def waits(records, address):
    (found,) = (item for item in records.resources if item.urn == address)
    return set(found.dependencies)


@pytest.mark.parametrize("files", [True, False], ids=["files", "no files"])
def test_an_index_that_is_no_constant_waits_for_all_instances(beside, files):
    """`net[local.hub]` beside `net[each.key]`: neither is created before every `net`, as the tools order it."""
    records = beside(FILTERED, load(FILTERED), files=files)

    assert {f'{ATTACHMENT}["{key}"]' for key in ("bj", "us", "eu")} <= waits(records, f'{LIMIT}["us"]')
    assert violated(report_of(records)) == []
    assert pairs(report_of(records))["cn-beijing", "us-west-1"] == ("funded", 4)


def test_an_index_that_is_one_waits_for_that_instance():
    document = load(FILTERED)
    named = f'{ATTACHMENT}["us"]'
    regions = {"references": [f"{named}.child_instance_region_id", named, ATTACHMENT]}
    configured(document, LIMIT)["expressions"]["region_ids"] = regions

    found = waits(read(document), f'{LIMIT}["us"]')
    assert named in found
    assert f'{ATTACHMENT}["eu"]' not in found


def with_sites(count, reference):
    """A limit beside as many modules of one attachment each, whose output it names."""
    site = {
        "resources": [{"address": ATTACHMENT, "type": "alicloud_cen_instance_attachment", "mode": "managed", "expressions": {}}],
        "outputs": {"id": {"expression": {"references": [f"{ATTACHMENT}.id", ATTACHMENT]}}},
    }
    limit = {
        "address": LIMIT,
        "type": "alicloud_cen_bandwidth_limit",
        "mode": "managed",
        "expressions": {"instance_id": {"references": reference}},
    }
    document = load("tofu-basic-create")
    document["resource_changes"] = [
        {"address": address, "mode": "managed", "type": kind, "change": {"actions": ["create"], "after": {}}}
        for address, kind in (
            *((f'module.site["{key}"].{ATTACHMENT}', "alicloud_cen_instance_attachment") for key in range(count)),
            (LIMIT, "alicloud_cen_bandwidth_limit"),
        )
    ]
    calls = {"site": {"source": "./site", "module": site, "for_each_expression": {"references": ["var.sites"]}}}
    document["configuration"]["root_module"] = {"resources": [limit], "module_calls": calls}
    return document


@pytest.mark.parametrize("reference", [['module.site["1"].id', 'module.site["1"]', "module.site"], ["module.site", "var.site"]])
def test_an_output_of_one_instance_of_a_module_waits_for_all_of_them(reference):
    found = waits(read(with_sites(3, reference)), LIMIT)

    assert found == {f'module.site["{key}"].{ATTACHMENT}' for key in range(3)}


def test_outputs_of_many_instances_are_waited_for_as_one():
    records = read(with_sites(300, ["module.site", "var.site"]))
    (group,) = waits(records, LIMIT)

    assert waits(records, group) == {f'module.site["{key}"].{ATTACHMENT}' for key in range(300)}


@pytest.mark.parametrize("files", [True, False], ids=["files", "no files"])
def test_an_id_that_terraform_data_hands_on_is_that_id(beside, files):
    """`terraform_data.cen.output` is its `input`; of an object that holds more, the type tells what is meant."""
    report = report_of(beside(HANDED_ON, load(HANDED_ON), files=files))

    assert violated(report) == undetermined(report) == []
    assert pairs(report) == {("cn-beijing", "us-west-1"): ("funded", 4)}


def test_an_argument_of_another_provider_hands_on_what_it_is_made_of():
    text = json.dumps(load(HANDED_ON)).replace("terraform_data", "time_sleep").replace(".output", ".triggers")
    document = json.loads(text.replace('"input"', '"triggers"'))
    report = report_of(document)

    assert undetermined(report) == []
    assert pairs(report) == {("cn-beijing", "us-west-1"): ("funded", 4)}


def test_what_a_provider_makes_is_none_of_its_arguments():
    """`id` of `terraform_data` is its own."""
    document = json.loads(json.dumps(load(HANDED_ON)).replace("terraform_data.cen.output", "terraform_data.cen.id"))

    assert "CEN201" in undetermined(report_of(document))


@pytest.mark.parametrize(("files", "found"), [(True, ("funded", 5)), (False, None)], ids=["files", "no files"])
def test_members_of_an_object_that_is_handed_on_are_told_apart_by_the_files(beside, files, found):
    report = report_of(beside(ROUTERS, load(ROUTERS), files=files))

    assert violated(report) == []
    assert pairs(report).get(("cn-hangzhou", "eu-central-1")) == found or (found is None and undetermined(report))


def test_what_hands_itself_on_ends():
    document = load(HANDED_ON)
    configured(document, "terraform_data.cen")["expressions"]["input"] = {
        "references": ["terraform_data.cen.output", "terraform_data.cen"]
    }

    assert violated(report_of(document)) == []


@pytest.mark.parametrize(("left_out", "violations"), [(None, []), ("module.outer", ["CEN211"]), ("bound", ["CEN211"])])
def test_what_waits_for_a_module_waits_for_all_modules_in_it(left_out, violations):
    """The limit waits for a module, the networks of which a module in it attaches, and for a package's attachment with `count`."""
    document = load("tofu-depends-on-module")
    limit = configured(document, "alicloud_cen_bandwidth_limit.us")
    gone = "alicloud_cen_bandwidth_package_attachment.p" if left_out == "bound" else left_out
    assert len(limit["depends_on"]) == 2
    limit["depends_on"] = [name for name in limit["depends_on"] if name != gone]

    assert violated(report_of(document)) == violations
