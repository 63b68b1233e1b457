"""Advice in words, done as it says: what it is about is gone then, and nothing else is refused."""

import pytest

from cenguard.rules import RULES
from cenguard.testing import a_world
from tests.rules.tables import basic, enterprise

BY_CODE = {rule.code: rule for rule in RULES}


def advice(code, world):
    """What the one finding of a rule says is to be done."""
    (finding,) = BY_CODE[code].findings(world.assembled(), {})
    return finding.fix.summary


def detached():
    """A package that an update detaches, under a limit."""
    world = basic().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")
    return world.standing().deleted("package-attachment")


def test_a_limit_waits_for_what_it_is_given():
    """Without that its package may come too late (CEN211)."""
    assert advice("CEN207", basic().limit("cn-beijing", "us-west-1", 5, "limit")) == (
        "Buy a China/North-America bandwidth package, attach it to core, and let the limit wait for that; or remove the limit."
    )


def test_a_package_that_the_update_detaches_is_kept_attached():
    """Another attachment was advised, which the service refuses beside the old one (CEN205)."""
    assert advice("CEN203", detached()) == (
        "Keep package-attachment, which attaches it to core until the update deletes it; or let the package go as well."
    )


def test_a_limit_keeps_the_attachment_of_its_package():
    """The same of the limit that draws on it."""
    assert advice("CEN207", detached().updated("limit", bandwidthLimit=4)) == (
        "Keep package-attachment, which attaches package package (China/North-America) until the update deletes it, or remove the limit."
    )


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("ccn-xx-north-9", "Correct the name; a"),  # it was a plain region, where no CCN is attached (CEN110)
        ("ccn-cn-beijng", "Correct the name; a"),  # Beijing has none
        ("ccn-cn-shangai", "Did you mean ccn-cn-shangai → ccn-cn-shanghai? A"),
    ],
)
def test_the_region_of_a_ccn_is_one_of_ccns(said, meant):
    """What a CCN's region resembles is no plain one."""
    world = a_world().instance().attach(said, "shops", "CCN", network="ccn-1")
    assert advice("CEN107", world).startswith(f"{meant} region that is newer")


def test_a_peer_of_basic_routers_is_not_to_be_paid_by_traffic():
    """The service refuses that (CEN316)."""
    world = a_world().instance().router("ccn-cn-shanghai", "near").router("ccn-eu-central-1", "far")
    assert advice("CEN301", world.peer("near", "far", 5, billing="BandwidthPackage")) == "Name a bandwidth package."


def test_what_a_state_says_is_read_anew_and_no_inventory():
    """An unlocked package is locked there until the state is refreshed."""
    world = basic().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()
    locked = world.outputs("package", businessStatus="FinancialLocked")
    assert advice("CEN413", locked) == "Pay the bill in the console, and run `pulumi refresh`."
    assert advice("CEN201", locked) == "once it is unlocked, `pulumi refresh` would settle it"


def test_a_peer_that_is_routed_at_neither_end():
    """One association leaves the other end as it was."""
    world = enterprise().peer("near", "far", 5, billing="DataTransfer", routed=False)
    assert advice("CEN310", world.route("near", "plant").route("far", "office")) == (
        "Add a TransitRouterRouteTableAssociation, and a TransitRouterRouteTablePropagation (or a route entry) for it, at each router that "
        "lacks one."
    )
