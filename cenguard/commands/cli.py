"""The command `cenguard`. Heavy modules are imported by the command that needs them."""

import atexit
import datetime as dt
import errno
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cenguard import __version__
from cenguard.commands.options import (
    a_file,
    fail_on_option,
    ignore_option,
    report_options,
    select_option,
    source_options,
    today_option,
    waivers_option,
)
from cenguard.commands.printing import leave_output, tell, write
from cenguard.errors import CenguardError, InvalidIntent, InvalidSettings, ProgramFailed, UnreadableInput
from cenguard.text.boundary import boundary
from cenguard.text.printable import printable, printable_lines
from cenguard.text.progress import progress

if TYPE_CHECKING:
    from cenguard.reports.atlantis import Teller

LAZY = {
    name: name
    for name in (
        "anonymise",
        "areas",
        "audit",
        "comment",
        "explain",
        "fix",
        "init",
        "inventory",
        "lsp",
        "map",
        "mcp",
        "needs",
        "report",
        "rules",
        "upgrade",
        "waivers",
    )
}
"""Commands in modules of their own (`cenguard.commands`), loaded when they are called."""
BAD_INPUT = 2
INTERRUPTED = 130
"""What a shell reports of a process that an interrupt ended: 1 would say that there are findings."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Commands(click.Group):
    """The group of commands: errors of ours are one line and status 2."""

    teller: "Teller | None" = None
    """Where Atlantis asks: who tells it the verdict."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command by name."""
        return sorted({*super().list_commands(ctx), *LAZY})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, imported when it is asked for."""
        if cmd_name in LAZY:
            from importlib import import_module

            found: click.Command = import_module(f"cenguard.commands.{LAZY[cmd_name]}").command
            return found
        return super().get_command(ctx, cmd_name)

    def main(self, args: Sequence[str] | None = None, **kwargs: Any) -> Any:  # type: ignore[override]
        """Run a command; without arguments as the process that it is, which ends with it."""
        if args is not None or kwargs:
            return self._run(args, **kwargs)
        gc.disable()  # one pass over an input, then the process ends: collecting cycles only costs
        end_as_interrupted()
        try:
            self._run()
        except SystemExit as end:
            leave(end)
            raise

    def _run(self, args: Sequence[str] | None = None, **kwargs: Any) -> Any:
        words = sys.argv[1:] if args is None else list(args)
        if "atlantis" not in " ".join(words):
            return self._main(words, **kwargs)
        from cenguard.reports.atlantis import Teller, is_asked_for

        if not is_asked_for(words):
            return self._main(words, **kwargs)
        self.teller = Teller(lambda text: write(text, "atlantis"))
        with self.teller.at_the_end():
            return self._main(words, **kwargs)

    def _main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; what a user gave wrong never ends in a traceback."""
        try:
            return super().main(*args, **{"prog_name": "cenguard", **kwargs})
        except CenguardError as error:
            refuse(error)
        except BrokenPipeError:  # nobody is left to read how the command is used; of all else click and `printing` see to it
            os._exit(BAD_INPUT)
        except OSError as error:
            if error.errno in FULL:
                leave_output()
            refuse(as_input(error))

    def invoke(self, ctx: click.Context) -> Any:
        """Run what was parsed; an interruption is no verdict."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            tell("cenguard: interrupted", err=True)
            sys.exit(INTERRUPTED)

    def answer(self, args: Sequence[str]) -> None:
        """Run a command, and raise what it would end with: an error of ours, of click's, or SystemExit."""
        try:
            super().main(list(args), prog_name="cenguard", standalone_mode=False)
        except OSError as error:
            raise as_input(error) from None


def end_as_interrupted() -> None:
    """Answer what a CI sends at its time limit, and a terminal that is closed, as the keyboard's interruption.

    Else a program that was started goes on by itself, and what was to be there for a while stays. Whoever starts a command may have
    these signals passed over, as `nohup` does.
    """
    import signal

    def interrupted(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_IGN)  # a CI may send it to the first process, and then to all of them
        raise KeyboardInterrupt

    for name in ("SIGTERM", "SIGHUP"):  # Windows has no other than the first
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, interrupted)


