"""CEN218: a pair at the test bandwidth is named by some rule."""

from cenguard.rules.bandwidth import missing_bandwidth_package, unallocated_bandwidth, unfunded_region_pair
from cenguard.testing import a_world, an_inventory, assert_nothing_mandatory, findings_of
from tests.rules.tables import basic, case, table

RULE = unfunded_region_pair.RULE


def hub():
    """Beijing reaches Silicon Valley and Frankfurt; these two do not reach each other."""
    return (
        basic()
        .package("China", "North-America", 10, "america")
        .limit("cn-beijing", "us-west-1", 5)
        .attach("eu-central-1", "branch")
        .package("China", "Europe", 10, "europe")
        .limit("cn-beijing", "eu-central-1", 5)
    )


def mesh():
    """All three reach each other."""
    return hub().package("Europe", "North-America", 10, "third").limit("us-west-1", "eu-central-1", 5)


def backup():
    """Virginia reaches Frankfurt by a package of its own; its share of China/North-America stays idle."""
    world = hub().attach("us-east-1", "backup").package("Europe", "North-America", 10, "third")
    return world.limit("us-east-1", "eu-central-1", 5)


def pairs(world):
    """The pairs that the rule names, finding by finding."""
    return [finding.region_pairs for finding in findings_of(world, rules=[RULE]).values()]


def with_another_stack_s_region(*regions):
    """An instance of another stack, whose complete inventory has Frankfurt and London attached and no package for them."""
    inventory = an_inventory(
        packages=[("cenbwp-1", "China", "North-America", 100, "cen-1")],
        instances=["cen-1"],
        complete=["cen-1"],
        attachments=[("cen-1", "eu-central-1", "vpc-1"), ("cen-1", "eu-west-1", "vpc-2")],
    )
    world = a_world().inventory(inventory).on("cen-1")
    for region in regions:
        world.attach(region, region)
    return world.limit("cn-beijing", "us-west-1", 5)


test_unfunded_region_pair = table(
    RULE,
    case(
        "a region that only an inventory attaches is cut off from those of the input",
        with_another_stack_s_region("cn-beijing", "us-west-1"),
        "violated cn-beijing",
        "violated cn-beijing #2",
    ),
    case("two spokes do not reach each other", hub(), "violated core"),
    case("a mesh is kept", mesh()),
    case(
        "an idle share of a package that others draw on is named here",
        backup(),
        "CEN218 violated core",
        "CEN218 violated core #2",
        "CEN218 violated core #3",
        beside=[missing_bandwidth_package.RULE, unallocated_bandwidth.RULE],
    ),
    case(
        "pairs of a region that is cut off are another rule's finding",
        basic(),
        "CEN201 violated core",
        beside=[missing_bandwidth_package.RULE],
    ),
    case("a package known by its id may serve the pair", hub().attach_package("cenbwp-1"), "undetermined core"),
    case("an instance from elsewhere has its one line already", hub().shared("core")),
)


def test_the_pairs_are_named():
    assert pairs(hub()) == [(("eu-central-1", "us-west-1"),)]
    assert sorted(pairs(backup())) == [
        (("cn-beijing", "us-east-1"),),
        (("eu-central-1", "us-west-1"),),
        (("us-east-1", "us-west-1"),),
    ]


def test_a_mesh_is_right_in_every_way():
    assert_nothing_mandatory(mesh())


def star():
    """Three routers; Beijing has a peer with each of the two others, paid by traffic."""
    world = a_world().instance()
    for region in ("cn-beijing", "us-west-1", "eu-central-1"):
        world = (
            world.provider(region, region=region).router(region, provider=region).attach_to(f"{region}-router", f"vpc-{region}")
        )
    for region in ("us-west-1", "eu-central-1"):
        world = world.peer("cn-beijing-router", f"{region}-router", 5, f"to-{region}", billing="DataTransfer")
    return world


def test_routers_may_be_joined_without_a_package():
    """The text agrees with the code below it, which is a peer paid by traffic."""
    (finding,) = findings_of(star(), rules=[RULE]).values()
    assert (
        "Mbps of a Europe/North-America bandwidth package, or a peer paid by traffic without any package" in finding.fix.summary
    )


def test_basic_routers_may_not():
    (finding,) = findings_of(hub(), rules=[RULE]).values()
    assert "by traffic" not in finding.fix.summary


def test_two_regions_that_only_an_inventory_attaches_are_another_input_s():
    world = with_another_stack_s_region("cn-beijing", "us-west-1")

    assert [list(found) for found in pairs(world)] == [
        [("cn-beijing", "eu-central-1"), ("cn-beijing", "eu-west-1")],
        [("eu-central-1", "us-west-1"), ("eu-west-1", "us-west-1")],
    ]
    assert not findings_of(world, rules=[missing_bandwidth_package.RULE])
