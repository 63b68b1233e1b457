"""CEN108: there is one protection level."""

from cenguard.rules.attachments import unknown_protection_level
from cenguard.testing import UNKNOWN, a_world
from tests.rules.tables import case, table

test_unknown_protection_level = table(
    unknown_protection_level.RULE,
    case("another word", a_world().instance(protectionLevel="FULL"), "violated core"),
    case("the one there is", a_world().instance(protectionLevel="REDUCED")),
    case("none is said", a_world().instance()),
    case("not known yet", a_world().instance(protectionLevel=UNKNOWN), "undetermined core"),
    case("what stands has been accepted", a_world().instance(protectionLevel="FULL").standing()),
    case("an instance that is read is not ours to judge", a_world().instance(read="cen-1", protectionLevel="FULL")),
)
