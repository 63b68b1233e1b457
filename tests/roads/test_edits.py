"""Every recorded document: the edits of its report, applied to the document itself and checked again, hold."""

import datetime as dt
import json
from pathlib import Path

import pytest

from cenguard.errors import CenguardError
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.testing.edits import apply_edits, edits_of
from tests.held import assert_holds, assert_mended, covered, mandatory, report_of

RECORDINGS = Path(__file__).parents[1] / "recordings"
OPTIONS = Options(today=dt.date(2027, 1, 1))


def documents():
    """Every document that can be judged, with its report."""
    for path in sorted(RECORDINGS.rglob("*.json")):
        try:
            yield path, [read_source(str(path))]
        except CenguardError:
            continue


@pytest.mark.slow
def test_the_edits_of_every_document_hold_and_most_of_what_is_mandatory_has_some(tmp_path):
    with_edits = total = applied = 0
    for path, sources in documents():
        try:
            report = assert_holds(sources, OPTIONS)
            edits = edits_of(report)
            if edits and _is_of_a_change(path):
                made = tmp_path / path.name  # there, a document of Terraform has no name
                made.write_bytes(path.read_bytes())
                before = report_of([read_source(str(made))], OPTIONS)
                made.write_text(json.dumps(apply_edits(json.loads(path.read_text()), edits_of(before))))
                assert_mended(before, report_of([read_source(str(made))], OPTIONS))
                applied += 1
        except (AssertionError, LookupError) as error:
            raise AssertionError(f"{path.relative_to(RECORDINGS)}: {error}") from None
        if not all(source["complete"] for source in report["sources"]):
            continue  # what a document leaves out is in the program: nothing is to be written
        loud = mandatory(report)
        total += len(loud)
        with_edits += len(loud & covered(report))
    assert applied > 20
    assert with_edits >= 0.75 * total, (with_edits, total)  # no edit says an alias, or the order of a deletion


def _is_of_a_change(path):
    """Whether it is a preview's document or a plan's, which edits can be made in."""
    top = json.loads(path.read_text())
    return "steps" in top or "resource_changes" in top
