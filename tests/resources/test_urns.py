"""Names of many resources at once are those of each by itself."""

from cenguard.resources.urns import name_in_urn, names_in_urns

HUB = "urn:pulumi:dev::net::x:y:Hub"


def test_the_names_of_many_are_those_of_each() -> None:
    urns = [
        f"{HUB}::core",
        f"{HUB}::core::1",
        f"{HUB}::",
        f"{HUB}:::core",
        f"{HUB}$alicloud:cen/instance:Instance::core",
        "urn:pulumi:other::net::x:y:Hub::core",
        "urn:pulumi:short::net",
        "urn:pulumi:short::net::x:y:Hub::core",
        "module.net.alicloud_cen_instance.core",
        "net:alicloud_cen_instance.core",
        "vpc-1",
        f"{HUB}::core",
    ]
    assert list(names_in_urns(urns)) == [name_in_urn(urn) for urn in urns]
    assert list(names_in_urns(reversed(urns))) == [name_in_urn(urn) for urn in reversed(urns)]
