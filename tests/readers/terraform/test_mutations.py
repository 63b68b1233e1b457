"""Terraform documents that were damaged: read, or refused in one line, and nothing of a secret anywhere."""

import json
import random
from copy import deepcopy

import pytest

from cenguard.errors import CenguardError
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.reports.formats import render
from tests.readers.terraform.documents import RECORDINGS
from tests.readers.test_mutations import VALUES, places

DOCUMENTS = (
    "tofu-sensitive/plan.json",
    "tofu-sensitive/state.json",
    "terraform-sensitive/terraform.tfstate",
    "terraform-change-areas/plan.json",
    "tofu-module-for-each/plan.json",
    "tofu-refresh-only/plan.json",
    "terraform-forget-package/plan.json",
)
EACH = 32
SECRETS = ("cenbwp-h27kpvqclli3vqcpuq", "hush-hush")


def damaged(content, rng):
    """One document with something cut, replaced, or put in."""
    kind = rng.randrange(4)
    if kind == 0:
        return content[: rng.randrange(len(content))]
    if kind == 1:
        start = rng.randrange(len(content))
        return content[:start] + bytes(rng.randrange(256) for _ in range(4)) + content[start + 4 :]
    document = json.loads(content)
    everywhere = list(places(document))[1:]
    for _ in range(rng.randrange(1, 4)):
        path = rng.choice(everywhere)
        holder = document
        try:
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = deepcopy(rng.choice(VALUES))
        except (TypeError, LookupError):  # a place that the damage before has taken away
            continue
    return json.dumps(document).encode()


def with_secret(content):
    """The document with a value that no output may show, under a mark of a secret and among the variables."""
    document = json.loads(content)
    for entry in document.get("resource_changes", ()):
        change = entry["change"]
        for key in ("after", "before"):
            if isinstance(change.get(key), dict):
                change[key]["description"] = "hush-hush"
                change[f"{key}_sensitive"] = {**(change.get(f"{key}_sensitive") or {}), "description": True}
    document.setdefault("variables", {})["token"] = {"value": "hush-hush"}
    return json.dumps(document).encode()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_damaged_documents_are_read_or_refused(name):
    content = (RECORDINGS / name).read_bytes()
    content = with_secret(content) if name.endswith("plan.json") else content
    rng = random.Random(name)
    refused = 0
    for number in range(EACH):
        given = damaged(content, rng)
        try:
            report = check([read_document(given, "document")], Options())
        except CenguardError as error:
            refused += 1
            assert "\n" not in str(error)  # noqa: PT017 - most are read, some are refused
            assert "hush" not in str(error)  # noqa: PT017
            continue
        assert "CEN901" not in {item.rule for item in report.findings}, [item.because for item in report.findings]
        if number % 4 == 0:
            for form in ("human", "json", "sarif"):
                assert "hush" not in render(report, form)
    assert 0 < refused < EACH


@pytest.mark.parametrize("name", DOCUMENTS)
def test_deep_nesting_is_refused(name):
    content = (RECORDINGS / name).read_bytes()
    deep = b'{"deep": ' + b"[" * 100_000 + b"]" * 100_000 + b", "
    given = content.replace(b'"id":', b'"deep": ' + deep[9:-2] + b', "id":', 1)
    if given == content:
        pytest.skip("holds no id")

    with pytest.raises(CenguardError, match=r"is not whole JSON|is no|nested"):
        read_document(given, "document")
