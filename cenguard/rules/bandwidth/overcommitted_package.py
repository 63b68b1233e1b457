"""Limits and peers drawn on a bandwidth package add up to more than it holds.

What it does:
    Adds the Mbps of everything drawn on a package and compares the sum with the package. A sum equal to it fits; a limit of
    unknown size leaves the answer open only while the known ones still fit.

Why it matters:
    The service refuses the limit or peer that does not fit, in the middle of an update.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=5,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
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
    https://www.alibabacloud.com/help/doc-detail/65942.htm, SetCenInterRegionBandwidthLimit
"""

from collections.abc import Iterable, Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.geography.bandwidth import LARGEST_PACKAGE, package_for
from cenguard.network import BandwidthLimit, BandwidthPackage, Network, Peer, mbps_text
from cenguard.network.drawing import Drawn, speaks, weigh
from cenguard.rules import evidence
from cenguard.rules.remedies.area_pairs import cause_of_size
from cenguard.rules.remedies.ready_packages import is_stray
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package that is, or may be, too small."""
    for package in network.packages:
        if not package.drawn_by or not speaks(package):
            continue  # what an inventory tells of others is theirs to mend
        drawn = weigh(network, package)
        if drawn.exceeds or drawn.blocker:
            yield _finding(network, package, drawn)


def _finding(network: Network, package: BandwidthPackage, drawn: Drawn) -> Finding:
    blocker, committed = drawn.blocker, drawn.committed
    instance = package.attached[0].instance if package.attached else package.drawn_by[0].instance
    if blocker:
        message = f"Whether package {package.label} ({package.area_pair or 'areas unknown'}) is large enough cannot be told: {blocker.text}."
    else:
        message = (
            f"Package {package.label} ({package.area_pair}) holds {mbps_text(package.mbps)}, and {mbps_text(committed)} are drawn on it: "
            f"the service refuses what does not fit."
        )
    return Finding(
        verdict=judge(blocker),
        subject=package.address,
        message=message,
        because=(
            evidence.package_step(package),
            *(f"{evidence.carrier_text(item)} draws on it" for item in (package.drawn_by if blocker else drawn.carriers)),
        ),
        instance=instance.address,
        area_pair=package.area_pair,
        region_pairs=tuple(sorted({item.pair for item in package.drawn_by if item.pair})),
        packages=(package.address,),
        related=tuple(sorted(item.address for item in package.drawn_by)),
        fix=Fix(
            blocker.settle if blocker else _summary(network, package, drawn),
            cause=None if blocker else cause_of_size(network, package),
        ),
        blocker=str(blocker) if blocker else None,
    )


def _summary(network: Network, package: BandwidthPackage, drawn: Drawn) -> str:
    """How much less, or how much more; a peer of other areas does not count where the rest is too much already."""
    held, mbps, carriers, without = package.mbps or 0, drawn.committed, drawn.carriers, ""
    strays = [item for item in carriers if is_stray(network, item)]
    rightly = mbps - sum(item.mbps or 0 for item in strays)
    if strays and rightly > held:
        mbps, carriers = rightly, tuple(item for item in carriers if item not in strays)
        without = f" without {evidence.listed(item.label for item in strays)}"
    resizing = "" if package.is_new else f"; {evidence.RESIZING}"
    size = package_for(mbps)
    if size is None:
        return f"Lower the {_kinds(carriers)} by {mbps_text(mbps - min(held, LARGEST_PACKAGE))}{without}: {evidence.LARGEST}."
    return f"Lower the {_kinds(carriers)} by {mbps_text(mbps - held)}, or buy {mbps_text(size)}{without}{resizing}."


def _kinds(carriers: Iterable[BandwidthLimit | Peer]) -> str:
    """What draws, in words."""
    found = {"limits" if isinstance(item, BandwidthLimit) else "peers" for item in carriers}
    return " and ".join(sorted(found)) or "limits"


RULE = Rule(
    code="CEN208",
    name="overcommitted-package",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
