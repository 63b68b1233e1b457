"""The bandwidth packages of a CEN instance, bought or existing."""

from typing import Any, Optional, Unpack, overload

import pulumi

from cenguard.errors import InvalidIntent
from cenguard.planning.arguments import BandwidthPoolArgs
from cenguard.planning.part_intent import parse_pool
from cenguard_components.bandwidth import hold_packages
from cenguard_components.calling import written
from cenguard_components.children import Children, rejection

TYPE = "alicloud-cen:index:BandwidthPool"


class BandwidthPool(pulumi.ComponentResource):
    """The bandwidth packages of one CEN instance, where another team interconnects the regions.

    Unlike `CenNetwork` it does not know what will draw on the packages, so it cannot check their sizes against a sum.
    """

    package_ids: dict[str, pulumi.Output[str]]
    """Id of each package once it is attached, by area pair such as China/Europe: whatever is given one waits for the
    attachment."""

    @overload
    def __init__(self, resource_name: str, args: BandwidthPoolArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None: ...

    @overload
    def __init__(
        self, resource_name: str, opts: Optional[pulumi.ResourceOptions] = None, **arguments: Unpack[BandwidthPoolArgs]
    ) -> None: ...

    def __init__(self, resource_name: str, *given: Any, opts: Optional[pulumi.ResourceOptions] = None, **arguments: Any) -> None:
        """Buy and attach the packages.

        Args:
            resource_name: logical name; the packages' names begin with it.
            given: the arguments as one map, when they are not keywords.
            opts: options; the packages use their provider.
            arguments: the packages.

        Raises:
            pulumi.InputPropertiesError: with every problem of the arguments, before anything is registered.
        """
        args, opts = written("BandwidthPool", given, opts, arguments)
        try:
            pool = parse_pool(args)
        except InvalidIntent as error:
            raise rejection(error) from None
        super().__init__(TYPE, resource_name, {"packages": {str(item.areas): item.mbps for item in pool.packages}}, opts)
        children = Children(name=resource_name, parent=self)
        held = hold_packages(children, args["cen_id"], pool.packages, pool.terms, pool.existing, protect=pool.protect)
        self.package_ids = {str(areas): pulumi.Output.from_input(package.drawable_id) for areas, package in held.items()}
        self.register_outputs({"packageIds": self.package_ids})
