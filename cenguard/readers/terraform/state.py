"""Reader of states: what `show -json` writes of one, and the raw `terraform.tfstate`.

A state is what stands: everything is known, with its id, and nothing is about to happen to it.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.readers.terraform import documents
from cenguard.readers.terraform.data_sources import read_data
from cenguard.readers.terraform.documents import (
    NOTHING,
    Expressions,
    RawInstance,
    RawResource,
    RawState,
    State,
    StateModule,
    StateResource,
    StateValues,
)
from cenguard.readers.terraform.values import Shape, Shapes
from cenguard.resources.addresses import DATA
from cenguard.resources.addresses import PROVIDER as PROVIDER_WORD
from cenguard.resources.records import PROVIDER, Change, Content, Records, Resource, SourceKind
from cenguard.resources.type_table import ALICLOUD
from cenguard.resources.urns import WORKSPACE
from cenguard.resources.values import SECRET, UNKNOWN

_PROVIDER = attrgetter("provider")
TAINTED = "it is tainted"
_SOURCE = re.compile(r'.*?\bprovider(?:\["[^"]*"\]|\.[\w-]+)')
"""What stands in a raw state before a provider's alias: the module that it is of, and where it comes from."""
RAW_VERSION = 4
"""The version of raw states since Terraform 0.12."""
OLDEST_MAJOR = "0"
"""That of Terraform before 1.1."""
MAJORS = (OLDEST_MAJOR, "1")
"""Major versions of `format_version` that are read; a new one would mean something else by the same keys."""
NO_STATE = "no state: nothing has been applied yet, or all of it was destroyed. Check a plan of the program."
"""What `show -json` writes is the same before the first apply and after `destroy`."""
EMPTY_STATE = "The state is empty: nothing stands, so there is nothing to judge. Check a plan of the program."


def read_state(content: Content, path: str, name: str = "") -> Records:
    """What a state of `show -json` holds; `name` is that of the source.

    Raises:
        UnreadableInput: it is none; says where and what was expected.
    """
    state = documents.states.decode(content, path)
    check_version(state.format_version, path)
    reading = _Reading(path, name, lambda text, where: documents.anything.decode(text, path, where))
    if state.values is None:
        reading.found.notes.append(NO_STATE)
        return reading.records()
    contents = [item for listed in flattened(state) for item in documents.members.decode(listed, path, "values")]
    for item in documents.standing.each(contents, path, "values"):
        values = documents.attributes(item.values, path, f"values, {item.address}, values")
        reading.take(item, values, item.sensitive_values, partial(region_provider, item.address))
    reading.found.outputs = outputs_of(state.values)
    return reading.records()


def read_raw_state(content: Content, path: str, name: str = "") -> Records:
    """What a raw state holds; `name` is that of the source.

    Raises:
        UnreadableInput: it is none, or of a version that is not read.
    """
    state = documents.raw_states.decode(content, path)
    if state.version != RAW_VERSION:
        older = "Terraform 0.12 or later" if state.version < RAW_VERSION else "the tool that wrote it"
        cure = f"give what `show -json FILE` of {older} prints"
        raise UnreadableInput(path, f"raw states of version {RAW_VERSION} are read, not {state.version}: {cure}", where="version")
    return records_of_raw(state, path, name)


def records_of_raw(state: RawState, path: str, name: str) -> Records:
    """What a raw state holds that is decoded already."""
    reading = _Reading(path, name, lambda text, _: _marks(msgspec.json.decode(text) or ()))
    for resource in state.resources or ():
        for instance in resource.instances or ():
            address = _address(resource, instance)
            if instance.attributes is None and instance.attributes_flat and resource.type.startswith(f"{ALICLOUD}_"):
                cure = "give what `show -json FILE` of a newer version prints"
                raise UnreadableInput(path, f"has {address} in the form of Terraform 0.11: {cure}")
            item = StateResource(
                address=address,
                type=resource.type,
                mode=resource.mode,
                depends_on=instance.dependencies,
                tainted=instance.status == "tainted",
                deposed_key=instance.deposed or None,
            )
            values = instance.attributes or {}
            hidden = msgspec.Raw(msgspec.json.encode(instance.sensitive_attributes)) if instance.sensitive_attributes else NOTHING
            reading.take(item, values, hidden, partial(_provider, instance.provider or resource.provider, address))
    reading.found.outputs = _known_outputs(state.outputs or {})
    reading.found.lineage, reading.found.serial = state.lineage, state.serial
    return reading.records()


