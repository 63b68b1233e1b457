// The server through the client's own protocol library: CENGUARD names the command, `npm ci` brings the library.
"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const test = require("node:test");
const { pathToFileURL } = require("node:url");
const { serverOptions } = require("./settings");

const command = process.env.CENGUARD;
let library;
try {
  library = require("vscode-languageserver-protocol/node");
} catch {
  library = undefined;
}
const skip = !command ? "CENGUARD does not name the command" : !library ? "npm ci has not been run" : false;

test("settings that are wrong have a diagnostic at their line, and a page on hover", { skip }, async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "cenguard-"));
  const file = path.join(folder, "cenguard.toml");
  const text = '[rules]\nCEN201 = "warning"\n';
  fs.writeFileSync(file, text);
  const uri = pathToFileURL(file).href;
  const server = spawn(command, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const connection = library.createProtocolConnection(
    new library.StreamMessageReader(server.stdout),
    new library.StreamMessageWriter(server.stdin),
  );
  const published = new Promise((resolve) => connection.onNotification(library.PublishDiagnosticsNotification.type, resolve));
  connection.listen();
  const { capabilities } = await connection.sendRequest(library.InitializeRequest.type, {
    processId: process.pid,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
    initializationOptions: serverOptions({ trusted: false }),
  });
  assert.ok(capabilities.hoverProvider && capabilities.completionProvider && capabilities.codeActionProvider);
  await connection.sendNotification(library.InitializedNotification.type, {});
  await connection.sendNotification(library.DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "toml", version: 1, text },
  });
  const { diagnostics } = await published;
  assert.deepEqual(diagnostics.map((item) => [item.source, item.range.start.line]), [["cenguard", 1]]);
  const hover = await connection.sendRequest(library.HoverRequest.type, { textDocument: { uri }, position: { line: 1, character: 2 } });
  assert.match(hover.contents.value, /^# CEN201 /);
  await connection.sendRequest(library.ShutdownRequest.type);
  await connection.sendNotification(library.ExitNotification.type);
  const status = await new Promise((resolve) => server.on("exit", resolve));
  assert.equal(status, 0);
  connection.dispose();
  fs.rmSync(folder, { recursive: true });
});
