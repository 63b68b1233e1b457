"""What findings claim is true of what they are about, and their advice takes them away: sentences by the branch that words them."""

from copy import deepcopy
from pathlib import Path

import pytest

from cenguard.geography.areas import AreaPair
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_document
from cenguard.rules import RULES
from cenguard.testing import UNKNOWN, a_world, findings_of, of
from tests.network.routes.estates import one_router, two_routers
from tests.readers.terraform.documents import load, recorded, report_of
from tests.rules.tables import basic, enterprise

BY_CODE = {rule.code: rule for rule in RULES}
A, B = "10.1.1.0/24", "10.2.1.0/24"
PAIR = ("cn-beijing", "us-west-1")
NEAR_AND_FAR = {"require": {"pairs": [{"regions": ["cn-beijing", "eu-central-1"]}]}}
ONE_WAY = {"require": [{"from": "plant", "to": "office", "direction": "forward"}]}


RECORDINGS = Path(__file__).parents[1] / "recordings"


def pulumi(path):
    """The report of a recorded document of the engine."""
    return check([read_document((RECORDINGS / path).read_bytes(), path, "")], Options())


def said(world, code, **options):
    """The one finding of a rule."""
    (found,) = findings_of(world, rules=[BY_CODE[code]], options={code: options} if options else {}).values()
    return found


def package(**inputs):
    """A package on an instance."""
    return a_world().instance().package("China", "Europe", 10, "package", **inputs)


def crowded():
    """A router with a block more than it takes."""
    world = enterprise()
    for index in range(6):
        world.resource(
            "alicloud:cen/transitRouterCidr:TransitRouterCidr",
            f"block-{index}",
            {"transitRouterId": of("near", "transitRouterId"), "cidr": f"10.255.{index}.0/24"},
        )
    return world


def mixed():
    """A region of Basic Edition and two of Enterprise Edition, each pair of one area pair."""
    return enterprise().attach("eu-west-1", "shop").attach("cn-beijing", "sales")


MESSAGES = [
    (
        "the attachment that stands was there first, whatever the names",
        a_world().instance().attach("cn-beijing", "z").standing().attach("cn-beijing", "a", network=of("z-vpc")),
        "CEN104",
        "a attaches z-vpc to core, where z has attached it already.",
    ),
    (
        "the package that is attached is the one that is there, whatever the names",
        basic().package("China", "North-America", 9, "z").standing().package("China", "North-America", 9, "a"),
        "CEN204",
        "core has a package for China/North-America already (z): the service refuses a with 409 BwpForGeoSpanAlreadyAssociated.",
    ),
    (
        "two areas are areas",
        a_world().instance().package("Chna", "Eurpe", 10, "p"),
        "CEN216",
        "Package p names 'Chna' and 'Eurpe', which are no areas of the service.",
    ),
]


@pytest.mark.parametrize(("world", "code", "message"), [row[1:] for row in MESSAGES], ids=[row[0] for row in MESSAGES])
def test_message(world, code, message):
    assert said(world, code).message == message


