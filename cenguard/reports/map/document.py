"""The map in the format that a file's name asks for: HTML, SVG or Markdown."""

from collections.abc import Sequence
from dataclasses import asdict
from html import escape as escape_html

from cenguard.findings.mapped import InstanceMap, MapPair, MatrixRow
from cenguard.reports.html import page
from cenguard.reports.json import json_text
from cenguard.reports.map.kinds import SIGNS, kind_of
from cenguard.reports.map.mermaid import mermaid
from cenguard.reports.map.svg import LINES, STYLE, document, drawing, grid, legend, says, summary, words_of
from cenguard.reports.markdown import code as code_span
from cenguard.reports.markdown import text as markdown_text
from cenguard.reports.words import mbps
from cenguard.text.printable import printable

FORMS = ("html", "svg", "md")
HTML_STYLE = """
body{max-width:100rem}
.drawing{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0}
.drawing svg{display:block}
.grid{padding:.5rem}
h3{margin:1.5rem 0 .5rem}details{margin:1rem 0}
td.number{white-space:nowrap}td.number,.matrix th+th{text-align:right}
@media print{@page{size:landscape}.drawing{border:0}.drawing svg{max-width:100%;height:auto}}
"""
COLUMNS = ("areas", "missing", "connected", "by traffic", "left", "bought", "used")
"""What matters first stands first: a phone shows three columns."""
_COLOURS = {"ok": "good", "missing": "bad", "broken": "warn", "open": "ask"}


def render(instances: Sequence[InstanceMap], form: str, title: str) -> str:
    """The map as text of one file."""
    match form:
        case "svg":
            return document(instances) + "\n"
        case "html":
            return _html(instances, title)
        case _:
            return _markdown(instances, title)


def as_json(instances: Sequence[InstanceMap], sources: Sequence[str], absent: str | None) -> str:
    """What the map shows, for programs; `absent` says why nothing is on it, where nothing of CEN is in the input."""
    drawn = [
        {
            "instance": item.address,
            "name": item.name,
            "regions": [{**asdict(region), "networks": dict(region.networks)} for region in item.regions],
            "pairs": item.pairs,
            "matrix": [{**_row(row), "left": row.left} for row in item.matrix],
            "doubts": item.doubts,
        }
        for item in instances
    ]
    return json_text({"sources": sources, "note": absent or None, "instances": drawn})


def _row(row: MatrixRow) -> dict[str, object]:
    return {key: value for key, value in asdict(row).items() if key != "no_route"}


def escape(text: str) -> str:
    """Text of the input as text of the page."""
    return escape_html(printable(text))


def _html(instances: Sequence[InstanceMap], title: str) -> str:
    body = [f"<h1>{escape(title)}</h1>"]
    if not instances:
        body.append("<p>No CEN instance has a region attached.</p>")
    for instance in instances:
        body += [
            f"<section><h2>{escape(instance.title)}</h2>",
            f"<p>{escape(summary(instance))}</p>",
            f'<div class="legend">{legend()}</div>',
            _drawing(instance),
            "<h3>Bandwidth by pair of areas</h3>",
            _matrix(instance),
        ]
        if len(instance.pairs) > LINES:
            body += ["<h3>Every pair</h3>", f'<div class="drawing grid">{grid(instance)}</div>']
        body += [_pairs(instance), "</section>"]
    return page(title, body, STYLE + HTML_STYLE)


def _drawing(instance: InstanceMap) -> str:
    """A drawing as large as it is drawn, since its small letters would be too small; where it is too wide it is pushed sideways."""
    return f'<div class="drawing">{drawing(instance)}</div>'


