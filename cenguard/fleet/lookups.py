"""Data sources of Terraform that list what stands: taken apart by instance, so that a list of everything ties nothing together."""

from collections.abc import Iterator
from typing import Any

from msgspec import structs

from cenguard.resources.look_ups import ATTACHMENTS, LIMITS, PACKAGES
from cenguard.resources.records import Resource

_LISTS = {PACKAGES: "packages", ATTACHMENTS: "attachments", LIMITS: "limits"}


def split_lookup(read: Resource) -> Iterator[Resource]:
    """A data source once for each instance or package among its rows; nothing of one that lists none."""
    key = _LISTS.get(read.type)
    rows = read.outputs.get(key) if key else None
    if not isinstance(rows, list):
        return
    groups: dict[str, list[Any]] = {}
    for row in rows:
        if isinstance(row, dict):
            listed = row.get("cen_ids")
            first = listed[0] if isinstance(listed, list) and listed else None
            asked = read.outputs.get("instance_id")
            named = (row.get("instance_id"), first, asked, row.get("cen_bandwidth_package_id"), row.get("id"))
            name = next((item for item in named if isinstance(item, str) and item), "")
            groups.setdefault(name, []).append(row)
    for name, items in groups.items():
        yield structs.replace(read, outputs=read.outputs | {str(key): items}, inputs={"instanceId": name} if name else {})
