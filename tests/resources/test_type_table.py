"""The table of types holds every type of CEN that the SDK has, and every one that a recorded document spells."""

import importlib.util
import re
from pathlib import Path

import pytest

from cenguard.resources import tokens
from cenguard.resources.type_table import (
    DECIDES_NOTHING,
    READ,
    bridged,
    has_word_of_cen,
    names_cen,
    native_type,
    own_id_key,
    spelling,
)

SDK = Path(importlib.util.find_spec("pulumi_alicloud").submodule_search_locations[0])
RECORDINGS = Path(__file__).parents[1] / "recordings"
EVERYTHING = {**READ, **DECIDES_NOTHING}
_TOKEN = re.compile(r"'(alicloud:[a-z]+/([a-zA-Z0-9]+):[A-Z][A-Za-z0-9]+)'")


def sdk_types(folder: Path) -> set[str]:
    return {
        match[1]
        for file in folder.glob("*.py")
        if not file.name.startswith("get_")
        for match in _TOKEN.finditer(file.read_text())
        if not match[2].startswith("get")
    }


def test_every_type_of_the_cen_module_is_in_the_table():
    types = sdk_types(SDK / "cen")

    assert types
    assert types == {native for native in EVERYTHING.values() if native.startswith("alicloud:cen/")}


def test_every_type_of_the_sdk_that_has_the_word_is_in_the_table():
    types = {token for folder in SDK.iterdir() if folder.is_dir() for token in sdk_types(folder) if names_cen(token)}

    assert types
    assert types <= set(EVERYTHING.values())


def test_the_table_names_no_type_that_the_sdk_has_not():
    modules = {native.split(":")[1].partition("/")[0] for native in EVERYTHING.values()}

    assert set(EVERYTHING.values()) <= {token for module in modules for token in sdk_types(SDK / module)}


def test_what_assembly_reads_is_in_the_table_as_read():
    used = {
        token
        for value in vars(tokens).values()
        for token in ([value] if isinstance(value, str) else value if isinstance(value, (dict, frozenset)) else [])
        if isinstance(token, str) and token.startswith("alicloud:") and token.count(":") == 2
    }

    assert used
    assert used <= set(READ.values())


@pytest.mark.parametrize("terraform", EVERYTHING)
def test_every_spelling_leads_to_the_native_type(terraform):
    native = EVERYTHING[terraform]

    assert native == native_type(native)
    assert native == native_type(terraform)
    assert native == native_type(bridged(terraform))
    assert native == native_type(bridged(terraform, "ali"))
    assert native == native_type(f"backbone:tf:{terraform}")


@pytest.mark.parametrize(
    ("token", "is_cen"),
    [
        ("alicloud:cen/somethingNew:SomethingNew", True),
        ("ali:index/cenSomethingNew:CenSomethingNew", True),
        ("backbone:tf:alicloud_cen_something_new", True),
        ("alicloud_vpc_firewall_cen", True),
        ("alicloud:ga/accelerator:Accelerator", False),
        ("alicloud:vpc/commonBandwithPackage:CommonBandwithPackage", False),
        ("alicloud_common_bandwidth_package", False),
        ("alicloud_security_center_group", False),
        ("alicloud:securitycenter/group:Group", False),
        ("alicloud:index/ga:Ga", False),
        ("volcengine:index/cenBandwidthPackage:CenBandwidthPackage", False),
        ("backbone:tf:volcengine_cen", False),
        ("aws:ec2/vpc:Vpc", False),
        ("pulumi:providers:alicloud", False),
        ("pulumi:pulumi:Stack", False),
        ("components:index:Cen", False),
    ],
)
def test_a_type_is_one_of_cen_by_whole_words_of_its_terraform_name(token, is_cen):
    assert names_cen(token) is is_cen


def test_nothing_of_another_cloud_is_in_the_table():
    assert native_type("volcengine:index/cenBandwidthPackage:CenBandwidthPackage") is None
    assert native_type("pulumi:providers:alicloud") is None


def test_every_type_of_cen_in_the_recorded_documents_is_known():
    said = {
        match.decode()
        for file in RECORDINGS.rglob("*.json")
        for match in re.findall(
            rb'(?<!"mode": "data", )(?<!"mode":"data",)(?<!"mode": "data",\n      )"type": ?"([^"]+)"', file.read_bytes()
        )
        if names_cen(match.decode()) or spelling(match.decode()) is not None
    }

    assert {"alicloud:cen/instance:Instance"} <= said
    assert sorted(token for token in said if names_cen(token) and native_type(token) is None) == []


def test_an_own_id_is_named_after_the_terraform_type():
    assert own_id_key("alicloud_cen_bandwidth_package") == "cenBandwidthPackageId"
    assert own_id_key("alicloud_vpc") == "vpcId"
    assert has_word_of_cen("alicloud_express_connect_grant_rule_to_cen")


def test_services_with_packages_of_their_own_are_never_of_cen():
    for name in ("ga_cen_endpoint", "common_bandwidth_package_cen", "security_center_cen_group"):
        assert not has_word_of_cen(f"alicloud_{name}")
