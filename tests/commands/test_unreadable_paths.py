"""What may not be looked at, or can be no name, is one line and status 2 wherever it is met."""

import os
import subprocess
import sys

import pytest

from cenguard.settings.files import find_settings
from tests.commands.test_cli import GOOD, RECORDINGS, run
from tests.commands.test_wrong_input import refused

needs_permissions = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
TOO_LONG = "x" * 5_000


@pytest.mark.parametrize(
    "arguments", [["check", TOO_LONG], ["check", GOOD, "--settings", TOO_LONG], ["check", GOOD, "--inventory", TOO_LONG]]
)
def test_a_name_that_is_too_long(arguments):
    """As when a document itself is given where its name belongs."""
    assert "File name too long" in refused(*arguments)


@pytest.mark.parametrize("arguments", [["check"], ["waivers"], ["anonymise", "-o", "shown.json"]])
def test_a_link_in_a_circle(arguments, tmp_path):
    (tmp_path / "preview.json").symlink_to(tmp_path / "preview.json")

    said = refused(*arguments, tmp_path / "preview.json")
    assert "preview.json: cannot be read: Too many levels of symbolic links" in said


@pytest.mark.parametrize("arguments", [[], ["check"], ["audit", "."], ["rules"]])
def test_a_folder_that_was_deleted_under_the_shell(arguments, tmp_path):
    (tmp_path / "gone").mkdir()
    command = 'rmdir "$PWD" && exec "$0" -m cenguard "$@"'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, *arguments], cwd=tmp_path / "gone", capture_output=True, check=False, text=True
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "cenguard: the current folder: is not there any more: go to one that is\n"


def test_a_name_that_no_file_has(tmp_path):
    settings = tmp_path / "cenguard.toml"
    settings.write_text('inventory = ["a\\u0000b"]\n')

    assert "a\\x00b" in refused("check", GOOD, "--settings", settings)
    for text in ('plugins = ["a\\u0000b"]', '[output]\njson = "a\\u0000b"', '[sources]\nnet = "a\\u0000b"'):
        settings.write_text(text)
        assert "'a\\x00b': no file has such a name" in refused("check", GOOD, "--settings", settings)


def test_a_state_whose_name_is_no_text_is_audited(tmp_path):
    """One such file ended the audit of a whole folder in a traceback."""
    try:
        (tmp_path / os.fsdecode(b"net-\xff")).mkdir()
    except OSError:
        pytest.skip("every name is text here")
    for folder in (tmp_path / os.fsdecode(b"net-\xff"), tmp_path):
        (folder / os.fsdecode(b"\xfe.json")).write_bytes((RECORDINGS / "basic-create/export-after-up.json").read_bytes())
    done = run("audit", tmp_path, tmp_path / os.fsdecode(b"net-\xff"), "--workers", "1", "--format", "json")

    assert done.returncode in (0, 1), done.stderr
    assert b"\\\\udcfe.json" in done.stdout


def test_a_folder_where_a_file_belongs(tmp_path):
    for option in ("--settings", "--inventory", "--areas"):
        assert "cannot be read: Is a directory" in refused("check", GOOD, option, tmp_path)


def test_a_folder_that_may_not_be_looked_into_holds_no_settings(tmp_path):
    """Looking for them upwards meets folders that are nobody's business here."""
    (tmp_path / "cenguard.toml").write_text("")

    assert find_settings(tmp_path / TOO_LONG) == tmp_path / "cenguard.toml"


def test_a_name_that_is_no_text_is_spelled_out_in_documents_and_no_program_runs_there(tmp_path):
    name, folder = os.fsdecode(b"\xfe.json"), tmp_path / os.fsdecode(b"net-\xff")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("every name is text here")
    (tmp_path / name).write_bytes((RECORDINGS / "basic-create/export-after-up.json").read_bytes())
    for command in (["map", "--format", "json"], ["anonymise", "-o", "shown.json", "--format", "json"]):
        assert b"\\\\udcfe.json" in run(*command, name, cwd=tmp_path).stdout

    (folder / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (folder / "__main__.py").write_text("")
    assert "is not UTF-8 text: such a program is not run" in refused("check", folder)


@needs_permissions
class TestPermissions:
    @pytest.fixture
    def project(self, tmp_path):
        folder = tmp_path / "project"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (folder / "Pulumi.dev.yaml").write_text("config: {}\n")
        (folder / "__main__.py").write_text("")
        yield folder
        folder.chmod(0o755)

    @pytest.mark.parametrize("name", ["Pulumi.yaml", "Pulumi.dev.yaml"])
    def test_a_file_of_a_project(self, project, name):
        (project / name).chmod(0)

        assert f"{name}: Permission denied" in refused("check", project)

    def test_a_project_folder(self, project):
        project.chmod(0o600)

        assert "Permission denied" in refused("check", project)

    def test_a_document_in_such_a_folder(self, project):
        project.chmod(0o600)

        assert "Permission denied" in refused("check", project / "preview.json")

    def test_a_document(self, tmp_path):
        path = tmp_path / "preview.json"
        path.write_bytes(GOOD.read_bytes())
        path.chmod(0)

        assert "preview.json: cannot be read: Permission denied" in refused("check", path)
