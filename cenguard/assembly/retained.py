"""What leaves the program and stays in the cloud, as entities that stand elsewhere.

They belong to their instances, so that connectivity and sums see them, and are none of the network's own: no rule
lectures about them but CEN414.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from cenguard.assembly.leaving import by_value
from cenguard.network import Attachment, BandwidthLimit, PackageAttachment, Peer
from cenguard.resources.records import SAME, Records, Resource

Kept = TypeVar("Kept", Attachment, BandwidthLimit, PackageAttachment, Peer)


def staying(sources: Sequence[Records]) -> dict[str, list[Resource]]:
    """Old states that stay in the cloud, by type: nothing changes of them, and their ids say what they name."""
    found: dict[str, list[Resource]] = {}
    for source in sources:
        for record in source.retained:
            found.setdefault(record.type, []).append(replace(by_value(record), change=SAME))
    return found


def as_outside(entity: Kept, record: Resource, made_of: dict[int, Resource]) -> Kept:
    """An entity made from such a state: it stands, and is no resource of the input any more."""
    made_of[id(entity)] = record
    entity.urn, entity.declared, entity.stands = None, False, True
    if isinstance(entity, (BandwidthLimit, Peer)):
        entity.proves = True
    return entity


def beside(kept: Iterable[Kept], existing: Sequence[BandwidthLimit | Peer]) -> list[Kept]:
    """Limits or peers that stay, but for pairs that the input carries itself: both are one object for the service."""
    carried = {(id(item.instance), item.pair) for item in existing}
    return [item for item in kept if (id(item.instance), getattr(item, "pair", None)) not in carried]
