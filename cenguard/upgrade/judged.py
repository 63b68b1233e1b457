"""The new network judged: what rules say of its resources, with an inventory of the packages that are kept.

The inventory is what stands beside the resources of the new network and is not of them: its packages, and whether the
instance has anything else.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from msgspec import structs

from cenguard.findings.report import Report
from cenguard.findings.upgrade_answer import NewFindings
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.network.known import UNKNOWN_BILLING, Inventory, KnownInstance, KnownPackage, KnownPeer
from cenguard.resources.records import Records
from cenguard.upgrade.before import Today
from cenguard.upgrade.parts import NewPeer, OldPackage
from cenguard.upgrade.records import Ids, NewNetwork


def inventory_beside(
    today: Today,
    new: NewNetwork,
    peers: Iterable[NewPeer],
    packages: Iterable[OldPackage],
    sources: Sequence[Records],
    options: Options,
    ids: Ids,
) -> Inventory:
    """What the new network rests on.

    The packages that peers draw on, with their Mbps; the instance, complete where the input has all of it; and what joins a
    CCN, which no program declares and of which neither Mbps nor payment are known.
    """
    kept = [item.package for item in packages if item.fate != "idle" and item.package.area_pair is not None]
    return Inventory(
        source="network.inventory.toml",
        taken=taken_of(sources, options),
        packages={
            (name := ids.of_package(item)): KnownPackage(
                id=name, area_pair=item.area_pair, bandwidth=item.mbps, instance=new.cen, locked=item.locked
            )
            for item in kept
            if item.area_pair is not None
        },
        instances={new.cen: KnownInstance(id=new.cen, complete=today.instance.whole)},
        peers=tuple(
            KnownPeer(instance=new.cen, regions=item.regions, billing=UNKNOWN_BILLING) for item in peers if item.pair.of_a_ccn
        ),
    )


def taken_of(sources: Sequence[Records], options: Options) -> dt.date:
    """The newest day that a document or an inventory of the input tells, else the day of the check."""
    told = [day for source in sources if (day := _day(source.taken)) is not None]
    told += [part.taken for part in (*options.inventory.parts, options.inventory) if part.taken is not None]
    return max(told) if told else options.day


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def judged(new: NewNetwork, inventory: Inventory, options: Options) -> NewFindings:
    """How many findings the new network has, by the user's own levels and without any waiver."""
    return counted(report_of(new, inventory, options))


def report_of(new: NewNetwork, inventory: Inventory, options: Options) -> Report:
    """What a check of the new network says."""
    settings = structs.replace(options.settings, waivers=(), expect=(), output={})
    return check([new.records], structs.replace(options, settings=settings, inventory=inventory, base=None, fixes=False))


def counted(report: Report) -> NewFindings:
    """How many findings a report has."""
    found = report.summary
    return NewFindings(mandatory=found.mandatory, advisory=found.advisory, undetermined=found.undetermined)
