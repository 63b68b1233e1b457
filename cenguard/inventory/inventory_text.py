"""An inventory as the TOML file it is read from."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput, shown
from cenguard.inventory.files import is_id
from cenguard.network.known import UNKNOWN_PACKAGES, Inventory
from cenguard.text.toml_text import file_text, key_text, row_text, value_text

MARK = "Written by `cenguard inventory`"
"""How a file begins that may be written over: nobody wrote in it by hand, or was told not to."""


IDS = frozenset({"id", "instance", "attachment", "package", "router", "table", "next_hop", "network", "zone"})
"""Keys of rows that hold an id of the service."""


def refuse_odd_ids(inventory: Inventory, source: str) -> None:
    """See that every id is one that the file is read with: a masked one (`cenbwp-4c2z****`) says not what it is.

    Raises:
        UnreadableInput: one is none of the service.
    """
    for name, values in _rows(inventory):
        for key in sorted(IDS & values.keys()):
            value = values[key]
            if value is not None and not is_id(value):
                said = f"holds {shown(value)} where the id of the service was expected ({key} of {name}): no inventory holds it"
                raise UnreadableInput(source, f"{said}; give an answer or a document in which nothing is masked")


def inventory_text(inventory: Inventory, sources: Sequence[str], taken: dt.date) -> str:
    """The file, with the day it was taken, in an order that does not hang on the sources'."""
    head = [f"{MARK} {' '.join(sources)}", "It is written over as a whole: what you add belongs in a file of its own."]
    return inventory_file(head, msgspec.structs.replace(inventory, taken=taken))


def inventory_file(head: Sequence[str], inventory: Inventory) -> str:
    """An inventory as a file that begins with some lines of comment."""
    taken = [f"taken = {inventory.taken}\n"] if inventory.taken is not None else []
    rows = [row_text(name, values) for name, values in _rows(inventory)]
    stacks = [_stack(name, outputs) for name, outputs in sorted(inventory.stacks.items())]
    return file_text(head, [*taken, *rows, *stacks])


def _rows(inventory: Inventory) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for instance in sorted(inventory.instances.values(), key=lambda row: row.id):
        packages = None if instance.packages_told else UNKNOWN_PACKAGES
        yield "instance", {"id": instance.id, "complete": instance.complete or None, "packages": packages}
    for package in sorted(inventory.packages.values(), key=lambda row: row.id):
        yield (
            "package",
            {
                "id": package.id,
                "area_pair": package.area_pair.names,
                "bandwidth": package.bandwidth,
                "instance": package.instance,
                "expires": package.expires,
                "locked": package.locked,
                "reserved_bandwidth": package.reserved_bandwidth,
                "reserved_from": package.reserved_from,
            },
        )
    for attached in sorted(
        inventory.attachments, key=lambda row: (row.instance, row.region, row.kind, row.id or "", row.attachment or "")
    ):
        yield (
            "attachment",
            {
                "instance": attached.instance,
                "region": attached.region,
                "kind": attached.kind,
                "id": attached.id,
                "attachment": attached.attachment,
                "cidrs": attached.cidrs,
                "auto_publish": attached.auto_publish,
            },
        )
    for limit in sorted(inventory.limits, key=lambda row: (row.instance, row.regions)):
        yield "limit", {"instance": limit.instance, "regions": limit.regions.names, "bandwidth": limit.bandwidth}
    for router in sorted(inventory.routers.values(), key=lambda row: row.id):
        yield "router", {"id": router.id, "instance": router.instance, "region": router.region, "edition": router.edition}
    for peer in sorted(inventory.peers, key=lambda row: (row.instance, row.regions, row.id or "")):
        yield (
            "peer",
            {
                "id": peer.id,
                "instance": peer.instance,
                "regions": peer.regions.names,
                "bandwidth": peer.bandwidth,
                "billing": peer.billing,
                "package": peer.package,
                "auto_publish": peer.auto_publish,
            },
        )
    for table in sorted(inventory.route_tables.values(), key=lambda row: row.id):
        yield "route_table", {"id": table.id, "router": table.router, "system": table.system or None}
    for association in sorted(inventory.associations, key=lambda row: (row.table, row.attachment)):
        yield "association", {"attachment": association.attachment, "table": association.table}
    for propagation in sorted(inventory.propagations, key=lambda row: (row.table, row.attachment)):
        yield "propagation", {"attachment": propagation.attachment, "table": propagation.table}
    for route in sorted(inventory.routes, key=lambda row: (row.table, row.cidr)):
        yield (
            "route",
            {"table": route.table, "cidr": route.cidr, "next_hop": route.next_hop, "blackhole": route.blackhole or None},
        )
    networks = {row.id for row in inventory.attachments}
    for switch in sorted(inventory.switches.values(), key=lambda row: row.id):
        if switch.network in networks:  # those of other networks are nobody's business here
            yield "vswitch", {"id": switch.id, "network": switch.network, "zone": switch.zone}


def _stack(name: str, outputs: Mapping[str, Any]) -> str:
    lines = [f"[stack.{value_text(name)}]", *(f"{key_text(key)} = {value_text(outputs[key])}" for key in sorted(outputs))]
    return "\n".join(lines) + "\n"
