"""Programs in an editor, through the protocol: run where that is allowed, one at a time, and what they print goes nowhere near the client."""

import shutil
import time
from pathlib import Path

import pytest

from tests.commands.test_cli import RECORDINGS
from tests.editor.client import PATIENCE, PULLED, PUSHED, TRUSTED, Client, codes, marked

pytestmark = pytest.mark.slow
GOOD = (RECORDINGS / "basic-create" / "program.py").read_text("utf-8")
PROJECT = "name: network\nruntime: python\n"
NOISE = "print('x' * 300_000); import sys; sys.stdout.write('Content-Length: 2\\r\\n\\r\\n{}'); sys.stderr.write('e' * 300_000)\n"


def project(folder: Path, text: str = GOOD) -> Path:
    (folder / "Pulumi.yaml").write_text(PROJECT)
    path = folder / "__main__.py"
    path.write_text(text, "utf-8")
    return path


def begun_by(client: Client, log: Path) -> None:
    """Wait until a program has written into a file."""
    end = time.monotonic() + PATIENCE
    while not log.exists() or not log.read_text():
        assert time.monotonic() < end, client.published
        client.drain(0.05)


def ended(process: int) -> bool:
    """Whether a process comes to its end: one that is killed takes a moment, and its parent a while to notice."""
    end = time.monotonic() + PATIENCE
    while not is_gone(process):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
    except FileNotFoundError:
        return True


def test_a_trusted_program_runs_when_it_is_opened_and_stands_at_its_calls(tmp_path):
    path = project(tmp_path)
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        found = client.pushed(path)
        assert codes(found) == ["CEN111", "CEN403", "CEN407"]
        text = client.texts[path.as_uri()]
        for item in found:
            whole = marked(text, item)
            assert ".cen." in whole.partition("(")[0]
            assert whole.endswith(")")
            assert whole.count("(") == whole.count(")")
        progress = [note["params"]["value"]["kind"] for note in client.said("$/progress")]
        assert progress == ["begin", "end"]


def test_an_untrusted_workspace_runs_nothing_and_says_so_once(tmp_path):
    ran = tmp_path / "ran"
    path = project(tmp_path, f"open({str(ran)!r}, 'w')\n{GOOD}")
    plugin = tmp_path / "plugin.py"
    plugin.write_text(f"open({str(ran)!r}, 'w')\n")
    (tmp_path / "cenguard.toml").write_text(
        'plugins = ["plugin.py"]\n[rules]\nmissing-bandwidth-package = "advisory"\nours = "advisory"\n'
    )
    document = tmp_path / "preview.json"
    shutil.copy(RECORDINGS / "basic-create" / "preview.json", document)
    with Client(tmp_path) as client:
        client.open(path)
        assert client.pushed(path) == []
        client.save(path)
        assert client.pushed(path) == []
        client.open(document)
        assert "CEN111" in codes(client.pushed(document))
        messages = client.said("window/showMessage")
        assert len(messages) == 1
        assert "not trusted" in messages[0]["params"]["message"]
        assert not client.said("window/workDoneProgress/create")
    assert not ran.exists()


@pytest.mark.parametrize(("when", "opened", "saved"), [("save", [], ["CEN111", "CEN403", "CEN407"]), ("never", [], [])])
def test_the_client_says_when_programs_run(tmp_path, when, opened, saved):
    path = project(tmp_path)
    with Client(tmp_path, {"trusted": True, "runPrograms": when}) as client:
        client.open(path)
        assert codes(client.pushed(path)) == opened
        client.save(path)
        assert codes(client.pushed(path)) == saved
        assert not client.said("window/showMessage")


def test_what_a_program_prints_never_reaches_the_protocol(tmp_path):
    path = project(tmp_path, NOISE + "import os; os.write(1, b'raw'); os.close(1); os.close(2)\n" + GOOD)
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        assert codes(client.pushed(path)) == ["CEN111", "CEN403", "CEN407"]
        client.save(path)
        assert codes(client.pushed(path)) == ["CEN111", "CEN403", "CEN407"]


def test_a_save_gives_up_what_runs_and_two_never_run_at_once(tmp_path):
    log = tmp_path / "log"
    begun = f"import os, time\nopen({str(log)!r}, 'a').write(f'{{os.getpid()}}\\n')\n"
    path = project(tmp_path, begun + "import subprocess; subprocess.Popen(['sleep', '600']); time.sleep(600)\n" + GOOD)
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        begun_by(client, log)
        time.sleep(0.2)
        first = int(log.read_text())
        sleeper = next(pid for pid in client.processes() if b"sleep" in Path(f"/proc/{pid}/cmdline").read_bytes())
        check_alone = (
            f"stat = '/proc/{first}/stat'\n"
            "if os.path.exists(stat) and open(stat).read().rpartition(')')[2].split()[0] not in 'ZX':\n"
            "    raise SystemExit('two at once')\n"
        )
        client.save(path, begun + check_alone + GOOD)
        assert codes(client.pushed(path)) == ["CEN111", "CEN403", "CEN407"]
        assert ended(first)
        assert ended(sleeper)
        kinds = [note["params"]["value"]["kind"] for note in client.said("$/progress")]
        assert kinds == ["begin", "end", "begin", "end"]


