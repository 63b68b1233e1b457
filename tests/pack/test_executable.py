"""The pack as an executable: the engine starts it with its address alone, and ends it by an interrupt."""

import signal
import subprocess
import sys
import tomllib

import pytest

from tests.commands.test_cli import run
from tests.pack.engine import EXECUTABLE, ROOT, connect, launch_executable

RECORDING = ROOT / "tests" / "recordings" / "policy" / "import-wrong-area" / "analyzer.ndjson"


@pytest.fixture
def folder(tmp_path):
    """Where the user stands: two folders below the settings. The engine runs the pack elsewhere."""
    (tmp_path / "cenguard.toml").write_text('[rules.CEN201]\nlevel = "disabled"\n')
    (tmp_path / "programs" / "net").mkdir(parents=True)
    (tmp_path / "bin").mkdir()
    return tmp_path


def started(folder):
    return connect(launch_executable(folder / "bin", {"PWD": str(folder / "programs" / "net")}))


def test_it_answers_as_the_pack_in_a_folder_does_with_the_settings_from_where_the_user_stands(folder):
    engine = started(folder)
    assert engine.call("GetAnalyzerInfo").name == "cenguard"
    found = {code for code, *_ in engine.replay(RECORDING).found()}

    assert engine.close() == (0, "")
    assert "CEN201" not in found
    assert found


@pytest.mark.parametrize(
    ("settings", "shell", "silent"),
    [
        ("other", "other", True),
        ("elsewhere", "other", False),
        ("elsewhere", "elsewhere", True),
        ("elsewhere", "elsewhere/deeper", True),
    ],
    ids=["none of the project's own", "the project's", "in the project", "below the project"],
)
def test_where_something_sends_the_engine_to_a_project_the_settings_are_the_projects(tmp_path, settings, shell, silent):
    """`pulumi --cwd`, the Automation API: the engine starts the pack in the project, and the shell is another place."""
    (tmp_path / "elsewhere" / "deeper").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "elsewhere" / "Pulumi.yaml").write_text("name: network\nruntime: yaml\n")
    (tmp_path / "other" / "cenguard.toml").write_text('[rules]\nCEN201 = "disabled"\n')
    if settings == "elsewhere":
        (tmp_path / "elsewhere" / "cenguard.toml").write_text(f'[rules]\nCEN201 = "{"disabled" if silent else "advisory"}"\n')
    engine = connect(launch_executable(tmp_path / "elsewhere", {"PWD": str(tmp_path / shell)}))
    found = {code for code, *_ in engine.replay(RECORDING).found()}

    assert engine.close() == (0, "")
    assert ("CEN201" in found) is not silent


@pytest.mark.parametrize("pack", [False, True], ids=["the program's", "a pack's"])
def test_the_folder_that_main_names_is_the_projects(tmp_path, pack):
    """`main: bin`, as compiled programs have it: the engine starts an executable there. A pack that is a folder is no program."""
    (tmp_path / "net" / "bin").mkdir(parents=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "net" / "Pulumi.yaml").write_text("name: network\nruntime: nodejs\nmain: bin\n")
    (tmp_path / "net" / "cenguard.toml").write_text('[rules]\nCEN201 = "disabled"\n')
    if pack:
        (tmp_path / "net" / "bin" / "PulumiPolicy.yaml").write_text("runtime: python\n")
    engine = connect(launch_executable(tmp_path / "net" / "bin", {"PWD": str(tmp_path / "other")}))
    found = {code for code, *_ in engine.replay(RECORDING).found()}

    assert engine.close() == (0, "")
    assert ("CEN201" in found) is pack


