"""Who follows CONTRIBUTING.md has a rule that works, in every place where a rule shows."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.docs.blocks import ROOT, blocks_of

PAGE = ROOT / "CONTRIBUTING.md"
COPIED = ("cenguard", "scripts", "docs", "tests", "pyproject.toml")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "recordings", "images")
BEFORE = {
    "cenguard/rules/__init__.py": (
        ("    lost_connectivity,\n", "    long_prepaid_package,\n    lost_connectivity,\n"),
        ("    forbidden_connection.RULE,\n", "    long_prepaid_package.RULE,\n    forbidden_connection.RULE,\n"),
    ),
    "tests/rules/test_collection.py": (
        ('    "CEN501": (', '    "CEN499": ("long-prepaid-package", "C", "advisory"),\n    "CEN501": ('),
    ),
}
"""What step 4 says in words: the text that is there, and what it becomes."""
QUICK = (
    "catalogue or order_of_codes or CEN499-heading or one_file or every_heading or pages_are_current or about_nothing or unknowns"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    folder = tmp_path_factory.mktemp("checkout")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=LEFT_OUT)
        else:
            shutil.copy(ROOT / name, folder / name)
    for block in blocks_of(PAGE):
        for name in block.marked("file"):
            (folder / name).write_text(block.text, "utf-8")
    for name, changes in BEFORE.items():
        text = (folder / name).read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{name} has changed: {old!r}"
            text = text.replace(old, new)
        (folder / name).write_text(text, "utf-8")
    return folder


def python(checkout, *arguments):
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(checkout)},
    )
    assert done.returncode in (0, 1), done.stderr
    return done


def test_the_rule_is_formatted_linted_and_tested(checkout):
    files = ("cenguard/rules/money/long_prepaid_package.py", "tests/rules/money/test_long_prepaid_package.py")

    assert python(checkout, "-m", "ruff", "format", "--check", *files).returncode == 0
    assert python(checkout, "-m", "ruff", "check", *files).stdout == "All checks passed!\n"
    done = python(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", files[1])
    assert done.returncode == 0, done.stdout
    assert done.stdout.startswith("."), done.stdout


def test_its_pages_and_the_contract_of_the_collection(checkout):
    python(checkout, "scripts/rule-pages")
    schema = json.loads(python(checkout, "-m", "cenguard.settings.schema").stdout)
    done = python(checkout, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/rules/test_collection.py", "-k", QUICK)

    assert (checkout / "docs" / "rules" / "CEN499.md").read_text("utf-8").startswith("# CEN499 long-prepaid-package\n")
    assert "long-prepaid-package" in schema["properties"]["rules"]["properties"]
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("heading", "codes"), [("Example", ["CEN499"]), ("Instead", [])])
def test_its_programs_do_what_the_page_says(checkout, tmp_path, heading, codes):
    probe = (
        "from cenguard.rules import RULES; from cenguard.rules.page import program; "
        f"print(program(next(rule for rule in RULES if rule.code == 'CEN499'), {heading!r}))"
    )
    (tmp_path / "Pulumi.yaml").write_text("name: page\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(python(checkout, "-c", probe).stdout)
    done = python(checkout, "-m", "cenguard", "check", tmp_path, "--format", "json", "--select", "CEN499,CEN2")

    assert [item["rule"] for item in json.loads(done.stdout)["findings"]] == codes
