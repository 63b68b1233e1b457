"""One group judged: the parts of an instance from every state that has some, as one input."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
from msgspec import structs

from cenguard.findings.audited import AuditedFinding, AuditedInstance, AuditedPackage
from cenguard.findings.mapped import InstanceMap
from cenguard.findings.report import ReportedFinding, ReportedLocation
from cenguard.fleet.records import together
from cenguard.fleet.shares import Share, told_apart
from cenguard.judging.check import judge_network, network_of
from cenguard.judging.options import Options, with_stack_settings
from cenguard.judging.regional_map import map_of
from cenguard.judging.stale_inventory import Old, old_inventories
from cenguard.judging.tool_findings import about_unread, fingerprint
from cenguard.judging.waived import names_of_instances
from cenguard.network import BandwidthPackage, CenInstance, Network, whole
from cenguard.network.connectivity import UNCONNECTED, Disposition, connectivity_of
from cenguard.network.drawing import used
from cenguard.network.known import Inventory, laid_together
from cenguard.network.standing import proof_of
from cenguard.resources import tokens
from cenguard.resources.records import Records, Resource
from cenguard.rules.rule import Rule
from cenguard.sources.lines import Lines

_MAY_HAVE = (Disposition.NO_PACKAGE, Disposition.UNDETERMINED)
"""What a pair is said to be that a package of another instance may tell something about."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is judged together."""

    shares: tuple[Share, ...]
    inventory: Inventory = field(default_factory=Inventory)
    number: int = 0
    """Which group of the audit it is."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What of the rest of the fleet a group is judged beside; nothing is said of it there."""

    packages: Mapping[tuple[str, str], tuple[Share, ...]] = field(default_factory=dict)
    """Packages of other instances, and of none, by area pair."""
    loose: tuple[Share, ...] = ()
    """Parts that may belong to any instance."""
    proofs: Mapping[tuple[str, str], tuple[Share, ...]] = field(default_factory=dict)
    """Limits and peers that stand without their package, by area pair: an unallocated package of these areas may be theirs."""
    inventories: Mapping[tuple[str, str], Inventory] = field(default_factory=dict)
    """The same as an inventory tells of them, with what else it says of their instance."""


@dataclass(frozen=True, slots=True)
class Contract:
    """How a package of the fleet is paid."""

    id: str
    area_pair: tuple[str, str] | None
    mbps: float | None
    payment: str | None
    period: int | None
    expires: str | None


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What is said of a group."""

    number: int = 0
    findings: list[AuditedFinding] = field(default_factory=list)
    old: Old | None = None
    """Inventories that are too old, where something of the group rests on them."""
    instances: list[AuditedInstance] = field(default_factory=list)
    packages: list[AuditedPackage] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    unconnected: list[tuple[str, tuple[str, str]]] = field(default_factory=list)
    """Instances and pairs of regions at the test bandwidth."""
    names: list[tuple[str, ...]] = field(default_factory=list)
    """What its instances are called, for `expect`."""
    called: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The same by what findings call an instance."""
    copies: list[tuple[str, str]] = field(default_factory=list)
    """URLs of states that say the same stack again, each with the URL of the one that counts."""
    maps: list[InstanceMap] = field(default_factory=list)
    unallocated: set[tuple[str, str]] = field(default_factory=set)
    """Area pairs of its packages that are attached to nothing."""
    proofs: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    """URL and URN of a limit or peer that proves a package which no state holds, by area pair."""
    told: set[tuple[str, str]] = field(default_factory=set)
    """Area pairs of such packages that limits and peers of its inventory prove."""


def judge(task: Task, beside: Beside, rules: Sequence[Rule], options: Options, *, maps: bool) -> Verdict:
    """Judge one group as one input."""
    found = Verdict(number=task.number)
    shares, marks, found.copies = told_apart(task.shares)
    sources = [together(item.url, item.kind, item.project, item.stack, item.bodies) for item in shares]
    if not sources:
        return found
    own = {record.urn: source.path for source in sources for record in _records(source)}
    own.update({item.urn: source.path for source in sources for item in source.unread})
    loose = [item for item in _records_of(beside.loose) if not _known(item, own)]
    inputs = [*sources, *loose]
    network, options = _network(inputs, task, options)
    unallocated = sorted(_unallocated(network, own))
    wanted = _wanted(network, beside) + [share for pair in unallocated for share in beside.proofs.get(pair, ())]
    told = [beside.inventories[pair] for pair in unallocated if pair in beside.inventories]
    if told:
        task = replace(task, inventory=laid_together([task.inventory, *told]))
        network, options = _network(inputs, task, options)
    if wanted:
        offered = [item for item in _records_of(wanted) if not _known(item, own)]
        if offered:
            inputs += offered
            network, options = _network(inputs, task, options)
    lines = _InStates(sources)
    judged = judge_network(network, rules, options, inputs if options.fixes else (), lines=lambda: lines) if rules else []
    judged += about_unread(sources)
    found.old = old_inventories(network, rules, options.settings)
    telling = _Telling(network, own, marks, lines)
    found.findings = [item for finding in judged if (item := telling.finding(finding)) is not None]
    found.instances = telling.instances()
    found.packages, found.contracts = telling.packages()
    found.unconnected = telling.unconnected()
    found.unallocated = _unallocated(network, own)
    found.proofs, found.told = telling.proofs()
    found.names = telling.names(sources)
    found.called = telling.called()
    if maps:
        mine = {instance.address for instance in telling.own_instances}
        found.maps = [replace(item, address=telling.key_of(item.address)) for item in map_of(network) if item.address in mine]
    return found


