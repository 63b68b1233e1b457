"""Pages, consumers and examples of the components are what they say they are."""

import json
import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.sources.syntax import tree
from tests.components.conftest import run_program
from tests.components.test_agreement import records

ROOT = Path(__file__).resolve().parents[2]
WRITER = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "component-pages")))
MARK, PAGES = WRITER.MARK, WRITER.PAGES
CONSUMERS = ROOT / "examples" / "consumers"
DOCUMENT = WRITER.schema()
PROGRAMS = [
    pytest.param(program, id=f"{page.stem} {index}")
    for page in sorted(PAGES.glob("*.md"))
    for index, program in enumerate(re.findall(r"```python\n(.+?)```", page.read_text("utf-8"), re.DOTALL))
]


def test_the_committed_schema_is_current():
    assert WRITER.schema_text() == WRITER.SCHEMA.read_text("utf-8"), "stale: run scripts/component-pages"


@pytest.mark.parametrize("token", sorted(DOCUMENT["resources"]))
def test_a_page_is_current(token):
    page = (PAGES / WRITER.page_name(token)).read_text("utf-8")

    assert MARK + page.partition(MARK)[2] == WRITER.reference(token, DOCUMENT), "stale: run scripts/component-pages"
    assert page.startswith(f"# {token.rsplit(':', 1)[-1]}\n")


def test_there_are_six_worked_examples_with_a_picture_each():
    text = (PAGES / "worked-examples.md").read_text("utf-8")

    assert [text.count(mark) for mark in ("\n## ", "\n![", "```python\n")] == [6, 6, 6]


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_of_a_page_runs_and_passes_the_check(program):
    deployment = run_program(lambda: exec(compile(program, "page", "exec"), {}), preview=True)
    report = check([records(deployment)], Options())

    assert deployment.error is None
    assert deployment.custom()
    assert [finding.message for finding in report.findings if finding.level == "mandatory"] == []


def test_every_child_of_the_table_is_one_that_is_made():
    """The page's import table names types; a type that no component makes would be a recipe for nothing."""
    text = (PAGES / "cen-network.md").read_text("utf-8").partition(MARK)[0]
    source = "".join(path.read_text("utf-8") for path in (ROOT / "components" / "cenguard_components").glob("*.py"))
    named = set(re.findall(r"^\| `(?:cen|expressconnect)/(\w+)", text, re.MULTILINE))

    assert len(named) >= 8
    assert {name for name in named if f".{name[0].upper()}{name[1:]}(" not in source} == set()


def shape_problems(value, kind, path):
    """Where a value of a consumer does not fit the schema's type."""
    if "$ref" in kind:
        named = DOCUMENT["types"][kind["$ref"].removeprefix("#/types/")]
        unknown = [f"{path}.{key}: unknown" for key in value if key not in named["properties"]]
        missing = [f"{path}.{key}: missing" for key in named.get("required", []) if key not in value]
        inner = [
            problem
            for key, item in value.items()
            if key in named["properties"]
            for problem in shape_problems(item, named["properties"][key], f"{path}.{key}")
        ]
        return unknown + missing + inner
    expected = {"string": str, "integer": int, "boolean": bool, "object": dict, "array": list}[kind["type"]]
    if not isinstance(value, expected):
        return [f"{path}: {kind['type']} was expected"]
    if expected is dict:
        return [
            problem
            for key, item in value.items()
            for problem in shape_problems(item, kind["additionalProperties"], f"{path}.{key}")
        ]
    if expected is list:
        return [problem for item in value for problem in shape_problems(item, kind["items"], f"{path}[]")]
    return []


def network_problems(properties):
    resource = DOCUMENT["resources"]["alicloud-cen:index:CenNetwork"]
    wrong = [f"{key}: unknown" for key in properties if key not in resource["inputProperties"]]
    wrong += [f"{key}: missing" for key in resource["requiredInputs"] if key not in properties]
    return wrong + [
        problem
        for key, value in properties.items()
        if key in resource["inputProperties"]
        for problem in shape_problems(value, resource["inputProperties"][key], key)
    ]


def test_the_yaml_consumer_fits_the_schema():
    program = yaml.safe_load((CONSUMERS / "yaml" / "Pulumi.yaml").read_text("utf-8"))
    core = program["resources"]["core"]

    assert (CONSUMERS / "yaml" / program["packages"]["alicloud-cen"]).resolve() == ROOT / "components"
    assert core["type"] == "alicloud-cen:index:CenNetwork"
    assert network_problems(core["properties"]) == []


def test_the_typescript_consumer_fits_the_schema():
    """The literal of the constructor is JSON but for its bare keys and trailing commas."""
    text = (CONSUMERS / "typescript" / "index.ts").read_text("utf-8")
    literal = text[text.index("{\n", text.index("CenNetwork(")) : text.index("});") + 1]
    literal = re.sub(r"([{,]\s*)(\w+):", r'\1"\2":', literal)
    literal = re.sub(r",(\s*})", r"\1", literal)

    assert network_problems(json.loads(literal)) == []
    outputs = set(re.findall(r"network\.(\w+)", text))
    assert outputs
    assert outputs <= set(DOCUMENT["resources"]["alicloud-cen:index:CenNetwork"]["properties"])


def go_value(node):
    """A composite literal of Go as the schema has it: fields in camelCase, and keys of maps as they are."""
    if node.type in ("literal_element", "unary_expression"):
        return go_value(node.named_children[0])
    if node.type == "call_expression":  # pulumi.String("x"), pulumi.StringRef("x")
        return go_value(node.child_by_field_name("arguments").named_children[0])
    body = node.child_by_field_name("body") if node.type == "composite_literal" else node
    if body.type == "literal_value":  # in a map it needs no type
        return {
            go_key(key.named_children[0]): go_value(value) for key, value in (item.named_children for item in body.named_children)
        }
    return json.loads(node.text)


def go_key(node):
    text = node.text.decode()
    return json.loads(text) if text.startswith('"') else text[0].lower() + text[1:]


def test_the_go_consumer_fits_the_schema():
    text = (CONSUMERS / "go" / "main.go").read_text("utf-8")
    root = tree(".go", text)
    literal = next(
        node for node in walk(root) if node.type == "composite_literal" and node.text.startswith(b"alicloudcen.CenNetworkArgs")
    )

    assert not root.has_error
    assert network_problems(go_value(literal)) == []
    outputs = {name[0].lower() + name[1:] for name in re.findall(r"network\.(\w+)", text)}
    assert outputs
    assert outputs <= set(DOCUMENT["resources"]["alicloud-cen:index:CenNetwork"]["properties"])


def walk(node):
    yield node
    for child in node.children:
        yield from walk(child)


def test_the_checks_of_consumers_see_a_mistake():
    assert network_problems({"edition": "basic", "networks": {"a": {"regon": "x", "id": "y"}}, "protect": "no"}) == [
        "networks.a.regon: unknown",
        "networks.a.region: missing",
        "protect: boolean was expected",
    ]
