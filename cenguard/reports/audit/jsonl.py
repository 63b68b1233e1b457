"""The report of an audit as one object a line, for whoever takes them as they come."""

from typing import Any

import msgspec

from cenguard.findings.audited import Audit
from cenguard.text.printable import printable_json


def line(record: str, item: Any) -> str:
    """One object of the report as a line, without its end.

    >>> from cenguard.findings.audited import UnreadState
    >>> line("unread", UnreadState("s3://states/a.json", "is empty"))
    '{"record":"unread","url":"s3://states/a.json","reason":"is empty"}'
    """
    content = msgspec.json.encode(item).decode()
    return printable_json(f'{{"record":"{record}",{content[1:]}')


def render(audit: Audit) -> str:
    """All lines, in the report's order."""
    report = audit.report
    items = [
        *(("stack", item) for item in report.stacks),
        *(("unread", item) for item in report.unread),
        *(("instance", item) for item in report.instances),
        *(("package", item) for item in report.packages),
        *(("finding", item) for item in report.findings),
        ("summary", report.summary),
    ]
    return "".join(f"{line(record, item)}\n" for record, item in items)
