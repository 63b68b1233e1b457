"""Options of resources, as a program gives them."""

from pathlib import Path

import pytest

from cenguard.readers.program.reader import read_program
from cenguard.resources.forced import Forced
from cenguard.resources.records import Change
from cenguard.resources.values import SECRET, UNKNOWN

PROGRAMS = Path(__file__).parents[1] / "programs"
NETWORK = "alicloud:vpc/network:Network"

pytest.importorskip("pulumi_alicloud")


def read(folder, *, stack=None, config=None, outputs=None):
    return read_program(folder, stack=stack, config=config or {}, stack_outputs=outputs or {})


def by_name(records):
    return {resource.name: resource for resource in records.resources}


@pytest.fixture(scope="module")
def options():
    return by_name(read(PROGRAMS / "options"))


class TestOptions:
    def test_a_child_has_its_parents_type_in_its_urn(self, options):
        assert options["site-network"].urn == f"urn:pulumi:dev::net::example:net:Site${NETWORK}::site-network"
        assert options["site-network"].type == NETWORK
        assert options["site-network"].parent == options["site"].urn

    def test_a_provider_is_inherited_from_the_component(self, options):
        assert options["site-network"].provider == options["west"].urn
        assert options["single-network"].provider == options["west"].urn
        assert options["west"].inputs["region"] == "us-west-1"

    def test_a_resource_without_a_provider_has_the_default_one(self, options):
        version = options["west"].inputs["version"]
        name = "default_" + version.replace(".", "_")
        assert options["core"].provider == f"urn:pulumi:dev::net::pulumi:providers:alicloud::{name}"
        assert options[name].inputs == {"version": version}
        assert options[name].parent == ""

    def test_protection_is_inherited_and_retention_is_kept(self, options):
        assert options["site-network"].protect
        assert not options["single-network"].protect
        assert options["site-network"].retain_on_delete
        assert not options["core"].retain_on_delete

    def test_what_is_to_be_deleted_first_is_told(self, options):
        assert options["gone-first"].delete_first
        assert not options["core"].delete_first

    def test_what_forces_a_replacement_is_told(self):
        records = read(PROGRAMS / "options")
        urns = {name: item.urn for name, item in by_name(records).items()}

        assert records.forced == {urns["forced"]: Forced(on=("vpcName",), beside=(urns["gone-first"],), trigger="2")}

    def test_depending_on_a_component_is_depending_on_its_resources(self, options):
        assert options["after"].dependencies == (options["site-network"].urn,)
        assert options["after"].property_dependencies == {"vpcName": ()}
        assert options["after"].id == "vpc-imported"

    def test_a_value_of_several_outputs_depends_on_each(self, options):
        assert options["both"].inputs["vpcName"] is UNKNOWN
        assert set(options["both"].property_dependencies["vpcName"]) == {options["core"].urn, options["site-network"].urn}

    def test_an_input_that_is_echoed_keeps_its_value_and_a_computed_output_has_none(self, options):
        assert options["echo"].inputs == {"vpcName": "site", "description": "core", "cidrBlock": UNKNOWN}
        assert options["echo"].property_dependencies["vpcName"] == (options["site-network"].urn,)
        assert options["echo"].property_dependencies["cidrBlock"] == (options["core"].urn,)

    def test_resources_and_assets_as_inputs_are_unknown(self, options):
        assert set(options["whole"].inputs.values()) == {UNKNOWN}

    def test_secrets_are_secret_at_any_depth(self, options):
        assert options["hidden"].inputs == {"vpcName": SECRET, "tags": {"open": "yes", "hidden": SECRET}}

    def test_what_an_unknown_value_would_make_is_not_made(self, options):
        assert "never" not in options
        assert "inside-apply" in options

    def test_a_read_resource_has_the_id_it_was_given(self, options):
        assert (options["read"].change, options["read"].id) == (Change.READ, "cen-7")
        assert options["bought"].inputs == {"instanceId": "cen-7", "bandwidthPackageId": UNKNOWN}
        assert options["bought"].property_dependencies["instanceId"] == (options["read"].urn,)

    def test_a_component_has_its_outputs(self, options):
        assert options["site"].outputs == {"networkId": UNKNOWN, "count": 3}
        assert options["site"].inputs == {"given": UNKNOWN, "fixed": 1}

    def test_a_location_is_the_users_line(self, options):
        assert str(options["west"].locate()) == "__main__.py:4"
        assert str(options["site-network"].locate()) == "__main__.py:11"
        assert str(options["inside-apply"].locate()) == "__main__.py:34"
        assert options["net-dev"].locate is None


def test_a_component_hands_down_one_provider_of_a_package(tmp_path):
    """
    Of a list the last one counts, and a key that is no package's name hands nothing down: the SDK says so, and nothing else does.

    A network in two regions has two providers of one package; each child is where the engine would put it.
    """
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("""
import pulumi
import pulumi_alicloud as alicloud
from pulumi import ResourceOptions

class Hub(pulumi.ComponentResource):
    def __init__(self, name, **options):
        super().__init__("net:index:Hub", name, {}, ResourceOptions(**options))
        alicloud.vpc.Network(f"{name}-network", opts=ResourceOptions(parent=self))

beijing = alicloud.Provider("beijing", region="cn-beijing")
virginia = alicloud.Provider("virginia", region="us-east-1")
Hub("listed", providers=[beijing, virginia])
Hub("named", providers={"beijing": beijing, "virginia": virginia})
Hub("both", provider=beijing, providers=[virginia])
""")
    found = by_name(read(tmp_path))
    assert found["listed-network"].provider == found["virginia"].urn
    assert found["both-network"].provider == found["virginia"].urn
    assert "::default_" in found["named-network"].provider


def test_an_exported_resource_has_the_names_that_its_stack_gave_it(tmp_path):
    """A stack in Python exports a resource under Python's names, and what is below under Pulumi's: neither is spelt anew here."""
    (tmp_path / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("""
import pulumi
import pulumi_alicloud as alicloud

hub = pulumi.StackReference("organization/hub/prod").require_output("shop")
alicloud.cen.TransitRouterRouteTableAssociation(
    "shop",
    transit_router_attachment_id=hub["transit_router_attachment_id"],
    transit_router_route_table_id=hub["zone_mappings"][0]["vswitchId"],
)
pulumi.export("attachment", alicloud.cen.TransitRouterVpcAttachment("own", vpc_id="vpc-1", zone_mappings=hub["zone_mappings"]))
""")
    zones = [{"vswitchId": "vsw-1", "zoneId": "cn-beijing-a"}]
    told = {"shop": {"transit_router_attachment_id": "tr-attach-1", "vpc_id": "vpc-1", "zone_mappings": zones}}
    found = by_name(read(tmp_path, outputs={"organization/hub/prod": told}))
    association = found["shop"].inputs
    assert (association["transitRouterAttachmentId"], association["transitRouterRouteTableId"]) == ("tr-attach-1", "vsw-1")
    assert found["own"].inputs["zoneMappings"] == zones
    exported = found["shop-dev"].outputs["attachment"]
    assert (exported["vpc_id"], exported["zone_mappings"]) == ("vpc-1", zones)
