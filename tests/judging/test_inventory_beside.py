"""An inventory beside a document of the network that it tells of: what it says of a thing goes with what the document says."""

import json
from pathlib import Path

import pytest

from cenguard.geography.areas import area_pair
from cenguard.geography.regions import region_pair
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.network.known import (
    Inventory,
    KnownAttachment,
    KnownInstance,
    KnownPackage,
    KnownPeer,
    KnownRouter,
    KnownRouteTable,
)
from cenguard.readers.sources import read_document
from cenguard.testing import World, a_world, an_inventory, assert_says

RECORDINGS = Path(__file__).parents[1] / "recordings"
CEN, PACKAGE = "cen-khdj2iaw6h1j74hvv8", "cenbwp-tm5kllkrzrjgt9pvbt"


def judged(document, inventory):
    return check([read_document(json.dumps(document).encode(), "preview.json")], Options(inventory=inventory))


def bound_elsewhere():
    """A preview of everything but the instance and the package's attachment, which another stack has; the package grows."""
    preview = json.loads((RECORDINGS / "basic-unchanged" / "preview.json").read_text())
    steps = [step for step in preview["steps"] if step["urn"].rpartition("::")[2] not in ("core", "bound")]
    for step in steps:
        state = step["newState"]
        state["dependencies"] = []
        state["propertyDependencies"] = {key: [] for key in state.get("propertyDependencies", {})}
        if step["urn"].endswith("::package"):
            step["op"], step["diffReasons"] = "update", ["cenBandwidthPackageName"]
            state["inputs"]["cenBandwidthPackageName"] = "another name"
    return {**preview, "steps": steps, "changeSummary": {"same": len(steps) - 1, "update": 1}}


def test_a_package_that_is_changed_here_is_attached_where_an_inventory_says_so():
    """One team has the package, another one attaches it."""
    package = KnownPackage(id=PACKAGE, area_pair=area_pair("China", "North-America"), bandwidth=5, instance=CEN)
    inventory = Inventory(instances={CEN: KnownInstance(id=CEN, complete=True)}, packages={PACKAGE: package})

    report = judged(bound_elsewhere(), inventory)

    assert [(item.regions, item.disposition, item.mbps) for item in report.pairs] == [(("cn-beijing", "us-west-1"), "funded", 4)]
    assert {item.rule for item in report.findings if item.verdict == "violated"} <= {"CEN406", "CEN401", "CEN407"}


def test_a_peer_that_a_preview_reads_takes_no_other_peers_place():
    """Its step tells an id and no region: the rows of an inventory have ids, too."""
    preview = json.loads((RECORDINGS / "unknown-from-get" / "preview.json").read_text())
    (step,) = [item for item in preview["steps"] if item["op"] == "read" and item["urn"].endswith("::core")]
    name = step["newState"]["id"]
    read = json.dumps(step).replace("cen/instance:Instance", "cen/transitRouterPeerAttachment:TransitRouterPeerAttachment")
    preview["steps"].append(json.loads(read.replace("::core", "::hub").replace(name, f"{name}:tr-attach-1")))
    rows = [
        KnownPeer(id=f"tr-attach-{at}", instance=name, regions=region_pair(*regions), bandwidth=at, billing="traffic")
        for at, regions in ((1, ("cn-beijing", "us-west-1")), (2, ("cn-beijing", "eu-central-1")))
    ]

    report = judged(preview, Inventory(instances={name: KnownInstance(id=name)}, peers=tuple(rows)))

    found = {item.regions: (item.disposition, item.mbps) for item in report.pairs}
    assert found["cn-beijing", "eu-central-1"] == ("pay_by_traffic", 2)


@pytest.mark.parametrize("read", [True, False], ids=["read", "literal"])
def test_an_instance_that_is_read_stands_as_one_whose_id_is_written(read):
    """Its stack has no package, and one may have been bought in the console: the inventory says so."""
    instance = KnownInstance(id="cen-1", complete=True, packages_told=False)
    rows = tuple(KnownAttachment(instance="cen-1", region=region) for region in ("cn-beijing", "us-west-1"))
    world = World().instance(read="cen-1") if read else World().on("cen-1")
    world.limit("cn-beijing", "us-west-1", 4, "limit", after=()).inventory(
        Inventory(instances={"cen-1": instance}, attachments=rows)
    )

    report = check([world.records()], world.options())

    found = {item.rule: item.verdict for item in report.findings}
    assert found["CEN207"] == "undetermined"


