"""Random estates with route tables: the fast reading and the packets of the slow one say the same of every pair.

Some hundreds are tried; `CENGUARD_ESTATES=10000` tries more.
"""

import os
import random
from itertools import permutations

import pytest

from cenguard.testing import UNKNOWN, of
from tests.network.routes.estates import Estate, routes_in
from tests.slow_routes import EVERYTHING, BasicReading, Reading

COUNT = int(os.environ.get("CENGUARD_ESTATES", "400"))
CHUNKS = 20
ROUTERS = {"near": "cn-hangzhou", "far": "eu-central-1", "third": "us-west-1"}


def random_estate(rng):
    """An estate of anything, right or wrong; mostly right, so that packets come far."""
    routers = list(ROUTERS)[: rng.choice((1, 2, 2, 2, 3))]
    mostly = lambda chance=0.85: rng.random() < chance  # noqa: E731
    tables = [(router, f"{router}-{index}") for router in routers for index in range(rng.choice((1, 1, 2)))]
    at = {router: [name for home, name in tables if home == router] for router in routers}
    with_maps, with_entries = rng.random() < 0.4, rng.random() < 0.5
    networks = []
    for index in range(rng.choice((2, 3, 3, 4, 5))):
        router, name = rng.choice(routers), f"n{index}"
        kind = "VBR" if rng.random() < 0.12 else "VPC"
        shift = rng.choice((0, 0, 0, 1))  # some share a block with another network
        blocks = [f"10.{index - shift if index else 0}.{part}.0/24" for part in rng.sample(range(1, 4), rng.choice((1, 1, 2)))]
        if rng.random() < 0.1:
            blocks = [f"10.{index}.0.0/16"]
        coarse = kind == "VPC" and rng.random() < 0.12
        if coarse:
            blocks = [f"10.{index}.{rng.choice((0, 0, 2))}.0/{rng.choice((16, 23))}"]
            blocks = [f"10.{index}.0.0/16"] if blocks[0].endswith("/16") else blocks
        entries = []
        while rng.random() < (0.45 if kind == "VPC" else 0):
            block = rng.choice((EVERYTHING, "10.0.0.0/8", f"10.{rng.randrange(4)}.0.0/16", f"10.{rng.randrange(4)}.1.0/24"))
            if block not in [given for given, _ in entries] and not any(block == own for own in blocks):
                entries.append((block, rng.choice(("router", "router", "elsewhere"))))
        networks.append(
            {
                "name": name,
                "router": router,
                "kind": kind,
                "blocks": blocks if kind == "VPC" else None,
                "coarse": coarse,
                "associated": rng.choice(at[router]) if mostly(0.92) else None,
                "learned": [table for table in at[router] if mostly()],
                "publishes": rng.choice((True, True, True, True, False, None)),
                "entries": entries,
            }
        )
    peers = []
    for a, b in ((a, b) for a in routers for b in routers if a < b):
        if mostly(0.8):
            peers.append(
                {
                    "name": f"{a}-{b}",
                    "a": a,
                    "b": b,
                    "advertises": mostly(),
                    "associated": {end: rng.choice(at[end]) if mostly(0.92) else None for end in (a, b)},
                    "into": {end: [table for table in at[end] if mostly()] for end in (a, b)},
                }
            )
    entries = []
    while with_entries and rng.random() < 0.7:
        router, table = rng.choice(tables)
        block = rng.choice(
            (
                EVERYTHING,
                "10.0.0.0/8",
                f"10.{rng.randrange(4)}.0.0/16",
                f"10.{rng.randrange(4)}.{rng.randrange(4)}.0/24",
                f"10.{rng.randrange(4)}.1.128/25",
            )
        )
        hops = [
            None,
            *(item["name"] for item in networks if item["router"] == router),
            *(item["name"] for item in peers if router in (item["a"], item["b"])),
        ]
        if not any(entry["table"] == table and entry["block"] == block for entry in entries):
            entries.append({"table": table, "block": block, "hop": rng.choice(hops)})
    maps = []
    while with_maps and rng.random() < 0.75:
        router, table = rng.choice(tables)
        direction = rng.choice(("RegionIn", "RegionOut"))
        names = [item["name"] for item in networks]
        maps.append(
            {
                "table": table,
                "router": router,
                "direction": direction,
                "priority": len(maps) + 1,
                "action": rng.choice(("Deny", "Deny", "Deny", "Permit")),
                "sources": rng.sample(names, rng.choice((1, 1, 2))) if rng.random() < 0.5 else [],
                "regions": [rng.choice(routers)] if rng.random() < 0.2 else [],
                "destinations": [rng.choice(names)] if direction == "RegionOut" and rng.random() < 0.3 else [],
                "blocks": [rng.choice(("10.0.0.0/8", f"10.{rng.randrange(4)}.0.0/16", f"10.{rng.randrange(4)}.1.0/24"))]
                if rng.random() < 0.5
                else [],
                "mode": rng.choice(("Include", "Complete")),
            }
        )
    return {"networks": networks, "peers": peers, "entries": entries, "maps": maps, "tables": tables}


