"""What a fix says of resources that a component makes: arguments that the component has, and no others."""

import pytest

from cenguard.findings import components
from cenguard.findings.code import _Writer, code_of
from cenguard.findings.fix import Add, Options, Ref, Set
from cenguard.planning.intent import parse
from cenguard.resources import tokens
from cenguard.sources.project import Language

PROVIDER = "urn:pulumi:dev::net::pulumi:providers:alicloud::theirs"
GRANT = "alicloud:cen/transitRouterGrantAttachment:TransitRouterGrantAttachment"


def made(kind, name, by="alicloud-cen:index:CenNetwork"):
    return f"urn:pulumi:dev::net::{by}${kind}::{name}"


def text(*edits):
    return code_of(edits).text


@pytest.mark.parametrize(
    ("kind", "properties", "options", "said"),
    [
        (tokens.INSTANCE_ATTACHMENT, {"childInstanceType": "VBR"}, Options(), 'networks.KEY.kind: "VBR"'),
        (tokens.PACKAGE, {"autoRenew": True}, Options(), "packages.auto_renew: True"),
        (tokens.PACKAGE, {"bandwidth": 20}, Options(), "packages.sizes.A/B: 20"),
        (tokens.PACKAGE, {}, Options(protect=True), "protect: True"),
    ],
)
def test_a_property_of_a_child_is_an_argument(kind, properties, options, said):
    change = text(Set(urn=made(kind, "core-x"), properties=properties, options=options))

    assert change.splitlines()[0].endswith("a CenNetwork, set:")
    assert change.splitlines()[1:] == [f"#     {said}"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.TYPESCRIPT, ['networks.KEY.owner: "12"', "packages.autoRenew: true"]),
        (Language.YAML, ['networks.KEY.owner: "12"', "packages.autoRenew: true"]),
        (Language.GO, ['Networks.KEY.Owner: pulumi.String("12")', "Packages.AutoRenew: true"]),
    ],
)
def test_an_argument_is_spelled_as_the_language_of_the_program_spells_it(language, said):
    """`auto_renew` is no key of a program in YAML, and no field in Go."""
    edits = [
        Set(urn=made(tokens.VPC_ATTACHMENT, "core-x"), properties={"vpcOwnerId": "12"}),
        Set(urn=made(tokens.PACKAGE, "core-y"), properties={"autoRenew": True}),
    ]
    lines = _Writer(edits, None, language, ()).code().text.splitlines()

    assert [line.lstrip("/# ") for line in lines if ": " in line] == said


def test_a_smaller_component_has_the_same_words_without_those_before():
    change = text(Set(urn=made(tokens.PACKAGE, "pool-x", "alicloud-cen:index:BandwidthPool"), properties={"period": 6}))

    assert change.endswith("a BandwidthPool, set:\n#     period: 6\n")


def test_a_component_of_somebody_else_has_its_own_words():
    change = text(Set(urn=made(tokens.PACKAGE, "x", "ours:net:Backbone"), options=Options(protect=True)))

    assert change.endswith("a Backbone, add to its opts:\n#     protect=True,\n")


def test_the_component_makes_a_grant_itself():
    """Beside the component a grant would wait for its instance, and the component for the grant."""
    grant = Add(
        name="grant",
        type=GRANT,
        properties={"cenId": Ref(made(tokens.INSTANCE, "core")), "cenOwnerId": "654", "instanceId": "vpc-1"},
        provider=PROVIDER,
    )
    wait = Set(urn=made(tokens.VPC_ATTACHMENT, "core-partner"), options=Options(depends_on=("new:grant",)))

    said = text(grant, wait)

    assert "GrantAttachment(" not in said
    assert '#     networks.KEY.grant.cen_owner: "654"\n#     grant_providers.KEY: <the provider theirs>\n' in said


@pytest.mark.parametrize(
    ("by", "language", "said"),
    [
        ("CenNetwork", Language.PYTHON, 'a CenNetwork, set:\n#     router_cidrs.REGION: ["10.8.0.0/24"]\n'),
        ("CenNetwork", Language.GO, 'a CenNetwork, set:\n//     RouterCidrs.REGION: ["10.8.0.0/24"]\n'),
        ("RegionalHub", Language.YAML, 'a RegionalHub, set:\n#     routerCidrs: ["10.8.0.0/24"]\n'),
    ],
)
def test_the_component_makes_a_block_of_its_router_itself(by, language, said):
    """Beside the component the block would wait for its router, and no child of the component for the block."""
    component = f"alicloud-cen:index:{by}"
    router = Ref(made("alicloud:cen/transitRouter:TransitRouter", "core-cn-beijing", component), "transitRouterId")
    block = Add(name="block", type=tokens.ROUTER_CIDR, properties={"transitRouterId": router, "cidr": "10.8.0.0/24"})
    vpn = "alicloud:cen/transitRouterVpnAttachment:TransitRouterVpnAttachment"
    waits = [Set(urn=made(vpn, name, component), options=Options(depends_on=("new:block",))) for name in ("core-a", "core-b")]

    assert _Writer([block, *waits], None, language, ()).code().text.endswith(said)


def test_what_joins_regions_is_said_in_the_component_rather_than_beside_it():
    peer = Add(
        name="peer",
        type=tokens.PEER,
        properties={"cenId": Ref(made(tokens.INSTANCE, "core"))},
        provider=made("pulumi:providers:alicloud", "core-cn-beijing"),
    )

    said = text(peer)

    assert said.startswith("# a CenNetwork makes the instance core: change its interconnect and packages")
    assert "provider=<the provider core-cn-beijing>" in said


WANTED = {
    "edition": "basic",
    "networks": {
        "dc": {"region": "cn-beijing", "id": "vbr-1", "kind": "VBR", "owner": "1"},
        "far": {"region": "us-west-1", "id": "vpc-1"},
    },
    "interconnect": {"mesh": {"bandwidth": 5}, "overrides": {"cn-beijing/us-west-1": {"bandwidth": 10}}},
    "packages": {"payment_type": "PrePaid", "period": 6, "auto_renew": True, "sizes": {"China/North-America": 10}},
    "protect": True,
}


@pytest.mark.parametrize("path", sorted(set(components.ARGUMENTS.values())))
def test_the_component_takes_each_argument(path):
    assert parse(WANTED).plan.packages
    held = WANTED
    for word in path.split("."):
        held = held[{"KEY": "dc", "A/B": "China/North-America", "a/b": "cn-beijing/us-west-1"}.get(word, word)]
