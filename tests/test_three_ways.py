"""One program, three ways in: its folder, the engine's preview document, and the engine's calls to the pack.

The findings are equal wherever the input carries the value; where it does not they are undetermined, never silent.
"""

import json
import shutil

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.program.reader import read_program
from cenguard.readers.sources import read_source
from tests.pack.engine import ROOT, start
from tests.rules.states import OF_STATES

RECORDINGS = ROOT / "tests" / "recordings"
SCENARIOS = sorted(path.parent.name for path in RECORDINGS.glob("*/program.py") if path.with_name("preview.json").exists())
pytestmark = pytest.mark.usefixtures("warm")


def keys(report):
    """What it says, but for the rules that hang on an old state: a folder has none, and counts as new."""
    return {(item.rule, item.verdict, item.level, item.urn or "") for item in report.findings if item.rule not in OF_STATES}


def as_project(folder, tmp_path):
    """The recorded program as a project folder, with the configuration its document shows."""
    shutil.copy(folder / "program.py", tmp_path / "__main__.py")
    config = json.loads((folder / "preview.json").read_text()).get("config", {})
    values = {key: {"secure": "AAABAAAA"} if value == "[secret]" else value for key, value in config.items()}
    (tmp_path / "Pulumi.yaml").write_text("name: network\nruntime: python\n")
    (tmp_path / "Pulumi.dev.yaml").write_text(json.dumps({"config": values}))
    return tmp_path


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_project_folder_and_the_engines_document_give_the_same_findings(scenario, tmp_path):
    """
    A standing resource is new to a folder, which has no state: only what foresees a refusal could differ.

    None of the recorded programs is unordered or names a region that does not exist, so nothing differs.
    """
    folder = RECORDINGS / scenario
    program = read_program(as_project(folder, tmp_path), stack="dev", config={}, stack_outputs={})
    document = read_source(str(folder / "preview.json"))

    assert keys(check([document], Options())) == keys(check([program], Options()))


@pytest.mark.parametrize("scenario", ["basic-delete-package", "basic-replace-package", "external-package", "component-create"])
def test_the_line_is_the_users_own_in_both(scenario, tmp_path):
    folder = RECORDINGS / scenario
    program = check([read_program(as_project(folder, tmp_path), stack="dev", config={}, stack_outputs={})], Options())
    document = check([read_source(str(folder / "preview.json"))], Options())
    lines = [
        {
            (item.rule, item.urn, item.location and (item.location.path.replace("program.py", "__main__.py"), item.location.line))
            for item in report.findings
            if item.rule not in OF_STATES
        }
        for report in (program, document)
    ]

    assert lines[0] == lines[1]


def test_a_stack_reference_is_answered_by_an_inventory_or_left_open(tmp_path):
    folder = as_project(RECORDINGS / "stack-reference", tmp_path)
    left_open = check([read_program(folder, stack="dev", config={}, stack_outputs={})], Options())
    outputs = {"organization/owner/dev": {"cenId": "cen-khdj2iaw6h1j74hvv8"}}
    answered = check([read_program(folder, stack="dev", config={}, stack_outputs=outputs)], Options())

    assert [(rule, verdict) for rule, verdict, *_ in keys(left_open)] == [("CEN201", "undetermined")]
    assert "output of stack organization/owner/dev" in next(item.message for item in left_open.findings if item.rule == "CEN201")
    assert "cen-khdj2iaw6h1j74hvv8 is not a resource of the input" in next(
        item.message for item in answered.findings if item.rule == "CEN201"
    )


def test_all_of_a_stacks_life_agrees_with_the_engines_calls():
    """The document and the calls of one preview are compared in tests/pack; here the calls of `up`, when ids are known."""
    engine = start()
    engine.replay(RECORDINGS / "enterprise-create" / "analyzer-up.ndjson")
    engine.close()

    assert {(code, level) for code, _, level, _ in engine.found()} == {("CEN320", "advisory"), ("CEN321", "advisory")}
