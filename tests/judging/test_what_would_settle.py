"""What would settle a question is something that the reader of this document can give."""

from pathlib import Path

from cenguard.geography.regions import region_pair
from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.judging.proof import prove
from cenguard.readers.sources import read_document
from cenguard.rules.bandwidth import mis_area_bandwidth_package
from cenguard.testing import a_world, findings_of

RECORDINGS = Path(__file__).parents[1] / "recordings"


def document(path):
    """A recorded document."""
    return read_document((RECORDINGS / path).read_bytes(), path, "")


def test_a_module_names_one_package_already():
    """*Name one package there* was said of code that does: Pulumi does not show which."""
    found = check([document("roads/tfmod-basic-create/preview.json.gz")], Options()).findings
    settling = {item.fix.summary for item in found if "may be that of" in item.message}

    assert settling == {"a plan of the module's own code (`terraform show -json`) would settle it"}


def test_the_networks_of_an_instance_that_has_none_here():
    """There are no *others*."""
    (finding,) = findings_of(
        a_world().instance().package("China", "Europe", 10, "package"), rules=[mis_area_bandwidth_package.RULE]
    ).values()
    assert finding.fix.summary == "the document of the stack that attaches its networks would settle it"


def test_a_package_that_stays_in_the_cloud_does_not_stand_outside_of_the_input():
    """The evidence beside it names the package of the input."""
    (proof,) = prove(network_of([document("partial/forget-routes/plan.json")], Options()), "cn-hangzhou", "eu-central-1", None)

    assert region_pair(*proof.regions).names == ("cn-hangzhou", "eu-central-1")
    assert proof.meaning == "connected by a package that leaves the program, and stays in the cloud"
