"""Terraform's language, for Terraform, OpenTofu and Pulumi HCL alike: `resource "alicloud_cen_bandwidth_limit" "pair" { … }`."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from cenguard.findings.fix import Add, Import, Options, Ref, Set
from cenguard.findings.printers.alike import no_imports, step, stepped, texts_below, without_statement
from cenguard.findings.printers.words import MORE, Line, NotPlaced, Words, number, quoted, verb_of
from cenguard.resources.property_names import PLURALS
from cenguard.resources.type_table import snake, spelling
from cenguard.resources.urns import kind_in_urn, name_in_urn
from cenguard.sources.changing import behind, rewritten, without_lines
from cenguard.sources.sites import Change, Site
from cenguard.sources.terraform import keyed_steps
from cenguard.text.printable import printable

COMMENT = "# "
RESERVED: frozenset[str] = frozenset()
SUFFIX = "_"
BETWEEN = "\n\n"
ORDERED = False
_DEPENDS, _PROTECT = "depends_on", "prevent_destroy"
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_STEP = "  "
"""How far `terraform fmt` indents."""
_SINGULARS = {(terraform, plural): singular for (terraform, singular), plural in PLURALS.items()}

removed = without_statement
imports_for = no_imports


def shaped(name: str) -> str:
    """A label from a logical name.

    >>> shaped("att-bj"), shaped("2nd core")
    ('att_bj', '_2nd_core')
    """
    text = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").lower() or "resource"
    return f"_{text}" if text[0].isdigit() else text


def type_of(token: str) -> str:
    """Terraform's name of a type."""
    said = spelling(token)
    return said.terraform if said is not None else token


def property_name(name: str, token: str) -> str:
    """A property as Terraform calls it.

    >>> property_name("zones", "alicloud:cen/transitRouterVpnAttachment:TransitRouterVpnAttachment"), property_name("cenId", "")
    ('zone', 'cen_id')
    """
    return _SINGULARS.get((type_of(token), name)) or snake(name)


def string(text: str) -> str:
    r"""A string that holds a text as it is.

    >>> print(string('a"${b}'))
    "a\"$${b}"
    """
    return quoted(text).replace("${", "$${").replace("%{", "%%{")


def value(item: Any, words: Words) -> str:
    """A value."""
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
            return f"{words.of(item.urn)}.{snake(item.property)}"
        case Mapping():
            held = ", ".join(
                f"{key if _WORD.fullmatch(key) else string(key)} = {value(each, words)}" for key, each in item.items()
            )
            return f"{{ {held} }}" if held else "{}"
        case _:
            return "[" + ", ".join(value(held, words) for held in item) + "]"


def _is_blocks(item: Any) -> bool:
    """Whether a value is written as nested blocks: a list of objects."""
    return isinstance(item, (list, tuple)) and bool(item) and all(isinstance(held, Mapping) for held in item)


def _aligned(attributes: Mapping[str, str]) -> list[str]:
    width = max(map(len, attributes), default=0)
    return [f"{name.ljust(width)} = {said}" for name, said in attributes.items()]


