"""One provider block that makes several providers (`for_each` of OpenTofu): a raw state says of each instance which it has."""

import pytest

from cenguard.readers.terraform.state import _provider
from tests.readers.terraform.documents import load, pairs, report_of, violated

FOLDER, FILE = "tofu-provider-for-each", "terraform.tfstate"


@pytest.mark.parametrize("tells_regions", [True, False], ids=["1.289", "as a provider that tells no regions"])
def test_they_are_no_one_provider(tells_regions):
    document = load(FOLDER, FILE)
    for resource in document["resources"] if not tells_regions else ():
        for instance in resource["instances"]:
            instance["attributes"].pop("region_id", None)
    report = report_of(document)

    assert violated(report) == []
    assert ("cn-beijing", "eu-central-1") in pairs(report) or not tells_regions


SOURCE = 'provider["registry.opentofu.org/aliyun/alicloud"]'


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (SOURCE, "provider.alicloud"),
        (f"{SOURCE}.london", "provider.alicloud.london"),
        (f"module.site.{SOURCE}.london", "provider.alicloud.london"),
        (f'{SOURCE}.by_region["eu"]', "provider.alicloud of x.y"),
        (f"{SOURCE}.by_region[0]", "provider.alicloud of x.y"),
        ("provider.alicloud", "provider.alicloud"),
        ("module.site.provider.alicloud.london", "provider.alicloud.london"),
        ("", "provider.alicloud of x.y"),
    ],
)
def test_what_a_raw_state_says_of_a_provider(written, expected):
    assert _provider(written, "x.y", None) == expected
