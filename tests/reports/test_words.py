"""A format that shows each finding by itself says which other finding's fix takes it away."""

import pytest

from cenguard.findings.report import ReportedFix
from cenguard.pack.diagnostics import respond
from cenguard.reports import github, junit, sarif
from tests.reports.samples import LIMIT, finding, report

FALLING = finding(
    rule="CEN207",
    urn=LIMIT,
    fix=ReportedFix(summary="Buy one, or remove the limit.", with_=finding().fingerprint),
    fingerprint="5" * 16,
)
SAID = "Buy one, or remove the limit. Not needed where you do what CEN201 says of core: buy a China/Europe bandwidth package."


@pytest.mark.parametrize("render", [github.render, junit.render, sarif.render], ids=["github", "junit", "sarif"])
def test_no_second_purchase_is_advised_without_a_word(render):
    text = render(report(FALLING, finding()))

    assert SAID in text


def test_nor_in_the_engine():
    messages = [item.message for item in respond([FALLING, finding()]).diagnostics]

    assert any(SAID in text for text in messages)


def test_its_own_advice_stands_where_the_other_finding_is_not_shown():
    assert "Not needed" not in github.render(report(FALLING))
