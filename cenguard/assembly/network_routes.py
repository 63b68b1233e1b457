"""What is told of networks' own route tables: entries, whether they take what a router publishes, blocks that are advertised."""

from operator import attrgetter

from cenguard.assembly.attachment_names import Attachments
from cenguard.assembly.given_values import Giving, about
from cenguard.assembly.networks import Networks
from cenguard.assembly.properties import value_of
from cenguard.assembly.references import References
from cenguard.network import Blocker
from cenguard.network.details import Given, Subject
from cenguard.network.known import Inventory
from cenguard.network.prefixes import parsed
from cenguard.network.routing import NetworkEntry, NetworkTables
from cenguard.resources import tokens
from cenguard.resources.records import Change, Resource
from cenguard.resources.urns import kind_in_urn
from cenguard.resources.values import is_known

ATTACHMENT = "Attachment"
"""Next hop type of an entry that leads to a transit router. Source: CreateRouteEntry, `NextHopType`."""
_ENTRIES = {
    tokens.NETWORK_ENTRY: ("routeTableId", "destinationCidrblock", "nexthopId"),
    tokens.VPC_ENTRY: ("routeTableId", "destinationCidrBlock", "nexthopId"),
    tokens.ENTRY_TO_ATTACHMENT: ("childInstanceRouteTableId", "destinationCidrBlock", "transitRouterAttachmentId"),
}
"""What names the table, the block and the next hop of each type of entry."""
_STEPS = 4
_URN = attrgetter("urn")
_OWN_TABLE = {"VPC": ("routeTableId", "routerTableId"), "VBR": ("routeTableId",)}
"""Outputs of a network that are the id of its own table."""


