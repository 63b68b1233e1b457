"""Every recorded document of every road has the answer that its network deserves, and the same network has the same one."""

import datetime as dt
import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from cenguard.judging.check import check, exit_status
from cenguard.judging.options import Options
from cenguard.pack.service import Analyzer
from cenguard.readers.sources import read_estate
from tests.pack.engine import LEVELS, parsed

ROADS = Path(__file__).parents[1] / "recordings" / "roads"
OPTIONS = Options(today=dt.date(2026, 11, 28))
CONNECTED, CUT_OFF, MIS_AREA = set(), {"CEN201"}, {"CEN201", "CEN202", "CEN207"}

PLANNED = {
    "basic-create": (CONNECTED, {"funded": 2, "no_package": 1}),
    "basic-no-package": (CUT_OFF, {"funded": 1, "no_package": 2}),
    "misarea": (MIS_AREA, {"wrong_area": 1}),
    "enterprise": (CONNECTED, {"funded": 1, "pay_by_traffic": 1, "no_package": 1}),
    "component-loop": (CONNECTED, {"funded": 2, "no_package": 1}),
    "change-areas": ({*MIS_AREA, "CEN404", "CEN408"}, {"funded": 1, "no_package": 2}),
    "change-remove-package": ({"CEN201", "CEN408"}, {"funded": 1, "no_package": 2}),
    "go-misarea": (MIS_AREA, {"funded": 1, "no_package": 2}),
    "hcl-data-deferred": (CONNECTED, {}),
    "hcl-default-provider": (CUT_OFF, {"no_package": 1}),
    "hcl-env-region": (CONNECTED, {}),
    "hcl-hongkong-misarea": ({"CEN201", "CEN202"}, {"wrong_area": 1}),
    "hcl-module-depends-on": (CONNECTED, {"funded": 1}),
    "hcl-module-for-each": (CONNECTED, {"funded": 2, "no_package": 1}),
    "hcl-module-from-python": (CONNECTED, {"funded": 1}),
    "hcl-module-from-yaml": (CONNECTED, {"funded": 1}),
    "hcl-modules-create": (CONNECTED, {"funded": 2, "no_package": 1}),
    "hcl-new-names": ({"CEN904"}, {}),
    "hcl-new-names-v2": ({"CEN904"}, {}),
    "hcl-new-names-autonaming-off": (CONNECTED, {}),
    "hcl-no-requirement": (CONNECTED, {}),
    "hcl-odd-keys": (CONNECTED, {}),
    "hcl-outside": (CONNECTED, {}),
    "hcl-peers-create": (CONNECTED, {"funded": 1, "pay_by_traffic": 1}),
    "hcl-peers-v2": (CONNECTED, {"funded": 1, "pay_by_traffic": 1}),
    "hcl-protection": (CONNECTED, {}),
    "hcl-triangle-change-areas": ({"CEN207", "CEN404", "CEN408"}, {"funded": 2, "no_package": 1}),
    "hcl-triangle-change-limit": ({"CEN208"}, {"funded": 2, "overdrawn": 1}),
    "hcl-triangle-create": (CONNECTED, {"funded": 3}),
    "hcl-triangle-moved": (CONNECTED, {"funded": 3}),
    "hcl-triangle-native": (CONNECTED, {"funded": 3}),
    "hcl-triangle-no-package": (CUT_OFF, {"no_package": 3}),
    "hcl-triangle-remove-package": ({"CEN408"}, {"funded": 2, "no_package": 1}),
    "hcl-triangle-v2": (CONNECTED, {"funded": 3}),
    "hcl-values": (CONNECTED, {"pay_by_traffic": 1}),
    "hcl-values-v2": (CONNECTED, {"pay_by_traffic": 1}),
    "hcl-zero-bandwidth": ({"CEN305"}, {"broken": 1}),
    "hcl-zero-bandwidth-v2": ({"CEN305"}, {"broken": 1}),
    # the resources of a Terraform module have no edges: which of two packages is attached is not told
    "tfmod-basic-create": (CONNECTED, {"undetermined": 3}),
    "tfmod-change-areas": ({"CEN404"}, {"funded": 1, "undetermined": 2}),
}
"""Mandatory findings and dispositions by folder, else by scenario."""
STANDING = {"hcl-values": {"funded": 1, "pay_by_traffic": 1}, "hcl-values-v2": {"funded": 1, "pay_by_traffic": 1}}
"""Dispositions of what was deployed, where more is known of it."""
STANDING["tfmod-basic-create"] = {"funded": 2, "no_package": 1}
WITHOUT_PACKAGE = ("hcl-default-provider", "hcl-triangle-no-package")
"""States without any package: it may have been bought in the console, so what is cut off is undetermined."""
REFUSED_WHILE_DEPLOYING = ("misarea",)
OF_OLD_STATES = {"CEN404", "CEN408"}
"""Rules that no call answers: it tells no old state."""


