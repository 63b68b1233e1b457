"""What `cenguard map` draws: each instance's regions, pairs, and what is bought and used for each pair of areas."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cenguard.findings.mapped import InstanceMap, MapPair, MapRegion, MatrixRow
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import surrounding
from cenguard.network import CenInstance, Network
from cenguard.network.connectivity import COVERED, UNCONNECTED, Disposition, connectivity_of
from cenguard.network.dispositions import InstanceConnectivity
from cenguard.network.drawing import is_full, used
from cenguard.network.routes.carried import Silence, silence
from cenguard.resources.urns import WORKSPACE, stack_of
from cenguard.rules.evidence import has_no_connection
from cenguard.text.printable import listed, number

_MAY_BE_ELSEWHERE = frozenset({Disposition.OUTSIDE, Disposition.UNDETERMINED})
"""Dispositions of a pair whose package may be attached outside of the input."""


def map_of(network: Network) -> tuple[InstanceMap, ...]:
    """The map of every instance that has an attached region or a package."""
    found = [
        _instance(network, instance, connectivity)
        for instance, connectivity in connectivity_of(network).items()
        if instance.index.regions or instance.packages
    ]
    names = Counter(item.name for item in found)
    return tuple(replace(item, whose=_whose(item.address)) if names[item.name] > 1 else item for item in found)


def _whose(address: str) -> str:
    """What tells an instance from another one of its name."""
    stack, project = stack_of(address)
    return f"{project}/{stack}" if stack and stack != WORKSPACE and project else address


def _instance(network: Network, instance: CenInstance, connectivity: InstanceConnectivity) -> InstanceMap:
    pairs = tuple(
        MapPair(
            regions=item.regions.names,
            area_pair=item.area_names,
            disposition=item.disposition.value,
            mbps=item.mbps,
            full=item.disposition is Disposition.UNALLOCATED and is_full(network, item.packages),
            no_connection=item.disposition in UNCONNECTED and has_no_connection(instance, item.regions),
            no_route=item.disposition in COVERED and _is_silent(silence(network, instance, item.regions)),
        )
        for item in connectivity.connections.values()
    )
    return InstanceMap(
        name=instance.plain,
        address=instance.address,
        regions=tuple(_region(network, instance, connectivity, region) for region in _regions(instance, connectivity)),
        pairs=pairs,
        matrix=_matrix(instance, pairs),
        doubts=_doubts(instance, pairs),
    )


def _regions(instance: CenInstance, connectivity: InstanceConnectivity) -> list[str]:
    """The attached regions, and those that a limit which stands proves to be attached outside of the input."""
    return sorted({*instance.index.regions, *(region for pair in connectivity.connections for region in pair.names)})


def _doubts(instance: CenInstance, pairs: Iterable[MapPair]) -> tuple[str, ...]:
    index = instance.index
    found: list[str] = []
    if index.regionless:
        names = listed(item.label for item in index.regionless)
        found.append(f"The region of {names} is not known: which pairs it makes, and what they need, cannot be told.")
    unplaced = sum(pair.area_pair is None for pair in pairs)
    if unplaced:
        found.append(f"{number(unplaced, 'pair')} of regions whose areas are not certain: what they need cannot be told.")
    if index.unplaced_packages:
        names = listed(item.package.label for item in index.unplaced_packages)
        found.append(f"The areas of {names} are not known: which pairs it serves cannot be told.")
    return tuple(found)


def _region(network: Network, instance: CenInstance, connectivity: InstanceConnectivity, region: str) -> MapRegion:
    row = network.catalogue.regions.get(surrounding(region))
    area = network.catalogue.area_of(region)
    kinds = Counter(item.kind or "network" for item in instance.index.attachments.get(region, ()))
    return MapRegion(
        id=region,
        title=row.title if row else region,
        area=None if isinstance(area, Doubt) else area,
        networks=tuple(sorted(kinds.items())),
        enterprise=region in instance.index.enterprise,
        isolated=region in connectivity.isolated,
        certain=connectivity.is_settled(region),
    )


def _matrix(instance: CenInstance, pairs: tuple[MapPair, ...]) -> tuple[MatrixRow, ...]:
    bought = _bought(instance)
    needed: dict[tuple[str, str], list[MapPair]] = {}
    for pair in pairs:
        if pair.area_pair is not None:
            needed.setdefault(pair.area_pair, []).append(pair)
    unplaced = bool(instance.index.unplaced_packages)
    return tuple(
        _matrix_row(names, needed.get(names, ()), bought.get(names), unplaced=unplaced) for names in sorted({*needed, *bought})
    )


def _matrix_row(
    names: tuple[str, str],
    pairs: Sequence[MapPair],
    bought: tuple[float | None, float | None] | None,
    *,
    unplaced: bool,
) -> MatrixRow:
    """One row; without a package in the input it is 0 Mbps only where none can be attached elsewhere."""
    if bought is None:
        elsewhere = unplaced or any(pair.disposition in _MAY_BE_ELSEWHERE for pair in pairs)
        drawn = [pair.mbps for pair in pairs if pair.disposition == Disposition.OUTSIDE]
        bought = (None if elsewhere else 0, None if None in drawn else sum(filter(None, drawn)))
    return MatrixRow(
        area_pair=names,
        bought=bought[0],
        used=bought[1],
        by_traffic=_ceilings(item for item in pairs if item.disposition == Disposition.PAY_BY_TRAFFIC),
        pairs=len(pairs),
        connected=sum(item.disposition in COVERED for item in pairs),
        missing=sum(item.disposition in UNCONNECTED for item in pairs),
        no_route=sum(item.no_route for item in pairs),
        all_by_traffic=bool(pairs) and all(item.disposition == Disposition.PAY_BY_TRAFFIC for item in pairs),
    )


def _ceilings(pairs: Iterable[MapPair]) -> float | None:
    sizes = [pair.mbps for pair in pairs]
    return None if None in sizes else sum(size for size in sizes if size is not None)


def _bought(instance: CenInstance) -> Mapping[tuple[str, str], tuple[float | None, float | None]]:
    """Mbps bought and used by pair of areas, of packages whose areas are known."""
    found: dict[tuple[str, str], tuple[float | None, float | None]] = {}
    for area_pair, items in instance.index.packages.items():
        packages = list({id(item.package): item.package for item in items}.values())
        drawn = list({id(carrier): carrier for package in packages for carrier in package.drawn_by}.values())
        sizes = [package.mbps for package in packages]
        found[area_pair.names] = (
            None if None in sizes else sum(size for size in sizes if size is not None),
            used(drawn),
        )
    return found


def _is_silent(found: Silence | None) -> bool:
    return found is not None and not found.one_way
