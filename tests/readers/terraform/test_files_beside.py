"""What no plan says, and the files that lie beside it do: what local values are made of, a condition on a region, `prevent_destroy`."""

import json

import pytest

from cenguard.readers.sources import read_document
from cenguard.readers.terraform.references import as_a_step
from cenguard.sources import lines
from cenguard.sources.local_values import UNKNOWN, arguments, local_values
from tests.readers.terraform.documents import (
    RECORDINGS,
    configured,
    entry,
    load,
    pairs,
    recorded,
    report_of,
    undetermined,
    violated,
)

ENTERPRISE, BASIC = "tofu-enterprise", "tofu-basic-create"
HUB = "alicloud_cen_transit_router_vpc_attachment.hz"
LIMIT = "alicloud_cen_bandwidth_limit.bj_us"


@pytest.fixture
def beside(tmp_path):
    """Writes a plan into a folder with files of Terraform, and reads it there."""

    def put(document, files):
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        lines.forget()
        place = tmp_path / "plan.json"
        place.write_text(json.dumps(document))
        return read_document(place.read_bytes(), str(place))

    return put


def edges(records, address, name):
    (found,) = (item for item in records.resources if item.urn == address)
    return found.property_dependencies.get(name)


def test_a_member_of_a_map_is_followed_by_the_key_of_the_instance(beside):
    files = {"main.tf": (RECORDINGS / ENTERPRISE / "main.tf").read_text()}
    records = beside(load(ENTERPRISE), files)
    start = 'alicloud_cen_transit_router_route_table_association.hz["{}"]'

    assert edges(records, start.format("hz-vpc"), "transitRouterAttachmentId") == (HUB,)
    assert edges(records, start.format("hz-sg"), "transitRouterAttachmentId") == (
        "alicloud_cen_transit_router_peer_attachment.hz_sg",
    )
    assert "CEN310" not in undetermined(report_of(records))


def test_what_a_local_hides_is_told_by_the_files_and_need_not_be_deployed():
    (hub,) = (item for item in report_of(load(ENTERPRISE)).findings if (item.rule, item.urn) == ("CEN310", HUB))

    assert hub.verdict == "undetermined"
    assert hub.fix.summary == "the .tf files beside the plan, or deploying that first, would settle it"


def test_files_of_another_program_say_nothing(beside):
    """Whoever keeps a plan in the folder of another network, or has changed the files since, is not misled."""
    written = (RECORDINGS / ENTERPRISE / "main.tf").read_text()
    records = beside(load(ENTERPRISE), {"main.tf": written.replace('"hz_sg"', '"hz_singapore"')})

    assert "CEN310" in undetermined(report_of(records))


ENDS = "alicloud_cen_instance_attachment.{}.child_instance_region_id"
ORDERED = {
    "regions": f"[{ENDS.format('bj')}, {ENDS.format('us')}]",
    "bound": "alicloud_cen_bandwidth_package_attachment.china_us.instance_id",
}


@pytest.mark.parametrize(
    ("values", "certain"),
    [
        ({"regions": '["cn-beijing", "us-west-1"]', "bound": "alicloud_cen_instance.backbone.id"}, ["CEN211"]),
        ({**ORDERED, "regions": f"[for item in [{ENDS.format('bj')}] : item]"}, ["CEN211"]),
        (ORDERED, []),
    ],
    ids=["constants", "an end too few", "all that it has to wait for"],
)
@pytest.mark.parametrize("form", ["tf", "json"])
def test_an_order_through_locals_is_told(beside, values, certain, form):
    document = load(BASIC)
    limit = configured(document, LIMIT)
    limit["depends_on"] = []
    limit["expressions"] |= {"region_ids": {"references": ["local.regions"]}, "instance_id": {"references": ["local.bound"]}}
    files = {"main.tf": (RECORDINGS / BASIC / "main.tf").read_text()}
    if form == "tf":
        files["locals.tf"] = "\n".join(("locals {", *(f"  {name} = {value}" for name, value in values.items()), "}\n"))
    else:
        said = {name: json.loads(value) if value.startswith('["') else f"${{{value}}}" for name, value in values.items()}
        files["locals.tf.json"] = json.dumps({"locals": said})
    report = report_of(beside(document, files))

    assert violated(report) == certain
    assert "CEN211" not in undetermined(report)


def test_values_that_are_made_of_each_other_end(beside):
    document = load(BASIC)
    configured(document, LIMIT)["expressions"]["instance_id"] = {"references": ["local.a"]}
    files = {"main.tf": (RECORDINGS / BASIC / "main.tf").read_text()}
    files["locals.tf"] = "locals {\n  a = [local.b, local.c]\n  b = [local.a, local.c]\n  c = [local.a, local.b]\n}\n"

    assert violated(report_of(beside(document, files))) == []


