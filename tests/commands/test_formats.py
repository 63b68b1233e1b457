"""`--format json`: what each command says, for programs."""

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from cenguard.commands.cli import main

RECORDINGS = Path(__file__).parents[1] / "recordings"
PREVIEW = str(RECORDINGS / "basic-delete-package" / "preview.json")
EXPORT = str(RECORDINGS / "basic-unchanged" / "export.json")
SERVERS = {"lsp", "mcp"}
"""They speak a protocol of their own, whatever is asked."""
POSTS = {"comment"}
"""Prints nothing but where the comment is."""


def said(*arguments):
    """What a command prints, read as JSON; with its status."""
    done = CliRunner().invoke(main, [*arguments, "--format", "json"], catch_exceptions=False)
    return json.loads(done.stdout), done.exit_code


def test_every_command_takes_it():
    without = set()
    for name in main.list_commands(None):
        options = {option.name: option for option in main.get_command(None, name).params}
        if "form" not in options or not {"human", "json"} <= set(options["form"].type.choices):
            without.add(name)

    assert without == SERVERS | POSTS


def test_the_map_as_regions_pairs_and_areas(tmp_path):
    picture = tmp_path / "map.svg"
    found, status = said("map", PREVIEW, "-o", str(picture))
    (core,) = found["instances"]

    assert status == 0
    assert [(region["id"], region["networks"], region["isolated"]) for region in core["regions"]] == [
        ("cn-beijing", {"VPC": 1}, True),
        ("us-west-1", {"VPC": 1}, True),
    ]
    assert [(pair["regions"], pair["disposition"]) for pair in core["pairs"]] == [(["cn-beijing", "us-west-1"], "no_package")]
    assert picture.read_text().startswith("<svg")  # both were asked for


def test_the_map_of_what_holds_no_cen(tmp_path):
    path = tmp_path / "export.json"
    path.write_text('{"version": 3, "deployment": {"resources": []}}')

    assert said("map", str(path))[0]["note"].startswith("no CEN in the input")


def test_an_inventory_as_the_tables_of_its_file(tmp_path):
    file = tmp_path / "network.inventory.toml"
    found, _ = said("inventory", EXPORT, "--today", "2026-11-29", "-o", str(file))

    assert found["taken"] == "2026-11-29"
    assert [(row["area_pair"], row["bandwidth"]) for row in found["package"]] == [(["China", "North-America"], 5)]
    assert 'area_pair = ["China", "North-America"]' in file.read_text()


@pytest.mark.parametrize(("codes", "rules"), [("CEN201,CEN408", ["CEN201", "CEN408"]), ("CEN101", [])])
def test_waivers_that_accept_what_is_there(codes, rules):
    found, status = said("waivers", "--from", PREVIEW, "--until", "2027-03-31", "--today", "2026-11-29", "--select", codes)

    assert status == 0
    assert [row["rule"] for row in found["waiver"]] == rules


def test_what_anonymise_did(tmp_path):
    copy = shutil.copy(PREVIEW, tmp_path / "preview.json")
    found, _ = said("anonymise", str(copy), "-o", str(tmp_path / "shown.json"))

    assert found["documents"] == [{"document": str(copy), "written": str(tmp_path / "shown.json")}]
    assert found["replaced"]["name"] > 0
    assert found["findings"] == "same"


def test_what_init_wrote_and_kept(tmp_path):
    (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
    (tmp_path / "cenguard.toml").write_text("")
    found, _ = said("init", str(tmp_path), "--ci", "github", "--pack", "executable")

    assert found["kept"] == [(tmp_path / "cenguard.toml").as_posix()]
    assert found["written"] == [(tmp_path / ".github/workflows/cenguard.yml").as_posix()]
    assert found["next"][-1].startswith("pulumi preview --policy-pack ")
    assert said("init", str(tmp_path), "--agents")[0]["written"] == [(tmp_path / ".agents/skills/cenguard/SKILL.md").as_posix()]


def test_waivers_are_written_where_no_links_can_be_made(tmp_path, monkeypatch):
    """As on shares and sticks: a link is how a new file takes its name only where nothing has it."""
    monkeypatch.setattr(os, "link", lambda *_: (_ for _ in ()).throw(PermissionError(1, "Operation not permitted")))
    place = tmp_path / "waivers.toml"
    given = ["waivers", "--from", str(PREVIEW), "--until", "2027-03-31", "--today", "2026-11-29", "-o", str(place)]

    assert CliRunner().invoke(main, given).exit_code == 0
    assert "[[waiver]]" in place.read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["waivers.toml"]
    assert "is there already" in CliRunner().invoke(main, given).stderr
