"""CEN503: resources that can be tagged have the required tags."""

from cenguard.rules.organisation import missing_tag
from cenguard.testing import SECRET, UNKNOWN, a_world
from tests.rules.tables import case, table

TAGS = {"owner": "", "stage": "dev|prod"}


def tagged(tags):
    """An instance with tags."""
    return a_world().instance(tags=tags)


test_missing_tag = table(
    missing_tag.RULE,
    case("nothing is configured", tagged(None)),
    case("no tags", tagged(None), "violated core", tags=TAGS),
    case("one is missing", tagged({"owner": "net"}), "violated core", tags=TAGS),
    case("a value that does not match", tagged({"owner": "net", "stage": "production"}), "violated core", tags=TAGS),
    case("all of them", tagged({"owner": "net", "stage": "prod"}), tags=TAGS),
    case("any value, also one that is not known", tagged({"owner": UNKNOWN, "stage": "prod"}), tags=TAGS),
    case("a value that is not known and must match", tagged({"owner": "net", "stage": SECRET}), "undetermined core", tags=TAGS),
    case("one is missing beside one that is not known", tagged({"stage": SECRET}), "violated core", tags=TAGS),
    case("tags that are not known", tagged(UNKNOWN), "undetermined core", tags=TAGS),
    case("a tag that is null is not set", tagged({"owner": "net", "stage": None}), "violated core", tags={"stage": ""}),
    case("what is true or a number, as the provider takes it", tagged({"on": True, "cost": 5}), tags={"on": "true", "cost": "5"}),
    case("a package cannot be tagged", a_world().package("China", "Europe", 10, attached=False), tags=TAGS),
)
