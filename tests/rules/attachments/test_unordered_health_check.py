"""CEN112: a health check of a leased line waits for its attachment."""

from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.resources.tokens import HEALTH_CHECK
from cenguard.rules.attachments import unordered_health_check
from cenguard.testing import UNKNOWN, a_world, an_inventory, findings_of, of
from tests.held import edits_by
from tests.rules.tables import case, table


def probe(world, *, line="vbr-1", instance="core", after=(), **inputs):
    """A health check of a leased line for an instance."""
    target = instance if isinstance(instance, str) and instance.startswith("cen-") else of(instance)
    stated = {"cenId": target, "vbrInstanceId": line, "vbrInstanceRegionId": "cn-beijing", "healthCheckTargetIp": "10.0.0.2"}
    return world.resource(HEALTH_CHECK, "probe", {**stated, **inputs}, after=after)


def line(**more):
    """A leased line that is attached directly."""
    return a_world().instance().attach("cn-beijing", "line", "VBR", network="vbr-1", **more)


def made():
    """A leased line of the program, and an instance."""
    return a_world().instance().network("cn-beijing", "pier", "VBR")


def routed():
    """A leased line that is attached through a router."""
    return a_world().instance().router("cn-beijing", "near").attach_to("near", "line", "VBR", network="vbr-1")


test_unordered_health_check = table(
    unordered_health_check.RULE,
    case("nothing leads to the attachment", probe(line()), "violated probe"),
    case("it waits for the attachment", probe(line(), after=["line"])),
    case("it takes the line's id from the attachment", probe(line(), line=of("line", "childInstanceId"))),
    case(
        "it waits through another resource",
        probe(line().resource("alicloud:cen/routeMap:RouteMap", "map", {"cenId": of("core")}, after=["line"]), after=["map"]),
    ),
    case("through a router", probe(routed()), "violated probe"),
    case("through a router, and it waits", probe(routed(), after=["line"])),
    case(
        "a line of the program, and nothing leads to its attachment",
        probe(a_world().instance().attach("cn-beijing", "line", "VBR"), line=of("line-vbr")),
        "violated probe",
    ),
    case("no attachment of the line is here", probe(a_world().instance()), "undetermined probe"),
    case("a line of the input, attached nowhere", probe(made(), line=of("pier")), "undetermined probe"),
    case("another line is attached", probe(line(), line="vbr-2"), "undetermined probe"),
    case("it is attached to another instance", probe(line().instance("other"), instance="other"), "undetermined probe"),
    case("a line that is not known", probe(line(), line=UNKNOWN), "undetermined probe"),
    case("the attachment stands already", probe(line().standing())),
    case(
        "an inventory knows the attachment",
        probe(
            a_world().inventory(an_inventory(instances=["cen-1"], attachments=[("cen-1", "cn-beijing", "vbr-1")])),
            instance="cen-1",
        ),
    ),
    case("what stands was accepted", probe(a_world().instance()).standing()),
)


def test_the_fix_lets_it_wait():
    (edit,) = edits_by(probe(line()), unordered_health_check.RULE)

    assert edit["urn"].endswith("::probe")
    assert [item["ref"].rpartition("::")[2] for item in edit["options"]["dependsOn"]] == ["line"]


def test_a_document_that_tells_no_dependencies_leaves_it_open():
    records = probe(line()).records()
    records.tells_dependencies = False

    assert list(findings_of(network_of([records], Options()), rules=[unordered_health_check.RULE])) == [
        "CEN112 undetermined probe"
    ]
