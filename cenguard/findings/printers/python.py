"""Python: `alicloud.cen.BandwidthLimit("pair", instance_id=core.id, opts=pulumi.ResourceOptions(…))`."""

import builtins
import keyword
import re
from collections.abc import Mapping, Sequence
from typing import Any

from cenguard.findings.fix import Add, Edit, Import, Options, Ref, Remove, Set
from cenguard.findings.printers.alike import (
    called_by_variable,
    class_and_name,
    never_unnamed,
    texts_below,
    uses_what_is_bound,
    without_lone_statement,
)
from cenguard.findings.printers.words import MORE, Line, NotPlaced, Unbound, Words, number, quoted, verb_of
from cenguard.resources.type_table import snake
from cenguard.sources.bindings import Surroundings
from cenguard.sources.changing import rewritten
from cenguard.sources.python_sites import OPTIONS
from cenguard.sources.sites import Change, Site

COMMENT = "# "
RESERVED = frozenset({*keyword.kwlist, *dir(builtins), "pulumi", "alicloud", "pulumi_alicloud"})
"""Names that a new variable never gets."""
SUFFIX = "_"
BETWEEN = "\n"
ORDERED = True
"""Whether what a statement names has to be made above it."""
SDK, CORE = "pulumi_alicloud", "pulumi"
_DEPENDS, _PROTECT = "depends_on", "protect"

removed = without_lone_statement
uses = uses_what_is_bound
below = texts_below
new_expression = called_by_variable
identity = class_and_name
is_unnamed = never_unnamed


def shaped(name: str) -> str:
    """A variable from a logical name.

    >>> shaped("att-bj"), shaped("2nd core")
    ('att_bj', '_2nd_core')
    """
    text = re.sub(r"\W+", "_", name).strip("_").lower() or "resource"
    return f"_{text}" if text[0].isdigit() else text


def class_of(token: str, words: Words) -> tuple[str, str]:
    """The module and the name of a type's class: `pulumi_alicloud.cen`, `BandwidthLimit`."""
    package, module, name = words.token(token).split(":")
    folder = module.partition("/")[0]
    root = f"pulumi_{package.replace('-', '_')}"
    return (root if folder == "index" else f"{root}.{folder.lower()}"), name


def callee(token: str, words: Words, imports: Mapping[str, str] | None = None) -> str:
    """The class of a type as the program reaches it; without a program as the manual writes it.

    Raises:
        Unbound: the program does not import the SDK.
    """
    module, name = class_of(token, words)
    if imports is None:
        return f"{module.replace(SDK, 'alicloud', 1) if module.startswith(SDK) else module.removeprefix('pulumi_')}.{name}"
    return reach(f"{module}.{name}", imports)


def reach(full: str, imports: Mapping[str, str]) -> str:
    """What a module imports, by its full name, as the file calls it.

    >>> reach("pulumi_alicloud.cen.Instance", {"pulumi_alicloud": "ali"}), reach("pulumi.ResourceOptions", {"pulumi.ResourceOptions": "Opts"})
    ('ali.cen.Instance', 'Opts')
    """
    parts = full.split(".")
    for length in range(len(parts), 0, -1):
        said = imports.get(".".join(parts[:length]))
        if said is not None:
            return ".".join([said, *parts[length:]])
    raise Unbound(f"the file does not import {parts[0]}")


def value(item: Any, words: Words) -> str:
    """A value."""
    match item:
        case None:
            return "None"
        case bool():
            return "True" if item else "False"
        case int() | float():
            return number(item)
        case str():
            return quoted(item)
        case Ref():
            return f"{words.of(item.urn)}.{snake(item.property)}"
        case Mapping():
            return "{" + ", ".join(f"{quoted(key)}: {value(held, words)}" for key, held in item.items()) + "}"
        case _:
            return "[" + ", ".join(_member(held, words) for held in item) + "]"


def _member(item: Any, words: Words) -> str:
    """A member of a list: the keys of one that is a block are the provider's, those of a map the user's."""
    if isinstance(item, Mapping):
        return value({snake(key): held for key, held in item.items()}, words)
    return value(item, words)


def _options(options: Options, words: Words, *, provider: str | None = None, imported: str | None = None) -> list[str]:
    said = [f"provider={words.of(provider)}"] if provider is not None else []
    if options.depends_on:
        said.append(f"{_DEPENDS}=[{', '.join(map(words.of, options.depends_on))}]")
    if options.protect is not None:
        said.append(f"{_PROTECT}={value(options.protect, words)}")
    if imported is not None:
        said.append(f"import_={quoted(imported)}")
    return said


def options_class(imports: Mapping[str, str] | None) -> str:
    """`pulumi.ResourceOptions` as the program reaches it."""
    return "pulumi.ResourceOptions" if imports is None else reach("pulumi.ResourceOptions", imports)


