"""A client of the language server that is nobody's library: messages written and read over a real process's pipes."""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
TRUSTED = {"trusted": True}
PUSHED: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True},
    "textDocument": {
        "publishDiagnostics": {"relatedInformation": True, "versionSupport": True},
        "codeAction": {"dataSupport": True},
    },
    "workspace": {"workspaceEdit": {"documentChanges": True}},
}
PULLED: dict[str, Any] = {
    **PUSHED,
    "textDocument": {**PUSHED["textDocument"], "diagnostic": {"dynamicRegistration": False, "relatedDocumentSupport": True}},
    "workspace": {**PUSHED["workspace"], "diagnostics": {"refreshSupport": True}},
}


class Client:
    """One server process and what it has said."""

    def __init__(self, root: Path, options: Any = None, capabilities: dict[str, Any] | None = None, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cenguard", "lsp"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **environment},
        )
        self.heard: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.notes: list[dict[str, Any]] = []
        self.answers: dict[int, dict[str, Any]] = {}
        self.published: dict[str, list[dict[str, Any]]] = {}
        self.publications: list[tuple[str, list[dict[str, Any]]]] = []
        self.texts: dict[str, str] = {}
        self.versions: dict[str, int] = {}
        self.errors = b""
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()
        self.hello = self.ask(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": root.as_uri(),
                "workspaceFolders": [{"uri": root.as_uri(), "name": root.name}],
                "capabilities": PUSHED if capabilities is None else capabilities,
                **({} if options is None else {"initializationOptions": options}),
            },
        )
        self.tell("initialized", {})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            try:
                self.ask("shutdown", None)
                self.tell("exit", None)
                self.process.wait(20)
            except (AssertionError, OSError):
                self.process.kill()
                raise
        self.process.wait()

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        while content := self.process.stderr.read1(65536):
            self.errors += content

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, colon, value = line.partition(b":")
                if not colon or name not in (b"Content-Length", b"Content-Type"):
                    self.heard.put({"method": "rubbish", "params": line.decode("utf-8", "replace")})
                elif name == b"Content-Length":
                    length = int(value)
            if not line:
                self.heard.put(None)
                return
            self.heard.put(json.loads(stream.read(length)))

    def send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params} if params is not None else {"method": method})

    def post(self, method: str, params: Any) -> int:
        """Ask without waiting."""
        self.number += 1
        self.send({"id": self.number, "method": method, **({} if params is None else {"params": params})})
        return self.number

    def ask(self, method: str, params: Any) -> Any:
        return self.answer(self.post(method, params))

    def answer(self, number: int) -> Any:
        self.until(lambda: number in self.answers)
        found = self.answers[number]
        assert "error" not in found, found["error"]
        return found.get("result")

    def until(self, done: Any, patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not done():
            left = end - time.monotonic()
            assert left > 0, f"the server said nothing more; {self.errors[-2000:].decode()}"
            try:
                message = self.heard.get(timeout=left)
            except queue.Empty:
                continue
            assert message is not None, f"the server ended; {self.errors[-3000:].decode()}"
            self._take(message)

    def drain(self, seconds: float) -> None:
        """Take what comes for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                message = self.heard.get(timeout=left)
            except queue.Empty:
                return
            assert message is not None, f"the server ended; {self.errors[-3000:].decode()}"
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        assert message.get("method") != "rubbish", message
        if "method" not in message:
            self.answers[message["id"]] = message
        elif "id" in message:
            self.notes.append(message)
            self.send({"id": message["id"], "result": None})
        else:
            self.notes.append(message)
            if message["method"] == "textDocument/publishDiagnostics":
                uri, found = message["params"]["uri"], message["params"]["diagnostics"]
                self.published[uri] = found
                self.publications.append((uri, found))

    def said(self, method: str) -> list[dict[str, Any]]:
        return [note for note in self.notes if note["method"] == method]

    def open(self, path: Path, language: str = "") -> None:
        uri, text = path.as_uri(), path.read_bytes().decode("utf-8-sig")
        self.texts[uri], self.versions[uri] = text, 1
        self.tell(
            "textDocument/didOpen",
            {"textDocument": {"uri": uri, "languageId": language or path.suffix[1:], "version": 1, "text": text}},
        )

    def edit(self, path: Path, text: str) -> None:
        uri = path.as_uri()
        self.versions[uri] += 1
        self.texts[uri] = text
        self.tell(
            "textDocument/didChange",
            {"textDocument": {"uri": uri, "version": self.versions[uri]}, "contentChanges": [{"text": text}]},
        )

    def save(self, path: Path, text: str | None = None) -> None:
        """Write what the editor has, and say so."""
        uri = path.as_uri()
        if text is not None:
            self.edit(path, text)
        path.write_text(self.texts[uri], "utf-8", newline="")
        self.tell("textDocument/didSave", {"textDocument": {"uri": uri}})

    def written(self, path: Path) -> None:
        """Say that somebody has written a file, or removed it."""
        self.tell("workspace/didChangeWatchedFiles", {"changes": [{"uri": path.as_uri(), "type": 2 if path.exists() else 3}]})

    def close(self, path: Path) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def pushed(self, path: Path, wanted: Any = lambda found: True) -> list[dict[str, Any]]:
        """What is published of a file from now on, as soon as it is as wanted."""
        uri = path.as_uri()
        start = len(self.publications)
        self.until(lambda: any(name == uri and wanted(found) for name, found in self.publications[start:]))
        return self.published[uri]

    def pull(self, path: Path) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
        found = self.ask("textDocument/diagnostic", {"textDocument": {"uri": path.as_uri()}})
        assert found["kind"] == "full"
        return found["items"], {uri: item["items"] for uri, item in (found.get("relatedDocuments") or {}).items()}

    def actions(self, path: Path, diagnostics: list[dict[str, Any]], only: list[str] | None = None) -> list[dict[str, Any]]:
        lines = self.texts[path.as_uri()].split("\n")
        whole = {"start": {"line": 0, "character": 0}, "end": {"line": len(lines) - 1, "character": len(lines[-1])}}
        context = {"diagnostics": diagnostics, **({} if only is None else {"only": only})}
        return (
            self.ask("textDocument/codeAction", {"textDocument": {"uri": path.as_uri()}, "range": whole, "context": context})
            or []
        )

    def apply(self, action: dict[str, Any]) -> list[Path]:
        """Make the changes of an action in open files, as an editor does."""
        changed = []
        edit = action["edit"]
        parts = (
            {item["textDocument"]["uri"]: item["edits"] for item in edit["documentChanges"]}
            if "documentChanges" in edit
            else edit["changes"]
        )
        for uri, edits in parts.items():
            path = Path(uri.removeprefix("file://"))
            self.edit(path, applied(self.texts[uri], edits))
            changed.append(path)
        return changed

    def processes(self) -> list[int]:
        """The server with everything below it."""
        found, waiting = [], [self.process.pid]
        while waiting:
            process = waiting.pop()
            found.append(process)
            for task in Path(f"/proc/{process}/task").glob("*/children"):
                waiting += map(int, task.read_text().split())
        return found


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text with edits, whose columns count units of UTF-16."""
    spans = sorted(
        (
            (offset(text, edit["range"]["start"]), offset(text, edit["range"]["end"]), number, edit["newText"])
            for number, edit in enumerate(edits)
        ),
        key=lambda item: (item[0], item[1], item[2]),
    )
    parts, place = [], 0
    for start, end, _, new in spans:
        assert start >= place, "two edits of one action are about the same part"
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])


def offset(text: str, position: dict[str, int]) -> int:
    rows = text.split("\n")
    row = rows[position["line"]] if position["line"] < len(rows) else ""
    before = row.encode("utf-16-le")[: 2 * position["character"]].decode("utf-16-le")
    return sum(len(item) + 1 for item in rows[: position["line"]]) + len(before)


def marked(text: str, diagnostic: dict[str, Any]) -> str:
    """The text that a diagnostic stands at."""
    return text[offset(text, diagnostic["range"]["start"]) : offset(text, diagnostic["range"]["end"])]


def codes(diagnostics: list[dict[str, Any]]) -> list[str]:
    return sorted(item.get("code", "") for item in diagnostics)
