"""Knowledge only adds: what is certain with a value unknown stays so whatever the value is, and what it hides is asked.

Random estates, each with one value made unknown; some hundreds are tried; `CENGUARD_ESTATES=10000` tries more.
"""

import os
import random

import pytest

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.values import UNKNOWN
from tests.test_random_estates import random_estate, world_of

COUNT = int(os.environ.get("CENGUARD_ESTATES", "150"))
CHUNKS = 10
OPTIONS = Options(fixes=False)
WORKS = {"funded", "pay_by_traffic", "outside", "ccn_free"}
LOW = {"no_package", "not_attached", "other_instance", "wrong_area", "unallocated"}
SOURCE = "urn:pulumi:dev::net::random:index/randomString:RandomString::source"


def values_of(records):
    """What can be unknown: each property of what is new, as its resource's URN and its key."""
    return [(item.urn, key) for item in records.resources if item.old is None for key in item.inputs]


def without(records, urn, key):
    """The same, with one value that nobody knows yet."""
    item = next(item for item in records.resources if item.urn == urn)
    item.inputs = {**item.inputs, key: UNKNOWN}
    item.property_dependencies = {**item.property_dependencies, key: (SOURCE,)}
    return records


def judged(records):
    """Whether something is mandatory for certain, whether anything is said or asked, and the pairs."""
    report = check([records], OPTIONS)
    mandatory = sorted(item.rule for item in report.findings if item.verdict == "violated" and item.level == "mandatory")
    asked = any(item.verdict == "undetermined" for item in report.findings)
    return mandatory, asked, {(pair.instance, pair.regions): pair.disposition for pair in report.pairs}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_what_is_certain_stays_certain_and_what_is_hidden_is_asked(chunk):
    for seed in range(chunk, COUNT, CHUNKS):
        rng = random.Random(seed)
        world = world_of(random_estate(rng))
        urn, key = rng.choice(values_of(world.records()) or [("", "")])
        if not urn:
            continue
        hidden, asked, pairs = judged(without(world.records(), urn, key))
        told, open_too, whole = judged(world.records())
        case = f"estate {seed}, {key} of {urn.rpartition('::')[2]}: {hidden} {told}"

        assert told or open_too or not hidden, case  # where another value is not known either, one hides what hangs on the other
        assert hidden or asked or not told, case
        for pair, disposition in pairs.items():
            there = whole.get(pair)
            assert not (disposition in WORKS and there in LOW), f"{case}, {pair}: {disposition}, {there}"
            assert not (disposition in LOW and there in WORKS), f"{case}, {pair}: {disposition}, {there}"
