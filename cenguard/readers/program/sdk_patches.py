"""Where the SDK is made to accept stand-ins: functions called plainly, encrypted configuration, answers of other stacks.

Each adjustment wraps one function of the SDK, in this process only, and is left out where a version has no such function.
"""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import pulumi
import pulumi.runtime
from pulumi.output import UNKNOWN
from pulumi.resource import DependencyResource

from cenguard.readers.program import stand_ins
from cenguard.readers.program.messages import SECRET_MARK
from cenguard.resources.look_ups import FILTERS, LISTS_TABLES, UNFILTERED
from cenguard.resources.records import UNKNOWN_TEXT


def adjust_sdk() -> None:
    """Make every adjustment."""
    _plain_functions()
    _encrypted_configuration()
    _stack_references()
    _unknown_lists()


def configuration(values: dict[str, str]) -> dict[str, str]:
    """Configuration for the SDK: an encrypted value reads as text that is unknown and secret."""
    return {key: stand_ins.SECRET_VALUE if text == SECRET_MARK else text for key, text in values.items()}


def _plain_functions() -> None:
    """Let a function that is called plainly return stand-ins, since the SDK returns None for an unknown answer."""
    module = sys.modules["pulumi.runtime.invoke"]
    # By keyword or position: (token, arguments, options, type).
    for name, wrap in (("invoke", _invoke), ("invoke_async", _invoke_async), ("invoke_output", _invoke_output)):
        original = getattr(module, name, None)
        if original is not None:
            replaced = wrap(original)
            setattr(module, name, replaced)
            setattr(pulumi.runtime, name, replaced)


def _type_argument(args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    return options.get("typ", args[3] if len(args) > 3 else None)


def _invoke(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    def invoke(*args: Any, **options: Any) -> Any:
        result = original(*args, **options)
        result.value = _answer(_type_argument(args, options))
        return result

    return invoke


def _invoke_async(original: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(original)
    async def invoke_async(*args: Any, **options: Any) -> Any:
        await original(*args, **options)
        return _answer(_type_argument(args, options))

    return invoke_async


def _invoke_output(original: Callable[..., Any]) -> Callable[..., Any]:
    """Needed by an SDK whose protocol cannot say that an answer is unknown; it does no harm to the others.

    An answer is made from what was asked: the SDK forgets that where an argument is not known.
    """

    @wraps(original)
    def invoke_output(*args: Any, **options: Any) -> Any:
        answer = original(*args, **options).apply(lambda _answer: UNKNOWN)
        token, asked = options.get("tok", args[0] if args else ""), options.get("props", args[1] if len(args) > 1 else None)
        told: list[Any] = [answer, asked]
        if token == LISTS_TABLES and all((asked or {}).get(key) is None for key in FILTERS):
            told.append(DependencyResource(UNFILTERED).urn)
        return pulumi.Output.all(*told).apply(lambda _parts: UNKNOWN)

    return invoke_output


def _answer(kind: Any) -> Any:
    return stand_ins.UnknownMap(stand_ins.UnknownText()) if kind is None else stand_ins.stand_in(kind)


def _encrypted_configuration() -> None:
    """Let an encrypted value be read as a number, a flag or a structure; `require_secret_int` goes the same way."""

    def object_of(text: str) -> Any:
        if text is stand_ins.SECRET_VALUE:
            return stand_ins.UnknownMap(stand_ins.SECRET_VALUE)
        return stand_ins.with_secrets(json.loads(text))

    _read_as("_get_int", lambda _text: stand_ins.UnknownInteger(1))
    _read_as("_get_float", lambda _text: stand_ins.UnknownFloat(1))
    _read_as("_get_bool", lambda _text: stand_ins.UnknownFlag())
    _read_as("_get_object", object_of)


def _read_as(method: str, make: Callable[[str], Any]) -> None:
    original = getattr(pulumi.Config, method, None)
    if original is None:
        return

    @wraps(original)
    def read(self: pulumi.Config, key: str, *args: Any, **options: Any) -> Any:
        text = pulumi.runtime.get_config(self.full_key(key))
        if isinstance(text, str) and SECRET_MARK in text:
            return make(text)
        return original(self, key, *args, **options)

    setattr(pulumi.Config, method, read)


def _stack_references() -> None:
    """Let an output that no inventory names be unknown: the inventory's list need not be complete, so it is not missing."""

    def read(self: pulumi.StackReference, name: Any) -> Any:
        return pulumi.Output.all(name, self.outputs).apply(lambda pair: stand_ins.partly_known(pair[1])[pair[0]])

    for method in ("get_output", "require_output"):
        setattr(pulumi.StackReference, method, read)
    begin = pulumi.StackReference.__init__

    @wraps(begin)
    def begun(self: pulumi.StackReference, *args: Any, **options: Any) -> None:
        begin(self, *args, **options)
        self.outputs = self.outputs.apply(stand_ins.partly_known)

    setattr(pulumi.StackReference, "__init__", begun)  # noqa: B010 - a method of the SDK, replaced on purpose
    details: Any = getattr(sys.modules["pulumi.stack_reference"], "StackReferenceOutputDetails", None)
    if details is None:
        return

    async def read_details(self: pulumi.StackReference, name: str) -> Any:
        outputs = await self.outputs.future() if await self.outputs.is_known() else None
        return details(value=stand_ins.UnknownText() if outputs is None else outputs[name])

    setattr(pulumi.StackReference, "get_output_details", read_details)  # noqa: B010 - as above


def _unknown_lists() -> None:
    """Let a list of unknown length be unknown as a whole, where the SDK would send its one member."""
    module = sys.modules["pulumi.runtime.rpc"]
    original = module.serialize_property

    @wraps(original)
    async def serialize_property(value: Any, *args: Any, **options: Any) -> Any:
        if isinstance(value, stand_ins.UnknownList):
            return UNKNOWN_TEXT
        return await original(value, *args, **options)

    setattr(module, "serialize_property", serialize_property)  # noqa: B010 - a module's attribute, replaced on purpose
