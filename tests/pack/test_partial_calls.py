"""What the engine tells a pack in situations that its calls only hint at: recorded calls, each with what a right pack says."""

import json
from pathlib import Path

import pytest

from cenguard.judging.check import Options
from cenguard.pack.service import Analyzer
from tests.pack.engine import LEVELS, parsed, start

RECORDINGS = Path(__file__).parents[1] / "recordings" / "policy"
MONEY = {"CEN403", "CEN407"}
"""What is said of any purchase, whatever the network is."""

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
    "program-stops-half-way": set(),
    "protected-package-leaves": set(),
    "protection-added-and-left-out": {"CEN406 advisory package"},
    "purchase-refused": set(),
    "purchase-refused-goes-on": set(),
    "refresh-same-program": set(),
    "retain-replaced-same-areas": set(),
    "target-first-part": {"CEN201 mandatory core"},
    "target-limit-only": {"CEN208 mandatory package"},
    "target-package-new-region-left-out": set(),
    "target-region-without-its-package": {"CEN201 mandatory core"},
    "target-replace-instance": {"CEN408 mandatory core"},
}
BUYS = {"import-wrong-area", "package-purchase-interrupted", "purchase-refused", "retain-replaced-same-areas"}
"""Folders in which a preview buys a package."""
CALLS = sorted(path for path in RECORDINGS.glob("*/analyzer*.ndjson") if path.parent.name in SAID)


def answers(recording):
    """What the pack answers to recorded calls, one by one."""
    pack = Analyzer(Options(), lambda: None)
    for line in recording.read_text().splitlines():
        entry = json.loads(line)
        if entry["rpc"] in ("ConfigureStack", "Remediate", "Analyze", "AnalyzeStack"):
            answer = getattr(pack, entry["rpc"])(parsed(entry["rpc"], entry["req"]), None)
            yield from ((entry["rpc"], item) for item in getattr(answer, "diagnostics", ()))


def words(item):
    level = "undetermined" if item.policyName == "undetermined" else LEVELS[item.enforcementLevel]
    return f"{item.message.partition(':')[0]} {level} {item.urn.rpartition('::')[2]}"


@pytest.mark.parametrize("recording", CALLS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_the_pack_says(recording):
    said = {words(item) for _, item in answers(recording)}
    money = {text for text in said if text.split()[0] in MONEY}

    assert said - money == SAID[recording.parent.name]
    if recording.parent.name not in BUYS:
        assert money == set()


@pytest.mark.parametrize("folder", ["target-first-part", "target-region-without-its-package"])
def test_an_absence_names_what_would_settle_it_and_is_left_out(folder):
    found = [item.message for _, item in answers(RECORDINGS / folder / "analyzer.ndjson")]

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
