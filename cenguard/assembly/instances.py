"""The instances of an input: declared, read, known by an id, or not identified."""

from collections.abc import Sequence

from cenguard.assembly.hidden_parts import blocker_of
from cenguard.assembly.properties import text_of
from cenguard.assembly.references import GIVE_THAT_STATE, References, choosing
from cenguard.network import Blocker, CenInstance
from cenguard.network.known import Inventory
from cenguard.resources import tokens
from cenguard.resources.records import READ, REPLACE, UPDATE, Resource
from cenguard.resources.urns import STACK_REFERENCE, name_in_urn
from cenguard.text.globs import means

INVENTORY_SETTLES = "an inventory, or the document of the stack it comes from, would settle it"

SHARED_SETTLES = (
    "the documents of the stacks that attach to it or buy for it, checked together with this one, "
    "and an inventory in which it is complete, would settle it"
)


class Instances:
    """One object for each instance, by its address: a URN, or `id:` and an id."""

    def __init__(self, references: References, inventory: Inventory, shared: Sequence[str]) -> None:
        self._refs, self._inventory, self._shared = references, inventory, shared
        self.found: dict[str, CenInstance] = {}
        leaving = [record for source in references.sources for record in source.retained]
        self._kept = {record.id: record for record in leaving if record.type == tokens.INSTANCE and record.id}
        """By id, instances that leave the program and stay in the cloud."""

    def _is_shared(self, *names: str | None) -> bool:
        return any(name and means(pattern, name) for pattern in self._shared for name in names)

    def declare(self, record: Resource) -> None:
        """Take in a resource that is an instance."""
        name, stands = record.name, record.stands
        title = text_of(record, "cenInstanceName") or text_of(record, "name")
        display = title if isinstance(title, str) else None
        known = self._inventory.instances.get(record.id or "")
        declared = record.change is not READ
        shared = self._is_shared(name, display, record.id, record.urn)
        blocker = None
        if not declared:
            blocker = Blocker(record.urn, f"CEN instance {record.label} is read, not made here", self._settles(record.id))
        elif shared:
            blocker = Blocker(
                record.urn, f"CEN instance {record.label} is shared with other stacks", self._settles(record.id, SHARED_SETTLES)
            )
        hidden = self._refs.hidden.get(record.urn)
        if blocker is None and hidden is not None:
            blocker = blocker_of(hidden, record.label)
        complete = known is not None and known.complete
        self.found[record.urn] = CenInstance(
            urn=record.urn,
            id=record.id,
            name=name,
            called=record.called,
            type=record.type,
            declared=declared,
            stands=stands,
            exists=(stands and not record.made_now) or record.change is UPDATE or (not declared and known is not None),
            is_new=declared and self._is_new(record),
            twins=tuple(item.urn for item in self._refs.twins(record)),
            complete=complete,
            packages_told=known is None or known.packages_told,
            blocker=None if complete else blocker,
            shared=shared,
            whole=complete or (declared and not shared and hidden is None),
        )

    def _is_new(self, record: Resource) -> bool:
        """Whether the update makes it; one that is updated has no id in the engine's call, but what names it has."""
        return record.is_made and (record.change is REPLACE or record.made_now or record.urn not in self._refs.named)

    def _settles(self, name: str | None, otherwise: str = INVENTORY_SETTLES) -> str:
        """What would settle what hangs on an instance not being wholly here."""
        if name in self._inventory.instances:
            return (
                f"`complete = true` for {name} in the inventory, once all its packages and attachments are there, would settle it"
            )
        return otherwise

    def by_id(self, name: str) -> CenInstance:
        """The instance of an id, wherever it is declared."""
        address = self._refs.ids.get(name, f"id:{name}")
        found = self.found.get(address)
        if found is None and (old := self._refs.replaced.get(name)) is not None:
            found = self.found[address] = CenInstance(
                id=name, name=f"the old {old.name}", type=tokens.INSTANCE, leaves=old.urn, stands=True, whole=True
            )
        if found is None:
            known = self._inventory.instances.get(name)
            complete = known is not None and known.complete
            kept = self._kept.get(name)
            blocker = Blocker(f"instance {name}", f"CEN instance {name} is not a resource of the input", self._settles(name))
            if kept is not None:
                settle = self._settles(name, "an inventory, or the document of the stack that takes it over, would settle it")
                blocker = Blocker(f"instance {name}", f"CEN instance {kept.label} leaves the program", settle)
            if (told := self._refs.handed_over.get(name)) is not None:
                blocker = Blocker(f"instance {name}", f"instance_id is output {told[0]} of {told[1]}", GIVE_THAT_STATE)
            found = self.found[address] = CenInstance(
                id=name,
                name=kept.name if kept is not None else name,
                called=kept.called if kept is not None else "",
                blocker=None if complete else blocker,
                exists=known is not None,
                shared=self._is_shared(name),
                whole=complete,
                complete=complete,
                packages_told=known is None or known.packages_told,
            )
        return found

    def of(self, record: Resource, key: str) -> CenInstance:
        """The instance that a property names; one that is not identified where the input does not tell."""
        sources = record.property_dependencies.get(key, ())
        if len(sources) == 1:
            direct = self.found.get(sources[0]) or self.found.get(self._refs.twin(sources[0]))
            if direct is not None:
                value = record.inputs.get(key)
                if not self._refs.contradicts(value, sources[0]):
                    return direct
                return self._of_a_known_id(str(value), direct)
        found = self._refs.resolve(record, key, tokens.INSTANCE, tokens.INSTANCE_KEYS)
        if len(found) == 1:
            return self._at(found[0])
        blocker = self._refs.unknown(record, key)
        address = "any of " + " ".join(found) if found else f"unknown {blocker.key}"
        instance = self.found.get(address)
        if instance is None:
            if found:
                names = " or ".join(self._at(item).label for item in found)
                blocker = Blocker(address, f"{key} of {record.label} may be that of {names}", choosing(record, "instance"))
            instance = self.found[address] = CenInstance(
                name=f"the instance of {record.name}",
                called=f"the instance of {record.label}",
                identified=False,
                blocker=blocker,
                candidates=tuple(self._at(item) for item in found),
                elsewhere=len(self._refs.sources) == 1 and any(self._refs.kind_of(urn) == STACK_REFERENCE for urn in sources),
            )
        return instance

    def _of_a_known_id(self, name: str, edge: CenInstance) -> CenInstance:
        """The instance of an id that is not the one of the resource that the edge leads to."""
        known = self._refs.ids.get(name)
        if known is not None or name in self._refs.replaced:
            return self.by_id(name)
        address = f"out of date {name}"
        found = self.found.get(address)
        if found is None:
            blocker = Blocker(
                address,
                f"what was made for {edge.label} names CEN instance {name}, and {edge.label} has the id {edge.id}",
                "`pulumi refresh` would settle it",
            )
            found = self.found[address] = CenInstance(id=name, name=name, identified=False, blocker=blocker, elsewhere=True)
        return found

    def _at(self, address: str) -> CenInstance:
        """The instance at an address: a URN of the input, a URN read elsewhere, or an id."""
        known = self.found.get(address)
        if known is not None:
            return known
        if address.startswith("id:"):
            return self.by_id(address.removeprefix("id:"))
        name = name_in_urn(address)
        blocker = Blocker(address, f"CEN instance {name} is read, not made here", INVENTORY_SETTLES)
        found = self.found[address] = CenInstance(
            urn=address, id=self._refs.unseen.get(address), name=name, type=tokens.INSTANCE, blocker=blocker
        )
        return found
