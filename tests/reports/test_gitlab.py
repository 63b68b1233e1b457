"""GitLab's code quality report: what its documentation demands of each issue."""

import json

import jsonschema
import pytest

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
