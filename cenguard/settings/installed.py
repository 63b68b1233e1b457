"""Whether any installed package offers rules: looking through every package properly would cost more than a whole check."""

import os
import sys

GROUP = "cenguard.rules"
"""The entry point that offers rules."""
INSTALLED = "rules of installed packages"
"""What they are called where they are not loaded."""


def any_rules() -> bool:
    """Whether a package in a folder of the module path offers rules."""
    return any(_offers(folder or ".") for folder in sys.path)


def _offers(folder: str) -> bool:
    wanted = f"[{GROUP}]".encode()
    try:
        packages = [name for name in os.listdir(folder) if name.endswith((".dist-info", ".egg-info"))]  # noqa: PTH208 - half the time
    except OSError:
        return False
    for name in packages:
        try:
            with open(os.path.join(folder, name, "entry_points.txt"), "rb", buffering=0) as file:  # noqa: PTH118, PTH123
                if wanted in file.read():
                    return True
        except OSError:
            continue
    return False
