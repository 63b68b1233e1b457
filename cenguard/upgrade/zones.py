"""Zones and vSwitches of the networks that become attachments of a transit router: known from the input, or from a file.

An Enterprise attachment of a VPC is reached in zones, each by a vSwitch of the VPC; a Basic one has none of that, so an
input need not tell them. The file that asks for them is written once, filled in by hand, and read from then on.

Source: CreateTransitRouterVpcAttachment, `ZoneMappings`: 1 to 10 zones, two are recommended.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cenguard.errors import UnreadableInput, nearest, shown
from cenguard.geography.zones import MOST_ZONES, lies_in
from cenguard.network.details import Switch
from cenguard.network.known import KnownSwitch
from cenguard.text.faults import Faults
from cenguard.text.printable import listed
from cenguard.text.tables import Table, read_toml
from cenguard.text.toml_text import file_text, key_text, value_text, write_new
from cenguard.upgrade.before import Held, Today

TABLE = "network"
"""The table of the file that holds one table a network."""
ENOUGH = 2
"""Zones of an attachment: with one, its failure cuts the VPC off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A VPC that needs zones, and what of them is known."""

    network: str
    """URN, else id."""
    id: str | None
    name: str
    region: str
    needed: int
    """Zones without which the attachment is not complete: one where the region sells one, else two."""
    zones: Mapping[str, str] = field(default_factory=dict)
    """vSwitch (URN, else id) by zone, sorted by zone."""

    @property
    def is_complete(self) -> bool:
        """Whether as many zones are known as are needed."""
        return len(self.zones) >= self.needed

    @property
    def key(self) -> str:
        """What the file calls it."""
        return self.id or self.network


@dataclass(frozen=True, slots=True)
class _Switch:
    """A vSwitch that the input or an inventory tells."""

    id: str
    """Its URN where no id is known."""
    address: str
    """URN, else id."""
    network: str | None
    """Address of its VPC."""
    zone: str | None


class Zones:
    """The zones of one instance's networks: from the input, and over that from a file."""

    def __init__(self, today: Today, ids: Mapping[str, str], known: Iterable[KnownSwitch] = ()) -> None:
        """Take what the input tells.

        Args:
            today: the instance whose networks are looked at.
            ids: id by URN, of what the input knows one of.
            known: the vSwitches of inventories.
        """
        self._catalogue, self._ids = today.network.catalogue, ids
        self._names = _Names(today, ids)
        self._switches = {switch.address: switch for switch in _switches(today, ids, known, self._names)}
        self._called = _by_name(self._names_of_switches(today.network.details.switches.values()))
        by_network: dict[str, list[_Switch]] = {}
        for switch in sorted(self._switches.values(), key=lambda item: (item.id, item.address)):
            by_network.setdefault(switch.network or "", []).append(switch)
        self.placed: dict[str, Placed] = {
            held.address: self._of_input(held, by_network.get(held.address, [])) for held in today.held if held.kind == "VPC"
        }
        """By the network's address: URN, else id."""

    def _names_of_switches(self, declared: Iterable[Iterable[Switch]]) -> Iterable[tuple[str, str]]:
        for switch in self._switches.values():
            yield switch.address, switch.address
            if switch.id != switch.address:
                yield switch.id, switch.address
        for switches in declared:
            for item in switches:
                yield item.name, item.urn

    def of(self, address: str) -> dict[str, str] | None:
        """The vSwitch of each zone of a network; None while too few are known."""
        found = self.placed.get(address)
        return dict(found.zones) if found is not None and found.is_complete else None

    @property
    def asked(self) -> tuple[Placed, ...]:
        """The networks of which too few zones are known, by address."""
        return tuple(item for _, item in sorted(self.placed.items()) if not item.is_complete)

    def _of_input(self, held: Held, switches: Iterable[_Switch]) -> Placed:
        row = self._catalogue.regions.get(held.region)
        needed = 1 if row is not None and row.router_zones == "one" else ENOUGH
        chosen: dict[str, str] = {}
        for switch in switches:
            if switch.zone and lies_in(switch.zone, held.region, self._catalogue):
                chosen.setdefault(switch.zone, switch.address)
        return Placed(
            network=held.address,
            id=held.id or self._ids.get(held.address),
            name=held.name,
            region=held.region,
            needed=needed,
            zones=dict(sorted(chosen.items())[:needed]),
        )

    # ------------------------------------------------------------------ the file

    def read(self, path: Path) -> None:
        """Take what a file says, over what the input tells.

        Raises:
            InvalidSettings: it cannot be read, or says something that cannot be; with the line.
        """
        file = read_toml(path)
        file.allow(TABLE)
        faults = Faults()
        said: dict[str, str] = {}
        for key, table in file.subtable(TABLE, f"tables were expected: write [{TABLE}.ID],").tables():
            address = faults.read(lambda table=table, key=key: self._names.address(table, key), None)  # type: ignore[misc]
            if address is None:
                continue
            if address in said:
                faults.add(table.refuse_whole(f"is the network of [{TABLE}.{key_text(said[address])}]: keep one of the two"))
                continue
            said[address] = key
            faults.read(lambda table=table, address=address: self._take(table, address), None)  # type: ignore[misc]
        faults.told()

    def _take(self, table: Table, address: str) -> None:
        kind = self._names.kinds[address]
        if kind != "VPC":
            raise table.refuse_whole(f"is a {kind}, which needs no zones: leave the table out")
        if len(table.values) > MOST_ZONES:
            raise table.refuse_whole(f"names {len(table.values)} zones, and an attachment takes at most {MOST_ZONES}")
        region = self._names.regions.get(address)
        zones: dict[str, str] = {}
        for zone in table.values:
            zones[zone] = self._switch(table, zone, address, region, zones)
        placed = self.placed.get(address)
        if placed is not None and zones:
            self.placed[address] = Placed(
                network=address,
                id=placed.id,
                name=placed.name,
                region=placed.region,
                needed=placed.needed,
                zones=dict(sorted(zones.items())),
            )

    def _switch(self, table: Table, zone: str, address: str, region: str | None, before: Mapping[str, str]) -> str:
        """The vSwitch that a file names for a zone: its URN where the input has it, else its id."""
        catalogue = self._catalogue
        if region is not None and not lies_in(zone, region, catalogue):
            home = catalogue.region_of_zone(zone)
            lies = f"lies in {home}" if home and home != region else "is no zone"
            raise table.refuse(zone, f"{lies}, and the network lies in {region}, whose zones begin with its id")
        said = table.required_text(zone)
        if said.startswith(("vpc-", "vbr-", "cen-", "cenbwp-", "tr-")):
            raise table.refuse(zone, f"the id of a vSwitch was expected, not {shown(said)}")
        named = self._called.get(said, ())
        found = named[0] if len(named) == 1 else None
        if found is not None:
            switch = self._switches[found]
            if switch.zone and switch.zone != zone:
                raise table.refuse(zone, f"{shown(said)} is a vSwitch of {switch.zone}")
            if switch.network and switch.network != address:
                raise table.refuse(zone, f"{shown(said)} is a vSwitch of {self._names.name_of(switch.network)}")
        switch_address = found or said
        first = next((other for other, named in before.items() if named == switch_address), None)
        if first is not None:
            raise table.refuse(zone, f"{shown(said)} is the vSwitch of {first} as well: a vSwitch lies in one zone")
        return switch_address

    def write(self, path: Path) -> None:
        """Write the file that asks for what is not known, with what is known filled in.

        Raises:
            UnreadableInput: it is there already, or cannot be written.
        """
        write_new(path, zones_text(self.asked, self._ids))