class _InStates(Lines):
    """Lines as states tell them: no file of a program lies beside a state in a bucket, so none is looked for."""

    def _folder(self, source: Records) -> Path | None:
        del source
        return None


def _network(sources: Sequence[Records], task: Task, options: Options) -> tuple[Network, Options]:
    options = structs.replace(options, inventory=task.inventory)
    options, _ = with_stack_settings(sources, options)
    return network_of(sources, options), options


def _records(source: Records) -> Iterable[Resource]:
    return (*source.resources, *source.pending, *source.uncertain, *source.gone, *source.leftover)


def _records_of(shares: Iterable[Share]) -> list[Records]:
    return [together(item.url, item.kind, item.project, item.stack, item.bodies) for item in shares]


def _known(source: Records, own: Mapping[str, str]) -> bool:
    """Whether what stands beside a group is a part of it."""
    return any(
        record.urn in own
        for record in (*source.resources, *source.pending)
        if record.type in (tokens.PACKAGE, *tokens.REFERENCES)
    )


def _wanted(network: Network, beside: Beside) -> list[Share]:
    """Packages of the area pairs that an instance has none for."""
    pairs = {
        connection.area_names
        for connectivity in connectivity_of(network).values()
        for connection in connectivity.connections.values()
        if connection.disposition in _MAY_HAVE and connection.area_names is not None
    }
    return [share for names in sorted(pairs) for share in beside.packages.get(names, ())]


def _unallocated(network: Network, own: Mapping[str, str]) -> set[tuple[str, str]]:
    """Area pairs of packages that are attached to nothing."""
    return {item.area_pair.names for item in network.packages if item.area_pair and not item.attached and item.urn in own}


# ---------------------------------------------------------------------- what the report says


