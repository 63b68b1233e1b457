"""Values in Terraform's files (`.tf`, `.tf.json`) of which no plan says what they are made of: locals, regions of providers, and members of arguments.

A value is asked for by the steps that follow its name, each as it is written (of `local.nets["eu"].vpc`: `["eu"]`, `.vpc`):
where the files write out an object or a list, the answer is that member's alone.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from cenguard.resources.type_table import ALICLOUD
from cenguard.sources.project import text_of
from cenguard.sources.syntax import tree
from cenguard.sources.terraform import attributes_in, blocks_in, files_of, labels_of, mended, overrides

LOCALS, PROVIDER, RESOURCE = "locals", "provider", "resource"
UNKNOWN: Any = object()
"""In place of a constant: the value hangs on something else."""
_STEPS = ("get_attr", "index")
_AROUND = ("expression", "collection_value", "literal_value", "template_expr", "quoted_template", "template_interpolation")
_MARKS = frozenset(
    (
        "(",
        ")",
        "comment",
        "quoted_template_start",
        "quoted_template_end",
        "template_interpolation_start",
        "template_interpolation_end",
    )
)
_WORDS = {"true": True, "false": False, "null": None}


class Made(NamedTuple):
    """What a value is made of."""

    references: tuple[str, ...]
    """What it names, each as far as it is written out: `alicloud_vpc.net["eu"].id`."""
    constant: Any = UNKNOWN
    """The value itself, where it names nothing."""
    is_alias: bool = False
    """Whether it is just what the one reference names."""


class Local(NamedTuple):
    """One local value: its expression, and the text that it is a part of."""

    node: Any
    text: bytes

    def made(self, path: Sequence[str] = ()) -> Made:
        """What the member that some steps lead to is made of; what the whole is made of where that member is not written out."""
        return _made(self.node, self.text, path)

    def has(self, path: Sequence[str]) -> bool:
        """Whether the member that some steps lead to is written out."""
        return _made(self.node, self.text, path) != _made(self.node, self.text, ())


@cache
def local_values(folder: Path) -> Mapping[str, Local]:
    """The local values of the files of one folder, by name; none where no parser is at hand, or a file cannot be read."""
    found: dict[str, Local] = {}
    for labels, attributes in _blocks(folder):
        if labels == [LOCALS]:
            found |= attributes
    return MappingProxyType(found)


@cache
def provider_regions(folder: Path) -> Mapping[str, Local]:
    """The regions that the provider blocks of a folder give, by alias; one without an alias has the empty one."""
    found: dict[str, Local] = {}
    for labels, attributes in _blocks(folder):
        alias = attributes["alias"].made().constant if "alias" in attributes else ""
        if labels == [PROVIDER, ALICLOUD] and "region" in attributes and isinstance(alias, str):
            found[alias] = attributes["region"]
    return MappingProxyType(found)


@cache
def arguments(folder: Path) -> Mapping[tuple[str, str], Mapping[str, Local]]:
    """The arguments of the resources of a folder, by type and name."""
    found: dict[tuple[str, str], dict[str, Local]] = {}
    for labels, attributes in _blocks(folder):
        if labels[0] == RESOURCE and len(labels) == 3:
            found.setdefault((labels[1], labels[2]), {}).update(attributes)
    return MappingProxyType(found)


def _blocks(folder: Path) -> list[tuple[list[str], dict[str, Local]]]:
    """The blocks of a folder that say values, in the order in which a later one wins; none where a file is not understood."""
    found: list[tuple[list[str], dict[str, Local]]] = []
    for file in sorted(files_of(folder), key=overrides):  # they are read last
        text = text_of(file)
        if text is None:
            return []
        if file.name.endswith(".json"):
            text = _from_json(text)
        root = tree(".tf", mended(text))
        if root is None or root.has_error:
            return []
        original = text.encode()  # what is mended is as long
        for block in blocks_in(root):
            labels = labels_of(block, original)
            if labels[0] in (LOCALS, PROVIDER, RESOURCE):
                found.append((labels, {name: Local(node, original) for name, node in attributes_in(block, original)}))
    return found


def _from_json(text: str) -> str:
    """The blocks of a file in JSON that say values, in the other syntax: a value of JSON is an expression there."""
    lines: list[str] = []
    try:
        said = json.loads(text)
        providers = said.get(PROVIDER, {})
        for head, blocks in (
            (LOCALS, said.get(LOCALS, [])),
            (f'{PROVIDER} "{ALICLOUD}"', providers.get(ALICLOUD, []) if isinstance(providers, dict) else []),
        ):
            for block in blocks if isinstance(blocks, list) else [blocks]:
                lines += [f"{head} {{", *(f"{name} = {json.dumps(value)}" for name, value in block.items()), "}"]
    except (ValueError, AttributeError, RecursionError):
        return ""
    return "\n".join(lines)


# ---------------------------------------------------------------------- expressions


def _made(node: Any, text: bytes, path: Sequence[str]) -> Made:
    node = _bare(node)
    if node.type == "object" and path:
        for key, value in _members(node, text) or ():
            if key == _word(path[0]):
                return _made(value, text, path[1:])
    elif node.type == "tuple" and path and _word(path[0]).isdigit():
        items = [child for child in node.children if child.type == "expression"]
        if int(_word(path[0])) < len(items):
            return _made(items[int(_word(path[0]))], text, path[1:])
    named = _named(node, text)
    if named:
        return Made(("".join((named, *path)),), is_alias=True)
    references = tuple(dict.fromkeys(_references(node, text, frozenset())))
    return Made(references, UNKNOWN if references or path else _constant(node, text))


def _word(step: str) -> str:
    """A step without what makes it one: `.vpc`, `["eu"]`, `[0]`."""
    if step.startswith('["'):
        return str(json.loads(step)[0])
    return step.strip(".[]")


def _bare(node: Any) -> Any:
    """An expression without what stands around it, brackets or the quotes of `"${…}"`."""
    while node.type in _AROUND:
        inner = [child for child in node.children if child.type not in _MARKS]
        if len(inner) != 1 or (node.type == "quoted_template" and inner[0].type != "template_interpolation"):
            break
        node = inner[0]
    return node


def _members(node: Any, text: bytes) -> list[tuple[str, Any]] | None:
    """The keys of an object with their values; None where a key is not written out."""
    found: list[tuple[str, Any]] = []
    for element in node.children:
        if element.type != "object_elem":
            continue
        key, value = (child for child in element.children if child.type == "expression")
        name = _literal(key, text)
        if name is None:
            return None
        found.append((name, value))
    return found


def _literal(node: Any, text: bytes) -> str | None:
    """A key or index that is written out."""
    word = text[node.start_byte : node.end_byte].decode()
    bare = _bare(node)
    if bare.type in ("variable_expr", "numeric_lit"):
        return word if word.replace("-", "_").isidentifier() or word.isdigit() else None
    if bare.type != "string_lit":
        return None
    value = _constant(bare, text)
    return value if isinstance(value, str) else None


def _named(node: Any, text: bytes) -> str:
    """What an expression names, where it does nothing but name one thing; else nothing."""
    children = [node] if node.type == "variable_expr" else node.children
    if node.type not in ("expression", "variable_expr") or not children or children[0].type != "variable_expr":
        return ""
    reference, rest = _reference(children, 0, text)
    return reference if rest == len(children) and reference.count(".") else ""


def _reference(children: Sequence[Any], start: int, text: bytes) -> tuple[str, int]:
    """What begins at a name, with the steps that are written out after it, and how many children belong to it."""
    found = text[children[start].start_byte : children[start].end_byte].decode()
    place = start + 1
    while place < len(children) and children[place].type in _STEPS:
        step = children[place]
        if step.type == "get_attr":
            found += "." + text[step.children[-1].start_byte : step.children[-1].end_byte].decode()
        else:
            inner = [child for child in step.children[0].children if child.type == "expression"]
            key = _literal(inner[0], text) if len(inner) == 1 and _bare(inner[0]).type != "variable_expr" else None
            if key is None:
                break
            found += f"[{key}]" if key.isdigit() and _bare(inner[0]).type == "numeric_lit" else f"[{json.dumps(key)}]"
        place += 1
    return found, place


def _references(node: Any, text: bytes, bound: frozenset[str]) -> Iterator[str]:
    """Everything that is named in an expression; `bound` are the names that loops around it give."""
    if node.type == "object_elem":  # a bare word in a key's place is no name of anything
        key, *rest = (child for child in node.children if child.type == "expression")
        if _bare(key).type != "variable_expr" or key.children[0].type == "(":
            yield from _references(key, text, bound)
        for child in rest:
            yield from _references(child, text, bound)
        return
    if node.type in ("for_tuple_expr", "for_object_expr"):
        intro = next(child for child in node.children if child.type == "for_intro")
        yield from _references(intro, text, bound)
        bound |= {text[child.start_byte : child.end_byte].decode() for child in intro.children if child.type == "identifier"}
        for child in node.children:
            if child.type != "for_intro":
                yield from _references(child, text, bound)
        return
    children = node.children
    place = 0
    while place < len(children):
        child = children[place]
        if child.type == "variable_expr":
            reference, after = _reference(children, place, text)
            if reference.partition(".")[0].partition("[")[0] not in bound:
                yield reference
            for step in children[place + 1 : after]:
                yield from _references(step, text, bound)
            place = after
            continue
        yield from _references(child, text, bound)
        place += 1


def _constant(node: Any, text: bytes) -> Any:
    """The value of an expression that names nothing, so far as it is written out plainly."""
    node = _bare(node)
    word = text[node.start_byte : node.end_byte].decode()
    if node.type == "string_lit":
        if "$$${" in word or "%%%{" in word:
            return UNKNOWN
        try:
            return json.loads(word.replace("$${", "${").replace("%%{", "%{"))  # two stand for one
        except ValueError:
            return UNKNOWN
    if node.type == "numeric_lit":
        return int(word) if word.isdigit() else UNKNOWN
    if node.type in ("bool_lit", "null_lit"):
        return _WORDS[word]
    if node.type == "tuple":
        items = [_constant(child, text) for child in node.children if child.type == "expression"]
        return UNKNOWN if UNKNOWN in items else items
    if node.type == "object":
        members = _members(node, text)
        values = {key: _constant(value, text) for key, value in members or ()}
        return UNKNOWN if members is None or UNKNOWN in values.values() else values
    return UNKNOWN


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    local_values.cache_clear()
    provider_regions.cache_clear()
    arguments.cache_clear()
