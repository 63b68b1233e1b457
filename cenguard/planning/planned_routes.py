"""Who reaches whom in a planned network: what its route tables, their peers and its route maps let through.

What the components make on the Enterprise Edition: each region has a table of its own, with which its peers are
associated and in which all its networks are known. A network is associated with that table, or with the one it names,
where it is known too. Peers are known in every table. So tables part networks *within* a region; between regions all of
them reach each other, unless `apart` denies the routes of some tables' networks to the others.

Source: a peer is associated with one table at each end (CreateTransitRouterRouteTableAssociation, "An attachment is
associated with one table"), and what crosses it are that table's routes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from typing import NamedTuple

from cenguard.errors import UnknownName
from cenguard.geography.regions import RegionPair, region_pair, surrounding

ROUTED, NOT_LEARNED, DENIED, UNDETERMINED = "routed", "not_learned", "denied", "undetermined"
"""What becomes of a packet; the words of `cenguard explain`."""
ON_PREMISES = frozenset({"VBR", "VPN", "ECR", "CCN"})
MOST_PUBLISHING = 50
"""VPCs that one router publishes routes into; a quota that is not raised. Source: route synchronization of transit routers."""
NETWORKS_IN_A_MAP = 32
"""Source: CreateCenRouteMap, `SourceInstanceIds`."""
FIRST_PRIORITY, LAST_PRIORITY = 50, 99
"""Priorities of the maps that keep tables apart; those below are left to maps of one's own. Source: CreateCenRouteMap, `Priority`."""
MOST_APART = NETWORKS_IN_A_MAP * (LAST_PRIORITY - FIRST_PRIORITY + 1)
"""Networks whose routes one table can be kept from."""
NOT_PASSED_ON = "CEN does not pass routes on over a second peer"
"""Source: "cross-region routes cannot transit through an intermediate region", the service's own diagnosis of 2026."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNetwork:
    """Where a network is attached, and the table of its own that it names."""

    region: str
    kind: str = "VPC"
    table: str | None = None


class Group(NamedTuple):
    """Networks that are routed alike: one region, one table, all of them VPCs or all of them not."""

    region: str
    table: str | None
    on_premises: str
    """The kind, of networks that are not VPCs; empty for VPCs."""

    def __str__(self) -> str:
        where = f"{self.table} in {self.region}" if self.table else self.region
        return f"{where} ({self.on_premises})" if self.on_premises else where


@dataclass(frozen=True)
class Routes:
    """The promise, by the caller's keys. `print(plan.routes)` shows it by groups of networks that are routed alike."""

    networks: Mapping[str, PlannedNetwork]
    basic: bool
    joined: frozenset[RegionPair]
    """Pairs of regions with a limit or a peer."""
    apart: Sequence[Sequence[str]] = ()
    """Keys of tables that are kept apart in all regions."""

    def leg(self, origin: str, target: str) -> str:
        """What becomes of packets from one network to another: `routed`, `not_learned`, `denied` or `undetermined`.

        Raises:
            UnknownName: no network has such a key.
        """
        return self._leg(self._group(origin), self._group(target))

    def reaches(self, a: str, b: str) -> bool:
        """Whether two networks reach each other, there and back, at whatever bandwidth.

        Raises:
            UnknownName: no network has such a key.
        """
        return a == b or (self.leg(a, b) == ROUTED == self.leg(b, a))

    def _group(self, key: str) -> Group:
        network = self.networks.get(key)
        if network is None:
            raise UnknownName("network", key, self.networks)
        return Group(network.region, network.table, network.kind if network.kind in ON_PREMISES else "")

    def _leg(self, origin: Group, target: Group) -> str:
        if self.basic:
            # between these two kinds a Basic router routes nothing unless a route map permits it
            return DENIED if {origin.on_premises, target.on_premises} <= {"VBR", "CCN"} else ROUTED
        if origin.region == target.region:
            known = origin.table in (None, target.table)
        elif region_pair(origin.region, target.region) not in self.joined:
            known = False
        elif self._are_apart(origin.table, target.table):
            return DENIED
        else:
            known = True
        if not known:
            return NOT_LEARNED
        # what Enterprise routers do between networks that are both on premises is not documented
        return UNDETERMINED if origin.on_premises and target.on_premises else ROUTED

    def _are_apart(self, first: str | None, second: str | None) -> bool:
        return first != second and any(first in keys and second in keys for keys in self.apart)

    @cached_property
    def groups(self) -> dict[Group, tuple[str, ...]]:
        """The networks of each group, both sorted."""
        found: dict[Group, list[str]] = {}
        for key in sorted(self.networks):
            found.setdefault(self._group(key), []).append(key)
        return {group: tuple(found[group]) for group in sorted(found, key=lambda item: (item.region, item.table or "", item))}

    @property
    def pairs(self) -> Iterator[tuple[Group, Group, str]]:
        """What holds between two groups, or within one of several networks."""
        for first, second in combinations_with_replacement(self.groups, 2):
            if first == second and len(self.groups[first]) < 2:
                continue
            forth, back = self._leg(first, second), self._leg(second, first)
            if forth == back:
                yield first, second, "both ways" if forth == ROUTED else forth
            elif ROUTED in (forth, back):
                origin, target = (first, second) if forth == ROUTED else (second, first)
                yield first, second, f"one way: from {origin} to {target}, and nothing comes back"
            else:
                yield first, second, f"{forth} – {back}"

    @property
    def notes(self) -> Iterator[str]:
        """What a reader should know of the routes, in words."""
        vpcs: dict[str, int] = {}
        for network in self.networks.values():
            vpcs[network.region] = vpcs.get(network.region, 0) + (network.kind == "VPC")
        for region, count in sorted(vpcs.items()):
            if not self.basic and count > MOST_PUBLISHING:
                yield (
                    f"{count} VPCs in {region}: a router publishes its routes into {MOST_PUBLISHING} VPCs, a quota that is not "
                    "raised; the others would learn of nothing"
                )
        open_ones = [] if self.basic else list(self._not_apart())
        if open_ones:
            first, second = open_ones[0]
            yield (
                f"route tables part networks within a region only: {first} and {second} reach each other, since a peer uses one "
                "table at each end; `apart` keeps tables apart in all regions"
            )
        for between, one, other in () if self.basic else self._over_two():
            yield f"{NOT_PASSED_ON}: {one} and {other} do not reach each other by way of {between}, which is joined with both"

    def _not_apart(self) -> Iterator[tuple[Group, Group]]:
        """Groups of different regions of which one has a table of its own, and whose networks reach each other."""
        for first, second in combinations_with_replacement(self.groups, 2):
            named = first.table is not None and second.table is not None
            if named and first.region != second.region and self._leg(first, second) == ROUTED:
                yield first, second

    def _over_two(self) -> Iterator[tuple[str, str, str]]:
        """A region that is joined with two which are not joined with each other; each two once."""
        ends: dict[str, set[str]] = {}
        for pair in self.joined:
            ends.setdefault(pair.first, set()).add(pair.second)
            ends.setdefault(pair.second, set()).add(pair.first)
        said: set[RegionPair] = set()
        for between in sorted(ends):
            around = sorted(ends[between])
            for first, second in ((a, b) for a in around for b in around if a < b):
                pair = region_pair(first, second)
                if pair not in said and second not in ends[first] and surrounding(first) != surrounding(second):
                    said.add(pair)
                    yield between, first, second

    def to_dict(self) -> dict[str, object]:
        """The routes in plain values, ready for JSON."""
        return {
            "groups": {str(group): list(keys) for group, keys in self.groups.items()},
            "pairs": [{"groups": [str(first), str(second)], "routes": what} for first, second, what in self.pairs],
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        rows = [f"{group}: {', '.join(keys)}" for group, keys in self.groups.items()]
        rows += ["", *(f"{first} – {second}: {what}" for first, second, what in self.pairs)]
        return "\n".join([*rows, "", *(f"note: {note}" for note in self.notes)]).strip("\n")