def test_a_region_of_a_provider_is_told(beside):
    document = load(BASIC)
    config = document["configuration"]["provider_config"]["alicloud.eu"]
    config["expressions"]["region"] = {"references": ["local.regions.eu", "local.regions"]}
    written = (RECORDINGS / BASIC / "main.tf").read_text().replace('region   = "eu-central-1"', "region = local.regions.eu")
    right = beside(document, {"main.tf": written, "locals.tf": 'locals {\n  regions = { eu = "eu-central-1" }\n}\n'})
    wrong = beside(document, {"locals.tf": 'locals {\n  regions = { eu = "eu-west-1" }\n}\n'})

    assert violated(report_of(right)) == []
    assert violated(report_of(wrong)) == ["CEN101"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ('region = "${var.eu_region}"', []),
        ('region = var.eu_region == "eu-west-1" ? "eu-central-1" : "x"', []),
        ("region = (var.eu_region)", []),
        (None, ["CEN101"]),
    ],
    ids=["quoted", "a condition", "bracketed", "no files"],
)
def test_a_condition_on_a_variable_is_not_its_value(beside, written, found):
    """No plan tells them apart: without the files the variable's value is taken for the region."""
    document = load(BASIC)
    value = "eu-west-1" if (not found and "==" in written) or found else "eu-central-1"
    document["variables"]["eu_region"] = {"value": value}
    config = document["configuration"]["provider_config"]["alicloud.eu"]
    config["expressions"]["region"] = {"references": ["var.eu_region"]}
    main = (RECORDINGS / BASIC / "main.tf").read_text()
    assert 'region   = "eu-central-1"' in main
    files = {} if written is None else {"main.tf": main.replace('region   = "eu-central-1"', written)}
    report = report_of(beside(document, files))

    assert violated(report) == found
    assert ("CEN101" in undetermined(report)) is (written is not None and "==" in written)


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("lifecycle {\n    prevent_destroy = true\n  }", None),
        ("lifecycle {\n    ignore_changes = [tags]\n  }", "violated"),
        ("", "violated"),
        ("lifecycle {\n    prevent_destroy = var.keep\n  }", "undetermined"),
    ],
    ids=["protected", "another lifecycle", "none", "a variable"],
)
def test_whether_a_package_is_protected_is_in_its_block(beside, written, verdict):
    document = load(BASIC)
    entry(document, "alicloud_cen_bandwidth_package.china_us")["change"]["after"] |= {
        "payment_type": "PrePaid",
        "auto_renew": True,
    }
    main = (RECORDINGS / BASIC / "main.tf").read_text()
    head = 'resource "alicloud_cen_bandwidth_package" "china_us" {'
    assert head in main
    report = report_of(beside(document, {"main.tf": main.replace(head, f"{head}\n  {written}")}))

    assert {item.verdict for item in report.findings if item.rule == "CEN406"} == ({verdict} if verdict else set())


def test_modules_have_locals_of_their_own(beside):
    folder = "tofu-module-for-each"
    document = load(folder)
    span = document["configuration"]["root_module"]["module_calls"]["span"]["module"]
    (limit,) = (item for item in span["resources"] if item["type"] == "alicloud_cen_bandwidth_limit")
    limit["expressions"]["instance_id"] = {"references": ["local.bound.instance_id", "local.bound"]}
    files = {str(file.relative_to(RECORDINGS / folder)): file.read_text() for file in (RECORDINGS / folder).rglob("*.tf")}
    blind = report_of(beside(document, {}))
    files["modules/span/locals.tf"] = "locals {\n  bound = alicloud_cen_bandwidth_package_attachment.this\n}\n"
    seen = report_of(beside(document, files))

    assert pairs(seen) == pairs(report_of(load(folder)))
    assert violated(seen) == violated(blind) == []
    assert "CEN211" in undetermined(blind)
    assert undetermined(seen) == undetermined(report_of(load(folder)))


