"""What stops, what changes and what is not known: the facts that hold for one network, each with what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from cenguard.findings.upgrade_answer import Fact
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import is_ccn
from cenguard.network import Attachment, Blocker
from cenguard.network.connectivity import Disposition
from cenguard.text.printable import listed
from cenguard.upgrade import facts
from cenguard.upgrade.before import Held, PairToday, Today
from cenguard.upgrade.carried import Beside
from cenguard.upgrade.parts import AS_IS, PACKAGE, NewPeer, package_of

MOST_PUBLISHING = 50
"""VPCs of a router that may take its routes by themselves. Source: the page of route synchronization, its limits."""
_CHILD_REGIONS = "https://help.aliyun.com/document_detail/132080.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Facts, sorted by their words."""

    stops: tuple[Fact, ...]
    changes: tuple[Fact, ...]
    unknown: tuple[Fact, ...]


def said_of(today: Today, billing: str, peers: Iterable[NewPeer], beside: Beside, *, compared: bool) -> Said:
    """What is known of the change of one network; `compared` is whether its pairs of networks were."""
    peers = tuple(peers)
    stops = [*_stops(today, peers), *beside.stops]
    changes = [*_changes(today, billing, peers), *beside.changes]
    unknown = [*_unknown(today, billing, peers), *beside.unknown]
    if not compared:
        unknown.append(
            Fact(
                what="whether each network reaches whom it reached: they differ in too many ways to compare all pairs",
                source=None,
                date=None,
            )
        )
    return Said(stops=_sorted(stops), changes=_sorted(changes), unknown=_sorted(unknown))


