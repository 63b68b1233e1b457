"""Programs that cannot be run here, in an editor: the document beside them, how old it is, and which one it is."""

import gzip
import os
import shutil
from pathlib import Path

import pytest

from tests.commands.test_cli import RECORDINGS, ROOT
from tests.editor.client import PUSHED, Client, codes, marked

TOFU = RECORDINGS / "terraform" / "tofu-basic-no-package"
HCL = ROOT / "tests" / "findings" / "programs" / "hcl-basic-no-package"
EARLIER = 1_700_000_000


def terraform(folder: Path, name: str = "plan.json") -> Path:
    """A folder of Terraform's language with its plan, made after the program."""
    for path in TOFU.glob("*.tf"):
        shutil.copy(path, folder / path.name)
        os.utime(folder / path.name, (EARLIER, EARLIER))
    shutil.copy(TOFU / "plan.json", folder / name)
    return folder / "main.tf"


def test_a_folder_of_terraform_has_its_plans_findings_at_the_blocks(tmp_path):
    path = terraform(tmp_path)
    with Client(tmp_path) as client:
        client.open(path, "terraform")
        found = client.pushed(path)
        assert "CEN201" in codes(found)
        text = client.texts[path.as_uri()]
        rows = text.split("\n")
        for item in found:
            row = rows[item["range"]["start"]["line"]]
            assert marked(text, item) == row.strip()
            assert row.startswith('resource "alicloud_')
            assert item["code"]


@pytest.mark.parametrize("names", [["plan.json"], ["tfplan.json"], ["net.tfplan.json"]])
def test_the_only_plan_is_taken_and_older_ones_say_so(tmp_path, names):
    path = terraform(tmp_path, names[0])
    os.utime(tmp_path / names[0], (EARLIER - 10, EARLIER - 10))
    with Client(tmp_path) as client:
        client.open(path)
        found = client.pushed(path)
        notes = [item for item in found if "code" not in item]
        assert len(notes) == 1
        assert notes[0]["severity"] == 3
        assert notes[0]["range"]["start"]["line"] == 0
        assert "older" in notes[0]["message"]
        assert "main.tf" in notes[0]["message"]
        assert "CEN201" in codes(found)


def test_several_plans_are_none_and_the_settings_may_name_one(tmp_path):
    path = terraform(tmp_path)
    shutil.copy(tmp_path / "plan.json", tmp_path / "old.tfplan.json")
    with Client(tmp_path) as client:
        client.open(path)
        (note,) = client.pushed(path)
        assert note["severity"] == 3
        assert "plan.json" in note["message"]
        assert "old.tfplan.json" in note["message"]
        settings = tmp_path / "cenguard.toml"
        settings.write_text('[sources]\nnet = "plan.json"\n')
        client.open(settings)
        client.save(settings)
        assert "CEN201" in codes(client.pushed(path, lambda found: len(found) > 1))
        client.save(settings, '[sources]\nnet = "plan.json"\nother = "old.tfplan.json"\n')
        (note,) = client.pushed(path, lambda found: len(found) == 1)
        assert "none is taken" in note["message"]


WATCHING = {**PUSHED, "workspace": {**PUSHED["workspace"], "didChangeWatchedFiles": {"dynamicRegistration": True}}}


def test_a_plan_that_a_command_writes_is_taken_and_its_mended_findings_go(tmp_path):
    """Nothing is saved in the editor: what has been written is told by its watchers."""
    path, plan = terraform(tmp_path), tmp_path / "plan.json"
    content = plan.read_bytes()
    plan.unlink()
    with Client(tmp_path, None, WATCHING) as client:
        client.open(path)
        (note,) = client.pushed(path)
        assert "No plan lies" in note["message"]
        (asked,) = client.said("client/registerCapability")
        (wish,) = asked["params"]["registrations"]
        assert (wish["method"], wish["registerOptions"]) == (
            "workspace/didChangeWatchedFiles",
            {"watchers": [{"globPattern": "**/*.{json,toml,yaml,yml}"}]},
        )
        plan.write_bytes(content)
        client.written(plan)
        assert "CEN201" in codes(client.pushed(path, lambda found: len(found) > 1))
        client.open(plan)
        assert "CEN201" in codes(client.pushed(plan))
        plan.write_bytes((RECORDINGS / "terraform" / "tofu-basic-create" / "plan.json").read_bytes())
        client.written(plan)
        client.until(lambda: all("CEN201" not in codes(client.published[file.as_uri()]) for file in (path, plan)))
        plan.unlink()
        client.written(plan)
        client.until(lambda: not client.published[plan.as_uri()] and len(client.published[path.as_uri()]) == 1)
        (tmp_path / "other.json").write_text("{}")
        client.written(tmp_path / "other.json")
        before = len(client.publications)
        client.drain(0.3)
        assert len(client.publications) == before


