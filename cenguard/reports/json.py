"""The JSON report: the contract that scripts hold on to (`docs/report.schema.json`)."""

import msgspec

from cenguard.reports.model import Report


def render(report: Report) -> str:
    """The report as JSON text, keys in the contract's order."""
    document = msgspec.to_builtins(msgspec.structs.replace(report, blockers=None), builtin_types=())
    document.pop("blockers", None)
    order = ("schema", "cenguard", "catalogue", "sources", "summary", "pairs", "purchases", "fixed", "findings")
    return msgspec.json.format(msgspec.json.encode({key: document[key] for key in order}), indent=2).decode() + "\n"
