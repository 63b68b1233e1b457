"""What the program or the state has and this change does not have: what is missing may be one of them."""

from collections.abc import Callable, Iterator, Mapping

from cenguard.assembly.leaving_ends import RELATIONS
from cenguard.assembly.packages import Packages
from cenguard.assembly.references import References
from cenguard.geography.areas import AreaPair
from cenguard.network import BandwidthLimit, LeftOut, Peer
from cenguard.resources import tokens
from cenguard.resources.records import DESTROYED, GONE, HALF_REPLACED, HANGING, INTERRUPTED, UNREAD_YET, Resource


def left_out_of(
    references: References, packages: Packages, carriers: Mapping[str, Callable[[Resource], BandwidthLimit | Peer]]
) -> tuple[LeftOut, ...]:
    """All of it, by URN; `carriers` reads what carries a pair of regions, by its type."""
    found = sorted(_found(references), key=lambda item: (item[0].urn, item[1]))
    left = {item.id: item for item, _ in found if item.type == tokens.PACKAGE and item.id}

    def joins(item: Resource) -> AreaPair | None:
        package: Resource | None = item if item.type == tokens.PACKAGE else None
        if item.type == tokens.PACKAGE_ATTACHMENT:
            value = item.inputs.get("bandwidthPackageId")
            by_id = references.ids.get(value) if isinstance(value, str) else None
            edges = item.property_dependencies.get("bandwidthPackageId", ())
            package = left.get(value) if isinstance(value, str) else None
            package = package or references.records.get(by_id or (edges[0] if len(edges) == 1 else ""))
        return packages.area_pair_of(package) if package is not None and package.type == tokens.PACKAGE else None

    return tuple(
        LeftOut(
            item.urn,
            item.type,
            item.name,
            why,
            item.named,
            joins(item),
            carriers[item.type](item).pair if item.type in carriers else None,
        )
        for item, why in found
    )


def _found(references: References) -> Iterator[tuple[Resource, str]]:
    records = (record for token in RELATIONS for record in references.by_type.get(token, ()))
    yield from ((record, HANGING) for record in records if references.hangs_on_what_leaves(record))
    for source in references.sources:
        yield from ((item, source.left_out_why) for item in source.left_out)
        if source.destroys:
            yield from ((item, DESTROYED) for item in source.deleted)
        stored = source.is_state and not source.refreshed
        lost = [(item, HALF_REPLACED if item.pending_replacement or stored else GONE) for item in source.gone]
        cut_short = [(item, UNREAD_YET if item.imported else INTERRUPTED) for item in source.pending]
        yield from ((item, why) for item, why in (*lost, *cut_short) if item.urn not in references.records)
