"""One vocabulary for every road: records of bridged resources and of Terraform modules become what native ones are.

Done once, after a document is read and before anything asks what it means: types are the native tokens, properties have
their native names, and what only a bridge adds (a resource's own id under a name of its own, nulls, whole numbers with a
point, edges under keys that are no property) is settled. What people see stays: `urn`, and the type in it.
Source: ROADS and HCL recordings of `tests/recordings/`; the contract is in `docs/what-we-do-not-read.md`.
"""

import binascii
from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any

import msgspec

from cenguard.resources.kept_values import KEEPING, keep_values
from cenguard.resources.modules import CONSTRUCTED, narrow
from cenguard.resources.property_names import camel_properties
from cenguard.resources.records import MARKS, OF_TERRAFORM, PROVIDER, Records, Resource
from cenguard.resources.type_table import (
    ALIBABA,
    ALICLOUD,
    BRIDGED,
    FOREIGN,
    NATIVE,
    VIEW,
    Spelling,
    names_cen,
    native_type,
    own_id_key,
    spelling,
)
from cenguard.resources.values import UNKNOWN, Unknown

_TYPE = attrgetter("type")
_PROVIDERS = "pulumi:providers:"
INTERNAL = "__internal"
"""The input of a provider resource that names the Terraform provider it runs."""
_BLOCKS = "zoneMappings"
_COMPUTED = (
    "bandwidthType", "cenInstanceName", "chargeType", "childInstanceOwnerId", "defaultLinkType", "ecrOwnerId", "geographicRegionAId",
    "geographicRegionBId", "geographicRegionIds", "name", "paymentType", "protectionLevel", "secondaryCidrBlocks",
    "vbrOwnerId", "vpcOwnerId", "vpnOwnerId",
)  # fmt: skip
"""Optional properties that the provider fills in where nobody sets them: unknown in a view, they were not set.

Source: `optional` and `computed` in the schema of aliyun/alicloud 1.285.0.
"""
_OWNERS = tuple(key for key in _COMPUTED if key.endswith("OwnerId"))


def settle_roads(records: Records) -> None:
    """Bring the records of a source to the one vocabulary, in place."""
    kept = (
        records.deleted,
        records.retained,
        records.left_out,
        records.pending,
        records.uncertain,
        records.gone,
        records.leftover,
        records.cleared,
    )
    others = [item for items in kept for item in items]
    kinds = {*map(_TYPE, records.resources), *map(_TYPE, others)}
    if not all(map(_is_plain, kinds)):
        packages = packages_of_alicloud(records.resources, kinds)
        for resource in (*records.resources, *others):
            _settle(resource, packages)
    if any(kind.endswith(CONSTRUCTED) for kind in kinds):
        narrow(records.resources)
    if records.kind not in OF_TERRAFORM:
        for resource in (*records.resources, *others):
            if resource.type in KEEPING:
                keep_values(resource)


@cache
def _is_plain(kind: str) -> bool:
    """Whether nothing is to be settled of a type: it is native, or it is none of Alibaba Cloud's under any spelling."""
    said = spelling(kind)
    if said is not None:
        return said.road == NATIVE
    return not kind.startswith(_PROVIDERS) or kind == PROVIDER


@cache
def is_alicloud(kind: str) -> bool:
    """Whether a settled type is one of Alibaba Cloud's."""
    said = spelling(kind)
    if said is None:
        return False
    return said.package in ALIBABA if said.road == BRIDGED else said.terraform.partition("_")[0] in ALIBABA


def packages_of_alicloud(resources: Iterable[Resource], kinds: Iterable[str]) -> frozenset[str]:
    """The package words whose bridged types are Alibaba Cloud's: a token names no provider, its company does."""
    found = set(ALIBABA)
    for kind in kinds:
        said = spelling(kind)
        if said is not None and said.road == BRIDGED and names_cen(kind) and native_type(kind) is not None:
            found.add(said.package)
    for resource in resources:
        if resource.type.startswith(_PROVIDERS):
            runs = provider_run_by(resource.inputs)
            if runs:
                (found.add if runs == ALICLOUD else found.discard)(resource.type.removeprefix(_PROVIDERS))
    return frozenset(found)


