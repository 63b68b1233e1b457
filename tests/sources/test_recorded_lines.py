"""The user's own line of every resource of the recorded documents, with the program beside them."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.sources.lines import Lines
from tests.sources.programs import RECORDINGS, lines_of

HCL = [name for name in sorted(item.name for item in RECORDINGS.iterdir()) if name.startswith("hcl-")]


def text_at(folder, place):
    path, _, line = place.rpartition(":")
    return (folder / path).read_text("utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize("scenario", HCL)
def test_a_resource_in_terraforms_language_leads_to_its_block(scenario):
    found = lines_of(RECORDINGS / scenario / "preview.json")

    assert len(found) > 5
    for (name, kind), place in found.items():
        if name == "Named by hand":
            continue
        last = re.sub(r'(\[("([^"\\]|\\.)*"|\d+)\])$', "", name)
        last = re.split(r"[.]", last)[-1].removeprefix("backbone-")
        block = re.fullmatch(r'resource "(\w+)" "(\w+)" \{\}?', text_at(RECORDINGS / scenario, place))
        assert block is not None, (name, place)
        assert block.group(2) == last
        if "index/" in kind:
            assert "alicloud_" + re.sub(r"(?<!^)(?=[A-Z])", "_", kind.rpartition(":")[2]).lower() == block.group(1)


def test_two_modules_with_blocks_of_one_name():
    found = lines_of(RECORDINGS / "hcl-modules-create" / "preview.json")
    package, attachment = (
        "alicloud:index/cenBandwidthPackage:CenBandwidthPackage",
        "alicloud:index/cenInstanceAttachment:CenInstanceAttachment",
    )

    assert found['pipe["europe"].main', package] == "modules/pipe/main.tf:27"
    assert found['pipe["japan"].main', package] == "modules/pipe/main.tf:27"
    assert found["head_office.this[1]", attachment] == found["tokyo.this[0]", attachment] == "modules/branch/main.tf:27"


def test_a_module_in_a_module():
    found = lines_of(RECORDINGS / "hcl-module-depends-on" / "preview.json")

    assert found["kuala_lumpur.inner.this", "alicloud:index/vpc:Vpc"] == "modules/nested/inner/main.tf:9"


def test_keys_with_every_sign_and_a_name_given_by_hand():
    found = lines_of(RECORDINGS / "hcl-odd-keys" / "preview.json")

    assert found["Named by hand", "alicloud:index/cenInstance:CenInstance"] == "main.tf:22"
    assert {place for (name, kind), place in found.items() if kind.endswith(":Vpc")} == {"main.tf:28"}
    assert sum(kind.endswith(":Vpc") for _, kind in found) == 5


def test_a_module_of_terraforms_language_in_a_program_of_another():
    found = lines_of(RECORDINGS / "tfmod-misarea" / "preview.json")

    assert found["hk", "alicloud:vpc/network:Network"] == "__main__.py:8"
    assert (
        found['module.asia.alicloud_cen_bandwidth_package.this["hk-sg"]', "backbone:tf:alicloud_cen_bandwidth_package"]
        == "backbone/main.tf:53"
    )
    assert found["module.asia.alicloud_cen_instance.this", "backbone:tf:alicloud_cen_instance"] == "backbone/main.tf:41"


def test_typescript():
    found = lines_of(RECORDINGS / "ts-enterprise" / "preview.json")

    assert found["wan", "alicloud:cen/instance:Instance"] == "index.ts:7"
    assert found["hz-sg", "alicloud:cen/transitRouterPeerAttachment:TransitRouterPeerAttachment"] == "index.ts:59"
    assert found["hz", "alicloud:cen/transitRouter:TransitRouter"] == "index.ts:24"
    # made in an arrow function: the engine has no position of it, and its first frames are empty
    assert found["fra-eu-central-1b", "alicloud:vpc/switch:Switch"] == "index.ts:21"
    for place in found.values():
        assert "new alicloud." in text_at(RECORDINGS / "ts-enterprise", place)


def test_typescript_of_several_files():
    found = lines_of(RECORDINGS / "ts-component-loop" / "preview.json")

    assert found["global", "alicloud:cen/instance:Instance"] == "backbone.ts:15"
    assert found["global-fra", "alicloud:cen/bandwidthLimit:BandwidthLimit"] == "backbone.ts:32"


def test_go():
    found = lines_of(RECORDINGS / "go-misarea" / "preview.json")

    assert found["backbone", "alicloud:cen/instance:Instance"] == "network.go:29"
    for (_, kind), place in found.items():
        assert f".New{kind.rpartition(':')[2]}(ctx, " in text_at(RECORDINGS / "go-misarea", place)


def test_yaml():
    found = lines_of(RECORDINGS / "yaml-misarea" / "preview.json")

    assert found["asia", "alicloud:cen/instance:Instance"] == "Pulumi.yaml:15"
    for (name, _), place in found.items():
        assert text_at(RECORDINGS / "yaml-misarea", place) == f"  {name}:"


@pytest.mark.parametrize("scenario", [*HCL, "yaml-misarea", "go-misarea"])
def test_without_the_program_there_is_no_line(scenario, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = tmp_path / "preview.json"
    document.write_bytes((RECORDINGS / scenario / "preview.json").read_bytes())

    assert set(lines_of(document).values()) == {""}


@pytest.mark.parametrize("scenario", [*HCL, "yaml-misarea"])
def test_a_program_that_has_changed_gives_no_line_of_something_else(scenario, tmp_path):
    for file in RECORDINGS.joinpath(scenario).rglob("*"):
        if file.is_file():
            copy = tmp_path / file.relative_to(RECORDINGS / scenario)
            copy.parent.mkdir(parents=True, exist_ok=True)
            text = file.read_text("utf-8")
            copy.write_text(
                re.sub(r'resource "alicloud_(\w+)"', r'resource "alicloud_new_\1"', text) if file.suffix == ".tf" else text
            )
    if scenario.startswith("yaml"):
        (tmp_path / "Pulumi.yaml").write_text(
            Path(RECORDINGS / scenario / "Pulumi.yaml").read_text().replace("alicloud:cen:", "alicloud:other:")
        )

    found = lines_of(tmp_path / "preview.json")

    names = {"backbone": "Pulumi.yaml:5"}  # the component that made it is there as ever
    for (name, kind), place in found.items():
        assert place in ("", names.get(name.partition("-")[0])) or ":vpc/" in kind, (name, place)


def test_a_module_that_cannot_be_read_has_the_line_that_calls_it(tmp_path):
    shutil.copytree(RECORDINGS / "tfmod-misarea", tmp_path / "net")
    document = json.loads((tmp_path / "net" / "preview.json").read_text("utf-8"))
    document["steps"] = [step for step in document["steps"] if "$" not in step["urn"]]
    document["changeSummary"] = {"create": len(document["steps"])}
    (tmp_path / "net" / "preview.json").write_text(json.dumps(document))

    report = check([read_source(str(tmp_path / "net" / "preview.json"))], Options())

    (unread,) = (item for item in report.findings if item.rule == "CEN904")
    assert (unread.location.path, unread.location.line) == ("__main__.py", 12)


def test_a_module_of_a_program_in_hcl_has_the_line_that_calls_it():
    records = read_source(str(RECORDINGS / "hcl-module-depends-on" / "preview.json"))
    places = {
        item.name: str(Lines([records]).place(item.urn)) for item in records.resources if item.type.startswith("components:")
    }

    assert places == {
        "shenzhen": "main.tf:20",
        "kuala_lumpur": "main.tf:28",
        "kuala_lumpur.inner": "modules/nested/main.tf:12",
    }
