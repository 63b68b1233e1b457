"""Inventories: packages, instances and attachments that live outside the input, with the day they were taken."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cenguard.areas import AreaPair, area_pair
from cenguard.catalogue import Catalogue, default_catalogue
from cenguard.tables import Table, read_toml


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
class Inventory:
    """Everything that the inventory files name."""

    taken: dt.date | None = None
    """The oldest day of the files."""
    packages: Mapping[str, KnownPackage] = field(default_factory=dict)
    instances: Mapping[str, KnownInstance] = field(default_factory=dict)
    attachments: Sequence[KnownAttachment] = ()
    stacks: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Outputs that StackReferences read, by stack name."""


def read_inventories(paths: Sequence[Path], catalogue: Catalogue | None = None) -> Inventory:
    """Read inventory files and lay them together; a later file's row replaces an earlier one of the same id.

    Raises:
        InvalidSettings: a file holds something that is not understood; says the key, the line and the nearest name.
    """
    catalogue = catalogue or default_catalogue()
    taken: list[dt.date] = []
    packages: dict[str, KnownPackage] = {}
    instances: dict[str, KnownInstance] = {}
    attachments: list[KnownAttachment] = []
    stacks: dict[str, Mapping[str, Any]] = {}
    for path in paths:
        table = read_toml(path)
        table.allow("taken", "package", "instance", "attachment", "stack")
        if (day := table.date("taken")) is not None:
            taken.append(day)
        for row in table.rows("package"):
            package = _package(row, catalogue)
            packages[package.id] = package
        for row in table.rows("instance"):
            row.allow("id", "complete")
            known = KnownInstance(id=row.required_text("id"), complete=row.flag("complete", default=False))
            instances[known.id] = known
        for row in table.rows("attachment"):
            row.allow("instance", "region", "kind", "id")
            attachments.append(
                KnownAttachment(
                    instance=row.required_text("instance"),
                    region=row.required_text("region"),
                    kind=row.choice("kind", ("VPC", "VBR", "CCN", "VPN", "ECR"), default="VPC"),
                    id=row.text_or_none("id"),
                )
            )
        for name, outputs in table.subtable("stack").tables("a table of outputs"):
            stacks[name] = outputs.values
    return Inventory(
        taken=min(taken, default=None), packages=packages, instances=instances, attachments=tuple(attachments), stacks=stacks
    )


def _package(row: Table, catalogue: Catalogue) -> KnownPackage:
    row.allow("id", "area_pair", "bandwidth", "instance", "expires")
    names = row.texts("area_pair")
    if len(names) != 2:
        raise row.refuse("area_pair", f"two areas were expected, such as ['China', 'Europe'], not {len(names)}")
    for name in names:
        if not catalogue.knows_area(name):
            hint = catalogue.nearest_area(name)
            raise row.refuse("area_pair", f"no area {name!r}" + (f"; did you mean {hint}?" if hint else ""))
    return KnownPackage(
        id=row.required_text("id"),
        area_pair=area_pair(*names),
        bandwidth=row.number_or_none("bandwidth"),
        instance=row.text_or_none("instance"),
        expires=row.date("expires"),
    )