def as_input(error: OSError) -> UnreadableInput:
    """A full disk, or a file or folder of the user's that may not be looked at, as an error of ours; another one is raised."""
    if error.errno in FULL:
        return UnreadableInput(str(error.filename or "standard output"), f"cannot be written: {error.strerror}")
    if error.filename is None:
        if isinstance(error, FileNotFoundError):  # nothing but the question where this is has no name
            return UnreadableInput("the current folder", "is not there any more: go to one that is")
        raise error
    return UnreadableInput(str(error.filename), f"cannot be read: {error.strerror}")


def lines_of(error: CenguardError) -> list[str]:
    """What an error says on standard error."""
    several = isinstance(error, (ProgramFailed, InvalidIntent))  # what a program says, and a list of problems
    texts = map(str, error.faults) if isinstance(error, InvalidSettings) else [str(error)]
    return [f"cenguard: {(printable_lines if several else printable)(text)}" for text in dict.fromkeys(texts)]


def refuse(error: CenguardError) -> NoReturn:
    """Say what is wrong on standard error, and leave with status 2."""
    try:
        if isinstance(error, ProgramFailed) and error.traceback:
            click.echo(error.traceback.rstrip(), err=True)
        for line in lines_of(error):
            click.echo(line, err=True)
    except OSError:  # nobody can be told; the status still is
        os._exit(BAD_INPUT)
    sys.exit(BAD_INPUT)


def leave(end: SystemExit) -> None:
    """End the process at once: taking ten thousand resources apart one by one takes longer than most rules."""
    if not isinstance(end.code, int):
        return  # nothing of ours
    atexit._run_exitfuncs()  # noqa: SLF001 - what nobody offers under another name
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError:
        return  # the interpreter says so in its own way
    os._exit(end.code)


