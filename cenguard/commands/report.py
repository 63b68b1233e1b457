"""`cenguard report`: the reports of several jobs as one, in any format."""

import datetime as dt
import os
import sys
from pathlib import Path

import click

from cenguard.commands.options import FAIL_ON, a_file, report_options, today_option
from cenguard.commands.publishing import priced, prices_option, publish
from cenguard.text.sparing import spare


@click.command("report", short_help="Join JSON reports, and write them in any format.")
@click.argument("reports", nargs=-1, required=True, metavar="JSON...", shell_complete=a_file)
@report_options
@prices_option
@click.option("--fail-on", type=click.Choice(FAIL_ON), default="never", show_default=True, help="What exit status 1 is for.")
@click.option("--new", "only_new", is_flag=True, help="Only findings that are new decide the exit status.")
@today_option
@click.option("--no-color", is_flag=True, help="No colours (also: the variable NO_COLOR).")
@click.option("--verbose", is_flag=True, help="Every pair and every open question.")
def command(
    reports: tuple[str, ...],
    form: str,
    files: tuple[tuple[str, Path], ...],
    settings_file: Path | None,
    today: dt.date | None,
    fail_on: str,
    *,
    only_new: bool,
    no_color: bool,
    verbose: bool,
) -> None:
    """Join reports that jobs wrote with `--format json`, and print or write them in any format.

    \b
    cenguard report job-*.json -o markdown=comment.md -o html=network.html
    """
    from msgspec.structs import replace

    from cenguard.judging.check import exit_status
    from cenguard.reports.joining import read_reports

    spare([path for _, path in files], map(os.path.realpath, reports))
    report = replace(priced(read_reports(reports), settings_file), day=today.isoformat() if today else "")
    status = exit_status(report, fail_on, only_new=only_new)
    publish(report, form, files, status=status, no_color=no_color, verbose=verbose)
    sys.exit(status)
