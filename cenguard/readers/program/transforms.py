"""Transforms: functions of the program that change resources before they are registered.

The SDK offers them to the engine as callbacks of a small server of its own. Nothing listens here: the same callbacks are
called directly, on the program's event loop.
"""

import asyncio
import threading
from collections.abc import Awaitable, Mapping
from typing import Any

from google.protobuf import struct_pb2
from pulumi.runtime.proto import resource_pb2

from cenguard.resources.records import OUTPUT_SIGNATURE, SECRET_SIGNATURE, SIGNATURE, UNKNOWN_TEXT

try:
    from pulumi.runtime._callbacks import _CallbackServicer
except ImportError:  # an SDK from before transforms, or one that keeps them elsewhere
    _CallbackServicer = None  # type: ignore[assignment,misc]

_OPTIONS = {
    "protect": "protect",
    "retain_on_delete": "retainOnDelete",
    "delete_before_replace": "deleteBeforeReplace",
    "provider": "provider",
    "version": "version",
    "plugin_download_url": "pluginDownloadURL",
    "import": "importId",
    "deleted_with": "deletedWith",
}
"""Single options that a transform may change, and what the registration calls them."""
_LISTS = {
    "depends_on": "dependencies",
    "ignore_changes": "ignoreChanges",
    "replace_on_changes": "replaceOnChanges",
    "aliases": "aliases",
    "additional_secret_outputs": "additionalSecretOutputs",
}


class Transforms:
    """Registered callbacks, applied to each resource as the engine would: its own, its ancestors', the stack's."""

    def __init__(self, monitor: object) -> None:
        self.available = _CallbackServicer is not None
        self.servicer = _servicer(monitor) if self.available else None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stack: list[str] = []
        self._own: dict[str, list[str]] = {}
        self._lock = threading.Lock()

    @property
    def used(self) -> bool:
        """Whether the program has handed any over; a resource that carries its own hands it over before it is registered."""
        return self.servicer is not None and bool(self.servicer._transforms)  # noqa: SLF001 - the SDK's own table

    def listen_on(self, loop: asyncio.AbstractEventLoop) -> None:
        """Where callbacks run."""
        self._loop = loop

    def add_for_stack(self, callback: Any) -> None:
        """A transform of every resource registered from now on."""
        with self._lock:
            self._stack.append(callback.token)

    def applied(self, request: Any, urn: str) -> Any:
        """The request after every transform that concerns it."""
        own = [callback.token for callback in getattr(request, "transforms", ())]
        with self._lock:
            inherited = self._own.get(request.parent, [])
            if own or inherited:
                self._own[urn] = [*own, *inherited]
            tokens = [*own, *inherited, *self._stack]
        for token in tokens:
            self._transform(request, token)
        return request

    def _transform(self, request: Any, token: str) -> None:
        options = resource_pb2.TransformResourceOptions()
        _copy(request, {ours: theirs for theirs, ours in _OPTIONS.items()}, options, {v: k for k, v in _LISTS.items()})
        options.providers.update(request.providers)
        question = resource_pb2.TransformRequest(
            type=request.type,
            name=request.name,
            custom=request.custom,
            parent=request.parent,
            properties=_with_output_values(request.object),
            options=options,
        )
        assert self.servicer is not None
        assert self._loop is not None
        call = self.servicer._callbacks[token](question.SerializeToString())  # noqa: SLF001 - the SDK's own table
        answer: Any = asyncio.run_coroutine_threadsafe(_awaited(call), self._loop).result()
        for key in set(answer.properties.fields) - set(request.propertyDependencies):
            request.propertyDependencies[key].urns.extend(())
        request.object.CopyFrom(answer.properties)
        if answer.HasField("options"):
            waited_for = list(request.dependencies)  # before the resource was registered: no transform undoes that
            _copy(answer.options, _OPTIONS, request, _LISTS)
            request.dependencies[:] = dict.fromkeys((*waited_for, *request.dependencies))
            request.providers.clear()
            request.providers.update(answer.options.providers)


async def _awaited(call: Awaitable[Any]) -> Any:
    return await call


def _copy(source: Any, names: Mapping[str, str], target: Any, lists: Mapping[str, str]) -> None:
    """Carry options between the two messages; an option that either protocol lacks is left as it is."""
    for message_names, is_list in ((names, False), (lists, True)):
        for theirs, ours in message_names.items():
            there, here = source.DESCRIPTOR.fields_by_name.get(theirs), target.DESCRIPTOR.fields_by_name.get(ours)
            if there is None or here is None:
                continue
            if is_list:
                target.ClearField(ours)
                getattr(target, ours).extend(getattr(source, theirs))
            elif there.has_presence and not source.HasField(theirs):
                target.ClearField(ours)
            else:
                setattr(target, ours, getattr(source, theirs))


def _with_output_values(struct: Any) -> Any:
    """Properties as a transform receives them: what is unknown or secret as output values, which it may pass on."""
    return struct_pb2.Struct(fields={key: _output_value(value) for key, value in struct.fields.items()})


def _output_value(value: Any) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "string_value" and value.string_value == UNKNOWN_TEXT:
        return _value({SIGNATURE: OUTPUT_SIGNATURE})
    if kind == "list_value":
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[_output_value(item) for item in value.list_value.values]))
    if kind == "struct_value":
        fields = value.struct_value.fields
        if SIGNATURE in fields and fields[SIGNATURE].string_value == SECRET_SIGNATURE:
            secret = _value({SIGNATURE: OUTPUT_SIGNATURE, "secret": True})
            if fields["value"].string_value != UNKNOWN_TEXT:
                secret.struct_value.fields["value"].CopyFrom(fields["value"])
            return secret
        return struct_pb2.Value(struct_value=_with_output_values(value.struct_value))
    return value


def _value(members: dict[str, Any]) -> Any:
    struct = struct_pb2.Struct()
    struct.update(members)
    return struct_pb2.Value(struct_value=struct)


def _servicer(monitor: object) -> Any:
    """The SDK's table of callbacks, without the server that would listen for the engine."""

    class Callbacks(_CallbackServicer):
        def __init__(self) -> None:
            self._callbacks = {}
            self._transforms = {}
            self._state_migrations = {}
            self._monitor = monitor  # type: ignore[assignment] # it answers like the stub
            self._target = ""

    return Callbacks()
