"""What a Python program uses, by name: asked of a text as it would be with a change."""

import ast
from collections.abc import Collection


def refers(text: str, names: Collection[str]) -> bool:
    """Whether a program uses a name for anything but to bind it; one that cannot be read may."""
    try:
        nodes = ast.walk(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return any(isinstance(node, ast.Name) and node.id in names and not isinstance(node.ctx, ast.Store) for node in nodes)


def takes(text: str, names: Collection[str], module: str) -> bool:
    """Whether another file of a program takes a name from a module, or may."""
    if module not in text:
        return False
    try:
        nodes = list(ast.walk(ast.parse(text)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    taken = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names}
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    if "*" in taken:
        used |= {node.id for node in nodes if isinstance(node, ast.Name)}
    return not (taken | used).isdisjoint(names)
