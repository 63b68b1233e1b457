"""What changed: new, unchanged and fixed findings, and the Mbps of each pair before."""

import json

import pytest
from msgspec import structs

from cenguard.errors import UnreadableInput
from cenguard.judging.base import compared
from cenguard.judging.check import check, exit_status, network_of
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate, read_source
from cenguard.reports.human import render
from cenguard.reports.markdown import render as render_markdown
from cenguard.testing import a_world
from tests.network.routes.estates import one_router
from tests.readers.documents import RECORDINGS, report_of


def records(scenario, *names):
    return read_estate([str(RECORDINGS / scenario / name) for name in names])


def against(sources, base):
    return check(sources, Options(base=tuple(base)))


def changes(report):
    return {(item.rule, item.change) for item in report.findings}


@pytest.mark.parametrize("names", [("preview.json",), ("plan.json", "export.json"), ("preview-default.json", "export.json")])
def test_a_change_is_its_own_base(names):
    report = report_of("basic-change-limit", *names)

    assert [(pair.mbps_before, pair.mbps) for pair in report.pairs] == [(4, 5)]
    assert (report.summary.new, report.summary.fixed) == (0, 0)


@pytest.mark.parametrize("names", [("preview.json",), ("plan.json", "export.json"), ("events.ndjson",)])
def test_a_package_that_goes_makes_new_findings(names):
    report = report_of("basic-delete-package", *names)

    assert ("CEN201", "new") in changes(report)
    assert [(pair.mbps_before, pair.mbps) for pair in report.pairs] == [(4, None)]
    assert report.summary.new == len(report.findings)


def test_the_way_back_fixes_them():
    """The state after the loss, with the deployment before it as what is proposed."""
    lost = records("basic-delete-package", "preview.json")
    standing = records("basic-delete-package", "export.json")
    report = against(standing, lost)

    assert report.findings == ()
    assert "CEN201" in {item.rule for item in report.fixed}
    assert report.summary.fixed == len(report.fixed)


def test_nothing_changed():
    report = report_of("basic-unchanged", "preview.json")

    assert [(pair.mbps_before, pair.mbps) for pair in report.pairs] == [(4, 4)]
    assert (report.summary.new, report.summary.fixed) == (0, 0)
    network = network_of(records("basic-unchanged", "preview.json"), Options())
    assert network.base is network


def test_everything_is_new_in_a_first_preview():
    report = report_of("external-package", "preview.json")

    assert {item.change for item in report.findings} == {"new"}
    assert all(pair.mbps_before is None for pair in report.pairs)


@pytest.mark.parametrize("names", [("plan.json",), ("export.json",)])
def test_where_the_old_state_is_not_told_nothing_is_compared(names):
    report = report_of("basic-change-limit", *names)

    assert (report.summary.new, report.summary.fixed) == (None, None)
    assert {item.change for item in report.findings} <= {None}


def test_only_new_findings_decide():
    broken = records("basic-delete-package", "preview.json")
    report = against(broken, records("basic-delete-package", "preview.json"))

    assert {item.change for item in report.findings} == {"unchanged"}
    assert exit_status(report, "mandatory") == 1
    assert exit_status(report, "mandatory", only_new=True) == 0
    assert exit_status(report_of("basic-delete-package", "preview.json"), "mandatory", only_new=True) == 1


def test_a_question_that_becomes_a_certainty_is_new():
    """The log before could not tell which package was attached; the preview now can, and it is the wrong one."""
    report = against(records("basic-replace-package", "preview.json"), records("basic-replace-package", "events.ndjson"))
    finding = next(item for item in report.findings if item.rule == "CEN201")

    assert (finding.verdict, finding.change) == ("violated", "new")


def test_a_base_that_hides_resources_is_refused():
    with pytest.raises(UnreadableInput, match="so it is no base"):
        against(records("basic-change-limit", "preview.json"), records("basic-change-limit", "preview-default.json"))


def test_a_base_of_a_stack_that_is_not_checked_is_refused(tmp_path):
    text = (RECORDINGS / "basic-create" / "export-after-up.json").read_text()
    paths = []
    for name in ("east", "west", "north"):
        path = tmp_path / f"{name}.json"
        path.write_text(text.replace("urn:pulumi:dev::network", f"urn:pulumi:{name}::network"))
        paths.append(str(path))

    with pytest.raises(UnreadableInput, match="base of network/north"):
        against(read_estate(paths[:2]), [read_source(paths[2])])


def test_the_old_network_is_there_for_the_rules():
    network = network_of(records("basic-replace-package", "preview.json"), Options())
    (now,), (before,) = network.packages, network.base.packages

    assert now.replaced
    assert (before.urn, before.area_pair.names, now.area_pair.names) == (
        now.urn,
        ("China", "North-America"),
        ("Asia-Pacific", "China"),
    )
    assert not {item.urn for item in network_of(records("basic-delete-package", "preview.json"), Options()).packages}
    assert json.dumps(sorted(item.name for item in network.base.limits)) == '["limit"]'


def test_people_read_what_is_new_and_what_is_resolved():
    lost = render(report_of("basic-delete-package", "preview.json"))
    back = render(against(records("basic-delete-package", "export.json"), records("basic-delete-package", "preview.json")))

    assert "CEN201 missing-bandwidth-package [mandatory] new" in lost
    assert "✓ resolved: CEN201" in back


