"""Resources of a program in YAML as places that can be changed."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import msgspec

from cenguard.sources.project import project_in
from cenguard.sources.sites import BOUND, File, Items, Part, Site, Span, file_at
from cenguard.sources.yaml_keys import composed, pairs, program_of, short_type

_NAME = re.compile(r"[\w-]+")
_OF_RESOURCE = ("type", "name", "properties", "options", "get")
_EDITED = ("dependsOn", "protect", "provider", "import")
_SECTIONS = frozenset({"resources", "variables", "config", "configuration", "components"})


class Rows(NamedTuple):
    """A mapping or a list whose members stand on lines of their own."""

    indent: str
    end: int
    """The end of its last member."""


Body: TypeAlias = "Items | Rows"


class YamlSite(Site, frozen=True, kw_only=True):
    """A resource under its key."""

    bodies: Mapping[str, Body] = msgspec.field(default_factory=dict)
    """Where further members go: of the resource (`""`), of its `properties`, its `options`, and what it waits for (`dependsOn`)."""
    step: str = "  "
    """How much deeper its members stand than its key."""


def site_of(folder: Path, kind: str, name: str) -> Site | None:
    """The key that makes a resource of a type and name, where there is exactly one."""
    path = program_of(project_in(folder))
    if path is None or path.suffix not in (".yaml", ".yml"):
        return None
    found = [site for site in _sites(path) if site.name == name and site.kind == short_type(kind)]
    return found[0] if len(found) == 1 else None


@cache
def names_in(path: Path) -> frozenset[str]:
    """Every name that an expression of a program may mean."""
    file = file_at(path)
    found = {"pulumi"}
    for section, inner in pairs(composed(file.text) if file is not None else None):
        if section.value.lower() in _SECTIONS:
            found |= {key.value for key, _ in pairs(inner)}
    return frozenset(found)


def made_in(path: Path) -> frozenset[tuple[str, str]]:
    """Types and names of the resources of a program."""
    return frozenset((site.kind, site.name) for site in _sites(path))


@cache
def _sites(path: Path) -> tuple[YamlSite, ...]:
    file = file_at(path)
    root = composed(file.text) if file is not None else None
    found = []
    shared = _shared(root)
    for section, resources in pairs(root):
        if file is not None and section.value == "resources" and resources.id == "mapping" and not resources.flow_style:
            for key, value in pairs(resources):
                site = _site(file, key, value)
                if site is not None and shared.isdisjoint(map(id, _nodes(value))):
                    found.append(site)
    return tuple(found)


def _nodes(node: Any) -> Iterator[Any]:
    """A node with everything in it, each once."""
    waiting, seen = [node], set()
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        waiting += _members(item)


def _members(node: Any) -> list[Any]:
    if node.id == "scalar":
        return []
    return list(node.value) if node.id == "sequence" else [part for pair in node.value for part in pair]


def _shared(root: Any) -> frozenset[int]:
    """Nodes that stand in several places by an alias: a change of one would change the others."""
    seen: set[int] = set()
    twice: set[int] = set()
    waiting = [root] if root is not None else []
    while waiting:
        item = waiting.pop()
        if id(item) in seen:
            twice.add(id(item))
            continue
        seen.add(id(item))
        waiting += _members(item)
    return frozenset(twice)


def _site(file: File, key: Any, value: Any) -> YamlSite | None:
    end = _end(file, value, key.end_mark.index)
    said = {word.value: item for word, item in pairs(value)}
    if end is None or value.id != "mapping" or not said or any(item.id != "scalar" for item in _named(said, "type", "name")):
        return None
    if "get" in said or "type" not in said or any(_written_otherwise(word, *_OF_RESOURCE) for word in said):
        return None
    bodies: dict[str, Body] = {"": _body(file, value)}
    parts: dict[str, dict[str, Part]] = {"properties": {}, "options": {}}
    for section, found in parts.items():
        inner = said.get(section)
        if inner is None:
            continue
        if inner.id != "mapping":
            return None
        bodies[section] = _body(file, inner)
        for word, item in pairs(inner):
            if section == "options" and _written_otherwise(word.value, *_EDITED):
                return None
            found[word.value] = _part(file, word, item)
            if section == "options" and word.value == "dependsOn" and item.id == "sequence":
                bodies["dependsOn"] = _body(file, item)
    name = said["name"].value if "name" in said else key.value
    first = value.value[0][0]
    below = first.start_mark.line > key.start_mark.line
    return YamlSite(
        file=file,
        kind=short_type(said["type"].value),
        name=name,
        statement=Span(key.start_mark.index, end),
        call=Span(value.start_mark.index, end),
        expression=key.value if _NAME.fullmatch(key.value) else "",
        extra={BOUND: key.value},
        properties=parts["properties"],
        options=parts["options"],
        bodies=bodies,
        step=" " * (first.start_mark.column - key.start_mark.column) if below else "  ",
    )


def _written_otherwise(word: str, *words: str) -> bool:
    """Whether a word of the language stands there in another case, which the language takes: what is added would stand there twice."""
    return word not in words and word.lower() in {item.lower() for item in words}


def _named(said: Mapping[str, Any], *names: str) -> list[Any]:
    return [said[name] for name in names if name in said]


def _end(file: File, node: Any, after: int) -> int | None:
    """Where a node ends, without the lines behind it; None where a part of it is written elsewhere (`*alias`, `<<`)."""
    if node.start_mark.index < after:
        return None
    if node.id == "scalar":
        return len(file.text[: node.end_mark.index].rstrip()) if node.style in ("|", ">") else int(node.end_mark.index)
    end: int | None = after
    for item in node.value:
        for part in item if node.id == "mapping" else (item,):
            if part.id == "scalar" and part.value == "<<" and node.id == "mapping" and part is item[0]:
                return None
            end = _end(file, part, end)  # type: ignore[arg-type]
            if end is None:
                return None
    return int(node.end_mark.index) if node.flow_style else end


def _body(file: File, node: Any) -> Body:
    members = _members(node)
    end = _end(file, node, node.start_mark.index) or node.end_mark.index
    if node.flow_style:
        spans = (
            tuple(Span(item.start_mark.index, item.end_mark.index) for item in members)
            if node.id == "sequence"
            else tuple(Span(key.start_mark.index, value.end_mark.index) for key, value in node.value)
        )
        opened = file.text.index("{" if node.id == "mapping" else "[", node.start_mark.index)
        return Items(opened + 1, node.end_mark.index - 1, spans)
    column = node.start_mark.column if node.id == "sequence" else members[0].start_mark.column
    return Rows(" " * column, end)


def _part(file: File, key: Any, value: Any) -> Part:
    end = _end(file, value, key.end_mark.index) or value.end_mark.index
    colon = file.text.index(":", key.end_mark.index) + 1
    return Part(Span(key.start_mark.index, end), Span(colon, max(colon, end)))


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    _sites.cache_clear()
    names_in.cache_clear()
