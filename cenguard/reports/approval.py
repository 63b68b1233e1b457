"""What an approval rule of a pipeline decides on: what the change buys, cuts, and pays by traffic, each as a line `name=JSON`.

Nothing is `[]`. Where the check could not answer there are no lines: that nothing is bought is then not known.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from cenguard.errors import UnreadableInput
from cenguard.findings.report import Report
from cenguard.reports.json import purchases_document
from cenguard.text.printable import printable_json

MOST = 5000
"""Bytes of the lines together that GitLab takes as variables of later jobs (https://docs.gitlab.com/ci/variables/dotenv_files/: 5 KB)."""
FILES = {"GITHUB_OUTPUT": None, "CENGUARD_OUTPUTS": MOST}
"""Variables that name a file for the lines, and the most bytes that its reader takes: the outputs of a step of GitHub Actions, written
with `--format github` alone, and a file of one's own."""


def lines(report: Report, most: int | None = None) -> str:
    """The lines `buys`, `cuts` and `by_traffic`; a list that does not fit in `most` bytes becomes one that is not empty either."""
    values = {"buys": purchases_document(report.purchases), "cuts": report.cuts, "by_traffic": report.traffic}
    texts = {name: _json(value) for name, value in values.items()}
    if most is not None and sum(len(text.encode()) for text in texts.values()) > most:
        texts = {name: text if text == "[]" else '["too many to list: the JSON report has them"]' for name, text in texts.items()}
    return "".join(f"{name}={text}\n" for name, text in texts.items())


def _json(value: Sequence[Any]) -> str:
    return printable_json(msgspec.json.encode(value).decode())


def hand_out(report: Report, form: str) -> None:
    """Add the lines to the files that the job at hand asks for.

    Raises:
        UnreadableInput: a file cannot be written.
    """
    for variable, most in FILES.items():
        place = os.environ.get(variable)
        if not place or (variable == "GITHUB_OUTPUT" and form != "github"):
            continue
        try:
            with Path(place).open("a", encoding="utf-8", newline="\n") as outputs:
                outputs.write(lines(report, most))
        except OSError as error:
            raise UnreadableInput(place, f"cannot be written: {error.strerror}") from None
