"""Pipelines of GitHub and GitLab: one set of steps, in the files of `init`, in the action and in the template."""

import json
import re
import shlex
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

from cenguard.commands.repository import Stack
from cenguard.settings.files import find_settings

_STEP = re.compile(r"^( *)@([a-z]+\.sh)@\n", re.MULTILINE)
REPORTS = "cenguard-reports"
MOST_NEEDS = 50
"""Jobs that one of GitLab may need; of more it refuses the pipeline (https://docs.gitlab.com/ci/yaml/#needs)."""
MOST_ROWS = 256
"""Jobs of one matrix of GitHub; with more it fails the run
(https://docs.github.com/en/actions/writing-workflows/choosing-what-your-workflow-does/running-variations-of-jobs-in-a-workflow)."""
IMAGES = {
    "pulumi": "docker.io/pulumi/pulumi:latest",
    "terraform": "docker.io/hashicorp/terraform:latest",
    "tofu": "ghcr.io/opentofu/opentofu:latest",
}
SETUPS = {
    "pulumi": "pulumi/actions@v6",
    "terraform": "hashicorp/setup-terraform@v3",
    "tofu": "opentofu/setup-opentofu@v1",
}
SECRETS = {
    "pulumi": ("PULUMI_ACCESS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"),
    "": ("ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY"),
}
"""Names of secrets, by the tool that needs them."""


def with_steps(text: str) -> str:
    """A template with the shared steps in their places."""
    folder = files("cenguard.commands") / "templates" / "steps"

    def step(match: re.Match[str]) -> str:
        lines = (folder / match[2]).read_text("utf-8").splitlines()
        return "".join(f"{match[1]}{line}\n" if line else "\n" for line in lines)

    return _STEP.sub(step, text)


def environment(stack: Stack, stacks: Sequence[Stack], root: Path) -> dict[str, str]:
    """What the steps of one stack are told, as variables."""
    of_folder = [other for other in stacks if other.folder == stack.folder]
    kind = "preview" if stack.tool == "pulumi" else "plan"
    document = f"{'' if stack.folder == '.' else stack.folder + '/'}{stack.name}.{kind}.json"
    name = "/".join(
        part for part in (stack.folder if stack.folder != "." else "", stack.name if len(of_folder) > 1 else "") if part
    )
    named = stack.tool != "pulumi" and name  # a document of Terraform does not say whose it is
    return {
        "PROJECT": stack.folder,
        "STACK": stack.name,
        "TOOL": stack.tool,
        "DOCUMENT": document,
        "SOURCES": f"{name}={document}" if named else document,
        "SETTINGS": _own_settings(root, stack.folder),
        "VAR_FILE": stack.var_file,
        "BACKEND_CONFIG": stack.backend_config,
        "TF_WORKSPACE": stack.workspace,
        "REPORT": f"{REPORTS}/{_slug(stack)}",
    }


def _own_settings(root: Path, folder: str) -> str:
    """Settings of a project's own, between its folder and the root: a document is checked from the root, whose settings are found."""
    found = find_settings((root / folder).resolve())
    if found is None or found.parent == root.resolve() or root.resolve() not in found.parents:
        return ""
    return found.relative_to(root.resolve()).as_posix()


def _slug(stack: Stack) -> str:
    """Folder and stack as the name of a file, of no other stack's: a hyphen in either is written twice."""
    parts = [] if stack.folder == "." else stack.folder.split("/")
    return "-".join(part.replace("-", "--") for part in (*parts, stack.name))


def label(stack: Stack) -> str:
    """What a job is called."""
    return f"cenguard {stack.name if stack.folder == '.' else f'{stack.folder} {stack.name}'}"


