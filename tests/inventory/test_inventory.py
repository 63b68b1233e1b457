"""Inventories: written from what others have, read back, and what checks make of them."""

import datetime as dt
import json
import shutil
import tomllib

import pytest

from cenguard.geography.catalogue import default_catalogue
from cenguard.inventory.inventory_text import inventory_text
from cenguard.judging.inventories import gather, inventory_of_records, read_inventories
from cenguard.network.known import Inventory
from cenguard.resources.values import SECRET
from cenguard.testing import a_world
from cenguard.text.toml_text import value_text
from tests.commands.test_cli import RECORDINGS, codes, run
from tests.commands.test_wrong_input import refused
from tests.inventory.answers import PACKAGES

EXPORT = RECORDINGS / "basic-create" / "export-after-up.json"
ENTERPRISE = RECORDINGS / "enterprise-create" / "export-after-up.json"
CATALOGUE = default_catalogue()
APP = """
import pulumi
import pulumi_alicloud as alicloud

network = pulumi.StackReference("org/network/dev")
vpc = alicloud.vpc.Network("vpc", cidr_block="10.9.0.0/16")
alicloud.cen.InstanceAttachment(
    "app",
    instance_id=network.require_output("cenId"),
    child_instance_id=vpc.id,
    child_instance_type="VPC",
    child_instance_region_id="{region}",
)
"""


@pytest.fixture
def app(tmp_path):
    """An application's stack, which attaches one network to the network team's instance."""
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text("config:\n  alicloud:region: eu-central-1\n")
    (folder / "__main__.py").write_text(APP.format(region="eu-central-1"))
    return folder


@pytest.fixture
def theirs(tmp_path):
    """The network team's inventory, written from its stack's export."""
    path = tmp_path / "network.inventory.toml"
    done = run("inventory", EXPORT, "-o", path, "--today", "2026-11-20")
    assert done.returncode == 0, done.stderr
    return path


def report_of(*arguments, **options):
    done = run("check", *arguments, "--format", "json", **options)
    assert done.returncode in (0, 1), done.stderr
    return json.loads(done.stdout)


class TestAnAppStackInANewRegion:
    def test_with_the_network_teams_inventory_it_gets_the_missing_package_of_that_region(self, app, theirs):
        report = report_of(app, "--inventory", theirs, "--today", "2026-11-24")
        found = [item for item in report["findings"] if item["rule"] == "CEN201"]

        assert {(item["verdict"], item["level"]) for item in found} == {("violated", "mandatory")}
        assert {tuple(item["area_pair"]) for item in found} == {("China", "Europe"), ("Europe", "North-America")}
        assert {tuple(pair) for item in found for pair in item["region_pairs"]} == {
            ("cn-beijing", "eu-central-1"),
            ("eu-central-1", "us-west-1"),
        }
        assert all("eu-central-1 is cut off" in item["message"] for item in found)
        questions = {item["rule"] for item in report["findings"] if item["verdict"] == "undetermined"}
        assert questions == {"CEN111"}  # what a Basic network that stands gets in a new region is not documented

    def test_without_it_there_is_one_undetermined_line(self, app):
        report = report_of(app)

        assert [(item["rule"], item["verdict"]) for item in report["findings"]] == [
            ("CEN111", "undetermined"),
            ("CEN201", "undetermined"),
        ]
        text = run("check", app).stdout.decode()
        assert text.count("? ") == 1
        assert 'instanceId is an output of stack org/network/dev; an inventory with [stack."org/network/dev"]' in " ".join(
            text.split()
        )

    def test_where_a_package_reaches_it_nothing_is_wrong(self, app, theirs):
        (app / "__main__.py").write_text(APP.format(region="cn-shanghai"))
        reaching = report_of(app, "--inventory", theirs, "--today", "2026-11-24")

        assert ("CEN201", "violated") not in {(item["rule"], item["verdict"]) for item in reaching["findings"]}

    def test_the_settings_may_name_it(self, app, theirs):
        shutil.copy(theirs, app / "net.toml")
        (app / "cenguard.toml").write_text('inventory = "net.toml"\n')

        assert "CEN201" in {
            item["rule"] for item in report_of(app, "--today", "2026-11-24")["findings"] if item["level"] == "mandatory"
        }

    def test_the_export_itself_does_as_well(self, app, tmp_path):
        (app / "cenguard.toml").write_text(f"inventory = {json.dumps(str(EXPORT))}\n")
        report = report_of(app)

        assert ("CEN201", "mandatory") in {(item["rule"], item["level"]) for item in report["findings"]}

    def test_a_document_whose_reference_is_not_known_is_resolved_too(self, theirs):
        document = RECORDINGS / "stack-reference" / "preview.json"
        text = theirs.read_text().replace("network/dev", "organization/owner/dev")
        theirs.write_text(text)
        before = report_of(document)
        after = report_of(document, "--inventory", theirs, "--today", "2026-11-24")

        assert before["summary"]["undetermined"] > after["summary"]["undetermined"]


