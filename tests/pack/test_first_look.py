"""Which rules a call of `Analyze` asks: those left out by a look at the inputs would have said nothing."""

import dataclasses
import datetime as dt
import gc
from itertools import chain

import pytest
from msgspec import structs

from cenguard.findings import Finding, Level, Verdict
from cenguard.judging.options import Options
from cenguard.judging.tool_findings import fingerprint
from cenguard.network import Network
from cenguard.network.known import Inventory
from cenguard.pack import first_look, service
from cenguard.pack.service import NETWORKS_KEPT, Analyzer
from cenguard.resources import tokens
from cenguard.rules import RULES
from cenguard.settings.model import Settings
from cenguard.settings.waivers import Waiver
from cenguard.testing import an_inventory
from tests.pack.engine import LEVELS, parsed

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
PROVIDER = "urn:pulumi:dev::net::pulumi:providers:alicloud::bj"
VALUES = {
    "cenId": ["", UNKNOWN, "cen-1"],
    "transitRouterId": ["", UNKNOWN, "tr-1", "cen-1:tr-1"],
    "transitRouterAttachmentId": [UNKNOWN, "cen-1:tr-attach-1"],
    "regionIds": [
        [],
        UNKNOWN,
        ["cn-beijing"],
        ["cn-beijing"] * 2,
        ["cn-beijing", UNKNOWN],
        ["cn-beijing", "us-west-1"],
        "cn-beijing",
    ],
    "zoneMappings": [
        [],
        UNKNOWN,
        [UNKNOWN],
        [{"zoneId": UNKNOWN, "vswitchId": UNKNOWN}],
        *(
            [{"zoneId": f"cn-beijing-{zone}", "vswitchId": f"vsw-{zone}"} for zone in "abcdefghijk"[:count]]
            for count in (1, 2, 3, 11)
        ),
    ],
    "dryRun": [True, False, "true", "false", "", UNKNOWN],
    "transitRouterRouteEntryNextHopType": ["Attachment", "BlackHole", UNKNOWN],
    "transitRouterRouteEntryNextHopId": ["", UNKNOWN, "tr-attach-1"],
    "bandwidth": [0, 1, 20, UNKNOWN],
    "bandwidthType": ["DataTransfer", "BandwidthPackage", "Package", UNKNOWN],
    "defaultLinkType": ["Gold", "Platinum"],
    "cenBandwidthPackageId": ["", UNKNOWN, "cenbwp-1"],
    "geographicRegionAId": ["China", "Chnia", "", UNKNOWN],
    "geographicRegionBId": ["Europe", UNKNOWN],
    "tags": [{"team": "net"}, {"team": ""}, UNKNOWN],
}
BARE = {"peerTransitRouterRegionId": "us-west-1", "vpcId": "vpc-1", "vbrId": "vbr-1"}
"""What no look asks for."""
WHOLE = BARE | {
    "cenId": UNKNOWN,
    "transitRouterId": UNKNOWN,
    "regionIds": ["cn-beijing", "us-west-1"],
    "zoneMappings": [{"zoneId": f"cn-beijing-{zone}", "vswitchId": f"vsw-{zone}"} for zone in "ab"],
    "transitRouterRouteEntryNextHopType": "Attachment",
    "transitRouterRouteEntryNextHopId": UNKNOWN,
    "bandwidth": 20,
    "bandwidthType": "DataTransfer",
    "geographicRegionAId": "China",
    "geographicRegionBId": "Europe",
    "tags": {"team": "net"},
}
"""Of which no rule says anything."""
INPUTS = [
    *(dict(base) for base in (BARE, WHOLE)),
    *({**base, key: value} for base in (BARE, WHOLE) for key, values in VALUES.items() for value in values),
]
ROUTES = (tokens.ROUTE_ENTRY, tokens.ROUTE_TABLE, tokens.ASSOCIATION, tokens.PROPAGATION, tokens.ROUTE_MAP)
TYPES = sorted({*tokens.BASIC, *tokens.TAGGED, *tokens.ROUTER_ATTACHMENTS, *ROUTES, "alicloud:cen/newThing:NewThing"})
TAGS = [base | tags for base in (BARE, WHOLE) for tags in ({}, *({"tags": value} for value in VALUES["tags"]))]
GIVEN = {"plain": (Settings(), INPUTS), "tags": (Settings(options={"CEN503": {"tags": {"team": "net"}}}), TAGS)}
"""Settings, and the inputs of each type that they matter to."""


