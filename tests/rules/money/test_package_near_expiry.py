"""CEN412: a package that expires soon is named. Worlds are checked on 1 January 2027."""

import datetime as dt
from pathlib import Path

from cenguard.geography.areas import area_pair
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.network.known import Inventory, KnownPackage
from cenguard.readers.sources import read_source
from cenguard.rules.money import package_near_expiry
from cenguard.testing import a_world, findings_of
from tests.rules.tables import case, table


def package(**inputs):
    """A package with some terms."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


def expiring(day):
    """A package whose state shows an expiry."""
    return package().standing().outputs("package", expiredTime=f"{day}T16:00:00Z")


def in_inventory(day):
    """A package that only an inventory names."""
    known = KnownPackage(id="cenbwp-1", area_pair=area_pair("China", "Europe"), bandwidth=10, instance="cen-1", expires=day)
    return a_world().inventory(Inventory(packages={"cenbwp-1": known}))


def renewed(state, inventory):
    """A package whose state shows one expiry, and an inventory another."""
    known = KnownPackage(id="package-id", area_pair=area_pair("China", "Europe"), bandwidth=10, expires=inventory)
    return expiring(state).inventory(Inventory(packages={"package-id": known}))


test_package_near_expiry = table(
    package_near_expiry.RULE,
    case("in two weeks", expiring("2027-01-15"), "violated package"),
    case("in thirty days", expiring("2027-01-31"), "violated package"),
    case("in thirty-one days", expiring("2027-02-01")),
    case("long ago", expiring("2026-01-01"), "violated package"),
    case("in two weeks, and a week is near enough", expiring("2027-01-15"), days=7),
    case("in two weeks, and any time is near enough", expiring("2027-01-15"), "violated package", days=1e12),
    case("pay as you go, which is said to expire in 2999", expiring("2999-09-08"), days=1e12),
    case("the state shows no expiry", package().standing()),
    case("an expiry that is no date", expiring("soon")),
    case("an inventory shows it", in_inventory(dt.date(2027, 1, 15)), "violated cenbwp-1"),
    case("an inventory shows a later one", in_inventory(dt.date(2027, 6, 15))),
    case("a state from before its renewal, which an inventory shows", renewed("2027-01-15", dt.date(2027, 6, 15))),
    case("an inventory from before its renewal, which the state shows", renewed("2027-06-15", dt.date(2027, 1, 15))),
    case("both show it", renewed("2027-01-15", dt.date(2027, 1, 14)), "violated package"),
)


def said_of(world):
    """The message, and what to do."""
    (finding,) = findings_of(world, rules=[package_near_expiry.RULE]).values()
    return finding.message.partition(": ")[2], finding.fix.summary


def test_one_that_renews_itself_is_not_told_to_end():
    renewing = package(paymentType="PrePaid", period=1, autoRenew=True).standing()
    soon = renewing.outputs("package", expiredTime="2027-01-15T16:00:00Z")

    assert said_of(soon)[0] == "after that its pairs have 1 Kbps, unless it is renewed by itself."
    assert said_of(soon)[1].startswith("See in the console that its renewal is on")
    assert said_of(expiring("2027-01-15")) == (
        "after that its pairs have 1 Kbps.",
        "Renew it in the console, and run `pulumi refresh`.",
    )


def test_one_that_is_attached_to_nothing_has_no_pairs():
    loose = a_world().instance().package("China", "Europe", 10, "package", attached=False).standing()

    assert said_of(loose.outputs("package", expiredTime="2027-01-15"))[0] == "after that what draws on it has 1 Kbps."
    assert said_of(loose.outputs("package", expiredTime="2026-01-15"))[0] == "what draws on it has 1 Kbps."


def test_one_that_has_expired_was_not_renewed_whatever_was_asked_for():
    renewing = package(paymentType="PrePaid", period=1, autoRenew=True).standing()

    assert said_of(renewing.outputs("package", expiredTime="2026-01-01T16:00:00Z"))[0] == "its pairs have 1 Kbps."


def test_what_a_day_brings_is_no_news_of_the_change():
    """The package stands as it is in a plan that changes something else: with `--new` it stopped every change."""
    recorded = Path(__file__).parents[2] / "recordings" / "terraform" / "terraform-package-swapped" / "plan.json"
    report = check([read_source(str(recorded))], Options(today=dt.date(2027, 2, 20), select=("CEN412",)))

    assert [(item.rule, item.change) for item in report.findings] == [("CEN412", "unchanged")]
