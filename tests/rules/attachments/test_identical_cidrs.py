"""CEN105: no two attached networks have vSwitches of one block."""

import pytest

from cenguard.geography.blocks import block
from cenguard.resources.tokens import PROPAGATION
from cenguard.rules.attachments import identical_cidrs
from cenguard.testing import UNKNOWN, a_world, findings_of, of
from tests.rules.tables import case, table


def of_switches(**switches):
    """Networks of one instance, each with a block of its own and some vSwitches in it."""
    world = a_world().instance()
    for name, blocks in switches.items():
        world.attach("cn-beijing", name, cidr="10.0.0.0/8")
        for cidr in blocks:
            world.vswitch(f"{name}-vpc", cidr)
    return world


def bare(first, second, **more):
    """Two networks of one instance whose vSwitches are elsewhere."""
    return a_world().instance().attach("cn-beijing", "a", cidr=first).attach("us-west-1", "b", cidr=second, **more)


def beside_a_bare_one(*blocks, cidr="10.1.0.0/16"):
    """A network with vSwitches, and one whose vSwitches are elsewhere."""
    return of_switches(a=blocks).attach("us-west-1", "b", cidr=cidr)


def routed(first, second, **more):
    """Two networks behind one router, each with a vSwitch."""
    world = a_world().instance().router("cn-hangzhou", "near")
    world.attach_to("near", "a", cidr="10.0.0.0/8", **more).vswitch("a-vpc", first)
    return world.attach_to("near", "b", cidr="10.0.0.0/8", **more).vswitch("b-vpc", second)


def secondary(**inputs):
    """A network with a secondary block of its own, beside one that has the same."""
    world = a_world().instance().attach("cn-beijing", "a", cidr="10.0.0.0/16").network("cn-beijing", "b-vpc", **inputs)
    token = "alicloud:vpc/ipv4CidrBlock:Ipv4CidrBlock"
    world.resource(token, "more", {"vpcId": of("a-vpc"), "secondaryCidrBlock": "172.16.0.0/16"})
    return world.attach("cn-beijing", "b", network="b-vpc")