@click.group(
    cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, message="cenguard %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Check, before a deployment, that the networks of a Cloud Enterprise Network really reach each other.

    \b
    cenguard                           what is in this folder, and what to type for it
    cenguard check                     the Pulumi project in this folder
    cenguard check preview.json        a document of: pulumi preview --json --show-sames
    cenguard check net/preview.json app/export.json -o markdown=comment.md
    cenguard needs cn-beijing us-west-1 --mbps 20
    """
    if ctx.invoked_subcommand is None:
        from cenguard.commands.here import say

        say()


@main.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...", shell_complete=a_file)
@source_options
@report_options
@click.option(
    "--base",
    "bases",
    metavar="SOURCE",
    shell_complete=a_file,
    multiple=True,
    help="Compare with this source (an export, or another document). A preview is its own base. Repeatable: one a stack.",
)
@click.option("--new", "only_new", is_flag=True, help="Only findings that the base has not decide the exit status.")
@select_option
@ignore_option
@waivers_option
@today_option
@fail_on_option
@click.option(
    "--routes",
    "listing",
    type=click.Choice(("members",)),
    help="With `members`, JSON lists every network of each group of `routes`, and not three examples only.",
)
@click.option("--no-color", is_flag=True, help="No colours (also: the variable NO_COLOR).")
@click.option("--quiet", is_flag=True, help="Findings and verdict only.")
@click.option("--verbose", is_flag=True, help="Every pair and every open question.")
def check(
    sources: tuple[str, ...],
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: tuple[Path, ...],
    areas: str | None,
    form: str,
    files: tuple[tuple[str, Path], ...],
    bases: tuple[str, ...],
    chosen: tuple[str, ...],
    ignored: tuple[str, ...],
    waiver_files: tuple[Path, ...],
    today: dt.date | None,
    fail_on: str,
    listing: str | None,
    *,
    only_new: bool,
    no_color: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Check sources: Pulumi project folders, or documents.

    Documents of Pulumi are previews, plans, stack exports, checkpoints and event logs; of Terraform and OpenTofu what `show -json`
    writes of a plan or a state, and terraform.tfstate.
    Several sources are checked together; a preview or plan and the export of its stack complete each other. `-` is standard input.
    A document of Terraform may be named: net=net/plan.json.

    \b
    Exit status: 0 nothing at the failing level, 1 findings at it,
                 2 input, settings or usage is wrong, 3 a rule failed.
    """
    from msgspec import structs

    from cenguard.commands.publishing import publish
    from cenguard.judging.check import check as run_check
    from cenguard.judging.check import exit_status

    if [*sources, *bases].count("-") > 1:
        raise click.UsageError("- is given twice: standard input is read once")
    options, records = gather(
        sources or (".",),
        stack,
        config,
        settings_file,
        inventories,
        areas,
        chosen,
        ignored,
        waiver_files=waiver_files,
        today=today,
    )
    if bases:
        options = structs.replace(options, base=gather_base(bases, stack, config, options, records))
    options = structs.replace(options, members=listing == "members")
    with progress(f"checking {sum(len(item.resources) for item in records):,} resources"):
        report = run_check(records, options)
    if only_new and not report.has_base and all(source.complete for source in report.sources):
        raise click.UsageError("--new needs something to compare with: give --base, or the document of a preview or plan")
    if boundary().root is None:  # an answer for somebody else writes no file
        files = (*options.settings.output.items(), *files)
        written = {os.path.realpath(path): form for form, path in files}
        over = next((path for form, path in files if written[os.path.realpath(path)] != form), None)
        if over is not None:
            raise click.UsageError(f"{over} is given for two formats: one would be written over the other")
    spare_inputs(files, (*records, *(options.base or ())), options, *inventories, *waiver_files, areas)
    status = exit_status(report, fail_on, only_new=only_new)
    publish(report, form, files, status=status, no_color=no_color, quiet=quiet, verbose=verbose)
    sys.exit(status)


def spare_inputs(files: Sequence[tuple[str, Path]], records: Sequence[Any], options: Any, *named: str | Path | None) -> None:
    """See that nothing is written over that was read: documents, settings, inventories, and what else options name.

    Raises:
        UnreadableInput: a file to write is one that was read.
    """
    from cenguard.text.sparing import spare

    if not files:
        return
    read = (*(item.path for item in records), *options.settings.files, *filter(None, named))
    spare([path for _, path in files], map(os.path.realpath, filter(None, read)))


def gather_base(names: Sequence[str], stack: str | None, config: dict[str, str], options: Any, records: Sequence[Any]) -> Any:
    """The sources of `--base`, read; `records` are those of the sources that they are compared with."""
    from cenguard.judging.gathering import naming_of
    from cenguard.readers.naming import named_bases
    from cenguard.readers.sources import read_named

    with progress(f"reading {', '.join(map(printable, names))}"):
        bases = named_bases(
            names, naming_of(options.settings), [item.path for item in records], [item.project for item in records]
        )
        return tuple(read_named(bases, stack=stack, config=config, stack_outputs=options.inventory.stacks))


def gather(
    sources: Sequence[str],
    stack: str | None,
    config: dict[str, str],
    settings_file: Path | None,
    inventories: Sequence[Path],
    areas: str | None,
    chosen: tuple[str, ...] = (),
    ignored: tuple[str, ...] = (),
    *,
    waiver_files: Sequence[Path] = (),
    today: dt.date | None = None,
) -> tuple[Any, list[Any]]:
    """Settings, inventories and sources, read; the options of a check and its records."""
    from cenguard.judging.gathering import gathered
    from cenguard.readers.sources import is_folder

    gc.disable()  # one pass over a large input, then the process ends: collecting cycles only costs
    if (stack or config) and not any(map(is_folder, sources)):
        raise click.UsageError("--stack and --config are for a project folder; none is among the sources")
    twice = sorted({name for name in sources if list(sources).count(name) > 1})
    if twice:
        raise click.UsageError(f"{twice[0]} is given twice")
    return gathered(
        sources,
        stack=stack,
        config=config,
        settings_file=settings_file,
        inventories=inventories,
        areas=areas,
        chosen=chosen,
        ignored=ignored,
        waiver_files=waiver_files,
        today=today,
    )


if __name__ == "__main__":
    main()
