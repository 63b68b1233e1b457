"""`cenguard explain`: the proof for one pair of regions, or of networks."""

from pathlib import Path

import click

from cenguard.commands.cli import gather
from cenguard.commands.options import a_file, format_option, source_options
from cenguard.commands.printing import say_remarks, write
from cenguard.errors import UnreadableInput


@click.command("explain", short_help="Explain what connects two regions or networks, or why not.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=a_file)
@click.option(
    "--from", "first", metavar="END", required=True, help="One end: a region, or a network (key, name, id, URN, address, block)."
)
@click.option("--to", "second", metavar="END", help="The other end, of the same sort; without it, what the network reaches.")
@click.option("--instance", metavar="NAME", help="Which CEN instance: its name, id or URN; by default every one with both ends.")
@source_options
@format_option
def command(
    sources: tuple[str, ...],
    first: str,
    second: str | None,
    instance: str | None,
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    form: str,
) -> None:
    """Explain what connects two regions, or whether two networks reach each other, and why nothing does.

    Several sources are explained together, as `check` checks them: a package in one stack covers attachments in another.
    """
    from cenguard.judging.absent import nothing_of_cen, refuse_unread
    from cenguard.judging.check import network_of
    from cenguard.judging.proof import prove
    from cenguard.judging.route_proof import are_networks, prove_networks, reach_of
    from cenguard.reports.proof import render
    from cenguard.reports.route_proof import render as render_networks
    from cenguard.reports.route_proof import render_reach

    given = sources or (".",)
    options, records = gather(given, stack, config, settings_file, inventories, areas)
    refuse_unread(records, options)
    network = network_of(records, options)
    if not network.instances and (absent := nothing_of_cen(records)):
        raise UnreadableInput(", ".join(given), absent)
    if second is None:
        text = render_reach(reach_of(network, first, instance), form)
    elif are_networks(network, options.catalogue, first, second):
        text = render_networks(prove_networks(network, first, second, instance), form)
    else:
        text = render(prove(network, first, second, instance), form)
    say_remarks(records)
    write(text, form)
