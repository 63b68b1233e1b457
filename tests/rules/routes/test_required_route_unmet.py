"""CEN332: networks that must reach each other do."""

from cenguard.rules.routes import required_route_unmet
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.network.routes.estates import Estate, one_router, two_routers
from tests.rules.tables import case, table

A, B = "10.1.1.0/24", "10.2.1.0/24"
WANTED = {"require": [{"from": "plant", "to": "office"}]}


def sites(publish=True, together=True):
    """Two networks on one router."""
    estate = one_router().table("near", "other").site("near", "plant", A).site("near", "office", B, publish=publish)
    return estate.joined("near-table", "plant").joined("near-table" if together else "other", "office")


def tagged(value):
    """The same, the office with a tag."""
    estate = one_router().table("near", "other").network("cn-hangzhou", "office", tags={"tier": value})
    estate.site("near", "plant", A).site("near", "office", B).joined("near-table", "plant")
    return estate.joined("other", "office")


def across(areas=None, billing="BandwidthPackage", publish=True):
    """Two networks whose tables lead to each other over a peer, and a package of these areas that the peer draws on."""
    estate = one_router().router("eu-central-1", "far").table("far", "far-table")
    if areas is not None:
        estate.package(*areas, 10, "package")
    estate.peer(
        "near",
        "far",
        10,
        "peer",
        billing=billing,
        package="package" if areas else None,
        routed=False,
        autoPublishRouteEnabled=True,
    )
    estate.joined("near-table", "peer").joined("far-table", "peer")
    estate.site("near", "plant", A).site("far", "office", B, publish=publish)
    return estate.joined("near-table", "plant").joined("far-table", "office")


def unknown_instance(together):
    """Two networks on one router, of an instance that is an output of something."""
    estate = Estate().on(UNKNOWN).router("cn-hangzhou", "near").table("near", "near-table").table("near", "other")
    estate.site("near", "plant", A).site("near", "office", B).joined("near-table", "plant")
    return estate.joined("near-table" if together else "other", "office")


def unknown_networks():
    """Two attachments of networks of which nothing is known, in two tables of one router."""
    estate = one_router().table("near", "other")
    for name, kept in (("plant", "near-table"), ("office", "other")):
        estate.attach_to("near", name, network=UNKNOWN, routed=False, autoPublishRouteEnabled=True).joined(kept, name)
    return estate


NAMED = {"require": [{"from": "plant", "to": "office", "instance": "core"}]}
FORWARD = {"require": [{"from": "plant", "to": "office", "direction": "forward"}]}


def test_what_is_said_of_regions_of_which_nobody_knows_what_connects_them():
    found = findings_of(across(billing=UNKNOWN), rules=[required_route_unmet.RULE], options={"CEN332": WANTED})

    assert "bandwidthType of peer is not known" in found["CEN332 undetermined core"].message


def because_of(world, options):
    """Why networks that must reach each other do not."""
    return findings_of(world, rules=[required_route_unmet.RULE], options={"CEN332": options})["CEN332 violated core"].because


def test_nothing_is_said_of_the_way_back_where_only_the_way_there_is_required():
    world = across(billing=UNKNOWN, publish=False)
    found = findings_of(world, rules=[required_route_unmet.RULE], options={"CEN332": FORWARD})

    assert found["CEN332 undetermined core"].because[1] == "plant to office: routed"


def test_the_rule_that_names_the_cause_is_said():
    assert "office to plant: not_published (see CEN320)" in because_of(sites(publish=None), WANTED)
    unlearned = one_router().site("near", "plant", A).site("near", "office", B).joined("near-table", "plant")
    assert "plant to office: not_learned (see CEN310)" in because_of(unlearned.associated("near-table", "office"), WANTED)


def test_no_rule_is_said_to_name_what_none_names():
    """Tables that keep two networks apart are no mistake by themselves."""
    assert not any("(see CEN" in text for text in because_of(sites(together=False), WANTED))


BETWEEN = {"require": [{"from": "region:cn-*", "to": "region:us-*"}]}


def beside_one(instance):
    """A network of an instance, and one of another."""
    return a_world().instance().attach("cn-beijing", "shop").on(instance).attach("us-west-1", "sales")


test_required_route_unmet = table(
    required_route_unmet.RULE,
    case("of an instance and of one that may be this one", beside_one(UNKNOWN), "undetermined core", **BETWEEN),
    case("of two instances", beside_one("cen-2"), "undetermined core", **BETWEEN),
    case("nothing is asked for", sites(together=False)),
    case("they reach each other", sites(), **WANTED),
    case("kept apart", sites(together=False), "violated core", **WANTED),
    case("one way", sites(publish=None), "violated core", **WANTED),
    case("forward is enough", sites(publish=None), require=[{"from": "plant", "to": "office", "direction": "forward"}]),
    case("over a peer that carries something", across(["China", "Europe"]), **WANTED),
    case("over a peer without a package", across(), "violated core", **WANTED),
    case("over a peer without a package, forward", across(), "violated core", **FORWARD),
    case("over a peer of unknown billing", across(billing=UNKNOWN), "undetermined core", **WANTED),
    case("over a peer of unknown billing, forward", across(billing=UNKNOWN), "undetermined core", **FORWARD),
    case("forward, over a peer that carries something", across(["China", "Europe"]), **FORWARD),
    case("not known", sites(publish=UNKNOWN), "undetermined core", **WANTED),
    case("regions that nothing joins", two_routers().site("near", "plant", A), "undetermined core", **WANTED),
    case("networks that nobody knows yet", unknown_networks(), "violated core", **WANTED),
    case("an instance that nobody knows yet", unknown_instance(True), **WANTED),
    case("kept apart on an instance that nobody knows yet", unknown_instance(False), "undetermined office-attachment", **NAMED),
    case("kept apart behind one router of it", unknown_instance(False), "violated office-attachment", **WANTED),
    case("a tag", tagged("db"), "violated core", require=[{"from": "plant", "to": "tag:tier=db"}]),
    case("another tag", tagged("web"), "undetermined core", require=[{"from": "plant", "to": "tag:tier=db"}]),
    case("a tag that is not known", tagged(UNKNOWN), "undetermined core", require=[{"from": "plant", "to": "tag:tier=db"}]),
    case("a block", sites(together=False), "violated core", require=[{"from": "cidr:10.1.0.0/16", "to": "cidr:10.2.0.0/16"}]),
    case("a region and a kind", sites(together=False), "violated core", require=[{"from": "region:cn-*", "to": "kind:VPC"}]),
    case("a name that means no network", sites(together=False), "undetermined core", require=[{"from": "plnt", "to": "office"}]),
    case("another instance", sites(together=False), require=[{"from": "plant", "to": "office", "instance": "other"}]),
)


def test_what_other_networks_may_take_is_a_question_that_says_what_would_settle_it():
    met = sites().site("near", "third", B).joined("near-table", "third")  # the office's block
    led = sites().site("near", "third", "10.3.1.0/24").joined("near-table", "third").entry("near-table", "10.2.1.0/25", "third")
    said = {}
    for name, world in (("met", met), ("led", led)):
        found = findings_of(world, rules=[required_route_unmet.RULE], options={"CEN332": WANTED})["CEN332 undetermined core"]
        said[name] = (found.message, found.fix.summary)

    asked = "Whether plant and office reach each other on core, as plant to office requires, cannot be told: "
    assert said == {
        "met": (
            f"{asked}another network hands over the same block, and which of the two gets the packets is not documented.",
            "blocks that differ, or a table of its own for each, would settle it",
        ),
        "led": (f"{asked}a third network gets the packets first.", "what that does with them is not in the input"),
    }
