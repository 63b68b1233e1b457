"""The report as one HTML file: no script, no network, light and dark, and good on paper."""

from collections.abc import Iterable
from html import escape as escape_html

from cenguard.findings.report import Report, ReportedFinding, ReportedPair
from cenguard.network.dispositions import COVERED
from cenguard.reports.lines import inert
from cenguard.reports.order import by_cause
from cenguard.reports.places import file_of, source_name, stack_name
from cenguard.reports.words import (
    attached,
    before,
    changes,
    grade,
    has_base,
    is_address,
    is_open,
    paid_by_traffic,
    purchase,
    remarks,
    state,
    verdict,
)
from cenguard.text.printable import printable, printable_lines

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may do with the page: show it."""
STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--card:#f6f8fa;--line:#d0d7de;--bad:#b3121f;--warn:#7d4e00;--good:#0f6b31;--ask:#0550ae}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4af;--paper:#0d1117;--card:#161b22;--line:#30363d;--bad:#ff7b72;--warn:#e3b341;--good:#56d364;--ask:#79c0ff}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:70rem;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
h1{font-size:1.4rem;margin:0 0 .25rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:0}
p{margin:.4rem 0}.soft{color:var(--soft)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
.wide{overflow-x:auto}
article{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:.8rem 0;break-inside:avoid}
.mandatory{border-left-color:var(--bad)}.advisory{border-left-color:var(--warn)}.undetermined{border-left-color:var(--ask)}
.resolved{border-left-color:var(--good)}td.pair{white-space:nowrap}
.good{color:var(--good)}.bad{color:var(--bad)}.ask{color:var(--ask)}.warn{color:var(--warn)}
pre{overflow-x:auto;padding:.7rem;border:1px solid var(--line);border-radius:.3rem;background:var(--paper);font-size:.85rem}
code{font-family:ui-monospace,monospace}
a{color:var(--ask)}
@media print{body{max-width:none;padding:0}details::details-content{content-visibility:visible}a{color:inherit}}
"""
_MARKS = {
    "mandatory": ("✗", "bad"),
    "advisory": ("!", "warn"),
    "undetermined": ("?", "ask"),
    "resolved": ("✓", "good"),
    "waived": ("–", "soft"),
}


def render(report: Report) -> str:
    """The page."""
    names = ", ".join(source_name(source) for source in report.sources)
    body = [f"<h1>{escape(verdict(report))}</h1>", f'<p class="soft">{escape(names)} · areas {escape(report.catalogue)}</p>']
    body += [f"<p>{escape(remark)}</p>" for remark in remarks(report)]
    body += _sources(report)
    certain = [item for item in report.findings if is_open(item) and (item.verdict == "violated" or item.level == "mandatory")]
    questions = [
        item for item in report.findings if is_open(item) and item.verdict == "undetermined" and item.level != "mandatory"
    ]
    body += _section("Findings", [_finding(report, item) for item in by_cause(certain)])
    body += _section("Undetermined", [_finding(report, item) for item in questions])
    body += _pairs(report)
    body += _purchases(report)
    body += _traffic(report)
    body += _section("Resolved", [_finding(report, item, "resolved") for item in report.fixed])
    body += _section("Waived", [_finding(report, item, "waived") for item in report.findings if not is_open(item)])
    return page(f"cenguard: {names}", body)


