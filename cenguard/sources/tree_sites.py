"""Resources in programs in TypeScript and Go: the calls that make one resource each, and the names they get.

In TypeScript those at the top of a file count; in Go those in the function that `pulumi.Run` is given, which runs once.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cenguard.sources.sites import BOUND, File, Items, Part, Site, Span, file_at
from cenguard.sources.syntax import parsed, tree

_IMPORT_TS = re.compile(r"""^\s*import\s+(?:\*\s+as\s+(\w+)|(\w+))\s+from\s+["']([^"']+)["']""", re.MULTILINE)
_REQUIRE = re.compile(r"""^\s*(?:const|let|var)\s+(\w+)\s*=\s*require\(\s*["']([^"']+)["']\s*\)""", re.MULTILINE)
_IMPORT_GO = re.compile(r"""^\s*(?:import\s+)?(?:([\w.]+)\s+)?"([^"\n]+)"\s*(?://.*)?$""", re.MULTILINE)
_VERSION = re.compile(r"v\d+")
_NAMES = frozenset({"identifier", "package_identifier", "type_identifier", "shorthand_property_identifier_pattern"})


def site_at(path: Path, line: int, kind: str, name: str) -> Site | None:
    """The call on a line that makes a resource; `kind` is its class."""
    found = [
        site
        for site in _sites(path)
        if site.name == name and site.kind.rpartition(".")[2].removeprefix("New" if path.suffix == ".go" else "") == kind
        if _on(site, line)
    ]
    return found[0] if len(found) == 1 else None


def _on(site: Site, line: int) -> bool:
    return site.file.row(site.call.start) <= line - 1 <= site.file.row(site.call.end)


def made_in(path: Path) -> frozenset[tuple[str, str]]:
    """Classes and names of the resources that a file makes for certain."""
    prefix = "New" if path.suffix == ".go" else ""
    return frozenset((site.kind.rpartition(".")[2].removeprefix(prefix), site.name) for site in _sites(path))


@cache
def names_in(path: Path) -> tuple[frozenset[str], Mapping[str, str]]:
    """Every name of a file, and what it calls the packages that it imports, by their paths."""
    file = file_at(path)
    root = tree(path.suffix, file.text) if file is not None else None
    if file is None or root is None:
        return frozenset(), {}
    names = {file.of(node) for node in each_node(root) if node.type in _NAMES}
    imports: dict[str, str] = {}
    if path.suffix == ".go":
        imports = imports_of(file, root)
    else:
        imports = {match[3]: match[1] or match[2] for match in _IMPORT_TS.finditer(file.text)}
        imports |= {match[2]: match[1] for match in _REQUIRE.finditer(file.text)}
        for node in (node for node in each_node(root) if node.type == "import_statement"):
            source = node.child_by_field_name("source")
            for item in (item for item in each_node(node) if item.type == "import_specifier" and source is not None):
                name, alias = item.child_by_field_name("name"), item.child_by_field_name("alias")
                imports.setdefault(f"{file.of(source)[1:-1]}/{file.of(name)}", file.of(alias or name))
    return frozenset(names), imports


def imports_of(file: File, root: Any) -> dict[str, str]:
    """What a file in Go calls the packages that it imports, by their paths."""
    imports: dict[str, str] = {}
    for node in each_node(root):
        match = _IMPORT_GO.match(file.of(node)) if node.type == "import_spec" else None
        if match:
            parts = [part for part in match[2].split("/") if not _VERSION.fullmatch(part)]
            imports[match[2]] = match[1] or parts[-1]
    return imports