class _Telling:
    """A judged network as the rows of the report."""

    def __init__(self, network: Network, own: Mapping[str, str], marks: Sequence[str], lines: Lines) -> None:
        self.network, self.own, self.marks, self.lines = network, own, marks, lines
        self.stacks = {instance.address: self._stacks_of(instance) for instance in network.instances}
        self.own_instances = [instance for instance in network.instances if self.stacks[instance.address]]
        self.ids = {instance.address: instance.id for instance in network.instances if instance.id}

    def key_of(self, address: str) -> str:
        """The cloud's id of an instance where it is known, else its address."""
        return self._clean(self.ids.get(address, address))

    def _clean(self, text: str) -> str:
        for mark in self.marks:
            text = text.replace(mark, "")
        return text

    def _urls(self, urns: Iterable[str | None]) -> tuple[str, ...]:
        return tuple(sorted({self.own[urn] for urn in urns if urn is not None and urn in self.own}))

    def _stacks_of(self, instance: CenInstance) -> tuple[str, ...]:
        parts = (*instance.attachments, *instance.routers, *instance.packages, *instance.limits, *instance.peers)
        return self._urls((instance.urn, *instance.twins, *(item.urn for item in parts)))

    def finding(self, item: ReportedFinding) -> AuditedFinding | None:
        """A finding with its state; None where it is about something that only stands beside the group."""
        instance = item.instance
        if item.urn is not None:
            if item.urn not in self.own:
                return None
            stack: str | None = self.own[item.urn]
        elif instance is not None:
            stacks = self.stacks.get(instance) or self.stacks.get(next((k for k, v in self.ids.items() if v == instance), ""), ())
            if not stacks:
                return None
            stack = self.own.get(instance, stacks[0])
        else:
            stack = None
        place = item.location or self._place(item)
        told = AuditedFinding(
            **{name: getattr(item, name) for name in item.__struct_fields__ if name not in ("location", "instance")},
            location=place,
            instance=self.key_of(instance) if instance is not None else None,
            stack=stack,
        )
        return self._without_marks(told) if self.marks else told

    def _place(self, item: ReportedFinding) -> ReportedLocation | None:
        """The user's own line, as the state tells it."""
        return self.lines.nearest(item.urn, item.related) if item.urn is not None or item.related else None

    def _without_marks(self, item: AuditedFinding) -> AuditedFinding:
        text = msgspec.json.encode(item).decode()
        for mark in self.marks:
            text = text.replace(mark, "")
        item = msgspec.json.decode(text.encode(), type=AuditedFinding)
        return structs.replace(item, fingerprint=fingerprint(item.rule, item.urn or item.instance, item.area_pair))

    def instances(self) -> list[AuditedInstance]:
        connectivity = connectivity_of(self.network)
        return [
            AuditedInstance(
                instance=self.key_of(instance.address),
                stacks=self.stacks[instance.address],
                regions=instance.index.regions,
                pairs=dict(
                    sorted(Counter(str(item.disposition) for item in connectivity[instance].connections.values()).items())
                ),
            )
            for instance in self.own_instances
            if instance.identified
        ]

    def packages(self) -> tuple[list[AuditedPackage], list[Contract]]:
        rows: list[AuditedPackage] = []
        contracts: list[Contract] = []
        for package in self.network.packages:
            parts = (package, *package.twins, *package.attached, *package.drawn_by)
            stacks = self._urls(item.urn for item in parts)
            if not stacks or not (package.urn in self.own or any(item.urn in self.own for item in package.attached)):
                continue
            attached = next((item.instance for item in package.attached if item.instance.identified), None)
            name = self._clean(package.id or package.address)
            expires = self._expires(package)
            pair = package.area_pair.names if package.area_pair else None
            rows.append(
                AuditedPackage(
                    id=name,
                    instance=self.key_of(attached.address) if attached is not None else None,
                    area_pair=pair,
                    mbps=whole(package.mbps),
                    drawn=self._drawn(package),
                    expires=expires,
                    stacks=stacks,
                )
            )
            contracts.append(Contract(name, pair, whole(package.mbps), package.payment, package.period, expires))
        return rows, contracts

    def _drawn(self, package: BandwidthPackage) -> float | None:
        """Mbps that are reserved of a package; not known where limits may or may not be of its areas (a peer names its package)."""
        if package.area_pair is None and any(item.instance.limits for item in package.attached):
            return None
        return whole(used(package.drawn_by))

    def _expires(self, package: BandwidthPackage) -> str | None:
        details = self.network.details
        terms = details.terms.get(package.urn or "")
        day = (terms.expires if terms is not None else None) or details.expiries.get(package.id or "")
        return day.isoformat() if day is not None else None

    def unconnected(self) -> list[tuple[str, tuple[str, str]]]:
        connectivity = connectivity_of(self.network)
        return [
            (self.key_of(instance.address), item.regions.names)
            for instance in self.own_instances
            if instance.identified
            for item in connectivity[instance].connections.values()
            if item.disposition in UNCONNECTED
        ]

    def proofs(self) -> tuple[dict[tuple[str, str], tuple[str, str]], set[tuple[str, str]]]:
        """What proves packages that no state holds: limits and peers of states, and the area pairs of those that only an inventory has."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        told: set[tuple[str, str]] = set()
        for instance in self.own_instances:
            for carrier in instance.carriers:
                area_pair = self.network.catalogue.settled_area_pair(carrier.pair) if carrier.pair else None
                if area_pair is None or proof_of(self.network, instance, area_pair) is not carrier:
                    continue
                if carrier.urn is None:
                    told.add(area_pair.names)
                elif carrier.urn in self.own:
                    found.setdefault(area_pair.names, (self.own[carrier.urn], self._clean(carrier.urn)))
        return found, told

    def names(self, sources: Sequence[Records]) -> list[tuple[str, ...]]:
        found = [
            (record.name, self._clean(record.urn), record.id, *_shown(record.inputs))
            for source in sources
            for record in source.resources
            if record.type == tokens.INSTANCE
        ]
        found += [(instance.name, instance.id, instance.urn) for instance in self.own_instances if instance.identified]
        return [tuple(filter(None, names)) for names in found]

    def called(self) -> dict[str, tuple[str, ...]]:
        """What instances are called, by what findings call them."""
        return {
            self.key_of(address): tuple(map(self._clean, names)) for address, names in names_of_instances(self.network).items()
        }


def _shown(inputs: Mapping[str, object]) -> list[str]:
    return [value for key in ("cenInstanceName", "name") if isinstance(value := inputs.get(key), str)]


def proven_by(inventories: Iterable[Inventory], options: Options) -> dict[tuple[str, str], Inventory]:
    """By area pair the first of some inventories with a limit or peer that proves a package, which no row of it names."""
    found: dict[tuple[str, str], Inventory] = {}
    for inventory in inventories:
        network = network_of([], structs.replace(options, inventory=inventory))
        for instance in network.instances:
            for carrier in instance.carriers:
                area_pair = network.catalogue.settled_area_pair(carrier.pair) if carrier.pair else None
                if area_pair is not None and proof_of(network, instance, area_pair) is carrier:
                    found.setdefault(area_pair.names, inventory)
    return found


def judge_batch(
    tasks: Sequence[Task], beside: Beside, rules: Sequence[Rule], options: Options, *, maps: bool = False
) -> list[Verdict]:
    """The groups of a batch, one after the other: the work that is handed out in the second half of an audit."""
    import gc

    found = [judge(task, beside, rules, options, maps=maps) for task in tasks]
    if not gc.isenabled():
        gc.collect(0)  # a network is full of circles, and nobody needs it any more; what is older is not looked at again
    return found
