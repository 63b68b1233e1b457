"""A line that is taken out of a program and that the provider keeps: nothing changes, and nothing is missing."""

import json

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.resources.kept_values import VPC
from tests.readers.documents import RECORDINGS

PACKAGE, PEER = "BandwidthPackage::package", "PeerAttachment::peer"
LEFT_OUT = [
    ("basic-unchanged", PACKAGE, ("geographicRegionBId",)),
    ("basic-unchanged", PACKAGE, ("geographicRegionAId", "geographicRegionBId")),
    ("basic-unchanged", PACKAGE, ("paymentType",)),
    ("enterprise-unchanged", PEER, ("bandwidthType",)),
]


def take_out(inputs, edges, keys):
    for key in keys:
        del inputs[key]
        (edges or {}).pop(key, None)


def without(document, name, keys, *, stored):
    """A preview whose program says some properties of a resource no more; `stored`: since an earlier update."""
    steps = [step for step in document["steps"] if step["urn"].endswith(name)]
    assert steps
    for step in steps:
        sides = [step["newState"], *([step["oldState"]] if stored else [])]
        for side in sides:
            take_out(side["inputs"], side.get("propertyDependencies"), keys)
    return document


def state_without(document, name, keys):
    (item,) = [item for item in document["deployment"]["resources"] if item["urn"].endswith(name)]
    take_out(item["inputs"], item.get("propertyDependencies"), keys)
    return document


def judged(tmp_path, document, **options):
    path = tmp_path / "document.json"
    path.write_text(json.dumps(document))
    return check(read_estate([str(path)]), Options(**options))


def said(report):
    return [(item.rule, item.verdict, item.level, item.urn) for item in report.findings]


def load(scenario, name):
    return json.loads((RECORDINGS / scenario / name).read_text())


@pytest.mark.parametrize(("scenario", "name", "keys"), LEFT_OUT)
@pytest.mark.parametrize("stored", [False, True])
def test_a_preview_keeps_what_the_program_leaves_out(tmp_path, scenario, name, keys, stored):
    as_it_was = judged(tmp_path, load(scenario, "preview.json"))

    report = judged(tmp_path, without(load(scenario, "preview.json"), name, keys, stored=stored))

    assert said(report) == said(as_it_was)
    assert report.pairs == as_it_was.pairs


@pytest.mark.parametrize(("scenario", "name", "keys"), LEFT_OUT)
def test_so_does_a_state(tmp_path, scenario, name, keys):
    as_it_was = judged(tmp_path, load(scenario, "export.json"))

    report = judged(tmp_path, state_without(load(scenario, "export.json"), name, keys))

    assert said(report) == said(as_it_was)
    assert report.pairs == as_it_was.pairs


def test_what_is_new_keeps_nothing(tmp_path):
    document = load("basic-create", "preview.json")
    for step in document["steps"]:
        if step["urn"].endswith(PACKAGE):
            take_out(step["newState"]["inputs"], step["newState"].get("propertyDependencies"), ("geographicRegionBId",))
            step["newState"].get("outputs", {}).pop("geographicRegionBId", None)

    assert "CEN215" in {item.rule for item in judged(tmp_path, document).findings}


def test_a_purchase_that_ended_in_an_error_is_no_witness(tmp_path):
    document = state_without(load("basic-unchanged", "export.json"), PACKAGE, ("geographicRegionBId",))
    for item in document["deployment"]["resources"]:
        if item["urn"].endswith(PACKAGE):
            item["initErrors"] = ["the service refused it"]

    assert "CEN215" in {item.rule for item in judged(tmp_path, document).findings}


