"""An update resizes a package that is attached.

What it does:
    Compares the bandwidth of each package with its old state, where that was attached.

Why it matters:
    The service does it, but the provider then waits for the state `Idle`, which an attached package never has: the update
    times out, and so does the next one.

Before:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=20,
        geographic_region_a_id="China",
        geographic_region_b_id="North-America",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
        opts=pulumi.ResourceOptions(protect=True),
    )
    {ATTACHED}
    {LIMIT}

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When your provider version no longer waits.

Source:
    aliyun/terraform-provider-alicloud, resource_alicloud_cen_bandwidth_package.go: the update waits for `Idle`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network, mbps_text
from cenguard.network.drawing import weigh
from cenguard.rules.money.terms import about_package, bought
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attached package of another size."""
    resized = [
        (item, terms.before) for item, terms in bought(network) if terms.before and terms.resized and terms.before.attached
    ]
    drawn_before = _drawn_before(network) if resized else {}
    for package, before in resized:
        drawn = drawn_before.get(package.address, 0)
        early = (
            f" It also shrinks below the {mbps_text(drawn)} that are drawn on it when its turn comes: what draws on it changes later."
            if package.mbps is not None and package.mbps < drawn
            else ""
        )
        yield about_package(
            package,
            f"The update resizes package {package.label} from {mbps_text(before.mbps.value)} to {mbps_text(package.mbps)} while it is "
            f"attached: the provider waits for a state that does not come, and times out.{early}",
            question=f"package {package.label} is resized while it is attached",
            blocker=package.mbps_blocker or before.mbps.blocker,
            because=(
                f"{package.label} in the old state: {mbps_text(before.mbps.value)}, attached, {mbps_text(drawn)} drawn on it",
            ),
            fix="Lower what draws on it in an update of its own first. Then resize it in the console and refresh, or detach it for the "
            "change (its limits must be zero first)."
            if early
            else "Resize it in the console and refresh, or detach it for the change (its limits must be zero first).",
            cause=single.undone(network, package.urn, ("bandwidth",)),
        )


def _drawn_before(network: Network) -> dict[str, float]:
    """Mbps that limits and peers drew on each package before the update, by its URN."""
    before = network.base
    return {package.address: weigh(before, package).committed for package in before.packages} if before else {}


RULE = Rule(
    code="CEN405",
    name="resized-while-attached",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    needs_old_state=True,
    page=__doc__,
)