def request(kind, inputs, number=0):
    """A call about one resource in Beijing."""
    provider = {"type": "pulumi:providers:alicloud", "urn": PROVIDER, "name": "bj", "properties": {"region": "cn-beijing"}}
    urn = f"urn:pulumi:dev::net::{kind}::it-{number}"
    return parsed("Analyze", {"type": kind, "urn": urn, "name": f"it-{number}", "properties": inputs, "provider": provider})


def answers(settings, given):
    """What the pack says of each resource; one pack for all."""
    analyzer = Analyzer(Options(settings=settings), lambda: None)
    return {
        (kind, number): [
            (item.policyName, item.message) for item in analyzer.Analyze(request(kind, inputs, number), None).diagnostics
        ]
        for kind in TYPES
        for number, inputs in enumerate(given)
    }


@pytest.fixture(scope="module")
def said():
    """The answers by the name of what was given."""
    return {name: answers(*given) for name, given in GIVEN.items()}


@pytest.mark.parametrize("name", GIVEN)
def test_the_answers_are_those_of_every_rule(name, said, monkeypatch):
    monkeypatch.setattr(service, "looks_of", lambda _, rules, __: [(rule, lambda *_: True) for rule in rules])

    assert said[name] == answers(*GIVEN[name])


def test_every_look_lets_its_rule_speak(said):
    """Otherwise the comparison above would compare nothing of it."""
    spoken = {message.partition(":")[0] for item in said.values() for _, message in chain.from_iterable(item.values())}

    spoken_of = {code for code, (types, _) in first_look.LOOKS.items() if types is None or types}
    assert spoken_of <= spoken


def test_no_network_is_made_for_what_no_rule_speaks_of(monkeypatch):
    made = []
    monkeypatch.setattr(service, "network_of", lambda *_: made.append(1))
    analyzer = Analyzer(Options(), lambda: None)
    for kind in TYPES:
        if kind not in (tokens.PACKAGE, tokens.PEER, "alicloud:cen/newThing:NewThing"):
            assert not analyzer.Analyze(request(kind, WHOLE), None).diagnostics

    assert made == []


def attached_networks(network):
    """A check of a team's own."""
    for item in network.attachments:
        yield Finding(verdict=Verdict.VIOLATED, subject=item.address, message=f"{item.name} is attached.")


def test_a_rule_made_from_one_of_ours_speaks_of_what_ours_does_not():
    """What ours says of its types and inputs is no longer so of the new check: `cenguard check` and the pack say the same."""
    ours = next(rule for rule in RULES if rule.code == "CEN315")
    own = dataclasses.replace(ours, code="ACME001", name="attached-network", check=attached_networks)
    analyzer = Analyzer(Options(settings=Settings(custom=(own,))), lambda: None)
    inputs = {
        "instanceId": UNKNOWN,
        "childInstanceId": "vpc-1",
        "childInstanceType": "VPC",
        "childInstanceRegionId": "cn-beijing",
    }

    answer = analyzer.Analyze(request(tokens.INSTANCE_ATTACHMENT, inputs), None)

    assert [item.policyName for item in answer.diagnostics] == ["attached-network"]


def test_networks_of_single_resources_do_not_pile_up():
    """The pack runs without a collector, and a network is a circle: a stack of 20,000 would hold 300 MiB of them."""
    analyzer = Analyzer(Options(), lambda: None)
    others = networks_alive()  # of other tests
    gc.disable()
    try:
        for number in range(3 * NETWORKS_KEPT):
            analyzer.Analyze(request(tokens.PACKAGE, WHOLE, number), None)
        living = networks_alive()
    finally:
        gc.enable()

    assert living - others <= NETWORKS_KEPT


