"""One policy for many teams: a later layer tightens, adds and waives, and never loosens."""

import json
import sys

import pytest

from cenguard.errors import InvalidSettings
from cenguard.findings import Level
from cenguard.settings.reading import read_settings
from tests.commands.test_cli import BAD, codes, run

WAIVER = '[[waiver]]\nrule = "{0}"\nreason = "outage"\nowner = "net-team"\nexpires = 2999-01-01\n'


@pytest.fixture
def read(tmp_path):
    def both(organisation, team):
        (tmp_path / "policy").mkdir(exist_ok=True)
        (tmp_path / "net").mkdir(exist_ok=True)
        (tmp_path / "policy" / "cenguard.toml").write_text(organisation)
        (tmp_path / "net" / "cenguard.toml").write_text('extends = "../policy/cenguard.toml"\n' + team)
        return read_settings(tmp_path / "net" / "cenguard.toml")

    return both


def option(settings, code, name):
    return settings.options.get(code, {}).get(name)


CAPS = '[rules.CEN502]\npackage_mbps = {0}\narea_pairs = {{"China/Europe" = {1}}}\n'
ALLOWED = "[rules.CEN501]\nregions = {0}\nareas = {1}\narea_pairs = {2}\n"


class TestTightening:
    """What a team may do."""

    @pytest.mark.parametrize(
        ("organisation", "team", "level"),
        [
            ('[rules]\nCEN203 = "advisory"\n', '[rules]\nCEN203 = "mandatory"\n', Level.MANDATORY),
            ('[rules]\nCEN201 = "disabled"\n', "[rules.missing-bandwidth-package]\nlevel = 'advisory'\n", Level.ADVISORY),
            ("", '[rules]\nunattached-bandwidth-package = "mandatory"\n', Level.MANDATORY),
        ],
    )
    def test_a_level(self, read, organisation, team, level):
        settings = read(organisation, team)

        assert level in settings.levels.values()
        assert settings.remarks == ()

    @pytest.mark.parametrize(
        ("organisation", "team", "key", "value"),
        [
            (CAPS.format(100, 50), CAPS.format(80, 40), "package_mbps", 80),
            (CAPS.format(100, 50), CAPS.format(80, 40), "area_pairs", {"China/Europe": 40}),
            (CAPS.format(100, 50), '[rules.CEN502]\narea_pairs = {"Europe/China" = 40}\n', "area_pairs", {"China/Europe": 40}),
            (CAPS.format(100, 50), '[rules.CEN502]\narea_pairs = {"China/China" = 9}\n', "area_pairs", {"China/Europe": 50, "China/China": 9}),
            ("", "[rules.CEN502]\npackage_mbps = 80\n", "package_mbps", 80),
        ],
    )  # fmt: skip
    def test_a_lower_cap(self, read, organisation, team, key, value):
        settings = read(organisation, team)

        assert option(settings, "CEN502", key) == value
        assert settings.remarks == ()

    def test_more_in_require(self, read):
        pair = {"regions": ["cn-beijing", "us-west-1"], "min_mbps": 10}
        settings = read(
            '[rules.CEN219]\nrequire = "every-pair"\n',
            '[rules.CEN219]\nrequire = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}\n',
        )

        assert option(settings, "CEN219", "require") == [{"every_pair": True}, {"pairs": [pair]}]
        assert settings.remarks == ()

    def test_fewer_that_are_allowed(self, read):
        settings = read(
            ALLOWED.format('["cn-*", "eu-central-1"]', '["China", "Europe"]', '[["China", "Europe"], ["China", "China"]]'),
            ALLOWED.format('["cn-beijing", "cn-shang*"]', '["China"]', '[["Europe", "China"]]'),
        )

        assert option(settings, "CEN501", "regions") == ["cn-beijing", "cn-shang*"]
        assert option(settings, "CEN501", "areas") == ["China"]
        assert option(settings, "CEN501", "area_pairs") == [["Europe", "China"]]
        assert settings.remarks == ()

    def test_more_tags_an_earlier_warning_and_fewer_days(self, read):
        settings = read(
            'inventory_days = 5\n[rules.CEN503]\ntags = {team = ""}\n[rules.CEN412]\ndays = 30\n',
            'inventory_days = 3\n[rules.CEN503]\ntags = {team = "net-.*", cost = ""}\n[rules.CEN412]\ndays = 60\n',
        )

        assert settings.inventory_days == 3
        assert option(settings, "CEN503", "tags") == {"team": "net-.*", "cost": ""}
        assert option(settings, "CEN412", "days") == 60
        assert settings.remarks == ()

    def test_undetermined_becomes_mandatory_and_a_rule_unwaivable(self, read):
        settings = read(
            'undetermined = "hide"\nunwaivable = ["CEN201"]\n', 'undetermined = "mandatory"\nunwaivable = ["CEN202"]\n'
        )

        assert settings.undetermined == "mandatory"
        assert settings.unwaivable == {"CEN201", "CEN202"}

    def test_names_places_and_waivers_are_added(self, read, tmp_path):
        settings = read(
            'shared = ["a"]\nplaceholders = ["x-*"]\ninventory = "net.toml"\n' + WAIVER.format("CEN201"),
            'shared = ["b"]\nplaceholders = ["y-*"]\ninventory = "own.toml"\n' + WAIVER.format("CEN202"),
        )

        assert settings.shared == ("a", "b")
        assert settings.placeholders == ("x-*", "y-*")
        assert [path.resolve().relative_to(tmp_path).as_posix() for path in settings.inventory] == [
            "policy/net.toml",
            "net/own.toml",
        ]
        assert [waiver.rule for waiver in settings.waivers] == ["CEN201", "CEN202"]
        assert settings.remarks == ()


