"""Regions that must talk do not, or get fewer Mbps than they need.

What it does:
    Compares the pairs of regions that the option `require` asks for with what connects them. Silent without it.

Why it matters:
    A pair that nobody gave bandwidth stays at the 1 Kbps test bandwidth, without any error. Only you know which pairs matter.

Example:
    # cenguard.toml: [rules.required-pair-unmet]
    #                require = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}
    {PACKAGE}
    {ATTACHED}
    limit = alicloud.cen.BandwidthLimit(
        "limit",
        instance_id=core.id,
        region_ids=["cn-beijing", "us-west-1"],
        bandwidth_limit=4,
        opts=pulumi.ResourceOptions(depends_on=[attached, shop, sales]),
    )

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

    `require`: `"every-pair"` of each instance, `{hub = REGION}`, or `{pairs = [{regions = [A, B], min_mbps = N}]}`; a list
    of such tables asks for all of them. A table may say `instance`, a glob on name, id or URN; one that names no instance of the
    input asks for nothing, and `expect` in the settings says which have to be there.

When to turn it off:
    It is silent until `require` is set.

Source:
    https://www.alibabacloud.com/help/doc-detail/64650.htm, billing of bandwidth
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import msgspec

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair, region_pair, takes_peers
from cenguard.network import Blocker, CenInstance, Network, mbps_text
from cenguard.network.connectivity import COVERED, Connection, Disposition, connectivity_of, needs_no_package
from cenguard.network.dispositions import InstanceConnectivity
from cenguard.network.faults import attachments_may_hide
from cenguard.network.standing import may_be_beyond
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.options import REGION, Option, Stricter
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope, absence, shared_hint
from cenguard.text.globs import means

_INSTANCE = {"type": "string"}
_TABLE = {
    "type": "object",
    "properties": {
        "instance": _INSTANCE,
        "every_pair": {"type": "boolean"},
        "hub": REGION,
        "pairs": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "regions": {"type": "array", "items": REGION, "minItems": 2, "maxItems": 2},
                    "min_mbps": {"type": "number", "minimum": 0},
                },
                "required": ["regions"],
            },
        },
    },
}
REQUIRE = Option(
    name="require",
    about='which pairs must talk: "every-pair", {hub = REGION} or {pairs = [{regions = [A, B], min_mbps = N}]}',
    schema={
        "anyOf": [{"type": "string", "enum": ["every-pair"]}, _TABLE, {"type": "array", "items": _TABLE}],
        "expected": '"every-pair", a table with hub or pairs, or a list of tables',
    },
    default=None,
    stricter=Stricter.MORE,
)


ANY = "*"
"""The glob of a table that names no instance."""


class RequiredPair(msgspec.Struct, frozen=True):
    """A pair that must talk on one instance."""

    pair: RegionPair
    mbps: float = 0
    doubt: Blocker | None = None
    """Why it may not be asked of this instance."""

    @property
    def order(self) -> tuple[bool, float]:
        """What is asked for certain before what may be."""
        return (self.doubt is None, self.mbps)


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each instance and area pair with a required pair that is not met."""
    require = options["require"]
    if require is None:
        return
    tables = [{"every_pair": True}] if isinstance(require, str) else require if isinstance(require, list) else [require]
    required: dict[CenInstance, dict[RegionPair, RequiredPair]] = {}
    for table in tables:
        for instance, wanted in _required(network, table):
            known = required.setdefault(instance, {}).get(wanted.pair)
            required[instance][wanted.pair] = wanted if known is None or known.order < wanted.order else known
    connectivity = connectivity_of(network)
    for instance in network.instances:
        found = [_judge(network, connectivity[instance], wanted) for _, wanted in sorted(required.get(instance, {}).items())]
        yield from _findings(network, instance, [item for item in found if item is not None])


