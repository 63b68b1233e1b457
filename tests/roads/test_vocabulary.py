"""Bridged resources, whatever their package is called, are judged as native ones; what people see stays as it is."""

import base64
import json

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.resources.property_names import camel_properties
from cenguard.resources.type_table import READ, bridged
from tests.roads.documents import UNKNOWN, network, preview, resource, urn

TERRAFORM = {native: terraform for terraform, native in READ.items()}


def spelled(package: str):
    return lambda native: bridged(TERRAFORM[native], package)


def judged(*resources, **more):
    return check([read_document(preview(*resources, **more), "preview.json")], Options())


def answer(report):
    return (
        sorted((item.rule, item.verdict, item.level, item.resource) for item in report.findings),
        [(pair.regions, pair.disposition, pair.mbps) for pair in report.pairs],
        [(item.area_pair, item.mbps, item.payment, item.period) for item in report.purchases],
    )


@pytest.mark.parametrize("package", [True, False], ids=["with its package", "without"])
@pytest.mark.parametrize("word", ["alicloud", "ali", "the-cloud"])
def test_one_network_has_one_answer(word, package):
    report = judged(*network(spelled(word), package=package))

    assert answer(report) == answer(judged(*network(package=package)))
    assert report.sources[0].cen == (6 if package else 3)
    assert all(item.type.startswith(f"{word}:index/") for item in report.findings if item.type)


def test_a_stack_that_mixes_families_is_one_network():
    native, other = network(package=False), network(spelled("ali"))
    core = native[0]["urn"]
    mixed = json.loads(json.dumps([*native, *other[3:]]).replace(other[0]["urn"], core))
    for old, new in zip(other[1:3], native[1:3], strict=True):
        mixed = json.loads(json.dumps(mixed).replace(old["urn"], new["urn"]))

    report = judged(*mixed)

    assert [pair.disposition for pair in report.pairs] == ["funded"]
    assert {item.rule for item in report.findings if item.level == "mandatory"} == set()


@pytest.mark.parametrize("runs", ["volcengine", "alicloud"])
def test_the_provider_says_whose_types_they_are(runs):
    told = base64.b64encode(json.dumps({"remote": {"url": f"registry.opentofu.org/x/{runs}", "version": "1"}}).encode()).decode()
    provider = resource(
        "pulumi:providers:ve", "ve", inputs={"__internal": {"name": "terraform-provider", "parameterization": told}}
    )

    report = judged(provider, *network(spelled("ve"), package=False))

    assert report.sources[0].cen == (3 if runs == "alicloud" else 0)


def test_a_renamed_provider_has_its_region_and_its_configuration():
    def routed(word: str, **more):
        home = resource(f"pulumi:providers:{word}", "home", inputs={"region": "cn-hangzhou"})
        router = resource(
            bridged("alicloud_cen_transit_router", word), "hz", inputs={"cenId": UNKNOWN}, provider=f"{home['urn']}::{UNKNOWN}"
        )
        core = resource(bridged("alicloud_cen_instance", word), "core")
        router["propertyDependencies"] = {"cenId": [core["urn"]]}
        default = f"{urn(f'pulumi:providers:{word}', 'default_1_285_0')}::<unknown>"
        twin = resource(bridged("alicloud_cen_transit_router", word), "twin", inputs={"cenId": UNKNOWN}, provider=default)
        twin["propertyDependencies"] = {"cenId": [core["urn"]]}
        return judged(home, core, router, twin, config={f"{word}:region": "cn-hangzhou"})

    for word in ("alicloud", "ali"):
        assert ("CEN313", "mandatory") in {(item.rule, item.level) for item in routed(word).findings}


def test_an_own_id_is_no_reference():
    kind = spelled("alicloud")
    first, second = (resource(kind("alicloud:cen/instance:Instance"), name, inputs={}) for name in ("one", "two"))
    for item, known in ((first, "cen-1"), (second, "cen-2")):
        item["inputs"]["cenInstanceId"] = known

    report = judged(first, second)

    assert report.findings == ()


@pytest.mark.parametrize("name", ['net["prod::a"]', "a$b.c[0]", "eu/west 1", 'quote"inside', "北京", "x::y::z"])
def test_a_name_may_hold_anything(name):
    resources = network(spelled("alicloud"), package=False)
    for item in resources:
        item["urn"] = item["urn"].replace("::core", f"::{name}")
        item["propertyDependencies"] = {
            key: [each.replace("::core", f"::{name}") for each in urns] for key, urns in item["propertyDependencies"].items()
        }

    report = judged(*resources)
    (finding,) = (item for item in report.findings if item.rule == "CEN201")

    assert finding.resource == name
    assert finding.type == "alicloud:index/cenInstance:CenInstance"
    assert name in finding.message


