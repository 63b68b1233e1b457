"""Reader of `pulumi preview --json` documents.

Only the fields a rule can need are decoded; stack traces stay bytes until a finding asks for its line.
Source of the format: documents recorded from the engine, in `tests/recordings/`.
"""

from collections.abc import Iterable, Mapping, Sequence
from mmap import mmap
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput, not_json
from cenguard.readers.older import decoded
from cenguard.readers.steps import DELETED, ENGINES_OWN, Steps, note_left_out, urn_is_providers, urn_is_stacks
from cenguard.resources.records import SECRET_TEXT, Records, Resource, SourceKind, stack_outputs
from cenguard.resources.urns import name_in_urn, stack_of
from cenguard.resources.values import SECRET
from cenguard.text.printable import in_one_line, listed, number

REFRESHED = (
    "What a refresh found is judged as the state that it would write: nothing is bought, changed or deleted, and "
    "what is cut was lost outside of it. To see what the program does about it, check pulumi preview --refresh --json --show-sames."
)
EXCLUDED = "After --exclude give the stack's export beside it."
EXCLUDED_FROM_LOG = (
    "After --exclude check `pulumi refresh --preview-only --json` with the stack's export beside it: a log goes with no export."
)


class Step(msgspec.Struct, rename="camel", gc=False):
    """What the update would do with one resource."""

    op: str
    urn: str
    old_state: Resource | None = None
    new_state: Resource | None = None


class Diagnostic(msgspec.Struct, gc=False):
    """A line that the engine printed."""

    message: str = ""
    severity: str = ""
    urn: str = ""


class Document(msgspec.Struct, rename="camel", gc=False):
    """A preview document."""

    steps: list[Step]
    config: dict[str, Any] = {}
    diagnostics: list[Diagnostic] = []
    change_summary: dict[str, int] | None = None


