"""CEN103: another account's network is granted before it is attached."""

import pytest

from cenguard.rules.attachments import ungranted_attachment
from cenguard.testing import SECRET, UNKNOWN, a_world, findings_of, of
from tests.held import edits_by
from tests.rules.tables import case, table

OWNER = "1234567890123456"
GRANT = "alicloud:cen/transitRouterGrantAttachment:TransitRouterGrantAttachment"


def foreign(*, grant=False, after=(), **inputs):
    """A network of the sales account, attached by the network account."""
    return by_accounts({"accountId": "1111"}, {"accountId": "2222"}, grant=grant, after=after, **inputs)


def by_accounts(ours, theirs, *, kind="VPC", grant=False, after=(), **inputs):
    """A network that one provider makes, attached by another."""
    world = a_world().provider("ours", region="cn-beijing", **ours).provider("theirs", region="us-west-1", **theirs)
    world.instance().network("", "sales-net", kind, provider="theirs")
    if grant:
        world.resource(GRANT, "grant", {"cenId": of("core"), "instanceId": of("sales-net")}, provider="theirs")
    return world.attach("us-west-1", "sales", kind, network="sales-net", after=after, provider="ours", **inputs)


def elsewhere(**inputs):
    """A network that is known by its id only."""
    return a_world().instance().attach("us-west-1", "sales", network="vpc-1", **inputs)


def granted(*, after=(), network="vpc-1", **inputs):
    """The same with a grant in the input."""
    world = a_world().instance().resource(GRANT, "grant", {"cenId": of("core"), "instanceId": network})
    return world.attach("us-west-1", "sales", network="vpc-1", after=after, **inputs)


def foreign_by(*, theirs, instance="core", childInstanceOwnerId=None, **ours):
    """A network and its attachment by two providers."""
    said = {"childInstanceOwnerId": childInstanceOwnerId} if childInstanceOwnerId else {}
    world = a_world().provider("ours", region="cn-beijing", **ours).provider("theirs", region="us-west-1", **theirs)
    world.instance().on(instance).network("", "sales-vpc", provider="theirs")
    return world.attach("us-west-1", "sales", network="sales-vpc", provider="ours", **said)


def granted_to(instance):
    """An owner is given, and waited for is a grant for some instance."""
    world = a_world().instance("other").instance("core")
    world.resource(GRANT, "grant", {"cenId": of(instance), "instanceId": "vpc-1"})
    return world.on("core").attach("us-west-1", "sales", network="vpc-1", after=["grant"], childInstanceOwnerId=OWNER)


