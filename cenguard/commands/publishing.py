"""A report, printed and written as a command was asked to."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from cenguard.commands.cli import coloured, write

COLOURS: dict[str, dict[str, Any]] = {"bold": {"bold": True}, "dim": {"dim": True}}


def publish(
    report: Any,
    form: str,
    files: Sequence[tuple[str, Path]],
    *,
    status: int,
    no_color: bool,
    quiet: bool = False,
    verbose: bool = False,
) -> None:
    """Print a report, and write the files that were asked for."""
    from cenguard.reports.formats import render as render_form
    from cenguard.reports.formats import summarize, write_all

    write_all(report, files)
    teller = getattr(click.get_current_context().find_root().command, "teller", None)
    if teller is not None:
        teller.tell(status, report)
    elif form == "human":
        from cenguard.reports.human import plain, render

        write(render(report, style=plain if no_color or not coloured() else paint, verbose=verbose, quiet=quiet))
    else:
        write(render_form(report, form), form)
    if form == "github":
        summarize(report)


def paint(text: str, style: str) -> str:
    """Colour a piece of text."""
    return click.style(text, **COLOURS.get(style, {"fg": style}))