class _Stepless(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    """What a command leaves that had no step to show."""

    config: dict[str, Any] = {}
    diagnostics: list[Diagnostic] = []
    duration: int | None = None


_DOCUMENT = msgspec.json.Decoder(Document)


def decode_document(content: bytes | mmap, path: str) -> Document:
    """The document, checked against its structure.

    Raises:
        UnreadableInput: it is not one; says where.
    """
    try:
        document: Document = decoded(_DOCUMENT, content)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        raise UnreadableInput(path, f"is no preview document: {reason}", where=where.strip("`")) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise not_json(path, error) from None
    return document


def read_preview(content: bytes | mmap, path: str, *, followed_by_events: bool = False) -> Records:
    """The resources of a preview document.

    Raises:
        UnreadableInput: it is not one; says where and what was expected.
    """
    document = decode_document(content, path)
    records = Records(path=path, kind=SourceKind.PREVIEW, config=_config(document.config), resource_count=0)
    steps = Steps()
    same = stayed = 0
    for step in document.steps:
        state = step.new_state
        if step.op == "same":
            same += 1
            if state is not None and state.outputs and state.custom and not urn_is_providers(step.urn):
                stayed += 1
        if not steps.take(step.op, step.urn, step.old_state, state):
            raise UnreadableInput(path, f"{step.op!r} is no step of a preview", where=f"steps, {step.urn}")
    if document.steps:
        records.stack, records.project = stack_of(document.steps[0].urn)
    failure = failure_of(document.diagnostics, steps)
    steps.fill(records)
    if failure is None and document.change_summary is None:
        failure = "it has no change summary"
    if failure is not None:
        fail(records, failure)
    elif records.refreshed:
        _look_for_unfound(document, records, followed_by_events=followed_by_events)
    else:
        _look_for_hidden(document, same, steps, records, followed_by_events=followed_by_events)
        note_left_out(records, stayed)
    if failure is None and (records.complete or not records.refreshed):
        note_kind(steps, records)
    records.resource_count = len(records.resources)
    records.outputs = stack_outputs(records.resources)
    return records


def why_without_steps(content: bytes | mmap) -> str:
    """Why a document that is no preview holds no step, where the engine wrote it; empty for another document.

    Seen with engine 3.276: a command that fails before it begins leaves no duration, one that ends well always does.
    """
    try:
        document = msgspec.json.decode(content[:], type=_Stepless)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return ""
    failure = failure_of(document.diagnostics, Steps())
    if failure is not None:
        return f"is of a run of Pulumi that failed before anything was registered ({failure}): mend that, and run it again"
    if document.duration is None:
        return "is what `pulumi … --json` leaves that failed before it began: its error is on its standard error (or `output -json` of a Terraform state without outputs)"
    return (
        "shows no resource at all, which is what `pulumi refresh` and `pulumi destroy --preview-only --json` write of an empty "
        "stack, or of a target that matches nothing: give the stack's export (pulumi stack export)"
    )


def failure_of(diagnostics: Iterable[Diagnostic], steps: Steps) -> str | None:
    """What a run that failed says of it; None for one that is whole.

    One that failed half-way still has a summary, of what it got to: its error diagnostics tell. One that a policy stopped
    says nothing but `preview failed`, and is whole: policies answer when everything is registered. Beside that line an error
    about a resource is the reason, whatever step the resource has: a deletion or a replacement that is refused, something
    that a target leaves behind. Without it an error about a resource that has its step is none, unless the step is the
    deletion that it refuses, or another resource has its name: the engine stops there.
    What the interpreter of YAML has against a program is on its standard error, and no error at all.
    That a plugin `exited prematurely` is said when it is shut down: one that died of its work fails the resource, or the
    program, too.
    """
    errors = [item for item in diagnostics if item.severity == "error"]
    ended = next((said for item in errors if not item.urn and (said := plain(item.message)) in FAILED), "")
    found: list[str] = []
    for item in errors:
        said = plain(item.message) or "without saying why"
        if not item.urn:
            if said not in FAILED and not (said.startswith("Detected that ") and " exited prematurely. " in said):
                found.append(said)
            continue
        refused = steps.refused(item.urn)
        if refused is not None and (refused.protect or ended):
            steps.stays(item.urn)
        elif not ended and steps.has(item.urn) and not said.startswith(_SAID_TWICE):
            continue
        name = name_in_urn(item.urn)
        found.append(said if name in said or not plain(item.message) else f"{name}: {said}")
    if found:
        return found[0]
    if ended:
        return ended if ended != STOPPED_BY_POLICY else None
    return refusal_of(item for item in diagnostics if item.message.startswith((_REFUSED, "  on ")))


def stopped_by_policy(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether a run says of itself what one says that a policy stopped: all is registered then."""
    return any(item.severity == "error" and not item.urn and plain(item.message) == STOPPED_BY_POLICY for item in diagnostics)


def refusal_of(diagnostics: Iterable[Diagnostic]) -> str | None:
    """What the interpreter of YAML has against a program, and where, of lines on its standard error that may be of that kind."""
    said = ""
    for item in diagnostics:
        if item.severity != "info#err":
            continue
        text = plain(item.message)
        if said:
            return f"{said} {text.removesuffix(':')}" if text.startswith("on ") else said
        if text.startswith("Error: "):
            said = text.removeprefix("Error: ")
    return said or None


def fail(records: Records, failure: str, run: str = "preview") -> None:
    """Say of a source that its run failed, in the engine's own words."""
    records.complete = False
    if run == "preview":
        records.cure = "mend what it says, and preview again"
    else:
        records.cure = "mend what it says, and run it again; what stands now is in the stack's export (pulumi stack export)"
    records.missing = f"the {run} failed ({failure}): {records.cure}"


def _look_for_hidden(document: Document, same: int, steps: Steps, records: Records, *, followed_by_events: bool) -> None:
    """Whether the steps are the whole stack."""
    hidden = (document.change_summary or {}).get("same", 0) - same
    # where the stack itself leaves, with all that it holds, `destroy --run-program` counted what it deletes
    if hidden <= 0 or any(map(urn_is_stacks, steps.left)):
        return
    rest = steps.standing(without=(*steps.resources, *steps.left, *steps.left_out))
    if len(rest) == hidden:
        records.resources += rest
        records.notes.append(
            f"{number(hidden, 'unchanged resource')} of this preview with --refresh {'is' if hidden == 1 else 'are'} taken as the state "
            "had them before the refresh: add --show-sames to judge them as they are."
        )
        return
    records.hidden = hidden
    records.complete = False
    others = [step for step in document.steps if step.op not in DELETED and step.op != "refresh"]
    if steps.left and all(
        "::pulumi:pulumi:Stack::" in step.urn for step in others
    ):  # a destroy has no --show-sames, and a preview may look the same
        records.cure = "give the stack's export beside it (pulumi stack export)"
    elif followed_by_events:
        records.cure = "give the events of `pulumi up --skip-preview --json`, which show all, or the stack's export beside it"
    else:
        records.cure = "add --show-sames to pulumi preview --json"
    records.missing = f"it hides {number(hidden, 'unchanged resource')}: {records.cure}"


def _look_for_unfound(document: Document, records: Records, *, followed_by_events: bool) -> None:
    """Whether a refresh shows all that it looked at: of engine 3.113 and before it shows the stack alone."""
    unfound = sum((document.change_summary or {}).values()) - len(document.steps)
    if unfound <= 0 or not all(urn_is_stacks(step.urn) for step in document.steps):
        return
    records.complete = False
    records.cure = "give the stack's export after the refresh (pulumi stack export) in its place"
    if followed_by_events:
        records.cure = f"give the events of `pulumi refresh --yes --skip-preview --json`, or {records.cure.removeprefix('give ')}"
    records.missing = f"its engine does not show what the refresh found of {number(unfound, 'resource')}: {records.cure}"


def note_kind(steps: Steps, records: Records) -> None:
    """Say in the head what kind of run it is, where it is no ordinary preview."""
    if steps.untold and records.complete:
        untold = listed(sorted({name_in_urn(urn) for urn in steps.untold}))
        records.complete = False
        records.cure = "import first, and check the stack's export (pulumi stack export)"
        records.missing = f"it shows no value of what it imports ({untold}): {records.cure}"
    if records.refreshed and records.complete and (not steps.of_the_stack or steps.names_what_it_hides()):
        seen = listed(sorted({item.name for item in (*records.resources, *records.gone)}))
        records.hidden, records.complete = 1, False  # how many more there are is not told
        records.cure = "give the stack's export beside it (pulumi stack export), or refresh without --target and --exclude"
        if records.kind is SourceKind.EVENTS:  # a log goes with no export
            records.cure = "check `pulumi refresh --preview-only --json` with the stack's export beside it, or refresh all of it"
        records.missing = f"this refresh is not of the whole stack (--target or --exclude; it shows {seen}): {records.cure}"
    if records.refreshed:
        records.notes += [REFRESHED, EXCLUDED_FROM_LOG if records.kind is SourceKind.EVENTS else EXCLUDED]
    elif steps.left and not records.resources and records.complete and not records.left_out:
        kept = listed(sorted(item.name for item in records.retained))
        rest = f"but for what is kept in the cloud ({kept})" if kept else "and nothing is left to judge"
        records.notes.append(f"Everything is deleted, {rest}. To judge what stands now, check the stack's export.")


def note_excluded(refresh: Records, untold: Sequence[Resource], path: str) -> None:
    """Say in the head what a refresh has left out, where the state beside it tells that."""
    if EXCLUDED not in refresh.notes:
        return
    refresh.notes.remove(EXCLUDED)
    names = sorted({item.name for item in untold if not item.type.startswith(ENGINES_OWN)})
    if names:
        refresh.notes.append(f"What this refresh does not show is taken from {path} as it stood there: {listed(names)}.")


_REFUSED = "\x1b[31mError\x1b[0m: "
"""How the interpreter of YAML begins, in colour whatever the engine is told, what it has against a program."""
STOPPED_BY_POLICY = "preview failed"
_SAID_TWICE = "Duplicate resource "
"""Source: pulumi, sdk/go/common/diag/errors.go (2001, 2008, 2016)."""
FAILED = (STOPPED_BY_POLICY, "update failed", "refresh failed", "destroy failed")
"""The engine's last words on a run, which say nothing of the reason."""


def plain(message: str) -> str:
    """A diagnostic's own words, in one line and without colours."""
    return in_one_line(message).removeprefix("error:").strip()


def _config(config: Mapping[str, Any]) -> dict[str, Any]:
    return {key: SECRET if value == SECRET_TEXT else value for key, value in config.items()}
