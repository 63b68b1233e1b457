"""Every format of the report by name, and the files of one run."""

import errno
import os
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cenguard.errors import UnreadableInput, nearest
from cenguard.text.whole import whole

if TYPE_CHECKING:
    from cenguard.findings.report import Report

FORMATS = ("human", "json", "sarif", "junit", "github", "gitlab", "markdown", "html")
"""What a report is written in."""
PRINTED = (*FORMATS, "atlantis")
"""What is printed on standard output: for Atlantis the verdict alone."""
AUDIT = ("human", "json", "jsonl", "markdown", "html")
"""What an audit is written in."""
UPGRADE = ("human", "json", "markdown", "html")
"""What the answer of an upgrade is written in."""


def render(report: "Report", form: str) -> str:
    """A report in one format, for a file: no colours."""
    text: str = import_module(f"cenguard.reports.{form}").render(report)
    return text


def pieces(report: "Report", form: str) -> Iterable[bytes]:
    """The same text as UTF-8, in pieces where it may be long."""
    if form == "json":
        from cenguard.reports import json

        return json.pieces(report)
    return (render(report, form).encode(),)


def files_of(values: Sequence[str], formats: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """What pairs FORMAT=PATH ask for.

    Raises:
        click.BadParameter: one is none, names no format, or is given twice.
    """
    found: list[tuple[str, Path]] = []
    for value in values:
        form, equals, path = value.partition("=")
        if not equals or not path:
            raise click.BadParameter(f"FORMAT=PATH was expected, not {value!r}")
        if form not in formats:
            hint = nearest(form, formats)
            raise click.BadParameter(f"no format {form!r}" + (f"; did you mean {hint}?" if hint else f": {', '.join(formats)}"))
        if path == "-":
            raise click.BadParameter(f"a file was expected; --format {form} prints on standard output")
        if any(Path(path) == other for _, other in found):
            raise click.BadParameter(f"{path} is given twice: one format would be written over the other")
        found.append((form, Path(path)))
    return tuple(found)


def summarize(report: "Report") -> None:
    """Add the comment's text to the summary of a step of GitHub Actions, where the runner asks for one."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    text = render(report, "markdown") if place else ""
    if place and text:
        try:
            with Path(place).open("a", encoding="utf-8", newline="\n") as summary:
                summary.write(text)
        except OSError as error:
            raise UnreadableInput(place, f"cannot be written: {error.strerror}") from None


def write_all(report: "Report", wanted: Sequence[tuple[str, Path]]) -> None:
    """Write a report to files.

    Raises:
        UnreadableInput: a file cannot be written.
    """
    for form, path in wanted:
        try:
            with whole(path) as file:
                file.writelines(pieces(report, form))
        except OSError as error:
            raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None


def write_text(path: Path, text: str) -> None:
    """Write a text to a file.

    Raises:
        UnreadableInput: the file cannot be written.
    """
    try:
        with whole(path) as file:
            file.write(text.encode())
    except OSError as error:
        raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None


def writable(wanted: Sequence[tuple[str, Path]]) -> None:
    """See that files can be written, before long work begins whose answer goes there.

    Raises:
        UnreadableInput: a file's folder is not there or may not be written to, or a folder has its name.
    """
    for _, path in wanted:
        if path.is_dir():
            reason = errno.EISDIR
        elif not path.parent.is_dir():
            reason = errno.ENOENT
        elif not os.access(path if path.exists() else path.parent, os.W_OK):
            reason = errno.EACCES
        else:
            continue
        raise UnreadableInput(str(path), f"cannot be written: {os.strerror(reason)}")


def render_of(kind: str, answer: object, form: str) -> str:
    """An audit or the answer of an upgrade in one format, for a file: no colours; `kind` is the folder of its formats."""
    text: str = import_module(f"cenguard.reports.{kind}.{form}").render(answer)
    return text


def write_all_of(kind: str, answer: object, wanted: Sequence[tuple[str, Path]]) -> None:
    """Write an audit or the answer of an upgrade to files.

    Raises:
        UnreadableInput: a file cannot be written.
    """
    for form, path in wanted:
        write_text(path, render_of(kind, answer, form))
