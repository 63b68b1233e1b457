"""One command, run for an agent in a process of its own: nothing outside of a folder is read, and what it prints is an answer.

The request comes on standard input, and the answer goes to standard output; whatever a program or a plugin prints does not.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
import msgspec

from cenguard.commands import cli
from cenguard.commands.printing import collected
from cenguard.editor.agents.cutting import cut, cut_sentence, is_long, long_values
from cenguard.editor.agents.messages import Answer, Request
from cenguard.errors import CenguardError, UnreadableInput
from cenguard.text.boundary import Boundary, boundary, within

_WRITING = ("GITHUB_OUTPUT", "CENGUARD_OUTPUTS", "GITHUB_STEP_SUMMARY")
"""Variables that name files which a job's report is written to: this is no job."""


def main() -> None:
    """Answer one request."""
    wire = os.dup(1)
    os.dup2(2, 1)
    for name in _WRITING:
        os.environ.pop(name, None)
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    tempfile.tempdir = request.place
    answer = answered(request)
    shutil.rmtree(request.place, ignore_errors=True)  # a server that was killed does not
    with suppress(BrokenPipeError), os.fdopen(wire, "wb") as out:
        out.write(msgspec.json.encode(answer))


def answered(request: Request) -> Answer:
    """What a command says, with the values of documents cut."""
    limits = Boundary(root=Path(request.root), code=request.code)
    lines: list[str] = []
    status = 0
    with within(limits), collected() as pieces:
        try:
            for name in request.paths:
                _refuse_outside(name)
            cli.main.answer(request.arguments)
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        except click.ClickException as error:
            lines, status = [f"Error: {error.format_message()}"], cli.BAD_INPUT
        except CenguardError as error:
            lines, status = cli.lines_of(error), cli.BAD_INPUT
    document: Any = msgspec.json.decode(b"".join(pieces)) if pieces else None
    if is_long([document, lines]):
        values = long_values(limits.read)
        document, lines = cut(document, values), [cut_sentence(line, values) for line in lines]
    return Answer(status=status, document=document, lines=lines, notes=limits.passed_over)


def _refuse_outside(name: str) -> None:
    """Refuse a source or a file that an agent names and that lies outside, before anything asks whether it is there.

    Raises:
        UnreadableInput: it does, as it is written or behind the name that it is given (`net=plan.json`); or it is `-`.
    """
    if name == "-":
        raise UnreadableInput("standard input", "is not for documents here: give the path of a file")
    for path in _meant(name):
        if "\0" in path:
            raise UnreadableInput(path, "no file has such a name")
        if not boundary().holds(path):
            raise UnreadableInput(name, boundary().said)


def _meant(name: str) -> Iterator[str]:
    """What a source may mean: a path, or a name and a path."""
    yield name
    given, equals, path = name.partition("=")
    if given and equals and path:
        yield path


if __name__ == "__main__":
    main()
