"""Whether any installed package offers rules: looking through every package properly would cost more than a whole check."""

import sys
from pathlib import Path

GROUP = "cenguard.rules"
"""The entry point that offers rules."""
INSTALLED = "rules of installed packages"
"""What they are called where they are not loaded."""


def any_rules() -> bool:
    """Whether a package in a folder of the module path offers rules."""
    return any(_offers(Path(folder or ".")) for folder in sys.path)


def _offers(folder: Path) -> bool:
    wanted = f"[{GROUP}]".encode()
    try:
        entries = [*folder.glob("*.dist-info/entry_points.txt"), *folder.glob("*.egg-info/entry_points.txt")]
    except OSError:
        return False
    for path in entries:
        try:
            if wanted in path.read_bytes():
                return True
        except OSError:
            continue
    return False
