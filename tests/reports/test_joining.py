"""`cenguard report`: what several jobs wrote, as one report."""

import json

import jsonschema
import pytest
from msgspec.structs import replace

from cenguard.commands.publishing import priced
from cenguard.errors import UnreadableInput
from cenguard.findings.report import ReportedFix, ReportedSource, Traffic
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.reports import github, html, human, junit, markdown
from cenguard.reports.joining import join, read_report, read_reports
from cenguard.reports.json import render
from tests.commands.test_cli import RECORDINGS, run
from tests.reports.samples import finding, hostile, report

SCHEMA = json.loads((RECORDINGS.parents[1] / "docs" / "report.schema.json").read_text())


def written(path, given):
    path.write_text(render(given), "utf-8")
    return str(path)


def test_a_report_comes_back_as_it_was(tmp_path):
    given = report()

    assert read_report(written(tmp_path / "a.json", given)) == replace(given, blockers=None)


def test_two_jobs_are_one_report(tmp_path):
    other = report(
        finding(fingerprint="other", urn="urn:pulumi:dev::net::t::core"),
        sources=(ReportedSource(path="dev.json", kind="preview", project="net", stack="dev", resources=3, complete=True),),
    )
    joined = read_reports([written(tmp_path / "a.json", report()), written(tmp_path / "b.json", other)])

    assert [item.stack for item in joined.sources] == ["prod", "dev"]
    assert (joined.summary.mandatory, joined.summary.advisory, joined.summary.waived, joined.summary.new) == (2, 1, 1, 3)
    assert join([report(), report()]).findings == report().findings


def test_nothing_is_said_of_before_where_one_report_compares_nothing():
    """As a check of all sources together says it: that nothing is cut is known of those alone that start from a state."""
    new = replace(report(), summary=replace(report().summary, new=None, fixed=None), cuts=(), has_base=False)
    new = replace(new, pairs=tuple(replace(pair, mbps=5, mbps_before=None, instance="urn:new") for pair in new.pairs))
    compared = replace(report(), cuts=())
    joined = join([compared, new])

    assert "(before:" not in human.render(joined)
    assert "**Cuts:** not known: there is nothing to compare with" in markdown.render(joined)
    assert join([compared, replace(new, pairs=(), absent="no CEN in the input")]).has_base
    assert "**Cuts:** nothing" in markdown.render(join([compared, compared]))


def of_terraform(path, *sources, **more):
    """A report of sources of Terraform: names and resources."""
    told = [
        ReportedSource(path="plan.json", kind=kind, project=name, stack="default", resources=count, complete=True)
        for name, kind, count in sources
    ]
    return written(path, report(sources=tuple(told), **more))


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (("", "terraform-plan", 8), ("", "terraform-plan", 8), "has no name, and neither has plan.json of"),
        (("", "terraform-plan", 8), ("", "terraform-state", 8), "has no name, and neither has plan.json of"),
        (("net", "terraform-plan", 8), ("net", "terraform-plan", 9), "is called net, as plan.json of"),
    ],
)
def test_two_programs_of_terraform_without_names_of_their_own_are_not_one(tmp_path, first, second, said):
    """Dev and prod of one folder have the same addresses: what both of them buy was said, and counted, once."""
    dev, prod = of_terraform(tmp_path / "dev.json", first), of_terraform(tmp_path / "prod.json", second)

    with pytest.raises(UnreadableInput) as caught:
        read_reports([dev, prod])

    assert str(caught.value).startswith(f"{prod}: its source plan.json {said}")
    assert str(caught.value).endswith("(`cenguard check net=plan.json`), each program and workspace by one name of its own")
    assert len(read_reports([dev, dev]).sources) == 1


def test_a_state_that_several_jobs_look_at_is_one_source(tmp_path):
    state = ("net", "terraform-state", 30)
    names = [
        of_terraform(tmp_path / f"{name}.json", (name, "terraform-plan", 8), state, ("edge", "terraform-plan", 3))
        for name in ("a", "b")
    ]

    assert [source.project for source in read_reports(names).sources] == ["a", "net", "edge", "b"]
    assert read_reports([of_terraform(tmp_path / "c.json", ("net", "terraform-plan", 31)), names[0]]).sources


