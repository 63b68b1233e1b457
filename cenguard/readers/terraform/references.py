"""References of a plan's expressions: texts, the most precise first and then its prefixes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from cenguard.readers.terraform.documents import Expression
from cenguard.resources.addresses import segments

MOST_NESTED = 64
"""Depth to which nested blocks are looked into: more than any type has."""
_KEY = re.compile(r'\["(?:[^"\\]|\\.)*"\]|\[[^"\]]*\]')
INDEXED = ("count.index", "each.key", "each.value")
"""Names of what tells the instances of a resource apart."""


def precise(references: Iterable[str]) -> Iterator[str]:
    """References without those that are only the beginning of the one before them."""
    kept = ""
    for reference in references:
        if not isinstance(reference, str) or (
            kept.startswith(reference) and kept[len(reference) : len(reference) + 1] in (".", "[", "")
        ):
            continue
        kept = reference
        yield reference


def references_in(expression: Any, depth: int = 0) -> Iterator[str]:
    """Every reference in an expression, or in a nested block's."""
    if isinstance(expression, Expression):
        yield from expression.references or ()
    elif isinstance(expression, dict):
        references = expression.get("references")
        if isinstance(references, list):
            yield from (item for item in references if isinstance(item, str))
        elif "constant_value" not in expression and depth < MOST_NESTED:
            for item in expression.values():
                yield from references_in(item, depth + 1)
    elif isinstance(expression, list) and depth < MOST_NESTED:
        for item in expression:
            yield from references_in(item, depth + 1)


def same_references(expressions: Mapping[str, Any]) -> frozenset[str]:
    """Attributes whose references, an index among them, are those of another attribute too.

    `x[count.index]` and `x[count.index + 1]` look alike: where both are there, neither can be told.
    """
    seen: dict[tuple[str, ...], str] = {}
    found: set[str] = set()
    for name, expression in expressions.items():
        of_call = expression.get("references") if isinstance(expression, dict) else None
        references = expression.references if isinstance(expression, Expression) else of_call
        if not isinstance(references, list) or not any(item in references for item in INDEXED):
            continue
        mark = tuple(sorted(references))
        if mark in seen:
            found |= {name, seen[mark]}
        seen[mark] = name
    return frozenset(found)


def steps_of(reference: str) -> tuple[str, list[str]]:
    """The name of a local value, and the steps after it as they are written.

    >>> steps_of('local.nets["e.u"].vpc')
    ('nets', ['["e.u"]', '.vpc'])
    """
    (_, _), (name, keys), *rest = segments(reference)
    return name, [*_KEY.findall(keys), *(step for word, more in rest for step in (f".{word}", *_KEY.findall(more)))]


def as_a_step(key: str) -> str:
    """The key of an instance as a reference has it: in an address the beginnings of templates are written twice.

    >>> as_a_step('["$${a}%%{b"]'), as_a_step("[0]")
    ('["${a}%{b"]', '[0]')
    """
    return key.replace("$${", "${").replace("%%{", "%{") if "{" in key else key


def inside(value: Any, key: str, path: Iterable[tuple[str, str]]) -> Any:
    """What stands in a value behind a key and a path; UNSET where it has none."""
    for step in (*_keys(key), *(item for name, more in path for item in (name, *_keys(more)))):
        try:
            value = value[int(step)] if isinstance(value, list) else value[step] if isinstance(value, dict) else msgspec.UNSET
        except (ValueError, LookupError):
            return msgspec.UNSET
    return value


def _keys(key: str) -> list[str]:
    return [key[1:-1].strip('"')] if key else []
