"""The structure of the documents, as far as it is read. What only some resources need stays bytes until they are met."""

from typing import Any, TypeVar

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.resources.records import Content

T = TypeVar("T")
NOTHING = msgspec.Raw(b"null")
EMPTY = msgspec.Raw(b"{}")
Expressions = dict[str, Any]
"""Attribute → expression (`references` or `constant_value`), a nested block's expressions, or a list of such."""


class Expression(msgspec.Struct, gc=False):
    """What a value is made of, where it is no attribute's."""

    references: list[str] | None = None
    constant_value: Any = msgspec.UNSET


class ConfiguredResource(msgspec.Struct, gc=False):
    """A resource or data source of the program, whatever number of instances it has."""

    address: str
    type: str
    name: str
    mode: str = "managed"
    provider_config_key: str = ""
    expressions: msgspec.Raw = EMPTY
    count_expression: Expression | None = None
    for_each_expression: Expression | None = None
    depends_on: list[str] | None = None

    @property
    def may_be_empty(self) -> bool:
        """Whether it has a number of instances that may be none."""
        return self.count_expression is not None or self.for_each_expression is not None


class ConfiguredOutput(msgspec.Struct, gc=False):
    """An output of a module."""

    expression: Expression | None = None
    depends_on: list[str] | None = None


class ConfiguredVariable(msgspec.Struct, gc=False):
    """A variable of a module."""

    sensitive: bool = False


class ConfiguredModule(msgspec.Struct):
    """What stands in one module's files."""

    resources: list[ConfiguredResource] | None = None
    module_calls: "dict[str, ModuleCall] | None" = None
    outputs: dict[str, ConfiguredOutput] | None = None
    variables: dict[str, ConfiguredVariable] | None = None


class ModuleCall(msgspec.Struct):
    """A module that another one calls."""

    source: str = ""
    module: ConfiguredModule = msgspec.field(default_factory=ConfiguredModule)
    expressions: Expressions | None = None
    count_expression: Expression | None = None
    for_each_expression: Expression | None = None
    depends_on: list[str] | None = None

    @property
    def may_be_empty(self) -> bool:
        """Whether it has a number of instances that may be none."""
        return self.count_expression is not None or self.for_each_expression is not None


class ProviderConfig(msgspec.Struct):
    """A provider block."""

    name: str = ""
    alias: str = ""
    module_address: str = ""
    expressions: Expressions | None = None


class Configuration(msgspec.Struct):
    """The program."""

    provider_config: dict[str, ProviderConfig] | None = None
    root_module: ConfiguredModule = msgspec.field(default_factory=ConfiguredModule)


class StateResource(msgspec.Struct, gc=False):
    """A resource or data source that stands."""

    address: str
    type: str
    mode: str = "managed"
    values: msgspec.Raw = EMPTY
    sensitive_values: msgspec.Raw = EMPTY
    depends_on: list[str] | None = None
    tainted: bool = False
    deposed_key: str | None = None


class StateModule(msgspec.Struct):
    """What stands in one module."""

    resources: list[StateResource] | None = None
    child_modules: "list[StateModule] | None" = None


class StateOutput(msgspec.Struct, gc=False):
    """An output of a state."""

    sensitive: bool = False
    value: Any = None


class StateValues(msgspec.Struct):
    """What stands, and what it exports."""

    root_module: StateModule = msgspec.field(default_factory=StateModule)
    outputs: dict[str, StateOutput] | None = None


class State(msgspec.Struct):
    """A state as `show -json` writes it."""

    format_version: str
    values: StateValues | None = None


class Change(msgspec.Struct, gc=False):
    """What would become of one resource. Values that a no-op has twice are decoded once."""

    actions: tuple[str, ...]
    before: msgspec.Raw = NOTHING
    after: dict[str, Any] | None = None
    after_unknown: Any = None
    before_sensitive: msgspec.Raw = NOTHING
    after_sensitive: Any = None
    importing: dict[str, Any] | None = None


class Actions(msgspec.Struct, gc=False):
    """The same of a resource whose values nobody asks for."""

    actions: tuple[str, ...]


class ResourceChange(msgspec.Struct, gc=False):
    """A resource with its change."""

    address: str
    type: str
    change: msgspec.Raw
    mode: str = "managed"
    previous_address: str | None = None
    deposed: str | None = None


class Deferred(msgspec.Struct):
    """A change that is put off until more is known."""

    resource_change: ResourceChange | None = None
    reason: str = ""


class Variable(msgspec.Struct, gc=False):
    """A variable's value."""

    value: Any = msgspec.UNSET


class Plan(msgspec.Struct):
    """A plan as `show -json` writes it."""

    format_version: str
    variables: dict[str, Variable] | None = None
    resource_changes: list[ResourceChange] | msgspec.UnsetType | None = msgspec.UNSET
    resource_drift: list[ResourceChange] | None = None
    prior_state: State | None = None
    configuration: Configuration = msgspec.field(default_factory=Configuration)
    deferred_changes: list[Deferred] | None = None
    action_invocations: list[Any] | None = None
    complete: bool | None = None
    errored: bool = False
    timestamp: str = ""


class RawInstance(msgspec.Struct):
    """One instance of a resource in a raw state."""

    attributes: dict[str, Any] | None = None
    sensitive_attributes: list[Any] | None = None
    index_key: int | str | None = None
    status: str = ""
    deposed: str = ""
    dependencies: list[str] | None = None


class RawResource(msgspec.Struct):
    """A resource in a raw state."""

    type: str
    name: str
    mode: str = "managed"
    module: str = ""
    provider: str = ""
    instances: list[RawInstance] | None = None


class RawState(msgspec.Struct):
    """A raw state, `terraform.tfstate` of version 4."""

    version: int
    resources: list[RawResource] | None = None
    outputs: dict[str, StateOutput] | None = None


def decode(kind: type[T], content: Content | msgspec.Raw, path: str, what: str, *, where: str = "") -> T:
    """Decode a document, or a part that was left as bytes; no value of it is in the refusal.

    Raises:
        UnreadableInput: something in it is not as it should be; says where.
    """
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at ")
        place = place.strip("`").removeprefix("$").removeprefix(".")
        raise UnreadableInput(path, f"is no {what}: {reason}", where=", ".join(filter(None, (where, place)))) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableInput(path, f"is not whole JSON: {error}", where=where) from None


def attributes(content: msgspec.Raw, path: str, what: str, where: str) -> dict[str, Any]:
    """The attributes of a resource; none where there are none.

    Raises:
        UnreadableInput: they are none.
    """
    return {} if content == NOTHING else decode(dict[str, Any], content, path, what, where=where)
