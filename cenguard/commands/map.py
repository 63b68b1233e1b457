"""`cenguard map`: the regions, what connects them, and what is bought."""

from pathlib import Path

import click

from cenguard.commands.cli import gather, spare_inputs
from cenguard.commands.options import a_file, format_option, source_options
from cenguard.commands.printing import say_remarks, tell, write


@click.command("map", short_help="Draw the network of some sources.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=a_file)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.{html,svg,md}",
    help="Where to; its ending says the format. Without it, Markdown on standard output.",
)
@source_options
@format_option
def command(
    sources: tuple[str, ...],
    file: Path | None,
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    form: str,
) -> None:
    """Draw the network of some sources: regions by area, what connects each pair, what is bought, used and missing.

    \b
    cenguard map preview.json -o network.html
    cenguard map net/export.json app/export.json -o network.svg
    cenguard map preview.json --format json
    """
    from cenguard.judging.absent import nothing_of_cen, refuse_unread
    from cenguard.judging.check import network_of
    from cenguard.judging.regional_map import map_of
    from cenguard.reports.formats import write_text
    from cenguard.reports.map.document import FORMS, as_json, render

    kind = file.suffix.removeprefix(".").lower() if file else "md"
    if kind not in FORMS:
        raise click.UsageError(f"{file}: a file that ends in .html, .svg or .md was expected")
    options, records = gather(sources or (".",), stack, config, settings_file, inventories, areas)
    refuse_unread(records, options)
    spare_inputs([(kind, file)] if file else (), records, options)
    names = ", ".join(f"{record.project}/{record.stack}" if record.project else record.path for record in records)
    absent = nothing_of_cen(records)
    found = map_of(network_of(records, options))
    text = render(found, kind, f"{absent or 'Cloud Enterprise Network'}: {names}")
    if file is not None:
        write_text(file, text)
    say_remarks(records)
    if absent:
        tell(f"note: {absent}", err=True)
    if form == "json":
        write(as_json(found, [record.path for record in records], absent), form)
    elif file is None:
        write(text)
