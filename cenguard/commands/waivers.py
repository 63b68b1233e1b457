"""`cenguard waivers`: look over recorded exceptions, or accept what an input shows today."""

import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenguard.commands.cli import gather
from cenguard.commands.options import a_day, a_file, format_option, listing, source_options, today_option
from cenguard.commands.printing import say_remarks, tell, write
from cenguard.errors import UnreadableInput
from cenguard.text.printable import printable

if TYPE_CHECKING:
    from cenguard.findings.report import Report, ReportedFinding
    from cenguard.judging.options import Options
    from cenguard.settings.model import Settings
    from cenguard.settings.waivers import Waiver

UNASSIGNED = "unassigned"


@click.command("waivers", short_help="Look over waivers, or write those that accept what is found.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "sources",
    metavar="SOURCE",
    shell_complete=a_file,
    multiple=True,
    help="Accept what these sources show today. Repeatable.",
)
@click.option("--until", metavar="DATE", callback=a_day, help="With --from: the last day on which the waivers hold.")
@click.option("--owner", help="With --from: who answers for the waivers.")
@click.option("--reason", help="With --from: why they are accepted.")
@click.option("-o", "--output", "path", metavar="FILE", type=click.Path(path_type=Path), help="With --from: the file to write.")
@click.option("--select", "chosen", metavar="CODES", multiple=True, callback=listing, help="With --from: only these rules.")
@click.option("--ignore", "ignored", metavar="CODES", multiple=True, callback=listing, help="With --from: all but these rules.")
@source_options
@today_option
@format_option
def command(
    files: tuple[Path, ...],
    sources: tuple[str, ...],
    until: dt.date | None,
    owner: str | None,
    reason: str | None,
    path: Path | None,
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    today: dt.date | None,
    form: str,
) -> None:
    """Look over files of waivers; or, with --from, write one that accepts everything a check shows today.

    \b
    cenguard waivers waivers.toml
    cenguard waivers --from export.json --until 2027-03-31 --owner net-team -o waivers.toml

    \b
    Exit status of a look: 0 all is well, 1 a waiver is over, twice there or without effect, 2 a file is wrong.
    """
    if bool(files) == bool(sources):
        raise click.UsageError("files to look over were expected, or sources to accept with --from; not both")
    if files:
        if until or owner or reason or path or chosen or ignored:
            raise click.UsageError("--until, --owner, --reason, --select, --ignore and -o go with --from")
        sys.exit(look(files, settings_file, areas, today, form))
    if until is None:
        raise click.UsageError("--from needs --until DATE, the last day on which the waivers hold")
    if owner is not None and not owner.strip():
        raise click.UsageError("--owner is empty")
    if reason is not None and not reason.strip():
        raise click.UsageError("--reason is empty")
    if path is not None and path.exists():
        raise UnreadableInput(str(path), "is there already, and is not written over: give another name, or delete it first")
    options, records = gather(sources, stack, config, settings_file, inventories, areas, chosen, ignored, today=today)
    if until < options.day:
        raise click.UsageError(f"--until {until} is past: the waivers would hide nothing")
    accept(options, records, sources, until, owner or UNASSIGNED, reason, path, form)


def look(files: Sequence[Path], settings_file: Path | None, areas: str | None, today: dt.date | None, form: str) -> int:
    """Look over files of waivers; 1 where something is wrong with one."""
    from cenguard.judging.options import Options
    from cenguard.settings.files import settings_for
    from cenguard.settings.model import catalogue_named
    from cenguard.settings.waivers import problems

    settings = settings_for(settings_file, Path(os.path.realpath(files[0])).parent)
    catalogue = catalogue_named(areas, Path()) if areas else settings.catalogue()
    day = Options(settings=settings, today=today).day
    waivers = _waivers_in(files, settings, catalogue)
    said = problems(waivers, day, settings.unwaivable)
    if form == "json":
        write(_look_json(waivers, said, day), form)
    else:
        write(_look_text(waivers, said, day))
    return int(any(wrong for _, _, wrong in said))


def _waivers_in(files: Sequence[Path], settings: "Settings", catalogue: Any) -> "tuple[Waiver, ...]":
    from cenguard.rules import RULES
    from cenguard.settings.model import FILE, PYPROJECT
    from cenguard.settings.reading import read_settings
    from cenguard.settings.rule_tables import chooser_of
    from cenguard.settings.waivers import once, read_waivers

    found: list[Waiver] = []
    for path in files:
        if path.name in (FILE, PYPROJECT):
            found += read_settings(path).waivers
        else:
            found += read_waivers(path, chooser_of((*RULES, *settings.custom)), catalogue)
    return once(found)


