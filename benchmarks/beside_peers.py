"""One rule beside the engines that people write such rules for: packages that are attached to nothing (CEN203).

Open Policy Agent is measured by regorus, its published binding for Python, with the rule written as an index and not as a
walk over all pairs; Checkov by a graph check on the plan. Each has an environment of its own, made on the first run, and
each must find exactly the packages that the estate has.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.processes import ROOT, Work, beside, check_of, compared, python_with

HERE = ROOT / "benchmarks" / "peers"
REGORUS = "celine-regorus==0.9.1.post20260227075446"
CHECKOV = "checkov==3.3.30"
RULE = "CEN203"
Row = tuple[str, str, str]


def rows(preview: Path, smaller: Path, runs: int) -> Iterator[Row]:
    """The rows; `smaller` is a plan of 1,000 attachments, since Checkov takes minutes for the larger one."""
    alone, everything = check_of(preview, "--select", RULE, "--format", "json"), check_of(preview, "--format", "json")
    python = python_with(".venv-regorus", REGORUS)
    rego = Work([python, str(HERE / "regorus_alone.py"), str(HERE / "unattached.rego"), str(preview)])
    known = sorted(_ours(alone))
    found = sorted(item.rpartition("::")[2] for item in json.loads(_said(rego)))
    _same("regorus", found, known)
    costs = beside({"alone": alone, "all": everything, "rego": rego}, runs)
    yield "one rule of ours : OPA (regorus), the same rule, indexed, time", compared(costs["alone"], costs["rego"]), "1.0"
    yield "every rule : OPA (regorus), one rule, time", compared(costs["all"], costs["rego"]), "0.33"
    ours = check_of(smaller, "--format", "json")
    checkov = Work(
        [
            str(Path(python_with(".venv-checkov", CHECKOV)).parent / "checkov"),
            *("-f", str(smaller), "--external-checks-dir", str(HERE), "-c", "CKV2_CEN_203", "--framework", "terraform_plan"),
            *("-o", "json", "--quiet", "--compact", "--skip-download"),
        ],
        ROOT,
        (0, 1),
    )
    failed = json.loads(_said(checkov))["results"]["failed_checks"]
    _same("Checkov", sorted(item["resource"].rpartition(".")[2] for item in failed), sorted(_ours(ours)))
    costs = beside({"ours": ours, "checkov": checkov}, 1)
    yield (
        "Checkov with one check : every rule of ours, 1,000 attachments, time",
        compared(costs["checkov"], costs["ours"]),
        "300 at 10,000",
    )


def _ours(work: Work) -> list[str]:
    return [item["resource"] for item in json.loads(_said(work))["findings"] if item["rule"] == RULE]


def _said(work: Work) -> bytes:
    done = subprocess.run(work.command, cwd=work.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode not in work.allowed:
        raise SystemExit(f"{work.command[0]} ended with status {done.returncode}")
    return done.stdout


def _same(who: str, found: list[str], known: list[str]) -> None:
    if found != known or not known:
        sys.exit(f"{who} finds {len(found)} packages that are attached to nothing, and {len(known)} were expected")
