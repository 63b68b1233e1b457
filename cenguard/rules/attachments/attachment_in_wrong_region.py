"""A network is attached as if it lay in another region than the one that creates it.

What it does:
    Compares the region that an attachment declares with the region of the provider that creates its network, the
    provider of a router attachment or peer with the provider of its router, and the provider of a network that is attached
    to a router with that of its attachment.

Why it matters:
    A network lies in the region of its provider. The service looks for it in the declared one and does not find it, in the
    middle of an update. A router takes networks of its own region only. Two networks of one provider can never lie in two regions, whatever that provider's region is.

Example:
    import pulumi
    import pulumi_alicloud as alicloud

    frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
    core = alicloud.cen.Instance("core")
    plant_vpc = alicloud.vpc.Network(
        "plant-vpc", cidr_block="10.3.0.0/16", opts=pulumi.ResourceOptions(provider=frankfurt)
    )
    plant = alicloud.cen.InstanceAttachment(
        "plant",
        instance_id=core.id,
        child_instance_id=plant_vpc.id,
        child_instance_type="VPC",
        child_instance_region_id="us-west-1",
    )

Instead:
    import pulumi
    import pulumi_alicloud as alicloud

    california = alicloud.Provider("california", region="us-west-1")
    core = alicloud.cen.Instance("core")
    plant_vpc = alicloud.vpc.Network(
        "plant-vpc", cidr_block="10.3.0.0/16", opts=pulumi.ResourceOptions(provider=california)
    )
    plant = alicloud.cen.InstanceAttachment(
        "plant",
        instance_id=core.id,
        child_instance_id=plant_vpc.id,
        child_instance_type="VPC",
        child_instance_region_id="us-west-1",
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    aliyun/terraform-provider-alicloud, resource_alicloud_cen_instance_attachment.go: a network has no region input;
    resource_alicloud_cen_transit_router_vpc_attachment.go: the request names the region of the provider, for router and VPC
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Attachment, Network
from cenguard.network.details import Given, Joining
from cenguard.network.faults import may_be_one_region
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.remedies import single
from cenguard.rules.remedies.meant import REGIONAL
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment or peer, and one for each provider of unknown region."""
    sharing: dict[str, list[Joining]] = {}
    for joining in network.details.told:
        if isinstance(joining.item, Attachment) and joining.item.direct:
            if joining.network is None or joining.network.kind not in REGIONAL:
                continue
            if joining.network.region.value is None:
                sharing.setdefault(joining.network.provider, []).append(joining)
            else:
                yield from _direct(network, joining, joining.network.region.value)
        else:
            yield from [*_through_router(network, joining)] or _network_of_another_region(network, joining)
    for joinings in sharing.values():
        yield from _of_one_provider(network, sorted(joinings, key=lambda item: item.urn))


def _direct(network: Network, joining: Joining, home: str) -> Iterator[Finding]:
    item, made = joining.item, joining.network
    if not isinstance(item, Attachment) or made is None or item.region == home:
        return
    yield finding_about(
        joining,
        f"{joining.label} declares its network in {item.region}, but {made.label} is created in {home}, the region of its provider.",
        question=f"{joining.label} declares the region of its network",
        blocker=item.region_blocker if item.region is None else may_be_one_region(network, item.region, home),
        because=(
            f"childInstanceRegionId of {joining.label}: {item.region or 'not known'}",
            f"{made.label} is made by provider {_told(network, made.provider, home)}",
        ),
        fix=f"Set the region of the network to {home}, or create {made.label} with a provider of {item.region}.",
        cause=single.says(joining.urn, {"childInstanceRegionId": home}),
        instance=item.instance,
        related=(made.urn,),
    )


def _of_one_provider(network: Network, joinings: list[Joining]) -> Iterator[Finding]:
    """Networks of one provider whose region nobody tells: in two regions, one of them is wrong whatever it is."""
    made = joinings[0].network
    regions = sorted({item.item.region for item in joinings if isinstance(item.item, Attachment) and item.item.region})
    if made is None or (len(regions) < 2 and all(item.stands for item in joinings)):
        return  # those that stand were accepted
    yield finding_about(
        joinings[0],
        f"Networks of one provider, {evidence.provider_name(made.provider)}, are declared in {evidence.listed(regions)}: they all lie in its one region.",
        question=f"{joinings[0].name} declares the region of its network",
        blocker=may_be_one_region(network, regions[0], regions[-1])
        if len(regions) == 2
        else made.region.blocker
        if len(regions) < 2
        else None,
        because=evidence.some_steps(
            [
                f"{item.label} declares {item.item.region or 'a region that is not known'} for {item.network.name}"
                for item in joinings[: evidence.MOST_NAMED]
                if isinstance(item.item, Attachment) and item.network
            ],
            of=len(joinings),
        ),
        fix="Create each network with a provider of its own region.",
        instance=joinings[0].item.instance,
        related=tuple(item.urn for item in joinings[1:]),
    )


def _through_router(network: Network, joining: Joining) -> Iterator[Finding]:
    router = joining.router
    if router is None or network.details.providers.get(router.urn or "") == joining.provider:
        return
    home: Given[str] = Given(router.region, router.region_blocker)
    if joining.region.value is not None and joining.region.value == home.value:
        return
    certain = joining.region.value is not None and home.value is not None
    if joining.stands and not certain:
        return  # it was accepted, and a state does not tell every provider
    yield finding_about(
        joining,
        f"{joining.label} runs in {joining.region.value}, the region of its provider, but its router {router.label} lies in {home.value}.",
        question=f"{joining.label} runs in the region of router {router.label}",
        blocker=may_be_one_region(network, joining.region.value, home.value)
        if certain
        else joining.region.blocker or home.blocker,
        because=(
            f"provider of {joining.label}: {_told(network, joining.provider, joining.region.value)}",
            f"router {router.label}: region {home.value or 'not known'}{evidence.region_origin(network, router.provider)}",
        ),
        fix="Create it with the provider of its router.",
        instance=joining.item.instance,
        related=(router.address,),
    )


def _network_of_another_region(network: Network, joining: Joining) -> Iterator[Finding]:
    """A network that is attached by a provider of another region than the one that makes it."""
    made = joining.network
    if made is None or made.kind not in REGIONAL or made.provider == joining.provider:
        return
    here, home = joining.region, made.region
    if here.value is not None and here.value == home.value:
        return
    certain = here.value is not None and home.value is not None
    if joining.stands and not certain:
        return  # as above
    yield finding_about(
        joining,
        f"{joining.label} attaches {made.label} in {here.value}, but it is created in {home.value}, the region of its provider: "
        f"a router takes networks of its own region only.",
        question=f"{joining.label} attaches {made.label} in the region that it is created in",
        blocker=may_be_one_region(network, here.value, home.value) if certain else here.blocker or home.blocker,
        because=(
            f"provider of {joining.label}: {_told(network, joining.provider, here.value)}",
            f"{made.label} is made by provider {_told(network, made.provider, home.value)}",
        ),
        fix=f"Create {made.label} with a provider of the router's region, or attach it to a router of its own region.",
        instance=joining.item.instance,
        related=(made.urn,),
    )


def _told(network: Network, provider: str, region: str | None) -> str:
    """A provider with its region, and where that comes from."""
    return f"{evidence.provider_name(provider)}, region {region or 'not known'}{evidence.region_origin(network, provider)}"


RULE = Rule(
    code="CEN101",
    name="attachment-in-wrong-region",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    needs=(Need.REGIONS,),
    page=__doc__,
)
