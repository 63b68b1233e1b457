"""Reads what `aliyun cbn Describe…` and `aliyun cbn List…` print: answers of one page or many, or bare lists of rows.

Field names are those of the API, version 2017-09-12, read in alibabacloud_cbn20170912 1.3.11 (the service's own SDK):
https://www.alibabacloud.com/help/en/cen/developer-reference/api-cbn-2017-09-12-overview
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cenguard.errors import UnreadableInput
from cenguard.geography.catalogue import Catalogue
from cenguard.inventory.aliyun_pages import (
    ASSOCIATIONS,
    CHILDREN,
    ENTRIES,
    LIMITS,
    OF_TABLES,
    PACKAGES,
    PROPAGATIONS,
    ROUTERS,
    SWITCHES,
    TABLES,
    Page,
    Pages,
    call_of,
)
from cenguard.inventory.aliyun_routes import TABLE_ID, table_named
from cenguard.inventory.aliyun_row import Row
from cenguard.inventory.aliyun_rows import Rows
from cenguard.network.known import EDITIONS, KnownInstance
from cenguard.text.encodings import utf8

if TYPE_CHECKING:
    from cenguard.inventory.sources import Gathered

LISTS = {
    "CenBandwidthPackages": "CenBandwidthPackage",
    "Cens": "Cen",
    "ChildInstances": "ChildInstance",
    "CenInterRegionBandwidthLimits": "CenInterRegionBandwidthLimit",
    "TransitRouters": "TransitRouter",
    "TransitRouterAttachments": "TransitRouterAttachment",
    "TransitRouterRouteTables": "TransitRouterRouteTable",
    "TransitRouterAssociations": "TransitRouterAssociation",
    "TransitRouterPropagations": "TransitRouterPropagation",
    "TransitRouterRouteEntries": "TransitRouterRouteEntry",
    "VSwitches": "VSwitch",
}
"""The list in each answer, and the key that older answers wrap its rows in."""
_OWN_KEYS = (
    ("CenBandwidthPackages", "CenBandwidthPackageId", "GeographicRegionAId"),
    ("TransitRouterAttachments", "TransitRouterAttachmentId", "TransitRouterId"),
    ("ChildInstances", "ChildInstanceId", "CenId"),
    ("CenInterRegionBandwidthLimits", "LocalRegionId", "OppositeRegionId"),
    ("TransitRouters", "TransitRouterId", "CenId"),
    ("Cens", "CenId", "ProtectionLevel"),
    ("TransitRouterRouteTables", TABLE_ID, "TransitRouterRouteTableType"),
    ("TransitRouterRouteEntries", "TransitRouterRouteEntryDestinationCidrBlock", "TransitRouterRouteEntryType"),
    ("VSwitches", "VSwitchId", "ZoneId"),
)
"""The two keys that tell which list a row without its list is of; the first that fits decides."""
_MARKS = (b'"RequestId"', *(f'"{key}"'.encode() for _, key, _ in _OWN_KEYS), *(f'"{key}"'.encode() for key in LISTS))
_BLANKS = re.compile(r"\s*")
LARGEST = 1 << 28
"""Bytes of an answer: the service's pages hold 50 rows."""
EXPECTED = f"a list of {', '.join(LISTS)} was expected"


@dataclass(frozen=True, slots=True)
class Answer:
    """One list of rows, with what its answer says about its length."""

    key: str
    rows: Sequence[Mapping[str, Any]]
    where: str
    """How messages call the list."""
    total: int | None = None
    """Rows that the service has; None where the answer does not say."""
    more: bool = False
    """Whether the service has a further page (`NextToken`)."""
    table: str | None = None
    """The route table that was asked about, where the answer or its file's name says so."""


def answers_in(name: str) -> list[Answer] | None:
    """The answers in a file; None where the file is something else.

    A file may hold several answers, one after another or in a list, and the rows of one list alone.

    Raises:
        UnreadableInput: it is an answer of the service, and none that tells of a CEN.
    """
    path = Path(name)
    if name == "-" or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    try:
        content = utf8(path.read_bytes())
    except UnicodeDecodeError:
        return None
    if not any(mark in content for mark in _MARKS):
        return None
    try:
        documents = _documents(content.decode())
    except (ValueError, RecursionError):
        return None
    found: list[Answer] = []
    for index, document in enumerate(documents):
        inside = _answers(document, name, f"[{index}]" if len(documents) > 1 else "")
        if inside is None:
            return None
        found += inside
    return found