class _Remote(msgspec.Struct):
    url: str = ""


class _Parameters(msgspec.Struct):
    remote: _Remote = msgspec.field(default_factory=_Remote)


_PARAMETERS = msgspec.json.Decoder(_Parameters)


def provider_run_by(inputs: Mapping[str, Any]) -> str:
    """The Terraform provider that a provider resource runs, such as `alicloud`; empty where the document does not say."""
    internal = inputs.get(INTERNAL)
    text = internal.get("parameterization") if isinstance(internal, dict) else None
    if not isinstance(text, str):
        return ""
    try:
        import base64  # few providers carry parameters

        return _PARAMETERS.decode(base64.b64decode(text, validate=True)).remote.url.rpartition("/")[2]
    except (binascii.Error, msgspec.MsgspecError, UnicodeDecodeError):  # somebody else's parameters
        return ""


def _settle(resource: Resource, packages: frozenset[str]) -> None:
    """Settle one record, and its old state."""
    before = resource.before
    if before is not None:
        _settle(before, packages)
    kind = resource.type
    if kind.startswith(_PROVIDERS):
        if kind.removeprefix(_PROVIDERS) in packages:
            resource.type = PROVIDER
        return
    said = spelling(kind)
    if said is None or said.road in (NATIVE, FOREIGN):
        return
    native = native_type(kind)
    if said.road == BRIDGED:
        if said.package in packages:
            resource.type = native or f"{ALICLOUD}:{kind.partition(':')[2]}"
            _settle_bridged(resource, own_id_key(said.terraform))
    elif (
        said.road == VIEW and native is not None and resource.inputs
    ):  # a view without properties says nothing: it stays what it is
        resource.type = native
        _settle_view(resource, said)
    if resource.old is not None and resource.old is not resource.inputs and (before is None or resource.old is not before.inputs):
        _settle_values(resource.old)


def _settle_bridged(resource: Resource, own_id: str) -> None:
    """A resource of any Terraform provider: everything unknown is marked, so what is absent is not set."""
    inputs = resource.inputs
    # what a native provider leaves out of its answer stands there as unknown
    outputs = {key: value for key, value in resource.outputs.items() if not _is_mark(value)}
    resource.outputs = outputs
    for values in (inputs, outputs):
        known = values.pop(own_id, None)
        if resource.id is None and isinstance(known, str) and known:
            resource.id = known
    _settle_values(inputs)
    edges = resource.property_dependencies
    if edges:
        nested = tuple(urn for key, urns in edges.items() if key not in inputs for urn in urns)
        edges = {key: urns for key, urns in edges.items() if key in inputs}
        if nested and isinstance(inputs.get(_BLOCKS), list):  # of nested blocks, only these name other resources
            edges[_BLOCKS] = tuple(sorted({*edges.get(_BLOCKS, ()), *nested}))
        resource.property_dependencies = edges


def _is_mark(value: Any) -> bool:
    return isinstance(value, Unknown) or (type(value) is str and value in MARKS)


def _settle_view(resource: Resource, said: Spelling) -> None:
    """A resource of a Terraform module: planned and computed values together, under Terraform's names, without edges."""
    values = camel_properties(said.terraform, resource.inputs)
    resource.inputs.clear()
    resource.inputs.update(values)
    known = resource.inputs.pop("id", None)
    if resource.id is None and isinstance(known, str) and known:
        resource.id = known
    _settle_values(resource.inputs)
    for key in _COMPUTED:
        if resource.inputs.get(key) is UNKNOWN:
            del resource.inputs[key]
    if resource.id is not None:  # of what exists, what somebody set and what the provider filled in look alike
        for key in _OWNERS:
            resource.inputs.pop(key, None)
    if not resource.outputs:
        resource.outputs = values
    resource.provider = f"{resource.view_of or resource.parent}::{resource.urn}"  # nobody tells which: never another's


def _settle_values(values: dict[str, Any]) -> None:
    """In place: what is null is not set, and a whole number has no point."""
    for key in [key for key, value in values.items() if value is None]:
        del values[key]
    for key, value in values.items():
        if type(value) is float and value.is_integer():
            values[key] = int(value)
