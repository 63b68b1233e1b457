"""What reports say of routes: groups, counts, the pairs that do not reach each other, and one line an instance."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.routes import estate as estate_of_a_bench
from cenguard.commands.cli import main
from cenguard.judging import routes_report
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.network.routes import groups
from cenguard.readers.sources import read_source
from cenguard.reports import html, human, markdown
from cenguard.reports.joining import read_report
from cenguard.reports.json import render
from cenguard.settings.model import Settings
from cenguard.testing import a_world
from tests.commands.test_cli import RECORDINGS
from tests.network.routes.estates import one_router, two_routers

jsonschema = pytest.importorskip("jsonschema")
SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text("utf-8"))


def estate():
    """Three networks that reach each other, and one to which nothing leads back."""
    made = one_router().table("near", "other")
    for number, name in enumerate(("plant", "shop", "store"), 1):
        made.site("near", name, f"10.{number}.1.0/24").joined("near-table", name)
    return made.site("near", "lab", "10.9.1.0/24").associated("other", "lab").propagated("near-table", "lab")


def report_of(world, **options):
    """The report of a world."""
    return check([world.records()], Options(settings=Settings(options=options)))


def test_json_has_groups_and_the_pairs_that_do_not_reach_each_other():
    document = json.loads(render(report_of(estate(), CEN332={"require": [{"from": "plant", "to": "lab"}]})))
    jsonschema.validate(document, SCHEMA)
    [instance] = document["routes"]["instances"]

    assert [(item["id"], item["table"], item["published"], item["count"]) for item in instance["groups"]] == [
        ("g1", "near-table", "auto", 3),
        ("g2", "other", "auto", 1),
    ]
    assert instance["counts"] == {"one_way": {"groups": 1, "networks": 3}, "reachable": {"groups": 1, "networks": 3}}
    assert instance["pairs"] == [
        {"groups": ["g1", "g2"], "disposition": "one_way", "forward": "routed", "back": "not_learned", "cause": "not_learned"}
    ]
    assert document["routes"]["asked"] == [
        {"intent": "plant to lab", "disposition": "one_way", "count": 1, "examples": [["plant", "lab"]]}
    ]
    assert document["routes"]["complete"] is True


def test_people_read_one_line_an_instance_and_the_assumptions_once():
    text = " ".join(human.render(report_of(estate())).split())

    assert "routes: 4 networks in 2 groups, 3 pairs both ways, 3 one way, 0 undetermined" in text
    assert text.count("security groups, network ACLs") == 1


def test_a_report_that_was_read_counts_the_groups_that_it_does_not_list(tmp_path, monkeypatch):
    monkeypatch.setattr(routes_report, "MOST_GROUPS", 1)
    checked = report_of(estate())
    (tmp_path / "report.json").write_text(render(checked))

    assert "routes: 4 networks in 2 groups, " in human.render(checked)
    assert human.render(read_report(str(tmp_path / "report.json"))) == human.render(checked)


def test_a_pair_that_is_paid_for_and_carries_nothing_says_so():
    made = two_routers(advertise=None).site("near", "plant", "10.1.1.0/24").site("far", "office", "10.2.1.0/24")
    text = " ".join(human.render(report_of(made.joined("near-table", "plant").joined("far-table", "office"))).split())

    assert "cn-hangzhou – eu-central-1 10 Mbps, connected, paid by traffic, but no route leads over it" in text


@pytest.mark.parametrize(
    ("form", "said", "unsaid"),
    [
        (human, "<red>10 Mbps, connected, but no route", "<green>10 Mbps"),
        (markdown, "| 🔴 cn-hangzhou – eu-central-1 |", "🟢"),
        (html, '<td class="bad">✗ 10 Mbps, connected, but no route', '<td class="good">✓ 10 Mbps'),
    ],
)
def test_a_pair_that_carries_nothing_has_no_sign_of_one_that_does(form, said, unsaid):
    report = check([read_source(str(RECORDINGS / "enterprise-unchanged/export.json"))], Options())
    text = form.render(report, style=lambda text, colour: f"<{colour}>{text}") if form is human else form.render(report)

    assert said in text
    assert unsaid not in text


def test_without_routers_nothing_is_said():
    report = report_of(a_world().instance().attach("cn-hangzhou", "shop").attach("cn-beijing", "sales"))

    assert report.routes is None
    assert "routes" not in json.loads(render(report))


def test_every_network_of_a_group_is_listed_where_that_is_asked_for(tmp_path):
    """Run by the command: `--routes members`."""
    path = tmp_path / "preview.json"
    path.write_text(json.dumps({"steps": list(estate_of_a_bench(100)), "changeSummary": {"create": 1}}), "utf-8")
    run = CliRunner().invoke(main, ["check", str(path), "--format", "json", "--fail-on", "never", "--routes", "members"])
    plain = CliRunner().invoke(main, ["check", str(path), "--format", "json", "--fail-on", "never"])
    groups = json.loads(run.output)["routes"]["instances"][0]["groups"]
    jsonschema.validate(json.loads(run.output), SCHEMA)
    assert all(len(group["members"]) == group["count"] and group["members"][:3] == group["examples"] for group in groups)
    assert sorted(key for group in groups for key in group["members"]) == sorted(f"site-{number}" for number in range(100))
    assert not any("members" in group for group in json.loads(plain.output)["routes"]["instances"][0]["groups"])


def test_who_reviews_sees_that_no_answer_comes_back():
    """A pair of regions that is connected says nothing of it."""
    report = report_of(estate())
    counts = "4 networks in 2 groups, 3 pairs both ways, 3 one way, 0 undetermined"

    assert f"\n- **Routes:** {counts}\n" in markdown.render(report)
    assert f"<dt>Routes</dt><dd>{counts}</dd>" in html.render(report)
    alone = report_of(one_router().site("near", "plant", "10.1.1.0/24"))
    assert "Routes" not in markdown.render(alone) + html.render(alone)


def test_networks_of_more_kinds_than_can_be_compared_are_counted_and_no_pair_is_said_to_be_right(monkeypatch):
    monkeypatch.setattr(groups, "MOST_LEGS", 3)
    report = report_of(estate())

    assert "routes: 4 networks in 2 groups, too many to follow packets between all of them" in human.render(report)
    routes = json.loads(render(report))["routes"]
    assert (routes["complete"], "pairs" in routes["instances"][0]) == (False, False)
    jsonschema.validate(json.loads(render(report)), SCHEMA)
