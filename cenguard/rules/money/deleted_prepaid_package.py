"""An update deletes a prepaid package.

What it does:
    Looks for prepaid packages among what the update deletes, those that are retained excepted.

Why it matters:
    The provider takes it out of the state and answers OK; it stays in the account, and billed, until it expires.

Before:
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

Example:
    # the package is gone from the program

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

When to turn it off:
    Never.

Source:
    aliyun/terraform-provider-alicloud, issue 2092
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.network.details import PREPAID
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.rule import Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each prepaid package that is deleted."""
    for item in network.details.deletions:
        if item.retained or item.payment not in (None, PREPAID):
            continue
        yield finding_about(
            item,
            f"The update deletes package {item.name}, which is prepaid: it leaves the state and stays billed until it expires.",
            question=f"package {item.name}, which the update deletes, is prepaid",
            blocker=item.blocker,
            because=(
                f"paymentType of {item.name}: {item.payment or 'not set (prepaid)'}",
                f"retainOnDelete of {item.name}: false",
            ),
            fix="Keep it in the program until it expires, or have it kept on deletion first, so that it is let go knowingly.",
            packages=(item.urn,),
        )


RULE = Rule(
    code="CEN411",
    name="deleted-prepaid-package",
    level=Level.ADVISORY,
    effect="C",
    scope=Scope.RESOURCE,
    check=check,
    needs_old_state=True,
    needs=(Need.RETENTION,),
    page=__doc__,
)
