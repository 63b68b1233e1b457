"""`cenguard areas`: the area catalogue."""

from pathlib import Path

import click

from cenguard.commands.cli import FORMATS, words
from cenguard.commands.printing import write


@click.command("areas")
@click.argument("words_given", nargs=-1, metavar="[REGION]...")
@click.option("--areas", metavar="EDITION|FILE", help="An edition of the area catalogue, or a file of your own.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="human", show_default=True)
def command(words_given: tuple[str, ...], areas: str | None, form: str) -> None:
    """Show the area catalogue: all of it, or the areas of some regions."""
    from cenguard.reports.areas import render
    from cenguard.settings.model import catalogue_named

    catalogue = catalogue_named(areas, Path())
    write(render(catalogue, words(words_given), form), form)
