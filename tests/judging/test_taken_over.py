"""What one stack lets go and another one takes over only moves: nothing is cut off, and nothing is left to nobody."""

import json
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document

RECORDINGS = Path(__file__).parents[1] / "recordings"


def is_of(urn, name):
    return urn.endswith(f"::{name}")


def without_edges(state, urn):
    """A state in which nothing comes from a resource any more: its id is written as a text."""
    edges = {key: [item for item in urns if item != urn] for key, urns in state.get("propertyDependencies", {}).items()}
    return {
        **state,
        "dependencies": [item for item in state.get("dependencies", []) if item != urn],
        "propertyDependencies": edges,
    }


def letting_go(name):
    """The preview of a program that a resource left, which the cloud keeps."""
    preview = json.loads((RECORDINGS / "basic-unchanged" / "preview.json").read_text())
    (left,) = [item["urn"] for item in preview["steps"] if is_of(item["urn"], name)]
    steps = []
    for step in preview["steps"]:
        if step["urn"] == left:
            old = {**step["oldState"], "retainOnDelete": True}
            steps.append({key: step[key] for key in step if key != "newState"} | {"op": "delete", "oldState": old})
        else:
            steps.append({**step, "newState": without_edges(step["newState"], left)})
    return {**preview, "steps": steps, "changeSummary": {"same": len(steps) - 1, "delete": 1}}


def holding(name, project):
    """The state of another stack that has taken the resource over."""
    export = json.loads((RECORDINGS / "basic-unchanged" / "export.json").read_text())
    resources = export["deployment"]["resources"]
    export["deployment"]["resources"] = [
        item for item in resources if item["type"].startswith("pulumi:") or is_of(item["urn"], name)
    ]
    return json.loads(json.dumps(export).replace("::network::", f"::{project}::"))


def judged(*documents):
    return check([read_document(json.dumps(item).encode(), f"{at}.json") for at, item in enumerate(documents)], Options())


@pytest.mark.parametrize("project", ["another", "zz"])
def test_an_instance_that_another_stack_takes_over_keeps_its_pairs(project):
    alone = judged(letting_go("core"))

    report = judged(letting_go("core"), holding("core", project))

    (pair,) = report.pairs
    assert (pair.regions, pair.disposition, pair.mbps, pair.mbps_before) == (("cn-beijing", "us-west-1"), "funded", 4, 4)
    assert report.cuts == alone.cuts == ()
    assert [item.rule for item in report.findings] == []


@pytest.mark.parametrize("project", ["another", "zz"])
def test_a_package_that_another_stack_takes_over_is_managed_there(project):
    assert [item.rule for item in judged(letting_go("package")).findings] == ["CEN414"]

    report = judged(letting_go("package"), holding("package", project))

    assert [item.rule for item in report.findings if item.rule != "CEN406"] == []
    assert [(item.disposition, item.mbps, item.mbps_before) for item in report.pairs] == [("funded", 4, 4)]
