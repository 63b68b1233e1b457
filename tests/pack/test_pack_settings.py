"""Settings, waivers and the engine's own configuration, as the pack meets them."""

import json
import shutil
from types import SimpleNamespace

import pytest
from google.protobuf.json_format import MessageToDict

from cenguard.judging.tool_findings import fingerprint
from cenguard.pack.service import Analyzer
from cenguard.rules import RULES
from cenguard.settings.rule_tables import own_options
from tests.pack.engine import OF_STATES, PACK, ROOT, connect, launch, start

RECORDINGS = ROOT / "tests" / "recordings"
BAD = RECORDINGS / "policy" / "import-wrong-area" / "analyzer.ndjson"
MOVED = RECORDINGS / "policy" / "moved-into-component" / "analyzer.ndjson"
GOOD = RECORDINGS / "basic-create" / "analyzer.ndjson"
REQUIRE = {"pairs": [{"regions": ["cn-beijing", "us-west-1"], "min_mbps": 10}]}
WAIVER = '[[waiver]]\nrule = "{rule}"\nreason = "lab"\nowner = "net-team"\nexpires = {expires}\n'


def pack_with(tmp_path, settings, files=()):
    """A copy of the pack with a settings file above it."""
    pack = tmp_path / "policy_pack"
    shutil.copytree(PACK, pack, dirs_exist_ok=True)
    (tmp_path / "cenguard.toml").write_text(settings)
    for name, text in files:
        (tmp_path / name).write_text(text)
    return pack


def played(pack, recording=BAD, *, stack_config=None, policy_config=None):
    """What the pack says to a recording, and what it writes to standard error."""
    engine = start(pack)
    for line in recording.read_text().splitlines():
        entry = json.loads(line)
        request = entry["req"]
        if entry["rpc"] == "ConfigureStack":
            engine.call("ConfigureStack", {**request, "config": {**request.get("config", {}), **(stack_config or {})}})
        elif entry["rpc"] == "Configure":
            configure(engine, policy_config or {})
        elif entry["rpc"] != "Cancel":
            engine.call(entry["rpc"], request)
    engine.call("Cancel")
    engine.channel.close()
    _, errors = engine.process.communicate(timeout=20)
    return engine.found(), errors


def configure(engine, config):
    """What the engine does: levels as published, defaults of the schema, and the file's over both."""
    info = engine.call("GetAnalyzerInfo")
    wanted = {}
    for policy in info.policies:
        properties = MessageToDict(policy.configSchema).get("properties", {})
        defaults = {name: words["default"] for name, words in properties.items() if "default" in words}
        wanted[policy.name] = {"enforcementLevel": policy.enforcementLevel, "properties": defaults}
    for name, entry in config.items():
        given = dict(entry)
        level = given.pop("enforcementLevel", None)
        mine = wanted.setdefault(name, {"enforcementLevel": 0, "properties": {}})
        if level:
            mine["enforcementLevel"] = level.upper()
        mine["properties"] = {**mine["properties"], **given}
    engine.call("Configure", {"policyConfig": wanted})


def codes(found):
    return {(code, level) for code, _, level, _ in found}


