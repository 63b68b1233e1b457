"""Random estates: the fast reading and the slow one say the same of every pair, and of the rules about packages.

Some hundreds are tried; `CENGUARD_ESTATES=10000` tries more.
"""

import os
import random

import pytest

from cenguard.judging.check import judge_network
from cenguard.judging.options import Options
from cenguard.network.connectivity import connectivity_of
from cenguard.rules import RULES
from cenguard.testing import UNKNOWN, a_world
from tests.slow_reading import AREA, Reading, pair_of

CODES = {"CEN201", "CEN202", "CEN206", "CEN207", "CEN208", "CEN218"}
COUNT = int(os.environ.get("CENGUARD_ESTATES", "400"))
CHUNKS = 20
REGIONS = sorted(AREA)
AREAS = sorted(set(AREA.values()))


def random_estate(rng):
    """An estate of anything, right or wrong."""
    stands = rng.random() < 0.4
    enterprise = rng.random() < 0.35
    regions = rng.sample(REGIONS, rng.choice((1, 2, 2, 3, 3, 4)))
    some = lambda: stands and rng.random() < 0.8  # noqa: E731
    networks = [{"region": region, "stands": some()} for region in regions]
    area = lambda: rng.choice([*AREAS, *AREAS, *AREAS, "?", None]) if rng.random() < 0.3 else AREA[rng.choice(regions)]  # noqa: E731
    packages = []
    for index in range(rng.choice((0, 0, 1, 1, 2, 3))):
        a, b = area(), area()
        if None in (a, b) and "?" in (a, b):
            a = b = AREAS[0]
        on = rng.choice(("core", "core", "core", "core", None, "other"))
        packages.append({"name": f"package-{index}", "areas": (a, b), "mbps": rng.choice((2, 5, 10)), "on": on, "stands": some()})
    limits, peers = [], []
    for index in range(rng.choice((0, 1, 1, 2, 2, 3))):
        ends = rng.sample(regions, 2) if len(regions) > 1 and rng.random() < 0.85 else [rng.choice(REGIONS), rng.choice(REGIONS)]
        standing = some()
        if not enterprise:
            limits.append(
                {
                    "name": f"limit-{index}",
                    "pair": pair_of(*ends),
                    "mbps": rng.choice((1, 3, 5, 8)),
                    "stands": standing,
                    "ordered": rng.random() < 0.8,
                }
            )
        elif ends[0] != ends[1] and set(ends) <= set(regions):
            billing = rng.choice(("package", "package", "traffic"))
            named = rng.choice([*(item["name"] for item in packages), None]) if billing == "traffic" else None
            if billing == "package" and packages:
                named = rng.choice(packages)["name"]
            if billing == "package" and named is None:
                billing = "traffic"
            peers.append(
                {
                    "name": f"peer-{index}",
                    "pair": pair_of(*ends),
                    "mbps": rng.choice((0, 2, 4, 8)),
                    "billing": billing,
                    "package": named,
                    "stands": False,
                }
            )
    return {
        "stands": stands,
        "whole": rng.random() < 0.85,
        "enterprise": regions if enterprise else [],
        "networks": networks,
        "packages": packages,
        "limits": limits,
        "peers": peers,
    }


def world_of(estate):
    """The estate as records."""
    world = a_world().instance("other").instance("core")
    routers = set()
    for item in estate["networks"]:
        region = item["region"]
        if estate["enterprise"]:
            world.router(region, f"router-{region}").attach_to(f"router-{region}", f"net-{region}")
            routers.add(f"router-{region}")
        else:
            world.attach(region, f"net-{region}")
    for item in estate["packages"]:
        a, b = (UNKNOWN if word == "?" else word for word in item["areas"])
        world.package(a, b, item["mbps"], item["name"], attached=False)
        if item["on"]:
            world.on(item["on"]).attach_package(item["name"]).on("core")
    for item in estate["limits"]:
        world.limit(*item["pair"], item["mbps"], item["name"], after=None if item["ordered"] else ())
    for item in estate["peers"]:
        local, far = (f"router-{region}" for region in item["pair"])
        billing = {"package": "BandwidthPackage", "traffic": "DataTransfer"}[item["billing"]]
        world.peer(local, far, item["mbps"], item["name"], billing=billing, package=item["package"])
    standing = ["core", "other", *routers] if estate["stands"] else []
    standing += [f"net-{item['region']}" for item in estate["networks"] if item["stands"]]
    for item in estate["packages"]:
        standing += [item["name"], *([f"{item['name']}-attachment"] if item["on"] else [])] if item["stands"] else []
    standing += [item["name"] for item in estate["limits"] if item["stands"]]
    if standing:
        world.standing(*standing)
    return world if estate["whole"] else world.shared("core")


def fast_reading(estate):
    """What the tool says: dispositions of the instance's pairs, and what the rules say."""
    network = world_of(estate).assembled()
    core = next(item for item in network.instances if item.name == "core")
    pairs = {pair.names: (item.disposition.value, item.mbps) for pair, item in connectivity_of(network)[core].connections.items()}
    rules = [rule for rule in RULES if rule.code in CODES]
    said = {
        (item.rule, item.verdict.value, item.level.value)
        for item in judge_network(network, rules, Options())
        if item.instance in (core.address, None) or item.rule == "CEN208"
    }
    return pairs, said


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_readings_say_the_same(chunk):
    for seed in range(chunk, COUNT, CHUNKS):
        estate = random_estate(random.Random(seed))
        slow = Reading(estate)
        pairs, said = fast_reading(estate)

        assert pairs == slow.dispositions(), f"estate {seed}: {estate}"
        assert said == slow.findings(), f"estate {seed}: {estate}"


def test_the_random_estates_hold_every_situation():
    """Otherwise the two readings would agree about little."""
    seen, said = set(), set()
    for seed in range(400):
        slow = Reading(random_estate(random.Random(seed)))
        seen |= {word for word, _ in slow.dispositions().values()}
        said |= {(code, verdict) for code, verdict, _ in slow.findings()}

    assert seen >= {
        "overdrawn", "funded", "pay_by_traffic", "outside", "broken", "unallocated", "undetermined", "wrong_area",
        "other_instance", "not_attached", "no_package",
    }  # fmt: skip
    assert {code for code, verdict in said if verdict == "violated"} == CODES
