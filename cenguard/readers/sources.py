"""What a source is, by its content: a project folder, or one of Pulumi's documents."""

import mmap
import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput, not_json
from cenguard.readers.naming import Named, Naming, by_common_root, called
from cenguard.readers.other_outputs import output_without_resources
from cenguard.readers.preview import read_preview, why_without_steps
from cenguard.readers.terraform.recognised import begins_as_plan, reader_of, refuse_folder, refuse_text
from cenguard.readers.zstd import is_zstd
from cenguard.readers.zstd import unpacked as unpacked_zstd
from cenguard.resources.records import OF_TERRAFORM, Records, SourceKind
from cenguard.resources.roads import settle_roads
from cenguard.resources.unread import take_stock
from cenguard.resources.values import is_known
from cenguard.text.boundary import boundary, holds
from cenguard.text.encodings import is_marked, utf8

EXPECTED = (
    "a Pulumi project folder, a `pulumi preview --json` document, a --save-plan file, a stack export, a checkpoint, the "
    "folder of a self-managed backend, an update-event log, or `show -json` of a Terraform or OpenTofu plan or state was "
    "expected"
)
PROGRAM = (
    "is a program, and programs are not run here: give a document of it, made with "
    "`pulumi preview --json --show-sames > preview.json`"
)
"""What is said of a project folder where no code is run."""
_GZIP = b"\x1f\x8b"
_MEMBER = 1 << 16
"""Bytes that are looked at at once for the members after the first."""
MOST_UNPACKED = 1 << 29
"""Bytes that a packed checkpoint may unpack to: more than any stack holds, and less than fills a machine."""


class _Top(msgspec.Struct, rename="camel"):
    """The keys that tell Pulumi's documents apart."""

    steps: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    resource_plans: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    deployment: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    checkpoint: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


_KINDS = {
    "steps": SourceKind.PREVIEW,
    "resource_plans": SourceKind.PLAN,
    "deployment": SourceKind.EXPORT,
    "checkpoint": SourceKind.CHECKPOINT,
}
"""Documents of Pulumi by their key, in the order in which they are asked for it."""


def read_source(
    name: str | Named,
    *,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    stack_outputs: Mapping[str, Mapping[str, Any]] | None = None,
) -> Records:
    """Read one source: a folder, a file, or `-` for standard input.

    Raises:
        UnreadableInput: it is none of the kinds that are known; says what was expected.
        ProgramFailed: the program in the folder ended early.
    """
    source = name if isinstance(name, Named) else Naming().of(name)
    path = Path(source.path)
    if not holds(path):
        raise UnreadableInput(source.path, boundary().said)
    if is_folder(source.path):
        refuse_folder(path)
        if not boundary().code and not is_yaml(path):
            from cenguard.sources.project import NO_PROJECT, project_file

            raise UnreadableInput(source.path, NO_PROJECT if project_file(path) is None else PROGRAM)
        from cenguard.readers.program.reader import read_program

        records = read_program(path, stack=stack, config=config or {}, stack_outputs=stack_outputs or {})
    else:
        shown = source.path if source.path != "-" else "standard input"
        records = read_document(content_of(source.path, path), shown, source.name)
    if source.said and records.kind not in OF_TERRAFORM:
        own = f"says itself that it is {records.project}/{records.stack}" if records.project else "is a document of Pulumi"
        raise UnreadableInput(records.path, f"{own}: the name {source.name} is for documents of Terraform")
    return records


def is_yaml(folder: Path) -> bool:
    """Whether the program in a folder is one in YAML: it is read, and nothing of it is run."""
    from cenguard.sources.project import Language, project_in

    return project_in(folder).language is Language.YAML


def is_folder(name: str) -> bool:
    """Whether a source is a folder; what may not be looked at, or cannot be a name, is none."""
    return name != "-" and os.path.isdir(name)  # noqa: PTH112 - Path.is_dir() raises where a name may not be looked at


def read_estate(
    names: Sequence[str],
    *,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    stack_outputs: Mapping[str, Mapping[str, Any]] | None = None,
    naming: Naming | None = None,
) -> list[Records]:
    """Read several sources as one input, in the order given, one source for each stack.

    Documents come first: what a stack exports answers the references of the programs.

    Raises:
        UnreadableInput: a source is none of the kinds that are known, or two tell of one stack and do not go together.
        ProgramFailed: the program in a folder ended early.
    """
    how = naming or Naming()
    return read_named([how.of(name) for name in names], stack=stack, config=config, stack_outputs=stack_outputs)


