"""What comes to light with the edits of a fix is mended with them: one round does."""

import pytest

from cenguard.findings import Finding, Verdict
from cenguard.findings.fix import Applicability, Remedy, from_json
from cenguard.judging.edited import edited
from cenguard.judging.following import Following, laid_on
from cenguard.resources import tokens
from cenguard.testing import a_world
from tests.held import report_of
from tests.judging.test_mending import checked


def two():
    return a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")


def mandatory_after(world):
    """What is mandatory after one round of fixes."""
    options = world.options()
    report = report_of([world.records()], options)
    edits = [from_json(edit) for item in report["findings"] if item["fix"] for edit in item["fix"]["edits"]]
    after = report_of(edited([world.records()], edits), options)
    return {f"{item['rule']} {item['resource']}" for item in after["findings"] if item["level"] == "mandatory"}


@pytest.mark.parametrize(
    "world",
    [
        pytest.param(
            two().package("China", "North-Amerika", 10, "package").limit("cn-beijing", "us-west-1", 4, "limit"),
            id="a limit waits for a package of which an area is misspelt",
        ),
        pytest.param(
            two()
            .package("China", "North-Amerika", 10, "package")
            .limit("cn-beijing", "us-west-1", 40, "limit", after=("package-attachment", "shop", "sales")),
            id="a package of which an area is misspelt is too small",
        ),
        pytest.param(two().package("China", "North-Amerika", 1, "package"), id="and is of a size that is not sold"),
        pytest.param(two().package("China", None, 1, "package"), id="one area is missing, and the size is not sold"),
        pytest.param(
            two().package("China", "North-Amerika", 1, "package").limit("cn-beijing", "us-west-1", 40, "limit"),
            id="an area, a size, an order and a sum",
        ),
        pytest.param(
            two().package("China", "North-Amerika", 10, "package"), id="a package that nothing draws on, once it is right"
        ),
    ],
)
def test_one_round_of_fixes_does(world):
    assert mandatory_after(world) == set()
    checked(world)


def test_what_is_mended_besides_is_said():
    found = checked(two().package("China", "North-Amerika", 10, "package"))["CEN216 package"]

    assert [(edit["op"], edit.get("name")) for edit in found["edits"]] == [("set", None), ("add", "cn-beijing-us-west-1")]
    assert found["summary"].endswith("The edits also mend what comes to light with it: Give the pairs their Mbps.")
    assert found["applicability"] == "review"


def test_a_new_peer_has_its_routes():
    world = (
        a_world().instance().router("cn-beijing", "bj").router("us-west-1", "sv").attach_to("bj", "shop").attach_to("sv", "sales")
    )
    found = checked(world)["CEN201 core"]
    peer, *routes = found["edits"]

    assert peer["properties"]["autoPublishRouteEnabled"] is True
    assert [edit["type"].rpartition(":")[2] for edit in routes] == [
        "TransitRouterRouteTableAssociation",
        "TransitRouterRouteTablePropagation",
    ] * 2
    assert {edit["properties"]["transitRouterAttachmentId"]["ref"] for edit in routes} == {f"new:{peer['name']}"}


def test_tables_that_are_new_too_come_with_the_new_peer():
    """Edits that need what another fix adds are one fix with it: each can be applied by itself."""
    world = a_world().instance().router("cn-beijing", "bj").router("us-west-1", "sv")
    world.attach_to("bj", "shop", routed=False).attach_to("sv", "sales", routed=False)
    found = checked(world)
    peer = found["CEN201 core"]

    assert {found["CEN310 shop"]["with"], found["CEN310 sales"]["with"]} == {peer["fingerprint"]}
    names = {f"new:{edit['name']}" for edit in peer["edits"] if edit["op"] == "add"}
    wanted = {value["ref"] for edit in peer["edits"] for value in edit["properties"].values() if isinstance(value, dict)}
    assert {name for name in wanted if name.startswith("new:")} <= names
    options = world.options()
    edits = [
        from_json(edit)
        for item in report_of([world.records()], options)["findings"]
        if item["fix"]
        for edit in item["fix"]["edits"]
    ]
    after = report_of(edited([world.records()], edits), options)
    assert not {item["rule"] for item in after["findings"]} & {"CEN310", "CEN321", "CEN201"}


def test_what_needs_no_question_takes_nothing_in_that_needs_one():
    """A limit was the only thing that `cenguard fix` wrote by itself, and it came to wait for a question about another one."""
    world = a_world().instance().attach("eu-west-1", "plant").attach("us-west-1", "sales").attach("ap-southeast-3", "shop")
    world.package("Europe", "North-America", 6, "package").package("Asia-Pacific", "Europe", 8, "other")
    after = ("package-attachment", "other-attachment", "plant", "sales", "shop")
    world.limit("ap-southeast-3", "eu-west-1", 8, "limit", after=after).limit("cn-beijing", "us-west-1", 6, "wrong", after=after)

    assert checked(world)["CEN206 package"]["applicability"] == "safe"


def test_of_several_things_that_are_mended_besides_each_is_said_once():
    remedy = Remedy((), Applicability.REVIEW)
    finding = Finding(verdict=Verdict.VIOLATED, message="It is wrong.")
    for summary in ("Mend the one.", "Mend the other.", "Mend the one.", ""):
        remedy = laid_on(remedy, Following(finding, Remedy((), Applicability.REVIEW), summary))

    assert remedy.otherwise == "The edits also mend what comes to light with it: Mend the one. Mend the other."


def test_what_was_only_a_question_is_bought_by_no_fix():
    """With one package of the instance in the program it is certain that the others are not there; they may stand elsewhere."""
    world = two().attach("eu-central-1", "office").standing().package("China", "North-America", 10, "package", attached=False)
    found = report_of([world.records()], world.options())["findings"]

    assert {item["verdict"] for item in found if item["rule"] == "CEN201"} == {"undetermined"}
    bought = [edit for item in found for edit in item["fix"]["edits"] if edit.get("type") == tokens.PACKAGE]
    assert not bought
