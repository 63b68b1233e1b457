"""What a source is, is told by its content: not by its name, and in whatever encoding a shell wrote it."""

import gzip
import json
import os
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers import sources
from cenguard.readers.naming import Named
from cenguard.readers.sources import EXPECTED, kind_of, read_document, read_estate, read_source
from cenguard.resources.records import SourceKind

RECORDINGS = Path(__file__).parents[1] / "recordings"
CREATE = RECORDINGS / "basic-create"
PREVIEW = (CREATE / "preview.json").read_bytes()
TERRAFORM_PLAN = (RECORDINGS / "terraform" / "terraform-basic-create" / "plan.json").read_bytes()
CLOUDFORMATION = {"AWSTemplateFormatVersion": "2010-09-09", "Resources": {}}


def names(records):
    return sorted(resource.name for resource in records.resources)


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("preview.json", SourceKind.PREVIEW),
        ("plan.json", SourceKind.PLAN),
        ("export-after-up.json", SourceKind.EXPORT),
        ("events.ndjson", SourceKind.EVENTS),
    ],
)
@pytest.mark.parametrize("name", ["document", "preview.json", "export.txt"])
def test_the_kind_is_that_of_the_content_whatever_the_file_is_called(tmp_path, file, kind, name):
    path = tmp_path / name
    path.write_bytes((CREATE / file).read_bytes())

    assert read_source(str(path)).kind is kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("file", ["preview.json", "export-after-up.json"])
def test_a_document_may_be_in_the_encoding_of_the_shell_that_wrote_it(file, encoding):
    text = (CREATE / file).read_text("utf-8")
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")

    assert names(read_document(mark + text.encode(encoding), "x")) == names(read_document(text.encode(), "x"))


def test_windows_line_ends_and_space_around_it_do_not_matter():
    text = b"\r\n  " + PREVIEW.replace(b"\n", b"\r\n") + b"\r\n\r\n"

    assert names(read_document(text, "x")) == names(read_document(PREVIEW, "x"))


def test_a_packed_document_is_unpacked():
    assert names(read_document(gzip.compress(PREVIEW), "x")) == names(read_document(PREVIEW, "x"))


@pytest.mark.parametrize("parts", [2, 50])
@pytest.mark.parametrize("after", [b"", bytes(600)], ids=["", "zeros after it"])
def test_all_members_of_a_packed_document_are_read(parts, after):
    """`bgzip` makes many, and so does who packs parts for themselves; tape formats fill up with zeros."""
    size = len(PREVIEW) // parts + 1
    packed = b"".join(gzip.compress(PREVIEW[at : at + size]) for at in range(0, len(PREVIEW), size))

    assert names(read_document(packed + after, "x")) == names(read_document(PREVIEW, "x"))