def read_named(
    sources: Sequence[Named],
    *,
    stack: str | None = None,
    config: Mapping[str, str] | None = None,
    stack_outputs: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Records]:
    """The same of sources that have their names already."""
    if any(is_folder(source.path) for source in sources):
        from cenguard.readers.backend import spelled_out

        names = spelled_out([source.path for source in sources])
        known_names = {source.path: source for source in sources}
        sources = [known_names.get(name) or Named(name) for name in names]
    documents = {source: read_source(source) for source in sources if not is_folder(source.path)}
    documents.update(_told_apart(documents))
    known = dict(stack_outputs or {})
    for document in documents.values():
        known = {**outputs_by_name(document), **known}
    found = [
        documents[source] if source in documents else read_source(source, stack=stack, config=config, stack_outputs=known)
        for source in sources
    ]
    if len(found) == 1:
        return found
    from cenguard.readers.merging import merge

    return merge(found)


def _told_apart(documents: Mapping[Named, Records]) -> dict[Named, Records]:
    """Terraform documents of different folders that got one name, which nobody gave: by their folders from the common one."""
    alike: dict[str, list[Named]] = {}
    for source, records in documents.items():
        if records.kind in OF_TERRAFORM and not source.said and source.path != "-":
            alike.setdefault(records.project, []).append(source)
    found: dict[Named, Records] = {}
    for sources in alike.values():
        names = list(map(called, by_common_root([source.path for source in sources])))
        if len(set(names)) > 1:
            for source, name in zip(sources, names, strict=True):
                found[source] = read_source(Named(source.path, name))
    return found


def outputs_by_name(records: Records) -> dict[str, Mapping[str, Any]]:
    """The known outputs of a stack under its name; no document tells its organization."""
    outputs = {key: value for key, value in records.outputs.items() if is_known(value)}
    return {f"{records.project}/{records.stack}": outputs} if outputs and records.project else {}


