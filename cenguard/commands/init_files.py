"""The files that `cenguard init` writes as they are: where each goes, by the template beside this module that holds its text."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

PACK = {"policy_pack/PulumiPolicy.yaml": "PulumiPolicy.yaml", "policy_pack/__main__.py": "policy_pack_main.py.txt"}
SETTINGS = {"cenguard.toml": "cenguard.toml"}
CI = {"github": ".github/workflows/cenguard.yml", "gitlab": ".gitlab/cenguard.yml"}
"""Where the pipeline goes, by the CI system; `pipelines` writes its text."""


class Told(NamedTuple):
    """One thing that was found or done."""

    kind: str
    """`found`, `written`, `kept`, `left out` or `note`; empty for a sentence that needs no such word."""
    text: str
    aside: str = ""
    """What people are told besides."""

    def __str__(self) -> str:
        return f"{self.kind:8} {self.text}{self.aside}" if self.kind else self.text


def texts(templates: Mapping[str, str]) -> dict[str, str]:
    """Files to write, each with its text."""
    folder = files("cenguard.commands") / "templates"
    return {path: (folder / name).read_text("utf-8") for path, name in templates.items()}


def system_of(folder: Path) -> str:
    """Which CI system a repository uses, by its files and its remote."""
    if (folder / ".gitlab-ci.yml").is_file():
        return "gitlab"
    if (folder / ".github").is_dir():
        return "github"
    try:
        remotes = (folder / ".git" / "config").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return "none"
    return next((name for name in ("github", "gitlab") if name in remotes), "none")
