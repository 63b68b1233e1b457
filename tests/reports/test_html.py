"""The HTML report: one file, whole, with nothing in it that loads or runs."""

import html5lib
import pytest

from cenguard.reports.html import render
from tests.reports.samples import hostile, huge, quiet, report


def tree(text):
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


@pytest.mark.parametrize("given", [report(), hostile(), huge(), quiet()])
def test_it_is_html_without_a_fault_and_loads_nothing(given):
    found = tree(render(given))
    tags = {item.tag for item in found.iter() if isinstance(item.tag, str)}

    assert not tags & {"script", "img", "iframe", "link", "object", "form", "base"}
    assert not [item for item in found.iter() if any(name.startswith("on") or name in ("src", "style") for name in item.attrib)]
    assert {item.get("href").partition("/rules/")[0] for item in found.iter("a")} <= {"https://docs.example.org/cenguard"}


def test_what_it_says():
    text = render(report())

    assert "<h2>Findings (2)</h2>" in text
    assert "<h2>Resolved (1)</h2>" in text
    assert "<td>10 Mbps</td>" in text
    assert "waived: net-team" in text
    assert "prefers-color-scheme:dark" in text


def test_no_control_character_passes():
    assert "\x1b" not in render(hostile())
    assert "\u202e" not in render(hostile())


def test_what_is_mended_or_waived_does_not_look_open():
    found = [(item.get("class"), item.find("h3/span").text) for item in tree(render(report())).iter("article")]

    assert found == [
        ("mandatory", "✗"),
        ("advisory", "!"),
        ("undetermined", "?"),
        ("resolved", "✓"),
        ("waived", "–"),
    ]
