"""Go: `cen.NewBandwidthLimit(ctx, "pair", &cen.BandwidthLimitArgs{InstanceId: core.ID(), …}, pulumi.DependsOn(…))`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cenguard.findings.fix import Add, Import, Options, Ref, Set
from cenguard.findings.printers.alike import (
    called_by_variable,
    class_and_name,
    imports_there,
    never_unnamed,
    uses_what_is_bound,
    without_lone_statement,
)
from cenguard.findings.printers.words import MORE, Line, NotPlaced, Unbound, Words, number, quoted, verb_of
from cenguard.resources.urns import kind_in_urn
from cenguard.sources.changing import behind, rewritten
from cenguard.sources.sites import Change, File, Items, Site, Span

COMMENT = "// "
SUFFIX = ""
ORDERED = True
BETWEEN = "\n"
_KEPT = """
break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct
switch type var any append bool byte cap clear close complex complex128 complex64 comparable copy delete error false float32 float64 imag int
int16 int32 int64 int8 iota len make max min new nil panic print println real recover rune string true uint uint16 uint32 uint64 uint8 uintptr
main init err ctx pulumi alicloud cen vpc
"""
"""Keywords, predeclared names, and those that a program of Pulumi has."""
RESERVED = frozenset(_KEPT.split())
"""Names that a new variable never gets."""
_DEPENDS, _PROTECT = "DependsOn", "Protect"
_CORE = "pulumi"
_FIELD = re.compile(r"(\w+):([ \t]*)")

removed = without_lone_statement
uses = uses_what_is_bound
new_expression = called_by_variable
identity = class_and_name
is_unnamed = never_unnamed
imports_for = imports_there


def shaped(name: str) -> str:
    """A variable from a logical name.

    >>> shaped("att-bj"), shaped("2nd core")
    ('attBj', '_2ndCore')
    """
    first, *rest = [word for word in re.split(r"[\W_]+", name) if word] or ["resource"]
    text = first[0].lower() + first[1:] + "".join(word[0].upper() + word[1:] for word in rest)
    return f"_{text}" if text[0].isdigit() else text


def _field(name: str) -> str:
    return name[:1].upper() + name[1:]


def class_of(token: str, words: Words, imports: Mapping[str, str] | None = None) -> tuple[str, str]:
    """The package, as the file calls it, and the class of a type.

    Raises:
        Unbound: the file does not import the package.
    """
    package, module, name = words.token(token).split(":")
    folder = module.partition("/")[0]
    path = package if folder == "index" else f"{package}/{folder}"
    return _imported(f"/{path}", imports), name


def _imported(path: str, imports: Mapping[str, str] | None) -> str:
    if imports is None:
        return path.rpartition("/")[2]
    said = next((name for full, name in imports.items() if full.endswith(path)), None)
    if said is None:
        raise Unbound(f"the file does not import {path.removeprefix('/')}")
    return said


def value(item: Any, words: Words, core: str = _CORE, owner: str = "", name: str = "") -> str:
    """A value; `owner` is the class, with its package, that a property of that name is of."""
    match item:
        case None:
            return "nil"
        case bool():
            return f"{core}.Bool({'true' if item else 'false'})"
        case int() | float():
            return f"{core}.{'Float64' if isinstance(item, float) and not item.is_integer() else 'Int'}({number(item)})"
        case str():
            return f"{core}.String({quoted(item)})"
        case Ref():
            said = words.of(item.urn)
            return f"{said}.ID()" if item.property == "id" else f"{said}.{_field(item.property)}"
        case Mapping():
            kind = "StringMap" if all(isinstance(held, (str, Ref)) for held in item.values()) else "Map"
            return (
                f"{core}.{kind}{{" + ", ".join(f"{quoted(key)}: {value(held, words, core)}" for key, held in item.items()) + "}"
            )
        case _:
            if item and all(isinstance(held, Mapping) for held in item):
                nested = f"{owner}{_field(name).removesuffix('s')}"
                rows = [
                    "{" + ", ".join(f"{_field(key)}: {value(each, words, core)}" for key, each in held.items()) + "}"
                    for held in item
                ]
                return f"{nested}Array{{" + ", ".join(f"&{nested}Args{row}" for row in rows) + "}"
            kind = "IntArray" if item and all(type(held) is int for held in item) else "StringArray"
            return f"{core}.{kind}{{" + ", ".join(value(held, words, core) for held in item) + "}"


def _waits(options: Options, words: Words, core: str) -> str:
    return f"{core}.{_DEPENDS}([]{core}.Resource{{{', '.join(map(words.of, options.depends_on))}}})"


def _options(options: Options, words: Words, core: str) -> list[str]:
    said = [_waits(options, words, core)] if options.depends_on else []
    if options.protect is not None:
        said.append(f"{core}.{_PROTECT}({'true' if options.protect else 'false'})")
    return said


def _fields(properties: Mapping[str, Any], words: Words, core: str, owner: str, beside: Iterable[str] = ()) -> list[str]:
    """Fields as gofmt has them, in line with those `beside` them."""
    said = {_field(name): value(held, words, core, owner, name) for name, held in properties.items() if held is not None}
    width = max(map(len, [*said, *beside]), default=0) + 1
    return [f"{f'{name}:'.ljust(width)} {text}," for name, text in said.items()]


def resource(
    new: "Add | Import", variable: str, words: Words, provider: str | None, imports: Mapping[str, str] | None = None
) -> str:
    """The statements that make a resource, and return its error."""
    package, name = class_of(new.type, words, imports)
    core = _imported("/go/pulumi", imports) if imports is not None else _CORE
    options = [f"{core}.Provider({words.of(provider)})"] if provider is not None else []
    if isinstance(new, Add):
        options += _options(new.options, words, core)
    else:
        options.append(f"{core}.Import({core}.ID({quoted(new.id) if new.id else '<its id>'}))")
    rows = "".join(f"\t{row}\n" for row in _fields(new.properties, words, core, f"{package}.{name}"))
    tail = "".join(f", {option}" for option in options)
    call = f"{package}.New{name}(ctx, {quoted(new.name)}, &{package}.{name}Args{{\n{rows}}}{tail})"
    returned = "{\n\treturn err\n}"
    if not variable:
        return f"if _, err := {call}; err != nil {returned}"
    return f"{variable}, err := {call}\nif err != nil {returned}"


def head(token: str, name: str, words: Words, site: Site | None) -> str:
    """A resource of the program, as its call begins."""
    if site is not None:
        return f"{site.kind}(ctx, {quoted(name)}, {MORE})"
    package, said = class_of(token, words)
    return f"{package}.New{said}(ctx, {quoted(name)}, {MORE})"


def lines(change: Set, words: Words, site: Site | None) -> list[Line]:
    """What to change in a call."""
    package, name = class_of(kind_in_urn(change.urn), words)
    found = []
    for key, held in change.properties.items():
        if held is None:
            found.append(Line("take away", f"{_field(key)}: {MORE}"))
        else:
            found.append(
                Line(verb_of(_field(key), site), f"{_field(key)}: {value(held, words, _CORE, f'{package}.{name}', key)},")
            )
    return [*found, *(Line("add to its options", f"{option},") for option in _options(change.options, words, _CORE))]


def place(change: Set, site: Site, words: Words, imports: Mapping[str, str]) -> list[Change]:
    """The changes of a call.

    Raises:
        NotPlaced: what the call is given cannot be told.
    """
    file = site.file
    assert site.arguments is not None
    core = _imported("/go/pulumi", imports)
    owner = site.kind.replace(".New", ".", 1)
    changes: list[Change] = []
    added: dict[str, Any] = {}
    gone: set[int] = set()
    for name, held in change.properties.items():
        part = site.properties.get(_field(name))
        if held is None:
            if part is None and site.is_open and not site.extra["nil"]:
                raise NotPlaced(f"the arguments of {site.name} are not written out")
            gone |= {site.holder.spans.index(part.whole)} if part is not None and site.holder is not None else set()
        elif part is None:
            added[name] = held
        else:
            changes.append(Change(file.path, *part.value, value(held, words, core, owner, name)))
    above = _lines_above(file, site.holder) if added and site.holder is not None and not gone else {}
    width = max(map(len, [*map(_field, added), *above]), default=0) + 1
    rows = [row.removesuffix(",") for row in _fields(added, words, core, owner, above)]
    for name, (start, end) in above.items():
        if end - start != (wide := width - len(name)):
            changes.append(Change(file.path, start, end, " " * wide))
    if site.holder is not None:
        changes += rewritten(file, site.holder, rows, gone, last_comma=True)
    elif added and site.extra["nil"]:
        start = int(site.extra["nil"])
        changes.append(Change(file.path, start, start + len("nil"), f"&{owner}Args{{{', '.join(rows)}}}"))
    elif added:
        raise NotPlaced(f"the arguments of {site.name} are not written out")
    return [*changes, *_place_options(change.options, site, words, core)]


def _lines_above(file: File, items: Items) -> dict[str, Span]:
    """The last fields that have a line each, with the room before their values: gofmt aligns a new one with them, and them with it."""
    found: dict[str, Span] = {}
    row = file.row(items.close)
    for span in reversed(items.spans):
        text = file.text[span.start : span.end]
        field = _FIELD.match(text)
        own = file.text[file.line_start(span.start) : span.start].isspace()
        if field is None or not own or file.row(span.start) != row - 1 or file.row(span.end) != row - 1:
            break
        found[field[1]] = Span(span.start + field.start(2), span.start + field.end(2))
        row -= 1
    return found


def _place_options(options: Options, site: Site, words: Words, core: str) -> list[Change]:
    """Changes of the options behind the arguments; what resources wait for adds up."""
    file = site.file
    assert site.arguments is not None
    changes: list[Change] = []
    said: list[str] = []
    if options.depends_on:
        part = site.options.get(_DEPENDS)
        if part is not None and part.items is not None:
            changes += rewritten(file, part.items, list(map(words.of, options.depends_on)), last_comma=True)
        else:
            said.append(_waits(options, words, core))
    if options.protect is not None:
        part = site.options.get(_PROTECT)
        if part is not None:
            changes.append(Change(file.path, *part.value, "true" if options.protect else "false"))
        else:
            said.append(f"{core}.{_PROTECT}({'true' if options.protect else 'false'})")
    if said and any(file.text[slice(*span)].endswith("...") for span in site.arguments.spans):
        raise NotPlaced(f"the options of {site.name} are not written out")
    return [*changes, *rewritten(file, site.arguments, said, last_comma=True)]


def below(site: Site, end: int, statements: Sequence[str]) -> Change:
    """The change that puts statements below the one that ends at a place."""
    file = site.file
    where = behind(file, end)
    indent = file.indent(site.statement.start)
    rows = [row for statement in statements for row in statement.splitlines()]
    return Change(file.path, where, where, "".join(f"{file.newline}{indent}{row}" for row in rows))
