"""`cenguard fix`: the diff, what is written, what is left, and when nothing is written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.sources.lines import forget
from tests.findings.placing import laid_out

PROGRAM = """\
import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core", opts=pulumi.ResourceOptions(protect=True))
shop = alicloud.cen.InstanceAttachment(
    "shop", instance_id=core.id, child_instance_id="vpc-1", child_instance_type="VPC", child_instance_region_id="cn-beijing"
)
sales = alicloud.cen.InstanceAttachment(
    "sales", instance_id=core.id, child_instance_id="vpc-2", child_instance_type="VPC", child_instance_region_id="us-west-1"
)
package = alicloud.cen.BandwidthPackage(
    "china-us",
    bandwidth=10,
    geographic_region_a_id="China",
    geographic_region_b_id="North-America",
    payment_type="PrePaid",  # by the year
    period=12,
    auto_renew=True,
    opts=pulumi.ResourceOptions(protect=True),
)
bound = alicloud.cen.BandwidthPackageAttachment("bound", instance_id=core.id, bandwidth_package_id=package.id)
alicloud.cen.BandwidthLimit("limit", instance_id=core.id, region_ids=["cn-beijing", "us-west-1"], bandwidth_limit=4)
"""
"""A limit that waits for nothing that it needs: CEN211, whose fix is an order."""


def fix(*arguments):
    """Exit status, and what is printed on standard output and on standard error."""
    forget()
    done = CliRunner().invoke(main, ["fix", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A program in Python, in the folder that the command runs in."""
    pytest.importorskip("pulumi_alicloud")
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def document(tmp_path, monkeypatch):
    """The preview of a program in YAML, beside the program: a package is missing."""
    found = laid_out("yaml-basic-no-package", tmp_path)
    monkeypatch.chdir(found.parent)
    return found


def test_a_safe_fix_of_a_program_is_shown_written_and_gone(project):
    """One run of everything: four programs are started."""
    status, shown, _ = fix("--select", "CEN211")
    diff_status, diff, _ = fix("--select", "CEN211", "--diff")

    assert status == 0  # nothing at the failing level is left once it is applied
    assert "+alicloud.cen.BandwidthLimit(" in shown
    assert "opts=pulumi.ResourceOptions(depends_on=[bound, shop, sales])" in shown
    assert "--write writes it" in shown
    assert (project / "__main__.py").read_text() == PROGRAM
    assert (diff_status, diff.splitlines()[:2]) == (1, ["--- a/__main__.py", "+++ b/__main__.py"])
    done = subprocess.run(["git", "apply", "--check", "-"], input=diff, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr

    status, told, _ = fix("--select", "CEN211", "--write")
    assert status == 0
    assert "wrote __main__.py" in told
    assert "gone: CEN211 limit" in told
    assert "# by the year" in (project / "__main__.py").read_text()

    status, told, _ = fix("--select", "CEN211", "--diff")
    assert (status, told) == (0, "")


def test_the_diff_alone_as_json_is_a_document(document):
    status, told, _ = fix(document, "--diff", "--format", "json")
    assert (status, json.loads(told)["diff"]) == (0, "")

    status, told, _ = fix(document, "--diff", "--review", "--select", "CEN201", "--format", "json")
    said = json.loads(told)
    assert (status, said["written"], said["diff"].splitlines()[0]) == (1, False, "--- a/Pulumi.yaml")


def test_what_buys_is_only_shown_with_review_and_said_first(document):
    before = (document.parent / "Pulumi.yaml").read_text()
    status, told, _ = fix(document, "--write")

    assert status == 1
    assert "CEN201 backbone (China/Europe): it buys, replaces, detaches" in told
    assert (document.parent / "Pulumi.yaml").read_text() == before

    status, told, _ = fix(document, "--review", "--select", "CEN201")
    assert status == 0
    assert told.startswith("buys china-europe: 10 Mbps China/Europe, PrePaid for 1 month, not refundable\n")
    assert told.index("buys ") < told.index("+  china-europe:")
    assert (document.parent / "Pulumi.yaml").read_text() == before


def test_a_document_s_program_is_written_and_judged_with_the_edits(document):
    status, told, _ = fix(document, "--review", "--write", "--select", "CEN201")

    assert status == 0
    assert "2 mandatory" in told
    assert "0 mandatory" in told
    assert "make the preview or plan again" in told
    assert "china-europe-attachment:" in (document.parent / "Pulumi.yaml").read_text()


def test_an_old_document_does_not_add_twice(document):
    fix(document, "--review", "--write", "--select", "CEN201")
    once = (document.parent / "Pulumi.yaml").read_text()
    status, told, _ = fix(document, "--review", "--write", "--select", "CEN201")

    assert status == 1
    assert "the program has china-europe already" in told
    assert (document.parent / "Pulumi.yaml").read_text() == once


def test_json_says_the_same(document):
    status, told, _ = fix(document, "--review", "--select", "CEN201", "--format", "json")
    found = json.loads(told)

    assert status == 0
    assert found["schema"] == "cenguard.fix/1"
    assert found["written"] is False
    assert found["files"] == ["Pulumi.yaml"]
    assert [item["rule"] for item in found["applied"]] == ["CEN201"]
    assert found["costs"][0].startswith("buys china-europe")
    assert (found["before"]["mandatory"], found["after"]["mandatory"]) == (2, 0)
    assert {item["rule"] for item in found["gone"]} == {"CEN201"}


def test_a_file_that_changed_meanwhile_is_refused(document, monkeypatch):
    from cenguard.judging import applying

    file = document.parent / "Pulumi.yaml"
    real = applying.write_files

    def meanwhile(files):
        file.write_text(file.read_text() + "# somebody was faster\n")
        real(files)

    monkeypatch.setattr(applying, "write_files", meanwhile)
    status, _, told = fix(document, "--review", "--write", "--select", "CEN201")

    assert status == 2
    assert "Pulumi.yaml: has changed since it was checked: nothing is written" in told
    assert file.read_text().endswith("# somebody was faster\n")
    assert "china-europe" not in file.read_text()


@pytest.mark.skipif(os.name == "nt", reason="there a folder has no such mode")
def test_files_are_written_whole_with_their_mode_and_their_marks(document):
    file = document.parent / "Pulumi.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    file.chmod(0o640)
    status, _, _ = fix(document, "--review", "--write", "--select", "CEN201")
    written = file.read_bytes()

    assert status == 0
    assert written.startswith(b"\xef\xbb\xbfname:")
    assert written.count(b"\r\n") == written.count(b"\n")
    assert file.stat().st_mode & 0o777 == 0o640
    assert sorted(item.name for item in document.parent.iterdir()) == ["Pulumi.yaml", "preview.json"]


def test_other_languages_are_for_pasting(tmp_path):
    status, told, _ = fix(laid_out("ts-misarea", tmp_path), "--review")

    assert status == 1
    assert "files in TypeScript are not changed, the text is for pasting" in told


def test_a_language_that_fixes_are_not_written_in_has_them_as_sentences(tmp_path):
    document = laid_out("yaml-misarea", tmp_path)
    project = document.parent / "Pulumi.yaml"
    project.write_text("name: network\nruntime: java\n")
    status, told, _ = fix(document, "--review")

    assert (status, "fixes are not written in the language of the program, only said" in told) == (1, True)


def test_terraform_is_written_too(tmp_path, monkeypatch):
    plan = laid_out("tofu-misarea", tmp_path)
    monkeypatch.chdir(plan.parent)
    status, told, _ = fix(plan, "--review", "--write")

    assert status == 0, told
    assert 'geographic_region_a_id     = "Asia-Pacific"' in (plan.parent / "main.tf").read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--select", "CEN9999"], "unknown rule"), (["nothing.json"], "nothing.json")],
)
def test_wrong_use_is_one_line(document, arguments, said):
    given = arguments if arguments[0].endswith(".json") else [document, *arguments]
    status, _, told = fix(*given)

    assert status == 2
    assert said in told
    assert "Traceback" not in told


