"""What is said of the editions is traced to a page, or said not to be documented."""

import re

import pytest

from cenguard.findings.upgrade_answer import Fact
from cenguard.reports.upgrade.words import about
from cenguard.upgrade import facts
from tests.upgrade.plans import answer
from tests.upgrade.test_answer import basic

NAMED = {name: fact for name, fact in vars(facts).items() if isinstance(fact, Fact)}
LISTED = (*facts.STOPS, *facts.CHANGES, *facts.UNKNOWN, *facts.STAYING)


def test_every_fact_stands_in_one_list():
    assert sorted(fact.what for fact in LISTED) == sorted({fact.what for fact in NAMED.values()})
    assert set(facts.FOR_EVERYONE) <= set(facts.CHANGES)
    assert set(facts.UNKNOWN_FOR_EVERYONE) <= set(facts.UNKNOWN)


@pytest.mark.parametrize("name", NAMED)
def test_a_fact_has_its_page_or_says_that_there_is_none(name):
    fact = NAMED[name]
    if fact.source is None:
        assert fact.date is None
        assert fact.what.endswith(": not documented")
    else:
        assert re.fullmatch(r"https://(www\.|help\.)?(alibabacloud|aliyun)\.com/\S+", fact.source)
        assert fact.date is None or re.fullmatch(r"20\d\d-\d\d-\d\d", fact.date)
        assert "not documented" not in fact.what


def test_what_stops_is_certain():
    assert [fact.what for fact in facts.STOPS if fact.source is None] == []
    assert [fact.what for fact in facts.UNKNOWN if fact.source is not None] == []


def test_what_a_fact_is_about_is_in_order_and_said_once():
    fact = facts.about(facts.ROUTE_SERVICE, ["b", "a", "b"], "logs")

    assert fact.about == ("a", "b")
    assert fact.what == f"{facts.ROUTE_SERVICE.what}: logs"
    assert (fact.source, fact.date) == (facts.ROUTE_SERVICE.source, facts.ROUTE_SERVICE.date)


def test_every_statement_has_its_source_or_says_that_there_is_none():
    found = answer(basic())

    for fact in (*found.changes, *found.staying):
        assert fact.source is not None or "not documented" in fact.what
    assert all("not documented" in fact.what for fact in found.unknown)
    assert {type(fact.date) for fact in found.changes} <= {str, type(None)}


def test_what_a_fact_is_about_is_told_apart_by_stack():
    """It said `[vpc and vpc]` of two stacks that each call their network so."""
    urns = tuple(f"urn:pulumi:prod::{project}::alicloud:vpc/network:Network::vpc" for project in ("app", "net"))

    assert about(Fact(what="x", source=None, date=None, about=(*urns, "vbr-1"))) == "vpc of app/prod, vpc of net/prod and vbr-1"
