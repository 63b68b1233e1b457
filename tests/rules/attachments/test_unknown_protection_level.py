"""CEN108: one protection level is documented."""

from cenguard.rules.attachments import unknown_protection_level
from cenguard.testing import UNKNOWN, a_world, findings_of
from tests.rules.tables import case, table

test_unknown_protection_level = table(
    unknown_protection_level.RULE,
    case("another word", a_world().instance(protectionLevel="FULL"), "violated core"),
    case("the documented one", a_world().instance(protectionLevel="REDUCED")),
    case("none is said", a_world().instance()),
    case("not known yet", a_world().instance(protectionLevel=UNKNOWN), "undetermined core"),
    case("what stands has been accepted", a_world().instance(protectionLevel="FULL").standing()),
    case(
        "it is so though something else changes",
        a_world().instance(protectionLevel="FULL", description="new").updated("core", description="old"),
    ),
    case(
        "it changes itself",
        a_world().instance(protectionLevel="FULL").updated("core", protectionLevel="REDUCED"),
        "violated core",
    ),
    case("an instance that is read is not ours to judge", a_world().instance(read="cen-1", protectionLevel="FULL")),
)


def test_another_level_is_not_said_to_be_none():
    """Instances have been made with one: what is certain is that nothing documents it."""
    world = a_world().instance(protectionLevel="FULL")
    found = next(iter(findings_of(world, rules=[unknown_protection_level.RULE]).values()))

    assert found.message == "core asks for protection level 'FULL'; the service's pages name only REDUCED."
