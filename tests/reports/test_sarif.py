"""SARIF 2.1.0: rules with help, places, fingerprints, fixes, what is new and what is waived."""

import json

import pytest
from fluidattacks_core.sarif import SarifLog
from msgspec.structs import replace
from pydantic import ValidationError

from cenguard.findings.code import Code
from cenguard.findings.report import ReportedCode, ReportedFix, ReportedLocation
from cenguard.reports import json as as_json
from cenguard.reports.joining import read_reports
from cenguard.reports.sarif import render
from cenguard.sources.sites import Change, forget
from tests.reports.samples import CORE, finding, hostile, huge, quiet, report


def run_of(given):
    document = json.loads(render(given))
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    return run


def test_results():
    run = run_of(report())
    rules = run["tool"]["driver"]["rules"]

    assert [item["id"] for item in rules] == ["CEN201", "CEN203", "CEN208"]
    assert all(item["help"]["markdown"] and item["helpUri"].startswith("https://") for item in rules)
    assert [(item["ruleId"], item["level"], item.get("baselineState")) for item in run["results"]] == [
        ("CEN201", "error", "new"),
        ("CEN203", "warning", "unchanged"),
        ("CEN208", "note", "new"),
    ]
    assert all(rules[item["ruleIndex"]]["id"] == item["ruleId"] for item in run["results"])
    assert run["automationDetails"]["id"] == "cenguard/net/prod/"


def test_a_warning_whose_level_a_tool_leaves_out_is_no_error():
    """Microsoft's tool for SARIF merges reports, and writes no level of warnings: the one of the rule counts then."""
    lowered = report(finding(level="advisory"), finding(fingerprint="1123456789abcdef"), finding(rule="CEN202"), fixed=())
    run = run_of(lowered)

    assert [item["level"] for item in run["results"] if item["ruleId"] == "CEN201"] == ["warning", "error"]
    levels = {item["id"]: item["defaultConfiguration"]["level"] for item in run["tool"]["driver"]["rules"]}
    assert levels == {"CEN201": "warning", "CEN202": "error"}


def test_places_and_fingerprints():
    first, *_ = run_of(report())["results"]

    assert first["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": "__main__.py"}, "region": {"startLine": 12}},
            "logicalLocations": [{"name": "core", "fullyQualifiedName": CORE, "kind": "resource"}],
        }
    ]
    assert first["partialFingerprints"] == {
        "cenguard/v1": "0123456789abcdef",
        "primaryLocationLineHash": "0123456789abcdef:1",
    }
    assert first["properties"]["located"] is True
    assert "Fix: Buy a China/Europe bandwidth package." in first["message"]["text"]


def test_two_findings_with_one_fingerprint_are_two_alerts():
    """Such as two peers of one package: GitHub takes results with one line hash for one alert."""
    first, second = run_of(report(finding(), finding(message="another"), fixed=()))["results"]

    assert first["partialFingerprints"]["cenguard/v1"] == second["partialFingerprints"]["cenguard/v1"]
    assert first["partialFingerprints"]["primaryLocationLineHash"].endswith(":1")
    assert second["partialFingerprints"]["primaryLocationLineHash"].endswith(":2")


@pytest.mark.parametrize(
    ("files", "path", "place"),
    [
        (("Pulumi.yaml",), "-", "Pulumi.yaml"),
        (("Pulumi.yaml",), "/elsewhere/preview.json", "Pulumi.yaml"),
        (("Pulumi.yaml", "preview.json"), "preview.json", "preview.json"),
        ((), "/elsewhere/preview.json", "preview.json"),
    ],
    ids=["standard input", "a document elsewhere", "a document in the repository", "nothing of the project is here"],
)
def test_every_result_has_a_place(tmp_path, monkeypatch, files, path, place):
    """GitHub refuses a whole file in which one result has none: the project file, or the document, line 1."""
    monkeypatch.chdir(tmp_path)
    for name in files:
        (tmp_path / name).write_text("name: net\nruntime: python\n")
    given = replace(report().sources[0], path=path)
    (found,) = run_of(report(finding(location=None), sources=(given,), fixed=()))["results"]

    physical = found["locations"][0]["physicalLocation"]
    assert (physical["artifactLocation"]["uri"], physical["region"]["startLine"]) == (place, 1)
    assert found["properties"]["located"] is False


def test_what_is_mended_or_waived_is_no_result():
    run = run_of(report())

    assert [(item["ruleId"], item["waivedBy"]) for item in run["properties"]["waived"]] == [
        ("CEN203", "net-team: bought ahead, until 2027-03-31")
    ]
    assert [item["ruleId"] for item in run["properties"]["fixed"]] == ["CEN207"]


@pytest.mark.parametrize(
    ("level", "waived_by", "well"), [("mandatory", None, False), ("mandatory", "net-team", True), ("advisory", None, True)]
)
def test_a_run_succeeds_where_the_command_does(level, waived_by, well):
    """What is advisory or accepted is a finding like any other."""
    hidden = finding(rule="CEN904", name="incomplete-input", level=level, waived_by=waived_by)

    assert run_of(report(hidden, fixed=()))["invocations"] == [{"executionSuccessful": well}]


def test_an_input_without_a_cen_is_said():
    """No result alone would look like a network that is right."""
    absent = "no CEN in the input (14 resources of alicloud)"
    given = report(findings=(), absent=absent)
    (invocation,) = run_of(given)["invocations"]

    assert invocation["toolExecutionNotifications"] == [{"level": "note", "message": {"text": absent}}]
    SarifLog.model_validate_json(render(given))


