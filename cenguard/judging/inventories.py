"""Inventories read for a check: from their files, from documents of other stacks, from answers of `aliyun cbn`."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from cenguard.errors import InvalidSettings
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.network.known import Inventory, laid_together
from cenguard.text.printable import printable
from cenguard.text.progress import progress

if TYPE_CHECKING:
    from cenguard.inventory.sources import Gathered
    from cenguard.readers.naming import Naming
    from cenguard.resources.records import Records


def read_inventories(
    paths: Sequence[Path],
    catalogue: Catalogue | None = None,
    *,
    beside: tuple[str, str] | None = None,
    at: Mapping[Path, tuple[str, str]] = {},
) -> Inventory:
    """Read inventory files and lay them together; a later file's row replaces an earlier one of the same id.

    A file may also be a document of another stack, or what `aliyun cbn` prints. `beside` is the stack (and project) that is
    judged: what a document says of it is how it was before, and nothing that lies elsewhere. `at` is the file and line of settings
    that name a path.

    Raises:
        InvalidSettings: a file holds something that is not understood; says the key, the line and the nearest name.
        UnreadableInput: a document is none that is known.
    """
    if not paths:
        return Inventory()
    from cenguard.inventory.aliyun import answers_in  # most checks rest on no inventory
    from cenguard.inventory.files import read

    catalogue = catalogue or default_catalogue()
    found: list[Inventory] = []
    answers: list[str] = []
    for path in paths:
        if path in at and not os.path.lexists(path):
            source, where = at[path]
            raise InvalidSettings(source, f"{path}: there is no such file", where=where).naming(path)
        inventory = read(path, catalogue)
        if inventory is not None:
            found.append(inventory)
        elif answers_in(str(path)) is None:
            found.append(gather([str(path)], catalogue, beside=beside).inventory)
        else:  # several answers are one: only together do they tell whether something is missing
            answers.append(str(path))
    if answers:
        found.append(gather(answers, catalogue).inventory)
    return laid_together(found)


def gather(
    names: Sequence[str],
    catalogue: Catalogue,
    *,
    shared: Sequence[str] = (),
    complete: bool = False,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    naming: "Naming | None" = None,
    beside: tuple[str, str] | None = None,
) -> "Gathered":
    """An inventory out of several sources: documents, project folders, and answers of `aliyun cbn`.

    Of the stack `beside` (stack, project) nothing is taken.
    `complete` says that the sources name all packages and attachments of their instances, whatever they look like.

    Raises:
        UnreadableInput: a source is nothing that can be read.
    """
    from cenguard.inventory.aliyun import Answers, answers_in
    from cenguard.inventory.sources import Gathered
    from cenguard.readers.sources import read_estate

    answers = Answers(catalogue)
    documents: list[str] = []
    for name in names:
        answered = answers_in(name)
        if answered is None:
            documents.append(name)
        else:
            answers.add(answered, name)
    parts: list[Inventory] = []
    notes: list[str] = []
    if documents:
        with progress(f"reading {', '.join(map(printable, documents))}"):
            records = read_estate(documents, stack=stack, config=config, naming=naming)
        records = [item for item in records if (item.stack, item.project) != beside]
        found = inventory_of_records(records, catalogue, shared=shared, complete=complete)
        parts.append(structs.replace(found.inventory, read_from=frozenset((item.stack, item.project) for item in records)))
        notes += found.notes
    if answers:
        found = answers.gathered(complete=complete)
        parts.append(found.inventory)
        notes += found.notes
    return Gathered(laid_together(parts), tuple(notes))


def inventory_of_records(
    records: "Sequence[Records]", catalogue: Catalogue, *, shared: Sequence[str] = (), complete: bool = False
) -> "Gathered":
    """What an input holds, as an inventory: as far as its ids are known."""
    from cenguard.assembly import assemble
    from cenguard.assembly.route_rows import route_rows
    from cenguard.inventory.sources import from_records

    network = assemble(records, catalogue=catalogue, shared=shared)
    routed = route_rows(record for source in records for record in source.resources)
    return from_records(records, network, routed, complete=complete)