test_ungranted_attachment = table(
    ungranted_attachment.RULE,
    case(
        "a grant that leaves the program and stays in the cloud",
        granted(childInstanceOwnerId=OWNER).retained("grant").standing("core", "grant").deleted("grant"),
    ),
    case(
        "a grant that leaves it and goes",
        granted(childInstanceOwnerId=OWNER).standing("core", "grant").deleted("grant"),
        "undetermined sales",
    ),
    case("what stands, and waited for no grant that stands", granted(childInstanceOwnerId=OWNER).standing()),
    case("what stands, and for which no grant is here", elsewhere(childInstanceOwnerId=OWNER).standing()),
    case(
        "what stands, and whose grant goes",
        granted(childInstanceOwnerId=OWNER).standing().deleted("grant"),
        "undetermined sales",
    ),
    case(
        "what stands, and something else of it changes",
        granted(childInstanceOwnerId=OWNER).standing().updated("sales", childInstanceType="VBR"),
    ),
    case(
        "another network in its place",
        granted(childInstanceOwnerId=OWNER).standing().replaced("sales", childInstanceId="vpc-2"),
        "violated sales",
    ),
    case(
        "two roles of one account",
        foreign_by(
            assumeRole={"roleArn": "acs:ram::1111:role/net"}, theirs={"assumeRole": {"roleArn": "acs:ram::1111:role/vpc"}}
        ),
    ),
    case(
        "roles of two accounts",
        foreign_by(
            assumeRole={"roleArn": "acs:ram::1111:role/net"}, theirs={"assumeRole": {"roleArn": "acs:ram::2222:role/net"}}
        ),
        "violated sales",
    ),
    case(
        "roles of two accounts that a token takes on",
        foreign_by(
            assumeRoleWithOidc={"roleArn": "acs:ram::1111:role/net"},
            theirs={"assumeRoleWithOidc": {"roleArn": "acs:ram::2222:role/net"}},
        ),
        "violated sales",
    ),
    case(
        "two files of credentials",
        foreign_by(sharedCredentialsFile="/net", theirs={"sharedCredentialsFile": "/vpc"}),
        "undetermined sales",
    ),
    case("two addresses of credentials", foreign_by(credentialsUri="a", theirs={"credentialsUri": "b"}), "undetermined sales"),
    case(
        "credentials of the environment on one side tell of no account",
        foreign_by(profile="net", theirs={}),
        "undetermined sales",
    ),
    case(
        "one account id said twice", foreign_by(accountId="1111", profile="net", theirs={"accountId": "1111", "profile": "vpc"})
    ),
    case("a grant for another instance", granted_to("other"), "undetermined sales"),
    case(
        "an instance from elsewhere may have been granted it there",
        foreign_by(profile="net", theirs={"profile": "vpc"}, instance="cen-1"),
        "undetermined sales",
    ),
    case("another account's network of this program, and no grant", foreign(), "violated sales"),
    case("a grant that nothing waits for", foreign(grant=True), "violated sales"),
    case(
        "two profiles may be two users of one account",
        by_accounts({"profile": "net"}, {"profile": "sales"}),
        "undetermined sales",
    ),
    case(
        "two pairs of keys may be too",
        by_accounts({"accessKey": "LTAI-net"}, {"accessKey": "LTAI-sales"}),
        "undetermined sales",
    ),
    case(
        "profiles alone, and a grant that nothing waits for",
        by_accounts({"profile": "net"}, {"profile": "sales"}, grant=True),
        "undetermined sales",
    ),
    case(
        "profiles alone, and a grant that comes first",
        by_accounts({"profile": "net"}, {"profile": "sales"}, grant=True, after=["grant"]),
    ),
    case(
        "an owner against a provider without an account number",
        by_accounts({"profile": "net"}, {"profile": "sales"}, childInstanceOwnerId=OWNER),
        "undetermined sales",
    ),
    case(
        "an owner against a provider with another account number",
        by_accounts({"accountId": "1111"}, {"profile": "sales"}, childInstanceOwnerId=OWNER),
        "violated sales",
    ),
    case(
        "an owner that is the provider's own account",
        by_accounts({"accountId": OWNER}, {"profile": "sales"}, childInstanceOwnerId=OWNER),
    ),
    case(
        "the owners of both are said, and differ",
        by_accounts({"profile": "net"}, {"profile": "sales"}, childInstanceOwnerId=OWNER, cenOwnerId="1111"),
        "violated sales",
    ),
    case(
        "account numbers tell whatever the keys are",
        by_accounts({"accountId": "1111", "secretKey": SECRET, "accessKey": SECRET}, {"accountId": "2222", "accessKey": SECRET}),
        "violated sales",
    ),
    case("keys that are secret tell nothing", by_accounts({"accessKey": SECRET}, {"accessKey": SECRET})),
    case(
        "but for a network that the input grants, and a grant that nothing waits for",
        by_accounts({"accessKey": SECRET}, {"accessKey": SECRET}, grant=True),
        "undetermined sales",
    ),
    case(
        "an account number that is not known, and a grant that nothing waits for",
        by_accounts({"accountId": "1111"}, {"accountId": UNKNOWN}, grant=True),
        "undetermined sales",
    ),
    case("and a grant that comes first", by_accounts({"accountId": "1111"}, {"accountId": UNKNOWN}, grant=True, after=["grant"])),
    case("and no grant", by_accounts({"accountId": "1111"}, {"accountId": UNKNOWN})),
    case("a grant that comes first", foreign(grant=True, after=["grant"])),
    case("our own network needs none", a_world().instance().attach("us-west-1", "sales")),
    case("a network that says no owner is ours", elsewhere()),
    case("an owner, and a grant that would stand in another stack", elsewhere(childInstanceOwnerId=OWNER), "undetermined sales"),
    case(
        "the instance's account is said beside no owner, and is the network's",
        by_accounts({"profile": "net"}, {"accountId": "1111"}, cenOwnerId="1111"),
    ),
    case(
        "it is said, and is another one",
        by_accounts({"profile": "net"}, {"accountId": "2222"}, cenOwnerId="1111"),
        "violated sales",
    ),
    case("the owner is the instance's own", elsewhere(childInstanceOwnerId=OWNER, cenOwnerId=OWNER)),
    case("an owner that is not known", elsewhere(childInstanceOwnerId=UNKNOWN), "undetermined sales"),
    case("an owner, and a grant here that nothing waits for", granted(childInstanceOwnerId=OWNER), "violated sales"),
    case("an owner, and a grant here that comes first", granted(childInstanceOwnerId=OWNER, after=["grant"])),
    case(
        "a grant of a network that is not known may be the one",
        granted(network=UNKNOWN, childInstanceOwnerId=OWNER),
        "undetermined sales",
    ),
    case(
        "an owner is said of a network that a provider of another region makes, whose account nothing tells",
        a_world().instance().attach("us-west-1", "sales", childInstanceOwnerId=OWNER),
        "undetermined sales",
    ),
)