def test_only_what_is_a_matter_of_security_has_a_severity_of_it():
    given = report(finding(), finding(rule="CEN501", name="forbidden-connection", fingerprint="1" * 16), fixed=())
    rules = run_of(given)["tool"]["driver"]["rules"]

    assert {item["id"]: item["properties"].get("security-severity") for item in rules} == {"CEN201": None, "CEN501": "7.0"}
    assert all("security-severity" not in item["properties"] for item in run_of(given)["results"])


def test_text_without_a_certain_place_is_no_fix():
    """Never the end of the file: what is to be pasted stands in the message of other formats. Places: tests/findings."""
    results = run_of(report())["results"]

    assert not [item for item in results if "fixes" in item]


def test_an_edit_in_a_line_of_more_than_ascii_is_one_of_whole_lines(tmp_path, monkeypatch):
    """Not every reader looks at `columnKind`: reviewdog takes columns for bytes, and cuts another word in two."""
    monkeypatch.chdir(tmp_path)
    text = 'limit("core", mbps=5)\nlimit("北京", mbps=5, name="旧")\nlimit("last", mbps=5)  # 末\n'
    path = tmp_path / "__main__.py"
    path.write_bytes(text.encode())
    second, third = text.index("\n") + 1, text.index('limit("last"')
    edits = [
        Change(path, text.index("5"), text.index("5") + 1, "9"),
        Change(path, text.index("旧"), text.index("旧") + 1, "新"),
        Change(path, text.index("5", second), text.index("5", second) + 1, "9"),
        Change(path, text.index("5", third), text.index("5", third) + 1, "9"),
        Change(path, len(text) - 1, len(text) - 1, "\nlimit('new')"),
    ]
    code = Code(language="python", text="", bound=True, changes=tuple(edits))
    run = run_of(replace(report(), written={finding().fingerprint: code}))
    (fix,) = run["results"][0]["fixes"]
    (change,) = fix["artifactChanges"]

    assert [(item["deletedRegion"], item["insertedContent"]["text"]) for item in change["replacements"]] == [
        ({"startLine": 1, "startColumn": 20, "endLine": 1, "endColumn": 21}, "9"),
        ({"startLine": 2, "endLine": 2}, 'limit("北京", mbps=9, name="新")'),
        ({"startLine": 3, "endLine": 3}, "limit(\"last\", mbps=9)  # 末\nlimit('new')"),
    ]


class TestAReportThatIsRead:
    """`cenguard report` offers the fixes that the check's own SARIF does, where the files are still those."""

    @pytest.fixture
    def given(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        forget()
        text = 'limit("core",\r\n  mbps=5)\r\nlimit("北京", mbps=5)\r\n'
        path = tmp_path / "__main__.py"
        path.write_bytes(text.encode())
        places = text.index("5"), text.rindex("5"), len(text)
        edits = [Change(path, place, min(place + 1, len(text)), "9") for place in places]
        code = Code(language="python", text="", bound=True, changes=tuple(edits))
        fix = ReportedFix(summary="More.", code=ReportedCode(language="python", text="", bound=True))
        checked = replace(report(finding(fix=fix)), written={finding().fingerprint: code})
        (tmp_path / "r.json").write_bytes(as_json.render(checked).encode())
        return checked, tmp_path / "r.json", path

    def test_it_has_the_same_fixes(self, given):
        checked, written, _ = given
        fixes = run_of(checked)["results"][0]["fixes"]

        assert len(fixes[0]["artifactChanges"][0]["replacements"]) == 3
        assert run_of(read_reports([str(written)]))["results"][0]["fixes"] == fixes

    def test_a_file_that_is_another_by_now_has_none(self, given):
        _, written, path = given
        path.write_text("# new\n" + path.read_text("utf-8"), "utf-8")
        forget()

        assert "fixes" not in run_of(read_reports([str(written)]))["results"][0]

    @pytest.mark.parametrize("named", ["elsewhere.py", "../net/__main__.py", "/net/__main__.py"])
    def test_no_file_outside_of_the_folder_is_read(self, given, named, tmp_path, monkeypatch):
        _, written, path = given
        (tmp_path / "net").mkdir()
        path.rename(tmp_path / "net" / "__main__.py")
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        named = named.replace("/net", str(tmp_path / "net"), 1) if named.startswith("/") else named
        written.write_bytes(written.read_bytes().replace(b'"path": "__main__.py"', f'"path": "{named}"'.encode()))

        assert "fixes" not in run_of(read_reports([str(written)]))["results"][0]


def test_a_path_is_an_address():
    (first, *_) = run_of(report(finding(location=ReportedLocation(path="my net/a#b.py", line=1))))["results"]

    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "my%20net/a%23b.py"


@pytest.mark.parametrize("given", [report(), hostile(), quiet(), huge(), report(finding(), findings=(), fixed=())])
def test_a_reader_made_of_the_standard_s_schema_reads_it(given):
    """Its classes take what the schema names and nothing else."""
    log = SarifLog.model_validate_json(render(given))

    assert [item.rule_id for item in log.runs[0].results] == [item.rule for item in given.findings if not item.waived_by]


def test_what_the_standard_does_not_know_is_refused():
    document = json.loads(render(report()))
    document["runs"][0]["results"][0]["lvl"] = "error"

    with pytest.raises(ValidationError, match="lvl"):
        SarifLog.model_validate(document)
