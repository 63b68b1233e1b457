"""Syntax trees of users' files, by the extra `lines`: loaded when a finding needs a place, and done without where it is missing."""

from functools import cache
from typing import Any

_GRAMMARS = {
    ".tf": ("tree_sitter_hcl", "language"),
    ".ts": ("tree_sitter_typescript", "language_typescript"),
    ".mts": ("tree_sitter_typescript", "language_typescript"),
    ".cts": ("tree_sitter_typescript", "language_typescript"),
    ".tsx": ("tree_sitter_typescript", "language_tsx"),
    ".go": ("tree_sitter_go", "language"),
}
"""Module and function of a grammar, by the suffix of its files."""
_CALLEES = {"call_expression": "function", "new_expression": "constructor"}
"""The field that holds what is called, by the type of a call."""


@cache
def _parser(suffix: str) -> Any:
    """The parser for files with a suffix; None without the extra, or for a language that it does not know."""
    from importlib import import_module

    known = _GRAMMARS.get(suffix)
    if known is None:
        return None
    try:
        import tree_sitter

        grammar = import_module(known[0])
        return tree_sitter.Parser(tree_sitter.Language(getattr(grammar, known[1])()))
    except (ImportError, AttributeError, ValueError):  # ValueError: a grammar made for another version of the library
        return None


def knows(suffix: str) -> bool:
    """Whether files with a suffix can be read here."""
    return _parser(suffix) is not None


@cache
def tree(suffix: str, text: str) -> Any:
    """The root of the syntax tree of a file's text, which is kept; None where no parser is at hand."""
    return parsed(suffix, text)


def parsed(suffix: str, text: str) -> Any:
    """The same of a text that nobody asks for again: of a file as it would be."""
    parser = _parser(suffix)
    return None if parser is None else parser.parse(text.encode()).root_node


def calls_on(suffix: str, text: str, line: int) -> bool:
    """Whether a call begins on a line, or has its name there; true where nothing knows the syntax.

    A line that no grammar understands is believed, too: the document was made from a program that ran.
    """
    rows = _rows_of_calls(suffix, text)
    return rows is None or line - 1 in rows


@cache
def _rows_of_calls(suffix: str, text: str) -> frozenset[int] | None:
    root = tree(suffix, text)
    if root is None:
        return None
    rows: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        field = _CALLEES.get(node.type)
        if field is not None or node.is_error:
            head = node.child_by_field_name(field) if field else node
            rows.update(range(node.start_point[0], (head or node).end_point[0] + 1))
        waiting += node.children
    return frozenset(rows)


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    for known in (tree, _rows_of_calls):
        known.cache_clear()
