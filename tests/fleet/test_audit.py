"""`cenguard audit` as a user meets it: what it prints, whatever is read by how many, and what it ends with."""

import json
import os
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from cenguard.commands.cli import main
from tests.fleet.fleets import Stack, bought, write_fleet

SCHEMA = Path(__file__).parents[2] / "docs" / "audit.schema.json"
RECORDINGS = Path(__file__).parents[1] / "recordings"


def audit(*arguments, env=None):
    """The command in this process: status, output, errors."""
    result = CliRunner().invoke(main, ["audit", *map(str, arguments)], env=env, catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture(scope="module")
def fleet(tmp_path_factory):
    """A fleet on a disk."""
    return write_fleet(tmp_path_factory.mktemp("fleet"), instances=6, seed=3)


@pytest.fixture(scope="module")
def told(fleet):
    """Its report, read by this process alone."""
    return audit(fleet, "--workers", 1, "--format", "json")[1]


def test_the_report_is_as_its_schema_says(told):
    report = json.loads(told)

    assert not list(Draft202012Validator(json.loads(SCHEMA.read_text())).iter_errors(report))
    check = json.loads((SCHEMA.parent / "report.schema.json").read_text())
    finding = Draft202012Validator({"$ref": "#/$defs/finding", "$defs": check["$defs"]})
    for item in report["findings"]:
        assert not list(finding.iter_errors({key: value for key, value in item.items() if key != "stack"}))
    assert report["summary"]["stacks"] == len(report["stacks"]) == 25
    assert [item["reason"] for item in report["unread"]] == ["is not whole JSON: Input data was truncated"]
    assert report["summary"]["mandatory"] == sum(item["mandatory"] for item in report["stacks"]) > 0
    assert [item["url"] for item in report["stacks"]] == sorted(item["url"] for item in report["stacks"])


def test_a_package_of_one_stack_serves_attachments_of_another(told, fleet):
    report = json.loads(told)

    instance = next(item for item in report["instances"] if item["instance"] == "cen-0001")
    assert {Path(url).relative_to(fleet).parts[0] for url in instance["stacks"]} >= {"net", "apps", "tf"}
    assert sum(instance["pairs"].values()) == 3
    assert all(item["stack"].startswith(str(fleet)) for item in report["findings"])


@pytest.mark.parametrize("workers", [2, 3])
def test_the_same_bytes_from_more_processes(told, fleet, workers):
    status, output, errors = audit(fleet, "--workers", workers, "--format", "json")

    assert output == told
    assert status == 1
    assert errors == f"cenguard: {fleet}/apps/damaged.json: is not whole JSON: Input data was truncated\n"


def test_lines_are_the_report_in_any_order(told, fleet):
    _, output, _ = audit(fleet, "--workers", 2, "--format", "jsonl")
    _, whole, _ = audit(fleet, "--workers", 1, "--format", "human", "-o", f"jsonl={fleet.parent}/all.jsonl")

    assert sorted(output.splitlines()) == sorted((fleet.parent / "all.jsonl").read_text().splitlines())
    records = [json.loads(line) for line in output.splitlines()]
    report = json.loads(told)
    for kind, name in (
        ("stack", "stacks"),
        ("unread", "unread"),
        ("instance", "instances"),
        ("package", "packages"),
        ("finding", "findings"),
    ):
        found = [{key: value for key, value in item.items() if key != "record"} for item in records if item["record"] == kind]
        assert sorted(found, key=str) == sorted(report[name], key=str)
    assert "not read" in whole


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ((), 1),
        (("--fail-on", "never"), 0),
        (("--select", "CEN406", "--fail-on", "advisory"), 1),
        (("--select", "CEN101", "--fail-on", "advisory"), 0),
        (("--fail-on", "never", "--strict"), 2),
    ],
)  # fmt: skip
def test_the_status(fleet, arguments, status):
    assert audit(fleet, "--workers", 1, *arguments)[0] == status


def test_strict_prints_the_report_all_the_same(told, fleet):
    assert audit(fleet, "--workers", 1, "--strict", "--format", "json")[:2] == (2, told)


@pytest.mark.parametrize("form", ["human", "markdown", "html"])
def test_what_people_read_says_reserved(fleet, form):
    _, output, _ = audit(fleet, "--workers", 1, "--format", form)

    assert "reserved" in output
    assert " used" not in output
    assert "CEN201" in output