class TestLoosening:
    """What a team may not: it has no effect, and is said with its line."""

    @pytest.mark.parametrize(
        ("organisation", "team", "said"),
        [
            ('[rules]\nCEN203 = "mandatory"\n', '[rules]\nCEN203 = "advisory"\n', "line 3, rules.CEN203.level = advisory has no effect; a file that extends another one cannot make it milder than mandatory"),
            ("", '[rules]\nCEN201 = "disabled"\n', "= disabled has no effect"),
            (CAPS.format(100, 50), "[rules.CEN502]\npackage_mbps = 200\n", "line 3, rules.CEN502.package_mbps = 200 has no effect"),
            (CAPS.format(100, 50), '[rules.CEN502]\narea_pairs = {"Europe/China" = 60}\n', "= Europe/China = 60 has no effect"),
            (ALLOWED.format('["cn-*"]', '["China"]', '[["China", "China"]]'), '[rules.CEN501]\nregions = ["us-west-1"]\n', "regions = us-west-1 has no effect"),
            (ALLOWED.format('["cn-*"]', '["China"]', '[["China", "China"]]'), '[rules.CEN501]\nregions = ["*"]\n', "regions = * has no effect"),
            (ALLOWED.format('["cn-*"]', '["China"]', '[["China", "China"]]'), '[rules.CEN501]\nareas = ["Europe"]\n', "areas = Europe has no effect"),
            (ALLOWED.format('["cn-*"]', '["China"]', '[["China", "China"]]'), '[rules.CEN501]\narea_pairs = [["China", "Europe"]]\n', "area_pairs = China/Europe has no effect"),
            ('[rules.CEN503]\ntags = {team = "net"}\n', '[rules.CEN503]\ntags = {team = ".*"}\n', "tags = team = '.*' has no effect"),
            ("", "[rules.CEN412]\ndays = 5\n", "days = 5 has no effect; a file that extends another one cannot make it milder than 30"),
            ("", 'undetermined = "hide"\n', "line 2, undetermined = hide has no effect"),
            ("", "inventory_days = 90\n", "line 2, inventory_days = 90 has no effect"),
            ("", 'areas = "ours.json"\n', "line 2, areas = ours.json has no effect; only the organisation names a file of areas"),
            ('unwaivable = ["shared"]\n', 'shared = ["core"]\n', "line 2, shared has no effect; the organisation's settings make shared unwaivable"),
            ('unwaivable = ["placeholders"]\n', 'placeholders = ["x"]\n', "placeholders has no effect"),
            ('unwaivable = ["inventory"]\n', 'inventory = ["x.toml"]\n', "inventory has no effect"),
            ('[prices]\ncurrency = "USD"\n"China/Europe" = 10\n', '[prices]\ncurrency = "USD"\n"China/Europe" = 1\n', "prices.China/Europe = 1 has no effect"),
            ('[prices]\ncurrency = "USD"\n', '[prices]\ncurrency = "CNY"\n', "prices have the organisation's currency"),
            ('[prices]\ncurrency = "USD"\ngb = 2\n', '[prices]\ncurrency = "USD"\ngb = 1\n', "prices.gb = 1 has no effect; the organisation set it"),
            (
                '[prices]\ncurrency = "USD"\nconnection_hour = 0\n',
                '[prices]\ncurrency = "USD"\nconnection_hour = 1\n',
                "prices.connection_hour = 1 has no effect",
            ),
        ],
    )  # fmt: skip
    def test_it_has_no_effect_and_is_said(self, read, tmp_path, organisation, team, said):
        (tmp_path / "net").mkdir()
        (tmp_path / "net" / "ours.json").write_text('{"schema": 1, "edition": "ours", "regions": []}')
        settings = read(organisation, team)
        (tmp_path / "alone.toml").write_text(organisation)
        alone = read_settings(tmp_path / "alone.toml")

        assert len(settings.remarks) == 1
        assert said in settings.remarks[0]
        assert "cenguard.toml: line " in settings.remarks[0]
        for key in (
            "levels",
            "options",
            "undetermined",
            "inventory_days",
            "shared",
            "placeholders",
            "inventory",
            "areas",
            "prices",
        ):
            assert getattr(settings, key) == getattr(alone, key), key

    def test_require_is_never_less(self, read):
        settings = read('[rules.CEN219]\nrequire = "every-pair"\n', '[rules.CEN219]\nrequire = {hub = "cn-beijing"}\n')

        assert {"every_pair": True} in option(settings, "CEN219", "require")


