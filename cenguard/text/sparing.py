"""A file that a command reads, or that is a program's, is not written over with what the command says."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from cenguard.errors import UnreadableInput

_CODE = (
    ".py", ".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".go", ".java", ".kt", ".scala", ".cs", ".fs", ".vb",
    ".hcl", ".pp", ".tf", ".tofu", ".tf.json", ".tofu.json", ".tfvars", ".tfvars.json", ".tfstate",
)  # fmt: skip
_PROJECT = re.compile(r"Pulumi(Policy)?(\..+)?\.(ya?ml|json)|Main\.yaml")
"""What holds a program and the values and the state of its stacks: which it reads is known when it has run, and nobody wants a report there."""


def spare(wanted: Sequence[Path], read: Iterable[str], what: str = "the report") -> None:
    """See that no file to write is one that was read or a program's; `read` has real paths, and is gone over where a file is there.

    Raises:
        UnreadableInput: a file to write is one of these.
    """
    there = {os.path.realpath(path): path for path in wanted if path.is_file()}  # /dev/null loses nothing
    if not there:
        return
    for real, path in there.items():
        if real.lower().endswith(_CODE) or _PROJECT.fullmatch(os.path.basename(real)):  # noqa: PTH119 - a real path is a text here
            raise UnreadableInput(str(path), f"is a program's, and is not written over: give another place for {what}")
    over = next((there[path] for path in read if path in there), None)
    if over is not None:
        raise UnreadableInput(str(over), f"is read here, and is not written over: give another place for {what}")