def _blocks(name: str, items: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    lines: list[str] = []
    for item in items:
        inner = _aligned({snake(key): value(held, words) for key, held in item.items()})
        lines += [f"{name} {{", *(f"  {line}" for line in inner), "}"]
    return lines


def _option_lines(options: Options, words: Words) -> list[list[str]]:
    found = []
    if options.depends_on:
        found.append([f"{_DEPENDS} = [{', '.join(map(words.of, options.depends_on))}]"])
    if options.protect is not None:
        found.append(["lifecycle {", f"  {_PROTECT} = {value(options.protect, words)}", "}"])
    return found


def resource(
    new: "Add | Import",
    variable: str,
    words: Words,
    provider: str | None,
    imports: Any = None,  # noqa: ARG001 - other languages have them
) -> str:
    """The block that makes a resource, behind the one that imports it."""
    attributes = {"provider": words.of(provider)} if provider is not None else {}
    groups: list[list[str]] = []
    for name, held in new.properties.items():
        said = property_name(name, new.type)
        if _is_blocks(held):
            groups.append(_blocks(said, held, words))  # type: ignore[arg-type]
        elif held is not None:
            attributes[said] = value(held, words)
    groups = [_aligned(attributes), *groups]
    head = ""
    if isinstance(new, Add):
        groups += _option_lines(new.options, words)
    else:
        head = f"import {{\n  to = {type_of(new.type)}.{variable}\n  id = {string(new.id) if new.id else '<its id>'}\n}}\n\n"
    body = "\n\n".join("\n".join(f"  {line}" for line in group) for group in groups if group)
    return f'{head}resource "{type_of(new.type)}" "{variable}" {{\n{body}\n}}'


def new_expression(edit: "Add | Import", variable: str) -> str:
    """What a new resource is called by others."""
    return f"{type_of(edit.type)}.{variable}"


def identity(edit: "Add | Import", words: Words) -> tuple[str, str]:  # noqa: ARG001 - other languages have words of their own
    """Type and label of a new resource, as a program that makes it has them."""
    return type_of(edit.type), shaped(edit.name)


def is_unnamed(provider: str) -> bool:
    """Whether a provider is the one without an alias, which nobody names."""
    return name_in_urn(provider) == "alicloud"


def head(token: str, name: str, words: Words, site: Site | None) -> str:  # noqa: ARG001 - other languages have words of their own
    """A resource of the program, as its block begins; one of several that a block makes is named by its key."""
    *modules, (label, key) = keyed_steps(name) or ((name, ""),)
    which = f"the instance {printable(key)} of " if key else ""
    inside = f" of the module {printable('.'.join(module + of for module, of in modules))}" if modules else ""
    return f'{which}resource "{type_of(token)}" "{site.name if site else printable(label)}" {{ {MORE} }}{inside}'


def lines(change: Set, words: Words, site: Site | None) -> list[Line]:
    """What to change in a block."""
    token = kind_in_urn(change.urn)
    found = []
    for name, held in change.properties.items():
        said = property_name(name, token)
        if held is None:
            found.append(Line("take away", f"{said} = {MORE}"))
            continue
        verb = verb_of(said, site)
        if _is_blocks(held):
            found.append(Line(verb, "\n".join(_blocks(said, held, words))))  # type: ignore[arg-type]
        else:
            found.append(Line(verb, f"{said} = {value(held, words)}"))
    verb = "add to what it waits for" if site is not None and _DEPENDS in site.properties else "add"
    groups = _option_lines(change.options, words)
    return [*found, *(Line(verb if group[0].startswith(_DEPENDS) else "add", "\n".join(group)) for group in groups)]


def place(change: Set, site: Site, words: Words, imports: Any = None) -> list[Change]:  # noqa: ARG001 - other languages have them
    """The changes of a block.

    Raises:
        NotPlaced: a property is written in a way that cannot be changed.
    """
    token = kind_in_urn(change.urn)
    file = site.file
    changes: list[Change] = []
    added: list[list[str]] = []
    lines: dict[str, str] = {}
    for name, held in change.properties.items():
        said = property_name(name, token)
        part = site.properties.get(said)
        if f"dynamic {said}" in site.extra:
            raise NotPlaced(f"{said} of {site.name} is written with dynamic blocks")
        if held is None and part is not None:
            if not _are_together(site, said, *part.whole):
                raise NotPlaced(f"{said} of {site.name} is written in several places")
            changes.append(without_lines(file, *part.whole))
        elif held is None:
            continue
        elif _is_blocks(held):
            rows = _blocks(said, held, words)  # type: ignore[arg-type]
            if part is None:
                added.append(rows)
            elif part.whole != part.value:
                raise NotPlaced(f"{said} of {site.name} is no block")
            elif _are_together(site, said, *part.whole):
                changes.append(Change(file.path, *part.whole, _below(site, rows).lstrip()))
            else:
                raise NotPlaced(f"{said} of {site.name} is written in several places")
        elif part is None:
            lines[said] = value(held, words)
        elif part.whole == part.value:
            raise NotPlaced(f"{said} of {site.name} is a block")
        else:
            changes.append(Change(file.path, *part.value, value(held, words)))
    width = max(map(len, lines), default=0)
    if width > _width(site) and not any(held is None for held in change.properties.values()):
        changes += _widened(site, width)
    width = max(width, _width(site))
    added[:0] = [[f"{said.ljust(width)} = {text}"] for said, text in lines.items()]
    later: list[list[str]] = []
    changes += _place_options(change.options, site, words, later)
    gone = {property_name(name, token) for name, held in change.properties.items() if held is None}
    return [*changes, *_added(site, added, later, gone)]


def _place_options(options: Options, site: Site, words: Words, later: list[list[str]]) -> list[Change]:
    """Changes of what a block says of its order and protection; what is new to it is left for its end."""
    file = site.file
    changes: list[Change] = []
    if options.depends_on:
        part = site.properties.get(_DEPENDS)
        if part is None:
            later.append(_option_lines(Options(depends_on=options.depends_on), words)[0])
        elif part.items is None:
            raise NotPlaced(f"{_DEPENDS} of {site.name} is not a list that is written out")
        else:
            changes += rewritten(file, part.items, [words.of(urn) for urn in options.depends_on])
    if options.protect is not None:
        part = site.options.get(_PROTECT)
        said = value(options.protect, words)
        if part is not None:
            changes.append(Change(file.path, *part.value, said))
        elif site.options_items is not None:
            place = site.options_items.open
            indent = file.indent(place)
            inner = indent + step(site, _STEP)
            close = site.options_items.close
            line = f"{file.newline}{inner}{_PROTECT} = {said}"
            if file.row(place) == file.row(close):  # a block on one line holds one attribute at most
                rest = file.text[place:close].strip()
                line += (f"{file.newline}{inner}{rest}" if rest else "") + file.newline + indent
                changes.append(Change(file.path, place, close, line))
            else:
                changes.append(Change(file.path, place, place, line))
        else:
            later.append(_option_lines(Options(protect=options.protect), words)[0])
    return changes


def _added(site: Site, added: list[list[str]], later: list[list[str]], gone: AbstractSet[str]) -> list[Change]:
    """New lines of a block: attributes below the attributes that stay, order and protection at its end."""
    file = site.file
    assert site.arguments is not None
    assert site.holder is not None
    start, close = site.arguments.open, site.arguments.close
    kept = {name: part.whole for name, part in site.properties.items() if name not in gone}
    attributes = [span.end for span in kept.values() if span in site.holder.spans]
    if file.row(start) == file.row(close) and (added or later):  # a block on one line holds one attribute at most
        inside = [[file.text[slice(*span)]] for span in kept.values()]
        text = "".join(file.newline + _below(site, rows) for rows in [*inside, *added, *later])
        return [Change(file.path, start, close, text + file.newline + file.indent(site.statement.start))]
    changes = []
    if added:
        place = behind(file, max(attributes, default=start))
        changes.append(Change(file.path, place, place, "".join(file.newline + _below(site, rows) for rows in added)))
    if later:
        place = behind(file, max((span.end for span in kept.values()), default=start))
        gap = file.newline * (2 if kept or added else 1)
        changes.append(Change(file.path, place, place, "".join(gap + _below(site, rows) for rows in later)))
    return changes


def _below(site: Site, rows: Sequence[str]) -> str:
    indent = site.file.indent(site.statement.start)
    return site.file.newline.join(f"{indent}{stepped(site, f'  {row}', _STEP)}" for row in rows)


def _width(site: Site) -> int:
    """How far the names of the last attributes reach, up to their signs of equality."""
    file = site.file
    if site.holder is None or not site.holder.spans:
        return 0
    last = max(site.holder.spans, key=lambda span: span.end)
    part = next(part for part in site.properties.values() if part.whole == last)
    said = file.text[last.start : part.value.start]
    return len(said.partition("=")[0]) - 1


def _widened(site: Site, width: int) -> list[Change]:
    """What brings the signs of equality of the last attributes in line with a longer name below them, as `terraform fmt` has it."""
    file = site.file
    found: list[Change] = []
    attributes = [part for part in site.properties.values() if part.whole != part.value]
    for part in sorted(attributes, key=lambda part: -part.whole.start):
        start, end = part.whole
        name = file.text[start : part.value.start].partition("=")[0]
        row = file.row(end)
        if file.row(start) != row or (found and (row + 1 != file.row(found[-1].start))):
            break
        if not name.endswith(" ") or len(name) - 1 != _width(site):
            return []  # nobody has formatted it
        found.append(Change(file.path, start + len(name.rstrip()), start + len(name), " " * (width + 1 - len(name.rstrip()))))
    return found


def _are_together(site: Site, name: str, start: int, end: int) -> bool:
    """Whether nothing but blocks of one name stands in a part of a text."""
    return not any(start < part.whole.start < end for other, part in site.properties.items() if other != name)


def uses(site: Site, text: str) -> bool:
    """Whether a text refers to a resource."""
    return re.search(rf"(?<![\w.'$]){re.escape(site.expression)}(?![\w-])", text) is not None


def below(site: Site, end: int, statements: Sequence[str]) -> Change:
    """The change that puts blocks below the one that ends at a place."""
    return texts_below(site, end, statements, between="\n\n", usual=_STEP)
