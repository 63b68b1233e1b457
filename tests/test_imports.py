"""What a command imports is what it needs: start-up is a budget, and a job that checks documents installs no Pulumi."""

import subprocess
import sys

import pytest

from tests.commands.test_cli import BAD, RECORDINGS, ROOT

PULUMI = ("pulumi", "grpc", "google.protobuf", "pulumi_alicloud")
HEAVY = (*PULUMI, "pydantic", "yaml", "rich", "cenguard_components")
SLOW = ("asyncio", "concurrent.futures", "multiprocessing", "http", "ssl", "email", "sqlite3", "unittest", "xml")
"""Of the standard library: each costs more than reading a small document."""


def imported(*arguments, setup=""):
    """Modules that are loaded when a command has ended."""
    probe = (
        f"import sys\n{setup}\nfrom cenguard.commands.cli import main\n"
        f"try:\n    main({[str(item) for item in arguments]!r})\nexcept SystemExit as ending:\n    assert ending.code != 2, ending.code\n"
        "sys.stderr.write(' '.join(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", BAD],
        ["check", BAD, "--format", "json"],
        ["check", RECORDINGS / "basic-create" / "plan.json", RECORDINGS / "basic-create" / "export.json"],
        ["check", RECORDINGS / "basic-create" / "export-after-up.json"],
        ["explain", BAD, "--from", "cn-beijing", "--to", "us-west-1"],
        ["needs", "cn-beijing", "us-west-1"],
        ["areas"],
        ["rules"],
        ["rules", "CEN201"],
    ],
    ids=lambda arguments: " ".join(getattr(item, "name", item) for item in arguments),
)
def test_a_command_without_a_program_loads_nothing_heavy(arguments):
    assert imported(*arguments).isdisjoint((*HEAVY, *SLOW))


def test_no_class_but_a_rule_is_compiled_when_a_document_is_checked():
    """A dataclass is compiled at each start, which costs ten times what a struct does; plugins make rules with `replace`."""
    probe = (
        "import sys\nfrom cenguard.commands.cli import main\n"
        f"try:\n    main(['check', {str(BAD)!r}, '--format', 'json'])\nexcept SystemExit as ending:\n    assert ending.code == 1\n"
        "found = {item.__name__ for name, module in [*sys.modules.items()] if name.startswith('cenguard') "
        "for item in vars(module).values() if isinstance(item, type) and '__dataclass_fields__' in vars(item)}\n"
        "sys.stderr.write(' '.join(sorted(found)))\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stderr.split() == ["Rule"]


def test_the_modules_are_named_as_python_names_them():
    """The test above could not fail if a name were misspelt."""
    probe = f"import sys, {', '.join(name for name in HEAVY if name != 'rich')}; sys.stdout.write(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, check=True)

    assert {*HEAVY} - {"rich"} <= set(done.stdout.split())


def test_documents_are_checked_where_pulumi_is_not_installed():
    block = (
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name in {PULUMI!r}:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
    )

    assert "cenguard.judging.check" in imported("check", BAD, setup=block)


def test_a_program_without_pulumi_is_told_what_to_install(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (tmp_path / "__main__.py").write_text("")
    # The child is the same interpreter without the environment's packages of Pulumi: a module of that name that fails.
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(
        "import sys\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'pulumi':\n"
        "            raise ModuleNotFoundError(\"No module named 'pulumi'\", name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "cenguard", "check", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{tmp_path / 'lib'}:{ROOT}"},
    )

    assert done.returncode == 2
    assert "pip install 'cenguard[pulumi]'" in done.stderr
    assert "Traceback" not in done.stderr
