"""Facts about one limit or one peer: why the service refuses it, or why it carries nothing.

Each fact is one function with its source. Rules report them; connectivity calls a pair *broken* whose carrier has one.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import LEAST_INTERCONNECTION
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair, is_ccn
from cenguard.network import (
    BY_PACKAGE,
    DATA_TRANSFER,
    Attachment,
    BandwidthLimit,
    Blocker,
    CenInstance,
    Entity,
    Network,
    PackageAttachment,
    Peer,
    identity,
)
from cenguard.network.blocker import all_open
from cenguard.network.once import once, once_each
from cenguard.network.standing import UNTOLD, before, is_accepted
from cenguard.network.twins import deleted_twin, deletion_order
from cenguard.resources.urns import stack_of
from cenguard.text.printable import listed

PLATINUM = "Platinum"


class Fault(msgspec.Struct, frozen=True):
    """Something wrong with a limit or peer. With a blocker, it is not certain."""

    text: str
    blocker: Blocker | None = None
    mild: bool = False
    """Advisory by default: it works, or the service decides."""


def stands_in_another_stack(urn: str, items: Iterable[Entity]) -> bool:
    """Whether one of the things to wait for stands in another stack: no order between stacks can be written, and none is needed."""
    return any(item.stands and item.urn and stack_of(item.urn) != stack_of(urn) for item in items)


def needs_no_order(network: Network, carrier: BandwidthLimit | Peer, items: Sequence[Entity]) -> bool:
    """Whether nothing is made too early: what to wait for stands in another stack, or beside a carrier that is changed in place."""
    if carrier.urn is None or stands_in_another_stack(carrier.urn, items):
        return True
    old = before(network, carrier)
    return old is not None and old.pair == carrier.pair and any(item.stands for item in items)


def area_pair_of(network: Network, carrier: BandwidthLimit | Peer) -> AreaPair | Doubt | None:
    """The area pair that a limit or peer needs bandwidth for; None while its regions are not two known ones."""
    return network.catalogue.area_pair(carrier.pair) if carrier.pair else None


def packages_for(network: Network, limit: BandwidthLimit) -> list[PackageAttachment]:
    """The attachments of packages that a limit draws on: those for its area pair on its instance."""
    area_pair = area_pair_of(network, limit)
    if not isinstance(area_pair, AreaPair):
        return []
    return limit.instance.index.packages.get(area_pair, [])


def unattached_regions(network: Network, limit: BandwidthLimit) -> Fault | None:
    """A limit needs an attachment in each of its regions.

    Source: aliyun/terraform-provider-alicloud issues 595 and 598 (NoChildInstanceEitherRegion).
    """
    absent = sorted({region for region in limit.regions if region not in limit.instance.index.attachments})
    accepted = bool(absent) and is_accepted(network, limit)
    if accepted and network.leaving.told:  # its ends are attached, but for what the change itself detaches
        absent = [region for region in absent if (limit.instance, region) in network.leaving.regions]
    if not absent:
        return Fault("a region is not known", limit.regions_blocker) if limit.regions_blocker else None
    untold = None if network.leaving.told or not accepted else UNTOLD
    hidden = {region: attachments_may_hide(network, limit.instance, region) or untold for region in absent}
    absent = [region for region in absent if hidden[region] is None] or absent
    return Fault(f"no network of the instance is attached in {' or '.join(absent)}", hidden[absent[0]])


def attachments_may_hide(network: Network, instance: CenInstance, region: str | None = None) -> Blocker | None:
    """Why the instance may have attachments, or attached regions, that are not seen; in some region, or in one."""
    if not instance.whole:
        return instance.blocker
    return may_be_attached_still(network, instance, region)


def may_be_attached_still(network: Network, instance: CenInstance, region: str | None = None) -> Blocker | None:
    """Why a region that no attachment of an instance names may have one all the same: of some the region is not known.

    Or the instance is not, of an attachment in any region, or in a given one.
    """
    if instance.index.regionless:
        return instance.index.regionless[0].region_blocker
    for other in network.unidentified:
        index = other.index
        here = (
            other.attachments
            if region is None
            else index.regionless or index.attachments.get(region) or _legacy(network, other, region)
        )
        if here and other.may_be(instance):
            return other.blocker
    return _legacy(network, instance, region)


def _legacy(network: Network, instance: CenInstance, region: str | None) -> Blocker | None:
    """Why a region may be one of those that attachments of an instance name."""
    return next(filter(None, (may_be_one_region(network, name, region) for name in instance.index.attachments)), None)


@once_each
def unordered(network: Network, limit: BandwidthLimit) -> Fault | None:
    """A limit is refused while its package or one of its two networks is not attached yet.

    Silent about what does not exist, and about a limit that stands.
    Source: https://www.alibabacloud.com/help/doc-detail/68901.html, the order of the calls.
    """
    if limit.stands or limit.urn is None or limit.pair is None:
        return None
    missing: list[tuple[str, Blocker | None]] = []
    packages = packages_for(network, limit)
    certain = True
    if not packages:  # a package of unknown areas may be the one
        area_pair = area_pair_of(network, limit)
        packages = [
            item
            for item in limit.instance.index.unplaced_packages
            if item.package.areas_blocker and (not isinstance(area_pair, AreaPair) or item.package.may_join(area_pair))
        ]
        certain = False
    urns = frozenset(item.urn for item in packages if item.urn)
    if urns and not network.order.waits_for_any(limit.urn, urns) and not needs_no_order(network, limit, packages):
        name = f"the package attachment {listed((item.label for item in packages if item.urn), joint=' or ')}"
        missing.append((name, network.order_blocker(limit.urn, urns) or (None if certain else packages[0].package.areas_blocker)))
    for region in limit.pair.names:
        here = limit.instance.index.urns_in(region)
        there = limit.instance.index.attachments[region] if here else []
        if here and not network.order.waits_for_any(limit.urn, here) and not needs_no_order(network, limit, there):
            names = sorted(item.label for item in there if item.urn)
            name = f"a network attachment in {region} ({listed(names, joint=' or ')})"
            missing.append((name, network.order_blocker(limit.urn, here) or _waits_for_one_that_may_be(network, limit, region)))
    if not missing:
        return None
    elsewhere = None if limit.instance.whole else limit.instance.blocker  # an older attachment may stand there already
    certainly = [name for name, untold in missing if untold is None]
    names = certainly or [name for name, _ in missing]
    return Fault(f"does not depend on {', nor on '.join(names)}", (None if certainly else missing[0][1]) or elsewhere)


def _waits_for_one_that_may_be(network: Network, limit: BandwidthLimit, region: str) -> Blocker | None:
    """Why what a limit waits for may be a network attachment in a region: its region, or its instance, is not known.

    Of a package attachment nothing of the kind is asked: a second one for the area pair would be refused itself (CEN204, 205).
    """
    strangers = [other for other in network.unidentified if other.may_be(limit.instance)]
    open_ones = (
        *limit.instance.index.regionless,
        *(item for other in strangers for item in other.attachments if item.region in (None, region)),
    )
    for item in open_ones:
        if limit.urn and item.urn and network.order.waits_for_any(limit.urn, frozenset((item.urn,))):
            return item.region_blocker or identity(item.instance)
    return None


def earlier_twin(limit: BandwidthLimit) -> BandwidthLimit | None:
    """Another limit for the same unordered pair on the same instance, first by URN.

    Source: the provider sorts the two regions of a limit's id, so that both are one object.
    """
    if limit.pair is None:
        return None
    first = limit.instance.index.limits[limit.pair][0]
    return first if first is not limit else None


@once
def under_two_names(network: Network) -> Mapping[str, tuple[BandwidthLimit, Blocker]]:
    """By address, limits that may be for the pair of an earlier one: a legacy name is in one of them."""
    found: dict[str, tuple[BandwidthLimit, Blocker]] = {}
    for limit in network.limits:
        if limit.pair is None or network.catalogue.legacy.isdisjoint(limit.pair):
            continue
        for pair, (other, *_) in limit.instance.index.limits.items():
            if pair != limit.pair and (blocker := _may_be_one_pair(network, pair, limit.pair)):
                first, later = sorted((limit, other), key=lambda item: item.address)
                found.setdefault(later.address, (first, blocker))
    return found


def _may_be_one_pair(network: Network, one: RegionPair, other: RegionPair) -> Blocker | None:
    """Why two different pairs of regions may be one."""
    for a, b in (one, (one[1], one[0])):
        doubt = all_open(may_be_one_region(network, x, y) for x, y in ((a, other[0]), (b, other[1])) if x != y)
        if doubt is not None:
            return doubt
    return None


def enterprise_ends(limit: BandwidthLimit) -> Fault | None:
    """Limits work only between Basic Edition routers.

    Source: https://www.alibabacloud.com/help/doc-detail/65942.htm
    """
    enterprise = limit.instance.index.enterprise
    ends = sorted({region for region in limit.regions if region in enterprise})
    if ends:
        return Fault(
            f"{' and '.join(ends)} {'have' if len(ends) > 1 else 'has'} an Enterprise Edition router", identity(limit.instance)
        )
    router = limit.instance.index.unplaced_router
    if router and limit.pair:
        which = f"the router of {router.label}" if isinstance(router, Attachment) else f"router {router.label} of the instance"
        return Fault(f"{which} may lie in one of its regions", router.region_blocker)
    return None


def is_basic(instance: CenInstance, region: str) -> bool:
    """Whether the router of a region is certainly Basic Edition: a region of CCNs, or one that an inventory says it of.

    Source: https://help.aliyun.com/en/cen/product-overview/regions-and-zones-that-support-transit-router
    """
    return is_ccn(region) or (region in instance.basic and region not in instance.index.enterprise)


def may_be_enterprise(network: Network, instance: CenInstance, region: str) -> Blocker | None:
    """Why a region whose router an inventory calls Basic may have another one by now: its instance, or its region, is not known."""
    if is_ccn(region):
        return None
    if instance.index.unplaced_router is not None:
        return instance.index.unplaced_router.region_blocker
    for other in network.unidentified:
        if (region in other.index.enterprise or other.index.unplaced_router is not None) and other.may_be(instance):
            return other.blocker
    return None


def billing_conflict(network: Network, peer: Peer) -> Fault | None:
    """Pay-by-traffic takes no package; the Platinum link takes none either, and joins Enterprise Edition routers only.

    Source: https://help.aliyun.com/document_detail/262717.html, `BandwidthType` and `DefaultLinkType`.
    """
    if peer.by_traffic and peer.package is not None:
        blocker = peer.package.areas_blocker if peer.package.may_be_none else None
        return Fault(f"bandwidth type {DATA_TRANSFER} is paid by traffic and takes no package, yet one is named", blocker)
    platinum = peer.link == PLATINUM or peer.link_blocker is not None
    if platinum and not peer.by_traffic:
        if peer.billing_blocker and peer.package is None:
            return Fault("a Platinum link is sold by traffic only", peer.billing_blocker)
        return Fault(f"a Platinum link is sold with {DATA_TRANSFER} only, and this peer is billed by package", peer.link_blocker)
    if peer.billing_blocker and peer.package is not None:
        return Fault("paid by traffic, it takes no package", peer.billing_blocker)
    if platinum and peer.pair is not None:
        basic = [region for region in peer.pair.names if is_basic(peer.instance, region)]
        if basic:
            doubt = all_open(may_be_enterprise(network, peer.instance, region) for region in basic)
            return Fault(
                f"a Platinum link joins Enterprise Edition routers only, and that of {' and that of '.join(basic)} is Basic Edition",
                peer.link_blocker or doubt,
            )
    return None


def bandwidth_missing(peer: Peer) -> Fault | None:
    """A peer needs at least 1 Mbps; by traffic, the service sets a default ceiling.

    Source: https://help.aliyun.com/document_detail/262717.html, `Bandwidth`.
    """
    if peer.mbps_blocker:
        return Fault("its bandwidth is not known", peer.mbps_blocker)
    if peer.mbps is None:
        if peer.by_traffic:
            return Fault("no bandwidth is set: the service throttles it at its own default", mild=True)
        return Fault("no bandwidth is set", peer.billing_blocker)
    if peer.mbps < LEAST_INTERCONNECTION:
        return Fault(f"{peer.mbps:g} Mbps is below the least of {LEAST_INTERCONNECTION} Mbps")
    if peer.mbps == LEAST_INTERCONNECTION and not peer.by_traffic:
        return Fault("1 Mbps on a package is the least there is; it is seldom meant", peer.billing_blocker, mild=True)
    return None


def unknown_billing(peer: Peer) -> Fault | None:
    """The bandwidth type is one of two words. Source: https://help.aliyun.com/document_detail/262717.html."""
    if peer.billing is None or peer.billing in (BY_PACKAGE, DATA_TRANSFER):
        return None
    return Fault(f"bandwidth type {peer.billing!r} is neither {BY_PACKAGE} nor {DATA_TRANSFER}")