def _required(network: Network, table: Mapping[str, Any]) -> Iterator[tuple[CenInstance, RequiredPair]]:
    glob = table.get("instance", ANY)
    chosen = [item for item in network.instances if item.identified and _named(item, glob)]
    chosen += [item for item in network.unidentified if item.attachments]  # it may be the one that is meant
    hub = table.get("hub")
    hubs = _asked_of(chosen, glob, (hub,))
    doubts = {item: None if item.identified or glob == ANY else item.blocker for item in chosen}
    for instance in chosen:
        regions, doubt = instance.index.regions, doubts[instance]
        if table.get("every_pair"):
            for pair in connectivity_of(network)[instance].connections:
                yield instance, RequiredPair(pair, doubt=doubt)
        if hub is not None and instance in hubs:
            for region in regions:
                if not needs_no_package(region, hub):
                    yield instance, RequiredPair(region_pair(region, hub), doubt=doubt)
    between = _between(chosen, None if table.get("every_pair") else hub) if hub is not None or table.get("every_pair") else None
    if between is not None:
        yield between
    for row in table.get("pairs", ()):
        first, second = row["regions"]
        for instance in _asked_of(chosen, glob, (first, second)):
            if not needs_no_package(first, second):
                yield instance, RequiredPair(region_pair(first, second), row.get("min_mbps", 0), doubts[instance])


def _asked_of(chosen: list[CenInstance], glob: str, regions: Iterable[str | None]) -> list[CenInstance]:
    """Those with all of some regions; else, since it is asked for, the first one, which lacks it.

    One that is not identified does not stand for those that are: it may be another than is meant, or one of these.
    """
    having = [item for item in chosen if all(region in item.index.regions for region in regions)]
    if any(item.identified for item in having):
        return having
    first = chosen[:1]
    if first and having and first[0].identified and (glob != ANY or any(item.may_be(first[0]) for item in having)):
        return [*first, *having]
    return having or first


def _between(chosen: Sequence[CenInstance], hub: str | None) -> tuple[CenInstance, RequiredPair] | None:
    """The first pair of regions, one the hub where there is one, of two instances that may be one."""
    if len({region for item in chosen for region in item.index.regions}) < 2:
        return None
    for item in chosen:
        for other in chosen if not item.identified else ():
            if not item.may_be(other):
                continue
            for pair in product(item.index.regions, other.index.regions):
                if (
                    hub in (None, *pair)
                    and not needs_no_package(*pair)
                    and not all(region in other.index.regions for region in pair)
                ):
                    return other, RequiredPair(region_pair(*pair), doubt=item.blocker)
    return None


def _named(instance: CenInstance, glob: str) -> bool:
    return any(means(glob, name) for name in (instance.name, instance.id, instance.urn) if name)


class _Unmet(msgspec.Struct, frozen=True):
    wanted: RequiredPair
    area_pair: AreaPair | None
    text: str
    blocker: Blocker | None
    packages: tuple[str, ...] = ()
    connection: Connection | None = None
    absent: tuple[str, ...] = ()
    """Regions of the pair that nothing attaches."""


def _judge(network: Network, connectivity: InstanceConnectivity, wanted: RequiredPair) -> _Unmet | None:
    """Why a required pair is not met, or None."""
    instance, pair = connectivity.instance, wanted.pair
    connection = connectivity.connections.get(pair)
    known = network.catalogue.area_pair(pair)
    area_pair = known if isinstance(known, AreaPair) else None
    if connection is None:
        absent = [region for region in pair.names if region not in instance.index.regions]
        blocker = attachments_may_hide(network, instance) or may_be_beyond(network, instance, pair)
        text = f"{pair.first} – {pair.second}: {evidence.listed(absent)} not attached"
        return _Unmet(wanted, area_pair, text, blocker, absent=tuple(absent))
    packages = evidence.package_addresses([connection])
    if connection.disposition not in COVERED:
        open_pair = connection.disposition is Disposition.UNDETERMINED
        blocker = connection.blocker if open_pair else _overdrawn(connection) or absence(instance, None)
        now = evidence.bandwidth_now(instance, [pair])
        return _Unmet(wanted, area_pair, f"{pair.first} – {pair.second}: {now}{_asked(wanted)}", blocker, packages, connection)
    if not wanted.mbps or connection.disposition is Disposition.CCN_FREE:
        return None
    if connection.mbps is not None:
        if connection.mbps >= wanted.mbps:
            return None
        text = f"{pair.first} – {pair.second}: {mbps_text(connection.mbps)}{_asked(wanted)}"
        return _Unmet(wanted, area_pair, text, None, packages, connection)
    return _Unmet(
        wanted, area_pair, f"{pair.first} – {pair.second}: unknown Mbps{_asked(wanted)}", _size_blocker(connection), packages
    )


