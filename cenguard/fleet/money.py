"""Committed money: what the prepaid packages of each month of expiry hold, and what renewing them costs."""

from collections.abc import Iterable

from cenguard.findings.audited import Committed
from cenguard.findings.prices import amount_of
from cenguard.findings.report import Prices, Purchase
from cenguard.fleet.verdicts import Contract
from cenguard.network import whole

PREPAID, _POSTPAID = "PrePaid", "PostPaid"


def committed_of(contracts: Iterable[Contract], prices: Prices | None) -> list[Committed]:
    """By month; a package whose last day is not known, or that is paid as it goes, commits to nothing here.

    One whose Mbps are not known adds none to those of its month, and then nobody knows what the month costs.
    """
    months: dict[str, list[Contract]] = {}
    for item in contracts:
        if item.expires is not None and item.payment != _POSTPAID:
            months.setdefault(item.expires[:7], []).append(item)
    told = [(month, items) for month, items in sorted(months.items()) if any(item.mbps is not None for item in items)]
    return [_month(month, items, prices) for month, items in told]


def _month(month: str, items: list[Contract], prices: Prices | None) -> Committed:
    """What renewing each package for its own period costs together; not known where it is not for one of them."""
    amounts = [amount_of(_renewal(item), prices) for item in items]
    known = [amount.value for amount in amounts if amount is not None]
    whole_sum = round(sum(known), 2) if len(known) == len(items) else None
    return Committed(
        month=month,
        mbps=whole(sum(item.mbps or 0 for item in items)) or 0,
        amount=whole_sum,
        currency=prices.currency if prices is not None and whole_sum is not None else None,
    )


def _renewal(item: Contract) -> Purchase:
    return Purchase(urn=item.id, area_pair=item.area_pair, mbps=item.mbps, payment=PREPAID, period=item.period)
