"""CEN206: an attached package is drawn on, and by every region that only such a package could connect."""

from cenguard.rules.bandwidth import unallocated_bandwidth, unordered_limit
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.held import PEER_IN_TABLES, types_by
from tests.rules.tables import basic, case, enterprise, table

RULE = unallocated_bandwidth.RULE


def bought():
    """Beijing and Silicon Valley with a package."""
    return basic().package("China", "North-America", 10, "package")


def idle_share():
    """The package is drawn on by another pair; Virginia is attached, and gets nothing of it."""
    return bought().limit("cn-beijing", "us-west-1", 5, "limit").attach("us-east-1", "backup")


def maybe_reached():
    """Virginia gets nothing of the package; a limit to Silicon Valley may draw on one whose areas are not known."""
    return (
        idle_share()
        .package("North-America", UNKNOWN, 10, "other")
        .limit("us-west-1", "us-east-1", 5, "near", after=["other-attachment", "sales", "backup"])
    )


def beyond(region="us-east-1"):
    """The package may be drawn on for Beijing and Virginia, by a limit and where a network is whose instances are not known."""
    world = bought().limit("cn-beijing", "us-east-1", 5, "far", instanceId=UNKNOWN)
    world = (
        world.attach("eu-west-1", "office").package("China", "Europe", 10, "europe").limit("cn-beijing", "eu-west-1", 5, "west")
    )
    world = world.attach("us-east-2", "third").package("North-America", "North-America", 5, "america")
    return world.limit("us-west-1", "us-east-2", 5, "inner").on(UNKNOWN).attach(region, "backup").on("core")


def between_routers():
    """Hangzhou and Frankfurt with a package."""
    return enterprise().package("China", "Europe", 10, "package")


def maybe_drawn():
    """A peer from Hangzhou to London, of a package that is not known; Frankfurt reaches London, and gets nothing of the package."""
    world = between_routers().router("eu-west-1", "third").attach_to("third", "site")
    world.peer("near", "third", 5, billing="BandwidthPackage", package=UNKNOWN)
    return world.peer("far", "third", 5, "free", billing="DataTransfer")


def secretly_drawn(package=UNKNOWN):
    """A peer that stands names a package that is not known; Frankfurt and Shanghai have none."""
    world = between_routers().router("cn-shanghai", "third").attach_to("third", "site")
    world.peer("near", "far", 5, billing="BandwidthPackage", package=package)
    return world.peer("near", "third", 5, "free", billing="DataTransfer").standing()


def by_traffic():
    """Hangzhou and Frankfurt with a package, where their peer is paid by traffic, and the package idles."""
    return between_routers().peer("near", "far", 5, "free", billing="DataTransfer")


