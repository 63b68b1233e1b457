"""Two bandwidth packages for one pair of areas are attached to one instance.

What it does:
    Counts the packages of each area pair on each instance; the two areas have no order.

Why it matters:
    The service refuses the second one (409 BwpForGeoSpanAlreadyAssociated), in the middle of an update.

Example:
    {PACKAGE}
    second = alicloud.cen.BandwidthPackage(
        "second",
        bandwidth=10,
        geographic_region_a_id="North-America",
        geographic_region_b_id="China",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )
    {ATTACHED}
    again = alicloud.cen.BandwidthPackageAttachment(
        "again", instance_id=core.id, bandwidth_package_id=second.id
    )
    {LIMIT}

Instead:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=20,
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
        bandwidth_limit=20,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    https://help.aliyun.com/document_detail/607790.html
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Fix, Level
from cenguard.geography.bandwidth import package_for
from cenguard.network import BandwidthPackage, Blocker, CenInstance, Network, PackageAttachment, identity
from cenguard.rules import evidence
from cenguard.rules.remedies.duplicates import IN_PLACE, cause_of_duplicate
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each later package attachment of an area pair."""
    for instance in network.instances:
        for items in instance.index.packages.values():
            first, *rest = sorted(items, key=_order)
            for later in rest:
                if later.package is not first.package:
                    yield _finding(network, instance, first, later, identity(instance))
        yield from _undetermined(network, instance)


def _undetermined(network: Network, instance: CenInstance) -> Iterator[Finding]:
    """A package of unknown areas beside others may repeat one of theirs."""
    unplaced = [
        item for item in instance.index.unplaced_packages if item.package.areas_blocker and not item.package.areas_incomplete
    ]
    said: set[str] = set()
    for item in unplaced:
        if not instance.identified or item.package.misspelt:
            continue
        other = next((other for other in instance.packages if _may_join_the_same(item.package, other.package)), None)
        if other is None:
            continue
        first, later = sorted((other, item), key=_order)
        if later.address not in said:
            said.add(later.address)
            yield _finding(network, instance, first, later, item.package.areas_blocker)


def _order(item: PackageAttachment) -> tuple[bool, str]:
    """What an inventory tells of comes first; the later one is what a finding names."""
    return item.urn is not None, item.address


def _may_join_the_same(package: BandwidthPackage, other: BandwidthPackage) -> bool:
    """Whether a package of unknown areas could turn out to join those of another one: what is known of both allows it."""
    if other is package or other.misspelt or other.areas_incomplete:
        return False
    return other.area_pair is None or package.may_join(other.area_pair)


def _finding(
    network: Network, instance: CenInstance, first: PackageAttachment, later: PackageAttachment, blocker: Blocker | None
) -> Finding:
    area_pair = later.package.area_pair
    if blocker:
        message = f"Whether {later.label} repeats an area pair that {instance.label} has a package for already cannot be told: {blocker.text}."
    else:
        names = evidence.two_labels(first.package, later.package)
        there, second = reversed(names) if later.stands and not first.stands else names
        message = (
            f"{instance.label} has a package for {area_pair} already ({there}): the service refuses "
            f"{second} with 409 BwpForGeoSpanAlreadyAssociated."
        )
    return Finding(
        verdict=judge(blocker),
        subject=later.address,
        message=message,
        because=tuple(
            f"{evidence.attaching(item)}: {evidence.package_text(item.package)} on {instance.label}" for item in (first, later)
        ),
        instance=instance.address,
        area_pair=area_pair,
        packages=(first.package.address, later.package.address),
        related=(first.address,),
        fix=Fix(blocker.settle)
        if blocker
        else Fix(IN_PLACE)
        if first.package.retained and later.package.replaced
        else Fix(
            f"Keep one package for each area pair; {_enlarge(first.package, later.package)}.",
            cause=cause_of_duplicate(network, first, later),
        ),
        blocker=str(blocker) if blocker else None,
    )


def _enlarge(first: BandwidthPackage, later: BandwidthPackage) -> str:
    """What gives more Mbps than one of two packages holds, where one holds as many as both."""
    if package_for((first.mbps or 0) + (later.mbps or 0)) is not None:
        return "enlarge it instead of adding a second one"
    return f"{evidence.LARGEST}, and there is no second one"


RULE = Rule(
    code="CEN204",
    name="duplicate-area-pair",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
