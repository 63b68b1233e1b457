"""Settings of a stack's own configuration, and of a policy pack's."""

import datetime as dt
import json

import pytest

from cenguard.errors import InvalidSettings
from cenguard.findings import Level
from cenguard.resources.values import SECRET
from cenguard.rules import RULES
from cenguard.settings.layers import PolicyConfig, with_policy_config, with_stack_config
from cenguard.settings.model import Settings
from cenguard.settings.reading import read_settings
from tests.commands.test_cli import RECORDINGS, codes, run
from tests.commands.test_wrong_input import refused

BAD = RECORDINGS / "basic-replace-package" / "preview.json"
REQUIRE = 'require = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}\n'


def read(tmp_path, text, name="cenguard.toml"):
    path = tmp_path / name
    path.write_text(text)
    return read_settings(path)


def stack(config, settings=None):
    return with_stack_config(
        settings or Settings(), {f"cenguard:{key}": value for key, value in config.items()}, "configuration of net/dev"
    )


class TestAStacksOwn:
    def test_nothing_said_changes_nothing(self):
        settings = Settings()

        assert with_stack_config(settings, {"alicloud:region": "cn-beijing"}, "x").settings is settings

    def test_a_rule_becomes_stricter(self):
        layered = stack({"rules": '{"CEN203": {"level": "mandatory"}, "CEN219": {"require": "every-pair"}}'})

        assert layered.settings.levels == {"CEN203": Level.MANDATORY}
        assert layered.settings.options == {"CEN219": {"require": "every-pair"}}
        assert layered.remarks == ()

    @pytest.mark.parametrize("level", ["advisory", "disabled"])
    def test_a_rule_does_not_become_milder(self, level):
        layered = stack({"rules": {"CEN201": {"level": level}}})

        assert layered.settings.levels == {}
        assert len(layered.remarks) == 1
        assert layered.remarks[0].endswith(
            f"cenguard:rules.missing-bandwidth-package.level = {level} has no effect; "
            "a stack's configuration cannot make it milder than mandatory."
        )

    def test_it_is_stricter_than_the_file_and_never_milder(self):
        settings = Settings(
            given=frozenset({"shared", "undetermined"}),
            levels={"CEN203": Level.DISABLED, "CEN205": Level.MANDATORY},
            shared=("core",),
        )
        layered = stack(
            {
                "shared": '["other"]',
                "undetermined": "mandatory",
                "rules": {"CEN203": {"level": "mandatory"}, "CEN205": {"level": "advisory"}},
            },
            settings,
        )

        assert layered.settings.levels == {"CEN203": Level.MANDATORY, "CEN205": Level.MANDATORY}
        assert layered.settings.shared == ("core", "other")
        assert layered.settings.undetermined == "mandatory"
        assert len(layered.remarks) == 1

    @pytest.mark.parametrize("day", ["2027-01-31", "2027-01-31 00:00:00 +0000 UTC"])
    def test_a_waiver_expires_on_a_day(self, day):
        """The engine makes a time of a day without quotes: `expires: 2027-01-31`."""
        row = {"rule": "CEN201", "reason": "r", "owner": "o", "expires": day}

        assert stack({"waiver": json.dumps([row])}).settings.waivers[0].expires == dt.date(2027, 1, 31)

    @pytest.mark.parametrize(
        ("waiver", "said"),
        [
            ([{"rule": "CEN201", "expires": "soon"}], "cenguard:waiver[1].expires: a date such as 2027-03-31 was expected, not 'soon'"),
            ([{"rule": "CEN201", "expires": 3}], "cenguard:waiver[1].expires: a date such as 2027-03-31 was expected, not 3"),
            ([{"rule": "CEN201"}], "cenguard.waiver[1]: reason is missing; so are owner and expires"),
            ({"rule": "CEN201"}, "cenguard:waiver: a list of waivers was expected"),
            ("CEN201", "cenguard:waiver: a list of waivers was expected"),
        ],
    )  # fmt: skip
    def test_what_is_no_waiver_is_refused(self, waiver, said):
        with pytest.raises(InvalidSettings) as caught:
            stack({"waiver": waiver})

        assert str(caught.value) == f"configuration of net/dev: {said}"

    def test_days_may_be_a_text(self):
        """The engine hands every plain value as one."""
        assert stack({"inventory_days": "3"}).settings.inventory_days == 3

    def test_what_the_file_leaves_open_is_the_stacks(self):
        layered = stack({"shared": "core-*", "undetermined": "mandatory", "unwaivable": '["CEN5"]'})

        assert layered.settings.shared == ("core-*",)
        assert layered.settings.undetermined == "mandatory"
        assert "CEN501" in layered.settings.unwaivable

    def test_to_lay_it_twice_is_to_lay_it_once(self):
        config = {"shared": '["core"]', "rules": {"CEN203": {"level": "mandatory"}, "CEN219": {"require": "every-pair"}}}
        once = stack(config)

        assert stack(config, once.settings) == once

    def test_undetermined_findings_cannot_be_hidden_by_a_stack(self):
        assert stack({"undetermined": "hide"}).settings.undetermined == "advisory"
        assert "has no effect" in stack({"undetermined": "hide"}).remarks[0]

    @pytest.mark.parametrize(
        ("config", "said"),
        [
            ({"shard": "x"}, "cenguard:shard: is not known here; did you mean shared?"),
            ({"waivers": "x.toml"}, "belongs in the settings file"),
            ({"shared": SECRET}, "cenguard:shared: is a secret"),
            ({"shared": "[1"}, "cenguard:shared: is not JSON"),
            ({"shared": "[1]"}, "cenguard.shared: a list of texts was expected, not [1]"),
            ({"rules": "CEN201"}, "cenguard.rules: a table was expected"),
            ({"rules": '{"CEN201": {"levl": 1}}'}, "cenguard.rules.CEN201.levl: is not a key of this table; did you mean level?"),
        ],
    )
    def test_what_is_not_understood_is_refused(self, config, said):
        with pytest.raises(InvalidSettings) as caught:
            stack(config)
        assert said in str(caught.value)
        assert str(caught.value).startswith("configuration of net/dev: ")

    def test_all_of_it_is_told_at_once(self):
        with pytest.raises(InvalidSettings) as caught:
            stack({"shard": "x", "rules": '{"missing-bandwith-package": {"level": "mandatory"}}'})
        assert [fault.where for fault in caught.value.faults] == ["cenguard:shard", "cenguard.rules.missing-bandwith-package"]

    def test_in_the_configuration_of_a_project(self, tmp_path):
        (tmp_path / "Pulumi.yaml").write_text("name: net\nruntime: python\n")
        (tmp_path / "__main__.py").write_text(
            "import pulumi\nimport pulumi_alicloud as alicloud\n"
            'alicloud.cen.BandwidthPackage("p", bandwidth=5, geographic_region_a_id="China",'
            ' geographic_region_b_id="Europe", payment_type="PostPaid")\n'
        )
        (tmp_path / "Pulumi.dev.yaml").write_text(
            "config:\n  cenguard:rules:\n    CEN203:\n      level: mandatory\n    CEN214:\n      level: disabled\n"
        )
        done = run("check", tmp_path, "--format", "json", "--select", "CEN203")

        assert codes(done) == {("CEN203", "mandatory"), ("CEN905", "advisory")}
        (tmp_path / "Pulumi.dev.yaml").write_text("config:\n  cenguard:rulez: {}\n")
        assert "did you mean rules?" in refused("check", tmp_path)


