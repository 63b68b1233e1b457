"""The bandwidth packages of an input: declared, read, in an inventory, or known by an id only."""

from msgspec import structs

from cenguard.assembly.properties import as_number, mbps_of, text_of, value_of
from cenguard.assembly.references import References, choosing
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.network import BandwidthPackage, Blocker, mbps_text
from cenguard.network.known import NORMAL, Inventory, KnownPackage
from cenguard.resources import tokens
from cenguard.resources.kept_values import as_bought
from cenguard.resources.records import CREATE, READ, REPLACE, Resource, decode_properties
from cenguard.resources.urns import name_in_urn
from cenguard.resources.values import UNKNOWN, is_known

INVENTORY = "the inventory"
UNTOLD_PACKAGE = "the package of "
"""How a package is called that nothing tells: it has neither a URN nor an id, only what names it."""


def _lock(record: Resource, known: KnownPackage | None) -> tuple[str | None, str]:
    """Why a package of the input is locked, and who says so: the newer word is the inventory's."""
    if known is not None:
        return (known.locked, INVENTORY) if known.locked else (None, "")
    word = record.outputs.get("businessStatus")
    return (word, "the state") if isinstance(word, str) and word not in ("", NORMAL) else (None, "")


def _lowered(known: KnownPackage | None) -> str:
    """Why a package holds less than was bought, where an upgrade for a time is over or a renewal made it smaller."""
    return f"since {known.lowered_since}, as the inventory's reservation says" if known and known.lowered_since else ""


def _told(record: Resource) -> Resource:
    """A package with what is told of it among its inputs: of one that is read, a state has that as its outputs, secrets among them."""
    if record.change is not READ or not record.outputs:
        return record
    return structs.replace(record, inputs={**decode_properties(record.outputs), **record.inputs})


def _sets_one_area(record: Resource) -> bool:
    """Whether a package sets one of its two areas, known or not, and says no more: whatever that one will be, the other is missing."""
    listed = value_of(record, "geographicRegionIds")
    return listed is None and (value_of(record, "geographicRegionAId") is None) != (
        value_of(record, "geographicRegionBId") is None
    )


