"""What a target leaves out is named where it is missed, and nowhere else."""

from cenguard.findings import Verdict
from cenguard.testing import a_world, findings_of


def two_instances():
    """Each attaches two regions; the package of each is in the program and left out."""
    world = a_world()
    for name in ("shop", "lab"):
        world = world.instance(name).on(name).attach("cn-beijing", f"{name}-bj").attach("us-west-1", f"{name}-sv")
        world = world.package("China", "North-America", 5, f"{name}-package")
    return world.left_out("shop-package", "shop-package-attachment", "lab-package", "lab-package-attachment")


def test_an_absence_names_what_is_left_out_of_its_own_instance():
    found = [item for item in findings_of(two_instances()).values() if item.rule == "CEN201"]

    assert len(found) == 2
    for item in found:
        name, other = ("shop", "lab") if "on shop" in item.message else ("lab", "shop")
        said = f"package `{name}-package` and package attachment `{name}-package-attachment` are in the program and left out by"
        assert item.verdict == Verdict.VIOLATED
        assert said in item.message
        assert f"`{other}-" not in item.message
        assert item.fix is not None
        assert item.fix.summary.startswith(
            f"Update package `{name}-package` and package attachment `{name}-package-attachment` as well"
        )
