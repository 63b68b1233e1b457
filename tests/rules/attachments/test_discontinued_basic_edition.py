"""CEN111: no new instance is made on Basic Edition, which the service no longer sells."""

from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.resources.tokens import INSTANCE_ATTACHMENT
from cenguard.rules.attachments import discontinued_basic_edition
from cenguard.testing import UNKNOWN, a_world, an_inventory, findings_of
from tests.rules.tables import basic, case, enterprise, table


def grown(region="us-west-1"):
    """An instance that stands with a network in Beijing, and another one that is attached now."""
    world = a_world().instance().attach("cn-beijing", "shop").standing()
    return world.attach(region, "sales")


def changed(*, keep=(), region="cn-beijing"):
    """A network that stands on Basic Edition, and a program that says another edition now."""
    world = a_world().instance().attach("cn-beijing", "shop").attach("us-west-1", "sales").standing()
    world.deleted(*({"shop", "sales"} - set(keep)))
    return world.router(region, "router")


test_discontinued_basic_edition = table(
    discontinued_basic_edition.RULE,
    case("networks attached directly to a new instance: one finding", basic(), "violated core"),
    case("networks behind transit routers", enterprise()),
    case("a new instance without networks", a_world().instance()),
    case("only Cloud Connect Networks, whose regions are Basic", a_world().instance().attach("ccn-cn-shanghai", "shops", "CCN")),
    case(
        "a Cloud Connect Network beside a VPC",
        a_world().instance().attach("ccn-cn-shanghai", "shops", "CCN").attach("cn-beijing", "stock"),
        "violated core",
    ),
    case("what cannot be attached there is CEN110's", a_world().instance().attach("eu-central-1", "shops", "CCN")),
    case("what stands goes on", basic().standing()),
    case("another network in a region that is served", grown("cn-beijing")),
    case("the first network in a region of an instance that stands", grown(), "undetermined core"),
    case(
        "the only network of a region that a limit which stands names is made anew",
        a_world()
        .instance()
        .attach("us-west-1", "sales")
        .limit("cn-beijing", "us-west-1", 4)
        .standing()
        .attach("cn-beijing", "shop"),
    ),
    case(
        "a limit that is new proves nothing",
        a_world()
        .instance()
        .attach("us-west-1", "sales")
        .standing()
        .attach("cn-beijing", "shop")
        .limit("cn-beijing", "us-west-1", 4),
        "undetermined core",
    ),
    case(
        "a network that is replaced in its region",
        a_world().instance().attach("cn-beijing", "shop").standing("core").replaced("shop", childInstanceId="vpc-before"),
    ),
    case(
        "an instance that the update changes is not new",
        a_world().instance().attach("cn-beijing", "shop").standing("shop", "shop-vpc").updated("core", description="old"),
    ),
    case("an instance from elsewhere", a_world().on("cen-1").attach("cn-beijing", "shop"), "undetermined shop"),
    case(
        "an inventory knows a network in that region",
        a_world()
        .inventory(an_inventory(instances=["cen-1"], attachments=[("cen-1", "cn-beijing", "vpc-0")]))
        .on("cen-1")
        .attach("cn-beijing", "shop"),
    ),
    case("an instance that is not known", a_world().on(UNKNOWN).attach("cn-beijing", "shop"), "undetermined shop"),
    case(
        "a region that is not known stays open",
        a_world().instance().attach(UNKNOWN, "shop"),
        "undetermined core",
    ),
    case(
        "a transit router in that region makes it Enterprise Edition",
        a_world().instance().router("cn-beijing").attach("cn-beijing", "shop"),
    ),
    case("a router is made where a Basic one stands and its networks leave", changed(), "violated core"),
    case("a router is made where a Basic one stands and its networks stay", changed(keep=["shop", "sales"]), "violated core"),
    case("a router is made in a region that is new to the instance", changed(region="eu-central-1")),
    case("a router that stands beside direct attachments", changed(keep=["shop"]).standing("router")),
    case("such a router is updated", changed(keep=["shop"]).updated("router", transitRouterName="before")),
    case("such a router is taken over", changed().imported("router")),
    case(
        "a router where an inventory knows a network that is attached directly",
        a_world()
        .inventory(an_inventory(instances=["cen-1"], attachments=[("cen-1", "cn-beijing", "vpc-0")]))
        .on("cen-1")
        .router("cn-beijing"),
        "violated cn-beijing-router",
    ),
    case(
        "a router beside a Cloud Connect Network, which stays on Basic Edition",
        a_world().instance().attach("ccn-cn-shanghai", "shops", "CCN").standing().router("cn-shanghai"),
    ),
)


def test_it_says_what_another_edition_takes_and_that_it_costs():
    (finding,) = findings_of(basic(), rules=[discontinued_basic_edition.RULE]).values()

    assert "no longer sold" in finding.message
    assert "2025-10-24" in finding.message
    assert all(word in finding.fix.summary for word in ("transit router", "vSwitch", "peer", "by the hour", "each GB"))


def test_a_changed_edition_leads_to_the_command_that_plans_it():
    (finding,) = findings_of(changed(), rules=[discontinued_basic_edition.RULE]).values()

    assert finding.message.startswith("core stands on Basic Edition in cn-beijing, and router is made there")
    assert finding.because[0] == "childInstanceRegionId of shop (VPC), which stands: cn-beijing"
    assert "`cenguard upgrade`" in finding.fix.summary


def test_an_instance_that_stands_leads_to_the_command_that_plans_it():
    (finding,) = findings_of(grown(), rules=[discontinued_basic_edition.RULE]).values()

    assert "cenguard upgrade" in finding.fix.summary


def test_an_updated_instance_has_no_id_in_the_call_of_the_engine_but_is_not_new():
    """What names it has its id, as a value that depends on it."""
    records = a_world().instance().attach("cn-beijing", "shop").standing("shop", "shop-vpc").records()
    core = next(item for item in records.resources if item.name == "core")
    shop = next(item for item in records.resources if item.type == INSTANCE_ATTACHMENT)
    shop.inputs["instanceId"] = "cen-1"

    assert core.id is None
    assert shop.property_dependencies["instanceId"] == (core.urn,)
    network = network_of([records], Options())
    assert [item.is_new for item in network.instances] == [False]
