"""The JSON report of an audit: the contract that scripts hold on to (`docs/audit.schema.json`)."""

import msgspec

from cenguard.findings.audited import Audit
from cenguard.text.printable import printable_json


def render(audit: Audit) -> str:
    """The report as JSON text, keys in the contract's order."""
    return printable_json(msgspec.json.format(msgspec.json.encode(audit.report), indent=2).decode()) + "\n"
