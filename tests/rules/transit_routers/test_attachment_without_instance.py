"""CEN309: a peer, VPC or VBR attachment of a router sets its CEN instance."""

from cenguard.rules.bandwidth import missing_bandwidth_package
from cenguard.rules.transit_routers import attachment_without_instance
from cenguard.testing import UNKNOWN, a_world, of, said
from tests.rules.tables import basic, case, enterprise, table


def plant(**inputs):
    """A VPC behind a router."""
    return a_world().instance().router("cn-hangzhou", "near").attach_to("near", "plant", **inputs)


test_attachment_without_instance = table(
    attachment_without_instance.RULE,
    case("an empty id is none", enterprise().peer("near", "far", 5, cenId=""), "violated peer"),
    case("a VPC attachment without it gets a broken id", plant(cenId=None), "violated plant"),
    case(
        "a peer without it gets a broken id",
        enterprise().peer("near", "far", 5, billing="DataTransfer", cenId=None),
        "violated peer",
    ),
    case(
        "it counts for its router's instance all the same",
        plant(cenId=None).router("eu-central-1", "far").attach_to("far", "office"),
        "CEN201 violated core",
        "CEN309 violated plant",
        beside=[missing_bandwidth_package.RULE],
    ),
    case("one that is not known yet is set", plant(cenId=UNKNOWN)),
    case("one that the router hands on is set", plant(cenId=of("near", "cenId"))),
    case("a VPN attachment has an id of its own", plant().attach_to("near", "vpn", "VPN", cenId=None)),
    case("a direct attachment is none of a router's", basic()),
)


def test_what_is_not_set_is_not_called_unknown():
    texts = said(plant(cenId=None, transitRouterId=None).attach("us-west-1", "sales"), rules=[missing_bandwidth_package.RULE])

    assert "cenId of plant is not set" in texts["CEN201 undetermined plant"]