def _overdrawn(connection: Connection) -> Blocker | None:
    """Of a package that is too small, what the service refuses is not known."""
    if connection.disposition is not Disposition.OVERDRAWN:
        return None
    names = evidence.listed(package.label for package in connection.packages)
    return Blocker(
        f"overdrawn {names}",
        f"more is drawn on package {names} than it holds, and what the service refuses is not known",
        "lower what draws on it, or buy more",
    )


def _asked(wanted: RequiredPair) -> str:
    return f", {mbps_text(wanted.mbps)} asked" if wanted.mbps else ""


def _size_blocker(connection: Connection) -> Blocker:
    blocker = next((item.mbps_blocker for item in connection.carriers if item.mbps_blocker), None)
    pair = connection.regions
    return blocker or Blocker(
        f"Mbps {pair}",
        f"nothing in the input says how many Mbps {pair.first} – {pair.second} get",
        "its limit or peer would settle it",
    )


def _findings(network: Network, instance: CenInstance, unmet: list[_Unmet]) -> Iterator[Finding]:
    groups: dict[AreaPair | None, list[_Unmet]] = {}
    for item in unmet:
        groups.setdefault(item.area_pair, []).append(item)
    for area_pair, items in groups.items():
        certain = [item for item in items if item.blocker is None and item.wanted.doubt is None]
        shown = certain or items
        blocker = None if certain else items[0].blocker or items[0].wanted.doubt
        pairs = [item.wanted.pair for item in shown]
        yield finding_about(
            evidence.instance_subject(instance),
            f"Required pairs of {instance.label} are not met: {evidence.listed(item.text for item in shown)}."
            + shared_hint(instance, blocker),
            question=f"{evidence.pairs_text(pairs)} on {instance.label} {'get' if len(pairs) > 1 else 'gets'} what `require` asks for",
            blocker=blocker,
            because=(*evidence.pair_steps(network, instance, pairs), evidence.packages_step(instance)),
            fix=_advice(instance, shown),
            cause=None if blocker or area_pair is None else _cause(network, instance, area_pair, shown),
            instance=instance,
            area_pair=area_pair,
            region_pairs=pairs,
            packages=sorted({package for item in shown for package in item.packages}),
            related=evidence.attachment_addresses(instance, pairs),
        )


def _advice(instance: CenInstance, unmet: list[_Unmet]) -> str:
    """What to do; regions that are not attached come first: nothing gives them any Mbps before."""
    absent = sorted({region for item in unmet for region in item.absent})
    attach = f"Attach a network in {evidence.listed(absent)}, and give" if absent else "Give"
    pairs = "the pairs their Mbps" if len(unmet) > 1 else "the pair its Mbps"
    return f"{attach} {pairs}{_ways(instance, unmet)}."


def _ways(instance: CenInstance, unmet: list[_Unmet]) -> str:
    """What gives pairs their Mbps, by the edition of their routers, as the end of a sentence."""
    index, pairs = instance.index, [item.wanted.pair for item in unmet]
    joined = [pair for pair in pairs if not index.enterprise.isdisjoint(pair)]
    open_ = not instance.whole or index.unplaced_router is not None or any(item.absent for item in unmet)
    if open_ or 0 < len(joined) < len(pairs):
        return " with a limit or a peer that draws on a package, or, between Enterprise routers, a peer paid by traffic"
    if not joined:
        return " with a limit that draws on a package"
    way = " with a peer that draws on a package, or a peer paid by traffic"
    without = [pair for pair in pairs if not all(map(takes_peers, pair))]
    if not without:
        return way
    no_peer = evidence.NO_PEER.format(pairs=evidence.pairs_text(without))
    return f": {no_peer}" if len(without) == len(pairs) else f"{way}; {no_peer}"


def _cause(network: Network, instance: CenInstance, area_pair: AreaPair, unmet: list[_Unmet]) -> Cause:
    return AreaPairCause(
        network=network,
        instance=instance,
        area_pair=area_pair,
        pairs=tuple(item.wanted.pair for item in unmet),
        least={item.wanted.pair: item.wanted.mbps for item in unmet if item.wanted.mbps},
        rank=3,
    )


RULE = Rule(
    code="CEN219",
    name="required-pair-unmet",
    level=Level.MANDATORY,
    effect=Effect.SILENT,
    scope=Scope.STACK,
    check_with=check,
    options=(REQUIRE,),
    needs=(Need.SETTINGS,),
    page=__doc__,
)
