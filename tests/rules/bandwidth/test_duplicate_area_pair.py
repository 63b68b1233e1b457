"""CEN204: an area pair has one package on one instance."""

from cenguard.rules.bandwidth import duplicate_area_pair, overcommitted_package, unallocated_bandwidth
from cenguard.testing import UNKNOWN
from tests.held import edits_by
from tests.rules.tables import basic, case, table


def bought(*areas, mbps=10):
    """Beijing and Silicon Valley with a package for each pair of areas: a, b, c."""
    world = basic()
    for name, (first, second) in zip("abc", areas, strict=False):
        world.package(first, second, mbps, name)
    return world


PAIR = ("China", "North-America")

test_duplicate_area_pair = table(
    duplicate_area_pair.RULE,
    case("the later attachment of an area pair", bought(PAIR, PAIR[::-1]), "violated b-attachment"),
    case("each later one has its finding", bought(PAIR, PAIR, PAIR), "violated b-attachment", "violated c-attachment"),
    case("two area pairs", bought(PAIR, ("China", "Europe"))),
    case("two instances may have one each", bought(PAIR).instance("other").package(*PAIR, 10, "b")),
    case("a package of unknown areas beside another", bought(PAIR, (UNKNOWN, "China")), "undetermined b-attachment"),
    case("the later of the two is named, whichever is not known", bought((UNKNOWN, "China"), PAIR), "undetermined b-attachment"),
    case("two packages of unknown areas", bought((UNKNOWN, "China"), (UNKNOWN, "China")), "undetermined b-attachment"),
    case(
        "a package of unknown areas beside one that it cannot repeat",
        bought(("North-America", "North-America"), (UNKNOWN, "China")),
    ),
    case("a package of unknown areas beside one of no areas", bought(("foo", "China"), (UNKNOWN, "China"))),
    case(
        "a package of unknown areas beside one that it can repeat, and one that it cannot",
        bought(("Europe", "Europe"), PAIR, (UNKNOWN, "China")),
        "undetermined c-attachment",
    ),
    case(
        # nobody knows what draws on which: the duplicate comes first
        "with two packages the sum of limits waits",
        bought(PAIR, PAIR, mbps=5).limit("cn-beijing", "us-west-1", 50),
        "CEN204 violated b-attachment",
        beside=[overcommitted_package.RULE],
    ),
)


def test_what_goes_is_what_is_not_attached_yet():
    """Both packages stand; the attachment that stands was to go, and a limit to draw on the other one, which is refused."""
    world = basic().package(*PAIR, 10, "b").package(*PAIR, 10, "a", attached=False).standing().attach_package("a", "a-attachment")
    (gone,) = edits_by(world, duplicate_area_pair.RULE)
    (limit,) = edits_by(world, unallocated_bandwidth.RULE)

    assert (gone["op"], gone["urn"].rpartition("::")[2]) == ("remove", "a-attachment")
    assert limit["options"]["dependsOn"][0]["ref"].endswith("::b-attachment")
