"""A package, or the ceiling of a peer paid by traffic, is larger than the cap.

What it does:
    Compares each package, the ceiling of each peer paid by traffic, and the sum of both for each area pair, with the caps
    that the options set. A peer paid by traffic that sets no bandwidth has the service's own ceiling, which is not known.

Why it matters:
    Bandwidth is money: a zero too many is bought at once, and prepaid bandwidth is not given back. A peer paid by traffic
    needs no package and costs by the GB: its ceiling is all that bounds the bill.

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
    {ATTACHED}
    {LIMIT}

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

    `package_mbps`: most Mbps of one package, and of one peer paid by traffic.

    `area_pairs`: most Mbps of all packages and all peers paid by traffic of an area pair, such as `{"China/Europe" = 100}`.

When to turn it off:
    It is silent until an option is set.

Source:
    your organisation
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import structs

from cenguard.findings import Finding, Level
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.network import BandwidthPackage, Blocker, Network, Peer, mbps_text
from cenguard.network.connectivity import doubt_blocker
from cenguard.network.faults import area_pair_of
from cenguard.rules.about_peer import peer_finding
from cenguard.rules.money.terms import about_package
from cenguard.rules.needs import Need
from cenguard.rules.options import AREA_PAIR, NUMBER, Option, Stricter
from cenguard.rules.rule import Effect, Rule, Scope

PACKAGE_MBPS = Option(
    name="package_mbps",
    about="most Mbps of one package, and of one peer paid by traffic",
    schema=NUMBER,
    default=None,
    stricter=Stricter.LOWER,
)
AREA_PAIRS = Option(
    name="area_pairs",
    about='most Mbps of all packages and peers paid by traffic of an area pair, by pair: {"China/Europe" = 100}',
    schema={"type": "object", "propertyNames": {"format": AREA_PAIR}, "additionalProperties": NUMBER},
    default=None,
    stricter=Stricter.LOWER,
)
LESS = "Take less, or have the cap raised."


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each package or peer above its cap, and one for the last of each sum above its own."""
    cap, caps = options["package_mbps"], _by_pair(options["area_pairs"] or {})
    if cap is None and not caps:
        return
    alone: set[str | None] = set()
    for finding in () if cap is None else _alone(network, cap):
        alone.add(finding.subject)
        yield finding
    for capped in sorted(caps):
        for finding in _sum(network, _Sum(network, capped), caps[capped]):
            # what is said of the sum names a package or peer of which more may be said
            yield structs.replace(finding, apart="sum") if finding.subject in alone else finding


def _alone(network: Network, cap: float) -> Iterator[Finding]:
    """One finding for each package, and each peer by traffic, above the cap."""
    for package in network.packages:
        if package.declared and (package.mbps is None or package.mbps > cap):
            yield _package(package, cap)
    for peer in network.peers:
        if (peer.by_traffic or _may_be(peer)) and peer.declared and (peer.mbps is None or peer.mbps > cap):
            yield _peer(network, peer, cap)


def _by_pair(table: Mapping[str, float]) -> dict[AreaPair, float]:
    """The caps by area pair: of one that is there under both spellings, the lower one."""
    found: dict[AreaPair, float] = {}
    for name, mbps in table.items():
        if "/" in name:
            pair = area_pair(*name.split("/", 1))
            found[pair] = min(mbps, found.get(pair, mbps))
    return found


def _peers(network: Network) -> list[Peer]:
    """Every peer that is, or may be, paid by traffic: those of the input, and those that an inventory names."""
    peers = {id(peer): peer for instance in network.instances for peer in instance.peers}
    peers |= {id(peer): peer for peer in network.peers}
    return sorted((peer for peer in peers.values() if peer.by_traffic or _may_be(peer)), key=lambda peer: peer.address)


def _may_be(peer: Peer) -> bool:
    """Whether a peer may be paid by traffic: then it draws on no package, whatever it names."""
    return peer.billing_blocker is not None


def _package(package: BandwidthPackage, cap: float) -> Finding:
    return about_package(
        package,
        f"Package {package.label} holds {mbps_text(package.mbps)}; the cap is {mbps_text(cap)}.",
        question=f"package {package.label} is within the cap of {mbps_text(cap)}",
        blocker=package.mbps_blocker,
        because=(f"cap of a package: {mbps_text(cap)}",),
        fix=LESS,
    )


def _peer(network: Network, peer: Peer, cap: float) -> Finding:
    return peer_finding(
        network,
        peer,
        f"Peer {peer.label} is paid by traffic and may carry {mbps_text(peer.mbps)}; the cap is {mbps_text(cap)}.",
        LESS,
        question=f"peer {peer.label}, which is paid by traffic, is within the cap of {mbps_text(cap)}",
        blocker=_ceiling_blocker(peer),
        because_of=(f"cap of a peer paid by traffic: {mbps_text(cap)}",),
    )


