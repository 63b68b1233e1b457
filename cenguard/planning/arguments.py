"""The arguments of the components: names, types, descriptions and checks, stated here and nowhere else.

A program writes them as keywords or as one map, a type checker reads these classes, `argument_shapes` checks what was
written, and the schema for other languages and the components' pages are made of them. The text under each name is its
description for all of these, so it is written for users. What is not an `Input` decides which resources there are, and
must be known when the program runs; what holds between arguments is checked in `cenguard.planning.intent`.
"""

from typing import Annotated, NotRequired

from pydantic import ConfigDict, Field
from typing_extensions import TypedDict, is_typeddict  # pydantic wants these up to Python 3.11

from cenguard.planning.argument_values import (
    Bandwidth,
    BandwidthOrNone,
    BillingName,
    Block,
    EditionName,
    Flag,
    Input,
    Map,
    Months,
    Payment,
    Row,
    Tags,
    Text,
    TwoRegions,
)


class Grant(TypedDict):
    """The permission to attach a network of another account."""

    cen_owner: Input[str]
    """Account that owns the CEN instance."""


class WantedNetwork(TypedDict):
    """One network to attach."""

    region: Text
    """Region the network lies in, such as cn-hangzhou; of a CCN, such as ccn-cn-shanghai."""
    id: Input[str]
    """Id of the network; may be another resource's output."""
    kind: NotRequired[Annotated[Text, Field(default="VPC")]]
    """VPC (the default), VBR or CCN; on the enterprise edition VPC, VBR, VPN or ECR."""
    cidrs: NotRequired[Annotated[Row[Block], Field(default_factory=list)]]
    """IPv4 blocks of the network's vSwitches, such as 10.0.1.0/24: they are what it hands over. Given, they are checked
    against those of the other networks: equal ones collide."""
    owner: NotRequired[Input[str]]
    """Account that owns the network, when it is not yours. States it on the attachment and makes no grant."""
    grant: NotRequired[Grant]
    """Makes the grant as well, with the provider of the owner's account that `grant_providers` holds for this key."""
    name: NotRequired[Text]
    """Name to show for the attachment; enterprise edition. The key stays its identity."""
    tags: NotRequired[Annotated[Tags, Field(default_factory=dict)]]
    """Tags of the attachment, over the network-wide ones; enterprise edition."""
    vswitches: NotRequired[Annotated[Map[str, Input[str]], Field(default_factory=dict)]]
    """vSwitch of a VPC in each zone, such as cn-hangzhou-h, that the router is reached in; enterprise edition."""
    zones: NotRequired[Annotated[Row[Text], Field(default_factory=list)]]
    """Zones of a VPN connection; enterprise edition."""
    table: NotRequired[Text]
    """Key of the route table the network uses, when it is not the region's own; enterprise edition."""


class Mesh(TypedDict):
    """Every region with every other."""

    bandwidth: Bandwidth
    """Mbps of each pair of regions."""
    billing: NotRequired[BillingName]
    """package (the default): drawn on the package of the area pair. traffic: paid by traffic, enterprise edition."""


class Hub(TypedDict):
    """One region with every other."""

    region: Text
    """The region in the middle."""
    bandwidth: Bandwidth
    """Mbps between it and each other region."""
    billing: NotRequired[BillingName]
    """package (the default), or traffic on the enterprise edition."""


class Pair(TypedDict):
    """Two regions that talk."""

    regions: TwoRegions
    """The two regions, in any order."""
    bandwidth: Bandwidth
    """Mbps between them."""
    billing: NotRequired[BillingName]
    """package (the default), or traffic on the enterprise edition."""


class Override(TypedDict):
    """What differs for one pair of regions."""

    bandwidth: NotRequired[BandwidthOrNone]
    """Mbps of this pair; 0 leaves it out."""
    billing: NotRequired[BillingName]
    """package or traffic."""


class Interconnect(TypedDict):
    """Which regions talk at how many Mbps: exactly one of mesh, hub and pairs."""

    mesh: NotRequired[Mesh]
    """Every region with every other."""
    hub: NotRequired[Hub]
    """One region with every other."""
    pairs: NotRequired[Row[Pair]]
    """Only these."""
    billing: NotRequired[BillingName]
    """Who pays where mesh, hub, a pair and an override do not say: package (the default), or traffic on the enterprise
    edition."""
    overrides: NotRequired[Annotated[Map[str, Override], Field(default_factory=dict)]]
    """What differs for single pairs, by the two regions with a slash between, such as cn-beijing/us-west-1."""


class ExistingPackage(TypedDict):
    """A bandwidth package that was bought elsewhere."""

    id: Input[str]
    """Id of the package; may be another resource's output."""
    bandwidth: Bandwidth
    """Mbps it holds."""
    attached: NotRequired[Annotated[Flag, Field(default=False)]]
    """True when the (existing) instance holds it already, so that nothing is left to attach. False by default."""


class Packages(TypedDict):
    """The bandwidth packages: one for each area pair that something draws on. No payment is chosen for you."""

    payment_type: NotRequired[Payment]
    """PrePaid (bought at once, not deletable before expiry) or PostPaid (allow-listed accounts). Needed to buy."""
    period: NotRequired[Months]
    """Months to buy PrePaid packages for: 1, 2, 3 or 6. Counts at the purchase only."""
    auto_renew: NotRequired[Flag]
    """Whether PrePaid packages renew themselves. Counts at the purchase only."""
    sizes: NotRequired[Annotated[Map[str, Bandwidth], Field(default_factory=dict)]]
    """Mbps to buy for each area pair, such as China/North-America: 20."""
    existing: NotRequired[Annotated[Map[str, ExistingPackage], Field(default_factory=dict)]]
    """Packages to use instead of buying, by area pair."""


