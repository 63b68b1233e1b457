"""Who reads what is printed: a person with a terminal, one without colours, a file, a program, nobody any more."""

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.reports.human import render
from tests.commands.test_cli import BAD, GOOD, OPEN, RECORDINGS, ROOT, TYPED, run

pty = pytest.importorskip("pty")
ESCAPE = b"\x1b["
_BAD, _GOOD = shlex.quote(str(BAD)), shlex.quote(str(GOOD))


def on_a_terminal(*arguments, stream="stdout", **env):
    """What the command shows on a terminal, on one of its two streams; the other is a pipe."""
    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "cenguard", *map(str, arguments)]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, stream: theirs}
    with subprocess.Popen(command, **streams, cwd=ROOT, env={**clean, "TERM": "xterm", **env}):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    return shown.replace(b"\r\n", b"\n")


class TestColours:
    def test_a_terminal_gets_colours(self):
        assert b"\x1b[31m" in on_a_terminal("check", BAD)

    def test_colours_change_no_word(self):
        plain = re.sub(rb"\x1b\[[0-9;]*m", b"", on_a_terminal("check", BAD))

        assert plain == run("check", BAD).stdout

    @pytest.mark.parametrize(
        ("arguments", "env"),
        [(["--no-color"], {}), ([], {"NO_COLOR": "1"}), (["--format", "json"], {})],
        ids=["the option", "the variable", "a format for programs"],
    )
    def test_none_for_who_wants_none(self, arguments, env):
        assert ESCAPE not in on_a_terminal("check", BAD, *arguments, **env)

    def test_an_empty_variable_says_nothing(self):
        """https://no-color.org: when present and not an empty string."""
        assert ESCAPE in on_a_terminal("check", BAD, NO_COLOR="")

    def test_none_in_a_file_or_a_pipe(self):
        assert ESCAPE not in run("check", BAD).stdout


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
    def test_what_programs_read_is_utf_8_whatever_the_terminal_shows(self, encoding):
        name = "网络 – core"
        document = BAD.read_text("utf-8").replace("::core", f"::{name}")
        done = run("check", "-", "--format", "json", stdin=document.encode(), env={"PYTHONIOENCODING": encoding})

        assert name in json.loads(done.stdout.decode("utf-8"))["findings"][0]["message"]

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk"])
    def test_what_a_terminal_cannot_show_is_replaced(self, encoding):
        done = run("check", BAD, env={"PYTHONIOENCODING": encoding})

        assert done.returncode == 1
        assert done.stderr == b""
        assert "CEN201 missing-bandwidth-package" in done.stdout.decode(encoding)
        assert not done.stdout.startswith(b"?"), "a sign of its own would make a certain finding look like a question"
        assert b"\n? " not in done.stdout.replace(b"\r", b"")

    @pytest.mark.parametrize("form", ["human", "json", "html", "sarif"])
    def test_a_name_that_is_no_text(self, tmp_path, form):
        name = os.fsdecode(b"net\xff.json")
        (tmp_path / name).write_bytes(BAD.read_bytes())
        done = run("check", name, "--format", form, "-o", f"{form}=out", cwd=tmp_path)

        assert (done.returncode, done.stderr) == (1, b"")
        assert (tmp_path / "out").read_bytes() == done.stdout
        assert b"udcff.json" in done.stdout or form in ("html", "sarif")

    def test_an_error_too(self):
        done = run("check", "网络.json", env={"PYTHONIOENCODING": "ascii"})

        assert done.returncode == 2
        assert b"there is no such file or folder" in done.stderr


class TestClosedPipes:
    @pytest.mark.parametrize("arguments", [["rules"], ["areas"], ["check", str(BAD)], ["check", str(BAD), "--format", "json"]])
    @pytest.mark.parametrize("reader", ["head -1", "true", "head -c 1"])
    def test_a_reader_that_leaves_early_is_no_error(self, arguments, reader):
        command = f"{TYPED} {shlex.join(arguments)} | {reader}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)

        assert done.stderr == b""

    def test_a_large_report_too(self, tmp_path):
        """More than a pipe holds, so that the command meets the closed end while it writes."""
        big = tmp_path / "big.json"
        document = json.loads(BAD.read_text("utf-8"))
        text = json.dumps(document["steps"])
        for number in range(150):
            document["steps"] += json.loads(
                text.replace("urn:pulumi:dev::network::alicloud:cen", f"urn:pulumi:dev::network::x{number}$alicloud:cen")
            )
        big.write_text(json.dumps(document))
        command = f"{TYPED} check {shlex.quote(str(big))} --format json | head -1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)

        assert len(run("check", big, "--format", "json").stdout) > 1 << 17
        assert done.stderr == b""
        assert done.stdout == b"{\n"
        assert done.returncode == 1, "the verdict stands though nobody reads it to its end"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