test_identical_cidrs = table(
    identical_cidrs.RULE,
    case("vSwitches of one block", of_switches(a=["10.1.0.0/24"], b=["10.2.0.0/24", "10.1.0.0/24"]), "violated b"),
    case("the same block written another way", of_switches(a=["10.1.0.0/24"], b=["10.1.0.9/24"]), "violated b"),
    case("one primary block, and vSwitches apart", of_switches(a=["10.1.0.0/24"], b=["10.2.0.0/24"])),
    case("a vSwitch inside the other is no double", of_switches(a=["10.1.0.0/16"], b=["10.1.1.0/24"])),
    case("in one table of a router, which CEN327 speaks of", routed("10.1.0.0/24", "10.1.0.0/24")),
    case("in no table that both are known in", routed("10.1.0.0/24", "10.1.0.0/24", routed=False)),
    case(
        "through a router tables may keep them apart",
        routed("10.1.0.0/24", "10.1.0.0/24", routed=False).resource(
            PROPAGATION, "some", {"transitRouterAttachmentId": UNKNOWN, "transitRouterRouteTableId": UNKNOWN}
        ),
        "violated b (advisory)",
    ),
    case(
        "of an earlier one behind a router and one attached directly, the direct one decides",
        routed("10.1.0.0/24", "10.2.0.0/24")
        .attach("cn-hangzhou", "c", cidr="10.0.0.0/8")
        .vswitch("c-vpc", "10.1.0.0/24")
        .attach("cn-hangzhou", "d", cidr="10.0.0.0/8")
        .vswitch("d-vpc", "10.1.0.0/24"),
        "violated a (advisory)",
        "violated d",
    ),
    case(
        "a vSwitch of a VPC that is only read",
        of_switches(a=["10.1.0.0/24"])
        .network("cn-beijing", "shelf", read="vpc-shelf9")
        .vswitch("shelf", "10.1.0.0/24", name="elsewhere")
        .attach("cn-beijing", "b", network="vpc-shelf9"),
        "violated b",
    ),
    case("vSwitches of neither are known: one block may be cut in any way", bare("10.0.0.0/16", "10.0.0.0/16"), "undetermined b"),
    case("the same block written another way, without vSwitches", bare("10.0.0.0/16", "10.0.1.0/16"), "undetermined b"),
    case("a bare block inside the other is CEN106's", bare("10.0.0.0/16", "10.0.1.0/24")),
    case("bare blocks beside each other", bare("10.0.0.0/16", "10.1.0.0/16")),
    case("a vSwitch inside a bare block of the other network", beside_a_bare_one("10.1.8.0/24"), "undetermined b"),
    case("a vSwitch of all of a bare block", beside_a_bare_one("10.1.0.0/16"), "undetermined b"),
    case("a vSwitch around a bare block is never equal to one inside", beside_a_bare_one("10.0.0.0/9")),
    case("a vSwitch apart from a bare block", beside_a_bare_one("10.2.8.0/24")),
    case("a secondary block is a block", secondary(cidrBlock="172.16.0.0/16"), "undetermined b"),
    case("secondary blocks that are not known yet", secondary(secondaryCidrBlocks=UNKNOWN), "undetermined b"),
    case("one of them that is not known yet", secondary(secondaryCidrBlocks=["10.9.0.0/16", UNKNOWN]), "undetermined b"),
    case("secondary blocks in the deprecated list", secondary(secondaryCidrBlocks=["172.16.0.0/16"]), "undetermined b"),
    case("a bare block that is not known stays open", bare("10.0.0.0/16", UNKNOWN), "undetermined b"),
    case("a vSwitch's block that is not known stays open", of_switches(a=["10.1.0.0/24"], b=[UNKNOWN]), "undetermined b"),
    case(
        "a double is a double beside a block that is not known",
        of_switches(a=["10.1.0.0/24"], b=[UNKNOWN, "10.1.0.0/24"]),
        "violated b",
    ),
    case("a network without a block says nothing", bare("10.0.0.0/16", None)),
    case("what is no block is the service's to refuse", bare("10.0.0.0/16", "ten")),
    case("nor is one of thousands of digits", bare("10.0.0.0/16", "10.0.0.0/" + "1" * 5000)),
    case(
        "on two instances it is no double",
        of_switches(a=["10.1.0.0/24"])
        .instance("two")
        .attach("us-west-1", "b", cidr="10.0.0.0/8")
        .vswitch("b-vpc", "10.1.0.0/24"),
    ),
    case(
        "one network attached twice is another rule's finding",
        a_world()
        .instance()
        .network("cn-beijing", "net", cidrBlock="10.0.0.0/16")
        .vswitch("net", "10.0.1.0/24")
        .attach("cn-beijing", "a", network="net")
        .attach("cn-beijing", "b", network="net"),
    ),
    case("a network known by its id says nothing", bare("10.0.0.0/16", None, network="vpc-1")),
    case(
        "three of one block are two findings",
        of_switches(a=["10.1.0.0/24"], b=["10.1.0.0/24"], c=["10.1.0.0/24"]),
        "violated b",
        "violated c",
    ),
)


def test_the_evidence_names_both_vswitches():
    (finding,) = findings_of(of_switches(a=["10.1.0.0/24"], b=["10.1.0.0/24"]), rules=[identical_cidrs.RULE]).values()

    assert finding.because == (
        "cidrBlock of vSwitch a-vpc-0 of a-vpc, which a attaches: 10.1.0.0/24",
        "cidrBlock of vSwitch b-vpc-1 of b-vpc, which b attaches: 10.1.0.0/24",
    )


def test_an_open_question_says_what_would_answer_it():
    (finding,) = findings_of(bare("10.0.0.0/16", "10.0.0.0/16"), rules=[identical_cidrs.RULE]).values()

    assert "no vSwitch of a-vpc is in the input" in finding.message
    assert finding.fix.summary == "its vSwitches, or the document of the stack that makes them, would settle it"


@pytest.mark.parametrize(
    "text", ["ten", "10.0.0.0", "10.0.0/8", "10.0.0.256/8", "10.0.0.0/33", "10.0.0.0/-1", "::/0", "", "1.2.3.4/٣"]
)
def test_what_is_no_ipv4_block_is_none(text):
    assert block(text) is None


def test_blocks_hold_each_other_as_addresses_do():
    wide, narrow, beside = block("10.0.0.0/8"), block("10.255.255.255/32"), block("11.0.0.0/32")

    assert (wide.holds(narrow), narrow.holds(wide), wide.holds(wide), wide.holds(beside)) == (True, False, True, False)
    assert sorted([narrow, beside, wide]) == [wide, narrow, beside]
    assert block("0.0.0.0/0").last == 2**32 - 1
