"""A report, printed and written as a command was asked to."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from cenguard.commands.printing import coloured, put, write

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
    from cenguard.reports.formats import pieces, summarize, write_all

    write_all(report, files)
    teller = getattr(click.get_current_context().find_root().command, "teller", None)
    if teller is not None:
        teller.tell(status, report)
    elif form == "human":
        from cenguard.reports.human import plain, render

        write(render(report, style=plain if no_color or not coloured() else paint, verbose=verbose, quiet=quiet))
    else:
        for piece in pieces(report, form):
            put(piece)
    if form == "github":
        summarize(report)
    if status in (0, 1) and os.environ.keys() & {
        "GITHUB_OUTPUT",
        "CENGUARD_OUTPUTS",
    }:  # what could not be judged buys who knows what
        from cenguard.reports.approval import hand_out

        hand_out(report, form)


def paint(text: str, style: str) -> str:
    """Colour a piece of text."""
    return click.style(text, **COLOURS.get(style, {"fg": style}))


def priced(report: Any, settings_file: Path | None) -> Any:
    """A report that was read from JSON, which carries no prices, with those of the settings that are found from here."""
    if not (report.purchases or report.traffic):
        return report
    from msgspec.structs import replace as with_fields

    from cenguard.settings.files import settings_for

    return with_fields(report, prices=settings_for(settings_file, Path.cwd()).prices)


def prices_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of a command that reads no source, but settings."""
    return click.option(
        "--settings",
        "settings_file",
        type=click.Path(path_type=Path),
        help="A settings file, for the prices; by default cenguard.toml is found upwards.",
    )(command)
