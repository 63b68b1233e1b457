"""`cenguard needs`: what to buy so that regions reach each other."""

from pathlib import Path

import click

from cenguard.commands.options import areas_option, format_option, words
from cenguard.commands.printing import write


@click.command("needs", short_help="Say what to buy so that some regions reach each other.")
@click.argument("regions", nargs=-1, required=True, metavar="REGION REGION...")
@click.option("--mbps", type=click.IntRange(1, 10_000), default=10, show_default=True, help="Mbps for each pair.")
@areas_option
@format_option
def command(regions: tuple[str, ...], mbps: int, areas: str | None, form: str) -> None:
    """Say what to buy so that every one of some regions reaches every other: packages, or pay by traffic."""
    from cenguard.geography.bandwidth import Mbps
    from cenguard.planning.planning import needs as plan_needs
    from cenguard.reports.needs import render
    from cenguard.settings.model import catalogue_named

    catalogue = catalogue_named(areas, Path())
    named = words(regions)
    for name in named:
        catalogue.region(name)
    if len(set(named)) < 2:
        raise click.UsageError("at least two different regions were expected")
    write(render(plan_needs(named, Mbps(mbps), catalogue), catalogue, form), form)
