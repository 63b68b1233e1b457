"""`[prices]`: what a change buys, in a team's own money."""

import json

import pytest

from cenguard.findings.prices import Amount, amount_of, bill_of
from cenguard.findings.report import Prices, Purchase
from cenguard.settings.reading import read_settings
from tests.commands.test_cli import RECORDINGS, run
from tests.settings.test_faults import faults

OURS = Prices(currency="USD", mbps_month={("China", "Europe"): 120.5, ("China", "China"): 0.0})


def bought(mbps=10, area_pair=("Europe", "China"), **terms):
    return Purchase(urn=terms.pop("urn", "u"), area_pair=area_pair, mbps=mbps, **terms)


def test_every_key(tmp_path):
    (tmp_path / "cenguard.toml").write_text(
        '[prices]\ncurrency = "CNY"\n"Europe/China" = 120.5\n"China/China" = 3\nconnection_hour = 0.06\ngb = 0.02\n'
    )

    assert read_settings(tmp_path / "cenguard.toml").prices == Prices(
        currency="CNY", mbps_month={("China", "China"): 3, ("China", "Europe"): 120.5}, connection_hour=0.06, gb=0.02
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"China/Europe" = 5\n', "line 1, prices: currency is missing"),
        ('currency = "dollars"\n', "line 2, prices.currency: three capital letters were expected, such as USD, not 'dollars'"),
        ('currency = "USD"\n"China/Eurpe" = 5\n', "line 3, prices.China/Eurpe: no area 'Eurpe'; did you mean Europe?"),
        ('currency = "USD"\nEurope = 5\n', "line 3, prices.Europe: an area pair such as China/Europe"),
        ('currency = "USD"\n"China/Europe" = -1\n', "a number of at least 0 was expected, not -1"),
        ('currency = "USD"\n"China/Europe" = "5"\n', "a number was expected, not '5'"),
        ('currency = "USD"\n"China/Europe" = 5\n"Europe/China" = 6\n', "is the area pair that China/Europe names already"),
        ('currency = "USD"\ngb = true\n', "line 3, prices.gb: a number was expected, not True"),
        ('currency = "USD"\nshared = ["x"]\n', "it belongs above the first table of the file"),
    ],
)
def test_what_is_not_understood_is_refused(tmp_path, text, said):
    (found,) = faults(tmp_path, "[prices]\n" + text)

    assert said in found


@pytest.mark.parametrize(
    ("purchase", "amount"),
    [
        (bought(payment="PrePaid", period=6), Amount(7230.0, "USD", 6)),
        (bought(payment="PrePaid"), Amount(1205.0, "USD", 1)),
        (bought(payment="PostPaid"), Amount(1205.0, "USD", None)),
        (bought(), Amount(1205.0, "USD", 1)),
        (bought(15, mbps_before=10, payment="PrePaid", period=6), Amount(602.5, "USD", None)),
        (bought(5, mbps_before=10), Amount(0.0, "USD", None)),
        (bought(area_pair=("China", "China")), Amount(0.0, "USD", 1)),
        (bought(None), None),
        (bought(area_pair=None), None),
        (bought(area_pair=("China", "North-America")), None),
    ],
)
def test_what_a_purchase_costs(purchase, amount):
    assert amount_of(purchase, OURS) == amount
    assert amount_of(purchase, None) is None


def test_what_several_cost_together():
    bill = bill_of([bought(payment="PrePaid", period=6), bought(payment="PostPaid"), bought(None, urn="unknown")], OURS)

    assert (bill.at_once, bill.a_month, bill.unpriced) == (7230.0, 1205.0, ("unknown",))


def test_the_json_report_stays_as_it_is(tmp_path):
    """Amounts are for people: who approves by a program multiplies the Mbps by prices of its own."""
    (tmp_path / "cenguard.toml").write_text('[prices]\ncurrency = "USD"\n"China/North-America" = 100\n')
    document = RECORDINGS / "basic-create" / "preview.json"
    with_prices = json.loads(run("check", document, "--format", "json", cwd=tmp_path).stdout)
    (tmp_path / "cenguard.toml").unlink()

    assert with_prices["purchases"]
    assert with_prices == json.loads(run("check", document, "--format", "json", cwd=tmp_path).stdout)
