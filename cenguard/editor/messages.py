"""What the server asks of the process that checks, and what that answers: plain structs, in small files and pipes."""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What is checked."""

    PROGRAM = "program"
    """The project of Pulumi in a folder."""
    TERRAFORM = "terraform"
    """A folder of Terraform's language, by its plan."""
    DOCUMENT = "document"
    """A JSON document by itself."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One check."""

    kind: Kind
    root: str
    """The folder of a project or of Terraform's files; of a document the file."""
    opened: str
    """The file for which it runs: what has no other place stands there."""
    encoding: str
    """How the client counts columns: `utf-8`, `utf-16` or `utf-32`."""
    trusted: bool = False
    runs: bool = False
    """Whether the program may be run this time."""
    stack: str | None = None
    """The stack of a program; None for the only one."""


class Position(msgspec.Struct, frozen=True, array_like=True):
    """A place in a file, in the client's units, from 0."""

    line: int
    column: int


class Place(msgspec.Struct, frozen=True, array_like=True):
    """A part of a file."""

    file: str
    start: Position
    end: Position


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """What stands at a place."""

    place: Place
    severity: str
    """error, warning, information or hint."""
    message: str
    code: str = ""
    help: str = ""
    """The address of the rule's page, where there is one."""
    related: tuple[tuple[Place, str], ...] = ()
    fingerprint: str = ""


class Edit(msgspec.Struct, frozen=True, array_like=True):
    """A text in the place of another one."""

    place: Place
    text: str


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """What mends findings."""

    title: str
    fingerprints: tuple[str, ...]
    """The findings that are gone then; empty for all that is safe."""
    edits: tuple[Edit, ...]
    preferred: bool = False


class Hover(msgspec.Struct, frozen=True, array_like=True):
    """What is said of a resource to who hovers over it, as Markdown."""

    place: Place
    text: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a check."""

    remarks: tuple[Remark, ...] = ()
    actions: tuple[Action, ...] = ()
    hovers: tuple[Hover, ...] = ()
    texts: dict[str, str] = {}
    """Digests of the files that actions change, or resources stand in, as they were when they were read."""
    read: tuple[str, ...] = ()
    """Files beside the program that it rests on: settings, waivers, inventories, a plan."""
    failed: bool = False
    """Whether the program, its document or its settings could not be read: what was found before still stands."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """A message to a warm process: a job to do, or one to give up."""

    number: int
    job: Job | None = None
    answer: str = ""
    """The file to write the answer to."""


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A message from a warm process: a job has ended, however it did; number 0 is its greeting."""

    number: int
    status: int = 0
    version: str = ""
    folders: tuple[str, ...] = ()
    """Where the packages of its interpreter are installed."""