class Instance(TypedDict):
    """The CEN instance."""

    name: NotRequired[Text]
    """Name to show; the component's name by default."""
    tags: NotRequired[Annotated[Tags, Field(default_factory=dict)]]
    """Tags of the instance, over the network-wide ones."""
    existing_id: NotRequired[Input[str]]
    """Id of an instance to use instead of making one."""


class RouteTable(TypedDict):
    """A route table beside the one that each region has anyway."""

    region: Text
    """Region of the router it belongs to."""
    name: NotRequired[Text]
    """Name to show."""


class CenNetworkArgs(TypedDict):
    """What a network attaches, who talks to whom, and what is bought for it."""

    networks: Map[str, WantedNetwork]
    """Networks to attach, by a key of your choice. The key names every child, so renaming it replaces them."""
    edition: EditionName
    """enterprise: transit routers and peers; for new networks. basic: attachments and bandwidth limits; the service no
    longer sells it outside the regions of Cloud Connect Networks."""
    interconnect: NotRequired[Interconnect]
    """Which regions talk. May be left out only when all networks lie in one region."""
    packages: NotRequired[Packages]
    """Bandwidth packages to buy or to use."""
    instance: NotRequired[Instance]
    """The CEN instance: its name and tags, or the id of an existing one."""
    route_tables: NotRequired[Map[str, RouteTable]]
    """Route tables of your own, by key; enterprise edition."""
    apart: NotRequired[Row[Row[Text]]]
    """Route tables to keep apart in all regions, such as [["prod-a", "dev-b"]]: the networks of each do not reach those of
    the others. Tables alone part networks within a region only; enterprise edition."""
    router_cidrs: NotRequired[Map[str, Row[Block]]]
    """Blocks of a region's router, by region, such as eu-central-1: [192.168.10.0/24]. VPN connections take the addresses of
    their gateways from them, and wait for them; enterprise edition."""
    tags: NotRequired[Tags]
    """Tags of everything that can carry them. Bandwidth packages and basic attachments cannot."""
    protect: NotRequired[Flag]
    """Whether the instance and the packages bought here are protected from deletion. True by default."""
    areas: NotRequired[Map[str, Text]]
    """Areas of regions that the catalogue cannot place, such as na-south-1: North-America."""
    aliases: NotRequired[Map[str, Text]]
    """What a child was called before, so that moving it in here replaces nothing: place to URN, or to the name that it
    had at the root of the stack. Places read like arguments: instance, networks.KEY, packages.A/B,
    package_attachments.A/B, interconnections.a/b."""


class StandingRouter(TypedDict):
    """A transit router that another stack made, and its route tables."""

    id: Input[str]
    """Id of the router; may be another stack's output."""
    table_id: Input[str]
    """Id of the table that networks use which name no other, and in which every network is known."""
    route_tables: NotRequired[Map[str, Input[str]]]
    """Ids of further tables, by the key that networks name as their `table`."""


class RegionalHubArgs(TypedDict):
    """What is attached to a CEN instance in one region."""

    cen_id: Input[str]
    """Id of the CEN instance."""
    region: Text
    """The region. On the enterprise edition a provider in the options must be of this region; without one it is made."""
    edition: EditionName
    """enterprise: the region gets a transit router; for new networks. basic: networks are attached directly; the service
    no longer sells it outside the regions of Cloud Connect Networks."""
    networks: Map[str, WantedNetwork]
    """Networks of the region, by a key of your choice; the key names their resources."""
    route_tables: NotRequired[Map[str, RouteTable]]
    """Route tables beside the region's own, by key; enterprise edition."""
    router: NotRequired[StandingRouter]
    """A router that stands, to use instead of making one; enterprise edition."""
    router_cidrs: NotRequired[Row[Block]]
    """Blocks of the router that is made, such as 192.168.10.0/24. VPN connections take the addresses of their gateways from
    them, and wait for them; enterprise edition."""
    tags: NotRequired[Tags]
    """Tags of everything that can carry them."""


class InterconnectionArgs(Pair):
    """Two regions, their Mbps, and who pays."""

    cen_id: Input[str]
    """Id of the CEN instance."""
    edition: EditionName
    """enterprise: a peer between the two regions' routers; for new networks. basic: a bandwidth limit; the service no
    longer sells that edition outside the regions of Cloud Connect Networks."""
    package_id: NotRequired[Input[str]]
    """Id of the package of the two regions' areas, as BandwidthPool hands it out; not with traffic."""
    attachment_ids: NotRequired[Row[Input[str]]]
    """Ids of the network attachments at both ends, which a bandwidth limit waits for; basic edition."""
    transit_router_ids: NotRequired[Map[str, Input[str]]]
    """Id of each end's transit router, by region; enterprise edition."""
    table_ids: NotRequired[Map[str, Input[str]]]
    """Id of the route table that the peer uses at each end, by region; enterprise edition."""
    route_table_ids: NotRequired[Map[str, Map[str, Input[str]]]]
    """Ids of further tables that learn the other region's routes, by region and by key, as RegionalHub hands them out. The
    networks of a table that is left out are reached from the other region, and cannot answer; enterprise edition."""
    tags: NotRequired[Tags]
    """Tags of the peer; enterprise edition."""


class BandwidthPoolArgs(Packages):
    """Packages to buy and to attach: one for each area pair."""

    cen_id: Input[str]
    """Id of the CEN instance that holds them."""
    protect: NotRequired[Flag]
    """Whether the packages bought here are protected from deletion. True by default."""


for _kind in list(vars().values()):
    if is_typeddict(_kind):
        _kind.__pydantic_config__ = ConfigDict(extra="forbid")  # a name that is not known is a mistake
