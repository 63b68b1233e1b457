"""What a plan's data sources answered while it was made: it is known, and nothing that is not known comes from it."""

import pytest

from tests.readers.terraform.documents import configured, entry, load, read, report_of, undetermined, violated

BASIC = "tofu-basic-create"
ATTACHMENT = "alicloud_cen_instance_attachment.eu"
OWN, OTHER = "1234567890123456", "6543210987654321"


def looked_up(document, kind, values, provider="alicloud"):
    """A data source that was read."""
    address = f"data.{kind}.here"
    asked = {"address": address, "mode": "data", "type": kind, "name": "here", "provider_config_key": provider}
    document["configuration"]["root_module"]["resources"].append({**asked, "expressions": {}})
    stood = {"resources": [{**asked, "values": values, "sensitive_values": {}}]}
    document["prior_state"] = {"format_version": "1.0", "values": {"root_module": stood}}
    return document


@pytest.mark.parametrize(("owner", "asked"), [(OWN, False), (OTHER, True)])
@pytest.mark.parametrize(("kind", "key"), [("alicloud_account", "id"), ("alicloud_caller_identity", "account_id")])
def test_the_account_that_a_provider_answers(kind, key, owner, asked):
    """An owner that is the account itself needs no grant; modules state it for every network."""
    document = looked_up(load(BASIC), kind, {key: OWN}, "alicloud")
    for name in ("eu", "us"):
        configured(document, f"alicloud_cen_instance_attachment.{name}")["provider_config_key"] = "alicloud"
    attached = entry(document, ATTACHMENT)["change"]
    attached["after"]["child_instance_owner_id"] = owner
    attached["after_unknown"].pop("child_instance_owner_id", None)
    configured(document, ATTACHMENT)["expressions"]["child_instance_owner_id"] = {"references": [f"data.{kind}.here.{key}"]}
    report = report_of(document)

    assert ("CEN103" in undetermined(report) + violated(report)) is asked


def test_an_unknown_id_does_not_come_from_what_was_read():
    """Modules take an object with an id of what is made and answers of look-ups; a plan lists all that the object names."""
    document = looked_up(load(BASIC), "alicloud_account", {"id": OWN})
    named = ["alicloud_vpc.eu.id", "alicloud_vpc.eu", "data.alicloud_account.here.id", "data.alicloud_account.here"]
    configured(document, ATTACHMENT)["expressions"]["child_instance_id"] = {"references": named}
    (attached,) = (item for item in read(document).resources if item.urn == ATTACHMENT)

    assert attached.property_dependencies["childInstanceId"] == ("alicloud_vpc.eu",)
    assert "CEN102" not in undetermined(report_of(document))