def policies(config, settings=None):
    settings = settings or Settings()
    published = {rule.name: settings.levels.get(rule.code, rule.level) for rule in RULES} | {"undetermined": Level.ADVISORY}
    entries = {name: PolicyConfig(level, {}) for name, level in published.items()}
    entries |= {name: PolicyConfig(Level(level), properties) for name, (level, properties) in config.items()}
    return with_policy_config(settings, entries, published, undetermined="undetermined")


class TestThePolicyConfiguration:
    def test_what_comes_back_as_it_was_offered_changes_nothing(self):
        settings = Settings(levels={"CEN203": Level.MANDATORY})

        assert policies({}, settings).settings == settings

    def test_it_wins_over_the_file(self):
        settings = Settings(levels={"CEN203": Level.MANDATORY}, options={"CEN219": {"require": "every-pair"}})
        layered = policies(
            {
                "unattached-bandwidth-package": ("advisory", {}),
                "required-pair-unmet": ("mandatory", {"require": {"hub": "cn-beijing"}}),
            },
            settings,
        )

        assert layered.settings.levels == {"CEN203": Level.ADVISORY}
        assert layered.settings.options == {"CEN219": {"require": {"hub": "cn-beijing"}}}

    def test_numbers_of_the_engine_are_whole_again(self):
        pairs = {"pairs": [{"regions": ["cn-beijing", "us-west-1"], "min_mbps": 10.0}]}
        layered = policies({"required-pair-unmet": ("mandatory", {"require": pairs})})

        assert repr(layered.settings.options["CEN219"]["require"]["pairs"][0]["min_mbps"]) == "10"

    @pytest.mark.parametrize(("level", "word"), [("disabled", "hide"), ("mandatory", "mandatory"), ("advisory", "advisory")])
    def test_what_is_undetermined(self, level, word):
        assert policies({"undetermined": (level, {})}).settings.undetermined == word

    @pytest.mark.parametrize(
        ("config", "said"),
        [
            ({"missing-bandwith-package": ("advisory", {})}, "which is no policy; did you mean missing-bandwidth-package?"),
            ({"CEN201": ("advisory", {})}, "did you mean missing-bandwidth-package?"),
            ({"zzzzzz": ("advisory", {})}, "which is no policy."),
            ({"required-pair-unmet": ("mandatory", {"requir": 1})}, "did you mean require?"),
            ({"missing-bandwidth-package": ("mandatory", {"require": 1})}, "no such option."),
            ({"required-pair-unmet": ("mandatory", {"require": 1})}, "has no effect on require"),
            ({"undetermined": ("advisory", {"x": 1})}, "no such option"),
        ],
    )
    def test_what_does_not_exist_is_said(self, config, said):
        layered = policies(config)

        assert len(layered.remarks) == 1
        assert said in layered.remarks[0]
