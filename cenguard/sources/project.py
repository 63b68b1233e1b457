"""The project beside a source: its folder, to which lines are relative, and the language its program is written in."""

import os
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from cenguard.text.boundary import holds, inside

PULUMI_FILES = ("Pulumi.yaml", "Pulumi.yml", "Pulumi.json")
"""Names of a project file, in the order in which the engine looks for them."""
TERRAFORM_MARKS = (".terraform.lock.hcl", ".terraform")
"""What `init` of Terraform and OpenTofu leaves in the folder of the root module."""
TERRAFORM_SUFFIXES = (".tf", ".tofu", ".tf.json", ".tofu.json")
_SCRIPTS = (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs", ".jsx")
_LIBRARIES = frozenset({"node_modules", "site-packages", "__pycache__"})
_LARGEST = 16 * 1024 * 1024
"""Bytes; no file that people write is larger."""


class Language(StrEnum):
    """What a program is written in."""

    PYTHON = "python"
    TYPESCRIPT = "typescript"
    GO = "go"
    YAML = "yaml"
    HCL = "hcl"
    TERRAFORM = "terraform"
    OTHER = "other"


_RUNTIMES = {
    "python": Language.PYTHON,
    "nodejs": Language.TYPESCRIPT,
    "go": Language.GO,
    "yaml": Language.YAML,
    "hcl": Language.HCL,
}


class Project:
    """A project folder, and what its project file says; a folder without one says nothing."""

    def __init__(self, folder: Path, settings: dict[str, Any] | None = None) -> None:
        """Take the content of the project file; None where there is none, or it cannot be read."""
        self.folder = folder
        self.settings = settings

    @property
    def runtime(self) -> str:
        """The runtime's name; empty where it is not known."""
        runtime = (self.settings or {}).get("runtime")
        name = runtime.get("name") if isinstance(runtime, dict) else runtime
        return name if isinstance(name, str) else ""

    @property
    def language(self) -> Language | None:
        """The language of the program; None where nothing says it."""
        return (_RUNTIMES.get(self.runtime) or Language.OTHER) if self.runtime else None

    @property
    def program(self) -> Path:
        """The folder that the program lies in: the project's own, or the one that `main` names."""
        main = (self.settings or {}).get("main")
        place = self.folder / main if isinstance(main, str) else self.folder
        return place if place.is_dir() else place.parent


def is_terraform(kind: str) -> bool:
    """Whether a kind of source is a document of Terraform or OpenTofu."""
    return kind.startswith("terraform")


def project_folder(path: str, kind: str, name: str) -> Path | None:
    """The folder that the lines of a source are relative to; None where nothing shows which it is.

    A program's own folder. Of a document, the nearest folder at or above its own that holds the project file of its
    project (`name`, empty where it is not known), else the same from where the command runs, since pipelines keep documents
    elsewhere; else its own folder, unless that is another project's. Of a Terraform document, its own folder where the configuration lies beside it, else the nearest above that
    was initialized: no document says whose it is, so one that lies elsewhere has no files.
    """
    return _folder(path, kind, name, users_folder() if kind == "engine" else Path.cwd())


def users_folder() -> Path:
    """Where the user of a policy pack stands, or the project that something else sends the engine to.

    The engine starts a pack that is a folder in there, and one that is executable in the project's folder, or in the one in it that
    its `main` names. `PWD` is still the shell's: with `--cwd`, and where a program runs the engine (the Automation API, an action of a
    pipeline), that is another place.
    """
    here = Path.cwd()
    shell = Path(os.environ.get("PWD") or here)
    stands = shell.resolve()
    marked = (
        folder for folder in inside((here, *here.parents)) if project_file(folder) or (folder / "PulumiPolicy.yaml").is_file()
    )
    root = next(marked, None)
    return shell if root is None or project_file(root) is None or root in (stands, *stands.parents) else root


@cache
def _folder(path: str, kind: str, name: str, here: Path) -> Path | None:
    if kind == "program":
        return Path(path).resolve()
    own = here if kind == "engine" or path == "standard input" else Path(path).resolve().parent
    if is_terraform(kind):
        if has_configuration(own):
            return own
        return next((folder for folder in inside(own.parents) if any((folder / mark).exists() for mark in TERRAFORM_MARKS)), None)
    for start in dict.fromkeys((own, here)):
        for folder in inside((start, *start.parents)):
            file = project_file(folder)
            if file is not None and _is_of(file, name):
                return folder
    return own if project_file(own) is None else None


NO_PROJECT = "holds no Pulumi.yaml: a project folder, or a document of Pulumi or Terraform, was expected; `cenguard`, typed there, says what a folder holds"
"""What is said of a folder that is no source: of the root of a repository, of one too many levels up."""


def project_file(folder: Path) -> Path | None:
    """The project file in a folder."""
    return next((folder / name for name in PULUMI_FILES if (folder / name).is_file()), None)


def has_configuration(folder: Path) -> bool:
    """Whether a folder holds files of Terraform's language."""
    try:
        return holds(folder) and any(item.name.endswith(TERRAFORM_SUFFIXES) for item in folder.iterdir())
    except OSError:
        return False


@cache
def project_in(folder: Path) -> Project:
    """What the project file of a folder says."""
    file = project_file(folder)
    if file is None:
        return Project(folder)
    text = text_of(file)
    settings: Any = None
    if text is not None:
        from yaml import YAMLError, safe_load

        try:
            settings = safe_load(text)
        except (YAMLError, ValueError, RecursionError):
            settings = None
    return Project(folder, settings if isinstance(settings, dict) else None)


def text_of(file: Path) -> str | None:
    """The text of a file that people write; None where there is none to be had."""
    try:
        if not holds(file) or file.stat().st_size > _LARGEST:
            return None
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError):
        return None


def files_of_program(path: Path) -> Iterator[str]:
    """The texts of the other files of a program that are written in the language of one of them."""
    root = next((folder for folder in inside(path.parents) if project_file(folder) is not None), path.parent)
    endings = (path.suffix,) if path.suffix == ".py" else _SCRIPTS
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _LIBRARIES)
        if "pyvenv.cfg" in names:
            folders.clear()
            continue
        for name in sorted(names):
            other = Path(place, name)
            text = text_of(other) if name.endswith(endings) and other != path else None
            if text is not None:
                yield text


_NAME = r"""^name[ \t]*:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s#]+))"""


@cache
def _is_of(file: Path, name: str) -> bool:
    """Whether a project file may be that of a project: a name that it does not say plainly speaks against nothing."""
    if not name:
        return True
    text = text_of(file)
    if text is None:
        return True
    if file.suffix == ".json":
        import json

        try:
            said = json.loads(text).get("name")
        except (ValueError, AttributeError, RecursionError):
            return True
    else:
        match = re.search(_NAME, text, re.MULTILINE)
        said = next((part for part in match.groups() if part is not None), None) if match else None
    return said is None or said == name


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    for known in (_folder, project_in, _is_of):
        known.cache_clear()