class Packages:
    """One object for each package, by its address: a URN, or `id:` and an id."""

    def __init__(self, references: References, catalogue: Catalogue, inventory: Inventory) -> None:
        self._refs, self._catalogue, self._inventory = references, catalogue, inventory
        self.found: dict[str, BandwidthPackage] = {}

    def declare(self, record: Resource) -> None:
        """Take in a resource that is a package, with what other stacks hold of it."""
        package = self.found[record.urn] = self._declared(record)
        others = self._refs.twins(record)
        if not others:
            return
        package.twins = tuple(map(self._declared, others))
        for item in package.twins:
            item.attached, item.drawn_by = package.attached, package.drawn_by
        said = sorted({item.mbps for item in (package, *package.twins) if item.mbps is not None and item.stands})
        if len(said) > 1:
            package.mbps_blocker = Blocker(
                f"bandwidth {record.urn}",
                f"one state says {mbps_text(said[0])} of package {package.id}, and another one {mbps_text(said[-1])}",
                "`pulumi refresh` or `terraform apply -refresh-only` of both would settle it",
            )
            package.mbps = None

    def keep(self, record: Resource) -> None:
        """Take in a package that leaves the program and stays in the cloud."""
        package = self._declared(record)
        package.urn, package.declared, package.retained, package.stands = None, False, True, True
        self.found[f"id:{record.id}" if record.id else record.urn] = package

    def area_pair_of(self, record: Resource) -> AreaPair | None:
        """The areas that a package joins, where both are known."""
        words, blocker = self._area_words(_told(record))
        known = blocker is None and len(words) == 2 and all(map(self._catalogue.knows_area, words))
        return area_pair(words[0], words[1]) if known else None

    def _declared(self, record: Resource) -> BandwidthPackage:
        known = self._inventory.packages.get(record.id or "")
        declared = record.change is not READ
        if not declared and known is not None:
            return self._from_inventory(record.id or "", urn=record.urn)
        name, stands, told = record.name, record.stands, _told(record)
        words, blocker = self._area_words(told)
        misspelt = tuple(sorted({word for word in words if not self._catalogue.knows_area(word)}))
        awaited = declared and blocker is not None and _sets_one_area(record)
        incomplete = awaited or (blocker is None and len(words) < 2)
        if incomplete:
            blocker = Blocker(
                f"areas {record.urn}",
                f"package {record.label} sets {'one area only' if words or awaited else 'no area'}",
                "set both areas",
            )
        elif misspelt:
            blocker = Blocker(
                f"areas {record.urn}",
                f"package {record.label} names no area of the service: {misspelt[0]!r}",
                "spell the area as the service does",
            )
        if not declared and not record.outputs:
            incomplete = False
            blocker = Blocker(
                record.urn,
                f"package {record.label} is read, and its areas are not known",
                "an inventory entry for it would settle it",
            )
        raw = value_of(told, "bandwidth") if declared else told.inputs.get("bandwidth", UNKNOWN)
        payment = text_of(record, "paymentType") or text_of(record, "chargeType")
        period = value_of(record, "period")
        renew = value_of(record, "autoRenew")
        mbps, mbps_blocker = mbps_of(told, "bandwidth", raw, self._refs.unknown)
        lowered = known is not None and stands and mbps is not None and known.lowered_since is not None
        if lowered and known is not None and known.bandwidth is not None and mbps is not None:
            mbps = min(mbps, known.bandwidth)
        locked, locked_source = _lock(record, known)
        return BandwidthPackage(
            urn=record.urn,
            id=record.id,
            name=name,
            called=record.called,
            type=record.type,
            declared=declared,
            stands=stands,
            area_pair=None if blocker else area_pair(words[0], words[1]),
            areas=words,
            areas_blocker=blocker,
            areas_listed=value_of(record, "geographicRegionIds") is not None,
            areas_incomplete=incomplete,
            area_awaited=awaited,
            misspelt=misspelt,
            mbps=mbps,
            mbps_note=_lowered(known) if lowered else "",
            mbps_blocker=mbps_blocker,
            locked=locked,
            locked_source=locked_source,
            payment=payment if isinstance(payment, str) else None,
            period=int(number) if isinstance(number := as_number(period), (int, float)) else None,
            auto_renew=renew if isinstance(renew, bool) else None,
            in_use=record.outputs.get("status") == "InUse",
            is_new=record.is_made,
            protected=record.is_protected or record.retain_on_delete,
            replaced=record.change is REPLACE,
        )

    def _area_words(self, record: Resource) -> tuple[tuple[str, ...], Blocker | None]:
        """The area words that are known, and why the pair cannot be told; one in the deprecated list means it twice."""
        source = record.inputs
        words: list[str] = []
        blocker: Blocker | None = None
        keyed = False
        for key in ("geographicRegionAId", "geographicRegionBId"):
            value = source.get(key, value_of(record, key))
            if not is_known(value):
                keyed = True
                blocker = blocker or self._refs.unknown(record, key)
            elif value not in (None, ""):
                keyed = True
                words.append(str(value))
        if keyed:
            return self._as_asked_for(record, words), blocker
        listed = source.get("geographicRegionIds", value_of(record, "geographicRegionIds"))
        if not is_known(listed):
            return (), self._refs.unknown(record, "geographicRegionIds")
        for value in listed if isinstance(listed, list) else ():
            if not is_known(value):
                blocker = blocker or self._refs.unknown(record, "geographicRegionIds")
            elif value not in (None, ""):
                words.append(str(value))
        if len(words) == 1 and blocker is None:
            words *= 2
        return self._as_asked_for(record, words), blocker

    def _as_asked_for(self, record: Resource, words: list[str]) -> tuple[str, ...]:
        """Area words of what stands as one asks for them: the service answers in small letters, and a state may have those."""
        if record.change in (CREATE, REPLACE) and not record.imported:
            return tuple(words)
        return tuple([asked if self._catalogue.knows_area(asked) else word for word in words for asked in [as_bought(word)]])

    def _from_inventory(self, name: str, urn: str | None = None) -> BandwidthPackage:
        known = self._inventory.packages[name]
        return BandwidthPackage(
            urn=urn,
            id=name,
            name=name,
            area_pair=known.area_pair,
            areas=known.area_pair.names,
            mbps=known.bandwidth,
            mbps_blocker=Blocker(
                f"package {name}", f"the inventory gives no bandwidth for package {name}", "add bandwidth to its entry"
            )
            if known.bandwidth is None
            else None,
            mbps_note=_lowered(known),
            from_inventory=True,
            locked=known.locked,
            locked_source=INVENTORY if known.locked else "",
        )

    def by_id(self, name: str) -> BandwidthPackage:
        """The package of an id, wherever it is declared."""
        address = self._refs.ids.get(name, f"id:{name}")
        found = self.found.get(address)
        old = self._refs.replaced.get(name) if found is None else None
        if old is not None:
            found = self._declared(old)
            found.urn, found.id, found.declared, found.leaves = None, name, False, old.urn
        if found is None and name in self._inventory.packages:
            found = self._from_inventory(name)
        if found is None and (blocker := self._refs.out_of_date.get(name)) is not None:
            found = BandwidthPackage(name=name, areas_blocker=blocker, mbps_blocker=blocker, out_of_date=blocker)
        if found is None:
            blocker = Blocker(
                f"package {name}", f"package {name} is not a resource of the input", "an inventory entry for it would settle it"
            )
            found = BandwidthPackage(id=name, name=name, areas_blocker=blocker, mbps_blocker=blocker)
        self.found[address] = found
        return found

    def of(self, record: Resource, key: str) -> BandwidthPackage:
        """The package that a property names; one without areas where the input does not tell."""
        found = self._refs.resolve(record, key, tokens.PACKAGE, tokens.PACKAGE_KEYS)
        if len(found) == 1:
            address = found[0]
            known = self.found.get(address)
            if known is not None:
                return known
            if address.startswith("id:"):
                return self.by_id(address.removeprefix("id:"))
            name = name_in_urn(address)
            blocker = Blocker(
                address, f"package {name} is read, and its areas are not known", "an inventory entry for it would settle it"
            )
            read = self.found[address] = BandwidthPackage(
                urn=address,
                id=self._refs.unseen.get(address),
                name=name,
                type=tokens.PACKAGE,
                areas_blocker=blocker,
                mbps_blocker=blocker,
            )
            return read
        blocker = self._refs.unknown(record, key)
        if found:
            names = " or ".join(name_in_urn(item).removeprefix("id:") for item in found)
            blocker = Blocker(" ".join(found), f"{key} of {record.label} may be that of {names}", choosing(record, "package"))
        return BandwidthPackage(
            name=f"{UNTOLD_PACKAGE}{record.name}",
            called=f"{UNTOLD_PACKAGE}{record.label}",
            may_be_none=not found,
            areas_blocker=blocker,
            mbps_blocker=blocker,
        )
