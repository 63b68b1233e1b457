"""A bandwidth package sets neither or only one of its two areas.

What it does:
    Counts the areas of each package, the deprecated list included: one item there, or two equal ones, is an area with itself.
    An area whose value is not known yet is set; where the other one is not, that is certain whatever the value becomes.

Why it matters:
    The provider raises only while it creates the package, in the middle of an update.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
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
    Never.

Source:
    aliyun/terraform-provider-alicloud, resource_alicloud_cen_bandwidth_package.go
"""

from collections.abc import Iterator
from itertools import combinations

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause, Remedy
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import region_pair
from cenguard.network import BandwidthPackage, Network
from cenguard.rules import evidence
from cenguard.rules.remedies import parts, single
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package without two areas."""
    for package in network.packages:
        if not package.declared:
            continue
        if package.areas_incomplete:
            given = ", ".join(package.areas) or ("one, not known yet" if package.area_awaited else "none")
            said = f"only {package.areas[0]}" if package.areas else "one area only" if package.area_awaited else "no area"
            yield Finding(
                verdict=judge(None),
                subject=package.address,
                message=f"Package {package.label} sets {said}: a package joins two areas (twice the same one for bandwidth within it).",
                because=(f"{evidence.AREAS_OF[package.areas_listed]} of {package.label}: {given}",),
                packages=(package.address,),
                fix=Fix(
                    "Set both of its areas.",
                    cause=_cause(network, package),
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


def _meant(network: Network, package: BandwidthPackage) -> AreaPair | None:
    """The areas it was probably meant for: an area pair that the instance needs and has no package for."""
    for item in package.attached:
        for pair in combinations(item.instance.index.regions, 2):
            area_pair = network.catalogue.area_pair(region_pair(*pair))
            if (
                isinstance(area_pair, AreaPair)
                and set(package.areas) <= set(area_pair.names)
                and area_pair not in item.instance.index.packages
            ):
                return area_pair
    return None


def _cause(network: Network, package: BandwidthPackage) -> Cause | None:
    meant = _meant(network, package)
    if meant is None or package.urn is None or not package.is_new or package.area_awaited:
        return None  # what the program computes for one area is not written over
    edit = parts.areas(package, meant)
    return single.made_by(("areas", package.urn), lambda _draft: Remedy((edit,)), rank=1)


RULE = Rule(
    code="CEN215",
    name="package-without-areas",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
