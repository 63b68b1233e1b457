"""The server's processes: whoever ends, the others end with it; another interpreter has to have this cenguard."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cenguard.editor.hosts import _OWN, _ROOT, Hosts
from tests.editor.client import PATIENCE, TRUSTED, Client, codes
from tests.editor.test_programs import GOOD, begun_by, ended, project

pytestmark = pytest.mark.slow
SIGNALS = {"kill": signal.SIGKILL, "end": signal.SIGTERM, "key": signal.SIGINT}
STATUSES = {"exit": 0, "gone after shutdown": 0, "gone": 1, "kill": -signal.SIGKILL, "end": 130, "key": 130, "terminal": 130}


def all_end(processes: list[int]) -> bool:
    end = time.monotonic() + PATIENCE
    while not all(map(ended, processes)):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.parametrize(
    ("how", "seconds"),
    [
        ("exit", 600),
        ("kill", 600),
        ("end", 600),
        ("gone", 600),
        ("gone", 0),
        ("key", 0),
        ("gone after shutdown", 0),
        ("terminal", 600),
    ],
)
def test_with_the_server_everything_that_runs_ends_and_nothing_is_left(tmp_path, how, seconds):
    """However it ends: as the protocol has it, killed, ended by a signal, with its terminal, or with a client that dies."""
    log = tmp_path / "log"
    path = project(tmp_path, f"import os, time\nopen({str(log)!r}, 'w').write(str(os.getpid()))\ntime.sleep({seconds})\n")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with Client(tmp_path, TRUSTED, TMPDIR=str(temporary)) as client:
        client.open(path)
        begun_by(client, log)
        if not seconds:
            client.until(lambda: path.as_uri() in client.published)
        processes = client.processes()
        assert not seconds or int(log.read_text()) in processes
        if how in ("exit", "gone after shutdown"):
            client.ask("shutdown", None)
        if how == "exit":
            client.tell("exit", None)
        elif how in SIGNALS:
            os.kill(client.process.pid, SIGNALS[how])
        elif how == "terminal":  # it tells every process of the server's group, and programs run in others
            group = os.getpgid(client.process.pid)
            for process in [item for item in processes if os.getpgid(item) == group]:
                os.kill(process, signal.SIGHUP)
        else:
            client.process.stdin.close()
        assert client.process.wait(PATIENCE) == STATUSES[how]
        assert all_end(processes)
        assert client.errors == b""
        assert list(temporary.iterdir()) == []


def test_a_process_of_checks_whose_server_is_gone_already_leaves_no_folder(tmp_path):
    folder = tmp_path / "answers"
    folder.mkdir()
    with subprocess.Popen(
        [sys.executable, "-P", "-u", "-c", _OWN, _ROOT, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.close()
        process.stdin.close()
        assert process.wait(PATIENCE) == 0

    assert not folder.exists()


def test_a_process_of_checks_that_was_ended_is_started_anew(tmp_path):
    path = project(tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with Client(tmp_path, TRUSTED, TMPDIR=str(temporary)) as client:
        client.open(path)
        good = client.pushed(path)
        for folder in temporary.iterdir():  # as who tidies up does with what is old
            shutil.rmtree(folder)
        client.save(path)
        assert client.pushed(path) == good
        for process in client.processes()[1:]:
            os.kill(process, signal.SIGKILL)
        client.save(path)
        found = client.pushed(path)
        if found != good:  # it was noticed while the check was asked for
            client.save(path)
            found = client.pushed(path)
        assert found == good


def test_a_check_that_is_given_up_while_its_process_starts_does_not_spoil_it():
    """Of a file that is saved as soon as it is opened: what the process says first tells when packages were installed."""

    async def started_again() -> dict[str, int]:
        hosts = Hosts(lambda _line: None)
        first = asyncio.ensure_future(hosts._host(sys.executable))
        await asyncio.sleep(0.1)
        first.cancel()
        host = await hosts._host(sys.executable)
        process = host.process
        hosts.stop()
        assert process is not None
        await process.wait()
        return host.stamps

    assert asyncio.run(started_again())


@pytest.mark.parametrize(
    ("interpreter", "expected"),
    [("/nowhere/python", "/nowhere/python cannot be started"), ("alone/bin/python", "pip install 'cenguard[pulumi]==")],
)
def test_an_interpreter_without_cenguard_is_named_with_the_cure(tmp_path, interpreter, expected):
    path = project(tmp_path)
    if not Path(interpreter).is_absolute():
        import venv

        venv.create(tmp_path / "alone", with_pip=False, symlinks=True)
        interpreter = str(tmp_path / interpreter)
    with Client(tmp_path, {"trusted": True, "python": interpreter}) as client:
        client.open(path)
        (error,) = client.pushed(path)
        assert "code" not in error
        assert expected in error["message"]


def test_another_interpreter_runs_programs(tmp_path):
    own = Path(sys.prefix) / "bin" / "python3"
    path = project(tmp_path)
    with Client(tmp_path, {"trusted": True, "python": str(own)}) as client:
        client.open(path)
        assert codes(client.pushed(path)) == ["CEN111", "CEN403", "CEN407"]
        assert any(str(own).encode() in Path(f"/proc/{process}/cmdline").read_bytes() for process in client.processes())


def test_a_stack_is_named_where_there_are_several(tmp_path):
    path = project(tmp_path, GOOD)
    for name in ("dev", "prod"):
        (tmp_path / f"Pulumi.{name}.yaml").write_text("config: {}\n")
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        client.pushed(path)
        (error,) = client.published[(tmp_path / "Pulumi.yaml").as_uri()]
        assert "several stacks" in error["message"]
    with Client(tmp_path, {"trusted": True, "stack": "prod"}) as client:
        client.open(path)
        assert codes(client.pushed(path)) == ["CEN111", "CEN403", "CEN407"]
