"""What documents say is cut, however a sentence spells it; what we say is not."""

import json

from cenguard.editor.agents.cutting import LONGEST, cut, is_long, long_values
from cenguard.text.printable import in_one_line

OURS = "The package is bought for the wrong pair of areas, as the service itself will say. " * 20


def written(tmp_path, **values):
    path = tmp_path / "document.json"
    path.write_text(json.dumps(values))
    return [path]


def test_our_own_long_sentences_and_code_are_whole(tmp_path):
    document = {
        "findings": [{"message": OURS, "because": [OURS], "fix": {"summary": OURS, "code": {"text": OURS}}}],
        "page": OURS,
    }

    assert is_long(document)
    assert cut(document, long_values(written(tmp_path, a="short"))) == document


def test_a_value_is_cut_to_500_characters_wherever_it_stands(tmp_path):
    value = "a tag with words, \n a line\x1b and 'quotes' \"both\" " * 40
    files = written(tmp_path, tags={"x": value}, urn=f"urn:pulumi:dev::net::alicloud:cen/instance:Instance::{value}")
    values = long_values(files)
    for spelled in (value, repr(value), json.dumps(value), in_one_line(value)):
        found = cut({"message": f"Tag {spelled} is not one. {OURS}"}, values)["message"]

        assert len(found) < len(OURS) + LONGEST + 30
        assert found.endswith(OURS)
    assert len(cut({"urn": value}, values)["urn"]) == LONGEST


def test_names_that_begin_alike_stay_two(tmp_path):
    names = {"n" * 600 + "a": 1, "n" * 600 + "b": 2}

    found = cut(names, [])

    assert sorted(found.values()) == [1, 2]
    assert all(len(name) <= LONGEST for name in found)


def test_what_is_no_document_has_no_values(tmp_path):
    (tmp_path / "broken.json").write_text('{"a": "' + "x" * 700)
    (tmp_path / "broken.toml").write_text("a = ")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")

    assert long_values([*tmp_path.iterdir(), tmp_path / "none"]) == []


def test_the_values_of_an_inventory_are_found(tmp_path):
    (tmp_path / "i.toml").write_text('[stack."o/p/s"]\nid = """' + "x " * 400 + '"""\n')

    assert long_values([tmp_path / "i.toml"])[0] == "x " * 400
