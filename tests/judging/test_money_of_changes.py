"""What a change costs and takes away, as every report says it: purchases, peers paid by traffic, pairs that are cut."""

import json
from pathlib import Path

import jsonschema
import pytest

from cenguard.findings.prices import amount_of
from cenguard.findings.report import Prices
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.judging.regional_map import map_of
from cenguard.reports import html, human, markdown
from cenguard.reports.decision import decision
from cenguard.reports.joining import read_report
from cenguard.reports.json import render
from cenguard.reports.map.document import render as render_map
from cenguard.testing import UNKNOWN, a_change
from tests.rules.tables import basic, enterprise

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text())


def peered(mbps=20, billing="DataTransfer", **more):
    """Hangzhou and Frankfurt joined by a peer."""
    return enterprise().peer("near", "far", mbps, "peer", billing=billing, **more)


def funded(mbps=10, limit=10):
    """Beijing and Silicon Valley with a package and a limit."""
    world = basic().package("China", "North-America", mbps, "package", paymentType="PrePaid")
    return world if limit is None else world.limit("cn-beijing", "us-west-1", limit, "limit")


def report_of(*records, base=None):
    return check(list(records), Options(base=(base,) if base else None))


def plain(report):
    """The JSON report, which keeps its contract."""
    document = json.loads(render(report))
    jsonschema.validate(document, SCHEMA)
    return document


def traffic(report):
    return [
        (item["urn"].rpartition("::")[2], item["area_pair"], item["mbps"], item["mbps_before"])
        for item in plain(report)["traffic"]
    ]


class TestTraffic:
    def test_a_new_peer(self):
        assert traffic(report_of(peered().records())) == [("peer", ["China", "Europe"], 20, None)]

    @pytest.mark.parametrize(
        ("before", "after", "wanted"),
        [
            (peered(20), peered(50), [(50, 20)]),
            (peered(50), peered(20), []),
            (peered(20), peered(20), []),
            (peered(20, "BandwidthPackage"), peered(20), [(20, None)]),
            (peered(20), peered(20, "BandwidthPackage"), []),
            (peered(20), peered(UNKNOWN), [(None, 20)]),
            (peered(UNKNOWN), peered(50), [(50, None)]),
            (peered(None), peered(50), [(50, None)]),
            (peered(None), peered(None), []),
            (enterprise(), peered(20), [(20, None)]),
            (peered(20), enterprise(), []),
        ],
        ids=[
            "raised", "lowered", "unchanged", "by a package before", "by a package after", "to a ceiling that is not known",
            "from one that was not known", "a ceiling is set", "none is set, as before", "added", "deleted",
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("road", ["preview", "base"])
    def test_a_change(self, before, after, wanted, road):
        if road == "preview":
            report = report_of(a_change(before.records(), after.records()))
        else:
            report = report_of(after.records(), base=before.standing().records())

        assert [(mbps, had) for _, _, mbps, had in traffic(report)] == wanted

    def test_what_stands_or_is_imported_adds_nothing(self):
        assert traffic(report_of(peered().standing().records())) == []
        assert traffic(report_of(peered().imported("peer").records())) == []

    def test_a_peer_of_regions_that_are_not_known(self):
        world = enterprise().provider("somewhere", region=None).router(None, "third", provider="somewhere")
        found = traffic(report_of(world.peer("near", "third", 20, "peer", billing="DataTransfer").records()))

        assert found == [("peer", None, 20, None)]

    @pytest.mark.parametrize("form", [human, markdown, html], ids=["human", "markdown", "html"])
    def test_people_read_it(self, form):
        raised = report_of(a_change(peered(20).records(), peered(50).records()))
        text = " ".join(form.render(raised).replace("&quot;", '"').split())

        assert "up to 50 Mbps" in text
        assert "(20 Mbps before) China/Europe: each GB is paid for" in text.replace("\\", "")

    @pytest.mark.parametrize("form", [human, markdown, html], ids=["human", "markdown", "html"])
    def test_nothing_is_said_where_nothing_is_added(self, form):
        assert "each GB" not in form.render(report_of(peered().standing().records()))

    @pytest.mark.parametrize("form", ["md", "html"])
    def test_the_map_counts_it_apart_from_packages(self, form):
        text = render_map(map_of(peered(50).assembled()), form, "t")

        assert "by traffic" in text
        assert "up to 50 Mbps" in text

    def test_the_map_says_where_no_ceiling_is_known(self):
        assert "no ceiling known" in render_map(map_of(peered(None).assembled()), "md", "t")


def cut(report):
    return [(item["regions"], item["mbps_before"], item["mbps"]) for item in plain(report)["cuts"]]


PAIR = ["cn-beijing", "us-west-1"]


class TestCuts:
    @pytest.mark.parametrize(
        ("before", "after", "wanted"),
        [
            (funded(), funded(limit=4), [(PAIR, 10, 4)]),
            (funded(limit=4), funded(), []),
            (funded(), funded(), []),
            (funded(), funded(limit=None), [(PAIR, 10, None)]),
            (funded(), basic(), [(PAIR, 10, None)]),
            (basic(), funded(), []),
            (funded(), funded(mbps=5), []),
        ],
        ids=["lowered", "raised", "unchanged", "the limit goes", "the package goes", "bought", "overdrawn: not known"],
    )
    def test_a_change(self, before, after, wanted):
        assert cut(report_of(a_change(before.records(), after.records()))) == wanted

    def test_a_region_that_leaves(self):
        before = funded().attach("eu-central-1", "office")
        after = basic().package("China", "North-America", 10, "package", paymentType="PrePaid")
        del after._specs["sales"]

        assert cut(report_of(a_change(before.records(), after.records()))) == [(PAIR, 10, None)]

    def test_nothing_to_compare_with(self):
        report = plain(check([basic().records()], Options()))

        assert report["cuts"] == []


class TestTermsThatAreNotKnown:
    """They are said to be that: the service's own terms are those of what the program leaves out."""

    @pytest.mark.parametrize(
        ("inputs", "terms"),
        [
            ({"paymentType": None}, "prepaid 1 month by default, at once, not refundable"),
            ({"paymentType": UNKNOWN}, "how it is paid is not known yet"),
            (
                {"paymentType": "PrePaid", "period": UNKNOWN},
                "prepaid for a period that is not known yet, at once, not refundable",
            ),
            (
                {"paymentType": "PrePaid", "autoRenew": "true"},
                "prepaid 1 month, at once, not refundable, renewed automatically",
            ),
        ],
    )
    def test_terms(self, inputs, terms, tmp_path):
        world = basic().package("China", "North-America", 10, "package", **inputs)
        report = report_of(world.records())

        assert decision(report).buys == f"10 Mbps China/North-America, {terms} (`package`)"
        (tmp_path / "report.json").write_text(render(report))
        read_again = read_report(str(tmp_path / "report.json"))
        assert plain(report)["purchases"][0]["mbps"] == 10
        assert decision(read_again).buys == decision(report).buys

    @pytest.mark.parametrize("inputs", [{"paymentType": UNKNOWN}, {"paymentType": "PrePaid", "period": UNKNOWN}])
    def test_they_have_no_price(self, inputs):
        (bought,) = report_of(basic().package("China", "North-America", 10, "package", **inputs).records()).purchases
        prices = Prices(currency="USD", mbps_month={("China", "North-America"): 100.0})

        assert amount_of(bought, prices) is None
