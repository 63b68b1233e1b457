"""What `cenguard inventory` says beside the file that it writes."""

import json

from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.inventories import inventory_of_records, read_inventories
from cenguard.testing import a_world, said
from tests.readers.documents import RECORDINGS


def written(tmp_path, document, *options):
    """What it says of an export."""
    (tmp_path / "export.json").write_text(json.dumps(document))
    done = CliRunner().invoke(main, ["inventory", str(tmp_path / "export.json"), "-o", str(tmp_path / "net.toml"), *options])
    assert done.exit_code == 0
    return done.stderr


def export():
    return json.loads((RECORDINGS / "basic-unchanged" / "export.json").read_text())


def test_a_region_that_a_check_would_refuse_is_told_with_what_it_takes(tmp_path):
    document = export()
    for item in document["deployment"]["resources"]:
        for side in ("inputs", "outputs"):
            if item.get(side, {}).get("childInstanceRegionId") == "us-west-1":
                item[side]["childInstanceRegionId"] = "us-mars-1"

    told = written(tmp_path, document)

    assert "note: us-mars-1 is not in the area catalogue" in told
    assert "a row for it in a file given with --areas" in told


def test_of_regions_that_the_catalogue_knows_nothing_is_said(tmp_path):
    assert "area catalogue" not in written(tmp_path, export())


def parts_of_a_network():
    """The exports of the stack that has the instance and Beijing, and of one that attaches Silicon Valley; no package in either."""
    network, shop = export(), export()
    attached = "alicloud:cen/instanceAttachment:InstanceAttachment"
    for document, (kind, name) in ((network, (attached, "att-sv")), (shop, ("alicloud:cen/instance:Instance", "core"))):
        left_out = [f"{kind}::{name}", "bandwidth"] + ["::att-bj"] * (document is shop)
        document["deployment"]["resources"] = [
            item for item in document["deployment"]["resources"] if not any(word in item["urn"] for word in left_out)
        ]
    for item in shop["deployment"]["resources"]:
        item.get("propertyDependencies", {}).pop("instanceId", None)  # an id that another stack handed over leaves no edge
    return network, json.loads(json.dumps(shop).replace("urn:pulumi:dev::network::", "urn:pulumi:dev::shop::"))


def asked(tmp_path, *arguments):
    """What a check of the second stack says of packages."""
    done = CliRunner().invoke(main, ["check", str(tmp_path / "shop.json"), *map(str, arguments), "--format", "json"])
    found = json.loads(done.stdout)["findings"]
    return {(item["rule"], item["verdict"]) for item in found if item["rule"] == "CEN201"}


def test_a_stack_without_a_package_does_not_say_that_there_is_none(tmp_path):
    network, shop = parts_of_a_network()
    (tmp_path / "shop.json").write_text(json.dumps(shop))
    told = written(tmp_path, network)

    assert "note: core has no package here, and one may have been bought in the console" in told
    assert 'packages = "unknown"' in (tmp_path / "net.toml").read_text()
    question = {("CEN201", "undetermined")}
    assert asked(tmp_path, tmp_path / "export.json") == question
    assert asked(tmp_path, "--inventory", tmp_path / "net.toml") == question
    assert asked(tmp_path, "--inventory", tmp_path / "export.json") == question


def test_the_word_of_its_people_that_there_is_none_counts(tmp_path):
    network, shop = parts_of_a_network()
    (tmp_path / "shop.json").write_text(json.dumps(shop))
    told = written(tmp_path, network, "--complete")

    assert "no package" not in told
    assert asked(tmp_path, "--inventory", tmp_path / "net.toml") == {("CEN201", "violated")}


def test_a_list_that_names_all_packages_counts_in_any_order(tmp_path):
    network, shop = parts_of_a_network()
    (tmp_path / "shop.json").write_text(json.dumps(shop))
    written(tmp_path, network, "--complete")
    (tmp_path / "net.toml").rename(tmp_path / "whole.toml")
    written(tmp_path, network)
    files = [tmp_path / "whole.toml", tmp_path / "net.toml"]

    for first, second in (files, reversed(files)):
        assert asked(tmp_path, "--inventory", first, "--inventory", second) == {("CEN201", "violated")}


def test_a_region_that_an_update_adds_has_no_package_for_certain(tmp_path):
    """As with the stack's own document: nothing was bought for a region that was not there."""
    network, _ = parts_of_a_network()
    written(tmp_path, network)
    (core,) = (item for item in network["deployment"]["resources"] if item["type"].endswith("cen/instance:Instance"))
    world = a_world().on(core["id"]).attach("us-west-1", "sv").inventory(read_inventories([tmp_path / "net.toml"]))

    assert [key[:15] for key in said(world) if key.startswith("CEN201")] == ["CEN201 violated"]
    assert [key[:15] for key in said(world.standing("sv")) if key.startswith("CEN201")] == ["CEN201 undeterm"]


def test_what_has_no_id_yet_has_areas_all_the_same(tmp_path):
    """The areas of a new package on an instance that stands were said not to be known."""
    world = a_world().instance(read="cen-1").attach("cn-beijing", "shop").attach("us-west-1", "sales")
    records = world.package("China", "Europe", 5, "silk").records()
    gathered = inventory_of_records([records], default_catalogue(), complete=True)

    assert gathered.notes == ("core is not marked complete: silk has no id yet: deploy first",)
