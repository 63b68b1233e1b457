"""What an audit says of packages that one stack buys, and another one may attach."""

import json

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from tests.fleet.fleets import Stack


def _audit(*arguments):
    """The command in this process: status, output, errors."""
    result = CliRunner().invoke(main, ["audit", *map(str, arguments)], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_a_package_that_one_stack_buys_and_another_one_attaches_is_no_free_one_for_a_third_network(tmp_path):
    """It was offered alone: a network without a package was cut off for certain, and its fix attached that of another network."""
    own, money, other = Stack("own"), Stack("money"), Stack("other")
    other.instance("other", "cen-2")
    money.package("theirs", "cenbwp-2", ("China", "Europe"), 20)
    other.attached("theirs", "cen-2", "cenbwp-2")
    own.instance("core", "cen-1")
    for number, region in enumerate(("cn-beijing", "eu-central-1")):
        own.attachment(f"n{number}", "cen-1", region, f"vpc-{number}")
    for stack in (own, money, other):
        stack.write(tmp_path / f"s/{stack.project}.json")

    status, output, _ = _audit(tmp_path / "s", "--workers", 1, "--format", "json")

    report = json.loads(output)
    assert status == 0
    assert [item["pairs"] for item in report["instances"]] == [{"undetermined": 1}, {}]
    assert [item["verdict"] for item in report["findings"] if item["rule"] == "CEN201"] == ["undetermined"]
    assert [(item["instance"], item["stacks"]) for item in report["packages"]] == [
        ("cen-2", [f"{tmp_path}/s/money.json", f"{tmp_path}/s/other.json"])
    ]


def test_an_attachment_of_a_package_that_is_secret_may_attach_one_of_another_stack(tmp_path):
    """Of the package it was said that it is attached to nothing, for certain."""
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
    money, core, other = Stack("money"), Stack("core"), Stack("other")
    money.package("eu", "cenbwp-1", ("China", "Europe"), 20)
    core.instance("core", "cen-1")
    core.attached("bound", "cen-1", "cenbwp-9")
    for values in (core.resources[-1]["inputs"], core.resources[-1]["outputs"]):
        values["bandwidthPackageId"] = secret
    other.package("us", "cenbwp-2", ("China", "North-America"), 20)
    other.attached("us", "cen-2", "cenbwp-2")
    for stack in (money, core, other):
        stack.write(tmp_path / f"s/{stack.project}.json")

    report = json.loads(_audit(tmp_path / "s", "--workers", 1, "--format", "json", "--select", "CEN203")[1])

    assert [(item["verdict"], item["resource"]) for item in report["findings"]] == [("undetermined", "eu")]
    assert "bandwidthPackageId of bound is a secret" in report["findings"][0]["message"]


@pytest.mark.parametrize("held", [False, True])
def test_a_package_may_be_the_one_of_an_instance_that_an_inventory_tells_of(tmp_path, held):
    """Its limit stands, so it has a package of these areas, and nothing says which: another stack's was unattached for certain."""
    core = Stack("core")
    core.instance("core", "cen-9")
    core.limit("pair", "cen-9", ("cn-beijing", "eu-central-1"), 10)
    told = CliRunner().invoke(main, ["inventory", str(core.write(tmp_path / "core.json")), "--today", "2026-12-01"])
    (tmp_path / "core.toml").write_text(told.stdout)
    money = Stack("money")
    money.package("eu", "cenbwp-1", ("China", "Europe"), 20)
    money.package("us", "cenbwp-2", ("China", "North-America"), 20)
    money.write(tmp_path / "s/money.json")
    if held:  # and a part of the instance is in a state
        shop = Stack("shop")
        shop.attachment("shop", "cen-9", "cn-beijing", "vpc-1")
        shop.write(tmp_path / "s/shop.json")

    arguments = ("--inventory", tmp_path / "core.toml", "--today", "2026-12-02", "--format", "json", "--select", "CEN203")
    report = json.loads(_audit(tmp_path / "s", "--workers", 1, *arguments)[1])

    assert {item["resource"]: item["verdict"] for item in report["findings"]} == {"eu": "undetermined", "us": "violated"}
    assert len(report["instances"]) == held


def test_states_that_tell_nothing_of_their_instance_are_named_where_there_are_too_many_to_look_at(tmp_path):
    """The fifty-first and further ones were left out without a word, whatever may have been missing was in them."""
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
    for number in range(52):
        stack = Stack(f"net{number:02}")
        stack.instance("core", f"cen-{number}")
        stack.attached("bound", f"cen-{number}", "cenbwp-9")
        for values in (stack.resources[-1]["inputs"], stack.resources[-1]["outputs"]):
            values["bandwidthPackageId"] = secret
        stack.write(tmp_path / f"s/{stack.project}.json")

    output = _audit(tmp_path / "s", "--workers", 1, "--select", "CEN203")[1]

    assert (
        " ".join(output.split()).count(
            f"{tmp_path}/s/net50.json and {tmp_path}/s/net51.json do not tell which instance or package something is of; each instance "
            "is judged beside 50 such parts and not beside these, so that what it is said to lack may be there"
        )
        == 1
    )
