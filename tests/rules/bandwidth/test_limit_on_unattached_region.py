"""CEN210: the regions of a limit are attached on its instance."""

from cenguard.rules.bandwidth import limit_on_unattached_region
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.rules.tables import basic, case, table


def limited(world, far="eu-central-1"):
    """A limit between Beijing and another region."""
    return world.limit("cn-beijing", far, 5, "limit")


test_limit_on_unattached_region = table(
    limit_on_unattached_region.RULE,
    case(
        "regions that are not known yet",
        basic().limit(UNKNOWN, UNKNOWN, 5, "limit", after=[], regionIds=UNKNOWN),
        "undetermined limit",
    ),
    case("a region that nobody attached", limited(basic()), "violated limit"),
    case(
        "a region attached to another instance only",
        limited(basic().instance("other").attach("eu-central-1", "branch").on("core")),
        "violated limit",
    ),
    case("attached regions", limited(basic(), "us-west-1")),
    case(
        "an attachment whose region is not known may be the one",
        limited(basic().attach(UNKNOWN, "later")),
        "undetermined limit",
    ),
    case(
        "an attachment whose instance is not known may be the one",
        limited(basic().on(UNKNOWN).attach("eu-central-1", "later").on("core")),
        "undetermined limit",
    ),
    case(
        "on an instance known by its id the attachment may stand elsewhere",
        limited(a_world().on("cen-1")),
        "undetermined limit",
    ),
)


def test_an_attachment_that_the_change_takes_away_is_to_stay_or_the_limit_to_go():
    def advice(world):
        (found,) = findings_of(world, rules=[limit_on_unattached_region.RULE]).values()
        return found.fix.summary

    world = limited(basic(), "us-west-1").standing()

    assert advice(world.deleted("sales")) == "Take the limit out as well, or keep the attachment."
    assert advice(limited(basic())) == "Attach a network there, or correct the region."