def _sorted(found: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(sorted({(item.what, item.about): item for item in found}.values(), key=lambda item: (item.what, item.about)))


def _pair(pair: PairToday) -> str:
    return " – ".join(pair.regions.names)


def _in_regions(today: Today, regions: Iterable[str]) -> list[Held]:
    named = set(regions)
    return [item for item in today.held if item.region in named]


# ------------------------------------------------------------------ stops


def _stops(today: Today, peers: tuple[NewPeer, ...]) -> Iterable[Fact]:
    free = [item for item in today.pairs if item.disposition is Disposition.CCN_FREE]
    if free:
        ends = {region for item in free for region in item.regions.names if is_ccn(region)}
        about = (item.address for item in _in_regions(today, ends))
        yield facts.about(facts.CCN_FREE, about, listed(map(_pair, free)))
    for item in today.misplaced:
        yield _misplaced(item)
    joined = {region for peer in peers for region in peer.regions.names}
    everywhere = {region for item in today.pairs for region in item.regions.names}
    for region in sorted(item for item in everywhere - joined if not is_ccn(item)):
        if any(region in item.regions and not item.of_a_ccn for item in today.pairs):
            yield facts.about(facts.REGION_ALONE, (item.address for item in _in_regions(today, (region,))), region)


def _misplaced(item: Attachment) -> Fact:
    if item.kind == "CCN":
        return facts.about(facts.CCN_IN_PLAIN_REGION, (item.network or item.address,), f"{item.label} in {item.region}")
    return Fact(
        what=f"a region of CCNs attaches no {item.kind}: {item.label} in {item.region}",
        about=(item.network or item.address,),
        source=_CHILD_REGIONS,
        date=None,
    )


# ------------------------------------------------------------------ changes


def _changes(today: Today, billing: str, peers: tuple[NewPeer, ...]) -> Iterable[Fact]:
    yield from facts.FOR_EVERYONE
    limits = [item.address for item in today.instance.limits]
    if limits:
        yield facts.about(facts.LIMITS, limits)
    joined = {peer.regions for peer in peers}
    silent = [
        item
        for item in today.pairs
        if item.regions not in joined and not item.of_a_ccn and item.disposition is not Disposition.SAME_REGION
    ]
    if silent:
        yield facts.about(facts.NO_TEST_BANDWIDTH, (), ", ".join(map(_pair, silent)))
    if any(item.kind == "VPC" for item in today.held):
        yield facts.ZONES
    by_region: dict[str, list[Held]] = {}
    for item in today.held:
        by_region.setdefault(item.region, []).append(item)
    together = [item.address for items in by_region.values() if len(items) > 1 for item in items]
    if together:
        yield facts.about(facts.FREE_WITHIN_A_REGION, together)
    foreign = [item.address for item in today.held if _is_of_another_account(today, item)]
    if foreign:
        yield facts.about(facts.CROSS_ACCOUNT, foreign)
        yield facts.about(facts.WHO_PAYS, foreign)
    for region, items in sorted(by_region.items()):
        vpcs = [item.address for item in items if item.kind == "VPC"]
        if len(vpcs) > MOST_PUBLISHING:
            yield facts.about(facts.PUBLISHING_QUOTA, vpcs, f"{region} has {len(vpcs)}")
    if today.instance.packages:
        yield facts.about(facts.ONE_PACKAGE, (item.package.address for item in today.instance.packages))
    if billing != PACKAGE and peers:
        yield facts.BY_TRAFFIC
    if any(map(is_ccn, by_region)):
        yield facts.ONE_END_BASIC


def _is_of_another_account(today: Today, item: Held) -> bool:
    """Whether a network is of another account than the instance, as its attachment says."""
    joining = today.network.details.joinings.get(item.attachment.urn or "")
    if joining is None or not joining.owner.is_set:
        return False
    owner = joining.instance_owner.value
    return owner is None or owner != joining.owner.value


# ------------------------------------------------------------------ unknown


def _unknown(today: Today, billing: str, peers: tuple[NewPeer, ...]) -> Iterable[Fact]:
    yield from facts.UNKNOWN_FOR_EVERYONE
    lines = [item.address for item in today.held if item.kind == "VBR"]
    if len(lines) > 1:
        yield facts.about(facts.VBR_TO_VBR, lines)
    of_ccn = [
        item for item in today.pairs if item.of_a_ccn and item.disposition not in (Disposition.CCN_FREE, Disposition.SAME_REGION)
    ]
    if of_ccn:
        ends = {region for item in of_ccn for region in item.regions.names if is_ccn(region)}
        yield facts.about(facts.CCN_PAIR, (item.address for item in _in_regions(today, ends)), listed(map(_pair, of_ccn)))
    own = [item for item in today.pairs if item.of_a_ccn and item.disposition is Disposition.SAME_REGION]
    if own:
        yield Fact(
            what=f"whether a CCN reaches the Enterprise router of its own region as it reaches a Basic one: not documented: {listed(map(_pair, own))}",
            about=tuple(
                sorted(item.address for item in _in_regions(today, (region for pair in own for region in pair.regions.names)))
            ),
            source=None,
            date=None,
        )
    attached = {item.region for item in today.held}
    for pair in today.pairs:
        beyond = [region for region in pair.regions.names if region not in attached]
        if beyond:
            yield Fact(
                what=f"which networks are attached in {listed(beyond)}: a limit joins {_pair(pair)}, and the input has none there; the document of "
                "the stack that attaches them, or an inventory, would settle it",
                about=tuple(item.address for item in pair.limits),
                source=None,
                date=None,
            )
    instance = today.instance
    if not instance.whole and instance.blocker is not None:
        yield _open(instance.blocker, (instance.address,))
    for other in today.network.unidentified:
        if other.blocker is not None and other.may_be(instance) and (other.attachments or other.limits or other.packages):
            yield _open(other.blocker, tuple(item.address for item in (*other.attachments, *other.limits, *other.packages)))
    joined = {peer.regions for peer in peers}
    for pair in today.pairs:
        if pair.regions not in joined and pair.disposition is Disposition.UNDETERMINED and not pair.of_a_ccn:
            yield Fact(
                what=f"whether {_pair(pair)} has Mbps today, for which the input has no limit{_why(pair.blocker)}",
                source=None,
                date=None,
            )
    for peer in peers:
        if peer.pair.of_a_ccn:
            continue
        names = tuple(item.address for item in peer.pair.limits)
        if not peer.by_traffic and peer.package is None:
            yield Fact(what=_no_package(today, peer, billing), about=names, source=None, date=None)
        if peer.mbps is None:
            yield Fact(
                what=f"how many Mbps {_pair(peer.pair)} has today{_why(peer.blocker)}", about=names, source=None, date=None
            )


def _why(blocker: Blocker | None) -> str:
    return f": {blocker}" if blocker is not None else ""


def _no_package(today: Today, peer: NewPeer, billing: str) -> str:
    area_pair = today.network.catalogue.area_pair(peer.regions)
    if not isinstance(area_pair, AreaPair):
        return f"which package the connection {_pair(peer.pair)} needs: {area_pair.reason}"
    several = len(today.instance.index.packages.get(area_pair, ())) > 1
    assert package_of(today, peer.pair) is None
    why = (
        f"the instance has several of {area_pair}"
        if several
        else f"the {area_pair} package of the limit {_pair(peer.pair)} is not in the input; an inventory that names it would settle it"
    )
    as_is = ", nor whether it holds enough" if billing == AS_IS else ""
    return f"which package the connection {_pair(peer.pair)} draws on{as_is}: {why}"


def _open(blocker: Blocker, about: tuple[str, ...]) -> Fact:
    return Fact(what=f"what else belongs to the instance: {blocker}", about=about, source=None, date=None)
