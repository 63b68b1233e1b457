"""CEN201: a region is attached that some package could connect."""

from cenguard.rules.bandwidth import missing_bandwidth_package, unallocated_bandwidth, unfunded_region_pair
from cenguard.testing import (
    SECRET,
    UNKNOWN,
    a_world,
    an_inventory,
    findings_of,
    stack_output,
    unknown_from,
)
from tests.rules.tables import basic, case, enterprise, table

RULE = missing_bandwidth_package.RULE
PROD = "organization/net/prod"


def attached(*regions):
    """Networks on one instance, each named after its region."""
    world = a_world().instance()
    for region in regions:
        world.attach(region, region if isinstance(region, str) else "later")
    return world


def connected():
    """Beijing and Silicon Valley with a package and a limit."""
    return basic().package("China", "North-America", 10, "package").limit("cn-beijing", "us-west-1", 5, "limit")


def findings(world):
    """What the rule says of a world, finding by finding."""
    return list(findings_of(world, rules=[RULE]).values())


def from_elsewhere(world, *regions):
    """The same on an instance of which this stack sees a part."""
    for region in regions or ("cn-beijing", "us-west-1"):
        world.attach(region, region)
    return world


def known(*, complete=(), more=()):
    """Frankfurt on an instance that an inventory knows, with networks in Beijing and Silicon Valley."""
    inventory = an_inventory(
        packages=[("cenbwp-1", "China", "North-America", 100, "cen-1"), *more],
        instances=["cen-1"],
        complete=complete,
        attachments=[("cen-1", "cn-beijing", "vpc-1"), ("cen-1", "us-west-1", "vpc-2")],
    )
    return a_world().inventory(inventory).on("cen-1").attach("eu-central-1", "branch")


def hub_on(instance, **limits):
    """Two spokes with limits to a hub in Beijing, whose network is attached to some instance."""
    world = a_world().instance("other").instance().attach("us-west-1", "sales").attach("eu-central-1", "branch")
    world.on(instance).attach("cn-beijing", "hub").on("core")
    world.package("China", "North-America", 10, "west").package("China", "Europe", 10, "east")
    return world.limit("cn-beijing", "us-west-1", 5, **limits).limit("cn-beijing", "eu-central-1", 5, **limits)


def proven(instance="core", first="cn-beijing"):
    """Silicon Valley hangs on a limit that stands, whose package another stack attaches."""
    world = a_world().instance().attach("cn-beijing", "hub").attach("us-west-1", "sales").attach("eu-central-1", "branch")
    world.package("China", "Europe", 10, "east").limit("cn-beijing", "eu-central-1", 5, "spoke")
    return world.on(instance).limit(first, "us-west-1", 5, "limit").standing()


def from_london(region=UNKNOWN, on=None, **inputs):
    """London, two of America that are joined, a network whose region or instance is not known, and a limit from London to some region."""
    world = a_world().instance().attach("eu-west-1", "office").attach("us-west-1", "sales").attach("us-east-1", "backup")
    world = world.package("North-America", "North-America", 10, "inner").package("Asia-Pacific", "Europe", 10, "package")
    world = world.limit("us-west-1", "us-east-1", 5, "home", after=["inner-attachment", "sales", "backup"])
    world = (world.on(on) if on else world).attach(region, "branches").on("core")
    return world.limit("eu-west-1", "cn-hongkong", 5, **{"regionIds": ["eu-west-1", UNKNOWN], **inputs})