def test_the_command_is_one_of_the_commands():
    done = subprocess.run(
        [sys.executable, "-m", "cenguard", "fix", "--help"], capture_output=True, text=True, check=True, cwd=Path(__file__).parent
    )

    assert "--review" in done.stdout


def test_terraform_what_a_plan_takes_out_is_said_again_under_its_old_address(tmp_path, monkeypatch):
    """Under another label it would be bought again; planned with the real provider, nothing is left to change."""
    plan = laid_out("terraform-peer-gone", tmp_path)
    monkeypatch.chdir(plan.parent)
    status, said, _ = fix("plan.json", "--review", "--write", "--select", "CEN201,CEN408")
    text = Path("main.tf").read_text()

    assert status == 0
    assert said.startswith("keeps p, which the update deletes: nothing is bought\n")
    for kind in ("bandwidth_package", "bandwidth_package_attachment", "transit_router_peer_attachment"):
        assert f'resource "alicloud_cen_{kind}" "p" {{\n  provider ' in text
    assert "cen_bandwidth_package_id      = alicloud_cen_bandwidth_package.p.id" in text
    assert "depends_on = [alicloud_cen_bandwidth_package_attachment.p]" in text
    assert '= ""' not in text  # what was not set is empty in a state, and refused in a program


def test_terraform_names_one_of_several_that_a_block_makes(tmp_path, monkeypatch):
    """A plan of OpenTofu's; with this edit it plans again, and the limit waits for both networks."""
    recorded = Path(__file__).parents[1] / "recordings" / "terraform" / "tofu-unordered-for-each"
    for file in recorded.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.chdir(tmp_path)
    status, shown, _ = fix("plan.json", "--write")
    written = (tmp_path / "main.tf").read_text()

    assert status == 0, shown
    assert "gone: CEN211 limit" in shown
    for target in ('instance_attachment.net["bj"]', 'instance_attachment.net["us"]', "bandwidth_package_attachment.bound"):
        assert f"alicloud_cen_{target}" in written[written.index("depends_on") :]
