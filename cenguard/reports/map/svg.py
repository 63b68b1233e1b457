"""The map as SVG: light and dark, on paper, and readable without colours.

Up to `LINES` pairs are lines of their own, with their Mbps. Beyond that nobody could follow them: one line joins two
areas and counts the pairs, and the grid of regions (`grid`) shows each of them.
"""

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape as escape_html
from itertools import accumulate

from cenguard.findings.mapped import InstanceMap, MapPair, MapRegion
from cenguard.reports.map.kinds import KINDS, SIGNS, TITLES, kind_of, label_of
from cenguard.reports.map.layout import NODE_WIDTH, UNCERTAIN, Box, Layout, lay_out
from cenguard.reports.map.lines import LANE, End, Route, n, route
from cenguard.reports.words import state_of
from cenguard.text.printable import number, printable

LINES = 24
LETTER, HEAD_LETTER = 8.0, 9.6
"""Widths of a letter in a label and in a heading: as wide as the widest of common fonts draws them."""
HEAD_LINE, HEAD_WIDTH = 20, 700
"""Height of a line of a heading, and how wide one may be over a small drawing."""
STYLE = """
.map{--ink:#1b1f24;--soft:#57606a;--paper:#fff;--card:#f6f8fa;--edge:#8c959f;--ok:#0f6b31;--missing:#b3121f;--broken:#8a4600;--open:#0550ae;font-family:system-ui,sans-serif}
@media(prefers-color-scheme:dark){.map{--ink:#e6edf3;--soft:#9aa4af;--paper:#0d1117;--card:#161b22;--edge:#6e7681;--ok:#56d364;--missing:#ff7b72;--broken:#e3b341;--open:#79c0ff}}
@media print{.map{--ink:#000;--soft:#333;--paper:#fff;--card:#fff;--edge:#555;--ok:#0f6b31;--missing:#b3121f;--broken:#8a4600;--open:#0550ae}}
.map .paper{fill:var(--paper)}.map .area{fill:var(--card);stroke:var(--edge)}
.map text{fill:var(--ink);font-size:13px}.map .small{font-size:11px;fill:var(--soft)}.map .head{font-size:14px;font-weight:600}
.map .line{fill:none;stroke-width:2.5}.map .ok{stroke:var(--ok)}.map .missing{stroke:var(--missing);stroke-dasharray:7 5;stroke-width:3}
.map .broken{stroke:var(--broken);stroke-dasharray:10 4 2 4}.map .open{stroke:var(--open);stroke-dasharray:2 5;stroke-linecap:round}
.map .tag{fill:var(--paper);stroke-width:1;stroke-dasharray:none}.map text.ok,.map text.missing,.map text.broken,.map text.open{stroke:none;font-weight:600;font-size:12px}
.map text.ok{fill:var(--ok)}.map text.missing{fill:var(--missing)}.map text.broken{fill:var(--broken)}.map text.open{fill:var(--open)}
.map tspan.cut-off{fill:var(--missing);font-weight:600}
.map .node{fill:var(--paper);stroke:var(--edge);stroke-width:1.5}.map .cut{stroke:var(--missing);stroke-width:3}
.map .cell{stroke:var(--paper)}.map .cell.ok{fill:var(--ok)}.map .cell.missing{fill:var(--missing);stroke-dasharray:none;stroke-width:1}
.map .cell.broken{fill:var(--broken);stroke-dasharray:none}.map .cell.open{fill:var(--open);stroke-dasharray:none}
.map .cell.ok,.map .cell.missing,.map .cell.broken,.map .cell.open{stroke:var(--paper)}.map text.sign{fill:var(--paper);font-size:9px;stroke:none}
"""


def escape(text: str) -> str:
    """Text of the input as text of the drawing."""
    return escape_html(printable(text))


def summary(instance: InstanceMap) -> str:
    """The map in words, for those who do not see it."""
    counts = {kind: sum(kind_of(pair) == kind for pair in instance.pairs) for kind in KINDS}
    parts = [f"{count} {TITLES[kind]}" for kind, count in counts.items() if count]
    cut = [region.title for region in instance.regions if region.isolated and region.certain]
    text = f"{instance.title}: {number(len(instance.regions), 'region')}, {number(len(instance.pairs), 'pair')}"
    text += f" ({', '.join(parts)})" if parts else ""
    by_traffic = sum(pair.disposition == "pay_by_traffic" for pair in instance.pairs)
    text += f", {by_traffic} of them paid by traffic" if by_traffic else ""
    return text + (f". Cut off: {', '.join(cut)}" if cut else "")


