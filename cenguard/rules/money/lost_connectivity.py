"""A pair of regions loses connectivity, or gets less.

What it does:
    Compares the pairs of regions with those of a base: the state that a preview starts from, or what `--base` names. Of a
    preview it looks at pairs whose two regions stay attached, of a refresh at all of them.

Why it matters:
    A package that is deleted, replaced or shrunk takes all pairs with it that draw on it. The loss is mandatory where it is
    such a side effect, advisory where the change itself removes or lowers the pair's limit or peer.

Before:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Example:
    # the package and its attachment are gone from the program

Instead:
    {PROTECTED_PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When pairs come and go.

Source:
    https://www.alibabacloud.com/help/doc-detail/64650.htm, billing of bandwidth
"""

from collections.abc import Iterator, Sequence

import msgspec

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.network import Attachment, BandwidthLimit, Blocker, CenInstance, Network, Peer, TransitRouter, mbps_text
from cenguard.network.blocker import all_open
from cenguard.network.connectivity import COVERED, Connection, Disposition, connectivity_of
from cenguard.network.dispositions import InstanceConnectivity
from cenguard.network.faults import may_be_attached_still
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope


class Loss(msgspec.Struct, frozen=True):
    """A pair that has less than before."""

    pair: RegionPair
    area_pair: AreaPair | None
    text: str
    meant: bool = False
    """Whether the change itself removes or lowers what carried it, and nothing else."""
    blocker: Blocker | None = None
    before: str = ""
    """What carried the pair."""
    faults: tuple[str, ...] = ()
    """Codes of the rules that say why what carries it now cannot work."""
    left: bool = False
    """Whether a region of it is no longer attached."""


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each instance and area pair with a loss."""
    leaving = {
        instance.id: item
        for instance, item in connectivity_of(network).items()
        if instance.leaves and (item.connections or not network.only_looked)  # one that is gone with all that hung on it
    }
    for connectivity in leaving.values():
        yield from _with_its_instance(network, connectivity)
    yield from _with_their_routers(network)
    base = network.earlier
    if base is None:
        return
    now = {key: item for instance, item in connectivity_of(network).items() for key in _keys(instance)}
    for instance, before in connectivity_of(base).items():
        if instance.id in leaving:
            continue
        after = next((now[key] for key in _keys(instance) if key in now), None)
        losses = [
            loss for pair, old in before.connections.items() if (loss := _loss(network, instance, pair, old, after)) is not None
        ]
        yield from _findings(network, after.instance if after else instance, losses)


def _with_its_instance(network: Network, connectivity: InstanceConnectivity) -> Iterator[Finding]:
    """What hangs on an instance that the update deletes, and stays as it is: the ids prove what stood."""
    instance = connectivity.instance
    lost = [item for item in connectivity.connections.values() if item.carriers]
    if not lost:
        return
    groups = connectivity.by_area_pair(lost)
    for area_pair, items in groups.items():
        pairs = [item.regions for item in items]
        items_here = sorted(
            (item for item in (*instance.attachments, *instance.packages) if item.urn), key=lambda item: item.label
        )
        hanging = [item.label for item in items_here]
        yield finding_about(
            instance.leaves or instance,
            f"CEN instance {instance.id} {_gone(network, 1)}: "
            f"{evidence.pairs_text(pairs)} {'lose' if len(pairs) > 1 else 'loses'} {'their' if len(pairs) > 1 else 'its'} connection"
            f"{'' if network.only_looked else ', or the update fails'}.",
            question="",
            because=(
                f"{evidence.listed(hanging)} {'name' if len(hanging) > 1 else 'names'} {instance.id}, the id of {instance.label}",
                *(
                    f"{item.regions.first} – {item.regions.second}: {evidence.listed(map(evidence.carrier_text, item.carriers))}"
                    for item in items
                ),
                *evidence.pair_steps(network, instance, pairs),
            ),
            fix=_fix(network)
            if network.only_looked
            else "Replace what hangs on the instance in the same update, and not the instance alone, or keep the instance.",
            instance=instance,
            area_pair=area_pair,
            region_pairs=pairs,
            related=sorted(
                {*evidence.attachment_addresses(instance, pairs), *(item.address for item in items_here[: evidence.MOST_NAMED])}
            ),
            level=Level.ADVISORY if network.only_looked else None,
        )


def _with_their_routers(network: Network) -> Iterator[Finding]:
    """What hangs on routers that the update deletes, and stays as it is."""
    by_instance: dict[CenInstance, dict[int, TransitRouter]] = {}
    for router in network.leaving_routers:
        if not router.instance.leaves:
            by_instance.setdefault(router.instance, {})[id(router)] = router
    for instance, routers in by_instance.items():
        connectivity = connectivity_of(network).get(instance)
        ends: list[Attachment | Peer] = [*instance.attachments, *instance.peers]
        items = [item for item in ends if item.urn and _routers_of(item) & routers.keys()]
        if connectivity is None or not items:
            continue
        lost = [item for item in connectivity.connections.values() if item.faults == ("CEN408",)]
        groups = connectivity.by_area_pair(lost) if lost else {None: []}
        for area_pair, connections in groups.items():
            pairs = [item.regions for item in connections]
            s = "s" if len(routers) > 1 else ""
            ids = {key: router.id or router.label for key, router in routers.items()}
            hanging = (
                f"{evidence.listed(sorted(item.label for item in items))} {'carry' if len(items) > 1 else 'carries'} nothing"
            )
            lose = f"{evidence.pairs_text(pairs)} {'lose' if len(pairs) > 1 else 'loses'} {'their' if len(pairs) > 1 else 'its'} connection"
            yield finding_about(
                evidence.instance_subject(instance),
                f"Transit router{s} {evidence.listed(sorted(ids.values()))} of {instance.label} "
                f"{_gone(network, len(ids))}: {lose if pairs else hanging}{'' if network.only_looked else ', or the update fails'}.",
                question="",
                because=(
                    *(
                        f"{item.label} stays on {ids[key]}, which {'is gone' if network.only_looked else 'the update deletes'}"
                        for item in items
                        for key in sorted(_routers_of(item) & ids.keys(), key=lambda key: ids[key])
                    ),
                    *(
                        f"{item.regions.first} – {item.regions.second}: {evidence.listed(map(evidence.carrier_text, item.carriers))}"
                        for item in connections
                    ),
                    *evidence.pair_steps(network, instance, pairs),
                ),
                fix=_fix(network)
                if network.only_looked
                else f"Replace what hangs on the router{s} in the same update, and not the router{s} alone, or keep {'them' if s else 'the router'}.",
                instance=instance,
                area_pair=area_pair,
                region_pairs=pairs,
                related=tuple(sorted(item.urn for item in items if item.urn)),
                level=Level.ADVISORY if network.only_looked else None,
            )


def _routers_of(item: Attachment | Peer) -> set[int]:
    found = (item.local, item.far) if isinstance(item, Peer) else (item.router,)
    return {id(router) for router in found if router is not None}


def _keys(instance: CenInstance) -> tuple[str, ...]:
    return tuple(key for key in (instance.urn, instance.id) if key) if instance.identified else ()


def _loss(
    network: Network, before: CenInstance, pair: RegionPair, old: Connection, after: InstanceConnectivity | None
) -> Loss | None:
    new = after.connections.get(pair) if after else None
    if old.disposition not in COVERED or (new and new.disposition is Disposition.OVERDRAWN):
        return None  # of an overdrawn package, CEN208 says that something is refused
    if new and new.faults in (("CEN404",), ("CEN408",)):
        return None  # its package or router is replaced under what stays, and the update fails
    if new and new.faults and not old.carriers and old.disposition is Disposition.OUTSIDE:
        return None  # an inventory has only the package: whether anything carried the pair is not known, and what is declared now is new
    area_pair = old.area_pair if isinstance(old.area_pair, AreaPair) else None
    had = mbps_text(old.mbps) if old.mbps is not None else "connected"
    name = f"{pair.first} – {pair.second}"
    if new is None or after is None:
        if not (network.base_is_given or network.only_looked):
            return None
        now_of = after.instance if after else before
        gone = [region for region in pair.names if region not in now_of.index.regions] or pair.names
        blocker = all_open(may_be_attached_still(network, now_of, region) for region in gone)
        now = "no longer attached" if blocker is None else "not known"
        return Loss(pair, area_pair, f"{name}: {had} → {now}", blocker=blocker, before=_carried(old), left=True)
    meant = _is_meant(network, old, new, after)
    if new.disposition is Disposition.UNDETERMINED and not _carries_nothing(network, old, new, after):
        return Loss(pair, area_pair, f"{name}: {had} → not known", meant, new.blocker, before=_carried(old))
    if new.disposition not in COVERED:
        lost = f"broken ({', '.join(new.faults)})" if new.faults else evidence.bandwidth_now(after.instance, [pair])
        return Loss(pair, area_pair, f"{name}: {had} → {lost}", meant, before=_carried(old), faults=tuple(new.faults))
    if old.mbps is not None and new.mbps is not None and new.mbps < old.mbps:
        blocker = _billed_as_before(old, new, old.mbps - new.mbps)
        now = mbps_text(new.mbps) if blocker is None else "not known"
        return Loss(pair, area_pair, f"{name}: {had} → {now}", meant, blocker, before=_carried(old))
    unsized = next((item.mbps_blocker for item in new.carriers if item.mbps is None and item.mbps_blocker), None)
    if old.mbps is not None and new.mbps is None and unsized is not None:
        return Loss(pair, area_pair, f"{name}: {had} → not known", meant, unsized, before=_carried(old))
    return None


def _carries_nothing(network: Network, old: Connection, new: Connection, after: InstanceConnectivity) -> bool:
    """Whether a pair has lost the limit or peer that carried it, of which there is one a pair: whatever packages it has.

    It has not where another one may be its own: of an instance, or between regions, that are not known yet; or of another stack.
    """
    if not old.carriers or new.carriers or old.disposition is Disposition.CCN_FREE or not after.instance.whole:
        return False
    index = after.instance.index
    loose = (item for item in network.loose_carriers if item.instance.may_be(after.instance) and item.pair in (None, new.regions))
    return not index.unplaced_carriers and not any(loose)


def _billed_as_before(old: Connection, new: Connection, missing: float) -> Blocker | None:
    """Why the Mbps that are missing may be there still: how a peer that carried the pair is billed is not known any more."""
    names = {item.urn for item in old.carriers}
    peers = [item for item in new.carriers if isinstance(item, Peer) and item.urn in names and item.billing_blocker]
    if any(item.mbps is None for item in peers) or sum(item.mbps or 0 for item in peers) >= missing:
        return peers[0].billing_blocker
    return None


def _carried(old: Connection) -> str:
    """What the pair had in the old state."""
    name = f"{old.regions.first} – {old.regions.second}"
    carriers = evidence.listed(evidence.carrier_text(item) for item in old.carriers)
    packages = evidence.listed(evidence.package_text(item) for item in old.packages)
    return f"before, {name}: {carriers or old.disposition}{f' on {packages}' if packages else ''}"


def _is_meant(network: Network, old: Connection, new: Connection, after: InstanceConnectivity) -> bool:
    """Whether a limit or peer of the pair is removed or lowered, and what it drew on stays: the pair itself is meant."""
    kept = {item.urn or item.id: item.mbps for item in new.carriers}
    for carrier in old.carriers:
        name = carrier.urn or carrier.id
        mbps = kept.get(name)
        if name not in kept or (mbps is not None and carrier.mbps is not None and mbps < carrier.mbps):
            return _stays(network, old, carrier, after)
    return False


def _stays(network: Network, old: Connection, carrier: BandwidthLimit | Peer, after: InstanceConnectivity) -> bool:
    """Whether the packages that carried a pair are attached still, or may be, as large as they were."""
    if isinstance(carrier, Peer) and carrier.by_traffic:
        return True
    may_be = [item for item in network.loose_package_attachments if item.instance.may_be(after.instance)]
    attached = {
        name: item.package for item in (*may_be, *after.instance.packages) for name in (item.package.urn, item.package.id) if name
    }
    for package in old.packages:
        now = next((attached[name] for name in (package.urn, package.id) if name and name in attached), None)
        if now is None and any(item.package.urn is None and item.package.id is None for item in after.instance.packages):
            continue  # an attachment whose package is not known any more may be its own
        if now is None or now.replaced or (now.mbps is not None and package.mbps is not None and now.mbps < package.mbps):
            return False
    return True


def _findings(network: Network, instance: CenInstance, losses: list[Loss]) -> Iterator[Finding]:
    groups: dict[AreaPair | None, list[Loss]] = {}
    for loss in losses:
        groups.setdefault(loss.area_pair, []).append(loss)
    for area_pair, items in groups.items():
        certain = [item for item in items if item.blocker is None]
        shown = certain or items
        pairs = [item.pair for item in shown]
        blocker = None if certain else items[0].blocker
        meant = bool(certain) and (network.only_looked or all(item.meant for item in certain))
        yield finding_about(
            evidence.instance_subject(instance),
            f"{_head(network, instance)}: {evidence.listed(item.text for item in shown)}.",
            question=f"{evidence.pairs_text(pairs)} on {instance.label} {'keep their' if len(pairs) > 1 else 'keeps its'} bandwidth",
            blocker=blocker,
            because=(
                *(item.before for item in shown),
                *evidence.pair_steps(network, instance, pairs),
                evidence.packages_step(instance),
            ),
            fix=_fix(network, shown, meant=meant),
            instance=instance,
            area_pair=area_pair,
            region_pairs=pairs,
            related=evidence.attachment_addresses(instance, pairs),
            level=Level.ADVISORY if meant else None,
            cause=None if meant or blocker else _cause(network, instance, area_pair, pairs),
        )


def _cause(network: Network, instance: CenInstance, area_pair: AreaPair | None, pairs: list[RegionPair]) -> Cause | None:
    connectivity = connectivity_of(network).get(instance)
    attached = [pair for pair in pairs if connectivity is not None and pair in connectivity.connections]
    if area_pair is None or len(attached) < len(pairs):
        return None
    return AreaPairCause(network=network, instance=instance, area_pair=area_pair, pairs=tuple(attached), rank=8)


def _head(network: Network, instance: CenInstance) -> str:
    if network.only_looked:
        return f"Connectivity of {instance.label} was lost outside of this update, as the refresh shows"
    return f"The change takes connectivity from {instance.label}"


def _fix(network: Network, losses: Sequence[Loss] = (), *, meant: bool = False) -> str:
    if network.only_looked:
        return "Find out who changed it; an update of the program makes again what the program declares."
    if losses and all(item.faults for item in losses):  # it is refused, meant or not
        codes = sorted({code for item in losses for code in item.faults})
        return f"Mend what {evidence.listed(codes)} {'say' if len(codes) > 1 else 'says'} of what is to carry it."
    if meant:
        return "Deploy it if that is meant; else give the limit or peer of each pair its Mbps again."
    if losses and all(item.left for item in losses):
        return "Keep the network attached; where its region is to leave, waive this."
    return "Keep the package and what draws on it, or let what replaces them be there first."


def _gone(network: Network, count: int) -> str:
    """What becomes of an instance, or of routers, under what stays on them."""
    was, is_, it = ("were", "are", "them") if count > 1 else ("was", "is", "it")
    if network.only_looked:
        return f"{was} deleted outside of this update under what stays on {it}, as the refresh shows"
    return f"{is_} deleted under what stays on {it}"


RULE = Rule(
    code="CEN408",
    name="lost-connectivity",
    level=Level.MANDATORY,
    effect=Effect.COSTS,
    scope=Scope.STACK,
    check=check,
    needs_old_state=True,
    page=__doc__,
)
