"""The folder of a self-managed backend: stacks packed with gzip or zstd, and several files of one stack."""

import gzip
import json
import os
import subprocess
import sys

import pytest

from cenguard.errors import UnreadableInput
from cenguard.readers import zstd
from cenguard.readers.sources import read_estate, read_source
from tests.commands.test_cli import run
from tests.commands.test_wrong_input import refused

zstandard = pytest.importorskip("zstandard")  # the extra `fleet`


def checkpoint(project, region, instance="cen-1"):
    kind = "alicloud:cen/instanceAttachment:InstanceAttachment"
    inputs = {
        "instanceId": instance,
        "childInstanceId": f"vpc-{project}",
        "childInstanceType": "VPC",
        "childInstanceRegionId": region,
    }
    resource = {
        "urn": f"urn:pulumi:live::{project}::{kind}::{project}",
        "custom": True,
        "id": f"{instance}:vpc-{project}:VPC:{region}",
        "type": kind,
        "inputs": inputs,
        "outputs": inputs,
    }
    latest = {"manifest": {"time": "2026-07-07T07:00:00Z", "magic": "", "version": "v3.260.0"}, "resources": [resource]}
    return json.dumps({"version": 3, "checkpoint": {"stack": f"organization/{project}/live", "latest": latest}}).encode()


@pytest.fixture
def backend(tmp_path):
    """Writes the file of a stack, and says the backend's folder."""

    def backend(project, name, content):
        folder = tmp_path / "state" / ".pulumi" / "stacks" / project
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        return tmp_path / "state"

    return backend


def with_size(content):
    return zstandard.ZstdCompressor().compress(content)


def without_size(content):
    packer = zstandard.ZstdCompressor(write_content_size=False).compressobj()
    return packer.compress(content) + packer.flush()


PACKED = {"live.json": bytes, "live.json.gz": gzip.compress, "live.json.zst": with_size}


@pytest.mark.parametrize("name", PACKED)
def test_every_stack_is_read_however_it_is_packed(backend, name):
    backend("spine", name, PACKED[name](checkpoint("spine", "cn-beijing")))
    found = read_estate([str(backend("leaf", "live.json", checkpoint("leaf", "us-west-1")))])

    assert sorted(source.project for source in found) == ["leaf", "spine"]
    assert all(source.resources for source in found)


@pytest.mark.parametrize("pack", [with_size, without_size], ids=["with its size", "without its size"])
def test_a_single_file_is_read(tmp_path, pack):
    path = tmp_path / "live.json.zst"
    path.write_bytes(pack(checkpoint("spine", "cn-beijing")))

    assert read_source(str(path)).project == "spine"


def test_of_several_files_of_a_stack_the_last_one_counts(backend):
    for age, (name, region) in enumerate(
        {"live.json.zst": "cn-beijing", "live.json": "us-west-1", "live.json.gz": "eu-central-1"}.items()
    ):
        folder = backend("spine", name, PACKED[name](checkpoint("spine", region)))
        os.utime(folder / ".pulumi" / "stacks" / "spine" / name, (1_700_000_000 - age, 1_700_000_000 - age))
    (source,) = read_estate([str(folder)])

    assert source.resources[0].inputs["childInstanceRegionId"] == "cn-beijing"


def test_without_the_library_it_is_refused_by_its_name_and_never_dropped(backend, tmp_path):
    backend("spine", "live.json.zst", with_size(checkpoint("spine", "cn-beijing")))
    folder = backend("leaf", "live.json", checkpoint("leaf", "us-west-1"))
    text = f"import sys; sys.modules['zstandard'] = None; sys.argv = ['cenguard', 'check', {str(folder)!r}]; from cenguard.commands.cli import main; main()"
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False, cwd=tmp_path)

    assert done.returncode == 2
    assert "live.json.zst: is packed with zstd: install the extra `fleet`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("pack", [with_size, without_size], ids=["with its size", "without its size"])
@pytest.mark.parametrize("cut", [8, 40])
def test_half_a_file_is_refused(tmp_path, pack, cut):
    path = tmp_path / "live.json.zst"
    path.write_bytes(pack(checkpoint("spine", "cn-beijing"))[:-cut])

    assert "live.json.zst: is not whole" in refused("check", path)


SKIPPED = b"\x50\x2a\x4d\x18\x04\x00\x00\x00\x0f\x00\x00\x00"
"""The frame that `pzstd` writes before each of its own: how long that one is."""


@pytest.mark.parametrize("pack", [with_size, without_size], ids=["with its size", "without its size"])
@pytest.mark.parametrize("before", [b"", SKIPPED], ids=["", "as pzstd writes them"])
def test_all_frames_are_read(tmp_path, pack, before):
    content = checkpoint("spine", "cn-beijing")
    path = tmp_path / "live.json.zst"
    path.write_bytes(before + pack(content[:300]) + before + pack(content[300:]) + before)

    assert [item.inputs["childInstanceId"] for item in read_source(str(path)).resources] == ["vpc-spine"]
    assert zstd.unpacked(path.read_bytes(), "x") == content
    path.write_bytes(before + pack(content) + before + pack(content))
    assert "goes on after its JSON" in refused("check", path)


def test_what_is_not_zstd_is_refused(tmp_path):
    path = tmp_path / "live.json.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd" + b"x" * 100)

    assert "is not whole zstd" in refused("check", path)


def test_it_unpacks_to_no_more_than_a_machine_holds(tmp_path, monkeypatch):
    monkeypatch.setattr(zstd, "MOST_UNPACKED", 1 << 16)
    path = tmp_path / "live.json.zst"
    path.write_bytes(with_size(b"{" + b" " * (1 << 22)))

    with pytest.raises(UnreadableInput, match="unpacks to more than"):
        read_source(str(path))


def test_the_command_judges_all_of_them_together(backend):
    backend("spine", "live.json.zst", with_size(checkpoint("spine", "cn-beijing")))
    folder = backend("leaf", "live.json", checkpoint("leaf", "us-west-1"))
    report = json.loads(run("check", folder, "--format", "json").stdout)

    assert [pair["regions"] for pair in report["pairs"]] == [["cn-beijing", "us-west-1"]]
