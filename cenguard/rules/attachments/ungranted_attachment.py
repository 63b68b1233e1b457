"""Another account's network is attached before its owner has granted it.

What it does:
    Finds attachments of other accounts' networks: an owner is given, or the program itself creates the network with another
    account's provider. Such an attachment must depend on a grant. That two accounts differ is certain from their numbers
    only: the owner, `account_id`, the number in the role that is assumed, or the owner that the service told of a network
    that a provider made and attached. Two profiles or pairs of keys may be two users of one account, so the answer stays
    open. What is attached already was granted.

Why it matters:
    The owner's grant comes first. Without it, or while it is still on its way, the service refuses the attachment.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    owner = alicloud.Provider("owner", region="us-west-1", account_id="1234567890123456", profile="sales")
    ours = alicloud.Provider("ours", region="cn-beijing", account_id="6543210987654321", profile="net")
    core = alicloud.cen.Instance("core", opts=pulumi.ResourceOptions(provider=ours))
    sales_vpc = alicloud.vpc.Network(
        "sales-vpc", cidr_block="10.2.0.0/16", opts=pulumi.ResourceOptions(provider=owner)
    )
    sales = alicloud.cen.InstanceAttachment(
        "sales",
        instance_id=core.id,
        child_instance_id=sales_vpc.id,
        child_instance_type="VPC",
        child_instance_region_id="us-west-1",
        child_instance_owner_id="1234567890123456",
        opts=pulumi.ResourceOptions(provider=ours),
    )

Instead:
    import pulumi
    import pulumi_alicloud as alicloud

    owner = alicloud.Provider("owner", region="us-west-1", account_id="1234567890123456", profile="sales")
    ours = alicloud.Provider("ours", region="cn-beijing", account_id="6543210987654321", profile="net")
    core = alicloud.cen.Instance("core", opts=pulumi.ResourceOptions(provider=ours))
    sales_vpc = alicloud.vpc.Network(
        "sales-vpc", cidr_block="10.2.0.0/16", opts=pulumi.ResourceOptions(provider=owner)
    )
    grant = alicloud.cen.TransitRouterGrantAttachment(
        "grant",
        cen_id=core.id,
        cen_owner_id="6543210987654321",
        instance_id=sales_vpc.id,
        instance_type="VPC",
        opts=pulumi.ResourceOptions(provider=owner),
    )
    sales = alicloud.cen.InstanceAttachment(
        "sales",
        instance_id=core.id,
        child_instance_id=sales_vpc.id,
        child_instance_type="VPC",
        child_instance_region_id="us-west-1",
        child_instance_owner_id="1234567890123456",
        opts=pulumi.ResourceOptions(provider=ours, depends_on=[grant]),
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When grants are always made outside Pulumi.

Source:
    AttachCenChildInstance; GrantInstanceToTransitRouter, `InstanceType`; GrantInstanceToCbn; the FAQ of CEN (66205)
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Add, Cause, Draft, Ref, Remedy, Value
from cenguard.geography.grants import CCN_GRANT, GRANT_WORDS, TRANSIT_ROUTER_GRANT, grant_for
from cenguard.network import Attachment, Blocker, Network
from cenguard.network.details import Account, Grant, Joining
from cenguard.network.once import once
from cenguard.resources.default_providers import is_default_name
from cenguard.resources.provider_names import provider_name
from cenguard.resources.urns import name_in_urn
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.remedies import parts, single
from cenguard.rules.rule import Effect, Rule, Scope, absence, shared_hint

_ELSEWHERE = "a grant is usually made in the owner's own stack"


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment that no grant comes before."""
    details = network.details
    by_network: dict[str, list[Grant]] = {}
    open_grants: list[Grant] = []
    for grant in details.grants:
        if grant.network.value is not None:
            by_network.setdefault(grant.network.value, []).append(grant)
        elif grant.network.blocker:
            open_grants.append(grant)
    for joining in details.joinings.values() if details.tells_owners else details.told:
        if not isinstance(joining.item, Attachment):
            continue
        here = by_network.get(joining.network_address or "", []) if by_network else []
        grants = [grant for grant in here if _fits(grant, joining)]
        if not _foreign(network, joining, granted=bool(grants)):
            continue
        if any(not grant.urn or network.order.waits_for_any(joining.urn, {grant.urn}) for grant in (*grants, *open_grants)):
            continue  # what leaves the program and stays in the cloud is there already
        if _is_accepted(network, joining):
            continue
        yield _finding(network, joining, grants, open_grants)


