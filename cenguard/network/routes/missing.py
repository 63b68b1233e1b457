"""Why a table has no route to a network: the hop that is missing, by name."""

from collections.abc import Iterator

from cenguard.network.routes.dispositions import Step
from cenguard.network.routes.leaving import PROPERTY
from cenguard.network.routes.members import Member
from cenguard.network.routes.tables import Lookup, table_of
from cenguard.network.routing import End, RouteTable


def missing(lookup: Lookup, table: RouteTable, receiver: Member) -> Iterator[Step]:
    """What a table would need in order to have a route to a network."""
    end = receiver.end
    if table.router is None or end.router == table.router:
        yield _not_here(table, receiver)
        return
    peers = [(near, far) for near, far in lookup.peers_at(table.router) if far.router is not None and far.router == end.router]
    if not peers:
        here = table.router_label or "its router"
        yield Step(text=f"no peer joins {here} with {end.router_label}", urn=table.urn)
        for near, far in lookup.peers_at(table.router):
            if any(beyond.router == end.router for _, beyond in lookup.peers_at(far.router or "")):
                region = far.region or far.router_label
                yield Step(
                    text=f"CEN does not pass routes on from {region}: {near.item.label} leads there, and another peer from there"
                )
        return
    for near, far in peers:
        yield from _over(table, near, far, receiver)


def _not_here(table: RouteTable, receiver: Member) -> Step:
    others = sorted({item.table.label for item in receiver.end.propagations if item.table is not None})
    elsewhere = f"; it is propagated into {', '.join(others)}" if others else ""
    wrong = f"; {receiver.end.misjoined[0].name} names a table of another router" if receiver.end.misjoined else ""
    return Step(
        text=f"{receiver.item.label} is not propagated into {table.label}, and no route entry there leads to it{elsewhere}{wrong}",
        urn=receiver.end.address,
    )


def _over(table: RouteTable, near: End, far: End, receiver: Member) -> Iterator[Step]:
    peer = near.item.label
    if near.propagation_blocker is None and not any(item.table is table for item in near.propagations):
        yield Step(text=f"{peer} is not propagated into {table.label}, and no route entry there leads to it", urn=near.address)
        return
    given = near.publishes
    if given.blocker is None and not given.value:
        why = f"{PROPERTY} is false" if given.value is False else f"{PROPERTY} is not set, the service's default is false"
        yield Step(text=f"{peer} advertises nothing: {why}", urn=near.address, property=PROPERTY)
        return
    beyond, blocker = table_of(far)
    if beyond is None:
        if blocker is None:
            text = f"{peer} is associated with no table at {far.router_label}, so it hands nothing over"
            yield Step(text=text, urn=far.address)
        return
    yield Step(text=f"{peer} hands over {beyond.label}, with which it is associated at {far.router_label}", urn=beyond.urn)
    if receiver.end.router == beyond.router and not any(item.table is beyond for item in receiver.end.propagations):
        yield _not_here(beyond, receiver)