class TestWaivers:
    def test_what_is_waived_stops_nothing_and_is_told(self, tmp_path):
        pack = pack_with(tmp_path, WAIVER.format(rule="CEN201", expires="2999-01-01"))
        found, errors = played(pack)

        assert "CEN201" not in {code for code, _ in codes(found)}
        assert "CEN207" in {code for code, _ in codes(found)}
        assert errors.splitlines() == ["cenguard: CEN201 core is waived by net-team, until 2999-01-01: lab"]

    def test_what_is_said_at_analyze_can_be_waived(self, tmp_path):
        tags = '[rules.missing-tag]\ntags = {team = ""}\n'
        loud, _ = played(pack_with(tmp_path, tags), GOOD)
        found, errors = played(pack_with(tmp_path, tags + WAIVER.format(rule="CEN503", expires="2999-01-01")), GOOD)

        assert codes(loud) == {("CEN503", "advisory")}
        assert codes(found) == set()
        assert len(errors.splitlines()) == len(loud)

    def test_several_findings_of_one_resource_are_told_in_one_line(self, capsys):
        """One waiver holds for every pair of regions that an instance lacks."""
        alike = {"rule": "CEN201", "urn": "urn:core", "resource": "core", "name": "x", "waived_by": "net-team: lab"}
        found = {number: SimpleNamespace(**alike, fingerprint=str(number)) for number in range(2)}
        found[2] = SimpleNamespace(**{**alike, "rule": "CEN203"}, fingerprint="2")
        Analyzer._tell_waived(SimpleNamespace(_waived=found))

        assert capsys.readouterr().err.splitlines() == [
            "cenguard: CEN201 core (2 findings) is waived by net-team: lab",
            "cenguard: CEN203 core is waived by net-team: lab",
        ]

    def test_of_what_a_resource_alone_does_not_tell(self, tmp_path):
        """Which instance a limit is of is known when the stack is: the pack waits with that rule."""
        recording = tmp_path / "calls.ndjson"
        wrong = GOOD.read_text().replace('"regionIds": ["cn-beijing", "us-west-1"]', '"regionIds": ["cn-beijing", "cn-beijing"]')
        recording.write_text(wrong)
        loud, _ = played(pack_with(tmp_path, ""), recording)
        waiver = WAIVER.format(rule="CEN209", expires="2999-01-01") + 'instance = "core"'
        found, errors = played(pack_with(tmp_path, waiver), recording)

        assert ("CEN209", "mandatory") in codes(loud)
        assert codes(found) == codes(loud) - {("CEN209", "mandatory")}
        assert errors.splitlines() == ["cenguard: CEN209 limit is waived by net-team, until 2999-01-01: lab"]

    @pytest.mark.parametrize("key", ["resource", "fingerprint"])
    def test_one_of_a_former_name_goes_on(self, tmp_path, key):
        """In the preview that moves a resource, as in the check of its document."""
        before = "urn:pulumi:dev::network::alicloud:cen/bandwidthPackage:BandwidthPackage::package"
        value = before if key == "resource" else fingerprint("CEN214", before, ("China", "North-America"))
        recording = tmp_path / "calls.ndjson"
        recording.write_text(MOVED.read_text().replace('"bandwidth": 6', '"bandwidth": 1'))
        waiver = WAIVER.format(rule="CEN214", expires="2999-01-01") + f'{key} = "{value}"'
        found, errors = played(pack_with(tmp_path, waiver), recording)

        assert not {"CEN214", "CEN903"} & {code for code, _ in codes(found)}
        assert "CEN214 package is waived by net-team" in errors

    def test_one_that_has_expired_and_one_that_fits_nothing(self, tmp_path):
        pack = pack_with(
            tmp_path,
            'waivers = "w.toml"\n',
            [("w.toml", WAIVER.format(rule="CEN201", expires="2001-01-01") + WAIVER.format(rule="CEN301", expires="2999-01-01"))],
        )
        found, _ = played(pack)

        assert {("CEN201", "mandatory"), ("CEN902", "advisory"), ("CEN903", "advisory")} <= codes(found)

    def test_what_cannot_be_waived(self, tmp_path):
        found, _ = played(pack_with(tmp_path, 'unwaivable = ["CEN201"]\n' + WAIVER.format(rule="CEN201", expires="2999-01-01")))

        assert {("CEN201", "mandatory"), ("CEN903", "advisory")} <= codes(found)

    def test_a_file_that_is_not_understood_stops_the_pack_in_one_line(self, tmp_path):
        process = launch(pack_with(tmp_path, '[[waiver]]\nrule = "CEN201"\n'))
        out, errors = process.communicate(timeout=30)

        assert out == ""
        assert process.returncode
        assert "line 1, waiver[1]: reason is missing" in errors
        assert "Traceback" not in errors


class TestOptions:
    def test_they_are_offered_with_the_settings_as_defaults(self, tmp_path):
        engine = start(pack_with(tmp_path, '[rules.required-pair-unmet]\nrequire = "every-pair"\n'))
        info = engine.call("GetAnalyzerInfo")
        engine.close()
        schemas = {policy.name: MessageToDict(policy.configSchema).get("properties", {}) for policy in info.policies}

        assert schemas["required-pair-unmet"]["require"]["default"] == "every-pair"
        for rule in RULES:
            assert set(schemas[rule.name]) == {option.name for option in own_options(rule)}, rule.name

    def test_an_option_of_the_settings(self, tmp_path):
        text = '[rules.required-pair-unmet]\nrequire = {pairs = [{regions = ["cn-beijing", "us-west-1"], min_mbps = 10}]}\n'

        assert ("CEN219", "mandatory") in codes(played(pack_with(tmp_path, text), GOOD)[0])

    def test_the_policy_configuration_wins(self, tmp_path):
        pack = pack_with(tmp_path, '[rules.required-pair-unmet]\nlevel = "mandatory"\n')
        config = {"required-pair-unmet": {"enforcementLevel": "advisory", "require": REQUIRE}}

        assert ("CEN219", "advisory") in codes(played(pack, GOOD, policy_config=config)[0])

    @pytest.mark.parametrize(
        ("config", "said"),
        [
            ({"missing-bandwith-package": {"enforcementLevel": "advisory"}}, "did you mean missing-bandwidth-package?"),
            ({"required-pair-unmet": {"requir": "every-pair"}}, "did you mean require?"),
            ({"required-pair-unmet": {"require": 5}}, "has no effect on require"),
            ({"required-pair-unmet": {"require": "everypair"}}, "did you mean every-pair?\n"),
            (
                {"all": {"enforcementLevel": "advisory", "require": "every-pair"}},
                "it is an option of required-pair-unmet and of required-route-unmet.",
            ),
            ({"all": {"enforcementLevel": "advisory", "requir": "every-pair"}}, "no policy has such an option."),
        ],
    )
    def test_what_does_not_exist_is_said(self, tmp_path, config, said):
        engine = start(pack_with(tmp_path, ""))
        configure(engine, config)
        engine.call("AnalyzeStack", {})
        engine.close()

        assert [item.message.partition(":")[0] for _, item in engine.diagnostics] == ["CEN905"]
        assert said in engine.diagnostics[0][1].message