def may_be_one_region(network: Network, first: str | None, second: str | None) -> Blocker | None:
    """Why two names of regions may mean one: a legacy name is one that the area catalogue knows, and no document tells."""
    if first is None or second is None or not network.catalogue.may_be_one_region(first, second):
        return None
    return Blocker(
        f"region {first} {second}",
        f"{first} and {second} may be two names of one region: one is a legacy name, and no document says of what",
        "one name for both would settle it",
    )


def region_mismatch(network: Network, peer: Peer) -> Fault | None:
    """The declared region of the far end is that of the far router, and not the local one.

    Source: https://help.aliyun.com/document_detail/262717.html, `PeerTransitRouterRegionId`.
    """
    if not peer.declares_region:
        return Fault("peerTransitRouterRegionId is not set")
    far, local = peer.far, peer.local
    if far is not None and local is not None and far.region is None and far.provider and far.provider == local.provider:
        return Fault(f"routers {local.label} and {far.label} are on one provider, so both ends are in its one region")
    if peer.declared_region is None:
        return Fault("the declared region of the far end is not known", peer.declared_blocker)
    if far is not None and far.region is not None and peer.declared_region != far.region:
        return Fault(
            f"it declares the far end in {peer.declared_region}, but router {far.label} lies in {far.region}",
            may_be_one_region(network, peer.declared_region, far.region),
        )
    if peer.local_region == peer.declared_region:
        return Fault(f"both ends are in {peer.declared_region}")
    if not peer.stands and (same := may_be_one_region(network, peer.local_region, peer.declared_region)):
        return Fault("both ends may be in one region", same)
    if far is not None and far.region is None:
        return Fault(f"the region of the far router {far.label} is not known", far.region_blocker)
    if peer.local_region is None:
        return Fault("the region of the local router is not known", peer.region_blocker)
    return None


