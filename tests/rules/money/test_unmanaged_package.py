"""CEN414: a package that leaves the program and stays bought is said once, while its plan shows it."""

from cenguard.rules.money import deleted_prepaid_package, lost_connectivity, unmanaged_package
from cenguard.testing import a_world, an_inventory, assert_says, said
from tests.rules.tables import OF_NETWORKS, case, table


def joined(**package):
    """Beijing and Silicon Valley with a package and a limit, deployed."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    return (
        world.package("China", "North-America", 10, "package", **package).limit("cn-beijing", "us-west-1", 5, "limit").standing()
    )


def let_go(*names):
    """What is named leaves the program and stays in the cloud."""
    return joined().retained(*names).deleted(*names)


ALL = ("limit", "package-attachment", "package")

test_unmanaged_package = table(
    unmanaged_package.RULE,
    case("package, attachment and limit stay", let_go(*ALL), "violated package"),
    case("a deletion is a deletion", joined().deleted(*ALL)),
    case("nothing leaves", joined().retained(*ALL)),
    case("an attachment alone stays", let_go("limit", "package-attachment")),
    case(
        "a prepaid one is not called deleted",
        joined(paymentType="PrePaid").retained(*ALL).deleted(*ALL),
        "CEN414 violated package",
        beside=[deleted_prepaid_package.RULE],
    ),
)


def pairs(world):
    """Disposition and Mbps of each pair."""
    from cenguard.network.connectivity import connectivity_of

    found = connectivity_of(world.assembled())
    return [(item.disposition.value, item.mbps) for items in found.values() for item in items.connections.values()]


def test_what_leaves_and_stays_goes_on():
    world = let_go(*ALL)

    assert pairs(world) == [("outside", 5)]
    assert_says(world, "CEN414 violated package", rules=OF_NETWORKS)


def test_a_limit_that_is_deleted_beside_a_package_that_stays_leaves_it_idle():
    world = joined().retained("package-attachment", "package").deleted(*ALL)

    assert pairs(world) == [("unallocated", None)]
    assert_says(
        world, "CEN206 violated package-id", "CEN408 violated core (advisory)", "CEN414 violated package", rules=OF_NETWORKS
    )


def test_an_attachment_that_is_deleted_leaves_the_package_attached_to_nothing():
    world = joined().retained("package").deleted(*ALL)

    assert pairs(world) == [("not_attached", None)]
    assert_says(world, "CEN201 violated core", "CEN408 violated core", "CEN414 violated package", rules=OF_NETWORKS)


def test_a_replaced_package_that_is_kept_stands_beside_the_new_one():
    """The old pair goes on; of the same areas, both are there, and the service refuses the second."""
    records = joined().replaced("package", paymentType="PrePaid").retained("package").records()
    kept = [item.before for item in records.resources if item.name == "package"]
    for item in kept:
        item.retain_on_delete = True
    records.retained = kept

    from cenguard.judging.check import check
    from cenguard.judging.options import Options

    assert "CEN404" not in {item.rule for item in check([records], Options()).findings}


def test_an_inventory_that_names_it_keeps_its_pairs_covered():
    world = let_go(*ALL).inventory(an_inventory(packages=[("package-id", "China", "North-America", 10, "core-id")]))

    assert pairs(world) == [("outside", 5)]


def test_a_sum_counts_what_draws_on_it_still():
    world = joined().attach("us-east-1", "backup").limit("cn-beijing", "us-east-1", 6, "more").retained(*ALL).deleted(*ALL)

    assert {"CEN208 violated package-id", "CEN414 violated package"} < set(said(world, rules=OF_NETWORKS))


def test_no_pair_that_stays_is_lost():
    assert_says(let_go(*ALL), rules=[lost_connectivity.RULE])
