"""A bandwidth package names an area that is no longer sold.

What it does:
    Looks up each area of a package in the area catalogue: some that the provider still accepts are no longer on the
    service's list.

Why it matters:
    The purchase is most likely refused, in the middle of an update.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="Australia",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When your account can still buy it; better, give a catalogue with its row to `--areas`.

Source:
    https://help.aliyun.com/en/cen/user-guide/work-with-a-bandwidth-plan, and the area catalogue
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import listed
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package with an area that is not sold."""
    rows = network.catalogue.areas
    for package in network.packages:
        if not package.declared or package.stands or not package.is_new:
            continue
        retired = sorted({word for word in package.areas if word in rows and rows[word].sold is False})
        blocker = package.areas_blocker if not package.areas_incomplete and not package.misspelt else None
        if not retired and blocker is None:
            continue
        yield finding_about(
            package,
            f"Package {package.label} joins {'/'.join(package.areas)}, and {listed(retired)} {'are' if len(retired) > 1 else 'is'} no longer sold.",
            question=f"the areas of package {package.label} are sold",
            blocker=None if retired else blocker,
            because=(
                f"{evidence.AREAS_OF[package.areas_listed]} of {package.label}: {', '.join(package.areas) or 'not known'} (catalogue {network.catalogue.edition})",
            ),
            fix="Buy for areas that are sold; networks of a retired one have to move.",
            area_pair=package.area_pair,
            packages=(package.address,),
        )


RULE = Rule(
    code="CEN217",
    name="retired-area",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
