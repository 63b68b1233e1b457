"""Static entries of route tables: one by one, by prefix lists, and as an inventory tells them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from cenguard.assembly.attachment_names import Attachments
from cenguard.assembly.given_values import Giving, about
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.assembly.route_tables import Tables
from cenguard.network import Blocker
from cenguard.network.details import Given
from cenguard.network.known import Inventory
from cenguard.network.prefixes import parsed
from cenguard.network.routing import Aggregation, RouteTable, TableEntry
from cenguard.resources import tokens
from cenguard.resources.records import Change, Resource

BLACKHOLE = "BlackHole"
"""Next hop type of an entry that drops. Source: CreateTransitRouterRouteEntry, `TransitRouterRouteEntryNextHopType`."""


class TableEntries:
    """The static entries of one input."""

    def __init__(self, references: References, tables: Tables, attachments: Attachments, label: Callable[[str], str]) -> None:
        self._refs, self._tables, self._attachments, self._label = references, tables, attachments, label
        self._given = Giving(references)

    def declared(self) -> list[TableEntry]:
        """Those that resources make, by URN."""
        return self._read(self._refs.by_type)

    def staying(self) -> list[TableEntry]:
        """Those of what leaves the program and stays in the cloud: no rule lectures about them."""
        return [structs.replace(item, urn="") for item in self._read(self._refs.staying)]

    def _read(self, by_type: Mapping[str, Sequence[Resource]]) -> list[TableEntry]:
        entries: list[TableEntry] = []
        for record in by_type.get(tokens.ROUTE_ENTRY, ()):
            if record.change is not Change.READ and not self._refs.hangs_on_what_leaves(record):
                entries += self._entry(record)
        for record in by_type.get(tokens.PREFIX_LIST_ASSOCIATION, ()):
            if record.change is not Change.READ:
                entries += self._of_list(record)
        return entries

    def _entry(self, record: Resource) -> list[TableEntry]:
        kind = self._given.text(record, "transitRouterRouteEntryNextHopType")
        block = self._given.text(record, "transitRouterRouteEntryDestinationCidrBlock")
        return self._made(record, "transitRouterRouteTableId", "transitRouterRouteEntryNextHopId", kind, [block])

    def _made(
        self, record: Resource, table_key: str, hop_key: str, kind: Given[str], blocks: Iterable[Given[str]], by_list: str = ""
    ) -> list[TableEntry]:
        named = self._tables.named(record, table_key)
        blackhole = kind.value == BLACKHOLE
        hop, blocker, _ = (None, None, frozenset[str]()) if blackhole else self._attachments.named(record, hop_key)
        return [
            about(
                TableEntry,
                record,
                table=named.table,
                prefix=parsed(block.value) if block.value else None,
                prefix_blocker=block.blocker,
                next_hop=hop,
                is_blackhole=blackhole,
                hop_blocker=kind.blocker or blocker,
                hop_label=self._label(hop) if hop else "",
                table_blocker=named.blocker,
                router=named.router,
                looked_up=named.looked_up,
                by_list=by_list,
            )
            for block in blocks
            if block.blocker is not None or (block.value and parsed(block.value) is not None)  # IPv6 is not judged
        ]

    def _of_list(self, record: Resource) -> list[TableEntry]:
        """An entry for each block of a prefix list; one of a block that is not known where the list is not told."""
        kind = self._given.text(record, "nextHopType")
        if value_of(record, "nextHop") == BLACKHOLE:
            kind = Given(BLACKHOLE)
        made = self._prefix_list(record)
        if made is None:
            blocker = Blocker(
                f"prefix list of {record.urn}",
                f"the blocks of the prefix list of {record.label} are not in the input",
                "the document of the stack that makes it would settle it",
            )
            return self._made(record, "transitRouterTableId", "nextHop", kind, [Given(None, blocker)], record.name)
        rows = value_of(made, "entrys")
        blocks: list[Given[str]] = []
        if rows is not None and not isinstance(rows, list):
            blocks = [Given(None, self._refs.unknown(made, "entrys"))]
        for row in rows if isinstance(rows, list) else ():
            block = row.get("cidr") if isinstance(row, Mapping) else row
            blocks.append(Given(block) if isinstance(block, str) else Given(None, self._refs.unknown(made, "entrys")))
        return self._made(record, "transitRouterTableId", "nextHop", kind, blocks, made.name)

    def _prefix_list(self, record: Resource) -> Resource | None:
        value, sources = value_of(record, "prefixListId"), record.property_dependencies.get("prefixListId", ())
        for made in self._refs.managed(tokens.PREFIX_LIST):
            if made.urn in sources or (made.id and made.id == value):
                return made
        return None

    def aggregations(self) -> Iterator[tuple[RouteTable, Aggregation]]:
        """The wide routes that tables put into VPCs, each with its table."""
        for record in self._refs.managed(tokens.AGGREGATION):
            block = self._given.text(record, "transitRouteTableAggregationCidr")
            table = self._tables.named(record, "transitRouteTableId").table
            prefix = parsed(block.value) if block.value else None
            if table is not None and (prefix is not None or block.blocker is not None):
                yield table, about(Aggregation, record, prefix=prefix, blocker=block.blocker)

    def told(self, inventory: Inventory, address_of: Callable[[str], str]) -> list[TableEntry]:
        """Those of an inventory's rows; `address_of` is the attachment that an id names."""
        made = []
        for row in inventory.routes:
            table, block = self._tables.of_id(row.table).table, parsed(row.cidr)
            if block is None or table is None or any(item.prefix == block for item in table.entries):
                continue
            hop = address_of(row.next_hop) if row.next_hop else None
            made.append(
                TableEntry(
                    urn="",
                    name=f"the inventory's route {row.cidr}",
                    type=tokens.ROUTE_ENTRY,
                    stands=True,
                    table=table,
                    prefix=block,
                    next_hop=hop,
                    is_blackhole=row.blackhole,
                    hop_label=self._label(hop) if hop else "",
                    router=table.router,
                    vouched=True,
                )
            )
        return made