def test_a_rule_that_a_job_did_not_ask_passes_in_no_joined_report(tmp_path):
    """`cenguard check --select CEN2 --format json` and `cenguard report --format junit`: 80 rules passed that had not been asked."""
    names = [
        written(tmp_path / f"{'-'.join(codes or ())}.json", report(asked=codes))
        for codes in (None, ("CEN202", "CEN404", "CEN204"), ("CEN204", "CEN202"))
    ]

    assert "asked" not in json.loads((tmp_path / ".json").read_text())
    assert read_reports(names[1:2]).asked == ("CEN202", "CEN404", "CEN204")
    assert read_reports(names).asked == ("CEN202", "CEN204")
    found = junit.render(read_reports(names))
    assert 'classname="cenguard.CEN204" name=' in found
    assert 'classname="cenguard.CEN404"' not in found


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "other/1"},
        {"findings": [{}]},
        {"pairs": [{"instance": "a", "regions": ["a", "b"], "disposition": "magic", "mbps": None, "mbps_before": None}]},
        {"summary": []},
    ],
)
def test_what_is_no_report_is_refused_in_one_line(tmp_path, change):
    document = json.loads(render(report())) | change
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))

    with pytest.raises(UnreadableInput) as caught:
        read_report(str(path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("word", ["verdict", "level", "severity", "change", "help"])
def test_words_that_no_report_has_are_refused(tmp_path, word):
    document = json.loads(render(report()))
    document["findings"][0][word] = "javascript:alert(1)"
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document))

    with pytest.raises(UnreadableInput, match="CEN201"):
        read_report(str(path))


def test_what_a_report_of_others_holds_cannot_paint(tmp_path):
    back = read_report(written(tmp_path / "a.json", hostile()))

    assert "\x1b" not in back.findings[0].message
    assert "\u202e" not in (back.findings[0].fix.python or "")


def test_the_command_writes_every_format_at_once(tmp_path):
    source = written(tmp_path / "a.json", report())
    wanted = {
        "sarif": "a.sarif",
        "junit": "a.xml",
        "gitlab": "q.json",
        "markdown": "c.md",
        "html": "r.html",
        "json": "j.json",
        "github": "g",
    }
    options = [word for form, name in wanted.items() for word in ("-o", f"{form}={tmp_path / name}")]
    result = run("report", source, *options)

    assert result.returncode == 0
    assert all((tmp_path / name).stat().st_size for name in wanted.values())
    assert run("report", source, "--fail-on", "mandatory").returncode == 1
    assert run("report", source, "-o", f"sarf={tmp_path / 'x'}").returncode == 2
    assert run("report", source, "-o", f"sarif={tmp_path / 'no' / 'x'}").returncode == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [(("-o", "json=x", "-o", "html=x"), "x is given twice"), (("-o", "json=-"), "--format json prints on standard output")],
)
def test_files_that_cannot_be_meant(tmp_path, options, said):
    done = run("report", written(tmp_path / "a.json", report()), *options, cwd=tmp_path)

    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ("enterprise-create/plan.json", "10 Mbps, connected, but no route leads over it (before: nothing)"),
        ("enterprise-unchanged/export.json", "10 Mbps, connected, but no route leads over it"),
        ("terraform/terraform-peer-gone/plan.json", "no package: no connection (before: 4 Mbps)"),
        ("terraform/terraform-target-create/plan.json", "every finding decides"),
        ("terraform/tofu-refresh-all-gone/plan.json", "no CEN in the input (no resource of Alibaba Cloud)"),
        ("component-create/export.json", "✓ nothing found: no CEN in the input (no resource of Alibaba Cloud)"),
    ],
)
def test_a_report_of_one_job_says_what_the_check_said(tmp_path, document, said):
    """A comment is made of the JSON report: its map had a pair as connected over which no route leads."""
    checked = check([read_source(str(RECORDINGS / document))], Options())
    joined = read_reports([written(tmp_path / "r.json", checked)])

    jsonschema.validate(json.loads((tmp_path / "r.json").read_text()), SCHEMA)
    assert said in " ".join(human.render(checked).split())
    for form in (human, markdown, html, junit, github):
        assert form.render(joined) == form.render(checked)


