"""TypeScript: `new alicloud.cen.BandwidthLimit("pair", { instanceId: core.id, … }, { dependsOn: [ … ] })`."""

import re
from collections.abc import Mapping
from typing import Any

from cenguard.findings.fix import Add, Import, Options, Ref, Set
from cenguard.findings.printers.alike import (
    called_by_variable,
    class_and_name,
    imports_there,
    never_unnamed,
    texts_below,
    uses_what_is_bound,
    without_lone_statement,
)
from cenguard.findings.printers.words import MORE, Line, NotPlaced, Unbound, Words, number, quoted, verb_of
from cenguard.sources.changing import rewritten
from cenguard.sources.sites import Change, Site

COMMENT = "// "
SUFFIX = ""
BETWEEN = "\n"
ORDERED = True
_KEPT = """
abstract any arguments as async await bigint boolean break case catch class const constructor continue debugger declare default delete do
else enum eval export extends false finally for from function get global if implements import in instanceof interface let module namespace
never new null number object of package private process protected public require return set static string super switch symbol this throw
true try type typeof undefined unknown var void while with yield console exports name alicloud pulumi
"""
RESERVED = frozenset(_KEPT.split())
"""Names that a new variable never gets: the language's own, and those of modules."""
SDK = "@pulumi/alicloud"
_DEPENDS, _PROTECT = "dependsOn", "protect"
_WORD = re.compile(r"[A-Za-z_$][\w$]*")

removed = without_lone_statement
uses = uses_what_is_bound
below = texts_below
new_expression = called_by_variable
identity = class_and_name
is_unnamed = never_unnamed
imports_for = imports_there


def shaped(name: str) -> str:
    """A variable from a logical name.

    >>> shaped("att-bj"), shaped("2nd core")
    ('attBj', '_2ndCore')
    """
    first, *rest = [word for word in re.split(r"\W+", name) if word] or ["resource"]
    text = first[0].lower() + first[1:] + "".join(word[0].upper() + word[1:] for word in rest)
    return f"_{text}" if text[0].isdigit() else text


def callee(token: str, words: Words, imports: Mapping[str, str] | None = None) -> str:
    """The class of a type as the program reaches it; without a program as the manual writes it.

    Raises:
        Unbound: the program does not import the SDK.
    """
    package, module, name = words.token(token).split(":")
    folder = module.partition("/")[0]
    path = "" if folder == "index" else f".{folder}"
    if imports is None:
        return f"{package.replace('-', '_')}{path}.{name}"
    root = imports.get(f"@pulumi/{package}")
    if root is None and folder != "index":
        member = imports.get(f"@pulumi/{package}/{folder}")
        if member is not None:
            return f"{member}.{name}"
    if root is None:
        raise Unbound(f"the file does not import @pulumi/{package}")
    return f"{root}{path}.{name}"


def value(item: Any, words: Words) -> str:
    """A value."""
    match item:
        case None:
            return "undefined"
        case bool():
            return "true" if item else "false"
        case int() | float():
            return number(item)
        case str():
            return quoted(item)
        case Ref():
            return f"{words.of(item.urn)}.{item.property}"
        case Mapping():
            inner = ", ".join(f"{_key(key)}: {value(held, words)}" for key, held in item.items())
            return f"{{ {inner} }}" if inner else "{}"
        case _:
            return "[" + ", ".join(value(held, words) for held in item) + "]"


def _key(key: str) -> str:
    return key if _WORD.fullmatch(key) else quoted(key)


def _options(options: Options, words: Words) -> dict[str, str]:
    said = {}
    if options.depends_on:
        said[_DEPENDS] = f"[{', '.join(map(words.of, options.depends_on))}]"
    if options.protect is not None:
        said[_PROTECT] = value(options.protect, words)
    return said


def _object(said: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{name}: {text}" for name, text in said.items()) + " }"


