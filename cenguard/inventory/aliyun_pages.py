"""Whether the answers of the service are whole: rows are counted by call and by instance, against what each answer says."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PACKAGES = "CenBandwidthPackages"
CHILDREN = "ChildInstances"
LIMITS = "CenInterRegionBandwidthLimits"
ROUTERS = "TransitRouters"
ATTACHMENTS = "TransitRouterAttachments"
TABLES = "TransitRouterRouteTables"
ASSOCIATIONS = "TransitRouterAssociations"
PROPAGATIONS = "TransitRouterPropagations"
ENTRIES = "TransitRouterRouteEntries"
SWITCHES = "VSwitches"
OF_TABLES = (ASSOCIATIONS, PROPAGATIONS, ENTRIES)
"""Lists of what is in one route table."""
CALLS = {
    PACKAGES: "DescribeCenBandwidthPackages",
    "Cens": "DescribeCens",
    CHILDREN: "DescribeCenAttachedChildInstances",
    LIMITS: "DescribeCenInterRegionBandwidthLimits",
    ROUTERS: "ListTransitRouters",
    TABLES: "ListTransitRouterRouteTables",
    ASSOCIATIONS: "ListTransitRouterRouteTableAssociations",
    PROPAGATIONS: "ListTransitRouterRouteTablePropagations",
    ENTRIES: "ListTransitRouterRouteEntries",
    SWITCHES: "DescribeVSwitches",
}
PEERS = "ListTransitRouterPeerAttachments"
ANY_KIND = "ListTransitRouterAttachments"
"""Older answers hold attachments of every kind in one list."""
KINDS = ("VPC", "VBR", "VPN", "ECR")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of one call."""

    key: str
    call: str
    """Empty where a list without rows could be of several calls."""
    rows: frozenset[tuple[Any, ...]]
    """What identifies its rows."""
    instances: frozenset[str | None]
    """The instances that its rows are of; None for a package that is attached to none. Of a list of route tables the
    routers, of a list of what is in one the table."""
    total: int | None
    more: bool


def kind_of(row: Mapping[str, Any]) -> str | None:
    """What a router attachment joins: VPC, VBR, VPN, ECR, or TR for a peer."""
    if row.get("ResourceType") == "TR" or row.get("PeerTransitRouterId"):
        return "TR"
    word = row.get("ResourceType")
    if word in KINDS:
        return str(word)
    return next((kind for kind in KINDS if row.get(f"{kind.capitalize()}Id")), None)


