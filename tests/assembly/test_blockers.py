"""What an undetermined finding says: the property, the resource it hangs on, and what would settle it."""

import json
from types import SimpleNamespace

import pytest

from cenguard.assembly.order_told import ModuleOrder
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.resources.records import Resource
from tests.commands.test_cli import RECORDINGS

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
SECRET = "[secret]"
SETTLES = ("would settle it", "set ", "name one", "add ", "spell", "give ", "pass ")
PREVIEWS = sorted(path for path in RECORDINGS.glob("*/preview.json"))


def clouded(document, cloud):
    """The document once for each input of a CEN resource, with that input hidden."""
    for step, item in enumerate(document["steps"]):
        state = item.get("newState") or {}
        if not state.get("type", "").startswith(("alicloud:cen/", "pulumi:providers:alicloud")):
            continue
        for key in sorted(state.get("inputs") or {}):
            if key.startswith("__"):
                continue
            copy = json.loads(json.dumps(document))
            hidden = copy["steps"][step]["newState"]
            hidden["inputs"][key] = cloud
            (hidden.get("outputs") or {}).pop(key, None)
            yield f"{hidden['urn'].rpartition('::')[2]}.{key}", copy


@pytest.mark.parametrize("cloud", [UNKNOWN, SECRET], ids=["unknown", "secret"])
@pytest.mark.parametrize("path", PREVIEWS, ids=lambda path: path.parent.name)
def test_every_undetermined_finding_says_what_would_settle_it(path, cloud):
    seen = 0
    for name, document in clouded(json.loads(path.read_text()), cloud):
        report = check([read_document(json.dumps(document).encode(), "preview.json")], Options())
        open_findings = {item.fingerprint: item for item in report.findings if item.verdict == "undetermined"}
        blocked = {fingerprint for prints in report.blockers.values() for fingerprint in prints}

        assert set(open_findings) <= blocked, f"{name}: {[open_findings[one].message for one in set(open_findings) - blocked]}"
        for blocker, prints in report.blockers.items():
            text, _, settle = blocker.rpartition("; ")
            assert text, f"{name}: {blocker} ({[open_findings[one].rule for one in prints]})"
            assert any(word in settle for word in SETTLES), f"{name}: {blocker}"
        seen += len(open_findings)
    if path.parent.name == "basic-create":
        assert seen > 10, "otherwise nothing was hidden that matters"


def test_a_value_that_hangs_on_another_resource_names_both():
    document = json.loads((RECORDINGS / "basic-create" / "preview.json").read_text())
    for item in document["steps"]:
        state = item.get("newState") or {}
        if state.get("type", "").endswith("BandwidthLimit"):
            state["inputs"]["bandwidthLimit"] = UNKNOWN
            state["propertyDependencies"]["bandwidthLimit"] = [document["steps"][-1]["urn"]]
    report = check([read_document(json.dumps(document).encode(), "x")], Options())

    assert any("bandwidthLimit comes from" in blocker and "deploying that first" in blocker for blocker in report.blockers)


def test_one_line_for_each_value():
    """Several questions that hang on one value are one line, and so are several resources that take it."""
    report = check([read_document((RECORDINGS / "external-package" / "preview.json").read_bytes(), "x")], Options())

    assert len(report.blockers) == 1
    assert len(next(iter(report.blockers.values()))) == 3
    document = json.loads((RECORDINGS / "stack-reference" / "preview.json").read_text())
    for item in document["steps"]:
        inputs = (item.get("newState") or {}).get("inputs") or {}
        if "instanceId" in inputs:
            inputs["instanceId"] = UNKNOWN
    report = check([read_document(json.dumps(document).encode(), "x")], Options())

    assert [blocker.partition(";")[0] for blocker in report.blockers] == [
        "instanceId is an output of stack organization/owner/dev"
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [("[secret]", "is a secret, which is never looked at; a plain"), (None, "is not known; set alicloud:region")],
)
def test_a_region_that_is_set_as_a_secret_is_not_told_to_be_set(value, said):
    document = json.loads((RECORDINGS / "default-provider-create" / "preview.json").read_text())
    document["config"].pop("alicloud:region")
    if value:
        document["config"]["alicloud:region"] = value
    text = json.dumps(document).encode()

    report = check([read_document(text, "preview.json")], Options())

    hanging = [
        item for item in report.findings if item.verdict == "undetermined" and "region of the default provider" in item.message
    ]
    assert hanging
    for item in hanging:
        assert said in f"{item.message.removesuffix('.')}; {item.fix.summary if item.fix else ''}"


def test_of_several_modules_the_first_is_named_whatever_the_order_of_a_set():
    start, kind = "urn:pulumi:dev::net::", "tf:alicloud_cen_instance_attachment"
    modules = [f"{start}{name}:index:Module::{name}" for name in "abcdefgh"]
    views = [Resource(urn=f"{module}${kind}", type=kind, view_of=module, parent=module) for module in modules]
    order = ModuleOrder(SimpleNamespace(records={item.urn: item for item in views}, by_type={}))

    assert order.hidden(f"{start}x:y:Limit::limit", [item.urn for item in reversed(views)]).key == f"order in {modules[0]}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("12Mbps", {"CEN208"}), ("0xC", {"CEN208"}), (True, {"CEN208"}), ("4", set()), ("", set()), (None, set())],
)
@pytest.mark.parametrize("kind", ["bandwidthLimit:BandwidthLimit", "bandwidthPackage:BandwidthPackage"])
def test_a_bandwidth_that_is_no_number_is_not_taken_for_one_that_is_not_set(kind, text, wanted):
    """A program gets it from its configuration, and runs without the provider that refuses it."""
    document = json.loads((RECORDINGS / "basic-create" / "preview.json").read_text())
    (state,) = (step["newState"] for step in document["steps"] if step["newState"]["type"] == f"alicloud:cen/{kind}")
    state["inputs"]["bandwidthLimit" if "Limit" in kind else "bandwidth"] = text
    state.pop("outputs", None)

    report = check([read_document(json.dumps(document).encode(), "preview.json")], Options())
    told = [item for item in report.findings if item.verdict == "undetermined"]

    assert {item.rule for item in told} - {"CEN214"} == wanted
    assert all("is no number of Mbps" in item.message for item in told)
