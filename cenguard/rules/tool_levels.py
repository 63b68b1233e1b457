"""Levels of what cenguard says of the check itself, as far as settings may change them.

Not among them: a rule that failed (CEN901) has its own exit status, and input that hides resources (CEN904) passes nowhere; in
the policy pack the policy `incomplete-input` has a level.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cenguard.findings import Level


class ToolFinding(NamedTuple):
    """A finding about the check itself that has a level of its own."""

    code: str
    name: str
    level: Level
    """The default; of CEN907 the higher one of two."""


TOOL_FINDINGS: Mapping[str, ToolFinding] = {
    item.code: item
    for item in (
        ToolFinding("CEN902", "expired-waiver", Level.ADVISORY),
        ToolFinding("CEN903", "unused-waiver", Level.ADVISORY),
        ToolFinding("CEN905", "unknown-setting", Level.ADVISORY),
        ToolFinding("CEN906", "expected-instance-missing", Level.MANDATORY),
        ToolFinding("CEN907", "stale-inventory", Level.MANDATORY),
    )
}
