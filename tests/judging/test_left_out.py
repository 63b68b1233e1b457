"""What a target leaves out, or a run left behind, is named where it is missed, and nowhere else: nothing is bought twice."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.findings import Verdict
from cenguard.judging.proof import prove
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


RECORDED = Path(__file__).parents[1] / "recordings" / "partial"


@pytest.mark.parametrize(
    ("folder", "documents", "rule", "said", "advice"),
    [
        (
            "killed-while-buying",
            ["export.json"],
            "CEN201",
            "package `package` was being made when a run was killed",
            "Look first whether package `package` is there (CEN415 says how): another one would be paid as well.",
        ),
        (
            "delete-before-replace-half",
            ["export.json"],
            "CEN201",
            "package `package` and package attachment `bound` were deleted for a replacement that was not made",
            "Run the update again: it makes package `package` and package attachment `bound`.",
        ),
        (
            "refresh-drift",
            ["preview.json"],
            "CEN206",
            "limit `limit` is in the state and gone, as the refresh shows",
            "Find out who took limit `limit` away; an update of the program makes again what the program declares.",
        ),
    ],
)
def test_what_a_run_left_behind_is_named(folder, documents, rule, said, advice, monkeypatch):
    monkeypatch.chdir(RECORDED / folder)
    report = json.loads(CliRunner().invoke(main, ["check", *documents, "--format", "json"]).stdout)
    (found,) = [item for item in report["findings"] if item["rule"] == rule]

    assert said in found["message"]
    assert found["fix"]["summary"] == advice
    assert not found["fix"]["edits"]


def test_a_package_of_other_areas_is_not_what_is_missing():
    world = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "branch").standing()
    world = world.package("China", "North-America", 5, "package", attached=False).interrupted("package")
    (found,) = [item for item in findings_of(world).values() if item.rule == "CEN201"]

    assert "package" not in found.message.partition("`shared`")[2]


def test_what_is_left_out_of_one_instance_says_nothing_of_another_that_stands():
    world = a_world()
    for name in ("shop", "lab"):
        world = world.instance(name).on(name).attach("cn-beijing", f"{name}-bj").attach("us-west-1", f"{name}-sv")
    world = world.standing().package("China", "North-America", 5, "new").left_out("new", "new-attachment")
    found = [item for item in findings_of(world).values() if item.rule == "CEN201"]

    assert {(item.instance or "").rpartition("::")[2]: item.verdict for item in found} == {
        "lab": Verdict.VIOLATED,
        "shop": Verdict.UNDETERMINED,
    }


def test_a_purchase_for_other_areas_that_was_interrupted_does_not_make_a_package_missing():
    bare = a_world().instance().attach("cn-beijing", "shop").attach("eu-central-1", "branch").standing()
    bought = bare.package("China", "North-America", 5, "package", attached=False)

    assert {item.verdict for item in findings_of(bare).values() if item.rule == "CEN201"} == {Verdict.UNDETERMINED}
    assert {item.verdict for item in findings_of(bought.interrupted("package")).values() if item.rule == "CEN201"} == {
        Verdict.UNDETERMINED
    }


def test_the_proof_of_a_pair_names_what_is_left_out():
    network = two_instances().assembled()
    (proof,) = prove(network, "cn-beijing", "us-west-1", "shop")

    assert proof.steps[-1] == (
        "package `shop-package` and package attachment `shop-package-attachment` are in the program and left out by --target or --exclude"
    )


@pytest.mark.parametrize("document", ["partial/refresh-drift/preview.json", "terraform/tofu-refresh-only/plan.json"])
def test_what_a_refresh_cuts_is_said_to_be_lost_already(document):
    text = CliRunner().invoke(main, ["check", str(RECORDED.parent / document)]).stdout
    head = " ".join(text.partition("✗")[0].split())

    assert "and what is cut was lost outside of it. To see what the program does" in head
    assert " cuts cn-beijing – us-west-1 on" in head
