"""Every recorded document of Terraform and OpenTofu gets the answer that its network deserves."""

import json

import pytest

from tests.readers.terraform.documents import FOLDERS, RECORDINGS, pairs, recorded, report_of, violated

STATES = sorted(
    (folder, file.name)
    for folder in FOLDERS
    for file in (RECORDINGS / folder).iterdir()
    if file.name in ("state.json", "terraform.tfstate", "plan-unchanged.json", "plan-unchanged-norefresh.json", "plan.json")
    and (RECORDINGS / folder / "connectivity.json").exists()
)
DISPOSITIONS = {"funded": "funded", "traffic": "pay_by_traffic"}
DATA = ("terraform-data-sources", "tofu-data-sources")


@pytest.mark.parametrize(("folder", "file"), STATES, ids="/".join)
def test_pairs_are_those_that_the_service_made(folder, file):
    """Whatever the document: the plan of a new network, its state in two forms, a plan without changes."""
    (network,) = json.loads((RECORDINGS / folder / "connectivity.json").read_text())
    found = pairs(report_of(recorded(folder, file)))
    if folder in DATA and file == "plan.json":
        pytest.skip("its ids come from what is read while the plan is applied")
    if "sensitive" in folder:
        pytest.skip("its numbers are secrets")
    wanted = {
        tuple(pair["regions"]): pair["kbps"] / 1000 for pair in network["pairs"] if pair["state"] in ("funded", "pay-by-traffic")
    }

    assert {
        regions: mbps for regions, (state, mbps) in found.items() if state in ("funded", "pay_by_traffic", "outside")
    } == wanted


ROADS = {
    "basic-create": ([], ["CEN111", "CEN218", "CEN403", "CEN403", "CEN407", "CEN407"]),
    "basic-no-package": (["CEN201", "CEN201"], ["CEN111", "CEN403", "CEN407"]),
    "misarea": (["CEN201", "CEN202", "CEN207"], ["CEN111", "CEN403", "CEN407"]),
    "module-for-each": ([], ["CEN111", "CEN218", "CEN403", "CEN403", "CEN407", "CEN407"]),
    "enterprise": (
        [],
        ["CEN218", *["CEN310"] * 4, "CEN311", "CEN321", "CEN321", "CEN403", "CEN407", "CEN407"],
    ),
    "change-areas": (["CEN201", "CEN201", "CEN202", "CEN207", "CEN404", "CEN408"], ["CEN403", "CEN407"]),
    "change-limit": ([], ["CEN218"]),
    "change-remove-package": (["CEN201", "CEN201", "CEN408"], []),
}


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if folder.partition("-")[2] in ROADS])
def test_one_network_one_answer(folder):
    mandatory, advisory = ROADS[folder.partition("-")[2]]
    report = report_of(recorded(folder))

    assert violated(report) == mandatory
    assert violated(report, "advisory") == advisory
