"""`cenguard comment`: the report as a comment on the change that a job of GitHub or GitLab is about."""

import os
from pathlib import Path

import click

from cenguard.commands.options import a_file
from cenguard.commands.printing import tell
from cenguard.commands.publishing import priced, prices_option

_LOG = "since a job did not come to its end: its log says why"
_OUTDATED = f"⚠️ A newer run has left no report, {_LOG}. What stands here may be of an earlier commit."


@click.command("comment", short_help="Comment on a pull or merge request, from JSON reports.")
@click.argument("reports", nargs=-1, metavar="JSON...", shell_complete=a_file)
@click.option("--number", type=click.IntRange(min=1), help="The pull or merge request; by default the one of the job.")
@click.option(
    "--name", default="", help="Of one comment for many projects: a newer run with this name replaces it, whatever it is about."
)
@click.option(
    "--of",
    "expected",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many reports there should be: where jobs have left fewer, the comment says so, and an older one that it may be out of date.",
)
@prices_option
def command(reports: tuple[str, ...], number: int | None, name: str, expected: int | None, settings_file: Path | None) -> None:
    """Comment on the pull request or merge request of this CI job, from reports that jobs wrote with `--format json`.

    One comment for each stack: a newer run replaces the older comment, and where the change no longer touches the network
    it becomes "resolved". Where there is nothing to say and there was nothing before, nothing is written.
    A job that joins the reports of many projects gives its comment a --name, since the next run may be about others of them;
    where a run is about none of them, no report resolves it.

    A fix that is certain, and lies in lines that the change adds, is suggested there too: a click puts it into the branch.

    \b
    GitHub: the variable GITHUB_TOKEN; the job needs permissions: pull-requests: write
    GitLab: the variable CENGUARD_TOKEN, an access token with the scope api
    """
    from cenguard.commands.pull_request import CannotComment, doubt, place_of, say
    from cenguard.commands.suggestions import suggest
    from cenguard.reports.joining import read_reports
    from cenguard.reports.markdown import marker, marker_of, render
    from cenguard.text.printable import number as number_of

    if not reports and not name and not expected:
        raise click.UsageError(
            "reports were expected; without any, the --name of the comment to resolve, or --of where jobs left none"
        )
    place, missing = place_of(os.environ, number), max(0, (expected or 0) - len(reports))
    if not reports and missing:
        tell(f"comment: {doubt(place, marker_of(name) if name else '', _OUTDATED)}")
        return
    report = priced(read_reports(reports), settings_file)
    mark = marker(report, name)
    text = render(report, name) if reports else ""
    if missing and not text:
        tell(f"comment: {doubt(place, mark, _OUTDATED)}")
        return
    if missing:
        text = text.replace(
            "\n", f"\n\n⚠️ {number_of(missing, 'report')} of {expected} {'is' if missing == 1 else 'are'} missing, {_LOG}.\n", 1
        )
    suggested = failed = ""
    try:
        suggested = suggest(place, mark, report)
    except CannotComment as error:  # the comment says the same
        failed = str(error)
    tell(f"comment: {say(place, mark, text)}")
    if failed:
        tell(f"cenguard: no suggestions: {failed.removeprefix('comment: ')}", err=True)
    elif suggested:
        tell(f"suggestions: {suggested}")
