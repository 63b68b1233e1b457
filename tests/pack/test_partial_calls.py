"""What the engine tells a pack in situations that its calls only hint at: recorded calls, each with what a right pack says."""

import copy
import json
from pathlib import Path

import pytest

from cenguard.judging.options import Options
from cenguard.pack.service import Analyzer
from tests.pack.engine import LEVELS, parsed, start

RECORDINGS = Path(__file__).parents[1] / "recordings" / "policy"
MONEY = {"CEN403", "CEN407"}
"""What is said of any purchase, whatever the network is."""
EDITION = "CEN111"
"""What is said of any network that is new on Basic Edition."""

SAID = {
    "every-option": set(),
    "every-option-left-out": set(),
    "ignored-bandwidth": {"CEN208 mandatory package"},
    "import-right": set(),
    "import-wrong-area": {"CEN201 mandatory core", "CEN202 mandatory package", "CEN207 mandatory limit"},
    "left-program-and-left-out": {"CEN203 advisory spare"},
    "limit-left-program-and-left-out": {"CEN206 mandatory package"},
    "limit-refused-left-out": set(),
    "limit-refused-stays": set(),
    "moved-into-component": set(),
    "old-package-not-deleted": set(),
    "package-left-program-and-left-out": {"CEN201 mandatory core", "CEN203 advisory package"},
    "package-purchase-interrupted": set(),
    "package-renamed-without-alias": {"CEN404 mandatory bound"},
    "pending-replacement": {"CEN201 undetermined core", "CEN202 advisory package", "CEN207 undetermined limit"},
    "pending-replacement-old-program": {"CEN404 mandatory bound"},
    "program-stops-half-way": set(),
    "protected-package-leaves": set(),
    "protection-added-and-left-out": {"CEN406 advisory package"},
    "purchase-refused": set(),
    "purchase-refused-goes-on": set(),
    "refresh-same-program": set(),
    "replace-package": {"CEN404 mandatory bound"},
    "retain-all-leave": {"CEN201 undetermined core"},
    "retain-replaced-same-areas": set(),
    "target-first-part": {"CEN201 mandatory core"},
    "target-limit-only": {"CEN208 mandatory package"},
    "target-package-new-region-left-out": set(),
    "target-region-without-its-package": {"CEN201 mandatory core"},
    "target-replace-instance": {"CEN408 mandatory core"},
    "target-replace-router": {
        "CEN310 advisory peer",
        "CEN310 advisory va-bj",
        "CEN310 advisory va-sv",
        "CEN408 mandatory core",
    },
    "target-replace-attachment": {"CEN310 advisory va-bj"},
}
BUYS = {
    "import-wrong-area",
    "package-purchase-interrupted",
    "package-renamed-without-alias",
    "pending-replacement",
    "pending-replacement-old-program",
    "purchase-refused",
    "replace-package",
    "retain-replaced-same-areas",
}
"""Folders in which a preview buys a package."""
MADE = {"package-renamed-without-alias": set()}
"""What is said while an update is made, where that differs: an id proves nothing then."""
CALLS = sorted(path for path in RECORDINGS.glob("*/analyzer*.ndjson") if path.parent.name in SAID)


def answers(recording, edit=None):
    """What the pack answers to recorded calls, one by one; `edit` changes what they say."""
    pack = Analyzer(Options(), lambda: None)
    for line in recording.read_text().splitlines():
        entry = json.loads(line)
        if edit is not None:
            edit(entry)
        if entry["rpc"] in ("ConfigureStack", "Remediate", "Analyze", "AnalyzeStack"):
            answer = getattr(pack, entry["rpc"])(parsed(entry["rpc"], entry["req"]), None)
            yield from ((entry["rpc"], item) for item in getattr(answer, "diagnostics", ()))


def words(item):
    level = "undetermined" if item.policyName == "undetermined" else LEVELS[item.enforcementLevel]
    return f"{item.message.partition(':')[0]} {level} {item.urn.rpartition('::')[2]}"


