"""The neutral record that every reader yields: one resource of a stack, before anybody knows what it means.

Unknown and secret values are decoded here, once, into members of `Unknown`; keys that only the engine or the provider
bridge needs (`__defaults`, `__meta`) are dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from mmap import mmap
from typing import Any, TypeAlias

import msgspec

from cenguard.resources.edges import set_alone
from cenguard.resources.forced import Forced
from cenguard.resources.urns import name_in_urn, provider_urn
from cenguard.resources.values import SECRET, UNKNOWN, Unknown

Content: TypeAlias = bytes | mmap
"""A document: bytes, or a file mapped into memory."""
UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes a value that is known only after the update."""
SECRET_TEXT = "[secret]"  # noqa: S105 - the mark that stands for a secret, not one
"""How a preview document writes a secret."""
MARKS: Mapping[str, Unknown] = {
    UNKNOWN_TEXT: UNKNOWN,
    SECRET_TEXT: SECRET,
    **dict.fromkeys(
        ("(sensitive value)", "(sensitive)", "REDACTED", "[REDACTED]", "<REDACTED>", "<redacted>", "[redacted]"), SECRET
    ),
    **dict.fromkeys(("*" * length for length in range(3, 13)), SECRET),
    "(known after apply)": UNKNOWN,
}
"""Texts that stand in a value's place: the engine's own, and what people and tools write over what nobody may read."""
SIGNATURE = "4dabf18193072939515e22adb298388d"
"""The key that marks a special object: a secret, an asset, a resource reference, an output value."""
SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270"  # noqa: S105 - a protocol constant
REFERENCE_SIGNATURE = "5cf8f73096256a8f31e491e813e4eb8e"
OUTPUT_SIGNATURE = "d0e6a833031e9bbcd3f4e8bde6ca49a4"
PROVIDER = "pulumi:providers:alicloud"
STACK = "pulumi:pulumi:Stack"
NO_TRACE = msgspec.Raw(b"[]")
LEFT_OUT = "left out by --target or --exclude"
"""Why a resource of the program is not made, where a document of Pulumi's tells no more."""
DESTROYED = "in the program and destroyed by this plan"
"""Of what a plan with `-destroy` takes away while the program has it still."""
GONE = "in the state and gone, as the refresh shows"
INTERRUPTED, UNREAD_YET = "being made when a run was killed", "being read when a run was killed"
HANGING = "in the program, and left on what this update replaces or deletes"
HALF_REPLACED = "deleted for a replacement that was not made"


class SourceKind(StrEnum):
    """What a source turned out to be."""

    PROGRAM = "program"
    PREVIEW = "preview"
    PLAN = "plan"
    EXPORT = "export"
    CHECKPOINT = "checkpoint"
    EVENTS = "events"
    ENGINE = "engine"
    TERRAFORM_PLAN = "terraform-plan"
    TERRAFORM_STATE = "terraform-state"


OF_TERRAFORM = (SourceKind.TERRAFORM_PLAN, SourceKind.TERRAFORM_STATE)  # values as they are, with what is kept among them


class Change(StrEnum):
    """What an update would do with a resource."""

    CREATE = "create"
    UPDATE = "update"
    REPLACE = "replace"
    SAME = "same"
    READ = "read"


CREATE, UPDATE, REPLACE, SAME, READ = Change.CREATE, Change.UPDATE, Change.REPLACE, Change.SAME, Change.READ
"""Looked up once: to name a member of an enumeration costs several times what it costs to compare with it."""


class _Frame(msgspec.Struct, rename="camel", gc=False):
    source_position: str = ""


_TRACE = msgspec.json.Decoder(list[_Frame])


