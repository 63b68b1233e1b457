"""The formats of an audit by name, and the files of one run."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from cenguard.errors import UnreadableInput
from cenguard.findings.audited import Audit
from cenguard.reports.formats import files_of

FORMATS = ("human", "json", "jsonl", "markdown", "html")


def render(audit: Audit, form: str) -> str:
    """An audit in one format, for a file: no colours."""
    text: str = import_module(f"cenguard.reports.audit.{form}").render(audit)
    return text


def outputs(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """Option callback of FORMAT=PATH pairs."""
    return files_of(values, FORMATS)


def write_all(audit: Audit, wanted: Sequence[tuple[str, Path]]) -> None:
    """Write an audit to files.

    Raises:
        UnreadableInput: a file cannot be written.
    """
    for form, path in wanted:
        try:
            path.write_text(render(audit, form), "utf-8", newline="\n")
        except OSError as error:
            raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None
