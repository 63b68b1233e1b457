"""Checkpoints as a self-managed backend stores them: the export with another wrapping, plain or packed."""

import gzip
import json

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers import sources
from cenguard.readers.sources import read_document
from tests.readers.documents import RECORDINGS, SCENARIOS, recorded


def checkpoint_of(scenario):
    export = json.loads((RECORDINGS / scenario / "export-after-up.json").read_text())
    return json.dumps(
        {"version": 3, "checkpoint": {"stack": "organization/network/dev", "latest": export["deployment"]}}
    ).encode()


@pytest.mark.parametrize("scenario", [name for name in SCENARIOS if recorded(name, "export-after-up.json")])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_a_checkpoint_holds_what_the_export_holds(scenario, packed):
    content = checkpoint_of(scenario)
    records = read_document(gzip.compress(content) if packed else content, "dev.json")
    export = read_document((RECORDINGS / scenario / "export-after-up.json").read_bytes(), "export.json")

    assert records.kind == "checkpoint"
    assert [(item.urn, item.id, item.inputs, item.change) for item in records.resources] == [
        (item.urn, item.id, item.inputs, item.change) for item in export.resources
    ]


def test_a_stack_that_was_never_deployed_keeps_its_name():
    records = read_document(b'{"version": 3, "checkpoint": {"stack": "organization/net/prod", "latest": null}}', "prod.json")

    assert (records.project, records.stack, records.resources) == ("net", "prod", [])


def test_a_bomb_is_refused(monkeypatch):
    monkeypatch.setattr(sources, "MOST_UNPACKED", 1 << 16)

    with pytest.raises(UnreadableInput, match="unpacks to more"):
        read_document(gzip.compress(b" " * (1 << 20)), "dev.json.gz")


class TestTheFolderOfABackend:
    @pytest.fixture
    def backend(self, tmp_path):
        stacks = tmp_path / ".pulumi" / "stacks"
        (stacks / "network").mkdir(parents=True)
        (stacks / "network" / "dev.json").write_bytes(checkpoint_of("basic-create"))
        (stacks / "network" / "dev.json.bak").write_text("a copy of an older state")
        (stacks / "apps").mkdir()
        (stacks / "apps" / "shop.json.gz").write_bytes(
            gzip.compress(b'{"version": 3, "checkpoint": {"stack": "organization/apps/shop", "latest": null}}')
        )
        return tmp_path

    @pytest.mark.parametrize("below", ["", ".pulumi"])
    def test_it_is_every_stack_in_it(self, backend, below):
        records = sources.read_estate([str(backend / below)])

        assert [(item.project, item.stack, item.kind) for item in records] == [
            ("apps", "shop", "checkpoint"),
            ("network", "dev", "checkpoint"),
        ]

    def test_a_project_that_keeps_its_states_is_a_project(self, backend):
        (backend / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (backend / "__main__.py").write_text("")

        assert [item.kind for item in sources.read_estate([str(backend)])] == ["program"]

    def test_one_without_a_stack_is_refused(self, tmp_path):
        (tmp_path / ".pulumi" / "stacks").mkdir(parents=True)

        with pytest.raises(UnreadableInput, match="is the folder of a backend, and holds no stack"):
            sources.read_estate([str(tmp_path)])

    def test_what_is_no_state_is_named(self, backend):
        (backend / ".pulumi" / "stacks" / "network" / "dev.json").write_text("{")

        with pytest.raises(UnreadableInput, match=r"dev\.json: is not whole JSON"):
            sources.read_estate([str(backend)])
