"""Resources in a Python program: the calls at the top of a module that make one resource each, and the names they get."""

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple, TypeGuard

from cenguard.sources.sites import BOUND, File, Items, Part, Site, Span, file_at

OPTIONS = "ResourceOptions"
_OPENING = {"(": ")", "[": "]", "{": "}"}
_LONE = re.compile(r"\r(?!\n)")
"""What ends a line for Python and for nothing else: its lines are not those that edits are told by."""
_READING = frozenset({"items", "values", "keys", "get"})
"""Methods of a dictionary that leave it as it is."""


class _Token(NamedTuple):
    kind: int
    text: str
    start: int
    end: int


class _Made(NamedTuple):
    """A call that makes one resource, and the statement that it is in."""

    statement: ast.Assign | ast.AnnAssign | ast.Expr
    call: ast.Call
    key: str | None
    """The key of a dictionary or a list that it is a member of; empty for one that is the statement's own value, None without a name."""


class Module:
    """What a Python file says at its top; calls are looked at when somebody asks for them."""

    def __init__(self, file: File, tree: ast.Module) -> None:
        """Take the file and its tree."""
        self.file = file
        self.tree = tree
        self._stores: dict[str, int] = {}
        self._names: set[str] = set()
        self._imports = [item for item in tree.body if isinstance(item, (ast.Import, ast.ImportFrom))]
        self._keys: dict[str, Counter[object] | None] = {}
        self._uses: dict[str, list[tuple[ast.Name, ast.AST, ast.AST | None]]] = {}
        self._read_names()
        self._made: dict[tuple[str, str], list[_Made]] = {}
        for statement in tree.body:
            if isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr)) and statement.value is not None:
                for made in _calls(statement, self._source):
                    self._made.setdefault((_last(made.call.func), _name(made.call)), []).append(made)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that the file binds or uses."""
        return frozenset(self._names)

    @cached_property
    def made(self) -> frozenset[tuple[str, str]]:
        """Class and name of what is made at the top of the file."""
        return frozenset(self._made)

    def site(self, line: int, kind: str, name: str) -> Site | None:
        """The call on a line that makes a resource of a class and name."""
        found = [item for item in self._made.get((kind, name), ()) if item.call.lineno <= line <= (item.call.end_lineno or line)]
        return _Call(self, found[0], self._expression(found[0])).site() if len(found) == 1 else None

    def start(self, node: ast.AST) -> int:
        """The offset of a node."""
        return self.file.at(node.lineno - 1, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        """The offset behind a node."""
        return self.file.at(node.end_lineno - 1, node.end_col_offset)  # type: ignore[attr-defined]

    def _source(self, node: ast.expr) -> str:
        return self.file.text[self.start(node) : self.end(node)]

    def _read_names(self) -> None:
        """Names at the top of the module: how often each is bound."""
        parents: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(self.tree):  # from the outside in
            if isinstance(node, ast.expr_context):
                continue  # one object for all names
            parents |= dict.fromkeys(ast.iter_child_nodes(node), node)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                self._uses.setdefault(node.id, []).append((node, parents[node], parents.get(parents[node])))
            if isinstance(node, ast.Name):
                self._names.add(node.id)
                if not isinstance(node.ctx, ast.Load):
                    self._stores[node.id] = self._stores.get(node.id, 0) + 1
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self._names.add(node.name)
                self._stores[node.name] = self._stores.get(node.name, 0) + 1
            elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping)):
                bound = node.rest if isinstance(node, ast.MatchMapping) else node.name
                if bound is not None:
                    self._names.add(bound)
                    self._stores[bound] = self._stores.get(bound, 0) + 1
            elif isinstance(node, ast.arg):
                self._names.add(node.arg)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    self._names.add(bound)
                    self._stores[bound] = self._stores.get(bound, 0) + 1

    def imports_above(self, offset: int) -> tuple[dict[str, str], int]:
        """What stands for a module or a name of one above a place, by its full name, and where a further import goes.

        That is `{"pulumi_alicloud.cen": "cen"}`. What is imported below the place is not there for it.
        """
        imports: dict[str, str] = {}
        last = 0

        def take(full: str, expression: str, bound: str) -> None:
            roots = {name.partition(".")[0] for name, said in imports.items() if said.partition(".")[0] == bound}
            if self._stores.get(bound, 0) == 1 or (roots == {full.partition(".")[0]} and "." in expression):
                imports.setdefault(full, expression)

        for statement in self._imports:
            if isinstance(statement, ast.Import) and self.start(statement) < offset:
                for alias in statement.names:
                    take(alias.name, alias.asname or alias.name, alias.asname or alias.name.partition(".")[0])
            elif (
                isinstance(statement, ast.ImportFrom)
                and statement.module
                and not statement.level
                and self.start(statement) < offset
            ):
                for alias in statement.names:
                    take(f"{statement.module}.{alias.name}", alias.asname or alias.name, alias.asname or alias.name)
            else:
                continue
            last = self.file.line_end(self.end(statement))
        line = self.file.line_start(offset)
        return imports, min(last, self.file.line_end(self.file.line_start(line - 1)) if line else 0)

    def _expression(self, made: _Made) -> str:
        """What the program calls a resource; empty where it has no certain name for it."""
        if made.key is None:
            return ""
        holder = self._target(made.statement)
        if not made.key:
            return holder
        return f"{holder}[{made.key}]" if holder and self._is_only_read(holder) else ""

    def _target(self, statement: ast.Assign | ast.AnnAssign | ast.Expr) -> str:
        """The plain name that a statement binds once and for all."""
        targets = _targets(statement)
        for target in targets:
            if isinstance(target, ast.Name) and self._stores.get(target.id) == 1:
                return target.id
        for target in targets:
            if (
                isinstance(target, ast.Subscript)
                and isinstance(target.value, ast.Name)
                and isinstance(target.slice, ast.Constant)
                and self._stores.get(target.value.id) == 1
                and self._is_only_read(target.value.id, besides=target)
            ):
                return self._source(target)
        return ""

    def _is_only_read(self, name: str, besides: ast.Subscript | None = None) -> bool:
        """Whether what a name holds stays as it was made: keys are looked up, and set as plain texts, each once."""
        keys: list[object] = []
        for node, parent, above in self._uses.get(name, ()):
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

    def is_alone(self, made: _Made) -> bool:
        """Whether a statement makes a resource and does nothing else, and has its lines for itself."""
        start, end = self.start(made.statement), self.end(made.statement)
        before = self.file.text[self.file.line_start(start) : start].strip()
        rest = self.file.text[end : self.file.line_end(end)].strip()
        return (
            made.call is made.statement.value
            and not before
            and (not rest or rest.startswith("#"))
            and all(isinstance(target, ast.Name) or self._is_lone_member(target) for target in _targets(made.statement))
        )

    def _is_lone_member(self, target: ast.expr) -> bool:
        """Whether nobody looks up a member of a dictionary: all that is done with that is to look up others, by plain keys."""
        if not (
            isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and isinstance(target.slice, ast.Constant)
        ):
            return False
        keys = self._lookups(target.value.id)
        return keys is not None and keys[target.slice.value] == 1

    def _lookups(self, holder: str) -> "Counter[object] | None":
        """How often each plain key of a dictionary is looked up or set; None where anything else is done with it."""
        if holder not in self._keys:
            parents = [parent for _, parent, _ in self._uses.get(holder, ())]
            slices = [parent.slice for parent in parents if isinstance(parent, ast.Subscript)]
            plain = [item.value for item in slices if isinstance(item, ast.Constant)]
            self._keys[holder] = Counter(plain) if len(plain) == len(parents) else None
        return self._keys[holder]


def _targets(statement: ast.Assign | ast.AnnAssign | ast.Expr) -> list[ast.expr]:
    """What a statement binds."""
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _calls(statement: ast.Assign | ast.AnnAssign | ast.Expr, source: Callable[[ast.expr], str]) -> Iterator[_Made]:
    """The calls of a statement that are made exactly once and have plain names."""
    value = statement.value
    if isinstance(value, ast.Call):
        if _name(value):
            yield _Made(statement, value, "")
    elif isinstance(value, (ast.List, ast.Tuple)):
        starred = any(isinstance(item, ast.Starred) for item in value.elts)
        for number, item in enumerate(value.elts):
            if isinstance(item, ast.Call) and _name(item):
                yield _Made(statement, item, None if starred else str(number))
    elif isinstance(value, ast.Dict):
        plain = [key.value if isinstance(key, ast.Constant) else None for key in value.keys]
        for key, item in zip(value.keys, value.values, strict=True):
            if isinstance(item, ast.Call) and _name(item):
                once = isinstance(key, ast.Constant) and plain.count(key.value) == 1 and None not in value.keys
                yield _Made(statement, item, source(key) if once and key is not None else None)


def _name(call: ast.Call) -> str:
    """The name that a call gives its resource, where it is written out."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