class Resource(msgspec.Struct, kw_only=True, eq=False, rename="camel"):
    """One resource as the input tells it.

    The fields are those of a resource's state in the engine's documents, which decode into it directly; what a document
    does not say of a resource itself (`change`, `old`, `locate`) its reader sets.
    """

    urn: str
    type: str
    inputs: dict[str, Any] = {}
    """What the program asked for, with `Unknown` members at any depth."""
    id: str | None = None
    """The provider's id where it is known."""
    outputs: dict[str, Any] = {}
    """What the provider answered; of what stands, it tells what the inputs leave out and the provider keeps (`kept_values`)."""
    dependencies: tuple[str, ...] = ()
    property_dependencies: dict[str, tuple[str, ...]] = {}
    """URNs that each input was computed from. A key without an entry, or with none, depends on nothing."""
    provider: str = ""
    """URN of its provider; empty when the input names none."""
    parent: str = ""
    protect: bool = False
    retain_on_delete: bool = False
    """Kept by the cloud when the stack deletes it."""
    resource_hooks: dict[str, list[str]] | None = None
    """Names of hooks by the step that they come with; Pulumi HCL keeps `prevent_destroy` there."""
    view_of: str = ""
    """URN of the module that it is a part of, where a provider keeps it and the engine only shows it."""
    external: bool = False
    """Read from the cloud, not managed by the stack."""
    custom: bool = False
    """Of a state in a document: whether a provider makes it; a component, and the stack, are only the program's."""
    import_id: str = msgspec.field(name="importID", default="")
    """The id that the program's option `import` names; a state keeps it."""
    init_errors: list[str] = []
    """Why its creation ended in an error after the service was asked: it may exist, and is evidence of nothing."""
    pending_replacement: bool = False
    """Of an entry of a state: deleted, and its replacement was not made: it is not there. Of an old one: it may be gone."""
    delete: bool = False
    """Of an entry of a state: the old one of a replacement, whose deletion failed; it stands beside the living one."""
    taint: bool = False  # of an entry of a state: the next update replaces it
    replacement_trigger: Any = None
    """Of an entry of a state: the value of the option, another one of which replaces it."""
    snippet_id: str = msgspec.field(name="snippetID", default="")
    """Of an entry of a state: what `pulumi do` made, beside the program."""
    source_position: str = ""
    stack_trace: msgspec.Raw = NO_TRACE
    """Frames as the engine wrote them, innermost first; decoded only for resources that a finding names."""
    change: Change = msgspec.field(name="cenguard:change", default=Change.CREATE)
    old: dict[str, Any] | None = msgspec.field(name="cenguard:old", default=None)
    """Inputs of its old state; None when it is new or the input does not carry them."""
    before: Any = msgspec.field(name="cenguard:before", default=None)
    """Its old state, a `Resource`, where that differs from the new one and the input carries it."""
    delete_first: bool = msgspec.field(name="cenguard:delete_first", default=False)
    """Of a replacement: whether the old one is taken away before the new one is made."""
    imported: bool = msgspec.field(name="cenguard:imported", default=False)
    """Taken over by this update: it exists already, and nothing is created or bought."""
    ignore_changes: tuple[str, ...] = ()
    """Paths of the inputs that keep their old values; documents hold the outcome, but for what is imported."""
    kept: tuple[str, ...] = msgspec.field(name="cenguard:kept", default=())
    """Inputs that its program leaves out: the provider keeps their values, and a replacement does not have them."""
    made_now: bool = msgspec.field(name="cenguard:made_now", default=False)
    """Whether this very update may have made it, as in the calls of an update that is no dry run: it proves nothing."""
    called: str = msgspec.field(name="cenguard:called", default="")
    """What sentences call it where others have its name too; else empty."""
    locate: Any = msgspec.field(name="cenguard:locate", default=None)
    """`Callable[[], Location | None]` of a reader that has no positions of the engine's."""

    @property
    def name(self) -> str:
        """Its logical name, the last part of its URN."""
        return name_in_urn(self.urn)

    @property
    def label(self) -> str:
        """How sentences call it."""
        return self.called or name_in_urn(self.urn)

    @property
    def is_protected(self) -> bool:
        """Whether its deletion is refused: `protect`, or `prevent_destroy` of Pulumi HCL."""
        hooks = self.resource_hooks.get("BeforeDelete", ()) if self.resource_hooks else ()
        return self.protect or any(hook.startswith("pulumi-hcl:") for hook in hooks)

    @property
    def stands(self) -> bool:
        """Whether its old state equals its new one, or it is imported: the service has accepted it already."""
        return self.change is SAME or self.imported

    @property
    def named(self) -> frozenset[str]:
        """URNs of all that it depends on."""
        return frozenset(self.dependencies).union(*self.property_dependencies.values())

    @property
    def is_made(self) -> bool:
        """Whether the update makes it anew: it is created, or made in the place of another."""
        return (self.change is CREATE or self.change is REPLACE) and not self.imported

    @property
    def proves(self) -> bool:
        """Whether it stood before this update, so that it is evidence of what it needs."""
        return self.stands and not self.init_errors and not self.made_now


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """A resource that holds, or may hold, a CEN that cannot be read: CEN904 says so of each."""

    urn: str
    type: str
    reason: str
    """What cannot be read, as the end of a sentence about the resource."""
    cure: str
    """The document that does show it, or what else can be done."""
    advisory: bool = False
    """Whether it decides nothing beside what is read: an unknown type of CEN among readable ones."""


