"""`cenguard explain`: the proof for one pair of regions."""

from pathlib import Path

import click

from cenguard.commands.cli import FORMATS, gather, source_options, write
from cenguard.errors import UnreadableInput


@click.command("explain")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--from", "first", metavar="REGION", required=True, help="One end.")
@click.option("--to", "second", metavar="REGION", required=True, help="The other end.")
@click.option(
    "--instance", metavar="NAME", help="Which CEN instance: its name, id or URN; by default every one with both regions."
)
@source_options
@click.option("--format", "form", type=click.Choice(FORMATS), default="human", show_default=True)
def command(
    sources: tuple[str, ...],
    first: str,
    second: str,
    instance: str | None,
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    form: str,
) -> None:
    """Explain what connects two regions, or why nothing does.

    Several sources are explained together, as `check` checks them: a package in one stack covers attachments in another.
    """
    from cenguard.judging.absent import nothing_of_cen, refuse_unread
    from cenguard.judging.check import network_of
    from cenguard.judging.proof import prove
    from cenguard.reports.proof import render

    given = sources or (".",)
    options, records = gather(given, stack, config, settings_file, inventories, areas)
    for name in (first, second):
        options.catalogue.region(name)
    refuse_unread(records, options)
    network = network_of(records, options)
    if not network.instances and (absent := nothing_of_cen(records)):
        raise UnreadableInput(", ".join(given), absent)
    write(render(prove(network, first, second, instance), form), form)