@pytest.mark.parametrize(
    ("kind", "resource", "arguments"),
    [
        ("VPC", "TransitRouterGrantAttachment", {"instanceType": "VPC", "cenOwnerId": "1111"}),
        ("VBR", "GrantRuleToCen", {"cenOwnerId": "1111"}),
        ("CCN", "NetworkGrant", {"cenUid": "1111"}),
    ],
)
def test_the_grant_that_is_proposed_is_that_of_the_network(kind, resource, arguments):
    world = by_accounts({"accountId": "1111"}, {"accountId": "2222"}, kind=kind)
    (finding,) = findings_of(world, rules=[ungranted_attachment.RULE]).values()

    grant, waits = edits_by(world, ungranted_attachment.RULE)
    assert grant["type"].endswith(f":{resource}")
    assert grant["properties"].items() >= arguments.items()
    assert grant["properties"]["ccnId" if kind == "CCN" else "instanceId"]["ref"].endswith("::sales-net")
    assert waits["options"]["dependsOn"] == [{"ref": f"new:{grant['name']}", "property": "id"}]
    assert resource in finding.fix.summary


def test_a_leased_line_on_a_router_is_granted_under_the_word_of_the_service():
    world = a_world().provider("ours", region="us-west-1", accountId="1111").provider("theirs", region="us-west-1", accountId="2")
    world.instance().router(None, "near", provider="ours").network("", "line", "VBR", provider="theirs")
    grant, _ = edits_by(world.attach_to("near", "sales", "VBR", network="line"), ungranted_attachment.RULE)

    assert grant["properties"]["instanceType"] == "ExpressConnect"


def test_what_would_settle_the_account_is_named_where_the_owners_provider_makes_the_network():
    """The owner's own stack is this one: its document was asked for."""
    world = foreign_by(theirs={"accessKey": "a"}, accessKey="b", childInstanceOwnerId=OWNER)
    finding = findings_of(world, rules=[ungranted_attachment.RULE])["CEN103 undetermined sales"]
    assert "whether provider ours works in its owner's account" in finding.message
    assert "account_id on provider ours" in finding.fix.summary

    settled = foreign_by(theirs={"accessKey": "a"}, accessKey="b", accountId="1111", childInstanceOwnerId=OWNER)
    assert "CEN103 violated sales" in findings_of(settled, rules=[ungranted_attachment.RULE])


def test_the_grant_is_named_after_the_network_whatever_else_is_called_so():
    """Sentences tell such names apart by the type; a resource's name does not."""
    world = by_accounts({"accountId": "1111"}, {"accountId": "2222"})
    plain = [edit["name"] for edit in edits_by(world, ungranted_attachment.RULE) if edit["op"] == "add"]
    world.instance("sales-net").router("cn-beijing", "sales-net")

    assert (
        [edit["name"] for edit in edits_by(world, ungranted_attachment.RULE) if edit["op"] == "add"]
        == plain
        == ["sales-net-grant"]
    )


@pytest.mark.parametrize(("told", "said"), [(int(OWNER), set()), (2222, {"CEN103 undetermined sales"})])
def test_what_the_service_told_of_an_own_network_tells_whose_the_provider_is(told, said):
    """An attachment that was imported names its own account as the owner."""
    world = a_world().provider("ours", region="us-west-1").instance().network("", "own-net", provider="ours")
    world.attach("us-west-1", "own", network="own-net", provider="ours")
    world.attach("us-west-1", "sales", network="vpc-1", provider="ours", childInstanceOwnerId=OWNER)
    world.standing("core", "own-net", "own")
    world._specs["own"].record.outputs = {"childInstanceOwnerId": told}

    assert set(findings_of(world, rules=[ungranted_attachment.RULE])) == said
