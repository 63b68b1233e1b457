"""What the tests of Terraform documents share: recordings, changed copies of them, and reports."""

import json
from pathlib import Path

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document

RECORDINGS = Path(__file__).parents[2] / "recordings" / "terraform"
FOLDERS = sorted(folder.name for folder in RECORDINGS.iterdir() if folder.is_dir())


def load(folder, name="plan.json"):
    """A recorded document, to be changed."""
    return json.loads((RECORDINGS / folder / name).read_text())


def read(document, name=""):
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return read_document(content, "plan.json", name)


def recorded(folder, file="plan.json", name=""):
    return read_document((RECORDINGS / folder / file).read_bytes(), f"{folder}/{file}", name)


def report_of(document, *, base=None):
    options = Options(base=(base,)) if base is not None else Options()
    return check([document if not isinstance(document, (dict, bytes)) else read(document)], options)


def violated(report, level="mandatory"):
    """Codes of what is certain, at a level, as often as it is found."""
    return sorted(item.rule for item in report.findings if item.verdict == "violated" and item.level == level)


def undetermined(report):
    return sorted({item.rule for item in report.findings if item.verdict == "undetermined"})


def messages(report, rule):
    return " ".join(item.message for item in report.findings if item.rule == rule)


def pairs(report):
    return {pair.regions: (str(pair.disposition), pair.mbps) for pair in report.pairs}


def entry(document, address):
    """The entry of a resource among the changes."""
    return next(item for item in document["resource_changes"] if item["address"] == address)


def configured(document, address):
    """The resource of the root module's program."""
    return next(item for item in document["configuration"]["root_module"]["resources"] if item["address"] == address)