class _Call:
    """One call, token by token: a tree knows nothing of brackets around a value."""

    def __init__(self, module: Module, made: _Made, expression: str) -> None:
        self.module, self.file = module, module.file
        self.made, self.expression = made, expression
        self.tokens = _tokens(self.file.text[module.start(made.call) : module.end(made.call)], module.start(made.call))
        self.index = {token.start: number for number, token in enumerate(self.tokens)}

    def site(self) -> Site | None:
        """The place of the call, with its arguments and options."""
        call, statement = self.made.call, self.made.statement
        arguments = self._brackets(self.module.end(call.func), "(")
        if arguments is None:
            return None
        parts = self._parts(call, arguments)
        given = {item.arg: item.value for item in call.keywords}
        shape, whole = given.get("opts"), given.get("args")
        holder, properties = arguments, parts
        is_open = None in given
        for number, item in enumerate(call.args[1:], 1):
            if isinstance(item, ast.Call) and _last(item.func) == OPTIONS and shape is None:
                shape = item
                parts["opts"] = Part(arguments.spans[number], arguments.spans[number])
            elif number == 1 and _is_whole(item):
                whole = item
            else:
                is_open = True
        if _is_whole(whole) and (inner := self._brackets(self.module.end(whole.func), "(")) is not None:
            holder, properties = inner, self._parts(whole, inner)  # beside it the SDK takes no argument by its name
            is_open = is_open or any(word.arg is None for word in whole.keywords)
        elif whole is not None:
            is_open = True
        options_items, options = self._options(shape)
        return Site(
            file=self.file,
            kind=self.file.text[self.module.start(call.func) : self.module.end(call.func)],
            name=_name(call),
            statement=Span(self.module.start(statement), self.module.end(statement)),
            call=Span(self.module.start(call), self.module.end(call)),
            expression=self.expression,
            arguments=arguments,
            holder=holder,
            properties={name: part for name, part in properties.items() if name != "opts"},
            is_open=is_open,
            options=options,
            options_items=options_items,
            options_part=parts.get("opts"),
            extra={BOUND: " ".join(target.id for target in _targets(statement) if isinstance(target, ast.Name))},
            is_alone=self.module.is_alone(self.made),
        )

    def _options(self, shape: ast.expr | None) -> tuple[Items | None, dict[str, Part]]:
        if not (isinstance(shape, ast.Call) and _last(shape.func) == OPTIONS and not shape.args):
            return None, {}
        if any(item.arg is None for item in shape.keywords):
            return None, {}
        items = self._brackets(self.module.end(shape.func), "(")
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
            start = self.module.start(keyword)
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


