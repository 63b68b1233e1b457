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
