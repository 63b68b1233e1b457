"""What a pipeline is told, on pages and in files, is what GitHub and GitLab understand."""

import importlib.machinery
import json
from importlib import resources

import jsonschema
import pytest
import yaml

from cenguard.commands import pipelines
from tests.docs.blocks import PAGES, ROOT, blocks_of

DOCUMENTS = [
    (block.name, yaml.safe_load(block.text))
    for page in PAGES
    for block in blocks_of(page)
    if block.language == "yaml" and block.page.stem in ("ci", "github", "gitlab", "any-language", "terragrunt")
]


def problems(document, name):
    """What the schema of a system, as its own editors use it, says of a document."""
    file = resources.files("check_jsonschema") / "builtin_schemas" / "vendor" / f"{name}.json"
    schema = json.loads(file.read_text("utf-8"))
    return [
        f"{error.json_path}: {error.message}"
        for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(document)
    ]


def workflow(document):
    """A whole workflow around what a page shows of one; `on` is a yes to YAML 1.1."""
    if "jobs" in document:
        return {("on" if key is True else key): value for key, value in document.items()}
    top = {key: value for key, value in document.items() if key != "steps"}
    return {"on": "pull_request", **top, "jobs": {"cenguard": {"runs-on": "ubuntu-latest", "steps": document["steps"]}}}


@pytest.mark.parametrize(("name", "document"), DOCUMENTS, ids=[name for name, _ in DOCUMENTS])
def test_a_snippet_of_a_page(name, document):
    if "steps" in document or True in document:  # `on` is a yes to YAML 1.1
        assert problems(workflow(document), "github-workflows") == []
    else:
        assert problems(document, "gitlab-ci") == []


def test_there_are_snippets_of_both():
    assert {"steps" in document for _, document in DOCUMENTS} == {True, False}


@pytest.mark.parametrize(("system", "name"), [("github", "github-workflows"), ("gitlab", "gitlab-ci")])
def test_a_file_of_init(system, name):
    render = pipelines.github if system == "github" else pipelines.gitlab
    document = yaml.safe_load(render([pipelines.PLACEHOLDER], ROOT, None))

    assert problems(workflow(document) if system == "github" else document, name) == []


def test_the_action_and_the_template_have_the_steps_of_init():
    path = ROOT / "scripts" / "ci-files"
    module = importlib.machinery.SourceFileLoader("ci_files", str(path)).load_module()

    for name, text in module.ci_files().items():
        assert (ROOT / name).read_text("utf-8") == text, "run .venv/bin/python scripts/ci-files"


def test_the_action():
    assert problems(yaml.safe_load((ROOT / "action.yml").read_text("utf-8")), "github-actions") == []


def test_an_input_that_a_page_shows_is_one_of_the_action():
    inputs = set(yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"])
    used = [
        step["with"]
        for _, document in DOCUMENTS
        for step in document.get("steps", [])
        if step.get("uses", "").startswith("OWNER/cenguard")
    ]

    assert used
    assert {name for given in used for name in given} <= inputs
    page = (ROOT / "docs" / "how-to" / "github.md").read_text("utf-8")
    assert {name for name in inputs if f"| `{name}` |" not in page} == {"token"}


def test_an_input_that_a_page_gives_is_one_of_the_component():
    spec, _ = yaml.safe_load_all((ROOT / "templates" / "check.yml").read_text("utf-8"))
    used = [item["inputs"] for _, document in DOCUMENTS for item in document.get("include", []) if "inputs" in item]

    assert used
    assert {name for given in used for name in given} <= set(spec["spec"]["inputs"])


def test_a_wrong_one_is_seen():
    assert problems(workflow({"steps": [{"runs": "x"}]}), "github-workflows")
