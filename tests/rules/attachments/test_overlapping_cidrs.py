"""CEN106: no vSwitch block of an attached network lies inside one of another's."""

from hypothesis import given
from hypothesis import strategies as st

from cenguard.geography.blocks import block
from cenguard.rules.attachments import identical_cidrs, overlapping_cidrs
from cenguard.testing import UNKNOWN, a_world, said
from tests.network.routes.estates import one_router
from tests.rules.tables import case, table


def of_blocks(**blocks):
    """Networks of one instance, by name, each with one vSwitch."""
    world = a_world().instance()
    for name, cidr in blocks.items():
        world.attach("cn-beijing", name, cidr="10.0.0.0/8").vswitch(f"{name}-vpc", cidr)
    return world


def bare(**blocks):
    """Networks of one instance, by name, whose vSwitches are elsewhere."""
    world = a_world().instance()
    for name, cidr in blocks.items():
        world.attach("cn-beijing", name, cidr=cidr)
    return world


def in_tables(**networks):
    """Networks behind one router, by name, each with a block and the table that it is in."""
    estate = one_router().table("near", "other")
    for name, (block_, home) in networks.items():
        estate.site("near", name, block_).joined(home, name)
    return estate


WIDE, NARROW = "10.1.0.0/16", "10.1.1.0/24"

test_overlapping_cidrs = table(
    overlapping_cidrs.RULE,
    case("a block inside another", of_blocks(a="10.0.0.0/8", b="10.1.0.0/16"), "violated b"),
    case("the wider one is named when it is the later", of_blocks(a="10.1.0.0/16", b="10.0.0.0/8"), "violated b"),
    case("equal blocks are another rule's finding", of_blocks(a="10.0.0.0/16", b="10.0.0.0/16")),
    case("blocks beside each other", of_blocks(a="10.0.0.0/16", b="10.1.0.0/16")),
    case("one primary block, and vSwitches apart", of_blocks(a="10.0.0.0/24", b="10.0.1.0/24")),
    case(
        "blocks inside each other, three deep",
        of_blocks(a="10.1.1.0/24", b="10.1.0.0/16", c="10.0.0.0/8", d="172.16.0.0/12"),
        "violated b",
        "violated c",
    ),
    case(
        "two blocks inside a third, apart from each other",
        of_blocks(a="10.1.0.0/16", b="10.2.0.0/16", c="10.0.0.0/8"),
        "violated c",
    ),
    case("a bare block inside a bare block", bare(a="10.0.0.0/8", b="10.1.0.0/16"), "undetermined b"),
    case("equal bare blocks are another rule's question", bare(a="10.0.0.0/8", b="10.0.0.0/8")),
    case(
        "a bare block inside a vSwitch",
        bare(a="10.1.0.0/16").attach("cn-beijing", "b", cidr="10.0.0.0/8").vswitch("b-vpc", "10.0.0.0/9"),
        "undetermined b",
    ),
    case(
        "a vSwitch inside a bare block is another rule's question",
        bare(a="10.0.0.0/8").attach("cn-beijing", "b", cidr="10.0.0.0/8").vswitch("b-vpc", "10.1.0.0/24"),
    ),
    case("in two tables of a router", in_tables(a=(WIDE, "other"), b=(NARROW, "near-table"))),
    case(
        "one in another table hides none that is in its own",
        in_tables(a=(WIDE, "other"), b=(WIDE, "near-table"), c=(NARROW, "near-table")),
        "violated c-attachment",
    ),
    case(
        "nor does one in another table that is inside as well",
        in_tables(a=(NARROW, "other"), b=("10.1.2.0/24", "other"), c=(NARROW, "near-table"), d=(WIDE, "near-table")),
        "violated d-attachment",
    ),
    case("a block that is not known stays open", of_blocks(a="10.0.0.0/8", b=UNKNOWN), "undetermined b"),
)

CIDRS = st.builds(
    lambda third, length: f"10.0.{third}.0/{length}", st.sampled_from([0, 1, 2, 3]), st.sampled_from([21, 22, 23, 24])
)
SWITCHED = st.dictionaries(
    st.sampled_from("abcdef"), st.tuples(CIDRS, st.lists(CIDRS, max_size=2, unique=True), st.booleans()), max_size=5
)


@given(SWITCHED)
def test_every_meeting_is_seen_as_a_comparison_of_all_pairs_sees_it(networks):
    """The walk in order of addresses says the same as comparing every block with every other."""
    world, claims = a_world().instance(), {}
    for name, (own, switches, cut) in networks.items():
        world.attach("cn-beijing", name, cidr=own)
        for cidr in switches if cut else ():
            world.vswitch(f"{name}-vpc", cidr)
        claims[name] = [(block(cidr), False) for cidr in switches] if cut and switches else [(block(own), True)]
    wanted = set()
    for later, mine_all in claims.items():
        pairs = [(mine, theirs) for first in claims if first < later for mine in mine_all for theirs in claims[first]]
        equal = any(a == b and not (p or q) for (a, p), (b, q) in pairs)
        maybe = any(
            (p and a.holds(b) and not (q and a != b)) or (q and b.holds(a) and not (p and a != b)) for (a, p), (b, q) in pairs
        )
        over = any(a != b and (a.holds(b) or b.holds(a)) and not (p or q) for (a, p), (b, q) in pairs)
        perhaps = any(
            a != b and ((p and q and (a.holds(b) or b.holds(a))) or (p and not q and b.holds(a)) or (q and not p and a.holds(b)))
            for (a, p), (b, q) in pairs
        )
        wanted |= {f"CEN105 violated {later}"} if equal else {f"CEN105 undetermined {later}"} if maybe else set()
        wanted |= {f"CEN106 violated {later}"} if over else {f"CEN106 undetermined {later}"} if perhaps else set()

    assert set(said(world, rules=[identical_cidrs.RULE, overlapping_cidrs.RULE])) == wanted
