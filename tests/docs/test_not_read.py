"""The page of what is not read holds the reader's own lists."""

import re

import pytest

from cenguard.resources.type_table import DECIDES_NOTHING, READ, native_type
from tests.docs.blocks import ROOT

PAGE = (ROOT / "docs" / "what-we-do-not-read.md").read_text()


def rows(mark: str) -> dict[str, str]:
    table = PAGE.partition(f"<!-- types: {mark} -->\n")[2].partition("\n\n")[0]
    return dict(re.findall(r"^\| `(\S+)` \| `(\S+)` \|$", table, re.MULTILINE))


@pytest.mark.parametrize(("mark", "types"), [("read", READ), ("decides nothing", DECIDES_NOTHING)])
def test_the_page_lists_the_types_that_the_table_has(mark, types):
    assert rows(mark) == dict(types)
    assert list(rows(mark)) == sorted(types)


def test_every_spelling_on_the_page_is_one_that_is_read():
    roads = PAGE.partition("## Roads")[2].partition("## Types of CEN")[0]
    spelled = {
        name
        for name in re.findall(r"`([^`\s…]+)`", roads)
        if "cenInstance" in name or "cen_instance" in name or "cen/inst" in name
    }

    assert len(spelled) >= 4
    assert {name: native_type(name) for name in spelled if native_type(name) is None} == {"cenInstanceId": None}
