"""`pulumi refresh` and `pulumi destroy` with `--run-program`: documents and logs of engine 3.276, in which the program has a say."""

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
