"""`pulumi refresh` and `pulumi destroy` with `--run-program`: documents and logs of engine 3.276, in which the program has a say."""

import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate

RUNS = Path(__file__).parents[1] / "recordings" / "runs"


def said(*names):
    """What is found, and what the source is taken for."""
    sources = read_estate([str(RUNS / f"{name}.gz") for name in names])
    return {item.rule for item in check(sources, Options()).findings}, sources[0]


@pytest.mark.parametrize("name", ["destroy-run-program.json", "destroy-run-program.ndjson"])
def test_what_is_registered_and_then_deleted_is_gone(name):
    """It passed as a network that stands, or was asked for an export that does not settle it."""
    found, source = said(name)

    assert found == {"CEN411"}
    assert [item.type for item in source.resources if item.custom and "cen" in item.type] == []
    assert {item.name for item in source.deleted} >= {"core", "pkg-china-north-america", "lim-cn-beijing-us-west-1"}


@pytest.mark.parametrize(
    "names",
    [
        ("destroy-protected-run-program.json", "destroy-protected-export.json"),
        ("destroy-protected-run-program.ndjson",),
    ],
)
def test_what_an_exclusion_keeps_of_it_is_judged(names):
    found, source = said(*names)

    assert found == {"CEN203"}
    assert [item.name for item in source.resources if "cen/" in item.type] == ["pkg-china-north-america"]


@pytest.mark.parametrize("resized", [True, False])
def test_an_export_of_another_moment_is_not_taken_for_one_beside_such_a_run(tmp_path, resized):
    """It lacks as many resources as the preview deletes; where the preview shows nothing but deletions the head says so."""
    folder = RUNS.parent
    preview = json.loads((folder / "basic-delete-package" / "preview-default.json").read_text())
    export = json.loads((folder / "basic-delete-package" / "export.json").read_text())
    if resized:  # its limit stays, and gets other Mbps
        change = json.loads((folder / "basic-change-limit" / "preview-default.json").read_text())
        update = next(step for step in change["steps"] if step["op"] == "update")
        preview["steps"] = [update if step["urn"] == update["urn"] else step for step in preview["steps"]]
    deleted = sum(step["op"] == "delete" for step in preview["steps"])
    later = [item["urn"] for item in export["deployment"]["resources"] if item["type"].startswith("alicloud:vpc/")][:2]
    later += [item["urn"] for item in export["deployment"]["resources"] if item["urn"].endswith("::att-sv")]
    export["deployment"]["resources"] = [
        item for item in export["deployment"]["resources"] if item["urn"] not in later[-deleted:]
    ]
    for name, document in (("preview.json", preview), ("export.json", export)):
        (tmp_path / name).write_text(json.dumps(document))
    sources = read_estate([str(tmp_path / name) for name in ("preview.json", "export.json")])

    assert ("CEN904" in {item.rule for item in check(sources, Options()).findings}) == resized
    assert ("the export is of another moment" in " ".join(sources[0].notes)) != resized


def test_without_the_export_it_hides_what_it_keeps():
    assert said("destroy-protected-run-program.json")[0] == {"CEN904"}


@pytest.mark.parametrize("name", ["refresh-run-program.json", "refresh-run-program.ndjson"])
def test_a_refresh_that_runs_the_program_is_a_refresh(name):
    """Its log passed empty: what it registers and does not change has no step beside that of the refresh."""
    found, source = said(name)

    assert found == {"CEN206", "CEN406", "CEN408"}
    assert source.refreshed
    assert [item.name for item in source.gone] == ["lim-cn-beijing-us-west-1"]


def test_a_refresh_of_a_target_that_runs_the_program_is_not_the_whole():
    """The stack has a step since the program registers it, and no refresh."""
    found, source = said("refresh-target-run-program.ndjson")

    assert found == {"CEN904"}
    assert "not of the whole stack" in source.missing