@pytest.mark.parametrize("turned", [False, True])
def test_of_what_two_jobs_say_differently_the_heavier_counts(turned):
    """One of them waives it, or has it as advisory, or looks at it beside a base."""
    heavy = finding(change="new")
    for light in (
        replace(heavy, waived_by="net, until 2099-01-01: r"),
        replace(heavy, level="advisory"),
        replace(heavy, change="unchanged"),
    ):
        both = [report(light), report(heavy)]
        assert join(both[::-1] if turned else both).findings == (heavy,)


def test_what_an_earlier_version_leaves_out_is_not_counted_twice(tmp_path):
    """Two jobs look at one stack, and one of them has an older cenguard: a package was bought twice, and a pair stood there twice."""
    told = report()
    pair, package = told.pairs[0], told.purchases[0]
    newer = replace(told, pairs=(replace(pair, no_route=True),), purchases=(replace(package, payment_open=True),))
    older = replace(told, pairs=(pair,), purchases=(package,))

    for given in ((older, newer), (newer, older)):
        joined = read_reports([written(tmp_path / f"{index}.json", item) for index, item in enumerate(given)])
        assert (joined.pairs, joined.purchases) == (newer.pairs, newer.purchases)


def test_what_traffic_costs_is_said_of_a_change_that_buys_no_package(tmp_path):
    (tmp_path / "cenguard.toml").write_text('[prices]\ncurrency = "USD"\ngb = 0.5\n')
    bought = report(purchases=(), traffic=(Traffic(urn="urn:pulumi:dev::net::t::peer", area_pair=("China", "Europe"), mbps=20),))

    told = markdown.render(priced(read_report(written(tmp_path / "a.json", bought)), tmp_path / "cenguard.toml"))

    assert "up to 20 Mbps China/Europe: each GB is paid for (0.50 USD) (`peer`)" in told


def test_what_is_said_of_an_input_without_a_cen_is_said_of_several(tmp_path):
    none, other = (
        report(findings=(), pairs=(), absent="no CEN in the input (a)"),
        report(findings=(), pairs=(), absent="none (b)"),
    )

    assert join([none, none]).absent == "no CEN in the input (a)"
    assert join([none, report()]).absent == ""
    sources = (replace(report().sources[0], cen=0),)
    assert join([replace(item, sources=sources) for item in (none, other)]).absent == "no CEN in the input"


@pytest.mark.parametrize("scenario", ["stack-reference", "secrets-create", "unknown-from-get", "external-package"])
def test_a_question_is_said_as_the_check_said_it(tmp_path, scenario):
    """What it hangs on and what would settle it is not in the JSON report as such: the finding's own words tell."""
    source = RECORDINGS / scenario / "preview.json"
    checked = run("check", source)
    (tmp_path / "r.json").write_bytes(run("check", source, "--format", "json").stdout)
    joined = run("report", tmp_path / "r.json")

    assert "would settle it." in joined.stdout.decode()
    assert joined.stdout == checked.stdout
    assert (
        run("report", tmp_path / "r.json", "--format", "markdown").stdout == run("check", source, "--format", "markdown").stdout
    )


@pytest.mark.parametrize("form", ["human", "markdown", "junit", "html", "sarif", "json", "gitlab"])
def test_no_line_of_a_forged_report_is_a_command_to_a_log(tmp_path, form):
    """A joined report is printed by jobs of other people's: a line that begins with `::` is a command there."""
    forged = finding(
        message="::stop-commands::x", because=("::error::x",), fix=ReportedFix(summary="::x", python="a\n ::add-mask::x\n")
    )
    text = run("report", written(tmp_path / "a.json", report(forged)), "--format", form).stdout.decode()

    assert "stop-commands" in text
    assert not [line for line in text.split("\n") if line.lstrip().startswith("::")]


def test_the_day_of_a_page_is_the_one_that_is_given(tmp_path):
    (tmp_path / "r.json").write_text(render(report()), "utf-8")
    dated = run("report", tmp_path / "r.json", "--format", "html", "--today", "2026-11-28").stdout.decode()

    assert "as of 2026-11-28" in dated