def zones_text(asked: Sequence[Placed], ids: Mapping[str, str]) -> str:
    """The file that asks for zones: a table for each network, a comment with its region, and what is known.

    Args:
        asked: the networks of which too few zones are known.
        ids: id by URN.
    """
    head = [
        "Which vSwitches the routers reach these VPCs in: for each zone the id of one vSwitch of the VPC, two zones each.",
        'A line for each zone below the name of its VPC, as in cn-beijing-h = "vsw-2ze7h". Then give this file with --zones again.',
    ]
    return file_text(head, [_table_text(item, ids) for item in asked])


def _table_text(item: Placed, ids: Mapping[str, str]) -> str:
    missing = item.needed - len(item.zones)
    called = f"{item.name}, " if item.name and item.name != item.key else ""
    more = f"{missing} more zone{'' if missing == 1 else 's'}" if item.zones else f"{missing} zone{'' if missing == 1 else 's'}"
    lines = [f"[{TABLE}.{key_text(item.key)}]", f"# {' '.join(f'{called}{item.region}: {more}'.split())}"]
    lines += [f"{key_text(zone)} = {value_text(ids.get(switch, switch))}" for zone, switch in item.zones.items()]
    return "\n".join(lines) + "\n"


class _Names:
    """What a file may call the networks and the vSwitches of an input: URN, id or name."""

    def __init__(self, today: Today, ids: Mapping[str, str]) -> None:
        network = today.network
        self._ids = ids
        self.kinds: dict[str, str] = {}
        """Kind by address, of every network that the input has or attaches."""
        self.regions: dict[str, str] = {}
        self._called: dict[str, str] = {}
        for held in today.held:
            self._learn(held.address, held.kind, held.name, held.region)
        for address, made in network.details.networks.items():
            self._learn(address, made.kind, made.name, made.region.value)
        for item in network.attachments:
            joining = network.details.joinings.get(item.urn or "")
            address_of = joining.network_address if joining is not None else item.network
            if address_of:
                self._learn(address_of, item.kind, address_of, item.region)
        self._by_name = _by_name((*((name, address) for address, name in self._called.items()), *self._named_by_id()))

    def _learn(self, address: str, kind: str, name: str, region: str | None) -> None:
        self.kinds.setdefault(address, kind)
        self._called.setdefault(address, name)
        if region:
            self.regions.setdefault(address, region)

    def _named_by_id(self) -> Iterable[tuple[str, str]]:
        for address in self.kinds:
            yield address, address
            if (found := self._ids.get(address)) is not None:
                yield found, address

    def of_id(self, identifier: str) -> str:
        """The address of the network of an id."""
        found = self._by_name.get(identifier, ())
        return found[0] if len(found) == 1 else identifier

    def name_of(self, address: str) -> str:
        """What people call a network."""
        return self._called.get(address, address)

    def address(self, table: Table, key: str) -> str:
        """The network that a table of the file is about.

        Raises:
            InvalidSettings: the input has none of that name, or several.
        """
        found = self._by_name.get(key, ())
        if not found:
            close = nearest(key, self._by_name)
            raise table.refuse_whole(f"is no network of the input{f'; did you mean {close}?' if close else ''}")
        if len(found) > 1:
            several = " or ".join(sorted(self._ids.get(address, address) for address in found))
            raise table.refuse_whole(f"is the name of several networks: write {several}")
        return found[0]


