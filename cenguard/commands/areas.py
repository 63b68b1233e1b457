"""`cenguard areas`: the area catalogue."""

from pathlib import Path

import click

from cenguard.commands.options import areas_option, format_option, words
from cenguard.commands.printing import write


@click.command("areas", short_help="Show the area catalogue, or the areas of some regions.")
@click.argument("words_given", nargs=-1, metavar="[REGION]...")
@areas_option
@format_option
def command(words_given: tuple[str, ...], areas: str | None, form: str) -> None:
    """Show the area catalogue: all of it, or the areas of some regions."""
    from cenguard.reports.areas import render
    from cenguard.settings.model import catalogue_named

    catalogue = catalogue_named(areas, Path())
    write(render(catalogue, words(words_given), form), form)
