"""CEN334: a router's CIDR block is one that the service takes."""

import pytest

from cenguard.geography.blocks import router_block_faults
from cenguard.resources.tokens import ROUTER_CIDR
from cenguard.rules.transit_routers import router_cidr_out_of_range
from cenguard.testing import UNKNOWN, a_world, findings_of, of, said
from tests.rules.tables import case, table


def blocks(*cidrs, world=None, router="near"):
    """Blocks of a router, in order."""
    world = world or a_world().instance().router("cn-hangzhou", "near").router("eu-central-1", "far")
    for cidr in cidrs:
        count = len([name for name in world._specs if name.startswith("block")])
        world.resource(ROUTER_CIDR, f"block{count}", {"transitRouterId": of(router, "transitRouterId"), "cidr": cidr})
    return world


def beside(*switches, own="10.0.0.0/8"):
    """The routers, and a VPC that is attached through one of them."""
    world = a_world().instance().router("cn-hangzhou", "near").router("eu-central-1", "far")
    world.attach_to("near", "plant", cidr=own)
    for cidr in switches:
        world.vswitch("plant-vpc", cidr)
    return world


def of_some_router(world, cidr):
    """A world with a block of a router that is not known."""
    return world.resource(ROUTER_CIDR, "a", {"transitRouterId": UNKNOWN, "cidr": cidr})


def moved(cidr="192.168.1.0/24", router="far"):
    """A block that stands, and one that an update makes in its place."""
    world = blocks("192.168.1.0/24").standing()
    return blocks(cidr, world=world, router=router).deleted("block0")


FIVE = [f"192.168.{number}.0/24" for number in range(5)]

test_router_cidr_out_of_range = table(
    router_cidr_out_of_range.RULE,
    case("a block of 24 bits", blocks("192.168.10.0/24")),
    case("a block of 16 bits", blocks("192.168.0.0/16")),
    case("a wider one", blocks("192.168.0.0/15"), "violated block0"),
    case("a narrower one", blocks("192.168.10.0/25"), "violated block0"),
    case("one that the cloud keeps for itself", blocks("100.64.0.0/16"), "violated block0"),
    case("one beside that", blocks("100.128.0.0/16")),
    case("one of multicast", blocks("224.0.1.0/24"), "violated block0"),
    case("one of the loopback", blocks("127.0.0.0/24"), "violated block0"),
    case("one of link-local addresses", blocks("169.254.10.0/24"), "violated block0"),
    case("a block that is not known stays open", blocks(UNKNOWN), "undetermined block0"),
    case(
        "the same block at two routers", blocks("192.168.1.0/24", world=blocks("192.168.1.0/24"), router="far"), "violated block1"
    ),
    case("the same block twice at one router", blocks("192.168.1.0/24", "192.168.1.0/24"), "violated block1"),
    case("a block inside another", blocks("192.168.0.0/16", "192.168.1.0/24")),
    case(
        "the same block in another instance",
        blocks("192.168.1.0/24", world=blocks("192.168.1.0/24").instance("other").router("us-west-1", "third"), router="third"),
    ),
    case("five blocks of one router", blocks(*FIVE)),
    case("the sixth", blocks(*FIVE, "192.168.5.0/24"), "violated block5"),
    case("five of one router, and one of another", blocks("192.168.5.0/24", world=blocks(*FIVE), router="far")),
    case("one that covers a vSwitch", blocks("10.1.0.0/16", world=beside("10.1.8.0/24")), "violated block0"),
    case("one inside a vSwitch", blocks("10.1.1.0/24", world=beside("10.1.0.0/16")), "violated block0"),
    case("one inside the VPC, and beside its vSwitches", blocks("10.2.0.0/24", world=beside("10.1.0.0/16"))),
    case("one inside a VPC whose vSwitches are elsewhere", blocks("10.2.0.0/24", world=beside()), "undetermined block0"),
    case("one that covers such a VPC", blocks("10.2.0.0/16", world=beside(own="10.2.1.0/24")), "violated block0"),
    case(
        "over a vSwitch of a block that nobody knows, perhaps",
        blocks("10.2.0.0/24", world=beside(UNKNOWN)),
        "undetermined block0",
    ),
    case("over such a one for certain", blocks("10.2.0.0/16", world=beside(UNKNOWN, own="10.2.0.0/20")), "violated block0"),
    case("beside the VPC of such a one", blocks("10.3.0.0/24", world=beside(UNKNOWN, own="10.2.0.0/20"))),
    case("beside a VPC of a block that nobody knows", blocks("10.3.0.0/24", world=beside(own=UNKNOWN)), "undetermined block0"),
    case(
        "over a vSwitch that is known, beside one that is not",
        blocks("10.1.0.0/16", world=beside("10.1.8.0/24", UNKNOWN)),
        "violated block0",
    ),
    case(
        "one of a router elsewhere is looked at by itself",
        a_world().resource(ROUTER_CIDR, "b", {"transitRouterId": "tr-1", "cidr": "10.0.0.0/8"}),
        "violated b",
    ),
    case("a block of a router that is not known", of_some_router(blocks("192.168.1.0/24"), "192.168.2.0/24")),
    case("which may be the sixth", of_some_router(blocks(*FIVE), "192.168.5.0/24"), "undetermined a"),
    case("which may be there already", of_some_router(blocks("192.168.1.0/24"), "192.168.1.0/24"), "undetermined a"),
    case("which may lie over a vSwitch", of_some_router(beside("10.1.8.0/24"), "10.1.0.0/16"), "undetermined a"),
    case("which no router takes", of_some_router(blocks(*FIVE), "192.168.0.0/15"), "violated a"),
    case("what is no block is the service's to refuse", blocks("ten")),
    case("what stands was accepted", blocks("192.168.0.0/15").standing()),
    case(
        "and is accepted still when its description changes",
        blocks("192.168.0.0/15").standing().updated("block0", description="old"),
    ),
    case(
        "one that was narrower", blocks("192.168.0.0/15").standing().updated("block0", cidr="192.168.0.0/16"), "violated block0"
    ),
    case(
        "one that stands with another description now was there first, too",
        blocks(*FIVE)
        .standing()
        .updated("block0", description="old")
        .resource(ROUTER_CIDR, "another", {"transitRouterId": of("near", "transitRouterId"), "cidr": "192.168.0.0/24"}),
        "violated another",
    ),
    case(
        "what stands was there first, whatever the names are",
        blocks(*FIVE)
        .standing()
        .resource(ROUTER_CIDR, "another", {"transitRouterId": of("near", "transitRouterId"), "cidr": "192.168.0.0/24"}),
        "violated another",
    ),
    case("one that moves to another router is there still when it is made", moved(), "violated block1"),
    case("one of another name, too", moved(router="near"), "violated block1"),
    case("however it is written", moved(cidr="192.168.1.7/24"), "violated block1"),
    case("another one in its place", moved(cidr="192.168.2.0/24")),
    case("one that is imported under another name is the old one", moved(router="near").imported("block1"), "violated block1"),
    case(
        "one that is replaced with what it held",
        blocks("192.168.1.0/24").standing().replaced("block0", transitRouterId="far-id"),
        "violated block0",
    ),
    case(
        "one that goes from another instance",
        blocks(
            "192.168.1.0/24",
            world=blocks("192.168.1.0/24").standing().instance("other").router("us-west-1", "third"),
            router="third",
        ).deleted("block0"),
    ),
    case("what stands counts", blocks("192.168.5.0/24", world=blocks(*FIVE).standing()), "violated block5"),
)


