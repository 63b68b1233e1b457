"""The report as one HTML file: no script, no network, light and dark, and good on paper."""

from collections.abc import Iterable, Sequence
from html import escape as escape_html

from cenguard.findings.report import Report, ReportedCode, ReportedFinding, ReportedPair
from cenguard.reports.decision import decision, questions_of
from cenguard.reports.lines import inert
from cenguard.reports.names import names_of, names_of_all, with_names
from cenguard.reports.order import Cause, Once, causes
from cenguard.reports.places import called, file_of, source_name, stack_name
from cenguard.reports.words import (
    UNBOUND,
    assumes,
    attached,
    before,
    carries,
    changes,
    code_of,
    grade,
    has_base,
    is_address,
    is_open,
    paid_by_traffic,
    purchase,
    remarks,
    routes_in_short,
    state,
    verdict,
)
from cenguard.text.printable import number, printable, printable_lines

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
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.3rem 1rem;margin:1rem 0;padding:.8rem 1rem;border:1px solid var(--line);border-radius:.4rem}
dt{font-weight:600}dd{margin:0}
summary{cursor:pointer;font-weight:600;margin:1.2rem 0 .5rem}article summary{font-weight:400;color:var(--ask);margin:.3rem 0}
article article{margin:.5rem 0 0;background:var(--paper)}
article{background:var(--card);border:1px solid var(--line);border-left:.3rem solid var(--line);border-radius:.4rem;padding:.8rem 1rem;margin:.8rem 0;break-inside:avoid}
.mandatory{border-left-color:var(--bad)}.advisory{border-left-color:var(--warn)}.undetermined{border-left-color:var(--ask)}
.resolved{border-left-color:var(--good)}
.good{color:var(--good)}.bad{color:var(--bad)}.ask{color:var(--ask)}.warn{color:var(--warn)}
pre{overflow-x:auto;padding:.7rem;border:1px solid var(--line);border-radius:.3rem;background:var(--paper);font-size:.85rem}
code{font-family:ui-monospace,monospace}
a{color:var(--ask)}
@media(max-width:40rem){body{padding:.8rem}dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-bottom:.5rem}th,td{padding:.3rem .35rem}}
@media print{body{max-width:none;padding:0}details::details-content{content-visibility:visible}a{color:inherit}}
"""
FEW_PAIRS = 20
"""More pairs than these are folded."""
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
    day = f"as of {report.day}" if report.day else "no day was given (--today)"
    made = f"cenguard {report.cenguard} · {day} · areas {report.catalogue}"
    body = [f'<p class="soft">{escape(made)}</p>', f"<h1>{escape(verdict(report))}</h1>", f"<p>{escape(names)}</p>"]
    lines = "".join(f"<dt>{title}</dt><dd>{prose(said)}</dd>" for title, said in decision(report).lines)
    routes = routes_in_short(report)
    lines += f"<dt>Routes</dt><dd>{escape(routes)}</dd>" if routes else ""
    body += [f"<dl>{lines}</dl>", *(f"<p>{prose(remark)}</p>" for remark in remarks(report))]
    body += _sources(report)
    shown = _Shown(report)
    certain = [item for item in report.findings if is_open(item) and (item.verdict == "violated" or item.level == "mandatory")]
    found = causes(certain)
    stops = [cause for cause in found if cause.finding.level == "mandatory"]
    body += _changed_pairs(report)
    body += _section(f"Mandatory ({_count(stops, 'mandatory')})", [shown.article(cause) for cause in stops])
    advice = found[len(stops) :]
    above = _count(stops, "advisory")
    title = f"Advisory ({_count(advice, 'advisory')}{f', and {above} above' if above else ''})"
    body += _fold(title, [shown.article(cause) for cause in advice])
    body += _questions(report)
    body += _pairs(report)
    body += _money(report)
    fixed = [shown.article(Cause(item), "resolved") for item in report.fixed]
    body += _section(f"Resolved ({len(fixed)})", fixed)
    waived = [shown.article(Cause(item), "waived") for item in report.findings if not is_open(item)]
    body += _fold(f"Waived ({len(waived)})", waived)
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


def prose(sentence: str) -> str:
    """A sentence of ours, in which names of the input stand in backticks: those become code.

    >>> prose("Package `a<b` is full.")
    'Package <code>a&lt;b</code> is full.'
    """
    parts = escape(sentence).split("`")
    if len(parts) % 2 == 0:  # not ours: a backtick without its other one
        return escape(sentence)
    return "".join(f"<code>{part}</code>" if index % 2 else part for index, part in enumerate(parts))


def _section(title: str, parts: Sequence[str]) -> list[str]:
    return [f"<section><h2>{title}</h2>", *parts, "</section>"] if parts else []


def _fold(title: str, parts: Sequence[str]) -> list[str]:
    return [f"<details><summary>{title}</summary>", *parts, "</details>"] if parts else []


def _count(found: Iterable[Cause], level: str) -> int:
    return sum(item.level == level for cause in found for item in (cause.finding, *cause.falls))


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


class _Shown:
    """Findings as articles, and what was said already."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._once = Once()

    def article(self, cause: Cause, outcome: str = "") -> str:
        """A finding with its proof, its cure, and what falls with it."""
        item = cause.finding
        lines = [self._head(item, outcome or grade(item)), f"<p>{prose(self._message(item))}</p>"]
        proof: list[str] = []
        names = names_of(item)
        steps, _, _, said_before = self._once.steps(item.because)
        rows = [f"<li>{prose(with_names(step, names))}</li>" for step in steps]
        if said_before:
            rows.append(f"<li>and what is said above ({number(said_before, 'step')})</li>")
        if rows:
            proof.append(f"<ul>{''.join(rows)}</ul>")
        written = code_of(item.fix) if item.fix else None
        if item.fix:
            lines.append(f"<p><strong>Fix:</strong> {prose(with_names(item.fix.summary, names_of(item)))}</p>")
        if proof or written:
            title = "Why, and what to write" if proof and written else "Why" if proof else "What to write"
            lines += _fold(title, [*proof, *(_code(written) if written else [])])
        if item.waived_by is not None:
            lines.append(f'<p class="soft">waived: {escape(item.waived_by)}</p>')
        for other in cause.falls:
            lines += [
                self._head(other, grade(other)),
                f"<p>Mended with it: {prose(self._message(other))}</p></article>",
            ]
        return "\n".join([*lines, "</article>"])

    def _message(self, item: ReportedFinding) -> str:
        return with_names(self._once.message(item.message), names_of(item))

    def _head(self, item: ReportedFinding, outcome: str) -> str:
        mark, colour = _MARKS[outcome]
        path = file_of(self._report, item)
        place = [f"<code>{escape(path)}:{item.location.line}</code>"] if path and item.location else []
        place += [escape(stack_name(item.urn))] if len(self._report.sources) > 1 and stack_name(item.urn) else []
        place += [escape(item.change)] if item.change else []
        page = f'<a href="{escape(item.help)}">{escape(item.rule)}</a>' if is_address(item.help) else escape(item.rule)
        head = f'<article class="{outcome}"><h3><span class="{colour}" aria-hidden="true">{mark}</span> '
        head += f'{page} {escape(item.name)} <span class="{colour}">[{outcome}]</span></h3>'
        return f'{head}\n<p class="soft">{" · ".join(place)}</p>' if place else head


