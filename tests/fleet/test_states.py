"""States read for a fleet say what the reader of documents says of them, for everything that a rule may ask."""

import json
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.readers.states import read_state_of

STATES = ("export", "checkpoint", "terraform-state")
RECORDINGS = Path(__file__).parents[1] / "recordings"
DOCUMENTS = sorted(
    path
    for path in RECORDINGS.rglob("*")
    if path.is_file() and path.suffix in (".json", ".tfstate", ".gz", ".zst") and path.stat().st_size < 2_000_000
)


def read(reader, path):
    """What a reader makes of a document, or why it refuses it."""
    try:
        return reader(path.read_bytes(), str(path), "net")
    except UnreadableInput as error:
        return str(error)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(RECORDINGS).as_posix())
def test_every_recorded_state_is_judged_the_same(path):
    """The quick reader leaves resources out that no rule looks at, and nothing else; what is no state is refused."""
    whole, quick = read(read_document, path), read(read_state_of, path)
    if isinstance(whole, str):
        assert quick == whole
        return
    if whole.kind not in STATES:
        assert "no state" in quick
        return
    assert (quick.kind, quick.project, quick.stack) == (whole.kind, whole.project, whole.stack)
    assert (quick.resource_count, quick.cen_count) == (whole.resource_count, whole.cen_count)
    assert check([quick], Options()).findings == check([whole], Options()).findings


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"version": 3}', b"\x1f\x8bno", b"PK\x03\x04", b"null", b'{"deployment": 7}']
)
def test_what_is_no_state_is_refused_in_one_line(content):
    with pytest.raises(UnreadableInput) as told:
        read_state_of(content, "s3://states/a.json")

    assert str(told.value).startswith("s3://states/a.json")
    assert "\n" not in str(told.value)


def test_an_id_that_is_a_secret_is_followed_through_a_resource_that_no_rule_looks_at():
    """Only the edges say which instance is meant, and they lead over somebody else's resource."""
    start = "urn:pulumi:prod::net::"
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "x"}
    core, keeper = f"{start}alicloud:cen/instance:Instance::core", f"{start}aws:ssm/parameter:Parameter::keeper"
    attached = f"{start}alicloud:cen/instanceAttachment:InstanceAttachment::shop"
    document = {
        "version": 3,
        "deployment": {
            "resources": [
                {"urn": core, "type": "alicloud:cen/instance:Instance", "custom": True, "id": "cen-1", "inputs": {}},
                {"urn": keeper, "type": "aws:ssm/parameter:Parameter", "custom": True, "id": "p", "inputs": {"instanceId": secret}, "propertyDependencies": {"instanceId": [core]}},
                {
                    "urn": attached,
                    "type": "alicloud:cen/instanceAttachment:InstanceAttachment",
                    "custom": True,
                    "id": "x",
                    "inputs": {"instanceId": secret, "childInstanceRegionId": "cn-beijing"},
                    "propertyDependencies": {"instanceId": [keeper]},
                },
            ]
        },
    }  # fmt: skip
    content = json.dumps(document).encode()

    quick, whole = (reader(content, "a.json", "") for reader in (read_state_of, read_document))

    assert {item.urn for item in quick.resources} == {item.urn for item in whole.resources}


def test_what_is_not_there_any_more_is_no_resource_of_the_state():
    """An entry whose replacement was not made is told by a key at its end, and one of others is not counted either."""
    start = "urn:pulumi:prod::net::"
    entries = [
        {
            "urn": f"{start}aws:s3/bucket:Bucket::{name}",
            "custom": True,
            "id": name,
            "type": "aws:s3/bucket:Bucket",
            "inputs": {},
            **more,
        }
        for name, more in (("a", {}), ("b", {"pendingReplacement": True}), ("c", {"delete": True}))
    ]
    for kept in (entries, entries[:1], entries[::2]):
        content = json.dumps({"version": 3, "deployment": {"resources": kept}}).encode()

        quick, whole = read_state_of(content, "a.json"), read_document(content, "a.json")

        assert (quick.resource_count, quick.project, quick.stack) == (whole.resource_count, whole.project, whole.stack)
