"""A global network on one CEN instance, from who talks to whom at how many Mbps."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Any, Optional, Unpack, overload

import pulumi
import pulumi_alicloud as alicloud

from cenguard.errors import InvalidIntent, Problem
from cenguard.geography.areas import AreaPair
from cenguard.planning.arguments import CenNetworkArgs
from cenguard.planning.intent import Intent, parse
from cenguard.planning.network_checks import overlaps
from cenguard.planning.plan import Edition, Plan
from cenguard_components.bandwidth import HeldPackage, hold_packages
from cenguard_components.basic import attach_networks, limit_pairs
from cenguard_components.calling import written
from cenguard_components.children import Children, rejection
from cenguard_components.enterprise import attach_to_router, join_all, keep_apart, make_hub
from cenguard_components.grants import make_grant
from cenguard_components.providers import carried_provider, regional_providers
from cenguard_components.standing import asked_instance, provider_of_stack, refuse_basic_routers

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

    @overload
    def __init__(
        self,
        resource_name: str,
        args: CenNetworkArgs,
        opts: Optional[pulumi.ResourceOptions] = None,
        *,
        providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        grant_providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: Optional[pulumi.ResourceOptions] = None,
        *,
        providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        grant_providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        **arguments: Unpack[CenNetworkArgs],
    ) -> None: ...

    def __init__(
        self,
        resource_name: str,
        *given: Any,
        opts: Optional[pulumi.ResourceOptions] = None,
        providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        grant_providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        **arguments: Any,
    ) -> None:
        """Plan and build the network.

        Args:
            resource_name: logical name; the children's names begin with it.
            given: the arguments as one map, when they are not keywords.
            opts: options; the instance, the packages and what hangs directly on them use their provider.
            providers: providers by region, for the enterprise edition; those that are missing are made.
            grant_providers: providers of other accounts, by the key of the network that such an account grants.
            arguments: what to attach, who talks to whom, and what is bought.

        Raises:
            pulumi.InputPropertiesError: with every problem of the arguments, before anything is registered.
        """
        args, opts = written("CenNetwork", given, opts, arguments)
        regional, granting = dict(providers or {}), dict(grant_providers or {})
        problems = list(provider_problems(args, opts, regional, granting))
        try:
            intent = parse(args)
        except InvalidIntent as error:
            raise rejection(InvalidIntent("CenNetwork", (*error.problems, *problems))) from None
        if problems:
            raise rejection(InvalidIntent("CenNetwork", problems))
        standing = asked_instance(intent)
        own = {} if carried_provider(opts) else provider_of_stack(intent.plan.regions)
        at_hand = {**own, **regional}
        if standing is not None:
            refuse_basic_routers(standing, at_hand)
        super().__init__(TYPE, resource_name, _seen_by_policies(intent.plan), opts)
        self._plan = intent.plan
        self._region_tables: dict[str, pulumi.Output[str]] = {}
        for overlap in overlaps(intent.networks):
            pulumi.log.warn(str(overlap), self)
        self._build(resource_name, intent, regional, granting, unasked={*intent.plan.regions} - {*at_hand} if standing else set())
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
        """What was planned: printable, and the same as `cenguard.planning.intent.parse(args).plan`."""
        return self._plan

    @property
    def region_table_ids(self) -> Mapping[str, pulumi.Output[str]]:
        """Id of the route table that each region has anyway, by region; none on the basic edition.

        For a route map beside the network, in a program in Python: it is no output that other languages see.
        """
        return self._region_tables

    def _build(
        self,
        name: str,
        intent: Intent,
        providers: Mapping[str, pulumi.ProviderResource],
        granting: Mapping[str, pulumi.ProviderResource],
        unasked: Container[str],
    ) -> None:
        """Register the children; `unasked` are regions whose router, where it stands, is not known yet."""
        children = Children(name=name, parent=self, aliases=intent.aliases)
        enterprise = intent.edition is Edition.ENTERPRISE
        routed = regional_providers(children, intent.plan.regions, providers) if enterprise else {}
        if (standing := asked_instance(intent)) is not None:
            refuse_basic_routers(standing, {region: item for region, item in routed.items() if region in unasked})
        cen_id = _instance(children, intent)
        grants = {
            key: make_grant(children, cen_id, key, network, intent.edition, granting[key])
            for key, network in intent.networks.items()
            if network.get("grant") is not None
        }
        held = hold_packages(children, cen_id, intent.plan.packages, intent.packages, intent.existing, protect=intent.protect)
        self.cen_id = pulumi.Output.from_input(cen_id)
        self.package_ids = {str(areas): pulumi.Output.from_input(package.id) for areas, package in held.items()}
        if enterprise:
            self._build_enterprise(children, cen_id, intent, held, grants, routed)
        else:
            self._build_basic(children, cen_id, intent, held, grants)

    def _build_basic(
        self,
        children: Children,
        cen_id: pulumi.Input[str],
        intent: Intent,
        held: Mapping[AreaPair, HeldPackage],
        grants: Mapping[str, pulumi.Resource],
    ) -> None:
        attachments = attach_networks(children, cen_id, intent.networks, grants)
        ends: defaultdict[str, list[pulumi.Resource]] = defaultdict(list)
        for key, network in intent.networks.items():
            ends[network["region"]].append(attachments[key])
        limits = limit_pairs(children, cen_id, intent.plan.interconnections, held, ends)
        self.attachment_ids = {key: attachment.id for key, attachment in attachments.items()}
        self.interconnection_ids = {str(pair): limit.id for pair, limit in limits.items()}
        self.transit_router_ids = {}
        self.route_table_ids = {}

    def _build_enterprise(
        self,
        children: Children,
        cen_id: pulumi.Input[str],
        intent: Intent,
        held: Mapping[AreaPair, HeldPackage],
        grants: Mapping[str, pulumi.Resource],
        providers: Mapping[str, pulumi.ProviderResource],
    ) -> None:
        hubs = {
            region: make_hub(
                children, cen_id, region, intent.route_tables, intent.tags, provider, cidrs=intent.router_cidrs.get(region, ())
            )
            for region, provider in providers.items()
        }
        routed = {
            key: attach_to_router(
                children,
                cen_id,
                key,
                network,
                hubs[network["region"]],
                intent.tags,
                after=[grants[key]] if key in grants else (),
            )
            for key, network in intent.networks.items()
        }
        keep_apart(children, cen_id, intent.denials, intent.networks, hubs)
        peers = join_all(children, cen_id, intent.plan.interconnections, hubs, held, intent.tags)
        self.attachment_ids = {key: attachment.id for key, attachment in routed.items()}
        self.interconnection_ids = {str(pair): peer.transit_router_attachment_id for pair, peer in peers.items()}
        self.transit_router_ids = {region: pulumi.Output.from_input(hub.router_id) for region, hub in hubs.items()}
        self.route_table_ids = {
            key: pulumi.Output.from_input(table) for hub in hubs.values() for key, table in hub.tables.items()
        }
        self._region_tables = {region: pulumi.Output.from_input(hub.table_id) for region, hub in hubs.items()}


def _instance(children: Children, intent: Intent) -> pulumi.Input[str]:
    instance = intent.instance
    if "existing_id" in instance:
        return instance["existing_id"]
    made: pulumi.Output[str] = alicloud.cen.Instance(
        children.named(),
        cen_instance_name=instance.get("name") or children.name,
        tags={**intent.tags, **instance["tags"]} or None,
        opts=children.options("instance", protect=intent.protect),
    ).id
    return made


def provider_problems(
    args: Mapping[str, Any],
    opts: Optional[pulumi.ResourceOptions],
    providers: Mapping[str, pulumi.ProviderResource],
    granting: Mapping[str, pulumi.ProviderResource],
) -> Iterator[Problem]:
    """What is wrong with the providers a network is given, as far as its arguments can be read."""
    raw = args.get("networks")
    listed = raw.items() if isinstance(raw, Mapping) else ()
    networks = {key: item for key, item in listed if isinstance(key, str) and isinstance(item, Mapping)}
    regions = sorted({item["region"] for item in networks.values() if isinstance(item.get("region"), str)})
    if args.get("edition") == Edition.BASIC and providers:
        yield Problem("providers", "belong to the enterprise edition: direct attachments say their region themselves")
    elif args.get("edition") == Edition.ENTERPRISE:
        for region in sorted(set(providers) - set(regions)):
            yield Problem(f"providers.{region}", f"no network lies there; networks lie in {', '.join(regions)}")
        missing = [region for region in regions if region not in providers]
        if missing and carried_provider(opts) is not None:
            entries = ", ".join(f'"{region}": alicloud.Provider("{region}", region="{region}", ...)' for region in missing)
            yield Problem(
                "providers",
                "opts carry a provider, whose account the routers of other regions would lose; hand one in for each region: "
                f"providers={{{entries}}}",
            )
    granted = {key for key, item in networks.items() if item.get("grant") is not None}
    for key in sorted(granted - set(granting)):
        yield Problem(
            f"networks.{key}.grant",
            "is made in the owner's account: hand in a provider of it, "
            f'grant_providers={{"{key}": ...}} (Python only; other languages make the grant themselves)',
        )
    for key in sorted(set(granting) - granted):
        yield Problem(f"grant_providers.{key}", "no network of that key asks for a grant")


def _seen_by_policies(plan: Plan) -> dict[str, Any]:
    """The component's inputs as the engine, its previews and policies see them: the plan, without ids."""
    return {
        "edition": str(plan.edition),
        "regions": list(plan.regions),
        "interconnections": {str(item.regions): item.mbps for item in plan.interconnections},
        "packages": {str(package.areas): package.mbps for package in plan.packages},
    }