def test_an_edge_under_no_property_is_none():
    kind = spelled("alicloud")
    core = resource(kind("alicloud:cen/instance:Instance"), "core")
    item = resource(
        kind("alicloud:cen/bandwidthPackage:BandwidthPackage"),
        "span",
        inputs={"bandwidth": 5, "geographicRegionIds": ["China", "Europe"], "paymentType": None, "period": 1},
        edges={"": [core["urn"]], "vswitchId": [core["urn"]], "autoRenew": [core["urn"]], "paymentType": []},
    )

    found = {(item.rule, item.verdict) for item in judged(core, item).findings}

    assert ("CEN401", "violated") in found
    assert "undetermined" not in {verdict for _, verdict in found}


def test_terraform_names_are_those_of_the_bridge():
    values = {"zone": [{"zone_id": "cn-beijing-a"}], "cen_id": "cen-1", "tags": {"own_er": "net"}}

    assert camel_properties("alicloud_cen_transit_router_vpn_attachment", values) == {
        "zones": [{"zoneId": "cn-beijing-a"}],
        "cenId": "cen-1",
        "tags": {"own_er": "net"},
    }


class TestModules:
    def limited(self, around: str, *, limit_in: str = "", **more):
        """The network, its limit without an order, each part in a module of its own."""
        items = network(spelled("alicloud"))
        module = resource(around, "site", custom=False)
        other = resource(around, "links", custom=False)
        limit = items[-1]
        limit["propertyDependencies"].pop("")
        limit["dependencies"] = [items[0]["urn"]]
        for item in items[:-1]:
            item["parent"] = module["urn"]
        limit["parent"] = module["urn"] if limit_in == "site" else other["urn"]
        return judged(module, other, *items)

    def rules(self, report, verdict):
        return {item.rule for item in report.findings if item.verdict == verdict}

    @pytest.mark.parametrize("around", ["components:index:Site", "hcl:index:Module", "pipes:index:Module"])
    def test_an_order_between_modules_is_undetermined(self, around):
        report = self.limited(around)

        assert "CEN211" in self.rules(report, "undetermined")
        assert "CEN211" not in self.rules(report, "violated")

    def test_an_order_within_one_module_is_told(self):
        assert "CEN211" in self.rules(self.limited("components:index:Site", limit_in="site"), "violated")

    def test_an_order_between_components_of_a_program_is_told(self):
        assert "CEN211" in self.rules(self.limited("net:wan:Site"), "violated")

    def test_a_module_that_lists_every_edge_on_every_property_is_read_by_type(self):
        items = network(spelled("alicloud"))
        module = resource("hcl:index:Module", "wan", custom=False)
        vpcs = [
            resource(
                "alicloud:index/vpc:Vpc",
                name,
                parent=module["urn"],
                inputs={"cidrBlock": f"10.{index}.0.0/16"},
                provider=f"{urn('pulumi:providers:alicloud', name)}::{UNKNOWN}",
            )
            for index, name in enumerate(("bj", "us"))
        ]
        providers = [
            resource("pulumi:providers:alicloud", name, inputs={"region": region})
            for name, region in (("bj", "cn-beijing"), ("us", "us-west-1"))
        ]
        for vpc, attachment in zip(vpcs, items[1:3], strict=True):
            attachment["inputs"]["childInstanceId"] = UNKNOWN
            edges = [items[0]["urn"], vpc["urn"]]
            attachment["propertyDependencies"] = dict.fromkeys(attachment["inputs"], edges)
        for item in items:
            item["parent"] = module["urn"]

        report = judged(module, *providers, *items, *vpcs)

        assert [pair.disposition for pair in report.pairs] == ["funded"]
        assert self.rules(report, "undetermined") == set()
        assert {item.rule for item in report.findings if item.level == "mandatory"} == set()

    @pytest.mark.parametrize("instances", [1, 2])
    def test_an_id_from_outside_is_looked_for_among_the_modules_arguments(self, instances):
        items = network(spelled("alicloud"), package=False)
        core = items[0]
        others = [resource("alicloud:cen/instance:Instance", f"other-{index}") for index in range(instances - 1)]
        arguments = [core["urn"], *(item["urn"] for item in others)]
        module = resource("hcl:index:Module", "sites", custom=False, edges={"inputs": arguments, "source": arguments})
        for item in items[1:]:
            item["parent"], item["propertyDependencies"], item["dependencies"] = module["urn"], {"instanceId": []}, []

        report = judged(core, *others, module, *items[1:])

        assert "CEN201" in self.rules(report, "violated" if instances == 1 else "undetermined")
