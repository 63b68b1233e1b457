"""Blocks of Terraform's language as places that can be changed: resources and providers of one folder, made once each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from cenguard.resources.type_table import spelling
from cenguard.sources.project import TERRAFORM_SUFFIXES
from cenguard.sources.sites import File, Items, Part, Site, Span, file_at
from cenguard.sources.syntax import tree
from cenguard.sources.terraform import first_error, local_folder, mended, steps

_SEVERAL = frozenset({"count", "for_each"})
_PLAIN = re.compile(r'"(?:[^"\\$%]|\\.)*"')
_BRACKET_OR_KEY = re.compile(r'\b(?:count\.index|each\.key|each\.value(?:\.\w+|\["[^"]*"\])*)|[\[\]]')
_KEY = re.compile(r'\b(?:count\.index|each\.key|each\.value(?:\.\w+|\["[^"]*"\])*)')
_CHOOSING = re.compile(r"\belement\(|[\[{]\s*for\b")
"""What chooses among the instances of something: by a place, or one by one."""
_ALL = re.compile(r"\[\*\]|\.\*\.")
"""All instances of something: which of them is meant, what stands around it says."""
_LAST = re.compile(r"\s*\)")
_CLOSES = {"(": ")", "[": "]", "{": "}"}
_BEFORE_INDEX = re.compile(r"[\w\])]")
"""What a bracket stands behind that is an index, and no list that is written out."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block with what it holds."""

    file: File
    whole: Span
    labels: tuple[str, ...]
    attributes: Mapping[str, Part]
    blocks: tuple["Block", ...]
    open: int
    """Just behind its opening brace."""
    close: int
    """Its closing brace."""

    @property
    def is_several(self) -> bool:
        """Whether it makes any number of what it says."""
        return not _SEVERAL.isdisjoint(self.attributes)


@dataclass(slots=True)
class Folder:
    """The blocks of one folder."""

    resources: dict[tuple[str, str], list[Block]] = field(default_factory=dict)
    by_hand: dict[tuple[str, str], list[Block]] = field(default_factory=dict)
    """By type and the name that a resource is given for Pulumi alone."""
    modules: dict[str, list[Block]] = field(default_factory=dict)
    providers: dict[str, list[Block]] = field(default_factory=dict)
    """By their aliases, of the one without an empty text."""
    is_sound: bool = True
    """Whether everything in it could be read, so that what is not found is not there."""


def site_of_name(folder: Path, kind: str, name: str) -> Site | None:
    """The block of a resource of Pulumi HCL, by the type and the name in its URN."""
    said = spelling(kind)
    names = steps(name)
    if said is None or not names or name != ".".join(names):
        return None  # a key in brackets: one of several
    return _site(folder, names[:-1], said.terraform, names[-1], {}) or _by_hand(folder, said.terraform, name)


def site_of_address(folder: Path, address: str, module: str, sources: Mapping[str, str]) -> Site | None:
    """The block of a resource of Terraform, by its address and that of its module."""
    names = steps(address.removeprefix(f"{module}.") if module else address)
    if len(names) != 2 or address != ".".join(steps(address)):
        return None  # a data source, or one of several
    return _site(folder, steps(module)[1::2] if module else (), *names, sources)


def instance_of_address(folder: Path, address: str, module: str, sources: Mapping[str, str]) -> Site | None:
    """One of several that a block of Terraform makes, to be named with its key; the block is not its own, and is not to be changed for it."""
    base, bracket, key = address.removeprefix(f"{module}." if module else "").partition("[")
    names = steps(base)
    if not bracket or len(names) != 2 or (module and "[" in module):
        return None
    block = _block_of(folder, steps(module)[1::2] if module else (), *names, sources)
    return replace(_as_site(block), expression=f"{base}[{key}") if block is not None and block.is_several else None


def _site(root: Path, modules: tuple[str, ...], kind: str, name: str, sources: Mapping[str, str]) -> Site | None:
    block = _block_of(root, modules, kind, name, sources)
    return None if block is None or block.is_several else _as_site(block)


def _block_of(root: Path, modules: tuple[str, ...], kind: str, name: str, sources: Mapping[str, str]) -> "Block | None":
    folder = root
    for depth, module in enumerate(modules, 1):
        call = _only(folder_at(folder).modules.get(module))
        if call is None or call.is_several:
            return None
        inside = local_folder(folder, _text(call, "source") or sources.get(".".join(modules[:depth]), ""))
        if inside is None or not inside.is_relative_to(root):
            return None  # from elsewhere, where others may call it
        folder = inside
    if modules and _callers(root, folder) != 1:
        return None
    return _only(folder_at(folder).resources.get((kind, name)))


def _by_hand(folder: Path, kind: str, name: str) -> Site | None:
    block = _only(folder_at(folder).by_hand.get((kind, name)))
    return None if block is None or block.is_several else _as_site(block)


