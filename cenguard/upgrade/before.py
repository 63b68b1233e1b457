"""What an instance has today, as an upgrade asks for it: its networks, its pairs of regions, its packages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from cenguard.errors import UnreadableInput
from cenguard.geography.regions import RegionPair, is_ccn, region_pair, suits
from cenguard.network import Attachment, BandwidthLimit, BandwidthPackage, Blocker, CenInstance, Network
from cenguard.network.connectivity import COVERED, Connection, Disposition, connectivity_of, needs_no_package
from cenguard.network.drawing import weigh
from cenguard.network.kinds import kind_of_id
from cenguard.network.routes.estate import routes_of
from cenguard.network.routing import End
from cenguard.network.standing import proves
from cenguard.resources import tokens
from cenguard.resources.urns import is_resource, kind_in_urn


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Held:
    """A network that is attached today."""

    attachment: Attachment
    address: str
    """URN of the network, else its id; that of the attachment where the input tells neither."""
    id: str | None
    """Id of the network where it is known."""
    name: str
    kind: str
    """VPC, VBR or CCN."""
    region: str
    end: End

    @property
    def stays(self) -> bool:
        """Whether it stays as it is: a CCN in a region of CCNs."""
        return self.kind == "CCN"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairToday:
    """A pair of regions, and what it carries."""

    regions: RegionPair
    disposition: Disposition
    mbps: float | None
    """Of a pair that is connected, overdrawn, or carried by a limit that stands."""
    joined: bool
    """Whether it gets a peer: it has Mbps, or whether it has some is not known."""
    connection: Connection | None = None
    """None within one place: a CCN and its own region."""
    limits: tuple[BandwidthLimit, ...] = ()

    @property
    def blocker(self) -> Blocker | None:
        """What its Mbps hang on."""
        told = self.connection.blocker if self.connection is not None else None
        return told or next((limit.mbps_blocker for limit in self.limits if limit.mbps_blocker is not None), None)

    @property
    def of_a_ccn(self) -> bool:
        """Whether one of its ends is a region of CCNs."""
        return any(map(is_ccn, self.regions.names))

    @property
    def packages(self) -> tuple[BandwidthPackage, ...]:
        """The packages that its limits may draw from."""
        return self.connection.packages if self.connection is not None and self.joined else ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Today:
    """One Basic instance."""

    network: Network
    instance: CenInstance
    held: tuple[Held, ...]
    """Networks that get an attachment, or stay, by address."""
    misplaced: tuple[Attachment, ...]
    """Attachments that no router takes: a CCN in a plain region."""
    pairs: tuple[PairToday, ...]
    """Every pair of their regions; and of a limit that stands, though an end of it is attached outside of the input."""
    drawn: Mapping[BandwidthPackage, float]
    """Mbps that limits draw, by package that is attached to the instance."""

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions that get a router."""
        joined = {region for pair in self.pairs if pair.joined for region in pair.regions.names}
        return tuple(sorted(region for region in {*(item.region for item in self.held), *joined} if not is_ccn(region)))


def today_of(network: Network, instance: CenInstance, source: str) -> Today:
    """What an instance has.

    Raises:
        UnreadableInput: the region or the kind of an attached network is not known.
    """
    held, misplaced = _held(network, instance, source)
    return Today(
        network=network,
        instance=instance,
        held=held,
        misplaced=misplaced,
        pairs=tuple(sorted(_pairs(network, instance, sorted({item.region for item in held})), key=lambda item: item.regions)),
        drawn={item.package: _drawn(network, item.package) for item in instance.packages},
    )


