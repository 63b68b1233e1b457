"""The three lines that a comment and a page begin with."""

import pytest
from msgspec.structs import replace

from cenguard.findings.report import Cut, Prices, Purchase, Summary, Traffic
from cenguard.reports.decision import decision
from tests.reports.samples import CORE, PACKAGE, finding, question, report

PRICES = Prices(currency="USD", mbps_month={("China", "Europe"): 120.0, ("China", "North-America"): 80.5}, gb=0.4)


def bought(name, mbps=10, areas=("China", "Europe"), payment="PrePaid", **more):
    return Purchase(urn=f"{PACKAGE}-{name}", area_pair=areas, mbps=mbps, payment=payment, **more)


@pytest.mark.parametrize(
    ("purchases", "prices", "said"),
    [
        ((), PRICES, "nothing"),
        (
            (bought("a", period=6),),
            None,
            "10 Mbps China/Europe, prepaid 6 months, at once, not refundable (`europe-a`)",
        ),
        (
            (bought("a", period=6),),
            PRICES,
            "10 Mbps China/Europe, prepaid 6 months, at once, not refundable: 7,200 USD (`europe-a`)",
        ),
        (
            (bought("a", payment=None),),
            PRICES,
            "10 Mbps China/Europe, prepaid 1 month by default, at once, not refundable: 1,200 USD (`europe-a`)",
        ),
        (
            (bought("a", areas=("China", "North-America"), mbps=3, payment="PostPaid"), bought("b", areas=("China", "China"))),
            PRICES,
            (
                "3 Mbps China/North-America, pay as you go: 241.50 USD a month (`europe-a`); "
                "10 Mbps China/China, prepaid 1 month, at once, not refundable (`europe-b`); no price is given for `europe-b`"
            ),
        ),
        (
            (bought("a", 30, mbps_before=10),),
            PRICES,
            (
                "10 Mbps → 30 Mbps China/Europe, the difference for the rest of its prepaid period, at once, not refundable: "
                "2,400 USD a month (`europe-a`)"
            ),
        ),
        (
            (bought("a", 3, mbps_before=6), bought("b", 2, payment="PostPaid", mbps_before=5)),
            PRICES,
            (
                "6 Mbps → 3 Mbps China/Europe, less than it has: nothing is bought (`europe-a`); "
                "5 Mbps → 2 Mbps China/Europe, less than it has: nothing is bought (`europe-b`)"
            ),
        ),
        (
            tuple(bought(str(number), period=6) for number in range(4)),
            PRICES,
            (
                "10 Mbps China/Europe, 10 Mbps China/Europe, 10 Mbps China/Europe and 10 Mbps China/Europe: "
                "prepaid 6 months, at once, not refundable: 28,800 USD; together 28,800 USD at once"
            ),
        ),
    ],
    ids=["nothing", "no prices", "prepaid", "paid by default", "one without a price", "resized", "lowered", "many"],
)
def test_what_is_bought(purchases, prices, said):
    assert decision(report(purchases=purchases, prices=prices)).buys == said


def test_traffic_stands_beside_what_is_bought():
    peer = Traffic(urn="urn:pulumi:a::b::c::peer", area_pair=("China", "Europe"), mbps=20)

    assert decision(report(purchases=(), traffic=(peer,))).buys == (
        "nothing; by traffic: up to 20 Mbps China/Europe: each GB is paid for (`peer`)"
    )
    assert decision(report(purchases=(), traffic=(peer,), prices=PRICES)).buys.endswith("each GB is paid for (0.40 USD) (`peer`)")
    small = replace(PRICES, gb=0.0165, connection_hour=0.06)  # a price that is given is not rounded
    assert decision(report(purchases=(), traffic=(peer,), prices=small)).buys.endswith(
        "each GB is paid for (0.0165 USD), and each end by the hour (0.06 USD) (`peer`)"
    )


def test_several_peers_are_named():
    peers = tuple(
        Traffic(urn=f"urn:pulumi:a::b::c::{name}", area_pair=("China", "Europe"), mbps=20, mbps_before=10) for name in "ab"
    )

    assert decision(report(purchases=(), traffic=peers)).buys == (
        "nothing; by traffic: up to 20 Mbps (10 Mbps before) China/Europe (`a`) and "
        "up to 20 Mbps (10 Mbps before) China/Europe (`b`): each GB is paid for"
    )


def test_what_is_cut_is_told_where_it_can_be():
    cut = Cut(instance=CORE, regions=("cn-beijing", "us-west-1"), mbps_before=20, mbps=5)
    no_base = Summary(mandatory=0, advisory=0, undetermined=0)

    assert decision(report(cuts=(cut,))).cuts == "cn-beijing – us-west-1 on `core` (20 Mbps → 5 Mbps)"
    assert decision(report(cuts=(), has_base=True)).cuts == "nothing"
    assert decision(report(cuts=(), summary=no_base)).cuts == "not known: there is nothing to compare with"


def test_what_an_input_does_not_show_is_not_called_nothing():
    half = (replace(report().sources[0], complete=False),)

    assert decision(report(purchases=(), cuts=(), sources=half)).buys == "nothing that the input shows"


def test_questions_are_named_those_that_stop_a_deployment_first():
    urgent = question(level="mandatory", fingerprint="5" * 16)
    many = [question(fingerprint=f"{number:016x}") for number in range(6)]
    blockers = {f"value {number}": (f"{number:016x}",) for number in range(6)} | {"an area": ("5" * 16,)}

    assert decision(report(finding(), fixed=(), blockers={})).yours == "nothing"
    assert decision(report(*many, urgent, blockers=blockers)).yours == "7 questions: an area; value 0; value 1; and 4 more"
