"""A bandwidth package names an area that the service does not know.

What it does:
    Compares each area word of a package with the area catalogue, letter by letter, and proposes the nearest.

Why it matters:
    The deprecated list of areas is not checked before the purchase, which then fails.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_ids=["china", "north-america"],
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )
    {ATTACHED}
    {LIMIT}

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never; an area that is newer than the catalogue goes into a file given with `--areas`.

Source:
    https://help.aliyun.com/en/cen/user-guide/work-with-a-bandwidth-plan
"""

from collections.abc import Iterator, Mapping

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause, Remedy
from cenguard.geography.areas import area_pair
from cenguard.network import BandwidthPackage, Network
from cenguard.rules import evidence
from cenguard.rules.evidence import listed
from cenguard.rules.remedies import parts, single
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package with a misspelt area."""
    for package in network.packages:
        if not package.declared:
            continue
        if package.misspelt:
            hints = {word: network.catalogue.nearest_area(word) for word in package.misspelt}
            means = [f"{word!r} → {hint!r}" for word, hint in hints.items() if hint]
            known = ", ".join(network.catalogue.areas)
            sold = ", ".join(area.id for area in network.catalogue.areas.values() if area.sold is not False)
            yield Finding(
                verdict=judge(None),
                subject=package.address,
                message=f"Package {package.label} names {listed(map(repr, package.misspelt))}, which {'are no areas' if len(hints) > 1 else 'is no area'} of the service.",
                because=(
                    f"{evidence.AREAS_OF[package.areas_listed]} of {package.label}: {', '.join(package.areas)}",
                    f"areas of catalogue {network.catalogue.edition}: {known}",
                ),
                packages=(package.address,),
                fix=Fix(
                    f"Spell {'them' if len(means) > 1 else 'it'} as the service does: {listed(means)}."
                    if len(means) == len(hints)
                    else f"{f'Spell it as the service does: {listed(means)}. Else use' if means else 'Use'} one of {sold}.",
                    cause=_cause(package, hints) if len(means) == len(hints) else None,
                ),
            )
        elif package.areas_blocker and not package.areas_incomplete:
            blocker = package.areas_blocker
            yield Finding(
                verdict=judge(blocker),
                subject=package.address,
                message=f"Whether the areas of package {package.label} are spelled right cannot be told: {blocker.text}.",
                packages=(package.address,),
                fix=Fix(blocker.settle) if blocker.settle else None,
                blocker=str(blocker),
            )


def _cause(package: BandwidthPackage, hints: Mapping[str, str | None]) -> Cause | None:
    words = [hints.get(word, word) or word for word in package.areas]
    if len(words) != 2 or package.urn is None:
        return None
    edit = parts.areas(package, area_pair(*words))
    return single.made_by(("areas", package.urn), lambda _draft: Remedy((edit,)), rank=1)


RULE = Rule(
    code="CEN216",
    name="unknown-area",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