ADVICE = [
    (
        "a package that is attached to nothing is attached, and no other one bought",
        basic().package("China", "North-America", 10, "spare", attached=False).limit(*PAIR, 5, "limit"),
        "CEN207",
        "Attach package spare (China/North-America) to core, and let the limit wait for that; or remove the limit.",
    ),
    (
        "a package that no pair waits for would carry nothing on this instance",
        basic().package("Europe", "Middle-East", 10, "package", attached=False),
        "CEN203",
        (
            "No pair of networks here waits for Europe/Middle-East: attach it to an instance that needs it, or take it out while it is "
            "not bought yet."
        ),
    ),
    (
        "regions that are not known may wait for it",
        basic().attach(UNKNOWN, "other", network="vpc-1").package("Europe", "Middle-East", 10, "package", attached=False),
        "CEN203",
        "Attach it with a bandwidth package attachment.",
    ),
    (
        "no package of an area that is not sold any more is bought for a limit",
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .attach("ap-southeast-2", "sydney")
        .limit("cn-beijing", "ap-southeast-2", 5),
        "CEN207",
        "Remove the limit: no package with Australia can be bought today, the service no longer sells the area.",
    ),
    (
        "no network is detached that reaches another region, since no package of its area is sold any more",
        a_world()
        .instance()
        .attach("cn-beijing", "shop")
        .attach("us-west-1", "sales")
        .attach("ap-southeast-2", "sydney")
        .package("China", "North-America", 10, "package")
        .package("Australia", "China", 10, "old")
        .limit("cn-beijing", "us-west-1", 5)
        .limit("cn-beijing", "ap-southeast-2", 5),
        "CEN218",
        "Leave it, or move a network that should talk to a region of another area: no package with Australia can be bought today, the service no longer sells the area.",
    ),
    (
        "who pays nothing by traffic is not told to stop that",
        a_world()
        .instance()
        .attach("ccn-cn-shanghai", "c", kind="CCN")
        .attach("cn-beijing", "s")
        .package("China", "China", 10, "p"),
        "CEN206",
        "Let the package go.",
    ),
    (
        "of two words only one is like an area",
        a_world().instance().package("Chna", "Qwertyxx", 10, "p"),
        "CEN216",
        "Spell it as the service does: 'Chna' → 'China'. Else use one of China, North-America, Asia-Pacific, Europe, South-America.",
    ),
    (
        "both ends in one region: no word of the peer mends that",
        a_world().instance().router("cn-hangzhou", "near").router("cn-hangzhou", "far").peer("near", "far", 5, "peer"),
        "CEN307",
        "Make the far router with a provider of another region, and declare that one: a peer joins routers of two regions.",
    ),
    (
        "a router that has as many blocks as it takes gets no other one",
        crowded(),
        "CEN334",
        "Take the block out: the router has 5 already.",
    ),
]


@pytest.mark.parametrize(("world", "code", "advice"), [row[1:] for row in ADVICE], ids=[row[0] for row in ADVICE])
def test_advice(world, code, advice):
    assert said(world, code).fix.summary == advice


def test_regions_that_nothing_attaches_are_attached_first():
    assert said(basic(), "CEN219", **NEAR_AND_FAR).fix.summary.startswith(
        "Attach a network in eu-central-1, and give the pair its"
    )


def test_what_joins_areas_is_taken_out_and_no_network():
    world = basic().package("China", "North-America", 10, "package")
    joins = said(world, "CEN501", area_pairs=[["China", "Europe"]], regions=None, areas=None)
    reaches = said(world, "CEN501", area_pairs=None, regions=["cn-*"], areas=None)

    assert joins.fix.summary == "Take out what joins them, or have the settings allow it."
    assert reaches.fix.summary == "Detach the network, or have the settings allow it."


def test_tags_that_are_missing_are_named_and_no_others():
    tags = {"owner": "", "cost": "[0-9]+", "team": ""}
    found = said(a_world().instance(tags={"cost": "x", "team": "a"}), "CEN503", tags=tags)

    assert found.fix.summary == "Give it the tag owner, and a value of the tag cost that matches [0-9]+."
    assert said(a_world().instance(tags=UNKNOWN), "CEN503", tags=tags).because == ("tags of core: not known",)


def test_pairs_at_the_test_bandwidth_beside_pairs_without_any_connection():
    found = BY_CODE["CEN201"].findings(mixed().assembled(), {})
    (between,) = [item for item in found if item.area_pair == AreaPair("China", "Europe")]

    assert " have the 1 Kbps test bandwidth, or no connection at all." in between.message
    assert between.fix.summary.endswith("without any package, and cn-beijing – eu-west-1 with a bandwidth limit.")


@pytest.mark.parametrize(("count", "verb"), [(1, "is"), (2, "are")])
def test_near_misses(count, verb):
    world = basic()
    for name in ("one", "other")[:count]:
        world.package("China", "North-America", 10, name, attached=False)

    assert said(world, "CEN201").because[-1].endswith(f", which no bandwidthPackageId names, {verb} attached to no instance")


