"""What the tests of users' files share: recorded documents beside their programs, and small ones made here."""

import json
from pathlib import Path

from cenguard.readers.sources import read_source
from cenguard.resources.records import Records, Resource, SourceKind
from cenguard.resources.urns import name_in_urn
from cenguard.sources.lines import Lines, forget

RECORDINGS = Path(__file__).parent / "recordings"


def lines_of(document):
    """Lines by name and type, of the resources of Alibaba Cloud in a document."""
    records = read_source(str(document))
    forget()
    lines = Lines([records])
    return {
        (name_in_urn(item.urn), item.urn.split("::")[2].rpartition("$")[2]): str(lines.place(item.urn) or "")
        for item in records.resources
        if "alicloud" in item.urn.split("::")[2].rpartition("$")[2] and ":providers:" not in item.urn
    }


def frames(*positions):
    """A stack trace as the engine writes it."""
    return json.dumps([{"sourcePosition": position} if position else {} for position in positions]).encode()


def place(folder, *positions, kind="alicloud:cen/instance:Instance", name="core", source="preview.json", project="net"):
    """The line of one resource in a document that lies in a folder."""
    import msgspec

    urn = f"urn:pulumi:dev::{project}::{kind}::{name}"
    resource = Resource(urn=urn, type=kind, stack_trace=msgspec.Raw(frames(*positions)))
    records = Records(path=str(folder / source), kind=SourceKind.PREVIEW, project=project, stack="dev", resources=[resource])
    forget()
    found = Lines([records]).place(urn)
    return str(found) if found else None


def files(folder, contents):
    """Files of a folder, by name."""
    for name, text in contents.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="")
    return folder
