"""What a resource that cannot be read may add to what can: a package, an attachment, a limit of an instance it depends on."""

from collections.abc import Mapping, Sequence

from cenguard.network import BandwidthPackage, Blocker, CenInstance, PackageAttachment
from cenguard.resources import tokens
from cenguard.resources.records import Records, Resource, Unread
from cenguard.resources.urns import name_in_urn

_REACHED = (tokens.INSTANCE, tokens.PACKAGE)


def reached_by_unread(sources: Sequence[Records], records: Mapping[str, Resource]) -> dict[str, Unread]:
    """Instances and packages that a resource depends on which cannot be read, by URN.

    Where a document does not tell what depends on what, that is every one of its source.
    """
    found: dict[str, Unread] = {}
    for source in sources:
        for item in source.unread:
            if item.advisory:
                continue
            if source.tells_dependencies:
                reached = _reached(item.urn, records)
            else:
                reached = [record.urn for record in source.resources if record.type in _REACHED]
            for urn in reached:
                found.setdefault(urn, item)
    return found


def _reached(start: str, records: Mapping[str, Resource]) -> list[str]:
    seen, waiting, found = {start}, [start], []
    while waiting:
        record = records.get(waiting.pop())
        if record is None:
            continue
        if record.type in _REACHED:
            found.append(record.urn)
        edges = (*record.dependencies, *(urn for urns in record.property_dependencies.values() for urn in urns))
        waiting += [urn for urn in dict.fromkeys(edges) if urn not in seen]
        seen.update(edges)
    return found


def blocker_of(item: Unread, name: str) -> Blocker:
    """What hangs on a part that cannot be read."""
    return Blocker(item.urn, f"{name_in_urn(item.urn)}, which cannot be read, may hold parts of {name}", item.cure)


def attached_unseen(package: BandwidthPackage, item: Unread) -> PackageAttachment:
    """A package that a resource depends on which cannot be read may be attached by it, to whatever instance."""
    name = name_in_urn(item.urn)
    instance = CenInstance(name=f"an instance in {name}", identified=False, blocker=blocker_of(item, package.label))
    return PackageAttachment(name=f"an attachment in {name}", instance=instance, package=package)
