"""CEN210: the regions of a limit are attached on its instance."""

from cenguard.rules.bandwidth import limit_on_unattached_region
from cenguard.testing import UNKNOWN, a_world, findings_of
from cenguard.testing.edits import edits_of
from tests.held import assert_holds
from tests.rules.tables import basic, case, table

PREPAID = {"paymentType": "PrePaid", "period": 1, "autoRenew": True}


def limited(world, far="eu-central-1"):
    """A limit between Beijing and another region."""
    return world.limit("cn-beijing", far, 5, "limit")


test_limit_on_unattached_region = table(
    limit_on_unattached_region.RULE,
    case(
        "a legacy name of what may be an attached region",
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .attach("cn-hangzhou-finance", "bank")
        .limit("cn-beijing", "cn-hzfinance", 5, "limit"),
        "undetermined limit",
    ),
    case(
        "a legacy name of what may be the region of a network that may be attached",
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .on(UNKNOWN)
        .attach("cn-hangzhou-finance", "bank")
        .on("core")
        .limit("cn-beijing", "cn-hzfinance", 5, "limit"),
        "undetermined limit",
    ),
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
        "a limit that stands, gets other Mbps, and whose networks are attached elsewhere",
        limited(basic()).standing().updated("limit", bandwidthLimit=2),
    ),
    case(
        "one of its regions is not known any more, and may be the one that it was",
        basic().limit("eu-central-1", UNKNOWN, 5, "limit").standing().updated("limit", regionIds=["cn-beijing", "eu-central-1"]),
        "undetermined limit",
    ),
    case(
        "it gets them while a network of it is detached",
        limited(basic(), "us-west-1").standing().updated("limit", bandwidthLimit=2).deleted("sales"),
        "violated limit",
    ),
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
        "an attachment in another region is not the one, whatever its instance is",
        limited(basic().on(UNKNOWN).attach("ap-southeast-1", "later").on("core")),
        "violated limit",
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


def fixed(world):
    """What the edits of all findings set, by the resource; all of them hold together."""
    edits = edits_of(assert_holds([world.records()], world.options()))
    return {edit.get("urn", edit.get("name")).rpartition("::")[2]: edit.get("properties", edit["op"]) for edit in edits}


def joined():
    return a_world().instance().attach("cn-beijing", "shop").package("China", "Europe", 5, "package", **PREPAID)


def test_a_limit_stays_where_the_attachment_that_it_waits_for_says_its_region_wrongly():
    """It was taken out, and with it what the user wanted to have."""
    for said, made_in in (("eu-centrall-1", None), ("eu-west-1", "eu-central-1")):
        world = joined().attach(said, "plant", home=made_in, network=None if made_in else "vpc-1")
        found = fixed(world.limit("cn-beijing", "eu-central-1", 5, "limit"))
        assert found["plant"] == {"childInstanceRegionId": "eu-central-1"}
        assert "limit" not in found


def test_a_limit_with_a_misspelt_region_is_spelled_right_and_no_second_one_is_made():
    world = joined().attach("eu-central-1", "plant").limit("cn-beijing", "eu-centrall-1", 5, "limit")
    assert fixed(world)["limit"] == {"regionIds": ["cn-beijing", "eu-central-1"]}


def test_what_a_misspelt_limit_is_to_draw_is_left_to_it():
    """The package is as large as that limit: what another pair got of it drew too much, and no edit held."""
    world = joined().attach("eu-central-1", "plant").attach("cn-hangzhou", "site")
    assert fixed(world.limit("cn-beijing", "eu-centrall-1", 5, "limit"))["limit"] == {"regionIds": ["cn-beijing", "eu-central-1"]}
