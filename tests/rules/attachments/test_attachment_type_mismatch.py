"""CEN102: the kind that is declared is the kind of the network."""

from cenguard.rules.attachments import attachment_type_mismatch
from cenguard.testing import SECRET, UNKNOWN, a_world
from tests.rules.tables import case, table

test_attachment_type_mismatch = table(
    attachment_type_mismatch.RULE,
    case(
        "the id of a leased line attached as a VPC",
        a_world().instance().attach("cn-beijing", "line", network="vbr-1"),
        "violated line",
    ),
    case("the id of a VPC attached as a VPC", a_world().instance().attach("cn-beijing", "shop", network="vpc-1")),
    case("an id of no known kind says nothing", a_world().instance().attach("cn-beijing", "shop", network="net-1")),
    case(
        "a VPC of the program attached as a leased line",
        a_world().instance().network("cn-beijing", "net").attach("cn-beijing", "line", "VBR", network="net"),
        "violated line",
    ),
    case("a leased line of the program attached as one", a_world().instance().attach("cn-beijing", "line", "VBR")),
    case(
        "a kind that is not known stays open",
        a_world().instance().attach("cn-beijing", "shop", UNKNOWN, network="vpc-1"),
        "undetermined shop",
    ),
    case(
        "a network that is not known stays open",
        a_world().instance().attach("cn-beijing", "shop", network=UNKNOWN),
        "undetermined shop",
    ),
    case("a secret network stays open", a_world().instance().attach("cn-beijing", "shop", network=SECRET), "undetermined shop"),
    case(
        "a router attachment of a VPC names a leased line",
        a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant", network="vbr-1"),
        "violated plant",
    ),
    case(
        "a router attachment whose network is not known is of its own kind",
        a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant", network=UNKNOWN),
    ),
    case(
        "a leased line that is read, attached as a VPC",
        a_world().instance().network("cn-beijing", "line", "VBR", read="pconn-1").attach("cn-beijing", "a", network="line"),
        "violated a",
    ),
    case(
        "a VPC that is read under an id nobody knows yet",
        a_world().instance().network("cn-beijing", "shelf", read=UNKNOWN).attach("cn-beijing", "a", network="shelf"),
    ),
    case(
        "the prefix of a known id tells more than the type it is read as",
        a_world().instance().network("cn-beijing", "shelf", "VBR", read="vpc-1").attach("cn-beijing", "a", network="shelf"),
    ),
)