class TestAStacksOwnSettings:
    def test_they_count(self, tmp_path):
        config = {"cenguard:rules": json.dumps({"required-pair-unmet": {"require": REQUIRE}})}

        assert ("CEN219", "mandatory") in codes(played(pack_with(tmp_path, ""), GOOD, stack_config=config)[0])

    def test_they_make_nothing_milder(self, tmp_path):
        config = {"cenguard:rules": json.dumps({"CEN201": {"level": "disabled"}})}
        found, _ = played(pack_with(tmp_path, ""), stack_config=config)

        assert {("CEN201", "mandatory"), ("CEN905", "advisory")} <= codes(found)

    def test_what_is_not_understood_is_said_and_the_pack_lives(self, tmp_path):
        found, _ = played(pack_with(tmp_path, ""), stack_config={"cenguard:rulez": "{}"})

        assert {("CEN201", "mandatory"), ("CEN905", "advisory")} <= codes(found)


class TestTheProjectsOwnFile:
    """A pack that is pinned somewhere does not silence a team's waivers; nor does a team loosen what it says."""

    def played(self, tmp_path, policy, project):
        (tmp_path / "net").mkdir()
        (tmp_path / "net" / "cenguard.toml").write_text(project)
        (tmp_path / "org").mkdir()
        engine = connect(launch(pack_with(tmp_path / "org", policy), env={"PWD": str(tmp_path / "net")}))
        engine.replay(BAD)
        engine.call("Cancel")
        engine.channel.close()
        _, errors = engine.process.communicate(timeout=30)
        return {(code, level) for code, _, level, _ in engine.found()}, errors

    def test_its_waivers_count_and_the_file_is_named_once(self, tmp_path):
        found, errors = self.played(
            tmp_path, '[rules]\nCEN203 = "mandatory"\n', WAIVER.format(rule="CEN201", expires="2999-01-01")
        )

        assert "CEN201" not in {code for code, _ in found}
        assert errors.count(str(tmp_path / "net" / "cenguard.toml")) == 1
        assert "CEN201" in errors

    def test_it_loosens_nothing(self, tmp_path):
        found, _ = self.played(tmp_path, "", '[rules]\nCEN201 = "disabled"\n')

        assert {("CEN201", "mandatory"), ("CEN905", "advisory")} <= found

    def test_it_tightens(self, tmp_path):
        found, _ = self.played(tmp_path, '[rules]\nCEN202 = "advisory"\nCEN207 = "advisory"\n', '[rules]\nCEN202 = "mandatory"\n')

        assert {("CEN202", "mandatory"), ("CEN207", "advisory")} <= found

    def test_what_the_pack_made_unwaivable_stays(self, tmp_path):
        found, _ = self.played(tmp_path, 'unwaivable = ["CEN201"]\n', WAIVER.format(rule="CEN201", expires="2999-01-01"))

        assert ("CEN201", "mandatory") in found

    def test_faults_of_both_are_told(self, tmp_path):
        (tmp_path / "net").mkdir()
        (tmp_path / "net" / "cenguard.toml").write_text("shard = 1\n")
        (tmp_path / "org").mkdir()
        process = launch(pack_with(tmp_path / "org", "undetermind = 1\n"), env={"PWD": str(tmp_path / "net")})
        out, errors = process.communicate(timeout=30)

        assert out == ""
        assert process.returncode
        assert [line.rpartition(" ")[2] for line in errors.splitlines()] == ["undetermined?", "shared?"]


