"""What Go's compiler says of names: each variable and each import is used, and each name is declared above its first use."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cenguard.sources.sites import Change, File, file_at
from cenguard.sources.syntax import parsed, tree
from cenguard.sources.tree_sites import bound_in, each_node, imports_of

_WORD = re.compile(r"[^\W\d]\w*")
_NAMES = ("identifier", "package_identifier")


def unsound(path: Path, text: str, changes: Sequence[Change]) -> str:
    """Why a file with changes would not be compiled though it was before; empty where nothing speaks against it."""
    before = file_at(path)
    gone = {word for change in changes if before is not None for word in _WORD.findall(before.text[change.start : change.end])}
    gone -= {word for change in changes for word in _WORD.findall(change.text)}
    root = parsed(path.suffix, text) if gone else None
    old = tree(path.suffix, before.text) if before is not None and root is not None else None
    if root is None or old is None or before is None:
        return ""
    after = File(path, text)
    for name in sorted(_undeclared(after, root) - _undeclared(before, old)):
        return f"the statement that declares {name} would be taken out, and others below it use that"
    for name in sorted((_unused(after, root) - _unused(before, old)) & gone):
        return f"nothing would use {name} any more, which Go does not take"
    return ""


def _unused(file: File, root: Any) -> set[str]:
    """Variables that are declared and nothing else, and imports that nothing uses."""
    counts: dict[str, int] = {}
    for node in each_node(root):
        if node.type in _NAMES and node.parent.type != "import_spec":
            counts[file.of(node)] = counts.get(file.of(node), 0) + 1
    bound = bound_in(file, root)
    unused = {name for name, number in bound.items() if counts.get(name, 0) <= number and name != "_"}
    return unused | {name for name in imports_of(file, root).values() if name not in counts and name not in ("_", ".")}


def _undeclared(file: File, root: Any) -> set[str]:
    """Names that statements of a function use above, or without, the statement of it that declares them."""
    found: set[str] = set()
    bodies = [node for node in each_node(root) if node.type == "statement_list" and node.parent.parent.type == "func_literal"]
    declared_somewhere = {"err"} | {name for body in bodies for item in body.named_children for name in _declared(file, item)}
    for body in bodies:
        known: set[str] = set()
        for statement in body.named_children:
            new = set(_declared(file, statement))
            inside = {name for node in each_node(statement) if node is not statement for name in _declared(file, node)}
            used = {file.of(node) for node in each_node(statement) if node.type == "identifier"} - (inside - known) - new
            found |= (used & declared_somewhere) - known
            known |= new
    return found


def _declared(file: File, node: Any) -> Iterator[str]:
    """The names that a node declares, in whatever place it stands."""
    match node.type:
        case "short_var_declaration" | "range_clause":
            left = node.child_by_field_name("left")
            names = left.named_children if left is not None else ()
        case "var_declaration":
            names = [child for spec in node.named_children for child in spec.named_children]
        case "parameter_declaration" | "var_spec" | "const_spec":
            names = node.named_children
        case _:
            return
    yield from (file.of(child) for child in names if child.type == "identifier")