def test_the_page_runs_one_script_of_ours_and_asks_nobody(fleet):
    _, output, _ = audit(fleet, "--workers", 1, "--format", "html")

    assert output.count("script-src 'sha256-") == 1
    assert "http://" not in output.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in output


def test_a_name_that_would_end_the_script_is_text(tmp_path):
    stack = Stack("net")
    stack.instance("</script><script>alert(1)</script>", "cen-1")
    stack.attachment("a", "cen-1", "cn-beijing", "vpc-1")
    stack.attachment("b", "cen-1", "us-west-1", "vpc-2")
    stack.attachment("\u202elive", "cen-1", "us-west-1", "vpc-2")
    stack.write(tmp_path / "net.json")

    output = audit(tmp_path, "--workers", 1, "--format", "html")[1]

    assert "<script>alert" not in output
    assert "\u202e" not in output  # nor is it read from right to left
    assert "\\u202elive attaches vpc-2" in output
    assert output.count("</script>") == 2


# ---------------------------------------------------------------------- the answer


def test_what_is_reserved_of_a_package_whose_areas_no_state_tells_is_not_known(tmp_path):
    """It was bought in the console: a limit may draw on it, or on another one."""
    stack = Stack("net")
    stack.instance("core", "cen-1")
    stack.attached("us", "cen-1", "cenbwp-console")
    stack.limit("us", "cen-1", ["cn-beijing", "us-west-1"], 10)
    stack.write(tmp_path / "states/net.json")
    settings = tmp_path / "cenguard.toml"
    settings.write_text('expect = ["other"]\n')

    (package,) = json.loads(audit(tmp_path / "states", "--workers", 1, "--format", "json")[1])["packages"]
    shown = audit(tmp_path / "states", "--workers", 1, "--settings", settings)[1]

    assert (package["area_pair"], package["mbps"], package["drawn"]) == (None, None, None)
    assert "cenbwp-console: unknown Mbps, areas not known, an unknown number of Mbps reserved" in " ".join(shown.split())
    assert "CEN906 expected-instance-missing [mandatory]: 1\n" in shown  # of no stack


def test_files_that_cannot_be_written_are_said_before_anything_is_read(tmp_path):
    """An audit may take an hour: not for an answer that has no place."""
    bought(tmp_path / "states")

    status, output, errors = audit(
        tmp_path / "states", "--workers", 1, "--resume", tmp_path / "journal", "-o", f"json={tmp_path}/no/x.json"
    )

    assert (status, output, errors) == (2, "", f"cenguard: {tmp_path}/no/x.json: cannot be written: No such file or directory\n")
    assert not (tmp_path / "journal").exists()


def test_a_finding_is_told_with_the_id_of_its_instance(tmp_path):
    """Half of all instances are called core."""
    bought(tmp_path / "states", packages=[("eu", ("China", "Europe"), None)])

    shown = audit(tmp_path / "states", "--workers", 1)[1].split("CEN201 missing-bandwidth-package [mandatory]")[1]

    assert " ".join(shown.split()).startswith(f"{tmp_path}/states/net.json · cen-1 ")


def test_committed_money_by_the_teams_own_prices(tmp_path):
    bought(tmp_path / "a", packages=[("eu", ("China", "Europe"), "2027-01-01")])
    settings = tmp_path / "cenguard.toml"
    settings.write_text('[prices]\ncurrency = "USD"\n"China/Europe" = 100\n')

    report = json.loads(audit(tmp_path / "a", "--workers", 1, "--format", "json", "--settings", settings)[1])

    assert report["committed"] == [{"month": "2027-01", "mbps": 20, "amount": 12000.0, "currency": "USD"}]


def test_what_a_month_costs_is_not_known_where_one_package_cannot_be_priced(tmp_path):
    secret = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}
    stack = Stack("money")
    stack.package("a", "cenbwp-a", ("China", "Europe"), 20, expiredTime="2027-01-31T16:00Z")
    stack.package("b", "cenbwp-b", ("China", "Europe"), secret, expiredTime="2027-01-15T16:00Z")
    stack.package("c", "cenbwp-c", ("China", "Europe"), 5, expiredTime="2026-12-31T16:00Z")
    stack.package("d", "cenbwp-d", ("China", "Europe"), 2.5, expiredTime="2026-12-01T16:00Z")
    stack.package("e", "cenbwp-e", ("China", "North-America"), 7, expiredTime="2027-02-01T16:00Z")
    stack.package("f", "cenbwp-f", ("China", "Europe"), secret, expiredTime="2027-03-01T16:00Z")
    stack.package("g", "cenbwp-g", ("China", "Europe"), 100, expiredTime="2026-12-01T16:00Z", paymentType="PostPaid")
    stack.resources[-1]["inputs"]["paymentType"] = "PostPaid"
    stack.write(tmp_path / "a/money.json")
    settings = tmp_path / "cenguard.toml"
    settings.write_text('[prices]\ncurrency = "USD"\n"China/Europe" = 10.1\n')

    report = json.loads(audit(tmp_path / "a", "--workers", 1, "--format", "json", "--settings", settings)[1])

    assert [tuple(item.values()) for item in report["committed"]] == [
        ("2026-12", 7.5, 454.5, "USD"),  # six months for each
        ("2027-01", 20, None, None),  # b cannot be priced
        ("2027-02", 7, None, None),  # there is no price
    ]


