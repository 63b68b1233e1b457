"""Records of documents and columns of clients: where a finding stands, in the client's own units."""

import json
from pathlib import Path

import pytest

from cenguard.editor.messages import Kind, Position
from cenguard.editor.places import Places
from cenguard.editor.records import records_in
from cenguard.readers.sources import read_source
from cenguard.sources.sites import file_at
from tests.commands.test_cli import RECORDINGS

DOCUMENTS = [
    "basic-create/preview.json",
    "basic-create/plan.json",
    "basic-create/export-after-up.json",
    "basic-create/events.ndjson",
    "terraform/terraform-basic-create/plan.json",
    "terraform/terraform-basic-create/state.json",
    "terraform/terraform-basic-create/terraform.tfstate",
    "terraform/terraform-module-for-each/plan.json",
]


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if (RECORDINGS / name).exists()])
def test_every_resource_of_a_document_has_its_record(name):
    path = RECORDINGS / name
    text = path.read_text("utf-8")
    rows = text.split("\n")
    source = read_source(str(path))
    places = Places(Kind.DOCUMENT, path, path, "utf-16", [source])
    found = 0
    for resource in source.resources:
        if resource.type.startswith("pulumi:providers") or resource.urn.partition(":")[2].startswith("provider."):
            continue
        place = places.of_resource(resource.urn)
        if place is None:
            assert resource.type in ("terraform:local", "terraform:group") or "provider" in resource.urn  # none of these has one
            continue
        row = rows[place.start.line]
        begun = "\n".join([row[place.start.column :], *rows[place.start.line + 1 :]])
        if name.endswith(".ndjson"):
            assert resource.urn in row
        elif begun.startswith("{"):
            record = json.JSONDecoder().raw_decode(begun)[0]
            bare = resource.urn.removeprefix(f"{source.project}:")
            kind_and_name = [record.get("type"), record.get("name")]
            assert (
                record.get("urn", record.get("address")) in (resource.urn, bare)
                or bare.rpartition("[")[0].endswith(".".join(map(str, kind_and_name)))
                or bare.endswith(".".join(map(str, kind_and_name)))
            )
        else:
            assert begun.startswith(json.dumps(resource.urn))
        found += 1
    assert found


def test_of_a_plan_the_record_of_the_change_is_taken():
    text = '{"planned_values": {"root_module": {"resources": [{"address": "a.b"}]}},\n"resource_changes": [\n{"address": "a.b"}]}'
    assert text[slice(*records_in(text)["a.b"])] == '{"address": "a.b"}'
    assert records_in(text)["a.b"].start > text.index("resource_changes")


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"steps": [', '{"steps": {}}', '{"steps": [1, {"urn": 2}]}', "\ufffd", '{"a": 1}}']
)
def test_what_is_no_document_has_no_records(content):
    assert records_in(content) == {}


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 15), ("utf-16", 11), ("utf-32", 10), ("other", 11)])
def test_columns_are_the_clients(tmp_path, encoding, column):
    path = Path(tmp_path, "program.py")
    path.write_bytes("first = 1\r\nx = '网😀'; y\r\n".encode())
    file = file_at(path)
    places = Places(Kind.DOCUMENT, path, path, encoding)
    assert places.position(file, file.text.index("y", 11)) == Position(1, column)
    assert places.of_line(path, 1).end == Position(0, 9)


def test_a_byte_order_mark_is_no_character_since_editors_hide_it(tmp_path):
    path = Path(tmp_path, "program.py")
    path.write_bytes("\ufeffx = 1\n".encode())
    file = file_at(path)
    assert Places(Kind.DOCUMENT, path, path, "utf-16").position(file, 4) == Position(0, 4)
