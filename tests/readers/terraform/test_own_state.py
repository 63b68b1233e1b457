"""A plan beside a state: the one that it starts from says nothing more, and any other is refused."""

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from tests.readers.terraform.documents import RECORDINGS

FOLDER = RECORDINGS / "terraform-change-remove-package"
PLAN = (FOLDER / "plan.json").read_bytes()
STATE = (FOLDER / "terraform-before.tfstate").read_bytes()
ANOTHER = STATE.replace(b'"id": "cenbwp-', b'"id": "cenbwp-x')
"""The state of another moment: its packages have other ids."""


def together(*documents, name="net"):
    """Documents as one input: a plan is `plan.json`, a state `state`."""
    called = {PLAN: "plan.json", STATE: "state", ANOTHER: "another"}
    return merge([read_document(content, called[content], name) for content in documents])


@pytest.mark.parametrize("documents", [(PLAN, STATE), (STATE, PLAN)])
def test_its_own_state_adds_nothing(documents):
    assert [source.path for source in together(*documents)] == ["plan.json"]


@pytest.mark.parametrize(
    ("documents", "name", "said"),
    [
        (
            (PLAN, ANOTHER),
            "net",
            r"another: is not the state that plan.json starts from: they differ in china_us; the plan alone",
        ),
        (
            (ANOTHER, PLAN),
            "net",
            r"another: is not the state that plan.json starts from: they differ in china_us; the plan alone",
        ),
        ((PLAN, PLAN), "net", r"plan.json: is called net, as plan.json is: .* else name them"),
        ((PLAN, ANOTHER), "", r"another: has no name, and neither has plan.json: .* else name them"),
    ],
)
def test_any_other_is_refused(documents, name, said):
    with pytest.raises(UnreadableInput, match=said):
        together(*documents, name=name)
