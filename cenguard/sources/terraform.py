"""Blocks of Terraform's language (`.tf`, `.tf.json`): where a resource of a configuration is written."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

import msgspec

from cenguard.sources.project import TERRAFORM_SUFFIXES, text_of
from cenguard.sources.syntax import tree
from cenguard.sources.yaml_keys import Place, composed, line_of, pairs
from cenguard.text.boundary import holds

NONE: Mapping[str, str] = MappingProxyType({})
One = TypeVar("One")
LOCAL = ("./", "../")
"""How the source of a module begins that is a folder of the same repository."""
_EXPONENT = re.compile(r"(?<![\w.\"])\d+[eE][-+]?\d+(?![\w.])", re.ASCII)
_STEP = re.compile(r'([^.\[\]"]+)(\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)')
"""One name of an address, with the key of its instance: `span["eu"]`, `net[0]`."""


class Call(NamedTuple):
    """A `module` block."""

    place: Place
    source: str
    """Where the module comes from; empty where that is no plain string."""


class Blocks(msgspec.Struct):
    """What the files of one folder declare."""

    resources: dict[tuple[str, str], list[Place]] = {}
    """By type and name, of a data source `data.TYPE`; more than one only where files contradict each other."""
    named: dict[tuple[str, str], list[Place]] = {}
    """By type and the name that a resource is given for Pulumi alone (`pulumi { name = "…" }`)."""
    modules: dict[str, list[Call]] = {}

    def resource(self, kind: str, name: str) -> Place | None:
        """The block of a resource, where there is exactly one."""
        return _single(self.resources.get((kind, name)))

    def by_hand(self, kind: str, name: str) -> Place | None:
        """The block of a resource with a name of its own."""
        return _single(self.named.get((kind, name)))

    def module(self, name: str) -> Call | None:
        """The call of a module, where there is exactly one."""
        return _single(self.modules.get(name))


def _single(found: list[One] | None) -> One | None:
    return found[0] if found and len(found) == 1 else None


def steps(address: str) -> tuple[str, ...]:
    """The names of an address, without the keys of instances; empty for what is none.

    >>> steps('module.span["a.b"].alicloud_cen_bandwidth_limit.pair[0]')
    ('module', 'span', 'alicloud_cen_bandwidth_limit', 'pair')
    >>> steps('pipe["quote\\\\"inside"].main'), steps('net["x')
    (('pipe', 'main'), ())
    """
    return tuple(name for name, _ in keyed_steps(address))


def keyed_steps(address: str) -> tuple[tuple[str, str], ...]:
    """The names of an address, each with the key of its instance as it is written, or nothing; empty for what is no address.

    >>> keyed_steps('span["eu"].pair[0]'), keyed_steps("pair")
    ((('span', '["eu"]'), ('pair', '[0]')), (('pair', ''),))
    """
    names: list[tuple[str, str]] = []
    position = 0
    while position < len(address):
        match = _STEP.match(address, position)
        if match is None:
            return ()
        names.append((match.group(1), match.group(2) or ""))
        position = match.end()
    return tuple(names)


def in_address(folder: Path, address: str, *, skip: int = 0, sources: Mapping[str, str] = NONE) -> Place | None:
    """The block of a resource, by its address in Terraform; the first `skip` modules are not of this folder's making."""
    here = blocks_of(folder)
    if not (here.resources or here.modules):
        return None
    modules: list[str] = []
    names = list(steps(address))
    while len(names) > 3 and names[0] == "module":
        modules.append(names[1])
        del names[:2]
    if len(names) == 3 and names[0] == "data":
        names[:2] = [f"data.{names[1]}"]
    if len(names) != 2:
        return None
    return in_modules(folder, tuple(modules[skip:]), names[0], names[1], sources)


def in_modules(folder: Path, modules: tuple[str, ...], kind: str, name: str, sources: Mapping[str, str] = NONE) -> Place | None:
    """The block of a resource, by the names of the modules around it, its type and its name.

    Where a module comes from elsewhere, the block that calls it. `sources` say where modules come from, by their names from
    the root; a source that is no plain string is looked up there.
    """
    for depth, module in enumerate(modules, 1):
        call = blocks_of(folder).module(module)
        if call is None:
            return None
        inside = local_folder(folder, call.source or sources.get(".".join(modules[:depth]), ""))
        if inside is None:
            return call.place
        folder = inside
    return blocks_of(folder).resource(kind, name)


def call_in_modules(folder: Path, modules: tuple[str, ...]) -> Place | None:
    """The block that calls a module, by its name and those of the modules around it."""
    place: Place | None = None
    for module in modules:
        call = blocks_of(folder).module(module)
        if call is None:
            return None
        place = call.place
        inside = local_folder(folder, call.source)
        if inside is None:
            return place
        folder = inside
    return place