@pytest.mark.parametrize("moment", ["at work", "before the port"])
def test_an_interrupt_ends_it_without_a_word(folder, moment):
    if moment == "at work":
        engine = started(folder)
        engine.call("GetAnalyzerInfo")
        process = engine.process
    else:
        code = (
            "import os, signal\nfrom cenguard.pack.serve import main\n"
            "main.__globals__['options_near'] = lambda *_: os.kill(os.getpid(), signal.SIGINT)\nmain()"
        )
        process = subprocess.Popen(
            [sys.executable, "-c", code, "127.0.0.1:1"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
    if moment == "at work":
        process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=20)

    assert (process.returncode, output, errors) == (0, "", "")


def test_what_the_engine_hands_to_each_plugin_is_no_mistake(folder):
    """Its arguments under `--logflow --logtostderr -v=3` and `--tracing` (`--otel-traces` too), as it was seen to give them."""
    flags = ("--logtostderr", "-v=3", "--tracing", "tcp://127.0.0.1:45063")
    engine = connect(launch_executable(folder / "bin", {"PWD": str(folder)}, flags))

    assert engine.call("GetAnalyzerInfo").name == "cenguard"
    assert engine.close() == (0, "")


def test_it_ends_with_the_engine(folder):
    engine = started(folder)
    engine.process.stdin.close()
    engine.process.stdin = None

    assert engine.process.communicate(timeout=20) == ("", "")


def test_settings_that_cannot_be_read_are_one_line(folder):
    (folder / "cenguard.toml").write_text("undetermind = 1\n")
    process = launch_executable(folder / "bin", {"PWD": str(folder)})
    output, errors = process.communicate(timeout=20)

    assert (process.returncode, output) == (1, "")
    assert errors.count("\n") == 1
    assert "undetermind" in errors


@pytest.mark.parametrize(("arguments", "status"), [((), 2), (("--help",), 0), (("--version",), 0), (("--engine",), 2)])
def test_by_hand_it_says_who_starts_it(arguments, status):
    done = subprocess.run([sys.executable, "-c", EXECUTABLE, *arguments], capture_output=True, text=True, check=False)

    assert done.returncode == status
    assert "cenguard-pack" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_an_entry_point():
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]

    assert scripts["cenguard-pack"] == "cenguard.pack.serve:main"


@pytest.mark.parametrize(
    ("version", "serves"), [("v3.255.0", True), ("v3.260.1-dev.0", True), ("v4.0.0", True), ("v3.254.9", False), ("what", False)]
)
def test_init_writes_the_folder_only_for_an_engine_that_runs_no_executable(tmp_path, monkeypatch, version, serves):
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "pulumi").write_text(f"#!/bin/sh\necho {version}\n")
    (tools / "pulumi").chmod(0o755)
    (tmp_path / "net").mkdir()
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    said = run("init", tmp_path / "net").stdout.decode()

    assert (tmp_path / "net" / "policy_pack").exists() is not serves
    assert ('--policy-pack "$(command -v cenguard-pack)"' in said) is serves


def test_init_writes_what_it_is_told_to(tmp_path):
    said = run("init", tmp_path, "--pack", "executable").stdout.decode()

    assert not (tmp_path / "policy_pack").exists()
    assert "cenguard-pack" in said
    run("init", tmp_path, "--pack", "folder")
    assert (tmp_path / "policy_pack" / "__main__.py").exists()


def test_it_loads_the_protocol_and_not_the_sdk(folder):
    """What a program may use takes half as long to load as everything else, and every preview waits for it."""
    process = subprocess.Popen(
        [sys.executable, "-X", "importtime", "-c", EXECUTABLE, "127.0.0.1:1"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _, errors = process.communicate(timeout=30)  # the end of its input ends it
    loaded = {line.rpartition("|")[2].strip() for line in errors.splitlines()}

    assert "pulumi.runtime.proto.analyzer_pb2" in loaded
    assert not {name for name in loaded if name.startswith("pulumi.") and not name.startswith("pulumi.runtime.proto")} - {
        "pulumi.runtime"
    }


def test_who_imports_the_sdk_beside_it_gets_the_whole_of_it():
    """A rule of somebody's own may."""
    code = (
        "from cenguard.pack.protocol import messages_alone\n"
        "with messages_alone():\n    from pulumi.runtime.proto import analyzer_pb2 as first\n"
        "import pulumi\nfrom pulumi.runtime.proto import analyzer_pb2 as second\n"
        "assert pulumi.runtime.proto.analyzer_pb2 is second and pulumi.ResourceOptions(protect=True)\n"
        "assert first.AnalyzeRequest.FromString(second.AnalyzeRequest(urn='u').SerializeToString()).urn == 'u'"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr == ""