def _documents(text: str) -> list[Any]:
    """The JSON documents in a text: one, several after each other, or a list of them."""
    decoder = json.JSONDecoder()
    found: list[Any] = []
    at = _end_of_blanks(text, 0)
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        found.append(document)
        at = _end_of_blanks(text, at)
    if len(found) == 1 and isinstance(found[0], list) and not _is_rows(found[0]):
        return list(found[0])
    return found


def _end_of_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _is_rows(items: Sequence[Any]) -> bool:
    return all(isinstance(item, Mapping) and _list_of(item) is not None for item in items)


def _answers(document: Any, name: str, where: str) -> list[Answer] | None:
    if isinstance(document, list):
        table = table_named({}, name)
        return [replace(answer, table=table) for answer in _bare(document, where)] if document and _is_rows(document) else None
    if not isinstance(document, Mapping):
        return None
    keys = [key for key in LISTS if key in document]
    if not keys:
        if TABLE_ID in document and "TransitRouterAttachmentId" in document:
            raise UnreadableInput(name, "rows of associations and of propagations look alike: give the whole answer")
        if isinstance(document.get("RequestId"), str):
            raise _no_list(document, name)
        return None
    return [_answer(document, key, name, f"{where}.{key}".lstrip(".")) for key in keys]


def _answer(document: Mapping[str, Any], key: str, name: str, where: str) -> Answer:
    rows = document[key]
    rows = rows.get(LISTS[key], []) if isinstance(rows, Mapping) else rows
    if rows is None:
        rows = []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise UnreadableInput(name, "a list of rows was expected", where=where)
    total = document.get("TotalCount")
    if isinstance(total, str) and total.isdecimal():
        total = int(total)
    counted = isinstance(total, int) and not isinstance(total, bool)
    return Answer(
        key,
        rows,
        where,
        total if counted else None,
        more=bool(document.get("NextToken")),
        table=table_named(document, name) if key in OF_TABLES else None,
    )


def _bare(rows: Sequence[Mapping[str, Any]], where: str) -> list[Answer]:
    """Rows without their answer, such as `--cli-query` and `jq` print; of several kinds where lists were joined."""
    kinds: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        key = _list_of(row)
        if key is not None:
            kinds.setdefault(key, []).append(row)
    return [Answer(key, found, where or key) for key, found in kinds.items()]


def _list_of(row: Mapping[str, Any]) -> str | None:
    """The list that a row is of, by the keys that only its rows have."""
    return next((key for key, first, second in _OWN_KEYS if first in row and second in row), None)


def _no_list(document: Mapping[str, Any], name: str) -> UnreadableInput:
    code = document.get("Code")
    if isinstance(code, str) and code:
        return UnreadableInput(name, f"is a refusal of the service ({code}) and no answer: ask again, then give the answer")
    lists = sorted(key for key, value in document.items() if isinstance(value, (list, Mapping)))
    held = f" ({', '.join(lists)})" if lists else ""
    return UnreadableInput(name, f"is an answer of the service to another question{held}; {EXPECTED}")


