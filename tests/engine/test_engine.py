"""With the real engine, where there is one on PATH: its documents, and the pack inside `pulumi preview`.

The other tests drive the real SDK with a monitor of ours and replay recorded requests; these hold both against the engine.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.program.reader import read_program
from cenguard.readers.sources import read_document

ROOT = Path(__file__).parents[2]
EXAMPLES = (
    "same-region",
    "missing-package",
    "mis-area-package",
    "hub-and-spoke",
    "overcommitted",
    "enterprise-peer-without-package",
)
PULUMI = shutil.which("pulumi")

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(PULUMI is None, reason="no pulumi executable on PATH; the recordings stand for the engine"),
]


class Stack:
    """One example as a stack of a file backend, in a folder of its own; a preview of new resources calls no cloud."""

    def __init__(self, folder, example):
        self.project = folder / "project"
        # Without the settings of an example: the verdicts that these are compared with know none.
        shutil.copytree(ROOT / "examples" / example, self.project, ignore=shutil.ignore_patterns("cenguard.toml"))
        text = (self.project / "Pulumi.yaml").read_text()
        (self.project / "Pulumi.yaml").write_text(re.sub(r"virtualenv: .*", f"virtualenv: {sys.prefix}", text))
        (folder / "state").mkdir()
        self.environment = {
            **os.environ,
            "PULUMI_BACKEND_URL": f"file://{folder / 'state'}",
            "PULUMI_CONFIG_PASSPHRASE": "",
            "PULUMI_SKIP_UPDATE_CHECK": "true",
            "PULUMI_DEBUG_COMMANDS": "true",
            "ALICLOUD_ACCESS_KEY": "dummy",
            "ALICLOUD_SECRET_KEY": "dummy",
            "PYTHONPATH": str(ROOT),
        }
        self.environment.pop("ALICLOUD_REGION", None)
        done = self.pulumi("stack", "init", "dev")
        assert done.returncode == 0, done.stderr

    def pulumi(self, *arguments):
        command = [PULUMI, *arguments, "--non-interactive"]
        return subprocess.run(
            command, cwd=self.project, env=self.environment, capture_output=True, text=True, check=False, timeout=300
        )

    def preview(self, *arguments):
        done = self.pulumi("preview", "--stack", "dev", *arguments)
        if "no resource plugin" in done.stderr + done.stdout:
            pytest.skip("the engine is here, and the alicloud plugin is not")
        return done


def keys(findings):
    return {(item.rule, item.verdict, item.level, item.urn or "") for item in findings}


@pytest.fixture(scope="module", params=EXAMPLES)
def stack(request, tmp_path_factory):
    return request.param, Stack(tmp_path_factory.mktemp(request.param), request.param)


def test_the_engines_document_and_its_plan_give_what_the_program_gives(stack, tmp_path):
    name, engine = stack
    document = engine.preview("--json", "--show-sames", "--save-plan", str(tmp_path / "plan.json")).stdout
    program = check([read_program(ROOT / "examples" / name, stack=None, config={}, stack_outputs={})], Options())
    report = check([read_document(document.encode(), "preview.json")], Options())

    assert keys(report.findings) == keys(program.findings)
    assert [item.location for item in report.findings] == [item.location for item in program.findings]
    plan = check([read_document((tmp_path / "plan.json").read_bytes(), "plan.json")], Options())
    assert keys(plan.findings) == keys(program.findings)


def test_the_pack_inside_the_engine_gives_what_the_program_gives(stack, tmp_path):
    name, engine = stack
    events = tmp_path / "events"
    done = engine.preview("--policy-pack", str(ROOT / "policy_pack"), "--event-log", str(events))
    program = check([read_program(ROOT / "examples" / name, stack=None, config={}, stack_outputs={})], Options())
    said = [event["policyEvent"] for line in events.read_text().splitlines() if "policyEvent" in (event := json.loads(line))]
    found = {
        (
            re.search(r"CEN\d{3}", item["message"])[0],
            "undetermined" if item["policyName"] == "undetermined" else "violated",
            item["enforcementLevel"],
            item["resourceUrn"],
        )
        for item in said
    }

    assert found == keys(program.findings)
    assert len(said) == len(program.findings), "each finding is said once"
    assert done.returncode == (1 if any(item.level == "mandatory" for item in program.findings) else 0)
