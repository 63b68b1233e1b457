"""CEN107: a region is one of the area catalogue."""

from cenguard.rules.attachments import unknown_region
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.rules.tables import case, enterprise, table

RULE = unknown_region.RULE


def attached(region):
    """A network, known by its id, that is attached in a region."""
    return a_world().instance().attach(region, "shop", network="vpc-1")


test_unknown_region = table(
    RULE,
    case("a misspelt region of an attachment", attached("cn-bejing"), "violated shop"),
    case(
        "a limit that names two of them has one finding",
        a_world().instance().limit("cn-bejing", "us-wst-1", 5, "limit"),
        "violated limit",
    ),
    case("the region of a router's provider counts", a_world().instance().router("eu-centrl-1", "office"), "violated office"),
    case(
        "it was accepted where the router gets another name",
        a_world().instance().router("eu-centrl-1", "office").updated("office", transitRouterName="old"),
    ),
    case(
        "and was not where its provider moves there",
        a_world()
        .instance()
        .router("eu-centrl-1", "office")
        .updated("office", transitRouterName="old")
        .updated("provider-eu-centrl-1", region="eu-central-1"),
        "violated office",
    ),
    case(
        "the declared region of a peer counts",
        enterprise().peer("near", "far", 5, region="eu-centrl-1"),
        "violated peer",
    ),
    *(
        case(f"{region} is of the catalogue, {what}", attached(region))
        for region, what in (
            ("cn-beijing", "sold everywhere"),
            ("ccn-cn-shanghai", "of cloud connect networks"),
            ("me-east-1", "of an area that is only inferred"),
            ("cn-hzfinance", "of finance"),
            ("ap-southeast-2", "closed"),
        )
    ),
    case("what stands has been accepted", attached("cn-new-1").standing("shop")),
    case(
        "what was accepted is so though something else changes",
        a_world().instance().limit("cn-new-1", "us-west-1", 5, "limit").updated("limit", bandwidthLimit=2),
    ),
    case(
        "in whatever order",
        a_world()
        .instance()
        .limit("cn-new-1", "us-west-1", 5, "limit")
        .updated("limit", bandwidthLimit=2, regionIds=["us-west-1", "cn-new-1"]),
    ),
    case(
        "a peer too",
        enterprise().peer("near", "far", 5, region="eu-new-1").updated("peer", bandwidth=2),
    ),
    case("a region that is not known", attached(UNKNOWN), "undetermined shop"),
)


def test_the_nearest_region_is_told():
    finding = findings_of(attached("cn-bejing"), rules=[RULE])["CEN107 violated shop"]

    assert "cn-bejing → cn-beijing" in finding.fix.summary
