"""Reads inventory files: rows of TOML, each checked where it stands."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cenguard.errors import InvalidSettings, shown
from cenguard.geography.area_rows import read_area_pair
from cenguard.geography.blocks import block, is_ipv6_block
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.network.known import (
    BILLINGS,
    EDITIONS,
    ENTERPRISE,
    KINDS,
    NORMAL,
    UNKNOWN_BILLING,
    UNKNOWN_PACKAGES,
    Inventory,
    KnownAssociation,
    KnownAttachment,
    KnownInstance,
    KnownLimit,
    KnownPackage,
    KnownPeer,
    KnownPropagation,
    KnownRoute,
    KnownRouter,
    KnownRouteTable,
    KnownSwitch,
)
from cenguard.text.boundary import holds
from cenguard.text.tables import Table, parse_toml, read_text

KEYS = (
    "taken", "package", "instance", "attachment", "limit", "router", "peer", "route_table", "association", "propagation",
    "route", "vswitch", "stack",
)  # fmt: skip
_JSON = re.compile(r"\s*(\{|\[\s*[{\]])")
"""How a document of JSON begins, and no line of TOML does."""
_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")
"""How a file begins that gzip or zstd has packed; no text does."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:/.-]*")


def read(path: Path, given: Catalogue | None) -> Inventory | None:
    """Read one inventory file; None where the file is a document in JSON, packed or not, which others read.

    Raises:
        InvalidSettings: it holds something that is not understood.
    """
    try:
        text = read_text(path, "an inventory, or a document of a stack,")
    except InvalidSettings:
        if not _is_packed(path):
            raise
        return None
    if _JSON.match(text):
        return None
    return inventory_in(parse_toml(text, str(path)), given or default_catalogue())


def _is_packed(path: Path) -> bool:
    """Whether a file is what a backend writes packed."""
    if not (holds(path) and path.is_file()):
        return False
    with path.open("rb") as file:
        return file.read(4).startswith(_PACKED)


def inventory_in(table: Table, catalogue: Catalogue) -> Inventory:
    """The inventory in a table.

    Raises:
        InvalidSettings: it holds something that is not understood.
    """
    table.allow(*KEYS)
    reader = _Rows(table, catalogue)
    return Inventory(
        source=table.source,
        taken=table.date("taken"),
        packages=reader.by_id("package", reader.package),
        instances=reader.by_id("instance", reader.instance),
        attachments=tuple(reader.attachment(row) for row in table.rows("attachment")),
        limits=tuple(reader.limit(row) for row in table.rows("limit")),
        routers=reader.by_id("router", reader.router),
        peers=tuple(reader.peer(row) for row in table.rows("peer")),
        route_tables=reader.by_id("route_table", reader.route_table),
        associations=tuple(KnownAssociation(**reader.joined(row)) for row in table.rows("association")),
        propagations=tuple(KnownPropagation(**reader.joined(row)) for row in table.rows("propagation")),
        routes=tuple(reader.route(row) for row in table.rows("route")),
        switches=reader.by_id("vswitch", reader.switch),
        stacks={name: outputs.values for name, outputs in table.subtable("stack").tables("a table of outputs")},
    )


