"""The pages of the reference that are made from the code while the site is built, so that none can grow stale."""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from cenguard.commands.cli import main
from cenguard.geography.catalogue import Catalogue, editions, load
from cenguard.reports.areas import markdown_rows as area_rows
from cenguard.rules import RULES
from cenguard.settings.rule_tables import own_options
from cenguard.settings.schema import json_like, option_schema

ROOT = Path(__file__).resolve().parents[2]
REPORT_SCHEMA = ROOT / "docs" / "report.schema.json"


def pages() -> dict[str, str]:
    """Every generated page: its place in the site, and its Markdown."""
    return {
        "reference/command.md": command_page(),
        "reference/options.md": options_page(),
        "reference/report.md": report_page(json.loads(REPORT_SCHEMA.read_text("utf-8"))),
        "reference/areas.md": areas_page(),
        **{f"reference/python/{name}.md": text for name, text in python_pages()},
    }


# The command


def command_page() -> str:
    """Every command with its own help, its arguments and its options."""
    assert isinstance(main, click.Group)
    top = click.Context(main, info_name="cenguard")
    lines = ["# The command", "", "What `cenguard COMMAND --help` prints, as tables.", ""]
    lines += ["```text", main.get_help(top), "```", ""]
    for name in main.list_commands(top):
        command = main.get_command(top, name)
        assert command is not None
        context = click.Context(command, info_name=name, parent=top)
        lines += [f"## {name}", "", f"`{command.get_usage(context).removeprefix('Usage: ')}`", ""]
        lines += [*_help_lines(command.help or ""), ""]
        lines += _options(command, context)
    return "\n".join(lines).rstrip() + "\n"