@pytest.mark.parametrize("answer", ["china", "north-america"])
def test_areas_that_the_service_answers_in_small_letters_are_no_misspelling(tmp_path, answer):
    document = state_without(load("basic-unchanged", "export.json"), PACKAGE, ("geographicRegionAId", "geographicRegionBId"))
    for item in document["deployment"]["resources"]:
        if item["urn"].endswith(PACKAGE):
            item["outputs"] |= {
                key: word.lower() for key, word in item["outputs"].items() if str(word).lower() == answer and "Region" in key
            }

    assert {"CEN215", "CEN216"}.isdisjoint(item.rule for item in judged(tmp_path, document).findings)


@pytest.mark.parametrize(
    ("said_now", "codes"),
    [
        ({"geographicRegionBId": None}, set()),
        ({"geographicRegionAId": None, "geographicRegionBId": None}, set()),
        ({"paymentType": None}, set()),
        ({"geographicRegionAId": None, "geographicRegionBId": None, "geographicRegionIds": ["North-America", "China"]}, set()),
        ({"geographicRegionAId": None, "geographicRegionBId": None, "geographicRegionIds": ["Europe", "China"]}, {"CEN404"}),
        ({"geographicRegionAId": "Europe", "geographicRegionBId": None}, {"CEN404", "CEN215"}),
        ({"geographicRegionAId": "North-America", "geographicRegionBId": "China"}, {"CEN404"}),
    ],
)
def test_a_program_against_its_state_is_compared_as_the_provider_compares(tmp_path, said_now, codes):
    """As a program reads: everything is to be made, until the base says what stands."""
    state = tmp_path / "state.json"
    state.write_text(json.dumps(load("basic-unchanged", "export.json")))
    base = read_estate([str(state)])
    (program,) = read_estate([str(RECORDINGS / "basic-create" / "preview.json")])
    for record in program.resources:
        if record.urn.endswith(PACKAGE):
            for key, value in said_now.items():
                record.inputs.pop(key, None)
                if value is not None:
                    record.inputs[key] = value

    report = check([program], Options(base=base))

    assert {item.rule for item in report.findings if item.rule in ("CEN215", "CEN404", "CEN401")} == codes


def test_a_replacement_keeps_nothing_in_a_plan_beside_the_export_either(tmp_path):
    """What the provider answered of the old one is no word of the program about the new one."""
    export = state_without(load("basic-replace-package", "export.json"), PACKAGE, ("paymentType",))
    (package,) = [item for item in export["deployment"]["resources"] if item["urn"].endswith(PACKAGE)]
    package["outputs"] |= {"paymentType": "PrePaid", "chargeType": "PrePaid"}
    plan = load("basic-replace-package", "plan.json")
    (planned,) = [item for urn, item in plan["resourcePlans"].items() if urn.endswith(PACKAGE)]
    take_out(planned["state"], planned["goal"]["propertyDependencies"], ("paymentType",))
    for name, document in (("plan.json", plan), ("export.json", export)):
        (tmp_path / name).write_text(json.dumps(document))

    report = check(read_estate([str(tmp_path / "plan.json"), str(tmp_path / "export.json")]), Options())

    assert "CEN401" in {item.rule for item in report.findings}
    assert [item.payment for item in report.purchases] == [None]


@pytest.mark.parametrize("road", ["export.json", "preview.json"])
def test_a_vpc_that_takes_no_routes_goes_on_so_when_no_line_says_it(tmp_path, road):
    """The provider keeps it: such a VPC was taken for one that takes them."""

    def takes_none(*sides):
        document = load("enterprise-unchanged", road)
        states = document["deployment"]["resources"] if road == "export.json" else document["steps"]
        for item in states:
            for state in (item, item.get("oldState"), item.get("newState")):
                if state and state.get("type", "").endswith(":TransitRouterVpcAttachment"):
                    state["inputs"]["autoPublishRouteEnabled"] = True
                if state and state.get("type") == VPC:
                    for side in sides:
                        state.setdefault(side, {})["systemRouteTableRoutePropagationEnable"] = False
        return [item.because for item in judged(tmp_path, document).findings if item.rule == "CEN320"]

    assert takes_none("outputs") == takes_none("inputs", "outputs") != takes_none()
