"""Documents that were damaged or forged: read, or refused in one line, in every kind and every format."""

import json
import random
import re
from copy import deepcopy
from xml.etree import ElementTree as ET

import html5lib
import pytest

from cenguard.errors import CenguardError
from cenguard.judging.check import check, network_of
from cenguard.judging.options import Options
from cenguard.judging.regional_map import map_of
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from cenguard.reports.formats import FORMATS, render
from cenguard.reports.map.document import FORMS
from cenguard.reports.map.document import render as render_map
from tests.readers.documents import RECORDINGS
from tests.reports.samples import HOSTILE

DOCUMENTS = (
    "basic-change-limit/preview.json",
    "basic-replace-package/plan.json",
    "enterprise-create/export-after-up.json",
    "secrets-create/events.ndjson",
)
VALUES = (
    None,
    True,
    -1,
    1e308,
    10**30,
    "",
    HOSTILE,
    [],
    {},
    [[[]]],
    {"a": {"b": []}},
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "[secret]",
)


def places(value, path=()):
    yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(item, (*path, key))


def damaged(content, rng):
    """One document with something cut, replaced, or put in."""
    kind = rng.randrange(4)
    if kind == 0:
        return content[: rng.randrange(len(content))]
    if kind == 1:
        start = rng.randrange(len(content))
        return content[:start] + bytes(rng.randrange(256) for _ in range(4)) + content[start + 4 :]
    lines = content.splitlines() if content.count(b'"sequence"') > 2 else [content]
    index = rng.randrange(len(lines))
    document = json.loads(lines[index])
    for _ in range(rng.randrange(1, 4)):
        path = rng.choice(list(places(document))[1:])
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = deepcopy(rng.choice(VALUES))
        if kind == 3:
            break
    lines[index] = json.dumps(document).encode()
    return b"\n".join(lines)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_damaged_documents_are_read_or_refused(name):
    content = (RECORDINGS / name).read_bytes()
    rng = random.Random(name)
    state = (RECORDINGS / name.partition("/")[0] / "export.json").read_bytes()
    for number in range(125):
        given = damaged(content, rng)
        try:
            records = [read_document(given, "document")]
            if number % 3 == 0:
                records = merge([*records, read_document(state, "export.json")])
            report = check(records, Options())
        except CenguardError as error:
            assert "\n" not in str(error)  # noqa: PT017 - most are read, some are refused
            continue
        assert "CEN901" not in {item.rule for item in report.findings}, [item.because for item in report.findings]
        if number % 5 == 0:
            for form in FORMATS:
                text = render(report, form)
                assert "\x1b" not in text
                assert "<img" not in text or form in ("json", "sarif", "gitlab", "human", "junit", "github")
            for form in FORMS:
                assert "<img" not in render_map(map_of(network_of(records, Options())), form, "t")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_deep_nesting_is_refused(name):
    content = (RECORDINGS / name).read_bytes()
    deep = b"[" * 100_000 + b"]" * 100_000
    given = content
    for key in (b'"inputs":', b'"updates":'):
        given = given.replace(key, key + b' {"deep": ' + deep + b'}, "other":', 1)

    with pytest.raises(CenguardError, match=r"is not whole JSON|is no"):
        read_document(given, "document")


NAMES = {
    "a command of GitHub": "x ##[error]FORGED",
    "a command of Azure": "x ##vso[task.complete result=Succeeded;]FORGED",
    "an eight-bit control": "x\x9b31mFORGED",
    "a line of another kind": "x\u2028::error::FORGED",
    "a next line": "x\x85::error::FORGED",
    "what turns text": "x\u202eFORGED",
    "what is no character": "x\ufffe\uffff\ufdd0FORGED",
    "an escape": "x\x1b]0;FORGED\x07",
}
RAW = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069\\ufdd0-\\ufdef\\ufeff\\ufffe\\uffff]|##[a-z]*\\["
)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("field", ["::core", "::package", "__main__.py", "us-west-1", "urn:pulumi:dev::"])
def test_no_format_passes_a_name_on_raw(field, name):
    """Whoever prints it: a terminal, the log of a CI system, a browser, a reader of XML."""
    content = (RECORDINGS / "basic-replace-package" / "preview.json").read_text("utf-8")
    new = field.replace("dev", "") + name if field.endswith("::") else f"{field}{name}"
    given = content.replace(field, json.dumps(new)[1:-1] + ("::" if field.endswith("::") else ""))
    assert given != content
    records = [read_document(given.encode(), "document.json")]
    report = check(records, Options())
    texts = {form: render(report, form) for form in FORMATS}
    texts |= {f"map.{form}": render_map(map_of(network_of(records, Options())), form, "t") for form in FORMS}

    assert "FORGED" in texts["json"] or field == "__main__.py"  # a number stands after the last # of a place
    for form, text in texts.items():
        assert not RAW.search(text), form
    for form in ("json", "sarif", "gitlab"):
        json.loads(texts[form])
    for form in ("junit", "map.svg"):
        ET.fromstring(texts[form].removeprefix("<?xml version='1.0' encoding='utf-8'?>"))
    for form in ("html", "map.html"):
        html5lib.HTMLParser(strict=True).parse(texts[form])


def test_json_says_what_a_name_really_is():
    """It is escaped as JSON escapes: whoever reads the report finds the resource by it."""
    content = (RECORDINGS / "basic-replace-package" / "preview.json").read_text("utf-8")
    name = NAMES["a command of GitHub"] + NAMES["an eight-bit control"]
    given = content.replace("::core", "::core" + json.dumps(name)[1:-1])
    report = json.loads(render(check([read_document(given.encode(), "document.json")], Options()), "json"))

    assert any((item["urn"] or "").endswith(f"::core{name}") for item in report["findings"])


def test_a_stack_trace_that_is_no_text_costs_only_the_line():
    """It is decoded for findings alone, after everything else."""
    content = (RECORDINGS / "basic-replace-package" / "preview.json").read_bytes()
    frame = b"pulumi/runtime/stack.py"
    *head, _ = content.split(frame, 6)  # those of the stack itself are read at once
    start = len(frame.join(head))
    given = content[:start] + content[start:].replace(frame, b"pulumi/runtime/st\xf4n9.py")
    assert given != content
    report = check([read_document(given, "document.json")], Options())

    assert report.findings
    assert {item.location.line for item in report.findings if item.location} == {
        item.location.line for item in check([read_document(content, "document.json")], Options()).findings if item.location
    }


def test_two_resources_of_one_address():
    """No engine writes it; whoever does gets a report."""
    document = json.loads((RECORDINGS / "basic-create" / "preview.json").read_text("utf-8"))
    urns = [step["urn"] for step in document["steps"]]
    (package,) = [index for index, urn in enumerate(urns) if urn.endswith("::package")]
    document["steps"][package]["newState"]["urn"] = next(urn for urn in urns if urn.endswith("::bound"))
    report = check([read_document(json.dumps(document).encode(), "document.json")], Options())

    assert report.purchases == ()
    assert report.findings