def test_what_is_beyond_the_fifth_is_counted_as_people_count():
    world = blocks(*(f"192.168.{number}.0/24" for number in range(24)))
    found = said(world, rules=[router_cidr_out_of_range.RULE]).values()
    counted = [message.split("is the ")[1].split()[0] for message in found]
    assert [counted[0], *counted[4:8], *counted[14:]] == [
        "6th",
        "10th",
        "11th",
        "12th",
        "13th",
        "20th",
        "21st",
        "22nd",
        "23rd",
        "24th",
    ]


def test_every_reason_is_in_one_message():
    (message,) = said(blocks("100.0.0.0/8"), rules=[router_cidr_out_of_range.RULE]).values()

    assert message == "Block 100.0.0.0/8 of block0 is wider than /16; it covers 100.64.0.0/10."


@pytest.mark.parametrize(("text", "faults"), [("10.0.0.0/16", 0), ("10.0.0.0/24", 0), ("0.0.0.0/0", 5), ("169.254.0.0/25", 2)])
def test_the_service_takes_blocks_of_16_to_24_bits_outside_of_what_is_reserved(text, faults):
    assert len(router_block_faults(text)) == faults


@pytest.mark.parametrize(
    ("router", "advice"),
    [("far", "Take the old one out in an update of its own first."), ("near", "Let the new name stand for the old one")],
)
def test_a_name_for_both_makes_one_of_two_blocks_of_one_router_alone(router, advice):
    """A block of another router is replaced under its old name, and made first, too."""
    (finding,) = findings_of(moved(router=router), rules=[router_cidr_out_of_range.RULE]).values()

    assert finding.fix.summary.startswith(advice)
