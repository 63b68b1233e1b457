"""What `require` and `forbid` ask of networks, judged pair by pair of networks that fare alike."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from cenguard.network import Blocker, Network
from cenguard.network.routes import Leg, Member, Pair, Way, routes_of
from cenguard.network.routes.members import are_one
from cenguard.rules.evidence import listed
from cenguard.rules.routes.selectors import ANY, Chosen, Intent, nearest_keys
from cenguard.text.globs import means
from cenguard.text.printable import number

if TYPE_CHECKING:
    from cenguard.network.routes.estate import InstanceRoutes

MOST_EXAMPLES = 3


class Asked(msgspec.Struct, kw_only=True, eq=False):
    """Pairs of networks that fare alike, of one intent."""

    intent: Intent
    routes: "InstanceRoutes"
    sender: Member
    receiver: Member
    pair: Pair
    count: int = 1
    examples: list[tuple[str, str]]
    blocker: Blocker | None = None
    """Why it is not certain that the intent means them."""

    @property
    def named(self) -> str:
        """The networks, in words."""
        shown = ", ".join(
            f"from {first} to {second}" if self.intent.forward_only else f"{first} and {second}"
            for first, second in self.examples
        )
        more = self.count - len(self.examples)
        return f"{shown} and {number(more, 'more pair')}" if more > 0 else shown


class Unmatched(msgspec.Struct, kw_only=True, eq=False):
    """A selector that means no network of an instance."""

    intent: Intent
    routes: "InstanceRoutes"
    selector: str
    nearest: str
    blocker: Blocker | None = None
    """Why it may mean one all the same: those of another instance, which may be this one."""


def led_astray(way: Way) -> Blocker:
    """Why it cannot be told where packets end that other networks may take."""
    if way is Way.CONTESTED:
        text = "another network hands over the same block, and which of the two gets the packets is not documented"
        return Blocker(f"open {way}", text, "blocks that differ, or a table of its own for each, would settle it")
    return Blocker(f"open {way}", "a third network gets the packets first", "what that does with them is not in the input")


def asked(network: Network, intents: Iterator[Intent], *, required: bool) -> Iterator[Asked | Unmatched]:
    """What each intent asks for on each instance that it means; what is required is asked of one at least."""
    for intent in intents:
        chosen = [routes for routes in routes_of(network).values() if _is_meant(routes, intent)]
        found = [(routes, Chosen(network, routes, intent.here), Chosen(network, routes, intent.there)) for routes in chosen]
        ends = ((intent.here, [item[1] for item in found]), (intent.there, [item[2] for item in found]))
        for selectors, meant in ends:
            if chosen and not any(item.some for item in meant):
                yield _unmatched(intent, chosen[0], selectors)
                break
        else:
            for routes, here, there in found:
                yield from _pairs(routes, intent, here, there)
            split = _split(intent, found)
            if split is None and required and chosen and not any(here.some and there.some for _, here, there in found):
                routes, here, _ = next(item for item in found if item[1].some)
                split = _unmatched(intent, routes, intent.there)
            if split is not None:
                yield split


def _unmatched(intent: Intent, routes: "InstanceRoutes", selectors: tuple[str, ...], blocker: Blocker | None = None) -> Unmatched:
    nearest = nearest_keys(routes, selectors[0])
    return Unmatched(intent=intent, routes=routes, selector=" or ".join(selectors), nearest=nearest, blocker=blocker)


def _split(intent: Intent, found: Sequence[tuple["InstanceRoutes", Chosen, Chosen]]) -> Unmatched | None:
    """The first two instances that may be one, where each has an end that an intent means: pairs of these are asked for, too."""
    for routes, here, there in found:
        instance = routes.instance
        if instance.identified:
            continue
        for other, other_here, other_there in found:
            if instance.may_be(other.instance) and ((here.some and other_there.some) or (there.some and other_here.some)):
                selectors = intent.here if here.some and other_there.some else intent.there
                return _unmatched(intent, other, selectors, instance.blocker)
    return None


def _is_meant(routes: "InstanceRoutes", intent: Intent) -> bool:
    """Whether an intent means an instance; one that is not identified may be the one of any name."""
    instance = routes.instance
    if not routes.members:
        return False
    if not instance.identified:
        return True
    return any(name and means(intent.instance, name) for name in (instance.name, instance.id, instance.urn))


def _doubt(routes: "InstanceRoutes", intent: Intent, sender: Member, receiver: Member) -> Blocker | None:
    """Why two networks may be of different instances, or of another one than is meant; those behind routers are joined by these."""
    if routes.instance.identified:
        return None
    joined = not (sender.item.direct or receiver.item.direct or routes.instance.candidates)
    return None if joined and intent.instance == ANY else routes.instance.blocker


def _pairs(routes: "InstanceRoutes", intent: Intent, here: Chosen, there: Chosen) -> Iterator[Asked]:
    """Pairs by groups: one for all that fare alike."""
    from cenguard.network.routes.groups import group_of, groups_of

    groups = group_of(groups_of(routes))
    found: dict[tuple[object, ...], Asked] = {}
    senders: list[tuple[Member, Blocker | None]] = [*((item, None) for item in here.certain), *here.possible]
    receivers: list[tuple[Member, Blocker | None]] = [*((item, None) for item in there.certain), *there.possible]
    seen: set[frozenset[int]] = set()
    for sender, first_blocker in senders:
        for receiver, second_blocker in receivers:
            if are_one(sender, receiver):
                continue
            both = frozenset((id(sender), id(receiver)))
            if not intent.forward_only:
                if both in seen:
                    continue
                seen.add(both)
            blocker = first_blocker or second_blocker or _doubt(routes, intent, sender, receiver)
            key = (groups[id(sender)].id, groups[id(receiver)].id, blocker.key if blocker is not None else None)
            known = found.get(key)
            if known is None:
                found[key] = Asked(
                    intent=intent,
                    routes=routes,
                    sender=sender,
                    receiver=receiver,
                    pair=routes.pair(sender, receiver),
                    examples=[(sender.label, receiver.label)],
                    blocker=blocker,
                )
                continue
            known.count += 1
            if len(known.examples) < MOST_EXAMPLES:
                known.examples.append((sender.label, receiver.label))
    yield from found.values()


def _none(_sender: Member, _receiver: Member, _leg: Leg) -> Collection[str]:
    return ()


def steps_of(
    item: Asked, *, failing: Callable[[Leg], bool], named: Callable[[Member, Member, Leg], Collection[str]] = _none
) -> list[str]:
    """The evidence of the first direction that is the one to speak of, with the rules that name what is missing."""
    legs = [(item.sender, item.receiver, item.pair.forward)]
    if not item.intent.forward_only:
        legs.append((item.receiver, item.sender, item.pair.back))
    sender, receiver, _ = next((part for part in legs if failing(part[2])), legs[0])
    found = item.routes.leg(sender, receiver, evidence=True)
    codes = sorted({*named(sender, receiver, found)})
    see = f" (see {listed(codes)})" if codes else ""
    return [f"{sender.label} to {receiver.label}: {found.disposition}{see}", *(step.text for step in found.steps)]
