"""What changed since an earlier report."""

import json

from tests.fleet.fleets import Stack, bought
from tests.fleet.test_audit import audit


def test_what_changed_since_an_earlier_report(tmp_path):
    us, eu = ("cn-beijing", "us-west-1"), ("cn-beijing", "eu-central-1")
    bought(
        tmp_path / "a",
        packages=[("us", ("China", "North-America"), "2026-06-01"), ("old", ("China", "Europe"), "2026-02-01")],
        limits=[us, eu],
    )
    bought(tmp_path / "b", packages=[("new", ("China", "Europe"), "2027-01-01")], limits=[eu])
    earlier = tmp_path / "earlier.json"
    earlier.write_text(audit(tmp_path / "a", "--workers", 1, "--format", "json", "--today", "2026-01-01")[1])

    _, output, _ = audit(tmp_path / "b", "--workers", 1, "--format", "json", "--base", earlier, "--today", "2026-03-01")

    report = json.loads(output)
    assert report["since"] == {
        "bought": ["cenbwp-new"],
        "freed": ["cenbwp-us"],
        "expired": ["cenbwp-old"],
        "lost": [{"instance": "cen-1", "regions": list(us)}],
    }
    assert report["committed"] == [{"month": "2027-01", "mbps": 20, "amount": None, "currency": None}]


def test_what_had_expired_when_the_earlier_report_was_made_is_not_told_again(tmp_path):
    """An expired package may stay in its state for months: it expired since one report, and is named by CEN412 from then on."""
    china = ("China", "Europe"), ("China", "North-America")
    bought(tmp_path / "states", packages=[("jan", china[0], "2027-01-31"), ("feb", china[1], "2027-02-28")])

    def expired(today, *more):
        report = audit(tmp_path / "states", "--workers", 1, "--format", "json", "--today", today, *more)[1]
        (tmp_path / "earlier.json").write_text(report)
        return (json.loads(report)["since"] or {}).get("expired")

    months = ("--base", tmp_path / "earlier.json")
    assert expired("2027-01-31") is None
    assert expired("2027-01-31", *months) == []  # its last day
    assert expired("2027-02-01", *months) == ["cenbwp-jan"]
    assert expired("2027-02-28", *months) == []
    assert expired("2027-03-31", *months) == ["cenbwp-feb"]
    assert expired("2027-04-30", *months) == []
    assert expired("2027-05-31", *months) == []
    bought(tmp_path / "states", packages=[("jan", china[0], "2027-06-30"), ("feb", china[1], "2027-02-28")])
    assert expired("2027-07-01", *months) == ["cenbwp-jan"]  # it was renewed, and that is over, too


def test_an_earlier_report_of_a_later_day_is_said_to_be_one(tmp_path):
    bought(tmp_path / "states", packages=[("jan", ("China", "Europe"), "2027-01-31")])
    earlier(tmp_path, "--today", "2027-03-01")

    told, notes = since(tmp_path, "--today", "2027-02-15")

    assert told["expired"] == ["cenbwp-jan"]
    assert notes == ["note: the earlier report is not earlier: it was made on 2027-03-01, and this one is of 2027-02-15"]


def since(tmp_path, *arguments):
    """What is said beside an earlier report, and the notes about it."""
    status, output, errors = audit(
        tmp_path / "states", "--workers", 1, "--format", "json", "--base", tmp_path / "earlier.json", *arguments
    )
    assert status in (0, 1)
    return json.loads(output)["since"], [line for line in errors.splitlines() if line.startswith("note: ")]


def earlier(tmp_path, *arguments):
    (tmp_path / "earlier.json").write_text(audit(tmp_path / "states", "--workers", 1, "--format", "json", *arguments)[1])


