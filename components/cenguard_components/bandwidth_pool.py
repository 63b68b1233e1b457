"""The bandwidth packages of a CEN instance, bought or existing."""

from typing import NotRequired, Optional, TypedDict

import pulumi

from cenguard.errors import InvalidIntent
from cenguard.planning.part_intent import parse_pool
from cenguard_components.arguments import ExistingPackageArgs
from cenguard_components.bandwidth import hold_packages
from cenguard_components.children import Children, rejection

TYPE = "alicloud-cen:index:BandwidthPool"


class BandwidthPoolArgs(TypedDict):
    """Packages to buy and to attach: one for each area pair."""

    cen_id: pulumi.Input[str]
    """Id of the CEN instance that holds them."""
    payment_type: NotRequired[str]
    """PrePaid (bought at once, not deletable before expiry) or PostPaid (allow-listed accounts). Needed to buy."""
    period: NotRequired[int]
    """Months to buy PrePaid packages for: 1, 2, 3, 6 or 12. Counts at the purchase only."""
    auto_renew: NotRequired[bool]
    """Whether PrePaid packages renew themselves. Counts at the purchase only."""
    sizes: NotRequired[dict[str, int]]
    """Mbps to buy for each area pair, such as China/North-America: 20."""
    existing: NotRequired[dict[str, ExistingPackageArgs]]
    """Packages to attach instead of buying, by area pair."""
    protect: NotRequired[bool]
    """Whether the packages bought here are protected from deletion. True by default."""


class BandwidthPool(pulumi.ComponentResource):
    """The bandwidth packages of one CEN instance, where another team interconnects the regions.

    Unlike `CenNetwork` it does not know what will draw on the packages, so it cannot check their sizes against a sum.
    """

    package_ids: dict[str, pulumi.Output[str]]
    """Id of each package once it is attached, by area pair such as China/Europe: whatever is given one waits for the
    attachment."""

    def __init__(self, name: str, args: BandwidthPoolArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        try:
            pool = parse_pool(args)
        except InvalidIntent as error:
            raise rejection(error) from None
        super().__init__(TYPE, name, {"packages": {str(item.areas): item.mbps for item in pool.packages}}, opts)
        children = Children(name=name, parent=self)
        held = hold_packages(children, args["cen_id"], pool.packages, pool.terms, pool.existing, protect=pool.protect)
        self.package_ids = {str(areas): pulumi.Output.from_input(package.drawable_id) for areas, package in held.items()}
        self.register_outputs({"packageIds": self.package_ids})
