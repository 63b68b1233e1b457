"""The journal: an interrupted run goes on, a later one reads what changed, and the report is the same."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.fleet.fleets import Stack, write_fleet
from tests.fleet.test_audit import audit


def test_a_second_run_reads_what_changed_and_says_the_same(tmp_path):
    root, journal = write_fleet(tmp_path / "fleet", instances=3), tmp_path / "journal"
    first = audit(root, "--workers", 1, "--format", "json", "--resume", journal)
    size = journal.stat().st_size

    assert audit(root, "--workers", 1, "--format", "json", "--resume", journal) == first
    assert journal.stat().st_size == size

    changed = root / "apps/none.json"
    Stack("none").filler(5).write(changed)
    os.utime(changed, ns=(1, 1))
    again = json.loads(audit(root, "--workers", 2, "--format", "json", "--resume", journal)[1])
    assert next(item for item in again["stacks"] if item["url"].endswith("none.json"))["resources"] == 7
    assert again == json.loads(audit(root, "--workers", 1, "--format", "json")[1])


def test_a_state_that_changed_and_kept_its_size_and_time_is_read_again(tmp_path):
    """What restores states from a copy sets their times as well."""
    states, journal = tmp_path / "states", tmp_path / "journal"
    path = Stack("net").write(states / "net.json")
    audit(states, "--workers", 1, "--resume", journal)
    before, content = path.stat(), path.read_text()
    path.write_text(content.replace("net-prod", "new-prod").replace("::net::", "::new::"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)

    report = json.loads(audit(states, "--workers", 1, "--resume", journal, "--format", "json")[1])

    assert [item["project"] for item in report["stacks"]] == ["new"]


def test_a_journal_that_was_cut_off_goes_on(tmp_path):
    root, journal = write_fleet(tmp_path / "fleet", instances=3), tmp_path / "journal"
    first = audit(root, "--workers", 1, "--format", "json", "--resume", journal)
    content = journal.read_bytes()

    for cut in (len(content) // 3, len(content) // 2, len(content) - 1):
        journal.write_bytes(content[:cut])
        assert audit(root, "--workers", 1, "--format", "json", "--resume", journal) == first


def test_a_journal_whose_end_a_loss_of_power_left_as_zeros_goes_on(tmp_path):
    """A file system may know the length of what was written last, and not its content."""
    root, journal = write_fleet(tmp_path / "fleet", instances=3), tmp_path / "journal"
    whole = audit(root, "--workers", 1, "--resume", journal, "--format", "json")
    content = journal.read_bytes()

    for lost in (1, 100, len(content) // 2):
        journal.write_bytes(content[:-lost] + bytes(lost))
        assert audit(root, "--workers", 1, "--resume", journal, "--format", "json") == whole


def test_a_journal_of_other_settings_is_made_anew(tmp_path):
    root, journal = write_fleet(tmp_path / "fleet", instances=2), tmp_path / "journal"
    settings = tmp_path / "cenguard.toml"
    settings.write_text('placeholders = ["cen-0001"]\n')
    audit(root, "--workers", 1, "--resume", journal)

    _, output, errors = audit(root, "--workers", 1, "--format", "json", "--resume", journal, "--settings", settings)

    assert "every state is read again" in errors
    assert "cen-0001" not in [item["instance"] for item in json.loads(output)["instances"]]


@pytest.mark.parametrize(
    ("number", "all_of_them"),
    [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGTERM, True)],
    ids=["key", "end", "group"],
)
def test_an_interruption_is_one_line_and_leaves_the_journal_whole(tmp_path, number, all_of_them):
    """The keyboard sends one to all processes, and a CI at its time limit to the first or to all."""
    root, journal = tmp_path / "fleet", tmp_path / "journal"
    content = Stack("big").filler(1500).write(root / "0.json").read_bytes()
    for index in range(1, 100):
        (root / f"{index}.json").write_bytes(content)
    command = [
        sys.executable,
        "-m",
        "cenguard",
        "audit",
        str(root),
        "--workers",
        "2",
        "--resume",
        str(journal),
        "--format",
        "json",
    ]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while (not journal.exists() or journal.stat().st_size < 200) and time.monotonic() < deadline:
        time.sleep(0.01)
    (os.killpg if all_of_them else os.kill)(child.pid, number)
    output, errors = child.communicate(timeout=60)

    assert child.returncode in {0, 1, 130}
    if child.returncode == 130:  # a quick machine may be through before it is interrupted
        assert output == ""
        assert (
            errors.strip()
            == f"cenguard: interrupted; what was read is kept in {journal}, and the same command goes on from there"
        )
    resumed = audit(root, "--workers", 1, "--format", "json", "--resume", journal)
    assert resumed == audit(root, "--workers", 1, "--format", "json")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_disk_without_room_is_said_with_the_journal_that_wants_it(tmp_path, workers):
    """What was written before stays, and the run goes on from there when there is room."""
    root, journal = write_fleet(tmp_path / "fleet", instances=40), tmp_path / "journal"
    begun = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    script = f"{begun}; from cenguard.commands.cli import main; main()"
    command = [sys.executable, "-c", script, "audit", str(root), "--workers", workers, "--resume", str(journal)]

    told = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)

    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == f"cenguard: {journal}: cannot be written: File too large (the journal)\n"
    assert journal.stat().st_size > 0
    resumed = audit(root, "--workers", 1, "--format", "json", "--resume", journal)
    assert resumed == audit(root, "--workers", 1, "--format", "json")