def each_node(node: Any) -> Iterator[Any]:
    """A node with everything in it."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        yield item
        waiting += item.children


@cache
def _sites(path: Path) -> tuple[Site, ...]:
    file = file_at(path)
    root = tree(path.suffix, file.text) if file is not None else None
    if file is None or root is None:
        return ()
    return tuple(_go(file, root) if path.suffix == ".go" else _typescript(file, root))


def bound_in(file: File, root: Any) -> dict[str, int]:
    """How often each name is bound in a file, in whatever place."""
    found: dict[str, int] = {}
    for node in each_node(root):
        targets: list[Any] = []
        match node.type:
            case "variable_declarator" | "function_declaration" | "class_declaration" | "parameter_declaration":
                targets = [node.child_by_field_name("name")]
            case "required_parameter" | "optional_parameter":
                targets = [node.child_by_field_name("pattern")]
            case "assignment_expression" | "augmented_assignment_expression" | "short_var_declaration" | "assignment_statement":
                targets = [node.child_by_field_name("left")]
            case "var_spec" | "const_spec" | "range_clause" | "for_in_statement":
                targets = [node.child_by_field_name("name") or node.child_by_field_name("left")]
        for target in filter(None, targets):
            for inner in [target, *target.named_children] if target.type == "expression_list" else [target]:
                if inner.type == "identifier":
                    found[file.of(inner)] = found.get(file.of(inner), 0) + 1
    return found


def _typescript(file: File, root: Any) -> Iterator[Site]:
    stores = bound_in(file, root)
    for statement in root.named_children:
        inner = statement
        if statement.type == "export_statement":
            inner = statement.child_by_field_name("declaration") or statement
        if inner.type in ("lexical_declaration", "variable_declaration"):
            declared = [child for child in inner.named_children if child.type == "variable_declarator"]
            for item in declared:
                value, name = item.child_by_field_name("value"), item.child_by_field_name("name")
                bound = file.of(name) if name is not None and name.type == "identifier" else ""
                said = bound if stores.get(bound) == 1 else ""
                if value is not None and value.type == "new_expression":
                    yield from _new(file, statement, value, said, bound, alone=len(declared) == 1)
                elif value is not None and value.type == "object" and said and _is_only_read(file, root, said):
                    for pair in value.named_children:
                        held = pair.child_by_field_name("value") if pair.type == "pair" else None
                        if held is not None and held.type == "new_expression":
                            key = pair.child_by_field_name("key")
                            access = f".{file.of(key)}" if key.type == "property_identifier" else f"[{file.of(key)}]"
                            yield from _new(
                                file,
                                statement,
                                held,
                                f"{said}{access}" if key.type in ("property_identifier", "string") else "",
                                alone=False,
                            )
        elif inner.type == "expression_statement" and inner.named_children and inner.named_children[0].type == "new_expression":
            yield from _new(file, statement, inner.named_children[0], "", alone=True)


def _is_only_read(file: File, root: Any, name: str) -> bool:
    """Whether what a name holds stays as it was made: its members are looked up, and nothing else is done with it."""
    for node in each_node(root):
        if node.type == "identifier" and file.of(node) == name and node.parent.type != "variable_declarator":
            parent = node.parent
            if parent.type not in ("member_expression", "subscript_expression"):
                return False
            above = parent.parent
            written = above.type in ("assignment_expression", "augmented_assignment_expression", "update_expression")
            if (written and above.child_by_field_name("left") in (parent, None)) or "delete" in [
                child.type for child in above.children
            ]:
                return False
    return True


def _new(file: File, statement: Any, node: Any, expression: str, bound: str = "", *, alone: bool) -> Iterator[Site]:
    """The site of a `new` with a plain name."""
    callee, brackets = node.child_by_field_name("constructor"), node.child_by_field_name("arguments")
    given = _given(brackets)
    if callee is None or not given or given[0].type != "string":
        return
    properties = given[1] if len(given) > 1 else None
    options = given[2] if len(given) > 2 else None
    parts, is_open = _pairs(file, properties)
    said, hides = _pairs(file, options)
    yield Site(
        file=file,
        kind=file.of(callee),
        name=file.of(given[0])[1:-1],
        statement=file.span(statement),
        call=file.span(node),
        expression=expression,
        arguments=_items(file, brackets),
        holder=_items(file, properties) if properties is not None and properties.type == "object" else None,
        properties=parts,
        is_open=is_open,
        options=said,
        options_items=_items(file, options) if options is not None and options.type == "object" and not hides else None,
        options_part=Part(file.span(options), file.span(options)) if options is not None else None,
        extra={"given": str(len(given)), BOUND: bound},
        is_alone=alone,
    )


def _given(brackets: Any) -> list[Any]:
    return [child for child in brackets.named_children if child.type != "comment"] if brackets is not None else []


def _items(file: File, node: Any) -> Items:
    start, end = file.span(node)
    return Items(start + 1, end - 1, tuple(file.span(child) for child in _given(node)))


def _pairs(file: File, node: Any) -> tuple[dict[str, Part], bool]:
    """The members of an object that is written out, and whether it may have others."""
    if node is None:
        return {}, False
    if node.type != "object":
        return {}, True
    parts: dict[str, Part] = {}
    is_open = False
    for child in _given(node):
        if child.type == "pair" and child.child_by_field_name("key").type != "computed_property_name":
            key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
            members = _items(file, value) if value.type == "array" else None
            parts[file.of(key).strip("\"'")] = Part(file.span(child), file.span(value), members)
        elif child.type == "shorthand_property_identifier":
            parts[file.of(child)] = Part(file.span(child), Span(0, 0))
        else:
            is_open = True
    return parts, is_open


def _go(file: File, root: Any) -> Iterator[Site]:
    """Sites in the function that `pulumi.Run` is given, which returns an error and nothing else."""
    stores = bound_in(file, root)
    for node in each_node(root):
        if node.type != "call_expression" or not file.of(node.child_by_field_name("function")).endswith(".Run"):
            continue
        for literal in _given(node.child_by_field_name("arguments")):
            result = literal.child_by_field_name("result") if literal.type == "func_literal" else None
            body = literal.child_by_field_name("body") if result is not None and file.of(result) == "error" else None
            for block in body.named_children if body is not None else ():
                if block.type == "statement_list":
                    yield from _statements(file, block, stores)


def _statements(file: File, block: Any, stores: Mapping[str, int]) -> Iterator[Site]:
    statements = [child for child in block.named_children if child.type != "comment"]
    for number, statement in enumerate(statements):
        calls = [child for child in _values(statement) if child.type == "call_expression"]
        if len(calls) != 1:
            continue
        following = statements[number + 1] if number + 1 < len(statements) else None
        target = statement.child_by_field_name("left")
        names = [file.of(child) for child in target.named_children] if target is not None else []
        if statement.type != "if_statement" and following is not None and _asks(file, following, names[-1:]):
            check, end = following, file.span(following).end
        else:
            check, end = statement, file.span(statement).end
        expression = names[0] if names and names[0] != "_" and stores.get(names[0]) == 1 else ""
        yield from _make(
            file,
            calls[0],
            Span(file.span(statement).start, end),
            expression if statement.type == "short_var_declaration" else "",
            names[0] if names and names[0] != "_" else "",
            alone=check.child_by_field_name("alternative") is None,
        )


def _asks(file: File, statement: Any, names: list[str]) -> bool:
    """Whether a statement asks for the error that the one above it has given."""
    condition = statement.child_by_field_name("condition") if statement.type == "if_statement" else None
    return condition is not None and any(node.type == "identifier" and file.of(node) in names for node in each_node(condition))


def _values(statement: Any) -> list[Any]:
    """The expressions that a statement assigns, also in the head of an `if`."""
    inner = statement.child_by_field_name("initializer") if statement.type == "if_statement" else statement
    right = inner.child_by_field_name("right") if inner is not None else None
    return list(right.named_children) if right is not None else []


def _make(file: File, call: Any, statement: Span, expression: str, bound: str, *, alone: bool) -> Iterator[Site]:
    callee, brackets = call.child_by_field_name("function"), call.child_by_field_name("arguments")
    given = _given(brackets)
    if callee.type != "selector_expression" or ".New" not in file.of(callee) or len(given) < 2:
        return
    if given[1].type != "interpreted_string_literal":
        return
    shape = given[2] if len(given) > 2 else None
    literal = shape.named_children[0] if shape is not None and shape.type == "unary_expression" and shape.named_children else None
    body = literal.child_by_field_name("body") if literal is not None and literal.type == "composite_literal" else None
    properties: dict[str, Part] = {}
    if body is not None and any(element.type != "keyed_element" for element in _given(body)):
        body = None  # values by their place: no field is named, and none can be added by its name
    for element in _given(body):
        if len(element.named_children) == 2:
            key, value = element.named_children
            properties[file.of(key)] = Part(file.span(element), file.span(value))
    yield Site(
        file=file,
        kind=file.of(callee),
        name=file.of(given[1])[1:-1],
        statement=statement,
        call=file.span(call),
        expression=expression,
        arguments=_items(file, brackets),
        holder=_items(file, body) if body is not None else None,
        properties=properties,
        is_open=body is None,
        options=dict(_go_options(file, given[3:])),
        extra={
            "context": file.of(given[0]),
            "nil": "" if shape is None or file.of(shape) != "nil" else str(file.span(shape).start),
            BOUND: bound,
        },
        is_alone=alone,
    )


def _go_options(file: File, given: list[Any]) -> Iterator[tuple[str, Part]]:
    """Options of a call, by the functions that make them: `DependsOn`, `Protect`, `Provider`."""
    for item in given:
        callee = item.child_by_field_name("function") if item.type == "call_expression" else None
        if callee is None:
            continue
        inner = _given(item.child_by_field_name("arguments"))
        body = inner[0].child_by_field_name("body") if len(inner) == 1 and inner[0].type == "composite_literal" else None
        members = _items(file, body) if body is not None else None
        yield (
            file.of(callee).rpartition(".")[2],
            Part(file.span(item), file.span(inner[0]) if inner else file.span(item), members),
        )


def refers(suffix: str, text: str, names: Collection[str]) -> bool:
    """Whether a program uses a name for anything but to declare it."""
    root = parsed(suffix, text)
    file = File(Path(), text)
    return root is None or any(
        node.type in ("identifier", "shorthand_property_identifier")
        and file.of(node) in names
        and not (node.parent.type == "variable_declarator" and node.parent.child_by_field_name("name") == node)
        for node in each_node(root)
    )


def takes(text: str, names: Collection[str], module: str) -> bool:
    """Whether another file of a program takes a name from a module, or may."""
    if re.search(rf"""["'][^"'\n]*{re.escape(module)}(?:\.[cm]?[jt]sx?)?["']""", text) is None:
        return False
    return re.search(r"export\s*\*", text) is not None or any(
        re.search(rf"(?<![\w$]){re.escape(name)}(?![\w$])", text) for name in names
    )


def forget() -> None:
    """Look at the files anew: they may have changed since the last report."""
    _sites.cache_clear()
    names_in.cache_clear()