class _Reading:
    """One state while it is read."""

    def __init__(self, path: str, name: str, marks: Callable[[msgspec.Raw, str], Any]) -> None:
        self._shapes = Shapes(marks)
        self.prefix = f"{name}:" if name else ""
        self.found = Records(path=path, kind=SourceKind.TERRAFORM_STATE, project=name, stack=WORKSPACE)

    def take(self, item: StateResource, values: Mapping[str, Any], hidden: msgspec.Raw, provider: Callable[[Any], str]) -> None:
        """Take in a resource or data source; `hidden` is the text of its marks, `provider` names one by its region."""
        address, where = self.prefix + item.address, "values, {}, {}_values"
        if item.mode == DATA:
            marks = self._shapes.marks(hidden, where.format(item.address, "sensitive"))
            self.found.reads.append(read_data(address, item.type, values, marks))
            return
        if item.mode != "managed":
            return
        shape = self._shapes.of(item.type, NOTHING, hidden, values, None, where, item.address)
        resource = standing(address, values, shape)
        resource.provider = self.prefix + provider(region_of(values, resource.inputs))
        resource.dependencies = tuple([self.prefix + name for name in item.depends_on or ()])
        if item.tainted:
            resource.init_errors = [TAINTED]
        if item.deposed_key:
            resource.delete = True
            self.found.leftover.append(resource)
        else:
            self.found.resources.append(resource)

    def records(self) -> Records:
        """All of it."""
        found = self.found
        found.resource_count = len(found.resources)
        if not found.resources and not found.leftover and not found.notes:
            found.notes.append(EMPTY_STATE)
        found.resources += [*regional_providers(found), *found.reads]
        return found


def standing(address: str, values: Mapping[str, Any], shape: Shape, written: Expressions | None = None) -> Resource:
    """A resource that stands, by its address, its attributes, and what it has in common with others."""
    kind = shape.kind
    inputs = shape.properties(values, written)[0] if kind.startswith(f"{ALICLOUD}_") else {}
    identifier = values.get("id") if inputs.get("id") is not SECRET else None
    return Resource(
        custom=True,
        urn=address,
        type=shape.native,
        inputs=inputs,
        id=identifier if isinstance(identifier, str) and identifier else None,
        outputs=inputs,
        change=Change.SAME,
        old=inputs,
    )


def region_of(values: Mapping[str, Any], inputs: Mapping[str, Any]) -> Any:
    """The region that a resource says it lies in; None where that is a secret, as its properties have it."""
    return None if inputs.get("regionId") is SECRET else values.get("region_id")


def check_version(version: str, path: str) -> None:
    """Refuse a format that nobody here has seen.

    Raises:
        UnreadableInput: its major version is another one.
    """
    if version.partition(".")[0] not in MAJORS:
        raise UnreadableInput(path, f"versions 0 and 1 are read, not {version[:16]!r}", where="format_version")


def flattened(state: State) -> Iterator[msgspec.Raw]:
    """What stands, a list for each module, as bytes."""
    if state.values is None:
        return
    completed = state.format_version.partition(".")[0] == OLDEST_MAJOR
    for module in _modules(state.values.root_module):
        if module.resources != NOTHING:
            yield _completed(module) if completed else module.resources


def _modules(module: StateModule) -> Iterator[StateModule]:
    yield module
    for child in module.child_modules or ():
        yield from _modules(child)


