"""Documents of a hub and two spokes, each a stack of its own: which go together, and what they say together."""

import json
from pathlib import Path

import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.judging.check import check
from cenguard.judging.inventories import gather
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate
from cenguard.reports.human import render

FOLDER = Path(__file__).parent / "recordings" / "several"
STANDING = ["net-export", "shop-export", "sales-export"]


def estate(*names):
    return read_estate([str(FOLDER / f"{name}.json") for name in names])


def report(*names, base=None):
    return check(estate(*names), Options(base=estate(*base) if base else None))


def pairs(found):
    return [(pair.disposition, pair.mbps) for pair in found.pairs]


def said(found, level="mandatory"):
    return sorted(item.rule for item in found.findings if item.verdict == "violated" and item.level == level)


def test_three_stacks_that_stand_are_one_network():
    found = report(*STANDING)

    assert pairs(found) == [("funded", 4)]
    assert not found.findings


@pytest.mark.parametrize("spokes", [["shop-first-preview", "sales-first-preview"], ["sales-first-preview", "shop-first-preview"]])
def test_which_stack_is_deployed_first_is_in_no_document(spokes):
    """The limit of one stack needs the network of another one: no dependency can be written, and none is missing for certain."""
    found = report("net-export", *spokes)
    finding = next(item for item in found.findings if item.rule == "CEN211")

    assert finding.verdict == "undetermined"
    assert "which of shop/prod and sales/prod is deployed first" in finding.message
    assert said(found) == []
    assert pairs(found) == [("funded", 4)]


@pytest.mark.parametrize(
    ("change", "state", "differing"),
    [
        ("net-first-preview", "net-export", "core"),
        ("net-first-plan", "net-export", "core"),
        ("shop-first-preview", "shop-export", "shop"),
    ],
)
def test_a_change_that_makes_what_stands_is_older_than_the_export(change, state, differing):
    """It is read, since nothing in it contradicts the state; the head says that neither is to be trusted beside the other."""
    (note,) = [item for item in report(change, state).sources[0].notes if "is of another moment" in item]

    assert f"{state}.json is of another moment: it holds " in note
    assert differing in note
    assert "Preview the stack again, and export it beside that" in note


def test_an_export_that_holds_more_than_a_preview_shows_is_another_one(tmp_path):
    document = json.loads((FOLDER / "net-unchanged-preview.json").read_text())
    document["steps"] = [step for step in document["steps"] if "BandwidthPackage" not in step["urn"]]
    document["changeSummary"]["same"] -= 2
    preview = tmp_path / "preview.json"
    preview.write_text(json.dumps(document))
    (records,) = read_estate([str(preview), str(FOLDER / "net-export.json")])

    assert "is of another moment: it holds bound and package, which" in " ".join(records.notes)
    assert not [item for item in records.resources if item.name == "package"]


def test_an_export_that_holds_more_than_a_preview_counts_is_another_one(tmp_path):
    """A package that is gone since would be taken to stand: which of them it is, nothing tells."""
    preview = tmp_path / "preview.json"
    preview.write_text((FOLDER / "net-unchanged-preview-default.json").read_text().replace('"same":4', '"same":2'))
    (records,) = read_estate([str(preview), str(FOLDER / "net-export.json")])

    assert not records.complete
    assert "holds more, and it is of another moment" in records.missing


def words_of(found):
    """What people read of a report, whatever the length of a path does to its lines."""
    return " ".join(render(found).split())


def test_a_preview_without_a_change_shows_no_deletions():
    found = report("net-unchanged-preview-default", *STANDING)

    assert pairs(found) == [("funded", 4)]
    assert "nothing but deletions" not in words_of(found)
    assert "nothing but deletions" in words_of(report("net-without-package-preview-default", *STANDING))


@pytest.mark.parametrize("bases", [["sales-export"], STANDING, STANDING[::-1]])
def test_a_base_that_a_plan_starts_from_completes_it_as_the_export_beside_it_does(bases):
    """What a plan leaves out was taken to be attached no more."""
    beside = report("net-export", "shop-export", "sales-limit-plan", "sales-export")
    found = report("net-export", "shop-export", "sales-limit-plan", base=bases)

    assert pairs(found) == pairs(beside) == [("overdrawn", None)]
    assert [(item.rule, item.message, item.because) for item in found.findings] == [
        (item.rule, item.message, item.because) for item in beside.findings
    ]
    assert said(found) == ["CEN208"]


def test_where_a_network_is_attached_may_be_what_a_plan_leaves_out(tmp_path):
    """A base of another moment completes nothing, and what is not known is not lost."""
    text = (FOLDER / "sales-export.json").read_text()
    network = next(item for item in json.loads(text)["deployment"]["resources"] if item["type"] == "alicloud:vpc/network:Network")
    path = tmp_path / "sales.json"
    path.write_text(text.replace(network["id"], "vpc-another"))
    base = read_estate([str(FOLDER / "net-export.json"), str(FOLDER / "shop-export.json"), str(path)])
    found = check(estate("net-export", "shop-export", "sales-limit-plan"), Options(base=base))

    assert pairs(found) == [("undetermined", None)]
    assert found.cuts == ()
    assert said(found) == ["CEN208"]
    assert [item.verdict for item in found.findings if item.rule == "CEN408"] == ["undetermined"]


def test_a_purchase_that_was_interrupted_is_told_once(monkeypatch):
    monkeypatch.chdir(FOLDER.parent / "partial" / "killed-while-buying")
    found = check(read_estate(["preview.json", "export.json"]), Options(base=read_estate(["export.json"])))

    assert said(found) == ["CEN415"]


@pytest.mark.parametrize(
    ("names", "note"),
    [
        (["net-export"], "core is marked complete, and no network is attached to it here"),
        (["net-export", "shop-export"], "core is marked complete, and only cn-beijing is attached to it here"),
        (STANDING, ""),
    ],
)
def test_an_inventory_of_a_hub_says_that_its_spokes_are_missing(names, note):
    """With it, a limit to a network of another spoke has nothing at its other end."""
    gathered = gather([str(FOLDER / f"{name}.json") for name in names], default_catalogue())

    assert [instance.complete for instance in gathered.inventory.instances.values()] == [True]
    assert gathered.notes[:1] == (
        (f"{note}: where other stacks attach to it, give their documents as well, or name it in the setting `shared`",)
        if note
        else ()
    )


def test_what_a_refresh_found_gone_does_not_stand_since_the_export_has_it():
    """The limit is lost and left the program: its refresh step shows the stored state, and nothing shows that it is gone."""
    found = report("sales-lost-limit-preview-refresh", *STANDING)
    (finding,) = [item for item in found.findings if item.rule == "CEN904"]

    assert found.pairs == ()
    assert "which of them the refresh found gone is not told" in finding.message
    assert "add --show-sames" in finding.message


def test_what_a_refresh_found_gone_is_made_again_beside_the_export():
    assert pairs(report("sales-made-again-preview-refresh", *STANDING)) == [("funded", 5)]