def limit_faults(network: Network, limit: BandwidthLimit) -> tuple[str, ...]:
    """Codes of the rules that say for certain why a limit cannot work."""
    found: list[str] = []
    if limit.within_one_region:
        found.append("CEN209")
    for code, fault in (
        ("CEN210", unattached_regions(network, limit)),
        ("CEN211", unordered(network, limit)),
        ("CEN213", enterprise_ends(limit)),
    ):
        if fault and not fault.blocker:
            found.append(code)
    deleted = deleted_twin(network, limit)
    if (limit.pair and len(limit.instance.index.limits[limit.pair]) > 1) or (
        deleted and not deletion_order(network, limit, deleted)
    ):
        found.append("CEN212")
    return tuple(sorted(found))


def peer_faults(network: Network, peer: Peer) -> tuple[str, ...]:
    """Codes of the rules that say for certain why a peer cannot work."""
    found: list[str] = []
    for code, fault in (
        ("CEN304", billing_conflict(network, peer)),
        ("CEN305", bandwidth_missing(peer)),
        ("CEN306", unknown_billing(peer)),
        ("CEN307", region_mismatch(network, peer)),
    ):
        if fault and not fault.blocker and not fault.mild:
            found.append(code)
    if any(router is not None and router.leaves for router in (peer.local, peer.far)):
        found.append("CEN408")
    if not peer.names_instance:
        found.append("CEN309")
    return tuple(found)