def _completed(module: StateModule) -> msgspec.Raw:
    """The resources of a module with whole addresses: Terraform 0.12 leaves out the module, and the key of an instance.

    Those of its changes are whole. Source: hashicorp/terraform, command/jsonstate/state.go of 0.12 and 0.13.
    """
    try:
        listed = msgspec.json.decode(module.resources)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return module.resources  # who reads it says what is wrong
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, dict) or not isinstance(address := item.get("address"), str):
            continue
        start = f"{module.address}." if module.address else ""
        if not address.startswith(start):
            address = start + address
        key = item.get("index")
        item["address"] = address if key is None or address.endswith("]") else address + instance_key(key)
    return msgspec.Raw(msgspec.json.encode(listed))


def region_provider(address: str, region: Any) -> str:
    """Our address of a provider that the document does not name: of its region, else of its resource alone."""
    if isinstance(region, str) and region:
        return f"{PROVIDER_WORD}.{ALICLOUD}[{region}]"
    return f"{PROVIDER_WORD}.{ALICLOUD} of {address}"


def regional_providers(records: Records) -> list[Resource]:
    """Providers of the regions that resources say they lie in; whose account they work in no document tells."""
    start = f"{PROVIDER_WORD}.{ALICLOUD}["
    everything = [*records.resources, *records.deleted, *records.retained, *records.leftover]
    used = dict.fromkeys(map(_PROVIDER, everything))
    used |= {item.before.provider: None for item in everything if item.before is not None}
    found: list[Resource] = []
    for urn in used:
        _, here, region = urn.partition(start)
        if here:
            found.append(
                Resource(
                    custom=True, urn=urn, type=PROVIDER, inputs={"region": region[:-1], "accessKey": UNKNOWN}, change=Change.READ
                )
            )
    return found


def outputs_of(values: StateValues | None) -> dict[str, Any]:
    """What a state exports; secrets stay secrets."""
    return _known_outputs(values.outputs or {}) if values is not None else {}


def _known_outputs(outputs: Mapping[str, Any]) -> dict[str, Any]:
    return {name: SECRET if output.sensitive else output.value for name, output in outputs.items()}


def _address(resource: RawResource, instance: RawInstance) -> str:
    key = instance.index_key
    index = instance_key(key) if key is not None else ""
    module = f"{resource.module}." if resource.module else ""
    data = f"{DATA}." if resource.mode == DATA else ""
    return f"{module}{data}{resource.type}.{resource.name}{index}"


def instance_key(key: Any) -> str:
    """The key of an instance as it stands in an address.

    >>> instance_key(0), instance_key("eu")
    ('[0]', '["eu"]')
    """
    if not isinstance(key, str):
        return f"[{key}]"
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'["{escaped}"]'


def _provider(written: str, address: str, region: Any) -> str:
    """Our address of a provider by what the raw state says: `provider["registry.terraform.io/aliyun/alicloud"].london`.

    Terraform 0.12 has `provider.alicloud.london`. Its region stands in no state; resources that say their own come first.
    """
    if isinstance(region, str) and region:
        return region_provider(address, region)
    alias = _SOURCE.sub("", written).removeprefix(".")
    if "[" in alias or not written:  # one of several that an expression makes, or nobody's
        return region_provider(address, None)
    return f"{PROVIDER_WORD}.{ALICLOUD}" + (f".{alias}" if alias else "")


def _marks(paths: Sequence[Any]) -> dict[str, Any]:
    """Marks of secret attributes from the paths to them: a whole attribute, or the members of a map."""
    found: dict[str, Any] = {}
    for path in paths:
        steps = [step.get("value") for step in path if isinstance(step, Mapping)] if isinstance(path, list) else []
        if not steps or not isinstance(steps[0], str):
            continue
        inner = steps[1].get("value") if len(steps) == 2 and isinstance(steps[1], Mapping) else None
        if isinstance(inner, str) and found.get(steps[0]) is not True:
            found.setdefault(steps[0], {})[inner] = True
        else:
            found[steps[0]] = True
    return found
