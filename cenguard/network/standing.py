"""What stands is evidence: a limit or peer that the service has accepted proves its package and its ends.

It is no evidence against the change itself: what the update takes away, or what stands as deleted, is judged by what is
left. Where the input does not show what an update deletes, such evidence leaves the pair undetermined.
"""

from collections.abc import Iterator, Mapping

from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair
from cenguard.network.blocker import Blocker
from cenguard.network.entities import BandwidthLimit, BandwidthPackage, CenInstance, Entity, Peer
from cenguard.network.model import Network
from cenguard.network.once import once, once_each
from cenguard.resources import tokens

Carrier = BandwidthLimit | Peer
PREVIEW = "the document of `pulumi preview --json --show-sames` would settle it"

UNTOLD = Blocker("deletions", "this input does not show what the update deletes", PREVIEW)


@once
def _before(network: Network) -> Mapping[str, Carrier]:
    base = network.earlier
    carriers: tuple[Carrier, ...] = (*base.peers, *base.limits) if base is not None else ()
    return {item.urn: item for item in carriers if item.urn and item.proves}


def before(network: Network, carrier: Carrier) -> Carrier | None:
    """A limit or peer as it stood before the update that changes it; None of one that is new."""
    return _before(network).get(carrier.urn) if carrier.urn else None


def is_accepted(network: Network, carrier: Carrier) -> bool:
    """Whether a limit or peer stands, or stood with what it needs before the update that changes its Mbps."""
    if carrier.proves:
        return True
    old = before(network, carrier)
    if old is None or old.pair is None or not _is_one(old.instance, carrier.instance):
        return False
    known = carrier.regions if isinstance(carrier, BandwidthLimit) and carrier.pair is None else None
    if old.pair != carrier.pair if known is None else not set(known) <= set(old.pair.names):
        return False  # a region that is not known yet may be the one that it was
    if isinstance(old, Peer) and isinstance(carrier, Peer):
        return old.billing == carrier.billing and _is_one(old.package, carrier.package)
    return True


def may_prove_still(network: Network, carrier: Carrier, instance: CenInstance, area_pair: AreaPair) -> bool:
    """Whether a limit or peer proved a package of an instance, and may go on: what an update makes unknown of it may stay as it was."""
    old = before(network, carrier)
    if old is None or old.pair is None or carrier.pair not in (None, old.pair) or not _is_one(old.instance, instance):
        return False
    if network.catalogue.area_pair(old.pair) != area_pair or (isinstance(old, Peer) and old.by_traffic):
        return False
    return not any(item.instance is instance and item.area_pair in (area_pair, None) for item in network.leaving.detached)


def _is_one(old: Entity | None, now: Entity | None) -> bool:
    """Whether something of the old state is what it was, by URN or id."""
    if old is None or now is None:
        return old is now
    return (old.urn is not None and old.urn == now.urn) or (old.id is not None and old.id == now.id)


def proves(network: Network, carrier: Carrier) -> bool:
    """Whether a limit or peer proves a package that the input does not attach to its instance."""
    if carrier.pair is None or not carrier.instance.identified or not is_accepted(network, carrier):
        return False
    return _proves_package(network, carrier) and not ends_lost(network, carrier)


def _proves_package(network: Network, carrier: Carrier) -> bool:
    instance, leaving = carrier.instance, network.leaving
    area_pair = network.catalogue.area_pair(carrier.pair) if carrier.pair else None
    if area_pair is None:
        return False
    if isinstance(area_pair, Doubt):
        return _proves_some_package(network, carrier)
    if isinstance(carrier, BandwidthLimit):
        if area_pair in instance.index.packages:
            return False
        return not any(item.instance is instance and item.area_pair in (area_pair, None) for item in leaving.detached)
    package = carrier.package
    if carrier.by_traffic or package is None or package.area_pair not in (None, area_pair):
        return False
    if _is_on(package, instance) and package.area_pair is not None:
        return False  # its attachment says what there is to say
    if _goes_elsewhere(package, instance):
        return False
    if package.areas_incomplete or package.misspelt or not leaving.packages.isdisjoint(_names(package)):
        return False
    return not any(
        item.instance is instance and not _names(package).isdisjoint((item.package, item.package_urn))
        for item in leaving.detached
    )