def random_basic_estate(rng):
    """Networks attached directly in one or two regions, and sometimes one behind a router in a third."""
    regions = ["near", "far"][: rng.choice((1, 2, 2))]
    mixed = rng.random() < 0.3
    networks = []
    for index in range(rng.choice((2, 3, 3, 4))):
        kind = rng.choice(("VPC", "VPC", "VPC", "VBR"))
        direct = not (mixed and index == 1)
        shift = rng.choice((0, 0, 0, 1))
        blocks = [f"10.{index - shift if index else 0}.{part}.0/24" for part in rng.sample(range(1, 4), rng.choice((1, 1, 2)))]
        blocks = [f"10.{index}.0.0/16"] if rng.random() < 0.1 else blocks
        entries = []
        while kind == "VPC" and rng.random() < 0.3:
            block = rng.choice((EVERYTHING, "10.0.0.0/8", f"10.{rng.randrange(4)}.0.0/16", f"10.{rng.randrange(4)}.1.0/24"))
            if block not in [given for given, _ in entries] and block not in blocks:
                entries.append((block, "elsewhere"))
        networks.append(
            {
                "name": f"n{index}",
                "router": rng.choice(regions) if direct else "third",
                "direct": direct,
                "kind": kind,
                "blocks": blocks if kind == "VPC" else None,
                "coarse": False,
                "associated": None if direct or rng.random() < 0.3 else "third-0",
                "learned": ["third-0"] if not direct and rng.random() < 0.7 else [],
                "publishes": rng.choice((True, True, False)),
                "entries": entries,
            }
        )
    maps, names = [], [item["name"] for item in networks]
    while rng.random() < 0.5:
        region, direction = rng.choice(regions), rng.choice(("RegionIn", "RegionOut", "RegionOut"))
        maps.append(
            {
                "table": f"basic:{region}",
                "router": region,
                "direction": direction,
                "priority": len(maps) + 1,
                "action": rng.choice(("Deny", "Deny", "Permit")),
                "sources": rng.sample(names, rng.choice((1, 2))) if rng.random() < 0.5 else [],
                "regions": [rng.choice(regions)] if rng.random() < 0.2 else [],
                "destinations": [rng.choice(names)] if direction == "RegionOut" and rng.random() < 0.4 else [],
                "blocks": [rng.choice(("10.0.0.0/8", f"10.{rng.randrange(4)}.0.0/16"))] if rng.random() < 0.4 else [],
                "mode": rng.choice(("Include", "Complete")),
            }
        )
    tables = [("third", "third-0")] if mixed else []
    return {"networks": networks, "peers": [], "entries": [], "maps": maps, "tables": tables, "package": rng.random() < 0.8}


