"""A package expires soon, or has expired.

What it does:
    Compares the expiry that the state or an inventory shows with the day of the check. Silent where neither shows one.

Why it matters:
    An expired package carries 1 Kbps, while preview and refresh stay clean.

Example:
    # the state shows that the package expires in two weeks
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

    `days`: how near is near; 30 by default.

When to turn it off:
    When expiry is watched elsewhere.

Source:
    DescribeCenBandwidthPackages, `ExpiredTime`
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.network import BandwidthPackage, Network
from cenguard.rules import evidence
from cenguard.rules.money.terms import about_package
from cenguard.rules.needs import Need
from cenguard.rules.options import Option, Stricter
from cenguard.rules.rule import Effect, Rule, Scope

DAYS = Option(
    name="days",
    about="how many days before its expiry a package is named",
    schema={"type": "number", "minimum": 0},
    default=30,
    stricter=Stricter.HIGHER,
)


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each package near its expiry, or past it."""
    today = network.today
    if today is None:
        return
    for package in network.packages:
        expires, source = _expiry(network, package)
        if expires is None or (expires - today).days > options["days"]:
            continue
        past = expires < today
        renewing = not past and _renews(network, package)
        users = "its pairs have" if package.attached else "what draws on it has"
        then = f"{'' if past else 'after that '}{users} 1 Kbps"
        again = evidence.looking_again(source, package.urn)
        yield about_package(
            package,
            f"Package {package.label} {'expired' if past else 'expires'} on {expires} (as {source} says; checked on {today}): "
            f"{then}{', unless it is renewed by itself' if renewing else ''}.",
            question="",
            because=(
                f"expiry according to {source}: {expires}",
                *(("its automatic renewal is on, which counts as it was at the purchase",) if renewing else ()),
            ),
            fix=f"See in the console that its renewal is on and can be paid, or renew it there, and {again}."
            if renewing
            else f"Renew it in the console, and {again}.",
        )


def _renews(network: Network, package: BandwidthPackage) -> bool:
    """Whether the input says that a package renews itself; whether the service knows that is in no document.

    Source: the provider sends `auto_renew` only at creation.
    """
    terms = network.details.terms.get(package.urn or "")
    return terms is not None and terms.auto_renew.blocker is None and terms.auto_renew.value is True


def _expiry(network: Network, package: BandwidthPackage) -> tuple[dt.date | None, str]:
    terms = network.details.terms.get(package.urn or "")
    if terms is not None and terms.expires is not None:
        return (None, "") if terms.is_new else (terms.expires, terms.expires_source)
    return network.details.expiries.get(package.id or ""), "the inventory"


RULE = Rule(
    code="CEN412",
    name="package-near-expiry",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check_with=check,
    options=(DAYS,),
    of_what_stands=True,
    needs=(Need.CLOUD, Need.DAY),
    page=__doc__,
)
