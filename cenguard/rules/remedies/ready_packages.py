"""The packages of one area pair on one instance that its pairs can draw on, the cheapest first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from operator import attrgetter

import msgspec
from msgspec import structs

from cenguard.findings.fix import Add, Applicability, Draft, Edit, Ref, Value
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import LARGEST_PACKAGE, LEAST_PACKAGE
from cenguard.geography.regions import RegionPair
from cenguard.network import (
    BandwidthLimit,
    BandwidthPackage,
    CenInstance,
    Network,
    PackageAttachment,
    Peer,
)
from cenguard.network.connectivity import UNCONNECTED, InstanceConnectivity, connectivity_of
from cenguard.network.faults import area_pair_of
from cenguard.network.once import once, once_each
from cenguard.network.surroundings import Left
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.rules.evidence import loose_packages
from cenguard.rules.remedies import parts
from cenguard.rules.remedies.mbps import EXAMPLE_MBPS
from cenguard.rules.remedies.meant import misspelt_limits

MOST_PAIRS = 6
"""How many pairs without a limit or peer one fix gives Mbps to."""
UNDONE = frozenset(
    {"geographicRegionAId", "geographicRegionBId", "geographicRegionIds", "paymentType", "chargeType", "period", "autoRenew"}
)
"""Properties whose change replaces a package, and those of its renewal, which a standing package keeps whatever the program says.

