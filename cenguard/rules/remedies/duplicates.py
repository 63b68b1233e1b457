"""What is there twice, and may be there once: packages of one area pair, a package on two instances, routers of one region."""

from math import ceil

from cenguard.findings.fix import Add, Draft, Edit, OneCause, Ref, Remedy, Remove, Value
from cenguard.geography.bandwidth import LARGEST_PACKAGE, LEAST_PACKAGE
from cenguard.geography.regions import RegionPair
from cenguard.network import BandwidthLimit, BandwidthPackage, Network, PackageAttachment, TransitRouter
from cenguard.network.connectivity import Disposition, connectivity_of
from cenguard.network.details import PREPAID
from cenguard.network.drawing import used
from cenguard.resources import tokens
from cenguard.rules.remedies import parts
from cenguard.rules.remedies.meant import cause_of_misplaced, cause_of_misspelt_limit

IN_PLACE = (
    "Leave out what replaces it: a change of its areas or its payment, an option (--replace, -replace), a taint or a trigger. Else detach "
    "the old one in an update of its own first, once nothing draws on it any more."
)
"""Of one that is replaced under its name while the old one stays in the cloud, and attached."""


def cause_of_duplicate(network: Network, first: PackageAttachment, later: PackageAttachment) -> OneCause | None:
    """Of two packages for one area pair on one instance, one goes: the one that is not bought yet, or else not attached yet."""
    kept, gone = sorted((first, later), key=lambda item: (item.package.is_new, item.is_new))
    if gone.urn is None:
        return None
    attachment = gone.urn

    def made(_draft: Draft) -> Remedy | None:
        bought_now = gone.package.is_new and gone.package.declared and not gone.package.replaced
        goes = [attachment, *([gone.package.urn] if bought_now and gone.package.urn else [])]
        drawing = [item for item in gone.instance.peers if item.package is gone.package and not item.by_traffic]
        edits: list[Edit] = [
            parts.setting(item.address, {"cenBandwidthPackageId": parts.package_on(kept)}) for item in drawing if item.declared
        ]
        told = {item.address for item in drawing}
        for limit in gone.instance.limits:
            uses = network.surroundings.users.get(attachment, ())
            if (limit.urn, "instanceId") in uses and limit.urn:
                edits.append(parts.setting(limit.urn, {"instanceId": parts.id_of(limit.instance)}))
                told.add(limit.urn)
            elif limit.urn and kept.urn and attachment in network.order.named_by(limit.urn):
                edits.append(parts.setting(limit.urn, waits=[kept.urn]))
        users = network.surroundings.users
        if any(user not in told and user not in goes for urn in goes for user, _ in users.get(urn, ())):
            return None
        size = used({id(item): item for item in (*kept.package.drawn_by, *drawing)}.values())
        if kept.package.mbps is not None and size is not None and size > kept.package.mbps:
            if not kept.package.is_new or size > LARGEST_PACKAGE or kept.package.urn is None:
                return None
            edits.append(parts.setting(kept.package.urn, {"bandwidth": max(LEAST_PACKAGE, ceil(size))}))
        return Remedy((*edits, *(Remove(urn=urn) for urn in goes)))

    return OneCause(("duplicate", attachment), made, 1)


def cause_of_sharing(network: Network, package: BandwidthPackage) -> OneCause | None:
    """A package on several instances: each but one gets one of its own."""
    area_pair = package.area_pair
    if area_pair is None or package.mbps is None:
        return None
    size = min(LARGEST_PACKAGE, max(LEAST_PACKAGE, ceil(package.mbps)))

    def made(draft: Draft) -> Remedy | None:
        first, *rest = sorted(package.attached, key=lambda item: (not item.stands, item.address))
        edits: list[Edit] = []
        for item in rest:
            if item.instance is first.instance or item.urn is None:
                continue
            bought = Add(
                name=draft.name(parts.plain(f"{package.name}-{item.instance.name}")),
                type=tokens.PACKAGE,
                properties={
                    "bandwidth": size,
                    "geographicRegionAId": area_pair.first,
                    "geographicRegionBId": area_pair.second,
                    "paymentType": package.payment or PREPAID,
                    **({"period": package.period or 1, "autoRenew": True} if package.payment in (None, PREPAID) else {}),
                },
                provider=parts.provider_of(network, item.instance),
                options=parts.PROTECTED,
            )
            own: Value = Ref(parts.added(bought.name))
            edits += [bought, parts.setting(item.urn, {"bandwidthPackageId": own})]
            edits += [
                parts.setting(peer.urn, {"cenBandwidthPackageId": parts.package_on(item)})
                for peer in item.instance.peers
                if peer.package is package and peer.urn and not peer.by_traffic
            ]
        return Remedy(tuple(edits)) if edits else None

    return OneCause(("shared", package.address), made, 1)


def cause_of_strange_limit(network: Network, limit: BandwidthLimit) -> OneCause | None:
    """A limit for a region without a network: a region is said wrongly, the limit is for the one pair that waits for it, or it goes."""
    if limit.urn is None:
        return None
    urn = limit.urn
    said_wrongly = cause_of_misspelt_limit(network, limit) or cause_of_misplaced(network, limit)
    if said_wrongly is not None:
        return said_wrongly

    def made(_draft: Draft) -> Remedy | None:
        attached = limit.instance.index.attachments
        waiting: list[RegionPair] = [
            pair
            for pair, item in connectivity_of(network)[limit.instance].connections.items()
            if item.disposition is Disposition.UNALLOCATED and any(region in pair.names for region in limit.regions)
        ]
        if len(waiting) == 1 and any(region in attached for region in limit.regions):
            pair = waiting[0]
            return Remedy((parts.setting(urn, {"regionIds": pair.names}, parts.ends(limit.instance, pair)),))
        return None if network.surroundings.users.get(urn) else Remedy((Remove(urn=urn),))

    return OneCause(("strange", urn), made, 4)


def cause_of_second_router(network: Network, first: TransitRouter, later: TransitRouter) -> OneCause | None:
    """Of two routers of one region, one goes, and what names it names the other."""
    kept, gone = (later, first) if later.stands and not first.stands else (first, later)
    if gone.urn is None or kept.urn is None or gone.stands:
        return None
    left, urn = kept.urn, gone.urn

    def made(_draft: Draft) -> Remedy:
        users = network.surroundings.users.get(urn, ())
        properties = {"cenId": "cenId"}
        edits = [
            parts.setting(user, {key: Ref(left, properties.get(key, "transitRouterId"))}) for user, key in users if user != urn
        ]
        return Remedy((*edits, Remove(urn=urn)))

    return OneCause(("second router", urn), made, 1)
