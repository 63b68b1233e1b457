"""Documents that were damaged or forged: read, or refused in one line, in every kind and every format."""

import json
import random
from copy import deepcopy

import pytest

from cenguard.check import Options, check, network_of
from cenguard.errors import CenguardError
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from cenguard.regional_map import map_of
from cenguard.reports.formats import FORMATS, render
from cenguard.reports.map import FORMS
from cenguard.reports.map import render as render_map
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
