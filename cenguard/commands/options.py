"""Options that several commands have, and what their values are turned into."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenguard.reports import formats

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

FORMATS = ("human", "json")
FAIL_ON = ("mandatory", "undetermined", "advisory", "never")


def a_file(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> "list[CompletionItem]":
    """What a shell completes where a file may stand beside other things, as a source may."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def words(values: Sequence[str]) -> tuple[str, ...]:
    """Repeated options, each of which may hold a list with commas."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def listing(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Option callback of a list."""
    return words(values)


def key_values(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> dict[str, str]:
    """Option callback of KEY=VALUE pairs."""
    found: dict[str, str] = {}
    for value in values:
        key, equals, text = value.partition("=")
        if not key or not equals:
            raise click.BadParameter("KEY=VALUE was expected (what was given is not repeated: it may be a secret)")
        found[key] = text
    return found


def a_day(_context: click.Context, _parameter: click.Parameter, value: str | None) -> dt.date | None:
    """Option callback of a date."""
    try:
        return dt.date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise click.BadParameter(f"a date such as 2027-03-31 was expected, not {value!r}") from None


select_option = click.option(
    "--select",
    "chosen",
    metavar="CODES",
    multiple=True,
    callback=listing,
    help="Only these rules: codes, names or prefixes (CEN2).",
)
ignore_option = click.option("--ignore", "ignored", metavar="CODES", multiple=True, callback=listing, help="All but these rules.")
waivers_option = click.option(
    "--waivers",
    "waiver_files",
    metavar="FILE",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Recorded exceptions, besides those of the settings. Repeatable.",
)
fail_on_option = click.option(
    "--fail-on", type=click.Choice(FAIL_ON), default="mandatory", show_default=True, help="What exit status 1 is for."
)
settings_option = click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="A settings file; by default cenguard.toml is found upwards.",
)
format_option = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="human", show_default=True, help="What is printed on standard output."
)
areas_option = click.option(
    "--areas", metavar="EDITION|FILE", shell_complete=a_file, help="An edition of the area catalogue, or a file of your own."
)


def today_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of every command that a date decides in."""
    return click.option("--today", metavar="DATE", callback=a_day, help="Decide as if it were this day.")(command)


SOURCE_OPTIONS: tuple[Callable[..., Any], ...] = (
    click.option("--stack", metavar="NAME", help="Of a project folder: which Pulumi.NAME.yaml."),
    click.option(
        "--config",
        metavar="KEY=VALUE",
        multiple=True,
        callback=key_values,
        help="Of a project folder: a value over the stack's own. Repeatable.",
    ),
    settings_option,
    click.option(
        "--inventory",
        "inventories",
        type=click.Path(path_type=Path),
        multiple=True,
        help="What lives outside the input: packages, instances, stack outputs. Repeatable.",
    ),
    areas_option,
)


def source_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads a source."""
    for option in reversed(SOURCE_OPTIONS):
        command = option(command)
    return command


def format_options(printed: Sequence[str], written: Sequence[str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options that say in which format an answer is printed, and in which ones it is written to files."""

    def with_options(command: Callable[..., Any]) -> Callable[..., Any]:
        command = click.option(
            "-o",
            "--output",
            "files",
            metavar="FORMAT=PATH",
            multiple=True,
            callback=lambda _context, _parameter, values: formats.files_of(values, written),
            help="Also write a format to a file. Repeatable.",
        )(command)
        return click.option(
            "--format",
            "form",
            type=click.Choice(printed),
            default="human",
            show_default=True,
            help="What is printed on standard output.",
        )(command)

    return with_options


report_options = format_options(formats.PRINTED, formats.FORMATS)
"""The options of every command that prints a report."""