def document(instances: Sequence[InstanceMap]) -> str:
    """All instances in one SVG file, one below the other."""
    parts: list[str] = []
    top, width = 0.0, _legend_width() + 28
    for instance in instances:
        layout = lay_out(instance)
        width = max(width, layout.width)
        lines = textwrap.wrap(printable(summary(instance)), int((max(width, HEAD_WIDTH) - 28) / HEAD_LETTER))
        width = max(width, *(HEAD_LETTER * len(line) + 28 for line in lines))
        for line in lines:
            parts.append(f'<text class="head" x="14" y="{n(top + 24)}">{escape_html(line)}</text>')
            top += HEAD_LINE
        inside, over = _drawing(instance, layout)
        parts.append(f'<g transform="translate(0 {n(top + 44 - HEAD_LINE + over)})">{inside}</g>')
        top += layout.height + over + 54 - HEAD_LINE
        if len(instance.pairs) > LINES:
            side = _grid_size(instance)
            parts.append(f'<g transform="translate(14 {n(top)})">{_cells(instance)}</g>')
            width, top = max(width, side + 28), top + _grid_height(instance) + 20
    legend = f'<g transform="translate(14 {n(top + 16)})">{_legend()}</g>'
    names = "; ".join(escape(summary(instance)) for instance in instances) or "no CEN instance"
    return _svg(width, top + 36, names, f"<style>{STYLE}</style>" + "\n".join(parts) + legend)


def drawing(instance: InstanceMap) -> str:
    """One instance as an SVG element of a page that has the style."""
    layout = lay_out(instance)
    inside, over = _drawing(instance, layout)
    body = f'<g transform="translate(0 {n(over)})">{inside}</g>'
    return _svg(layout.width, layout.height + over, escape(summary(instance)), body)


def grid(instance: InstanceMap) -> str:
    """Every pair as a cell of a triangle, as an SVG element of a page that has the style."""
    return _svg(_grid_size(instance), _grid_height(instance), escape(f"every pair of {instance.title}"), _cells(instance))


def legend() -> str:
    """What lines and signs mean, as SVG elements of a page that has the style: they go where there is room."""
    return "\n".join(
        _svg(_key_width(kind), 24, TITLES[kind], f'<g transform="translate(4 14)">{_key(kind)}</g>') for kind in KINDS
    )


def _svg(width: float, height: float, title: str, body: str) -> str:
    return (
        f'<svg class="map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" '
        f'height="{n(height)}" role="img"><title>{title}</title>'
        f'<rect class="paper" width="100%" height="100%"/>{body}</svg>'
    )


def _drawing(instance: InstanceMap, layout: Layout) -> tuple[str, float]:
    """The drawing, and how far its lines rise above it."""
    ties = _single(instance, layout) if len(instance.pairs) <= LINES else _bundled(instance, layout)
    routes, lanes = route([(tie.first, tie.second) for tie in ties], layout)
    drawn = sorted(zip(ties, routes, strict=True), key=lambda item: item[0].kind == "missing")  # red lies on top
    parts = [_area(box) for box in layout.boxes]
    parts += [_line(tie, way) for tie, way in drawn]
    parts += [_node(node.region, node.x, node.y) for node in layout.nodes.values()]
    parts += [_label(tie, way) for tie, way in drawn]
    if len(instance.pairs) > LINES:
        parts += _inside(instance, layout)
    return "\n".join(parts), (lanes + 0.5) * LANE if lanes else 0


def _area(box: Box) -> str:
    return (
        f'<rect class="area" x="{n(box.x)}" y="{n(box.y)}" width="{n(box.width)}" height="{n(box.height)}" rx="10"/>'
        f'<text class="head" x="{n(box.x + 12)}" y="{n(box.y + 21)}">{escape(box.area)}</text>'
    )


def _node(region: MapRegion, x: float, y: float) -> str:
    networks = ", ".join(f"{count} {kind}" for kind, count in region.networks) or "no network"
    cut = region.isolated and region.certain
    edition = ", Enterprise" if region.enterprise else ""
    says = f"{region.title} ({region.id}): {networks}{edition}" + (", cut off" if cut else "")
    mark = '<tspan class="cut-off" dx="4">✗ cut off</tspan>' if cut else ""
    label = region.title if region.title != region.id else region.id
    return (
        f'<g><title>{escape(says)}</title><rect class="node{" cut" if cut else ""}" x="{n(x - 68)}" y="{n(y - 24)}" width="136" '
        f'height="48" rx="8"/><text x="{n(x - 60)}" y="{n(y - 6)}">{escape(_short(label, 16))}</text>'
        f'<text class="small" x="{n(x - 60)}" y="{n(y + 8)}">{escape(_short(region.id, 22))}</text>'
        f'<text class="small" x="{n(x - 60)}" y="{n(y + 20)}">{escape(_short(networks, 12 if cut else 22))}{mark}</text></g>'
    )


def words_of(pair: MapPair) -> str:
    """What connects a pair, or why nothing does."""
    return state_of(pair.disposition, pair.mbps, full=pair.full, no_connection=pair.no_connection, no_route=pair.no_route)


def says(pair: MapPair) -> str:
    """A pair in words."""
    return f"{' – '.join(pair.regions)}: {words_of(pair)}"


@dataclass(frozen=True, slots=True)
class _Tie:
    """What one line stands for."""

    first: End
    second: End
    kind: str
    label: str
    says: str


