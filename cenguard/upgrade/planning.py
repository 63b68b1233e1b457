"""From an input to what its Basic network becomes: worked out, judged, compared with today, and said."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from msgspec import structs

from cenguard import __version__
from cenguard.findings.fix import Edit, Ref
from cenguard.findings.upgrade_answer import (
    Billing,
    NewRouter,
    PackageFate,
    UpgradeAnswer,
)
from cenguard.findings.upgrade_answer import NewAttachment as SaidAttachment
from cenguard.findings.upgrade_answer import NewPeer as SaidPeer
from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.network import CenInstance, whole
from cenguard.network.known import Inventory
from cenguard.resources.records import Records
from cenguard.upgrade import facts
from cenguard.upgrade.before import Today, today_of
from cenguard.upgrade.carried import beside_of
from cenguard.upgrade.chosen import chosen_instance
from cenguard.upgrade.comparing import compared_networks, compared_pairs, tomorrow_of
from cenguard.upgrade.costs import costs_of
from cenguard.upgrade.judged import inventory_beside, judged
from cenguard.upgrade.outside import with_packages_outside
from cenguard.upgrade.parts import NewAttachment, NewPeer, OldPackage, keys_of, names_after, new_peers, old_packages
from cenguard.upgrade.records import Builder, Ids, NewNetwork
from cenguard.upgrade.said import said_of
from cenguard.upgrade.steps import steps_of

ZonesOf: TypeAlias = Callable[[Today, Mapping[str, str]], Callable[[str], Mapping[str, str] | None]]
"""What an instance has, and ids by URN → the zones of a network by its address: None where too few are known."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class UpgradePlan:
    """What a Basic network becomes, and what a program of it is written from."""

    answer: UpgradeAnswer
    today: Today
    instance: CenInstance
    attachments: tuple[NewAttachment, ...]
    peers: tuple[NewPeer, ...]
    packages: tuple[OldPackage, ...]
    carried: tuple[Edit, ...]
    """Resources beside networks and peers: route maps, advertised routes."""
    new: NewNetwork
    """The resources of the new network: as edits (`new.edits`), and as the records that `answer.result` is counted on."""
    inventory: Inventory
    """What these records rest on, and `answer.result` with them."""
    ids: Ids
    """The ids that the new network names things by; `ids.made` holds those that the input does not know."""


def plan_of(
    sources: Sequence[Records],
    options: Options,
    *,
    source: str,
    instance: str | None = None,
    billing: Billing = "package",
    zones: ZonesOf | None = None,
) -> UpgradePlan:
    """What the Basic network of an input becomes.

    Args:
        sources: what was read.
        options: settings, catalogue, inventory and day.
        source: what the input is called in messages.
        instance: name, id or URN of the instance, or a glob; None for the only Basic one.
        billing: who pays for the peers.
        zones: what knows the vSwitches of networks; without it none are known.

    Raises:
        UnknownName: no instance is called that.
        UnreadableInput: there is nothing to upgrade, or not one thing.
    """
    network = network_of(sources, options)
    chosen = chosen_instance(network, instance, source)
    today = today_of(network, chosen, source)
    ids = Ids({record.urn: record.id for item in sources for record in (*item.retained, *item.resources) if record.id})
    zones_of = zones(today, ids.known) if zones is not None else None
    keys = keys_of(today.held, today.regions)
    attachments = tuple(
        NewAttachment(
            held=item,
            key=keys[item.address],
            zones=(zones_of(item.address) if zones_of is not None else None) if item.kind == "VPC" else {},
        )
        for item in today.held
    )
    peers = new_peers(today, billing)
    packages = old_packages(today, peers)
    builder = Builder(today, ids)
    regions = frozenset(today.regions)

    def place(region: str) -> tuple[str | None, Ref | None]:
        return (builder.provider(region), builder.table(region)) if region in regions else (None, None)

    beside = beside_of(today, sources, ids, builder.name, place, names_after(keys.values(), today.regions))
    new = builder.made(attachments, peers, beside.edits)
    inventory = inventory_beside(today, new, peers, packages, sources, options, ids)
    outside = with_packages_outside(today, new, ids)
    tomorrow = tomorrow_of(today, outside, inventory.peers, sources, options, ids, beside.replaced)
    networks = compared_networks(today, tomorrow, new.attachments)
    said = said_of(today, billing, peers, beside, compared=networks is not None)
    answer = UpgradeAnswer(
        cenguard=__version__,
        catalogue=options.catalogue.edition,
        instance=chosen.address,
        billing=billing,
        routers=tuple(NewRouter(region=region) for region in today.regions),
        attachments=tuple(map(_attachment, attachments)),
        peers=tuple(map(_peer, peers)),
        packages=tuple(map(_package, packages)),
        pairs=compared_pairs(today, tomorrow, peers),
        networks=networks or (),
        carried=tuple(beside.carried),
        stops=said.stops,
        changes=said.changes,
        unknown=said.unknown,
        steps=steps_of(today, attachments, peers, packages),
        imports=(),
        staying=tuple(sorted(facts.STAYING, key=lambda item: item.what)),
        costs=costs_of(packages, attachments, peers, options.settings.prices),
        result=judged(
            replace(new, records=outside.records),
            structs.replace(inventory, packages={**inventory.packages, **outside.packages}),
            options,
        ),
    )
    return UpgradePlan(
        answer=answer,
        today=today,
        instance=chosen,
        attachments=attachments,
        peers=peers,
        packages=packages,
        carried=tuple(beside.edits),
        new=new,
        inventory=inventory,
        ids=ids,
    )


def _attachment(item: NewAttachment) -> SaidAttachment:
    return SaidAttachment(
        network=item.held.address,
        kind=item.held.kind,
        region=item.held.region,
        zones=dict(sorted(item.zones.items())) if item.zones is not None else None,
    )


def _peer(item: NewPeer) -> SaidPeer:
    return SaidPeer(
        regions=item.regions.names,
        mbps=whole(item.mbps),
        billing="traffic" if item.by_traffic else "package",
        package=item.package.address if item.package is not None else None,
    )


def _package(item: OldPackage) -> PackageFate:
    package = item.package
    return PackageFate(
        package=package.address,
        area_pair=package.area_pair.names if package.area_pair is not None else None,
        mbps=whole(package.mbps),
        drawn=whole(item.drawn) or 0,
        fate=item.fate,
    )
