"""Hovering over a resource: the proof of its pairs, as `explain` gives it, while the file is the one that was checked."""

import json
import os
import shutil

from tests.commands.test_cli import RECORDINGS
from tests.editor.agent_client import run
from tests.editor.client import Client, marked


def hovered(client, path, needle):
    text = client.texts[path.as_uri()]
    place = text.index(needle)
    line = text.count("\n", 0, place)
    position = {"line": line, "character": place - text.rfind("\n", 0, place) - 1}
    return client.ask("textDocument/hover", {"textDocument": {"uri": path.as_uri()}, "position": position})


def test_a_block_of_terraform_tells_what_connects_its_regions(tmp_path):
    for name in ("main.tf", "plan.json"):
        shutil.copy(RECORDINGS / "terraform" / "terraform-basic-create" / name, tmp_path)
    os.utime(tmp_path / "plan.json")
    path = tmp_path / "main.tf"
    [proof] = json.loads(
        run("explain", "plan.json", "--from", "cn-beijing", "--to", "us-west-1", "--format", "json", cwd=tmp_path).stdout
    )
    with Client(tmp_path) as client:
        client.open(path, "terraform")
        client.pushed(path)
        text = client.texts[path.as_uri()]
        line = next(row for row in text.splitlines() if row.startswith('resource "alicloud_cen_bandwidth_limit"'))
        found = hovered(client, path, line)
        said = found["contents"]["value"].replace("\\", "")

        assert found["contents"]["kind"] == "markdown"
        assert marked(text, found) == line
        assert f"**{' – '.join(proof['regions'])}** ({'/'.join(proof['area_pair'])})" in said
        assert all(step.replace("_", " ") in said.replace("_", " ") for step in proof["steps"])
        attached = next(row for row in text.splitlines() if row.startswith('resource "alicloud_cen_instance_attachment"'))
        assert " – " in hovered(client, path, attached)["contents"]["value"]

        client.edit(path, "\n" + text)
        assert hovered(client, path, line) is None


def test_a_record_of_a_document_tells_the_same(tmp_path):
    path = tmp_path / "preview.json"
    shutil.copy(RECORDINGS / "basic-create" / "preview.json", path)
    with Client(tmp_path) as client:
        client.open(path)
        client.pushed(path)
        text = client.texts[path.as_uri()]
        steps = [json.dumps(step["urn"]) for step in json.loads(text)["steps"] if "bandwidthLimit" in step["urn"]]
        start = text.rindex("{", 0, text.index(steps[0]))
        line = text.count("\n", 0, start)
        found = client.ask(
            "textDocument/hover",
            {
                "textDocument": {"uri": path.as_uri()},
                "position": {"line": line, "character": start - text.rfind("\n", 0, start) - 1},
            },
        )

        assert "cn-beijing" in found["contents"]["value"]


def test_a_file_that_is_not_there_has_no_hover_and_no_completion(tmp_path):
    place = {"textDocument": {"uri": (tmp_path / "gone.py").as_uri()}, "position": {"line": 3, "character": 7}}
    with Client(tmp_path) as client:
        assert client.ask("textDocument/hover", place) is None
        assert client.ask("textDocument/completion", place) == []