def _proves_some_package(network: Network, carrier: Carrier) -> bool:
    """The same where the area of a region is in doubt: the package is one of the instance's, or one outside of the input.

    Which one is not known: where the change takes away any of them, nothing is proved.
    """
    instance, leaving = carrier.instance, network.leaving
    if any(item.instance is instance for item in leaving.detached):
        return False
    if isinstance(carrier, BandwidthLimit):
        return all(leaving.packages.isdisjoint(_names(item.package)) for item in instance.packages)
    package = carrier.package
    if carrier.by_traffic or package is None or carrier.pair is None or package.areas_incomplete or package.misspelt:
        return False
    firm = [place for region in carrier.pair.names if isinstance(place := network.catalogue.area_of(region), str)]
    if package.area_pair is not None and not all(place in package.area_pair for place in firm):
        return False  # CEN302: it serves no such pair
    return not _goes_elsewhere(package, instance) and leaving.packages.isdisjoint(_names(package))


def _goes_elsewhere(package: BandwidthPackage, instance: CenInstance) -> bool:
    """Whether the update attaches a package to another instance: it is attached to one at a time.

    An attachment there that stands is no reason: of two that were accepted, the state of one is late.
    """
    return not _is_on(package, instance) and not all(item.stands for item in package.attached)


def _is_on(package: BandwidthPackage, instance: CenInstance) -> bool:
    return any(item.instance is instance for item in package.attached)


def _names(package: BandwidthPackage) -> frozenset[str]:
    return frozenset(filter(None, (package.urn, package.id)))


def ends_lost(network: Network, carrier: Carrier) -> list[str]:
    """Regions of a limit whose networks the change detaches; a peer joins routers, and needs no network at them."""
    instance = carrier.instance
    if isinstance(carrier, Peer):
        return [
            router.region for router in (carrier.local, carrier.far) if router is not None and router.leaves and router.region
        ]
    return [
        region
        for region in (carrier.pair.names if carrier.pair else ())
        if (instance, region) in network.leaving.regions and region not in instance.index.attachments
    ]


@once_each
def pairs_beyond(network: Network, instance: CenInstance) -> tuple[RegionPair, ...]:
    """Pairs that a limit which stands, or stood before the change, joins, though the input attaches nothing at one of their ends.

    The service took the limit, so a network is attached there, by another stack or by hand.
    """
    found = set(_joined_beyond(network, instance)) if network.leaving.told else set()
    base, was_ours = network.earlier, False
    if base is not None and instance.identified:
        for old in _under_its_names(base, instance):
            was_ours = was_ours or old.urn is not None
            found.update(_joined_beyond(base, old))
    if not found or not (was_ours or any(item.urn for item in (*instance.carriers, *instance.attachments))):
        return ()  # nearly always; or an instance that an inventory alone tells of
    regions = instance.index.regions
    lost = {region for item, region in network.leaving.regions if item is instance}
    return tuple(
        sorted(pair for pair in found if not (lost & set(pair.names)) and not all(region in regions for region in pair.names))
    )


@once
def _by_address(network: Network) -> Mapping[str | None, CenInstance]:
    """The instances by their URNs and ids."""
    return {key: item for item in network.instances if item.identified for key in (item.urn, item.id) if key}


def _under_its_names(base: Network, instance: CenInstance) -> list[CenInstance]:
    """An instance as another network has it, by its URN and by its id: twice where both lead there."""
    known = _by_address(base)
    return [known[key] for key in (instance.urn, instance.id) if key in known]


def may_be_beyond(network: Network, instance: CenInstance, pair_or_areas: RegionPair | AreaPair) -> Blocker | None:
    """Why a pair of regions, or one of two areas, may be joined beyond the input, where it does not show what the update deletes."""
    if network.leaving.told:
        return None
    for pair in _joined_beyond(network, instance):
        if pair_or_areas in (pair, network.catalogue.area_pair(pair)):
            return UNTOLD
    return None


def _joined_beyond(network: Network, instance: CenInstance) -> Iterator[RegionPair]:
    regions = instance.index.regions
    for pair, limits in instance.index.limits.items():
        first, second = pair.names
        if first in regions and second in regions:
            continue  # nearly always
        if instance.identified and any(limit.proves and not ends_lost(network, limit) for limit in limits):
            yield pair


