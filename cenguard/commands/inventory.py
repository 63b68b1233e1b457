"""`cenguard inventory`: what lives here, written down for those who rest on it."""

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenguard.commands.options import a_file, areas_option, format_option, key_values, today_option
from cenguard.commands.printing import tell, write
from cenguard.errors import UnreadableInput
from cenguard.judging.gathering import naming_of
from cenguard.text.printable import printable

if TYPE_CHECKING:
    from cenguard.geography.catalogue import Catalogue
    from cenguard.network.known import Inventory


@click.command("inventory", short_help="Write down what lives in some stacks, for the checks of others.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", shell_complete=a_file)
@click.option("-o", "--output", "path", metavar="FILE", type=click.Path(path_type=Path), help="The file to write.")
@click.option("--complete", is_flag=True, help="The sources name every package and attachment of their instances.")
@click.option("--stack", metavar="NAME", help="Of a project folder: which Pulumi.NAME.yaml.")
@click.option(
    "--config", metavar="KEY=VALUE", multiple=True, callback=key_values, help="Of a project folder: a value. Repeatable."
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path),
    help="A settings file, for `shared` and `areas`; by default cenguard.toml is found upwards.",
)
@areas_option
@today_option
@format_option
def command(
    sources: tuple[str, ...],
    path: Path | None,
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    areas: str | None,
    today: dt.date | None,
    form: str,
    *,
    complete: bool,
) -> None:
    """Write down what lives in some stacks, for the checks of others that rest on it.

    A source is a document of a stack (an export knows most), or what the service itself answers:

    \b
    pulumi stack export > export.json; cenguard inventory export.json -o network.inventory.toml
    aliyun cbn DescribeCenBandwidthPackages --PageSize 50 > packages.json; cenguard inventory packages.json ...
    """
    from cenguard.inventory.inventory_text import inventory_text, refuse_odd_ids
    from cenguard.judging.inventories import gather
    from cenguard.judging.options import Options
    from cenguard.readers.sources import is_folder
    from cenguard.reports.json import toml_as_json
    from cenguard.settings.files import settings_for
    from cenguard.settings.model import catalogue_named
    from cenguard.text.printable import number
    from cenguard.text.toml_text import write_over

    if (stack or config) and not any(map(is_folder, sources)):
        raise click.UsageError("--stack and --config are for a project folder; none is among the sources")
    settings = settings_for(settings_file, Path.cwd())
    catalogue = catalogue_named(areas, Path()) if areas else settings.catalogue()
    if path is not None:
        refuse_to_write_over(path)
    gathered = gather(
        sources, catalogue, shared=settings.shared, complete=complete, stack=stack, config=config, naming=naming_of(settings)
    )
    inventory = gathered.inventory
    if not inventory.holds_cen:
        told = f" ({'; '.join(gathered.notes)})" if gathered.notes else ""
        raise UnreadableInput(", ".join(sources), f"holds no CEN instance or package with an id{told}")
    refuse_odd_ids(inventory, ", ".join(sources))
    text = inventory_text(inventory, sources, Options(today=today).day)
    if form == "json":
        write(toml_as_json(text, "instance", "package", "attachment"), form)
    elif path is None:
        write(text, "toml")
    if path is not None:
        write_over(path, text)
        counts = {"instance": inventory.instances, "package": inventory.packages, "attachment": inventory.attachments}
        told = ", ".join(number(len(rows), what) for what, rows in counts.items())
        tell(printable(f"{path}: {told}"), err=True)
    strange = regions_without_a_row(inventory, catalogue)
    for note in (*gathered.notes, *([strange] if strange else [])):
        tell(printable(f"note: {note}"), err=True)


def regions_without_a_row(inventory: "Inventory", catalogue: "Catalogue") -> str:
    """What to do before a check reads regions that the area catalogue does not know; empty where there are none."""
    from cenguard.geography.regions import surrounding
    from cenguard.text.printable import listed

    pairs = [*(row.regions for row in inventory.limits), *(row.regions for row in inventory.peers)]
    named = {row.region for row in inventory.attachments} | {row.region for row in inventory.routers.values()}
    named |= {end for pair in pairs for end in pair.names}
    strange = sorted(name for name in named if surrounding(name) not in catalogue.regions)
    if not strange:
        return ""
    verb, rows_for = ("are", "rows for them") if len(strange) > 1 else ("is", "a row for it")
    return (
        f"{listed(strange)} {verb} not in the area catalogue {catalogue.edition}: a check takes this file together with {rows_for} in a "
        "file given with --areas"
    )


def refuse_to_write_over(path: Path) -> None:
    """Leave alone what is there and was not written by this command.

    Raises:
        UnreadableInput: something else stands there.
    """
    from cenguard.inventory.inventory_text import MARK
    from cenguard.text.whole import descriptor

    if not os.path.lexists(path) or descriptor(path) is not None:  # what is open already is added to
        return
    if path.exists() and not path.is_file():  # a pipe would be waited for, and loses nothing
        return
    try:
        with path.open("rb") as file:
            mine = file.read(200).startswith(f"# {MARK}".encode())
    except OSError as error:
        raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None
    if not mine:
        raise UnreadableInput(
            str(path), "is there already and is no inventory that this command wrote: give another name, or delete it first"
        )
