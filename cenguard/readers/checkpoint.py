"""Reader of checkpoints: a stack's state as a self-managed backend stores it (`.pulumi/stacks/<project>/<stack>.json`).

Packed ones (`.json.gz`) are unpacked by `readers.sources` before anything looks at them.
Source of the format: pulumi/pulumi, sdk/go/common/apitype/core.go, `VersionedCheckpoint` and `CheckpointV3`.
"""

import msgspec

from cenguard.readers.export import Deployment, check_version, decode_as, records_of
from cenguard.resources.records import Content, Records, SourceKind


class Checkpoint(msgspec.Struct):
    """The state with the stack's name around it."""

    stack: str = ""
    latest: Deployment | None = None


class Document(msgspec.Struct):
    """A checkpoint file."""

    checkpoint: Checkpoint
    version: int = 3


_DOCUMENT = msgspec.json.Decoder(Document)


def read_checkpoint(content: Content, path: str) -> Records:
    """The resources of a checkpoint file.

    Raises:
        UnreadableInput: it is not one; says where and what was expected.
    """
    document = decode_as(_DOCUMENT, content, path, "checkpoint")
    check_version(document.version, path)
    records = records_of(document.checkpoint.latest, path, SourceKind.CHECKPOINT)
    if not records.stack:  # nothing deployed: the name is all there is
        *above, records.stack = document.checkpoint.stack.split("/")
        records.project = above[-1] if above else ""
    return records