test_unallocated_bandwidth = table(
    RULE,
    case("a package without limit carries nothing", bought(), "violated package"),
    case("a peer that stands may draw on it", secretly_drawn(), "undetermined package"),
    case("a peer that stands and draws on another one", secretly_drawn("cenbwp-other"), "violated package"),
    case("a limit that draws on it is enough", bought().limit("cn-beijing", "us-west-1", 5)),
    case("a region that only an idle share could connect", idle_share(), "violated package"),
    case("a region that another package may connect is not isolated for certain", maybe_reached(), "undetermined package"),
    case(
        "a limit that may be of the instance may connect it another way",
        idle_share()
        .package("North-America", "North-America", 10, "other")
        .limit("us-west-1", "us-east-1", 5, "near", instanceId=UNKNOWN),
        "undetermined other",
        "undetermined package",
    ),
    case(
        "a limit that may be of the instance may draw on it for another pair",
        bought()
        .attach("us-east-1", "backup")
        .limit("cn-beijing", "us-east-1", 5, "far", instanceId=UNKNOWN)
        .package("North-America", "North-America", 10, "other")
        .limit("us-west-1", "us-east-1", 5, "near"),
        "undetermined package",
    ),
    case(
        "for a pair with a network that may be attached, too",
        beyond(),
        "undetermined package",
    ),
    case(
        "of a pair with a region where nothing is attached it is no limit",
        beyond("eu-central-1"),
        "violated package",
    ),
    case(
        "nor of a pair with another package",
        beyond("eu-central-1").limit("us-west-1", "us-east-1", 5, "again", instanceId=UNKNOWN),
        "violated package",
    ),
    case(
        "a limit of other regions connects it to nothing, whatever its instance is, where a pair may have a package and has no limit",
        idle_share()
        .package("North-America", UNKNOWN, 10, "other")
        .limit("ap-southeast-1", "eu-central-1", 5, "far", instanceId=UNKNOWN),
        "violated package",
    ),
    case(
        "a limit of other areas draws nothing on a package that idles, whatever its instance is",
        by_traffic().limit("cn-beijing", "us-west-1", 5, "late", instanceId=UNKNOWN),
        "violated package (advisory)",
    ),
    case(
        "nor does one that joins a region of another area with one that is not known",
        by_traffic().attach("us-west-1", "sales").limit("us-west-1", UNKNOWN, 5, "late"),
        "violated package (advisory)",
    ),
    case(
        "one that joins a region of its areas with one that is not known may",
        by_traffic().attach("cn-beijing", "shop").limit("cn-beijing", UNKNOWN, 5, "late"),
        "undetermined package",
    ),
    case(
        "a limit of which one region is not known joins no pair that does not have the other one",
        basic()
        .attach("cn-hongkong", "branch")
        .package("China", "North-America", 10, "package")
        .limit("cn-hongkong", UNKNOWN, 5, "late"),
        "violated package",
    ),
    case(
        "of two that are attached, the one of the program rather than the one whose attachment has left it",
        basic()
        .package("China", "North-America", 10, "first")
        .package("China", "North-America", 20, "second")
        .standing()
        .retained("first-attachment")
        .deleted("first-attachment"),
        "violated second",
    ),
    case(
        "nor does a peer by traffic, wherever it leads",
        by_traffic()
        .router("us-west-1", "third")
        .attach_to("third", "site")
        .peer("third", "near", 5, "late", billing="DataTransfer", region=None, routed=False, peerTransitRouterId=UNKNOWN),
        "violated package (advisory)",
    ),
    case(
        "a peer whose package is not known may draw on it for another pair",
        maybe_drawn(),
        "undetermined package",
    ),
    case(
        "a network that may be attached where a limit leads may connect it another way",
        idle_share()
        .package("North-America", "Europe", 10, "other")
        .on(UNKNOWN)
        .attach("eu-central-1", "branch")
        .on("core")
        .limit("eu-central-1", "us-east-1", 5, "beyond"),
        "undetermined package",
    ),
    case(
        "a package idles for certain only where no limit may draw on it",
        a_world()
        .instance()
        .attach("cn-hangzhou", "plant")
        .attach("ccn-cn-shanghai", "branches", "CCN")
        .package("China", "China", 10, "package")
        .limit(UNKNOWN, "cn-hangzhou", 5, "limit"),
        "undetermined package",
    ),
    case(
        "an open area that no package could join connects nothing",
        idle_share().attach("me-east-1", "tower"),
        "violated package",
    ),
    case(
        "a package that no pair needs is another rule's finding",
        basic().package("China", "Europe", 10, "package"),
    ),
    case(
        "a limit whose regions are not known may draw on it",
        bought().limit(UNKNOWN, UNKNOWN, 5, "limit", regionIds=UNKNOWN),
        "undetermined package",
    ),
    case(
        "on an instance from elsewhere the limit may stand elsewhere",
        a_world()
        .on("cen-1")
        .attach("cn-beijing", "shop")
        .attach("us-west-1", "sales")
        .package("China", "North-America", 10, "package"),
        "undetermined package",
    ),
    case("two routers without a peer", between_routers(), "violated package"),
    case(
        "a peer that draws on it is enough",
        between_routers().peer("near", "far", 5, billing="BandwidthPackage", package="package-attachment"),
    ),
    case("a limit of 0 Mbps gives nothing", bought().limit("cn-beijing", "us-west-1", 0), "violated package"),
    case("a limit of unknown Mbps may give some", bought().limit("cn-beijing", "us-west-1", UNKNOWN)),
    case(
        "a broken limit draws on it all the same",
        bought().limit("cn-beijing", "us-west-1", 5, "limit", after=[]),
        "CEN211 violated limit",
        beside=[unordered_limit.RULE],
    ),
)


def test_the_region_without_a_share_is_named():
    (finding,) = findings_of(idle_share(), rules=[RULE]).values()

    assert finding.region_pairs == (("cn-beijing", "us-east-1"),)


def test_between_enterprise_regions_the_fix_is_a_peer_and_never_a_limit():
    assert types_by(between_routers(), RULE) == PEER_IN_TABLES


def test_what_may_connect_the_region_is_named():
    (finding,) = findings_of(maybe_reached(), rules=[RULE]).values()

    assert finding.region_pairs == (("cn-beijing", "us-east-1"),)
    assert "another way" in finding.message
    assert "other" in finding.message


def test_a_question_about_a_package_names_the_pairs_that_get_nothing_of_it_as_well():
    """No other rule does: whether they are all that lacks Mbps is what is asked."""
    reached = maybe_drawn().router("us-west-1", "fourth").attach_to("fourth", "yard")
    (found,) = findings_of(reached.peer("near", "fourth", 5, "west", billing="DataTransfer"), rules=[RULE]).values()

    assert found.verdict == "undetermined"
    assert found.region_pairs == (("cn-hangzhou", "eu-central-1"), ("cn-hangzhou", "eu-west-1"))
