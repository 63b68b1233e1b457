"""What edits call the resources that a fix makes: one key for each, and none for two of one name.

A resource that is said again has its old name, and a package and its attachment may have one name; what refers to it may name
it by the URN that it had.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from msgspec import structs

from cenguard.findings.fix import Add, Edit, Import, Ref, Remove, Value
from cenguard.findings.printers.words import NEW, Naming
from cenguard.resources.urns import kind_in_urn, name_in_urn
from cenguard.sources.bindings import Surroundings


def keyed(edits: Sequence[Edit], is_there: Callable[[str], bool]) -> tuple[list[Edit], Mapping[int, str]]:
    """The edits, with keys in the place of URNs that only they make, and the key of each that makes something.

    A key is by the identity of its edit: properties have no hash.
    """
    taken: dict[str, tuple[str, str]] = {}
    for edit in edits:
        if isinstance(edit, (Add, Import)):
            name, number = f"{NEW}{edit.name}", 2
            while name in taken:
                name, number = f"{NEW}{edit.name} {number}", number + 1
            taken[name] = (edit.type, edit.name)
    known = {what: key for key, what in taken.items()}

    def said(urn: str) -> str:
        if urn.startswith(NEW) or is_there(urn):
            return urn
        return known.get((kind_in_urn(urn), name_in_urn(urn)), urn)

    found = [_said(edit, said) for edit in edits] if known else list(edits)
    return found, {id(edit): known[edit.type, edit.name] for edit in found if isinstance(edit, (Add, Import))}


def _said(edit: Edit, said: Callable[[str], str]) -> Edit:
    if isinstance(edit, Remove):
        return edit
    properties = {key: _value(item, said) for key, item in edit.properties.items()}
    if isinstance(edit, Import):
        return structs.replace(edit, properties=properties)
    waits = tuple(dict.fromkeys(map(said, edit.options.depends_on)))
    return structs.replace(edit, properties=properties, options=structs.replace(edit.options, depends_on=waits))


def _value(value: Value, said: Callable[[str], str]) -> Value:
    match value:
        case Ref():
            return Ref(said(value.urn), value.property)
        case Mapping():
            return {key: _value(item, said) for key, item in value.items()}
        case list() | tuple():
            return tuple(_value(item, said) for item in value)
        case _:
            return value


def variables_of(
    new: Sequence["Add | Import"],
    key: Callable[["Add | Import"], str],
    referred: AbstractSet[str],
    printer: Any,
    around: Surroundings | None,
    *,
    by_type: bool,
) -> dict[str, str]:
    """Names for what is new, by its key, that nothing around it has; in Terraform's language two types may share one."""
    found: dict[str, str] = {}
    naming: dict[str, Naming] = {}
    for edit in new:
        kind = printer.type_of(edit.type) if by_type else ""
        if kind not in naming:
            taken = around.taken if around is not None else frozenset()
            if around is not None and kind:
                taken = frozenset(name for made, name in around.made if made == kind)
            naming[kind] = Naming({*printer.RESERVED, *taken})
        if key(edit) in referred or not printer.ORDERED:
            found[key(edit)] = naming[kind].variable(printer.shaped(edit.name), str, printer.SUFFIX)
    return found