TERMS = [
    ("a renewal that is refused", package(paymentType="PrePaid", autoRenew=False), "CEN402", "autoRenew of package: false"),
    (
        "a renewal that is not known",
        package(paymentType="PrePaid", autoRenew=UNKNOWN),
        "CEN402",
        "autoRenew of package: not known",
    ),
    ("no renewal", package(paymentType="PrePaid"), "CEN402", "autoRenew of package: not set"),
    ("a payment that is not known", package(paymentType=UNKNOWN), "CEN402", "paymentType of package: not known"),
    ("the same, unprotected", package(paymentType=UNKNOWN), "CEN406", "paymentType of package: not known"),
    ("no payment", package(paymentType=None), "CEN402", "paymentType of package: not set (prepaid)"),
    ("by its older name", package(paymentType=None, chargeType="PrePaid"), "CEN402", "chargeType of package: PrePaid"),
    (
        "a renewal that changes to what is not known",
        package(paymentType="PrePaid", autoRenew=UNKNOWN).updated("package", autoRenew=True),
        "CEN410",
        "auto_renew of package: yes → not known",
    ),
]


@pytest.mark.parametrize(("world", "code", "step"), [row[1:] for row in TERMS], ids=[row[0] for row in TERMS])
def test_terms(world, code, step):
    assert step in said(world, code).because


def test_what_needs_no_package_is_not_said_to_need_one():
    world = enterprise().package("China", "Europe", 10, "p").peer("near", "far", 5, "peer", billing="DataTransfer")

    assert not any(" needs " in step for step in said(world, "CEN206").because)


def routed(publish=True, entry=B):
    """Two networks on one router; entries lead to some vSwitches of the second one."""
    estate = one_router().site("near", "plant", A, publish=publish).site("near", "office", B, "10.2.2.0/24", "10.2.3.0/24")
    return estate.joined("near-table", "plant").associated("near-table", "office").entry("near-table", entry, "office")


class TestRoutes:
    def test_one_direction_is_no_other(self):
        world = routed(publish=False, entry="10.2.0.0/16")

        assert said(world, "CEN332", **ONE_WAY).message == (
            "plant to office (forward) is required on core, and packets from plant to office do not get there: not_published."
        )

    def test_several_blocks_that_are_left_out(self):
        assert said(routed(), "CEN333").message == (
            "plant reaches 10.2.1.0/24 of office, and not 10.2.2.0/24, 10.2.3.0/24: route entries leave them out."
        )

    def test_one_of_the_pairs_that_fare_alike_is_the_one_that_is_named(self):
        estate = one_router().table("near", "other").site("near", "plant", A).site("near", "office", B)
        estate.site("near", "shop", "10.3.1.0/24").associated("near-table", "plant").associated("other", "office", "shop")
        estate.propagated("near-table", "plant", "office", "shop").propagated("other", "office", "shop")

        message = said(estate, "CEN322").message
        assert message.endswith(" 2 pairs of networks fare so, this one among them.")

    def test_a_table_is_one_of_one_router(self):
        estate = two_routers().router("us-west-1", "third").table("third", "third-table").associated("third-table", "peer")

        assert said(estate, "CEN326").fix.summary == "Name a table of near or far."

    def test_entries_that_are_there_are_not_asked_for_again(self):
        estate = two_routers(advertise=None).entry("near-table", B, "peer")

        assert said(estate, "CEN321").fix.summary.endswith(", or add route entries that lead to it at far.")


class TestTwoLimitsOfOnePairThatStand:
    """To delete one of them deletes both: it leaves the state alone."""

    def test_in_pulumi(self):
        world = basic().package("China", "North-America", 10).limit(*PAIR, 5, "a").limit(*PAIR[::-1], 5, "b").standing()

        assert "by `pulumi state delete`: " in said(world, "CEN212").fix.summary

    def test_in_terraform_a_removed_block_deletes_unless_it_says_otherwise(self):
        state = load("tofu-basic-create", "state.json")
        resources = state["values"]["root_module"]["resources"]
        limit = next(item for item in resources if item["type"] == "alicloud_cen_bandwidth_limit")
        resources.append(deepcopy(limit) | {"address": f"{limit['address']}_again", "name": f"{limit['name']}_again"})

        (found,) = [item for item in report_of(state).findings if item.rule == "CEN212"]
        assert "by a `removed` block with `destroy = false`: deleting it deletes both." in found.fix.summary