def kind_of(path: Path) -> SourceKind | None:
    """Which document a file is, by its top keys alone; None where it is none, or cannot be told.

    What such a document holds may still be wrong: `read_document` says so.
    """
    try:
        content = unpacked(content_of(str(path), path), str(path))
        if is_marked(content[:4]):
            content = utf8(content[:])
        if begins_as_plan(content):
            return SourceKind.TERRAFORM_PLAN
        if not content[:256].lstrip().startswith(b"{") or output_without_resources(content):
            return None
        if is_event_log(content):
            return SourceKind.EVENTS
        content = _document_before_events(content) or content
        top = msgspec.json.decode(content, type=_Top)
        for key, kind in _KINDS.items():
            if getattr(top, key) is not msgspec.UNSET:
                return kind
        reader = reader_of(content, str(path))
    except (UnreadableInput, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    if reader is None:
        return None
    return SourceKind.TERRAFORM_PLAN if reader.__name__ == "read_plan" else SourceKind.TERRAFORM_STATE


def content_of(name: str, path: Path) -> bytes | mmap.mmap:
    """The bytes of a source; a file is mapped, since a large input's document is never needed as a copy."""
    if name == "-":
        if sys.stdin is None:
            raise UnreadableInput("standard input", f"is closed; {EXPECTED}")
        return sys.stdin.buffer.read()
    if not holds(path):
        raise UnreadableInput(name, boundary().said)
    if boundary().root is not None and path.exists() and not path.is_file():
        raise UnreadableInput(name, f"is neither a file nor a folder; {EXPECTED}")  # a pipe would be waited for
    try:
        with path.open("rb") as file:
            try:
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except (ValueError, OSError):  # an empty file, or a pipe
                return file.read()
    except FileNotFoundError:
        raise UnreadableInput(name, f"there is no such file or folder; {EXPECTED}") from None
    except OSError as error:
        raise UnreadableInput(name, f"cannot be read: {error.strerror}") from None


def read_document(content: bytes | mmap.mmap, path: str, name: str = "") -> Records:
    """Read one document, by what it holds; `name` is what a Terraform document is called.

    Raises:
        UnreadableInput: it is none that is known; says where and what was expected.
    """
    try:
        records = _read_document(content, path, name)
    except RecursionError:
        raise UnreadableInput(path, f"is nested too deeply; {EXPECTED}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:  # what no reader took for its own was looked at as a whole
        raise not_json(path, error) from None
    settle_roads(records)
    take_stock(records)
    return records


def unpacked(content: bytes | mmap.mmap, path: str) -> bytes | mmap.mmap:
    """A document out of what it is packed in.

    Raises:
        UnreadableInput: it is not whole, or unpacks to too much.
    """
    if content[: len(_GZIP)] == _GZIP:
        return _gunzipped(content, path)
    if is_zstd(content[:4]):
        return unpacked_zstd(content[:], path)
    return content


def _read_document(content: bytes | mmap.mmap, path: str, name: str) -> Records:
    content = unpacked(content, path)
    if is_marked(content[:4]):
        try:
            content = utf8(content[:])
        except UnicodeDecodeError:
            raise UnreadableInput(path, f"is not text; {EXPECTED}") from None
    head = content[:256].lstrip()
    if not head:
        raise UnreadableInput(path, f"is empty; {EXPECTED}")
    refuse_text(content, path)
    if begins_as_plan(content):
        from cenguard.readers.terraform.plan import read_plan as read_terraform_plan

        return read_terraform_plan(content, path, name)
    if head.startswith(b"["):
        raise UnreadableInput(path, f"is a list in JSON, and no document of Pulumi; {EXPECTED}")
    if not head.startswith(b"{"):
        raise UnreadableInput(path, f"is not JSON; {EXPECTED}")
    other = output_without_resources(content)
    if other:
        raise UnreadableInput(path, other)
    if is_event_log(content):
        from cenguard.readers.events import read_events

        return read_events(content[:], path)
    try:
        return read_preview(content, path)
    except UnreadableInput as error:
        first = _document_before_events(content)
        if first is not None:
            return read_preview(first, path, followed_by_events=True)
        if "`steps`" not in error.reason:
            raise
    try:
        top = msgspec.json.decode(content, type=_Top)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise not_json(path, error) from None
    if top.resource_plans is not msgspec.UNSET:
        from cenguard.readers.plan import read_plan

        return read_plan(content[:], path)
    if top.deployment is not msgspec.UNSET:
        from cenguard.readers.export import read_export

        return read_export(content[:], path)
    if top.checkpoint is not msgspec.UNSET:
        from cenguard.readers.checkpoint import read_checkpoint

        return read_checkpoint(content[:], path)
    reader = reader_of(content, path)
    if reader is not None:
        return reader(content, path, name)
    raise UnreadableInput(path, why_without_steps(content) or f"is JSON, but no document of Pulumi or Terraform; {EXPECTED}")


def _document_before_events(content: bytes | mmap.mmap) -> bytes | None:
    """The document that `pulumi up --json` prints before its events; None where no events follow."""
    end = content.find(b"\n}")  # the engine indents it, so that its own brace alone begins a line
    first = content[: end + 2] if end >= 0 else b""
    return first if first and is_event_log(content[end + 2 : end + 6000]) else None


def is_event_log(content: bytes | mmap.mmap) -> bool:
    """Whether the first line is an event of an update-event log."""
    head = content[:4096].lstrip().partition(b"\n")[0]
    return b'"sequence"' in head and b'"timestamp"' in head and b'Event"' in head


def _gunzipped(content: bytes | mmap.mmap, path: str) -> bytes:
    """The text of its members, one after the other, as `cat a.gz b.gz`, `bgzip` and who appends to a file make several."""
    parts: list[bytes] = []
    left, at, step = MOST_UNPACKED, 0, len(content)  # nearly every file has one member
    while at < len(content) and (at == 0 or content[at : at + len(_GZIP)] == _GZIP):  # `gzip` passes over what follows, too
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while not unpacker.eof:
            if at >= len(content):
                raise UnreadableInput(path, f"is not whole gzip: it ends too early; {EXPECTED}")
            try:
                parts.append(unpacker.decompress(content[at : at + step], left + 1))
            except zlib.error:
                raise UnreadableInput(path, f"is not whole gzip; {EXPECTED}") from None
            left -= len(parts[-1])
            if left < 0:
                raise UnreadableInput(path, f"unpacks to more than {MOST_UNPACKED >> 20} MiB; {EXPECTED}")
            at, step = min(at + step, len(content)) - len(unpacker.unused_data), _MEMBER
    return b"".join(parts)
