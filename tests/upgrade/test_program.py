"""`cenguard upgrade --program`: a project that runs, parses and is judged as the answer says, or no folder at all."""

import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from cenguard.commands.cli import main
from cenguard.settings.reading import read_settings
from cenguard.sources.syntax import tree
from tests.upgrade.exports import Export, three_regions, urn_of

ROOT = Path(__file__).parents[2]
CREATE = ROOT / "tests" / "recordings" / "basic-create" / "preview.json"
STATE = ROOT / "tests" / "recordings" / "basic-create" / "export-after-up.json"
LANGUAGES = ("python", "yaml", "typescript", "go", "hcl", "terraform")
pytestmark = pytest.mark.usefixtures("warm")


def run(*arguments):
    """A command in this process: status, output, errors."""
    result = CliRunner().invoke(main, list(map(str, arguments)), catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def upgrade(*arguments):
    return run("upgrade", "--today", "2026-11-28", "--format", "json", *arguments)


@pytest.fixture
def document(tmp_path):
    return three_regions().written(tmp_path / "export.json")


def summary_of(report):
    return {key: report["summary"][key] for key in ("mandatory", "advisory", "undetermined")}


def written(document, folder, *arguments):
    """The answer of an upgrade that wrote a project, and the project's files."""
    status, out, err = upgrade(document, "--program", folder, *arguments)
    assert status in (0, 1), err
    assert sorted(item.name for item in folder.parent.iterdir() if item.name.startswith(".")) == []
    return json.loads(out), {item.name: item.read_text() for item in folder.iterdir()}


def test_python_is_one_component_and_check_says_of_it_what_the_answer_says(document, tmp_path):
    folder = tmp_path / "new"
    answer, files = written(document, folder)
    status, out, _ = run("check", folder, "--today", "2026-11-28", "--format", "json")
    report = json.loads(out)

    assert status == 0
    assert sorted(files) == ["Pulumi.yaml", "__main__.py", "cenguard.toml", "network.inventory.toml", "requirements.txt"]
    assert summary_of(report) == answer["result"]
    assert answer["result"]["mandatory"] == 0
    covered = {tuple(pair["regions"]): pair["mbps"] for pair in report["pairs"] if pair["mbps"]}
    assert covered == {("cn-hangzhou", "eu-central-1"): 10, ("cn-hangzhou", "us-west-1"): 15}
    assert files["__main__.py"].count("CenNetwork(") == 1
    assert "america-europe" not in "".join(files.values())  # nothing draws on it


def test_what_is_kept_is_listed_with_its_id(document, tmp_path):
    answer, files = written(document, tmp_path / "new", "--language", "yaml")
    kept = {(item["type"].rpartition(":")[2], item["name"], item["id"]) for item in answer["imports"]}

    assert [(item["type"], item["name"]) for item in answer["imports"]] == sorted(
        (item["type"], item["name"]) for item in answer["imports"]
    )
    assert {
        ("Instance", "core", "cen-core"),
        ("Network", "shop", "vpc-shop"),
        ("VirtualBorderRouter", "line-attached", "vbr-1"),
    } <= kept
    assert {
        ("BandwidthPackage", "china-america", "cenbwp-china-america"),
        ("Switch", "lab-cn-hangzhou-h", "vsw-lab-cn-hangzhou-h"),
    } <= kept
    assert "cenbwp-america-europe" not in {identifier for _, _, identifier in kept}
    assert all(identifier in files["Pulumi.yaml"] for _, _, identifier in kept)


def test_without_a_program_nothing_is_imported_and_the_rest_is_the_same(document, tmp_path):
    answer, _ = written(document, tmp_path / "new", "--language", "go")
    plain = json.loads(upgrade(document)[1])

    assert plain["imports"] == []
    assert {**answer, "imports": []} == plain


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_same_input_gives_the_same_files(document, tmp_path, language):
    assert written(document, tmp_path / "a", "--language", language) == written(document, tmp_path / "b", "--language", language)


def test_a_project_has_a_name_that_pulumi_takes_however_long_the_instance_s_is(tmp_path):
    """A project has 100 characters at most, and a router, whose name has the region as well, 128."""
    document = three_regions().written(tmp_path / "export.json")
    document.write_text(document.read_text().replace("Instance::core", f"Instance::{'n' * 127}x"))
    answer, files = written(document, tmp_path / "new", "--language", "typescript")

    assert len(yaml.safe_load(files["Pulumi.yaml"])["name"]) <= 100
    assert max(map(len, re.findall('"([^"]+)"', files["index.ts"]))) <= 128
    assert answer["result"]["mandatory"] == 0


def test_yaml_is_one_component_unless_a_route_map_names_a_table(tmp_path, document):
    export = three_regions()
    export.resources.pop()  # the route map
    answer, files = written(export.written(tmp_path / "without.json"), tmp_path / "new", "--language", "yaml")
    resources = yaml.safe_load(files["Pulumi.yaml"])["resources"]

    assert [item["type"] for item in resources.values()] == ["alicloud-cen:index:CenNetwork"]
    assert resources["core"]["properties"]["instance"] == {"existingId": "cen-core"}
    assert resources["core"]["properties"]["networks"]["plant"]["owner"] == "1234567890123456"
    assert resources["core"]["properties"]["networks"]["shop"]["vswitches"] == {
        "cn-hangzhou-h": "vsw-shop-cn-hangzhou-h",
        "cn-hangzhou-i": "vsw-shop-cn-hangzhou-i",
    }
    assert summary_of(json.loads(files["result.json"])) == answer["result"]
    _, files = written(document, tmp_path / "other", "--language", "yaml")
    single = yaml.safe_load(files["Pulumi.yaml"])["resources"]
    table = single["core-keep-out"]["properties"]["transitRouterRouteTableId"]
    assert table == "${core-cn-hangzhou-table.transitRouterRouteTableId}"
    assert single["core-cn-hangzhou-table"]["type"] == "alicloud:cen:TransitRouterRouteTable"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_other_languages_parse_and_have_the_result_beside_them(document, tmp_path, language):
    answer, files = written(document, tmp_path / "new", "--language", language)
    name = {"yaml": "Pulumi.yaml", "typescript": "index.ts", "go": "main.go"}.get(language, "main.tf")

    assert summary_of(json.loads(files["result.json"])) == answer["result"]
    assert "<the " not in files[name]
    assert "@0@" not in files[name]
    if language == "yaml":
        assert "core-cn-hangzhou" in yaml.safe_load(files[name])["resources"]
    else:
        root = tree(Path(name).suffix, files[name])
        assert root is not None
        assert not root.has_error
        assert files[name].count("cenbwp-china-america") == 1
        assert "vsw-shop-cn-hangzhou-j" not in files[name]
    if language in ("yaml", "typescript", "go", "hcl"):
        assert yaml.safe_load(files["Pulumi.yaml"])["runtime"] == {"typescript": "nodejs"}.get(language, language)


def test_go_makes_no_variable_that_nothing_uses(document, tmp_path):
    _, files = written(document, tmp_path / "new", "--language", "go")
    made = {line.split(",")[0].strip() for line in files["main.go"].splitlines() if ", err := " in line and "_" not in line}

    assert made
    assert [name for name in made if files["main.go"].count(name) < 2] == []


def test_settings_and_areas_of_the_user_go_along(document, tmp_path):
    settings = tmp_path / "cenguard.toml"
    settings.write_text(
        'inventory_days = 3\nundetermined = "hide"\nexpect = ["nowhere"]\n[rules.single-zone-attachment]\nlevel = "disabled"\n'
        '[prices]\ncurrency = "USD"\n'
    )
    arguments = ("--language", "yaml", "--settings", settings, "--areas", "2026-03")
    _, files = written(document, tmp_path / "new", *arguments)
    said = tomllib.loads(files["cenguard.toml"])

    assert said == {
        "areas": "2026-03",
        "inventory": ["network.inventory.toml"],
        "inventory_days": 3,
        "undetermined": "hide",
        "rules": {"single-zone-attachment": {"level": "disabled"}},
        "prices": {"currency": "USD"},
    }


def test_settings_that_extend_others_are_extended_again(document, tmp_path):
    """What lies above the project's own file is the next one's to extend, however many there are, and in whatever encoding."""
    areas = (ROOT / "cenguard" / "geography" / "editions" / "areas-2026-03.json").read_text()
    (tmp_path / "ours.json").write_text(areas, encoding="utf-16")
    (tmp_path / "organisation.toml").write_text('areas = "ours.json"\n', encoding="utf-16")
    (tmp_path / "team.toml").write_text('extends = "organisation.toml"\n[rules]\nCEN402 = "mandatory"\n')
    settings = tmp_path / "cenguard.toml"
    settings.write_text('extends = "team.toml"\n[rules]\nCEN406 = "mandatory"\n', encoding="utf-16")
    answer, files = written(document, tmp_path / "new", "--language", "go", "--settings", settings)

    assert tomllib.loads(files["cenguard.toml"]) == {
        "extends": "../team.toml",
        "inventory": ["network.inventory.toml"],
        "rules": {"CEN406": "mandatory"},
    }
    read = read_settings(tmp_path / "new" / "cenguard.toml")
    assert (set(read.levels), read.areas, read.remarks) == ({"CEN402", "CEN406"}, "ours.json", ())
    assert answer["result"]["mandatory"] == 0

    _, files = written(document, tmp_path / "other", "--language", "go", "--areas", tmp_path / "ours.json")
    assert files["areas.json"] == areas


def test_an_area_catalogue_of_the_users_own_is_copied(document, tmp_path):
    areas = tmp_path / "ours.json"
    areas.write_text((ROOT / "cenguard" / "geography" / "editions" / "areas-2026-03.json").read_text())
    answer, files = written(document, tmp_path / "new", "--language", "go", "--areas", areas)

    assert tomllib.loads(files["cenguard.toml"])["areas"] == "areas.json"
    assert files["areas.json"] == areas.read_text()
    assert answer["result"]["mandatory"] == 0


def test_the_inventory_names_what_peers_draw_on(document, tmp_path):
    _, files = written(document, tmp_path / "new", "--language", "yaml")
    said = tomllib.loads(files["network.inventory.toml"])

    assert said["taken"].isoformat() == "2026-11-20"
    assert said["instance"] == [{"id": "cen-core", "complete": True}]
    assert [(item["id"], item["area_pair"], item["bandwidth"], item["instance"]) for item in said["package"]] == [
        ("cenbwp-china-america", ["China", "North-America"], 20, "cen-core"),
        ("cenbwp-china-europe", ["China", "Europe"], 10, "cen-core"),
    ]


def test_by_traffic_no_package_is_in_it(document, tmp_path):
    answer, files = written(document, tmp_path / "new", "--billing", "traffic", "--language", "yaml")

    assert "cenbwp-" not in "".join(files.values())
    assert files["Pulumi.yaml"].count("bandwidthType: DataTransfer") == 2
    assert not any("BandwidthPackage" in item["type"] for item in answer["imports"])


def test_a_ccn_stays_and_is_imported(tmp_path):
    export = three_regions().attach("branches", "ccn-1", "CCN", "ccn-cn-shanghai").written(tmp_path / "export.json")
    for language, said in (
        ("python", 'import_="cen-core:ccn-1:CCN:ccn-cn-shanghai"'),
        ("terraform", 'id = "cen-core:ccn-1:CCN:ccn-cn-shanghai"'),
    ):
        answer, files = written(export, tmp_path / language, "--language", language)
        assert said in files["__main__.py" if language == "python" else "main.tf"]
        assert {item["type"].rpartition(":")[2] for item in answer["imports"]} >= {"InstanceAttachment"}


def test_what_no_component_can_be_is_written_as_single_resources(tmp_path):
    export = three_regions().package("asia", "China", "Asia-Pacific", 10).limit("ap-southeast-1", "cn-hangzhou", 5)
    answer, files = written(export.written(tmp_path / "export.json"), tmp_path / "new")
    report = json.loads(run("check", tmp_path / "new", "--today", "2026-11-28", "--format", "json")[1])

    assert {"region": "ap-southeast-1"} in answer["routers"]  # a limit stands there, and its networks are attached elsewhere
    assert "CenNetwork" not in files["__main__.py"]
    assert summary_of(report) == answer["result"]


def test_a_document_beside_its_export_has_the_ids(tmp_path):
    zones = tmp_path / "zones.toml"
    assert upgrade(STATE, "--zones", zones)[0] == 0
    regions = {"cn-beijing": ("cn-beijing-a", "cn-beijing-b"), "us-west-1": ("us-west-1a", "us-west-1b")}
    rows = []
    for line in zones.read_text().splitlines():
        rows.append(line)
        rows += [f'{zone} = "vsw-{zone}"' for region, names in regions.items() if f", {region}: " in line for zone in names]
    zones.write_text("\n".join(rows))
    answer, _ = written(STATE, tmp_path / "new", "--zones", zones, "--language", "hcl")

    assert len(answer["imports"]) == 8
    status, out, err = upgrade(CREATE, "--program", tmp_path / "other", "--zones", zones)
    assert (status, out) == (2, "")
    assert "vpc-" in err


class TestNoFolder:
    """What cannot be written leaves nothing behind."""

    def refused(self, tmp_path, *arguments, status=2):
        before = sorted(tmp_path.rglob("*"))
        found, out, err = upgrade(*arguments)
        assert found == status
        assert (out == "") == (status == 2)
        assert err.count("\n") == 1
        assert sorted(tmp_path.rglob("*")) == before
        return err

    def test_a_folder_that_is_not_empty(self, document, tmp_path):
        folder = tmp_path / "there"
        folder.mkdir()
        (folder / "a").write_text("")
        assert "is not empty" in self.refused(tmp_path, document, "--program", folder)

    def test_a_file(self, document, tmp_path):
        (tmp_path / "there").write_text("")
        assert "is there and is no folder" in self.refused(tmp_path, document, "--program", tmp_path / "there")

    def test_no_folder_above(self, document, tmp_path):
        assert "there is no folder" in self.refused(tmp_path, document, "--program", tmp_path / "a" / "b")

    def test_an_id_that_nobody_knows(self, tmp_path):
        zones = tmp_path / "zones.toml"
        zones.write_text(
            '[network.vpc-bj]\ncn-beijing-a = "vsw-1"\ncn-beijing-b = "vsw-2"\n[network.vpc-sv]\nus-west-1a = "vsw-3"\nus-west-1b = "vsw-4"\n'
        )
        err = self.refused(tmp_path, CREATE, "--zones", zones, "--program", tmp_path / "new")
        assert "CEN instance core, network vpc-bj, network vpc-sv and package package" in err

    def test_a_package_that_nobody_knows(self, tmp_path):
        export = Export().vpc("shop", "cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i"])
        export = export.vpc("sales", "us-west-1", zones=["us-west-1a", "us-west-1b"]).limit("cn-hangzhou", "us-west-1", 5)
        err = self.refused(tmp_path, export.written(tmp_path / "export.json"), "--program", tmp_path / "new")
        assert "the package of cn-hangzhou/us-west-1" in err

    def test_a_package_that_is_too_small(self, tmp_path):
        export = three_regions()
        package = next(
            item
            for item in export.resources
            if item["urn"] == urn_of("alicloud:cen/bandwidthPackage:BandwidthPackage", "china-europe")
        )
        package["inputs"]["bandwidth"] = 4
        err = self.refused(tmp_path, export.written(tmp_path / "export.json"), "--program", tmp_path / "new", status=1)
        assert "is not written: peers would draw more than china-europe holds" in err

    def test_zones_that_are_missing_are_asked_for_and_nothing_else_is_written(self, tmp_path):
        export = three_regions().vpc("far", "ap-southeast-1").written(tmp_path / "export.json")
        zones = tmp_path / "zones.toml"
        status, out, err = upgrade(export, "--zones", zones, "--program", tmp_path / "new")

        assert (status, out, err.count("\n")) == (2, "", 1)
        assert "far (vpc-far)" in err
        assert tomllib.loads(zones.read_text()) == {"network": {"vpc-far": {}}}
        assert not (tmp_path / "new").exists()
        assert "--zones FILE" in self.refused(tmp_path, export, "--program", tmp_path / "new")

    def test_a_language_without_a_folder(self, document):
        status, out, err = upgrade(document, "--language", "go")
        assert (status, out) == (2, "")
        assert "--program DIR" in err

    def test_a_program_that_would_not_run(self, document, tmp_path, monkeypatch):
        monkeypatch.setattr(
            "cenguard.upgrade.program.python_program",
            lambda *_: {"Pulumi.yaml": "name: x\nruntime: python\n", "__main__.py": "1 / 0\n"},
        )
        assert "would not run" in self.refused(tmp_path, document, "--program", tmp_path / "new")


