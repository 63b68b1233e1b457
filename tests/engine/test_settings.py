"""Settings, waivers and the engine's policy configuration inside the real engine, where there is one on PATH.

`pulumi policy analyze --file` needs no program, no provider and no login.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXPORT = ROOT / "tests" / "recordings" / "basic-create" / "export-after-up.json"
PULUMI = shutil.which("pulumi")
PAIRS = {"pairs": [{"regions": ["cn-beijing", "us-west-1"], "min_mbps": 10}]}

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(PULUMI is None, reason="no pulumi executable on PATH; the recordings stand for the engine"),
]


@pytest.fixture
def analyze(tmp_path):
    """Run the pack over an export, with a settings file and a policy configuration."""
    pack = tmp_path / "policy_pack"
    shutil.copytree(ROOT / "policy_pack", pack)
    manifest = pack / "PulumiPolicy.yaml"
    manifest.write_text(re.sub(r"virtualenv: .*", f"virtualenv: {sys.prefix}", manifest.read_text()))

    def run(settings="", config=None):
        (tmp_path / "cenguard.toml").write_text(settings)
        (tmp_path / "config.json").write_text(json.dumps(config or {}))
        done = subprocess.run(
            [
                *(PULUMI, "policy", "analyze", "--policy-pack", str(pack), "--file", str(EXPORT), "--json"),
                *(("--policy-pack-config", str(tmp_path / "config.json")) if config else ()),
            ],
            cwd=tmp_path,
            env={
                **os.environ,
                "PULUMI_HOME": str(tmp_path / "home"),
                "PULUMI_SKIP_UPDATE_CHECK": "true",
                "PYTHONPATH": str(ROOT),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        said = [line["policyEvent"] for line in lines if "policyEvent" in line]
        return {(re.search(r"CEN\d{3}", item["message"])[0], item["enforcementLevel"]) for item in said}, done

    return run


def test_an_option_of_the_settings(analyze):
    found, done = analyze(
        f"[rules.required-pair-unmet]\nrequire = {{pairs = [{{regions = {PAIRS['pairs'][0]['regions']}, min_mbps = 10}}]}}\n"
    )

    assert ("CEN219", "mandatory") in found
    assert done.returncode == 1


def test_the_policy_configuration_wins(analyze):
    found, done = analyze(
        '[rules.required-pair-unmet]\nlevel = "mandatory"\n',
        {"required-pair-unmet": {"enforcementLevel": "advisory", "require": PAIRS}, "missing-bandwith-package": "advisory"},
    )

    assert {("CEN219", "advisory"), ("CEN905", "advisory")} <= found
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"required-pair-unmet": {"require": 5}}, "required-pair-unmet: require"),
        ({"missing-tag": {"tags": {"team": "("}}}, "missing-tag: tags.team"),
    ],
)
def test_the_engine_itself_refuses_a_wrong_value(analyze, config, said):
    _, done = analyze("", {name: {"enforcementLevel": "advisory", **entry} for name, entry in config.items()})

    assert done.returncode == 1
    assert said in done.stdout + done.stderr


def test_what_is_waived_is_an_information_line(analyze):
    tags = '[rules.missing-tag]\nlevel = "mandatory"\ntags = {team = ""}\n'
    loud, _ = analyze(tags)
    found, done = analyze(tags + '[[waiver]]\nrule = "CEN503"\nreason = "old"\nowner = "net"\nexpires = 2999-01-01\n')

    assert ("CEN503", "mandatory") in loud
    assert "CEN503" not in {code for code, _ in found}
    assert done.returncode == 0
    assert "is waived by net, until 2999-01-01: old" in done.stdout + done.stderr


def test_settings_that_are_not_understood_stop_the_pack_in_one_line(analyze):
    _, done = analyze("shred = 1\n")

    assert done.returncode
    assert "line 1, shred: is not a key of this file; did you mean shared?" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
