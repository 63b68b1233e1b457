"""An audit says of a fleet what `check` says of all its states together, however it takes them apart."""

import datetime as dt
from pathlib import Path

import pytest

from cenguard.errors import UnreadableInput
from cenguard.judging.check import check
from cenguard.judging.inventories import read_inventories
from cenguard.judging.options import Options
from cenguard.readers.merging import merge
from cenguard.readers.sources import read_document
from cenguard.settings.model import Settings
from cenguard.settings.reading import read_settings
from tests.fleet.fleets import Stack, run, states_of, write_fleet

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


@pytest.mark.parametrize(("seed", "apart"), [*((seed, False) for seed in range(6)), *((seed, True) for seed in range(4))])
def test_a_fleet(tmp_path, seed, apart):
    """A package in one stack covers attachments in another; a package of another instance is seen as that."""
    root = write_fleet(tmp_path / "fleet", instances=8, seed=seed, apart=apart)

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


def fixes(findings):
    """What takes each finding away, or what falls with which one."""
    return {
        item.fingerprint: (item.fix.applicability, item.fix.with_, item.fix.edits, item.fix.code, item.fix.python)
        for item in findings
        if item.fix is not None
    }


def test_the_edits_of_a_fix_are_those_of_a_check(tmp_path):
    """Instance by instance, wherever the rest of the fleet changes no verdict."""
    root = write_fleet(tmp_path / "fleet", instances=12, seed=2)
    names = {str(root / item.path): item.name for item in targets(root)}
    report = run(root).report
    compared = {}
    for index in range(12):
        own = [
            path
            for path in states_of(root)
            if path.stem.partition(".")[0].endswith(f"-{index}") or path.parent.name == str(index)
        ]
        sources = merge([read_document(path.read_bytes(), str(path), names[str(path)]) for path in own])
        expected = check(sources, Options()).findings
        found = [item for item in report.findings if item.stack in set(map(str, own))]
        if {(item.fingerprint, item.verdict) for item in found} == {(item.fingerprint, item.verdict) for item in expected}:
            assert fixes(found) == fixes(expected)
            compared |= fixes(found)

    assert {fix[0] for fix in compared.values()} == {"safe", "review", "manual"}
    assert any(fix[1] for fix in compared.values())


def test_edits_are_made_only_where_somebody_prints_them(tmp_path):
    root = write_fleet(tmp_path / "fleet", instances=8)

    assert any(item.fix.edits for item in run(root).report.findings if item.fix)
    assert not any(item.fix.edits for item in run(root, edits=False).report.findings if item.fix)


def test_what_falls_with_a_waived_finding_gets_its_edits(tmp_path):
    """As in `check`, which asks who waives what before it makes edits."""
    root = write_fleet(tmp_path / "fleet", instances=8)
    plain = {item.fingerprint: item for item in run(root).report.findings}
    falls = next(item for item in plain.values() if item.fix and item.fix.with_)
    carrier = plain[falls.fix.with_]
    settings = tmp_path / "cenguard.toml"
    settings.write_text(
        f'[[waiver]]\nrule = "{carrier.rule}"\nfingerprint = "{carrier.fingerprint}"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n'
    )

    found = {item.fingerprint: item for item in run(root, options=Options(settings=read_settings(settings))).report.findings}

    assert found[carrier.fingerprint].waived_by
    assert not found[carrier.fingerprint].fix.edits
    heir = next(item for item in found.values() if item.fix and item.fix.edits == carrier.fix.edits)
    assert heir.fix.with_ is None
    assert heir.fix.summary == carrier.fix.summary  # what buys one package was called the purchase of another one
    assert {item.fix.with_ for item in found.values() if item.fix} <= {
        None,
        *(name for name, item in found.items() if item.fix and item.fix.edits),
    }


def test_an_inventory_that_is_too_old_is_told_once_and_when_it_is_known_what_is_waived(tmp_path):
    """Of two networks the audit named one, and failed for what a waiver accepts."""
    rows = ["taken = 2026-10-01"]
    for number in (1, 2):
        cen, ends = f"cen-{number}", ("cn-beijing", "us-west-1")
        stack = Stack(f"net-{number}")
        stack.instance("core", cen)
        for region in ends:
            stack.attachment(region, cen, region, f"vpc-{number}-{region}")
        stack.limit("limit", cen, ends, 20)
        stack.write(tmp_path / "states" / f"net-{number}.json")
        rows += [f'[[instance]]\nid = "{cen}"\ncomplete = true', f'[[package]]\nid = "cenbwp-{number}"\ninstance = "{cen}"']
        rows += ['area_pair = ["China", "North-America"]\nbandwidth = 10']
    old, waivers = tmp_path / "old.toml", tmp_path / "cenguard.toml"
    old.write_text("\n".join(rows))
    waivers.write_text('[[waiver]]\nrule = "CEN208"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n')
    inventory = read_inventories([old], Options().catalogue)
    documents = sorted((tmp_path / "states").iterdir())
    states = [read_document(path.read_bytes(), str(path), path.stem) for path in documents]

    for settings, level in ((Settings(), "mandatory"), (read_settings(waivers), "advisory")):
        options = Options(inventory=inventory, settings=settings, today=dt.date(2026, 11, 30))
        (found,) = [item for item in run(tmp_path / "states", options=options).report.findings if item.rule == "CEN907"]
        (expected,) = [item for item in check(states, options).findings if item.rule == "CEN907"]
        assert (found.level, found.message) == (level, expected.message)


def test_a_waiver_means_an_instance_by_its_name_where_another_network_names_it_by_its_id(tmp_path):
    """The states of the other network knew the id alone, and what they call the instance was all that counted."""
    near, money, far = Stack("a"), Stack("money"), Stack("z")
    near.instance("core", "cen-1")
    money.package("bought", "cenbwp-1", ("China", "Europe"), 10)
    money.attached("bound", "cen-1", "cenbwp-1")
    far.instance("other", "cen-2")
    for number, region in enumerate(("cn-beijing", "eu-central-1")):
        far.attachment(f"end-{number}", "cen-2", region, f"vpc-{number}")
    for stack in (near, money, far):
        stack.write(tmp_path / "states" / f"{stack.project}.json")
    waivers = tmp_path / "cenguard.toml"
    waivers.write_text('[[waiver]]\nrule = "CEN406"\ninstance = "core"\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n')

    report = run(tmp_path / "states", options=Options(settings=read_settings(waivers))).report

    assert [item.waived_by is not None for item in report.findings if item.rule == "CEN406"] == [True]
    assert "CEN903" not in {item.rule for item in report.findings}