def _ceiling_blocker(peer: Peer) -> Blocker | None:
    """Why the ceiling of a peer is not known."""
    if _may_be(peer):
        return peer.billing_blocker
    if peer.mbps is not None:
        return None
    return peer.mbps_blocker or Blocker(
        f"ceiling {peer.address}",
        f"peer {peer.label} sets no bandwidth, and the service's own ceiling for it is not known",
        "set its bandwidth",
    )


class _Sum:
    """What counts for the cap of an area pair, and what of the input may count."""

    def __init__(self, network: Network, area_pair: AreaPair) -> None:
        """Take the area pair that has a cap."""
        self.area_pair = area_pair
        self.packages: list[BandwidthPackage] = []
        self.peers: list[Peer] = []
        self.known: float = 0
        self.at_most: float | None = 0
        """With all that may count; None where that has no bound."""
        self.blocker: Blocker | None = None
        for package in network.packages:
            if package.area_pair == area_pair:
                self.packages.append(package)
                self._add(package.mbps, None if package.mbps is not None else package.mbps_blocker)
            elif package.area_pair is None and package.declared and {*area_pair}.issuperset(package.areas):
                self.packages.append(package)
                self._add(package.mbps, package.areas_blocker, counts=False)
        for peer in _peers(network):
            joined = area_pair_of(network, peer)
            if joined == area_pair:
                self.peers.append(peer)
                self._add(peer.mbps, _ceiling_blocker(peer), counts=not _may_be(peer))
            elif not isinstance(joined, AreaPair) and peer.declared:
                self.peers.append(peer)
                self._add(peer.mbps, doubt_blocker(joined) if joined else peer.region_blocker, counts=False)

    def _add(self, mbps: float | None, blocker: Blocker | None, *, counts: bool = True) -> None:
        self.known += mbps or 0 if counts else 0
        self.at_most = None if self.at_most is None or mbps is None else self.at_most + mbps
        self.blocker = self.blocker or blocker

    def counts(self, item: BandwidthPackage | Peer, network: Network) -> bool:
        """Whether a package or a peer is one of the sum for certain."""
        if isinstance(item, BandwidthPackage):
            return item.area_pair == self.area_pair
        return not _may_be(item) and area_pair_of(network, item) == self.area_pair


def _sum(network: Network, found: _Sum, cap: float) -> Iterator[Finding]:
    if found.known <= cap and (found.blocker is None or (found.at_most is not None and found.at_most <= cap)):
        return
    packages, peers = found.packages, found.peers
    what = "Packages" if not peers else "Packages and peers paid by traffic" if packages else "Peers paid by traffic"
    message = f"{what} of {found.area_pair} add up to {mbps_text(found.known)}; the cap is {mbps_text(cap)}."
    question = f"{what[0].lower()}{what[1:]} of {found.area_pair} are within the cap of {mbps_text(cap)}"
    open_ = None if found.known > cap else found.blocker
    drawn: tuple[BandwidthPackage | Peer, ...] = (*packages, *peers)
    sure = [item for item in drawn if found.counts(item, network)]
    because = [_line(item) for item in sure]
    last = next((item for item in reversed(sure) if item.declared and isinstance(item, BandwidthPackage)), None)
    last = last or next((package for package in reversed(packages) if package.declared and open_), None)
    if last is not None:
        finding = about_package(last, message, question=question, blocker=open_, because=because, fix=LESS)
        yield structs.replace(finding, area_pair=found.area_pair)
        return
    peer = next((item for item in reversed(sure) if item.declared and isinstance(item, Peer)), None)
    peer = peer or next((peer for peer in reversed(peers) if peer.declared and open_), None)
    if peer is not None:
        finding = peer_finding(network, peer, message, LESS, question=question, blocker=open_, because_of=because)
        yield structs.replace(finding, area_pair=found.area_pair)


def _line(item: BandwidthPackage | Peer) -> str:
    kind = f"package {item.label}" if isinstance(item, BandwidthPackage) else f"peer {item.label}, paid by traffic"
    return f"{kind}: {mbps_text(item.mbps)}"


RULE = Rule(
    code="CEN502",
    name="bandwidth-above-cap",
    level=Level.ADVISORY,
    effect=Effect.NONE,
    scope=Scope.STACK,
    check_with=check,
    options=(PACKAGE_MBPS, AREA_PAIRS),
    needs=(Need.SETTINGS,),
    page=__doc__,
)