class NetworkRoutes:
    """The tables of each network of one input."""

    def __init__(self, references: References, networks: Networks, attachments: Attachments, inventory: Inventory) -> None:
        self._refs, self._networks, self._attachments, self._inventory = references, networks, attachments, inventory
        self._given = Giving(references)
        self.found: dict[str, NetworkTables] = {}
        self._owners: dict[str, tuple[str, str]] = {}
        """Network and table by id of the table."""

    def read(self) -> dict[str, NetworkTables]:
        """All that is told, by address of the network."""
        self._read_networks()
        self._read_tables()
        for token in _ENTRIES:
            for record in self._refs.managed(token):
                self._take_entry(record)
        for record in self._refs.managed(tokens.ADVERTISED_ENTRY):
            self._take_advertised(record)
        for row in self._inventory.attachments:
            if row.id is not None and row.cidrs is not None:
                blocks = tuple(block for text in row.cidrs if (block := parsed(text)) is not None)
                self._of(self._networks.of_id(row.id)).told = blocks
        return self.found

    def _of(self, network: str) -> NetworkTables:
        found = self.found.get(network)
        if found is None:
            found = self.found[network] = NetworkTables(entries=[], custom={}, advertised=[])
        return found

    def _read_networks(self) -> None:
        for token, kind in tokens.NETWORKS.items():
            outputs = _OWN_TABLE.get(kind, ())
            kept = set(map(id, self._refs.staying.get(token, ())))
            for record in self._refs.managed(token):
                address = self._networks.of_id(record.id) if id(record) in kept and record.id else record.urn
                for key in outputs:
                    own = record.outputs.get(key)
                    if isinstance(own, str) and own:
                        self._owners[own] = (address, "")
                takes = self._given.flag(record, "systemRouteTableRoutePropagationEnable") if kind == "VPC" else Given[bool]()
                if takes.blocker is not None or takes.value is False:
                    self._of(address).takes = takes

    def _read_tables(self) -> None:
        for record in self._refs.managed(tokens.NETWORK_TABLE):
            network = self._networks.address(record, "vpcId").value
            if network is None:
                continue
            if record.id:
                self._owners[record.id] = (network, record.urn)
            takes = self._given.flag(record, "routePropagationEnable")
            self._of(network).custom[record.urn] = takes if takes.is_set else Given(True)

    # ------------------------------------------------------------------ whose table

    def _table(self, record: Resource, key: str, steps: int = _STEPS) -> tuple[str | None, str]:
        """The network whose table a property names, and which of its tables; none where that is not told."""
        value, sources = value_of(record, key), record.property_dependencies.get(key, ())
        if is_known(value) and isinstance(value, str) and value in self._owners:
            return self._owners[value]
        owners: dict[tuple[str, str], None] = {}
        for urn in sources:
            kind, between = self._refs.kind_of(urn), self._refs.records.get(urn)
            if kind in tokens.NETWORKS:
                read = between is not None and between.change is Change.READ and between.id
                owners[(self._networks.of_id(str(between.id)) if read and between is not None else urn, "")] = None
            elif kind == tokens.NETWORK_TABLE and between is not None:
                network = self._networks.address(between, "vpcId").value
                if network is not None:
                    owners[(network, urn)] = None
            elif kind.startswith("data:") and between is not None:  # a look-up of a network's tables
                owners.update(
                    {
                        (item, ""): None
                        for item in between.dependencies
                        if kind_in_urn(item) in tokens.NETWORKS or self._refs.kind_of(item) in tokens.NETWORKS
                    }
                )
            elif (
                between is not None
                and between.type in (tokens.NETWORK_ENTRY, tokens.VPC_ENTRY, tokens.ADVERTISED_ENTRY)
                and steps
            ):
                network, table = self._table(between, "routeTableId", steps - 1)
                if network is not None:
                    owners[(network, table)] = None
        return next(iter(owners)) if len(owners) == 1 else (None, "")

    # ------------------------------------------------------------------ entries

    def _take_entry(self, record: Resource) -> None:
        table_key, block_key, hop_key = _ENTRIES[record.type]
        kind = Given(ATTACHMENT) if record.type == tokens.ENTRY_TO_ATTACHMENT else self._given.text(record, "nexthopType")
        if not kind.is_set and self._states(record, "nextHops"):
            said = f"which of the nextHops of {record.name} packets take is not looked at"
            kind = Given(None, Blocker(f"next hops of {record.urn}", said))
        network, table = self._table(record, table_key)
        attachment: str | None = None
        blocker = kind.blocker
        if kind.value == ATTACHMENT:
            attachment, unknown, _ = self._attachments.named(record, hop_key)
            blocker = blocker or unknown
            if network is None and attachment is not None:
                network = self._attachments.network_of(attachment)
        if network is None:
            return
        block = self._given.text(record, block_key)
        prefix = parsed(block.value) if block.value else None
        if block.value and prefix is None:
            return  # IPv6 is not judged
        self._of(network).entries.append(
            about(
                NetworkEntry,
                record,
                table=table,
                prefix=prefix,
                blocker=block.blocker or blocker,
                attachment=attachment,
                hop="" if kind.value == ATTACHMENT else kind.value or "",
            )
        )
        self.found[network].entries.sort(key=_URN)
        if not table and self._states(record, "routePublishTargets"):
            said = f"to what {record.name} publishes its route (routePublishTargets) is not looked at"
            self.found[network].advertised_blocker = Blocker(f"targets of {record.urn}", said)

    @staticmethod
    def _states(record: Resource, key: str) -> bool:
        """Whether an entry of the newer type states a list; one that the provider computes is unknown, and made of nothing."""
        value = value_of(record, key) if record.type == tokens.VPC_ENTRY else None
        return bool(value) if is_known(value) else bool(record.property_dependencies.get(key))

    def _take_advertised(self, record: Resource) -> None:
        network, table = self._table(record, "routeTableId")
        if (
            network is None or table
        ):  # those of custom tables are never published: https://www.alibabacloud.com/help/doc-detail/86980.htm
            return
        block = self._given.text(record, "cidrBlock")
        found = self._of(network)
        if block.blocker is not None:
            found.advertised_blocker = Blocker(block.blocker.key, block.blocker.text, block.blocker.settle)
        elif block.value and (prefix := parsed(block.value)) is not None:
            found.advertised.append((prefix, about(Subject, record)))