def _is_accepted(network: Network, joining: Joining) -> bool:
    """Whether the network is attached already, so that it was granted, and no grant for it leaves."""
    base = network.earlier
    old = joining if base is None else base.details.joinings.get(joining.urn)
    if old is None or not old.item.stands or old.network_address != joining.network_address:
        return False
    if base is None:
        return True
    now = {grant.urn for grant in network.details.grants}
    same = old.item.instance.address == joining.item.instance.address
    return same and all(grant.urn in now for grant in base.details.grants if grant.network.value == joining.network_address)


def _fits(grant: Grant, joining: Joining) -> bool:
    """Whether a grant is, or may be, for the instance of the attachment."""
    theirs, ours = grant.instance, joining.item.instance
    return theirs is ours or theirs.may_be(ours) or ours.may_be(theirs) or not (theirs.identified or ours.identified)


def _another_account(network: Network, joining: Joining) -> bool | None:
    """Whether the network is another account's; None where no two account numbers tell."""
    made, accounts = joining.network, network.details.accounts
    if made is not None and made.provider == joining.provider:
        return False
    ours = accounts.get(joining.provider, Account())
    theirs = accounts.get(made.provider, Account()) if made is not None else Account()
    owner, instance_owner = joining.owner.value or theirs.number, joining.instance_owner.value or ours.number
    if owner and not instance_owner:
        instance_owner = _numbers_told(network).get(joining.provider)
    if owner and instance_owner:
        return owner != instance_owner
    if made is None or joining.owner.is_set or not (made.provider in accounts and joining.provider in accounts):
        return None
    return ours.is_another(theirs)


@once
def _numbers_told(network: Network) -> dict[str, str]:
    """Account numbers of providers that attach networks of their own, whose owner the service told."""
    found: dict[str, str] = {}
    for joining in network.details.joinings.values():
        made, number = joining.network, joining.owner_told
        if number and made is not None and made.provider == joining.provider:
            found[joining.provider] = number
    return found


def _foreign(network: Network, joining: Joining, *, granted: bool) -> bool:
    """Whether the network is another account's, or may be."""
    if joining.network is None and not joining.owner.is_set:
        return False  # nearly always
    another = _another_account(network, joining)
    if another is not None:
        return another
    return joining.owner.is_set or _untold(network, joining, granted=granted) is not None


def _untold(network: Network, joining: Joining, *, granted: bool) -> Blocker | None:
    """Why two providers that differ do not tell whether they work in one account.

    What is secret or not known yet says nothing, neither way; beside a grant for the network in the input it asks.
    """
    made, accounts = joining.network, network.details.accounts
    if made is None or made.provider == joining.provider or joining.owner.is_set:
        return None
    told = made.provider in accounts and joining.provider in accounts
    if not told and not granted:
        return None
    names = " and ".join(sorted(map(evidence.provider_name, (made.provider, joining.provider))))
    differ = "use different credentials" if told else "have credentials that are secret, or not known"
    text = f"providers {names} {differ}, and nothing says whether of one account"
    return Blocker(f"account {names}", text, "account_id on both providers, or the owner on the attachment, would settle it")