def provider_of(folder: Path, alias: str) -> Site | None:
    """The block of a provider of Alibaba Cloud, by its alias."""
    block = _only(folder_at(folder).providers.get(alias))
    return None if block is None or block.is_several else _as_site(block)


def labels_in(folder: Path) -> frozenset[tuple[str, str]]:
    """Types and names of the resources in a folder."""
    return frozenset(folder_at(folder).resources)


def files_in(folder: Path) -> list[File]:
    """The files of a folder that are written in the language."""
    paths = sorted(item for item in folder.iterdir() if item.name.endswith(TERRAFORM_SUFFIXES))
    return [file for path in paths if (file := file_at(path)) is not None]


def _only(found: "list[Block] | None") -> Block | None:
    return found[0] if found and len(found) == 1 else None


def _callers(root: Path, wanted: Path) -> int:
    """How many blocks call the module in a folder, from a root and the modules below it."""
    calls, waiting, seen = 0, [root], set()
    while waiting:
        folder = waiting.pop()
        if folder in seen:
            continue
        seen.add(folder)
        for block in (block for blocks in folder_at(folder).modules.values() for block in blocks):
            inside = local_folder(folder, _text(block, "source"))
            if inside == wanted:
                calls += 1
            if inside is not None:
                waiting.append(inside)
    return calls


def _as_site(block: Block) -> Site:
    kind, *labels = block.labels
    alias = _text(block, "alias")
    expression = ".".join(labels) if kind == "resource" else labels[0] + (f".{alias}" if alias else "")
    properties = dict(block.attributes)
    for inner in block.blocks:
        name = inner.labels[0]
        before = properties.get(name)
        whole = inner.whole if before is None else Span(before.whole.start, inner.whole.end)
        properties[name] = Part(whole, whole)
    ends = [part.whole.end for part in properties.values()]
    return Site(
        file=block.file,
        kind=labels[0],
        name=labels[-1],
        statement=block.whole,
        call=block.whole,
        expression=expression,
        arguments=Items(block.open, block.close, (Span(block.open, max(ends, default=block.open)),)),
        holder=Items(block.open, block.close, tuple(part.whole for part in block.attributes.values())),
        properties=properties,
        options=_inner(block, "lifecycle"),
        options_items=next((Items(item.open, item.close, ()) for item in block.blocks if item.labels[0] == "lifecycle"), None),
        extra={f"dynamic {item.labels[-1]}": "" for item in block.blocks if item.labels[0] == "dynamic"},
    )


def _inner(block: Block, name: str) -> Mapping[str, Part]:
    return next((item.attributes for item in block.blocks if item.labels[0] == name), {})


def _text(block: Block, name: str) -> str:
    """An attribute's value where it is a plain string; else nothing."""
    part = block.attributes.get(name)
    said = block.file.text[slice(*part.value)] if part is not None else ""
    return said[1:-1].replace('\\"', '"') if _PLAIN.fullmatch(said) else ""


def prevents_destroy(folder: Path, kind: str, name: str) -> bool | None:
    """Whether the block of a Terraform type and name has `prevent_destroy`; None where that is not written out."""
    block = _only(folder_at(folder).resources.get((kind, name)) or [])
    if block is None:
        return None
    written = [item.attributes["prevent_destroy"] for item in block.blocks if "prevent_destroy" in item.attributes]
    said = {block.file.text[slice(*part.value)] for part in written}
    return False if not said else said == {"true"} if said <= {"true", "false"} else None


def computed_indexes(folder: Path, kind: str, name: str) -> frozenset[str] | None:
    """Attributes and blocks of a resource in which an index is computed from the resource's own key, and is not that key.

    None where the block is not there, or not once.
    """
    block = _only(folder_at(folder).resources.get((kind, name)) or [])
    return None if block is None else _computed_in(block)


def computed_arguments(folder: Path, name: str) -> frozenset[str] | None:
    """The same of the call of a module."""
    block = _only(folder_at(folder).modules.get(name)) if folder_at(folder).is_sound else None
    return None if block is None else _computed_in(block)


def _computed_in(block: Block) -> frozenset[str]:
    text = block.file.text
    written = [(name, part.value) for name, part in block.attributes.items()]
    written += [(item.labels[-1], item.whole) for item in block.blocks]
    return frozenset(name for name, span in written if is_computed(text[slice(*span)]))


