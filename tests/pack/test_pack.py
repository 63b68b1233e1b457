"""The pack as the engine meets it: a real process, spoken to over the real protocol, with recorded requests."""

import json
import shutil

import pytest
from pulumi.runtime.proto import analyzer_pb2

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_source
from cenguard.rules import RULES
from tests.pack.engine import PACK, ROOT, launch, parsed, start
from tests.rules.states import OF_STATES

UNKNOWN_ID = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes a text that is not known yet."""

RECORDINGS = ROOT / "tests" / "recordings"
CALLS = sorted(path for path in RECORDINGS.glob("*/analyzer*.ndjson"))


@pytest.fixture(scope="module")
def shared_engine():
    """One pack for tests that only ask what it is."""
    engine = start()
    yield engine
    engine.close()


BAD = RECORDINGS / "policy" / "import-wrong-area" / "analyzer.ndjson"
"""A new package of other areas than the network needs, and a new limit that draws on none."""
NO_PACKAGE_LEFT = {"basic-delete-package", "basic-replace-package"}
"""Recordings whose update takes the only package away: the calls do not tell that, so what is certain of the document is less so."""


def preview_findings(folder):
    report = check([read_source(str(folder / "preview.json"))], Options())
    return {
        (item.rule, "undetermined" if item.verdict == "undetermined" else item.name, item.level, item.urn or "")
        for item in report.findings
        if item.rule not in OF_STATES
    }


@pytest.mark.parametrize("recording", CALLS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_pack_finds_in_the_engines_calls_what_the_command_finds_in_its_document(recording):
    engine = start()
    found = engine.replay(recording).found()
    status, output = engine.close()

    expected = preview_findings(recording.parent)
    if recording.parent.name in NO_PACKAGE_LEFT:
        assert {(rule, urn) for rule, _, _, urn in expected} == {(rule, urn) for rule, _, _, urn in found}
        assert {level for _, _, level, _ in found} == {"advisory"}
    else:
        assert expected == found
    assert (status, output) == (0, ""), "nothing but the port goes to standard output, and Cancel ends the process"


@pytest.mark.parametrize("folder", sorted((RECORDINGS / "bridged").iterdir()), ids=lambda path: path.name)
def test_it_finds_the_same_of_a_bridged_program(folder):
    """A new bridged resource comes with every output, marked as unknown: it is new all the same, and costs what it costs."""
    engine = start()
    found = engine.replay(folder / "analyzer.ndjson").found()
    engine.close()

    assert found
    assert preview_findings(folder) == found
    assert "CEN407" in {item.message.partition(":")[0] for _, item in engine.diagnostics}


def test_some_recordings_have_findings():
    """Otherwise the comparison above would compare nothing."""
    assert {"basic-delete-package", "basic-replace-package", "external-package", "secrets-create"} <= {
        path.parent.name for path in CALLS if preview_findings(path.parent)
    }


def test_what_the_program_says_already_is_set_and_not_added():
    """The pack has no lines of the program; `add: payment_type=…` beside the one that stands there is no program."""
    engine = start().replay(RECORDINGS / "basic-create" / "analyzer.ndjson")
    engine.close()
    (said,) = [item.message for _, item in engine.diagnostics if item.message.startswith("CEN403")]

    assert '    # in alicloud.cen.BandwidthPackage("package", …), set:\n    #     payment_type="PrePaid",' in said


def test_a_finding_is_said_once():
    engine = start()
    engine.replay(BAD)
    engine.close()
    said = [(item.policyName, item.urn) for _, item in engine.diagnostics]

    assert len(set(said)) == len(said) == 7


def test_each_message_carries_code_evidence_fix_and_page():
    engine = start()
    engine.replay(BAD)
    engine.close()
    message = next(item.message for _, item in engine.diagnostics if item.policyName == "missing-bandwidth-package")

    assert message.startswith("CEN201: ")
    assert "· us-west-1, in North-America: childInstanceRegionId of att-sv (VPC)" in message
    assert "fix: Buy a China/North-America bandwidth package" in message
    assert message.splitlines()[-1].endswith("cenguard rules CEN201")


def test_every_rule_is_a_policy_and_so_is_what_is_undetermined_or_not_shown(shared_engine):
    info = shared_engine.call("GetAnalyzerInfo")

    assert (info.name, info.supportsConfig) == ("cenguard", True)
    assert [*(rule.name for rule in RULES), "undetermined", "incomplete-input"] == [policy.name for policy in info.policies]
    assert shared_engine.call("GetPluginInfo").version == info.version
    levels = {policy.name: policy.enforcementLevel for policy in info.policies}
    assert levels["missing-bandwidth-package"] == analyzer_pb2.MANDATORY
    assert analyzer_pb2.ADVISORY == levels["unfunded-region-pair"] == levels["undetermined"]


def test_handshake_is_answered(shared_engine):
    answer = shared_engine.call("Handshake", {"engineAddress": "127.0.0.1:1", "programDirectory": "/anywhere"})

    assert isinstance(answer, analyzer_pb2.AnalyzerHandshakeResponse)


def test_remediate_changes_nothing(shared_engine):
    answer = shared_engine.call(
        "Remediate", {"type": "alicloud:cen/instance:Instance", "urn": "urn:x", "name": "x", "properties": {}}
    )

    assert list(answer.remediations) == []


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({}, {("CEN201", "mandatory"), ("CEN202", "mandatory"), ("CEN207", "mandatory")}),
        ({"missing-bandwidth-package": "advisory"}, {("CEN201", "advisory"), ("CEN202", "mandatory"), ("CEN207", "mandatory")}),
        ({"missing-bandwidth-package": "disabled"}, {("CEN202", "mandatory"), ("CEN207", "mandatory")}),
        ({"all": "advisory"}, {("CEN201", "advisory"), ("CEN202", "advisory"), ("CEN207", "advisory")}),
        ({"limit-without-package": "remediate"}, {("CEN201", "mandatory"), ("CEN202", "mandatory"), ("CEN207", "mandatory")}),
    ],
    ids=["as published", "one advisory", "one disabled", "all advisory", "remediate counts as mandatory"],
)
def test_policy_configuration_sets_levels(config, expected):
    engine = start()
    found = engine.replay(BAD, config).found()
    engine.close()

    assert expected == {(code, level) for code, _, level, _ in found}


@pytest.mark.parametrize(("level", "expected"), [("advisory", {"advisory"}), ("mandatory", {"mandatory"}), ("disabled", set())])
def test_the_policy_undetermined_holds_every_undetermined_finding(level, expected):
    engine = start()
    found = engine.replay(RECORDINGS / "external-package" / "analyzer.ndjson", {"undetermined": level}).found()
    engine.close()

    assert expected == {item[2] for item in found}
    assert {"undetermined"} >= {item[1] for item in found}


def test_a_policy_that_does_not_exist_is_said_and_the_others_answer():
    engine = start()
    found = engine.replay(BAD, {"missing-bandwith-package": "advisory"})
    engine.close()
    messages = {item.message.partition(":")[0]: item.message for _, item in found.diagnostics}

    assert {"CEN201", "CEN905"} <= set(messages)
    assert "did you mean missing-bandwidth-package?" in messages["CEN905"]


def a_pack(tmp_path, settings):
    """The pack's folder elsewhere, with settings beside it."""
    pack = tmp_path / "pack"
    shutil.copytree(PACK, pack)
    (pack / "cenguard.toml").write_text(settings)
    return pack