class TestAge:
    @pytest.mark.parametrize(("today", "level"), [("2026-11-27", "mandatory"), ("2026-11-28", "advisory")])
    def test_what_rests_on_an_old_inventory_alone_is_advisory(self, app, theirs, today, level):
        report = report_of(app, "--inventory", theirs, "--today", today)
        found = [item for item in report["findings"] if item["rule"] == "CEN201"]

        assert {item["level"] for item in found} == {level}
        assert all(
            any("taken 2026-11-20, more than 7 days ago" in step for step in item["because"]) == (level == "advisory")
            for item in found
        )

    def test_the_days_are_a_setting(self, app, theirs):
        (app / "cenguard.toml").write_text("inventory_days = 100\n")
        report = report_of(app, "--inventory", theirs, "--today", "2026-12-24")

        assert {item["level"] for item in report["findings"] if item["rule"] == "CEN201"} == {"mandatory"}

    def test_what_is_certain_without_it_stays(self, theirs):
        bad = RECORDINGS / "basic-replace-package" / "preview.json"

        assert codes(run("check", bad, "--format", "json", "--inventory", theirs, "--today", "2027-11-24")) == codes(
            run("check", bad, "--format", "json", "--today", "2027-11-24")
        )

    def test_a_second_file_that_is_fresh_holds_up_what_it_says(self, app, theirs, tmp_path):
        again = tmp_path / "again.toml"
        again.write_text(theirs.read_text().replace("2026-11-20", "2026-12-20"))
        report = report_of(app, "--inventory", theirs, "--inventory", again, "--today", "2026-12-24")

        assert {item["level"] for item in report["findings"] if item["rule"] == "CEN201"} == {"mandatory"}