def test_what_unpacks_without_end_is_refused_before_it_fills_the_memory(monkeypatch):
    monkeypatch.setattr(sources, "MOST_UNPACKED", 1 << 20)

    with pytest.raises(UnreadableInput, match="unpacks to more than"):
        read_document(gzip.compress(b"{" + b" " * (4 << 20)), "bomb.gz")
    with pytest.raises(UnreadableInput, match="unpacks to more than"):
        read_document(gzip.compress(b"{" + b" " * (1 << 18)) * 5, "bomb.gz")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (json.dumps(CLOUDFORMATION).encode(), "is JSON, but no document of Pulumi"),
        (b"{}", "failed before it began"),
        (PREVIEW[: len(PREVIEW) // 2], "is not whole JSON"),
        (b'{"steps": [}', "is not whole JSON"),
        (PREVIEW + PREVIEW, r"goes on after its JSON \(byte \d+\): one document a file was expected"),
        (TERRAFORM_PLAN + TERRAFORM_PLAN, r"goes on after its JSON \(byte \d+\): one document a file was expected"),
        (b"Previewing update (dev):\n", "is not JSON"),
        (b"name: net\nruntime: python\n", "is not JSON"),
        (b"\x7fELF\x02\x01\x01", "is not JSON"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\xff\xfe{", "is not text"),
        (gzip.compress(PREVIEW)[:-9], "is not whole gzip"),
        (b"\x1f\x8bnonsense", "is not whole gzip"),
        (gzip.compress(PREVIEW) + gzip.compress(PREVIEW), r"goes on after its JSON \(byte \d+\): one document a file was expected"),
        (gzip.compress(PREVIEW) + gzip.compress(PREVIEW)[:-9], "is not whole gzip: it ends too early"),
    ],
    ids=[
        *("a template of another cloud", "an empty object", "half a document", "broken JSON", "two previews", "two plans"),
        *("the text of a preview", "a Pulumi.yaml", "a program", "nothing", "a mark alone", "half a character"),
        *("half a packed one", "packed nonsense", "two packed ones", "one and a half packed ones"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_it_is(content, said):
    with pytest.raises(UnreadableInput, match=said) as refused:
        read_document(content, "in.json")
    assert str(refused.value).startswith("in.json: ")


@pytest.mark.parametrize(
    ("file", "said"),
    [("preview.json", "says itself that it is network/dev"), ("export.json", "is a document of Pulumi")],
    ids=["a preview", "an export without a resource"],
)
def test_a_document_of_pulumi_takes_no_name(file, said):
    with pytest.raises(UnreadableInput, match=f"{said}: the name net is for documents of Terraform"):
        read_source(Named(str(CREATE / file), "net", said=True))


@pytest.mark.parametrize(
    "file",
    [
        *("basic-create/preview.json", "basic-create/plan.json", "basic-create/export-after-up.json", "basic-create/events.ndjson"),
        *("partial/up-json/up.json", "runs/engine-3.100-refresh.json.gz", "terraform/terraform-basic-create/plan.json"),
        *("terraform/terraform-basic-create/state.json", "terraform/terraform-basic-create/terraform.tfstate"),
    ],
)  # fmt: skip
def test_the_kind_of_a_file_is_told_before_it_is_read(file):
    assert kind_of(RECORDINGS / file) is read_source(str(RECORDINGS / file)).kind


@pytest.mark.parametrize(
    "content",
    [json.dumps(CLOUDFORMATION).encode(), b"{}", b"[]", b"", b"\xff\xfe{", b"\x1f\x8bnonsense", PREVIEW[: len(PREVIEW) // 2], b"[" * 9999],
)  # fmt: skip
def test_what_is_no_document_has_no_kind(tmp_path, content):
    (tmp_path / "x.json").write_bytes(content)

    assert kind_of(tmp_path / "x.json") is None


@pytest.mark.parametrize("content", [json.dumps(CLOUDFORMATION).encode(), b"", b"[]"])
def test_a_refusal_says_what_was_expected(content):
    with pytest.raises(UnreadableInput) as refused:
        read_document(content, "in.json")
    assert EXPECTED in str(refused.value)


def test_a_file_that_may_not_be_read_is_said_to_be_one(tmp_path):
    path = tmp_path / "preview.json"
    path.write_bytes(PREVIEW)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user reads everything")

    with pytest.raises(UnreadableInput, match="cannot be read: Permission denied"):
        read_source(str(path))


def test_a_pipe_is_read_like_a_file(tmp_path):
    """As in `cenguard check <(pulumi preview --json --show-sames)`."""
    reading, writing = os.pipe()
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(b'{"steps": [], "changeSummary": {}}')
        assert read_source(f"/dev/fd/{reading}").complete
    finally:
        os.close(reading)


def test_an_estate_keeps_the_order_in_which_it_was_given(tmp_path):
    other = tmp_path / "other.json"
    other.write_bytes(PREVIEW.replace(b"urn:pulumi:dev::", b"urn:pulumi:prod::"))

    assert [item.stack for item in read_estate([str(other), str(CREATE / "preview.json")])] == ["prod", "dev"]
    assert [item.stack for item in read_estate([str(CREATE / "preview.json"), str(other)])] == ["dev", "prod"]