def page(title: str, body: Iterable[str], style: str = "") -> str:
    """A whole HTML file around a body."""
    return (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def escape(text: str) -> str:
    """Text of the input as text of the page."""
    return escape_html(printable(text))


def _section(title: str, parts: list[str]) -> list[str]:
    return [f"<section><h2>{title} ({len(parts)})</h2>", *parts, "</section>"] if parts else []


def _sources(report: Report) -> list[str]:
    if len(report.sources) < 2:
        return []
    rows = "".join(
        f"<tr><td>{escape(source_name(item))}</td><td>{escape(item.path)}</td><td>{escape(item.kind)}</td>"
        f"<td>{item.resources}</td></tr>"
        for item in report.sources
    )
    head = '<tr><th scope="col">stack</th><th scope="col">source</th><th scope="col">kind</th><th scope="col">resources</th></tr>'
    return [f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>']


def _finding(report: Report, item: ReportedFinding, outcome: str = "") -> str:
    outcome = outcome or grade(item)
    mark, colour = _MARKS[outcome]
    path = file_of(report, item)
    place = [f"<code>{escape(path)}:{item.location.line}</code>"] if path and item.location else []
    place += [escape(stack_name(item.urn))] if len(report.sources) > 1 and stack_name(item.urn) else []
    place += [escape(item.change)] if item.change else []
    head = f'<article class="{outcome}"><h3><span class="{colour}" aria-hidden="true">{mark}</span> '
    page = f'<a href="{escape(item.help)}">{escape(item.rule)}</a>' if is_address(item.help) else escape(item.rule)
    head += f"{page} {escape(item.name)} "
    lines = [f'{head}<span class="{colour}">[{outcome}]</span></h3>']
    if place:
        lines.append(f'<p class="soft">{" · ".join(place)}</p>')
    lines.append(f"<p>{escape(item.message)}</p>")
    if item.because:
        lines.append("<ul>" + "".join(f"<li>{escape(step)}</li>" for step in item.because) + "</ul>")
    if item.fix:
        lines.append(f"<p><strong>Fix:</strong> {escape(item.fix.summary)}</p>")
        if item.fix.python:
            code = "\n".join(map(inert, printable_lines(item.fix.python.rstrip()).split("\n")))
            lines.append(f"<pre><code>{escape_html(code)}</code></pre>")
    if item.waived_by is not None:
        lines.append(f'<p class="soft">waived: {escape(item.waived_by)}</p>')
    return "\n".join([*lines, "</article>"])


def _pairs(report: Report) -> list[str]:
    if not report.pairs:
        return []
    compared = has_base(report)
    rows = "".join(_row(report, pair, compared=compared) for pair in report.pairs)
    head = '<tr><th scope="col">instance</th><th scope="col">pair</th>'
    head += ('<th scope="col">before</th>' if compared else "") + '<th scope="col">now</th></tr>'
    table = f'<div class="wide"><table><thead>{head}</thead><tbody>{rows}</tbody></table></div>'
    return [f"<section><h2>Pairs of regions ({len(attached(report))})</h2>", table, "</section>"]


def _row(report: Report, pair: ReportedPair, *, compared: bool) -> str:
    sign, colour = (
        ("✓", "good") if pair.disposition in COVERED else ("?", "ask") if pair.disposition == "undetermined" else ("✗", "bad")
    )
    had = f"<td>{escape(before(pair)) if changes(report, pair) else '='}</td>" if compared else ""
    return (
        f"<tr><td>{escape(pair.instance.rpartition('::')[2])}</td>"
        f'<td class="pair">{escape(" – ".join(pair.regions))}</td>{had}'
        f'<td class="{colour}">{sign} {escape(state(pair))}</td></tr>'
    )


def _purchases(report: Report) -> list[str]:
    if not report.purchases:
        return []
    rows = "".join(f"<li>{escape(purchase(item))} ({escape(item.urn.rpartition('::')[2])})</li>" for item in report.purchases)
    return ["<section><h2>What this buys</h2>", f"<ul>{rows}</ul>", "</section>"]


def _traffic(report: Report) -> list[str]:
    if not report.traffic:
        return []
    rows = "".join(
        f"<li>{escape(paid_by_traffic(item))} ({escape(item.urn.rpartition('::')[2])})</li>" for item in report.traffic
    )
    return ["<section><h2>What this adds that is paid by traffic</h2>", f"<ul>{rows}</ul>", "</section>"]
