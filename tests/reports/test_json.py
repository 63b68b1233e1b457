"""The JSON report keeps its contract: every report validates, and a changed one does not."""

import json
from pathlib import Path

import jsonschema
import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.reports.json import json_text, render

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "report.schema.json").read_text())
DOCUMENTS = sorted((ROOT / "tests" / "recordings").glob("*/preview*.json"))


def report_of(path):
    return json.loads(render(check([read_source(str(path))], Options())))


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_report_keeps_the_contract(path):
    jsonschema.validate(report_of(path), SCHEMA)


@pytest.mark.parametrize(
    "change",
    [
        lambda report: report.pop("pairs"),
        lambda report: report.update(extra=1),
        lambda report: report["findings"][0].update(verdict="maybe"),
        lambda report: report["findings"][0].pop("fingerprint"),
        lambda report: report["pairs"][0].update(disposition="fine"),
        lambda report: report["summary"].update(mandatory=-1),
    ],
    ids=["a missing list", "a further key", "another verdict", "no fingerprint", "another disposition", "a negative count"],
)
def test_a_report_that_breaks_the_contract_is_refused(change):
    report = report_of(ROOT / "tests" / "recordings" / "basic-replace-package" / "preview.json")
    change(report)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, SCHEMA)


def test_a_report_says_which_rules_were_asked_where_some_were_not():
    source = read_source(str(ROOT / "tests" / "recordings" / "basic-replace-package" / "preview.json"))
    report = json.loads(render(check([source], Options(select=("CEN201", "CEN404")))))

    jsonschema.validate(report, SCHEMA)
    assert report["asked"] == ["CEN201", "CEN404"]
    assert "asked" not in json.loads(render(check([source], Options())))


def test_a_report_says_what_the_change_buys_and_what_every_pair_has():
    report = report_of(ROOT / "tests" / "recordings" / "basic-create" / "preview.json")

    assert report["purchases"] == [
        {
            "urn": "urn:pulumi:dev::network::alicloud:cen/bandwidthPackage:BandwidthPackage::package",
            "area_pair": ["China", "North-America"],
            "mbps": 5,
            "mbps_before": None,
            "payment": "PostPaid",
            "period": None,
            "auto_renew": None,
        }
    ]
    assert [(pair["regions"], pair["disposition"], pair["mbps"]) for pair in report["pairs"]] == [
        (["cn-beijing", "us-west-1"], "funded", 4)
    ]


def test_an_unchanged_stack_buys_nothing():
    assert report_of(ROOT / "tests" / "recordings" / "basic-unchanged" / "preview.json")["purchases"] == []


def test_a_replaced_package_is_bought_anew():
    (purchase,) = report_of(ROOT / "tests" / "recordings" / "basic-replace-package" / "preview.json")["purchases"]

    assert (purchase["area_pair"], purchase["mbps"]) == (["Asia-Pacific", "China"], 5)


@pytest.mark.parametrize("hostile", ["\x7f", "\x9b", "\u061c", "\u2028", "\u202e", "\ufeff", "\uffff", "##["])
@pytest.mark.parametrize("beside", ["", "cn-beijing–us-west-1", "杭州 → Virginia"])
def test_what_a_terminal_obeys_is_spelled_out_whatever_stands_beside_it(beside, hostile):
    document = {"message": f"{beside}{hostile}"}
    text = json_text(document)
    assert hostile not in text
    assert beside in text
    assert json.loads(text) == document
