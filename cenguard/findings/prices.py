"""What bandwidth costs by a team's own prices, and what the packages that a change buys come to.

cenguard ships no price: a contract's are its owner's, and the service's own change. They stand in `[prices]` of the settings.
"""

from collections.abc import Iterable

import msgspec

from cenguard.findings.report import Prices, Purchase


class Amount(msgspec.Struct, frozen=True):
    """What one purchase costs."""

    value: float
    currency: str
    months: int | None
    """The months that are paid for at once; None where the amount is that of each month."""


class Bill(msgspec.Struct, frozen=True, kw_only=True):
    """What several purchases cost together."""

    currency: str
    at_once: float
    """Paid at the purchase, and not refundable."""
    a_month: float
    """Paid each month."""
    unpriced: tuple[str, ...] = ()
    """URNs of purchases that cannot be priced: their Mbps, areas or terms are not known, or no price is given for the pair."""


def amount_of(purchase: Purchase, prices: Prices | None) -> Amount | None:
    """What a purchase costs; None where a price, the Mbps, an area, or how it is paid is not known.

    A prepaid package is paid for its whole period at once (a month where none is stated, as the service has it). Of a package
    that is resized, the Mbps that it gains are told for a month: how much of its period is left stands in no document.

    >>> prices = Prices(currency="USD", mbps_month={("China", "Europe"): 120.0})
    >>> bought = Purchase(urn="u", area_pair=("China", "Europe"), mbps=10, payment="PrePaid", period=6)
    >>> amount_of(bought, prices)
    Amount(value=7200.0, currency='USD', months=6)
    """
    if prices is None or purchase.mbps is None or purchase.area_pair is None:
        return None
    a, b = sorted(purchase.area_pair)
    price = prices.mbps_month.get((a, b))
    if price is None:
        return None
    mbps = max(0, purchase.mbps - (purchase.mbps_before or 0))
    if purchase.payment_open or (purchase.period_open and purchase.mbps_before is None):
        return None
    prepaid = purchase.payment in (None, "PrePaid")  # the service's own default is prepaid
    months = (purchase.period or 1) if prepaid and purchase.mbps_before is None else None
    return Amount(round(mbps * price * (months or 1), 2), prices.currency, months)


def bill_of(purchases: Iterable[Purchase], prices: Prices) -> Bill:
    """What purchases cost together.

    >>> prices = Prices(currency="USD", mbps_month={("China", "Europe"): 120.0})
    >>> bought = [Purchase(urn=name, area_pair=("China", "Europe"), mbps=10, payment=paid) for name, paid in
    ...           (("a", "PrePaid"), ("b", "PostPaid"))]
    >>> bill_of(bought, prices)
    Bill(currency='USD', at_once=1200.0, a_month=1200.0, unpriced=())
    """
    amounts = [(purchase.urn, amount_of(purchase, prices)) for purchase in purchases]
    known = [amount for _, amount in amounts if amount is not None]
    return Bill(
        currency=prices.currency,
        at_once=round(sum(amount.value for amount in known if amount.months is not None), 2),
        a_month=round(sum(amount.value for amount in known if amount.months is None), 2),
        unpriced=tuple(urn for urn, amount in amounts if amount is None),
    )
