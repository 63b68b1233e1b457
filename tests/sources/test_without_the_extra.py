"""Without the extra `lines`: everything is found as ever but lines of Terraform's language, and one note names the extra."""

import json
import shutil

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.reports.formats import render
from cenguard.sources import syntax
from tests.sources.programs import RECORDINGS

NOTE = "cenguard[lines]"


def report_of(tmp_path, *scenarios):
    for scenario in scenarios:
        shutil.copytree(RECORDINGS / scenario, tmp_path / scenario)
    return check(read_estate([str(tmp_path / scenario / "preview.json") for scenario in scenarios]), Options())


@pytest.fixture
def without(monkeypatch):
    monkeypatch.setattr(syntax, "_parser", lambda _suffix: None)


@pytest.mark.usefixtures("without")
def test_a_note_names_the_extra_once(tmp_path):
    report = report_of(tmp_path, "hcl-triangle-native")

    assert len(report.findings) > 1
    assert {item.location for item in report.findings} == {None}
    assert render(report, "human").count(NOTE) == 1


@pytest.mark.usefixtures("without")
@pytest.mark.parametrize("scenario", ["ts-enterprise", "go-misarea", "yaml-misarea"])
def test_other_languages_need_no_extra(tmp_path, scenario):
    report = report_of(tmp_path, scenario)

    assert report.findings
    assert all(item.location for item in report.findings)
    assert NOTE not in render(report, "human")


def test_with_the_extra_there_is_no_note(tmp_path):
    report = report_of(tmp_path, "hcl-triangle-native")

    assert all(item["location"]["path"] == "main.tf" for item in json.loads(render(report, "json"))["findings"])
    assert NOTE not in render(report, "human")


def test_a_document_without_its_files_needs_no_extra(tmp_path):
    (tmp_path / "preview.json").write_bytes((RECORDINGS / "hcl-triangle-native" / "preview.json").read_bytes())
    report = check(read_estate([str(tmp_path / "preview.json")]), Options())

    assert report.findings
    assert {item.location for item in report.findings} == {None}
    assert NOTE not in render(report, "human")
