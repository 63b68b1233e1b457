"""The folder of a self-managed backend: the states of all its stacks.

Source of the layout: pulumi/pulumi, pkg/backend/diy, `.pulumi/stacks/<project>/<stack>.json`, without the project before
version 1 of the store; packed ones end in `.json.gz` or `.json.zst`, and copies in `.bak`. Of several files of one stack the
one that was changed last is its state: the engine removes the others.
"""

from collections.abc import Sequence
from pathlib import Path

from cenguard.errors import UnreadableInput
from cenguard.text.boundary import boundary, holds

STORE = ".pulumi"
ENDINGS = (".json", ".json.gz", ".json.zst")


def spelled_out(names: Sequence[str]) -> list[str]:
    """Sources with the folder of a backend replaced by the checkpoints in it.

    A folder that holds a Pulumi.yaml is a project, whatever else it holds.

    Raises:
        UnreadableInput: a backend holds no stack.
    """
    found: list[str] = []
    for name in names:
        stacks = _stacks_of(Path(name)) if name != "-" else None
        if stacks is None:
            found.append(name)
            continue
        states = _states_in(stacks)
        if not states:
            raise UnreadableInput(name, "is the folder of a backend, and holds no stack")
        found += states
    return found


def _states_in(stacks: Path) -> list[str]:
    """The file of each stack, by its name."""
    found: dict[str, list[Path]] = {}
    for ending in ENDINGS:
        for path in stacks.rglob(f"*{ending}"):
            if path.is_file():
                found.setdefault(str(path).removesuffix(ending), []).append(path)
    return [str(max(found[name], key=_changed)) for name in sorted(found)]


def _changed(path: Path) -> tuple[int, str]:
    try:
        return path.stat().st_mtime_ns, path.name
    except OSError:  # who reads it says why
        return 0, path.name


def _stacks_of(folder: Path) -> Path | None:
    store = folder if folder.name == STORE else folder / STORE
    if not holds(store / "stacks"):
        raise UnreadableInput(str(folder), boundary().said)
    try:
        return store / "stacks" if (store / "stacks").is_dir() and not (folder / "Pulumi.yaml").is_file() else None
    except (OSError, ValueError):  # what may not be looked at, or cannot be a name, is said by who reads it
        return None
