"""CEN106: blocks of attached networks do not overlap without being equal."""

from cenguard.rules.attachments import overlapping_cidrs
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table


def of_blocks(**blocks):
    """Networks of one instance, by name."""
    world = a_world().instance()
    for name, block in blocks.items():
        world.attach("cn-beijing", name, cidr=block)
    return world


test_overlapping_cidrs = table(
    overlapping_cidrs.RULE,
    case("a block inside another", of_blocks(a="10.0.0.0/8", b="10.1.0.0/16"), "violated b"),
    case("the wider one is named when it is the later", of_blocks(a="10.1.0.0/16", b="10.0.0.0/8"), "violated b"),
    case("equal blocks are another rule's finding", of_blocks(a="10.0.0.0/16", b="10.0.0.0/16")),
    case("blocks beside each other", of_blocks(a="10.0.0.0/16", b="10.1.0.0/16")),
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
    case("a block that is not known stays open", of_blocks(a="10.0.0.0/8", b=UNKNOWN), "undetermined b"),
)
