"""What is said of an input without any CEN: a pass says that a CEN was seen, and is right."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cenguard.errors import UnreadableInput
from cenguard.findings import Level
from cenguard.judging.tool_findings import about_unread
from cenguard.resources.records import Records
from cenguard.resources.type_table import names_cen

if TYPE_CHECKING:
    from cenguard.judging.options import Options


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


def refuse_unread(sources: Sequence[Records], options: "Options") -> None:
    """End a command that would answer for what it has not read.

    Raises:
        UnreadableInput: a source does not show the whole stack, or a resource of it that may hold a CEN; no waiver accepts it.
    """
    for source in sources:
        if not source.complete:
            raise UnreadableInput(source.path, f"does not show the whole stack: {source.missing}")
        for finding in options.waiving().judge(about_unread([source])):
            if finding.level == Level.MANDATORY and finding.waived_by is None:
                fix = finding.fix.summary if finding.fix else ""
                raise UnreadableInput(source.path, f"{finding.message.rstrip('.')}: {fix[:1].lower()}{fix[1:].rstrip('.')}")