def _held(network: Network, instance: CenInstance, source: str) -> tuple[tuple[Held, ...], tuple[Attachment, ...]]:
    ends = {id(member.end.item): member.end for member in routes_of(network)[instance].members}
    found: dict[str, Held] = {}
    misplaced: list[Attachment] = []
    for item in instance.attachments:
        end = ends.get(id(item))
        address = (end.network if end is not None else None) or item.network or item.address
        kind = _own_kind(address) or item.kind  # what it is goes before what is said of it
        if item.region is None:
            told = f": {item.region_blocker}" if item.region_blocker is not None else ""
            raise UnreadableInput(source, f"the region of the network that {item.label} attaches is not known{told}")
        if not kind:
            raise UnreadableInput(
                source, f"the kind of the network that {item.label} attaches is not known: say VPC, VBR or CCN there"
            )
        if item.misplaced or end is None or not suits(kind, item.region):
            misplaced.append(item)
            continue
        known = end.network_id or ("" if is_resource(address) or address == item.address else address)
        made = Held(
            attachment=item,
            address=address,
            id=known or None,
            name=end.name or item.label,
            kind=kind,
            region=item.region,
            end=end,
        )
        found.setdefault(address, made)  # one that is attached twice is attached once
    return tuple(found[address] for address in sorted(found)), tuple(sorted(misplaced, key=lambda item: item.address))


def _own_kind(address: str) -> str | None:
    """The kind of a network by its own type, or by the beginning of its id."""
    return tokens.NETWORKS.get(kind_in_urn(address)) if is_resource(address) else kind_of_id(address)


def _pairs(network: Network, instance: CenInstance, regions: Iterable[str]) -> Iterable[PairToday]:
    connections = connectivity_of(network)[instance].connections
    for first, second in combinations(regions, 2):
        pair = region_pair(first, second)
        connection = connections.get(pair)
        if needs_no_package(first, second) or connection is None:
            yield PairToday(regions=pair, disposition=Disposition.SAME_REGION, mbps=None, joined=False)
        else:
            yield _pair(network, instance, connection)
    known = set(regions)
    for pair, limits in instance.index.limits.items():
        standing = tuple(item for item in limits if item.stands and not item.gives_nothing)
        if not standing or known.issuperset(pair.names):
            continue
        if pair in connections:
            yield _pair(network, instance, connections[pair])
        else:
            yield PairToday(
                regions=pair, disposition=Disposition.UNDETERMINED, mbps=_of_limits(standing), joined=True, limits=standing
            )


def _pair(network: Network, instance: CenInstance, connection: Connection) -> PairToday:
    limits = tuple(item for item in instance.index.limits.get(connection.regions, ()) if not item.gives_nothing)
    mbps, joined = connection.mbps, False
    match connection.disposition:
        case Disposition.CCN_FREE:
            mbps = None
        case item if item in COVERED:
            joined = True
        case Disposition.OVERDRAWN:
            mbps, joined = _of_limits(limits), True
        case Disposition.UNDETERMINED:
            standing = [item for item in limits if proves(network, item) or item.stands]
            mbps = _of_limits(standing) if standing else None
            joined = bool(limits) or (connection.may_be_served and _may_have_a_limit(network, instance))
        case Disposition.BROKEN if not instance.leaves and "CEN404" not in connection.faults:
            standing = [item for item in limits if item.stands]
            mbps, joined = _of_limits(standing), bool(standing)
        case _:
            mbps = None
    return PairToday(
        regions=connection.regions,
        disposition=connection.disposition,
        mbps=mbps,
        joined=joined,
        connection=connection,
        limits=limits,
    )


def _may_have_a_limit(network: Network, instance: CenInstance) -> bool:
    """Whether a pair for which the input has no limit may have one all the same."""
    if not instance.whole or instance.index.unplaced_carriers:
        return True
    return any(item.instance.may_be(instance) for item in network.loose_carriers)


def _of_limits(limits: Iterable[BandwidthLimit]) -> float | None:
    """Mbps of the limits of one pair, which are one object of the service; None where they differ, or one is not known."""
    sizes = {item.mbps for item in limits}
    return next(iter(sizes)) if len(sizes) == 1 else None


def _drawn(network: Network, package: BandwidthPackage) -> float:
    """Mbps that limits draw on a package for certain; what is not known counts nothing."""
    drawn = weigh(network, package)
    if not drawn.exceeds:
        return drawn.committed
    known: dict[object, float] = {}
    for item in package.drawn_by:
        if isinstance(item, BandwidthLimit) and item.pair is not None and item.mbps is not None:
            key = (id(item.instance), item.pair)
            known[key] = max(known.get(key, 0), item.mbps)
    return sum(known.values())
