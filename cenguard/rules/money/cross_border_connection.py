"""A package, limit or peer crosses the border of the Chinese mainland.

What it does:
    Looks for area pairs with exactly one end in Mainland China that a package, a limit or a peer uses. Hong Kong lies
    outside. Silent about what stands, and where a limit or peer that is paid alike crosses it already.

Why it matters:
    Cross-border bandwidth is supplied by China Unicom and sold after a qualification only, and not refundable. A program
    cannot show whether your account has it.

Example:
    import pulumi_alicloud as alicloud

    {PACKAGE_EUROPE}

Instead:
    import pulumi_alicloud as alicloud

    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="Asia-Pacific",
        geographic_region_b_id="Europe",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When your account is qualified.

Source:
    https://help.aliyun.com/en/cen/user-guide/work-with-a-bandwidth-plan
"""

from collections.abc import Iterator

from msgspec import structs

from cenguard.findings import Finding, Level
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.network import BandwidthLimit, BandwidthPackage, CenInstance, Network, Peer
from cenguard.network.connectivity import doubt_blocker
from cenguard.network.faults import area_pair_of
from cenguard.network.standing import before
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.about_peer import ends, peer_finding
from cenguard.rules.money.terms import about_package
from cenguard.rules.rule import Effect, Rule, Scope

User = BandwidthPackage | BandwidthLimit | Peer


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each instance and area pair across the border."""
    for instance in network.instances:
        for area_pair, users in _users(network, instance).items():
            if area_pair.is_cross_border:
                yield from _finding(network, area_pair, users, instance)
    for peer in network.peers:
        yield from _of_traffic(network, peer)
    for package in network.packages:
        if not package.declared or package.stands or not package.is_new:
            continue
        if package.area_pair is not None and package.area_pair.is_cross_border and not package.attached:
            yield from _finding(network, package.area_pair, [package], None)
        elif package.areas_blocker and not package.areas_incomplete and not package.misspelt:
            yield about_package(
                package,
                "",
                question=f"package {package.label} crosses the border of the Chinese mainland",
                blocker=package.areas_blocker,
                because=(),
                fix="",
            )


def _of_traffic(network: Network, peer: Peer) -> Iterator[Finding]:
    """A peer paid by traffic whose area pair nobody knows: there may be no package whose areas tell it."""
    if not peer.declared or peer.stands or not (peer.by_traffic or peer.billing_blocker):
        return
    if isinstance(area_pair_of(network, peer), AreaPair) or _is_qualified(network, peer, [peer]):
        return
    crosses = network.catalogue.crosses_border(peer.pair) if peer.pair is not None else None
    blocker = doubt_blocker(crosses) if isinstance(crosses, Doubt) else peer.region_blocker if crosses is None else None
    if crosses and blocker is None:
        blocker = peer.billing_blocker
    elif blocker is None:
        return
    yield peer_finding(
        network,
        peer,
        f"{peer.label} connects {ends(peer)}, across the border of the Chinese mainland: that needs the cross-border qualification first.",
        _fix(peer),
        question=f"peer {peer.label} is one paid by traffic that crosses the border of the Chinese mainland",
        blocker=blocker,
    )


def _users(network: Network, instance: CenInstance) -> dict[AreaPair, list[User]]:
    """What uses each area pair of an instance: packages first, then peers, then limits."""
    found: dict[AreaPair, list[User]] = {}
    for item in instance.packages:
        if item.package.area_pair is not None:
            found.setdefault(item.package.area_pair, []).append(item.package)
    carriers: tuple[Peer | BandwidthLimit, ...] = (*instance.peers, *instance.limits)
    for carrier in carriers:
        area_pair = area_pair_of(network, carrier)
        if isinstance(area_pair, AreaPair):
            found.setdefault(area_pair, []).append(carrier)
    return found


def _is_qualified(network: Network, new: User, users: list[User]) -> bool:
    """Whether something that stands crosses the border there already, and is paid alike; changed by the update or not."""
    by_traffic = _by_traffic(new)
    for item in users:
        if isinstance(item, BandwidthPackage):
            continue
        old = item if item.proves else before(network, item)
        if old is not None and old.pair == item.pair and _by_traffic(old) == by_traffic:
            return True
    return False


def _by_traffic(item: User) -> bool:
    """Whether it is paid by traffic."""
    return isinstance(item, Peer) and item.by_traffic


def _finding(network: Network, area_pair: AreaPair, users: list[User], instance: CenInstance | None) -> Iterator[Finding]:
    bought = [item for item in users if isinstance(item, BandwidthPackage)]
    # what was bought was qualified, whatever the update changes of it; what is paid by traffic is so by another application
    is_bought = any(item.stands or not item.is_new or not item.declared for item in bought)
    added = (item for item in users if item.declared and not item.stands and not (is_bought and not _by_traffic(item)))
    new = next((item for item in added if not _is_qualified(network, item, users)), None)
    if new is None:
        return
    found = finding_about(
        new,
        f"{new.label} connects {area_pair}, across the border of the Chinese mainland: that needs the cross-border qualification first.",
        question="",
        because=evidence.some_steps(
            [
                f"{evidence.package_text(item) if isinstance(item, BandwidthPackage) else evidence.carrier_text(item)} uses {area_pair}"
                for item in users[: evidence.MOST_NAMED]
            ],
            of=len(users),
        ),
        fix=_fix(new),
        instance=instance,
        area_pair=area_pair,
        packages=[item.address for item in bought],
        related=[item.address for item in users if item is not new],
    )
    if instance is not None and isinstance(new, BandwidthPackage):
        found = structs.replace(found, apart=evidence.apart(new, instance))
    yield found


def _fix(new: User) -> str:
    """What it takes: another thing for what is paid by traffic. Source: the pages of cross-border connections and of CDT."""
    qualified = "Make sure that your account is qualified (an application to China Unicom)"
    if isinstance(new, Peer) and new.by_traffic:
        return f"{qualified}, and that its cross-border service of CDT is switched on, before you deploy."
    refund = "; a cross-border package is not refundable" if isinstance(new, BandwidthPackage) else ""
    return f"{qualified} before you deploy{refund}."


RULE = Rule(
    code="CEN407",
    name="cross-border-connection",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    page=__doc__,
)