def resource(
    new: "Add | Import", variable: str, words: Words, provider: str | None, imports: Mapping[str, str] | None = None
) -> str:
    """The statement that makes a resource."""
    options = {"provider": words.of(provider)} if provider is not None else {}
    if isinstance(new, Add):
        options |= _options(new.options, words)
    else:
        options["import"] = quoted(new.id) if new.id else "<its id>"
    rows = "".join(f"    {_key(name)}: {value(held, words)},\n" for name, held in new.properties.items() if held is not None)
    head = f"const {variable} = " if variable else ""
    tail = f", {_object(options)}" if options else ""
    return f"{head}new {callee(new.type, words, imports)}({quoted(new.name)}, {{\n{rows}}}{tail});"


def head(token: str, name: str, words: Words, site: Site | None) -> str:
    """A resource of the program, as its call begins."""
    return f"new {site.kind if site else callee(token, words)}({quoted(name)}, {MORE})"


def lines(change: Set, words: Words, site: Site | None) -> list[Line]:
    """What to change in a call."""
    found = []
    for name, held in change.properties.items():
        if held is None:
            found.append(Line("take away", f"{name}: {MORE}"))
        else:
            found.append(Line(verb_of(name, site), f"{name}: {value(held, words)},"))
    options = _options(change.options, words)
    return [*found, *(Line("add to its options", f"{name}: {text},") for name, text in options.items())]


def place(change: Set, site: Site, words: Words, imports: Mapping[str, str]) -> list[Change]:  # noqa: ARG001 - Python asks for them
    """The changes of a call.

    Raises:
        NotPlaced: what the call is given cannot be told.
    """
    file = site.file
    assert site.arguments is not None
    changes: list[Change] = []
    added: list[str] = []
    gone: set[int] = set()
    given = int(site.extra.get("given", "1"))
    for name, held in change.properties.items():
        part = site.properties.get(name)
        if part is None and site.is_open:
            raise NotPlaced(f"{name} of {site.name} may stand in what is not written out")
        if held is None:
            gone |= {site.holder.spans.index(part.whole)} if part is not None and site.holder is not None else set()
        elif part is None:
            added.append(f"{_key(name)}: {value(held, words)}")
        elif part.value.end == 0:  # `{ bandwidth }`
            changes.append(Change(file.path, *part.whole, f"{name}: {value(held, words)}"))
        else:
            changes.append(Change(file.path, *part.value, value(held, words)))
    arguments: list[str] = []
    if site.holder is not None:
        changes += rewritten(file, site.holder, added, gone)
    elif added or (change.options != Options() and given == 1):
        arguments.append("{ " + ", ".join(added) + " }" if added else "{}")
    options = _options(change.options, words)
    if options and site.options_part is None:
        arguments.append(_object(options))
    elif options:
        changes += _place_options(change, site, words, options)
    return [*changes, *rewritten(file, site.arguments, arguments)]


def _place_options(change: Set, site: Site, words: Words, options: dict[str, str]) -> list[Change]:
    """Changes of the options that a call has."""
    file = site.file
    if site.options_items is None:
        raise NotPlaced(f"the options of {site.name} are not written out")
    changes: list[Change] = []
    waits = site.options.get(_DEPENDS)
    if waits is not None and change.options.depends_on:
        options.pop(_DEPENDS)
        more = [words.of(urn) for urn in change.options.depends_on]
        if waits.items is None:
            raise NotPlaced(f"{_DEPENDS} of {site.name} is not a list that is written out")
        changes += rewritten(file, waits.items, more)
    protects = site.options.get(_PROTECT)
    if protects is not None and _PROTECT in options:
        text = options.pop(_PROTECT)
        whole = protects.value.end == 0
        changes.append(
            Change(file.path, *(protects.whole if whole else protects.value), f"{_PROTECT}: {text}" if whole else text)
        )
    return [*changes, *rewritten(file, site.options_items, [f"{name}: {text}" for name, text in options.items()])]
