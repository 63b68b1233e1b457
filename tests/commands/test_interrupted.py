"""A command that a CI, or a terminal that is closed, brings to an end: nothing goes on by itself, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.editor.client import PATIENCE
from tests.editor.test_programs import PROJECT, ended

pytestmark = pytest.mark.slow


def begun(folder, program, *words, **how):
    """A command that runs a program, once that has begun; with the program's process and the folder of temporary files."""
    temporary, log = folder / "temporary", folder / "log"
    temporary.mkdir()
    net = folder / "net"
    net.mkdir()
    (net / "Pulumi.yaml").write_text(PROJECT)
    (net / "__main__.py").write_text(f"import os, time\nopen({str(log)!r}, 'w').write(str(os.getpid()))\n{program}\n")
    command = [sys.executable, "-m", "cenguard", *words, str(net)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **how)
    end = time.monotonic() + PATIENCE
    while not log.exists() or not log.read_text():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.02)
    return process, int(log.read_text()), temporary


@pytest.mark.parametrize(("words", "number"), [(("check",), signal.SIGTERM), (("fix", "--write"), signal.SIGHUP)])
def test_a_command_that_is_ended_ends_its_program_and_says_so(tmp_path, words, number):
    process, program, temporary = begun(tmp_path, "time.sleep(600)", *words)

    process.send_signal(number)
    output, errors = process.communicate(timeout=PATIENCE)

    assert (process.returncode, output, errors) == (130, "", "cenguard: interrupted\n")
    assert ended(program)
    assert list(temporary.iterdir()) == []


def test_a_signal_that_is_passed_over_stays_so(tmp_path):
    """As `nohup` starts a command."""
    process, _, _ = begun(tmp_path, "time.sleep(0.2)", "check", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))

    process.send_signal(signal.SIGHUP)

    assert "no CEN" in process.communicate(timeout=PATIENCE)[0]


def test_a_program_whose_command_was_killed_leaves_nothing_when_it_ends(tmp_path):
    process, program, temporary = begun(tmp_path, "time.sleep(0.2)", "check")

    process.kill()
    process.communicate(timeout=PATIENCE)

    assert ended(program)
    assert list(temporary.iterdir()) == []
