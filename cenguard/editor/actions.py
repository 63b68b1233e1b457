"""Code actions: the fix of a finding where its text is certain, and everything that is safe at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from cenguard.editor.diagnostics import SOURCE, range_of
from cenguard.editor.messages import Action, Answer
from cenguard.editor.texts import text_digest

if TYPE_CHECKING:
    from cenguard.editor.server import Server

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.{SOURCE}"
QUICK_FIX = types.CodeActionKind.QuickFix.value


def register(server: "Server") -> None:
    """Register the request for code actions."""

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def code_action(params: types.CodeActionParams) -> list[types.CodeAction]:
        path = server.path(params.text_document.uri)
        run = server.runs.of(path) if path is not None else None
        if run is None or run.answer is None:
            return []
        wanted = params.context.only
        found: list[types.CodeAction] = []
        given = server.shown.within(str(path), params.range)  # the range decides; what a client says that it knows is a hint
        given |= {fingerprint: item for item in params.context.diagnostics if (fingerprint := _fingerprint(item))}
        for action in run.answer.actions:
            if not _fits(server, action, run.answer):
                continue
            if not action.fingerprints:
                if _asked(FIX_ALL, wanted):
                    found.append(_code_action(server, action, FIX_ALL, []))
                continue
            mended = [given[name] for name in action.fingerprints if name in given]
            if mended and _asked(QUICK_FIX, wanted):
                found.append(_code_action(server, action, QUICK_FIX, mended))
        return found


def _fingerprint(diagnostic: types.Diagnostic) -> str:
    """The fingerprint in a diagnostic's data."""
    data: Any = diagnostic.data
    found = data.get("fingerprint") if isinstance(data, dict) else getattr(data, "fingerprint", None)
    return found if isinstance(found, str) else ""


def _asked(kind: str, wanted: Sequence[Any] | None) -> bool:
    """Whether a client wants actions of a kind: those of a kind above it count."""
    if not wanted:
        return True
    words = [getattr(item, "value", item) for item in wanted]
    return any(kind == word or kind.startswith(f"{word}.") or word == "" for word in words)


def _fits(server: "Server", action: Action, answer: Answer) -> bool:
    """Whether the files are what they were when the edits were made, with what is not saved yet."""
    for path in {edit.place.file for edit in action.edits}:
        document = server.text(server.uri(path))
        if document is None or text_digest(document.source) != answer.texts.get(path):
            return False
    return True


def _code_action(server: "Server", action: Action, kind: str, mended: list[types.Diagnostic]) -> types.CodeAction:
    edits: dict[str, list[types.TextEdit]] = {}
    for edit in action.edits:
        edits.setdefault(server.uri(edit.place.file), []).append(types.TextEdit(range_of(edit.place), edit.text))
    workspace = server.client_capabilities.workspace
    versioned = workspace is not None and workspace.workspace_edit is not None and workspace.workspace_edit.document_changes
    if versioned:
        documents = server.workspace.text_documents
        changes = types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(uri, documents[uri].version if uri in documents else None),
                    [*items],
                )
                for uri, items in edits.items()
            ]
        )
    else:
        changes = types.WorkspaceEdit(changes=edits)
    return types.CodeAction(
        title=action.title,
        kind=kind,
        diagnostics=mended or None,
        is_preferred=action.preferred if kind == QUICK_FIX else None,
        edit=changes,
    )