def test_the_empty_folder_that_one_stands_in_is_filled(document, tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert upgrade(document, "--program", ".", "--language", "go")[0] == 0
    assert (tmp_path / "here" / "main.go").is_file()
    assert (Path.cwd() / "go.mod").is_file()
    assert [item.name for item in tmp_path.iterdir() if item.name.startswith(".")] == []


def test_an_empty_folder_is_filled(document, tmp_path):
    folder = tmp_path / "new"
    folder.mkdir()
    _, files = written(document, folder, "--language", "terraform")
    assert "main.tf" in files


@pytest.mark.parametrize("language", ["python", "terraform"])
def test_a_route_map_that_is_called_as_a_network_has_a_name_of_its_own(tmp_path, language):
    """Its attachment was taken for the map; and two maps whose names differ in a sign had one name."""
    export = three_regions()
    for name in ("shop", "lab-in", "a.b", "a:b", "a_b"):
        export.route_map(name, "cn-hangzhou", sourceInstanceIds=["vpc-plant"], priority=20 + len(export.resources))
    _, files = written(export.written(tmp_path / "export.json"), tmp_path / "new", "--language", language)
    text = "\n".join(files.values())
    made = re.findall(r'"alicloud_cen_route_map" "(.+)"|RouteMap\(\n    "(.+)"', text)

    assert len({first or second for first, second in made}) == len(made) == 6
    assert "alicloud_cen_route_map.core_shop" not in text


def test_a_network_whose_name_begins_with_an_underscore_has_a_key_that_the_component_takes(tmp_path):
    """Python was not written: *its program would not run*."""
    export = Export().vpc("_shop_", "cn-hangzhou", zones=["cn-hangzhou-h", "cn-hangzhou-i"])
    _, files = written(export.written(tmp_path / "export.json"), tmp_path / "new")

    assert '"shop": {"region": "cn-hangzhou"' in files["__main__.py"].replace("{\n            ", "{")
