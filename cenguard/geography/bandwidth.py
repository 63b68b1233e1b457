"""Bandwidth, in Mbps, and what the service allows of it."""

from math import ceil
from typing import NewType

Mbps = NewType("Mbps", int)
"""Megabits per second, whole. One number serves a connection; nothing in the service's documents speaks of directions."""

TEST_BANDWIDTH_KBPS = 1
"""What a pair of regions has while nobody pays for it, in Kbps: enough for `ping`, for nothing else.

Source: https://www.alibabacloud.com/help/doc-detail/64650.htm
"""

LEAST_PACKAGE = Mbps(2)
LARGEST_PACKAGE = Mbps(10_000)
"""Sizes a package is sold in, in Mbps. Source: API metadata of CreateCenBandwidthPackage, `Bandwidth`."""

PERIODS = (1, 2, 3, 6)
"""Months that a prepaid package is sold for. Twelve are not sold by this road: the service sells years under another
unit, and the provider, which lets 12 pass, sends months only.

Source: API metadata of CreateCenBandwidthPackage, `Period` and `PricingCycle`; terraform-provider-alicloud.
"""

LEAST_INTERCONNECTION = Mbps(1)
"""Least Mbps of a bandwidth limit or a peer. Source: https://www.alibabacloud.com/help/doc-detail/65942.htm"""


MOST_DIGITS = 15
"""A number of more is no bandwidth, and no float, and Python itself refuses to read thousands of digits."""


def whole_mbps(value: object) -> Mbps | None:
    """A whole number of Mbps as a caller, a document or the engine spells it; None when it is none.

    The engine sends 5 as 5.0, and the provider takes "5". Booleans and fractions are not bandwidths.

    >>> whole_mbps(5), whole_mbps(5.0), whole_mbps("5"), whole_mbps(2.5), whole_mbps(True), whole_mbps(10**400)
    (5, 5, 5, None, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Mbps(value) if abs(value) < 10**MOST_DIGITS else None
    if isinstance(value, float):
        return Mbps(int(value)) if value.is_integer() else None
    if isinstance(value, str):
        digits = value.strip().removeprefix("-")
        if digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS:
            return Mbps(int(value))
    return None


def package_for(mbps: float) -> Mbps | None:
    """The size of a package that holds this many Mbps, as it is sold; None where there is none so large.

    >>> package_for(3.7), package_for(1), package_for(12_000)
    (4, 2, None)
    """
    return Mbps(max(LEAST_PACKAGE, ceil(mbps))) if mbps <= LARGEST_PACKAGE else None


def package_size_problem(mbps: int) -> str | None:
    """Why a package of this many Mbps is not sold, or None."""
    if LEAST_PACKAGE <= mbps <= LARGEST_PACKAGE:
        return None
    return f"{mbps} Mbps is not sold: a package holds {LEAST_PACKAGE} to {LARGEST_PACKAGE:,} Mbps"
