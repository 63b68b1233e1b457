"""`cenguard fix`: the fixes of a report in the user's own files."""

import datetime as dt
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cenguard.commands.cli import gather
from cenguard.commands.options import a_file, fail_on_option, format_option, select_option, source_options, today_option
from cenguard.commands.printing import say_remarks, write

if TYPE_CHECKING:
    from cenguard.findings.report import Report, ReportedFinding
    from cenguard.judging.applying import Plan

SCHEMA = "cenguard.fix/1"
LANGUAGES = ("python", "yaml", "hcl", "terraform")
"""Languages whose files are changed; in the others the text is for pasting."""
_REVIEW = "it buys, replaces, detaches, or proposes a size or a payment: look at it with --review"


@click.command("fix", short_help="Show what mends a program as a diff, or write it.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=a_file)
@click.option("--write", "writes", is_flag=True, help="Write the files; without it they are only shown.")
@click.option("--review", is_flag=True, help="Also what buys, replaces, detaches, or proposes a size or a payment.")
@click.option("--diff", "only_diff", is_flag=True, help="The diff and nothing else; exit status 1 when there is one.")
@select_option
@source_options
@today_option
@fail_on_option
@format_option
def command(
    sources: tuple[str, ...],
    chosen: tuple[str, ...],
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    today: dt.date | None,
    fail_on: str,
    form: str,
    *,
    writes: bool,
    review: bool,
    only_diff: bool,
) -> None:
    """Show what mends a program in Python, YAML or HCL as a diff, or write it.

    What costs nothing, takes nothing away and guesses nothing is shown; the rest with --review. SOURCE is as for `check`: a
    project folder, or a document with its program beside it. What is left is listed with the reason.

    \b
    Exit status: as `check` says of what is left; with --diff alone 1 when there is something to apply.
    """
    from cenguard.judging.applying import plan_of, write_files
    from cenguard.judging.check import check as run_check
    from cenguard.judging.check import exit_status
    from cenguard.sources.lines import Lines

    given = sources or (".",)
    asked = (given, stack, config, settings_file, inventories, areas, chosen)
    options, records = gather(*asked, today=today)
    report = run_check(records, options)
    plan = plan_of(report, Lines(records), _wanted(report, review=review), LANGUAGES)
    diff = _diff(plan)
    if only_diff and not writes and form == "human":
        write(diff)
        sys.exit(1 if plan.files else 0)
    if writes and plan.files:
        if review and form == "human":
            write("".join(f"{line}\n" for line in _costs(plan)))
        write_files(plan.files)
    after = _checked_again(asked, today, options, records, plan, ran=writes)
    say_remarks(records)
    if form == "json":
        write(_as_json(plan, diff, report, after, wrote=writes and bool(plan.files)), "json")
    else:
        write(_for_people(plan, diff, report, after, wrote=writes, review=review))
    sys.exit(int(bool(plan.files)) if only_diff and not writes else exit_status(after, fail_on))


def _wanted(report: "Report", *, review: bool) -> Mapping[str, str]:
    """The findings that something is to be done about, each with the reason where its edits are not asked for."""
    found = {}
    for item in report.findings:
        if item.waived_by is not None or item.verdict != "violated" or item.fix is None or item.fix.with_ is not None:
            continue
        found[item.fingerprint] = _REVIEW if item.fix.edits and item.fix.applicability == "review" and not review else ""
    return found


def _checked_again(
    asked: tuple[Any, ...], today: dt.date | None, options: Any, records: Sequence[Any], plan: "Plan", *, ran: bool
) -> "Report":
    """The report of the program with the fixes in it: run again where it was written and can be, else its resources with the edits."""
    from cenguard.judging.check import check as run_check
    from cenguard.judging.edited import edited

    if ran and plan.files and all(source.kind == "program" for source in records):
        options, records = gather(*asked, today=today)
        return run_check(records, options)
    edits = [edit for code in plan.codes for edit in code.edits]
    return run_check(edited(records, edits) if edits else records, options)


def _seen(path: Path) -> str:
    """A file from where the command runs, where it lies below."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _diff(plan: "Plan") -> str:
    """The changes as a unified diff, which `patch -p1` and `git apply` read."""
    from difflib import unified_diff

    from cenguard.sources.sites import file_at

    parts: list[str] = []
    for path, text in sorted(plan.files.items()):
        file = file_at(path)
        if file is None:
            continue
        old = ("\ufeff" if file.marked else "") + file.text
        name = _seen(path)
        rows = unified_diff(_rows(old), _rows(text), f"a/{name}", f"b/{name}")
        parts += [row if row.endswith("\n") else f"{row}\n\\ No newline at end of file\n" for row in rows]
    return "".join(parts)


def _rows(text: str) -> list[str]:
    """Lines with their ends; nothing but a line feed ends one."""
    rows = [f"{row}\n" for row in text.split("\n")]
    last = rows.pop().removesuffix("\n")
    return [*rows, last] if last else rows


def _costs(plan: "Plan") -> list[str]:
    from cenguard.judging.applying import costs_of

    return costs_of(
        code for finding, code in zip(plan.made, plan.codes, strict=True) if finding.fix and finding.fix.applicability == "review"
    )


def _subject(item: "ReportedFinding") -> str:
    from cenguard.text.printable import printable

    name = printable(item.resource or item.instance or "")
    return f"{item.rule} {name}".rstrip() + (f" ({'/'.join(item.area_pair)})" if item.area_pair else "")


def _for_people(plan: "Plan", diff: str, before: "Report", after: "Report", *, wrote: bool, review: bool) -> str:
    from cenguard.text.printable import printable, printable_lines

    lines: list[str] = []
    if review and not wrote:
        lines += _costs(plan)
    if plan.files and wrote:
        lines += [f"wrote {printable(_seen(path))}" for path in sorted(plan.files)]
    elif plan.files:
        lines += printable_lines(diff).splitlines()
    else:
        lines.append(f"nothing to apply: {before.absent}" if before.absent else "nothing to apply")
    if plan.left:
        lines += ["", "not applied:"]
        lines += [f"  {_subject(item)}: {printable(reason)}" for item, reason in plan.left]
    gone, new = _difference(before, after)
    if plan.files:
        lines += ["", f"checked again: {_counts(before)} before, {_counts(after)} after"]
        lines += [f"  gone: {_subject(item)}" for item in gone]
        lines += [f"  new: {_subject(item)}" for item in new]
        if wrote and any(source.kind != "program" for source in before.sources):
            lines.append("the document is older than the program now: make the preview or plan again")
        elif not wrote:
            lines.append("--write writes it")
    return "\n".join(lines) + "\n"


def _difference(before: "Report", after: "Report") -> tuple[list["ReportedFinding"], list["ReportedFinding"]]:
    """Findings that are gone, and those that are new."""
    was = {item.fingerprint for item in before.findings}
    now = {item.fingerprint for item in after.findings}
    return [item for item in before.findings if item.fingerprint not in now], [
        item for item in after.findings if item.fingerprint not in was
    ]


def _counts(report: "Report") -> str:
    said = report.summary
    return f"{said.mandatory} mandatory, {said.advisory} advisory, {said.undetermined} undetermined"


def _as_json(plan: "Plan", diff: str, before: "Report", after: "Report", *, wrote: bool) -> str:
    from msgspec import structs

    from cenguard.judging.applying import costs_of
    from cenguard.reports.json import json_text

    def told(item: "ReportedFinding") -> dict[str, Any]:
        return {"rule": item.rule, "resource": item.urn or item.instance, "fingerprint": item.fingerprint}

    gone, new = _difference(before, after)
    return json_text(
        {
            "schema": SCHEMA,
            "written": wrote,
            "files": [_seen(path) for path in sorted(plan.files)],
            "diff": diff,
            "costs": costs_of(plan.codes),
            "applied": [told(item) for item in plan.made],
            "left": [{**told(item), "reason": reason} for item, reason in plan.left],
            "before": structs.asdict(before.summary),
            "after": structs.asdict(after.summary),
            "gone": [told(item) for item in gone],
            "new": [told(item) for item in new],
        }
    )
