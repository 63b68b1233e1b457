// The client of `cenguard lsp`: it starts the server, and anew when what it was started with has changed.
"use strict";

const fs = require("node:fs");
const os = require("node:os");
const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const { serverCommand, serverOptions, SELECTOR } = require("./settings");

const INSTALL = "pip install 'cenguard[editor,pulumi]'";

/** @type {LanguageClient | undefined} */
let client;
/** @type {Promise<void>} */
let turn = Promise.resolve();

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const log = vscode.window.createOutputChannel("cenguard");
  const again = () => (turn = turn.then(() => restart(log)));
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand("cenguard.restart", again),
    vscode.commands.registerCommand("cenguard.log", () => log.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(again),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (["command", "runPrograms", "python", "stack"].some((name) => change.affectsConfiguration(`cenguard.${name}`))) {
        again();
      }
    }),
  );
  await again();
}

/** @param {vscode.OutputChannel} log */
async function restart(log) {
  await stop();
  const settings = vscode.workspace.getConfiguration("cenguard");
  const trusted = vscode.workspace.isTrusted;
  const folders = (vscode.workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === "file").map((folder) => folder.uri.fsPath);
  const { command, args } = serverCommand({
    command: settings.get("command", []),
    trusted,
    folders,
    platform: process.platform,
    isFile: (name) => fs.existsSync(name),
  });
  const started = new LanguageClient(
    "cenguard",
    "cenguard",
    { command, args, transport: TransportKind.stdio, options: { cwd: (trusted && folders[0]) || os.homedir() } },
    {
      documentSelector: SELECTOR,
      outputChannel: log,
      initializationOptions: serverOptions({
        trusted,
        runPrograms: settings.get("runPrograms"),
        python: settings.get("python"),
        stack: settings.get("stack"),
      }),
    },
  );
  try {
    await started.start();
    client = started;
  } catch (error) {
    log.appendLine(`${[command, ...args].join(" ")}: ${error instanceof Error ? error.message : error}`);
    await started.stop().catch(() => undefined);
    const shown = await vscode.window.showErrorMessage(
      `cenguard: ${command} cannot be started. Install it (${INSTALL}), or name it in the setting cenguard.command.`,
      "Show the Log",
    );
    if (shown) {
      log.show();
    }
  }
}

async function stop() {
  const old = client;
  client = undefined;
  if (old) {
    await old.stop().catch(() => undefined);
  }
}

async function deactivate() {
  await turn;
  await stop();
}

module.exports = { activate, deactivate };