def _single(instance: InstanceMap, layout: Layout) -> list[_Tie]:
    """A line for each pair."""
    ends = {
        name: End(node.column, node.x - NODE_WIDTH / 2, node.x + NODE_WIDTH / 2, node.y) for name, node in layout.nodes.items()
    }
    found = []
    for pair in instance.pairs:
        kind = kind_of(pair)
        found.append(_Tie(ends[pair.regions[0]], ends[pair.regions[1]], kind, label_of(pair), says(pair)))
    return found


def _bundled(instance: InstanceMap, layout: Layout) -> list[_Tie]:
    """A line for two areas, drawn as the worst kind of pair in it."""
    ends = {box.area: End(box.column, box.x, box.x + box.width, box.middle[1]) for box in layout.boxes}
    found = []
    for (first, second), pairs in _by_areas(instance).items():
        if first != second:
            worst, text, title = _counted(pairs)
            found.append(_Tie(ends[first], ends[second], worst, text, f"{first} – {second}: {title}"))
    return found


def _inside(instance: InstanceMap, layout: Layout) -> list[str]:
    """Pairs within one area, counted in its head."""
    groups = _by_areas(instance)
    found = []
    for box in layout.boxes:
        if pairs := groups.get((box.area, box.area)):
            worst, text, _ = _counted(pairs)
            place = f'x="{n(box.x + box.width - 10)}" y="{n(box.y + 21)}"'
            found.append(f'<text class="{worst}" {place} text-anchor="end">{escape(text)}</text>')
    return found


def _by_areas(instance: InstanceMap) -> dict[tuple[str, str], list[MapPair]]:
    area = {region.id: region.area or UNCERTAIN for region in instance.regions}
    groups: dict[tuple[str, str], list[MapPair]] = {}
    for pair in instance.pairs:
        first, second = sorted((area[pair.regions[0]], area[pair.regions[1]]))
        groups.setdefault((first, second), []).append(pair)
    return dict(sorted(groups.items()))


def _counted(pairs: Sequence[MapPair]) -> tuple[str, str, str]:
    """The worst kind of some pairs, their count by sign, and in words."""
    counts = Counter(map(kind_of, pairs))
    text = "  ".join(f"{SIGNS[kind]} {counts[kind]}" for kind in KINDS if counts[kind])
    title = ", ".join(f"{counts[kind]} {TITLES[kind]}" for kind in KINDS if counts[kind])
    return next(kind for kind in ("missing", "broken", "open", "ok") if counts[kind]), text, title


def _line(tie: _Tie, way: Route) -> str:
    return f'<path class="line {tie.kind}" d="{way.path}"><title>{escape(tie.says)}</title></path>'


def _label(tie: _Tie, way: Route) -> str:
    width = LETTER * len(tie.label) + 14
    return (
        f'<g><title>{escape(tie.says)}</title><rect class="tag {tie.kind}" x="{n(way.x - width / 2)}" y="{n(way.y - 10)}" '
        f'width="{n(width)}" height="19" rx="4"/>'
        f'<text class="{tie.kind}" x="{n(way.x)}" y="{n(way.y + 4)}" text-anchor="middle">{escape(tie.label)}</text></g>'
    )


def _grid_size(instance: InstanceMap) -> float:
    return 14.0 * len(instance.regions) + 170


def _grid_height(instance: InstanceMap) -> float:
    return 14.0 * len(instance.regions) + 4


def _cells(instance: InstanceMap) -> str:
    """The triangle of all pairs, regions in the order of their areas."""
    ordered = sorted(instance.regions, key=lambda region: (region.area or UNCERTAIN, region.id))
    place = {region.id: index for index, region in enumerate(ordered)}
    parts = [
        f'<text class="small" x="{14 * index + 4}" y="{14 * index + 11}">{escape(region.id)}</text>'
        for index, region in enumerate(ordered)
    ]
    for pair in instance.pairs:
        row, column = sorted((place[name] for name in pair.regions), reverse=True)
        kind = kind_of(pair)
        x, y = 14 * column, 14 * row
        parts.append(
            f'<g><title>{escape(says(pair))}</title><rect class="cell {kind}" x="{x}" y="{y}" width="14" height="14"/>'
            f'<text class="sign" x="{x + 7}" y="{y + 10}" text-anchor="middle">{SIGNS[kind]}</text></g>'
        )
    return "\n".join(parts)


def _legend_width() -> float:
    """Wide enough for what the widest of common fonts make of it."""
    return sum(map(_key_width, KINDS))


def _key_width(kind: str) -> float:
    return 70 + LETTER * len(TITLES[kind])


def _key(kind: str) -> str:
    return f'<path class="line {kind}" d="M0 0H34"/><text class="{kind}" x="40" y="4">{SIGNS[kind]} {TITLES[kind]}</text>'


def _legend() -> str:
    places = accumulate(map(_key_width, KINDS), initial=0.0)
    return "".join(f'<g transform="translate({n(x)} 0)">{_key(kind)}</g>' for kind, x in zip(KINDS, places, strict=False))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
