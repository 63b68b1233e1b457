"""A program in YAML that its interpreter refuses: the engine (3.276) writes no error, and a document without what the program declares."""

import gzip
import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate

RUNS = Path(__file__).parents[1] / "recordings" / "runs"
WHY = 'resource, variable, or config value "cor" not found on Pulumi.yaml line 11'


def told(path):
    """What the checker says of a file."""
    sources = read_estate([str(path)])
    return [(item.rule, item.level, sources[0].missing or "") for item in check(sources, Options()).findings]


@pytest.mark.parametrize("name", ["yaml-refused.json.gz", "yaml-refused.ndjson.gz"])
def test_it_is_no_stack_without_a_cen(name):
    """It passed: no CEN in the input."""
    ((rule, level, missing),) = told(RUNS / name)

    assert (rule, level) == ("CEN904", "mandatory")
    assert f"the preview failed ({WHY})" in missing


def test_a_line_on_standard_error_alone_is_none(tmp_path):
    """A program that runs to its end may print what it likes; the interpreter's own word is in colour."""
    document = json.loads(gzip.decompress((RUNS / "yaml-refused.json.gz").read_bytes()))
    for item in document["diagnostics"]:
        item["message"] = item["message"].replace("\x1b[31mError\x1b[0m", "Error")
    path = tmp_path / "preview.json"
    path.write_text(json.dumps(document))

    assert told(path) == []


def test_a_log_that_a_policy_ended_is_whole(tmp_path):
    lines = gzip.decompress((RUNS / "yaml-refused.ndjson.gz").read_bytes()).decode().splitlines()
    events = [json.loads(line) for line in lines if line]
    stopped = {"diagnosticEvent": {"prefix": "error: ", "message": "preview failed", "color": "never", "severity": "error"}}
    kept = [event for event in events if event.get("diagnosticEvent", {}).get("severity") != "info#err"]
    path = tmp_path / "events.ndjson"
    path.write_text("\n".join(json.dumps(event) for event in [*kept[:-2], stopped, *kept[-2:]]) + "\n")

    assert told(path) == []
