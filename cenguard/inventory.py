"""Inventories: what lives outside the input, with the day it was looked at."""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenguard.areas import AreaPair
from cenguard.catalogue import Catalogue, default_catalogue
from cenguard.errors import InvalidSettings
from cenguard.regions import RegionPair, region_pair, surrounding
from cenguard.tables import Table, parse_toml, read_text, shown
from cenguard.waivers import read_area_pair

KINDS = ("VPC", "VBR", "CCN", "VPN", "ECR")
BILLINGS = ("package", "traffic")
EDITIONS = ("enterprise", "basic")
ENTERPRISE = EDITIONS[0]
KEYS = ("taken", "package", "instance", "attachment", "limit", "router", "peer", "stack")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:/.-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPackage:
    """A bandwidth package bought elsewhere."""

    id: str
    area_pair: AreaPair
    bandwidth: float | None = None
    """Mbps; None when the inventory does not say."""
    instance: str | None = None
    """Id of the CEN instance it is attached to."""
    expires: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownInstance:
    """A CEN instance made elsewhere."""

    id: str
    complete: bool = False
    """Whether the inventory names all its packages and attachments: absence is certain then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAttachment:
    """A network attached elsewhere."""

    instance: str
    region: str
    kind: str = "VPC"
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLimit:
    """A bandwidth limit set elsewhere."""

    instance: str
    regions: RegionPair
    bandwidth: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRouter:
    """A transit router made elsewhere."""

    id: str
    instance: str
    region: str
    edition: str = ENTERPRISE


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPeer:
    """A peer attachment made elsewhere."""

    instance: str
    regions: RegionPair
    bandwidth: float | None = None
    billing: str = BILLINGS[0]
    package: str | None = None
    """Id of the bandwidth package it draws on."""
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Everything that the inventory files name."""

    taken: dt.date | None = None
    """The oldest day of the files."""
    packages: Mapping[str, KnownPackage] = field(default_factory=dict)
    instances: Mapping[str, KnownInstance] = field(default_factory=dict)
    attachments: Sequence[KnownAttachment] = ()
    limits: Sequence[KnownLimit] = ()
    routers: Mapping[str, KnownRouter] = field(default_factory=dict)
    peers: Sequence[KnownPeer] = ()
    stacks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Outputs that StackReferences read, by stack name."""
    parts: "tuple[Inventory, ...]" = ()
    """The files one by one, where there are several or one may be too old."""

    def stale(self, today: dt.date, days: int) -> bool:
        """Whether any of its files is older than it may be."""
        return self.taken is not None and (today - self.taken).days > days

    def fresh(self, today: dt.date, days: int) -> "Inventory":
        """What it names without the files that are too old."""
        return laid_together(part for part in self.parts or (self,) if not part.stale(today, days))


def read_inventories(paths: Sequence[Path], catalogue: Catalogue | None = None) -> Inventory:
    """Read inventory files and lay them together; a later file's row replaces an earlier one of the same id.

    A file may also be a document of another stack, or what `aliyun cbn` prints.

    Raises:
        InvalidSettings: a file holds something that is not understood; says the key, the line and the nearest name.
        UnreadableInput: a document is none that is known.
    """
    known = catalogue or default_catalogue()
    return laid_together(_read(path, known) for path in paths)


def laid_together(parts: Iterable[Inventory]) -> Inventory:
    """Several inventories as one."""
    found = tuple(parts)
    if len(found) == 1:
        return found[0]
    return Inventory(
        taken=min((part.taken for part in found if part.taken is not None), default=None),
        packages={name: row for part in found for name, row in part.packages.items()},
        instances={name: row for part in found for name, row in part.instances.items()},
        attachments=tuple(dict.fromkeys(row for part in found for row in part.attachments)),
        limits=tuple({(row.instance, row.regions): row for part in found for row in part.limits}.values()),
        routers={name: row for part in found for name, row in part.routers.items()},
        peers=tuple({(row.instance, row.regions, row.id): row for part in found for row in part.peers}.values()),
        stacks={name: row for part in found for name, row in part.stacks.items()},
        parts=found,
    )


def _read(path: Path, catalogue: Catalogue) -> Inventory:
    text = read_text(path, "an inventory, or a document of a stack,")
    if text.lstrip().startswith("{"):
        from cenguard.inventory_sources import read_document_as_inventory

        return read_document_as_inventory(path, catalogue)
    return inventory_in(parse_toml(text, str(path)), catalogue)


def inventory_in(table: Table, catalogue: Catalogue) -> Inventory:
    """The inventory in a table.

    Raises:
        InvalidSettings: it holds something that is not understood.
    """
    table.allow(*KEYS)
    reader = _Rows(table, catalogue)
    return Inventory(
        taken=table.date("taken"),
        packages=reader.by_id("package", reader.package),
        instances=reader.by_id("instance", reader.instance),
        attachments=tuple(reader.attachment(row) for row in table.rows("attachment")),
        limits=tuple(reader.limit(row) for row in table.rows("limit")),
        routers=reader.by_id("router", reader.router),
        peers=tuple(reader.peer(row) for row in table.rows("peer")),
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
        row.allow("id", "area_pair", "bandwidth", "instance", "expires")
        if "area_pair" not in row.values:
            raise row.refuse_whole("area_pair is missing")
        return KnownPackage(
            id=_id(row, "id"),
            area_pair=read_area_pair(row, self.catalogue),
            bandwidth=row.number_or_none("bandwidth"),
            instance=_id_or_none(row, "instance"),
            expires=row.date("expires"),
        )

    def instance(self, row: Table) -> KnownInstance:
        row.allow("id", "complete")
        return KnownInstance(id=_id(row, "id"), complete=row.flag("complete", default=False))

    def attachment(self, row: Table) -> KnownAttachment:
        row.allow("instance", "region", "kind", "id")
        return KnownAttachment(
            instance=_id(row, "instance"),
            region=self._region(row, "region", row.required_text("region")),
            kind=row.choice("kind", KINDS, default="VPC"),
            id=_id_or_none(row, "id"),
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
        row.allow("id", "instance", "regions", "bandwidth", "billing", "package")
        package = _id_or_none(row, "package")
        billing = row.choice("billing", BILLINGS, default="package")
        if package is not None and billing == "traffic":
            raise row.refuse("package", "is named, and the peer is billed by traffic")
        return KnownPeer(
            id=_id_or_none(row, "id"),
            instance=_id(row, "instance"),
            regions=self._regions(row),
            bandwidth=row.number_or_none("bandwidth"),
            billing=billing,
            package=package,
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


def _id(row: Table, key: str) -> str:
    value = row.required_text(key)
    if not _ID.fullmatch(value):
        raise row.refuse(key, f"an id of the service was expected, not {shown(value)}")
    return value


def _id_or_none(row: Table, key: str) -> str | None:
    return _id(row, key) if key in row.values else None
