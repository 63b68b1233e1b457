"""What would settle a question is something that the reader of this document can give."""

from pathlib import Path

from cenguard.geography.regions import region_pair
from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.judging.proof import prove
from cenguard.readers.sources import read_document
from cenguard.resources.values import UNKNOWN
from cenguard.rules import RULES
from cenguard.rules.bandwidth import mis_area_bandwidth_package
from cenguard.testing import a_world, findings_of

BY_CODE = {rule.code: rule for rule in RULES}
RECORDINGS = Path(__file__).parents[1] / "recordings"


def document(path):
    """A recorded document."""
    return read_document((RECORDINGS / path).read_bytes(), path, "")


def test_a_module_names_one_package_already():
    """*Name one package there* was said of code that does: Pulumi does not show which."""
    found = check([document("roads/tfmod-basic-create/preview.json.gz")], Options()).findings
    settling = {item.fix.summary for item in found if "may be that of" in item.message}

    assert settling == {"a plan of the module's own code (`terraform show -json`) would settle it"}


def test_the_networks_of_an_instance_that_has_none_here():
    """There are no *others*."""
    (finding,) = findings_of(
        a_world().instance().package("China", "Europe", 10, "package"), rules=[mis_area_bandwidth_package.RULE]
    ).values()
    assert finding.fix.summary == "the document of the stack that attaches its networks would settle it"


def test_a_package_that_stays_in_the_cloud_does_not_stand_outside_of_the_input():
    """The evidence beside it names the package of the input."""
    (proof,) = prove(network_of([document("partial/forget-routes/plan.json")], Options()), "cn-hangzhou", "eu-central-1", None)

    assert region_pair(*proof.regions).names == ("cn-hangzhou", "eu-central-1")
    assert proof.meaning == "connected by a package that leaves the program, and stays in the cloud"


def asked(world, code):
    """What a rule asks of a world, and what would settle it."""
    (finding,) = BY_CODE[code].findings(world.assembled(), {})
    return finding.message, finding.fix.summary


def test_a_region_that_nobody_knows_may_be_a_slip():
    """A row of an area file for `cn-bejing` was all that was advised."""
    world = a_world().instance().attach("cn-beijing", "shop").limit("cn-bejing", "us-west-1", 5, "limit")
    assert asked(world, "CEN207")[1] == (
        "the right name, where this is a slip, or a row for it in a file given with --areas would settle it"
    )


def test_the_router_of_an_attachment_that_is_not_here():
    """It read *its router of vpn*."""
    world = (
        a_world()
        .on("cen-1")
        .resource(
            "alicloud:cen/transitRouterVpnAttachment:TransitRouterVpnAttachment",
            "vpn",
            {"cenId": "cen-1", "vpnId": "vco-1"},
            region="cn-hangzhou",
        )
    )
    assert asked(world, "CEN318")[0] == (
        "Whether the router of vpn has a CIDR block cannot be told: the router of vpn is not a resource of the input."
    )


def test_the_account_of_the_default_provider_is_the_stacks_own():
    """No program can set anything on `default_4_0_0`."""
    world = a_world().instance().provider("theirs", region="us-west-1").network("us-west-1", "net", provider="theirs")
    world.attach("us-west-1", "sales", network="net", childInstanceOwnerId="1234567890123456")
    assert asked(world, "CEN103")[1] == "alicloud:accountId in the stack's configuration, or the grant, would settle it"

    (told,) = BY_CODE["CEN103"].findings(world.config(accountId="6543210987654321").assembled(), {})
    assert told.message.startswith("sales attaches net, which another account's provider creates here, and nothing grants it.")
    world.config(accountId="1234567890123456")
    assert not list(BY_CODE["CEN103"].findings(world.assembled(), {}))


def test_a_provider_of_the_program_has_no_account_of_the_stacks():
    """Whatever its name begins with: its own account is not known yet."""
    world = a_world().instance().provider("default-ours", region="us-west-1", accountId=UNKNOWN)
    world.provider("theirs", region="us-west-1", accountId="1234567890123456").network("us-west-1", "net", provider="theirs")
    world.attach("us-west-1", "sales", network="net", provider="default-ours").config(accountId="6543210987654321")
    assert not list(BY_CODE["CEN103"].findings(world.assembled(), {}))
