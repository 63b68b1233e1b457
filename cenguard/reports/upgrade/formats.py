"""The formats of an answer by name, and the files of one run."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from cenguard.errors import UnreadableInput
from cenguard.findings.upgrade_answer import UpgradeAnswer
from cenguard.reports.formats import files_of

FORMATS = ("human", "json", "markdown", "html")


def render(answer: UpgradeAnswer, form: str) -> str:
    """An answer in one format, for a file: no colours."""
    text: str = import_module(f"cenguard.reports.upgrade.{form}").render(answer)
    return text


def outputs(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """Option callback of FORMAT=PATH pairs."""
    return files_of(values, FORMATS)


def write_all(answer: UpgradeAnswer, wanted: Sequence[tuple[str, Path]]) -> None:
    """Write an answer to files.

    Raises:
        UnreadableInput: a file cannot be written.
    """
    for form, path in wanted:
        try:
            path.write_text(render(answer, form), "utf-8", newline="\n")
        except OSError as error:
            raise UnreadableInput(str(path), f"cannot be written: {error.strerror}") from None