def in_constructed(folder: Path, kind: str, name: str) -> Place | None:
    """The block of a resource in a module that Pulumi made a component of: there the names of modules are joined by `-`."""
    blocks = blocks_of(folder)
    plain = steps(name)
    if len(plain) == 1 and (kind, plain[0]) in blocks.resources:
        return blocks.resource(kind, plain[0])
    for module in sorted(blocks.modules, key=len, reverse=True):
        rest = re.match(rf'{re.escape(module)}(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?-(.+)', name, re.DOTALL)
        call = blocks.module(module)
        if rest is not None and call is not None:
            inside = local_folder(folder, call.source)
            return call.place if inside is None else in_constructed(inside, kind, rest.group(1))
    return None


def local_folder(folder: Path, source: str) -> Path | None:
    """The folder of a module from the same repository; None for one from elsewhere."""
    return (folder / source).resolve() if source in (".", "..") or source.startswith(LOCAL) else None


@cache
def blocks_of(folder: Path) -> Blocks:
    """The blocks in the files of one folder."""
    blocks = Blocks()
    for file in files_of(folder):
        if overrides(file):
            continue  # it changes blocks that stand elsewhere
        text = text_of(file)
        if text is None:
            continue
        if file.name.endswith(".json"):
            _read_json(blocks, file, text)
        else:
            _read(blocks, file, text)
    return blocks


def files_of(folder: Path) -> list[Path]:
    """The files of Terraform's language in a folder, by name."""
    try:
        return sorted(item for item in (folder.iterdir() if holds(folder) else ()) if item.name.endswith(TERRAFORM_SUFFIXES))
    except OSError:
        return []


def overrides(file: Path) -> bool:
    """Whether a file changes what others say."""
    stem = file.name.partition(".")[0]
    return stem == "override" or stem.endswith("_override")


def _read(blocks: Blocks, file: Path, text: str) -> None:
    original = text.encode()
    root = tree(".tf", mended(text))
    if root is None:
        return
    sound = first_error(root)
    for block in blocks_in(root):
        if block.start_byte >= sound:
            break
        kind, *labels = labels_of(block, original)
        place = Place(file, block.start_point[0] + 1)
        if kind == "data" and len(labels) == 2:
            blocks.resources.setdefault((f"data.{labels[0]}", labels[1]), []).append(place)
        elif kind == "resource" and len(labels) == 2:
            blocks.resources.setdefault((labels[0], labels[1]), []).append(place)
            for inner in blocks_in(block):
                if labels_of(inner, original) == ["pulumi"] and (name := _string(inner, "name", original)):
                    blocks.named.setdefault((labels[0], name), []).append(place)
        elif kind == "module" and len(labels) == 1:
            blocks.modules.setdefault(labels[0], []).append(Call(place, _string(block, "source", original)))


def mended(text: str) -> str:
    """A text that the grammar reads: it breaks on `1e1`, and takes the exponent for the keyword of the next block."""
    return _EXPONENT.sub(lambda match: "1" * len(match.group()), text)


def first_error(node: Any) -> int:
    """The byte at which a tree stops being sound; behind it a block may be none."""
    while node.has_error:
        if node.is_error or node.is_missing:
            return int(node.start_byte)
        node = next(child for child in node.children if child.has_error or child.is_missing)
    return int(node.start_byte) if node.is_missing else int(node.end_byte) + 1


def _bodies(node: Any) -> Iterator[Any]:
    return (child for child in node.children if child.type == "body")


def blocks_in(node: Any) -> Iterator[Any]:
    """The blocks of a file, or of another block."""
    return (child for body in _bodies(node) for child in body.children if child.type == "block")


def labels_of(block: Any, text: bytes) -> list[str]:
    """The keyword of a block and its labels, with or without quotes."""
    found: list[str] = []
    for child in block.children:
        if child.type == "block_start":
            break
        if child.type in ("identifier", "string_lit"):
            found.append(text[child.start_byte : child.end_byte].decode().strip('"'))
    return found


def _string(block: Any, name: str, text: bytes) -> str:
    """An attribute's value where it is a plain string; else nothing."""
    for key, node in attributes_in(block, text):
        if key == name:
            value = text[node.start_byte : node.end_byte].decode()
            return value[1:-1].replace('\\"', '"') if re.fullmatch(r'"(?:[^"\\$%]|\\.)*"', value) else ""
    return ""


def attributes_in(block: Any, text: bytes) -> Iterator[tuple[str, Any]]:
    """The attributes of a block: their names and the nodes of their values."""
    for body in _bodies(block):
        for child in body.children:
            if child.type == "attribute" and child.children:
                yield text[child.children[0].start_byte : child.children[0].end_byte].decode(), child.children[-1]


def _read_json(blocks: Blocks, file: Path, text: str) -> None:
    root = composed(text.replace("\t", " "))  # JSON is YAML but for tabs, which stand between its values alone
    for key, value in pairs(root):
        for first, inner in pairs(value):
            if key.value in ("resource", "data"):
                kind = first.value if key.value == "resource" else f"data.{first.value}"
                for name, _ in pairs(inner):
                    blocks.resources.setdefault((kind, name.value), []).append(Place(file, line_of(name)))
            elif key.value == "module":
                source = next((item.value for word, item in pairs(inner) if word.value == "source" and item.id == "scalar"), "")
                call = Call(Place(file, line_of(first)), "" if "${" in source else source)
                blocks.modules.setdefault(first.value, []).append(call)


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    blocks_of.cache_clear()
