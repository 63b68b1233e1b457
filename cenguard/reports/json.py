"""The JSON report: the contract that scripts hold on to (`docs/report.schema.json`)."""

from typing import Any

import msgspec

from cenguard.findings.report import Report
from cenguard.text.printable import printable_json


def render(report: Report) -> str:
    """The report as JSON text, keys in the contract's order."""
    document = msgspec.to_builtins(msgspec.structs.replace(report, blockers=None, written=None), builtin_types=())
    document.pop("blockers", None)
    document.pop("absent", None)
    for source in document["sources"]:
        if not source["notes"]:
            del source["notes"]
    for pair in document["pairs"]:
        del pair["full"], pair["no_connection"]
    order = (
        "schema",
        "cenguard",
        "catalogue",
        "sources",
        "summary",
        "pairs",
        "purchases",
        "cuts",
        "traffic",
        "fixed",
        "findings",
    )
    told = {key: document[key] for key in order}
    return json_text(told if report.fixes_complete else {**told, "fixes_complete": False})


def json_text(document: Any) -> str:
    """A document as JSON that people can read and a terminal can show."""
    return printable_json(msgspec.json.format(msgspec.json.encode(document), indent=2).decode()) + "\n"