def call_of(key: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The call that answers with a list of such rows."""
    if key != ATTACHMENTS:
        return CALLS[key]
    kinds = {kind_of(row) for row in rows}
    if not kinds:
        return ""
    if len(kinds) > 1 or None in kinds:
        return ANY_KIND
    (kind,) = kinds
    return PEERS if kind == "TR" else f"ListTransitRouter{str(kind).capitalize()}Attachments"


class Pages:
    """All pages that were given."""

    def __init__(self) -> None:
        self._pages: list[Page] = []

    def add(self, page: Page) -> None:
        """Take one page."""
        self._pages.append(page)

    def _of(self, key: str, calls: Iterable[str] | None = None) -> list[Page]:
        wanted = None if calls is None else frozenset(calls)
        return [page for page in self._pages if page.key == key and (wanted is None or page.call in wanted)]

    def whole(self, key: str) -> bool:
        """Whether every row of a call is there that asks for no instance."""
        return _counted(self._of(key))

    def whole_of(self, key: str, instance: str, *, only: bool, calls: Iterable[str] | None = None) -> bool:
        """Whether every row of a call is there that concerns one instance.

        `only` says that no other instance is known. The answers do not say what was asked for: pages that name one
        instance may be of a question about it alone, pages that name several are of a question about all of them.
        """
        pages = self._of(key, calls)
        own = [page for page in pages if page.instances == {instance}]
        if own and _counted(own):
            return True
        if any(len(page.instances) > 1 for page in pages) and _counted(pages):
            return True
        return only and bool(pages) and not any(page.instances for page in pages) and _counted(pages)

    def attachments_missing(self, instance: str, *, only: bool, limits_are_whole: bool) -> Iterator[str]:
        """Which lists of an Enterprise instance's router attachments are not there whole; the one of peers has to be."""
        calls = sorted({page.call for page in self._of(ATTACHMENTS) if page.call and instance in page.instances})
        for call in calls:
            if not self.whole_of(ATTACHMENTS, instance, only=only, calls=[call]):
                yield f"all its rows of {call}"
        if PEERS in calls or ANY_KIND in calls:
            return
        # a list without rows does not say what it is of; the list of limits names peers as well
        none = [page for page in self._of(ATTACHMENTS) if not page.rows and page.total == 0 and not page.more]
        if not (none and limits_are_whole):
            yield f"its peers ({PEERS} --CenId {instance})"

    def tables_missing(self, router: str, tables: Sequence[str]) -> Iterator[str]:
        """Which lists of a router's tables, and of what is in them, are not there whole."""
        if not _counted_exactly(self._about(TABLES, router)):
            yield f"all its route tables ({CALLS[TABLES]} --TransitRouterId {router})"
        for key in OF_TABLES:
            left = [table for table in tables if not _counted_exactly(self._about(key, table))]
            # a list without rows does not say what was asked about, unless its file's name does
            none = [page for page in self._of(key) if not page.instances and page.total == 0 and not page.more]
            if none and len(left) == 1:
                continue
            for table in left:
                yield f"all that {CALLS[key]} --TransitRouterRouteTableId {table} answers"

    def _about(self, key: str, subject: str) -> list[Page]:
        return [page for page in self._of(key) if page.instances == {subject}]

    def notes(self) -> Iterator[str]:
        """What a person should add, by call and question."""
        for call, pages in self._asked():
            if any(page.total is None for page in pages):
                yield f"{call}: an answer without TotalCount does not say whether its {_seen(pages)} rows are all of them"
            elif (cut := _cut(pages)) is not None:
                yield f"{call}: {cut}"

    def are_cut(self) -> bool:
        """Whether a list that was given says itself that it has more rows, whatever anybody says."""
        return any(_cut(pages) is not None for _, pages in self._asked())

    def _asked(self) -> Iterator[tuple[str, list[Page]]]:
        """The pages by call and question."""
        for call in sorted({page.call for page in self._pages if page.call}):
            for pages in _questions([page for page in self._pages if page.call == call]):
                yield call, pages


def _seen(pages: Sequence[Page]) -> int:
    return len(frozenset().union(*(page.rows for page in pages)))


def _cut(pages: Sequence[Page]) -> str | None:
    """What a list lacks of what it says itself that it has."""
    seen, most = _seen(pages), max(page.total or 0 for page in pages)
    if seen < most:
        return f"{seen} of {most} rows were given; give the other pages too"
    return None if _ends(pages) else "the last page that was given names a further one (NextToken); give it too"


def _questions(pages: Sequence[Page]) -> list[list[Page]]:
    """The pages of one call by what was asked: about all instances where a page names several, else about each."""
    if any(len(page.instances) > 1 for page in pages):
        return [list(pages)]
    found: dict[str, list[Page]] = {}
    for page in pages:
        found.setdefault(next((name or "" for name in page.instances), ""), []).append(page)
    return [found[name] for name in sorted(found)]


def _ends(pages: Sequence[Page]) -> bool:
    """Whether one of the pages is the last one: it names no further one."""
    return any(not page.more for page in pages)


def _counted_exactly(pages: Sequence[Page]) -> bool:
    """Whether they are all pages of one question: of several, such as one for each attachment, there are too many rows."""
    return _counted(pages) and len(frozenset().union(*(page.rows for page in pages))) == max(page.total or 0 for page in pages)


def _counted(pages: Sequence[Page]) -> bool:
    """Whether some pages hold as many rows as the service says there are, and the last one is among them.

    Pages of several questions in one count do no harm: the rows are distinct, and the greatest total has to be met.
    """
    if not pages or not _ends(pages):
        return False
    totals = [page.total for page in pages if page.total is not None]
    return len(totals) == len(pages) and len(frozenset().union(*(page.rows for page in pages))) >= max(totals)
