// What the editor's settings come to: the command that starts the server, and the options that it is given.
// Nothing of the editor is needed here, so that it is tested without one.
"use strict";

const path = require("node:path");

/**
 * The program and arguments that start the server.
 *
 * @param {{command: string[], trusted: boolean, folders: string[], platform: string, isFile: (name: string) => boolean}} given
 *   `command` is the setting; `folders` are those of the workspace; `isFile` looks at the disk.
 * @returns {{command: string, args: string[]}}
 */
function serverCommand({ command, trusted, folders, platform, isFile }) {
  if (command.length > 0) {
    return { command: command[0], args: command.slice(1) };
  }
  const inside = platform === "win32" ? ["Scripts", "cenguard.exe"] : ["bin", "cenguard"];
  // A program that a workspace brings along is only started where the person trusts the workspace.
  const own = trusted ? folders.map((folder) => path.join(folder, ".venv", ...inside)).find(isFile) : undefined;
  return { command: own ?? "cenguard", args: ["lsp"] };
}

/**
 * The `initializationOptions` of the server.
 *
 * @param {{trusted: boolean, runPrograms?: string, python?: string, stack?: string}} given
 */
function serverOptions({ trusted, runPrograms, python, stack }) {
  return {
    trusted,
    runPrograms: runPrograms ?? "open",
    python: trusted && python ? python : null,
    stack: stack ? stack : null,
  };
}

/** Files that the server is told of; it knows itself which of them are its business. */
const SELECTOR = [
  ...["python", "typescript", "typescriptreact", "javascript", "go", "csharp", "java", "yaml", "json", "terraform", "opentofu", "hcl", "toml"].map(
    (language) => ({ scheme: "file", language }),
  ),
  { scheme: "file", pattern: "**/*.{tf,tofu,toml}" },
];

module.exports = { serverCommand, serverOptions, SELECTOR };