def test_settings_beside_the_pack_set_levels_and_are_published(tmp_path):
    engine = start(a_pack(tmp_path, '[rules.missing-bandwidth-package]\nlevel = "advisory"\n'))
    info = engine.call("GetAnalyzerInfo")
    found = engine.replay(BAD).found()
    engine.close()

    published = next(item for item in info.policies if item.name == "missing-bandwidth-package")
    assert published.enforcementLevel == analyzer_pb2.ADVISORY
    assert {("CEN201", "advisory"), ("CEN202", "mandatory"), ("CEN207", "mandatory")} == {(item[0], item[2]) for item in found}


def test_a_milder_finding_stays_advisory_though_its_policy_is_mandatory(tmp_path):
    """CEN202 is advisory where the package was bought ahead; the engine sends the policy's level for every policy."""
    engine = start()
    info = engine.call("GetAnalyzerInfo")
    engine.close()

    assert (
        next(item for item in info.policies if item.name == "mis-area-bandwidth-package").enforcementLevel
        == analyzer_pb2.MANDATORY
    )


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("shred = ['core']\n", "did you mean shared?"),
        ("undetermined = 'loud'\n", "'loud' is not one of hide, advisory, mandatory"),
        ("shared = [\n", "is not TOML"),
        ("areas = '2024-13'\n", "neither an edition of the area catalogue"),
    ],
)
def test_unreadable_settings_are_one_line_and_no_port(tmp_path, settings, said):
    process = launch(a_pack(tmp_path, settings))
    output, errors = process.communicate(timeout=20)

    assert process.returncode == 1
    assert output == ""
    lines = errors.strip().splitlines()
    assert len(lines) == 1
    assert said in lines[0]
    assert "cenguard.toml" in lines[0] or "2024-13" in lines[0]


