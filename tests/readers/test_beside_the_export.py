"""A preview or plan of Pulumi beside the stack's export: what shows that the two are of one moment, and what an interrupted update left."""

import copy
import json
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from cenguard.resources.records import Change

RECORDINGS = Path(__file__).parents[1] / "recordings"
BOTH = pytest.mark.parametrize("change", ["preview-default.json", "plan.json"])


def together(folder, change, alter=lambda deployment: None):
    """The two documents as one source; `alter` changes the export."""
    export = copy.deepcopy(json.loads((RECORDINGS / folder / "export.json").read_text()))
    alter(export["deployment"])
    (source,) = merge(
        [
            read_document((RECORDINGS / folder / change).read_bytes(), change),
            read_document(json.dumps(export).encode(), "export.json"),
        ]
    )
    return source


def of(deployment, name):
    return next(item for item in deployment["resources"] if item["urn"].endswith(f"::{name}"))


def without(name):
    return lambda deployment: deployment["resources"].remove(of(deployment, name))


def with_another(name):
    return lambda deployment: of(deployment, name).update(id="cenbwp-another")


@pytest.mark.parametrize(
    ("folder", "change", "alter"),
    [
        ("basic-delete-package", "preview-default.json", without("package")),
        ("basic-delete-package", "preview-default.json", with_another("package")),
        ("basic-delete-package", "plan.json", without("package")),
        ("basic-replace-package", "preview-default.json", without("package")),
        ("basic-replace-package", "preview-default.json", with_another("package")),
        ("basic-replace-package", "plan.json", without("package")),
        ("basic-unchanged", "plan.json", with_another("package")),
    ],
)
def test_an_export_of_another_moment_is_refused(folder, change, alter):
    with pytest.raises(
        UnreadableInput, match=r"is not the state that .* starts from: they differ in package; export the stack again"
    ):
        together(folder, change, alter)


@BOTH
def test_the_replacement_of_what_is_deleted_already_is_a_creation(change):
    source = together(
        "basic-replace-package", change, lambda deployment: of(deployment, "package").update(pendingReplacement=True)
    )
    (package,) = (item for item in source.resources if item.name == "package")

    assert (package.change, package.id, package.before) == (Change.CREATE, None, None)
    assert package.inputs["bandwidth"] == 5
    assert any("package is deleted already" in note for note in source.notes)


@BOTH
@pytest.mark.parametrize(("name", "open_still"), [("att-bj", True), ("bound", False)])
def test_a_run_that_was_killed_leaves_open_what_the_update_does_not_set(change, name, open_still):
    def killed(deployment):
        deployment["pending_operations"] = [{"resource": of(deployment, name), "type": "updating"}]

    source = together("basic-replace-package", change, killed)

    assert [item.name for item in source.uncertain] == [name] * open_still