class TestWriting:
    @pytest.mark.parametrize("export", [EXPORT, ENTERPRISE], ids=["basic", "enterprise"])
    def test_what_is_written_reads_back_the_same(self, tmp_path, export):
        found = gather([str(export)], CATALOGUE).inventory
        path = tmp_path / "net.toml"
        path.write_text(inventory_text(found, ["x"], dt.date(2026, 11, 20)))
        again = read_inventories([path], CATALOGUE)

        for name in ("packages", "instances", "routers", "stacks"):
            assert getattr(again, name) == getattr(found, name), name
        for name in ("attachments", "limits", "peers"):
            assert sorted(map(repr, getattr(again, name))) == sorted(map(repr, getattr(found, name))), name

    def test_an_enterprise_network(self):
        values = tomllib.loads(run("inventory", ENTERPRISE).stdout.decode())

        assert {row["region"] for row in values["router"]} == {"cn-hangzhou", "eu-central-1"}
        assert values["peer"][0]["regions"] == ["cn-hangzhou", "eu-central-1"]
        assert values["peer"][0]["package"] == values["package"][0]["id"]
        assert values["instance"][0]["complete"] is True

    def test_a_shared_instance_is_not_complete(self, tmp_path):
        (tmp_path / "cenguard.toml").write_text('shared = ["core"]\n')
        done = run("inventory", EXPORT, "--settings", tmp_path / "cenguard.toml")

        assert "complete" not in tomllib.loads(done.stdout.decode())["instance"][0]
        assert tomllib.loads(run("inventory", EXPORT, "--settings", tmp_path / "cenguard.toml", "--complete").stdout.decode())[
            "instance"
        ][0]["complete"]

    def test_the_same_sources_give_the_same_file(self):
        assert (
            len(
                {run("inventory", EXPORT, "--today", "2026-11-20", env={"PYTHONHASHSEED": str(seed)}).stdout for seed in range(3)}
            )
            == 1
        )

    def test_no_secret_and_nothing_that_is_nobodys_business(self, tmp_path):
        document = json.loads(EXPORT.read_text())
        stack = next(item for item in document["deployment"]["resources"] if item["type"] == "pulumi:pulumi:Stack")
        stack["outputs"] |= {
            "password": "hunter2",
            "token": {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:abc"},
            "region": "cn-beijing",
            "size": 5,
        }
        path = tmp_path / "export.json"
        path.write_text(json.dumps(document))
        done = run("inventory", path)
        outputs = tomllib.loads(done.stdout.decode())["stack"]["network/dev"]

        assert set(outputs) == {"cenId", "packageId", "region", "size"}
        assert b"hunter2" not in done.stdout + done.stderr

    def test_it_is_written_over_but_nothing_else_is(self, tmp_path, theirs):
        assert run("inventory", EXPORT, "-o", theirs, "--today", "2026-11-24").returncode == 0
        assert "taken = 2026-11-24" in theirs.read_text()
        other = tmp_path / "mine.toml"
        other.write_text("taken = 2026-01-01\n")
        done = run("inventory", EXPORT, "-o", other)

        assert done.returncode == 2
        assert b"no inventory that this command wrote" in done.stderr
        assert other.read_text() == "taken = 2026-01-01\n"

    def test_what_has_no_id_yet_is_said(self):
        errors = refused("inventory", RECORDINGS / "basic-create" / "preview.json")

        assert "holds no CEN instance or package with an id" in errors
        assert "core has no id yet" in errors

    def test_an_incomplete_document_makes_nothing_complete(self):
        done = run("inventory", RECORDINGS / "basic-change-limit" / "preview-default.json")

        assert done.returncode in (0, 2)
        assert b"complete = true" not in done.stdout

    def test_values_of_every_kind(self):
        assert tomllib.loads(f"x = {value_text({'a': [1, 2.5, True], 'b c': {'d': 'e' + chr(127) + chr(10)}})}")["x"] == {
            "a": [1, 2.5, True],
            "b c": {"d": "e\x7f\n"},
        }


ROWS = """
taken = 2026-11-20
[[instance]]
id = "cen-1"
complete = true
[[package]]
id = "cenbwp-1"
area_pair = ["China", "North-America"]
bandwidth = 10
instance = "cen-1"
[[attachment]]
instance = "cen-1"
region = "cn-beijing"
[[limit]]
instance = "cen-1"
regions = ["cn-beijing", "us-west-1"]
bandwidth = 8
[[router]]
id = "tr-1"
instance = "cen-2"
region = "cn-hangzhou"
[[peer]]
instance = "cen-2"
regions = ["cn-hangzhou", "eu-central-1"]
billing = "traffic"
[stack."org/network/prod"]
cen_id = "cen-1"
"""


class TestAChangeIsNewerThanAnInventory:
    """The rows are of a stack that is itself checked: what it replaces or deletes does not stand any more."""

    @pytest.mark.parametrize("recording", ["basic-replace-package", "basic-delete-package"])
    def test_what_the_change_takes_away_covers_nothing(self, tmp_path, recording):
        folder = RECORDINGS / recording
        path = tmp_path / "net.toml"
        assert run("inventory", folder / "export.json", "-o", path, "--today", "2026-11-20").returncode == 0
        arguments = ("check", folder / "preview.json", "--format", "json", "--today", "2026-11-24")

        assert codes(run(*arguments, "--inventory", path)) == codes(run(*arguments))


class TestReading:
    def test_every_row(self, tmp_path):
        path = tmp_path / "net.toml"
        path.write_text(ROWS)
        found = read_inventories([path], CATALOGUE)

        assert isinstance(found, Inventory)
        assert list(found.packages) == ["cenbwp-1"]
        assert list(found.routers) == ["tr-1"]
        assert len(found.limits) == len(found.peers) == len(found.attachments) == 1
        assert found.stacks == {"org/network/prod": {"cen_id": "cen-1"}}

    def test_a_later_file_wins(self, tmp_path):
        (tmp_path / "a.toml").write_text(ROWS)
        (tmp_path / "b.toml").write_text(ROWS.replace("bandwidth = 10", "bandwidth = 50").replace("11-20", "11-10"))
        found = read_inventories([tmp_path / "a.toml", tmp_path / "b.toml"], CATALOGUE)

        assert found.packages["cenbwp-1"].bandwidth == 50
        assert str(found.taken) == "2026-11-10"
        assert len(found.attachments) == len(found.limits) == 1

    @pytest.mark.parametrize(
        ("old", "new", "said"),
        [
            ('region = "cn-beijing"', 'region = "cn-bejing"', "line 13, attachment[1].region: no region 'cn-bejing' in the area catalogue"),
            ('region = "cn-beijing"', 'regoin = "cn-beijing"', "did you mean region?"),
            ('regions = ["cn-beijing", "us-west-1"]', 'regions = ["cn-beijing"]', "two different regions were expected"),
            ('regions = ["cn-beijing", "us-west-1"]', 'regions = ["cn-beijing", "cn-beijing"]', "two different regions were expected"),
            ("bandwidth = 8", "bandwidth = -8", "a number of at least 0 was expected"),
            ("bandwidth = 8", "bandwidth = nan", "a number of at least 0 was expected"),
            ('billing = "traffic"', 'billing = "trafic"', "did you mean traffic?"),
            ('billing = "traffic"', 'billing = "traffic"\npackage = "cenbwp-1"', "is named, and the peer is billed by traffic"),
            ('id = "cen-1"', 'id = "cen 1"', "an id of the service was expected, not 'cen 1'"),
            ('[[package]]\nid = "cenbwp-1"', "[[package]]", "line 6, package[1]: id is missing"),
            ("[[router]]", '[[instance]]\nid = "cen-1"\n[[router]]', "instance[2].id: 'cen-1' is there twice"),
            ("taken = 2026-11-20", 'taken = "2026-11-20"', "line 2, taken: a date without quotes"),
            ("taken = 2026-11-20", "takn = 2026-11-20", "did you mean taken?"),
            ("complete = true", 'complete = "yes"', "true or false was expected"),
        ],
    )  # fmt: skip
    def test_what_is_not_understood_is_refused(self, tmp_path, old, new, said):
        path = tmp_path / "net.toml"
        assert old in ROWS
        path.write_text(ROWS.replace(old, new, 1))

        assert said in refused("check", RECORDINGS / "basic-create" / "preview.json", "--inventory", path)


class TestWhatStandsElsewhereCounts:
    def limits(self, tmp_path, mbps):
        """An application's limit on the network team's package, of which others draw 8 of 10 Mbps."""
        attach = "\n".join(
            f'alicloud.cen.InstanceAttachment("{name}", instance_id="cen-1", child_instance_id="vpc-{name}",'
            f' child_instance_type="VPC", child_instance_region_id="{region}")'
            for name, region in (("shop", "cn-shanghai"), ("sales", "us-west-1"))
        )
        folder = tmp_path / "app"
        folder.mkdir()
        (folder / "Pulumi.yaml").write_text("name: shop\nruntime: python\n")
        (folder / "__main__.py").write_text(
            f'import pulumi_alicloud as alicloud\n{attach}\nalicloud.cen.BandwidthLimit("limit", instance_id="cen-1",'
            f' region_ids=["cn-shanghai", "us-west-1"], bandwidth_limit={mbps})\n'
        )
        (tmp_path / "net.toml").write_text(ROWS)
        return report_of(folder, "--inventory", tmp_path / "net.toml", "--select", "CEN208", "--today", "2026-11-24")["findings"]

    def test_limits_of_others_are_added_up(self, tmp_path):
        found = self.limits(tmp_path, 3)

        assert [(item["rule"], item["verdict"]) for item in found] == [("CEN208", "violated")]
        assert "11 Mbps are drawn on it" in found[0]["message"]

    def test_what_still_fits_is_right(self, tmp_path):
        assert self.limits(tmp_path, 2) == []


def test_what_is_written_is_counted_in_good_words(tmp_path):
    done = run("inventory", EXPORT, "-o", tmp_path / "i.toml")

    assert done.stderr.decode().endswith("i.toml: 1 instance, 1 package, 2 attachments\n")


def test_a_check_reads_the_lists_of_the_service_as_they_are(tmp_path, app):
    (tmp_path / "p.json").write_text(json.dumps(PACKAGES))
    report_of(app, "--inventory", tmp_path / "p.json")


def test_nobody_s_word_completes_a_document_that_hides_resources():
    """Its note said that no instance is marked complete, and the file marked it."""
    done = run("inventory", RECORDINGS / "basic-delete-package" / "preview-default.json", "--complete")

    assert b"so no instance is marked complete" in done.stderr, done.stderr
    assert "complete" not in tomllib.loads(done.stdout.decode())["instance"][0]


def written_of(world):
    """The rows that are written of a world that stands, and the notes beside them."""
    found = inventory_of_records([world.standing().records()], CATALOGUE)
    return found.inventory, found.notes


def test_a_peer_whose_payment_is_secret_is_not_said_to_be_paid_by_package():
    world = a_world().instance().router("cn-beijing", "near").router("us-west-1", "far").peer("near", "far", 5, billing=SECRET)
    found, _ = written_of(world)

    assert [(peer.billing, peer.package) for peer in found.peers] == [("unknown", None)]


def test_an_instance_of_which_something_is_secret_is_not_complete():
    """A package whose areas nobody tells is no row: what it carries was certainly absent."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales")
    found, notes = written_of(world.package(SECRET, "China", 5, "package"))

    assert [item.complete for item in found.instances.values()] == [False]
    assert "of package are not known (geographicRegionAId of package is a secret" in notes[0]
