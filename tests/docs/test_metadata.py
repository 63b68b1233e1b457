"""What the package says of itself."""

import json
import re
import tomllib
from importlib import resources

import pytest

from cenguard.judging.tool_findings import HELP
from tests.docs.blocks import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line)


def key(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_is_typed_and_says_so():
    assert (resources.files("cenguard") / "py.typed").is_file()
    assert "Typing :: Typed" in PROJECT["classifiers"]


def test_the_oldest_python_is_a_classifier():
    assert f"Programming Language :: Python :: {PROJECT['requires-python'].removeprefix('>=')}" in PROJECT["classifiers"]


def test_addresses_lie_under_the_one_of_the_findings():
    base = HELP.removesuffix("rules/")

    assert set(PROJECT["urls"]) == {"Homepage", "Documentation", "Rules", "Changelog"}
    assert [url for url in PROJECT["urls"].values() if not url.startswith(base)] == []
    assert f"site_url: {base}\n" in (ROOT / "mkdocs.yml").read_text("utf-8")
    for schema in ("settings", "report"):
        assert json.loads((ROOT / "docs" / f"{schema}.schema.json").read_text("utf-8"))["$id"] == f"{base}{schema}.schema.json"


@pytest.mark.parametrize("extra", sorted(PROJECT["optional-dependencies"]))
def test_what_an_extra_installs_is_pinned(extra):
    pinned = {key(name) for name in PINS}
    named = {key(re.split(r"[\[>=<~! ]", item)[0]) for item in PROJECT["optional-dependencies"][extra]}

    assert named - pinned - {"cenguard"} == set()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"])
def test_the_files_that_people_look_for_are_there(name):
    assert (ROOT / name).read_text("utf-8").strip()
