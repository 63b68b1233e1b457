"""From what a user wants to what has to be bought and drawn: area pairs, packages, limits or peers.

Pure: nothing here knows Pulumi, and the same input gives the same plan in whatever order it is written. Components build
what the plan says, `cenguard needs` prints it, and a test can assert it without creating anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from cenguard.errors import Problem
from cenguard.geography.areas import MAINLAND, AreaPair, area_pair
from cenguard.geography.bandwidth import LARGEST_PACKAGE, LEAST_PACKAGE, Mbps, package_size_problem
from cenguard.geography.catalogue import Catalogue, Doubt
from cenguard.geography.regions import RegionPair, is_ccn, region_pair, surrounding, takes_peers
from cenguard.planning.plan import (
    Billing,
    Carrier,
    Edition,
    Interconnection,
    Plan,
    PlanInput,
    PlannedInterconnection,
    PlannedPackage,
)
from cenguard.planning.planned_routes import PlannedNetwork


def area_of(region: str, catalogue: Catalogue, areas: Mapping[str, str]) -> str | Doubt:
    """The area of a region: as the user states it, else as the catalogue does."""
    return areas.get(region) or areas.get(surrounding(region)) or catalogue.area_of(region)


def area_pair_between(regions: RegionPair, catalogue: Catalogue, areas: Mapping[str, str]) -> AreaPair | Doubt:
    """The area pair two regions need bandwidth for, or why that is not certain."""
    first, second = area_of(regions.first, catalogue, areas), area_of(regions.second, catalogue, areas)
    if isinstance(first, Doubt):
        return first
    return second if isinstance(second, Doubt) else area_pair(first, second)


def crosses_border(regions: RegionPair, catalogue: Catalogue) -> bool | None:
    """Whether exactly one of two regions lies in the mainland, which takes no area for certain; None when that is in doubt."""
    found = catalogue.crosses_border(regions)
    return None if isinstance(found, Doubt) else found


def needs_no_package(regions: RegionPair, edition: Edition, catalogue: Catalogue, areas: Mapping[str, str] | None = None) -> bool:
    """Whether two regions reach each other without a package, a limit or a peer.

    A Cloud Connect Network reaches its own region, and one in the mainland reaches Basic routers all over the mainland.
    Source: https://help.aliyun.com/en/cen/user-guide/associate-a-ccn-instance-with-a-transit-router
    """
    if surrounding(regions.first) == surrounding(regions.second):
        return True
    if edition is not Edition.BASIC or is_ccn(regions.first) == is_ccn(regions.second):
        return False
    return area_pair_between(regions, catalogue, areas or {}) == AreaPair(MAINLAND, MAINLAND)


def mesh(regions: Iterable[str]) -> tuple[RegionPair, ...]:
    """Every pair of different regions, once.

    >>> [str(pair) for pair in mesh(["b", "a", "c", "a"])]
    ['a/b', 'a/c', 'b/c']
    """
    return tuple(region_pair(a, b) for a, b in combinations(sorted(set(regions)), 2))


def spokes(hub: str, regions: Iterable[str]) -> tuple[RegionPair, ...]:
    """The hub with every other region.

    >>> [str(pair) for pair in spokes("b", ["c", "a", "b"])]
    ['a/b', 'b/c']
    """
    return tuple(sorted(region_pair(hub, region) for region in set(regions) - {hub}))


def plan(wanted: PlanInput, catalogue: Catalogue) -> tuple[Plan, tuple[Problem, ...]]:
    """What a wanted network needs, and everything that keeps it from working.

    The plan is good to build only without problems. Their paths are those of the arguments of `CenNetwork`.
    """
    problems: list[Problem] = []
    regions = {*wanted.networks.values(), *(end for item in wanted.interconnections for end in item.regions.names)}
    planned: list[PlannedInterconnection] = []
    doubts: dict[str, Doubt] = {}
    for item in sorted(wanted.interconnections):
        found = area_pair_between(item.regions, catalogue, wanted.areas)
        if isinstance(found, Doubt) and item.billing is Billing.PACKAGE:
            doubts[found.region] = found
            continue
        areas = None if isinstance(found, Doubt) else found
        planned.append(
            PlannedInterconnection(
                regions=item.regions,
                areas=areas,
                mbps=item.mbps,
                carrier=_carrier(wanted.edition, item.billing),
                crosses=None if areas is not None else crosses_border(item.regions, catalogue),
            )
        )
    for region, doubt in doubts.items():
        path = next(
            (f"networks.{key}.region" for key in sorted(wanted.networks) if wanted.networks[key] == region), "interconnect"
        )
        known = ", ".join(doubt.candidates or catalogue.areas)
        problems.append(Problem(path, f"{doubt.reason}; state it: areas {{{region!r}: ...}}, one of {known}"))
    drawn = drawn_on(planned)
    packages: list[PlannedPackage] = []
    for pair in sorted({*drawn, *wanted.sizes, *wanted.existing}):
        needed = Mbps(sum(item.mbps for item in drawn.get(pair, ())))
        problems += _package_problems(wanted, pair, needed, drawn.get(pair, ()), catalogue)
        existing = wanted.existing.get(pair)
        packages.append(
            PlannedPackage(
                areas=pair,
                mbps=existing.mbps if existing else wanted.sizes.get(pair, Mbps(0)),
                drawn=needed,
                existing=existing is not None,
                attached=existing is not None and existing.attached,
            )
        )
    without_package = tuple(pair for pair in mesh(regions) if needs_no_package(pair, wanted.edition, catalogue, wanted.areas))
    return (
        Plan(
            edition=wanted.edition,
            regions=tuple(sorted(regions)),
            interconnections=tuple(planned),
            packages=tuple(packages),
            without_package=without_package,
            networks={
                key: PlannedNetwork(region=region, kind=wanted.kinds.get(key, "VPC"), table=wanted.tables.get(key))
                for key, region in sorted(wanted.networks.items())
            },
            apart=wanted.apart,
        ),
        tuple(sorted(problems)),
    )


def drawn_on(planned: Iterable[PlannedInterconnection]) -> dict[AreaPair, tuple[PlannedInterconnection, ...]]:
    """What draws on the package of each area pair."""
    drawn: dict[AreaPair, tuple[PlannedInterconnection, ...]] = {}
    for item in planned:
        if item.draws_on_package and item.areas is not None:
            drawn[item.areas] = (*drawn.get(item.areas, ()), item)
    return drawn


def package_for(mbps: int) -> Mbps:
    """The smallest package that holds so many Mbps; packages start at 2 Mbps."""
    return Mbps(max(mbps, LEAST_PACKAGE))


def isolated(wanted: PlanInput, catalogue: Catalogue) -> tuple[str, ...]:
    """Regions with networks that reach no other region of the network although there are others."""
    pairs = [pair for pair in mesh(set(wanted.networks.values())) if surrounding(pair.first) != surrounding(pair.second)]
    joined = {end for item in wanted.interconnections for end in item.regions.names}
    for pair in pairs:  # a CCN and its own region are one place: that they talk joins neither to another
        if needs_no_package(pair, wanted.edition, catalogue, wanted.areas):
            joined.update(pair.names)
    return tuple(sorted({end for pair in pairs for end in pair.names} - joined))


def _carrier(edition: Edition, billing: Billing) -> Carrier:
    if edition is Edition.BASIC:
        return Carrier.LIMIT
    return Carrier.TRAFFIC_PEER if billing is Billing.TRAFFIC else Carrier.PEER


def _package_problems(
    wanted: PlanInput, areas: AreaPair, needed: Mbps, drawn: tuple[PlannedInterconnection, ...], catalogue: Catalogue
) -> list[Problem]:
    existing, size = wanted.existing.get(areas), wanted.sizes.get(areas)
    path = f"packages.{'existing' if existing else 'sizes'}.{areas}"
    if existing and size is not None:
        return [Problem(path, "is also in packages.sizes: an instance holds one package for an area pair; keep one of the two")]
    if not drawn:
        return [Problem(path, "no interconnection draws on it: leave it out, or join two regions of these areas")]
    pairs = ", ".join(f"{item.regions} ({item.mbps} Mbps)" for item in drawn)
    if needed > LARGEST_PACKAGE:
        cure = "lower the interconnections" + ("" if wanted.edition is Edition.BASIC else ", or bill some by traffic")
        return [Problem(path, f"{pairs} draw {needed:,} Mbps, more than the largest package of {LARGEST_PACKAGE:,} Mbps: {cure}")]
    line = f'"{areas}": {package_for(needed)}'
    if existing:
        if existing.mbps < needed:
            reason = f"{existing.mbps} Mbps is too small: {pairs} draw {needed} Mbps; lower them, or resize the package first"
            return [Problem(path, reason)]
        return []
    unsold = catalogue.unsold(areas)
    if unsold is not None:
        reason = (
            f"no package with {unsold} is sold today (area catalogue {catalogue.edition}); name one you have in packages.existing"
        )
        return [Problem(path, reason)]
    if size is None:
        return [Problem(path, f"missing: {pairs} draw {needed} Mbps; add the line {line}")]
    if (unsellable := package_size_problem(size)) is not None:
        return [Problem(path, f"{unsellable}; write {line}")]
    if size < needed:
        return [Problem(path, f"{size} Mbps is too small: {pairs} draw {needed} Mbps; write {line}")]
    return []


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageNeed:
    """One package to buy: the pairs of regions that draw on it and the least Mbps it must hold."""

    areas: AreaPair
    regions: tuple[RegionPair, ...]
    drawn: Mbps
    mbps: Mbps
    """The smallest package that holds what is drawn; packages start at 2 Mbps."""
    unsold: str | None
    """The area that the service no longer sells packages for, if any."""
    unsellable: str | None
    """Why no package of that size is sold, if so."""

    @property
    def is_cross_border(self) -> bool:
        """Whether the cross-border qualification is needed before the purchase."""
        return self.areas.is_cross_border


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficNeed:
    """One Enterprise peer paid by traffic: no package, `mbps` is its ceiling."""

    regions: RegionPair
    areas: AreaPair | None
    mbps: Mbps
    is_cross_border: bool | None
    """Whether it crosses the border of the mainland; None when that is in doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Both ways to join every region with every other at some Mbps.

    `packages` serve bandwidth limits (Basic Edition) and peers billed by package (Enterprise Edition) alike.
    """

    regions: tuple[str, ...]
    mbps: Mbps
    packages: tuple[PackageNeed, ...]
    traffic: tuple[TrafficNeed, ...]
    without_package: tuple[RegionPair, ...]
    """Pairs that need nothing on the Basic Edition: a Cloud Connect Network and what it reaches by itself."""
    without_peers: tuple[RegionPair, ...]
    """Pairs that need bandwidth and that no peer joins: one with a region of Cloud Connect Networks."""
    doubts: tuple[Doubt, ...]
    """Regions whose area is not certain: their packages are missing from `packages`."""


def needs(regions: Iterable[str], mbps: Mbps, catalogue: Catalogue) -> Needs:
    """What joining every region with every other at `mbps` Mbps takes.

    Raises:
        UnknownName: a region is not in the catalogue.
    """
    wanted = tuple(sorted(set(regions)))
    for region in wanted:
        catalogue.region(region)
    networks = {region: region for region in wanted}
    alike = [pair for pair in mesh(wanted) if catalogue.may_be_one_region(*pair.names)]
    pairs = tuple(pair for pair in mesh(wanted) if pair not in alike)
    without_package = tuple(pair for pair in pairs if needs_no_package(pair, Edition.BASIC, catalogue))
    by_package, _ = plan(
        PlanInput(
            edition=Edition.BASIC,
            networks=networks,
            interconnections=tuple(Interconnection(regions=pair, mbps=mbps) for pair in pairs if pair not in without_package),
        ),
        catalogue,
    )
    by_traffic, _ = plan(
        PlanInput(
            edition=Edition.ENTERPRISE,
            networks=networks,
            interconnections=tuple(
                Interconnection(regions=pair, mbps=mbps, billing=Billing.TRAFFIC)
                for pair in pairs
                if all(map(takes_peers, pair.names)) and not needs_no_package(pair, Edition.ENTERPRISE, catalogue)
            ),
        ),
        catalogue,
    )
    placed = {region: catalogue.area_of(region) for region in wanted}
    return Needs(
        regions=wanted,
        mbps=mbps,
        packages=tuple(
            PackageNeed(
                areas=package.areas,
                regions=tuple(item.regions for item in by_package.interconnections if item.areas == package.areas),
                drawn=package.drawn,
                mbps=package_for(package.drawn),
                unsold=catalogue.unsold(package.areas),
                unsellable=package_size_problem(package_for(package.drawn)),
            )
            for package in by_package.packages
        ),
        traffic=tuple(
            TrafficNeed(regions=item.regions, areas=item.areas, mbps=item.mbps, is_cross_border=item.is_cross_border)
            for item in by_traffic.interconnections
        ),
        without_package=without_package,
        without_peers=tuple(pair for pair in pairs if pair not in without_package and not all(map(takes_peers, pair.names))),
        doubts=(
            *(doubt for doubt in placed.values() if isinstance(doubt, Doubt)),
            *(Doubt(pair.first, f"{pair.first} and {pair.second} may be two names of one region") for pair in alike),
        ),
    )
