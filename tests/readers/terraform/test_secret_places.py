"""What says where and which a resource is, its region and its id, is a secret too where it is marked as one."""

import pytest

from cenguard.reports.json import render
from tests.readers.terraform.documents import load, report_of

PATHS = [[{"type": "get_attr", "value": key}] for key in ("region_id", "id")]


def hide(values):
    """The attributes of a resource with another region and id."""
    return values | {"region_id": "hushed-region", "id": "hushed-id"}


def shown():
    """A state of `show -json`."""
    document = load("terraform-enterprise", "state.json")
    for item in document["values"]["root_module"]["resources"]:
        if "region_id" in item["values"]:
            item["values"], item["sensitive_values"] = hide(item["values"]), {"region_id": True, "id": True}
    return document


def raw():
    """A raw state."""
    document = load("terraform-enterprise", "terraform.tfstate")
    for item in (instance for resource in document["resources"] for instance in resource["instances"]):
        if "region_id" in item["attributes"]:
            item["attributes"], item["sensitive_attributes"] = hide(item["attributes"]), PATHS
    return document


@pytest.mark.parametrize("document", [shown(), raw()], ids=["show", "raw"])
def test_a_secret_region_and_id_are_printed_nowhere(document):
    assert "hushed" in str(document)
    assert "hushed" not in render(report_of(document))