@pytest.mark.parametrize("recording", CALLS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_the_pack_says(recording):
    said = {text for _, item in answers(recording) if not (text := words(item)).startswith(EDITION)}
    money = {text for text in said if text.split()[0] in MONEY}

    folder = recording.parent.name
    assert said - money == (MADE if folder in MADE and recording.stem == "analyzer-up" else SAID)[folder]
    if folder not in BUYS:
        assert money == set()


@pytest.mark.parametrize("folder", ["target-first-part", "target-region-without-its-package"])
def test_an_absence_names_what_would_settle_it_and_is_left_out(folder):
    found = [item.message for _, item in answers(RECORDINGS / folder / "analyzer.ndjson") if not words(item).startswith(EDITION)]

    assert found
    for message in found:
        assert "in the program and left out by --target or --exclude" in message
        assert "fix: Update " in message
        assert "Buy " not in message


def test_nothing_is_said_at_once_of_what_is_left_out():
    """Every rule would find properties unset that the program sets."""
    for folder in ("target-first-part", "target-package-new-region-left-out", "target-region-without-its-package"):
        assert [item for call, item in answers(RECORDINGS / folder / "analyzer.ndjson") if call == "Analyze"] == []


def test_one_line_says_how_much_is_left_out():
    engine = start()
    engine.replay(RECORDINGS / "target-package-new-region-left-out" / "analyzer.ndjson")
    found = engine.found()
    engine.call("Cancel")
    engine.channel.close()
    _, errors = engine.process.communicate(timeout=20)

    assert found == set()
    assert errors.count("cenguard: ") == 1
    assert "2 resources of the program are left out by --target or --exclude" in errors


@pytest.mark.parametrize("scenario", ["stack-reference", "basic-create", "secrets-create"])
def test_a_whole_program_leaves_nothing_out(scenario):
    """A default provider may need no property at all, such as that of references to other stacks."""
    engine = start()
    engine.replay(RECORDINGS.parent / scenario / "analyzer.ndjson")
    engine.call("Cancel")
    engine.channel.close()
    _, errors = engine.process.communicate(timeout=20)

    assert "left out" not in errors


INPUTS = {
    "package": {"geographicRegionAId", "geographicRegionBId", "bandwidth", "paymentType", "cenBandwidthPackageName"},
    "core": {"cenInstanceName", "description"},
    "bound": {"bandwidthPackageId"},
}
HANGING = ("att-bj", "att-sv", "bound", "limit")
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def made_anew(entry, *names):
    """`AnalyzeStack` as of something that is created or replaced: its inputs, and no id."""
    for item in entry["req"].get("resources", ()) if entry["rpc"] == "AnalyzeStack" else ():
        if item["name"] in names:
            kept = INPUTS.get(
                item["name"], {"bandwidthLimit", "regionIds", "childInstanceId", "childInstanceType", "childInstanceRegionId"}
            )
            item["properties"] = {**{key: value for key, value in item["properties"].items() if key in kept}, "id": ""}


def test_a_package_that_is_replaced_under_its_attachment():
    found = {
        words(item)
        for _, item in answers(RECORDINGS / "every-option" / "analyzer.ndjson", lambda entry: made_anew(entry, "package"))
    }

    assert {text for text in found if text.split()[0] not in MONEY} == {"CEN404 mandatory package"}


def test_a_router_that_is_updated_stays_what_it_is():
    """It has no id in the call, and an output that is no input; one that is replaced has nothing but its inputs."""

    def edit(entry):
        for item in entry["req"].get("resources", ()):
            if item["name"] == "tr-bj":
                old = "tr-f4f6c06898dc6c530b"
                item["properties"] = {**item["properties"], "transitRouterId": old, "status": "Active"}

    recording = RECORDINGS / "target-replace-router" / "analyzer.ndjson"
    assert "tr-f4f6c06898dc6c530b" in recording.read_text()
    assert {text for _, item in answers(recording, edit) if not (text := words(item)).startswith("CEN310")} == set()


def test_the_areas_of_a_package_that_is_replaced_under_its_attachment_are_not_those_of_the_new_one():
    def edit(entry):
        made_anew(entry, "package")
        items = entry["req"].get("resources", [entry["req"]])
        for item in items:
            if item.get("name") == "package" and entry["rpc"] in ("Analyze", "AnalyzeStack"):
                item["properties"]["geographicRegionBId"] = "Europe"

    found = {words(item) for _, item in answers(RECORDINGS / "every-option" / "analyzer.ndjson", edit)}

    assert {text for text in found if text.split()[0] not in MONEY} == {
        "CEN201 undetermined core",
        "CEN207 undetermined limit",
        "CEN404 mandatory package",
    }


def test_a_network_that_is_made_anew_meets_the_router_that_a_limit_proves():
    """A replacement looks like a creation; the limit that stands was accepted for its region."""
    found = {
        words(item)
        for _, item in answers(RECORDINGS / "every-option" / "analyzer.ndjson", lambda entry: made_anew(entry, "att-bj"))
    }

    assert found == set()


@pytest.mark.parametrize(("status", "expected"), [("Idle", "CEN205 undetermined package"), ("InUse", "CEN205 mandatory package")])
def test_an_instance_that_may_be_replaced_under_its_package(status, expected):
    def edit(entry):
        made_anew(entry, "core", *HANGING)
        if entry["rpc"] == "Analyze" and entry["req"]["name"] in HANGING:
            entry["req"]["properties"]["instanceId"] = UNKNOWN
        for item in entry["req"].get("resources", ()):
            if item["name"] == "package":
                item["properties"]["status"] = status

    said = {words(item) for _, item in answers(RECORDINGS / "every-option" / "analyzer.ndjson", edit)}

    assert said == {expected, "CEN111 advisory core"}  # the instance that is made anew is on Basic Edition


@pytest.mark.parametrize(("status", "expected"), [("Idle", set()), ("InUse", {"CEN205 undetermined package"})])
def test_an_attachment_that_may_be_replaced_alone(status, expected):
    """As a tainted one is; a package that was bought before is idle when it is attached."""

    def edit(entry):
        for item in entry["req"].get("resources", ()):
            if item["name"] == "package":
                item["properties"]["status"] = status
            elif item["name"] == "bound":
                item["properties"]["id"] = ""

    assert {words(item) for _, item in answers(RECORDINGS / "every-option" / "analyzer.ndjson", edit)} == expected


def test_the_expiry_of_a_package_is_told_by_the_call_for_the_stack():
    """A package's own call has no answer of the service; the call for the stack has that of one that stands."""

    def edit(entry):
        for item in entry["req"].get("resources", ()):
            if item["name"] == "package":
                item["properties"]["expiredTime"] = "2020-01-31T16:00Z"

    found = [
        item for item in answers(RECORDINGS / "every-option" / "analyzer.ndjson", edit) if words(item[1]).startswith("CEN412")
    ]

    assert [(call, words(item)) for call, item in found] == [("AnalyzeStack", "CEN412 advisory package")]
    assert "expired on 2020-01-31" in found[0][1].message


@pytest.mark.parametrize("name", ["to-{}", "{}"])
def test_the_name_of_an_entry_that_is_made_of_an_id_names_nothing(name):
    """A known id that contradicts its edge tells what was replaced; a name or a description is no id."""
    recording = RECORDINGS.parent / "enterprise-unchanged" / "analyzer.ndjson"
    peer = "tr-attach-j2fpc40vu7yaxlt4p0"
    assert peer in recording.read_text()

    def edit(entry):
        items = entry["req"].get("resources", [entry["req"]])
        for item in items:
            if str(item.get("name", "")).startswith("prop-") and item["name"].endswith("-peer"):
                token = "alicloud:cen/transitRouterRouteEntry:TransitRouterRouteEntry"
                item["urn"] = item["urn"].replace(item["type"], token)
                item["type"] = token
                given = item["properties"]
                given["transitRouterRouteEntryNextHopId"] = given.pop("transitRouterAttachmentId", peer)
                given["transitRouterRouteEntryNextHopType"] = "Attachment"
                given["transitRouterRouteEntryDestinationCidrBlock"] = "10.0.0.0/8"
                given["transitRouterRouteEntryName"] = name.format(peer)
                edges = item.get("propertyDependencies")
                if edges:
                    edges["transitRouterRouteEntryNextHopId"] = edges.pop("transitRouterAttachmentId")
                    edges["transitRouterRouteEntryName"] = edges["transitRouterRouteEntryNextHopId"]

    assert {text for _, item in answers(recording, edit) if (text := words(item)).startswith("CEN310")} == set()


def test_what_a_refresh_brings_under_its_former_name_is_what_has_moved():
    """With `--refresh` the engine (3.276) brings what stands under its old URN, with its outputs, beside the new one."""

    def refreshed(entry):
        if entry["rpc"] == "AnalyzeStack":
            old = next(copy.deepcopy(item) for item in entry["req"]["resources"] if item["name"] == "package")
            (old["urn"],) = old["options"].pop("aliases")
            entry["req"]["resources"].append(old)

    recording = RECORDINGS / "moved-into-component" / "analyzer.ndjson"

    assert {words(item) for _, item in answers(recording, refreshed)} == {words(item) for _, item in answers(recording)}
