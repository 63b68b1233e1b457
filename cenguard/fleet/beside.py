"""What of the rest of a fleet an instance is judged beside: packages it could use, and parts that may be its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from cenguard.fleet.joining import Joined, Offer, PartAt
from cenguard.fleet.journal import Journal
from cenguard.fleet.records import PartBody
from cenguard.fleet.shares import Share
from cenguard.fleet.verdicts import Beside
from cenguard.resources import tokens


def share_of(parts: Sequence[PartAt], journal: Journal) -> Share:
    """The parts of one state, read from the journal."""
    state = parts[0].entry.state
    bodies = tuple(journal.part(part.place) for part in parts)
    return Share(state.url, state.kind, state.project, state.stack, bodies, state.lineage, state.written)


def beside_of(joined: Joined, journal: Journal) -> Beside:
    """What every group is judged beside."""
    pairs = sorted({*joined.attached, *joined.unattached})
    return Beside(
        packages={
            pair: tuple(
                share
                for offer in (*joined.attached.get(pair, ()), *joined.unattached.get(pair, ()))
                for share in _package(offer, journal)
            )
            for pair in pairs
        },
        loose=tuple(share_of([part], journal) for part in joined.loose),
    )


def _package(offer: Offer, journal: Journal) -> Iterator[Share]:
    """A package alone, with its attachment, which may be of another state: not everything that is attached to its instance."""
    yield _alone(offer.part, offer.note.id, journal)
    if offer.attachment is not None and offer.attachment != offer.part:
        yield _alone(offer.attachment, offer.note.id, journal)


def _alone(part: PartAt, name: str, journal: Journal) -> Share:
    """What a part has of one package."""
    share = share_of([part], journal)
    body = msgspec.json.decode(share.bodies[0], type=PartBody)
    alone = PartBody(
        resources=[
            item
            for item in body.resources
            if (item.type == tokens.PACKAGE and (item.id or item.urn) == name)
            or (item.type == tokens.PACKAGE_ATTACHMENT and item.inputs.get("bandwidthPackageId") == name)
        ],
        pending=[item for item in body.pending if item.type == tokens.PACKAGE and (item.id or item.urn) == name],
    )
    return Share(share.url, share.kind, share.project, share.stack, (msgspec.json.encode(alone),))


def with_proofs(beside: Beside, proofs: Mapping[tuple[str, str], tuple[str, str]], joined: Joined, journal: Journal) -> Beside:
    """The same with what proves a package of an area pair on an instance whose package no state holds.

    `proofs` has the URL and the URN of one limit or peer for each area pair.
    """
    wanted = {place: pair for pair, place in proofs.items()}
    found: dict[tuple[str, str], tuple[Share, ...]] = {}
    for group in joined.groups:
        for part in group.parts:
            state = part.entry.state
            for urn in state.parts[part.index].bears:
                pair = wanted.get((state.url, urn))
                if pair is not None:
                    found[pair] = (share_of([part], journal),)
    return replace(beside, proofs=found)