def github(stacks: Sequence[Stack], root: Path, package: str | None) -> str:
    """The workflow of GitHub: one job for one stack, else one for each that a change touches."""
    one = len(stacks) == 1
    tools = sorted({stack.tool for stack in stacks})
    text = _template("github.yml" if one else "github-matrix.yml")
    return _filled(
        text,
        {
            "PACKAGE_NOTE": _note(
                package, "a variable of the repository, for you to set: Settings, Secrets and variables, Actions"
            ),
            "PACKAGE": _yaml(package) if package else "${{ vars.CENGUARD_PACKAGE }}",
            "ROW": _mapping(environment(stacks[0], stacks, root), 6),
            "ROWS": _rows(stacks, root),
            "SECRETS": "\n".join(f"      {name}: ${{{{ secrets.{name} }}}}" for name in _secrets(tools)),
            "TOOLS": "\n".join(_setup(tool, matrix=len(tools) > 1) for tool in tools),
            "EXCLUDED": _excluded(stacks),
        },
    )


def gitlab(stacks: Sequence[Stack], root: Path, package: str | None) -> str:
    """The file of GitLab: a job for each stack, and one that comments."""
    return _filled(
        _template("gitlab.yml"),
        {
            "PACKAGE_NOTE": _note(package, "a variable of the project, for you to set: Settings, CI/CD, Variables"),
            "PACKAGE_LINE": f"    CENGUARD_PACKAGE: {_yaml(package)}\n" if package else "",
            "JOBS": "\n".join(_job(stack, stacks, root) for stack in stacks) + "\n",
            "AFTER": _after(stacks),
            "EXCLUDED": _excluded(stacks),
            "COUNT": str(len(stacks)),
        },
    )


def _after(stacks: Sequence[Stack]) -> str:
    """When the job that comments runs: after those of the stacks."""
    if len(stacks) > MOST_NEEDS:
        return "  stage: .post"
    return f"  stage: test\n  needs: {json.dumps([label(stack) for stack in stacks])}"


def _template(name: str) -> str:
    return with_steps((files("cenguard.commands") / "templates" / name).read_text("utf-8"))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


def _note(package: str | None, place: str) -> str:
    return ": where the copy came from that wrote this." if package else f": {place}."


def _yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _mapping(values: Mapping[str, str], indent: int) -> str:
    return "\n".join(f"{' ' * indent}{name}: {_yaml(value)}" for name, value in values.items())


def _secrets(tools: Sequence[str]) -> list[str]:
    return [name for tool in (*tools, "") for name in SECRETS.get(tool, ())]


def _setup(tool: str, *, matrix: bool) -> str:
    lines = [f"      - uses: {SETUPS[tool]}"]
    if matrix:
        lines.append(f"        if: matrix.TOOL == '{tool}'")
    if tool != "pulumi":  # the wrapper would write beside the document
        lines += ["        with:", f"          {tool}_wrapper: false"]
    return "\n".join(lines)


def _excluded(stacks: Sequence[Stack]) -> str:
    folders = sorted({stack.folder for stack in stacks} - {"."})
    return " ".join(shlex.quote(f":(exclude){folder}") for folder in folders) or "':(exclude).gitignore'"


def _rows(stacks: Sequence[Stack], root: Path) -> str:
    """Shell that lists the stacks of every project that a change touches."""
    lines = []
    for folder in dict.fromkeys(stack.folder for stack in stacks):
        lines.append(f"          if $every || touched {shlex.quote(folder)}; then")
        for stack in stacks:
            if stack.folder == folder:
                row = {"name": label(stack), "ARTIFACT": _slug(stack), **environment(stack, stacks, root)}
                lines.append(f"            stacks+=({shlex.quote(json.dumps(row))})")
        lines.append("          fi")
    return "\n".join(lines)


def _job(stack: Stack, stacks: Sequence[Stack], root: Path) -> str:
    values = environment(stack, stacks, root)
    return (
        f'{label(stack)}:\n  extends: .cenguard\n  image:\n    name: {IMAGES[stack.tool]}\n    entrypoint: [""]\n'
        f"  variables:\n{_mapping(values, 4)}\n"
        f"  artifacts:\n    when: always\n    paths: [{REPORTS}/]\n    reports:\n"
        f"      codequality: {values['REPORT']}.gitlab.json\n      junit: {values['REPORT']}.xml"
    )


PLACEHOLDER = Stack(folder=".", tool="pulumi", name="dev")
"""What a repository gets in which no project stands yet."""