Source: alicloud_cen_bandwidth_package, arguments marked ForceNew.
"""
SAFE, REVIEW = Applicability.SAFE, Applicability.REVIEW


class ReadyPackage(msgspec.Struct, frozen=True, kw_only=True):
    """A package to draw on: what it holds, and what makes it ready."""

    handed_on: Value
    """What a peer takes as the id of the package."""
    waits: tuple[str, ...] = ()
    """What a limit has to wait for."""
    package: BandwidthPackage | None = None
    """None for one that is bought."""
    edits: tuple[Edit, ...] = ()
    applicability: Applicability = SAFE
    gives: Mapping[RegionPair, float] = msgspec.field(default_factory=dict)
    """Mbps that its own edits give to pairs."""
    turned: bool = False
    """Whether its edits turn it to this use, so that no other fix of the report can count on it."""

    @property
    def grows(self) -> bool:
        """Whether it can still be larger: it is not bought yet."""
        return self.package is None or (self.package.is_new and self.package.declared)


class Packages:
    """The packages that pairs of one area pair can draw on, in the order of what they cost.

    `least` is the Mbps that a pair has to get at least.
    """

    def __init__(
        self,
        network: Network,
        instance: CenInstance,
        area_pair: AreaPair,
        pairs: Sequence[RegionPair],
        least: Mapping[RegionPair, float],
    ) -> None:
        """Take what lacks bandwidth."""
        self.draft = Draft()
        self.network, self.instance, self.area_pair = network, instance, area_pair
        self.pairs, self.least = pairs, least
        self.index = instance.index
        self.connections = connectivity_of(network).get(instance)

    def undone(self) -> Iterator[ReadyPackage]:
        """A package that the change replaces, as it was."""
        for item in self.instance.packages:
            package = item.package
            if not package.replaced or package.urn is None:
                continue
            old = {key: value for key, value in self.network.surroundings.old(package.urn).items() if key in UNDONE}
            if not old:
                continue
            known = self.network.details.terms.get(package.urn)
            before = known.before.areas if known is not None and known.before is not None else ()
            if set(before) == set(self.area_pair.names):
                yield structs.replace(self._of(item), edits=(parts.setting(package.urn, old),), applicability=REVIEW)

    def restored(self) -> Iterator[ReadyPackage]:
        """A package that the change deletes, and what carried its pairs, as they were."""
        base, left = self.network.base, self.network.surroundings.left
        if base is None or base is self.network or not left:
            return
        ours = (self.instance.urn, self.instance.id)
        before = next((item for item in base.instances if item.identified and _meets((item.urn, item.id), ours)), None)
        if before is None:
            return
        for item in before.index.packages.get(self.area_pair, ()):
            here = {found.urn for found in self.instance.packages} | {found.urn for found in self.network.packages}
            names = [urn for urn in (item.package.urn, item.urn) if urn]
            if not any(urn in left for urn in names) or not all(urn in left or urn in here for urn in names):
                continue
            gives: dict[RegionPair, float] = {}
            for pair in self.pairs:
                for carrier in (*before.index.limits.get(pair, ()), *before.index.peers.get(pair, ())):
                    if carrier.urn in left:
                        names.append(carrier.urn or "")
                        gives[pair] = gives.get(pair, 0) + (carrier.mbps or 0)
            edits = tuple(self._again(left[urn], item) for urn in names if urn in left)
            for edit in edits:
                self.draft.name(edit.name)
            attachment = item.urn if item.urn in here else parts.named_again(item.urn or "", self.network.surroundings)
            yield ReadyPackage(
                handed_on=Ref(attachment or "", "bandwidthPackageId"),
                waits=(attachment,) if attachment else (),
                package=item.package,
                edits=edits,
                applicability=REVIEW,
                gives=gives,
            )

    def _again(self, left: Left, item: PackageAttachment) -> Add:
        """What the change deletes, as it was; of Terraform's no plan tells which provider it had, nor what it waited for."""
        surroundings = self.network.surroundings
        made = parts.again(left, surroundings, self._ordered(left, item))
        if not is_address(left.urn):
            return made
        router = left.sources.get("transitRouterId", ("", ""))[0]
        provider = surroundings.provider_of(router) if router else parts.provider_of(self.network, self.instance)
        return structs.replace(made, provider=provider)

    def _ordered(self, left: Left, item: PackageAttachment) -> tuple[str, ...]:
        """What a limit or peer of Terraform's waited for."""
        if left.type == tokens.PEER and is_address(left.urn):
            return (item.urn,) if item.urn else ()
        pair = next((pair for pair in self.pairs if set(left.values.get("regionIds", ())) == set(pair.names)), None)
        if left.type != tokens.LIMIT or not is_address(left.urn) or pair is None:
            return ()
        return (*([item.urn] if item.urn else []), *parts.ends(self.instance, pair))

    def attached(self) -> Iterator[ReadyPackage]:
        """Packages for the area pair that are attached, those that stand first."""
        items = self.index.packages.get(self.area_pair, ())
        for item in sorted(items, key=lambda item: (item.is_new, not item.package.stands, item.address)):
            if not item.package.locked and item.package.out_of_date is None:
                yield self._of(item)

    def _of(self, item: PackageAttachment) -> ReadyPackage:
        return ReadyPackage(handed_on=parts.package_on(item), waits=(item.urn,) if item.urn else (), package=item.package)

    def loose(self) -> Iterator[ReadyPackage]:
        """Packages for the area pair that are attached to nothing."""
        named = {id(peer.package) for pair in self.pairs for peer in self.index.peers.get(pair, ())}
        found = loose_packages(self.network, self.area_pair)
        alone = _lacking(self.network).get(self.area_pair, 0) <= 1  # else nothing says whose package it is
        for package in sorted(found, key=lambda item: (id(item) not in named, not item.stands, item.address)):
            attachment = parts.attach(self.network, self.instance, package.name, parts.id_of(package), self.draft)
            stands = package.stands or package.stands_elsewhere
            made = self._ready(attachment.name, package, (attachment,), SAFE if stands and alone else REVIEW)
            yield structs.replace(made, turned=True)

    def _ready(
        self, attachment: str, package: BandwidthPackage | None, edits: tuple[Edit, ...], applicability: Applicability
    ) -> ReadyPackage:
        name = parts.added(attachment)
        return ReadyPackage(
            handed_on=Ref(name, "bandwidthPackageId"),
            waits=(name,),
            package=package,
            edits=edits,
            applicability=applicability,
        )

    def mended(self) -> Iterator[ReadyPackage]:
        """A package of the instance that is not bought yet, and joins areas that no pair of it needs."""
        meant = areas_meant(self.network, self.instance)
        for item in sorted(_useless(self.instance, self.connections), key=lambda item: meant.get(item.address) != self.area_pair):
            right = parts.areas(item.package, self.area_pair)
            yield structs.replace(self._of(item), edits=(right,), applicability=REVIEW, turned=True)

    def bought(self) -> Iterator[ReadyPackage]:
        """A new package, as large as its pairs need."""
        carried = self.carried(None)
        size = ceil(sum(carried.values()) + sum(self.wanted(pair) for pair in self.bare()[:MOST_PAIRS]))
        if size > LARGEST_PACKAGE:
            return
        package = parts.buy(self.network, self.instance, self.area_pair, max(LEAST_PACKAGE, size), self.draft)
        attachment = parts.attach(self.network, self.instance, package.name, Ref(parts.added(package.name)), self.draft)
        yield self._ready(attachment.name, None, (package, attachment), REVIEW)

    def carried(self, package: BandwidthPackage | None) -> dict[RegionPair, float]:
        """Mbps that limits and peers of the area pair draw, or are to draw, on one package, by pair."""
        found: dict[RegionPair, float] = {}
        for pair in (*self.index.limits, *misspelt_limits(self.network, self.instance)):
            if self.network.catalogue.area_pair(pair) == self.area_pair:
                found[pair] = max(item.mbps or 0 for item in self.limits_of(pair))
        for pair, peers in self.index.peers.items():
            for peer in peers:
                mine = peer.package is not None and peer.package is package and not peer.by_traffic
                mine = mine and not is_stray(self.network, peer)  # its own fix takes it off
                if mine or (pair in self.pairs and peer.declared):
                    found[pair] = found.get(pair, 0) + (peer.mbps or EXAMPLE_MBPS)
        return {pair: max(mbps, self.least.get(pair, 0)) for pair, mbps in found.items()}

    def bare(self) -> list[RegionPair]:
        """The pairs that no limit or peer gives anything."""
        return [
            pair
            for pair in self._in_order()
            if not any(item.declared for item in self.index.peers.get(pair, ()))
            and all(item.gives_nothing for item in self.limits_of(pair))
        ]

    def limits_of(self, pair: RegionPair) -> Sequence[BandwidthLimit]:
        """The limits of a pair; where there is none, the one that means it and misspells a region, which is to be corrected."""
        meant = misspelt_limits(self.network, self.instance).get(pair)
        return self.index.limits.get(pair) or ((meant,) if meant is not None else ())

    def _in_order(self) -> list[RegionPair]:
        """The pairs, first a few that give every region one."""
        chosen: list[RegionPair] = []
        served: set[str] = set()
        isolated = self.connections.isolated if self.connections else frozenset()
        for pair in self.pairs:
            if any(region not in served and (region in isolated or not isolated) for region in pair.names):
                chosen.append(pair)
                served.update(pair.names)
        return [*chosen, *(pair for pair in self.pairs if pair not in chosen)]

    def wanted(self, pair: RegionPair) -> float:
        """Mbps that a pair without any gets."""
        return max(EXAMPLE_MBPS, ceil(self.least.get(pair, 0)))


