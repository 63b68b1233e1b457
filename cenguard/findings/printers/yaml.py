"""YAML: a key under `resources:` with `type`, `properties` and `options`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from cenguard.findings.fix import Add, Import, Options, Ref, Set
from cenguard.findings.printers.alike import called_by_variable, never_unnamed, no_imports, without_statement
from cenguard.findings.printers.words import MORE, Line, NotPlaced, Words, number, quoted, verb_of
from cenguard.sources.changing import rewritten, without_lines
from cenguard.sources.sites import BOUND, Change, File, Items, Part, Site
from cenguard.sources.yaml_keys import short_type
from cenguard.sources.yaml_sites import YamlSite
from cenguard.text.printable import printable

COMMENT = "# "
RESERVED = frozenset({"pulumi"})
SUFFIX = "-"
BETWEEN = "\n"
ORDERED = False
_DEPENDS, _PROTECT = "dependsOn", "protect"
_PLAIN = re.compile(r"[A-Za-z][\w./-]*(?: [\w./-]+)*")
_DOLLAR = re.compile(r"\$(?=[${])")
"""What the language would take for the beginning of something."""
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Plain words that some reader of YAML takes for something else than a text."""

removed = without_statement
new_expression = called_by_variable
is_unnamed = never_unnamed
imports_for = no_imports


def shaped(name: str) -> str:
    """A key from a logical name.

    >>> shaped("att-bj"), shaped("net/a b")
    ('att-bj', 'net-a-b')
    """
    return re.sub(r"[^\w-]+", "-", name).strip("-") or "resource"


def string(text: str) -> str:
    """A text that is read as it is.

    >>> string("cn-beijing"), string("no"), string("1"), string("${a}"), string("a$b")
    ('cn-beijing', '"no"', '"1"', '"$${a}"', '"a$b"')
    >>> string("a$$b"), string("$${a}")  # two dollars are one, wherever they stand
    ('"a$$$b"', '"$$$${a}"')
    """
    plain = _PLAIN.fullmatch(text) is not None and text.lower() not in _WORDS
    return text if plain else _DOLLAR.sub("$$", quoted(text))


def _reference(words: Words, urn: str, name: str = "") -> str:
    return f"${{{words.of(urn)}{'.' if name else ''}{name}}}"


def value(item: Any, words: Words, *, flow: bool = True) -> str:
    """A value; in a collection between brackets (`flow`) a reference is in quotes."""
    match item:
        case None:
            return "null"
        case bool():
            return "true" if item else "false"
        case int() | float():
            return number(item)
        case str():
            return string(item)
        case Ref():
            said = _reference(words, item.urn, item.property)
            return quoted(said) if flow else said
        case Mapping():
            return "{" + ", ".join(f"{string(key)}: {value(held, words)}" for key, held in item.items()) + "}"
        case _:
            return "[" + ", ".join(value(held, words) for held in item) + "]"


def _options(options: Options, words: Words) -> dict[str, str]:
    said = {}
    if options.depends_on:
        said[_DEPENDS] = "[" + ", ".join(quoted(_reference(words, urn)) for urn in options.depends_on) + "]"
    if options.protect is not None:
        said[_PROTECT] = value(options.protect, words)
    return said


def resource(
    new: "Add | Import",
    variable: str,
    words: Words,
    provider: str | None,
    imports: Any = None,  # noqa: ARG001 - other languages have them
) -> str:
    """The key that makes a resource, as deep as the keys under `resources:`."""
    lines = [f"{variable}:", f"  type: {short_type(words.token(new.type))}"]
    if variable != new.name:
        lines.append(f"  name: {string(new.name)}")
    lines.append("  properties:")
    lines += [f"    {name}: {value(held, words, flow=False)}" for name, held in new.properties.items() if held is not None]
    options = {"provider": _reference(words, provider)} if provider is not None else {}
    if isinstance(new, Add):
        options |= _options(new.options, words)
    else:
        options["import"] = string(new.id) if new.id else "<its id>"
    if options:
        lines += ["  options:", *(f"    {name}: {said}" for name, said in options.items())]
    return "\n".join(f"  {line}" for line in lines)


def identity(edit: "Add | Import", words: Words) -> tuple[str, str]:
    """Type and name of a new resource, as a program that makes it has them."""
    return short_type(words.token(edit.type)), edit.name


def head(token: str, name: str, words: Words, site: Site | None) -> str:
    """A resource of the program, as its key begins."""
    return (
        f"{site.expression if site and site.expression else printable(name)}: {{type: {short_type(words.token(token))}, {MORE}}}"
    )


