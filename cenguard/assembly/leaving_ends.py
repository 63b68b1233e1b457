"""Attachments, peers and tables of routers that the update takes away under what stays: who names one hangs on nothing."""

from collections.abc import Iterator, Mapping, Sequence

from cenguard.assembly.route_rows import own_id
from cenguard.resources import tokens
from cenguard.resources.records import CREATE, REPLACE, SAME, Records, Resource, SourceKind

_ENDS = (*tokens.ROUTER_ATTACHMENTS, tokens.PEER, tokens.ROUTE_TABLE)
_NAMING = ("transitRouterAttachmentId", "transitRouterRouteTableId", "transitRouterRouteEntryNextHopId")
"""Properties of relations and entries that name an attachment, a peer or a table."""
RELATIONS = (tokens.ASSOCIATION, tokens.PROPAGATION, tokens.ROUTE_ENTRY)


def leaving_ends(
    sources: Sequence[Records], by_type: Mapping[str, Sequence[Resource]], records: Mapping[str, Resource]
) -> frozenset[str]:
    """Old ids of attachments, peers and tables that are not there after the update."""
    ends = [record for token in _ENDS for record in by_type.get(token, ())]
    left = [record for source in sources for record in (*source.deleted, *source.gone) if record.type in _ENDS]
    left += [old for item in ends if item.change is REPLACE and (old := item.before) is not None and not old.retain_on_delete]
    named = {own for record in left if (own := own_id(record)) is not None}
    if any(source.kind is SourceKind.ENGINE for source in sources):
        standing = (record for token in RELATIONS for record in by_type.get(token, ()) if record.change is SAME)
        named.update(found for record in standing for found in _contradicted(record, records))
    if not named:
        return frozenset()
    return frozenset(named).difference(own_id(record) for record in ends if record.change is not REPLACE)


def _contradicted(record: Resource, records: Mapping[str, Resource]) -> Iterator[str]:
    """No call tells an old state, but what stands knows the old id, and its edge leads to something with another or none."""
    for key in _NAMING:  # a name or a description may be made of an id, and is none
        urns = record.property_dependencies.get(key, ())
        value, made = record.inputs.get(key), records.get(urns[0]) if len(urns) == 1 else None
        if not isinstance(value, str) or made is None or made.type not in _ENDS:
            continue
        if made.change is CREATE or (made.id is not None and value not in (made.id, own_id(made))):
            yield value
