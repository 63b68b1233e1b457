"""What to say when a program imports what is not installed: where it lies, and how to get it where that is known.

The name of a package is never made up from the name of a module: it could be a stranger's.
"""

import re
import shlex
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from cenguard.readers.program.messages import Failure
from cenguard.readers.program.project import Project

OURS = {
    "cenguard_components": "cenguard[components]",
    "pulumi_alicloud": "cenguard[components]",
    "pulumi": "cenguard[pulumi]",
}
"""Modules that an extra of cenguard brings."""
_GENERATED = "pulumi_alicloud_cen"
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def missing_import(project: Project, failure: Failure) -> str:
    """One line about the module that a program, or what it imports, could not import."""
    module = failure.module.partition(".")[0]
    said = f"{_where(project, failure)} imports {failure.module}, which is not installed in {sys.executable}"
    cures = [cure for cure in (_cure(project, module), own_environment(project)) if cure]
    return f"{said}: {', or '.join(cures)}" if cures else said


def pip_install(*wanted: str) -> str:
    """A command that installs into the interpreter that runs programs; environments that uv makes hold no pip."""
    install = f"{sys.executable} -m pip install" if find_spec("pip") else f"uv pip install --python {sys.executable}"
    return f"{install} {shlex.join(wanted)}"  # a name with brackets would be a pattern to a shell


def own_environment(project: Project) -> str:
    """Programs run in the interpreter of this command; a project that has one of its own may hold what is missing."""
    if project.virtualenv is None or project.virtualenv.resolve() == Path(sys.prefix).resolve():
        return ""
    python = project.virtualenv / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    return f"install cenguard where the project's own packages are (`{python} -m pip install 'cenguard[pulumi]'`) and run it from there"


def _cure(project: Project, module: str) -> str:
    if module in OURS:
        return f"install it with `{pip_install(OURS[module])}`"
    requirements = project.folder / "requirements.txt"
    if _may_bring(requirements, module):
        return f"install what the project asks for with `{pip_install('-r', str(requirements))}`"
    if module == _GENERATED:
        return "`pulumi package add` generates it from the folder components of cenguard, and installs it"
    return ""


def _may_bring(requirements: Path, module: str) -> bool:
    """Whether a list of requirements names the module, or anything that is not installed."""
    try:
        lines = requirements.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    names = [match[0] for line in lines if (match := _NAME.match(line.strip()))]
    folders = any(line.strip().startswith((".", "/", "-r", "-e")) or "sdks/" in line for line in lines)
    return folders or any(_plain(name) == _plain(module) or not _is_installed(name) for name in names)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _where(project: Project, failure: Failure) -> str:
    if failure.place is None:
        return "the program"
    path, line = failure.place
    file = Path(path)
    folder = project.folder.resolve()
    return f"{file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file}:{line}"
