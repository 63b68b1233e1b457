"""An audit says of a fleet what `check` says of all its states together, however it takes them apart."""

from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from tests.fleet.fleets import run, states_of, write_fleet

STATES = ("export", "checkpoint", "terraform-state")
RECORDINGS = Path(__file__).parents[1] / "recordings"


def states():
    """Every recorded state that can be read."""
    for path in sorted(RECORDINGS.rglob("*")):
        if path.suffix in (".json", ".tfstate") and path.is_file() and path.stat().st_size < 2_000_000:
            try:
                if read_document(path.read_bytes(), str(path)).kind in STATES:
                    yield path
            except UnreadableInput:
                continue


def told(findings, ids):
    """What findings say, with an instance under its id, as an audit names it; without packages that others have."""
    return sorted(
        (item.rule, item.verdict, item.level, item.urn or "", ids.get(item.instance, item.instance) or "", item.area_pair or ("", ""), item.region_pairs)
        for item in findings
        if item.rule not in ("CEN902", "CEN903")
    )  # fmt: skip


def ids_in(sources):
    return {record.urn: record.id for source in sources for record in source.resources if record.id}


def dispositions(report_pairs, ids):
    found = {}
    for pair in report_pairs:
        counts = found.setdefault(ids.get(pair.instance, pair.instance), {})
        counts[pair.disposition] = counts.get(pair.disposition, 0) + 1
    return found


@pytest.mark.parametrize("path", list(states()), ids=lambda path: path.relative_to(RECORDINGS).as_posix())
def test_one_recorded_state(path):
    """The parts of one state, judged apart, give the findings of the whole."""
    sources = [read_document(path.read_bytes(), str(path), path.stem)]
    expected = check(sources, Options())
    if not expected.sources[0].resources:
        return

    found = run(path).report

    ids = ids_in(sources)
    assert told(found.findings, ids) == told(expected.findings, ids)
    assert {item.instance: item.pairs for item in found.instances if item.pairs} == {
        instance: counts
        for instance, counts in dispositions(expected.pairs, ids).items()
        if not instance.startswith("the instance")
    }


@pytest.mark.parametrize("seed", range(6))
def test_a_fleet(tmp_path, seed):
    """A package in one stack covers attachments in another; a package of another instance is seen as that."""
    root = write_fleet(tmp_path / "fleet", instances=8, seed=seed)

    found = run(root).report

    names = {str(root / item.path) if item.path else item.url: item.name for item in targets(root)}
    sources = merge([read_document(path.read_bytes(), str(path), names[str(path)]) for path in states_of(root)])
    expected, ids = check(sources, Options()), ids_in(sources)
    assert told(found.findings, ids) == told(expected.findings, ids)
    assert {item.instance: item.pairs for item in found.instances} == dispositions(expected.pairs, ids)
    assert (found.summary.stacks, found.summary.unread) == (len(sources), 1)
    assert found.summary.mandatory == expected.summary.mandatory


def targets(root):
    from cenguard.fleet.listing import targets_of
    from cenguard.fleet.roots import roots_of

    return targets_of(roots_of([str(root)]))
