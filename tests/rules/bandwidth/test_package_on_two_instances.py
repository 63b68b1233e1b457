"""CEN205: a package is attached to one instance."""

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.rules.bandwidth import package_on_two_instances
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def shared_package(second="two"):
    """One package attached to two instances."""
    world = a_world().instance("one").instance("two").on("one").package("China", "Europe", 10, "package")
    return world.on(second).attach_package("package", "again")


def no_more_known():
    """An attachment whose instance is not known any more."""
    world = a_world().instance().on(UNKNOWN).package("China", "Europe", 10, "p").standing()
    return world.replaced("p-attachment", instanceId="core-id")


test_package_on_two_instances = table(
    package_on_two_instances.RULE,
    case("two instances", shared_package(), "violated package"),
    case("one instance", a_world().instance().package("China", "Europe", 10)),
    case(
        "attached twice to one instance: the service refuses a package that is attached",
        a_world().instance().package("China", "Europe", 10, "p").attach_package("p", "again"),
        "violated p",
    ),
    case(
        "attached a second time by the update",
        a_world().instance().package("China", "Europe", 10, "p").standing().attach_package("p", "again"),
        "violated p",
    ),
    case(
        "two resources that stand are one attachment",
        a_world().instance().package("China", "Europe", 10, "p").attach_package("p", "again").standing(),
    ),
    case(
        "attached twice to one that is not known",
        a_world().instance().package("China", "Europe", 10, "p").on(UNKNOWN).attach_package("p", "b").attach_package("p", "c"),
        "undetermined p",
    ),
    case(
        "a new name of its attachment without an alias",
        a_world().instance().package("China", "Europe", 10, "p").standing().attach_package("p", "again").deleted("p-attachment"),
        "violated p",
    ),
    case(
        "a new name, on an instance that is not known",
        a_world()
        .instance()
        .package("China", "Europe", 10, "p")
        .standing()
        .on(UNKNOWN)
        .attach_package("p", "again")
        .deleted("p-attachment"),
        "violated p",
    ),
    case(
        "replaced since its instance is not known any more: it may be the same one, and nothing is replaced",
        no_more_known(),
        "undetermined p",
    ),
    case("one of this program and one by its id", shared_package("cen-1"), "violated package"),
    case("an instance that is not known may be the same", shared_package(UNKNOWN), "undetermined package"),
    case(
        "a package of each instance",
        a_world().instance("one").package("China", "Europe", 9, "p").instance("two").package("China", "Europe", 9, "q"),
    ),
)


def moving(*, first=False):
    """An update that replaces the instance, and with it the attachment of a package that stays."""
    world = a_world().instance("core").package("China", "Europe", 10, "package").standing()
    world.replaced("core", cenInstanceName="old").replaced("package-attachment", instanceId="core-id")
    records = world.records()
    for record in records.resources:
        record.delete_first = first
    return {(item.rule, item.resource) for item in check([records], Options()).findings if item.level == "mandatory"}


def test_an_attachment_that_is_replaced_puts_its_package_on_two_instances_for_a_while():
    assert ("CEN205", "package") in moving()


def test_one_that_is_taken_away_first_does_not():
    assert ("CEN205", "package") not in moving(first=True)


def renamed(*, kept=False):
    """An update that imports networks and the attachment of a package under new names, and has their old names no more."""
    world = a_world().instance("core").attach("cn-beijing", "shop").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit").standing()
    if kept:
        world.retained("package-attachment", "sales")
    network = world.records().resources
    sales = next(record.inputs["childInstanceId"] for record in network if record.name == "sales")
    world.deleted("package-attachment", "sales")
    world.attach_package("package", "package-attachment-2").attach("us-west-1", "sales-2", childInstanceId=sales)
    world.imported("package-attachment-2", "sales-2")
    found = check([world.records()], Options()).findings
    return {(item.rule, item.resource): item for item in found if item.level == "mandatory"}


def test_what_is_imported_under_a_new_name_goes_with_the_old_one():
    found = renamed()

    assert set(found) == {("CEN104", "sales-2"), ("CEN205", "package")}
    assert all("both are one object for the service, which is gone then" in item.message for item in found.values())
    assert "`pulumi state delete`" in found["CEN205", "package"].fix.summary


def test_it_stays_where_the_old_one_is_let_go():
    assert renamed(kept=True) == {}
