"""A server that answers like GitHub and GitLab, and a comment posted to it."""

import json
import os
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cenguard.reports.json import render
from tests.commands.test_cli import run

MARK = "<!-- cenguard: net/prod -->"
TOKEN = "t0ken-that-nobody-sees"


class Server(ThreadingHTTPServer):
    """Comments of one change, in the ways of GitHub and of GitLab."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments, self.asked, self.status, self.location = {}, [], 200, None
        self.user, self.unknown, self.authors, self.faults = {"id": 1}, 403, {}, []
        threading.Thread(target=self.serve_forever, daemon=True).start()

        self.patches, self.suggested = {}, {}

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_port}"

    def change(self, path):
        """The change itself, and the files that it touches."""
        match path.rpartition("/")[2]:
            case "files":
                return [{"filename": name, "patch": patch} for name, patch in self.patches.items()]
            case "diffs":
                return [{"old_path": name, "new_path": name, "diff": patch} for name, patch in self.patches.items()]
            case "7" if "/pulls/" in path or path.endswith("/merge_requests/7"):
                return {
                    "head": {"sha": "h" * 40},
                    "diff_refs": {"base_sha": "b" * 40, "start_sha": "s" * 40, "head_sha": "h" * 40},
                }
        return None

    def suggest(self, method, path, body):
        """Comments on lines."""
        if method == "GET":
            return [{"id": number, **body} for number, body in self.suggested.items()]
        if method == "DELETE":
            del self.suggested[int(path.rpartition("/")[2])]
            return {}
        self.suggested[100 + len(self.asked)] = body
        return {}


class Handler(BaseHTTPRequestHandler):
    def answer(self, document, status=200):
        content = json.dumps(document).encode()
        self.send_response(self.server.status if self.server.status != 200 else status)
        if self.server.status >= 500:
            self.send_header("Retry-After", "0")
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def fail(self, status, headers, body):
        """Be busy; of a comment that is posted, the answer alone is lost where the status is 0."""
        if not status:
            self.server.comments[max(self.server.comments, default=0) + 1] = json.loads(body)["body"]
        self.send_response(status or 502)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def handle_any(self):
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, path, self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN")))
        if path.endswith("/user"):
            self.answer(self.server.user, 200 if self.server.user else self.server.unknown)
        elif self.server.faults and self.server.faults[0][0] == self.command:
            self.fail(*self.server.faults.pop(0)[1:], body)
        elif self.command == "GET" and (found := self.server.change(path)) is not None:
            self.answer(found)
        elif self.command == "DELETE" and (number := int(path.rpartition("/")[2])) in self.server.comments:
            del self.server.comments[number]
            self.answer({})
        elif "/pulls/" in path or path.endswith("/discussions") or self.command == "DELETE":
            self.answer(self.server.suggest(self.command, path, json.loads(body or b"{}")))
        elif self.command == "GET":
            page = int(dict(part.split("=") for part in query.split("&"))["page"])
            rows = [
                {
                    "id": number,
                    "body": text,
                    **dict.fromkeys(("user", "author"), self.server.authors.get(number, {"id": 1, "type": "Bot"})),
                }
                for number, text in self.server.comments.items()
            ]
            rows += [{"id": number, **body} for number, body in self.server.suggested.items()]
            self.answer(rows[(page - 1) * 100 : page * 100])
        elif self.server.status != 200:
            self.answer({"message": "no"})
        elif self.command == "POST":
            self.server.comments[max(self.server.comments, default=0) + 1] = json.loads(body)["body"]
            self.answer({}, 201)
        else:
            self.server.comments[int(path.rpartition("/")[2])] = json.loads(body)["body"]
            self.answer({})

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any

    def log_message(self, *_):
        pass


def comment(tmp_path, given, env, *options):
    (tmp_path / "r.json").write_text(render(given), "utf-8")
    return run("comment", tmp_path / "r.json", *options, env=env)


def shell(text, folder, env):
    """A script as a runner runs it: bash, ending at the first failure."""
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", text], cwd=folder, env={**os.environ, **env}, capture_output=True, check=False
    )