def _matrix(instance: InstanceMap) -> str:
    notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(instance))
    if not instance.matrix:
        return notes
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    lines = []
    for row in instance.matrix:
        missing, *cells = _cells(row)
        short = row.left is not None and row.left < 0
        lines.append(
            f'<tr><th scope="row">{escape("/".join(row.area_pair))}</th>'
            f'<td class="number{" bad" if row.missing else ""}">{missing}</td>'
            + "".join(
                f'<td class="number{" bad" if short and name == "left" else ""}">{escape(cell)}</td>'
                for name, cell in zip(COLUMNS[2:], cells, strict=True)
            )
            + "</tr>"
        )
    table = f'<table class="matrix"><thead><tr>{heads}</tr></thead><tbody>{"".join(lines)}</tbody></table>'
    return f'<div class="wide">{table}</div>{notes}'


def _cells(row: MatrixRow) -> tuple[str, ...]:
    """What a row says of its pair of areas, in the order of the columns."""
    missing = f"✗ {row.missing}" if row.missing else "0"
    connected = f"{row.connected} of {row.pairs}{f' ({row.no_route} without a route)' if row.no_route else ''}"
    if row.all_by_traffic and not row.bought:
        return missing, connected, _by_traffic(row), "no package needed", "-", "-"
    short = "✗ " if row.left is not None and row.left < 0 else ""
    return missing, connected, _by_traffic(row), f"{short}{mbps(row.left)}", mbps(row.bought), mbps(row.used)


def _by_traffic(row: MatrixRow) -> str:
    """What is paid by the GB beside what is bought."""
    return "-" if row.by_traffic == 0 else "no ceiling known" if row.by_traffic is None else f"up to {mbps(row.by_traffic)}"


def _notes(instance: InstanceMap) -> list[str]:
    """What the rows do not show; where there are none, why."""
    if instance.matrix or instance.doubts:
        return list(instance.doubts)
    if len(instance.regions) < 2:
        return ["Fewer than two regions are attached in this input: it has no pair that could need bandwidth."]
    return ["No pair of these regions needs a bandwidth package: each lies in one region with the other."]


def _pairs(instance: InstanceMap) -> str:
    if not instance.pairs:
        return ""
    rows = "".join(_pair(pair) for pair in instance.pairs)
    head = '<tr><th scope="col">pair</th><th scope="col">areas</th><th scope="col">what connects it</th></tr>'
    table = f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
    return f"<details><summary>Every pair in words ({len(instance.pairs)})</summary>{table}</details>"


def _pair(pair: MapPair) -> str:
    kind = kind_of(pair)
    return (
        f"<tr><td>{escape(' – '.join(pair.regions))}</td><td>{escape('/'.join(pair.area_pair or ('not certain',)))}</td>"
        f'<td class="{_COLOURS[kind]}">{SIGNS[kind]} {escape(words_of(pair))}</td></tr>'
    )


def _markdown(instances: Sequence[InstanceMap], title: str) -> str:
    lines = [f"# {markdown_text(title)}", ""]
    for instance in instances:
        lines += [f"## {markdown_text(instance.title)}", "", markdown_text(summary(instance)), ""]
        if picture := mermaid(instance.pairs):
            lines += [picture, ""]
        lines += ["| area | regions |", "|---|---|"]
        areas: dict[str, list[str]] = {}
        for region in instance.regions:
            mark = " ✗ cut off" if region.isolated and region.certain else ""
            areas.setdefault(region.area or "not certain", []).append(f"`{code_span(region.id)}`{mark}")
        lines += [f"| {markdown_text(area)} | {', '.join(names)} |" for area, names in sorted(areas.items())]
        if instance.matrix:
            lines += ["", f"| {' | '.join(COLUMNS)} |", f"|---|{'--:|' * (len(COLUMNS) - 1)}"]
        for row in instance.matrix:
            missing, *cells = _cells(row)
            bold = f"**{missing}**" if row.missing else missing
            lines.append(f"| {markdown_text('/'.join(row.area_pair))} | {bold} | {' | '.join(cells)} |")
        lines += [line for note in _notes(instance) for line in ("", markdown_text(note))]
        if instance.pairs:
            lines += ["", "<details><summary>every pair</summary>", ""]
            lines += [f"- {SIGNS[kind_of(pair)]} {markdown_text(says(pair))}" for pair in instance.pairs]
            lines += ["", "</details>"]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"
