"""A document with anything in it is judged or refused; nothing that somebody else wrote makes us fall over."""

import json
import random
from contextlib import suppress
from pathlib import Path

import pytest

from cenguard.errors import CenguardError, UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.reports.human import render as render_human
from cenguard.reports.json import render
from cenguard.resources.records import UNKNOWN_TEXT

RECORDINGS = Path(__file__).parents[1] / "recordings"
KINDS = ("preview.json", "preview-default.json", "plan.json", "export*.json", "events.ndjson")
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270"}
VALUES = [
    *(None, True, -1, 0, 1.5, 1e300, 10**30),
    *("", "x", "::", "9" * 5000, "-", "١٢", UNKNOWN_TEXT, "[secret]", "urn:pulumi:dev::network::a", "\ud83d"),
    *([], ["x"], [None], [[1]], {}, {"a": {}}, SECRET, {next(iter(SECRET)): ["x"]}),
]  # fmt: skip


def places(value, path=()):
    """The path of every value in a document, but for those of stack traces, which are most of it."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if key != "stackTrace":
            yield from places(item, (*path, key))


def put(value, path, new):
    """The document with another value in one place."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = put(copy[path[0]], path[1:], new)
    return copy


def lines_of(path):
    text = path.read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()] if path.suffix == ".ndjson" else [json.loads(text)]


def judged(content):
    report = check([read_document(content, "document")], Options())
    render(report)
    render_human(report, verbose=True)
    return report


@pytest.mark.parametrize("kind", KINDS)
def test_any_value_in_any_place_is_judged_or_refused(kind):
    chance = random.Random(kind)
    documents = [lines_of(path) for path in sorted(RECORDINGS.glob(f"*/{kind}"))]
    spots = [[path for path in places(document) if len(path) > 1] for document in documents]
    refused = answered = 0
    for _ in range(250):
        index = chance.randrange(len(documents))
        document = documents[index]
        for path in chance.sample(spots[index], 2):
            try:
                document = put(document, path, chance.choice(VALUES))
            except (KeyError, IndexError, TypeError, AttributeError):
                continue  # the first change took the second one's place away
        try:
            report = judged("\n".join(json.dumps(line) for line in document).encode())
        except CenguardError:
            refused += 1
            continue
        answered += 1
        assert not [finding for finding in report.findings if finding.rule == "CEN901"]
    assert refused > 5
    assert answered > 5


def steps(*more, **inputs):
    """A preview of one bandwidth package."""
    urn = "urn:pulumi:dev::net::alicloud:cen/bandwidthPackage:BandwidthPackage::package"
    state = {"urn": urn, "type": "alicloud:cen/bandwidthPackage:BandwidthPackage", "inputs": inputs}
    return json.dumps({"steps": [{"op": "create", "urn": urn, "newState": state}, *more], "changeSummary": {"create": 1}})


@pytest.mark.parametrize(
    "bandwidth",
    ['"' + "9" * 5000 + '"', "9" * 300, "1e308", '"٣"', '" 5 "', '"-"', "[]", "true"],
    ids=["endless text", "endless number", "huge", "other digits", "spaces", "a sign", "a list", "a boolean"],
)
def test_a_bandwidth_that_is_none(bandwidth):
    text = steps(bandwidth=12345, geographicRegionAId="China", geographicRegionBId="Europe").replace("12345", bandwidth)

    assert judged(text.encode()).purchases[0].area_pair == ("China", "Europe")


def test_a_failed_preview_whose_error_says_nothing():
    document = json.loads(steps(bandwidth=5))
    document["diagnostics"] = [{"severity": "error", "message": "", "urn": "urn:pulumi:dev::net::x::y"}]

    (finding,) = (item for item in judged(json.dumps(document).encode()).findings if item.rule == "CEN904")
    assert "the preview failed (without saying why)" in finding.message


@pytest.mark.parametrize("urn", ["", "x", "urn:pulumi:dev", "urn:pulumi:dev::net", "::::::", "urn:pulumi:::::::"])
def test_a_urn_that_is_none(urn):
    judged(steps({"op": "create", "urn": urn, "newState": {"urn": urn, "type": "alicloud:cen/instance:Instance"}}).encode())


def test_one_urn_twice_is_judged_once():
    """The engine refuses such a program; a document that was put together by hand may hold one."""
    document = json.loads(steps(bandwidth=5))
    document["steps"] *= 2

    report = judged(json.dumps(document).encode())
    assert len({(finding.rule, finding.urn) for finding in report.findings}) == len(report.findings)


def nested(depth):
    return steps(bandwidth=12345).replace("12345", "[" * depth + "]" * depth).encode()


@pytest.mark.parametrize("depth", [5_000, 500_000])
def test_a_value_that_is_nested_without_end(depth):
    with pytest.raises(UnreadableInput, match=r"nested too deeply|is not whole JSON"):
        judged(nested(depth))


def test_a_value_that_is_nested_deeply():
    """Some versions of Python go down so far, and others do not: it is no number in either case."""
    with suppress(UnreadableInput):
        assert judged(nested(500)).purchases[0].mbps is None


def test_a_key_that_is_ours_is_not_taken_from_a_document():
    """`locate`, `change` and the like are set by readers; a document that names them means something else."""
    document = json.loads(steps(bandwidth=5))
    state = document["steps"][0]["newState"]
    state.update({"cenguard:locate": "x", "cenguard:change": "same", "cenguard:old": {"bandwidth": 1}, "cenguard:before": 5})
    del document["changeSummary"]["create"]

    assert judged(json.dumps(document).encode()).purchases[0].mbps_before is None
