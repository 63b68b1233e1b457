"""Blocks of Terraform's language: what is one, what only looks like one, and where modules lead."""

import pytest

from cenguard.sources import lines, terraform
from tests.sources.programs import files

MAIN = """\
# resource "alicloud_cen_instance" "core" {
/*
resource "alicloud_cen_instance" "core" {
}
*/
locals {
  mask = 1e1
  text = <<-EOT
    resource "alicloud_cen_instance" "core" {
    }
  EOT
  more = "resource \\"alicloud_cen_instance\\" \\"core\\" {"
}

data "alicloud_cen_instance" "core" {}

resource "alicloud_cen_instance" "core" {
  tags = { for key in ["a"] : key => "${upper("resource")} }" }
}

resource alicloud_vpc near {}
"""


@pytest.fixture(autouse=True)
def afresh():
    lines.forget()


def where(folder, address):
    place = terraform.in_address(folder, address)
    return (
        None
        if place is None
        else f"{place.file.relative_to(folder.resolve() if place.file.is_absolute() else folder).as_posix()}:{place.line}"
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "with a byte order mark"])
def test_only_the_block_itself_is_one(tmp_path, ends, mark):
    files(tmp_path, {"main.tf": mark + MAIN.replace("\n", ends)})

    assert where(tmp_path, "alicloud_cen_instance.core") == "main.tf:17"
    assert where(tmp_path, "alicloud_vpc.near[0]") == "main.tf:21"
    assert where(tmp_path, "alicloud_vpc.far") is None
    assert where(tmp_path, "data.alicloud_cen_instance.core") == "main.tf:15"
    assert where(tmp_path, "data.alicloud_vpc.near") is None


@pytest.mark.parametrize("number", ["1e1", "2E+5", "3e-7", "[1e3, 4e4]"])
def test_a_number_with_an_exponent_hides_no_block(tmp_path, number):
    text = f'locals {{\n  x = {number}\n}}\nresource "alicloud_vpc" "x-1e1" {{\n}}\nresource "alicloud_vpc" "b" {{\n  y = {number}\n}}\nresource "alicloud_vpc" "c" {{}}\n'
    files(tmp_path, {"main.tf": text})

    assert [where(tmp_path, f"alicloud_vpc.{name}") for name in ("x-1e1", "b", "c")] == ["main.tf:4", "main.tf:6", "main.tf:9"]


def test_behind_an_error_nothing_is_believed(tmp_path):
    files(tmp_path, {"main.tf": 'resource "alicloud_vpc" "a" {}\nlocals { x = <<EOT\nresource "alicloud_vpc" "b" {}\n'})

    assert where(tmp_path, "alicloud_vpc.a") == "main.tf:1"
    assert where(tmp_path, "alicloud_vpc.b") is None


def test_files_that_contradict_each_other_give_no_line(tmp_path):
    files(tmp_path, {"a.tf": 'resource "alicloud_vpc" "a" {}\n', "a.tofu": '\nresource "alicloud_vpc" "a" {}\n'})

    assert where(tmp_path, "alicloud_vpc.a") is None


def test_an_override_is_not_where_the_block_is(tmp_path):
    files(
        tmp_path,
        {
            "net.tf": '\nresource "alicloud_vpc" "a" {}\n',
            "override.tf": 'resource "alicloud_vpc" "a" {}\n',
            "net_override.tf.json": '{"resource": {"alicloud_vpc": {"a": {}}}}',
        },
    )

    assert where(tmp_path, "alicloud_vpc.a") == "net.tf:2"


@pytest.mark.parametrize("wrapped", [False, True], ids=["an object", "a list"])
def test_the_json_syntax(tmp_path, wrapped):
    inner = '{\n\t"a": {"name": "/a"},\n\t"b":{}\n}'
    files(
        tmp_path,
        {
            "main.tf.json": f'{{\n"resource": {{\n"alicloud_vpc": {f"[{inner}]" if wrapped else inner}\n}},\n"module": {{"m": {{"source": "./m"}}}}}}',
            "m/main.tf": 'resource "alicloud_vpc" "a" {}',
        },
    )

    assert where(tmp_path, "alicloud_vpc.a") == "main.tf.json:4"
    assert where(tmp_path, "alicloud_vpc.b") == "main.tf.json:5"
    assert where(tmp_path, "module.m.alicloud_vpc.a") == "m/main.tf:1"


class TestModules:
    @pytest.fixture
    def folder(self, tmp_path):
        return files(
            tmp_path,
            {
                "root/main.tf": 'module "near" {\n  source = "./parts"\n}\n\nmodule "shared" {\n  source = "../shared"\n}\n\n'
                'module "bought" {\n  source  = "acme/cen/alicloud"\n  version = "1.0.0"\n}\n\nmodule "named" {\n  source = "./${var.x}"\n}\n'
                'module "lost" {\n  source = "./lost"\n}\n',
                "root/parts/main.tf": '\nresource "alicloud_vpc" "a" {}\nmodule "deep" {\n  source = "git::https://example.com/x.git"\n}\n',
                "shared/main.tf": '\n\nresource "alicloud_vpc" "a" {}\n',
            },
        ).joinpath("root")

    @pytest.mark.parametrize(
        ("address", "expected"),
        [
            ("module.near.alicloud_vpc.a", "parts/main.tf:2"),
            ('module.near["x.y\\"]"].alicloud_vpc.a["b"]', "parts/main.tf:2"),
            ("module.shared.alicloud_vpc.a", "../shared/main.tf:3"),
            ("module.bought.alicloud_vpc.a", "main.tf:9"),
            ("module.bought[0].module.inner.alicloud_vpc.a", "main.tf:9"),
            ("module.near.module.deep.alicloud_vpc.a", "parts/main.tf:3"),
            ("module.named.alicloud_vpc.a", "main.tf:14"),
            ("module.lost.alicloud_vpc.a", None),
            ("module.absent.alicloud_vpc.a", None),
            ("module.near.alicloud_vpc.b", None),
            ("alicloud_vpc.a", None),
            ("module.near", None),
            ("module.near.alicloud_vpc.a[", None),
            ("", None),
        ],
    )
    def test_where_an_address_leads(self, folder, address, expected):
        import os

        place = terraform.in_address(folder, address)

        assert (None if place is None else f"{os.path.relpath(place.file, folder)}:{place.line}") == expected

    def test_a_module_that_calls_itself_ends(self, tmp_path):
        files(tmp_path, {"main.tf": 'module "m" {\n  source = "./"\n}\n'})

        assert terraform.in_address(tmp_path, "module.m.module.m.alicloud_vpc.a") is None
        assert terraform.in_constructed(tmp_path, "alicloud_vpc", "m-m-m-a") is None