_WHERE = {"add": "add to its properties", "set": "set in its properties"}


def lines(change: Set, words: Words, site: Site | None) -> list[Line]:
    """What to change under a key."""
    found = []
    for name, held in change.properties.items():
        if held is None:
            found.append(Line("take away from its properties", name))
        else:
            verb = verb_of(name, site)
            found.append(Line(_WHERE.get(verb, verb), f"{name}: {value(held, words, flow=False)}"))
    options = _options(change.options, words)
    return [*found, *(Line("add to its options", f"{name}: {said}") for name, said in options.items())]


def place(change: Set, site: Site, words: Words, imports: Any = None) -> list[Change]:  # noqa: ARG001 - other languages have them
    """The changes under a key.

    Raises:
        NotPlaced: what the resource waits for is written in a way that cannot be added to.
    """
    assert isinstance(site, YamlSite)
    file = site.file
    changes: list[Change] = []
    added: dict[str, str] = {}
    gone: list[Part] = []
    for name, held in change.properties.items():
        part = site.properties.get(name)
        if held is None:
            gone += [part] if part is not None else []
        elif part is None:
            added[name] = value(held, words, flow=True)
        else:
            changes.append(Change(file.path, *part.value, " " + value(held, words)))
    options = _options(change.options, words)
    waits = site.options.get(_DEPENDS)
    if waits is not None and change.options.depends_on:
        options.pop(_DEPENDS)
        more = [quoted(_reference(words, urn)) for urn in change.options.depends_on]
        body = site.bodies.get(_DEPENDS)
        if body is None:
            raise NotPlaced(f"{_DEPENDS} of {site.name} is not a list that is written out")
        if isinstance(body, Items):
            changes += rewritten(file, body, more)
        else:
            changes.append(
                _lines_below(site, body.end, body.indent, [f"- {_reference(words, urn)}" for urn in change.options.depends_on])
            )
    protects = site.options.get(_PROTECT)
    if protects is not None and _PROTECT in options:
        changes.append(Change(file.path, *protects.value, f" {options.pop(_PROTECT)}"))
    return [*changes, *_section(site, "properties", added, gone), *_section(site, "options", options, [])]


def _section(site: YamlSite, section: str, added: Mapping[str, str], gone: Sequence[Part]) -> list[Change]:
    """Further members of `properties` or `options`, which may have to be made, and those that go."""
    file = site.file
    if not added and not gone:
        return []
    body = site.bodies.get(section)
    members = [f"{name}: {said}" for name, said in added.items()]
    if body is None:
        outer = site.bodies[""]
        if isinstance(outer, Items):
            return rewritten(file, outer, [f"{section}: {{{', '.join(members)}}}"])
        return [_lines_below(site, outer.end, outer.indent, [f"{section}:", *(f"  {item}" for item in members)])]
    if isinstance(body, Items):
        numbers = {body.spans.index(part.whole) for part in gone}
        return rewritten(file, body, members, numbers)
    if gone and members:  # in its place: below it the last line may be one that goes
        text = f"{file.newline}{body.indent}".join(members)
        return [Change(file.path, *gone[0].whole, text), *(_without(file, part) for part in gone[1:])]
    taken = [_without(file, part) for part in gone]
    return [*taken, *([_lines_below(site, body.end, body.indent, members)] if members else [])]


def _without(file: File, part: Part) -> Change:
    """What takes a member away with the line break above it: what goes below its last line stands below the line before."""
    taken = without_lines(file, *part.whole)
    if (taken.start, taken.end) == part.whole:
        return taken
    return Change(file.path, file.line_end(file.line_start(taken.start - 1)), file.line_end(part.whole.end), "")


def _lines_below(site: Site, end: int, indent: str, rows: Sequence[str]) -> Change:
    file = site.file
    where = file.line_end(end)
    return Change(file.path, where, where, "".join(f"{file.newline}{indent}{row}" for row in rows))


def uses(site: Site, text: str) -> bool:
    """Whether a text refers to a resource."""
    return re.search(rf"\$\{{\s*{re.escape(site.extra[BOUND])}(?![\w-])", text) is not None


def below(site: Site, end: int, statements: Sequence[str]) -> Change:
    """The change that puts keys below the one that ends at a place."""
    file = site.file
    indent = file.indent(site.statement.start)
    rows = [row.removeprefix("  ") for statement in statements for row in statement.splitlines()]
    return _lines_below(site, end, indent, rows)