class _Rows:
    """Rows of one file, checked one by one."""

    def __init__(self, table: Table, catalogue: Catalogue) -> None:
        self.table, self.catalogue = table, catalogue

    def by_id(self, key: str, read: Callable[[Table], Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for row in self.table.rows(key):
            item = read(row)
            if item.id in found:
                raise row.refuse("id", f"{shown(item.id)} is there twice")
            found[item.id] = item
        return found

    def package(self, row: Table) -> KnownPackage:
        row.allow("id", "area_pair", "bandwidth", "instance", "expires", "locked", "reserved_bandwidth", "reserved_from")
        if "area_pair" not in row.values:
            raise row.refuse_whole("area_pair is missing")
        reserved, since = row.number_or_none("reserved_bandwidth"), row.date("reserved_from")
        if (reserved is None) != (since is None):
            raise row.refuse_whole(f"{'reserved_from' if since is None else 'reserved_bandwidth'} is missing beside the other")
        locked = row.text_or_none("locked")
        return KnownPackage(
            id=_id(row, "id"),
            area_pair=read_area_pair(row, self.catalogue),
            bandwidth=row.number_or_none("bandwidth"),
            instance=_id_or_none(row, "instance"),
            expires=row.date("expires"),
            locked=None if locked == NORMAL else locked,
            reserved_bandwidth=reserved,
            reserved_from=since,
        )

    def instance(self, row: Table) -> KnownInstance:
        row.allow("id", "complete", "packages")
        if "packages" in row.values:
            row.choice("packages", (UNKNOWN_PACKAGES,), default=UNKNOWN_PACKAGES)
        return KnownInstance(
            id=_id(row, "id"),
            complete=row.flag("complete", default=False),
            packages_told="packages" not in row.values,
        )

    def attachment(self, row: Table) -> KnownAttachment:
        row.allow("instance", "region", "kind", "id", "attachment", "cidrs", "auto_publish")
        return KnownAttachment(
            instance=_id(row, "instance"),
            region=self._region(row, "region", row.required_text("region")),
            kind=row.choice("kind", KINDS, default="VPC"),
            id=_id_or_none(row, "id"),
            attachment=_id_or_none(row, "attachment"),
            cidrs=tuple(_block(row, "cidrs", text) for text in row.texts("cidrs")) if "cidrs" in row.values else None,
            auto_publish=row.flag("auto_publish", default=False) if "auto_publish" in row.values else None,
        )

    def limit(self, row: Table) -> KnownLimit:
        row.allow("instance", "regions", "bandwidth")
        return KnownLimit(instance=_id(row, "instance"), regions=self._regions(row), bandwidth=row.number_or_none("bandwidth"))

    def router(self, row: Table) -> KnownRouter:
        row.allow("id", "instance", "region", "edition")
        return KnownRouter(
            id=_id(row, "id"),
            instance=_id(row, "instance"),
            region=self._region(row, "region", row.required_text("region")),
            edition=row.choice("edition", EDITIONS, default=ENTERPRISE),
        )

    def peer(self, row: Table) -> KnownPeer:
        row.allow("id", "instance", "regions", "bandwidth", "billing", "package", "auto_publish")
        package = _id_or_none(row, "package")
        billing = row.choice("billing", (*BILLINGS, UNKNOWN_BILLING), default="package")
        if package is not None and billing != "package":
            how = "billed by traffic" if billing == "traffic" else "said to be billed in an unknown way"
            raise row.refuse("package", f"is named, and the peer is {how}")
        return KnownPeer(
            id=_id_or_none(row, "id"),
            instance=_id(row, "instance"),
            regions=self._regions(row),
            bandwidth=row.number_or_none("bandwidth"),
            billing=billing,
            package=package,
            auto_publish=row.flag("auto_publish", default=False) if "auto_publish" in row.values else None,
        )

    def route_table(self, row: Table) -> KnownRouteTable:
        row.allow("id", "router", "system")
        return KnownRouteTable(id=_id(row, "id"), router=_id(row, "router"), system=row.flag("system", default=False))

    @staticmethod
    def switch(row: Table) -> KnownSwitch:
        row.allow("id", "network", "zone")
        return KnownSwitch(id=_id(row, "id"), network=_id(row, "network"), zone=_id(row, "zone"))

    @staticmethod
    def joined(row: Table) -> dict[str, str]:
        """What an association or a propagation joins."""
        row.allow("attachment", "table")
        return {"attachment": _id(row, "attachment"), "table": _id(row, "table")}

    @staticmethod
    def route(row: Table) -> KnownRoute:
        row.allow("table", "cidr", "next_hop", "blackhole")
        next_hop, blackhole = _id_or_none(row, "next_hop"), row.flag("blackhole", default=False)
        if blackhole and next_hop is not None:
            raise row.refuse("next_hop", "is named, and a black hole has none: keep one of the two")
        if not blackhole and next_hop is None:
            raise row.refuse_whole("next_hop is missing: the attachment that it leads to, or blackhole = true")
        return KnownRoute(
            table=_id(row, "table"), cidr=_block(row, "cidr", row.required_text("cidr"), ipv6=True), next_hop=next_hop
        )

    def _regions(self, row: Table) -> RegionPair:
        if "regions" not in row.values:
            raise row.refuse_whole("regions is missing")
        names = row.texts("regions")
        if len(names) != 2 or names[0] == names[1]:
            raise row.refuse("regions", f"two different regions were expected, not {shown(list(names))}")
        return region_pair(*(self._region(row, "regions", name) for name in names))

    def _region(self, row: Table, key: str, name: str) -> str:
        if surrounding(name) not in self.catalogue.regions:
            raise unknown_region(row.source, row.where(key), name, self.catalogue)
        return name


def unknown_region(source: str, where: str, name: str, catalogue: Catalogue) -> InvalidSettings:
    """The error for a region that the catalogue does not have."""
    hint = catalogue.nearest_region(name)
    end = f"; did you mean {hint}?" if hint else ""
    return InvalidSettings(
        source,
        f"no region {shown(name)} in the area catalogue {catalogue.edition}{end} (a new one: give it a row with --areas)",
        where=where,
    )


def is_id(text: str) -> bool:
    """Whether a text can be an id of the service."""
    return _ID.fullmatch(text) is not None


def _id(row: Table, key: str) -> str:
    value = row.required_text(key)
    if not is_id(value):
        raise row.refuse(key, f"an id of the service was expected, not {shown(value)}")
    return value


def _block(row: Table, key: str, text: str, *, ipv6: bool = False) -> str:
    """A block of addresses: an IPv4 one, or one of either kind."""
    if block(text) is None and not (ipv6 and is_ipv6_block(text)):
        raise row.refuse(key, f"an IPv4 block such as 10.0.1.0/24 was expected, not {shown(text)}")
    return text


def _id_or_none(row: Table, key: str) -> str | None:
    return _id(row, key) if key in row.values else None
