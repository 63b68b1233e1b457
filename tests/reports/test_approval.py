"""What pipelines decide on: `buys`, `cuts` and `by_traffic`, one line each."""

import json

import pytest

from cenguard.findings.report import Purchase
from cenguard.reports.approval import MOST, lines
from tests.commands.test_cli import BAD, RECORDINGS, run
from tests.reports.samples import quiet, report


def read(text):
    return {name: json.loads(value) for name, value in (line.split("=", 1) for line in text.splitlines())}


def test_nothing_is_an_empty_list():
    assert lines(quiet()) == "buys=[]\ncuts=[]\nby_traffic=[]\n"


def test_a_name_never_becomes_a_line_of_its_own():
    hostile = Purchase(urn="urn:x\nbuys=[]\r\n%0Abuys=[]", area_pair=None, mbps=5)
    found = lines(report(purchases=(hostile,)))

    assert len(found.splitlines()) == 3
    assert [item["urn"] for item in read(found)["buys"]] == ["urn:x\nbuys=[]\r\n%0Abuys=[]"]


def test_what_does_not_fit_is_not_empty_either():
    many = tuple(Purchase(urn=f"urn:{number}" * 20, area_pair=None, mbps=5) for number in range(100))
    found = lines(report(purchases=many, cuts=(), traffic=()), MOST)

    assert len(found.encode()) < MOST
    assert read(found)["buys"]
    assert read(found)["cuts"] == []


@pytest.mark.parametrize("command", ["check", "report"])
@pytest.mark.parametrize(("variable", "form"), [("GITHUB_OUTPUT", "github"), ("CENGUARD_OUTPUTS", "human")])
def test_a_job_is_handed_them(tmp_path, command, variable, form):
    document = json.loads(run("check", BAD, "--format", "json", "-o", f"json={tmp_path / 'r.json'}").stdout)
    place = tmp_path / "outputs"
    place.write_text("before=1\n")
    env = {"GITHUB_OUTPUT": "", "CENGUARD_OUTPUTS": "", "GITHUB_STEP_SUMMARY": "", variable: str(place)}
    run(command, BAD if command == "check" else tmp_path / "r.json", "--format", form, env=env)
    found = read(place.read_text())

    assert found.pop("before") == 1
    assert found == {"buys": document["purchases"], "cuts": document["cuts"], "by_traffic": document["traffic"]}


def test_a_check_that_could_not_answer_hands_out_nothing(tmp_path):
    """A preview without what stays hides packages: that nothing is bought is not known."""
    preview = json.loads((RECORDINGS / "basic-change-limit" / "preview.json").read_text())
    preview["steps"] = [step for step in preview["steps"] if step["op"] != "same"]
    (tmp_path / "preview.json").write_text(json.dumps(preview))
    done = run("check", tmp_path / "preview.json", env={"CENGUARD_OUTPUTS": str(tmp_path / "outputs")})

    assert done.returncode == 2
    assert not (tmp_path / "outputs").exists()


def test_a_file_that_cannot_be_written_is_one_line(tmp_path):
    done = run("check", BAD, "--quiet", env={"CENGUARD_OUTPUTS": str(tmp_path / "gone" / "outputs")})

    assert done.returncode == 2
    assert "cannot be written" in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
