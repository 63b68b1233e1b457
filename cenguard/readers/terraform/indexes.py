"""Which index of another resource's instances is the own one, and which is computed: `x[count.index]`, `x[count.index * 2 + 1]`.

A plan lists the names in an expression and nothing of what is done with them. Where the program lies beside it, it says what
stands in the brackets; else an index is taken for the own one only where nothing speaks against it.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from cenguard.readers.terraform.configuration import Program
from cenguard.readers.terraform.documents import ConfiguredResource, Expression
from cenguard.readers.terraform.modules import Module
from cenguard.readers.terraform.references import INDEXED, precise, references_in, same_references
from cenguard.resources.addresses import segments

_COUNT = "count.index"
_VALUES = ("var.", "local.", "each.", "count.", "path.", "terraform.", "self.")


def computed_indexes(program: Program, module: Module, resource: ConfiguredResource) -> frozenset[str]:
    """Attributes and blocks of a resource with several instances in which some index may be another than its own."""
    indexed = {name: leaves for name, value in resource.expressions.items() if (leaves := list(_indexed(value)))}
    if not indexed:
        return frozenset()
    name = resource.address.rpartition(".")[2]
    written = program.files.computed_indexes(module, resource.type, name)
    if written is not None:
        return written
    own = len(program.instances(f"{module.prefix}{resource.type}.{name}"))
    found = {name for name, leaves in indexed.items() if any(_is_computed(program, module, leaf, own) for _, *leaf in leaves)}
    found |= {name for name, leaves in indexed.items() if len(set(leaves)) < len(leaves)}  # one thing in two blocks alike
    return same_references(resource.expressions) | found


def _indexed(expression: Any, name: str = "") -> Iterator[tuple[str, ...]]:
    """The references of an attribute, or of each one in its blocks behind its name there, where an index is among them."""
    if isinstance(expression, Expression) or (isinstance(expression, dict) and "references" in expression):
        references = list(references_in(expression))
        if any(word in references for word in INDEXED) and any(not item.startswith(_VALUES) for item in references):
            yield name, *references
    elif isinstance(expression, dict):
        for inner, value in expression.items():
            yield from _indexed(value, inner)
    elif isinstance(expression, list):
        for value in expression:
            yield from _indexed(value, name)


def _is_computed(program: Program, module: Module, references: Sequence[str], own: int) -> bool:
    """Whether something speaks for arithmetic: a number, a list or a local value behind the index, or another number of instances."""
    named = list(precise(references))
    for place, name in enumerate(named[:-1]):
        if name.startswith(_VALUES) or len(segments(name)) != 2 or "[" in name:
            continue
        if _COUNT in named[place + 1 :] and named[place + 1] not in INDEXED:
            return True  # something else is in the brackets: `x[local.order[count.index]]`
        if named[place + 1] != _COUNT:
            continue
        if len(program.instances(f"{module.prefix}{name}")) > own:
            return True
        behind = named[place + 2] if place + 2 < len(named) else ""
        if behind == name and named[place + 3 : place + 4] != [_COUNT]:  # `x[(count.index + 1) % length(x)]`
            return True
        if behind.startswith("local."):
            return True
        if behind.startswith("var."):
            value = program.constant(Expression(references=[behind]), module)
            if isinstance(value, int | float | list | dict) and not isinstance(value, bool):
                return True
    return False