def networks_alive():
    """How many networks nothing has freed."""
    return sum(isinstance(item, Network) for item in gc.get_objects())


def test_a_resource_under_another_spelling_is_still_new_when_the_whole_stack_comes():
    """To look at it alone must not change what was heard: its own inputs would pass for answers, and it for one that stands.

    No recorded engine asks about a resource of a Terraform module by itself; the protocol lets it.
    """
    kind, number = "net:tf:alicloud_cen_instance_attachment", 0
    inputs = {
        "instance_id": UNKNOWN,
        "child_instance_id": "vpc-1",
        "child_instance_type": "VPC",
        "child_instance_region_id": "cn-beijing",
    }
    analyzer = Analyzer(Options(), lambda: None)
    call = request(kind, inputs, number)
    analyzer.Analyze(call, None)
    resource = {
        "type": kind,
        "urn": call.urn,
        "name": call.name,
        "properties": inputs,
        "provider": {"urn": PROVIDER, "type": "pulumi:providers:alicloud", "name": "bj"},
    }

    answer = analyzer.AnalyzeStack(parsed("AnalyzeStack", {"resources": [resource]}), None)

    assert "CEN111" in {item.message.partition(":")[0] for item in answer.diagnostics}


def provider_in(region):
    """A provider of a region."""
    urn = f"urn:pulumi:dev::net::pulumi:providers:alicloud::{region}"
    return {"urn": urn, "type": "pulumi:providers:alicloud", "name": region, "properties": {"region": region}}


def of_type(token, name, properties, *, region="cn-beijing", **sources):
    """A resource, and the URN of what each of some values is made of."""
    made = {"type": token, "urn": f"urn:pulumi:dev::net::{token}::{name}", "name": name, "properties": properties}
    made["propertyDependencies"] = {key: {"urns": [urn]} for key, urn in sources.items()}
    return made | {"provider": provider_in(region)}


def codes(found):
    """What a pack says, by call, code and level."""
    return {(call, message.partition(":")[0], level) for call, message, level in found}


def played(settings, *resources, inventory=Inventory()):  # noqa: B008 - it cannot be changed
    """What a pack says of each of some resources, and of the stack that they are, by call; with the whole text."""
    pack = Analyzer(Options(settings=settings, inventory=inventory), lambda: None)
    providers = {item["provider"]["urn"]: item["provider"] for item in resources}
    told = []
    for item in resources:  # of what a value is made, no call of `Analyze` tells
        alone = {key: value for key, value in item.items() if key != "propertyDependencies"}
        told.append(("Analyze", pack.Analyze(parsed("Analyze", alone), None)))
    stack = {"resources": [*providers.values(), *resources]}
    told.append(("AnalyzeStack", pack.AnalyzeStack(parsed("AnalyzeStack", stack), None)))
    return [(call, item.message, LEVELS[item.enforcementLevel]) for call, answer in told for item in answer.diagnostics]


@pytest.mark.parametrize(
    ("undetermined", "said"),
    [
        ("advisory", [("AnalyzeStack", "mandatory")]),
        ("hide", [("AnalyzeStack", "mandatory")]),
        ("mandatory", [("Analyze", "mandatory")]),
    ],
)
def test_what_a_resource_alone_leaves_open_is_asked_again_of_the_stack(undetermined, said):
    """By traffic, and with a package of the same stack: `cenguard check` is certain, and the pack only asked.

    What is to stop an update even as a question stops it before anything is made.
    """
    package = of_type(
        tokens.PACKAGE, "package", {"bandwidth": 10, "geographicRegionAId": "China", "geographicRegionBId": "Europe"}
    )
    stated = {
        "cenId": "cen-1",
        "transitRouterId": "tr-1",
        "peerTransitRouterId": "tr-2",
        "peerTransitRouterRegionId": "eu-central-1",
        "bandwidth": 5,
        "bandwidthType": "DataTransfer",
        "cenBandwidthPackageId": UNKNOWN,
    }
    peer = of_type(tokens.PEER, "peer", stated, cenBandwidthPackageId=package["urn"])
    found = played(Settings(undetermined=undetermined), package, peer)

    assert [(call, level) for call, message, level in found if message.startswith("CEN304")] == said


