"""`cenguard init`: files that work, and never one over another."""

import subprocess
import sys

import pytest
import yaml

from cenguard.settings.reading import read_settings
from tests.commands.test_cli import run


def written(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and ".git/" not in path.as_posix()
    )


@pytest.mark.parametrize(
    ("ci", "file"), [("github", ".github/workflows/cenguard.yml"), ("gitlab", ".gitlab/cenguard.yml"), ("none", None)]
)
def test_files_of_each_system(tmp_path, ci, file):
    assert run("init", tmp_path, "--ci", ci, "--pack", "folder").returncode == 0
    assert written(tmp_path) == sorted(
        [*([file] if file else []), "cenguard.toml", "policy_pack/PulumiPolicy.yaml", "policy_pack/__main__.py"]
    )
    if file:
        assert yaml.safe_load((tmp_path / file).read_text())
    assert read_settings(tmp_path / "cenguard.toml").undetermined == "advisory"


def test_what_is_there_stays(tmp_path):
    (tmp_path / "cenguard.toml").write_text('undetermined = "hide"\n')
    done = run("init", tmp_path)

    assert done.returncode == 0
    assert "kept" in done.stdout.decode()
    assert (tmp_path / "cenguard.toml").read_text() == 'undetermined = "hide"\n'
    before = {name: (tmp_path / name).read_bytes() for name in written(tmp_path)}
    run("init", tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in written(tmp_path)} == before


def test_settings_that_hold_already_are_not_put_out_of_force(tmp_path):
    """The nearest file counts, and of one folder `cenguard.toml` before `pyproject.toml`."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text('[tool.cenguard]\nundetermined = "mandatory"\n')
    (tmp_path / "net").mkdir()
    for folder, where in ((tmp_path, "pyproject.toml"), (tmp_path / "net", "../pyproject.toml")):
        done = run("init", ".", "--ci", "none", cwd=folder)

        assert f"kept     {where} (it holds the settings: cenguard.toml would take its place)\n" in done.stdout.decode()
        assert not (folder / "cenguard.toml").exists()

    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    assert "written  cenguard.toml" in run("init", ".", "--ci", "none", cwd=tmp_path).stdout.decode()


@pytest.mark.parametrize(
    ("remote", "file"),
    [("git@github.com:a/b.git", ".github/workflows/cenguard.yml"), ("https://gitlab.example/a/b.git", ".gitlab/cenguard.yml")],
)
def test_the_system_is_told_by_the_remote(tmp_path, remote, file):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(f'[remote "origin"]\n\turl = {remote}\n')
    run("init", tmp_path)

    assert (tmp_path / file).is_file()


def test_the_pack_says_at_once_what_is_missing(tmp_path):
    """An environment that is named and missing makes the engine wait for ever: none is named, and the import is guarded."""
    run("init", tmp_path, "--pack", "folder")
    pack = tmp_path / "policy_pack"

    assert "virtualenv" not in yaml.safe_load((pack / "PulumiPolicy.yaml").read_text())["runtime"]["options"]
    done = subprocess.run([sys.executable, "-S", "-I", str(pack / "__main__.py")], capture_output=True, check=False, timeout=20)
    assert done.returncode == 1
    assert done.stdout == b""
    assert b"pip install 'cenguard[pulumi]'" in done.stderr


def test_a_folder_that_is_not_there(tmp_path):
    done = run("init", tmp_path / "no")

    assert done.returncode == 2
    assert "there is no such folder" in done.stderr.decode()


def project(folder, name, runtime="python"):
    """A Pulumi project below a repository."""
    (folder / name).mkdir(parents=True)
    (folder / name / "Pulumi.yaml").write_text(f"name: net\nruntime: {runtime}\n")


def steps(folder):
    """What `init` says is next, typed in the folder."""
    done = run("init", ".", "--ci", "gitlab", "--pack", "folder", cwd=folder)
    assert done.returncode == 0
    return [line.strip() for line in done.stdout.decode().partition("Now:")[2].splitlines()]


def test_what_is_next_is_about_the_project_that_is_there(tmp_path):
    """Typed at the root of a repository of a project below it, `cenguard check` finds none."""
    project(tmp_path, "infra/wan")
    (tmp_path / "infra/wan/Pulumi.dev.yaml").touch()

    assert steps(tmp_path) == ["cenguard check infra/wan", 'pulumi preview --cwd infra/wan --policy-pack "$PWD/policy_pack"']


def test_a_project_of_several_stacks_names_one(tmp_path):
    project(tmp_path, "net")
    for name in ("dev", "prod"):
        (tmp_path / f"net/Pulumi.{name}.yaml").touch()

    assert steps(tmp_path)[0] == "cenguard check net --stack dev"


@pytest.mark.parametrize("runtime", ["nodejs", "python"])
def test_several_projects_and_those_that_need_a_document_are_told_by_cenguard_alone(tmp_path, runtime):
    project(tmp_path, "a", runtime)
    if runtime == "python":
        project(tmp_path, "b")

    assert steps(tmp_path)[0] == "cenguard    says what to type for each project"


def test_terraform_alone_gets_no_policy_pack(tmp_path):
    (tmp_path / "main.tf").write_text('resource "alicloud_cen_instance" "core" {}\n')
    done = run("init", tmp_path)
    said = done.stdout.decode()

    assert written(tmp_path) == ["cenguard.toml", "main.tf"]
    assert "policy-pack" not in said
    assert f"cd {tmp_path}" in said


def test_a_pipeline_of_gitlab_that_includes_nothing_is_told(tmp_path):
    (tmp_path / ".gitlab-ci.yml").write_text("stages: [test]\n")
    assert "include: [{local: .gitlab/cenguard.yml}]" in run("init", tmp_path).stdout.decode()

    (tmp_path / ".gitlab-ci.yml").write_text("include:\n  - local: .gitlab/cenguard.yml\n")
    assert "does not include" not in run("init", tmp_path).stdout.decode()