def test_a_region_that_is_detached_is_told_with_what_it_carried(tmp_path):
    before = records("basic-unchanged", "export.json")
    document = json.loads((RECORDINGS / "basic-unchanged" / "export.json").read_text())
    resources = document["deployment"]["resources"]
    gone = [item for item in resources if item["urn"].endswith(("::att-sv", "cen/bandwidthLimit:BandwidthLimit::limit"))]
    document["deployment"]["resources"] = [item for item in resources if item not in gone]
    (tmp_path / "after.json").write_text(json.dumps(document))
    report = against(read_estate([str(tmp_path / "after.json")]), before)

    assert len(gone) == 2
    assert [(pair.disposition, pair.mbps_before, pair.mbps) for pair in report.pairs] == [("detached", 4, None)]
    assert "cn-beijing – us-west-1  no longer attached (before: 4 Mbps)" in render(report)
    assert "no pair of regions" not in render_markdown(report)
    assert "no longer attached | 4 Mbps" in render_markdown(report)


def spokes(*names):
    """A hub that reaches each of some networks, and no way back from any: each has a table of its own, which learns it alone."""
    world = one_router().site("near", "hub", "10.0.1.0/24").joined("near-table", "hub")
    for index, name in enumerate(names, 1):
        world.site("near", name, f"10.{index}.1.0/24").propagated("near-table", name)
        world.table("near", f"{name}-table").joined(f"{name}-table", name)
    return world.standing().records()


def of_the_hub(report):
    """What is said of the way back to the hub, and what of it is fixed."""
    said = {item.message.split()[2].strip(","): item.change for item in report.findings if item.rule == "CEN322"}
    return said, [item.message.split()[2].strip(",") for item in report.fixed if item.rule == "CEN322"]


def test_of_several_findings_with_one_fingerprint_the_one_that_comes_is_new_and_the_one_that_goes_is_fixed():
    """All are about the hub's attachment."""
    few, many = spokes("mill"), spokes("kiln", "mill", "yard")

    assert of_the_hub(against([spokes("kiln", "mill", "yard")], [few])) == (
        {"kiln": "new", "mill": "unchanged", "yard": "new"},
        [],
    )
    assert of_the_hub(against([spokes("mill")], [many])) == ({"mill": "unchanged"}, ["kiln", "yard"])


@pytest.mark.parametrize("turned", [False, True])
def test_of_several_findings_with_one_fingerprint_and_other_words_a_certain_one_was_the_certain_one(turned):
    """What was asked beside it is fixed, or asked still: neither makes the other a new one."""
    certain = next(item for item in check([spokes("kiln", "mill")], Options()).findings if item.rule == "CEN322")
    asked = structs.replace(certain, verdict="undetermined", level="advisory", message="Whether …")
    reworded = [structs.replace(item, message=f"{item.message} And so on.") for item in (certain, asked)]
    before = [asked, certain] if turned else [certain, asked]

    assert [(item.verdict, item.change) for item in compared(reworded, before)[0]] == [
        ("violated", "unchanged"),
        ("undetermined", "unchanged"),
    ]
    marked, fixed = compared(reworded[:1], before)
    assert ([item.change for item in marked], [item.verdict for item in fixed]) == (["unchanged"], ["undetermined"])


@pytest.mark.parametrize(("added", "change"), [("cn-hangzhou", "new"), (None, "unchanged")])
def test_a_region_that_is_cut_off_as_others_were_is_something_new(added, change):
    """What is said of its instance and its pair of areas was said before, and `--new` let it pass."""
    world = a_world().instance().package("China", "Europe", 10, "package")
    for region in ("cn-beijing", "cn-shanghai", "us-west-1"):
        world.attach(region, region)
    world.standing()
    if added:
        world.attach(added, added)
    report = check([world.records()], world.options())

    assert {item.change for item in report.findings if item.rule == "CEN201"} == {change}
    assert exit_status(report, "mandatory", only_new=True) == (1 if added else 0)


def test_one_more_limit_on_a_package_that_was_too_small_is_something_new():
    """The service refuses it, whatever it made of the one before."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("cn-shanghai", "mill").attach("us-west-1", "sales")
    world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 12, "limit").standing()
    before = check([world.records()], world.options())
    after = check([world.limit("cn-shanghai", "us-west-1", 3, "more").records()], world.options())

    assert [[item.change for item in report.findings if item.rule == "CEN208"] for report in (before, after)] == [
        ["unchanged"],
        ["new"],
    ]


@pytest.mark.parametrize(
    ("path", "name"),
    [("partial/destroy-preview/preview.json", "core"), ("terraform/terraform-basic-create/plan-destroy.json", "backbone")],
)
def test_an_instance_that_is_deleted_keeps_its_name(path, name):
    """It was called by its id, as one that leaves the program and stays in the cloud."""
    report = check(read_estate([str(RECORDINGS / path)]), Options())

    assert {cut.instance.rpartition("::")[2].rpartition(".")[2] for cut in report.cuts} == {name}
    assert {pair.instance for pair in report.pairs} == {cut.instance for cut in report.cuts}
    assert f"on `{name}` (4 Mbps → nothing)" in " ".join(render(report).split())


def test_a_pair_of_an_instance_that_is_deleted_is_told_once():
    """Its networks are another stack's, and hang on it still."""
    world = a_world().instance().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")
    report = check([world.standing().deleted("limit", "package-attachment", "core").records()], Options())

    assert [(pair.instance, pair.mbps_before, pair.mbps) for pair in report.pairs] == [("core-id", 5, None)]
    assert [cut.instance for cut in report.cuts] == ["core-id"]