ELSEWHERE = an_inventory(complete=["cen-2"], attachments=[("cen-2", "us-west-1", "vpc-shared")])
CUT_OFF = "CEN201 violated east"


def attached_to_another(change=lambda world: world):
    """A network of the east, which an inventory attaches to the other instance in the west, and the west's on one of its own."""
    world = a_world().instance().attach("us-west-1", "west", network="vpc-shared")
    return change(world).on("cen-2").attach("cn-beijing", "east", network="vpc-east").inventory(ELSEWHERE)


def test_a_network_on_two_instances_is_on_both():
    """The row was taken for the attachment that the input makes itself, to its own instance: nothing was said of the other one."""
    assert_says(attached_to_another(), CUT_OFF, "CEN111 violated core", "CEN111 undetermined east")


def test_what_is_detached_from_one_instance_stays_on_another():
    taken = attached_to_another(lambda world: world.standing().deleted("west"))
    assert_says(taken, CUT_OFF, "CEN111 undetermined east")
    own = a_world().on("cen-2").attach("us-west-1", "west", network="vpc-shared").standing().deleted("west")
    assert_says(own.attach("cn-beijing", "east", network="vpc-east").inventory(ELSEWHERE), "CEN111 undetermined east")


def test_what_stays_on_one_instance_may_be_attached_to_another():
    """An attachment that is retained stays, whatever else its network is attached to."""
    world = a_world().instance("other").instance("core").attach("us-west-1", "west", network="vpc-shared")
    world.attach("cn-beijing", "east", network="vpc-east").standing().retained("west").deleted("west")
    world.on("other").attach("us-west-1", "there", network="vpc-shared")
    found = check([world.records()], Options())

    assert [(pair.regions, pair.disposition) for pair in found.pairs] == [(("cn-beijing", "us-west-1"), "undetermined")]


def crossed(*far):
    """Routers with a peer from the first one to each of some others, all of them paid by traffic."""
    world = a_world().instance().router("cn-beijing", "hub").attach_to("hub", "shop", network="vpc-1")
    for region in far:
        world.router(region, region).attach_to(region, f"in-{region}", network=f"vpc-{region}")
        world.peer("hub", region, 5, f"to-{region}", billing="DataTransfer", routed=False)
    return world


@pytest.mark.parametrize("name", [None, "to-us-west-1-id"])
def test_a_peer_that_the_change_deletes_is_in_no_row_any_more(name):
    """A row need not have an id: the pair was still paid by traffic."""
    rows = [
        KnownPeer(
            id=name if region == "us-west-1" else None,
            instance="core-id",
            regions=region_pair("cn-beijing", region),
            billing="traffic",
        )
        for region in ("us-west-1", "eu-central-1")
    ]
    world = crossed("us-west-1", "eu-central-1").standing().deleted("to-us-west-1")
    inventory = Inventory(instances={"core-id": KnownInstance(id="core-id", complete=True)}, peers=tuple(rows))
    report = check([world.records()], Options(inventory=inventory))

    assert {item.regions: item.disposition for item in report.pairs} == {
        ("cn-beijing", "eu-central-1"): "pay_by_traffic",
        ("cn-beijing", "us-west-1"): "no_package",
        ("eu-central-1", "us-west-1"): "no_package",
    }


def test_a_router_that_the_change_deletes_makes_no_region_an_enterprise_one():
    """Its row did: a limit between networks that are attached directly now was one between Enterprise routers (CEN213)."""
    world = a_world().instance()
    for region in ("cn-beijing", "us-west-1"):
        world.router(region, f"old-{region}")
    world.standing().deleted("old-cn-beijing", "old-us-west-1")
    for region in ("cn-beijing", "us-west-1"):
        world.attach(region, region)
    world.package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")
    own = "old-cn-beijing-id"
    inventory = Inventory(
        instances={"core-id": KnownInstance(id="core-id", complete=True)},
        routers={own: KnownRouter(id=own, instance="core-id", region="cn-beijing")},
        route_tables={"vtb-1": KnownRouteTable(id="vtb-1", router=own)},
    )
    report = check([world.records()], Options(inventory=inventory))

    assert [item.rule for item in report.findings if item.rule == "CEN213"] == []
    assert [(item.disposition, item.mbps) for item in report.pairs] == [("funded", 5)]
