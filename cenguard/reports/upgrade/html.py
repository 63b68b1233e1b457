"""The answer as one HTML file: no script, no network."""

from collections.abc import Iterable

from cenguard.findings.upgrade_answer import Fact, UpgradeAnswer
from cenguard.reports.html import escape, page, prose
from cenguard.reports.upgrade.words import Facts, Rows, about, costs, facts, name, result, source, step_note, tables, verdict

FEW = 30
"""More rows than these are folded."""


def render(answer: UpgradeAnswer) -> str:
    """The page."""
    tone = "good" if answer.keeps_everything else "bad"
    made = f"cenguard {answer.cenguard} · areas {answer.catalogue} · billing {answer.billing}"
    body = [
        f'<p class="soft">{escape(made)}</p>',
        f'<h1 class="{tone}">{escape(verdict(answer))}</h1>',
        f"<p>{escape(result(answer))}</p>",
    ]
    groups = facts(answer)
    body += [_facts(group) for group in groups if group.stops]
    body += map(_table, tables(answer))
    body += [_facts(group) for group in groups if not group.stops]
    body.append(f"<section><h2>The way there</h2><ol>{''.join(_steps(answer))}</ol></section>")
    rows = "".join(f"<li>{escape(line)}</li>" for line in costs(answer.costs))
    body.append(f"<section><h2>Costs</h2><ul>{rows}</ul></section>")
    return page(f"cenguard upgrade: {name(answer.instance)}", body)


def _table(table: Rows) -> str:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.rows)
    content = f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    title = f"{escape(table.title)} ({len(table.rows)})"
    if len(table.rows) > FEW:
        return f"<details><summary>{title}</summary>{content}</details>"
    return f"<section><h2>{title}</h2>{content}</section>"


def _facts(group: Facts) -> str:
    kind = "mandatory" if group.stops else "advisory"
    items = "".join(f'<article class="{kind}">{_fact(fact)}</article>' for fact in group.facts)
    return f"<section><h2>{escape(group.title)} ({len(group.facts)})</h2>{items}</section>"


def _fact(fact: Fact) -> str:
    whose, place = about(fact), source(fact)
    lines = [f"<p>{prose(fact.what)}</p>"]
    if whose:
        lines.append(f"<p>{escape(whose)}</p>")
    if place:
        address = escape(fact.source or "")
        link = f'<a href="{address}">{address}</a>' if address.startswith("https://") else address
        lines.append(f'<p class="soft">{link}{f" ({escape(fact.date)})" if fact.date else ""}</p>')
    return "".join(lines)


def _steps(answer: UpgradeAnswer) -> Iterable[str]:
    for step in answer.steps:
        check = f"<pre><code>{escape(step.check)}</code></pre>" if step.check else ""
        yield f'<li><p>{prose(step.do)}</p>{check}<p class="soft">{escape(step_note(step))}</p></li>'