def is_stray(network: Network, carrier: BandwidthLimit | Peer) -> bool:
    """Whether a peer of the program names a package of other areas than its regions need (CEN302); a limit names none."""
    if not isinstance(carrier, Peer) or carrier.package is None or carrier.package.area_pair is None:
        return False
    needed = area_pair_of(network, carrier)
    stray = isinstance(needed, AreaPair) and needed != carrier.package.area_pair
    return stray and carrier.declared and not carrier.by_traffic


@once_each
def areas_meant(network: Network, instance: CenInstance) -> Mapping[str, AreaPair]:
    """By its attachment's address, the areas that each useless package of an instance is best bought for, while it is not bought yet.

    Those that a limit or a peer of the program asks for come first, then those that differ in one area only. Each area pair
    is taken once; one that the service no longer sells is not taken.
    """
    connections = connectivity_of(network).get(instance)
    useless = _useless(instance, connections)
    if not useless or connections is None:
        return {}
    asked = {network.catalogue.area_pair(pair) for pair in (*instance.index.limits, *instance.index.peers)}
    left = sorted(item for item in lacking(instance, connections) if not network.catalogue.unsold(item))
    meant: dict[str, AreaPair] = {}
    for item in useless:
        if not left:
            break
        here = frozenset(item.package.area_pair or ())
        best = min(left, key=lambda areas: (areas not in asked, here.isdisjoint(areas)))
        meant[item.address] = best
        left.remove(best)
    return meant


def _useless(instance: CenInstance, connections: InstanceConnectivity | None) -> list[PackageAttachment]:
    """The packages of the program that are not bought yet and join areas that no pair of the instance needs, by address."""
    needed = {item.area_pair for item in connections.connections.values()} if connections else set()
    return sorted(
        (
            item
            for item in instance.packages
            if item.package.is_new and item.package.declared and item.package.area_pair not in (None, *needed)
        ),
        key=attrgetter("address"),
    )


def lacking(instance: CenInstance, connections: InstanceConnectivity) -> frozenset[AreaPair]:
    """The area pairs of which a pair of the instance is at 1 Kbps, and for which it has no package."""
    bare = {item.area_pair for item in connections.connections.values() if item.disposition in UNCONNECTED}
    return frozenset(item for item in bare if isinstance(item, AreaPair) and item not in instance.index.packages)


@once
def _lacking(network: Network) -> Mapping[AreaPair, int]:
    """How many instances have pairs of an area pair without any package for it."""
    found: Counter[AreaPair] = Counter()
    for instance, connections in connectivity_of(network).items():
        found.update(lacking(instance, connections))
    return found


def _meets(names: Sequence[str | None], others: Sequence[str | None]) -> bool:
    """Whether two things have a URN or id in common."""
    return any(name and name in others for name in names)
