"""What a change asks its readers to decide: what it buys, what it cuts, what is theirs to settle.

Names of resources stand in backticks.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from cenguard.findings.prices import Amount, Bill, amount_of, bill_of
from cenguard.findings.report import Cut, Prices, Purchase, Report, ReportedFinding, Traffic
from cenguard.reports.names import names_of_all, quoted, with_names
from cenguard.reports.places import called
from cenguard.reports.words import hangs_on, is_open, mbps, purchase, purchase_size, purchase_terms
from cenguard.text.printable import listed, number

SINGLY = 3
"""Up to so many purchases are named one by one; more are told by their terms."""
QUESTIONS = 3
"""How many of the values that something hangs on are named before the rest is counted."""
NOTHING = "nothing"


class Decision(NamedTuple):
    """Three lines, each a sentence without its end."""

    buys: str
    cuts: str
    yours: str

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Each line with its title."""
        return (("Buys", self.buys), ("Cuts", self.cuts), ("Yours to decide", self.yours))


def decision(report: Report) -> Decision:
    """The three lines of a report."""
    return Decision(buys=_buys(report), cuts=_cuts(report), yours=_yours(report))


def _buys(report: Report) -> str:
    bought, prices = report.purchases, report.prices
    names = called([*(item.urn for item in bought), *(item.urn for item in report.traffic)])
    parts = [_one(item, names[item.urn], prices) for item in bought] if len(bought) <= SINGLY else _by_terms(bought, prices)
    if prices is not None and bought:
        parts += _together(bill_of(bought, prices), names, len(bought))
    text = "; ".join(parts) or _nothing(report)
    return f"{text}; by traffic: {_by_traffic(report.traffic, names, prices)}" if report.traffic else text


def _one(item: Purchase, name: str, prices: Prices | None) -> str:
    """One purchase with its amount and its name."""
    amount = amount_of(item, prices)
    costs = f": {_amount(amount)}" if amount is not None and amount.value else ""
    return f"{purchase(item)}{costs} ({quoted(name)})"


def _by_terms(bought: Iterable[Purchase], prices: Prices | None) -> list[str]:
    """Purchases on the same terms together."""
    found: dict[str, list[Purchase]] = {}
    for item in bought:
        found.setdefault(purchase_terms(item), []).append(item)
    lines = []
    for terms, items in found.items():
        amounts = [amount_of(item, prices) for item in items]
        known = [amount for amount in amounts if amount is not None]
        whole = len(known) == len(amounts) and len({amount.months is None for amount in known}) == 1
        value = sum(amount.value for amount in known) if whole else 0.0
        costs = f": {_money(value, known[0])}" if value else ""
        lines.append(f"{listed(map(purchase_size, items))}: {terms}{costs}")
    return lines


def _amount(amount: Amount) -> str:
    return _money(amount.value, amount)


def _money(value: float, like: Amount) -> str:
    return f"{money(value, like.currency)}{'' if like.months is not None else ' a month'}"


def money(value: float, currency: str) -> str:
    """An amount for people.

    >>> money(7200.0, "USD"), money(0.5, "USD")
    ('7,200 USD', '0.50 USD')
    """
    return f"{value:,.0f} {currency}" if value == int(value) else f"{value:,.2f} {currency}"


def _price(value: float, currency: str) -> str:
    """A price for one of something, whole: of a GB or an hour it may be less than a hundredth.

    >>> _price(0.05, "USD"), _price(0.0165, "USD"), _price(1.0, "USD")
    ('0.05 USD', '0.0165 USD', '1 USD')
    """
    return f"{value:,.6f}".rstrip("0") + f" {currency}" if value != round(value, 2) else money(value, currency)


def _together(bill: Bill, names: Mapping[str, str], count: int) -> list[str]:
    """What several purchases cost together, and which of them have no price."""
    sums = [f"{money(bill.at_once, bill.currency)} at once"] if bill.at_once else []
    sums += [f"{money(bill.a_month, bill.currency)} a month"] if bill.a_month else []
    parts = [f"together {' and '.join(sums)}"] if sums and count - len(bill.unpriced) > 1 else []
    if bill.unpriced:
        parts.append(f"no price is given for {listed(quoted(names[urn]) for urn in bill.unpriced)}")
    return parts


def _by_traffic(traffic: Sequence[Traffic], called_so: Mapping[str, str], prices: Prices | None) -> str:
    names = [quoted(called_so[item.urn]) for item in traffic]
    gb = f" ({_price(prices.gb, prices.currency)})" if prices is not None and prices.gb is not None else ""
    paid = f"each GB is paid for{gb}"
    if prices is not None and prices.connection_hour is not None:
        paid += f", and each end by the hour ({_price(prices.connection_hour, prices.currency)})"
    if len(traffic) == 1:
        return f"{_ceiling(traffic[0])}: {paid} ({names[0]})"
    return f"{listed(f'{_ceiling(item)} ({name})' for item, name in zip(traffic, names, strict=True))}: {paid}"


def _ceiling(item: Traffic) -> str:
    areas = f" {'/'.join(item.area_pair)}" if item.area_pair else ""
    size = f"up to {mbps(item.mbps)}" if item.mbps is not None else "without a ceiling that is known"
    before = f" ({mbps(item.mbps_before)} before)" if item.mbps_before is not None else ""
    return f"{size}{before}{areas}"


def _cuts(report: Report) -> str:
    if report.cuts:
        names = called({item.instance for item in report.cuts} | {pair.instance for pair in report.pairs})
        return listed(_cut(item, names[item.instance]) for item in report.cuts)
    if not report.has_base and report.summary.new is None:
        return "not known: there is nothing to compare with"
    return _nothing(report)


def _cut(item: Cut, instance: str) -> str:
    before = mbps(item.mbps_before) if item.mbps_before is not None else "connected"
    after = mbps(item.mbps) if item.mbps is not None else NOTHING
    return f"{' – '.join(item.regions)} on {quoted(instance)} ({before} → {after})"


def _nothing(report: Report) -> str:
    return NOTHING if all(source.complete for source in report.sources) else "nothing that the input shows"


def _yours(report: Report) -> str:
    """The questions: what undetermined findings hang on."""
    questions = questions_of(report)
    if not questions:
        return NOTHING
    count = len({item.fingerprint for _, items in questions for item in items})
    named = [with_names(blocker, names_of_all(items)) for blocker, items in questions[:QUESTIONS]]
    more = f"; and {len(questions) - QUESTIONS} more" if len(questions) > QUESTIONS else ""
    return f"{number(count, 'question')}: {'; '.join(named)}{more}"


def questions_of(report: Report) -> list[tuple[str, list[ReportedFinding]]]:
    """What open questions hang on, with the findings that ask them; what stops a deployment first."""
    open_ones = [item for item in report.findings if item.verdict == "undetermined" and is_open(item)]
    by_print = {item.fingerprint: item for item in open_ones}
    found: dict[str, list[ReportedFinding]] = {}
    seen: set[str] = set()
    for blocker, prints in (report.blockers or {}).items():
        items = [by_print[name] for name in prints if name in by_print]
        if items:
            seen.update(item.fingerprint for item in items)
            found.setdefault(blocker, []).extend(items)
    for item in by_print.values():
        if item.fingerprint not in seen:
            found.setdefault(hangs_on(item), []).append(item)
    return sorted(found.items(), key=lambda entry: all(item.level != "mandatory" for item in entry[1]))
