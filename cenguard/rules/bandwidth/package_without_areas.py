"""A bandwidth package sets neither or only one of its two areas.

What it does: counts the areas of each package, the deprecated list included.
Why it matters: the provider raises only while it creates the package, in the middle of an update.
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.network import Network
from cenguard.rules.rule import Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package without two areas."""
    for package in network.packages:
        if not package.declared:
            continue
        if package.areas_incomplete:
            said = f"only {package.areas[0]}" if package.areas else "no area"
            yield Finding(
                verdict=judge(None),
                subject=package.address,
                message=f"Package {package.label} sets {said}: a package joins two areas (twice the same one for bandwidth within it).",
                because=(f"areas of {package.label}: {', '.join(package.areas) or 'none'}",),
                packages=(package.address,),
                fix=Fix(
                    "Set geographic_region_a_id and geographic_region_b_id.",
                    f'geographic_region_a_id="{package.areas[0] if package.areas else "China"}",\ngeographic_region_b_id="Europe",  # the other area\n',
                ),
            )
        elif package.areas_blocker and not package.misspelt and not package.areas:
            blocker = package.areas_blocker
            yield Finding(
                verdict=judge(blocker),
                subject=package.address,
                message=f"Whether package {package.label} sets two areas cannot be told: {blocker.text}.",
                packages=(package.address,),
                fix=Fix(blocker.settle) if blocker.settle else None,
                blocker=str(blocker),
            )


RULE = Rule(
    code="CEN215",
    name="package-without-areas",
    level=Level.MANDATORY,
    effect="F",
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
