"""Evidence names a property only of what has it: what an inventory tells has a row there, and no resource."""

from cenguard.rules.bandwidth import duplicate_area_pair, missing_bandwidth_package, package_on_two_instances
from cenguard.testing import a_world, an_inventory, findings_of
from tests.rules.tables import basic


def because(world, rule):
    """The evidence of the one finding of a rule."""
    (found,) = findings_of(world, rules=[rule]).values()
    return found.because


def elsewhere(**rows):
    """A network in Beijing on an instance that an inventory tells of."""
    return a_world().on("cen-1").attach("cn-beijing", "shop").inventory(an_inventory(complete=["cen-1"], **rows))


PACKAGE = ("cenbwp-1", "China", "North-America", 10)


def test_a_network():
    steps = because(elsewhere(attachments=[("cen-1", "us-west-1", "vpc-9")]), missing_bandwidth_package.RULE)

    assert steps[:2] == (
        "cn-beijing, in China: childInstanceRegionId of shop (VPC)",
        "us-west-1, in North-America: the inventory's row of vpc-9 (VPC)",
    )


def test_a_package():
    world = elsewhere(packages=[(*PACKAGE, "cen-1")]).package("China", "North-America", 10, "package")

    assert because(world, duplicate_area_pair.RULE) == (
        "the inventory's row of cenbwp-1: cenbwp-1 (China/North-America, 10 Mbps) on cen-1",
        "bandwidthPackageId and instanceId of package-attachment: package (China/North-America, 10 Mbps) on cen-1",
    )


def test_a_package_of_another_instance():
    rows = an_inventory(packages=[(*PACKAGE, "cen-9")], instances=["cen-9"])
    steps = because(basic().inventory(rows), missing_bandwidth_package.RULE)

    assert steps[-1] == (
        "nearest miss: cenbwp-1 (China/North-America, 10 Mbps) is attached to another instance, cen-9 by the inventory's row of cenbwp-1"
    )


def test_a_package_of_the_input_on_another_instance():
    world = elsewhere(packages=[("package-id", *PACKAGE[1:], "cen-9")], instances=["cen-9"])
    steps = because(world.package("China", "North-America", 10, "package").standing(), package_on_two_instances.RULE)

    assert steps == ("the inventory's row of package-id: cen-9", "instanceId of package-attachment: cen-1")