class Answers:
    """Answers of the service, laid together."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Take the catalogue that regions and areas are spelled by."""
        self._catalogue = catalogue
        self._rows = Rows()
        self._pages = Pages()
        self._given: list[tuple[Answer, str]] = []

    def __bool__(self) -> bool:
        return bool(self._given)

    def add(self, answers: Iterable[Answer], name: str) -> None:
        """Take the answers of one file."""
        self._given += [(answer, name) for answer in answers]

    def gathered(self, *, complete: bool) -> "Gathered":
        """The inventory, and what is missing for certainty. `complete`: the caller knows that nothing is missing.

        A list that counts more rows than it has knows better.

        Raises:
            UnreadableInput: a row is not what the service answers.
        """
        from cenguard.inventory.sources import Gathered

        first = {"Cens": 0, "TransitRouters": 1}  # attachments may name their router only
        for answer, name in sorted(self._given, key=lambda item: first.get(item[0].key, 2)):
            self._take(answer, name)
        notes = list(self._pages.notes())
        instances: dict[str, KnownInstance] = {}
        for name in sorted(self._rows.instances):
            missing = (LISTS_CUT,) * self._pages.are_cut() if complete else tuple(self._missing(name))
            if missing:
                notes.append(f"{name} is not marked complete: {', '.join(missing)}")
            instances[name] = KnownInstance(id=name, complete=not missing)
        return Gathered(self._rows.inventory(instances), tuple(notes))

    def _take(self, answer: Answer, name: str) -> None:
        readers: Mapping[str, Callable[[Row], None]] = {
            "CenBandwidthPackages": self._rows.package,
            "Cens": self._rows.cen,
            "ChildInstances": self._rows.attachment,
            "CenInterRegionBandwidthLimits": self._rows.limit,
            "TransitRouters": self._rows.router,
            "TransitRouterAttachments": self._rows.router_attachment,
            TABLES: self._rows.routes.table,
            ASSOCIATIONS: self._rows.routes.association,
            PROPAGATIONS: self._rows.routes.propagation,
            SWITCHES: self._rows.switch,
            ENTRIES: lambda row: self._rows.routes.entry(row, answer.table),
        }
        ids: list[tuple[Any, ...]] = []
        instances: set[str | None] = set()
        for index, values in enumerate(answer.rows):
            row = Row(values, name, f"{answer.where}[{index}]", self._catalogue)
            readers[answer.key](row)
            ids.append(tuple(str(values.get(key)) for key in _IDENTITY[answer.key]))
            instances |= self._subjects_of(answer, values)
        if answer.key in OF_TABLES and answer.table:
            instances.add(answer.table)
        call = call_of(answer.key, answer.rows)
        self._pages.add(Page(answer.key, call, frozenset(ids), frozenset(instances), answer.total, more=answer.more))

    def _subjects_of(self, answer: Answer, values: Mapping[str, Any]) -> set[str | None]:
        """What a row is about: instances; of a list of tables their routers, of what is in tables the tables."""
        if answer.key == PACKAGES:
            return set(Rows.attached_to(values)) or {None}
        if answer.key == SWITCHES:
            return set()
        if answer.key in OF_TABLES or answer.key == TABLES:
            about = values.get("TransitRouterId" if answer.key == TABLES else TABLE_ID) or answer.table
            return {about} if isinstance(about, str) else set()
        named = values.get("CenId") or self._rows.instance_of(values.get("TransitRouterId"))
        return {named if isinstance(named, str) else None}

    def _missing(self, instance: str) -> Iterable[str]:
        """What must be known of an instance before something absent is certainly absent."""
        pages, only = self._pages, len(self._rows.instances) == 1
        if not pages.whole(PACKAGES):
            yield "all its packages (DescribeCenBandwidthPackages)"
        if not pages.whole_of(CHILDREN, instance, only=only):
            yield f"all its attachments (DescribeCenAttachedChildInstances --CenId {instance})"
        limits = pages.whole_of(LIMITS, instance, only=only)
        if not limits:
            yield f"all its limits (DescribeCenInterRegionBandwidthLimits --CenId {instance})"
        if not pages.whole_of(ROUTERS, instance, only=only):
            yield f"its routers (ListTransitRouters --CenId {instance})"
        routers = self._rows.routers.values()
        if any(router.instance == instance and router.edition == EDITIONS[0] for router in routers):
            yield from pages.attachments_missing(instance, only=only, limits_are_whole=limits)
        told = {table.router for table in self._rows.routes.tables.values()}
        for router in sorted(router.id for router in routers if router.instance == instance and router.id in told):
            tables = sorted(table.id for table in self._rows.routes.tables.values() if table.router == router)
            yield from pages.tables_missing(router, tables)


LISTS_CUT = "a list says itself that it has more rows"
_IDENTITY = {
    "CenBandwidthPackages": ("CenBandwidthPackageId",),
    "Cens": ("CenId",),
    "ChildInstances": ("CenId", "ChildInstanceId", "ChildInstanceRegionId"),
    "CenInterRegionBandwidthLimits": ("CenId", "LocalRegionId", "OppositeRegionId", "TransitRouterAttachmentId"),
    "TransitRouters": ("TransitRouterId",),
    "TransitRouterAttachments": ("TransitRouterAttachmentId",),
    TABLES: (TABLE_ID,),
    SWITCHES: ("VSwitchId",),
    ASSOCIATIONS: (TABLE_ID, "TransitRouterAttachmentId"),
    PROPAGATIONS: (TABLE_ID, "TransitRouterAttachmentId"),
    ENTRIES: (
        "TransitRouterRouteEntryDestinationCidrBlock", "TransitRouterRouteEntryType", "TransitRouterRouteEntryId",
        "TransitRouterRouteEntryNextHopId", "TransitRouterRouteEntryOriginResourceId", "TransitRouterRouteEntryStatus",
    ),
}  # fmt: skip
"""What makes a row of a list another one: a page that is given twice counts once."""