@pytest.mark.parametrize("waived", ["peer", "other", ""])
def test_a_waiver_by_fingerprint_holds_of_what_only_the_stack_tells_the_areas_of(waived):
    """The area pair of a peer is part of it, as `cenguard check` writes it; its far end is told by a router.

    What nobody can have waived is said at once, before anything is made.
    """
    far = of_type(tokens.ROUTER, "far", {"cenId": "cen-1"}, region="us-west-1")
    stated = {"cenId": "cen-1", "transitRouterId": "tr-1", "peerTransitRouterId": UNKNOWN, "bandwidth": 0}
    peer = of_type(tokens.PEER, "peer", stated | {"bandwidthType": "DataTransfer"}, peerTransitRouterId=far["urn"])
    name = fingerprint("CEN305", peer["urn"].replace("::peer", f"::{waived}"), ("China", "North-America"))
    waiver = Waiver(fingerprint=name, reason="lab", owner="net-team", expires=dt.date(2999, 1, 1))
    found = played(Settings(waivers=(waiver,) if waived else ()), far, peer)

    assert [call for call, message, _ in found if message.startswith("CEN305")] == ([] if waived == "peer" else ["Analyze"])
    assert bool([message for _, message, _ in found if message.startswith("CEN903")]) == (waived == "other")


def between_basic_routers(taken):
    """A Platinum peer between routers of another stack, and an inventory that says that both are Basic."""
    regions = ("cn-beijing", "eu-central-1")
    routers = [(f"tr-{region}", "cen-1", region, "basic") for region in regions]
    stated = {
        "cenId": "cen-1",
        "transitRouterId": "tr-cn-beijing",
        "peerTransitRouterId": "tr-eu-central-1",
        "peerTransitRouterRegionId": "eu-central-1",
        "bandwidth": 10,
        "bandwidthType": "DataTransfer",
        "defaultLinkType": "Platinum",
    }
    inventory = structs.replace(an_inventory(instances=["cen-1"], routers=routers), taken=taken)
    return of_type(tokens.PEER, "peer", stated), inventory


def test_what_an_inventory_says_is_judged_beside_the_routers_of_the_program():
    """One that the program makes since it was taken is Enterprise; the pack refused the peer alone, and `cenguard check` had it right."""
    peer, inventory = between_basic_routers(None)
    routers = [of_type(tokens.ROUTER, region, {"cenId": "cen-1"}, region=region) for region in ("cn-beijing", "eu-central-1")]

    assert ("AnalyzeStack", "CEN304", "mandatory") in codes(played(Settings(), peer, inventory=inventory))
    assert "CEN304" not in {code for _, code, _ in codes(played(Settings(), *routers, peer, inventory=inventory))}


def test_an_inventory_that_is_too_old_opens_no_gate_where_a_resource_alone_would_be_judged():
    """CEN907 knew what the stack's rules say, and nothing of what `Analyze` said milder for it."""
    peer, inventory = between_basic_routers(dt.date(2020, 1, 1))
    settings = Settings(levels={"CEN316": Level.DISABLED})  # it would say the same of the whole stack
    found = codes(played(settings, peer, inventory=inventory))

    assert ("AnalyzeStack", "CEN304", "advisory") in found
    assert ("AnalyzeStack", "CEN907", "mandatory") in found


def test_a_legacy_name_of_what_may_be_the_other_region_is_a_question_here_too():
    """As in `cenguard check`: the look at the inputs took them for two regions."""
    limit = of_type(tokens.LIMIT, "limit", {"instanceId": "cen-1", "regionIds": ["cn-hangzhou-finance", "cn-hzfinance"]})

    assert "CEN209" in {code for _, code, _ in codes(played(Settings(), limit))}