def test_the_user_may_give_up_a_program(tmp_path):
    log = tmp_path / "log"
    path = project(tmp_path, f"import os, time\nopen({str(log)!r}, 'a').write(f'{{os.getpid()}}\\n')\ntime.sleep(600)\n")
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        client.until(lambda: any(note["params"]["value"]["kind"] == "begin" for note in client.said("$/progress")))
        begun_by(client, log)
        client.tell("window/workDoneProgress/cancel", {"token": client.said("$/progress")[0]["params"]["token"]})
        client.until(lambda: len(client.said("$/progress")) == 2)
        assert ended(int(log.read_text()))
        client.save(path, GOOD)
        assert codes(client.pushed(path)) == ["CEN111", "CEN403", "CEN407"]


def test_a_program_that_fails_says_where_and_older_findings_stay(tmp_path):
    path = project(tmp_path)
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        good = client.pushed(path)
        broken = GOOD + "\n\ndef deeper():\n    raise ValueError('no such network')\n\n\ndeeper()\n"
        client.save(path, broken)
        found = client.pushed(path)
        errors = [item for item in found if "code" not in item]
        assert len(errors) == 1
        assert marked(broken, errors[0]) == "raise ValueError('no such network')"
        assert errors[0]["severity"] == 1
        assert errors[0]["message"].endswith("ValueError: no such network")
        older = [item for item in found if "code" in item]
        assert [item["message"] for item in older] == [f"older: {item['message']}" for item in good]
        client.save(path, "import nothing_of_that_name\n")
        found = client.pushed(path)
        assert "is not installed" in found[0]["message"]
        assert found[0]["range"]["start"]["line"] == 0
        assert len(found) == len(good) + 1
        client.save(path, "x = (\n")
        assert len([item for item in client.pushed(path) if "code" not in item]) == 1
        client.save(path, "import os\nos._exit(3)\n")
        assert [item["message"] for item in client.pushed(path)] == [f"older: {item['message']}" for item in good]
        settings = tmp_path / "Pulumi.yaml"
        assert [item["severity"] for item in client.published[settings.as_uri()]] == [1]  # it left no line
        client.save(path, GOOD)
        assert client.pushed(path) == good
        assert client.published[settings.as_uri()] == []


def test_a_client_that_pulls_gets_other_files_as_related_documents(tmp_path):
    path = project(tmp_path, "import network\n")
    module = tmp_path / "network.py"
    module.write_text(GOOD, "utf-8")
    with Client(tmp_path, TRUSTED, PULLED) as client:
        provider = client.hello["capabilities"]["diagnosticProvider"]
        assert provider["interFileDependencies"] is True
        client.open(path)
        own, related = client.pull(path)
        assert own == []
        assert codes(related[module.as_uri()]) == ["CEN111", "CEN403", "CEN407"]
        client.open(module)
        assert codes(client.pull(module)[0]) == ["CEN111", "CEN403", "CEN407"]
        module.write_text("pass\n")
        client.texts[module.as_uri()] = "pass\n"
        client.save(module)
        own, related = client.pull(path)
        assert related[module.as_uri()] == []
        assert not client.published


UNORDERED = GOOD.replace("opts=at(bj, bound, att_bj, att_sv)", "opts=pulumi.ResourceOptions(provider=bj)")


def test_each_action_mends_what_it_says(tmp_path):
    path = project(tmp_path, UNORDERED)
    with Client(tmp_path, TRUSTED) as client:
        client.open(path)
        found = client.pushed(path)
        for action in client.actions(path, found):
            assert action["kind"] in ("quickfix", "source.fixAll.cenguard")
        quick = client.actions(path, found, ["quickfix"])
        assert quick
        assert all(action["kind"] == "quickfix" for action in quick)
        for action in quick:
            mended = {item["data"]["fingerprint"] for item in action["diagnostics"]}
            before = client.texts[path.as_uri()]
            client.apply(action)
            assert client.actions(path, found, ["quickfix"]) == []  # the text is not what was checked
            client.save(path)
            after = client.pushed(path)
            assert mended.isdisjoint(item["data"]["fingerprint"] for item in after if "data" in item), action["title"]
            known = {item["data"]["fingerprint"] for item in found}
            assert not [item for item in after if item["severity"] == 1 and item["data"]["fingerprint"] not in known]
            client.save(path, before)
            client.pushed(path)
        all_safe = client.actions(path, found, ["source.fixAll"])
        assert [action["kind"] for action in all_safe] == ["source.fixAll.cenguard"]
        client.apply(all_safe[0])
        client.save(path)
        left = client.pushed(path)
        assert not client.actions(path, left, ["source.fixAll.cenguard"])
        safe = {
            name
            for action in quick
            if action.get("isPreferred")
            for name in (item["data"]["fingerprint"] for item in action["diagnostics"])
        }
        assert safe
        assert safe.isdisjoint(item["data"]["fingerprint"] for item in left)


def memory(processes: list[int]) -> float:
    """MiB that processes have for themselves, with their part of what they share."""
    total = 0
    for process in processes:
        for row in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if row.startswith("Pss:"):
                total += int(row.split()[1])
    return total / 1024


def resident(process: int) -> float:
    return int(Path(f"/proc/{process}/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024


def test_the_server_is_small(tmp_path):
    path = project(tmp_path)
    with Client(tmp_path, {"trusted": True, "runPrograms": "save"}, PUSHED) as client:
        client.drain(1)
        assert sum(map(resident, client.processes())) < 120
        client.open(path)
        client.pushed(path)
        assert sum(map(resident, client.processes())) < 120
        client.save(path)
        client.pushed(path)
        assert resident(client.process.pid) < 120