test_missing_bandwidth_package = table(
    RULE,
    case(
        "an attachment that stands is changed in place: the update adds no region, and packages may have been bought in the console",
        basic().standing().updated("shop", childInstanceOwnerId="1"),
        "undetermined core",
    ),
    case(
        "a network of a region is replaced by another one",
        basic().standing().replaced("shop", childInstanceId="vpc-before"),
        "undetermined core",
    ),
    case(
        "the update adds a region",
        a_world().instance().attach("cn-beijing", "shop").standing().attach("us-west-1", "sales"),
        "violated core",
    ),
    case(
        "the limit that proves a package gets an instance that is not known yet: it may be the one that it had",
        proven(UNKNOWN).updated("limit", instanceId="core-id"),
        "undetermined core",
        "undetermined core #2",
    ),
    case(
        "or a region",
        proven(first=UNKNOWN).updated("limit", regionIds=["cn-beijing", "us-west-1"]),
        "undetermined core",
        "undetermined core #2",
    ),
    case("a limit of unknown instance that was none here proves nothing", proven(UNKNOWN), "violated core", "violated core #2"),
    case("two regions without a package", basic(), "violated core"),
    case("a package with a limit connects them", connected()),
    case("an instance without networks has nothing to connect", a_world().instance()),
    case("one region needs no package, whatever is attached there", attached("cn-beijing").attach("cn-beijing", "ledger")),
    case(
        "a package without limit is another rule's finding",
        basic().package("China", "North-America", 10, "package"),
        "CEN206 violated package",
        beside=[unallocated_bandwidth.RULE],
    ),
    case("a package of other areas is none", basic().package("China", "Asia-Pacific", 10, "package"), "violated core"),
    case(
        "a package that is not attached is none",
        basic().package("China", "North-America", 10, "package", attached=False),
        "violated core",
    ),
    case(
        "a package on another instance is none",
        basic().instance("other").package("China", "North-America", 10, "package"),
        "violated core",
    ),
    case(
        "a hub covers its spokes",
        connected()
        .attach("eu-central-1", "branch")
        .package("China", "Europe", 10, "europe")
        .limit("cn-beijing", "eu-central-1", 5, "spoke"),
        "CEN218 violated core",
        beside=[unfunded_region_pair.RULE],
    ),
    case(
        "any of several packages would do, and each has its finding",
        connected().attach("eu-central-1", "branch"),
        "violated core",
        "violated core #2",
    ),
    case(
        "a hub whose network may be attached here reaches its spokes",
        hub_on(UNKNOWN),
        "undetermined core",
        "undetermined hub",
    ),
    case(
        "which a limit that may be of the instance leads to",
        hub_on(UNKNOWN, instanceId=UNKNOWN),
        "undetermined core",
        "undetermined hub",
    ),
    case("a hub whose network is attached elsewhere reaches none of them", hub_on("other"), "violated core"),
    case(
        "a network that may be attached here lies in another region than their limits lead to",
        hub_on("other").on(UNKNOWN).attach("ap-southeast-1", "branches").on("core"),
        "undetermined branches",
        "violated core",
    ),
    case(
        "it is where a limit leads that another one contradicts: that is what is wrong there",
        hub_on("other").limit("eu-central-1", "cn-beijing", 5, "again").on(UNKNOWN).attach("cn-beijing", "branches").on("core"),
        "undetermined branches",
        "undetermined core",
    ),
    case(
        "it is where a limit leads, for whose areas no package is there",
        basic()
        .limit("us-west-1", "eu-central-1", 5)
        .limit("cn-beijing", "eu-central-1", 5, "second")
        .on(UNKNOWN)
        .attach("eu-central-1", "hub"),
        "undetermined hub",
        "violated core",
    ),
    case(
        "a limit may lead from a region to a network whose region is not known either",
        from_london(),
        "undetermined core",
        "undetermined core #2",
    ),
    case(
        "and one of two regions that are not known",
        from_london(regionIds=UNKNOWN),
        "undetermined core",
        "undetermined core #2",
    ),
    case(
        "and one that may be of the instance",
        from_london(instanceId=UNKNOWN),
        "undetermined core",
        "undetermined core #2",
    ),
    case(
        "and to one of an instance that is not known",
        from_london("cn-hongkong", on=UNKNOWN),
        "undetermined core",
        "undetermined branches",
    ),
    case(
        "to one in an area that no package joins with its own it leads for nothing",
        from_london("cn-beijing", on=UNKNOWN),
        "violated core",
        "undetermined branches",
    ),
    case(
        "a limit of another region leads a region to nothing",
        from_london(regionIds=["us-west-1", UNKNOWN]),
        "undetermined core",
        "violated core",
    ),
    case(
        "a limit of no Mbps leads nowhere",
        from_london(bandwidthLimit=0),
        "undetermined core",
        "violated core",
    ),
    case(
        "a peer by traffic may lead anywhere where neither its router nor its region is known",
        enterprise()
        .peer("near", "far", 5, billing="DataTransfer")
        .router("us-west-1", "third")
        .attach_to("third", "site")
        .peer("third", "near", 5, "late", billing="DataTransfer", region=None, routed=False, peerTransitRouterId=UNKNOWN),
        "undetermined core",
        "undetermined core #2",
    ),
    case("a region that is not known", attached("cn-beijing", UNKNOWN), "undetermined core"),
    case("a region that is secret", attached("cn-beijing", SECRET), "undetermined core"),
    case(
        "a package of unknown areas may be the one",
        basic().package(UNKNOWN, "North-America", 10, "package"),
        "undetermined core",
    ),
    case(
        "a package of one unknown area, whose other one no pair needs",
        basic().package(UNKNOWN, "Europe", 10, "package"),
        "violated core",
    ),
    case("a package known by its id alone may be the one", basic().attach_package("cenbwp-1"), "undetermined core"),
    case(
        "an unknown size of a package on another instance settles nothing here",
        basic().instance("other").package("China", "Europe", UNKNOWN, "package"),
        "violated core",
    ),
    case("a region whose area is only inferred", attached("eu-central-1", "me-east-1"), "undetermined core"),
    case(
        "a peer to a region whose area is only inferred, with a package that joins no region's area to it",
        enterprise()
        .router("me-east-1", "third")
        .attach_to("third", "tower")
        .package("North-America", "Europe", 10, "package")
        .peer("near", "third", 5, package="package"),
        "undetermined core",
        "violated core",
    ),
    case(
        "a doubtful area rescues nobody where no package could join it",
        basic().attach("me-east-1", "dubai"),
        "undetermined core",
        "violated core",
    ),
    case("an area that is no longer sold", attached("cn-beijing", "ap-southeast-2"), "violated core"),
    case("an instance that the settings call shared is one from elsewhere", basic().shared("co*"), "undetermined core"),
    case(
        "an instance known by its id gives one open line: one region",
        from_elsewhere(a_world().on("cen-1"), "cn-beijing"),
        "undetermined cn-beijing",
    ),
    case(
        "an instance known by its id gives one open line: two regions",
        from_elsewhere(a_world().on("cen-1")),
        "undetermined cn-beijing",
    ),
    case(
        "an instance known by its id gives one open line: three regions",
        from_elsewhere(a_world().on("cen-1"), "cn-beijing", "us-west-1", "eu-central-1"),
        "undetermined cn-beijing",
    ),
    case(
        "an instance that is read gives one open line",
        from_elsewhere(a_world().instance("core", read="cen-1")),
        "undetermined cn-beijing",
    ),
    case(
        "an instance of another stack gives one open line",
        from_elsewhere(a_world().stack_reference(PROD).on(stack_output(PROD))),
        "undetermined cn-beijing",
    ),
    case("a complete inventory makes the absence certain", known(complete=["cen-1"]), "violated branch", "violated branch #2"),
    case("with an inventory that is not complete it stays open", known(), "undetermined branch"),
    case(
        "a package that an inventory vouches for covers the pair",
        known(complete=["cen-1"], more=[("cenbwp-2", "China", "Europe", 10, "cen-1")]),
    ),
    case(
        "a cloud connect network abroad needs a package",
        attached("eu-west-1").attach("ccn-eu-central-1", "branches", "CCN"),
        "violated core",
    ),
    case(
        "a cloud connect network of the mainland needs one for an Enterprise region",
        a_world().instance().router("cn-beijing", "near").attach_to("near", "shop").attach("ccn-cn-shanghai", "branches", "CCN"),
        "violated core",
    ),
    case("between routers without a peer there is no connection at all", enterprise(), "violated core"),
    case("a peer paid by traffic needs no package", enterprise().peer("near", "far", 5, billing="DataTransfer")),
    case(
        "the regions of peered routers are attached",
        a_world()
        .instance()
        .router("cn-hangzhou", "near")
        .router("eu-central-1", "far")
        .peer("near", "far", 5, billing="BandwidthPackage"),
        "violated core",
    ),
    case("a router with neither attachment nor peer does not count", attached("cn-beijing").router("eu-central-1")),
    case(
        "a value computed from two instances leaves both open",
        basic()
        .instance("other")
        .package("China", "North-America", 10, "package", attached=False)
        .on(unknown_from("core", "other"))
        .attach_package("package"),
        "undetermined core",
    ),
)


def test_a_package_that_a_limit_proves_is_asked_about_by_that_limit():
    """A third region stands: its other pair may have a package of the console, this one is known to have one."""
    world = basic().limit("cn-beijing", "us-west-1", 4, "limit").attach("cn-hangzhou", "plant").standing()
    asked = {"/".join(finding.area_pair): finding for finding in findings(world)}

    assert "limit limit (cn-beijing – us-west-1) stands" in asked["China/North-America"].message
    assert asked["China/North-America"].fix.summary == "an inventory that names it would settle it"
    assert "may have been bought in the console" in asked["China/China"].message
