"""Resources in a Python program: the calls at the top of a module that make one resource each, and the names they get."""

import ast
import io
import tokenize
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cenguard.sources.sites import File, Items, Part, Site, Span, file_at

OPTIONS = "ResourceOptions"
_OPENING = {"(": ")", "[": "]", "{": "}"}
_READING = frozenset({"items", "values", "keys", "get"})
"""Methods of a dictionary that leave it as it is."""


class Module(NamedTuple):
    """What a Python file says at its top."""

    file: File
    sites: Mapping[int, tuple[Site, ...]]
    """By every line that a call covers, from 1."""
    imports: Mapping[str, str]
    """What stands for a module or a name of one, by its full name: `{"pulumi_alicloud.cen": "cen"}`."""
    names: frozenset[str]
    """Every name that the file binds or uses."""
    last_import: int
    """Where a further import goes."""


class _Token(NamedTuple):
    kind: int
    text: str
    start: int
    end: int


@cache
def module_at(path: Path) -> Module | None:
    """A Python file read; None where it is none."""
    file = file_at(path)
    if file is None:
        return None
    try:
        tree = ast.parse(file.text)
        tokens = [
            _Token(
                item.type,
                item.string,
                _offset(file, item.start),
                _offset(file, item.end),
            )
            for item in tokenize.generate_tokens(io.StringIO(file.text, newline="").readline)
            if item.type not in (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
        ]
    except (SyntaxError, ValueError, RecursionError, MemoryError, tokenize.TokenError):
        return None
    return _Reader(file, tree, tokens).module()


def site_at(path: Path, line: int, kind: str, name: str) -> Site | None:
    """The call on a line that makes a resource; `kind` is the last part of its class's name."""
    module = module_at(path)
    if module is None:
        return None
    found = [item for item in module.sites.get(line, ()) if item.name == name and item.kind.rpartition(".")[2] == kind]
    return found[0] if len(found) == 1 else None


def _offset(file: File, place: tuple[int, int]) -> int:
    """The offset of a place of the tokenizer, which counts characters."""
    return min(file.at(min(place[0] - 1, file.row(len(file.text))), 0) + place[1], len(file.text))


class _Reader:
    def __init__(self, file: File, tree: ast.Module, tokens: list[_Token]) -> None:
        self.file = file
        self.tree = tree
        self.tokens = tokens
        self.index = {token.start: number for number, token in enumerate(tokens)}
        self.stores: dict[str, int] = {}
        self.names: set[str] = set()
        self.imports: dict[str, str] = {}
        self.last_import = 0
        self.uses: dict[str, list[tuple[ast.Name, ast.AST, ast.AST | None]]] = {}

    def module(self) -> Module:
        self._names()
        sites: dict[int, list[Site]] = {}
        for statement in self.tree.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr)) and statement.value is not None:
                for call, expression, alone in self._calls(statement):
                    site = self._site(statement, call, expression, alone=alone)
                    if site is not None:
                        for line in range(call.lineno, (call.end_lineno or call.lineno) + 1):
                            sites.setdefault(line, []).append(site)
        return Module(
            self.file,
            {line: tuple(found) for line, found in sites.items()},
            self.imports,
            frozenset(self.names),
            self.last_import,
        )

    def _names(self) -> None:
        """Names at the top of the module: how often each is bound, and what imports call what."""
        parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self.uses.setdefault(node.id, []).append((node, parents[node], parents.get(parents[node])))
            if isinstance(node, ast.Name):
                self.names.add(node.id)
                if not isinstance(node.ctx, ast.Load):
                    self.stores[node.id] = self.stores.get(node.id, 0) + 1
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.names.add(node.name)
                self.stores[node.name] = self.stores.get(node.name, 0) + 1
            elif isinstance(node, ast.arg):
                self.names.add(node.arg)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    self.names.add(bound)
                    self.stores[bound] = self.stores.get(bound, 0) + 1
        for statement in self.tree.body:
            if isinstance(statement, ast.Import):
                for alias in statement.names:
                    self._import(alias.name, alias.asname or alias.name, alias.asname or alias.name.partition(".")[0])
            elif isinstance(statement, ast.ImportFrom) and not statement.level and statement.module:
                for alias in statement.names:
                    self._import(f"{statement.module}.{alias.name}", alias.asname or alias.name, alias.asname or alias.name)
            else:
                continue
            self.last_import = self.file.line_end(self._end(statement))

    def _import(self, full: str, expression: str, bound: str) -> None:
        roots = {name.partition(".")[0] for name, said in self.imports.items() if said.partition(".")[0] == bound}
        if self.stores.get(bound, 0) == 1 or (roots == {full.partition(".")[0]} and "." in expression):
            self.imports.setdefault(full, expression)

    def _end(self, node: ast.AST) -> int:
        return self.file.at(node.end_lineno - 1, node.end_col_offset)  # type: ignore[attr-defined]

    def _start(self, node: ast.AST) -> int:
        return self.file.at(node.lineno - 1, node.col_offset)  # type: ignore[attr-defined]

    def _calls(self, statement: ast.Assign | ast.AnnAssign | ast.Expr) -> Iterator[tuple[ast.Call, str, bool]]:
        """The calls of a statement that are made exactly once, each with the name that its result gets."""
        value = statement.value
        if isinstance(value, ast.Call):
            yield value, self._target(statement), True
        elif isinstance(value, (ast.Dict, ast.List, ast.Tuple)):
            holder = self._target(statement)
            certain = bool(holder) and self._is_only_read(holder)
            keys = value.keys if isinstance(value, ast.Dict) else [ast.Constant(number) for number in range(len(value.elts))]
            values = value.values if isinstance(value, ast.Dict) else value.elts
            starred = any(isinstance(item, ast.Starred) for item in values)
            for key, item in zip(keys, values, strict=True):
                if isinstance(item, ast.Call):
                    plain = certain and not starred and isinstance(key, ast.Constant)
                    yield item, f"{holder}[{self._source(key)}]" if plain and key is not None else "", False

    def _source(self, node: ast.expr) -> str:
        return self.file.text[self._start(node) : self._end(node)] if hasattr(node, "lineno") else ast.unparse(node)

    def _target(self, statement: ast.Assign | ast.AnnAssign | ast.Expr) -> str:
        """The plain name that a statement binds once and for all."""
        targets = (
            statement.targets
            if isinstance(statement, ast.Assign)
            else [statement.target]
            if isinstance(statement, ast.AnnAssign)
            else []
        )
        for target in targets:
            if isinstance(target, ast.Name) and self.stores.get(target.id) == 1:
                return target.id
        for target in targets:
            if (
                isinstance(target, ast.Subscript)
                and isinstance(target.value, ast.Name)
                and isinstance(target.slice, ast.Constant)
                and self.stores.get(target.value.id) == 1
                and self._is_only_read(target.value.id, besides=target)
            ):
                return self._source(target)
        return ""

    def _is_only_read(self, name: str, besides: ast.Subscript | None = None) -> bool:
        """Whether what a name holds stays as it was made: keys are looked up, and set as plain texts, each once."""
        keys: list[object] = []
        for node, parent, above in self.uses.get(name, ()):
            if isinstance(parent, ast.Subscript) and parent.value is node:
                if isinstance(parent.ctx, ast.Del):
                    return False
                if isinstance(parent.ctx, ast.Store):
                    if besides is None or not isinstance(parent.slice, ast.Constant):
                        return False
                    keys.append(parent.slice.value)
                continue
            if isinstance(parent, ast.Attribute) and parent.attr in _READING and isinstance(above, ast.Call):
                continue
            if not isinstance(parent, (ast.For, ast.comprehension, ast.Starred, ast.keyword)):
                return False
        return len(set(keys)) == len(keys)

    def _site(self, statement: ast.stmt, call: ast.Call, expression: str, *, alone: bool) -> Site | None:
        first = call.args[0] if call.args else None
        if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
            return None
        arguments = self._brackets(self._end(call.func), "(")
        if arguments is None:
            return None
        parts = self._parts(call, arguments)
        opts = next((item for item in call.keywords if item.arg == "opts"), None)
        shape = opts.value if opts is not None else None
        holder, properties = arguments, parts
        is_open = any(item.arg is None for item in call.keywords)
        for number, item in enumerate(call.args[1:], 1):
            if isinstance(item, ast.Call) and _last(item.func) == OPTIONS and shape is None:
                shape = item
                parts["opts"] = Part(arguments.spans[number], arguments.spans[number])
            elif isinstance(item, ast.Call) and _last(item.func).endswith("Args") and number == 1:
                inner = self._brackets(self._end(item.func), "(")
                if inner is None:
                    return None
                holder, properties = inner, self._parts(item, inner)
                is_open = any(word.arg is None for word in item.keywords)
            else:
                is_open = True
        options_items, options = self._options(shape)
        return Site(
            file=self.file,
            kind=self.file.text[self._start(call.func) : self._end(call.func)],
            name=first.value,
            statement=Span(self._start(statement), self._end(statement)),
            call=Span(self._start(call), self._end(call)),
            expression=expression,
            arguments=arguments,
            holder=holder,
            properties={name: part for name, part in properties.items() if name != "opts"},
            is_open=is_open,
            options=options,
            options_items=options_items,
            options_part=parts.get("opts"),
            is_alone=alone,
        )

    def _options(self, shape: ast.expr | None) -> tuple[Items | None, dict[str, Part]]:
        if not (isinstance(shape, ast.Call) and _last(shape.func) == OPTIONS and not shape.args):
            return None, {}
        if any(item.arg is None for item in shape.keywords):
            return None, {}
        items = self._brackets(self._end(shape.func), "(")
        return (None, {}) if items is None else (items, self._parts(shape, items))

    def _brackets(self, after: int, sign: str) -> Items | None:
        """What stands in the next brackets behind an offset, split at its commas."""
        number = next((self.index[place] for place in range(after, len(self.file.text)) if place in self.index), None)
        while number is not None and number < len(self.tokens) and self.tokens[number].text == ")" and sign == "(":
            number += 1  # a callee in brackets of its own
        if number is None or self.tokens[number].text != sign:
            return None
        opened = self.tokens[number].end
        depth, spans, start, end = 0, [], None, opened
        for token in self.tokens[number + 1 :]:
            if token.text in _OPENING and token.kind == tokenize.OP:
                depth += 1
            elif token.kind == tokenize.OP and token.text in _OPENING.values():
                if depth == 0:
                    if start is not None:
                        spans.append(Span(start, end))
                    return Items(opened, token.start, tuple(spans))
                depth -= 1
            if depth == 0 and token.kind == tokenize.OP and token.text == ",":
                if start is not None:
                    spans.append(Span(start, end))
                start = None
                continue
            start = token.start if start is None else start
            end = token.end
        return None

    def _parts(self, call: ast.Call, items: Items) -> dict[str, Part]:
        """The keywords of a call, each with its place."""
        parts: dict[str, Part] = {}
        for keyword in call.keywords:
            start = self._start(keyword)
            whole = next((span for span in items.spans if span.start == start), None)
            if keyword.arg is None or whole is None:
                continue
            number = self.index[start]
            value = Span(self.tokens[number + 2].start, whole.end)
            members = self._brackets(value.start, "[") if isinstance(keyword.value, ast.List) else None
            if members is not None and members.close + 1 != value.end:
                members = None
            parts[keyword.arg] = Part(whole, value, members)
        return parts


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    module_at.cache_clear()