def _code(written: ReportedCode) -> list[str]:
    code = "\n".join(map(inert, printable_lines(written.text.rstrip()).split("\n")))
    block = f"<pre><code>{escape_html(code)}</code></pre>"
    return [block] if written.bound or "<" not in written.text else [block, f'<p class="soft">{escape(UNBOUND)}</p>']


def _questions(report: Report) -> list[str]:
    """What open questions hang on, one line each."""
    rows = []
    count: set[str] = set()
    for blocker, every in questions_of(report):
        items = [item for item in every if item.level != "mandatory"]
        if items:
            codes = ", ".join(sorted({item.rule for item in items}))
            count.update(item.fingerprint for item in items)
            rows.append(
                f'<li><span class="ask">?</span> {prose(with_names(blocker, names_of_all(items)))} ({escape(codes)}, {number(len(items), "question")})</li>'
            )
    return _section(f"Undetermined ({len(count)})", [f"<ul>{''.join(rows)}</ul>"] if rows else [])


def _changed_pairs(report: Report) -> list[str]:
    moved = [pair for pair in report.pairs if changes(report, pair)]
    return _section(f"What changes ({number(len(moved), 'pair')})", [_table(report, moved, compared=True)] if moved else [])


def _pairs(report: Report) -> list[str]:
    pairs = attached(report)
    if not pairs:
        return []
    worst = sorted(pairs, key=lambda pair: (carries(pair), pair.instance, pair.regions))
    assumed = assumes(report)
    parts = [_table(report, worst, compared=has_base(report)), *([f'<p class="soft">{escape(assumed)}</p>'] if assumed else [])]
    title = f"Pairs of regions ({len(pairs)})"
    return _fold(title, parts) if len(pairs) > FEW_PAIRS else _section(title, parts)


def _table(report: Report, pairs: Sequence[ReportedPair], *, compared: bool) -> str:
    """Pairs with what they have; the columns that matter first, as a phone shows two of them."""
    names = called(pair.instance for pair in report.pairs)
    several = len(names) > 1
    rows = "".join(_row(report, pair, names[pair.instance] if several else "", compared=compared) for pair in pairs)
    heads = ["pair", "now", *(["before"] if compared else []), *(["instance"] if several else [])]
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(report: Report, pair: ReportedPair, instance: str, *, compared: bool) -> str:
    sign, colour = ("✓", "good") if carries(pair) else ("?", "ask") if pair.disposition == "undetermined" else ("✗", "bad")
    had = f"<td>{escape(before(pair)) if changes(report, pair) else '='}</td>" if compared else ""
    name = f"<td><code>{escape(instance)}</code></td>" if instance else ""
    return (
        f'<tr><td>{escape(" – ".join(pair.regions))}</td><td class="{colour}">{sign} {escape(state(pair))}</td>{had}{name}</tr>'
    )


def _money(report: Report) -> list[str]:
    names = called([*(item.urn for item in report.purchases), *(item.urn for item in report.traffic)])
    bought = [f"<li><code>{escape(names[item.urn])}</code>: {escape(purchase(item))}</li>" for item in report.purchases]
    bought += [f"<li><code>{escape(names[item.urn])}</code>: {escape(paid_by_traffic(item))}</li>" for item in report.traffic]
    return _fold(f"Bought, or paid by traffic ({len(bought)})", [f"<ul>{''.join(bought)}</ul>"] if bought else [])