def folders(document: str) -> list[str]:
    return sorted(path.parent.name for path in ROADS.glob(f"*/{document}.gz"))


def deserved(folder: str) -> tuple[set[str], dict[str, int]]:
    scenario = next((name for name in PLANNED if folder.endswith(f"-{name}")), folder)
    return PLANNED.get(folder) or PLANNED[scenario]


def report_of(folder: str, *documents: str):
    return check(read_estate([str(ROADS / folder / f"{name}.gz") for name in documents]), OPTIONS)


def mandatory(report) -> set[str]:
    return {item.rule for item in report.findings if item.verdict == "violated" and item.level == "mandatory"}


def dispositions(report) -> dict[str, int]:
    return dict(Counter(str(pair.disposition) for pair in report.pairs))


@pytest.mark.parametrize("folder", folders("preview.json"))
def test_a_preview_has_the_answer_of_its_network(folder):
    wrong, pairs = deserved(folder)
    report = report_of(folder, "preview.json")

    assert mandatory(report) == wrong
    assert dispositions(report) == pairs
    assert exit_status(report, "mandatory") == (2 if "CEN904" in wrong else 1 if wrong else 0)
    assert report.sources[0].cen > 0 or "CEN904" in wrong


@pytest.mark.parametrize("folder", folders("plan.json"))
def test_a_plan_beside_its_export_has_the_answer_of_its_network(folder):
    wrong, pairs = deserved(folder)
    beside = ["export.json"] if folder in folders("export.json") else []
    report = report_of(folder, "plan.json", *beside)

    if folder.startswith("tfmod-"):  # it does not hold what a Terraform module makes
        assert mandatory(report) == {"CEN904"}
        assert exit_status(report, "never") == 2
    elif beside or "change" not in folder:
        assert mandatory(report) == wrong
        assert dispositions(report) == pairs


@pytest.mark.parametrize("document", ["export-after-up.json", "preview-unchanged.json"])
@pytest.mark.parametrize("folder", folders("export-after-up.json"))
def test_what_stands_has_the_answer_of_its_network(folder, document):
    if folder not in folders(document):
        pytest.skip("not recorded")
    wrong, pairs = deserved(folder)
    report = report_of(folder, document)

    if any(name in folder for name in REFUSED_WHILE_DEPLOYING):
        assert {"CEN201"} <= mandatory(report) <= wrong
    elif folder in WITHOUT_PACKAGE:
        assert mandatory(report) == set()
        assert "CEN201" in {item.rule for item in report.findings if item.verdict == "undetermined"}
    else:
        assert mandatory(report) == wrong
        assert dispositions(report) == STANDING.get(folder, pairs)


@pytest.mark.parametrize("folder", folders("events.ndjson"))
def test_an_event_log_is_never_certain_of_more_and_never_silent(folder):
    wrong, _ = deserved(folder)
    report = report_of(folder, "events.ndjson")

    assert mandatory(report) <= wrong
    assert report.sources[0].cen > 0
    if wrong:
        assert report.summary.mandatory or report.summary.undetermined


@pytest.mark.parametrize("folder", folders("analyzer.ndjson"))
def test_the_policy_pack_says_what_the_document_says(folder):
    wrong, _ = deserved(folder)
    pack = Analyzer(OPTIONS, lambda: None)
    said = []
    for line in gzip.decompress((ROADS / folder / "analyzer.ndjson.gz").read_bytes()).splitlines():
        entry = json.loads(line)
        if entry["rpc"] in ("ConfigureStack", "Remediate", "Analyze", "AnalyzeStack"):
            said += getattr(getattr(pack, entry["rpc"])(parsed(entry["rpc"], entry["req"]), None), "diagnostics", ())
    found = {item.message.partition(":")[0] for item in said if LEVELS[item.enforcementLevel] == "mandatory"}

    if folder.endswith("-change-areas") and not folder.startswith("tfmod-"):
        # a limit stands whose package the call does not show: whether it is gone, the preview document tells
        assert found <= wrong
        assert "undetermined" in {item.policyName for item in said}
    else:
        assert found == ({"CEN904"} if folder.startswith("tfmod-") else wrong - OF_OLD_STATES)