def is_computed(text: str) -> bool:
    """Whether an index in an expression is computed from the key of an instance: whether it holds the key, and is more.

    >>> is_computed("a.b[count.index].id"), is_computed("[a.b[each.key].id, count.index + 1]"), is_computed("a.b[count.index + 1].id")
    (False, False, True)
    >>> is_computed("a.b[local.order[count.index]].id"), is_computed("[for x in var.y : x if a.b[each.value.name]]")
    (True, False)
    >>> is_computed("element(a.b[*].id, count.index)"), is_computed("element(a.b[*].id, count.index + 1)")
    (False, True)
    >>> is_computed("one([for key, x in a.b : x.id if key != each.key])"), is_computed("[for x in var.y : a.b[each.key].id]")
    (True, False)
    >>> is_computed("slice(a.b[*].id, count.index, count.index + 2)[0]"), is_computed("one([a.b[each.key].id, a.c[*].id])")
    (True, False)
    """
    if _ALL.search(text) and any(not _is_index(text, key) and not _LAST.match(text, key.end()) for key in _KEY.finditer(text)):
        return True
    if any(map(_is_otherwise_chosen, (text[match.start() :] for match in _CHOOSING.finditer(text)))):
        return True
    open_at: list[int | None] = []
    """Where the content of each bracket begins, of one that is an index; None of a list that is written out."""
    for match in _BRACKET_OR_KEY.finditer(text):
        if match[0] == "[":
            open_at.append(match.end() if _BEFORE_INDEX.match(text, match.start() - 1) else None)
        elif match[0] == "]":
            if open_at:
                open_at.pop()
        else:
            inside = [start for start in open_at if start is not None]
            if inside and (len(inside) > 1 or text[inside[0] : text.find("]", match.end())].strip() != match[0]):
                return True
    return False


def _is_otherwise_chosen(text: str) -> bool:
    """Whether a call of `element`, or a loop, that a text begins with goes by more than the key of an instance itself."""
    depth, last = 0, 0
    for place, sign in enumerate(text):
        if sign in _CLOSES:
            depth += 1
        elif sign in _CLOSES.values():
            depth -= 1
            if depth == 0:
                text = text[:place]
                break
        elif sign == "," and depth == 1:
            last = place + 1
    if text.startswith("element"):
        return any(match[0] != text[last:].strip() for match in _KEY.finditer(text, last))
    return any(not _is_index(text, match) for match in _KEY.finditer(text))


def _is_index(text: str, match: re.Match[str]) -> bool:
    """Whether a key is all that stands in the brackets of an index."""
    before, behind = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return before.endswith("[") and behind.startswith("]") and bool(_BEFORE_INDEX.match(before[-2:-1]))


@cache
def folder_at(folder: Path) -> Folder:
    """The blocks in the files of a folder that can be changed; those of `.tf.json` are none."""
    found = Folder()
    try:
        files = sorted(item for item in folder.iterdir() if item.name.endswith(TERRAFORM_SUFFIXES))
    except OSError:
        return found
    for path in files:
        stem = path.name.partition(".")[0]
        file = file_at(path)
        if stem == "override" or stem.endswith("_override") or path.name.endswith(".json") or file is None:
            found.is_sound = False
            continue
        for block in _blocks(file):
            kind, *labels = block.labels
            if kind == "resource" and len(labels) == 2:
                found.resources.setdefault((labels[0], labels[1]), []).append(block)
                by_hand = next((_text(item, "name") for item in block.blocks if item.labels[0] == "pulumi"), "")
                if by_hand:
                    found.by_hand.setdefault((labels[0], by_hand), []).append(block)
            elif kind == "module" and len(labels) == 1:
                found.modules.setdefault(labels[0], []).append(block)
            elif kind == "provider" and labels == ["alicloud"]:
                alias = block.attributes.get("alias")
                if alias is None or _text(block, "alias"):
                    found.providers.setdefault(_text(block, "alias"), []).append(block)
    if not found.is_sound:  # another file may change any of them
        found.resources.clear()
        found.by_hand.clear()
    return found


def _blocks(file: File) -> Iterator[Block]:
    root = tree(".tf", mended(file.text))
    if root is None:
        return
    sound = first_error(root)
    for node in _inside(root, "block"):
        if node.end_byte > sound:
            return
        yield _block(file, node)


def _inside(node: Any, kind: str) -> Iterator[Any]:
    return (child for body in node.children if body.type == "body" for child in body.children if child.type == kind)


def _block(file: File, node: Any) -> Block:
    labels = []
    opened = closed = 0
    for child in node.children:
        if child.type in ("identifier", "string_lit") and not opened:
            labels.append(file.of(child).strip('"'))
        elif child.type == "block_start":
            opened = file.span(child).end
        elif child.type == "block_end":
            closed = file.span(child).start
    attributes = {}
    for item in _inside(node, "attribute"):
        value = item.children[-1]
        attributes[file.of(item.children[0])] = Part(file.span(item), file.span(value), _members(file, value))
    return Block(
        file,
        file.span(node),
        tuple(labels),
        attributes,
        tuple(_block(file, item) for item in _inside(node, "block")),
        opened,
        closed,
    )


def _members(file: File, node: Any) -> Items | None:
    """The members of a list that is written out."""
    while node.type in ("expression", "collection_value") and node.named_child_count == 1:
        node = node.named_children[0]
    if node.type != "tuple":
        return None
    start, end = file.span(node)
    return Items(start + 1, end - 1, tuple(file.span(child) for child in node.named_children if child.type == "expression"))


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    folder_at.cache_clear()
