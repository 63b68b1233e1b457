"""The formats of an audit by name, and the files of one run."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from cenguard.errors import UnreadableInput, nearest
from cenguard.fleet.audit import Audit

FORMATS = ("human", "json", "jsonl", "markdown", "html")


def render(audit: Audit, form: str) -> str:
    """An audit in one format, for a file: no colours."""
    text: str = import_module(f"cenguard.reports.audit.{form}").render(audit)
    return text


def outputs(_context: click.Context, _parameter: click.Parameter, values: Sequence[str]) -> tuple[tuple[str, Path], ...]:
    """Option callback of FORMAT=PATH pairs."""
    found: list[tuple[str, Path]] = []
    for value in values:
        form, equals, path = value.partition("=")
        if not equals or not path:
            raise click.BadParameter(f"FORMAT=PATH was expected, not {value!r}")
        if form not in FORMATS:
            hint = nearest(form, FORMATS)
            raise click.BadParameter(f"no format {form!r}" + (f"; did you mean {hint}?" if hint else f": {', '.join(FORMATS)}"))
        if path == "-":
            raise click.BadParameter(f"a file was expected; --format {form} prints on standard output")
        if any(Path(path) == other for _, other in found):
            raise click.BadParameter(f"{path} is given twice: one format would be written over the other")
        found.append((form, Path(path)))
    return tuple(found)


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
