"""Causes that are one resource, or one order: what is said wrongly, what waits for too little, what is there once too often."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cenguard.findings.fix import Applicability, Draft, OneCause, Options, Remedy, Remove, Set, Value
from cenguard.network import Network

SAFE, REVIEW = Applicability.SAFE, Applicability.REVIEW


def says(
    urn: str | None,
    properties: Mapping[str, Value],
    applicability: Applicability = REVIEW,
    *,
    rank: int = 4,
    waits: Iterable[str] = (),
    protect: bool | None = None,
) -> OneCause | None:
    """Some properties of a resource are to say something else; None takes one away."""
    if urn is None:
        return None
    edit = Set(urn=urn, properties=dict(properties), options=Options(depends_on=tuple(waits), protect=protect))
    return OneCause(("says", urn, *sorted(properties)), lambda _draft: Remedy((edit,), applicability), rank)


def waits_for(urn: str | None, waits: Iterable[str | None]) -> OneCause | None:
    """A resource has to wait for others."""
    known = tuple(item for item in waits if item)
    if urn is None or not known:
        return None
    edit = Set(urn=urn, options=Options(depends_on=known))
    return OneCause(("order", urn), lambda _draft: Remedy((edit,), SAFE), rank=6)


def protects(urn: str | None) -> OneCause | None:
    """A resource is to be protected."""
    if urn is None:
        return None
    edit = Set(urn=urn, options=Options(protect=True))
    return OneCause(("protect", urn), lambda _draft: Remedy((edit,), SAFE), rank=7)


def goes(network: Network, urns: Iterable[str | None], *, rank: int = 4) -> OneCause | None:
    """Resources that have to go, as long as no other resource is made from them, and each is one of its own in the program."""
    known = tuple(item for item in urns if item)
    if not known:
        return None

    def made(_draft: Draft) -> Remedy | None:
        users = network.surroundings.users
        if any(user not in known for urn in known for user, _ in users.get(urn, ())):
            return None
        return Remedy(tuple(Remove(urn=urn) for urn in known), REVIEW)

    return OneCause(("goes", *known), made, rank)


def undone(network: Network, urn: str | None, keys: Iterable[str] = (), *, rank: int = 4) -> OneCause | None:
    """A change of a resource that is to be taken back; of some of its properties, or of all."""
    if urn is None:
        return None

    def made(_draft: Draft) -> Remedy | None:
        old: Mapping[str, Any] = network.surroundings.old(urn)
        wanted = set(keys)
        back = {key: value for key, value in old.items() if not wanted or key in wanted}
        return Remedy((Set(urn=urn, properties=back),), REVIEW) if back else None

    return OneCause(("undone", urn, *sorted(keys)), made, rank)


def made_by(key: tuple[str, ...], make: Callable[[Draft], Remedy | None], *, rank: int = 4) -> OneCause:
    """A cause with edits of its own making."""
    return OneCause(key, make, rank)
