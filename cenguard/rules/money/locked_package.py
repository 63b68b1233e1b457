"""The service has locked a package.

What it does:
    Names each package that an inventory or a state says is locked: `FinancialLocked` (an unpaid bill) or `SecurityLocked`.
    What draws on it is not covered for certain: its pairs are undetermined until it is unlocked.

Why it matters:
    A locked package may carry nothing, whatever limits and peers draw on it, while preview and refresh stay clean. It
    cannot be attached, resized or renewed until the lock is off.

Example:
    # the service says of this package that it is FinancialLocked
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Instead:
    # the same program, once the bill is paid and a new inventory says Normal
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When bills and locks are watched elsewhere; the pairs stay undetermined.

Source:
    DescribeCenBandwidthPackages, `BusinessStatus`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.regions import RegionPair
from cenguard.network import BandwidthLimit, BandwidthPackage, Network, Peer
from cenguard.rules import evidence
from cenguard.rules.money.terms import about_package
from cenguard.rules.needs import Need
from cenguard.rules.rule import Effect, Rule, Scope

WHY = {"FinancialLocked": "an unpaid bill", "SecurityLocked": "for security"}
CURE = {
    "FinancialLocked": "Pay the bill in the console",
    "SecurityLocked": "Ask the service's support why, and have the lock taken off",
}


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each locked package."""
    for package in network.packages:
        if package.locked:
            yield _finding(package, package.locked)


def _finding(package: BandwidthPackage, word: str) -> Finding:
    pairs = _pairs(package)
    reason = f"{word}: {WHY[word]}" if word in WHY else word
    what = (
        f"whether {evidence.pairs_text(pairs)} still {'have' if len(pairs) > 1 else 'has'} bandwidth is not known"
        if pairs
        else "what is to draw on it may get no bandwidth"
    )
    return about_package(
        package,
        f"Package {package.label} is locked ({reason}), as {package.locked_source} says: {what}.",
        question="",
        because=(f"business status according to {package.locked_source}: {word}", *map(evidence.carrier_text, package.drawn_by)),
        fix=f"{CURE.get(word, 'Have the lock taken off')}, and {evidence.looking_again(package.locked_source, package.urn)}.",
        region_pairs=pairs,
    )


def _pairs(package: BandwidthPackage) -> tuple[RegionPair, ...]:
    carriers: list[BandwidthLimit | Peer] = package.drawn_by
    return tuple(sorted({item.pair for item in carriers if item.pair is not None}))


RULE = Rule(
    code="CEN413",
    name="locked-package",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.STACK,
    check=check,
    needs=(Need.CLOUD,),
    page=__doc__,
)
