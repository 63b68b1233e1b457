"""Files as Windows writes them: its line ends, a byte order mark, UTF-16 from a redirect. What they say stays the same."""

import codecs
import json

import pytest

from tests.commands.test_cli import RECORDINGS, run

REFERENCE = RECORDINGS / "stack-reference" / "preview.json"
DOCUMENTS = [
    "basic-replace-package/preview.json",
    "basic-replace-package/plan.json",
    "basic-create/export-after-up.json",
    "secrets-create/events.ndjson",
]
FILES = {
    "--settings": 'undetermined = "mandatory"\n\n[rules.CEN407]\nlevel = "disabled"\n',
    "--waivers": '[[waiver]]\nrule = "CEN403"\nreason = """our account may,\nas was asked"""\nowner = "net-team"\nexpires = 2027-01-01\n',
    "--inventory": 'taken = 2026-11-20\n\n[[instance]]\nid = "cen-khdj2iaw6h1j74hvv8"\ncomplete = true\n',
    "--areas": '{\n  "schema": 1,\n  "regions": [\n    {"id": "us-west-1", "title": "San Jose", "area": "Europe"}\n  ]\n}\n',
}


def windows(text):
    return codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode()


def powershell(text):
    return text.replace("\n", "\r\n").encode("utf-16")


def said(*arguments, cwd=None):
    done = run(*arguments, "--format", "json", cwd=cwd)
    assert done.returncode in (0, 1), done.stderr.decode()
    report = json.loads(done.stdout)
    return {**report, "sources": [{**item, "path": ""} for item in report["sources"]]}


@pytest.mark.parametrize("write", [windows, powershell])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(tmp_path, name, write):
    path = tmp_path / "document"
    path.write_bytes(write((RECORDINGS / name).read_text("utf-8")))

    assert said("check", path) == said("check", RECORDINGS / name)


@pytest.mark.parametrize("write", [windows, powershell])
@pytest.mark.parametrize("option", FILES)
def test_files_of_options(tmp_path, option, write):
    plain, other = tmp_path / "plain", tmp_path / "other"
    plain.write_text(FILES[option], "utf-8")
    other.write_bytes(write(FILES[option]))
    with_plain = said("check", REFERENCE, option, plain, "--today", "2026-11-24")

    assert with_plain == said("check", REFERENCE, option, other, "--today", "2026-11-24")
    assert with_plain != said("check", REFERENCE, "--today", "2026-11-24")


@pytest.mark.parametrize("write", [windows, powershell])
@pytest.mark.parametrize(
    ("name", "text"),
    [("cenguard.toml", FILES["--settings"]), ("pyproject.toml", '[tool.cenguard]\nundetermined = "mandatory"\n')],
)
def test_settings_that_are_found(tmp_path, name, text, write):
    (tmp_path / name).write_bytes(write(text))
    questions = [item for item in said("check", REFERENCE, cwd=tmp_path)["findings"] if item["verdict"] == "undetermined"]

    assert {item["level"] for item in questions} == {"mandatory"}


@pytest.mark.parametrize("write", [windows, powershell])
def test_a_report(tmp_path, write):
    """`cenguard check … --format json > report.json` in PowerShell."""
    plain = run("check", REFERENCE, "--format", "json").stdout
    (tmp_path / "plain.json").write_bytes(plain)
    (tmp_path / "other.json").write_bytes(write(plain.decode()))

    assert said("report", tmp_path / "other.json") == said("report", tmp_path / "plain.json")


@pytest.mark.parametrize("write", [windows, powershell])
def test_a_document_as_inventory(tmp_path, write):
    export = RECORDINGS / "basic-create" / "export-after-up.json"
    (tmp_path / "export.json").write_bytes(write(export.read_text("utf-8")))

    assert said("check", REFERENCE, "--inventory", tmp_path / "export.json") == said("check", REFERENCE, "--inventory", export)


def test_a_project_folder(tmp_path):
    files = {
        "Pulumi.yaml": "name: network\nruntime: python\n",
        "Pulumi.dev.yaml": "config:\n  alicloud:region: cn-beijing\n",
        "__main__.py": (RECORDINGS / "basic-create" / "program.py").read_text("utf-8"),
    }
    for folder, write in (("plain", str.encode), ("other", windows)):
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_bytes(write(text))

    assert said("check", tmp_path / "other") == said("check", tmp_path / "plain")


@pytest.mark.parametrize("option", FILES)
def test_a_mark_that_promises_what_is_not_there(tmp_path, option):
    (tmp_path / "broken").write_bytes(b"\xff\xfe\x00")
    done = run("check", REFERENCE, option, tmp_path / "broken")

    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert "is not UTF-8 text" in done.stderr.decode()
