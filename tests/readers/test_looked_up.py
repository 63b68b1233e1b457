"""What is looked up (`.get`) in the place of what the stack made, of another thing, or no more: documents of engine 3.276."""

import gzip
import json
from pathlib import Path

import pytest

from cenguard.assembly.old_states import with_old_states
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document, read_estate
from cenguard.resources.records import Change

RUNS = Path(__file__).parents[1] / "recordings" / "runs"


def report(*names, base=None):
    found = read_estate([str(RUNS / f"reads-{name}.gz") for name in names])
    return check(found, Options(base=None if base is None else read_estate([str(RUNS / f"reads-{base}.gz")])))


def said(found):
    return {(item.rule, item.verdict, item.resource) for item in found.findings if item.level == "mandatory"}


def pairs(found):
    return [(pair.disposition, pair.mbps, pair.mbps_before) for pair in found.pairs]


@pytest.mark.parametrize("name", ["preview.json", "steps.json", "events.ndjson"])
def test_a_package_that_is_given_up_for_another_one_is_attached_until_its_attachment_goes(name):
    found = report(f"package-{name}")

    assert said(found) == {("CEN404", "violated", "pkg-china-europe-on")}
    assert "while cenbwp-000005emu, which" in next(item.message for item in found.findings)
    assert pairs(found) == [("funded", 4, 4)]
    assert found.fixed == ()  # the old one is no remnant of an earlier update


@pytest.mark.parametrize("name", ["preview.json", "steps.json", "events.ndjson"])
def test_it_is_deleted(name):
    (source,) = read_estate([str(RUNS / f"reads-package-{name}.gz")])

    assert [(item.id, item.delete) for item in source.deleted] == [("cenbwp-000005emu", False)]
    assert source.cleared == []


def test_one_that_the_cloud_keeps_is_retained():
    document = json.loads(gzip.decompress((RUNS / "reads-package-preview.json.gz").read_bytes()))
    for step in document["steps"]:
        if step["urn"].endswith("::pkg-china-europe"):
            step["oldState"]["retainOnDelete"] = True
    source = read_document(json.dumps(document).encode(), "preview.json")

    assert ([item.id for item in source.retained], source.deleted) == (["cenbwp-000005emu"], [])


def test_another_thing_is_not_what_the_old_one_answered():
    """The engine's preview has no answer of what is looked up anew; the package of another area was taken for the old one."""
    assert pairs(report("other-preview.json")) == [("undetermined", None, 4)]
    assert pairs(report("other-events.ndjson")) == [("wrong_area", None, 4)]


@pytest.mark.parametrize(
    "names",
    [("made-package-preview.json",), ("made-package-steps.json",), ("made-package-plan.json", "made-export.json")],
    ids=["preview", "steps", "plan and export"],
)
def test_what_was_looked_up_is_not_replaced_by_what_is_made_in_its_place(names):
    found = report(*names)

    assert said(found) == {("CEN404", "violated", "pkg-china-europe-on")}
    assert "while cenbwp-000001emu, which pkg-china-europe-on attached," in next(
        item.message for item in found.findings if item.rule == "CEN404"
    )
    assert [(item.urn.rpartition("::")[2], item.mbps) for item in found.purchases] == [("pkg-china-europe", 10)]
    assert pairs(found) == [("funded", 4, 4)]
    assert not any("another moment" in note for source in found.sources for note in source.notes)


def test_what_is_looked_up_no_more_is_not_deleted():
    found = report("forgotten-plan.json", "made-export.json")

    assert (said(found), pairs(found)) == (set(), [("outside", 4, 4)])
    assert {item.rule for item in report("forgotten-plan.json").findings}.isdisjoint({"CEN404", "CEN411"})


PROGRAM = """
name: network
runtime: yaml
resources:
  core: {type: alicloud:cen:Instance, properties: {cenInstanceName: core, description: backbone}}
  net-cn-beijing:
    type: alicloud:cen:InstanceAttachment
    properties: {instanceId: "${core.id}", childInstanceId: vpc-literal1, childInstanceType: VPC, childInstanceRegionId: cn-beijing}
  net-eu-central-1:
    type: alicloud:cen:InstanceAttachment
    properties: {instanceId: "${core.id}", childInstanceId: vpc-literal6, childInstanceType: VPC, childInstanceRegionId: eu-central-1}
  pkg-china-europe: PACKAGE
  pkg-china-europe-on:
    type: alicloud:cen:BandwidthPackageAttachment
    properties: {instanceId: "${core.id}", bandwidthPackageId: "${pkg-china-europe.id}"}
  lim-cn-beijing-eu-central-1:
    type: alicloud:cen:BandwidthLimit
    properties: {instanceId: "${core.id}", regionIds: [cn-beijing, eu-central-1], bandwidthLimit: 4}
    options: {dependsOn: ["${pkg-china-europe-on}", "${net-cn-beijing}", "${net-eu-central-1}"]}
"""
AREAS = "geographicRegionAId: China, geographicRegionBId: Europe"
MADE = f"{{type: alicloud:cen:BandwidthPackage, properties: {{bandwidth: 10, {AREAS}, cenBandwidthPackageName: p, paymentType: PostPaid}}}}"


@pytest.mark.parametrize(
    ("package", "base", "expected", "deleted"),
    [
        (MADE, "made-export.json", {("CEN404", "violated", "pkg-china-europe-on")}, []),
        ("{type: alicloud:cen:BandwidthPackage, get: {id: cenbwp-other}}", "export.json", set(), ["cenbwp-000005emu"]),
        ("{type: alicloud:cen:BandwidthPackage, get: {id: cenbwp-000005emu}}", "export.json", set(), []),
    ],
    ids=["made", "of another stack", "the same"],
)
def test_a_program_against_a_base_does_the_same(tmp_path, package, base, expected, deleted):
    (tmp_path / "Pulumi.yaml").write_text(PROGRAM.replace("PACKAGE", package))
    given = read_estate([str(RUNS / f"reads-{base}.gz")])
    sources = read_estate([str(tmp_path)])

    assert said(check(sources, Options(base=given))) == expected
    assert [item.id for item in with_old_states(sources[0], given[0]).deleted] == deleted


def test_a_refresh_tells_what_it_found():
    """It was told as the state had it, and as something that the stack manages."""
    text = gzip.decompress((RUNS / "reads-shrunk-refresh.ndjson.gz").read_bytes()).decode()
    source = read_document(text.encode(), "refresh.ndjson")
    (package,) = (item for item in source.resources if item.name == "pkg-china-europe")

    assert (package.change, package.outputs["bandwidth"], package.before.outputs["bandwidth"]) == (Change.READ, 5, 20)

    wider = read_document(text.replace('"bandwidthLimit": 4', '"bandwidthLimit": 6').encode(), "refresh.ndjson")

    assert ("CEN208", "violated", "pkg-china-europe") in said(check([wider], Options()))


def test_what_was_looked_up_before_is_attached_until_its_attachment_goes():
    """Of which areas that was nobody tells, but a limit that stands draws on it."""
    document = json.loads(gzip.decompress((RUNS / "reads-other-preview.json.gz").read_bytes()))
    for step in document["steps"]:
        if step["urn"].endswith("::pkg-china-europe"):  # as after a refresh, which has it read already
            step["newState"]["outputs"] = step["oldState"]["outputs"]
    found = check([read_document(json.dumps(document).encode(), "preview.json")], Options())
    (told,) = (item for item in found.findings if item.rule == "CEN404")

    assert said(found) == {("CEN404", "violated", "pkg-china-europe-on")}
    assert told.fix.summary.startswith("Detach the old one in an update of its own first")
