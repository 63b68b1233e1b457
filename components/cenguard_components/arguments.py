"""The arguments of `CenNetwork`, as a program writes them and as the package's schema describes them.

The docstring under each key becomes its description for every Pulumi language, so they are written for users. What is
not an `Input` decides which resources there are and must be known when the program runs.
"""

from typing import NotRequired, TypedDict

import pulumi


class GrantArgs(TypedDict):
    """The permission to attach a network of another account."""

    cen_owner: pulumi.Input[str]
    """Account that owns the CEN instance."""


class NetworkArgs(TypedDict):
    """One network to attach."""

    region: str
    """Region the network lies in, such as cn-hangzhou; of a CCN, such as ccn-cn-shanghai."""
    id: pulumi.Input[str]
    """Id of the network; may be another resource's output."""
    kind: NotRequired[str]
    """VPC (the default), VBR or CCN; on the enterprise edition VPC, VBR, VPN or ECR."""
    cidrs: NotRequired[list[str]]
    """IPv4 blocks of the network's vSwitches, such as 10.0.1.0/24: they are what it hands over. Given, they are checked
    against those of the other networks: equal ones collide."""
    owner: NotRequired[pulumi.Input[str]]
    """Account that owns the network, when it is not yours. States it on the attachment and makes no grant."""
    grant: NotRequired[GrantArgs]
    """Makes the grant as well, with the provider of the owner's account that `grant_providers` holds for this key."""
    name: NotRequired[str]
    """Name to show for the attachment; enterprise edition. The key stays its identity."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags of the attachment, over the network-wide ones; enterprise edition."""
    vswitches: NotRequired[dict[str, pulumi.Input[str]]]
    """vSwitch of a VPC in each zone, such as cn-hangzhou-h, that the router is reached in; enterprise edition."""
    zones: NotRequired[list[str]]
    """Zones of a VPN connection; enterprise edition."""
    table: NotRequired[str]
    """Key of the route table the network uses, when it is not the region's own; enterprise edition."""


class MeshArgs(TypedDict):
    """Every region with every other."""

    bandwidth: int
    """Mbps of each pair of regions."""
    billing: NotRequired[str]
    """package (the default): drawn on the package of the area pair. traffic: paid by traffic, enterprise edition."""


class HubArgs(TypedDict):
    """One region with every other."""

    region: str
    """The region in the middle."""
    bandwidth: int
    """Mbps between it and each other region."""
    billing: NotRequired[str]
    """package (the default) or traffic."""


class PairArgs(TypedDict):
    """Two regions that talk."""

    regions: list[str]
    """The two regions, in any order."""
    bandwidth: int
    """Mbps between them."""
    billing: NotRequired[str]
    """package (the default) or traffic."""


class OverrideArgs(TypedDict):
    """What differs for one pair of regions."""

    bandwidth: NotRequired[int]
    """Mbps of this pair; 0 leaves it out."""
    billing: NotRequired[str]
    """package or traffic."""


class InterconnectArgs(TypedDict):
    """Which regions talk at how many Mbps: exactly one of mesh, hub and pairs."""

    mesh: NotRequired[MeshArgs]
    """Every region with every other."""
    hub: NotRequired[HubArgs]
    """One region with every other."""
    pairs: NotRequired[list[PairArgs]]
    """Only these."""
    overrides: NotRequired[dict[str, OverrideArgs]]
    """What differs for single pairs, by the two regions with a slash between, such as cn-beijing/us-west-1."""


class ExistingPackageArgs(TypedDict):
    """A bandwidth package that was bought elsewhere."""

    id: pulumi.Input[str]
    """Id of the package; may be another resource's output."""
    bandwidth: int
    """Mbps it holds."""
    attached: NotRequired[bool]
    """True when the (existing) instance holds it already, so that nothing is left to attach. False by default."""


class PackagesArgs(TypedDict):
    """The bandwidth packages: one for each area pair that something draws on. No payment is chosen for you."""

    payment_type: NotRequired[str]
    """PrePaid (bought at once, not deletable before expiry) or PostPaid (allow-listed accounts). Needed to buy."""
    period: NotRequired[int]
    """Months to buy PrePaid packages for: 1, 2, 3, 6 or 12. Counts at the purchase only."""
    auto_renew: NotRequired[bool]
    """Whether PrePaid packages renew themselves. Counts at the purchase only."""
    sizes: NotRequired[dict[str, int]]
    """Mbps to buy for each area pair, such as China/North-America: 20."""
    existing: NotRequired[dict[str, ExistingPackageArgs]]
    """Packages to use instead of buying, by area pair."""


class InstanceArgs(TypedDict):
    """The CEN instance."""

    name: NotRequired[str]
    """Name to show; the component's name by default."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags of the instance, over the network-wide ones."""
    existing_id: NotRequired[pulumi.Input[str]]
    """Id of an instance to use instead of making one."""


class RouteTableArgs(TypedDict):
    """A route table beside the one that each region has anyway."""

    region: str
    """Region of the router it belongs to."""
    name: NotRequired[str]
    """Name to show."""


class CenNetworkArgs(TypedDict):
    """What a network attaches, who talks to whom, and what is bought for it."""

    networks: dict[str, NetworkArgs]
    """Networks to attach, by a key of your choice. The key names every child, so renaming it replaces them."""
    edition: str
    """basic: attachments and bandwidth limits. enterprise: transit routers and peers."""
    interconnect: NotRequired[InterconnectArgs]
    """Which regions talk. May be left out only when all networks lie in one region."""
    packages: NotRequired[PackagesArgs]
    """Bandwidth packages to buy or to use."""
    instance: NotRequired[InstanceArgs]
    """The CEN instance: its name and tags, or the id of an existing one."""
    route_tables: NotRequired[dict[str, RouteTableArgs]]
    """Route tables of your own, by key; enterprise edition."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags of everything that can carry them. Bandwidth packages and basic attachments cannot."""
    protect: NotRequired[bool]
    """Whether the instance and the packages bought here are protected from deletion. True by default."""
    areas: NotRequired[dict[str, str]]
    """Areas of regions that the catalogue cannot place, such as na-south-1: North-America."""
    aliases: NotRequired[dict[str, str]]
    """What a child was called before, so that moving it in here replaces nothing: place to URN, or to the name that it
    had at the root of the stack. Places read like arguments: instance, networks.KEY, packages.A/B,
    package_attachments.A/B, interconnections.a/b."""