class TestFullDisks:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["check", BAD],
            ["check", GOOD, "--format", "json"],
            ["rules"],
            ["map", GOOD],
            ["explain", GOOD, "--from", "cn-beijing", "--to", "us-west-1"],
            ["check", "--help"],
            ["--version"],
        ],
        ids=lambda words: " ".join(map(str, words[:1] + words[2:3])),
    )
    def test_one_line_and_status_2(self, arguments):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "cenguard", *map(str, arguments)],
                stdout=full,
                stderr=subprocess.PIPE,
                cwd=ROOT,
                check=False,
            )

        assert done.stderr == b"cenguard: standard output: cannot be written: No space left on device\n"
        assert done.returncode == 2

    def test_a_file_of_a_format_too(self):
        done = run("check", BAD, "-o", "json=/dev/full")

        assert done.stderr == b"cenguard: /dev/full: cannot be written: No space left on device\n"
        assert done.returncode == 2

    def test_errors_that_cannot_be_said_leave_the_status(self):
        with Path("/dev/full").open("w") as full:
            done = subprocess.run([sys.executable, "-m", "cenguard", "check", "no"], stderr=full, cwd=ROOT, check=False)

        assert done.returncode == 2


class TestClosedStreams:
    """What runs without a terminal may have none of the three."""

    @pytest.mark.parametrize(
        ("command", "status"),
        [
            (f"check {_BAD} >&-", 1),
            (f"check {_BAD} --format json >&-", 1),
            (f"check {_GOOD} --ignore CEN4,CEN111 2>&-", 0),
            (f"map {_GOOD} >&- 2>&-", 0),
        ],
    )
    def test_the_verdict_stands(self, command, status):
        done = subprocess.run(["bash", "-c", f"{TYPED} {command}"], capture_output=True, cwd=ROOT, check=False)

        assert (done.returncode, done.stderr) == (status, b"")

    def test_nothing_to_read_from(self):
        done = subprocess.run(["bash", "-c", f"{TYPED} check - <&-"], capture_output=True, cwd=ROOT, check=False)

        assert done.returncode == 2
        assert done.stderr.decode().startswith("cenguard: standard input: is closed")


class TestHowMuchIsSaid:
    def test_quiet_is_findings_and_verdict(self):
        out = run("check", BAD, "--quiet", "--ignore", "CEN4,CEN111").stdout.decode()

        assert out.startswith("✗ __main__.py:")
        assert "CEN201" in out
        assert out.splitlines()[-1] == "3 mandatory, 0 advisory, 0 undetermined, 3 new"
        assert "package of other areas: 1 Kbps" not in out

    def test_quiet_about_nothing_is_one_line(self):
        assert run("check", GOOD, "--quiet", "--ignore", "CEN4,CEN111").stdout.decode().splitlines() == [
            "✓ nothing found: 1 of 1 region pairs connected"
        ]

    def test_verbose_says_each_open_question(self):
        brief, long = run("check", OPEN).stdout.decode(), run("check", OPEN, "--verbose").stdout.decode()

        assert "3 questions hang on this" in brief
        for code in ("CEN201", "CEN202", "CEN207"):
            assert f"· {code}: " in long
            assert f"· {code}: " not in brief

    def test_a_finding_leads_to_line_rule_and_cure(self):
        lines = run("check", BAD).stdout.decode().splitlines()

        assert next(line for line in lines if "CEN404 " in line).startswith("✗ __main__.py:22  CEN404 ")
        assert "    because" in lines
        assert any(line.startswith("    fix: Undo the change.") for line in lines)
        assert "    ✗ __main__.py:15  CEN201 missing-bandwidth-package [mandatory] new, mended with it" in lines
        assert "more about a rule: cenguard rules CEN404" in lines

    def test_lines_fit_a_window(self):
        """But for snippets, which are to be pasted as they are."""
        for path in sorted(Path(RECORDINGS).glob("*/preview.json")):
            report = check([read_source(str(path))], Options())
            for line in render(report).splitlines()[1:]:
                assert len(line) <= 100 or line.startswith("        "), line


class TestProgress:
    @pytest.fixture
    def slow(self, tmp_path):
        (tmp_path / "Pulumi.yaml").write_text("name: slow\nruntime: python\n")
        (tmp_path / "__main__.py").write_text("import time\n\ntime.sleep(1.5)\n")
        return tmp_path

    def test_who_waits_is_told_for_what(self, slow):
        shown = on_a_terminal("check", slow, stream="stderr").decode()

        assert re.fullmatch(rf"(cenguard: running {re.escape(str(slow))} \.\.\. \d+ s\n)+", shown)

    def test_what_is_quick_says_nothing(self):
        assert on_a_terminal("check", GOOD, stream="stderr") == b""

    def test_who_does_not_watch_is_told_nothing(self, slow):
        assert run("check", slow).stderr == b""


def test_what_is_wrong_begins_a_line_of_its_own():
    """It stood behind what the audit said of its progress: `judging instances: 0 of 0cenguard: …`."""
    shown = on_a_terminal("audit", GOOD, stream="stderr")

    assert b"\r\x1b[Kcenguard: " in shown


def test_an_interruption_is_no_verdict(monkeypatch):
    """Status 1 would say that there are findings."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cenguard.commands.cli.gather", interrupted)
    done = CliRunner().invoke(main, ["check", "anything"])

    assert (done.exit_code, done.stdout, done.stderr) == (130, "", "cenguard: interrupted\n")
