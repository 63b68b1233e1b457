"""Lines of Terraform's and OpenTofu's documents, with the configuration beside them."""

import json
import re
import shutil

import pytest

from cenguard.errors import CenguardError
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate, read_source
from cenguard.reports.formats import FORMATS, render
from cenguard.resources.addresses import parse
from cenguard.sources.lines import Lines, forget
from tests.sources.programs import RECORDINGS

DOCUMENTS = RECORDINGS.parents[1] / "recordings" / "terraform"
LEFT = re.compile("removed|target-renamed")
FROM_ELSEWHERE = "nets"
"""A module whose files are no part of the program: what lies in it leads to the block that calls it."""
SCENARIOS = sorted(folder.name for folder in DOCUMENTS.iterdir() if (folder / "main.tf").is_file())


def documents_of(folder):
    """The documents of a folder that are read; what an earlier program left, or another one (`hub`), is not this one's.

    Nor has a block what a program has under another name by now.
    """
    for file in sorted((*folder.glob("plan*.json"), *folder.glob("state*.json"), *folder.glob("*.tfstate"))):
        if "before" not in file.name and file.name != "hub.tfstate" and not LEFT.search(folder.name):
            try:
                yield read_source(str(file))
            except CenguardError:
                continue


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_resource_leads_to_its_block(scenario):
    for records in documents_of(DOCUMENTS / scenario):
        forget()
        lines = Lines([records])
        for resource in records.resources:
            address = parse(resource.urn)
            if address is None or not address.type or resource.urn.startswith(("local.", "provider")) or not address.name:
                continue
            place = lines.place(resource.urn)
            if place is None:
                assert f'"{address.type}" "{address.name}"' not in "".join(
                    file.read_text("utf-8") for file in (DOCUMENTS / scenario).rglob("*.tf")
                ), resource.urn
                continue
            text = (DOCUMENTS / scenario / place.path).read_text("utf-8").splitlines()[place.line - 1]
            if f".module.{FROM_ELSEWHERE}." in resource.urn.replace(":", "."):
                assert text == f'module "{FROM_ELSEWHERE}" {{'
                continue
            assert text.startswith(f'{"data" if address.data else "resource"} "{address.type}" "{address.name}" {{'), resource.urn


def test_most_of_them_are_found():
    found = [
        Lines([records]).place(resource.urn)
        for scenario in SCENARIOS
        for records in documents_of(DOCUMENTS / scenario)
        for resource in records.resources
        if (address := parse(resource.urn)) and address.type.startswith("alicloud_") and address.name
    ]

    assert len(found) > 700
    assert all(found)


@pytest.mark.parametrize("scenario", ["terraform-const-module-source", "tofu-variable-module-source"])
def test_a_local_module_whose_folder_a_variable_names(scenario):
    records = read_source(str(DOCUMENTS / scenario / "plan.json"))
    places = {
        str(Lines([records]).place(item.urn)).partition(":")[0]
        for item in records.resources
        if ":module.span" in item.urn and "alicloud" in item.urn
    }

    assert places == {"mods/span/main.tf"}


@pytest.fixture
def two(tmp_path):
    """Two states of equal addresses in folders of their own."""
    for name in ("net", "shop"):
        shutil.copytree(DOCUMENTS / "tofu-misarea", tmp_path / name)
    main = tmp_path / "shop" / "main.tf"
    main.write_text("\n\n" + main.read_text("utf-8"))
    return tmp_path


@pytest.mark.parametrize("named", [True, False])
def test_named_sources_have_files_of_their_own(two, monkeypatch, named):
    monkeypatch.chdir(two)
    sources = ["net=net/plan.json", "shop=shop/plan.json"] if named else ["net/plan.json", "shop/plan.json"]

    report = check(read_estate(sources), Options())

    found = {item.urn.partition(":")[0]: item.location for item in report.findings if item.rule == "CEN202"}
    assert found["shop"].line == found["net"].line + 2
    human, github = render(report, "human"), render(report, "github")
    for name, place in found.items():
        assert f"{name}/main.tf:{place.line}" in human
        assert f"file={name}/main.tf,line={place.line}," in github


def test_a_document_below_the_folder_that_was_initialized(tmp_path):
    shutil.copytree(DOCUMENTS / "tofu-misarea", tmp_path / "net")
    (tmp_path / "net" / "out").mkdir()
    (tmp_path / "net" / "plan.json").rename(tmp_path / "net" / "out" / "plan.json")

    def paths():
        return {
            item.location and item.location.path
            for item in check(read_estate([str(tmp_path / "net" / "out" / "plan.json")]), Options()).findings
        }

    assert paths() == {None}
    (tmp_path / "net" / ".terraform.lock.hcl").touch()
    assert paths() == {"main.tf"}


def test_a_document_elsewhere_has_no_files(tmp_path, monkeypatch):
    shutil.copytree(DOCUMENTS / "tofu-misarea", tmp_path / "net")
    (tmp_path / "out").mkdir()
    (tmp_path / "net" / "plan.json").rename(tmp_path / "out" / "plan.json")
    monkeypatch.chdir(tmp_path / "net")

    report = check(read_estate([str(tmp_path / "out" / "plan.json")]), Options())

    assert report.findings
    assert {item.location for item in report.findings} == {None}


@pytest.mark.parametrize("form", FORMATS)
def test_fixes_are_words(form):
    output = render(check(read_estate([str(DOCUMENTS / "tofu-misarea" / "plan.json")]), Options()), form)
    if form == "sarif":
        output = json.dumps(json.loads(output)["runs"][0]["results"])

    assert "CEN202" in output
    assert "alicloud.cen." not in output
    assert "ResourceOptions" not in output
    assert "in the arguments of" not in output
