"""A bandwidth package asks for a size that is not sold.

What it does:
    Compares the bandwidth of each package with what is sold: whole Mbps, from 2 to 10,000.

Why it matters:
    The provider lets 1 and 20,000 pass; the service refuses the purchase, in the middle of an update.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=1,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )

Instead:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=2,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )
    {ATTACHED}
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-west-1"],
        bandwidth_limit=2,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    API metadata of CreateCenBandwidthPackage, `Bandwidth`
"""

from collections.abc import Iterator
from math import ceil

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Cause
from cenguard.geography.bandwidth import LARGEST_PACKAGE, LEAST_PACKAGE, package_size_problem, whole_mbps
from cenguard.network import BandwidthPackage, Network, mbps_text
from cenguard.rules.about import finding_about
from cenguard.rules.remedies import single
from cenguard.rules.remedies.area_pairs import cause_of_size
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package of a size that is not sold."""
    for package in network.packages:
        if not package.declared:
            continue
        size = whole_mbps(package.mbps)
        problem = None
        if package.mbps is not None:
            problem = package_size_problem(size) if size is not None else f"{mbps_text(package.mbps)} is not a whole number"
        if problem is None and package.mbps_blocker is None:
            continue
        yield finding_about(
            package,
            f"Package {package.label}: {problem}.",
            question=f"a package of the size of {package.label} is sold",
            blocker=package.mbps_blocker,
            because=(f"bandwidth of {package.label}: {'not known' if package.mbps is None else mbps_text(package.mbps)}",),
            fix=f"Ask for a whole number of Mbps from {LEAST_PACKAGE} to {LARGEST_PACKAGE:,}.",
            cause=cause_of_size(network, package) or _cause(package),
            area_pair=package.area_pair,
            packages=(package.address,),
        )


def _cause(package: BandwidthPackage) -> Cause | None:
    """The next size that is sold, of a package that no instance says more about."""
    if package.mbps is None or package.mbps > LARGEST_PACKAGE:
        return None
    return single.says(package.urn, {"bandwidth": max(LEAST_PACKAGE, ceil(package.mbps))}, rank=1)


RULE = Rule(
    code="CEN214",
    name="package-bandwidth-out-of-range",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    page=__doc__,
)
