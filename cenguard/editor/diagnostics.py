"""Diagnostics: pulled where the client can, else published."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lsprotocol import types

from cenguard.editor.messages import Place, Remark

if TYPE_CHECKING:
    from cenguard.editor.server import Server

SOURCE = "cenguard"
_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
    "hint": types.DiagnosticSeverity.Hint,
}


class Shown:
    """What the client sees: remarks by whoever makes them, and by file."""

    def __init__(self, server: "Server") -> None:
        """Show nothing yet."""
        self._server = server
        self._by_owner: dict[str, dict[str, list[Remark]]] = {}
        self._told: dict[str, dict[str, None]] = {}
        """Files that an owner has ever had something about."""

    def show(self, owner: str, remarks: Iterable[Remark], checked: Iterable[str] = ()) -> None:
        """Show some remarks in the place of those that an owner had before; of a file that was `checked`, also that there are none."""
        files: dict[str, list[Remark]] = {}
        for remark in remarks:
            files.setdefault(remark.place.file, []).append(remark)
        opened = dict.fromkeys(checked)  # last: who waits for the file that was opened has the others then
        changed = [path for path in dict.fromkeys((*self._by_owner.get(owner, ()), *files)) if path not in opened]
        changed += opened
        self._by_owner[owner] = files
        self._told.setdefault(owner, {}).update(dict.fromkeys(files))
        if not self.is_pulled:
            for path in changed:
                self._publish(path)
            return
        if not self.knows_related:
            for path in changed:
                if self._server.uri(path) not in self._server.workspace.text_documents:
                    self._publish(path)
        workspace = self._server.client_capabilities.workspace
        if workspace is not None and workspace.diagnostics is not None and workspace.diagnostics.refresh_support:
            self._server.workspace_diagnostic_refresh(None, lambda _result: None)

    def of(self, path: str) -> list[types.Diagnostic]:
        """What stands in a file."""
        found: dict[tuple[Place, str, str], Remark] = {}
        for files in self._by_owner.values():
            for remark in files.get(path, ()):
                found.setdefault((remark.place, remark.code, remark.message), remark)
        return [self._diagnostic(remark) for remark in found.values()]

    def within(self, path: str, place: types.Range) -> dict[str, types.Diagnostic]:
        """Findings that stand in a part of a file, by their fingerprints."""
        start, end = _at(place.start), _at(place.end)
        return {
            remark.fingerprint: self._diagnostic(remark)
            for files in self._by_owner.values()
            for remark in files.get(path, ())
            if remark.fingerprint and _at(range_of(remark.place).start) <= end and start <= _at(range_of(remark.place).end)
        }

    def beside(self, path: str) -> list[str]:
        """The other files of those who have something to say of a file, those that are empty now among them."""
        found: dict[str, None] = {}
        for owner, told in self._told.items():
            if path in told or owner in self._server.runs.owners_of(path):
                found.update(told)
        return [other for other in found if other != path]

    @property
    def is_pulled(self) -> bool:
        """Whether the client asks for diagnostics."""
        text = self._server.client_capabilities.text_document
        return text is not None and text.diagnostic is not None

    @property
    def knows_related(self) -> bool:
        """Whether a client that asks takes those of other files as well."""
        text = self._server.client_capabilities.text_document
        return text is not None and text.diagnostic is not None and bool(text.diagnostic.related_document_support)

    def _publish(self, path: str) -> None:
        uri = self._server.uri(path)
        document = self._server.workspace.text_documents.get(uri)
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri=uri, diagnostics=self.of(path), version=document.version if document else None)
        )

    def _diagnostic(self, remark: Remark) -> types.Diagnostic:
        return types.Diagnostic(
            range=range_of(remark.place),
            severity=_SEVERITIES[remark.severity],
            source=SOURCE,
            message=remark.message,
            code=remark.code or None,
            code_description=types.CodeDescription(remark.help) if remark.help else None,
            related_information=[
                types.DiagnosticRelatedInformation(types.Location(self._server.uri(place.file), range_of(place)), text)
                for place, text in remark.related
            ]
            or None,
            data={"fingerprint": remark.fingerprint, "rule": remark.code} if remark.code else None,
        )


def range_of(place: Place) -> types.Range:
    """A place as the protocol's range."""
    return types.Range(
        types.Position(place.start.line, place.start.column),
        types.Position(place.end.line, place.end.column),
    )


def _at(position: types.Position) -> tuple[int, int]:
    return (position.line, position.character)


def register(server: "Server") -> None:
    """Register the request of a client that pulls."""

    @server.feature(
        types.TEXT_DOCUMENT_DIAGNOSTIC,
        types.DiagnosticOptions(identifier=SOURCE, inter_file_dependencies=True, workspace_diagnostics=False),
    )
    async def diagnostic(params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
        path = server.path(params.text_document.uri)
        if path is None:
            return types.RelatedFullDocumentDiagnosticReport(items=[])
        await server.runs.settled(path)
        others = server.shown.beside(str(path)) if server.shown.knows_related else []
        return types.RelatedFullDocumentDiagnosticReport(
            items=server.shown.of(str(path)),
            related_documents={
                server.uri(other): types.FullDocumentDiagnosticReport(items=server.shown.of(other)) for other in others
            }
            or None,
        )
