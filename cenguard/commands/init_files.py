"""The files that `cenguard init` writes as they are: where each goes, by the template beside this module that holds its text."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

PACK = {"policy_pack/PulumiPolicy.yaml": "PulumiPolicy.yaml", "policy_pack/__main__.py": "policy_pack_main.py.txt"}
SETTINGS = {"cenguard.toml": "cenguard.toml"}
CI = {"github": ".github/workflows/cenguard.yml", "gitlab": ".gitlab/cenguard.yml"}
"""Where the pipeline goes, by the CI system; `pipelines` writes its text."""


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
