"""GitLab's code quality report: what its documentation demands of each issue."""

import json

import jsonschema
import pytest
from msgspec import structs

from cenguard.reports import sarif
from cenguard.reports.gitlab import render
from tests.reports.samples import finding, hostile, huge, matches_golden, quiet, report

SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "minLength": 1, "not": {"pattern": "^\\./"}},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""From https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""


@pytest.mark.parametrize("given", [report(), hostile(), huge(), quiet(), report(finding(), finding())])
def test_every_issue_is_whole_and_known_once(given):
    issues = json.loads(render(given))

    jsonschema.validate(issues, SCHEMA)
    names = [item["fingerprint"] for item in issues]
    assert len(names) == len(set(names))


def test_the_text_is_as_agreed():
    matches_golden("report.gitlab.json", render(report()))


def test_what_is_waived_is_left_out():
    assert len(json.loads(render(report()))) == 3


@pytest.mark.parametrize(
    ("path", "kind", "said"),
    [
        ("net/preview.json", "preview", "net/preview.json"),
        ("{here}/net/preview.json", "preview", "net/preview.json"),
        ("/elsewhere/preview.json", "preview", "preview.json"),
        (".", "program", "Pulumi.yaml"),
        ("net", "program", "net/Pulumi.yml"),
    ],
)
@pytest.mark.parametrize("form", [render, sarif.render])
def test_a_finding_without_a_line_stands_where_it_can_be_shown(tmp_path, monkeypatch, path, kind, said, form):
    """GitHub refuses a file of SARIF in which one result has no place; a folder, or a path of a runner, is none in a change."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "Pulumi.yml").write_text("name: net\nruntime: python\n")
    source = structs.replace(report().sources[0], path=path.format(here=tmp_path), kind=kind)
    document = json.loads(form(report(finding(location=None), sources=(source,), fixed=())))

    if form is render:
        assert document[0]["location"] == {"path": said, "lines": {"begin": 1}}
    else:
        (place,) = document["runs"][0]["results"][0]["locations"]
        assert place["physicalLocation"] == {"artifactLocation": {"uri": said}, "region": {"startLine": 1}}
