"""Whether the fixes of a report hold: all edits at once, judged again."""

import json

from msgspec import structs

from cenguard.findings.fix import from_json
from cenguard.judging.check import check
from cenguard.judging.edited import edited
from cenguard.reports.json import render
from cenguard.testing.edits import edits_of


def covered(report):
    """Fingerprints of the findings that have edits, or fall with one that has."""
    return {item["fingerprint"] for item in report["findings"] if item["fix"] and (item["fix"]["edits"] or item["fix"]["with"])}


def mandatory(report):
    """Fingerprints of what is mandatory and certain, the tool's own aside."""
    return {
        item["fingerprint"]
        for item in report["findings"]
        if item["level"] == "mandatory" and item["verdict"] == "violated" and not item["rule"].startswith("CEN9")
    }


def report_of(sources, options):
    """The JSON report."""
    return json.loads(render(check(sources, options)))


def assert_holds(sources, options):
    """Apply all edits of the report to the records, and judge them again."""
    before = report_of(sources, options)
    edits = [from_json(edit) for edit in edits_of(before)]
    if edits:
        assert_mended(before, report_of(edited(sources, edits), options))
    return before


def assert_mended(before, after):
    """Every finding that had edits is gone, and nothing new is mandatory."""
    said = {item["fingerprint"]: f"{item['rule']} {item['resource']}: {item['message']}" for item in after["findings"]}
    assert not [said[name] for name in covered(before) if name in said]
    loud = {item["fingerprint"] for item in before["findings"] if item["level"] == "mandatory"}
    new = [
        said[item["fingerprint"]]
        for item in after["findings"]
        if item["level"] == "mandatory" and item["fingerprint"] not in loud
    ]
    assert not new


def edits_by(world, rule):
    """The edits of what one rule says of a world."""
    return edits_of(report_of([world.records()], structs.replace(world.options(), select=(rule.code,))))


PEER_IN_TABLES = [
    "TransitRouterPeerAttachment",
    *["TransitRouterRouteTableAssociation", "TransitRouterRouteTablePropagation"] * 2,
]
"""What a fix adds where a peer is missing: it, and what routes it at both of its ends."""


def types_by(world, rule):
    """Short types of what the edits of one rule add."""
    return [edit["type"].rpartition(":")[2] for edit in edits_by(world, rule) if edit["op"] == "add"]
