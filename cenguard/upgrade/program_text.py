"""What programs of several languages have alike: values laid out over lines, and statements of single resources."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from cenguard.findings.fix import Add, Edit, Import, Ref
from cenguard.findings.printers.words import NEW, Naming, Words, named_in
from cenguard.resources.urns import name_in_urn
from cenguard.sources.project import Language

WIDTH = 110
"""Columns of a line, as far as values can be parted."""
PRINTERS = {
    Language.PYTHON: "python",
    Language.YAML: "yaml",
    Language.TYPESCRIPT: "typescript",
    Language.GO: "go",
    Language.HCL: "hcl",
    Language.TERRAFORM: "hcl",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """The provider of a region."""

    urn: str
    region: str
    name: str
    """Its logical name."""
    variable: str
    """What the program calls it; in Terraform's language its alias."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """Single resources in a language."""

    providers: tuple[Provider, ...]
    """The regions' providers, by region."""
    texts: tuple[str, ...]
    """A statement, key or block for each resource."""


def printer_of(language: Language) -> Any:
    """The printer of a language."""
    return import_module(f"cenguard.findings.printers.{PRINTERS[language]}")


def statements_of(
    edits: Sequence[Edit],
    language: Language,
    regions: Mapping[str, str],
    *,
    known: Mapping[str, str] | None = None,
    taken: Iterable[str] = (),
) -> Statements:
    """What makes single resources in a language.

    Args:
        edits: the resources, each behind what it refers to.
        language: the language of the printers.
        regions: the region of each provider that resources may name, by its URN.
        known: expressions of what is made elsewhere in the program, by `new:NAME`.
        taken: names that the program has already.
    """
    printer = printer_of(language)
    new = [edit for edit in edits if isinstance(edit, (Add, Import))]
    referred = {urn for edit in new for urn in named_in(edit)}
    naming = Naming({*printer.RESERVED, *taken})
    providers = tuple(
        Provider(urn=urn, region=region, name=name_in_urn(urn), variable=naming.variable(region, printer.shaped, printer.SUFFIX))
        for urn, region in sorted(regions.items(), key=lambda item: item[1])
        if urn in referred
    )
    said = {item.urn: _provider_expression(item, language) for item in providers}
    variables: dict[str, str] = {}
    for edit in new:
        key = f"{NEW}{edit.name}"
        if key in referred or not printer.ORDERED:
            variables[key] = naming.variable(edit.name, printer.shaped, printer.SUFFIX)
    expressions = {
        key: printer.new_expression(edit, variables[key]) for edit in new for key in [f"{NEW}{edit.name}"] if key in variables
    }
    words = Words({**said, **expressions, **(known or {})})
    return Statements(
        providers=providers,
        texts=tuple(
            printer.resource(
                edit, variables.get(f"{NEW}{edit.name}", ""), words, edit.provider if isinstance(edit, Add) else None, None
            )
            for edit in new
        ),
    )


def _provider_expression(item: Provider, language: Language) -> str:
    return f"alicloud.{item.variable}" if language in (Language.HCL, Language.TERRAFORM) else item.variable


def laid_out(value: Any, flat: Callable[[Any], str], key: Callable[[str], str], indent: str = "") -> str:
    """A value of maps and lists in brackets: on one line where it fits, else a line for each member.

    Args:
        value: the value.
        flat: writes a value on one line.
        key: writes the key of a map with what parts it from its value.
        indent: the indent of the line that the value begins on.

    >>> print(laid_out({"a": [1, 2]}, repr, lambda name: f"{name!r}: "))
    {'a': [1, 2]}
    """
    text = flat(value)
    if len(indent) + len(text) <= WIDTH or not isinstance(value, (Mapping, list, tuple)) or not value:
        return text
    inner = f"{indent}    "
    if isinstance(value, Mapping):
        rows = [f"{inner}{key(name)}{laid_out(item, flat, key, inner)}," for name, item in value.items()]
        return "{\n" + "\n".join(rows) + f"\n{indent}}}"
    rows = [f"{inner}{laid_out(item, flat, key, inner)}," for item in value]
    return "[\n" + "\n".join(rows) + f"\n{indent}]"


def with_tables(edits: Iterable[Edit], expressions: Mapping[str, str]) -> tuple[list[Edit], dict[str, str]]:
    """Resources that refer to a region's table with a mark in its place; and what each mark, as it is printed, stands for.

    Args:
        edits: resources that may refer to tables.
        expressions: what the program says for the id of a table, by `new:NAME` of the table.
    """
    marks = {urn: f"@{number}@" for number, urn in enumerate(expressions)}

    def marked(value: Any) -> Any:
        if isinstance(value, Ref):
            return marks.get(value.urn, value)
        if isinstance(value, Mapping):
            return {name: marked(item) for name, item in value.items()}
        return tuple(map(marked, value)) if isinstance(value, (list, tuple)) else value

    found: list[Edit] = []
    for edit in edits:
        if isinstance(edit, Add):
            found.append(
                Add(
                    name=edit.name,
                    type=edit.type,
                    properties=marked(edit.properties),
                    provider=edit.provider,
                    options=edit.options,
                )
            )
        else:
            found.append(edit)
    return found, {f'"{mark}"': expressions[urn] for urn, mark in marks.items()}
