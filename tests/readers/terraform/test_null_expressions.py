"""An attribute that is not known, though nothing that its expression names is: the expression is null, and the service's default will be filled in."""

import pytest

from tests.readers.terraform.documents import configured, entry, load, read, report_of, undetermined, violated

BASIC = "tofu-basic-create"
INSTANCE = "alicloud_cen_instance.backbone"
LEVEL = "protection_level"


def inputs(document, address):
    (found,) = (item for item in read(document).resources if item.urn == address)
    return found.inputs


def hazy(document, address, name, references):
    """An attribute that is written with such an expression, and not known before the update."""
    change = entry(document, address)["change"]
    change["after"].pop(name, None)
    change["after_unknown"][name] = True
    configured(document, address)["expressions"][name] = {"references": references}
    return document


@pytest.mark.parametrize(
    "references", [["var.protection"], ["var.settings.level", "var.settings"], ["var.strict", "var.protection"]]
)
def test_a_variable_that_is_null_is_not_set(references):
    """Modules hand on an optional argument by a variable that is null by default."""
    document = hazy(load(BASIC), INSTANCE, LEVEL, references)

    assert "protectionLevel" not in inputs(document, INSTANCE)
    assert "CEN108" not in undetermined(report_of(document))


@pytest.mark.parametrize(
    "references", [["alicloud_vpc.bj.status", "alicloud_vpc.bj"], ["local.level"], ["data.alicloud_x.y.z", "data.alicloud_x.y"]]
)
def test_what_comes_from_elsewhere_is_not_known(references):
    document = hazy(load(BASIC), INSTANCE, LEVEL, references)

    assert "CEN108" in undetermined(report_of(document))


def test_a_variable_of_a_module_is_followed_to_what_is_handed_in():
    """One that is handed the value of a resource may be anything."""
    found = {}
    for given in ({"references": ["var.protection"]}, {"references": ["alicloud_vpc.bj.status", "alicloud_vpc.bj"]}):
        document = load(BASIC)
        root = document["configuration"]["root_module"]
        inner = {"address": "alicloud_cen_instance.other", "type": "alicloud_cen_instance", "name": "other", "mode": "managed"}
        inner |= {"provider_config_key": "alicloud", "expressions": {LEVEL: {"references": ["var.level"]}}}
        root["module_calls"] = {"net": {"source": "./net", "expressions": {"level": given}, "module": {"resources": [inner]}}}
        made = {**entry(document, INSTANCE), "address": "module.net.alicloud_cen_instance.other", "module_address": "module.net"}
        made["change"] = {**made["change"], "after": {}, "after_unknown": {"id": True, LEVEL: True}}
        document["resource_changes"].append(made)
        found[given["references"][0]] = "CEN108" in undetermined(report_of(document))

    assert found == {"var.protection": False, "alicloud_vpc.bj.status": True}


def test_a_payment_type_by_a_variable_that_is_null_is_the_service_s_default():
    """The mistake is a certain one then: the service sells a month at once."""
    document = load(BASIC)
    document = hazy(document, "alicloud_cen_bandwidth_package.china_us", "payment_type", ["var.payment"])

    assert "CEN401" in violated(report_of(document), "advisory")
