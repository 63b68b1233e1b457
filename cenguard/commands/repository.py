"""What stands in a repository: the projects below its root, and the stacks of each."""

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cenguard.sources.project import project_file, project_in
from cenguard.text.boundary import holds

LEFT_OUT = frozenset({"node_modules", "vendor", "venv", "site-packages", "cdktf.out", "modules", "__pycache__"})
"""Folders that hold other people's programs, or modules that others call."""
DEEPEST = 6
"""Folders below the root that are looked into."""
STACK_FILE = re.compile(r"Pulumi\.([A-Za-z0-9_.-]+)\.(ya?ml|json)")
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")
"""Names that need no quotes in a shell, in YAML and in an expression of a pipeline."""
_MODULE = re.compile(r"^\s*source\s*=\s*\"(\.{1,2}/[^\"]*)\"", re.MULTILINE)
_TOFU = "registry.opentofu.org"
UNIT = "terragrunt.hcl"
"""The file of a unit of Terragrunt, whose inputs, state and dependencies only Terragrunt knows."""
UNITS = "terragrunt.stack.hcl"
"""The file that units are generated from, into a folder `.terragrunt-stack` beside it. Seen with Terragrunt built from 2026-11."""
_BACKENDS = re.compile(r"(.+)\.(?:tfbackend|backend\.(?:hcl|tfvars))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """One document that is to be made and checked."""

    folder: str
    """The project's folder, from the root; `.` for the root itself."""
    tool: str
    """pulumi, terraform or tofu."""
    name: str
    var_file: str = ""
    """Values of this stack, from the folder."""
    backend_config: str = ""
    """Where its state is, from the folder."""
    workspace: str = ""
    """The workspace that Terraform is to use."""


def stacks_below(root: Path) -> list[Stack]:
    """Every stack of every project that a pipeline can name, by folder and name."""
    return [stack for stack in stacks_in(root, folders_below(root)) if _is_plain(stack)]


def stacks_in(root: Path, folders: Iterable[Path]) -> list[Stack]:
    """Every stack of the projects in some folders at or below the root, whatever they are called."""
    folders = list(folders)
    called = {found for folder in folders for found in _called_modules(folder)}
    stacks: list[Stack] = []
    for folder in folders:
        name = folder.relative_to(root).as_posix()
        if project_file(folder) is not None:
            stacks += [Stack(folder=name, tool="pulumi", name=stack) for stack in _pulumi_stacks(folder)]
        elif _is_terraform(folder) and folder.resolve() not in called and not (folder / UNIT).is_file():
            stacks += _terraform_stacks(folder, name)
    return stacks


def units_in(root: Path, folders: Iterable[Path]) -> list[str]:
    """The units of Terragrunt in some folders, from the root; one without a program is what those below it include."""
    found = [folder for folder in folders if (folder / UNIT).is_file()]
    above = {parent for folder in found for parent in folder.parents}
    return [folder.relative_to(root).as_posix() for folder in found if folder not in above or _is_terraform(folder)]


def odd_names(root: Path) -> list[str]:
    """Folders of projects whose names a pipeline cannot hold as they are."""
    return sorted(
        folder.relative_to(root).as_posix()
        for folder in folders_below(root)
        if not PLAIN.fullmatch(folder.relative_to(root).as_posix())
        and (project_file(folder) is not None or (_is_terraform(folder) and not (folder / UNIT).is_file()))
    )


def _is_plain(stack: Stack) -> bool:
    return all(PLAIN.fullmatch(text) for text in (stack.folder, stack.name, stack.var_file or ".", stack.backend_config or "."))


def folders_below(root: Path) -> Iterator[Path]:
    """The root and the folders below it that may hold projects, from above to below."""
    for place, names, files in os.walk(root):
        folder = Path(place)
        if "pyvenv.cfg" in files:
            names.clear()
            continue
        depth = len(folder.relative_to(root).parts)
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in LEFT_OUT) if depth < DEEPEST else []
        yield folder


def _pulumi_stacks(folder: Path) -> list[str]:
    own = project_file(folder)
    settings = project_in(folder).settings or {}
    named = settings.get("stackConfigDir", settings.get("config"))  # the older name of the same setting
    place = folder / named if isinstance(named, str) else folder
    files = place.iterdir() if place.is_dir() and holds(place) else ()
    found = {
        match[1]
        for file in files
        if (match := STACK_FILE.fullmatch(file.name))
        and file.is_file()
        and (match[2] != "json" or (own is not None and own.suffix == ".json"))
    }
    return sorted(found) or ["dev"]


def _is_terraform(folder: Path) -> bool:
    return any(file.name.endswith((".tf", ".tofu", ".tf.json")) and file.is_file() for file in folder.iterdir())


def _called_modules(folder: Path) -> Iterator[Path]:
    """Folders that a program of Terraform calls as its modules: they have no state of their own."""
    for file in sorted((*folder.glob("*.tf"), *folder.glob("*.tofu"))):
        for source in _MODULE.findall(_text(file)):
            yield (folder / source).resolve()


def _terraform_stacks(folder: Path, name: str) -> list[Stack]:
    tofu = any(folder.glob("*.tofu")) or _TOFU in _text(folder / ".terraform.lock.hcl")
    tool = "tofu" if tofu else "terraform"
    values = {_stem(path.name): path.relative_to(folder).as_posix() for path in _beside(folder, ".tfvars")}
    backends = {
        match[1]: path.relative_to(folder).as_posix() for path in _beside(folder, "") if (match := _BACKENDS.fullmatch(path.name))
    }
    kept = folder / "terraform.tfstate.d"
    workspaces = {path.name for path in kept.iterdir() if path.is_dir()} if kept.is_dir() else set()
    names = sorted(values.keys() | backends.keys() | workspaces)
    if not names:
        return [Stack(folder=name, tool=tool, name="default")]
    return [
        Stack(
            folder=name,
            tool=tool,
            name=stack,
            var_file=values.get(stack, ""),
            backend_config=backends.get(stack, ""),
            workspace="" if stack in backends else stack,
        )
        for stack in names
    ]


def _beside(folder: Path, ending: str) -> list[Path]:
    """Files of a folder and of those right below it; Terraform reads some of them by itself."""
    files = [
        *folder.iterdir(),
        *(file for sub in folder.iterdir() if sub.is_dir() and sub.name[:1] != "." for file in sub.iterdir()),
    ]
    return sorted(
        path
        for path in files
        if path.is_file()
        and path.name.endswith(ending)
        and path.name != "terraform.tfvars"
        and not path.name.endswith((".auto.tfvars", ".backend.tfvars") if ending else ".auto.tfvars")
    )


def _stem(name: str) -> str:
    return name.removesuffix(".tfvars")


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
