"""The command as a user meets it: a process, its output, its exit status."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.states import ADVICE

ROOT = Path(__file__).parents[2]
RECORDINGS = ROOT / "tests" / "recordings"
GOOD = RECORDINGS / "basic-create" / "preview.json"
BAD = RECORDINGS / "basic-replace-package" / "preview.json"
OPEN = RECORDINGS / "external-package" / "preview.json"

TYPED = shlex.join([sys.executable, "-m", "cenguard"])
"""The command as a line of a shell begins, whatever the folder is called that it stands in."""


def run(*arguments, cwd=None, stdin=None, env=None):
    return subprocess.run(
        [sys.executable, "-m", "cenguard", *map(str, arguments)],
        cwd=cwd or ROOT,
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, **(env or {})},
    )


def text(done):
    return done.stdout.decode(), done.stderr.decode()


def codes(done):
    """Findings by rule and level, but for what is said of money and accounts whatever the network is."""
    return {(item["rule"], item["level"]) for item in json.loads(done.stdout)["findings"] if item["rule"] not in ADVICE}


class TestExitStatus:
    def test_0_when_nothing_is_found(self):
        done = run("check", GOOD, "--ignore", "CEN4,CEN111")

        assert done.returncode == 0
        assert "nothing found: 1 of 1 region pairs connected" in done.stdout.decode()

    def test_1_for_a_mandatory_finding(self):
        assert run("check", BAD).returncode == 1

    @pytest.mark.parametrize(("fail_on", "status"), [("mandatory", 0), ("undetermined", 1), ("advisory", 1), ("never", 0)])
    def test_what_hangs_on_an_unknown_fails_when_asked(self, fail_on, status):
        assert run("check", OPEN, "--fail-on", fail_on).returncode == status

    def test_never_is_never_1(self):
        assert run("check", BAD, "--fail-on", "never").returncode == 0

    def test_2_for_an_incomplete_document_with_its_report(self):
        done = run("check", RECORDINGS / "basic-unchanged" / "preview-default.json", "--format", "json")

        assert done.returncode == 2
        assert codes(done) == {("CEN904", "mandatory")}
        assert "--show-sames" in done.stdout.decode()

    def test_3_when_a_rule_fails_and_the_others_still_answer(self, tmp_path):
        (tmp_path / "broken.py").write_text(
            "from dataclasses import replace\n"
            "import cenguard.judging.options as options, cenguard.commands.cli as cli\n"
            "def broken(network):\n    raise ZeroDivisionError\n"
            "options.RULES = tuple(replace(rule, check=broken) if rule.code == 'CEN207' else rule for rule in options.RULES)\n"
            "cli.main()\n"
        )
        done = subprocess.run(
            [sys.executable, str(tmp_path / "broken.py"), "check", str(BAD), "--format", "json"],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

        assert done.returncode == 3
        assert {code for code, _ in codes(done)} == {"CEN201", "CEN202", "CEN404", "CEN408", "CEN901"}


class TestChoosing:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["--select", "CEN201"], {"CEN201"}),
            (["--select", "missing-bandwidth-package,CEN207"], {"CEN201", "CEN207"}),
            (["--select", "CEN3"], set()),
            (["--ignore", "CEN201", "--ignore", "CEN202"], {"CEN207", "CEN404", "CEN408"}),
            (["--select", "CEN2", "--ignore", "CEN20"], set()),
        ],
    )
    def test_rules_by_code_name_or_prefix(self, arguments, expected):
        assert {code for code, _ in codes(run("check", BAD, "--format", "json", *arguments))} == expected

    def test_standard_input(self):
        done = run("check", "-", "--format", "json", stdin=BAD.read_bytes())

        assert done.returncode == 1
        assert json.loads(done.stdout)["sources"][0]["path"] == "standard input"


class TestSettings:
    def check(self, tmp_path, settings, *arguments, document=BAD):
        (tmp_path / "cenguard.toml").write_text(settings)
        return run("check", document, "--format", "json", *arguments, cwd=tmp_path)

    def test_a_file_is_found_upwards_and_sets_levels(self, tmp_path):
        deep = tmp_path / "a" / "b"
        deep.mkdir(parents=True)
        (tmp_path / "cenguard.toml").write_text(
            '[rules.CEN201]\nlevel = "advisory"\n[rules.limit-without-package]\nlevel = "disabled"\n'
        )

        found = codes(run("check", BAD, "--format", "json", "--ignore", "CEN4", cwd=deep))
        assert found == {("CEN201", "advisory"), ("CEN202", "mandatory")}

    def test_a_table_in_pyproject_counts(self, tmp_path):
        (tmp_path / "pyproject.toml").write_text(
            '[tool.cenguard.rules.CEN2]\n[tool.cenguard.rules.missing-bandwidth-package]\nlevel = "advisory"\n'
        )
        done = run("check", BAD, cwd=tmp_path)

        assert done.returncode == 2
        assert b"CEN2" in done.stderr

    @pytest.mark.parametrize(("word", "level"), [("advisory", "advisory"), ("mandatory", "mandatory")])
    def test_the_level_of_what_is_undetermined(self, tmp_path, word, level):
        done = self.check(tmp_path, f'undetermined = "{word}"\n', document=OPEN)

        assert {found for _, found in codes(done)} == {level}
        assert done.returncode == (1 if word == "mandatory" else 0)

    def test_undetermined_findings_can_be_hidden(self, tmp_path):
        assert codes(self.check(tmp_path, 'undetermined = "hide"\n', document=OPEN)) == set()

    def test_a_shared_instance_leaves_absence_open(self, tmp_path):
        done = self.check(tmp_path, 'shared = ["core"]\n', document=RECORDINGS / "basic-delete-package" / "preview.json")

        assert codes(done) == {("CEN201", "advisory"), ("CEN408", "advisory")}
        assert done.returncode == 0

    def test_another_edition_of_the_areas(self, tmp_path):
        assert json.loads(self.check(tmp_path, 'areas = "2019-01"\n').stdout)["catalogue"] == "2019-01"

    def test_help_is_a_command_or_a_page_under_an_address_of_ones_own(self, tmp_path):
        def helps(done):
            return {(item["rule"], item["help"]) for item in json.loads(done.stdout)["findings"]}

        plain = helps(self.check(tmp_path, ""))
        own = helps(self.check(tmp_path, 'help_url = "https://docs.example.org/net"\n'))

        assert ("CEN201", "cenguard rules CEN201") in plain
        assert own == {(code, f"https://docs.example.org/net/rules/{code}/") for code, _ in plain}

    def test_an_inventory_beside_the_settings(self, tmp_path):
        (tmp_path / "net.toml").write_text(
            '[[package]]\nid = "cenbwp-djlcwxerrg7fmk1roo"\narea_pair = ["China", "North-America"]\nbandwidth = 3\n'
        )
        done = self.check(tmp_path, 'inventory = ["net.toml"]\n', document=OPEN)

        assert codes(done) == {("CEN208", "mandatory")}


def test_levels_of_an_estate_are_the_same_whatever_the_hash_seed():
    outputs = {run("check", BAD, "--format", "json", env={"PYTHONHASHSEED": str(seed)}).stdout for seed in range(5)}

    assert len(outputs) == 1


def test_shuffled_steps_give_the_same_report():
    document = json.loads((RECORDINGS / "enterprise-create" / "preview.json").read_text())
    document["steps"] = document["steps"][:1] + document["steps"][:0:-1]
    first = run("check", RECORDINGS / "enterprise-create" / "preview.json", "--format", "json")
    second = run("check", "-", "--format", "json", stdin=json.dumps(document).encode())

    assert json.loads(first.stdout)["pairs"] == json.loads(second.stdout)["pairs"]
    bad = json.loads(BAD.read_text())
    bad["steps"] = bad["steps"][:1] + bad["steps"][:0:-1]
    assert (
        json.loads(run("check", BAD, "--format", "json").stdout)["findings"]
        == json.loads(run("check", "-", "--format", "json", stdin=json.dumps(bad).encode()).stdout)["findings"]
    )


class TestOtherCommands:
    def test_needs_names_both_roads(self):
        out, _ = text(run("needs", "cn-beijing", "us-west-1", "--mbps", "20"))

        assert "buy 20 Mbps China/North-America" in out
        assert "paid by traffic" in out
        assert "cross-border" in out

    def test_needs_as_json(self):
        document = json.loads(run("needs", "cn-beijing,cn-hongkong", "--format", "json").stdout)

        assert document["packages"][0]["area_pair"] == ["Asia-Pacific", "China"]
        assert document["traffic"][0]["mbps"] == 10

    def test_a_peer_paid_by_traffic_that_crosses_the_border_says_so(self):
        """One to Dubai lies outside of the mainland, whatever its area is."""
        out, _ = text(run("needs", "cn-beijing", "us-west-1", "me-east-1", "cn-hangzhou"))
        rows = json.loads(run("needs", "cn-beijing", "me-east-1", "cn-hangzhou", "--format", "json").stdout)["traffic"]

        assert "cn-beijing – us-west-1: at most 10 Mbps   (cross-border: the qualification comes first)" in out
        assert "cn-beijing – cn-hangzhou: at most 10 Mbps\n" in out
        assert {tuple(row["region_pair"]): row["cross_border"] for row in rows} == {
            ("cn-beijing", "cn-hangzhou"): False,
            ("cn-beijing", "me-east-1"): True,
            ("cn-hangzhou", "me-east-1"): True,
        }

    def test_needs_says_which_regions_are_closed(self):
        """Neither road leads there, though packages of the area are sold."""
        out, _ = text(run("needs", "cn-beijing", "ap-south-1"))
        notes = json.loads(run("needs", "cn-beijing", "ap-south-1", "--format", "json").stdout)["notes"]

        assert "ap-south-1 (Mumbai) is closed: the service makes nothing new there" in out.splitlines()
        assert notes[0] == "ap-south-1 (Mumbai) is closed: the service makes nothing new there"
        assert "closed" not in text(run("needs", "cn-beijing", "us-west-1"))[0]

    def test_needs_says_what_is_not_sold_and_what_is_open(self):
        out, _ = text(run("needs", "cn-beijing", "ap-southeast-2", "me-east-1"))

        assert "NOT FOR SALE" in out
        assert "me-east-1" in out.partition("Undetermined")[2]

    def test_explain_proves_a_pair(self):
        out, _ = text(run("explain", BAD, "--from", "cn-beijing", "--to", "us-west-1"))

        assert "(China/North-America) on `core`: package of other areas: 1 Kbps" in out
        assert "limit `limit` (4 Mbps)" in out

    def test_a_proof_fits_a_window(self):
        """The program of this repository attaches three packages, whose names and places are long."""
        out, _ = text(run("explain", ROOT, "--from", "cn-beijing", "--to", "us-west-1"))

        assert max(map(len, out.splitlines())) <= 100
        assert "packages attached to `global`: " in out

    def test_explain_one_region_with_itself(self):
        assert (
            "on `core`: connected within the region"
            in run("explain", BAD, "--from", "cn-beijing", "--to", "cn-beijing").stdout.decode()
        )

    def test_areas_of_an_edition(self):
        out, _ = text(run("areas", "--areas", "2019-01"))

        assert out.count("\n    ") == 18

    def test_areas_for_a_program_say_what_each_value_is(self):
        """They were lists without keys for a day: a named tuple is written as one."""
        found = json.loads(run("areas", "cn-hongkong", "na-south-1", "--format", "json").stdout)

        assert [(area["id"], area["title"], area["sold"]) for area in found["areas"]] == [("Asia-Pacific", "Asia Pacific", True)]
        assert [(row["id"], row["area"], row["candidates"]) for row in found["regions"]] == [
            ("cn-hongkong", "Asia-Pacific", []),
            ("na-south-1", None, ["North-America", "South-America"]),
        ]

    def test_a_team_s_own_areas_cannot_paint_the_terminal(self, tmp_path):
        rows = [{"id": "cn-beijing", "title": "\x1b[31mred", "area": "China"}]
        path = tmp_path / "areas.json"
        path.write_text(json.dumps({"schema": 1, "areas": [{"id": "\x1b[2J", "title": "x"}], "regions": rows}))

        for command in (["areas"], ["needs", "cn-beijing", "us-west-1"]):
            out = run(*command, "--areas", path).stdout
            assert b"\x1b" not in out
            assert rb"\x1b[31mred" in out

    def test_rules_are_listed_and_shown(self):
        assert "CEN201  missing-bandwidth-package" in run("rules").stdout.decode()
        assert run("rules", "cen211").stdout.decode() == (ROOT / "docs" / "rules" / "CEN211.md").read_text()
        assert run("rules", "CEN904").stdout.decode() == (ROOT / "docs" / "rules" / "CEN904.md").read_text()

    def test_who_is_stopped_sees_which_file_made_a_rule_mandatory(self, tmp_path):
        """The page of a rule has its own level only; JSON stays what it is."""
        (tmp_path / "policy.toml").write_text('[rules]\nexpiring-package = "mandatory"\nCEN201 = "mandatory"\n')
        (tmp_path / "cenguard.toml").write_text('extends = "policy.toml"\n')
        of_nothing = run("rules", "CEN402", "--format", "json").stdout

        page = (ROOT / "docs" / "rules" / "CEN402.md").read_text()
        said = "\n## Here\n\nLevel: **mandatory**, by policy.toml and cenguard.toml.\n"
        assert run("rules", "CEN402", cwd=tmp_path).stdout.decode() == page + said
        assert run("rules", "CEN402", "--format", "json", cwd=tmp_path).stdout == of_nothing
        tail = run("rules", cwd=tmp_path).stdout.decode().splitlines()[-2:]
        assert tail[0] == "Levels of policy.toml and cenguard.toml:"
        assert tail[1].split() == ["CEN402", "expiring-package", "mandatory"]


class TestPeople:
    def test_no_colour_without_a_terminal(self):
        assert b"\x1b[" not in run("check", BAD).stdout

    def test_a_closed_pipe_ends_quietly(self):
        command = f"{TYPED} check {shlex.quote(str(BAD))} | head -1"
        done = subprocess.run(["bash", "-c", command], capture_output=True, cwd=ROOT, check=False)

        assert done.stderr == b""
        assert done.stdout.count(b"\n") == 1

    def test_a_terminal_that_knows_ascii_only(self):
        done = run("check", BAD, env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})

        assert done.returncode == 1
        assert b"CEN201 missing-bandwidth-package" in done.stdout

    def test_names_of_the_input_cannot_paint_or_break_the_report(self):
        document = BAD.read_text().replace("::core", "::co\\u001b[31mre\\nFORGED").replace('"core"', '"co\\u001b[31mre\\nFORGED"')
        out = run("check", "-", stdin=document.encode()).stdout.decode()

        assert "\x1b" not in out
        assert not any(line.startswith("FORGED") for line in out.splitlines())

    def test_a_report_of_many_open_questions_is_one_line_a_value(self):
        out, _ = text(run("check", OPEN))

        assert "3 questions hang on this (CEN201, CEN202, CEN207)" in out
        assert out.count("cenbwp-djlcwxerrg7fmk1roo") == 1


def test_checking_a_document_imports_nothing_heavy():
    probe = (
        "import sys\nfrom cenguard.commands.cli import main\n"
        f"try:\n    main(['check', {str(BAD)!r}, '--quiet'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('pulumi', 'grpc', 'google.protobuf', 'pydantic', 'yaml', 'pulumi_alicloud') if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, cwd=ROOT, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ((), "cenguard needs cn-beijing us-west-1 --mbps 20"),
        (("check",), "2 input, settings or usage is wrong, 3 a rule failed."),
        (("inventory",), "pulumi stack export > export.json; cenguard inventory export.json -o network.inventory.toml"),
        (("map",), "cenguard map preview.json -o network.html"),
        (("report",), "cenguard report job-*.json -o markdown=comment.md -o html=network.html"),
        (("waivers",), "cenguard waivers waivers.toml"),
    ],
)
def test_help_keeps_the_lines_it_was_written_in(command, line):
    """The mark that keeps lines apart is the terminal library's, and is not to be seen."""
    out, _ = text(run(*command, "--help"))

    assert line in [found.strip() for found in out.splitlines()]
    assert "\\b" not in out
    assert "\x08" not in out


def test_a_python_that_leaves_docstrings_out_has_no_pages_and_all_the_rest():
    """The pages of rules are docstrings: SARIF, which carries them, and the list of rules ended in a traceback."""
    without = {"env": {"PYTHONOPTIMIZE": "2"}}

    report = json.loads(run("check", BAD, "--format", "sarif", **without).stdout)
    assert len(report["runs"][0]["results"]) == len(
        json.loads(run("check", BAD, "--format", "sarif").stdout)["runs"][0]["results"]
    )
    assert b"there are no pages of rules" in run("rules", "CEN201", **without).stdout
