"""The proof for one pair of regions: its disposition on each instance, and every step that led to it."""

from collections.abc import Sequence

from cenguard.errors import UnknownName
from cenguard.findings.proved import Proof
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import region_pair
from cenguard.judging.left_out import CARRY, are_left_out, missed_by
from cenguard.network import CenInstance, Network, whole
from cenguard.network.connectivity import COVERED, UNCONNECTED, Connection, Disposition, connectivity_of, needs_no_package
from cenguard.network.drawing import is_full
from cenguard.network.routes.carried import silence
from cenguard.resources.addresses import is_address
from cenguard.resources.property_names import words_of
from cenguard.rules import evidence
from cenguard.text.globs import means

MEANING = {
    Disposition.SAME_REGION: "both ends are in one region, or a CCN and its own region: no package is needed",
    Disposition.CCN_FREE: "a mainland CCN reaches a Basic Edition region of the mainland without a package",
    Disposition.OVERDRAWN: "a limit or peer draws on an attached package, and more is drawn on that than it holds: the service "
    "refuses some of it, which one is not known",
    Disposition.FUNDED: "connected: a limit or peer gives the pair bandwidth of an attached package",
    Disposition.PAY_BY_TRAFFIC: "connected: a peer that is paid by traffic",
    Disposition.OUTSIDE: "connected by a package that stands outside of the input",
    Disposition.BROKEN: "a limit or peer is declared for the pair, and cannot work",
    Disposition.UNALLOCATED: "a package for the area pair is attached, and no limit or peer of the pair draws on it",
    Disposition.UNDETERMINED: "cannot be told yet",
    Disposition.WRONG_AREA: "the package there joins another area pair",
    Disposition.OTHER_INSTANCE: "a package for the area pair exists, attached to another instance",
    Disposition.NOT_ATTACHED: "a package for the area pair exists, attached to no instance",
    Disposition.NO_PACKAGE: "nothing in the input covers the area pair",
}


def prove(network: Network, first: str, second: str, instance: str | None) -> tuple[Proof, ...]:
    """The proofs for a pair of regions, one for each instance that both are attached to.

    Raises:
        UnknownName: no instance of that name, or none with both regions; says which regions are attached.
    """
    candidates = instances_called(network, instance)
    found = [_proof(network, item, first, second) for item in candidates if _has(network, item, first, second)]
    if not found:
        attached = "; ".join(f"{item.label}: {', '.join(item.index.regions) or 'none'}" for item in candidates)
        raise UnknownName("pair of attached regions", f"{first}/{second}", (), note=f"(attached are {attached or 'none'})")
    return tuple(found)


def instances_called(network: Network, name: str | None) -> list[CenInstance]:
    """The instances of a name, an id or a URN; all of them without one.

    Raises:
        UnknownName: no instance is called that.
    """
    found = [item for item in network.instances if name is None or _is_called(item, name)]
    if not found:
        raise UnknownName("CEN instance", name or "", [item.name for item in network.instances], note=_instances(network))
    return found


def proof_of_regions(network: Network, instance: CenInstance, first: str, second: str) -> Proof | None:
    """The proof for two regions of an instance; None where one of them is not attached."""
    if not _has(network, instance, first, second):
        return None
    return _proof(network, instance, first, second)


def _has(network: Network, instance: CenInstance, first: str, second: str) -> bool:
    """Whether two regions are attached to an instance, in the input or by what a limit that stands proves."""
    regions = instance.index.regions
    return (first in regions and second in regions) or region_pair(first, second) in connectivity_of(network)[
        instance
    ].connections


def _instances(network: Network) -> str:
    names = [item.plain for item in network.instances]
    return f"(there {'are' if len(names) > 1 else 'is'} {', '.join(names)})" if names else "(the input has none)"


def _is_called(item: CenInstance, name: str) -> bool:
    return any(value and means(name, value) for value in (item.name, item.id, item.urn))


def _proof(network: Network, item: CenInstance, first: str, second: str) -> Proof:
    names = (first, second) if first <= second else (second, first)
    addresses = (item.address, *(attachment.address for attachment in item.attachments))
    words = words_of(next(filter(is_address, addresses), ""))
    if first == second or needs_no_package(first, second):
        return Proof(
            instance=item.address,
            name=item.plain,
            regions=names,
            area_pair=None,
            disposition=Disposition.SAME_REGION,
            meaning=MEANING[Disposition.SAME_REGION],
            mbps=None,
            steps=tuple(words(evidence.region_step(network, item, name)) for name in dict.fromkeys(names)),
        )
    connection = connectivity_of(network)[item].connections[region_pair(first, second)]
    return Proof(
        instance=item.address,
        name=item.plain,
        regions=connection.regions.names,
        area_pair=connection.area_names,
        disposition=connection.disposition,
        meaning=_meaning(network, connection),
        mbps=whole(connection.mbps),
        steps=tuple(map(words, _steps(network, item, connection))),
        full=connection.disposition is Disposition.UNALLOCATED and is_full(network, connection.packages),
        no_connection=connection.disposition in UNCONNECTED and evidence.has_no_connection(item, connection.regions),
    )


def _meaning(network: Network, connection: Connection) -> str:
    if connection.disposition is Disposition.UNALLOCATED and is_full(network, connection.packages):
        return "the package for the area pair is full: all of it is given to other pairs"
    kept = connection.packages if connection.disposition is Disposition.OUTSIDE else ()
    if kept and all(package.retained for package in kept):
        return "connected by a package that leaves the program, and stays in the cloud"
    return MEANING[connection.disposition]


def _steps(network: Network, item: CenInstance, connection: Connection) -> Sequence[str]:
    by_traffic = connection.disposition is Disposition.PAY_BY_TRAFFIC
    steps = evidence.origin_steps(network, item, [connection.regions])
    if not by_traffic:  # which package the pair would need is no part of what connects it
        steps += evidence.need_steps(network, [connection.regions])
        if isinstance(connection.area_pair, Doubt):
            steps.append(f"which areas the pair needs is not certain: {evidence.area_pair_text(connection.area_pair)}")
        steps.append(evidence.packages_step(item))
    # a limit of 0 Mbps is one, and carries nothing
    declared = connection.carriers or item.index.limits.get(connection.regions, ())
    steps.append(
        f"declared for the pair: {evidence.listed(map(evidence.carrier_text, declared))}"
        if declared
        else "no limit or peer is declared for the pair"
    )
    if by_traffic:
        steps.append("paid by traffic: each GB is paid for, and no package is needed")
    quiet = silence(network, item, connection.regions) if connection.disposition in COVERED else None
    if quiet is not None:
        steps.append(str(quiet))
    if connection.faults:
        steps.append(f"it cannot work: see {evidence.listed(connection.faults)}")
    if connection.blocker:
        steps.append(str(connection.blocker))
    area_pair = connection.area_pair if isinstance(connection.area_pair, AreaPair) else None
    lacks = connection.disposition in UNCONNECTED and network.left_out
    missed = missed_by({item.address}, CARRY, network.left_out, area_pair, (connection.regions,)) if lacks else ()
    if missed:
        steps.append(are_left_out(missed))
    miss = evidence.miss_step(connection)
    return [*steps, miss] if miss else steps
