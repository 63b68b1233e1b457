"""The overview as one HTML file: no network, tables that sort and search without a server, and maps of instances.

Rows stand in the page as data, and a script of this project shows as many as somebody reads: a table of ten thousand rows is
searched at once. The page's policy lets this one script run, and nothing else. Where none is run, as some servers of artifacts
have it, the first rows of each table stand there.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import Any

from cenguard.findings.audited import Audit
from cenguard.findings.mapped import InstanceMap
from cenguard.reports.audit.words import (
    WITHOUT_MBPS,
    areas,
    by_state,
    committed_text,
    connected,
    grade,
    is_open,
    scope,
    since_lines,
    verdict,
    without_mbps,
)
from cenguard.reports.html import POLICY, escape, page, prose
from cenguard.reports.map.document import HTML_STYLE
from cenguard.reports.map.svg import STYLE as MAP_STYLE
from cenguard.reports.map.svg import drawing, legend, summary
from cenguard.text.printable import printable

MAPS = 40
"""Instances that are drawn: those with most pairs without Mbps first. `cenguard map` draws any other."""
STYLE = """
body{max-width:90rem}
.tools{display:flex;gap:.6rem;flex-wrap:wrap;align-items:center;margin:.4rem 0}
.tools input{flex:1 1 14rem;max-width:30rem}
input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.3rem;padding:.25rem .5rem}
th.number{text-align:right}
th button{border:0;background:none;padding:0;font-weight:600;cursor:pointer;text-align:left}
th[aria-sort=ascending] button::after{content:" ▲"}th[aria-sort=descending] button::after{content:" ▼"}
td{overflow-wrap:break-word}td.long{overflow-wrap:anywhere;min-width:12rem}td.number{text-align:right;overflow-wrap:normal;white-space:nowrap}
.tiles{display:flex;flex-wrap:wrap;gap:.6rem;margin:1rem 0}
.tiles div{background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.5rem .9rem}
.tiles b{display:block;font-size:1.3rem;font-variant-numeric:tabular-nums}
td.grade{white-space:nowrap}
details{margin:.5rem 0}
@media print{.tools{display:none}}
@media(max-width:64rem){
[data-table] thead tr{display:flex;flex-wrap:wrap;gap:.2rem .9rem}[data-table] th{border:0;padding:0}
[data-table] tbody tr{display:block;border-bottom:1px solid var(--line);padding:.4rem 0}
[data-table] td{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:.5rem;border:0;padding:.1rem 0;text-align:left;min-width:0}
[data-table] td::before{content:attr(data-title);color:var(--soft)}[data-table] td:empty{display:none}
[data-table] table{display:block}[data-table] thead,[data-table] tbody{display:block}
}
"""
_NUMBER = ' class="number"'
FIRST = 20
"""Rows that stand in the page itself, for who sees it without its script: as many as the script shows at first."""
WITHOUT_SCRIPT = f"Of each table the first {FIRST} rows are here: the script of this page, which shows, sorts and finds the others, does not run."
LONG = 24
"""Letters from which on a cell breaks anywhere, as in the script."""
_GRADES = ("mandatory", "advisory", "undetermined")
_SIGNS = {"mandatory": ("✗", "bad"), "advisory": ("!", "warn"), "undetermined": ("?", "ask")}


def render(audit: Audit) -> str:
    """The page."""
    report, tables = audit.report, _tables(audit)
    body = [
        f"<h1>{escape(verdict(audit))}</h1>",
        f'<p class="soft">{escape(", ".join(report.roots))} · areas {escape(report.catalogue)} · cenguard {escape(report.cenguard)}</p>',
        *(f"<p>{prose(remark)}</p>" for remark in audit.remarks),
        _tiles(audit),
        *([f'<p class="soft">Pairs {WITHOUT_MBPS}.</p>'] if any(map(without_mbps, report.instances)) else ()),
        f"<noscript><style>.tools,.more{{display:none}}</style><p>{WITHOUT_SCRIPT}</p></noscript>",
    ]
    if report.since is not None:
        short, long = since_lines(report.since, everything=False), since_lines(report.since)
        body += _list("Since the earlier report", list(map(_folded, short, long)))
    body += [_section(name, table) for name, table in tables.items() if table["rows"]]
    body += _list("Up for renewal, by month", [escape(committed_text(item)) for item in report.committed])
    body += _maps(audit)
    content = json.dumps(tables, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    body.append(f'<script type="application/json" id="data">{content}</script>\n<script>{_script()}</script>')
    text = page(f"cenguard audit: {scope(audit)}", body, MAP_STYLE + HTML_STYLE + STYLE)
    allowed = b64encode(sha256(_script().encode()).digest()).decode()
    return text.replace(POLICY, f"{POLICY}; script-src 'sha256-{allowed}'", 1)


@cache
def _script() -> str:
    return resources.files("cenguard.reports.audit").joinpath("overview.js").read_text("utf-8")


def _tiles(audit: Audit) -> str:
    summary_ = audit.report.summary
    low = sum(map(without_mbps, audit.report.instances))
    tiles = (
        (summary_.stacks, "stacks", ""),
        (summary_.with_cen, "with a CEN", ""),
        (summary_.instances, "CEN instances", ""),
        (low, "pairs without Mbps", "bad"),
        (summary_.mandatory, "mandatory", "bad"),
        (summary_.advisory, "advisory", "warn"),
        (summary_.undetermined, "undetermined", "ask"),
        (summary_.waived, "waived", ""),
        (summary_.unread, "not read", "bad"),
    )
    cells = "".join(f'<div><b class="{colour if count else ""}">{count:,}</b>{name}</div>' for count, name, colour in tiles)
    return f'<div class="tiles">{cells}</div>'


def _folded(short: str, long: str) -> str:
    """A line of many ids, all of them behind a click."""
    if short == long:
        return escape(long)
    return f"<details><summary>{escape(short)}</summary>{escape(long)}</details>"


def _list(title: str, rows: Sequence[str]) -> list[str]:
    if not rows:
        return []
    items = "".join(f"<li>{row}</li>" for row in rows)
    return [f"<section><h2>{title}</h2><ul>{items}</ul></section>"]


def _column(
    title: str, *, number: bool = False, mark: str = "", signs: dict[str, tuple[str, str]] | None = None
) -> dict[str, Any]:
    return {"title": title, "number": number, "mark": mark, "signs": signs}


def _tables(audit: Audit) -> dict[str, dict[str, Any]]:
    """The tables of the page: title, columns and rows."""
    report = audit.report
    counts = [_column(name, number=True, mark=_SIGNS[name][1]) for name in _GRADES]
    return {
        "findings": {
            "title": "Findings",
            "grade": 0,
            "columns": [
                _column("severity", signs=_SIGNS),
                *(_column(name) for name in ("rule", "stack", "instance", "resource", "what", "to do")),
            ],
            "rows": [
                [
                    grade(item),
                    *map(
                        printable,
                        (
                            f"{item.rule} {item.name}",
                            item.stack or "",
                            item.instance or "",
                            item.resource or "",
                            item.message,
                            item.fix.summary if item.fix else "",
                        ),
                    ),
                ]
                for item in sorted(filter(is_open, report.findings), key=lambda item: _GRADES.index(grade(item)))
            ],
        },
        "stacks": {
            "title": "Stacks",
            "columns": [
                _column("state"),
                _column("project"),
                _column("stack"),
                _column("kind"),
                _column("resources", number=True),
                _column("of CEN", number=True),
                *counts,
            ],
            "rows": [
                [
                    *map(printable, (item.url, item.project, item.stack)),
                    item.kind,
                    item.resources,
                    item.cen,
                    item.mandatory,
                    item.advisory,
                    item.undetermined,
                ]
                for item in report.stacks
            ],
        },
        "instances": {
            "title": "CEN instances",
            "columns": [
                _column("instance"),
                _column("regions"),
                _column("pairs with Mbps", number=True),
                _column("pairs without Mbps", number=True, mark="bad"),
                _column("every pair"),
                _column("stacks", number=True),
            ],
            "rows": [
                [
                    printable(item.instance),
                    ", ".join(item.regions),
                    connected(item),
                    without_mbps(item),
                    by_state(item),
                    len(item.stacks),
                ]
                for item in report.instances
            ],
        },
        "packages": {
            "title": "Bandwidth packages",
            "columns": [
                _column("package"),
                _column("instance"),
                _column("areas"),
                _column("Mbps", number=True),
                _column("Mbps reserved", number=True),
                _column("expires"),
                _column("stacks"),
            ],
            "rows": [
                [
                    printable(item.id),
                    printable(item.instance or ""),
                    areas(item.area_pair),
                    item.mbps,
                    item.drawn,
                    item.expires or "",
                    printable(", ".join(item.stacks)),
                ]
                for item in report.packages
            ],
        },
        "unread": {
            "title": "States that were not read",
            "columns": [_column("state"), _column("why")],
            "rows": [[printable(item.url), printable(item.reason)] for item in report.unread],
        },
    }


def _section(name: str, table: dict[str, Any]) -> str:
    heads = "".join(
        f'<th scope="col"{_NUMBER if column["number"] else ""}><button type="button">{escape(column["title"])}</button></th>'
        for column in table["columns"]
    )
    title = table["title"]
    label = f"Search in {title if title[:2].isupper() else title[0].lower() + title[1:]}"
    rows = "".join(f"<tr>{''.join(map(_cell, row, table['columns']))}</tr>" for row in table["rows"][:FIRST])
    choice = ""
    if "grade" in table:
        options = "".join(f'<option value="{item}">{item}</option>' for item in _GRADES)
        choice = f'<select aria-label="Severity"><option value="">every severity</option>{options}</select>'
    return (
        f'<section data-table="{name}"><h2>{escape(title)} (<output>{len(table["rows"]):,}</output>)</h2>'
        f'<div class="tools"><input type="search" placeholder="{label}" aria-label="{label}">{choice}</div>'
        f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        '<p><button type="button" class="more" hidden>Show more</button></p></section>'
    )


def _cell(value: Any, column: Mapping[str, Any]) -> str:
    """A cell as the script of the page makes it."""
    sign = (column["signs"] or {}).get(value)
    text = f"{value:,}" if isinstance(value, int | float) else value or ""
    kind = "number" if column["number"] else "long" if len(text) > LONG else ""
    if sign:
        kind, text = f"grade {sign[1]}", f"{sign[0]} {text}"
    elif column["mark"] and value:
        kind = f"{kind} {column['mark']}"
    return f'<td data-title="{escape(column["title"])}" class="{kind}">{prose(text)}</td>'


def _maps(audit: Audit) -> list[str]:
    low = {item.instance: without_mbps(item) for item in audit.report.instances}
    chosen = sorted(audit.maps, key=lambda item: (-low.get(item.address, 0), item.address))
    if not chosen:
        return []
    rest = len(chosen) - MAPS
    parts = [f"<section><h2>Maps ({len(chosen[:MAPS])})</h2>", f'<div class="legend">{legend()}</div>']
    parts += [_map(item) for item in chosen[:MAPS]]
    if rest > 0:
        parts.append(
            f"<p>{rest:,} more instances are not drawn here: <code>cenguard map STATE… -o map.html</code> draws the states of one.</p>"
        )
    return [*parts, "</section>"]


def _map(item: InstanceMap) -> str:
    where = "" if item.name == item.address else f" ({item.address})"
    return (
        f'<details><summary>{escape(summary(item))}{escape(where)}</summary><div class="drawing">{drawing(item)}</div></details>'
    )
