"""Settings, inventories and sources, read: everything that one check needs."""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from cenguard.errors import UnreadableInput
from cenguard.judging.expected import with_expected
from cenguard.judging.inventories import read_inventories
from cenguard.judging.options import Options, chosen_codes, with_stack_settings
from cenguard.readers.naming import STANDARD_INPUT, Naming
from cenguard.readers.sources import is_folder, read_named
from cenguard.resources.records import Records
from cenguard.settings.files import settings_for, with_waivers
from cenguard.settings.model import Settings, catalogue_named
from cenguard.text.printable import printable
from cenguard.text.progress import progress


def naming_of(settings: Settings) -> Naming:
    """How sources get their names under some settings."""
    return Naming(root=Path(settings.source).parent if settings.source else None, given=settings.sources)


def _refuse_twice(given: Sequence[str], paths: Sequence[str]) -> None:
    """See that no document counts twice, under two paths or names: a Terraform one would be two programs.

    Raises:
        UnreadableInput: one does.
    """
    seen: dict[str, str] = {}
    for text, path in zip(given, paths, strict=True):
        place = path if path == STANDARD_INPUT else os.path.realpath(path)
        if place in seen:
            what = "standard input, which is read once" if place == STANDARD_INPUT else "one file"
            raise UnreadableInput(text, f"is given twice: it and {seen[place]} are {what}")
        seen[place] = text


def gathered(
    sources: Sequence[str],
    *,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    settings_file: Path | None = None,
    start: Path | None = None,
    inventories: Sequence[Path] = (),
    areas: str | None = None,
    chosen: tuple[str, ...] = (),
    ignored: tuple[str, ...] = (),
    waiver_files: Sequence[Path] = (),
    today: dt.date | None = None,
) -> tuple[Options, list[Records]]:
    """The options of a check, and the records of its sources.

    `start` is the folder from which settings are looked for upwards; without it that of a project, or the current one.

    Raises:
        InvalidSettings: a file of settings, waivers, areas or an inventory holds something that is not understood.
        UnreadableInput: a source is none of the kinds that are known.
        ProgramFailed: the program in a folder ended early.
        UnknownName: `chosen` or `ignored` names no rule.
    """
    folder = start or (Path(sources[0]) if is_folder(sources[0]) else Path())
    settings = settings_for(settings_file, folder.resolve())
    catalogue = catalogue_named(areas, Path()) if areas else settings.catalogue()
    naming = naming_of(settings)
    named = [naming.of(text) for text in sources]
    _refuse_twice(sources, [item.path for item in named])
    settings = with_expected(settings, [item.path for item in named], given=settings_file is not None)
    settings = with_waivers(settings, waiver_files, catalogue)
    inventory = read_inventories([*settings.inventory, *inventories], catalogue, at=settings.inventory_at)
    options = Options(settings=settings, catalogue=catalogue, inventory=inventory, select=chosen, ignore=ignored, today=today)
    chosen_codes(options)  # a misspelt code is said before a program runs
    with progress(f"{'running' if any(map(is_folder, sources)) else 'reading'} {', '.join(map(printable, sources))}"):
        records = read_named(named, stack=stack, config=config, stack_outputs=inventory.stacks)
    options, _ = with_stack_settings(records, options)
    return options, records
