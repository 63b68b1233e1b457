"""The calls of the engine, in which what resources repeat stays closed until it is asked for, and is read once.

Of a call about a whole stack most is said again and again. Each resource brings its provider with all that is set there, its
options, and edges to the same few others; its properties are mostly those of its own call. To parse all of it for each
resource, and to make objects of it, took longer than any rule. So the parts of a resource are declared as bytes here, under
the protocol's names and numbers: a message within a message is written as bytes are.
Source: https://protobuf.dev/programming-guides/encoding/#submessages
"""

from collections.abc import Callable, Mapping, Sequence
from sys import intern
from typing import Any, Protocol, TypeVar, cast

from google.protobuf.descriptor import Descriptor
from google.protobuf.descriptor_pb2 import DescriptorProto, FieldDescriptorProto, FileDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import analyzer_pb2

T = TypeVar("T")
Part = bytes
"""A message that nobody has opened."""


class Properties(Protocol):
    """Properties of a resource."""

    fields: Sequence[Part]
    """Each a name and its value. A slice of them is a list; to go through them one by one costs thrice that."""


class ResourceCall(Protocol):
    """What `Remediate` and `Analyze` say of a resource."""

    type: str
    urn: str
    properties: Properties
    options: Part
    provider: Part


class StackResource(ResourceCall, Protocol):
    """What `AnalyzeStack` says of a resource."""

    parent: str
    dependencies: Sequence[str]
    propertyDependencies: Sequence[Part]  # noqa: N815 - the protocol's name
    """Each the name of a property, and the URNs that it was computed from."""


class StackCall(Protocol):
    """`AnalyzeStack`."""

    resources: Sequence[StackResource]


_PACKAGE = "cenguard"
_PROPERTIES, _RESOURCE, _OF_RESOURCE, _OF_STACK = "Properties", "Resource", "ResourceCall", "StackCall"
_ALONE: Mapping[str, str] = {"type": "", "urn": "", "properties": _PROPERTIES, "options": "", "provider": ""}
_JOINED: Mapping[str, str] = {**_ALONE, "parent": "", "dependencies": "", "propertyDependencies": ""}
_DECLARED: tuple[tuple[str, Descriptor, Mapping[str, str]], ...] = (
    (_PROPERTIES, Struct.DESCRIPTOR, {"fields": ""}),
    (_OF_RESOURCE, analyzer_pb2.AnalyzeRequest.DESCRIPTOR, _ALONE),
    (_RESOURCE, analyzer_pb2.AnalyzerResource.DESCRIPTOR, _JOINED),
    (_OF_STACK, analyzer_pb2.AnalyzeStackRequest.DESCRIPTOR, {"resources": _RESOURCE}),
)
"""Our messages, each with the protocol's own and the fields that are read of it; a field that is opened names its message."""


def _declare() -> DescriptorPool:
    file = FileDescriptorProto(name="cenguard/calls.proto", package=_PACKAGE, syntax="proto3")
    for name, original, read in _DECLARED:
        whole = DescriptorProto()
        original.CopyToProto(whole)
        fields = [field for field in whole.field if field.name in read]
        for field in fields:
            if read[field.name]:
                field.type_name = f".{_PACKAGE}.{read[field.name]}"
            elif field.type == FieldDescriptorProto.TYPE_MESSAGE:
                field.type = FieldDescriptorProto.TYPE_BYTES
                field.ClearField("type_name")
        file.message_type.add(name=name, field=fields)
    pool = DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    return pool


_POOL = _declare()


def _class_of(name: str) -> type[Message]:
    return GetMessageClass(_POOL.FindMessageTypeByName(f"{_PACKAGE}.{name}"))


_RESOURCE_CALL, _STACK_CALL = _class_of(_OF_RESOURCE), _class_of(_OF_STACK)


def resource_call(request: bytes | Message) -> ResourceCall:
    """A call about one resource, from its bytes or from the protocol's own message."""
    return cast("ResourceCall", _RESOURCE_CALL.FromString(_bytes_of(request)))


def stack_call(request: bytes | Message) -> StackCall:
    """A call about a whole stack, from its bytes or from the protocol's own message."""
    return cast("StackCall", _STACK_CALL.FromString(_bytes_of(request)))


def _bytes_of(request: bytes | Message) -> bytes:
    return request if isinstance(request, bytes) else request.SerializeToString()


class Opened(dict[Part, T]):
    """What parts hold, each opened when it is first asked for."""

    def __init__(self, read: Callable[[Part], T], *, forgets: bytes | None = None) -> None:
        """Take what reads a part; what holds the bytes `forgets` is not kept."""
        super().__init__()
        self._read = read
        self._forgets = forgets

    def __missing__(self, part: Part) -> T:
        found = self._read(part)
        if self._forgets is None or self._forgets not in part:
            self[part] = found
        return found


class Repeated:
    """What the resources of one call repeat, by the part of it that says so."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self.providers = Opened(lambda part: intern(provider_of(part).urn))
        """URNs of providers."""
        self.protect = Opened(is_protected)
        self._edges = Opened(_edge)

    def edges(self, item: StackResource) -> dict[str, tuple[str, ...]]:
        """URNs that each property of a resource was computed from."""
        parts = item.propertyDependencies[:]
        return dict(map(self._edges.__getitem__, parts)) if parts else {}


def provider_of(part: Part) -> "analyzer_pb2.AnalyzerProviderResource":
    """A resource's provider."""
    return analyzer_pb2.AnalyzerProviderResource.FromString(part)


def is_protected(part: Part) -> bool:
    """Whether the options of a resource protect it."""
    return bool(analyzer_pb2.AnalyzerResourceOptions.FromString(part).protect)


def former_urns(part: Part) -> tuple[str, ...]:
    """What a resource was called before, as its options say."""
    return tuple(analyzer_pb2.AnalyzerResourceOptions.FromString(part).aliases)


def _edge(part: Part) -> tuple[str, tuple[str, ...]]:
    entry: Any = analyzer_pb2.AnalyzerResource.PropertyDependenciesEntry.FromString(part)
    return intern(entry.key), urns_of(entry.value.urns)


def urns_of(urns: Sequence[str]) -> tuple[str, ...]:
    """URNs, each the very text that its resource has: thousands of edges name the same few."""
    return tuple(map(intern, urns[:]))