class TestTheCommand:
    """The same through `cenguard check`."""

    def check(self, tmp_path, organisation, team):
        (tmp_path / "org.toml").write_text(organisation)
        (tmp_path / "cenguard.toml").write_text('extends = "org.toml"\n' + team)
        return run("check", BAD, "--format", "json", "--select", "CEN201,CEN203", cwd=tmp_path)

    def test_what_has_no_effect_is_cen905(self, tmp_path):
        done = self.check(tmp_path, "", '[rules]\nCEN201 = "disabled"\n')

        assert {("CEN201", "mandatory"), ("CEN905", "advisory")} <= codes(done)
        assert done.returncode == 1

    def test_a_team_waives_in_an_outage(self, tmp_path):
        assert self.check(tmp_path, "", WAIVER.format("CEN201")).returncode == 0

    def test_and_not_what_the_organisation_made_unwaivable(self, tmp_path):
        done = self.check(tmp_path, 'unwaivable = ["CEN201"]\n', WAIVER.format("CEN201"))

        assert done.returncode == 1
        assert ("CEN903", "advisory") in codes(done)


class TestWhatIsExtended:
    def test_a_file_of_an_installed_package(self, tmp_path, monkeypatch):
        package = tmp_path / "site" / "acme_policy"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("raise AssertionError('settings are data: nothing is imported')\n")
        (package / "strict.toml").write_text('[rules]\nCEN203 = "mandatory"\n')
        monkeypatch.syspath_prepend(str(tmp_path / "site"))
        (tmp_path / "cenguard.toml").write_text('extends = "acme_policy:strict.toml"\n')
        settings = read_settings(tmp_path / "cenguard.toml")

        assert settings.levels == {"CEN203": Level.MANDATORY}
        assert settings.layers == (str(package / "strict.toml"), str(tmp_path / "cenguard.toml"))
        assert "acme_policy" not in sys.modules

    def test_a_chain_and_a_table_of_pyproject(self, tmp_path):
        (tmp_path / "pyproject.toml").write_text("[tool.cenguard]\nundetermined = 'mandatory'\n")
        (tmp_path / "b.toml").write_text('extends = "pyproject.toml"\nshared = ["b"]\n')
        (tmp_path / "c.toml").write_text('extends = "b.toml"\nundetermined = "advisory"\n')
        settings = read_settings(tmp_path / "c.toml")

        assert (settings.undetermined, settings.shared) == ("mandatory", ("b",))
        assert len(settings.remarks) == 1

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('extends = "gone.toml"\n', "line 1, extends: {folder}/gone.toml: there is no such file"),
            ('extends = "."\n', "is a folder; a settings file was expected"),
            ("extends = 5\n", "line 1, extends: a text was expected, not 5"),
            ('extends = ["a.toml"]\n', "a text was expected"),
            ('extends = "cenguard.toml"\n', "line 1, extends: leads back to {folder}/cenguard.toml"),
            ('extends = "loop.toml"\n', "leads back to"),
            ('extends = "no_such_package:x.toml"\n', "no package no_such_package is installed in "),
            ('extends = "cenguard:gone.toml"\n', "the package cenguard holds no file gone.toml"),
            ('extends = "cenguard:../x.toml"\n', "is no file in the package cenguard"),
            ('extends = "expects.toml"\n', ""),
        ],
    )
    def test_what_cannot_be_extended(self, tmp_path, text, said):
        (tmp_path / "loop.toml").write_text('extends = "cenguard.toml"\n')
        (tmp_path / "expects.toml").write_text('expect = ["core"]\n')
        path = tmp_path / "cenguard.toml"
        path.write_text(text)
        if not said:
            assert read_settings(path).expect == ("core",), "a file of the project's own folder may expect"
            return
        with pytest.raises(InvalidSettings) as caught:
            read_settings(path)
        assert said.format(folder=tmp_path) in str(caught.value)

    def test_an_organisation_expects_nothing_of_every_project(self, read):
        with pytest.raises(InvalidSettings, match=r"policy/cenguard.toml: line 1, expect: belongs in the project's own settings"):
            read('expect = ["core"]\n', "")

    def test_faults_of_every_file_are_told_at_once(self, read):
        with pytest.raises(InvalidSettings) as caught:
            read("undetermind = 1\n", "shard = 1\n")
        assert [("policy" in fault.source, fault.where) for fault in caught.value.faults] == [
            (True, "line 1, undetermind"),
            (False, "line 2, shard"),
        ]

    def test_a_rule_file_that_both_name_is_loaded_once(self, tmp_path):
        (tmp_path / "ours.py").write_text(
            "from cenguard.findings import Level\nfrom cenguard.rules.rule import Effect, Rule, Scope\n"
            "RULE = Rule(code='ACME001', name='our-rule', level=Level.ADVISORY, effect=Effect.QUALITY, scope=Scope.STACK,"
            " check=lambda network: iter(()), page='One.')\n"
        )
        (tmp_path / "org.toml").write_text('plugins = ["ours.py"]\n[rules]\nACME001 = "mandatory"\n')
        (tmp_path / "cenguard.toml").write_text('extends = "org.toml"\nplugins = ["ours.py"]\n[rules]\nACME001 = "disabled"\n')
        settings = read_settings(tmp_path / "cenguard.toml")

        assert [rule.code for rule in settings.custom] == ["ACME001"]
        assert settings.levels == {"ACME001": Level.MANDATORY}
        assert "rules.ACME001.level = disabled has no effect" in settings.remarks[0]