REGION_VARIABLE = "ALICLOUD_REGION"
"""What the SDK's provider takes its region from where none is given. Source: pulumi_alicloud 4.0.0, provider.py."""


class Records(msgspec.Struct, kw_only=True):
    """What one source holds."""

    path: str
    kind: SourceKind
    project: str = ""
    stack: str = ""
    resources: list[Resource] = []
    complete: bool = True
    """Whether it can be judged whole; else CEN904 is said, and rules that need the whole stack are silent."""
    missing: str = ""
    """Why the source is incomplete, and what would complete it."""
    cure: str = ""
    """What would complete it, or mend the run that failed; empty where the end of `missing` says it."""
    config: Mapping[str, Any] = {}
    """Stack configuration by full key (`alicloud:region`); default providers take their region from it where no
    provider resource is listed."""
    hidden: int = 0
    """How many unchanged resources a preview document leaves out."""
    resource_count: int = 0
    """Resources of the source, including those that no rule looks at."""
    alicloud_count: int = 0
    """Those of them that are Alibaba Cloud's."""
    cen_count: int = 0
    """Those of them that are of CEN, and can be read."""
    closed_count: int = 0
    """Those of them that are components or modules of others: nothing in them names Alibaba Cloud, and no part is shown."""
    deleted: list[Resource] = []
    """Old states that the update deletes."""
    destroys: bool = False
    """Whether the program has what is deleted still, and an option destroys it."""
    retained: list[Resource] = []
    """Old states that leave the stack, or are replaced, and stay in the cloud as their values say."""
    left_out: list[Resource] = []
    """In the program, and not made by this update: it attaches, carries and draws nothing. Inputs may be missing."""
    left_out_why: str = ""
    """Why, as far as the document tells: `left out by --target or --exclude`."""
    pending: list[Resource] = []
    """Creations that were interrupted: each may exist, and the next update makes it again; `imported` what a run only read."""
    uncertain: list[Resource] = []
    """Changes and deletions that were interrupted: each resource may be as these values say, or (`delete`) be gone."""
    gone: list[Resource] = []
    """Not there any more though the state has them: deleted for a replacement that was not made, or found missing by a
    refresh."""
    leftover: list[Resource] = []
    """Old ones of replacements whose deletion failed: they stand, billed, beside the living ones of their URN."""
    cleared: list[Resource] = []
    """The same, and this update deletes them at last: what they do yet is taken away."""
    refreshed: bool = False
    """Whether it tells what a refresh found: nothing is about to happen, and `before` is what the state held."""
    read_anew: Mapping[str, str | None] = {}
    """Ids that the state stores, by URN, of what this run read anew before it planned; None where it stores none."""
    moved: Mapping[str, str] = {}
    """URN in the old state by that in the program, of what an alias moves."""
    aliases: Mapping[str, tuple[str, ...]] = {}
    """URNs that a resource of a program may have in the old state, by its URN; a base says which of them it has."""
    forced: Mapping[str, Forced] = {}
    """By URN, what replaces a resource of a program though no changed value does."""
    tells_retention: bool = True
    """Whether it says of what leaves if the cloud keeps it; a plan alone and the engine's calls do not."""
    reads: list[Resource] = []
    """Data sources, each with what it found; those that are read while the plan is applied have no values."""
    taken: str = ""
    """The day of the document, where it says one: 2027-03-31."""
    lineage: str = ""
    """What a state of Terraform and every copy of it have in common, where it says so."""
    serial: int = 0
    """How often a state of Terraform was written, or when one of Pulumi: it grows with each writing; 0 where nothing says it."""
    unread: list[Unread] = []
    """Resources that hold, or may hold, a CEN that cannot be read."""
    notes: list[str] = []
    """What the report's head says of the source: what it does not show, and why."""
    partial: bool = False
    """Whether something of the program, or of what stands, is not in the answer, though what is there can be judged."""
    outputs: Mapping[str, Any] = {}
    """What the stack exports, where the source tells it."""
    environment_region: str = ""
    """`ALICLOUD_REGION` where a program was run here: providers that name no region take theirs from it."""
    lifecycles: Mapping[str, bool] = {}
    """Whether the program refuses to destroy a resource (`prevent_destroy`), by URN, where that is in no document and files tell it."""
    module_sources: Mapping[str, str] = {}
    """Where modules of Terraform's language come from, by their names from the root (`site.net`), where the source tells it."""
    tells_dependencies: bool = True
    """Whether it says what depends on what; an event log does not."""
    has_old_states: bool = True
    """Whether old states are in it, or nothing is there that could have one."""

    @property
    def shows_all(self) -> bool:
        """Whether everything of the program and of what stands is in the answer."""
        return self.complete and not (self.partial or self.unread or self.left_out)

    @property
    def is_state(self) -> bool:
        """Whether it is what stands, with nothing about to happen to it."""
        return self.kind in (SourceKind.EXPORT, SourceKind.CHECKPOINT, SourceKind.TERRAFORM_STATE) or self.refreshed


