"""What the provider makes anew, and what only says again what stands: a base against a program, as a preview tells it."""

import pytest
from msgspec import structs

from cenguard.assembly.old_states import with_old_states
from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.resources.records import REPLACE, SourceKind
from cenguard.resources.tokens import ASSOCIATION, PROPAGATION, VPN_ATTACHMENT
from cenguard.testing import a_world
from cenguard.testing.values import of

ZONES = [{"zoneId": "cn-beijing-h"}, {"zoneId": "cn-beijing-k"}]


def routed(router=None, zones=tuple(ZONES), **attachment):
    """A VPC and an IPsec connection at one router."""
    world = a_world().instance().router("cn-beijing", "hub", **(router or {}))
    world.attach_to("hub", "shop", network="vpc-1", **attachment)
    connection = {"cenId": of("core"), "transitRouterId": of("hub", "transitRouterId"), "vpnId": "vco-1", "zones": list(zones)}
    return world.resource(VPN_ATTACHMENT, "office", connection)


@pytest.mark.parametrize(
    ("after", "anew"),
    [
        (routed(), set()),
        (routed({"supportMulticast": True}), {"hub", "hub-table", "shop", "office"}),
        (routed({"supportMulticast": False}), set()),
        (routed(vpcOwnerId="123"), {"shop"}),
        (routed(vpcOwnerId="1234567890123456"), set()),
        (routed(vpcOwnerId=1234567890123456), set()),
        (routed(zones=ZONES[::-1]), set()),
        (routed(zones=ZONES[:1]), {"office"}),
    ],
)
def test_what_the_provider_makes_anew_is_replaced(after, anew):
    """A router that gets multicast, or an attachment that gets another owner or zone, was an update of what stands."""
    before = routed().standing().outputs("shop", vpcOwnerId="1234567890123456")
    found = with_old_states(after.records(), before.records()).resources
    beside = (ASSOCIATION, PROPAGATION)

    assert {item.name for item in found if item.change is REPLACE and item.type not in beside} == anew


def test_an_owner_that_the_program_says_no_more_is_kept():
    found = with_old_states(routed().records(), routed(vpcOwnerId="123").standing().records()).resources

    assert not [item for item in found if item.change is REPLACE]


def test_a_router_that_gets_multicast_is_a_second_one_in_its_region():
    """The preview of that change says so, mandatory; the folder beside its state passed."""
    program = structs.replace(routed({"supportMulticast": True}).records(), kind=SourceKind.PROGRAM)
    report = check([program], Options(base=(routed().standing().records(),)))

    assert ("CEN313", "mandatory") in {(item.rule, item.level) for item in report.findings}
