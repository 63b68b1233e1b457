"""What the package says of itself."""

import json
import re
import subprocess
import tomllib
from importlib import resources

import pytest
from packaging.requirements import Requirement

from tests.docs.blocks import PAGES, ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINS = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if "==" in line)


def key(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_it_is_typed_and_says_so():
    assert (resources.files("cenguard") / "py.typed").is_file()
    assert "Typing :: Typed" in PROJECT["classifiers"]


def test_the_oldest_python_is_a_classifier():
    assert f"Programming Language :: Python :: {PROJECT['requires-python'].removeprefix('>=')}" in PROJECT["classifiers"]


def test_no_address_is_named_that_nobody_owns():
    """Help is a command, or stands under the address that the settings name; a site knows its address from its build."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split()
    texts = [ROOT / name for name in listed if not name.startswith("tests/recordings/")]

    assert "urls" not in PROJECT
    assert [str(path) for path in texts if path.is_file() and b"cenguard." + b"dev" in path.read_bytes()] == []
    for schema in ("settings", "report"):
        assert "$id" not in json.loads((ROOT / "docs" / f"{schema}.schema.json").read_text("utf-8"))


@pytest.mark.parametrize("extra", sorted(PROJECT["optional-dependencies"]))
def test_what_an_extra_installs_is_pinned(extra):
    pinned = {key(name) for name in PINS}
    named = {key(re.split(r"[\[>=<~! ]", item)[0]) for item in PROJECT["optional-dependencies"][extra]}

    assert named - pinned - {"cenguard"} == set()


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE"])
def test_the_files_that_people_look_for_are_there(name):
    assert (ROOT / name).read_text("utf-8").strip()


PLACED = [
    (page.relative_to(ROOT).as_posix(), text.replace("ADDRESS", "git+https://example.org/cenguard"))
    for page in PAGES
    for text in re.findall(r"'(cenguard(?:\[[^\]]*\])? @ ADDRESS[^']*)'", page.read_text("utf-8"))
]


@pytest.mark.parametrize(("page", "text"), PLACED, ids=[f"{page}: {text}" for page, text in PLACED])
def test_what_a_reader_fills_an_address_into_is_a_requirement(page, text):
    """`uvx --from`, `pipx run --spec` and pip take the same: a name with extras that there are, and an address."""
    found = Requirement(text)

    assert found.url == "git+https://example.org/cenguard"
    assert found.extras <= set(PROJECT["optional-dependencies"])


def test_the_first_pages_have_such_lines():
    assert {"README.md", "docs/index.md", "docs/how-to/install.md"} <= {page for page, _ in PLACED}