def test_what_a_state_holds_that_is_not_read_is_not_freed_and_its_pairs_are_not_lost(tmp_path):
    """A bucket that was busy, a state that was damaged: no package was given back because of that."""
    bought(tmp_path / "states", packages=[("eu", ("China", "Europe"), "2026-02-01")])
    money = Stack("money")
    money.package("us", "cenbwp-us", ("China", "North-America"), 20)
    money.attached("us", "cen-1", "cenbwp-us")
    money.limit("us", "cen-1", ["cn-beijing", "us-west-1"], 20)
    path = money.write(tmp_path / "states/money.json")
    earlier(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:200])

    told, notes = since(tmp_path, "--today", "2026-03-01")

    assert told == {"bought": [], "freed": [], "expired": ["cenbwp-eu"], "lost": []}
    assert [note.partition(" because")[0] for note in notes[:1]] == ["note: 1 package not counted as bought or freed,"]
    assert "not known of cen-1" in notes[1]

    earlier(tmp_path)
    path.write_bytes(whole)
    told, notes = since(tmp_path)

    assert told["bought"] == []  # it may have stood there before
    assert "cenbwp-us" in notes[0]


def test_what_an_earlier_report_did_not_name_is_not_new(tmp_path):
    bought(tmp_path / "states", packages=[("eu", ("China", "Europe"), None)])
    earlier(tmp_path, "--ignore", "CEN201")

    told, notes = since(tmp_path)

    assert told["lost"] == []
    assert len(notes) == 1
    assert notes[0].startswith("note: whether more pairs than before have no Mbps is not known of cen-1: ")


def test_a_pair_of_which_the_earlier_report_asked_is_neither_lost_nor_passed_over(tmp_path):
    """Nothing was known of it then."""
    bought(tmp_path / "states", limits=[("cn-beijing", "us-west-1")])
    earlier(tmp_path)
    assert since(tmp_path) == ({"bought": [], "freed": [], "expired": [], "lost": []}, [])
    report = json.loads((tmp_path / "earlier.json").read_text())
    asked = {tuple(pair) for item in report["findings"] if item["verdict"] == "undetermined" for pair in item["region_pairs"]}
    bought(tmp_path / "states", packages=[("us", ("China", "North-America"), None)])

    told, notes = since(tmp_path)

    assert ("cn-beijing", "eu-central-1") in asked
    assert ["cn-beijing", "eu-central-1"] not in [item["regions"] for item in told["lost"]]
    assert [note.partition(" one of")[0] for note in notes] == [
        "note: whether more pairs than before have no Mbps is not known of cen-1:"
    ]


def test_a_report_of_other_roots_is_said_to_be_one(tmp_path):
    bought(tmp_path / "states", packages=[("us", ("China", "North-America"), "2027-01-01")])
    earlier(tmp_path)
    (tmp_path / "states").rename(tmp_path / "moved")
    bought(tmp_path / "states")

    assert since(tmp_path) == ({"bought": [], "freed": ["cenbwp-us"], "expired": [], "lost": []}, [])
    again = audit(f"{tmp_path}/states/", "--workers", 1, "--base", tmp_path / "earlier.json", "--format", "json")
    assert "the earlier report looked at" not in again[2]
    _, _, errors = audit(tmp_path / "moved", "--workers", 1, "--base", tmp_path / "earlier.json", "--format", "json")
    assert f"the earlier report looked at {tmp_path}/states, and this one at {tmp_path}/moved: " in errors


def test_a_list_of_hundreds_of_packages_is_cut_where_people_read(tmp_path):
    bought(tmp_path / "states")
    earlier(tmp_path)
    bought(tmp_path / "states", packages=[(f"{number:03}", ("China", "Europe"), None) for number in range(60)])

    def lines(*more):
        return audit(tmp_path / "states", "--workers", 1, "--base", tmp_path / "earlier.json", *more)[1]

    assert "bought: 60 packages, cenbwp-000, cenbwp-001, " in lines()
    assert "cenbwp-059" not in lines("--format", "markdown")
    assert ", 54 more" in " ".join(lines("--format", "markdown").split())
    page = lines("--format", "html")
    assert "cenbwp-059" in page.split("<summary>bought: 60 packages, ")[1].partition("</summary>")[2].partition("</details>")[0]