class TestOutput:
    def test_one_preview_both_gates_and_reports(self, tmp_path):
        found, errors = played(pack_with(tmp_path, '[output]\njson = "out/report.json"\nsarif = "cenguard.sarif"\n'))
        assert "CEN905" in {code for code, _ in codes(found)}, "the folder `out` is not there yet"
        assert not (tmp_path / "out").exists()

        (tmp_path / "out").mkdir()
        found, errors = played(tmp_path / "policy_pack")
        report = json.loads((tmp_path / "out" / "report.json").read_text())

        assert errors == ""
        assert {(item["rule"], item["level"]) for item in report["findings"] if item["rule"] not in OF_STATES} == codes(found)
        assert {item["kind"] for item in report["sources"]} == {"engine"}
        assert json.loads((tmp_path / "cenguard.sarif").read_text())["version"] == "2.1.0"

    def test_a_run_with_nothing_to_say_writes_an_empty_report(self, tmp_path):
        played(pack_with(tmp_path, '[output]\njunit = "tests.xml"\nmarkdown = "comment.md"\n'), GOOD)

        assert "<testsuites" in (tmp_path / "tests.xml").read_text()
        assert (tmp_path / "comment.md").exists()


class TestAnInventoryThatIsTooOld:
    """The pack says it as the command does: a gate does not open by itself."""

    ROWS = (
        'taken = 2020-01-01\n[[instance]]\nid = "cen-khdj2iaw6h1j74hvv8"\ncomplete = true\n'
        '[[package]]\nid = "cenbwp-9"\narea_pair = ["China", "North-America"]\ninstance = "cen-khdj2iaw6h1j74hvv8"\nbandwidth = 5\n'
    )

    def test_it_is_said_at_the_level_of_what_it_weakens(self, tmp_path):
        pack = pack_with(tmp_path, 'inventory = "net.toml"\n', [("net.toml", self.ROWS)])
        found, _ = played(pack, RECORDINGS / "stack-reference" / "analyzer.ndjson")

        assert ("CEN204", "advisory") in codes(found)
        assert ("CEN907", "mandatory") in codes(found)

    def test_a_fresh_one_says_nothing_of_itself(self, tmp_path):
        rows = self.ROWS.replace("2020-01-01", "2999-01-01")
        pack = pack_with(tmp_path, 'inventory = "net.toml"\n', [("net.toml", rows)])
        found, _ = played(pack, RECORDINGS / "stack-reference" / "analyzer.ndjson")

        assert ("CEN204", "mandatory") in codes(found)
        assert "CEN907" not in {code for code, _ in codes(found)}


class TestARunThatStopsHalfWay:
    """The engine prints a tick beside the pack all the same."""

    def stopped(self, tmp_path, settings, *, dropped=("AnalyzeStack",)):
        recording = tmp_path / "calls.ndjson"
        lines = [line for line in BAD.read_text().splitlines() if json.loads(line)["rpc"] not in dropped]
        recording.write_text("\n".join(lines))
        return played(pack_with(tmp_path, settings), recording)[1].splitlines()

    def test_that_nothing_was_asked_about_the_stack_is_said(self, tmp_path):
        (line,) = self.stopped(tmp_path, "")

        assert line.startswith("cenguard: the engine stopped before it asked about the whole stack")
        assert "report" not in line

    def test_that_no_report_is_written_too(self, tmp_path):
        assert self.stopped(tmp_path, '[output]\njson = "report.json"\n')[0].endswith("No report is written.")
        assert not (tmp_path / "report.json").exists()

    def test_whoever_asks_what_the_pack_is_hears_nothing(self, tmp_path):
        assert not self.stopped(tmp_path, "", dropped=("ConfigureStack", "Remediate", "Analyze", "AnalyzeStack"))


class TestAnInventoryOfTheStackItself:
    """Its export, or the backend that holds it with the others, tells what stood before: the update may delete it."""

    @pytest.mark.parametrize("recording", ["basic-delete-package", "basic-replace-package"])
    def test_what_the_update_takes_away_covers_nothing(self, tmp_path, recording):
        calls = RECORDINGS / recording / "analyzer.ndjson"
        (tmp_path / "net").mkdir()
        shutil.copy(RECORDINGS / recording / "export.json", tmp_path / "net")
        without, _ = played(pack_with(tmp_path, ""), calls)
        found, _ = played(pack_with(tmp_path, 'inventory = "net/export.json"\n'), calls)

        assert ("CEN201", "advisory") in codes(found)
        assert found == without

    def test_another_stack_in_it_goes_on_telling(self, tmp_path):
        """The export of a stack that the calls are not of."""
        calls = RECORDINGS / "basic-delete-package" / "analyzer.ndjson"
        (tmp_path / "other.json").write_text(
            (RECORDINGS / "basic-delete-package" / "export.json").read_text().replace("dev::network", "prod::wan")
        )
        found, _ = played(pack_with(tmp_path, 'inventory = "other.json"\n'), calls)

        assert "CEN201" not in {code for code, _ in codes(found)}
