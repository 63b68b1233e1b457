"""Waivers: what they hide, for how long, and what is said of them."""

import datetime as dt
import json
import tomllib

import pytest

from cenguard.rules import RULES
from cenguard.settings.rule_tables import chooser_of
from cenguard.settings.waivers import Waiver, escaped, problems, read_waivers
from tests.commands.test_cli import RECORDINGS, run
from tests.commands.test_wrong_input import refused

BAD = RECORDINGS / "basic-replace-package" / "preview.json"
OPEN = RECORDINGS / "external-package" / "preview.json"
CORE = "urn:pulumi:dev::network::alicloud:cen/instance:Instance::core"
LONG = "2027-03-31"


def waiver(expires=LONG, **criteria):
    lines = ["[[waiver]]", *(f"{key} = {json.dumps(value)}" for key, value in criteria.items())]
    return "\n".join([*lines, 'reason = "lab network"', 'owner = "net-team"', f"expires = {expires}", ""])


def checked(tmp_path, text, *arguments, document=BAD, today="2026-11-24"):
    path = tmp_path / "waivers.toml"
    path.write_text(text)
    done = run("check", document, "--waivers", path, "--format", "json", "--today", today, *arguments)
    return done, json.loads(done.stdout)


def waived(report):
    return {item["rule"] for item in report["findings"] if item["waived_by"]}


def codes(report):
    return {item["rule"] for item in report["findings"]}


