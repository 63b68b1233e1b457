"""`cenguard upgrade`: what a Basic network becomes on Enterprise Edition."""

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenguard.commands.cli import gather, spare_inputs
from cenguard.commands.options import a_file, format_options, source_options, today_option
from cenguard.commands.printing import coloured, say_remarks, tell, write
from cenguard.commands.publishing import paint
from cenguard.errors import UnreadableInput
from cenguard.reports import formats
from cenguard.text.printable import printable
from cenguard.text.progress import progress

if TYPE_CHECKING:
    from cenguard.findings.upgrade_answer import Billing, UpgradeAnswer
    from cenguard.upgrade.planning import UpgradePlan

LANGUAGES = ("python", "yaml", "typescript", "go", "hcl", "terraform")
BILLINGS = ("package", "traffic", "as-is")


@click.command("upgrade", short_help="Say what a Basic network becomes on Enterprise Edition.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=a_file)
@click.option("--instance", metavar="NAME", help="Which Basic CEN instance, where there are several: its name, id or URN.")
@click.option(
    "--billing",
    type=click.Choice(BILLINGS),
    default="package",
    show_default=True,
    help="Who pays for a peer: the package that the limit draws from, the traffic, or the package where it holds what is drawn.",
)
@click.option(
    "--zones",
    "zones_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Zones and vSwitches of VPCs; where it does not exist, it is written to be filled in.",
)
@click.option(
    "--program",
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write the new network as a project; the folder must not exist, or be empty.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the project; by default the input's own, else Python.")
@source_options
@today_option
@format_options(formats.UPGRADE, formats.UPGRADE)
def command(
    sources: tuple[str, ...],
    instance: str | None,
    billing: "Billing",
    zones_file: Path | None,
    directory: Path | None,
    language: str | None,
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    today: dt.date | None,
    form: str,
    files: tuple[tuple[str, Path], ...],
) -> None:
    """Say what a Basic network becomes on Enterprise Edition, what of it stops, and what is not known.

    SOURCE is as for `check`: a project folder, or documents. The instance stays the same one, and its packages move with it. Nothing of it is
    changed.

    \b
    cenguard upgrade export.json
    cenguard upgrade net/preview.json app/export.json --billing as-is -o html=upgrade.html

    \b
    Exit status: 0 the new network carries what the old one carries,
                 1 something is lost, smaller, or not decided,
                 2 input, settings or usage is wrong, or there is no Basic network in it.
    """
    from cenguard.judging.absent import nothing_of_cen, refuse_unread
    from cenguard.upgrade.planning import plan_of
    from cenguard.upgrade.program import refuse_folder
    from cenguard.upgrade.zones import ZonesFile

    if directory is None and language is not None:
        raise click.UsageError("--language is of the project that --program writes: give --program DIR")
    if directory is not None:
        refuse_folder(directory)
    given = sources or (".",)
    options, records = gather(given, stack, config, settings_file, inventories, areas, today=today)
    refuse_unread(records, options)
    spare_inputs(files, records, options, *inventories, zones_file, areas)
    name = ", ".join(given)
    if absent := nothing_of_cen(records):
        raise UnreadableInput(name, absent)
    with progress(f"planning {sum(len(item.resources) for item in records):,} resources"):
        zones = ZonesFile(zones_file, options.inventory.switches.values())
        plan = plan_of(records, options, source=name, instance=instance, billing=billing, zones=zones.zones_of)
    asks = zones.write()
    if directory is not None and zones.asked:
        raise zones.refusal()
    if asks:
        tell(f"cenguard: {printable(str(zones_file))} asks for zones and vSwitches: fill them in", err=True)
    answer = plan.answer
    if directory is not None:
        answer = _written(plan, directory, language, options, records, areas, name)
    formats.write_all_of("upgrade", answer, files)
    say_remarks(records)
    _print(answer, form)
    sys.exit(0 if answer.keeps_everything else 1)


def _written(
    plan: "UpgradePlan",
    directory: Path,
    language: str | None,
    options: Any,
    records: Sequence[Any],
    areas: str | None,
    source: str,
) -> "UpgradeAnswer":
    """The answer with the project that is written; without one where something of it is still to be decided."""
    from cenguard.commands.package_address import package_address
    from cenguard.sources.project import Language
    from cenguard.upgrade.program import Wanted, language_of_input, undecided, write_program

    if why := undecided(plan):
        tell(f"cenguard: {printable(str(directory))} is not written: {printable(why)}", err=True)
        return plan.answer
    wanted = Wanted(
        directory=directory,
        language=Language(language) if language is not None else language_of_input(records),
        package=package_address("components"),
        areas=areas,
    )
    with progress(f"writing {printable(str(directory))}"):
        answer = write_program(plan, wanted, options, source, lambda report: formats.render(report, "json"))
    tell(f"cenguard: wrote {printable(str(directory))} ({wanted.language})", err=True)
    return answer


def _print(answer: "UpgradeAnswer", form: str) -> None:
    if form == "human":
        from cenguard.reports.upgrade.human import plain, render

        write(render(answer, style=paint if coloured() else plain))
    else:
        write(formats.render_of("upgrade", answer, form), form)
