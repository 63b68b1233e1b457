"""Which of the files in a folder or bucket are states, by their names.

Source of the backend's layout: documents of the engine's own backend on a file system, as `cenguard.readers.backend` says;
of Terraform's names: https://developer.hashicorp.com/terraform/language/backend (s3, oss, gcs, azurerm: any key).
"""

import re
from collections.abc import Iterable, Mapping

from cenguard.readers.backend import ENDINGS, STORE

PACKED = (".gz", ".zst")
_ENDINGS = (".json", ".tfstate")
_NO_STATE = re.compile(r"\.(backup|bak|attrs|lock|tflock|lock\.info|info|md5|sha256|tmp|swp)$|~$|_\$folder\$$|^$")
"""What lies beside states. A bucket has no folders: its console makes an object whose key ends with a slash, and so has no name; other
tools one that ends with `_$folder$`."""
_STATE = "tfstate"
_NO_STATES = frozenset({STORE, ".terraform"})
"""Folders without states: the engine's own, but for its stacks, and that of Terraform, with a copy of the backend's settings."""
_STACKS = f"{STORE}/stacks/"
_REFUSED = re.compile(r'[:"\[\]\n]+')
"""What no name of a source may hold."""
_WORKSPACES = ("env:", "terraform.tfstate.d")
"""Folders with one folder for each workspace. Source: Terraform's backends s3 (`workspace_key_prefix`), oss (`prefix`, which holds the
state of the default workspace as well) and local (`workspace_dir`)."""
_WORKSPACE = "env:"
"""What stands between the name of a state and its workspace. Source: Terraform's backend azurerm."""


def is_state_name(name: str) -> bool:
    """Whether a file of that name, without folders, is taken for a state.

    >>> [is_state_name(name) for name in ("prod.json", "terraform.tfstate", "prod.json.zst", "prod.json.bak", "README.md", "prod")]
    [True, True, True, False, False, True]
    """
    if _NO_STATE.search(name):
        return False
    for packing in PACKED:
        name = name.removesuffix(packing)
    return name.endswith(_ENDINGS) or _STATE in name or "." not in name


def states_among(paths: Mapping[str, float | str]) -> list[str]:
    """The states among files, by their paths below a root; the value tells which of two was changed last.

    Of the folder of a backend only its stacks: copies and older checkpoints lie beside them, and of several files of one
    stack the one that was changed last is its state.
    """
    backends = {path[: path.index(_STACKS)] for path in paths if path.startswith(_STACKS) or f"/{_STACKS}" in path}
    stacks: dict[str, list[str]] = {}
    found: list[str] = []
    for path in paths:
        inside = next((folder for folder in _above(path) if folder in backends), None)
        folder, _, name = path.rpartition("/")
        if inside is None or _STATE in name:  # beside a backend lie files of projects: of them only what says that it is a state
            if _NO_STATES.isdisjoint(folder.split("/")) and is_state_name(name):
                found.append(path)
        elif path.startswith(f"{inside}{_STACKS}") and (ending := _ending(path)):
            stacks.setdefault(path.removesuffix(ending), []).append(path)
    found += [max(files, key=lambda path: (str(paths[path]), path)) for files in stacks.values()]
    return sorted(found)


def inside_store(root: str) -> str:
    """What has to stand before the paths below a root that lies inside a backend's own folder.

    >>> inside_store("s3://states/team/.pulumi/stacks"), inside_store("s3://states/team")
    ('.pulumi/stacks/', '')
    """
    parts = root.rstrip("/").split("/")
    return "/".join(parts[parts.index(STORE) :]) + "/" if STORE in parts else ""


def _ending(path: str) -> str | None:
    return next((ending for ending in sorted(ENDINGS, key=len, reverse=True) if path.endswith(ending)), None)


def _above(path: str) -> Iterable[str]:
    """The folders above a path, each with a slash at its end; the root is empty."""
    parts = path.split("/")[:-1]
    yield ""
    for count in range(1, len(parts) + 1):
        yield "/".join(parts[:count]) + "/"


def source_name(path: str) -> tuple[str, str]:
    """What a Terraform state is called by its path below the root, and its workspace where the path says it.

    >>> source_name("net/prod/terraform.tfstate"), source_name("net/prod.tfstate"), source_name("env:/blue/net/terraform.tfstate")
    (('net/prod', ''), ('net/prod', ''), ('env/blue/net', 'blue'))
    >>> source_name("env:/terraform.tfstate"), source_name("net/terraform.tfstate.d/blue/terraform.tfstate"), source_name("net.tfstateenv:blue")
    (('env', ''), ('net/terraform.tfstate.d/blue', 'blue'), ('net.tfstateenvblue', 'blue'))
    >>> source_name("shared services/terraform.tfstate")
    ('shared-services', '')
    """
    parts = path.split("/")
    above = next((index for index, part in enumerate(parts[:-2]) if part in _WORKSPACES), None)
    if above is not None:
        workspace = parts[above + 1]
    else:
        name, _, workspace = parts[-1].partition(_WORKSPACE)
        workspace = workspace if name else ""
    for ending in (*PACKED, *_ENDINGS):
        path = path.removesuffix(ending)
    folder, _, name = path.rpartition("/")
    named = folder if name == "terraform" and folder else path
    return _REFUSED.sub("", named.replace(" ", "-")), _REFUSED.sub("", workspace)
