"""`cenguard` without a command: what is in this folder, and what to type for it. Nothing is run, and nothing is written."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from shlex import quote

from cenguard import __version__
from cenguard.commands.printing import write
from cenguard.commands.repository import UNITS, Stack, folders_below, stacks_in, units_in
from cenguard.readers.naming import called
from cenguard.readers.sources import kind_of
from cenguard.resources.records import SourceKind
from cenguard.text.printable import number, printable

FOLDERS = 2000
"""Folders that are looked into: a home or a whole disk takes no minute."""
LARGEST = 1 << 27
"""Bytes of a file that is looked into."""
PROJECTS, DOCUMENTS = 6, 4
"""How many are shown before the rest is counted."""
PLANS = "plans"
"""Where Terragrunt is told to write the plans of its units, each into the folder of its unit there."""
WIDE = 60
"""Letters of the longest command up to which what they are for stands in a column."""
RUN = ("python", "yaml")
"""Runtimes whose programs `check` takes as they are."""
STATES = frozenset({SourceKind.EXPORT, SourceKind.CHECKPOINT, SourceKind.TERRAFORM_STATE})
_ENDINGS = (".json", ".tfstate", ".json.gz", ".json.zst")
_TITLES = {"pulumi": "Pulumi project", "terraform": "Terraform", "tofu": "OpenTofu"}
_KINDS = {
    SourceKind.PREVIEW: "preview",
    SourceKind.PLAN: "saved plan",
    SourceKind.EXPORT: "stack export",
    SourceKind.CHECKPOINT: "checkpoint",
    SourceKind.EVENTS: "event log",
    SourceKind.TERRAFORM_PLAN: "Terraform plan",
    SourceKind.TERRAFORM_STATE: "Terraform state",
}


def say() -> None:
    """Print what is in the current folder and below it, with the commands for it."""
    write("\n".join([f"cenguard {__version__} in {printable(str(Path.cwd()))}", *_told(Path()), ""]))


def _told(root: Path) -> Iterator[str]:
    folders = list(islice(folders_below(root), FOLDERS + 1))
    whole = len(folders) <= FOLDERS
    folders = folders[:FOLDERS]
    stacks = stacks_in(root, folders)
    projects = list(dict.fromkeys(stack.folder for stack in stacks))
    documents = _documents([root, *(root / name for name in projects)])
    for name in projects[:PROJECTS]:
        yield ""
        yield from _project(root, [stack for stack in stacks if stack.folder == name], documents)
    if len(projects) > PROJECTS:
        yield f"\n… and {number(len(projects) - PROJECTS, 'more project')}: {_names(projects[PROJECTS:])}"
    units = units_in(root, folders)
    generated = any((folder / UNITS).is_file() for folder in folders)
    yield from _terragrunt(units, generated=generated)
    cdktf = [] if projects else _cdktf(root)
    yield from cdktf
    yield from _reports(documents, projects)
    backend = (root / ".pulumi" / "stacks").is_dir()
    yield from _states([path for path, kind in documents.items() if kind in STATES], backend=backend)
    if not projects and not units and not generated and not cdktf:
        yield from _nothing(root, found=bool(documents) or backend)
    if not whole:
        yield f"\nOnly the first {FOLDERS:,} folders were looked into: go to the folder of the project."
    yield "\ncenguard --help    every command"


def _project(root: Path, stacks: Sequence[Stack], documents: dict[Path, SourceKind]) -> Iterator[str]:
    """A project: what it is, its stacks, and how it is checked."""
    first = stacks[0]
    folder = root / first.folder
    names = _names([stack.name for stack in stacks])
    where = "in this folder" if first.folder == "." else f"in {printable(first.folder)}"
    there = [path for path, kind in documents.items() if path.parent == folder and kind not in STATES]
    checks = [(f"cenguard check {_quoted(path)}", f"the {_KINDS[documents[path]]} that is there") for path in there[:DOCUMENTS]]
    if first.tool != "pulumi":
        yield f"{_TITLES[first.tool]} {where}: {names}"
        yield from _typed(checks or _terraform(first, ready=(folder / ".terraform").is_dir()))
        return
    runtime = _runtime(folder)
    yield f"Pulumi project {where}, {printable(runtime) or 'of an unknown language'}: {names}"
    own = _run(first, several=len(stacks) > 1) if runtime in RUN else [] if checks else _pulumi(first)
    yield from _typed([*own, *checks])


def _runtime(folder: Path) -> str:
    from cenguard.sources.project import project_in

    return project_in(folder).runtime


def _run(stack: Stack, *, several: bool) -> list[tuple[str, str]]:
    chosen = [*([] if stack.folder == "." else [quote(stack.folder)]), *(["--stack", quote(stack.name)] if several else [])]
    return [
        (" ".join(["cenguard check", *chosen]), "reads the program: no pulumi, no login, no cloud"),
        (" ".join(["cenguard fix", *chosen]), "what mends it, as a diff"),
    ]


def _pulumi(stack: Stack) -> list[tuple[str, str]]:
    place = "" if stack.folder == "." else f"--cwd {quote(stack.folder)} "
    document = quote(_below(stack.folder, "preview.json"))
    return [
        (f"pulumi preview {place}--stack {quote(stack.name)} --json --show-sames > {document}", ""),
        (f"cenguard check {document}", "judges what the preview shows"),
    ]


def _terraform(stack: Stack, *, ready: bool) -> list[tuple[str, str]]:
    tool = stack.tool if stack.folder == "." else f"{stack.tool} -chdir={quote(stack.folder)}"
    if stack.workspace:
        tool = f"TF_WORKSPACE={quote(stack.workspace)} {tool}"
    values = f" -var-file={quote(stack.var_file)}" if stack.var_file else ""
    plan = quote(_below(stack.folder, "plan.json"))
    backend = f" -backend-config={quote(stack.backend_config)}" if stack.backend_config else ""
    return [
        *([] if ready else [(f"{tool} init{backend}", "")]),
        (f"{tool} plan -out=plan.tfplan{values}", ""),
        (f"{tool} show -json plan.tfplan > {plan}", ""),
        (f"cenguard check {plan}", "judges what the plan shows"),
    ]


def _terragrunt(units: Sequence[str], *, generated: bool) -> Iterator[str]:
    """Units of Terragrunt: each has a plan of its own, and together they are one network."""
    if not units and not generated:
        return
    plans = [_plan_of(unit) for unit in units]
    named = " ".join(map(quote, plans)) if len(units) <= DOCUMENTS and not generated else f"$(find {PLANS} -name tfplan.json)"
    yield f"\nTerragrunt {'in this folder' if units == ['.'] else f'below this folder: {_names(units) or UNITS}'}"
    yield from _typed(
        [
            (f"terragrunt run --all --json-out-dir {PLANS} -- plan", ""),
            (f"cenguard check {named}", "judges what the plans show, as one network"),
        ]
    )


def _cdktf(root: Path) -> list[str]:
    """Stacks of CDK for Terraform, which it writes as Terraform; what it has written once is no project of its own."""
    if not (root / "cdktf.json").is_file():
        return []
    written = root / "cdktf.out" / "stacks"
    names = sorted(folder.name for folder in written.iterdir() if folder.is_dir()) if written.is_dir() else []
    lines = [f"\nCDK for Terraform in this folder{': ' if names else ''}{_names(names)}", *_typed([("cdktf synth", "")])]
    for name in names[:PROJECTS] or ["STACK"]:
        folder = f"cdktf.out/stacks/{name}"
        ready = (root / folder / ".terraform").is_dir()
        lines += _typed(_terraform(Stack(folder=folder, tool="terraform", name=name), ready=ready))
    return lines


def _plan_of(unit: str) -> str:
    """The plan of a unit, as a source with its name."""
    path = f"{PLANS}/tfplan.json" if unit == "." else f"{PLANS}/{unit}/tfplan.json"
    return f"{name}={path}" if (name := called(unit)) else path


def _below(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def _documents(folders: Sequence[Path]) -> dict[Path, SourceKind]:
    """Documents that `check` reads, in some folders."""
    found: dict[Path, SourceKind] = {}
    for folder in dict.fromkeys(folders):
        for path in sorted(folder.iterdir()):
            if path.name.endswith(_ENDINGS) and path.is_file() and path.stat().st_size <= LARGEST:
                kind = kind_of(path)
                if kind is not None:
                    found[path] = kind
    return found


def _reports(documents: dict[Path, SourceKind], projects: Sequence[str]) -> Iterator[str]:
    """Documents of a change that belong to no project here."""
    found = [path for path, kind in documents.items() if kind not in STATES and path.parent.as_posix() not in projects]
    if found:
        yield f"\nDocuments: {_names([path.as_posix() for path in found])}"
        yield from _typed([(f"cenguard check {_quoted(path)}", f"a {_KINDS[documents[path]]}") for path in found[:DOCUMENTS]])


def _states(states: Sequence[Path], *, backend: bool) -> Iterator[str]:
    """What stands already, as states tell it."""
    if backend:
        yield "\nStates of a Pulumi backend: .pulumi/stacks"
        yield from _typed([("cenguard audit .pulumi", "all of them as one input")])
    if not states:
        return
    yield f"\nStates: {_names([path.as_posix() for path in states])}"
    if len(states) > DOCUMENTS:
        yield from _typed([("cenguard audit .", "every state in this folder and below it, as one input")])
    else:
        yield from _typed([(f"cenguard check {_quoted(path)}", "what stands, without a change") for path in states])


def _names(names: Sequence[str]) -> str:
    rest = f" and {len(names) - DOCUMENTS} more" if len(names) > DOCUMENTS else ""
    return f"{', '.join(map(printable, names[:DOCUMENTS]))}{rest}"


def _nothing(root: Path, *, found: bool) -> Iterator[str]:
    """Where there is no project here: the one around this folder, or how to begin."""
    from cenguard.sources.project import project_file

    above = next((folder for folder in root.resolve().parents if project_file(folder) is not None), None)
    if above is not None:
        yield f"\nThis folder is inside of the Pulumi project {printable(str(above))}"
        yield from _typed([(f"cd {quote(str(above))}", ""), ("cenguard", "")])
        return
    if not found:
        yield "\nNo Pulumi project, no files of Terraform or OpenTofu, and no document or state of theirs in this folder or below it."
    yield "\nTo begin"
    yield from _typed(
        [
            ("cenguard needs cn-beijing us-west-1 --mbps 20", "which bandwidth packages some regions need"),
            ("cenguard check FOLDER", "a Pulumi program in Python"),
            ("cenguard check DOCUMENT", "a preview, plan, export or state; `cenguard check --help` names all"),
            ("cenguard audit s3://BUCKET", "the states of a whole fleet"),
        ]
    )


def _quoted(path: Path) -> str:
    return quote(path.as_posix())


def _typed(commands: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Commands, with what they are for where it is said."""
    width = max(len(command) for command, _ in commands)
    width = width if width <= WIDE else 0
    for command, reason in commands:
        yield f"    {printable(command):{width}}  {reason}".rstrip() if reason else f"    {printable(command)}"