class TestWordsOfTheTool:
    """A type has the name that it has in the program."""

    @pytest.mark.parametrize(
        ("recording", "code", "advice"),
        [
            (
                "terraform-attachment-leaves",
                "CEN310",
                (
                    "Add an alicloud_cen_transit_router_route_table_association, and an "
                    "alicloud_cen_transit_router_route_table_propagation (or a route entry) for it, at each router that lacks one."
                ),
            ),
            (
                "terraform-tainted-forgotten",
                "CEN404",
                (
                    "Leave out what replaces it: a change of its areas or its payment, an option (--replace, -replace), a taint or a "
                    "trigger. Else detach the old one in an update of its own first, once nothing draws on it any more."
                ),
            ),
            (
                "terraform-old-attachment-leaves",
                "CEN411",
                "No program holds it any more: see in the console until when it is paid for, and let it expire.",
            ),
        ],
    )
    def test_advice(self, recording, code, advice):
        assert advice in [item.fix.summary for item in report_of(recorded(recording)).findings if item.rule == code]

    def test_an_old_package_is_in_no_program_that_it_could_stay_in(self):
        found = [item for item in report_of(recorded("terraform-old-package-forgotten")).findings if item.rule == "CEN414"]

        assert {(item.message.startswith("An old"), "; or let it stay" in item.fix.summary) for item in found} == {
            (True, False),
            (False, True),
        }

    def test_in_pulumi(self):
        estate = one_router().site("near", "plant", A)

        assert said(estate, "CEN310").fix.summary == (
            "Add a TransitRouterRouteTableAssociation, and a TransitRouterRouteTablePropagation (or a route entry) for it."
        )


def test_what_a_plan_does_not_tell_of_a_package_that_is_deleted():
    (found,) = [item for item in pulumi("basic-delete-package/plan.json").findings if item.rule == "CEN411"]

    assert found.because == ("paymentType of package: not known", "retainOnDelete of package: not told")


def test_a_provider_that_no_document_tells_is_that_of_its_module():
    found = [item for item in pulumi("roads/tfmod-enterprise/preview.json.gz").findings if item.rule == "CEN101"]

    assert found
    assert all("provider of the Terraform module " in step and "urn:" not in step for item in found for step in item.because[1:])


def test_who_owns_what_is_attached_is_not_known():
    world = a_world().provider("ours", region="cn-beijing").provider("theirs", region="cn-beijing", accountId=UNKNOWN)
    world.instance().network("cn-beijing", "net", provider="theirs")
    world.attach("cn-beijing", "shop", network=of("net"), childInstanceOwnerId=UNKNOWN, provider="ours")

    assert "owner of net: not known" in said(world, "CEN103").because


def test_what_is_asked_of_a_table_reads_as_a_sentence():
    found = [item for item in pulumi("enterprise-create/events.ndjson").findings if item.rule == "CEN323"]

    assert found
    assert all(", which has no route that is told, cannot be told: " in item.message for item in found)


class TestWhatTakesConnectivity:
    """What is to be done hangs on what the change does."""

    def test_what_carries_the_pair_is_broken(self):
        world = enterprise().peer("near", "far", 0, "peer", billing="DataTransfer").standing().updated("peer", bandwidth=4)

        assert said(world, "CEN408").fix.summary == "Mend what CEN305 says of what is to carry it."

    def test_a_region_leaves(self):
        def network():
            return basic().package("China", "North-America", 10, "package").limit(*PAIR, 4, "limit")

        base, now = network().standing().records(), a_world().instance().attach("cn-beijing", "shop").standing().records()
        (found,) = [item for item in check([now], Options(base=(base,))).findings if item.rule == "CEN408"]

        assert found.message.endswith(": 4 Mbps → no longer attached.")
        assert found.fix.summary == "Keep the network attached; where its region is to leave, waive this."
