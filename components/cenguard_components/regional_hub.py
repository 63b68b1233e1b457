"""One region of a network: its router, the networks attached there, and their routing."""

from collections.abc import Mapping
from typing import Any, Optional, Unpack, overload

import pulumi

from cenguard.errors import InvalidIntent, Problem
from cenguard.planning.argument_shapes import shape, strangers, value
from cenguard.planning.arguments import RegionalHubArgs, StandingRouter
from cenguard.planning.intent import parse
from cenguard.planning.plan import Edition, Plan
from cenguard_components.basic import attach_networks
from cenguard_components.calling import written
from cenguard_components.children import Children, rejection
from cenguard_components.enterprise import attach_to_router, make_hub
from cenguard_components.providers import carried_provider, regional_providers

TYPE = "alicloud-cen:index:RegionalHub"


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

    @overload
    def __init__(self, resource_name: str, args: RegionalHubArgs, opts: Optional[pulumi.ResourceOptions] = None) -> None: ...

    @overload
    def __init__(
        self, resource_name: str, opts: Optional[pulumi.ResourceOptions] = None, **arguments: Unpack[RegionalHubArgs]
    ) -> None: ...

    def __init__(self, resource_name: str, *given: Any, opts: Optional[pulumi.ResourceOptions] = None, **arguments: Any) -> None:
        """Attach the networks of a region.

        Args:
            resource_name: logical name; the children's names begin with it.
            given: the arguments as one map, when they are not keywords.
            opts: options; on the enterprise edition their provider is the region's.
            arguments: the region and its networks.

        Raises:
            pulumi.InputPropertiesError: with every problem of the arguments, before anything is registered.
        """
        args, opts = written("RegionalHub", given, opts, arguments)
        problems = strangers(args, RegionalHubArgs)
        problems += [Problem(key, "missing") for key in ("cen_id", "region") if args.get(key) is None]
        region = args.get("region")
        if region is not None:
            value(RegionalHubArgs, "region", region, problems)
        shared = {key: item for key, item in args.items() if key in ("edition", "networks", "route_tables", "tags")}
        standing = None if args.get("router") is None else shape(StandingRouter, args["router"], "router", problems)
        theirs = {} if standing is None else dict(standing.get("route_tables", {}))
        if theirs and isinstance(shared.get("route_tables") or {}, Mapping):
            made = dict(shared.get("route_tables") or {})
            problems += [
                Problem(f"route_tables.{key}", "is a table of the router that stands") for key in sorted({*made} & {*theirs})
            ]
            shared["route_tables"] = {**made, **{key: {"region": region} for key in theirs}}
        if args.get("router") is not None and args.get("edition") == Edition.BASIC:
            problems.append(
                Problem("router", "belongs to the enterprise edition: on the basic one networks are attached directly")
            )
        if args.get("router_cidrs") is not None and args.get("router") is not None:
            problems.append(Problem("router_cidrs", "belongs to the stack that makes the router"))
        elif args.get("router_cidrs") is not None and isinstance(region, str):
            shared["router_cidrs"] = {region: args["router_cidrs"]}
        try:
            intent = parse({**shared, "instance": {"existing_id": args.get("cen_id")}}, subject="RegionalHub")
        except InvalidIntent as error:
            said = {"instance.existing_id": "cen_id", f"router_cidrs.{region}": "router_cidrs"}
            found = [Problem(_renamed(item.path, said), _renamed(item.reason, said)) for item in error.problems]
            raise rejection(InvalidIntent("RegionalHub", {*found, *problems})) from None
        problems += [
            Problem(f"networks.{key}.region", f'"{network["region"]}" is not the hub\'s region, {region}')
            for key, network in intent.networks.items()
            if network["region"] != region
        ]
        problems += [
            Problem(f"networks.{key}.grant", "is made beside the hub, in the owner's account; make the hub wait for it")
            for key, network in intent.networks.items()
            if network.get("grant") is not None
        ]
        if problems:
            raise rejection(InvalidIntent("RegionalHub", problems))
        super().__init__(TYPE, resource_name, {"region": region, "edition": str(intent.edition)}, opts)
        self._plan = intent.plan
        children = Children(name=resource_name, parent=self)
        cen_id: pulumi.Input[str] = args["cen_id"]
        self.transit_router_id = self.table_id = None
        self.route_table_ids = {}
        if intent.edition is Edition.BASIC:
            direct = attach_networks(children, cen_id, intent.networks, {})
            self.attachment_ids = {key: attachment.id for key, attachment in direct.items()}
        else:
            provider = None if carried_provider(opts) else regional_providers(children, [str(region)], {})[str(region)]
            blocks = intent.router_cidrs.get(str(region), ())
            hub = make_hub(children, cen_id, str(region), intent.route_tables, intent.tags, provider, standing, blocks)
            self.attachment_ids = {
                key: attach_to_router(children, cen_id, key, network, hub, intent.tags).id
                for key, network in intent.networks.items()
            }
            self.transit_router_id = pulumi.Output.from_input(hub.router_id)
            self.table_id = pulumi.Output.from_input(hub.table_id)
            self.route_table_ids = {key: pulumi.Output.from_input(table) for key, table in hub.tables.items()}
        self.register_outputs(
            {
                "attachmentIds": self.attachment_ids,
                "transitRouterId": self.transit_router_id,
                "tableId": self.table_id,
                "routeTableIds": self.route_table_ids,
            }
        )

    @property
    def plan(self) -> Plan:
        """What was planned for the region: `plan.routes` and `plan.reaches` say who reaches whom there.

        Another region is reached by the tables that an Interconnection is given, and by no others.
        """
        return self._plan


def _renamed(text: str, names: Mapping[str, str]) -> str:
    """A path, or what names one, with the names of the hub's own arguments."""
    for theirs, ours in names.items():
        text = text.replace(theirs, ours)
    return text