# ---------------------------------------------------------------------- settings


def test_waivers_hide_and_unused_ones_are_said_once(tmp_path):
    bought(tmp_path / "a")
    settings = tmp_path / "cenguard.toml"
    waiver = '[[waiver]]\nreason = "r"\nowner = "o"\nexpires = 2099-01-01\n'
    settings.write_text(f'{waiver}rule = "CEN201"\n{waiver}rule = "CEN208"\n')

    status, output, _ = audit(tmp_path / "a", "--workers", 1, "--format", "json", "--settings", settings)

    report = json.loads(output)
    assert status == 0
    assert report["summary"]["waived"] > 0
    assert [item["rule"] for item in report["findings"] if item["rule"].startswith("CEN9")] == ["CEN903"]


def test_a_sum_over_all_stacks_is_one(tmp_path):
    for name in ("a", "b"):
        stack = Stack(name)
        stack.package("p", f"cenbwp-{name}", ("China", "Europe"), 20)
        stack.write(tmp_path / f"s/{name}.json")
    settings = tmp_path / "cenguard.toml"
    settings.write_text('[rules.CEN502]\narea_pairs = {"China/Europe" = 30}\n')

    report = json.loads(
        audit(tmp_path / "s", "--workers", 2, "--format", "json", "--settings", settings, "--select", "CEN502")[1]
    )

    assert [item["message"] for item in report["findings"]] == ["Packages of China/Europe add up to 40 Mbps; the cap is 30 Mbps."]


def test_an_expected_instance_that_no_state_holds(tmp_path):
    bought(tmp_path / "a")
    settings = tmp_path / "cenguard.toml"
    settings.write_text('expect = ["core", "edge"]\n')

    report = json.loads(audit(tmp_path / "a", "--workers", 1, "--format", "json", "--settings", settings)[1])

    found = [item for item in report["findings"] if item["rule"] == "CEN906"]
    assert [(item["stack"], "'edge'" in item["message"]) for item in found] == [(None, True)]


# ---------------------------------------------------------------------- what is given wrong