def _tokens(text: str, base: int) -> list[_Token]:
    """The tokens of a call, by their offsets in the file."""
    starts = [base]
    for row in text.split("\n"):
        starts.append(starts[-1] + len(row) + 1)
    idle = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE, tokenize.ENDMARKER)
    return [
        _Token(item.type, item.string, starts[item.start[0] - 1] + item.start[1], starts[item.end[0] - 1] + item.end[1])
        for item in tokenize.generate_tokens(io.StringIO(text, newline="").readline)
        if item.type not in idle
    ]


def _is_whole(node: ast.expr | None) -> TypeGuard[ast.Call]:
    """Whether it is all arguments of a resource as one thing: `alicloud.cen.BandwidthLimitArgs(…)`."""
    return isinstance(node, ast.Call) and _last(node.func).endswith("Args")


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


@cache
def module_at(path: Path) -> Module | None:
    """A Python file read; None where it is none."""
    file = file_at(path)
    if file is None or _LONE.search(file.text):
        return None
    try:
        return Module(file, ast.parse(file.text))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def site_at(path: Path, line: int, kind: str, name: str) -> Site | None:
    """The call on a line that makes a resource; `kind` is the last part of its class's name."""
    module = module_at(path)
    try:
        return module.site(line, kind, name) if module is not None else None
    except (tokenize.TokenError, SyntaxError):
        return None


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    module_at.cache_clear()
