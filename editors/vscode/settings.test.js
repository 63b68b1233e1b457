// What the client starts and says, without an editor: `node --test`.
"use strict";

const assert = require("node:assert/strict");
const Module = require("node:module");
const path = require("node:path");
const test = require("node:test");
const { serverCommand, serverOptions, SELECTOR } = require("./settings");

const OWN = path.join("/w", ".venv", "bin", "cenguard");
const given = { command: [], trusted: true, folders: ["/v", "/w"], platform: "linux", isFile: (name) => name === OWN };

test("a trusted workspace's own environment starts the server, an untrusted one's never", () => {
  assert.deepEqual(serverCommand(given), { command: OWN, args: ["lsp"] });
  assert.deepEqual(serverCommand({ ...given, trusted: false }), { command: "cenguard", args: ["lsp"] });
  assert.deepEqual(serverCommand({ ...given, folders: ["/v"] }), { command: "cenguard", args: ["lsp"] });
});

test("the setting goes before everything", () => {
  assert.deepEqual(serverCommand({ ...given, command: ["python3", "-m", "cenguard", "lsp"] }), {
    command: "python3",
    args: ["-m", "cenguard", "lsp"],
  });
});

test("an untrusted workspace names no interpreter", () => {
  assert.deepEqual(serverOptions({ trusted: false, runPrograms: "save", python: "/w/python", stack: "" }), {
    trusted: false,
    runPrograms: "save",
    python: null,
    stack: null,
  });
  assert.equal(serverOptions({ trusted: true, python: "/w/python" }).python, "/w/python");
});

test("every option of the manifest has a default that the client understands", () => {
  const { contributes, capabilities } = require("./package.json");
  const settings = contributes.configuration.properties;
  assert.deepEqual(Object.keys(settings), ["command", "runPrograms", "python", "stack", "trace.server"].map((name) => `cenguard.${name}`));
  const options = serverOptions({ trusted: true, runPrograms: settings["cenguard.runPrograms"].default, python: "", stack: "" });
  assert.deepEqual(options, { trusted: true, runPrograms: "open", python: null, stack: null });
  for (const name of capabilities.untrustedWorkspaces.restrictedConfigurations) {
    assert.ok(name in settings, name);
  }
});

/** The extension in an editor that is made of what it asks for. */
function edited({ isTrusted, failing = false }) {
  const made = [];
  const events = {};
  const heard = { commands: {}, messages: [], made, events };
  const vscode = {
    window: {
      createOutputChannel: () => ({ appendLine: () => undefined, show: () => undefined, dispose: () => undefined }),
      showErrorMessage: async (text) => void heard.messages.push(text),
    },
    commands: { registerCommand: (name, run) => (heard.commands[name] = run) },
    workspace: {
      isTrusted,
      workspaceFolders: [{ uri: { scheme: "file", fsPath: "/w" } }],
      getConfiguration: () => ({ get: (name, otherwise) => ({ runPrograms: "open", python: "/w/python" })[name] ?? otherwise }),
      onDidGrantWorkspaceTrust: (run) => (events.trusted = run),
      onDidChangeConfiguration: (run) => (events.changed = run),
    },
  };
  class LanguageClient {
    constructor(id, name, server, client) {
      Object.assign(this, { id, name, server, client, state: "made" });
      made.push(this);
    }
    async start() {
      if (failing) {
        throw new Error("ENOENT");
      }
      this.state = "started";
    }
    async stop() {
      this.state = "stopped";
    }
  }
  const load = Module._load;
  Module._load = (request, ...rest) =>
    request === "vscode" ? vscode : request === "vscode-languageclient/node" ? { LanguageClient, TransportKind: { stdio: 0 } } : load(request, ...rest);
  try {
    delete require.cache[require.resolve("./extension")];
    return { ...heard, vscode, extension: require("./extension") };
  } finally {
    Module._load = load;
  }
}

test("trust that is granted starts the server anew, with it", async () => {
  const { extension, made, vscode, events } = edited({ isTrusted: false });
  await extension.activate({ subscriptions: [] });
  assert.equal(made[0].client.initializationOptions.trusted, false);
  assert.equal(made[0].client.initializationOptions.python, null);
  assert.notEqual(made[0].server.options.cwd, "/w");
  vscode.workspace.isTrusted = true;
  await events.trusted();
  assert.deepEqual(made.map((item) => item.state), ["stopped", "started"]);
  assert.deepEqual(made[1].client.initializationOptions, { trusted: true, runPrograms: "open", python: "/w/python", stack: null });
  assert.deepEqual(made[1].client.documentSelector, SELECTOR);
  await extension.deactivate();
  assert.equal(made[1].state, "stopped");
});

test("a setting of ours starts the server anew, and somebody else's does not", async () => {
  const { extension, made, events } = edited({ isTrusted: true });
  await extension.activate({ subscriptions: [] });
  await events.changed({ affectsConfiguration: (name) => name === "editor.tabSize" });
  assert.equal(made.length, 1);
  events.changed({ affectsConfiguration: (name) => name === "cenguard.stack" });
  await extension.deactivate();
  assert.equal(made.length, 2);
});

test("a server that is not installed is said, with the line that installs it", async () => {
  const { extension, messages } = edited({ isTrusted: true, failing: true });
  await extension.activate({ subscriptions: [] });
  assert.match(messages[0], /pip install 'cenguard\[editor,pulumi\]'/);
});

test("the selector names no file of another machine", () => {
  assert.ok(SELECTOR.every((item) => item.scheme === "file"));
});
