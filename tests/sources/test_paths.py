"""Paths that a terminal, an editor and a pipeline can follow from where the command runs; JSON keeps the project's."""

import json
import shutil

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.reports.formats import render
from tests.sources.programs import RECORDINGS

PLACES = {
    "human": "{}:7",
    "github": "file={},line=7,",
    "gitlab": '"path": "{}"',
    "junit": 'file="{}" line="7"',
    "markdown": "`{}:7`",
    "html": "<code>{}:7</code>",
    "sarif": '"uri": "{}"',
}


@pytest.mark.parametrize(
    ("where", "expected"),
    [("", "infra/net/index.ts"), ("infra", "net/index.ts"), ("infra/net", "index.ts"), ("other", "index.ts")],
    ids=["above", "nearer", "in the project", "beside it"],
)
def test_from_where_the_command_runs(tmp_path, monkeypatch, where, expected):
    shutil.copytree(RECORDINGS / "ts-enterprise", tmp_path / "infra" / "net")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / where)

    report = check([read_source(str(tmp_path / "infra" / "net" / "preview.json"))], Options())

    for form, place in PLACES.items():
        assert place.format(expected) in render(report, form), form
    assert {item["location"]["path"] for item in json.loads(render(report, "json"))["findings"]} == {"index.ts"}


def test_a_file_beside_the_project_folder(tmp_path, monkeypatch):
    shutil.copytree(RECORDINGS / "go-misarea", tmp_path / "infra")
    shutil.copy(tmp_path / "infra" / "go.mod", tmp_path / "go.mod")
    (tmp_path / "infra" / "go.mod").unlink()
    (tmp_path / "network.go").write_bytes((tmp_path / "infra" / "network.go").read_bytes())
    (tmp_path / "infra" / "network.go").unlink()

    for where, expected in (("", "network.go:29"), ("infra", "../network.go:29")):
        monkeypatch.chdir(tmp_path / where)
        report = check([read_source(str(tmp_path / "infra" / "preview.json"))], Options())
        assert f" {expected}  CEN201" in render(report, "human")
        assert '"path": "../network.go"' in render(report, "json")
    assert "file=" not in render(report, "github"), "a file outside the checkout is no place for an annotation"