def proof_of(network: Network, instance: CenInstance, area_pair: AreaPair) -> Carrier | None:
    """A limit or peer that proves a package of an area pair on an instance."""
    return _proofs(network, instance).get(area_pair)


@once_each
def _proofs(network: Network, instance: CenInstance) -> Mapping[AreaPair | Doubt, Carrier]:
    found: dict[AreaPair | Doubt, Carrier] = {}
    for carrier in instance.carriers:
        if carrier.pair is not None and proves(network, carrier):
            found.setdefault(network.catalogue.area_pair(carrier.pair), carrier)
    return found


def proof_blocker(network: Network, carrier: Carrier) -> Blocker:
    """What hangs on a package that a limit or peer proves, and that the input does not show."""
    kind = "limit" if isinstance(carrier, BandwidthLimit) else "peer"
    ends = " – ".join(carrier.pair.names) if carrier.pair else ""
    area_pair = network.catalogue.area_pair(carrier.pair) if carrier.pair else None
    package = f"{area_pair} package" if isinstance(area_pair, AreaPair) else "package"
    if not network.leaving.told:
        return Blocker(
            f"deletions of {carrier.address}",
            f"{kind} {carrier.label} ({ends}) stands without its {package}, and this input does not show what the update deletes",
            PREVIEW,
        )
    return Blocker(
        f"package of {carrier.address}",
        f"{kind} {carrier.label} ({ends}) stands, so {'an' if package[0] in 'AE' else 'a'} {package} is attached to {carrier.instance.label} outside of the input, and "
        "its room is not known",
        "an inventory that names it would settle it",
    )


def _is_left_out(network: Network, instance: CenInstance, area_pair: AreaPair) -> bool:
    """Whether a package that the program or the state has, and this change does not, is or may be the one of an instance.

    One that is attached to the instance tells that its packages are bought here; one of other areas, or of another instance, does not.
    """
    others = {item.urn for item in network.instances if item.urn and item is not instance}
    elsewhere: set[str] = set()
    for item in network.left_out:
        if item.type == tokens.PACKAGE_ATTACHMENT:
            if instance.urn in item.names or others.isdisjoint(item.names):
                return True
            elsewhere |= item.names
    packages = (item for item in network.left_out if item.type == tokens.PACKAGE)
    return any(item.joins in (None, area_pair) and item.urn not in elsewhere for item in packages)


def has_no_package(network: Network, instance: CenInstance) -> bool:
    """Whether an instance that was there before this update has no package in the input, and had none."""
    if not instance.exists or instance.packages:
        return False
    leaving = network.leaving
    return instance not in leaving.attaching and not any(item.instance is instance for item in leaving.detached)


@once_each
def _attached_before(network: Network, instance: CenInstance) -> frozenset[str]:
    """Regions of an instance before the update: what is changed in place, or made anew there, adds none."""
    base = network.earlier
    if base is None:
        return frozenset()
    return frozenset(region for old in _under_its_names(base, instance) for region in old.index.standing)


def may_be_bought(network: Network, instance: CenInstance, area_pair: AreaPair, regions: RegionPair) -> Blocker | None:
    """Why an instance that stands may have a package of an area pair that the input does not show.

    Certain again where the input has a package that is, or was, attached to the instance, one of these areas that is
    attached to nothing, or where the update adds one of the two regions.
    """
    if (instance.complete and instance.packages_told) or not has_no_package(network, instance):
        return None
    if network.left_out and _is_left_out(network, instance, area_pair):
        return None  # the program has one, which was never made or is destroyed
    leaving = network.leaving
    if area_pair in leaving.unattached or any(not item.attached for item in network.packages_by_area_pair.get(area_pair, ())):
        return None
    new = [region for region in regions.names if region not in instance.index.standing]
    if new and not _attached_before(network, instance).issuperset(new):
        return None
    shown = "" if leaving.told else f"{PREVIEW}, and so would "
    return Blocker(
        f"packages {instance.address}",
        f"{instance.label} and its regions stand, and no package of it is in the input: one may have been bought in the console, or by "
        "another stack",
        f"{shown}an inventory (`aliyun cbn DescribeCenBandwidthPackages`, read by `cenguard inventory`), the data source that lists "
        f"bandwidth packages, or an import{'' if shown else ' would settle it'}",
    )