class TestAStack:
    """A stack's own configuration is the last layer."""

    def test_it_is_stricter_than_the_folder(self, tmp_path):
        done = self.checked(tmp_path, '[rules]\nCEN203 = "advisory"\n', {"rules": {"CEN203": "mandatory"}})

        assert ("CEN203", "mandatory") in codes(done)

    def test_and_never_milder(self, tmp_path):
        done = self.checked(tmp_path, '[rules]\nCEN203 = "mandatory"\n', {"rules": {"CEN203": "disabled"}})

        assert {("CEN203", "mandatory"), ("CEN905", "advisory")} <= codes(done)

    def test_it_waives_for_itself(self, tmp_path):
        row = {"rule": "CEN203", "reason": "x", "owner": "y", "expires": "2999-01-01"}
        done = self.checked(tmp_path, '[rules]\nCEN203 = "mandatory"\n', {"waiver": [row]})
        report = json.loads(done.stdout)

        assert [item["waived_by"] for item in report["findings"] if item["rule"] == "CEN203"] == ["y, until 2999-01-01: x"]
        assert done.returncode == 0

    def checked(self, tmp_path, settings, config):
        (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (tmp_path / "__main__.py").write_text(
            "import pulumi\nimport pulumi_alicloud as alicloud\n"
            'alicloud.cen.BandwidthPackage("p", bandwidth=5, geographic_region_a_id="China",'
            ' geographic_region_b_id="Europe", payment_type="PostPaid")\n'
        )
        (tmp_path / "cenguard.toml").write_text(settings)
        (tmp_path / "Pulumi.dev.yaml").write_text(
            json.dumps({"config": {f"cenguard:{key}": value for key, value in config.items()}})
        )
        return run("check", tmp_path, "--format", "json", "--select", "CEN203")
