"""Records → what a fix must know of them beside the network."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from cenguard.assembly.references import References
from cenguard.network.surroundings import Surroundings
from cenguard.resources.provider_names import provider_name
from cenguard.resources.records import Change
from cenguard.resources.values import is_known


def surroundings_of(references: References) -> Surroundings:
    """The surroundings of one estate."""
    records = references.records

    def provider_of(urn: str) -> str | None:
        record = records.get(urn)
        return provider_name(record.provider) if record is not None and record.provider else None

    def old(urn: str) -> Mapping[str, Any]:
        record = records.get(urn)
        if record is None or record.old is None or record.change not in (Change.UPDATE, Change.REPLACE):
            return {}
        keys = {*record.old, *record.inputs}
        found = {key: record.old.get(key) for key in keys if record.old.get(key) != record.inputs.get(key)}
        return {key: value for key, value in found.items() if is_known(value)}

    users: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record in records.values():
        for key, sources in record.property_dependencies.items():
            for urn in sources:
                users[urn].append((record.urn, key))
    return Surroundings(
        names=frozenset(record.name for record in records.values()),
        provider_of=provider_of,
        users={urn: tuple(sorted(found)) for urn, found in users.items()},
        old=old,
    )