def test_a_secret_is_used_as_unknown_and_never_printed():
    """The engine sends secrets in clear: the limit's 4 Mbps and the owner's tag."""
    recording = RECORDINGS / "secrets-create" / "analyzer.ndjson"
    values = {
        value["value"]
        for line in recording.read_text().splitlines()
        for value in _secrets(json.loads(line))
        if isinstance(value.get("value"), str)
    }
    engine = start()
    engine.replay(recording)
    engine.close()
    text = "\n".join(item.message for _, item in engine.diagnostics)

    assert values
    assert "bandwidthLimit of limit is a secret" in text
    assert not any(value in text for value in values)


def _secrets(node):
    if isinstance(node, dict):
        if "4dabf18193072939515e22adb298388d" in node:
            yield node
        for value in node.values():
            yield from _secrets(value)
    elif isinstance(node, list):
        for value in node:
            yield from _secrets(value)


def test_a_stack_without_cen_is_answered_with_nothing():
    engine = start()
    resources = [
        {
            "type": "random:index/randomId:RandomId",
            "urn": f"urn:pulumi:dev::p::random:index/randomId:RandomId::r{index}",
            "name": "r",
        }
        for index in range(3)
    ]
    for resource in resources:
        engine.call("Analyze", {**resource, "properties": {"byteLength": 8}})
    answer = engine.call("AnalyzeStack", {"resources": resources})
    engine.close()

    assert list(answer.diagnostics) == []


def test_findings_past_the_answers_size_limit_are_counted():
    """The proxy between engine and pack refuses more than 4 MB; 10,000 long findings would pass that."""
    from cenguard.judging.check import tool_finding
    from cenguard.pack.diagnostics import respond

    one = tool_finding(("CEN203", "unattached-bandwidth-package"), "It is attached to no instance. " * 10, ("evidence " * 20,))
    answer = respond([one] * 20_000)

    assert answer.ByteSize() < 4_000_000
    assert "more findings" in answer.diagnostics[-1].message
    assert len(answer.diagnostics) > 4_000


def test_a_broken_rule_is_a_finding_and_the_others_answer(monkeypatch):
    """In process: a rule of ours that raises must not end the user's operation."""
    from dataclasses import replace

    from cenguard.judging import options
    from cenguard.pack import service

    def broken(_network):
        raise ZeroDivisionError

    rules = tuple(replace(rule, check=broken) if rule.code == "CEN207" else rule for rule in RULES)
    monkeypatch.setattr(options, "RULES", rules)
    analyzer = service.Analyzer(Options(), lambda: None)

    answers = []
    for line in (BAD).read_text().splitlines():
        entry = json.loads(line)
        if entry["rpc"] in ("Analyze", "AnalyzeStack"):
            answers += getattr(analyzer, entry["rpc"])(parsed(entry["rpc"], entry["req"]), None).diagnostics

    codes = [item.message.partition(":")[0] for item in answers]
    assert {"CEN201", "CEN202", "CEN403", "CEN407"} < set(codes)
    assert codes.count("CEN901") == 1
    assert "ZeroDivisionError" in next(item.message for item in answers if item.message.startswith("CEN901"))


@pytest.mark.parametrize(
    ("token", "inputs", "code"),
    [
        ("cen/bandwidthPackage:BandwidthPackage", {"bandwidth": 10, "geographicRegionAId": "China"}, "CEN215"),
        ("cen/transitRouterPeerAttachment:TransitRouterPeerAttachment", {"bandwidth": 5, "cenId": UNKNOWN_ID}, "CEN301"),
        (
            "cen/transitRouterPeerAttachment:TransitRouterPeerAttachment",
            {"bandwidth": 5, "transitRouterId": UNKNOWN_ID},
            "CEN309",
        ),
    ],
)
def test_a_resource_by_itself_gets_no_advice_that_only_the_stack_could_give(shared_engine, token, inputs, code):
    urn = f"urn:pulumi:dev::network::alicloud:{token}::one"
    answer = shared_engine.call("Analyze", {"type": f"alicloud:{token}", "urn": urn, "name": "one", "properties": inputs})
    message = next(item.message for item in answer.diagnostics if item.message.startswith(code))

    assert "alicloud." not in message
    assert "in the arguments of" not in message
    assert "package of one" not in message


@pytest.mark.parametrize(("runtime", "comment"), [("nodejs", "// in new alicloud.cen."), ("python", "# in alicloud.cen.")])
def test_a_fix_is_in_the_language_of_the_program(tmp_path, runtime, comment):
    """The engine does not say where the program is; the folder that the user stands in holds it, if its name is the stack's."""
    (tmp_path / "Pulumi.yaml").write_text(f"name: network\nruntime: {runtime}\n")
    engine = start(env={"PWD": str(tmp_path)})
    engine.replay(BAD)
    engine.close()
    messages = [item.message for _, item in engine.diagnostics]
    marks = {mark for mark in ("// in new alicloud.cen.", "# in alicloud.cen.") if any(mark in message for message in messages)}

    assert any("fix: " in message for message in messages)
    assert marks == {comment}, messages