def test_what_is_written_in_other_ways(tmp_path):
    (tmp_path / "a.tf").write_text(
        'locals {\n'
        '  nets = {\n    bj = { vpc = alicloud_vpc.bj.id }\n    "us" = { vpc = alicloud_vpc.us["x.y"].id }\n  }\n'
        '  keyed = { (var.key) = alicloud_vpc.a.id, b = alicloud_vpc.b.id }\n'
        '  text = "x-${alicloud_vpc.q.id}"\n'
        '  quoted = "${alicloud_vpc.q}"\n'
        '  pick = var.on ? alicloud_vpc.a[0].id : one(data.alicloud_vpcs.b[*].ids)\n'
        '  list = [alicloud_vpc.a.id, alicloud_vpc.b.id]\n'
        '  big = 1e3\n'
        '}\n'
    )  # fmt: skip
    (tmp_path / "z_override.tf").write_text("locals {\n  text = alicloud_vpc.other.id\n}\n")
    found = local_values(tmp_path)

    def refs(name, *path):
        return found[name].made(path).references

    assert refs("nets", ".us", ".vpc") == refs("nets", '["us"]', ".vpc") == ('alicloud_vpc.us["x.y"].id',)
    assert refs("nets", ".gone") == ("alicloud_vpc.bj.id", 'alicloud_vpc.us["x.y"].id')
    assert refs("keyed", ".b") == ("var.key", "alicloud_vpc.a.id", "alicloud_vpc.b.id")
    assert refs("text") == ("alicloud_vpc.other.id",)
    assert refs("quoted", ".id") == ("alicloud_vpc.q.id",)
    assert refs("pick") == ("var.on", "alicloud_vpc.a[0].id", "data.alicloud_vpcs.b")
    assert refs("list", "[1]") == ("alicloud_vpc.b.id",)


def test_a_file_that_is_not_understood_hides_all_of_them(tmp_path):
    (tmp_path / "a.tf").write_text("locals {\n  a = alicloud_vpc.a.id\n}\n")
    (tmp_path / "b.tf").write_text("locals {\n  a = (((\n")

    assert local_values(tmp_path) == {}
    assert local_values(tmp_path / "none") == {}


def test_a_constant_is_what_the_language_reads(tmp_path):
    """Ten is written `1e1`, too, and two signs of a dollar are one."""
    (tmp_path / "main.tf").write_text('locals {\n  ten = 1e1\n  text = "a$${b}"\n  plain = 10\n  name = "a$b"\n}\n')
    lines.forget()
    found = {name: value.made().constant for name, value in local_values(tmp_path).items()}

    assert found == {"ten": UNKNOWN, "text": "a${b}", "plain": 10, "name": "a$b"}


def test_a_key_may_hold_what_begins_a_template(tmp_path):
    """A plan refers to `local.nets["${x}"]`, and the address of an instance has `["$${x}"]`."""
    (tmp_path / "main.tf").write_text('locals {\n  nets = { "$${x}" = alicloud_vpc.a.id, "%%{y}" = alicloud_vpc.b.id }\n}\n')
    lines.forget()
    nets = local_values(tmp_path)["nets"]

    assert nets.made(['["${x}"]']).references == ("alicloud_vpc.a.id",)
    assert nets.made([as_a_step('["%%{y}"]')]).references == ("alicloud_vpc.b.id",)


def test_an_override_changes_single_arguments_of_a_block(tmp_path):
    (tmp_path / "main.tf").write_text('resource "alicloud_vpc" "a" {\n  cidr_block = "10.0.0.0/8"\n  vpc_name   = "a"\n}\n')
    (tmp_path / "test_override.tf").write_text('resource "alicloud_vpc" "a" {\n  vpc_name = "b"\n}\n')
    found = arguments(tmp_path)["alicloud_vpc", "a"]

    assert {name: value.made().constant for name, value in found.items()} == {"cidr_block": "10.0.0.0/8", "vpc_name": "b"}


@pytest.mark.parametrize(
    ("installed", "exact"),
    [
        (None, True),
        ('{"Modules": [{"Key": "nets", "Source": "elsewhere", "Dir": "of-another-program"}]}', False),
        ('{"Modules": 1}', False),
        ("{", False),
        ("", False),
    ],
    ids=["installed", "elsewhere", "another form", "half", "none"],
)
def test_the_files_of_a_module_from_elsewhere_lie_where_init_laid_them(beside, installed, exact):
    folder = "tofu-module-from-elsewhere"
    text = (RECORDINGS / folder / "modules.json").read_text() if installed is None else installed
    files = {"main.tf": (RECORDINGS / folder / "main.tf").read_text(), ".terraform/modules/modules.json": text}
    files[".terraform/modules/nets/main.tf"] = (RECORDINGS / folder / "nets" / "main.tf").read_text()
    records = beside(load(folder), files)
    shop = 'module.nets.{}.net["shop"]'

    assert edges(records, shop.format("alicloud_cen_instance_attachment"), "childInstanceId") == (
        shop.format("alicloud_vpc") if exact else "module.nets.local.made",
    )


def test_an_instance_of_a_module_is_named_by_the_value_of_a_set():
    """The plan has it as `module.net` and `each.value`."""
    own, made = 'alicloud_cen_instance_attachment.own["{}"]', 'module.net["{}"].alicloud_vpc.net'
    records = recorded("tofu-module-from-elsewhere")

    for key in ("10.2.0.0/16", "10.3.0.0/16"):
        assert edges(records, own.format(key), "childInstanceId") == (made.format(key),)
