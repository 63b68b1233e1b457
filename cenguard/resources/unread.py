"""What may hold a CEN and cannot be read: a pass would be empty, so each such resource is said (CEN904).

Types of CEN that no table knows, Terraform modules and components whose resources the document does not show, and dynamic
resources that a program's own code makes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any

from cenguard.resources.modules import CONSTRUCTED, EXPANDED
from cenguard.resources.records import Records, Resource, SourceKind, Unread
from cenguard.resources.roads import is_alicloud
from cenguard.resources.type_table import VIEW, names_cen, native_type, snake, spelling
from cenguard.resources.urns import kind_in_urn

_TYPE = attrgetter("type")
DYNAMIC = ("pulumi-python:dynamic", "pulumi-nodejs:dynamic")
"""Types of resources that a program's own code makes begin with one of these."""
_ID = re.compile(r"(?:^|[^a-z0-9-])(?:cen|cenbwp|tr)-(?=[a-z]*[0-9])[a-z0-9]+(?![a-z0-9-])")
"""An id of an instance, a package or a router in a text: names, which begin so as well, seldom have a digit."""
_REGION = re.compile(r"cn-(?!north\b|northwest|northeast|east\b|south\b|southwest|west)[a-z]+(-[a-z0-9-]+)?")
"""A mainland region as Alibaba Cloud alone spells it: other clouds number them by the points of the compass."""
_WORDS = frozenset({"cen", "alicloud", "aliyun", "alibaba", "alibabacloud"})
_KEYS = frozenset({"cen", "cenbwp", *_WORDS})


def take_stock(records: Records) -> None:
    """Count what of a source is Alibaba Cloud's and CEN's, and list what cannot be read, in place."""
    records.alicloud_count = records.cen_count = records.closed_count = 0
    suspected: set[str] = set()
    for kind, count in Counter(map(_TYPE, records.resources)).items():
        if is_alicloud(kind):
            records.alicloud_count += count
            if native_type(kind) == kind:
                records.cen_count += count if names_cen(kind) else 0
            elif names_cen(kind):
                suspected.add(kind)
        elif may_hide_resources(kind) or not kind.startswith(("pulumi:", EXPANDED)):
            suspected.add(kind)
    if not suspected:
        return
    suspects = [item for item in records.resources if item.type in suspected and _may_hide(item)]
    if suspects:
        known = {item.urn for item in records.unread}
        records.unread += [item for item in _unread(suspects, records) if item.urn not in known]


def _may_hide(resource: Resource) -> bool:
    """Whether one of a suspected type is no plain resource of another provider."""
    return not resource.custom or may_hide_resources(resource.type) or names_cen(resource.type)


@cache
def may_hide_resources(kind: str) -> bool:
    """Whether a type is one of a module, or one that a program's own code makes."""
    return kind.startswith(DYNAMIC) or kind.endswith(CONSTRUCTED)


def _unread(suspects: Iterable[Resource], records: Records) -> Iterator[Unread]:
    children: dict[str, list[Resource]] = defaultdict(list)
    for resource in (*records.resources, *records.left_out):
        if resource.parent:
            children[resource.parent].append(resource)
    told: set[str] = set()
    unknown: list[Resource] = []
    for suspect in suspects:
        if suspect.type.startswith(DYNAMIC):
            if _reaches_cen(suspect):
                yield Unread(urn=suspect.urn, type=suspect.type, reason=_BY_PROGRAM, cure=_NO_PROGRAM)
        elif names_cen(suspect.type):
            unknown.append(suspect)
        elif not suspect.custom or suspect.type.endswith(CONSTRUCTED):
            below = children.get(suspect.urn, ())
            if not below and _names_alicloud(suspect):
                told.add(suspect.urn)
                yield Unread(urn=suspect.urn, type=suspect.type, reason=_reason(records.kind), cure=_cure(records.kind))
            elif not below:
                records.closed_count += 1
    yield from _of_no_table(unknown, records, told)


def _of_no_table(unknown: Iterable[Resource], records: Records, told: set[str]) -> Iterator[Unread]:
    """Types that no table knows, one by one; views without properties, once for the module that they are parts of."""
    bare: dict[str, list[Resource]] = defaultdict(list)
    for resource in unknown:
        said = spelling(resource.type)
        if said is not None and said.road == VIEW and native_type(resource.type) is not None:
            bare[resource.view_of or resource.parent or resource.urn].append(resource)
        else:
            advisory = records.cen_count > 0
            yield Unread(urn=resource.urn, type=resource.type, reason=_NO_TABLE, cure=_NEWER, advisory=advisory)
    for module, views in bare.items():
        if module not in told:
            count = f"{len(views)} resource{'s' if len(views) > 1 else ''} of CEN"
            yield Unread(
                urn=module,
                type=kind_in_urn(module),
                reason=f"holds {count}, which {_SHOWS.get(records.kind, 'the input')} shows without properties",
                cure=_cure(records.kind),
            )


_NO_TABLE = "is of a type of CEN that this version does not know"
_NEWER = "a newer version may read it; what it is beside is judged without it"
_BY_PROGRAM = "is made by code of the program, which only that code can read"
_NO_PROGRAM = "the provider's own resource in its place would be read"
_SHOWS = {
    SourceKind.ENGINE: "a policy call",
    SourceKind.PLAN: "a saved plan",
    SourceKind.EVENTS: "the event log",
    SourceKind.PREVIEW: "the preview",
    SourceKind.EXPORT: "the export",
    SourceKind.CHECKPOINT: "the checkpoint",
    SourceKind.PROGRAM: "a run of the program without the engine",
}


def _reason(kind: SourceKind) -> str:
    return f"may hold a CEN, and {_SHOWS.get(kind, 'the input')} does not show what it is made of"


def _cure(kind: SourceKind) -> str:
    if kind is SourceKind.ENGINE:
        return "run `cenguard check` on the document of `pulumi preview --json --show-sames`, which shows a module's resources"
    if kind in (SourceKind.PREVIEW, SourceKind.EXPORT, SourceKind.CHECKPOINT):
        return "give a document that shows its resources, such as the plan of its own Terraform code (`terraform show -json`)"
    return "give the document of `pulumi preview --json --show-sames`, which shows its resources"


def _reaches_cen(resource: Resource) -> bool:
    """Whether a resource of the program's own code has to do with a CEN: by an edge, or by an id among its inputs."""
    edges = {*resource.dependencies, *(urn for urns in resource.property_dependencies.values() for urn in urns)}
    return any(names_cen(kind_in_urn(urn)) for urn in edges) or any(_ID.search(text) for text in _texts(resource.inputs))


def _names_alicloud(resource: Resource) -> bool:
    """Whether the type, the arguments or the edges of a module or component name Alibaba Cloud or a CEN."""
    if _WORDS & set(_words(resource.type)):
        return True
    edges = {*resource.dependencies, *(urn for urns in resource.property_dependencies.values() for urn in urns)}
    if any(is_alicloud(kind_in_urn(urn)) for urn in edges):
        return True
    source = resource.inputs.get("source")
    if isinstance(source, str) and _WORDS & set(_words(source)):
        return True
    return any(_KEYS & set(_words(key)) for key in _keys(resource.inputs)) or any(
        _ID.search(text) or _REGION.fullmatch(text) for text in _texts(resource.inputs)
    )


def _words(name: str) -> list[str]:
    return [word for part in re.split(r"[^A-Za-z0-9]+", name) for word in snake(part).split("_") if word]


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
