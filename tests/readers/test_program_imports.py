"""Imports of a program that are not there."""

import sys
from pathlib import Path

import pytest

from cenguard.errors import ProgramFailed, UnreadableInput
from cenguard.readers.program.imports import pip_install
from cenguard.readers.program.reader import read_program

PROGRAMS = Path(__file__).parents[1] / "programs"

PROGRAMS = Path(__file__).parents[1] / "programs"
NETWORK = "alicloud:vpc/network:Network"

pytest.importorskip("pulumi_alicloud")


def read(folder, *, stack=None, config=None, outputs=None):
    return read_program(folder, stack=stack, config=config or {}, stack_outputs=outputs or {})


def by_name(records):
    return {resource.name: resource for resource in records.resources}


@pytest.fixture
def run(tmp_path):
    """Runs a program given as text."""

    def run_text(program, *, project="name: net\nruntime: python\n", **options):
        (tmp_path / "Pulumi.yaml").write_text(project)
        (tmp_path / "__main__.py").write_text(program)
        return read(tmp_path, **options)

    return run_text


def failed_import(run, program, **options):
    with pytest.raises(ProgramFailed) as failed:
        run(program, **options)
    assert "\n" not in failed.value.reason
    assert failed.value.traceback == "", "one line says all"
    return failed.value.reason


def test_a_missing_import_is_told_without_a_name_that_is_made_up(run):
    reason = failed_import(run, "import sys\nimport pulumi_nowhere.thing\n")

    assert reason == f"__main__.py:2 imports pulumi_nowhere, which is not installed in {sys.executable}"


def test_a_missing_import_of_a_file_beside_the_program_is_told_of_that_file(run, tmp_path):
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "__init__.py").write_text("def f():\n    import nowhere\n")

    assert failed_import(run, "import near\nnear.f()\n").startswith(
        "near/__init__.py:2 imports nowhere, which is not installed in "
    )


def test_a_project_with_an_environment_of_its_own_may_hold_what_is_missing(run, tmp_path):
    """The interpreter is ours."""
    reason = failed_import(run, "import nowhere", project="name: net\nruntime: {name: python, options: {virtualenv: venv}}\n")

    assert f"{tmp_path / 'venv' / 'bin' / 'python'} -m pip install 'cenguard[pulumi]'" in reason


@pytest.mark.parametrize("module", ["cenguard_components", "pulumi_alicloud"])
def test_what_an_extra_of_ours_brings_is_told_by_the_extra(run, module):
    block = (
        "import sys\nfor name in [name for name in sys.modules if name.partition('.')[0] == MODULE]: del sys.modules[name]\n"
        "class Missing:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == MODULE:\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Missing())\n"
    ).replace("MODULE", repr(module))
    reason = failed_import(run, block + f"import {module}\n")

    assert f"{module}, which is not installed in {sys.executable}: install it with" in reason
    assert f"`{sys.executable} -m pip install 'cenguard[components]'`" in reason


@pytest.mark.parametrize(
    ("listed", "is_named"),
    [
        ("pulumi-nowhere>=1\n", True),
        ("Pulumi_Nowhere\n", True),
        ("pulumi\nsomething-else==2 # of the same\n", True),
        ("pulumi>=3\nsdks/nowhere\n", True),
        ("# nothing\npulumi>=3\n", False),
    ],
)
def test_a_list_that_may_bring_it_is_named(run, tmp_path, listed, is_named):
    (tmp_path / "requirements.txt").write_text(listed)
    reason = failed_import(run, "import pulumi_nowhere")

    assert (f"-m pip install -r {tmp_path / 'requirements.txt'}`" in reason) is is_named


def test_where_there_is_no_pip_uv_installs(monkeypatch):
    """An environment of `uvx` or `uv venv` holds none."""
    monkeypatch.setattr("cenguard.readers.program.imports.find_spec", lambda _name: None)

    assert pip_install("cenguard[components]") == f"uv pip install --python {sys.executable} 'cenguard[components]'"


def test_a_package_without_metadata_is_no_missing_import(run):
    with pytest.raises(ProgramFailed, match="the program raised PackageNotFoundError") as failed:
        run("import importlib.metadata\nimportlib.metadata.version('nowhere')\n")
    assert "__main__.py" in failed.value.traceback


def test_without_the_sdk_the_extra_is_named(run, tmp_path, monkeypatch):
    """A check of documents needs no SDK, so it may be missing."""
    (tmp_path / "none" / "pulumi").mkdir(parents=True)
    (tmp_path / "none" / "pulumi" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pulumi'\", name='pulumi')"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "none"))

    with pytest.raises(UnreadableInput, match=r"No module named 'pulumi'.*cenguard\[pulumi\]"):
        run("")
