"""`cenguard audit`: thousands of states, read where they are, joined by CEN instance and judged as one input."""

import datetime as dt
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import structs

from cenguard.commands.cli import INTERRUPTED, spare_inputs
from cenguard.commands.options import (
    a_file,
    areas_option,
    fail_on_option,
    format_options,
    ignore_option,
    select_option,
    settings_option,
    today_option,
    waivers_option,
)
from cenguard.commands.printing import coloured, tell, write
from cenguard.commands.publishing import paint
from cenguard.errors import CenguardError, UnreadableInput
from cenguard.reports import formats
from cenguard.text.printable import printable

if TYPE_CHECKING:
    from cenguard.findings.audited import Audit, AuditReport


@click.command("audit", short_help="Audit the states of a whole fleet: backends, folders, buckets.")
@click.argument("urls", nargs=-1, required=True, metavar="URL...", shell_complete=a_file)
@click.option(
    "--workers", type=click.IntRange(1, 1024), metavar="N", help="Processes to work with; by default one for each core."
)
@click.option("--scheduler", metavar="ADDRESS", help="The scheduler of an existing Dask cluster, instead of processes here.")
@click.option(
    "--resume",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A journal: an interrupted run goes on, a later one reads only what changed. Made where it is not.",
)
@click.option(
    "--base", "base", metavar="JSON", type=click.Path(path_type=Path), help="An earlier JSON report: what changed since."
)
@click.option("--strict", is_flag=True, help="A state that cannot be read makes the status 2.")
@format_options(formats.AUDIT, formats.AUDIT)
@settings_option
@waivers_option
@click.option(
    "--inventory",
    "inventories",
    type=click.Path(path_type=Path),
    multiple=True,
    help="What lives outside the states: packages, instances. Repeatable.",
)
@areas_option
@select_option
@ignore_option
@today_option
@fail_on_option
@click.option("--no-color", is_flag=True, help="No colours (also: the variable NO_COLOR).")
@click.option("--quiet", is_flag=True, help="Findings and verdict only.")
@click.option("--verbose", is_flag=True, help="Every finding, package and instance.")
def command(
    urls: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    resume: Path | None,
    base: Path | None,
    form: str,
    files: tuple[tuple[str, Path], ...],
    settings_file: Path | None,
    waiver_files: tuple[Path, ...],
    inventories: tuple[Path, ...],
    areas: str | None,
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    today: dt.date | None,
    fail_on: str,
    *,
    strict: bool,
    no_color: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Audit the states of a whole fleet: backends, folders or buckets of states, or text files that list them.

    A state is a checkpoint or export of Pulumi, or a state of Terraform or OpenTofu, packed or not. All of them are one input: a
    package in one stack covers attachments in another.

    \b
    cenguard audit s3://states oss://more-states -o html=fleet.html --resume fleet.journal
    cenguard audit file:///srv/pulumi --format json --base last-month.json

    \b
    Exit status: 0 nothing at the failing level, 1 findings at it,
                 2 usage or settings are wrong, nothing could be read, or with --strict not everything,
                 3 a rule failed, 130 interrupted.
    """
    if workers is not None and scheduler is not None:
        raise click.UsageError("--workers and --scheduler exclude each other: a cluster has its own workers")
    formats.writable(files)
    import gc

    gc.disable()  # records come and go in batches, and are no circles: collecting only costs
    meter = _Meter()
    try:
        from cenguard.fleet.audit import AuditRequest, audit
        from cenguard.fleet.crews import crew_of

        options = _options(settings_file, waiver_files, inventories, areas, chosen, ignored, today)
        # a base may give its place to what follows it
        spare_inputs(files, (), options, resume, *waiver_files, *inventories, areas)
        if resume is not None and os.path.realpath(resume) in (os.path.realpath(path) for _, path in files):
            raise UnreadableInput(
                str(resume), "is the journal, which a report would be written over: give another place for one of them"
            )
        earlier = _base(base) if base is not None else None
        everything = (form, *(name for name, _ in files))
        with crew_of(workers or os.cpu_count() or 1, scheduler) as crew:
            request = AuditRequest(
                urls=urls,
                options=options,
                resume=resume,
                base=earlier,
                maps="html" in everything,
                files=[path for _, path in files],
                edits=not {"json", "jsonl"}.isdisjoint(everything),
                say=_line if form == "jsonl" else _silent,
                step=meter.step,
            )
            found = audit(request, crew)
        meter.end()
    except CenguardError:
        meter.end()  # what is wrong begins a line
        raise
    except KeyboardInterrupt:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # one interruption is answered, with one line
        kept = f"; what was read is kept in {resume}, and the same command goes on from there" if resume is not None else ""
        tell(f"{meter.over}cenguard: interrupted{printable(kept)}", err=True)
        sys.exit(INTERRUPTED)
    _publish(found, form, files, no_color=no_color, quiet=quiet, verbose=verbose)
    sys.exit(_status(found, fail_on, strict=strict))


def _options(
    settings_file: Path | None,
    waiver_files: Sequence[Path],
    inventories: Sequence[Path],
    areas: str | None,
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    today: dt.date | None,
) -> Any:
    """Settings and inventories, read; the options of the audit."""
    from cenguard.judging.inventories import read_inventories
    from cenguard.judging.options import Options, chosen_codes
    from cenguard.settings.files import settings_for, with_waivers
    from cenguard.settings.model import catalogue_named

    settings = settings_for(settings_file, Path.cwd())
    if settings_file is None:  # what a file of some project expects is not asked of a fleet
        settings = structs.replace(settings, expect=())
    catalogue = catalogue_named(areas, Path()) if areas else settings.catalogue()
    settings = with_waivers(settings, waiver_files, catalogue)
    inventory = read_inventories([*settings.inventory, *inventories], catalogue, at=settings.inventory_at)
    options = Options(settings=settings, catalogue=catalogue, inventory=inventory, select=chosen, ignore=ignored, today=today)
    chosen_codes(options)  # a misspelt code is said before a state is read
    return options


def _base(path: Path) -> "AuditReport":
    from cenguard.fleet.audit import decode_base

    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            str(path), f"cannot be read: {error.strerror}; an earlier report of the audit was expected"
        ) from None
    return decode_base(content, str(path))


def _silent(_kind: str, _record: object) -> None:
    """Say nothing while the audit goes on."""


def _line(kind: str, record: object) -> None:
    from cenguard.reports.audit.jsonl import line

    write(f"{line(kind, record)}\n", "jsonl")
    sys.stdout.flush()


def _publish(found: "Audit", form: str, files: Sequence[tuple[str, Path]], *, no_color: bool, quiet: bool, verbose: bool) -> None:
    for item in found.report.unread:
        tell(f"cenguard: {printable(item.url)}: {printable(item.reason)}", err=True)
    if form != "human":
        for remark in found.remarks:
            tell(f"note: {printable(remark)}", err=True)
    formats.write_all_of("audit", found, files)
    if form == "human":
        from cenguard.reports.audit.human import plain
        from cenguard.reports.audit.human import render as render_human

        write(render_human(found, style=plain if no_color or not coloured() else paint, verbose=verbose, quiet=quiet))
    elif form != "jsonl":  # those lines are out already
        write(formats.render_of("audit", found, form), form)


def _status(found: "Audit", fail_on: str, *, strict: bool) -> int:
    """0 nothing at the failing level, 1 findings at it, 2 not everything could be read and that is asked for, 3 a rule failed."""
    from cenguard.fleet.status import fails, left_unread

    if strict and left_unread(found.report):
        return 2
    if found.failed:
        return 3
    return 1 if fails(found.report, fail_on) else 0


class _Meter:
    """How far the audit is, for a person who watches: how much is done, how fast, and how long the rest takes."""

    def __init__(self) -> None:
        self._watched = sys.stderr is not None and sys.stderr.isatty()
        self._what, self._since, self._first, self._told = "", 0.0, 0, 0.0

    def step(self, what: str, done: int, everything: int) -> None:
        """Tell how far it is."""
        if not self._watched:
            return
        import time

        now = time.monotonic()
        if what != self._what:
            self._what, self._since, self._first, self._told = what, now, done, 0.0
        if now - self._told < 0.2 and done < everything:
            return
        self._told = now
        rate = (done - self._first) / (now - self._since) if now > self._since else 0.0
        left = f", {(everything - done) / rate:,.0f} s left" if rate and done < everything else ""
        pace = f", {rate:,.0f} a second" if rate else ""
        sys.stderr.write(f"\r\x1b[K{what}: {done:,} of {everything:,}{pace}{left}")
        sys.stderr.flush()

    @property
    def over(self) -> str:
        """What takes the line's place."""
        return "\r\x1b[K" if self._watched else ""

    def end(self) -> None:
        """Take the line away."""
        if self._watched:
            sys.stderr.write(self.over)
            sys.stderr.flush()
