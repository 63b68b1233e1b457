"""CEN306: a bandwidth type is one of the service's two words."""

from cenguard.rules.transit_routers import unknown_bandwidth_type
from cenguard.testing import UNKNOWN
from tests.rules.tables import case, enterprise, table


def billed(word):
    """Hangzhou and Frankfurt with a peer."""
    return enterprise().peer("near", "far", 5, billing=word)


test_unknown_bandwidth_type = table(
    unknown_bandwidth_type.RULE,
    *(
        case(f"{word} is no word of it", billed(word), "violated peer")
        for word in ("Package", "bandwidthpackage", "PayByTraffic")
    ),
    *(case(f"{word} is one", billed(word)) for word in ("BandwidthPackage", "DataTransfer")),
    case("none is said", billed(None)),
    case("a word that is not known", billed(UNKNOWN), "undetermined peer"),
)
