"""What Pulumi prints in JSON and what holds no resource: refused by its name, with the command that prints what is needed."""

from mmap import mmap

import msgspec

SUMMARY = frozenset({"result", "duration", "summary"})
"""Keys of what `--output json` prints. Source: pulumi/pulumi pull request 22927."""
RESULTS = frozenset({"succeeded", "failed", "canceled"})
POLICY_EVENTS = (
    "policyEvent",
    "summaryEvent",
    "policyLoadEvent",
    "policyAnalyzeSummaryEvent",
    "policyAnalyzeStackSummaryEvent",
    "policyRemediateSummaryEvent",
)
"""What one line of `policy analyze --json` may hold; the log of an update has them too, beside its resources."""
OF_UPDATES = (b'"preludeEvent"', b'"resourcePreEvent"', b'"resOutputsEvent"')
LARGEST_SUMMARY = 1 << 20


def output_without_resources(content: bytes | mmap) -> str:
    """Why a document is of no use here, and what is; empty where it is another document."""
    return _of_policies(content) or _of_a_summary(content)


def _of_policies(content: bytes | mmap) -> str:
    line = content[:65536].lstrip().partition(b"\n")[0].strip()
    if not any(f'"{name}"'.encode() in line for name in POLICY_EVENTS):
        return ""
    if any(content.find(word) >= 0 for word in OF_UPDATES):
        return ""
    try:
        event = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    if not isinstance(event, dict) or not any(name in event for name in POLICY_EVENTS):
        return ""
    return (
        "is what `pulumi policy analyze --json` prints: findings of a policy pack, and no resources; "
        "give the document that was analysed, such as the one of `pulumi stack export`"
    )


def _of_a_summary(content: bytes | mmap) -> str:
    if len(content) > LARGEST_SUMMARY or b'"result"' not in content[:LARGEST_SUMMARY]:
        return ""
    try:
        document = msgspec.json.decode(content[:])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    if not isinstance(document, dict) or not document.keys() <= SUMMARY or document.get("result") not in RESULTS:
        return ""
    return (
        "is the summary that `--output json` prints: it counts steps and names no resource; "
        "give what `pulumi preview --json --show-sames` prints"
    )