def _help_lines(text: str) -> Iterator[str]:
    r"""Paragraphs flow; those that a backspace character begins keep their lines."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        lines = [line for line in paragraph.splitlines() if line.strip()]
        if lines and lines[0].strip() == "\b":
            yield from ("```text", *lines[1:], "```")
        else:
            yield " ".join(line.strip() for line in lines)


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    rows = [record for parameter in command.get_params(context) if (record := parameter.get_help_record(context)) is not None]
    yield from ("| option | |", "| --- | --- |")
    for names, about in rows:
        yield f"| `{_cell(names)}` | {_cell(about)} |"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


# Settings


def options_page() -> str:
    """The options that rules have beside their level."""
    lines = [
        "# Options of rules",
        "",
        "Beside `level`, some rules can be told more: in [the settings](../settings.md) under `[rules.NAME]`, in a stack's",
        "configuration, and in the engine's policy configuration. The names are the same everywhere.",
        "",
    ]
    for rule in RULES:
        options = own_options(rule)
        if not options:
            continue
        lines += [f"## {rule.code} {rule.name}", "", f"{rule.title} [Its page](../rules/{rule.code}.md).", ""]
        lines += ["| option | | value | default |", "| --- | --- | --- | --- |"]
        for option in options:
            default = "-" if option.default is None else f"`{_cell(json.dumps(json_like(option.default)))}`"
            schema = {key: value for key, value in option_schema(option).items() if key != "description"}
            lines.append(f"| `{option.name}` | {_cell(option.about)} | {_cell(_shape(schema))} | {default} |")
        lines.append("")
    return "\n".join(lines)


# The JSON report


def report_page(schema: Mapping[str, Any]) -> str:
    """The JSON report, member by member."""
    lines = [
        "# The JSON report",
        "",
        f"{schema['description']} The schema is [`report.schema.json`](../report.schema.json), and a report names the version",
        "of the contract in `schema`: members may be added to it, none changes its meaning.",
        "",
        "```console",
        "$ cenguard check preview.json --format json > report.json",
        "```",
        "",
        "## The report",
        "",
        *_members(schema),
    ]
    for name, part in schema["properties"].items():
        item = part.get("items", part)
        if item.get("type") == "object":
            lines += [f"## {name}", ""]
            lines += [part["description"], ""] if "description" in part else []
            lines += _members(item)
    for name, part in schema["$defs"].items():
        if part.get("type") == "object":
            lines += [f"## A {name}", ""]
            lines += [part["description"], ""] if "description" in part else []
            lines += _members(part)
    return "\n".join(lines)


def _members(schema: Mapping[str, Any]) -> list[str]:
    rows = ["| member | value | |", "| --- | --- | --- |"]
    for name, part in schema["properties"].items():
        optional = "" if name in schema.get("required", ()) else "May be absent. "
        rows.append(f"| `{name}` | {_cell(_shape(part))} | {optional}{_cell(part.get('description', ''))} |")
    return [*rows, ""]


def _shape(part: Mapping[str, Any]) -> str:
    """What a value of a schema looks like, in words."""
    if "$ref" in part:
        name = part["$ref"].rsplit("/", 1)[-1]
        return {"pair": "two texts", "names": "list of texts", "finding": "[finding](#a-finding)"}.get(name, name)
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return ", ".join("null" if item is None else f"`{item}`" for item in part["enum"])
    for key in ("oneOf", "anyOf"):
        if key in part:
            return " or ".join(_shape(item) for item in part[key])
    kinds = part.get("type", "any")
    words = {"array": f"list of {_shape(part['items'])}" if "items" in part else "list", "object": _table_shape(part)}
    plain = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "null": "null"}
    return " or ".join(words.get(kind) or plain.get(kind, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _table_shape(part: Mapping[str, Any]) -> str:
    if "properties" in part:
        return "table: " + ", ".join(f"`{name}` ({_shape(item)})" for name, item in part["properties"].items())
    inner = part.get("additionalProperties")
    return f"table of {_shape(inner)}" if isinstance(inner, Mapping) and inner else "table"


# Areas


def areas_page() -> str:
    """Every edition of the area catalogue that ships."""
    lines = [
        "# Areas and regions",
        "",
        "The area catalogue says which region lies in which area. It is data with a date: `cenguard areas` prints it, the key",
        "`areas` of [the settings](../settings.md) chooses an edition or names a file whose rows replace rows of the same id, and",
        "the service's own answer is the API call `DescribeGeographicRegionMembership`.",
        "",
        "An area is certain when the service's documentation names it, or the provider's code does. What is only inferred makes",
        "a finding undetermined.",
        "",
    ]
    for edition in reversed(editions()):
        catalogue = load(edition)
        lines += [f"## Edition {edition}", "", f"The sources were read on {catalogue.retrieved}.", ""]
        lines += [f"- {source}" for source in catalogue.sources]
        lines += ["", *area_rows(catalogue), "", *region_table(catalogue), ""]
    return "\n".join(lines)


def region_table(catalogue: Catalogue) -> list[str]:
    """Every region with its place, its state, and how certain the row is."""
    rows = ["| region | | area | status | certainty |", "| --- | --- | --- | --- | --- |"]
    for row in catalogue.regions.values():
        area = f"`{row.area}`" if row.area else " or ".join(f"`{name}`" for name in row.candidates) or "not known"
        rows.append(f"| `{row.id}` | {row.title} | {area} | {row.status} | {row.certainty.value} |")
    return rows


# Python

GROUPS: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "check": (
        "Checking",
        "Reading sources, checking them, and what a report holds.",
        ("cenguard.judging.check", "cenguard.readers.sources", "cenguard.readers.program.reader", "cenguard.findings.report", "cenguard.errors"),
    ),
    "model": (
        "The network",
        "What a rule is given: what is declared, and what connects every pair of regions.",
        ("cenguard.network", "cenguard.network.connectivity", "cenguard.geography.areas", "cenguard.geography.regions", "cenguard.geography.bandwidth", "cenguard.geography.catalogue"),
    ),
    "rules": (
        "Rules and their tests",
        "What [rules of your own](../../custom-rules.md) are made of, and the kit that tests them.",
        ("cenguard.findings", "cenguard.rules.rule", "cenguard.rules.options", "cenguard.testing.world",
         "cenguard.testing.judging", "cenguard.testing.values", "cenguard.testing.changes"),
    ),
    "planning": (
        "Planning",
        "From what a network should be to what has to be bought and made, without creating anything.",
        ("cenguard.planning.intent", "cenguard.planning.planning", "cenguard.planning.plan"),
    ),
}  # fmt: skip


def python_pages() -> Iterator[tuple[str, str]]:
    """An index, and a page for each group of modules."""
    rows = [f"| [{title}]({name}.md) | {about} |".replace("../../", "../../") for name, (title, about, _) in GROUPS.items()]
    index = [
        "# Python",
        "",
        "What the command does can be done from a program: read, check, render. The components are on",
        "[pages of their own](../../components/cen-network.md).",
        "",
        "| | |",
        "| --- | --- |",
        *rows,
        "",
    ]
    yield "index", "\n".join(index)
    for name, (title, about, modules) in GROUPS.items():
        lines = [f"# {title}", "", about, ""]
        for module in modules:
            lines += _module(module)
        yield name, "\n".join(lines)


def _module(name: str) -> list[str]:
    path = ROOT / (name.replace(".", "/") + ".py")
    path = path if path.exists() else ROOT / name.replace(".", "/") / "__init__.py"
    tree = ast.parse(path.read_text("utf-8"))
    lines = [f"## {name}", "", *_docstring(tree), ""]
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            lines += _function(node, "###") if isinstance(node, ast.FunctionDef) else _class(node)
    return lines


def _function(node: ast.FunctionDef, heading: str, owner: str = "") -> list[str]:
    decorators = {ast.unparse(item) for item in node.decorator_list}
    shown = f"{owner}{node.name}"
    if decorators & {"property", "cached_property", "functools.cached_property"}:
        returns = f": {ast.unparse(node.returns)}" if node.returns else ""
        return [f"{heading} {shown}", "", "```python", f"{node.name}{returns}", "```", "", *_docstring(node), ""]
    return [f"{heading} {shown}", "", "```python", _signature(node), "```", "", *_docstring(node), ""]


def _signature(node: ast.FunctionDef) -> str:
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    line = f"{node.name}({ast.unparse(node.args)}){returns}"
    if len(line) <= 90:
        return line
    arguments = ast.unparse(node.args)
    parts = _split(arguments)
    return f"{node.name}(\n" + "".join(f"    {part},\n" for part in parts) + f"){returns}"


def _split(arguments: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for letter in arguments:
        depth += {"[": 1, "(": 1, "{": 1, "]": -1, ")": -1, "}": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append(current.strip())
            current = ""
        else:
            current += letter
    return [*parts, current.strip()]


def _class(node: ast.ClassDef) -> list[str]:
    bases = ", ".join(ast.unparse(base) for base in node.bases)
    lines = [f"### {node.name}", "", *([f"A `{bases}`.", ""] if bases else []), *_docstring(node), ""]
    rows = list(_attributes(node))
    if rows:
        lines += ["| attribute | type | |", "| --- | --- | --- |", *rows, ""]
    for item in node.body:
        if isinstance(item, ast.FunctionDef) and not item.name.startswith("_") and ast.get_docstring(item):
            lines += _function(item, "####", f"{node.name}.")
    return lines


def _attributes(node: ast.ClassDef) -> Iterator[str]:
    following = [*node.body[1:], ast.Pass()]
    for item, after in zip(node.body, following, strict=True):
        about = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and isinstance(after.value.value, str):
            about = after.value.value
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and not item.target.id.startswith("_"):
            yield f"| `{item.target.id}` | `{_cell(ast.unparse(item.annotation))}` | {_cell(about)} |"
        elif isinstance(item, ast.Assign) and isinstance(item.value, ast.Constant) and isinstance(item.targets[0], ast.Name):
            yield f"| `{item.targets[0].id}` | `{_cell(repr(item.value.value))}` | {_cell(about)} |"


def _docstring(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> Iterable[str]:
    """A docstring as Markdown: its indented blocks and doctests become code, its headings stand out."""
    text = ast.get_docstring(node) or ""
    for paragraph in text.split("\n\n"):
        lines = paragraph.splitlines()
        if not lines:
            continue
        if lines[0].startswith((">>> ", "    ")):
            yield from ("```python", *lines, "```", "")
        elif lines[0] in {"Raises:", "Args:", "Returns:", "Yields:"}:
            yield from (f"**{lines[0].rstrip(':')}**", "")
            yield from _entries(lines[1:])
            yield ""
        else:
            yield from (*lines, "")


def _entries(lines: Iterable[str]) -> Iterator[str]:
    entry = ""
    for line in lines:
        if line.startswith("        "):
            entry += " " + line.strip()
        else:
            if entry:
                yield entry
            name, _, about = line.strip().partition(": ")
            entry = f"- `{name}`: {about}"
    if entry:
        yield entry