def resource(
    new: "Add | Import", variable: str, words: Words, provider: str | None, imports: Mapping[str, str] | None = None
) -> str:
    """The statement that makes a resource; without a variable nothing refers to it."""
    options = (
        _options(new.options, words, provider=provider)
        if isinstance(new, Add)
        else _options(Options(), words, imported=new.id or "<its id>")
    )
    lines = [f"{snake(name)}={value(held, words)}" for name, held in new.properties.items() if held is not None]
    if options:
        lines.append(f"opts={options_class(imports)}({', '.join(options)})")
    head = f"{variable} = " if variable else ""
    return f"{head}{callee(new.type, words, imports)}(\n" + "".join(f"    {line},\n" for line in [quoted(new.name), *lines]) + ")"


def head(token: str, name: str, words: Words, site: Site | None) -> str:
    """A resource of the program, as its call begins."""
    return f"{site.kind if site else callee(token, words)}({quoted(name)}, {MORE})"


def lines(change: Set, words: Words, site: Site | None) -> list[Line]:
    """What to change in a call."""
    found = []
    for name, held in change.properties.items():
        said = snake(name)
        if held is None:
            found.append(Line("take away", f"{said}={MORE}"))
        else:
            found.append(Line(verb_of(said, site), f"{said}={value(held, words)},"))
    options = _options(change.options, words)
    if options and (site is None or site.options_part is not None):
        found.append(Line("add to its opts", "".join(f"{item}, " for item in options).rstrip()))
    elif options:
        found.append(Line("add", f"opts=pulumi.ResourceOptions({', '.join(options)}),"))
    return found


def place(change: Set, site: Site, words: Words, imports: Mapping[str, str]) -> list[Change]:
    """The changes of a call.

    Raises:
        NotPlaced: what the call is given cannot be told.
    """
    if site.holder is None or site.arguments is None:
        raise NotPlaced(f"the arguments of {site.name} are not written out")
    file = site.file
    changes: list[Change] = []
    added: list[str] = []
    gone: set[int] = set()
    for name, held in change.properties.items():
        said = snake(name)
        part = site.properties.get(said)
        if part is None and site.is_open:
            raise NotPlaced(f"{said} of {site.name} may stand in arguments that are not written out")
        if held is None:
            gone |= set() if part is None else {site.holder.spans.index(part.whole)}
        elif part is None:
            added.append(f"{said}={value(held, words)}")
        else:
            changes.append(Change(file.path, *part.value, value(held, words)))
    outer: list[str] = []
    if change.options != Options():
        more, outer = _place_options(change.options, site, words, imports)
        changes += more
    if site.holder is site.arguments:
        return [*changes, *rewritten(file, site.holder, [*added, *outer], gone)]
    return [*changes, *rewritten(file, site.holder, added, gone), *rewritten(file, site.arguments, outer)]


def _place_options(options: Options, site: Site, words: Words, imports: Mapping[str, str]) -> tuple[list[Change], list[str]]:
    """Changes of the options that a call has, or a further argument of a call without."""
    file = site.file
    said = _options(options, words)
    if site.options_part is None:
        if site.is_open:
            raise NotPlaced(f"the options of {site.name} may stand in arguments that are not written out")
        return [], [f"opts={options_class(imports)}({', '.join(said)})"]
    members = site.options[_DEPENDS].items if _DEPENDS in site.options else None
    if site.options_items is None or (options.depends_on and _DEPENDS in site.options and members is None):
        merge = options_class(imports)
        whole = site.options_part.value
        before = file.text[slice(*whole)]
        return [Change(file.path, *whole, f"{merge}.merge({before}, {merge}({', '.join(said)}))")], []
    changes: list[Change] = []
    added: list[str] = []
    if options.depends_on:
        if members is not None:
            changes += rewritten(file, members, [words.of(urn) for urn in options.depends_on])
        else:
            added.append(said[0])
    if options.protect is not None:
        part = site.options.get(_PROTECT)
        if part is not None:
            changes.append(Change(file.path, *part.value, value(options.protect, words)))
        else:
            added.append(f"{_PROTECT}={value(options.protect, words)}")
    return [*changes, *rewritten(file, site.options_items, added)], []


def imports_for(edits: Sequence[Edit], words: Words, around: Surroundings) -> tuple[list[Change], Mapping[str, str]]:
    """The imports of a file with what the edits need beside them, and the changes that add it.

    Raises:
        NotPlaced: the name that an import would get is another thing's.
    """
    needed = {
        f"{module}.{name}" for edit in edits if isinstance(edit, (Add, Import)) for module, name in [class_of(edit.type, words)]
    }
    if any(
        isinstance(edit, Import) or edit.options != Options() or (isinstance(edit, Add) and edit.provider)
        for edit in edits
        if not isinstance(edit, Remove)
    ):
        needed.add(f"{CORE}.{OPTIONS}")
    imports = dict(around.imports)
    changes = []
    for full in sorted(needed):
        root = full.partition(".")[0]
        try:
            reach(full, imports)
        except Unbound:
            short = "alicloud" if root == SDK and "alicloud" not in around.taken else root
            if short in around.taken:
                raise Unbound(f"{short} is not imported at the top of the file, and is a name in it") from None
            line = f"import {root}" + (f" as {short}" if short != root else "")
            place = around.import_place
            text = f"{around.file.newline}{line}" if place else f"{line}{around.file.newline}"
            changes.append(Change(around.file.path, place, place, text))
            imports[root] = short
    return changes, imports
