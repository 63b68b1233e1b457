"""The extension of VS Code: its manifest fits the server, and its client starts and tells it what it should."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cenguard import __version__
from cenguard.editor.trust import PROGRAMS, trust_of
from tests.test_imports import ROOT

FOLDER = ROOT / "editors" / "vscode"
MANIFEST = json.loads((FOLDER / "package.json").read_text("utf-8"))
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]


def test_the_manifest_is_of_this_version_and_names_files_that_are_there():
    assert MANIFEST["version"] == __version__
    assert (FOLDER / MANIFEST["main"]).is_file()
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))
    assert lock["version"] == __version__
    for name, version in {**MANIFEST["dependencies"], **MANIFEST["devDependencies"]}.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version


def test_the_settings_are_the_options_of_the_server():
    """The server says of each option when it does not know it, or its value."""
    said = {name.removeprefix("cenguard."): setting.get("default") for name, setting in SETTINGS.items()}
    options = {
        "trusted": True,
        "runPrograms": said["runPrograms"],
        "python": said["python"] or None,
        "stack": said["stack"] or None,
    }

    assert SETTINGS["cenguard.runPrograms"]["enum"] == list(PROGRAMS)
    assert trust_of(options)[1] == ""


def test_an_untrusted_workspace_chooses_neither_the_server_nor_the_interpreter():
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]

    assert trust["supported"] == "limited"
    assert {"cenguard.command", "cenguard.python"} <= set(trust["restrictedConfigurations"])


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_the_client_by_its_own_tests():
    command = Path(sys.executable).parent / "cenguard"
    env = {**os.environ, **({"CENGUARD": str(command)} if command.is_file() else {})}
    done = subprocess.run(["node", "--test"], cwd=FOLDER, capture_output=True, text=True, check=False, env=env)

    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout
