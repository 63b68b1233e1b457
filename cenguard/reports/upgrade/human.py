"""The answer that a person reads in a terminal."""

from collections.abc import Callable

from cenguard.findings.upgrade_answer import UpgradeAnswer
from cenguard.reports.lines import inert, wrapped
from cenguard.reports.upgrade.words import Facts, Rows, about, costs, facts, result, source, step_note, tables, verdict
from cenguard.text.printable import printable

Style = Callable[[str, str], str]
SHOWN = 20
"""Rows of a table before the rest is counted; the other formats list all."""


def plain(text: str, _style: str) -> str:
    """No colour."""
    return text


def render(answer: UpgradeAnswer, *, style: Style = plain) -> str:
    """The answer as text; `style` colours a piece of it by name."""
    lines: list[str] = []
    for table in tables(answer):
        lines += [*_table(table, style), ""]
    for group in facts(answer):
        lines += [*_facts(group, style), ""]
    lines.append(style("The way there", "bold"))
    for number, step in enumerate(answer.steps, 1):
        lines += wrapped(f"{number}. {step.do}", "    ", "       ")
        if step.check:
            lines.append(f"       {printable(step.check)}")
        lines.append(f"       {step_note(step)}")
    lines += ["", style("Costs", "bold"), *(f"    {printable(line)}" for line in costs(answer.costs)), ""]
    lines += [result(answer), *wrapped(verdict(answer), "", "    ")]
    lines[-1] = style(lines[-1], "bold")
    return "\n".join(inert(line) for line in lines) + "\n"


def _table(table: Rows, style: Style) -> list[str]:
    shown = [tuple(map(printable, row)) for row in table.rows[:SHOWN]]
    widths = [max(map(len, column)) for column in zip(table.columns, *shown, strict=True)]
    lines = [
        "    " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (table.columns, *shown)
    ]
    rest = len(table.rows) - len(shown)
    more = [f"    ... and {rest:,} more (--format json lists all)"] if rest else []
    return [style(table.title, "bold"), *lines, *more]


def _facts(group: Facts, style: Style) -> list[str]:
    mark = style("✗", "red") if group.stops else "·"
    lines = [style(f"{group.title} ({len(group.facts)})", "bold")]
    for fact in group.facts:
        whose = about(fact)
        lines += wrapped(f"{mark} {fact.what}{f' [{whose}]' if whose else ''}", "    ", "      ")
        place = source(fact)
        if place:
            lines.append(f"      {printable(place)}")
    return lines
