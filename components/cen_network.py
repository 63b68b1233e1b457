"""A global network on one CEN instance, from who talks to whom at how many Mbps."""

from collections import defaultdict
from typing import Any, Optional

import pulumi
import pulumi_alicloud as alicloud

from cenguard.errors import InvalidIntent
from cenguard.intent import Intent, parse
from cenguard.network_checks import overlaps
from cenguard.plan import Plan
from components.arguments import CenNetworkArgs
from components.bandwidth import hold_packages
from components.basic import attach_networks, limit_pairs
from components.children import Children, rejection

TYPE = "alicloud-cen:index:CenNetwork"


class CenNetwork(pulumi.ComponentResource):
    """Networks in several regions that reach each other at the Mbps you say.

    The area pairs, what is drawn on the package of each, and the bandwidth limits follow from the regions; the sizes of
    the packages are yours to state, and are checked against the sum.
    """

    cen_id: pulumi.Output[str]
    """Id of the CEN instance."""
    attachment_ids: dict[str, pulumi.Output[str]]
    """Id of each network's attachment, by the network's key."""
    package_ids: dict[str, pulumi.Output[str]]
    """Id of each bandwidth package, by area pair such as China/Europe."""
    interconnection_ids: dict[str, pulumi.Output[str]]
    """Id of the bandwidth limit or peer of each pair of regions, by pair such as cn-beijing/us-west-1."""
    transit_router_ids: dict[str, pulumi.Output[str]]
    """Id of the transit router of each region; none on the basic edition."""
    route_table_ids: dict[str, pulumi.Output[str]]
    """Id of each route table of your own, by key; none on the basic edition."""

    def __init__(self, name: str, args: CenNetworkArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        try:
            intent = parse(args)
        except InvalidIntent as error:
            raise rejection(error) from None
        super().__init__(TYPE, name, _seen_by_policies(intent.plan), opts)
        self._plan = intent.plan
        for overlap in overlaps(intent.networks):
            pulumi.log.warn(str(overlap), self)
        self._build(name, intent)
        self.register_outputs(
            {
                "cenId": self.cen_id,
                "attachmentIds": self.attachment_ids,
                "packageIds": self.package_ids,
                "interconnectionIds": self.interconnection_ids,
                "transitRouterIds": self.transit_router_ids,
                "routeTableIds": self.route_table_ids,
            }
        )

    @property
    def plan(self) -> Plan:
        """What was planned: printable, and the same as `cenguard.intent.parse(args).plan`."""
        return self._plan

    def _build(self, name: str, intent: Intent) -> None:
        children = Children(name=name, parent=self, aliases={})
        instance = intent.instance
        cen_id: pulumi.Input[str]
        if instance.existing_id is None:
            shown = instance.name or name
            cen_id = alicloud.cen.Instance(
                children.named(),
                cen_instance_name=shown,
                tags={**intent.tags, **instance.tags} or None,
                opts=children.options("instance", protect=intent.protect),
            ).id
        else:
            cen_id = instance.existing_id
        attachments = attach_networks(children, cen_id, intent.networks)
        held = hold_packages(children, cen_id, intent.plan.packages, intent.packages, intent.existing, protect=intent.protect)
        ends: defaultdict[str, list[pulumi.Resource]] = defaultdict(list)
        for key, network in intent.networks.items():
            ends[network.region].append(attachments[key])
        limits = limit_pairs(children, cen_id, intent.plan.interconnections, held, ends)
        self.cen_id = pulumi.Output.from_input(cen_id)
        self.attachment_ids = {key: attachment.id for key, attachment in attachments.items()}
        self.package_ids = {str(areas): pulumi.Output.from_input(package.id) for areas, package in held.items()}
        self.interconnection_ids = {str(pair): limit.id for pair, limit in limits.items()}
        self.transit_router_ids = {}
        self.route_table_ids = {}


def _seen_by_policies(plan: Plan) -> dict[str, Any]:
    """The component's inputs as the engine, its previews and policies see them: the plan, without ids."""
    return {
        "edition": str(plan.edition),
        "regions": list(plan.regions),
        "interconnections": {str(item.regions): item.mbps for item in plan.interconnections},
        "packages": {str(package.areas): package.mbps for package in plan.packages},
    }
