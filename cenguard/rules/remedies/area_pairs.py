"""What gives the pairs of one area pair on one instance their bandwidth, the cheapest way first.

One plan serves every finding of that instance and area pair: an undone replacement, a package that is attached and has room,
one that only has to be attached, one that is not bought yet and joins areas nobody needs, traffic, and at last a purchase.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from math import ceil, floor
from operator import attrgetter

from cenguard.findings.fix import Add, Applicability, Draft, Edit, Ref, Remedy, Remove, Set, Value
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import LARGEST_PACKAGE, LEAST_PACKAGE
from cenguard.geography.regions import RegionPair
from cenguard.network import (
    BY_PACKAGE,
    DATA_TRANSFER,
    BandwidthLimit,
    BandwidthPackage,
    CenInstance,
    Network,
    PackageAttachment,
    Peer,
)
from cenguard.network.connectivity import connectivity_of
from cenguard.network.surroundings import Left
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.rules.remedies import parts
from cenguard.rules.remedies.mbps import EXAMPLE_MBPS, lowered
from cenguard.text.printable import listed

MOST_PAIRS = 6
"""How many pairs without a limit or peer one fix gives Mbps to."""
UNDONE = frozenset({"geographicRegionAId", "geographicRegionBId", "geographicRegionIds", "paymentType", "chargeType"})
"""Properties whose change replaces a package. Source: alicloud_cen_bandwidth_package, arguments marked ForceNew."""
SAFE, REVIEW = Applicability.SAFE, Applicability.REVIEW


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPairCause:
    """One instance lacks bandwidth between two areas."""

    network: Network
    instance: CenInstance
    area_pair: AreaPair
    pairs: tuple[RegionPair, ...]
    """The pairs that its findings name."""
    least: Mapping[RegionPair, float] = field(default_factory=dict)
    """Mbps that are asked for."""
    rank: int = 5
    cut_off: frozenset[str] | None = None
    """Of regions that are cut off, and that any package for one of their pairs connects: those; None where it has to be this one."""

    @property
    def key(self) -> Hashable:
        """The instance and the area pair."""
        return ("area pair", self.instance.address, self.area_pair.names)

    def joined(self, other: "AreaPairCause") -> "AreaPairCause":
        """Both, with the pairs of both."""
        pairs = tuple(sorted({*self.pairs, *other.pairs}))
        both = None if self.cut_off is None or other.cut_off is None else self.cut_off | other.cut_off
        return replace(self, pairs=pairs, least={**self.least, **other.least}, rank=min(self.rank, other.rank), cut_off=both)

    @property
    def reaches(self) -> AbstractSet[Hashable] | None:
        """The regions that are cut off, where it does not matter what connects them."""
        return None if self.cut_off is None else {(self.instance.address, region) for region in self.cut_off}

    @property
    def reached(self) -> AbstractSet[Hashable]:
        """The regions that get Mbps."""
        return {(self.instance.address, region) for pair in self.pairs for region in pair.names}

    @property
    def unserved(self) -> str:
        """The pairs: each of their regions is connected otherwise."""
        names = listed(f"{pair.first} – {pair.second}" for pair in self.pairs)
        return f"As it is mended, {names} {'stay' if len(self.pairs) > 1 else 'stays'} as now: other pairs connect each region."

    def remedy(self, draft: Draft) -> Remedy | None:
        """The cheapest edits that serve all its pairs; where none does, those that serve some, and say which they leave."""
        best: tuple[Remedy, Draft] | None = None
        plan = _Plan(self)
        for way in plan.ways():
            plan.draft = draft.attempt()
            for found in way():
                if not found.note:
                    draft.settle(plan.draft)
                    return found
                best = best or (found, plan.draft)
        if best is None:
            return None
        draft.settle(best[1])
        return best[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Package:
    """A package to draw on: what it holds, and what makes it ready."""

    handed_on: Value
    """What a peer takes as the id of the package."""
    waits: tuple[str, ...] = ()
    """What a limit has to wait for."""
    package: BandwidthPackage | None = None
    """None for one that is bought."""
    edits: tuple[Edit, ...] = ()
    applicability: Applicability = SAFE
    gives: Mapping[RegionPair, float] = field(default_factory=dict)
    """Mbps that its own edits give to pairs."""

    @property
    def grows(self) -> bool:
        """Whether it can still be larger: it is not bought yet."""
        return self.package is None or (self.package.is_new and self.package.declared)


def cause_of_size(network: Network, package: BandwidthPackage) -> AreaPairCause | None:
    """What a package that is too small comes from, together with what else its area pair lacks."""
    instances = [item.instance for item in package.attached]
    if package.area_pair is None or len(instances) != 1 or not package.declared:
        return None
    return AreaPairCause(network=network, instance=instances[0], area_pair=package.area_pair, pairs=(), rank=1)


def cause_of_peer(network: Network, peer: Peer, rank: int) -> AreaPairCause | None:
    """What a peer without the right package comes from; None where its regions do not tell which one that is."""
    area_pair = network.catalogue.area_pair(peer.pair) if peer.pair else None
    if peer.pair is None or not isinstance(area_pair, AreaPair) or not network.whole_stack:
        return None
    return AreaPairCause(network=network, instance=peer.instance, area_pair=area_pair, pairs=(peer.pair,), rank=rank)


class _Plan:
    def __init__(self, cause: AreaPairCause) -> None:
        self.cause, self.draft = cause, Draft()
        self.network, self.instance, self.area_pair = cause.network, cause.instance, cause.area_pair
        self.index = cause.instance.index
        self.connections = connectivity_of(self.network).get(self.instance)

    def ways(self) -> Iterator[Callable[[], Iterator[Remedy]]]:
        """Every way that there is, the cheapest first; a second package for the area pair is none."""
        if parts.id_of(self.instance) is None:
            return
        yield lambda: self._drawing(self._undone())
        yield lambda: self._drawing(self._restored())
        yield lambda: self._drawing(self._attached())
        if self.area_pair not in self.index.packages:
            yield lambda: self._drawing(self._loose())
            yield lambda: self._drawing(self._mended())
        yield self._lowered
        yield self._by_traffic
        if self.area_pair not in self.index.packages and not self.network.catalogue.unsold(self.area_pair):
            yield lambda: self._drawing(self._bought())

    def _drawing(self, packages: Iterator["_Package"]) -> Iterator[Remedy]:
        return filter(None, map(self._draw, packages))

    # ------------------------------------------------------------------ packages, the cheapest first

    def _undone(self) -> Iterator[_Package]:
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
                yield replace(self._of(item), edits=(parts.setting(package.urn, old),), applicability=REVIEW)

    def _restored(self) -> Iterator[_Package]:
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
            for pair in self.cause.pairs:
                for carrier in (*before.index.limits.get(pair, ()), *before.index.peers.get(pair, ())):
                    if carrier.urn in left:
                        names.append(carrier.urn or "")
                        gives[pair] = gives.get(pair, 0) + (carrier.mbps or 0)
            edits = tuple(parts.again(left[urn], left, self._ordered(left[urn], item)) for urn in names if urn in left)
            for edit in edits:
                self.draft.name(edit.name)
            attachment = item.urn if item.urn in here or is_address(item.urn or "") else parts.added(item.name)
            yield _Package(
                handed_on=Ref(attachment or "", "bandwidthPackageId"),
                waits=(attachment,) if attachment else (),
                package=item.package,
                edits=edits,
                applicability=REVIEW,
                gives=gives,
            )

    def _ordered(self, left: Left, item: PackageAttachment) -> tuple[str, ...]:
        """What a limit of Terraform's waited for: no plan tells it of one that is deleted."""
        pair = next((pair for pair in self.cause.pairs if set(left.values.get("regionIds", ())) == set(pair.names)), None)
        if left.type != tokens.LIMIT or not is_address(left.urn) or pair is None:
            return ()
        return (*([item.urn] if item.urn else []), *parts.ends(self.instance, pair))

    def _attached(self) -> Iterator[_Package]:
        items = self.index.packages.get(self.area_pair, ())
        for item in sorted(items, key=lambda item: (not item.package.stands, item.address)):
            if not item.package.locked and item.package.out_of_date is None:
                yield self._of(item)

    def _of(self, item: PackageAttachment) -> _Package:
        return _Package(handed_on=parts.package_on(item), waits=(item.urn,) if item.urn else (), package=item.package)

    def _loose(self) -> Iterator[_Package]:
        """Packages for the area pair that are attached to nothing."""
        named = {id(peer.package) for pair in self.cause.pairs for peer in self.index.peers.get(pair, ())}
        found = [
            package
            for package in self.network.packages_by_area_pair.get(self.area_pair, ())
            if not package.attached
            and package.leaves is None
            and not package.locked
            and (package.declared or package.from_inventory)
        ]
        for package in sorted(found, key=lambda item: (id(item) not in named, not item.stands, item.address)):
            attachment = parts.attach(self.network, self.instance, package.name, parts.id_of(package), self.draft)
            yield self._ready(
                attachment.name, package, (attachment,), SAFE if package.stands or package.stands_elsewhere else REVIEW
            )

    def _ready(
        self, attachment: str, package: BandwidthPackage | None, edits: tuple[Edit, ...], applicability: Applicability
    ) -> _Package:
        name = parts.added(attachment)
        return _Package(
            handed_on=Ref(name, "bandwidthPackageId"),
            waits=(name,),
            package=package,
            edits=edits,
            applicability=applicability,
        )

    def _mended(self) -> Iterator[_Package]:
        """A package of the instance that is not bought yet, and joins areas that no pair of it needs."""
        needed = {item.area_pair for item in self.connections.connections.values()} if self.connections else set()
        for item in sorted(self.instance.packages, key=attrgetter("address")):
            package = item.package
            if not package.is_new or not package.declared or package.area_pair is None or package.area_pair in needed:
                continue
            if self.draft.reserve(package.address):
                yield replace(self._of(item), edits=(parts.areas(package, self.area_pair),), applicability=REVIEW)

    def _bought(self) -> Iterator[_Package]:
        carried = self._carried(None)
        size = ceil(sum(carried.values()) + sum(self._wanted(pair) for pair in self._bare()[:MOST_PAIRS]))
        if size > LARGEST_PACKAGE:
            return
        package = parts.buy(self.network, self.instance, self.area_pair, max(LEAST_PACKAGE, size), self.draft)
        attachment = parts.attach(self.network, self.instance, package.name, Ref(parts.added(package.name)), self.draft)
        yield self._ready(attachment.name, None, (package, attachment), REVIEW)

    # ------------------------------------------------------------------ Mbps

    def _carried(self, package: BandwidthPackage | None) -> dict[RegionPair, float]:
        """Mbps that limits and peers of the area pair draw, or are to draw, on one package, by pair."""
        found: dict[RegionPair, float] = {}
        for pair, limits in self.index.limits.items():
            if self.network.catalogue.area_pair(pair) == self.area_pair:
                found[pair] = max(item.mbps or 0 for item in limits)
        for pair, peers in self.index.peers.items():
            for peer in peers:
                mine = peer.package is not None and peer.package is package and not peer.by_traffic
                if mine or (pair in self.cause.pairs and peer.declared):
                    found[pair] = found.get(pair, 0) + (peer.mbps or EXAMPLE_MBPS)
        return {pair: max(mbps, self.cause.least.get(pair, 0)) for pair, mbps in found.items()}

    def _bare(self) -> list[RegionPair]:
        """The pairs that no limit or peer gives anything."""
        return [
            pair
            for pair in self._in_order()
            if not any(item.declared for item in self.index.peers.get(pair, ()))
            and all(item.gives_nothing for item in self.index.limits.get(pair, ()))
        ]

    def _in_order(self) -> list[RegionPair]:
        """The pairs, first a few that give every region one."""
        chosen: list[RegionPair] = []
        served: set[str] = set()
        isolated = self.connections.isolated if self.connections else frozenset()
        for pair in self.cause.pairs:
            if any(region not in served and (region in isolated or not isolated) for region in pair.names):
                chosen.append(pair)
                served.update(pair.names)
        return [*chosen, *(pair for pair in self.cause.pairs if pair not in chosen)]

    def _wanted(self, pair: RegionPair) -> float:
        return max(EXAMPLE_MBPS, ceil(self.cause.least.get(pair, 0)))

    def _is_basic(self, pair: RegionPair) -> bool:
        return not any(region in self.index.enterprise for region in pair.names)

    def _shares(self, package: _Package) -> tuple[dict[RegionPair, int], float, list[RegionPair]] | None:
        """Mbps for each bare pair, what the package has to hold, and the pairs that get nothing; None where it is too small."""
        carried = sum(self._carried(package.package).values()) + sum(package.gives.values())
        bare = [pair for pair in self._bare() if pair not in package.gives]
        chosen, left = bare[:MOST_PAIRS], bare[MOST_PAIRS:]
        whole = None if package.package is None else package.package.mbps
        if package.package is None or (whole is None and package.package.mbps_blocker):
            shares = {pair: ceil(self._wanted(pair)) for pair in chosen}
            return shares, carried + sum(shares.values()), left
        free = (whole or 0) - carried
        least = {pair: max(1, ceil(self.cause.least.get(pair, 0))) for pair in chosen}
        if free < sum(least.values()) and package.grows:
            shares = {pair: ceil(self._wanted(pair)) for pair in chosen}
            size = carried + sum(shares.values())
            return (shares, size, left) if size <= LARGEST_PACKAGE else None
        if free < 0:
            return None
        shares = {}
        for pair in chosen:
            if least[pair] <= free:
                shares[pair] = least[pair]
                free -= least[pair]
            else:
                left = [*left, pair]
        if chosen and not shares:
            return None
        more = floor(free / len(shares)) if shares else 0
        for pair in shares:
            shares[pair] = max(shares[pair], min(EXAMPLE_MBPS, shares[pair] + more))
        return shares, whole or 0, left

    def _draw(self, ready: _Package) -> Remedy | None:
        """Limits and peers that draw on a package, after what makes it ready."""
        settled = self._shares(ready)
        if settled is None:
            return None
        shares, size, left = settled
        edits, safe = list(ready.edits), ready.applicability is SAFE
        whole = ready.package
        if whole is not None and whole.urn and whole.mbps is not None and ready.grows:
            right = min(LARGEST_PACKAGE, max(LEAST_PACKAGE, ceil(max(size, whole.mbps))))
            if right != whole.mbps:
                edits.append(parts.setting(whole.urn, {"bandwidth": right}))
                safe = False
        if not self.instance.whole or not self.instance.declared or (whole is not None and whole.mbps is None):
            safe = False  # other limits may stand elsewhere
        served = False
        unserved = list(left)
        for pair in self._in_order():
            if pair in left:
                continue
            if pair in ready.gives:
                served = True
                continue
            made = self._give(pair, shares.get(pair), ready)
            if made is None:
                unserved.append(pair)
                continue
            served = True
            edits += made
            safe = safe and not any(isinstance(item, Remove) or _is_peer(item) for item in made)
        if not edits or (self.cause.pairs and not served):
            return None
        return Remedy(tuple(edits), SAFE if safe else REVIEW, self._leaves(unserved))

    def _give(self, pair: RegionPair, mbps: int | None, ready: _Package) -> list[Edit] | None:
        """What gives one pair its Mbps; an empty list where it has them as soon as the package is ready."""
        least = self.cause.least.get(pair, 0)
        peers = self._peers(pair)
        if peers:
            return [edit for peer in peers for edit in self._take_up(peer, ready, least)]
        limit = next((item for item in self.index.limits.get(pair, ()) if item.declared and item.urn), None)
        if limit is not None and self._is_basic(pair):
            return self._let_wait(limit, mbps, ready, least)
        edits: list[Edit] = []
        if limit is not None and limit.urn:
            edits.append(Remove(urn=limit.urn))
            mbps = ceil(limit.mbps or EXAMPLE_MBPS)
        if mbps is None:
            return None
        if self._is_basic(pair):
            return [parts.limit(self.network, self.instance, pair, mbps, ready.waits, self.draft)]
        made = parts.peer(self.network, self.instance, pair, mbps, ready.handed_on, self.draft)
        return None if made is None else [*edits, made]

    def _peers(self, pair: RegionPair) -> list[Peer]:
        """The peers of the program that join a pair: those that are billed by package, else all."""
        here = [item for item in self.index.peers.get(pair, ()) if item.declared and item.urn]
        return [item for item in here if not item.by_traffic] or here

    def _take_up(self, peer: Peer, ready: _Package, least: float) -> list[Edit]:
        """A peer of the program that draws on the package."""
        properties: dict[str, Value] = {}
        if peer.by_traffic:
            properties["bandwidthType"] = BY_PACKAGE
        attached = ready.package is not None and any(item.instance is self.instance for item in ready.package.attached)
        if peer.by_traffic or peer.package is None or peer.package is not ready.package or not attached:
            properties["cenBandwidthPackageId"] = ready.handed_on
        if least and (peer.mbps or 0) < least:
            properties["bandwidth"] = ceil(least)
        return [parts.setting(peer.address, properties)] if properties else []

    def _let_wait(self, limit: BandwidthLimit, mbps: int | None, ready: _Package, least: float) -> list[Edit]:
        """A limit of the program that draws on the package as soon as that is attached."""
        properties: dict[str, Value] = {}
        if limit.gives_nothing and mbps:
            properties["bandwidthLimit"] = mbps
        elif least and (limit.mbps or 0) < least:
            properties["bandwidthLimit"] = ceil(least)
        waited = frozenset(ready.waits)
        known = not any(name.startswith("new:") for name in waited)
        waits = () if known and self.network.order.waits_for_any(limit.address, waited) else ready.waits
        return [parts.setting(limit.address, properties, waits)] if properties or waits else []

    def _lowered(self) -> Iterator[Remedy]:
        """Of a package that is there and too small, what draws on it is lowered."""
        items = self.index.packages.get(self.area_pair, ())
        if not self.cause.pairs and len(items) == 1:
            found = lowered(self.network, items[0].package)
            if found is not None:
                yield found

    def _by_traffic(self) -> Iterator[Remedy]:
        """Peers that are paid by traffic: between Enterprise routers, nothing is bought."""
        edits: list[Edit] = []
        for pair in self.cause.pairs:
            peers = self._peers(pair)
            if any(peer.by_traffic for peer in peers):
                return  # what is wrong is something else
            for peer in peers:
                gone: dict[str, Value] = {"cenBandwidthPackageId": None} if peer.package is not None else {}
                edits.append(parts.setting(peer.address, {"bandwidthType": DATA_TRANSFER, **gone}))
            if peers:
                continue
            if not all(region in self.index.enterprise for region in pair.names):
                return
            edits += [Remove(urn=item.urn) for item in self.index.limits.get(pair, ()) if item.declared and item.urn]
            made = parts.peer(self.network, self.instance, pair, ceil(self._wanted(pair)), None, self.draft)
            if made is None:
                return
            edits.append(made)
        if edits:
            yield Remedy(tuple(edits), REVIEW)

    def _leaves(self, unserved: Sequence[RegionPair]) -> str:
        if not unserved:
            return ""
        names = listed(f"{pair.first} – {pair.second}" for pair in unserved)
        without = [pair for pair in unserved if not self._is_basic(pair) and parts.routers_of(self.instance, pair) is None]
        why = (
            "no peer can be declared there, since an end has no router in the input that takes one"
            if len(without) == len(unserved)
            else "what the package holds does not go into all pairs"
            if len(self._bare()) <= MOST_PAIRS
            else f"more than {MOST_PAIRS} pairs are not given Mbps unasked"
        )
        return f"The edits leave {names} out: {why}."


def _meets(names: Sequence[str | None], others: Sequence[str | None]) -> bool:
    """Whether two things have a URN or id in common."""
    return any(name and name in others for name in names)


def _is_peer(edit: Edit) -> bool:
    """Whether an edit decides how a peer is paid."""
    told = edit.properties if isinstance(edit, (Add, Set)) else {}
    return "bandwidthType" in told or "cenBandwidthPackageId" in told
