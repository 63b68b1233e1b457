"""The proof for a pair of networks: both legs, step by step, and what connects their regions."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from cenguard.errors import UnknownName
from cenguard.findings.proved import LegProof, Reach, ReachedGroup, RouteProof
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import surrounding
from cenguard.judging.proof import instances_called, proof_of_regions
from cenguard.network import CenInstance, Network, mbps_text
from cenguard.network.routes import ASSUMPTIONS, Leg, Member, Pair, routes_of
from cenguard.network.routes.estate import InstanceRoutes, keys, named
from cenguard.network.routes.groups import groups_of
from cenguard.network.routes.members import are_one
from cenguard.resources.addresses import is_address
from cenguard.resources.property_names import words_of
from cenguard.text.printable import listed

MOST_NAMED = 5


def prove_networks(network: Network, first: str, second: str, instance: str | None) -> tuple[RouteProof, ...]:
    """The proofs for a pair of networks, one for each instance that both are attached to.

    Raises:
        UnknownName: a name is none of a network, or that of several; says which there are.
    """
    routes = _chosen(network, instance)
    here, there = (_one(routes, text) for text in (first, second))
    found = [(at, one, other) for at, one in here for beyond, other in there if at is beyond]
    if not found:
        (at, one), (_, other) = here[0], there[0]
        if not are_one(one, other):
            return (_unrelated(here, there),)
        found = [(at, one, one)]
    return tuple(_proof(network, at, one, other) for at, one, other in found)


def reach_of(network: Network, first: str, instance: str | None) -> tuple[Reach, ...]:
    """What a network can and cannot reach, on each instance it is attached to.

    Raises:
        UnknownName: the text names no network, or several; a region asks for a second one.
    """
    routes = _chosen(network, instance)
    if surrounding(first) in network.catalogue.regions and not named(routes, first):
        raise UnknownName("network", first, (), note="(it is a region: name the other one with --to)")
    return tuple(_reach(at, member) for at, member in _one(routes, first))


def are_networks(network: Network, catalogue: Catalogue, first: str, second: str) -> bool:
    """Whether two texts name networks; False where they name regions.

    Raises:
        UnknownName: a text names neither, or one names a region and the other a network.
    """
    attached = sorted({region for item in network.instances for region in item.index.regions})
    regions = [surrounding(text) in catalogue.regions or text in attached for text in (first, second)]
    if all(regions):
        return False
    routes = routes_of(network)
    networks = [bool(named(routes, text)) for text in (first, second)]
    for text, other, is_region, is_network in zip((first, second), (second, first), regions, networks, strict=True):
        if is_region and not is_network and networks[(first, second).index(other)]:
            raise UnknownName("network", text, (), note=f"(it is a region, and {other} is a network: give two of one sort)")
    if any(networks):
        return True
    unknown = [text for text, is_region in zip((first, second), regions, strict=True) if not is_region]
    if any(regions):
        (text,) = unknown
        note = f"({second if text == first else first} is a region; attached are {', '.join(attached) or 'none'})"
        raise UnknownName("region", text, catalogue.regions, note=note)
    for text in unknown:
        if catalogue.is_meant(text):
            catalogue.region(text)
    return True


def _chosen(network: Network, instance: str | None) -> Mapping[CenInstance, InstanceRoutes]:

    routes = routes_of(network)
    return {item: routes[item] for item in instances_called(network, instance)}


def _one(routes: Mapping[CenInstance, InstanceRoutes], text: str) -> list[tuple[InstanceRoutes, Member]]:
    found = named(routes, text)
    if not found:
        known = keys(routes.values())
        near = get_close_matches(text, known, n=MOST_NAMED) or known[:MOST_NAMED]
        raise UnknownName(
            "network", text, known, note=f"(there are {', '.join(near)}{' …' if len(known) > len(near) else ''})" if near else ""
        )
    addresses = {member.end.network or member.end.address for _, member in found}
    if len(addresses) > 1:
        said = sorted({f"{member.key} ({member.end.network_id or member.item.urn or member.end.address})" for _, member in found})
        raise UnknownName("network", text, (), note=f"(it names several: {', '.join(said[:MOST_NAMED])})")
    return found


def _unrelated(here: Sequence[tuple[InstanceRoutes, Member]], there: Sequence[tuple[InstanceRoutes, Member]]) -> RouteProof:
    (at, one), (_, other) = here[0], there[0]
    theirs, others = (listed(sorted({item.instance.label for item, _ in ends})) for ends in (here, there))
    return RouteProof(
        first=one.key, second=other.key, instance=at.instance.address, name=at.instance.plain, disposition="no_common_instance",
        cause=None, legs=(), regions=None, where=f"{one.key} is attached to {theirs}, {other.key} to {others}",
    )  # fmt: skip


def _proof(network: Network, at: InstanceRoutes, one: Member, other: Member) -> RouteProof:
    instance = at.instance
    words = words_of(next(filter(is_address, (one.end.address, other.end.address, instance.address)), ""))
    here, there = one.end.region, other.end.region
    regions = proof_of_regions(network, instance, here, there) if here and there else None
    if are_one(one, other):
        return RouteProof(
            first=one.key, second=other.key, instance=instance.address, name=instance.plain, disposition="same_network", cause=None,
            legs=(), regions=regions, where=f"{here}",
        )  # fmt: skip
    pair = at.pair(one, other, evidence=True)
    return RouteProof(
        first=one.key,
        second=other.key,
        instance=instance.address,
        name=instance.plain,
        disposition=pair.disposition,
        cause=str(pair.cause) if pair.cause is not None else None,
        legs=(_leg(one, other, pair.forward, words), _leg(other, one, pair.back, words)),
        regions=regions,
        where=_where(pair, here, there),
        relay=pair.relay,
    )


def _where(pair: Pair, here: str | None, there: str | None) -> str:
    if here == there:
        return f"{here or 'regions that are not known'}"
    text = f"{here or 'a region that is not known'} – {there or 'a region that is not known'}"
    if pair.regions is None:
        return text
    mbps = f", {mbps_text(pair.regions.mbps)}" if pair.regions.mbps is not None else ""
    return f"{text}: {pair.regions.disposition}{mbps}"


def _leg(sender: Member, receiver: Member, leg: Leg, words: Any) -> LegProof:
    return LegProof(
        sender=sender.key,
        receiver=receiver.key,
        disposition=leg.disposition,
        prefixes={block or "what it hands over": way for block, way in leg.blocks.items()},
        steps=tuple(
            {
                "urn": step.urn,
                "property": words(step.property) if step.property else None,
                "text": words(step.text),
                "aside": step.aside,
            }
            for step in leg.steps
        ),
        blocker=words(str(leg.blocker)) if leg.blocker is not None else None,
        assumes=tuple(code for code in ASSUMPTIONS if code in leg.assumes),
    )


def _reach(at: InstanceRoutes, member: Member) -> Reach:
    found = []
    for group in groups_of(at):
        others: Sequence[Member] = [item for item in group.members if item is not member]
        if not others:
            continue
        pair = at.pair(member, others[0])
        table = f" in {group.table.label}" if group.table is not None else ""
        found.append(
            ReachedGroup(
                id=group.id,
                where=f"{group.first.kind} {group.first.end.region or 'in a region that is not known'}{table}",
                disposition=pair.disposition,
                cause=str(pair.cause) if pair.cause is not None else None,
                forward=pair.forward.disposition,
                back=pair.back.disposition,
                count=len(others),
                examples=tuple(item.key for item in others[:3]),
            )
        )
    return Reach(name=member.key, instance=at.instance.address, label=at.instance.label, groups=tuple(found))
