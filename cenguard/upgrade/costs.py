"""What the new network costs a month, by a team's own prices: cenguard ships none."""

from collections.abc import Iterable

from cenguard.findings.report import Prices
from cenguard.findings.upgrade_answer import Costs
from cenguard.upgrade.parts import NewAttachment, NewPeer, OldPackage

HOURS = 730
"""Hours of a month."""


def costs_of(
    packages: Iterable[OldPackage], attachments: Iterable[NewAttachment], peers: Iterable[NewPeer], prices: Prices | None
) -> Costs:
    """Packages that are kept and that fall idle, and the hours of connections; GB are known to nobody before.

    Each attachment is a connection, and so is each end of a peer. Source: the billing page of transit routers,
    https://www.alibabacloud.com/help/en/cen/product-overview/billing-rules (2026-03-23).
    """
    items = list(packages)
    connections = len(list(attachments)) + 2 * len(list(peers))
    hours = HOURS * connections
    kept = _amount((item for item in items if item.fate != "idle"), prices)
    hour = prices.connection_hour if prices is not None else None
    return Costs(
        currency=prices.currency if prices is not None else None,
        packages_kept=kept,
        packages_idle=_amount((item for item in items if item.fate == "idle"), prices),
        connections=connections,
        connection_hours=hours,
        amount=None if kept is None or hour is None else round(kept + hours * hour, 2),
    )


def _amount(packages: Iterable[OldPackage], prices: Prices | None) -> float | None:
    """What packages cost a month; None where a price, a size or an area is not known."""
    if prices is None:
        return None
    total = 0.0
    for item in packages:
        area_pair, mbps = item.package.area_pair, item.package.mbps
        price = prices.mbps_month.get(area_pair.names) if area_pair is not None else None
        if price is None or mbps is None:
            return None
        total += price * mbps
    return round(total, 2)
