"""What is said of an input without any CEN: a pass says that a CEN was seen, and is right."""

from collections.abc import Sequence

from cenguard.resources.records import Records
from cenguard.resources.type_table import names_cen


def nothing_of_cen(sources: Sequence[Records]) -> str:
    """`no CEN in the input (14 resources of alicloud)`; empty where one is there, was there, or may be."""
    if any(source.cen_count or source.unread or not source.complete for source in sources):
        return ""
    kept = (
        item
        for source in sources
        for items in (source.deleted, source.retained, source.left_out, source.pending)
        for item in items
    )
    if any(names_cen(item.type) for item in kept):
        return ""
    alicloud, closed = sum(source.alicloud_count for source in sources), sum(source.closed_count for source in sources)
    told = [f"{alicloud} resource{'s' * (alicloud != 1)} of alicloud" if alicloud else "no resource of Alibaba Cloud"]
    if closed:
        told.append(f"{closed} component{'s' * (closed != 1)} of other packages, whose parts are not shown")
    return f"no CEN in the input ({', '.join(told)})"
