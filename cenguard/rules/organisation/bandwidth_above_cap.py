"""A package is larger than the cap.

What it does:
    Compares each package, and the sum of the packages of each area pair, with the caps that the options set.

Why it matters:
    Bandwidth is money: a zero too many is bought at once, and prepaid bandwidth is not given back.

Example:
    # cenguard.toml: [rules.bandwidth-above-cap]
    #                package_mbps = 50
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=100,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    attached = alicloud.cen.BandwidthPackageAttachment(
        "attached", instance_id=core.id, bandwidth_package_id=package.id
    )
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-west-1"],
        bandwidth_limit=10,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Instead:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    attached = alicloud.cen.BandwidthPackageAttachment(
        "attached", instance_id=core.id, bandwidth_package_id=package.id
    )
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-west-1"],
        bandwidth_limit=10,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Options:
    `level`: mandatory, advisory or disabled.

    `package_mbps`: most Mbps of one package.

    `area_pairs`: most Mbps of all packages of an area pair, such as `{"China/Europe" = 100}`.

When to turn it off:
    It is silent until an option is set.

Source:
    your organisation
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.network import BandwidthPackage, Network, mbps_text
from cenguard.rules.money.terms import about_package
from cenguard.rules.options import AREA_PAIR, NUMBER, Option
from cenguard.rules.rule import Rule, Scope

PACKAGE_MBPS = Option(name="package_mbps", about="most Mbps of one package", schema=NUMBER, default=None)
AREA_PAIRS = Option(
    name="area_pairs",
    about='most Mbps of all packages of an area pair, by pair: {"China/Europe" = 100}',
    schema={"type": "object", "propertyNames": {"format": AREA_PAIR}, "additionalProperties": NUMBER},
    default=None,
)


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each package above its cap, and one for the last package of each sum above its own."""
    cap, caps = options["package_mbps"], _by_pair(options["area_pairs"] or {})
    if cap is None and not caps:
        return
    sums: dict[AreaPair, list[BandwidthPackage]] = {}
    for package in network.packages:
        if package.area_pair in caps:
            sums.setdefault(package.area_pair, []).append(package)
        if cap is None or not package.declared:
            continue
        if package.mbps is None or package.mbps > cap:
            yield about_package(
                package,
                f"Package {package.label} holds {mbps_text(package.mbps)}; the cap is {mbps_text(cap)}.",
                question=f"package {package.label} is within the cap of {mbps_text(cap)}",
                blocker=package.mbps_blocker,
                because=(f"cap of a package: {mbps_text(cap)}",),
                fix="Buy less, or have the cap raised.",
            )
    for span, packages in sorted(sums.items()):
        yield from _sum(span, packages, caps[span])


def _by_pair(table: Mapping[str, float]) -> dict[AreaPair, float]:
    return {area_pair(*name.split("/", 1)): mbps for name, mbps in table.items() if "/" in name}


def _sum(span: AreaPair, packages: list[BandwidthPackage], cap: float) -> Iterator[Finding]:
    known = sum(package.mbps or 0 for package in packages)
    blocker = next((package.mbps_blocker for package in packages if package.mbps_blocker), None)
    last = next((package for package in reversed(packages) if package.declared), None)
    if last is None or (known <= cap and blocker is None):
        return
    yield about_package(
        last,
        f"Packages of {span} add up to {mbps_text(known)}; the cap is {mbps_text(cap)}.",
        question=f"packages of {span} are within the cap of {mbps_text(cap)}",
        blocker=None if known > cap else blocker,
        because=tuple(f"{package.label}: {mbps_text(package.mbps)}" for package in packages),
        fix="Buy less, or have the cap raised.",
    )


RULE = Rule(
    code="CEN502",
    name="bandwidth-above-cap",
    level=Level.ADVISORY,
    effect="",
    scope=Scope.STACK,
    check_with=check,
    options=(PACKAGE_MBPS, AREA_PAIRS),
    page=__doc__,
)
