"""The answer for a ticket or a pull request."""

from cenguard.findings.upgrade_answer import UpgradeAnswer
from cenguard.reports.markdown import code, fitted_in_order, prose, text
from cenguard.reports.upgrade.words import Facts, Rows, about, costs, facts, result, source, step_note, tables, verdict

ROWS = 60
"""Rows of a table before the rest is counted."""


def render(answer: UpgradeAnswer) -> str:
    """The answer; whole blocks are left out where it would be too long for a comment."""
    sign = "✅" if answer.keeps_everything else "❌"
    parts = [f"### {sign} cenguard upgrade: {text(verdict(answer))}", text(result(answer))]
    groups = facts(answer)
    parts += [_facts(group) for group in groups if group.stops]
    parts += map(_table, tables(answer))
    parts += [_facts(group) for group in groups if not group.stops]
    parts.append(_steps(answer))
    parts.append("**Costs**\n\n" + "\n".join(f"- {text(line)}" for line in costs(answer.costs)))
    return fitted_in_order(parts, "the JSON and HTML answers")


def _table(table: Rows) -> str:
    lines = [f"**{table.title}**", "", f"| {' | '.join(table.columns)} |", f"|{'---|' * len(table.columns)}"]
    lines += [f"| {' | '.join(map(text, row))} |" for row in table.rows[:ROWS]]
    if len(table.rows) > ROWS:
        lines += ["", f"… and {len(table.rows) - ROWS:,} more."]
    return "\n".join(lines)


def _facts(group: Facts) -> str:
    lines = [f"**{group.title}** ({len(group.facts)})", ""]
    for fact in group.facts:
        whose, place = about(fact), source(fact)
        lines.append(f"- {prose(fact.what)}{f' ({text(whose)})' if whose else ''}{f' – {place}' if place else ''}")
    return "\n".join(lines)


def _steps(answer: UpgradeAnswer) -> str:
    lines = ["**The way there**", ""]
    for number, step in enumerate(answer.steps, 1):
        check = f"; then `{code(step.check)}`" if step.check else ""
        lines.append(f"{number}. {prose(step.do)}{check} ({step_note(step)})")
    return "\n".join(lines)
