"""A program in another language than Python gets its fixes in words, in every format; one in Python gets code."""

import json
from functools import cache

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.reports.formats import FORMATS, render
from tests.sources.programs import RECORDINGS

OTHERS = [
    "ts-enterprise",
    "ts-component-loop",
    "go-misarea",
    "yaml-misarea",
    "hcl-triangle-native",
    "hcl-modules-create",
    "hcl-module-depends-on",
    "hcl-module-from-yaml",
    "tfmod-misarea",
]
PYTHON = RECORDINGS.parents[1] / "recordings" / "basic-create"
CODE = ("ResourceOptions(", 'in the arguments of "', "payment_type=", "depends_on=[", "protect=True")


@cache
def reports(document):
    """Every format of the report of a document, as the command prints it."""
    report = check([read_source(str(document))], Options())
    return {form: render(report, form) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("scenario", OTHERS)
def test_no_python_for_another_language(scenario, form):
    output = reports(RECORDINGS / scenario / "preview.json")[form]
    if form == "sarif":  # the rules' pages beside the results show Python, as the manual does
        output = json.dumps(json.loads(output)["runs"][0]["results"], ensure_ascii=False)

    assert "CEN403" in output
    assert not [word for word in CODE if word in output.replace("&quot;", '"')]


@pytest.mark.parametrize("scenario", OTHERS)
def test_the_summary_stays(scenario):
    report = json.loads(reports(RECORDINGS / scenario / "preview.json")["json"])

    fixes = [item["fix"] for item in report["findings"] if item["rule"] == "CEN403"]
    assert fixes
    for fix in fixes:
        assert fix["python"] is None
        assert len(fix["summary"].split()) > 3


@pytest.mark.parametrize("scenario", OTHERS)
def test_no_python_without_the_program_either(scenario, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "preview.json"
    document.write_bytes((RECORDINGS / scenario / "preview.json").read_bytes())

    assert all(item.fix is None or item.fix.python is None for item in check([read_source(str(document))], Options()).findings)


def test_python_for_python():
    report = json.loads(reports(PYTHON / "preview.json")["json"])

    assert any(item["fix"] and item["fix"]["python"] for item in report["findings"])


@pytest.mark.parametrize(
    ("project", "code"),
    [
        ("name: network\nruntime: nodejs\n", False),
        ("name: network\nruntime: {name: go}\n", False),
        ("name: network\nruntime: dotnet\n", False),
        ("name: network\nruntime: python\n", True),
        ("name: network\nruntime: {name: python, options: {virtualenv: venv}}\n", True),
        ("name: another\nruntime: nodejs\n", True),
        ("runtime: [\n", True),
        (None, True),
    ],
)
def test_the_project_beside_a_document_without_positions(tmp_path, monkeypatch, project, code):
    monkeypatch.chdir(tmp_path)
    if project is not None:
        (tmp_path / "Pulumi.yaml").write_text(project)
    document = json.loads((PYTHON / "preview.json").read_text("utf-8"))
    for step in document["steps"]:
        for state in ("newState", "oldState"):
            step.get(state, {}).pop("sourcePosition", None)
            step.get(state, {}).pop("stackTrace", None)
    (tmp_path / "preview.json").write_text(json.dumps(document))

    report = check([read_source(str(tmp_path / "preview.json"))], Options())

    assert any(item.fix is not None for item in report.findings)
    assert any(item.fix is not None and item.fix.python for item in report.findings) is code


def test_a_summary_holds_no_python():
    """It is all that programs in other languages get."""
    import re
    from pathlib import Path

    rules = Path(__file__).parents[2] / "cenguard" / "rules"
    summaries = [
        found
        for file in sorted(rules.rglob("*.py"))
        for found in re.findall(r"""(?:fix=f?|Fix\(\s*f?)(?:"([^"\n]*)"|'([^'\n]*)')""", file.read_text("utf-8"))
    ]

    assert len(summaries) > 30
    for summary in map("".join, summaries):
        assert not re.search(
            r"""=True|=False|="|\w=\w|\bopts\b|ResourceOptions|\balicloud\.|\b(?:auto|retain|depends|payment|dry|cen|geographic|child|peer|bandwidth)_\w+""",
            summary,
        ), summary