def test_without_a_plan_the_two_commands_are_told(tmp_path):
    path = terraform(tmp_path)
    (tmp_path / "plan.json").unlink()
    with Client(tmp_path) as client:
        client.open(path)
        (note,) = client.pushed(path)
        assert note["severity"] == 3
        assert "terraform plan -out=" in note["message"]
        assert "terraform show -json" in note["message"]


def test_a_program_in_hcl_has_its_previews_findings_and_actions_that_mend_it(tmp_path):
    for name in ("Pulumi.yaml", "main.tf"):
        shutil.copy(HCL / name, tmp_path / name)
        os.utime(tmp_path / name, (EARLIER, EARLIER))
    path = tmp_path / "main.tf"
    with Client(tmp_path) as client:
        client.open(path)
        (note,) = client.pushed(path)
        assert "pulumi preview --json --show-sames" in note["message"]
        (tmp_path / "preview.json").write_bytes(
            gzip.decompress((RECORDINGS / "roads" / HCL.name / "preview.json.gz").read_bytes())
        )
        client.save(path)
        found = client.pushed(path)
        assert [item["severity"] for item in found if "code" not in item] == [3]  # the save is newer than the document
        assert "CEN201" in codes(found)
        assert client.actions(path, found, ["quickfix"])


def test_the_range_decides_which_fixes_are_offered_whatever_findings_a_client_says_it_knows(tmp_path):
    path = terraform(tmp_path)
    with Client(tmp_path) as client:
        client.open(path)
        found = client.pushed(path)
        everything = client.actions(path, found, ["quickfix"])
        assert everything
        assert [item["title"] for item in client.actions(path, [], ["quickfix"])] == [item["title"] for item in everything]
        nowhere = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
        context = {"diagnostics": [], "only": ["quickfix"]}
        place = {"textDocument": {"uri": path.as_uri()}, "range": nowhere, "context": context}
        assert client.ask("textDocument/codeAction", place) == []


@pytest.mark.parametrize(
    ("settings", "wrong", "right"),
    [
        ('waivers = "waivers.toml"\n', "waiver = 1\n", ""),
        ('inventory = ["net.toml"]\n', "taken = 1\n", "taken = 2026-11-20\n"),
        ('inventory = ["net.toml"]\n', None, "taken = 2026-11-20\n"),
        ('waivers = "waivers.toml"\n', None, ""),
        ('extends = "net.toml"\n', None, ""),
    ],
)
def test_a_file_that_could_not_be_read_is_looked_at_again_when_it_is_saved(tmp_path, settings, wrong, right):
    path = terraform(tmp_path)
    (tmp_path / "cenguard.toml").write_text(settings)
    other = tmp_path / settings.split('"')[1]
    if wrong is not None:
        other.write_text(wrong)
    with Client(tmp_path) as client:
        client.open(path)
        client.until(lambda: any(found for found in client.published.values()))
        assert "CEN201" not in codes(client.published.get(path.as_uri(), []))
        other.write_text(right)
        client.open(other)
        client.save(other)
        assert "CEN201" in codes(client.pushed(path, lambda found: "CEN201" in codes(found)))
        assert all(item.get("code") for found in client.published.values() for item in found)


@pytest.mark.parametrize(
    ("settings", "before", "after"),
    [
        (
            'waivers = "waivers.toml"\n',
            "",
            '[[waiver]]\nrule = "CEN201"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n',
        ),
        ('areas = "areas.json"\n', '{"schema": 1, "edition": "ours"}', "nonsense"),
    ],
)
def test_a_file_that_settings_name_is_looked_at_again_when_it_is_saved(tmp_path, settings, before, after):
    path = terraform(tmp_path)
    (tmp_path / "cenguard.toml").write_text(settings)
    other = tmp_path / settings.split('"')[1]
    other.write_text(before)
    with Client(tmp_path) as client:
        client.open(path)
        found = client.pushed(path, lambda found: "CEN201" in codes(found))
        other.write_text(after)
        client.open(other)
        client.save(other)
        client.until(lambda: client.published[path.as_uri()] != found)
