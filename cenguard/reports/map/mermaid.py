"""The map as Mermaid, which GitHub and GitLab draw by themselves in Markdown: an SVG is not shown in a comment.

Source: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams, and
https://docs.gitlab.com/user/markdown/#mermaid.
"""

import re
from collections.abc import Sequence

from cenguard.reports.map.kinds import Drawn, kind_of, label_of

MOST = 12
"""Pairs that a reader can still follow; a table tells more of them."""
_LINES = {"ok": "---", "missing": "-.-", "broken": "-.-", "open": "-.-"}
_COLOURS = {"ok": "#1a7f37", "missing": "#cf222e", "broken": "#bc4c00", "open": "#0969da"}
_MARKUP = re.compile(r"[^\w ./✓✗!?,:-]")


def mermaid(pairs: Sequence[Drawn]) -> str:
    """The pairs of an instance as a fenced block; empty where there is none, or too many to follow."""
    if not 0 < len(pairs) <= MOST:
        return ""
    regions = sorted({region for pair in pairs for region in pair.regions})
    numbers = {region: f"r{number}" for number, region in enumerate(regions)}
    lines = ["```mermaid", "graph LR", *(f'  {numbers[region]}["{_label(region)}"]' for region in regions)]
    for pair in pairs:
        first, second = (numbers[region] for region in pair.regions)
        lines.append(f'  {first} {_LINES[kind_of(pair)]}|"{_label(label_of(pair))}"| {second}')
    lines += [f"  linkStyle {number} stroke:{_COLOURS[kind_of(pair)]},stroke-width:2px" for number, pair in enumerate(pairs)]
    return "\n".join([*lines, "```"])


def _label(text: str) -> str:
    """Text that is nothing to Mermaid, to HTML or to Markdown."""
    return _MARKUP.sub("_", text)
