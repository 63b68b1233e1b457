"""Records → what a fix must know of them beside the network."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import Any

from cenguard.assembly.references import References
from cenguard.network.surroundings import Left, Surroundings, Users
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address, parse
from cenguard.resources.default_providers import is_of_program
from cenguard.resources.provider_names import provider_name
from cenguard.resources.records import Change, Resource
from cenguard.resources.urns import names_in_urns, type_in_urn
from cenguard.resources.values import is_known

_URN = attrgetter("urn")
_SAID = {
    tokens.PACKAGE: frozenset(
        {
            "bandwidth",
            "cenBandwidthPackageName",
            "geographicRegionAId",
            "geographicRegionBId",
            "paymentType",
            "period",
            "autoRenew",
        }
    ),
    tokens.PACKAGE_ATTACHMENT: frozenset({"instanceId", "bandwidthPackageId"}),
    tokens.LIMIT: frozenset({"instanceId", "regionIds", "bandwidthLimit"}),
    tokens.PEER: frozenset(
        {
            "cenId",
            "transitRouterId",
            "peerTransitRouterId",
            "peerTransitRouterRegionId",
            "bandwidth",
            "bandwidthType",
            "cenBandwidthPackageId",
            "defaultLinkType",
            "autoPublishRouteEnabled",
            "transitRouterPeerAttachmentName",
            "transitRouterAttachmentDescription",
        }
    ),
}
"""Arguments of what Terraform deletes: its states hold what the provider answered beside them, and nothing tells them apart."""


def surroundings_of(references: References) -> Surroundings:
    """The surroundings of one input."""
    records = references.records

    def provider_of(urn: str) -> str | None:
        record = records.get(urn)
        return _provider(record, records) if record is not None else None

    def old(urn: str) -> Mapping[str, Any]:
        record = records.get(urn)
        if record is None or record.old is None or record.change not in (Change.UPDATE, Change.REPLACE):
            return {}
        if is_address(urn) or record.view_of:  # old states of Terraform hold the provider's answers as well
            keys = [key for key, value in record.inputs.items() if is_known(value)]
        else:
            keys = [key for key in {**record.old, **record.inputs} if not key.startswith("__")]
        found = {key: record.old.get(key) for key in keys if record.old.get(key) != record.inputs.get(key)}
        return {key: value for key, value in found.items() if is_known(value)}

    def keeps(urn: str, key: str) -> bool:
        record = records.get(urn)
        if record is None or record.old is None or record.change is not Change.UPDATE:
            return False
        if key == "region":  # its provider's
            record = records.get(record.provider, record)
        was, now = (record.old or record.inputs).get(key), record.inputs.get(key)
        if isinstance(was, list) and isinstance(now, list):  # the provider keeps no order of regions
            return sorted(map(repr, was)) == sorted(map(repr, now))
        return bool(was == now)

    def users() -> Users:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for record in records.values():
            for key, sources in record.property_dependencies.items():
                for urn in sources:
                    found[urn].append((record.urn, key))
        return {urn: tuple(sorted(items)) for urn, items in found.items()}

    return Surroundings(
        names=frozenset(chain.from_iterable(names_in_urns(map(_URN, items)) for items in references.by_type.values())),
        provider_of=provider_of,
        users_maker=users,
        left={item.urn: item for item in _left(references)},
        old=old,
        keeps=keeps,
    )


def _left(references: References) -> Iterator[Left]:
    """What the change deletes, and could be said again."""
    gone = {record.urn: record for source in references.sources for record in source.deleted}
    known = (tokens.INSTANCE, tokens.PACKAGE, tokens.ROUTER)
    ids = {record.id: record.urn for record in gone.values() if record.id and record.type in known} | dict(references.ids)
    for record in gone.values():
        said = _SAID.get(record.type, frozenset()) if is_address(record.urn) else record.inputs.keys()
        values = {
            key: value for key, value in record.inputs.items() if key in said and not key.startswith("__") and value is not None
        }
        if is_address(record.urn):  # what is not set is an empty text in a state, which no program may say
            values = {key: value for key, value in values.items() if value != ""}
        if not values or record.urn in references.records or not _is_plain(record) or not all(map(is_known, values.values())):
            continue
        sources: dict[str, tuple[str, str]] = {}
        for key, value in values.items():
            named = record.property_dependencies.get(key, ())
            urn = named[0] if len(named) == 1 else ids.get(value) if key in tokens.REFERENCES.get(record.type, ()) else None
            target = gone.get(urn or "") or references.records.get(urn or "")
            output = _output(target, value) if target is not None else None
            if target is not None and output is not None:
                sources[key] = (target.urn, output)
        there = [urn for urn in record.dependencies if urn in references.records or urn in gone]
        used = {urn for urn, _ in sources.values()}
        yield Left(
            urn=record.urn,
            type=record.type,
            name=record.name,
            values=values,
            sources=sources,
            waits=tuple(urn for urn in there if urn not in used and not urn.partition("::")[2].startswith("pulumi:")),
            provider=_provider(record, references.records),
        )


def _provider(record: Resource, records: Mapping[str, Resource]) -> str | None:
    """The provider of a resource, as an edit names it."""
    urn = record.provider
    return urn if is_of_program(record, records.get(urn)) else provider_name(urn) if urn else None


def _is_plain(record: Resource) -> bool:
    """Whether its name alone says which resource it is: no module, component or loop is around it, and no other provider's bridge."""
    if not is_address(record.urn):
        return type_in_urn(record.urn) == record.type and "$" not in record.urn.split("::", 3)[2]
    found = parse(record.urn)
    return found is not None and not found.modules and not found.key


def _output(target: Resource, value: Any) -> str | None:
    """The output of a resource that had a value."""
    if value == target.id:
        return "id"
    return next((key for key, known in target.outputs.items() if known == value and key != "id"), None)