def decode(value: Any) -> Any:
    """A value as the engine or a document writes it, with unknown and secret parts replaced.

    A resource reference becomes its id. A secret becomes SECRET, whatever it holds.
    """
    if isinstance(value, str):
        return MARKS.get(value, value)
    if isinstance(value, list):
        return [decode(item) for item in value]
    if isinstance(value, dict):
        match value.get(SIGNATURE):
            case None:
                return {key: MARKS.get(item, item) if type(item) is str else decode(item) for key, item in value.items()}
            case s if s == SECRET_SIGNATURE:
                return SECRET
            case s if s == OUTPUT_SIGNATURE:
                if value.get("secret"):
                    return SECRET
                return decode(value["value"]) if "value" in value else UNKNOWN
            case s if s == REFERENCE_SIGNATURE:
                return decode(value.get("id") or UNKNOWN_TEXT)
            case _:
                return UNKNOWN
    return value


def decode_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of one resource, decoded, without the bridge's own keys."""
    return {
        key: value if isinstance(value, (int, float)) else decode(value)
        for key, value in properties.items()
        if not key.startswith("__")
    }


def settle_inputs(inputs: dict[str, Any]) -> dict[str, Any]:
    """`decode_properties`, in place and quick where every value is plain."""
    for key, value in inputs.items():
        kind = type(value)
        if kind is str:
            if value in MARKS:
                inputs[key] = MARKS[value]
        elif (kind is list or kind is dict) and not key.startswith("__"):
            inputs[key] = decode(value)
    inputs.pop("__defaults", None)
    if "__internal" in inputs and not inputs["__internal"]:  # one that is not empty names the Terraform provider that is run
        del inputs["__internal"]
    return inputs


def settle_standing(resource: Resource) -> Resource:
    """A resource that stands as a state tells it."""
    settle_inputs(resource.inputs)
    resource.property_dependencies = set_alone(resource.property_dependencies, resource.inputs)
    resource.change = Change.READ if resource.external else Change.SAME
    resource.old = None if resource.external else resource.inputs
    resource.locate = resource.before = None  # no document says these, whatever keys it holds
    if not resource.id or resource.id == UNKNOWN_TEXT:
        resource.id = None
    if resource.provider:
        resource.provider = provider_urn(resource.provider)
    return resource


def stack_outputs(resources: Iterable[Resource]) -> dict[str, Any]:
    """What the stack exports, for the stacks that refer to it."""
    return next((decode_properties(item.outputs) for item in resources if item.type == STACK), {})


def positions(resource: Resource) -> list[str]:
    """Positions in source code that the engine tells of a resource, innermost first."""
    return list(every_position(resource))


def every_position(resource: Resource) -> Iterator[str]:
    """The same, for who needs few of them."""
    try:
        frames = _TRACE.decode(resource.stack_trace)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):  # nobody looked at it before
        frames = []
    for frame in frames:
        if frame.source_position:
            yield frame.source_position
    if resource.source_position:
        yield resource.source_position


def leaves_open(source: Records) -> bool:
    """Whether a source holds something that may be otherwise: interrupted operations, creations that ended in an error."""
    return bool(source.pending or source.uncertain) or any(resource.init_errors for resource in source.resources)