@pytest.mark.parametrize("day", ["soon", ""])
def test_a_base_whose_day_is_none_is_refused_in_a_line(told, fleet, tmp_path, day):
    report = json.loads(told)
    report["packages"][1]["expires"] = day
    base = tmp_path / "base.json"
    base.write_text(json.dumps(report))

    status, output, errors = audit(fleet, "--workers", 1, "--base", base)

    assert (status, output) == (2, "")
    assert errors.startswith(
        f"cenguard: {base}: $.packages[1].expires: is no report of an audit: a day was expected (2027-03-31), not {day!r}"
    )
    assert errors.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'URL...'"),
        (("nowhere",), "nowhere: there is no such folder, bucket or file"),
        (("empty",), "empty: holds no state"),
        (("list.txt",), "list.txt: line 2: there is no such file or folder; a folder, a bucket"),
        (("settings.env",), "settings.env: line 1: no URL or path; a folder, a bucket"),
        (("s3://joe:hunter2@bucket/x",), "s3://…: a URL with a key in it is not taken"),
        (("https://bucket.example/a.json?signature=hunter2",), "https://…: a URL with a key in it is not taken"),
        (("az://bucket/x?sig=hunter2",), "az://bucket/x: az:// takes no parameter 'sig'; known: storage_account"),
        (("blank.txt",), "blank.txt: lists no URL"),
        (("binary.txt",), "binary.txt: is not text"),
        (("damaged",), "damaged/a.json: is not whole JSON"),
        (("ftp2://x/y",), "ftp2://x/y: ftp2:// is nothing that can be read"),
        (("s3://bucket/x",), "s3://bucket/x: s3:// cannot be read here: pip install 'cenguard[fleet]' s3fs"),
        (("s3://",), "s3://: names no bucket"),
        (("az:///x",), "az:///x: names no bucket"),
        (("oss://bucket/x",), "oss://bucket/x: oss:// cannot be read here: pip install 'cenguard[fleet]' ossfs"),
        (("gs://bucket/x",), "gs://bucket/x: gs:// cannot be read here: pip install 'cenguard[fleet]' gcsfs"),
        (("az://bucket/x",), "az://bucket/x: az:// cannot be read here: pip install 'cenguard[fleet]' adlfs"),
        (("good", "--workers", "0"), "Invalid value for '--workers'"),
        (("good", "--workers", "many"), "Invalid value for '--workers'"),
        (("good", "--workers", "2", "--scheduler", "tcp://127.0.0.1:1"), "--workers and --scheduler exclude each other"),
        (("good", "--scheduler", "nonsense"), "nonsense: no scheduler of Dask's answers"),
        (("good", "--scheduler", "tcp://127.0.0.1:1"), "tcp://127.0.0.1:1: no scheduler of Dask's answers"),
        (("good", "--scheduler", ""), "no scheduler of Dask's answers"),
        (("good", "--resume", "good/a.json"), "good/a.json: is no journal"),
        (("good", "--resume", "deep.json"), "deep.json: is no journal"),
        (("good", "--resume", os.devnull), f"{os.devnull}: is no regular file; a journal of"),
        (("good", "--resume", "good"), "good: cannot be written"),
        (("good", "--resume", "nowhere/journal"), "nowhere/journal: cannot be written"),
        (("good", "--base", "nowhere.json"), "nowhere.json: cannot be read"),
        (("good", "--base", "good/a.json"), "good/a.json: is no report with schema cenguard.audit/1"),
        (("good", "--base", "binary.txt"), "binary.txt: is not whole JSON"),
        (("good", "--format", "sarif"), "Invalid value for '--format'"),
        (("good", "-o", "html"), "FORMAT=PATH was expected"),
        (("good", "-o", "jsn=x"), "no format 'jsn'; did you mean json"),
        (("good", "-o", "json=nowhere/x.json"), "nowhere/x.json: cannot be written"),
        (("good", "--select", "CEN2O1"), "unknown rule 'CEN2O1'"),
        (("good", "--settings", "nowhere.toml"), "nowhere.toml"),
        (("good", "--today", "tomorrow"), "a date such as 2027-03-31 was expected"),
        (("good", "--fail-on", "high"), "Invalid value for '--fail-on'"),
    ],
)  # fmt: skip
def test_wrong_input_is_one_line_and_status_2(tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "s3fs", None)  # as where it is not installed
    bought(tmp_path / "good").rename(tmp_path / "good/a.json")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty/README.md").write_text("nothing")
    (tmp_path / "list.txt").write_text("# states\nnowhere\n")
    (tmp_path / "blank.txt").write_text("# none\n")
    (tmp_path / "settings.env").write_text("DATABASE=postgres://joe:hunter2@host/x\n")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged/a.json").write_text("{")
    (tmp_path / "deep.json").write_text('{"schema": ' * 5_000)

    status, output, errors = audit(
        *(
            arguments
            if "--workers" in arguments or "--scheduler" in arguments or not arguments
            else (*arguments, "--workers", "1")
        )
    )

    assert status == 2
    assert said in errors
    assert "Traceback" not in errors
    assert "hunter2" not in errors
    assert output == "" or arguments[1:2] == ("-o",)
    assert len([line for line in errors.splitlines() if line.startswith("cenguard:")]) <= 1


def test_a_pair_of_enterprise_edition_without_a_peer_is_not_said_to_have_1_kbps(tmp_path):
    """Between its regions not even the test bandwidth passes."""
    recorded = json.loads((RECORDINGS / "enterprise-create/export-after-up.json").read_text())
    deployment = recorded["deployment"]
    deployment["resources"] = [item for item in deployment["resources"] if "PeerAttachment" not in item["type"]]
    (tmp_path / "states").mkdir()
    (tmp_path / "states/net.json").write_text(json.dumps(recorded))

    for form in ("human", "markdown", "html"):
        shown = audit(tmp_path / "states", "--workers", 1, "--format", form)[1]
        assert "without Mbps" in shown
        assert "at 1 Kbps" not in shown
