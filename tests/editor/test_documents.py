"""Documents in an editor: opened, they are checked, and each finding stands at its record."""

import gzip
import json

from tests.commands.test_cli import RECORDINGS
from tests.editor.client import Client, codes, marked


def preview(folder, name="preview.json"):
    path = folder / name
    path.write_bytes(gzip.decompress((RECORDINGS / "roads" / "ts-basic-no-package" / "preview.json.gz").read_bytes()))
    return path


def test_an_opened_document_has_its_findings_at_their_records(tmp_path):
    path = preview(tmp_path)
    with Client(tmp_path) as client:
        client.open(path)
        found = client.pushed(path)
        assert "CEN201" in codes(found)
        text = client.texts[path.as_uri()]
        for item in found:
            assert item["source"] == "cenguard"
            assert set(item["data"]) == {"fingerprint", "rule"}
            assert item["data"]["rule"] == item["code"]
            assert marked(text, item) == "{"
        missing = next(item for item in found if item["code"] == "CEN201")
        step = json.JSONDecoder().raw_decode(
            text,
            sum(len(row) + 1 for row in text.split("\n")[: missing["range"]["start"]["line"]])
            + missing["range"]["start"]["character"],
        )[0]
        assert step["newState"]["type"] == "alicloud:cen/instance:Instance"
        assert missing["severity"] == 1


def test_json_that_is_no_document_is_nobodys_business(tmp_path):
    path = tmp_path / "package.json"
    path.write_text('{"name": "x", "version": "1.0.0"}')
    with Client(tmp_path) as client:
        client.open(path)
        assert client.pushed(path) == []
