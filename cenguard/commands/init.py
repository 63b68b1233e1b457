"""`cenguard init`: a policy pack, settings and a CI file for a repository of one's own. Never overwrites."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote

import click

from cenguard.commands import pipelines
from cenguard.commands.init_files import CI as CI_FILES
from cenguard.commands.init_files import PACK, SETTINGS, Told, system_of, texts
from cenguard.commands.options import format_option
from cenguard.commands.package_address import package_address
from cenguard.commands.printing import tell, write
from cenguard.commands.repository import Stack, folders_below, odd_names, stacks_below, units_in
from cenguard.errors import UnreadableInput
from cenguard.settings.files import find_settings
from cenguard.text.toml_text import write_new

CI = ("auto", "github", "gitlab", "none")
PACKS = ("auto", "executable", "folder")
RUNS_EXECUTABLES = (3, 255)
"""The first engine that starts a policy pack which is an executable. Seen: 3.254 takes the file for a folder."""
_PATIENCE = 10
"""Seconds that `pulumi version` may take."""


@click.command("init", short_help="Write a policy pack, settings and a pipeline into a repository.")
@click.argument("folder", default=".", type=click.Path(path_type=Path), metavar="[DIR]")
@click.option(
    "--ci", type=click.Choice(CI), default="auto", show_default=True, help="Which CI file; auto looks at what the repository has."
)
@click.option(
    "--pack",
    type=click.Choice(PACKS),
    default="auto",
    show_default=True,
    help="The policy pack: the executable cenguard-pack, which needs no file, or a folder for engines before 3.255; "
    "auto asks the pulumi on PATH.",
)
@click.option(
    "--agents",
    is_flag=True,
    help="Write instructions for agents and nothing else: .agents/skills/cenguard/SKILL.md, and a section of an AGENTS.md that is there.",
)
@format_option
def command(folder: Path, ci: str, pack: str, form: str, *, agents: bool) -> None:
    """Write a policy pack, cenguard.toml and a CI file into DIR, the root of a repository; a file that is there stays as it is.

    The CI file has a step for each stack of each project below DIR: Pulumi projects, and programs of Terraform and OpenTofu.
    """
    if not folder.is_dir():
        raise UnreadableInput(str(folder), "there is no such folder; one that holds a Pulumi project was expected")
    teller = _Teller(form)
    if agents:
        from cenguard.commands.agent_files import write

        teller.say(*write(folder))
        teller.end()
        return
    by_itself = pack == "executable" or (pack == "auto" and (_engine() or (0,)) >= RUNS_EXECUTABLES)
    chosen = system_of(folder) if ci == "auto" else ci
    found, units = stacks_below(folder), units_in(folder, folders_below(folder))
    package = package_address()
    for_pulumi = pack == "folder" or not (found or units) or any(stack.tool == "pulumi" for stack in found)
    wanted = texts({**(PACK if for_pulumi and not by_itself else {}), **SETTINGS})
    writes_ci = chosen in CI_FILES and bool(found or not units)
    if writes_ci:
        render = pipelines.github if chosen == "github" else pipelines.gitlab
        wanted[CI_FILES[chosen]] = render(found or [pipelines.PLACEHOLDER], folder, package)
    if chosen in CI_FILES:
        teller.say(*_told(folder, found, units))
        if chosen == "github" and len(found) > pipelines.MOST_ROWS:
            teller.say(
                Told(
                    "note",
                    f"a change that touches more than {pipelines.MOST_ROWS} of the {len(found)} stacks fails: GitHub runs no more jobs of "
                    "one matrix; write part of its rows into a workflow of their own",
                )
            )
    own = _own_settings(folder)
    for name, text in wanted.items():
        path = folder / name
        if name in SETTINGS and own is not None and not path.exists():
            teller.say(Told("kept", own.as_posix(), f" (it holds the settings: {path.as_posix()} would take its place)"))
            continue
        if path.exists():
            teller.say(Told("kept", path.as_posix(), " (it was there)"))
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None
        write_new(path, text)
        teller.say(Told("written", path.as_posix()))
    if ci == "auto" and chosen == "none":
        teller.say(Told("", "no CI file: neither GitHub nor GitLab is in use here; --ci github or --ci gitlab writes one"))
    if writes_ci and package is None:
        what = "set this variable in the CI, to what pip installs cenguard from: this copy is on this machine only"
        teller.say(Told("", f"CENGUARD_PACKAGE: {what}"))
    if writes_ci and chosen == "gitlab" and not _includes(folder, CI_FILES[chosen]):
        teller.say(Told("", f".gitlab-ci.yml does not include it yet; write there:  include: [{{local: {CI_FILES[chosen]}}}]"))
    steps = [*_checks(folder, found, units), *(_previews(found, by_itself=by_itself) if for_pulumi else ())]
    teller.end(steps)


class _Teller:
    """Says what was found and written: to people at once, to programs as one document at the end."""

    def __init__(self, form: str) -> None:
        self._lists: dict[str, list[str]] | None = None
        if form == "json":
            self._lists = {"found": [], "written": [], "kept": [], "left out": [], "note": []}

    def say(self, *done: Told) -> None:
        """Tell of something."""
        for told in done:
            if self._lists is None:
                tell(str(told))
            else:
                self._lists[told.kind or "note"].append(told.text)

    def end(self, steps: Sequence[str] = ()) -> None:
        """Tell what to type next, and no more."""
        if self._lists is None:
            if steps:
                tell("\nNow:  " + "\n      ".join(steps))
            return
        from cenguard.reports.json import json_text

        names = {"left out": "left_out", "note": "notes"}
        write(json_text({names.get(kind, kind): texts for kind, texts in self._lists.items()} | {"next": steps}), "json")


def _checks(folder: Path, stacks: Sequence[Stack], units: Sequence[str]) -> Iterator[str]:
    """What to type for a first check: one command that does it, else the one that says what each project takes."""
    from cenguard.commands.here import RUN
    from cenguard.sources.project import project_in

    if folder.resolve() != Path.cwd():
        yield f"cd {quote(folder.as_posix())}"
    projects = {stack.folder for stack in stacks}
    first = next(iter(stacks), None)
    if first is None and not units:
        yield "cenguard check"
    elif (
        first is None
        or units
        or len(projects) > 1
        or first.tool != "pulumi"
        or project_in(folder / first.folder).runtime not in RUN
    ):
        yield "cenguard    says what to type for each project"
    else:
        place = "" if first.folder == "." else f" {first.folder}"
        yield f"cenguard check{place}{f' --stack {first.name}' if len(stacks) > 1 else ''}"


def _previews(stacks: Sequence[Stack], *, by_itself: bool) -> Iterator[str]:
    """A preview with the pack, of the first project that takes one."""
    place = next((stack.folder for stack in stacks if stack.tool == "pulumi"), ".")
    pack = "policy_pack" if place == "." else '"$PWD/policy_pack"'
    if by_itself:
        pack = '"$(command -v cenguard-pack)"'
    yield f"pulumi preview{'' if place == '.' else f' --cwd {place}'} --policy-pack {pack}"


def _own_settings(folder: Path) -> Path | None:
    """The settings that a check of the folder finds in its repository: those of the folder itself, else above it."""
    here = folder.resolve()
    top = next((place for place in (here, *here.parents) if (place / ".git").exists()), here)
    found = find_settings(here)
    if found is None or not found.is_relative_to(top):
        return None
    return folder / found.name if found.parent == here else Path(os.path.relpath(found))


def _includes(folder: Path, file: str) -> bool:
    """Whether the repository's own pipeline names the file."""
    try:
        return file in (folder / ".gitlab-ci.yml").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _told(folder: Path, stacks: Sequence[Stack], units: Sequence[str]) -> Iterator[Told]:
    """What was found, project by project."""
    for name in dict.fromkeys(stack.folder for stack in stacks):
        here = [stack for stack in stacks if stack.folder == name]
        yield Told("found", f"{(folder / name).as_posix()} ({here[0].tool}): {', '.join(stack.name for stack in here)}")
        if any(stack.workspace and stack.var_file for stack in here):
            place = (folder / name).as_posix()
            yield Told("note", f"{place}: each .tfvars file is planned in the workspace of its name (TF_WORKSPACE)")
    if not stacks and not units:
        yield Told("found", f"no project below {folder.as_posix()}: write its folder and stack into the CI file")
    for name in odd_names(folder):
        yield Told("left out", f"{(folder / name).as_posix()}: a name of letters, digits and . _ - / was expected")
    if units:
        names = ", ".join((folder / name).as_posix() for name in units)
        yield Told("left out", f"{names}: one command of Terragrunt plans all of its units: cenguard says which")
    top = next((place for place in folder.resolve().parents if (place / ".git").exists()), None)
    if top is not None and not (folder / ".git").exists():
        yield Told("note", f"{folder.as_posix()} is not the root of its repository: CI files are read there, in {top}")


def _engine() -> tuple[int, ...] | None:
    """The version of the pulumi on PATH; None when there is none, or it does not say."""
    pulumi = shutil.which("pulumi")
    if pulumi is None:
        return None
    try:
        said = subprocess.run([pulumi, "version"], capture_output=True, text=True, check=False, timeout=_PATIENCE).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"v?(\d+)\.(\d+)", said.strip())
    return (int(found[1]), int(found[2])) if found else None