def _finding(network: Network, joining: Joining, grants: list[Grant], open_grants: list[Grant]) -> Finding:
    made = joining.network
    here = made is not None and _another_account(network, joining) is True
    name = made.name if made else joining.network_address or "the network"
    blocker: Blocker | None = None
    if grants:
        whose = " of another account" if _another_account(network, joining) else ", for which it names an owner,"
        text = f"{joining.label} attaches {name}{whose} and does not depend on the grant {grants[0].name}: it may come too early."
        blocker = network.order_blocker(joining.urn, [grant.urn for grant in grants]) or (
            None if here else _untold(network, joining, granted=True)
        )
        if not here and joining.owner.blocker:
            blocker = joining.owner.blocker
        fix = f"Let it depend on {grants[0].name}."
    else:
        text = f"{joining.label} attaches {name}, which another account's provider creates here, and nothing grants it."
        grant = evidence.with_article(evidence.type_word(_token(_grant_for(joining)), joining.urn))
        fix = f"Let the owner's provider create {grant}, and depend on it."
        if open_grants:
            blocker = open_grants[0].network.blocker
        elif not here:
            blocker = _untold(network, joining, granted=False) or (
                joining.owner.blocker or joining.network_id.blocker if made is None and joining.network_address is None else None
            )
            blocker = blocker or _ungranted(joining, name)
    instance = joining.item.instance
    blocker = blocker or absence(instance, None)
    return finding_about(
        joining,
        text + shared_hint(instance, blocker),
        question=f"the owner of {name} has granted it to {joining.item.instance.label}",
        blocker=blocker,
        because=(
            f"owner of {name}: {joining.owner.value or ('the account of another provider' if here else 'not known')}",
            f"grants for it: {', '.join(grant.name for grant in grants) or 'none'}",
        ),
        fix=fix,
        cause=single.waits_for(joining.urn, [grants[0].urn]) if grants else _cause(network, joining),
        instance=instance,
        related=tuple(grant.urn for grant in grants),
    )


def _ungranted(joining: Joining, name: str) -> Blocker:
    """Why nobody knows whether what the input does not grant is granted."""
    made = joining.network
    ours = name_in_urn(joining.provider)
    if made is not None and made.provider != joining.provider and ours:  # the owner's provider is in this program
        is_default = provider_name(joining.provider) is None and is_default_name(joining.provider)
        whose = "the default provider" if is_default else f"provider {ours}"
        number = "alicloud:accountId in the stack's configuration" if is_default else f"account_id on {whose}"
        text = f"no grant for {name} is in the input, and nothing says whether {whose} works in its owner's account"
        return Blocker(f"grant {joining.urn}", text, f"{number}, or the grant, would settle it")
    text = f"no grant for {name} is in the input; {_ELSEWHERE}"
    return Blocker(f"grant {joining.urn}", text, "the document of the owner's stack would settle it")


def _grant_for(joining: Joining) -> str:
    """The resource that grants what is attached."""
    item = joining.item
    kind = joining.network.kind if joining.network else item.kind if isinstance(item, Attachment) else ""
    return grant_for(kind, direct=isinstance(item, Attachment) and item.direct)


def _token(grant: str) -> str:
    module, name = grant.split(".")
    return f"alicloud:{module}/{name[0].lower()}{name[1:]}:{name}"


def _cause(network: Network, joining: Joining) -> Cause | None:
    """The grant of a network that the input creates, where both accounts are known."""
    made, instance = joining.network, joining.item.instance
    ours = joining.instance_owner.value or network.details.accounts.get(joining.provider, Account()).number
    token = _token(_grant_for(joining))
    granted = parts.id_of(instance)
    if made is None or ours is None or granted is None or not joining.item.declared:
        return None
    told: dict[str, Value] = {"cenId": granted}
    if _grant_for(joining) == CCN_GRANT:
        told |= {"cenUid": ours, "ccnId": Ref(made.urn)}
    else:
        told |= {"cenOwnerId": ours, "instanceId": Ref(made.urn)}
    if _grant_for(joining) == TRANSIT_ROUTER_GRANT:
        told |= {"instanceType": GRANT_WORDS[made.kind], "orderType": "PayByCenOwner"}
    provider = network.surroundings.provider_of(made.urn)

    def edits(draft: Draft) -> Remedy:
        grant = Add(name=draft.name(parts.plain(f"{made.name}-grant")), type=token, properties=told, provider=provider)
        return Remedy((grant, parts.setting(joining.urn, waits=[parts.added(grant.name)])))

    return single.made_by(("grant", joining.urn), edits)


RULE = Rule(
    code="CEN103",
    name="ungranted-attachment",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    spares_standing=True,
    needs=(Need.ORDER,),
    page=__doc__,
)
