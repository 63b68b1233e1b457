"""One region of a network: its router, the networks attached there, and their routing."""

from typing import NotRequired, Optional, TypedDict

import pulumi

from cenguard.errors import InvalidIntent, Problem
from cenguard.planning.intent import parse
from cenguard.planning.plan import Edition
from cenguard_components.arguments import NetworkArgs, RouteTableArgs
from cenguard_components.basic import attach_networks
from cenguard_components.children import Children, rejection
from cenguard_components.enterprise import attach_to_router, make_hub
from cenguard_components.providers import carried_provider, regional_providers

TYPE = "alicloud-cen:index:RegionalHub"


class RegionalHubArgs(TypedDict):
    """What is attached to a CEN instance in one region."""

    cen_id: pulumi.Input[str]
    """Id of the CEN instance."""
    region: str
    """The region. On the enterprise edition a provider in the options must be of this region; without one it is made."""
    edition: str
    """basic: networks are attached directly. enterprise: the region gets a transit router."""
    networks: dict[str, NetworkArgs]
    """Networks of the region, by a key of your choice; the key names their resources."""
    route_tables: NotRequired[dict[str, RouteTableArgs]]
    """Route tables beside the region's own, by key; enterprise edition."""
    tags: NotRequired[dict[str, pulumi.Input[str]]]
    """Tags of everything that can carry them."""


class RegionalHub(pulumi.ComponentResource):
    """One region of a network, for teams with an account or a stack a region.

    On the enterprise edition it runs on the provider of its options, which must be the region's, else on one it makes.
    """

    attachment_ids: dict[str, pulumi.Output[str]]
    """Id of each network's attachment, by the network's key."""
    transit_router_id: Optional[pulumi.Output[str]]
    """Id of the region's transit router; none on the basic edition."""
    table_id: Optional[pulumi.Output[str]]
    """Id of the region's own route table, which peers use; none on the basic edition."""
    route_table_ids: dict[str, pulumi.Output[str]]
    """Id of each route table of your own, by key."""

    def __init__(self, name: str, args: RegionalHubArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None:
        region = args.get("region")
        whole = {key: value for key, value in args.items() if key not in ("cen_id", "region")}
        whole["instance"] = {"existing_id": args.get("cen_id")}
        problems = [] if args.get("cen_id") is not None else [Problem("cen_id", "missing: the id of the CEN instance")]
        try:
            intent = parse(whole, subject="RegionalHub")
        except InvalidIntent as error:
            found = [Problem(item.path.replace("instance.existing_id", "cen_id"), item.reason) for item in error.problems]
            raise rejection(InvalidIntent("RegionalHub", {*found, *problems})) from None
        problems += [
            Problem(f"networks.{key}.region", f'"{network.region}" is not the hub\'s region, {region}')
            for key, network in intent.networks.items()
            if network.region != region
        ]
        problems += [
            Problem(f"networks.{key}.grant", "is made beside the hub, in the owner's account; make the hub wait for it")
            for key, network in intent.networks.items()
            if network.grant is not None
        ]
        if problems:
            raise rejection(InvalidIntent("RegionalHub", problems))
        super().__init__(TYPE, name, {"region": region, "edition": str(intent.edition)}, opts)
        children = Children(name=name, parent=self)
        cen_id: pulumi.Input[str] = args["cen_id"]
        self.transit_router_id = self.table_id = None
        self.route_table_ids = {}
        if intent.edition is Edition.BASIC:
            direct = attach_networks(children, cen_id, intent.networks, {})
            self.attachment_ids = {key: attachment.id for key, attachment in direct.items()}
        else:
            made = None if carried_provider(opts) else regional_providers(children, [str(region)], {})[str(region)]
            hub = make_hub(children, cen_id, str(region), intent.route_tables, intent.tags, made)
            self.attachment_ids = {
                key: attach_to_router(children, cen_id, key, network, hub, intent.tags).id
                for key, network in intent.networks.items()
            }
            self.transit_router_id = pulumi.Output.from_input(hub.router_id)
            self.table_id = pulumi.Output.from_input(hub.table_id)
            self.route_table_ids = {key: table.transit_router_route_table_id for key, table in hub.tables.items()}
        self.register_outputs(
            {
                "attachmentIds": self.attachment_ids,
                "transitRouterId": self.transit_router_id,
                "tableId": self.table_id,
                "routeTableIds": self.route_table_ids,
            }
        )
