"""What is said of recorded documents is for people too: sentences of rules, of the tool itself and of the head."""

import datetime as dt
from pathlib import Path

import pytest

from cenguard.errors import CenguardError
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from tests.rules.tables import odd_in, odd_words

RECORDINGS = Path(__file__).parents[1] / "recordings"
DOCUMENTS = (".json", ".gz", ".ndjson", ".tfstate")
OPTIONS = Options(today=dt.date(2026, 11, 28))

OTHERS_WORDS = {
    "roads/hcl-new-names/preview.json.gz": {" :"},
    "terraform/terraform-ephemeral-and-sensitive/plan.json": {"SECRET"},
    "terraform/terraform-entries-looked-up/plan.json": {"{", "}"},
    "terraform/terraform-tables-looked-up/state.json": {"{", "}"},
    "terraform/terraform-target-renamed/plan.json": {"{", "}"},
    "terraform/tofu-ephemeral-and-sensitive/plan.json": {"SECRET"},
}
"""What a provider says, how a resource is called, and what to write in a block: repeated as it is."""


def answers(folder: Path):
    for path in sorted(folder.rglob("*")):
        if path.suffix not in DOCUMENTS:
            continue
        try:
            yield path, check(read_estate([str(path)]), OPTIONS)
        except CenguardError:
            continue  # what is none of the kinds that are read


@pytest.mark.parametrize("folder", sorted(path.name for path in RECORDINGS.iterdir() if path.is_dir()))
def test_nothing_that_is_said_of_a_recording_has_a_hole(folder):
    odd = {}
    for path, report in answers(RECORDINGS / folder):
        found = [(item.rule, words) for item in report.findings if (words := odd_words(item))]
        found += [("head", words) for source in report.sources if (words := odd_in(source.notes))]
        name = str(path.relative_to(RECORDINGS))
        if found and {word for _, words in found for word in words} != OTHERS_WORDS.get(name):
            odd[name] = found

    assert odd == {}