class TestWhatIsHidden:
    @pytest.mark.parametrize(
        "criteria",
        [
            {"rule": "CEN201"},
            {"rule": "missing-bandwidth-package"},
            {"rule": "CEN201", "resource": "*::core"},
            {"rule": "CEN201", "resource": CORE},
            {"rule": "CEN201", "instance": "core"},
            {"rule": "CEN201", "instance": CORE},
            {"rule": "CEN201", "area_pair": ["North-America", "China"]},
            {"fingerprint": "e9ce376b38d55039"},
            {"rule": "CEN201", "verdict": "violated"},
        ],
        ids=" ".join,
    )
    def test_what_fits_everything_that_is_given(self, tmp_path, criteria):
        _, report = checked(tmp_path, waiver(**criteria))

        assert waived(report) == {"CEN201"}
        assert report["summary"]["waived"] == 1
        assert "CEN903" not in codes(report)

    @pytest.mark.parametrize(
        "criteria",
        [
            {"rule": "CEN201", "resource": "*::other"},
            {"rule": "CEN201", "resource": "cor"},
            {"rule": "CEN201", "instance": "cor"},
            {"rule": "CEN201", "area_pair": ["China", "China"]},
            {"rule": "CEN208", "fingerprint": "e9ce376b38d55039"},
            {"rule": "CEN201", "verdict": "undetermined"},
        ],
        ids=lambda criteria: " ".join(map(str, criteria.values())),
    )
    def test_what_does_not_fit_is_shown(self, tmp_path, criteria):
        _, report = checked(tmp_path, waiver(**criteria))

        assert waived(report) == set()
        assert "CEN903" in codes(report)

    def test_a_prefix_names_a_family(self, tmp_path):
        _, report = checked(tmp_path, waiver(rule="CEN2"))

        assert waived(report) == {"CEN201", "CEN202", "CEN207"}

    def test_a_waived_finding_fails_nothing(self, tmp_path):
        done, report = checked(tmp_path, waiver(rule="CEN2") + waiver(rule="CEN4"), "--fail-on", "advisory")

        assert done.returncode == 0
        assert report["summary"]["mandatory"] == report["summary"]["advisory"] == 0

    def test_an_undetermined_finding_can_be_waived(self, tmp_path):
        done, report = checked(tmp_path, waiver(rule="CEN2", verdict="undetermined"), "--fail-on", "undetermined", document=OPEN)

        assert done.returncode == 0
        assert report["summary"]["undetermined"] == 0

    def test_the_report_says_who_until_when_and_why(self, tmp_path):
        _, report = checked(tmp_path, waiver(rule="CEN201"))

        assert (
            next(item for item in report["findings"] if item["waived_by"])["waived_by"] == f"net-team, until {LONG}: lab network"
        )
        text = run("check", BAD, "--waivers", tmp_path / "waivers.toml", "--today", "2026-11-24").stdout.decode()
        assert (
            f"    – by net-team, until {LONG}: lab network\n      CEN201 missing-bandwidth-package: core (China/North-America)"
            in text
        )
        assert "1 waived" in text

    def test_waivers_may_stand_in_the_settings(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('undetermined = "advisory"\n' + waiver(rule="CEN201"))
        report = json.loads(run("check", BAD, "--format", "json", cwd=tmp_path).stdout)

        assert waived(report) == {"CEN201"}

    def test_the_settings_may_name_files_of_them(self, tmp_path):
        (tmp_path / "a.toml").write_text(waiver(rule="CEN201"))
        (tmp_path / "b.toml").write_text(waiver(rule="CEN207"))
        (tmp_path / "cenguard.toml").write_text('waivers = ["a.toml", "b.toml"]\n')

        assert waived(json.loads(run("check", BAD, "--format", "json", cwd=tmp_path).stdout)) == {"CEN201", "CEN207"}


class TestTheLastDay:
    @pytest.mark.parametrize(("today", "hides"), [("2027-03-30", True), (LONG, True), ("2027-04-01", False)])
    def test_it_holds_through_its_last_day(self, tmp_path, today, hides):
        done, report = checked(tmp_path, waiver(rule="CEN201"), "--select", "CEN201", today=today)

        assert waived(report) == ({"CEN201"} if hides else set())
        assert ("CEN902" in codes(report)) is not hides
        assert done.returncode == (0 if hides else 1)

    def test_what_it_hid_is_shown_again_and_said(self, tmp_path):
        _, report = checked(tmp_path, waiver("2026-01-31", rule="CEN201"))
        said = next(item for item in report["findings"] if item["rule"] == "CEN902")

        assert said["level"] == "advisory"
        assert (
            said["message"]
            == "The waiver of net-team for rule CEN201 expired after 2026-01-31: the finding that it hid is shown again."
        )
        assert "line 1" in said["because"][0]

    def test_another_waiver_may_still_hold(self, tmp_path):
        _, report = checked(tmp_path, waiver("2026-01-31", rule="CEN201") + waiver(rule="CEN2"))

        assert "CEN201" in waived(report)
        said = next(item["message"] for item in report["findings"] if item["rule"] == "CEN902")
        assert said.endswith("expired after 2026-01-31, and another waiver hides what it hid: delete it.")

    def test_of_what_was_not_asked_for_nobody_knows_whether_it_fits(self, tmp_path):
        _, report = checked(tmp_path, waiver("2026-01-31", rule="CEN201"), "--select", "CEN301")
        (said,) = report["findings"]

        assert said["message"].endswith("expired after 2026-01-31; what it waives was not asked for here.")


class TestUnused:
    def test_what_was_not_asked_is_not_missed(self, tmp_path):
        _, report = checked(tmp_path, waiver(rule="CEN301"), "--select", "CEN201")

        assert "CEN903" not in codes(report)

    @pytest.mark.parametrize(
        "given", [{"resource": "package"}, {"rule": "CEN2", "resource": "nothing"}, {"fingerprint": "0123456789abcdef"}]
    )
    def test_one_that_may_be_of_what_was_not_asked_is_not_said_to_fit_nothing(self, tmp_path, given):
        """It was to be deleted, and what it waives would have stopped the next check of everything."""
        for chosen in (("--select", "CEN201,CEN301"), ("--ignore", "CEN208")):
            _, report = checked(tmp_path, waiver(**given), *chosen)

            assert "CEN903" not in codes(report)

    def test_a_waiver_of_another_stack_is_not_spoken_of(self, tmp_path):
        _, report = checked(tmp_path, waiver(resource="urn:pulumi:prod::network::alicloud:cen/instance:Instance::core"))

        assert "CEN903" not in codes(report)

    def test_each_is_said_and_none_fails_the_check(self, tmp_path):
        done, report = checked(tmp_path, waiver(rule="CEN301") + waiver(rule="CEN302"), "--select", "CEN3")

        assert [item["rule"] for item in report["findings"]] == ["CEN903", "CEN903"]
        assert len({item["fingerprint"] for item in report["findings"]}) == 2
        assert done.returncode == 0

    def test_compared_with_a_base_they_are_nothing_new(self, tmp_path):
        _, report = checked(tmp_path, waiver(rule="CEN3"))

        assert {item["change"] for item in report["findings"] if item["rule"] == "CEN903"} == {"unchanged"}


class TestUnwaivable:
    def test_a_rule_that_no_waiver_hides(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('unwaivable = ["missing-bandwidth-package"]\n')
        done, report = checked(tmp_path, waiver(rule="CEN2"), "--settings", tmp_path / "cenguard.toml")

        assert "CEN201" not in waived(report)
        assert "CEN207" in waived(report)
        assert done.returncode == 1

    def test_a_waiver_without_effect_says_so(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('unwaivable = ["CEN201"]\n')
        _, report = checked(tmp_path, waiver(rule="CEN201"), "--settings", tmp_path / "cenguard.toml")

        assert "the settings make the rule unwaivable" in next(
            item["message"] for item in report["findings"] if item["rule"] == "CEN903"
        )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[waiver]]\nrule = "CEN201"\n', "line 1, waiver[1]: reason is missing"),
        (waiver(rule="CEN201").replace('reason = "', 'reason = " " # "'), "line 3, waiver[1].reason: is empty"),
        (waiver(rule="CEN299"), "line 2, waiver[1].rule: unknown rule 'CEN299'"),
        (waiver(rule="missing-bandwith-package"), "did you mean missing-bandwidth-package?"),
        (waiver(rule="CEN903"), "cannot be waived"),
        (waiver(rule="CEN201").replace("owner", "ovner"), "did you mean owner?"),
        (waiver(rule="CEN201").replace(LONG, f'"{LONG}"'), "line 5, waiver[1].expires: a date without quotes"),
        (waiver(rule="CEN201").replace(LONG, "2027-13-01"), "is not TOML"),
        (waiver(), "line 1, waiver[1]: says not what it waives"),
        (waiver(area_pair=["China"]), "two areas were expected"),
        (waiver(area_pair=["China", "Eurpe"]), "did you mean Europe?"),
        (waiver(fingerprint="abc"), "16 digits"),
        (waiver(rule="CEN201", verdict="kept"), "is not one of violated, undetermined"),
        (waiver(rule="CEN201") + waiver(rule=5), "line 7, waiver[2].rule: a text was expected, not 5"),
        ("[waiver]\n", "write [[waiver]]"),
        ('[[waivers]]\nrule = "CEN201"\n', "did you mean waiver?"),
    ],
)
def test_a_file_that_is_not_understood_is_refused(tmp_path, text, said):
    path = tmp_path / "waivers.toml"
    path.write_text(text)

    assert said in refused("check", BAD, "--waivers", path)
    assert said in refused("waivers", path)


