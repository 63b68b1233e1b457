"""The structure of the documents, as far as it is read.

What a plan changes, and its program, are decoded with it: a call for each member costs as much as the member. Other long
lists stay bytes, since most of their members nobody needs.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

import msgspec

from cenguard.errors import UnreadableInput, not_json
from cenguard.resources.records import Content

T = TypeVar("T")
NOTHING = msgspec.Raw(b"null")
EMPTY = msgspec.Raw(b"{}")


class Expression(msgspec.Struct, gc=False):
    """What a value is made of."""

    references: list[str] | None = None
    constant_value: Any = msgspec.UNSET


Expressions = dict[str, Expression | list[Any]]
"""By attribute; a nested block is a list of such."""


class ConfiguredResource(msgspec.Struct, gc=False):
    """A resource or data source of the program, whatever number of instances it has."""

    address: str
    """Its address in its module."""
    type: str
    mode: str = "managed"
    provider_config_key: str = ""
    expressions: Expressions = {}
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
    expressions: dict[str, Any] | None = None
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
    expressions: dict[str, Any] | None = None


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


class StandingResource(msgspec.Struct, gc=False):
    """The same with its values, in one go."""

    address: str
    type: str
    mode: str = "managed"
    values: dict[str, Any] | None = None
    sensitive_values: msgspec.Raw = EMPTY
    depends_on: list[str] | None = None
    tainted: bool = False
    deposed_key: str | None = None


class StateHead(msgspec.Struct, gc=False):
    """The same, where only its name is needed."""

    address: str
    mode: str = "managed"
    deposed_key: str | None = None


class StateModule(msgspec.Struct):
    """What stands in one module."""

    address: str = ""
    """Its own; none of the root module."""
    resources: msgspec.Raw = NOTHING
    """A list of `StateResource`."""
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
    """What would become of one resource; what it was before is decoded where it differs, and marks once for all that are alike."""

    actions: tuple[str, ...]
    before: msgspec.Raw = NOTHING
    after: dict[str, Any] | None = None
    after_unknown: msgspec.Raw = NOTHING
    before_sensitive: msgspec.Raw = NOTHING
    after_sensitive: msgspec.Raw = NOTHING
    importing: dict[str, Any] | None = None


class ResourceChange(msgspec.Struct, gc=False):
    """A resource with its change."""

    address: str
    type: str
    change: Change
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
    resource_drift: list[msgspec.Raw] | None = None
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
    attributes_flat: Any = None
    """In their place, in the form of Terraform 0.11: so a newer version leaves what it has not written since."""
    sensitive_attributes: list[Any] | None = None
    index_key: int | str | None = None
    provider: str = ""
    """OpenTofu writes here which one of a provider's instances it has (`for_each`), and nothing of the resource itself."""
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
    lineage: str = ""
    serial: int = 0


class Decoder(Generic[T]):
    """Decodes documents, or parts that were left as bytes; no value of them is in a refusal."""

    def __init__(self, kind: type[T], what: str) -> None:
        """Take the structure, and what a document that has it is called."""
        self._decode, self._what = msgspec.json.Decoder(kind).decode, what

    def decode(self, content: Content | msgspec.Raw, path: str, where: str = "") -> T:
        """Decode one.

        Raises:
            UnreadableInput: something in it is not as it should be; says where.
        """
        try:
            return self._decode(content)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise self._refusal(error, path, where) from None

    def each(self, contents: Iterable[msgspec.Raw] | None, path: str, where: str) -> Iterator[T]:
        """Decode the members of a list.

        Raises:
            UnreadableInput: as above.
        """
        for index, content in enumerate(contents or ()):
            try:
                yield self._decode(content)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                raise self._refusal(error, path, f"{where}[{index}]") from None

    def _refusal(self, error: Exception, path: str, where: str) -> UnreadableInput:
        if not isinstance(error, msgspec.ValidationError):
            return not_json(path, error, where=where)
        reason, _, place = str(error).partition(" - at ")
        place = place.strip("`").removeprefix("$").removeprefix(".").replace("].", "], ", 1)
        return UnreadableInput(path, f"is no {self._what}: {reason}", where=", ".join(filter(None, (where, place))))


PLAN, STATE = "Terraform plan", "Terraform state"
plans: Decoder[Plan] = Decoder(Plan, PLAN)
states: Decoder[State] = Decoder(State, STATE)
raw_states: Decoder[RawState] = Decoder(RawState, STATE)
changes: Decoder[ResourceChange] = Decoder(ResourceChange, PLAN)
heads: Decoder[list[StateHead]] = Decoder(list[StateHead], STATE)
members: Decoder[list[msgspec.Raw]] = Decoder(list[msgspec.Raw], STATE)
standing: Decoder[StateResource] = Decoder(StateResource, STATE)
valued: Decoder[StandingResource] = Decoder(StandingResource, STATE)
anything: Decoder[Any] = Decoder(Any, PLAN)
_attributes: Decoder[dict[str, Any]] = Decoder(dict[str, Any], STATE)


def attributes(content: msgspec.Raw, path: str, where: str) -> dict[str, Any]:
    """The attributes of a resource; none where there are none.

    Raises:
        UnreadableInput: they are none.
    """
    return {} if content == NOTHING else _attributes.decode(content, path, where)
