"""What an opened file belongs to, and so what is checked for it."""

from dataclasses import dataclass
from pathlib import Path

from cenguard.editor.messages import Kind
from cenguard.sources.frames import LIBRARIES
from cenguard.sources.project import PULUMI_FILES, TERRAFORM_SUFFIXES, Language, project_file, project_in

OTHER_PROJECTS = ("PulumiPolicy.yaml", "PulumiPlugin.yaml")
"""Files of a folder whose program is a policy pack, or what builds components: no network is made of it alone."""
PROGRAMS = {
    Language.PYTHON: (".py",),
    Language.TYPESCRIPT: (".ts", ".tsx", ".mts", ".cts", ".js", ".mjs", ".cjs"),
    Language.GO: (".go",),
    Language.YAML: (".yaml", ".yml"),
    Language.HCL: (".tf", ".tofu", ".tf.json", ".tofu.json", ".hcl"),
    Language.OTHER: (".cs", ".fs", ".vb", ".java", ".kt", ".scala"),
}
"""How the names of a program's files end, by its language."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is checked."""

    kind: Kind
    root: Path
    """The folder of a project or of Terraform's files; of a document the file."""


def target_of(path: Path) -> Target | None:
    """What is checked when a file is opened; None for one that is none of ours.

    A JSON file may be a document or anybody's: who reads it knows.
    """
    project = project_around(path.parent)
    if project is not None and not LIBRARIES.isdisjoint(path.relative_to(project).parts):
        return None
    if path.name in PULUMI_FILES or (path.name.startswith("Pulumi.") and path.suffix in (".yaml", ".yml", ".json")):
        return Target(Kind.PROGRAM, project) if project is not None else None
    language = project_in(project).language if project is not None else None
    if path.name.endswith(TERRAFORM_SUFFIXES):
        if project is not None and language is Language.HCL:
            return Target(Kind.PROGRAM, project)
        return Target(Kind.TERRAFORM, path.parent)
    if path.suffix == ".json":
        return Target(Kind.DOCUMENT, path)
    if project is not None and language is not None and path.name.endswith(PROGRAMS[language]):
        return Target(Kind.PROGRAM, project)
    return None


def project_around(folder: Path) -> Path | None:
    """The folder of the project that a folder belongs to: the nearest upwards, unless that is a pack's or a component's."""
    for place in (folder, *folder.parents):
        if project_file(place) is not None:
            return place
        if any((place / name).is_file() for name in OTHER_PROJECTS):
            return None
    return None


def is_run(target: Target) -> bool:
    """Whether a check of it runs a program of the user's."""
    return target.kind is Kind.PROGRAM and project_in(target.root).language is Language.PYTHON
