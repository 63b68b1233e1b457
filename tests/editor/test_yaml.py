"""Programs in YAML in an editor: read without running anything, or by their previews."""

import gzip
import shutil

from tests.commands.test_cli import RECORDINGS, ROOT
from tests.editor.client import PULLED, Client, codes, marked

PROGRAM = ROOT / "tests" / "findings" / "programs" / "yaml-basic-no-package" / "Pulumi.yaml"
FOUND = ["CEN111", "CEN201", "CEN201", "CEN403", "CEN407"]


def test_a_program_in_yaml_is_read_in_an_untrusted_workspace_too(tmp_path):
    path = tmp_path / "Pulumi.yaml"
    shutil.copy(PROGRAM, path)
    with Client(tmp_path, None, PULLED) as client:
        client.open(path)
        found, _ = client.pull(path)
        assert codes(found) == FOUND
        rows = client.texts[path.as_uri()].split("\n")
        for item in found:
            row = rows[item["range"]["start"]["line"]]
            assert marked(client.texts[path.as_uri()], item) == row.strip()
            assert row.startswith("  ")
            assert row.endswith(":")
        waiver = '[[waiver]]\nrule = "CEN201"\nreason = "a laboratory"\nowner = "net"\nexpires = 2999-01-31\n\n'
        unused = '[[waiver]]\nrule = "CEN501"\nreason = "none"\nowner = "net"\nexpires = 2999-01-31\n'
        settings = tmp_path / "cenguard.toml"
        settings.write_text(f'{waiver}{unused}\n[rules]\nCEN403 = "disabled"\n')
        client.open(settings)
        client.save(settings)
        found, related = client.pull(path)
        assert codes(found) == [code for code in FOUND if code != "CEN403"]
        waived = next(item for item in found if item["code"] == "CEN201")
        assert waived["severity"] == 4
        assert "a laboratory" in waived["message"]
        (notice,) = [item for item in related[settings.as_uri()] if item.get("code")]
        assert notice["code"] == "CEN903"
        assert marked(client.texts[settings.as_uri()], notice) == "[[waiver]]"
        assert notice["range"]["start"]["line"] == 6
        client.save(path, client.texts[path.as_uri()] + "  more: ${backbon.id}\n")
        found, _ = client.pull(path)
        (error,) = [item for item in found if "code" not in item]
        assert "did you mean backbone?" in error["message"]
        assert error["severity"] == 1


def test_a_project_file_that_cannot_be_read_says_why_and_not_to_make_a_preview(tmp_path):
    """No command makes one of a file that is half written; what was found before stays."""
    path = tmp_path / "Pulumi.yaml"
    shutil.copy(PROGRAM, path)
    (tmp_path / "main.ts").write_text("")
    with Client(tmp_path) as client:
        client.open(path)
        client.pushed(path)
        client.save(path, client.texts[path.as_uri()] + "  more: [\n")
        found = client.pushed(path)
        (error,) = [item for item in found if "code" not in item]
        assert error["severity"] == 1
        assert "is not valid YAML" in error["message"]
        assert [item["message"].startswith("older: ") for item in found].count(True) == len(FOUND)
        client.save(path, "name: net\n")
        error = next(item for item in client.pushed(path) if "code" not in item)
        assert "runtime is missing" in error["message"]


def test_findings_go_with_the_file_also_where_its_project_file_went_first(tmp_path):
    """What belongs to another project now is checked there, and what a closed file had goes whatever it belongs to."""
    folder = tmp_path / "net"
    folder.mkdir()
    path = folder / "more.yaml"
    path.write_text("")
    shutil.copy(PROGRAM, folder / "Pulumi.yaml")
    with Client(tmp_path) as client:
        client.open(path)
        client.until(lambda: codes(client.published.get((folder / "Pulumi.yaml").as_uri(), [])) == FOUND)
        (folder / "Pulumi.yaml").rename(tmp_path / "Pulumi.yaml")
        client.written(tmp_path / "Pulumi.yaml")
        client.until(lambda: codes(client.published.get((tmp_path / "Pulumi.yaml").as_uri(), [])) == FOUND)
        assert client.published[(folder / "Pulumi.yaml").as_uri()] == []
        (tmp_path / "Pulumi.yaml").unlink()
        client.close(path)
        client.until(lambda: not any(client.published.values()))


def test_findings_come_back_with_a_project_file_that_nobody_could_read_for_a_while(tmp_path):
    """As a branch that is checked out, or a merge that conflicts, leaves one."""
    path, project = tmp_path / "more.yaml", tmp_path / "Pulumi.yaml"
    path.write_text("")
    shutil.copy(PROGRAM, project)
    with Client(tmp_path) as client:
        client.open(path)
        client.until(lambda: codes(client.published.get(project.as_uri(), [])) == FOUND)
        project.write_text("name: [\n")
        client.written(project)
        client.until(lambda: not any(client.published.values()))
        shutil.copy(PROGRAM, project)
        client.written(project)
        client.until(lambda: codes(client.published[project.as_uri()]) == FOUND)


def test_what_only_the_engine_knows_is_taken_from_the_preview(tmp_path):
    path = tmp_path / "Pulumi.yaml"
    path.write_text(PROGRAM.read_text().replace("variables:\n", "variables:\n  odd: {'fn::cidrOfNobody': x}\n"))
    with Client(tmp_path) as client:
        client.open(path)
        (note,) = client.pushed(path)
        assert "preview.json" in note["message"]
        assert note["severity"] == 3
        (tmp_path / "preview.json").write_bytes(
            gzip.decompress((RECORDINGS / "roads" / "yaml-basic-no-package" / "preview.json.gz").read_bytes())
        )
        client.tell("textDocument/didSave", {"textDocument": {"uri": path.as_uri()}})
        assert codes(client.pushed(path)) == FOUND


def test_a_setting_without_effect_and_one_that_is_not_understood_stand_in_their_files(tmp_path):
    path = tmp_path / "Pulumi.yaml"
    shutil.copy(PROGRAM, path)
    stack = tmp_path / "Pulumi.dev.yaml"
    stack.write_text("config:\n  network:usRegion: us-west-1\n  cenguard:rules:\n    CEN201: advisory\n")
    with Client(tmp_path) as client:
        client.open(path)
        assert codes(client.pushed(path)) == FOUND
        (notice,) = client.published[stack.as_uri()]
        assert notice["code"] == "CEN905"
        assert notice["range"]["start"]["line"] == 2
        client.open(stack)
        client.save(stack, "config:\n  network:usRegion: us-west-1\n  cenguard:rules:\n    CEN201: nonsense\n")
        (error, older) = client.pushed(stack, lambda found: len(found) == 2)
        assert "code" not in error
        assert error["range"]["start"]["line"] == 2
        assert "nonsense" in error["message"]
        assert older["message"].startswith("older: ")
        client.save(stack, "config:\n  network:usRegion: us-west-1\n")
        assert client.pushed(stack, lambda found: not found) == []
        settings = tmp_path / "cenguard.toml"
        settings.write_text('\n[rules.missing-bandwidth-package]\nlevel = "hgih"\n')
        client.save(path)
        client.pushed(path)
        (error,) = client.published[settings.as_uri()]
        assert error["range"]["start"]["line"] == 2
        assert error["message"].startswith("rules.missing-bandwidth-package.level: ")
