"""`cenguard anonymise`: documents that show a finding and not their owner."""

import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from cenguard.commands.options import format_option
from cenguard.commands.printing import tell, write
from cenguard.errors import UnreadableInput
from cenguard.resources.addresses import is_address, source_in
from cenguard.text.encodings import utf8
from cenguard.text.printable import number, printable
from cenguard.text.progress import progress
from cenguard.text.sparing import spare

if TYPE_CHECKING:
    from cenguard.commands.anonymising.files import Anonymised
    from cenguard.findings.report import Report


@click.command("anonymise", short_help="Write documents without ids, names and secrets, to be shown.")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    metavar="FILE|FOLDER",
    type=click.Path(path_type=Path),
    help="Where the new documents go.",
)
@format_option
def command(documents: tuple[Path, ...], target: Path, form: str) -> None:
    """Write documents without ids, names, tags, addresses and secrets of their owner, and with the same findings.

    So that whoever meets a false alarm can show it. Any JSON document that `cenguard check` reads, and inventories; several
    share one map and go into a folder.

    \b
    cenguard anonymise preview.json -o shown.json
    cenguard anonymise plan.json network.inventory.toml -o shown/
    """
    from cenguard.commands.anonymising.files import anonymise
    from cenguard.geography.catalogue import default_catalogue
    from cenguard.text.toml_text import write_over

    for path in documents:
        if str(path) == "-" and not path.exists():
            raise UnreadableInput("standard input", "is not read here: both documents are compared, so a file was expected")
        if path.is_dir():
            raise UnreadableInput(
                str(path), "is a folder: documents were expected, such as `pulumi preview --json` or `terraform show -json` write"
            )
    into = len(documents) > 1 or target.is_dir()
    places = {str(path): target / path.name if into else target for path in documents}
    if len({*places.values()}) < len(documents):
        raise UnreadableInput(str(target), "two documents have one file name: rename one of them first")
    for path in documents:
        if os.path.realpath(places[str(path)]) in map(os.path.realpath, documents):
            raise UnreadableInput(str(places[str(path)]), "is a document itself: give another place with -o")
    if len(documents) > 1 and target.exists() and not target.is_dir():
        raise UnreadableInput(str(target), "is a file: several documents go into a folder")
    spare(list(places.values()), (), "the new document")
    with progress("anonymising"):
        try:
            done = anonymise(documents, default_catalogue())
            is_all = _compare(documents, done)
        except RecursionError:
            raise UnreadableInput(", ".join(map(str, documents)), "is nested too deeply to be written anew") from None
    for name, place in places.items():
        place.parent.mkdir(parents=True, exist_ok=True)
        write_over(place, done.texts[name])
    if form == "json":
        write(_as_json(places, done, is_all=is_all), form)
        return
    counts = ", ".join(number(count, _WORDS[kind]) for kind, count in sorted(done.replaced.items()))
    tell(f"{number(len(documents), 'document')} written to {printable(str(target))}; replaced: {counts or 'nothing'}")
    if done.own_types:
        words = f", and words of theirs: {', '.join(sorted(done.walk.own_keys))}" if done.walk.own_keys else ""
        tell(printable(f"types that only their package defines stayed: {', '.join(done.own_types)}{words}"))
    same = (
        "the same" if is_all else "those of the document by itself, which leaves open what the program's files beside it settle"
    )
    tell(f"Findings, pairs and purchases are {same}. Look at it yourself before you publish it.")


def _as_json(places: dict[str, Path], done: "Anonymised", *, is_all: bool) -> str:
    from cenguard.reports.json import json_text

    return json_text(
        {
            "documents": [{"document": name, "written": str(place)} for name, place in places.items()],
            "replaced": dict(sorted(done.replaced.items())),
            "types": done.own_types,
            "words": sorted(done.walk.own_keys) if done.own_types else [],
            "findings": "same" if is_all else "same without the files of its program",
        }
    )


_WORDS = {
    "name": "name", "text": "sentence", "id": "id", "uuid": "uuid", "account": "account number", "block": "block", "secret": "ciphertext",
}  # fmt: skip


def _compare(documents: tuple[Path, ...], done: "Anonymised") -> bool:
    """Check both, and refuse where they differ; false where the document by itself says less than with its program's files beside it.

    Raises:
        UnreadableInput: a document cannot be checked, or the new one is judged otherwise.
    """
    with TemporaryDirectory() as folder:
        before = _said(_report(documents), done.walk.text)
        after = _said(_report(_written(Path(folder, "new"), documents, done.texts.values())), str)
        if before == after:
            return True
        texts = [utf8(path.read_bytes()).decode() for path in documents]
        alone = _said(_report(_written(Path(folder, "alone"), documents, texts)), done.walk.text)
    odd = sorted((alone - after).keys() | (after - alone).keys(), key=str)
    if odd:
        raise UnreadableInput(
            str(documents[0]),
            f"the new document is judged otherwise ({odd[0][0]}), so something that decides was replaced: nothing is written",
        )
    return False


def _written(folder: Path, documents: Iterable[Path], texts: Iterable[str]) -> tuple[Path, ...]:
    """Documents in folders of their own, away from whatever lies beside them."""
    places = tuple(folder / f"{number}" / path.name for number, path in enumerate(documents))
    for place, text in zip(places, texts, strict=True):
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")
    return places


def _report(paths: tuple[Path, ...]) -> "Report":
    from cenguard.geography.catalogue import default_catalogue
    from cenguard.inventory.aliyun import answers_in
    from cenguard.judging.check import check
    from cenguard.judging.inventories import read_inventories
    from cenguard.judging.options import Options
    from cenguard.readers.sources import read_estate
    from cenguard.settings.model import Settings

    lists = [path for path in paths if path.suffix == ".toml" or answers_in(str(path)) is not None]
    catalogue = default_catalogue()
    inventory = read_inventories(lists, catalogue)
    options = Options(settings=Settings(), catalogue=catalogue, inventory=inventory)
    records = (
        read_estate([str(path) for path in paths if path not in lists], stack_outputs=inventory.stacks)
        if len(lists) < len(paths)
        else []
    )
    return check(records, options)


def _said(report: "Report", renamed: Any) -> Counter[Any]:
    """What a report says, each statement with how often, in the words of the new document."""

    def of(text: str | None) -> str | None:
        """A URN, an address without its source's name, or an id; what is in words is made of names."""
        if text is None or " " in text.partition("::")[0].partition("[")[0]:
            return text and "in words"
        source = source_in(text) if is_address(text) else ""
        return str(renamed(text[len(source) + 1 :] if source else text))

    said: Counter[Any] = Counter()
    for item in report.findings:
        said[(item.rule, item.verdict, item.level, item.change, of(item.urn), of(item.instance))] += 1
    for pair in report.pairs:
        said[("pair", of(pair.instance), tuple(pair.regions), pair.disposition, pair.mbps, pair.mbps_before)] += 1
    for bought in report.purchases:
        said[("purchase", of(bought.urn), tuple(bought.area_pair or ()), bought.mbps, bought.mbps_before)] += 1
    return said
