"""A package leaves the program and stays bought.

What it does:
    Looks for packages that leave the program, or that are replaced in it, and that the cloud keeps: a deletion whose old
    state has `retain_on_delete`, `removed { destroy = false }` in Terraform.

Why it matters:
    It is billed and renewed as before, and no later plan shows it. What draws on it goes on, too, as long as it stays.

Before:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
        opts=pulumi.ResourceOptions(retain_on_delete=True),
    )
    {ATTACHED}
    {LIMIT}

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
        opts=pulumi.ResourceOptions(retain_on_delete=True),
    )
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When somebody keeps a list of such packages.

Source:
    https://www.pulumi.com/docs/iac/concepts/options/retainondelete/; aliyun/terraform-provider-alicloud, issue 2092
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package that is let go and stays."""
    kept = {package.id: package for package in network.packages if package.retained}
    for item in network.details.retained:
        package = kept.get(item.id)
        what = evidence.package_text(package) if package else item.name
        yield finding_about(
            item,
            f"{'An old package' if item.leftover else 'Package'} {what} leaves the program and stays bought: it is billed and renewed as before, and no later plan "
            "shows it.",
            question="",
            because=(f"{item.label} ({item.id or 'its id is not known'}) is kept in the cloud when it leaves the program",),
            fix="Name it in an inventory, which keeps its pairs covered in every later check"
            + ("." if item.leftover else "; or let it stay in the program until it expires."),
            instance=package.attached[0].instance if package and package.attached else None,
            area_pair=package.area_pair if package else None,
            packages=(item.urn,),
            apart=item.id or "old" if item.leftover else "",
        )


RULE = Rule(
    code="CEN414",
    name="unmanaged-package",
    level=Level.ADVISORY,
    effect=Effect.COSTS,
    scope=Scope.RESOURCE,
    check=check,
    needs_old_state=True,
    page=__doc__,
)
