"""CEN501: networks reach only what the settings allow."""

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.rules.organisation import forbidden_connection
from cenguard.settings.model import Settings
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def reaching(*regions):
    """An instance with networks in some regions."""
    world = a_world().instance()
    for region in regions:
        world.attach(region, f"at-{region}" if isinstance(region, str) else "somewhere", network="vpc-1")
    return world


def peering(region):
    """A peer from Beijing to a router of another region."""
    world = a_world().instance().router("cn-beijing", "bj").provider("away", region=region).router(None, "far", provider="away")
    return world.peer("bj", "far", 5)


def joining(near, far):
    """An instance with a package of two areas."""
    return a_world().instance().package(near, far, 10, "package")


test_forbidden_connection = table(
    forbidden_connection.RULE,
    case("nothing is configured", reaching("cn-beijing", "us-west-1")),
    case("a region that no glob allows", reaching("cn-beijing", "us-west-1"), "violated core", regions=["cn-*"]),
    case("every region is allowed", reaching("cn-beijing", "cn-shanghai"), regions=["cn-*"]),
    case("Hong Kong is Asia-Pacific", reaching("cn-hongkong"), "violated core", areas=["China"]),
    case("areas that are allowed", reaching("cn-beijing", "eu-west-1"), areas=["China", "Europe"]),
    case("an area that is only inferred", reaching("me-east-1"), "undetermined core", areas=["China"]),
    case("a region that is not known", reaching(UNKNOWN), "undetermined core", regions=["cn-*"]),
    case("a forbidden one beside one that is not known", reaching(UNKNOWN, "us-west-1"), "violated core", regions=["cn-*"]),
    case(
        "a package of a pair that is not allowed",
        a_world().instance().package("China", "Europe", 10),
        "violated core",
        area_pairs=[["China", "China"]],
    ),
    case(
        "a package of an allowed pair, written the other way round",
        a_world().instance().package("China", "Europe", 10),
        area_pairs=[["Europe", "China"]],
    ),
    case(
        "a limit of a pair that is not allowed",
        a_world().instance().limit("cn-beijing", "us-west-1", 5),
        "violated core",
        area_pairs=[["China", "China"]],
    ),
    case(
        "a package of a pair that is not allowed, attached to nothing",
        a_world().instance().package("China", "Europe", 10, "spare", attached=False),
        "violated spare",
        area_pairs=[["China", "China"]],
    ),
    case(
        "one of an allowed pair",
        a_world().instance().package("China", "Europe", 10, "spare", attached=False),
        area_pairs=[["China", "Europe"]],
    ),
    case(
        "one that somebody else bought",
        a_world().instance().read_package("theirs", "cenbwp-1", geographicRegionAId="China", geographicRegionBId="Europe"),
        area_pairs=[["China", "China"]],
    ),
    case(
        "an area of a package that is not known, attached to nothing",
        a_world().instance().package("China", UNKNOWN, 10, "spare", attached=False),
        "undetermined spare",
        area_pairs=[["China", "China"]],
    ),
    case(
        "whatever the other area turns out to be",
        a_world().instance().package("Europe", UNKNOWN, 10),
        "violated core",
        area_pairs=[["China", "China"]],
    ),
    case("no pair is allowed", a_world().instance().package(UNKNOWN, UNKNOWN, 10), "violated core", area_pairs=[]),
    case(
        "a package of which an area is not known", joining("China", UNKNOWN), "undetermined core", area_pairs=[["China", "China"]]
    ),
    case(
        "a limit of which a region is not known",
        a_world().instance().limit("cn-beijing", UNKNOWN, 5),
        "undetermined core",
        area_pairs=[["China", "China"]],
    ),
    case(
        "a limit to a region whose area is only inferred",
        a_world().instance().limit("cn-beijing", "me-east-1", 5),
        "undetermined core",
        area_pairs=[["China", "China"]],
    ),
    case(
        "a region of which no pair is allowed",
        a_world().instance().limit("us-west-1", "me-east-1", 5),
        "violated core",
        area_pairs=[["China", "China"]],
    ),
    case(
        "a peer of which an end is not known",
        peering(UNKNOWN),
        "undetermined core",
        area_pairs=[["China", "China"]],
    ),
    case(
        "a forbidden pair beside one that is not known",
        joining("China", UNKNOWN).package("China", "Europe", 10),
        "violated core",
        area_pairs=[["China", "China"]],
    ),
    case("a region that is not known joins nothing", reaching(UNKNOWN, "cn-beijing"), area_pairs=[["China", "China"]]),
)


def test_regions_and_pairs_that_are_not_known_are_two_questions():
    world = joining("China", UNKNOWN).attach(UNKNOWN, "somewhere", network="vpc-1")
    settings = Settings(options={"CEN501": {"regions": ["cn-*"], "area_pairs": [["China", "China"]]}})
    found = [item for item in check([world.records()], Options(settings=settings)).findings if item.rule == "CEN501"]

    assert len(found) == 2
    assert len({item.fingerprint for item in found}) == 2


def test_what_is_wrong_whatever_it_turns_out_to_be_is_said_beside_a_forbidden_pair():
    """The pair had a waiver, and the package that came later was never spoken of."""
    world = joining("Europe", UNKNOWN).package("China", "Europe", 10)
    settings = Settings(options={"CEN501": {"area_pairs": [["China", "China"]]}})
    found = [item for item in check([world.records()], Options(settings=settings)).findings if item.rule == "CEN501"]

    assert {item.area_pair for item in found} == {None, ("China", "Europe")}
    assert len({item.fingerprint for item in found}) == 2