def _look_text(waivers: "Sequence[Waiver]", said: "Sequence[tuple[Waiver, str, bool]]", day: dt.date) -> str:
    from cenguard.text.printable import number

    lines: list[str] = []
    for waiver in waivers:
        about = [(text, wrong) for found, text, wrong in said if found is waiver]
        mark = "✗" if any(wrong for _, wrong in about) else "!" if about else "✓"
        lines.append(printable(f"{mark} {waiver.place}: {waiver.criteria}"))
        lines.append(printable(f"    {waiver.by}"))
        lines += [printable(f"    {text}") for text, _ in about]
    over = sum(waiver.over(day) for waiver in waivers)
    lines.append(f"{number(len(waivers), 'waiver')}, {over} of them expired")
    return "\n".join(lines) + "\n"


def _look_json(waivers: "Sequence[Waiver]", said: "Sequence[tuple[Waiver, str, bool]]", day: dt.date) -> str:
    from cenguard.reports.json import json_text

    rows = [
        {
            "place": waiver.place,
            "rule": waiver.rule,
            "resource": waiver.resource,
            "instance": waiver.instance,
            "area_pair": waiver.area_pair.names if waiver.area_pair else None,
            "fingerprint": waiver.fingerprint,
            "verdict": waiver.verdict,
            "reason": waiver.reason,
            "owner": waiver.owner,
            "expires": waiver.expires,
            "over": waiver.over(day),
            "problems": [text for found, text, wrong in said if found is waiver and wrong],
            "notes": [text for found, text, wrong in said if found is waiver and not wrong],
        }
        for waiver in waivers
    ]
    return json_text({"waivers": rows})


def accept(
    options: "Options",
    records: Sequence[Any],
    sources: Sequence[str],
    until: dt.date,
    owner: str,
    reason: str | None,
    path: Path | None,
    form: str,
) -> None:
    """Write waivers for everything that sources show; nothing where a part of the answer is missing.

    Raises:
        UnreadableInput: the input hides resources, a rule failed, or the file is there already.
    """
    from cenguard.judging.check import check
    from cenguard.judging.tool_findings import INCOMPLETE_INPUT, RULE_FAILED
    from cenguard.reports.json import toml_as_json
    from cenguard.text.printable import number
    from cenguard.text.toml_text import write_new

    report = check(records, options)
    for item in report.findings:
        if item.rule in (INCOMPLETE_INPUT[0], RULE_FAILED[0]):
            raise UnreadableInput(", ".join(sources), f"{item.message} Nothing was written.", where=item.rule)
    taken, left = acceptable(report, options)
    text = waivers_text(
        taken, sources, until, owner, reason or f"stood on {options.day}, when the checks were introduced", options.day
    )
    if form == "json":
        write(toml_as_json(text, "waiver"), form)
    elif path is None:
        write(text, "toml")
    if path is not None and taken:
        write_new(path, text)
    told = f"{number(len(taken), 'finding')} waived until {until}"
    if path is not None:
        told += f" in {path}" if taken else f"; {path} was not written"
    say_remarks(records)
    tell(printable(told), err=True)
    if left:
        codes = ", ".join(sorted({item.rule for item in left}))
        tell(f"{len(left)} cannot be waived and stay ({codes})", err=True)


def acceptable(report: "Report", options: "Options") -> "tuple[list[ReportedFinding], list[ReportedFinding]]":
    """The findings of a report that a waiver may hide and none hides yet, and those that stay whatever is written."""
    from cenguard.settings.waivers import TOOL

    taken: dict[tuple[str, str], ReportedFinding] = {}
    left: list[ReportedFinding] = []
    for item in report.findings:
        if item.waived_by is not None or item.rule.startswith(TOOL):
            continue
        if item.rule in options.settings.unwaivable:
            left.append(item)
        else:
            taken.setdefault((item.fingerprint, item.verdict), item)
    return list(taken.values()), left


def waivers_text(
    findings: "Sequence[ReportedFinding]", sources: Sequence[str], until: dt.date, owner: str, reason: str, day: dt.date
) -> str:
    """A file of waivers that fits some findings and nothing else."""
    from cenguard.settings.waivers import escaped
    from cenguard.text.toml_text import file_text, row_text

    head = [
        f"Written on {day} by `cenguard waivers --from {' '.join(sources)} --until {until}`.",
        "Each waiver fits one finding. Delete one when its finding is mended; `cenguard check` names those that fit nothing.",
    ]
    rows = [
        row_text(
            "waiver",
            {
                "rule": item.rule,
                "resource": escaped(item.urn) if item.urn else None,
                "instance": escaped(item.instance) if item.instance and not item.urn else None,
                "area_pair": list(item.area_pair) if item.area_pair else None,
                "fingerprint": item.fingerprint,
                "verdict": item.verdict if item.verdict == "undetermined" else None,
                "reason": reason,
                "owner": owner,
                "expires": until,
            },
            comment=printable(f"{item.name}: {item.message}"),
        )
        for item in findings
    ]
    return file_text(head, rows)
