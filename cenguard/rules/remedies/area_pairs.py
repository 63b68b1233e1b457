"""What gives the pairs of one area pair on one instance their bandwidth, the cheapest way first.

One plan serves every finding of that instance and area pair: an undone replacement, a package that is attached and has room,
one that is not bought yet and joins areas nobody needs, one that only has to be attached, traffic, and at last a purchase.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import ceil, floor

import msgspec
from msgspec import structs

from cenguard.findings.fix import Add, Draft, Edit, Remedy, Remove, Set, Value
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
    Peer,
)
from cenguard.network.drawing import used
from cenguard.network.faults import area_pair_of, needs_no_order, packages_for
from cenguard.resources import tokens
from cenguard.resources.urns import name_in_urn
from cenguard.rules.remedies import parts
from cenguard.rules.remedies.mbps import EXAMPLE_MBPS, lowered
from cenguard.rules.remedies.meant import regions_meant
from cenguard.rules.remedies.ready_packages import MOST_PAIRS, REVIEW, SAFE, Packages, ReadyPackage, is_stray
from cenguard.text.printable import listed

_LEAVES = "leaves its package"
"""What is reached of a peer that does not draw any more on a package of other areas."""


class AreaPairCause(msgspec.Struct, frozen=True, kw_only=True):
    """One instance lacks bandwidth between two areas."""

    network: Network
    instance: CenInstance
    area_pair: AreaPair
    pairs: tuple[RegionPair, ...]
    """The pairs that its findings name."""
    least: Mapping[RegionPair, float] = msgspec.field(default_factory=dict)
    """Mbps that are asked for."""
    rank: int = 5
    cut_off: frozenset[str] | None = None
    """Of regions that are cut off, and that any package for one of their pairs connects: those; None where it has to be this one."""
    strays: frozenset[str] = frozenset()
    """Of a package that is too small: URNs of peers of other areas, without which it holds what draws on it."""

    @property
    def key(self) -> Hashable:
        """The instance and the area pair."""
        return ("area pair", self.instance.address, self.area_pair.names)

    def joined(self, other: "AreaPairCause") -> "AreaPairCause":
        """Both, with the pairs of both."""
        pairs = tuple(sorted({*self.pairs, *other.pairs}))
        both = None if self.cut_off is None or other.cut_off is None else self.cut_off | other.cut_off
        return structs.replace(
            self,
            pairs=pairs,
            least={**self.least, **other.least},
            rank=min(self.rank, other.rank),
            cut_off=both,
            strays=self.strays if self.strays == other.strays else frozenset(),
        )

    @property
    def reaches(self) -> AbstractSet[Hashable] | None:
        """The regions that are cut off, where it does not matter what connects them; peers that have to leave a package."""
        if self.strays:
            return {(_LEAVES, urn) for urn in self.strays}
        return None if self.cut_off is None else {(self.instance.address, region) for region in self.cut_off}

    @property
    def reached(self) -> AbstractSet[Hashable]:
        """The regions that get Mbps, and peers that leave a package of other areas for it."""
        regions = {(self.instance.address, region) for pair in self.pairs for region in pair.names}
        peers = [peer for pair in self.pairs for peer in self.instance.index.peers.get(pair, ())]
        return regions | {(_LEAVES, peer.address) for peer in peers if is_stray(self.network, peer)}

    @property
    def unserved(self) -> str:
        """The pairs: each of their regions is connected otherwise; or that what is left on a package fits."""
        if self.strays:
            names = listed(sorted(map(name_in_urn, self.strays)))
            return f"As {names} {'are' if len(self.strays) > 1 else 'is'} mended, it holds what still draws on it."
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
                    return plan.told(found)
                best = best or (found, plan.draft)
        if best is None:
            return None
        draft.settle(best[1])
        return plan.told(best[0])


def cause_of_size(network: Network, package: BandwidthPackage) -> AreaPairCause | None:
    """What a package that is too small comes from, together with what else its area pair lacks."""
    instances = [item.instance for item in package.attached]
    if package.area_pair is None or len(instances) != 1 or not package.declared:
        return None
    strays = [item for item in package.drawn_by if is_stray(network, item)]
    left = used(item for item in package.drawn_by if item not in strays) if strays else None
    fits = left is not None and package.mbps is not None and left <= package.mbps
    return AreaPairCause(
        network=network,
        instance=instances[0],
        area_pair=package.area_pair,
        pairs=(),
        rank=1,
        strays=frozenset(item.address for item in strays) if fits else frozenset(),
    )


def cause_of_peer(network: Network, peer: Peer, rank: int) -> AreaPairCause | None:
    """What a peer without the right package comes from; None where its regions do not tell which one that is."""
    area_pair = area_pair_of(network, peer)
    if peer.pair is None or not isinstance(area_pair, AreaPair) or not network.whole_stack:
        return None
    return AreaPairCause(network=network, instance=peer.instance, area_pair=area_pair, pairs=(peer.pair,), rank=rank)


class _Plan(Packages):
    def __init__(self, cause: AreaPairCause) -> None:
        super().__init__(cause.network, cause.instance, cause.area_pair, cause.pairs, cause.least)
        self.cause = cause
        self.passed_over = ""
        """A package that would do, and that another fix of the report takes."""

    def told(self, remedy: Remedy) -> Remedy:
        """A way to go, with why the package that a finding names is not taken, and why none is bought."""
        left = self.network.surroundings.left_kinds
        if any(isinstance(edit, Add) and edit.type == tokens.PACKAGE and (edit.type, edit.name) in left for edit in remedy.edits):
            return structs.replace(remedy, otherwise="Its edits keep the one that the update deletes: nothing is bought.")
        if not self.passed_over:
            return remedy
        bought = any(isinstance(edit, Add) and edit.type == tokens.PACKAGE for edit in remedy.edits)
        instead = "so one is bought here" if bought else "so it is not taken here"
        return structs.replace(remedy, otherwise=f"Another fix of this report takes package {self.passed_over}, {instead}.")

    def ways(self) -> Iterator[Callable[[], Iterator[Remedy]]]:
        """Every way that there is, the cheapest first; a second package for the area pair is none."""
        if parts.id_of(self.instance) is None:
            return
        yield lambda: self._drawing(self.undone())
        yield lambda: self._drawing(self.restored())
        yield lambda: self._drawing(self.attached())
        if self.area_pair not in self.index.packages:
            yield lambda: self._drawing(self.mended())
            yield lambda: self._drawing(self.loose())
        yield self._lowered
        yield self._by_traffic
        if self.area_pair not in self.index.packages and not self.network.catalogue.unsold(self.area_pair):
            yield lambda: self._drawing(self.bought())

    def _drawing(self, packages: Iterator[ReadyPackage]) -> Iterator[Remedy]:
        for ready in packages:
            found = self._draw(ready)
            if found is None:
                continue
            if ready.turned and ready.package is not None and not self.draft.reserve(ready.package.address):
                self.passed_over = ready.package.name
                continue
            yield found

    def _is_basic(self, pair: RegionPair) -> bool:
        return not any(region in self.index.enterprise for region in pair.names)

    def _shares(self, package: ReadyPackage) -> tuple[dict[RegionPair, int], float, list[RegionPair]] | None:
        """Mbps for each bare pair, what the package has to hold, and the pairs that get nothing; None where it is too small."""
        carried = sum(self.carried(package.package).values()) + sum(package.gives.values())
        bare = [pair for pair in self.bare() if pair not in package.gives]
        chosen, left = bare[:MOST_PAIRS], bare[MOST_PAIRS:]
        whole = None if package.package is None else package.package.mbps
        if package.package is None or (whole is None and package.package.mbps_blocker):
            shares = {pair: ceil(self.wanted(pair)) for pair in chosen}
            return shares, carried + sum(shares.values()), left
        free = (whole or 0) - carried
        least = {pair: max(1, ceil(self.cause.least.get(pair, 0))) for pair in chosen}
        if free < sum(least.values()) and package.grows:
            shares = {pair: ceil(self.wanted(pair)) for pair in chosen}
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

    def _draw(self, ready: ReadyPackage) -> Remedy | None:
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

    def _give(self, pair: RegionPair, mbps: int | None, ready: ReadyPackage) -> list[Edit] | None:
        """What gives one pair its Mbps; an empty list where it has them as soon as the package is ready."""
        least = self.cause.least.get(pair, 0)
        peers = self._peers(pair)
        if peers:
            return [edit for peer in peers for edit in self._take_up(peer, ready, least)]
        limit = next((item for item in self.limits_of(pair) if item.declared and item.urn), None)
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

    def _take_up(self, peer: Peer, ready: ReadyPackage, least: float) -> list[Edit]:
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

    def _let_wait(self, limit: BandwidthLimit, mbps: int | None, ready: ReadyPackage, least: float) -> list[Edit]:
        """A limit of the program that draws on the package as soon as that is attached."""
        meant = regions_meant(self.network, limit.regions)
        properties: dict[str, Value] = {"regionIds": meant} if meant != limit.regions else {}
        if limit.gives_nothing and mbps:
            properties["bandwidthLimit"] = mbps
        elif least and (limit.mbps or 0) < least:
            properties["bandwidthLimit"] = ceil(least)
        waited = frozenset(ready.waits)
        known = not any(name.startswith("new:") for name in waited)
        early = not known or not needs_no_order(self.network, limit, packages_for(self.network, limit))
        waits = ready.waits if early and not (known and self.network.order.waits_for_any(limit.address, waited)) else ()
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
            made = parts.peer(self.network, self.instance, pair, ceil(self.wanted(pair)), None, self.draft)
            if made is None:
                return
            edits.append(made)
        if edits:
            yield Remedy(tuple(edits), REVIEW)

    def _leaves(self, unserved: Sequence[RegionPair]) -> str:
        if not unserved:
            return ""
        beyond = frozenset(self.bare()[MOST_PAIRS:])
        by_reason: dict[str, list[RegionPair]] = {}
        for pair in unserved:
            why = (
                "no peer can be declared there, since an end has no router in the input that takes one"
                if not self._is_basic(pair) and parts.routers_of(self.instance, pair) is None
                else f"more than {MOST_PAIRS} pairs are not given Mbps unasked"
                if pair in beyond
                else "what the package holds does not go into all pairs"
            )
            by_reason.setdefault(why, []).append(pair)
        names = {why: listed(f"{pair.first} – {pair.second}" for pair in pairs) for why, pairs in by_reason.items()}
        return " ".join(f"The edits leave {pairs} out: {why}." for why, pairs in names.items())


def _is_peer(edit: Edit) -> bool:
    """Whether an edit decides how a peer is paid."""
    told = edit.properties if isinstance(edit, (Add, Set)) else {}
    return "bandwidthType" in told or "cenBandwidthPackageId" in told
