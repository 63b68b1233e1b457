"""Waivers by the names of instances, and what is said of them where nothing else is found."""

import json

import pytest

from tests.commands.test_cli import RECORDINGS, run
from tests.settings.test_waivers import checked, codes, waived, waiver


@pytest.mark.parametrize("name", ["wan", "cen-7asqu3t0uyl32kqf7f", "urn:*::wan"])
def test_an_instance_is_waived_by_any_of_its_names(tmp_path, name):
    """Of a state it is its URN that findings name, and in an audit its id."""
    document = RECORDINGS / "enterprise-unchanged" / "export.json"
    _, report = checked(tmp_path, waiver(rule="CEN320", instance=name), document=document)
    fleet = (
        "audit",
        document,
        "--workers",
        "1",
        "--waivers",
        tmp_path / "waivers.toml",
        "--format",
        "json",
        "--today",
        "2026-11-24",
    )

    for found in (report, json.loads(run(*fleet).stdout)):
        assert waived(found) == {"CEN320"}
        assert "CEN903" not in codes(found)


def test_where_nothing_else_is_found_they_are_nothing_new_either(tmp_path):
    document = RECORDINGS / "basic-unchanged" / "preview.json"
    done, report = checked(tmp_path, waiver(rule="CEN3"), "--new", "--fail-on", "advisory", document=document)

    assert [(item["rule"], item["change"]) for item in report["findings"]] == [("CEN903", "unchanged")]
    assert done.returncode == 0
