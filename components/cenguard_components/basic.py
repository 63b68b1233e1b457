"""The Basic edition: networks attached to the instance directly, and bandwidth limits between their regions."""

from collections.abc import Iterable, Mapping

import pulumi
import pulumi_alicloud as alicloud

from cenguard.geography.areas import AreaPair
from cenguard.geography.regions import RegionPair
from cenguard.planning.arguments import WantedNetwork
from cenguard.planning.plan import PlannedInterconnection
from cenguard_components.bandwidth import HeldPackage
from cenguard_components.children import Children


def attach_networks(
    children: Children,
    cen_id: pulumi.Input[str],
    networks: Mapping[str, WantedNetwork],
    grants: Mapping[str, pulumi.Resource],
) -> dict[str, alicloud.cen.InstanceAttachment]:
    """Attach each network, after its grant; a direct attachment says its region itself and needs no provider of it."""
    return {
        key: alicloud.cen.InstanceAttachment(
            children.named(key),
            instance_id=cen_id,
            child_instance_id=network["id"],
            child_instance_type=network["kind"],
            child_instance_region_id=network["region"],
            child_instance_owner_id=account_number(network.get("owner")),
            opts=children.options(f"networks.{key}", after=[grants[key]] if key in grants else ()),
        )
        for key, network in networks.items()
    }


def limit_pairs(
    children: Children,
    cen_id: pulumi.Input[str],
    interconnections: Iterable[PlannedInterconnection],
    held: Mapping[AreaPair, HeldPackage],
    ends: Mapping[str, Iterable[pulumi.Resource]],
) -> dict[RegionPair, alicloud.cen.BandwidthLimit]:
    """Give each pair of regions its Mbps.

    A limit is refused until its package is attached and both regions have a network, and a package cannot be detached
    while a limit draws on it: hence everything it waits for, which the engine also deletes after it.

    Args:
        children: names and options.
        cen_id: id of the CEN instance.
        interconnections: what to give, from the plan.
        held: the packages of the instance, by area pair.
        ends: attachments by region.
    """
    limits = {}
    for item in interconnections:
        assert item.areas is not None, "on the basic edition every pair draws on a package"
        first, second = item.regions.names
        after = (*held[item.areas].awaited, *ends.get(first, ()), *ends.get(second, ()))
        limits[item.regions] = alicloud.cen.BandwidthLimit(
            children.named(first, second),
            instance_id=cen_id,
            region_ids=[first, second],
            bandwidth_limit=item.mbps,
            opts=children.options(f"interconnections.{item.regions}", after=after),
        )
    return limits


def account_number(owner: pulumi.Input[str] | None) -> pulumi.Input[int] | None:
    """An account as a direct attachment wants it, a number."""
    if owner is None:
        return None
    return int(owner) if isinstance(owner, str) else pulumi.Output.all(owner).apply(lambda values: int(values[0]))