def built(estate):
    """The same estate, as a program would declare it."""
    world = Estate().instance()
    for router in dict.fromkeys(router for router, _ in estate["tables"]):
        world.router(ROUTERS[router], router)
    for router, table in estate["tables"]:
        world.table(router, table)
    for item in estate["networks"]:
        if item.get("direct"):
            world.direct(ROUTERS[item["router"]], item["name"], *item["blocks"] or (), kind=item["kind"])
            for block, _ in item["entries"]:
                world.by_hand(item["name"], block, kind="NatGateway")
            continue
        publish = UNKNOWN if item["publishes"] is None else item["publishes"]
        if item["coarse"]:  # a VPC of which no vSwitch is in the input
            world.network(ROUTERS[item["router"]], item["name"], cidrBlock=item["blocks"][0])
        switches = () if item["coarse"] else item["blocks"] or ()
        world.site(item["router"], item["name"], *switches, kind=item["kind"], publish=publish)
        if item["associated"]:
            world.associated(item["associated"], item["name"])
        for table in item["learned"]:
            world.propagated(table, item["name"])
        for block, where in item["entries"]:
            world.by_hand(item["name"], block, kind="Attachment" if where == "router" else "NatGateway")
    for item in estate["peers"]:
        world.link(item["a"], item["b"], item["name"], advertise=item["advertises"])
        for end in (item["a"], item["b"]):
            if item["associated"][end]:
                world.associated(item["associated"][end], item["name"])
            for table in item["into"][end]:
                world.propagated(table, item["name"])
    for item in estate["entries"]:
        world.entry(item["table"], item["block"], item["hop"])
    if estate.get("package"):
        world.package("China", "Europe", 10).limit(ROUTERS["near"], ROUTERS["far"], 10)
    tables = [name for _, name in estate["tables"]]
    for index, item in enumerate(estate["maps"]):
        conditions = {
            "sourceInstanceIds": [of(name) for name in item["sources"]],
            "sourceRegionIds": [ROUTERS[name] for name in item["regions"]],
            "destinationInstanceIds": [of(name) for name in item["destinations"]],
            "destinationCidrBlocks": item["blocks"],
            "cidrMatchMode": item["mode"] if item["blocks"] else None,
        }
        world.map(
            f"map-{index}",
            ROUTERS[item["router"]],
            item["direction"],
            item["action"],
            item["priority"],
            transitRouterRouteTableId=None if item["table"] not in tables else of(item["table"], "transitRouterRouteTableId"),
            **{key: value for key, value in conditions.items() if value},
        )
    return world


def verdicts(estate):
    """What the fast reading says: of each leg, and of each pair."""
    routes = routes_in(built(estate))
    member = {item["name"]: routes.find(item["name"])[0] for item in estate["networks"]}
    legs, pairs = {}, {}
    for a, b in permutations(member, 2):
        pair = routes.pair(member[a], member[b])
        legs[a, b] = str(pair.forward.disposition)
        pairs[a, b] = str(pair.disposition)
    return legs, pairs


def readings(estate):
    """What the slow reading says of the same."""
    slow = BasicReading(estate) if "package" in estate else Reading(estate)
    names = [item["name"] for item in estate["networks"]]
    legs = {pair: slow.leg(*pair)[0] for pair in permutations(names, 2)}
    return legs, {pair: slow.pair(*pair) for pair in permutations(names, 2)}


def compare(made, chunk):
    """Hold both readings together for a part of the estates."""
    for number in range(chunk, COUNT, CHUNKS):
        estate = made(random.Random(number))
        fast, slow = verdicts(estate), readings(estate)
        for said, walked in zip(fast, slow, strict=True):
            differing = {pair: (said[pair], walked[pair]) for pair in said if said[pair] != walked[pair]}
            assert not differing, f"estate {number}: {differing}\n{estate}"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_readings_say_the_same(chunk):
    compare(random_estate, chunk)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_both_readings_say_the_same_of_networks_attached_directly(chunk):
    compare(random_basic_estate, chunk)
