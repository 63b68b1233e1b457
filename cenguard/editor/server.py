"""The server: what the client opens and saves leads to checks, and what comes of them to the client."""

import os
import signal
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any, NoReturn

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import TextDocument

from cenguard import __version__
from cenguard.editor import actions, completing, diagnostics, hovering, runs
from cenguard.editor.diagnostics import Shown
from cenguard.editor.runs import Runs
from cenguard.editor.settings_files import SettingsFiles
from cenguard.editor.trust import UNTRUSTED, Trust, trust_of

FEATURES: tuple[Callable[["Server"], None], ...] = (
    runs.register,
    diagnostics.register,
    actions.register,
    hovering.register,
    completing.register,
)
"""What registers each feature."""


class Server(LanguageServer):
    """The state that features share."""

    def __init__(self) -> None:
        """Make a server that serves nobody yet."""
        # Whole texts: of a change of a part the library takes the wrong line where a form feed, or another mark that no client takes
        # for the end of a line, stands above it.
        super().__init__("cenguard", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.trust = Trust()
        self.shown = Shown(self)
        self.runs = Runs(self)
        self.settings = SettingsFiles(self)
        self._complaint = ""
        self.is_over = False
        """Whether the client has said that it ends the session."""

        @self.feature(types.INITIALIZE)
        def initialize(params: types.InitializeParams) -> None:
            self.trust, self._complaint = trust_of(_plain(params.initialization_options))

        @self.feature(types.INITIALIZED)
        def initialized(_params: types.InitializedParams) -> None:
            runs.watch(self)
            for text in filter(None, (self._complaint, "" if self.trust.trusted else UNTRUSTED)):
                self.window_show_message(types.ShowMessageParams(types.MessageType.Info, text))

        @self.feature(types.SHUTDOWN)
        def shutdown(*_: Any) -> None:
            self.is_over = True
            self.runs.stop()

        for register in FEATURES:
            register(self)

    def path(self, uri: str) -> Path | None:
        """The file of a URI; None where it is none of this machine's."""
        name = to_fs_path(uri)
        return Path(os.path.realpath(name)) if name else None

    def uri(self, path: str) -> str:
        """The URI of a file, as the client writes it where it has the file, or the folder that it lies in, open."""
        uris: list[str] = list(self.workspace.text_documents)
        for uri in uris:
            name = to_fs_path(uri)
            if name and os.path.realpath(name) == path:
                return uri
        folders: list[str] = list(self.workspace.folders)
        for uri in (*folders, self.workspace.root_uri):
            name = to_fs_path(uri) if uri else None
            if name and path.startswith(os.path.realpath(name) + os.sep):
                return from_fs_path(os.path.join(name, os.path.relpath(path, os.path.realpath(name)))) or ""  # noqa: PTH118
        return from_fs_path(path) or ""

    def text(self, uri: str) -> TextDocument | None:
        """A file as the client has it, or as it lies there; None where it cannot be read."""
        document = self.workspace.get_text_document(uri)
        try:
            _ = document.source
        except (OSError, UnicodeDecodeError):
            return None
        return document

    def offset(self, document: TextDocument, position: types.Position) -> int:
        """Where a position of the client's is in a text.

        The library's own answer takes a form feed, and other marks within a line, for the end of one, as no client does; and a column
        past the end of a line for the place before its last character, which is right where that is a line feed.
        """
        lines = list(StringIO(f"{document.source}\n", newline=""))
        place = document.position_codec.position_from_client_units(lines, position)
        return sum(map(len, lines[: place.line])) + place.character

    @property
    def encoding(self) -> str:
        """How the client counts columns."""
        return types.PositionEncodingKind(self.workspace.position_encoding or types.PositionEncodingKind.Utf16).value

    def say(self, text: str) -> None:
        """Write a line into the client's log."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Log, text))


def _plain(value: Any) -> Any:
    """Options as plain values: the library makes tuples with names of objects in JSON."""
    if hasattr(value, "_asdict"):
        return {key: _plain(item) for key, item in value._asdict().items()}
    return value


def serve(interrupted: int) -> NoReturn:
    """Serve over standard input and output, until the client goes away; whatever else prints goes to standard error.

    `interrupted` is the exit status of an interruption; else it is 1 where the client went away without a word, as the protocol has it.
    """
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    server = Server()

    def leave(*_: object) -> None:
        server.runs.stop()
        os._exit(interrupted)  # who reads the client's messages waits for the next one, whatever is asked of it

    for number in (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")):
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, leave)
    try:
        server.start_io(inward, outward)
    finally:
        server.runs.stop()
    sys.exit(0 if server.is_over else 1)