def _switches(today: Today, ids: Mapping[str, str], known: Iterable[KnownSwitch], names: _Names) -> Iterable[_Switch]:
    """The vSwitches of the input, and those of inventories that the input has not."""
    told: set[str] = set()
    for switches in today.network.details.switches.values():
        for switch in switches:
            identifier = ids.get(switch.urn, switch.urn)
            told.add(identifier)
            yield _Switch(identifier, switch.urn, switch.network, switch.zone.value)
    for row in known:
        if row.id not in told:
            yield _Switch(row.id, row.id, names.of_id(row.network), row.zone)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for name, address in pairs:
        found.setdefault(name, {})[address] = None
    return {name: tuple(addresses) for name, addresses in found.items()}


class ZonesFile:
    """The file of `--zones`: read where it is there, written where it is not and zones are missing."""

    def __init__(self, path: Path | None, known: Iterable[KnownSwitch] = ()) -> None:
        """Take the file, None where nobody gave one; and the vSwitches of inventories."""
        self._path, self._known = path, tuple(known)
        self._zones: Zones | None = None

    def zones_of(self, today: Today, ids: Mapping[str, str]) -> Callable[[str], dict[str, str] | None]:
        """What knows the zones of a network by its address.

        Raises:
            InvalidSettings: the file says something that cannot be.
        """
        self._zones = Zones(today, ids, self._known)
        if self._path is not None and os.path.lexists(self._path):
            self._zones.read(self._path)
        return self._zones.of

    @property
    def asked(self) -> tuple[Placed, ...]:
        """The networks of which too few zones are known, by address."""
        return self._zones.asked if self._zones is not None else ()

    def write(self) -> bool:
        """Write the file where it is not there and a network needs it; whether it did.

        Raises:
            UnreadableInput: it cannot be written.
        """
        if self._zones is None or self._path is None or not self.asked or os.path.lexists(self._path):
            return False
        self._zones.write(self._path)
        return True

    def refusal(self) -> UnreadableInput:
        """The error of a program that cannot be written before more zones are known."""
        names = listed(item.name if item.name == item.key else f"{item.name} ({item.key})" for item in self.asked)
        if self._path is None:
            return UnreadableInput(
                "--program", f"zones and vSwitches are not known of {names}: --zones FILE writes a file that asks for them"
            )
        return UnreadableInput(str(self._path), f"zones and vSwitches are missing of {names}: fill them in there")