class TestLook:
    def test_all_is_well(self, tmp_path):
        (tmp_path / "w.toml").write_text(waiver(rule="CEN201") + waiver(rule="CEN202"))
        done = run("waivers", tmp_path / "w.toml", "--today", "2026-11-24")

        assert done.returncode == 0
        assert "2 waivers, 0 of them expired" in done.stdout.decode()

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (waiver("2026-01-31", rule="CEN201"), "expired after 2026-01-31"),
            (waiver(rule="CEN201") * 2, "names the same as the one in"),
        ],
    )
    def test_what_is_wrong_fails(self, tmp_path, text, said):
        (tmp_path / "w.toml").write_text(text)
        done = run("waivers", tmp_path / "w.toml", "--today", "2026-11-24")

        assert done.returncode == 1
        assert said in done.stdout.decode()

    def test_what_ends_soon_is_said(self, tmp_path):
        (tmp_path / "w.toml").write_text(waiver(rule="CEN201"))
        done = run("waivers", tmp_path / "w.toml", "--today", "2027-03-20", "--format", "json")

        assert done.returncode == 0
        assert json.loads(done.stdout)["waivers"][0]["notes"] == [f"expires after {LONG}, in 11 days"]

    def test_one_without_effect(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('unwaivable = ["CEN2"]\n' + waiver(rule="CEN201"))
        done = run("waivers", tmp_path / "cenguard.toml", "--today", "2026-11-24")

        assert done.returncode == 1
        assert "has no effect" in done.stdout.decode()


class TestAccept:
    def accept(self, tmp_path, *arguments, document=BAD):
        path = tmp_path / "waivers.toml"
        return path, run("waivers", "--from", document, "--until", LONG, "-o", path, "--today", "2026-11-24", *arguments)

    @pytest.mark.parametrize("document", [BAD, OPEN], ids=["violated", "undetermined"])
    def test_what_stands_today_fails_nothing_tomorrow(self, tmp_path, document):
        path, done = self.accept(tmp_path, document=document)
        after = run("check", document, "--waivers", path, "--fail-on", "advisory", "--format", "json", "--today", "2026-11-25")

        assert done.returncode == after.returncode == 0, done.stderr
        assert {item["rule"] for item in json.loads(after.stdout)["findings"] if not item["waived_by"]} == set()
        assert run("waivers", path, "--today", "2026-11-25").returncode == 0

    def test_a_finding_that_becomes_certain_is_not_accepted_with_its_question(self, tmp_path):
        path, _ = self.accept(tmp_path, document=OPEN)

        assert {row["verdict"] for row in tomllib.loads(path.read_text())["waiver"] if row["rule"] == "CEN201"} == {
            "undetermined"
        }

    def test_each_row_says_what_it_is_for(self, tmp_path):
        path, _ = self.accept(tmp_path, "--owner", "net-team", "--reason", 'old "lab"\n', "--select", "CEN201")
        row = tomllib.loads(path.read_text())["waiver"]

        assert row == [
            {
                "rule": "CEN201",
                "resource": CORE,
                "area_pair": ["China", "North-America"],
                "fingerprint": "e9ce376b38d55039",
                "reason": 'old "lab"\n',
                "owner": "net-team",
                "expires": dt.date(2027, 3, 31),
            }
        ]
        assert "# missing-bandwidth-package: " in path.read_text()

    def test_a_file_is_never_written_over(self, tmp_path):
        (tmp_path / "waivers.toml").write_text("mine")
        path, done = self.accept(tmp_path)

        assert done.returncode == 2
        assert b"is there already" in done.stderr
        assert path.read_text() == "mine"

    def test_an_incomplete_input_writes_nothing(self, tmp_path):
        path, done = self.accept(tmp_path, document=RECORDINGS / "basic-unchanged" / "preview-default.json")

        assert done.returncode == 2
        assert b"Nothing was written" in done.stderr
        assert list(tmp_path.iterdir()) == []
        assert not path.exists()

    def test_what_cannot_be_waived_is_left_and_said(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('unwaivable = ["CEN201"]\n')
        path, done = self.accept(tmp_path, "--settings", tmp_path / "cenguard.toml")

        assert b"1 cannot be waived and stay (CEN201)" in done.stderr
        assert "CEN201" not in {row["rule"] for row in tomllib.loads(path.read_text())["waiver"]}

    def test_nothing_to_accept_writes_nothing(self, tmp_path):
        path, done = self.accept(tmp_path, "--select", "CEN301")

        assert done.returncode == 0
        assert b"0 findings" in done.stderr
        assert not path.exists()

    def test_without_a_file_it_is_printed(self):
        done = run("waivers", "--from", BAD, "--until", LONG, "--select", "CEN201", "--today", "2026-11-24")

        assert tomllib.loads(done.stdout.decode())["waiver"][0]["rule"] == "CEN201"

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["--from", BAD],
            ["--from", BAD, "--until", "soon"],
            ["--from", BAD, "--until", "2020-01-01"],
            ["--from", BAD, "--until", LONG, "--owner", " "],
            ["waivers.toml", "--until", LONG],
        ],
    )
    def test_wrong_use(self, arguments):
        done = run("waivers", *arguments)

        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


