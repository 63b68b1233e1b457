"""The table `[prices]`: a team's own prices, by area pair."""

from functools import partial

from cenguard.errors import shown
from cenguard.findings.report import Prices
from cenguard.geography.areas import area_pair
from cenguard.geography.catalogue import Catalogue
from cenguard.settings.misplaced import OF_PRICES, home_of
from cenguard.text.faults import Faults
from cenguard.text.tables import Table


def read_prices(table: Table, catalogue: Catalogue) -> Prices:
    """The prices in a table.

    Raises:
        InvalidSettings: an area that does not exist, a pair that stands there twice, a price that is no number, or no currency.
    """
    faults = Faults()
    currency = faults.read(lambda: _currency(table), "")
    seen: dict[tuple[str, str], str] = {}
    prices: dict[tuple[str, str], float] = {}
    for key in table.values:
        if key not in OF_PRICES:
            faults.read(partial(_read_price, table, key, catalogue, seen, prices), None)
    hour = faults.read(lambda: table.number_or_none("connection_hour"), None)
    gb = faults.read(lambda: table.number_or_none("gb"), None)
    faults.told()
    return Prices(currency=currency, mbps_month=dict(sorted(prices.items())), connection_hour=hour, gb=gb)


def _currency(table: Table) -> str:
    currency = table.required_text("currency")
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
        raise table.refuse("currency", f"three capital letters were expected, such as USD, not {shown(currency)}")
    return currency


def _read_price(
    table: Table, key: str, catalogue: Catalogue, seen: dict[tuple[str, str], str], prices: dict[tuple[str, str], float]
) -> None:
    names = key.split("/")
    if len(names) != 2:
        hint = home_of(key, table, ())
        expected = f"an area pair such as China/Europe, or one of {', '.join(OF_PRICES)}, was expected"
        raise table.refuse(key, f"{expected}{f'; {hint}' if hint else ''}")
    for name in names:
        if not catalogue.knows_area(name):
            hint = catalogue.nearest_area(name)
            raise table.refuse(key, f"no area {shown(name)}" + (f"; did you mean {hint}?" if hint else ""))
    pair = area_pair(*names).names
    if pair in seen:
        raise table.refuse(key, f"is the area pair that {seen[pair]} names already")
    seen[pair] = key
    price = table.number_or_none(key)
    if price is not None:
        prices[pair] = price
