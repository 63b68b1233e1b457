"""Two regions of a CEN instance that talk."""

from collections.abc import Iterator, Mapping
from typing import Any, Optional, Unpack, overload

import pulumi
import pulumi_alicloud as alicloud

from cenguard.errors import InvalidIntent, Problem
from cenguard.planning.arguments import InterconnectionArgs
from cenguard.planning.part_intent import Joined, parse_pair
from cenguard.planning.plan import Edition
from cenguard_components.bandwidth import HeldPackage
from cenguard_components.calling import written
from cenguard_components.children import Children, rejection
from cenguard_components.enterprise import Hub, join_hubs
from cenguard_components.providers import carried_provider, regional_providers

TYPE = "alicloud-cen:index:Interconnection"


class Interconnection(pulumi.ComponentResource):
    """Two regions that talk: a bandwidth limit, or a peer that is routed at both ends.

    It waits for what its arguments name: the package's attachment by its id, the ends by theirs.
    """

    interconnection_id: pulumi.Output[str]
    """Id of the bandwidth limit or of the peer."""

    @overload
    def __init__(
        self,
        resource_name: str,
        args: InterconnectionArgs,
        opts: Optional[pulumi.ResourceOptions] = None,
        *,
        providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
    ) -> None: ...

    @overload
    def __init__(
        self,
        resource_name: str,
        opts: Optional[pulumi.ResourceOptions] = None,
        *,
        providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        **arguments: Unpack[InterconnectionArgs],
    ) -> None: ...

    def __init__(
        self,
        resource_name: str,
        *given: Any,
        opts: Optional[pulumi.ResourceOptions] = None,
        providers: Optional[Mapping[str, pulumi.ProviderResource]] = None,
        **arguments: Any,
    ) -> None:
        """Join two regions.

        Args:
            resource_name: logical name, also of the limit or peer.
            given: the arguments as one map, when they are not keywords.
            opts: options; a bandwidth limit runs on their provider.
            providers: providers of the two regions, for the enterprise edition; those that are missing are made, unless
                the options carry a provider.
            arguments: the two regions, their Mbps, and who pays.

        Raises:
            pulumi.InputPropertiesError: with every problem of the arguments, before anything is registered.
        """
        args, opts = written("Interconnection", given, opts, arguments)
        regional = dict(providers or {})
        try:
            joined = parse_pair(args)
        except InvalidIntent as error:
            raise rejection(error) from None
        ends = joined.planned.regions.names
        problems = list(_provider_problems(joined, ends, regional, carried=carried_provider(opts) is not None))
        if problems:
            raise rejection(InvalidIntent("Interconnection", problems))
        super().__init__(TYPE, resource_name, {"regions": list(ends), "bandwidth": joined.planned.mbps}, opts)
        children = Children(name=resource_name, parent=self)
        if joined.edition is Edition.BASIC:
            self.interconnection_id = self._limit(children, args, joined).id
        else:
            self.interconnection_id = self._peer(children, args, joined, regional_providers(children, ends, regional))
        self.register_outputs({"interconnectionId": self.interconnection_id})

    def _limit(self, children: Children, args: Mapping[str, Any], joined: Joined) -> alicloud.cen.BandwidthLimit:
        awaited = pulumi.Output.all(args["cen_id"], args["package_id"], *args.get("attachment_ids") or ())
        return alicloud.cen.BandwidthLimit(
            children.named(),
            instance_id=awaited.apply(lambda values: values[0]),
            region_ids=list(joined.planned.regions.names),
            bandwidth_limit=joined.planned.mbps,
            opts=children.options("limit"),
        )

    def _peer(
        self,
        children: Children,
        args: Mapping[str, Any],
        joined: Joined,
        providers: Mapping[str, pulumi.ProviderResource],
    ) -> pulumi.Output[str]:
        routers, tables, further = args["transit_router_ids"], args["table_ids"], args.get("route_table_ids") or {}
        hubs = {
            region: Hub(
                region=region,
                provider=providers[region],
                router_id=routers[region],
                table_id=tables[region],
                tables=further.get(region, {}),
            )
            for region in joined.planned.regions.names
        }
        package = HeldPackage(id=args["package_id"], attachment=None) if joined.planned.draws_on_package else None
        peer = join_hubs(children, args["cen_id"], joined.planned, hubs, package, args.get("tags") or {})
        made: pulumi.Output[str] = peer.transit_router_attachment_id
        return made


def _provider_problems(
    joined: Joined, ends: tuple[str, str], given: Mapping[str, pulumi.ProviderResource], *, carried: bool
) -> Iterator[Problem]:
    if joined.edition is Edition.BASIC and given:
        yield Problem("providers", "belong to the enterprise edition: a bandwidth limit says its regions itself")
        return
    for region in sorted(set(given) - set(ends)):
        yield Problem(f"providers.{region}", f"is neither of the two regions, {ends[0]} and {ends[1]}")
    if carried and joined.edition is Edition.ENTERPRISE:
        for region in sorted(set(ends) - set(given)):
            yield Problem(
                f"providers.{region}", "missing: opts carry a provider, whose account a new one would lose; hand one in"
            )