def test_lines_and_order_change_no_fingerprint():
    document = json.loads(BAD.read_text())
    moved = json.loads(BAD.read_text().replace("__main__.py#22", "__main__.py#99"))
    moved["steps"] = moved["steps"][:1] + moved["steps"][:0:-1]
    found = [
        {
            item["fingerprint"]
            for item in json.loads(run("check", "-", "--format", "json", stdin=json.dumps(one).encode()).stdout)["findings"]
        }
        for one in (document, moved)
    ]

    assert found[0] == found[1]


def test_a_urn_is_escaped_so_that_it_fits_itself_alone():
    from fnmatch import fnmatchcase

    urn = "urn:pulumi:a::b::c::net[1]*?"

    assert fnmatchcase(urn, escaped(urn))
    assert not fnmatchcase("urn:pulumi:a::b::c::net1xx", escaped(urn))


def test_the_same_file_reads_the_same_twice(tmp_path):
    path = tmp_path / "w.toml"
    path.write_text(waiver(rule="CEN2", area_pair=["Europe", "China"]))
    first = read_waivers(path, chooser_of(RULES))

    assert first == read_waivers(path, chooser_of(RULES))
    assert isinstance(first[0], Waiver)
    assert problems(first, dt.date(2026, 1, 1), frozenset()) == []
