"""Limits of one pair of regions, of which an update makes one and deletes another: both are one object for the service."""

from collections.abc import Mapping

from cenguard.geography.regions import RegionPair
from cenguard.network import BandwidthLimit, Blocker, CenInstance, Network
from cenguard.network.once import once
from cenguard.network.standing import before
from cenguard.resources.addresses import is_address


@once
def _deleted(network: Network) -> Mapping[tuple[CenInstance, RegionPair | None, int], BandwidthLimit]:
    kinds = (network.leaving.limits, network.leaving.limits_first)
    return {(item.instance, item.pair, first): item for first, items in enumerate(kinds) for item in items}


def deleted_twin(network: Network, limit: BandwidthLimit) -> BandwidthLimit | None:
    """A limit of the same pair that the update deletes when this one is there already, or may be: the pair has none then.

    Source: the provider deletes a limit by setting that object to 0, which is 1 Kbps.
    """
    if limit.pair is None or not (network.leaving.limits or network.leaving.limits_first):
        return None
    later, first = (_deleted(network).get((limit.instance, limit.pair, kind)) for kind in (0, 1))
    follows = (limit.urn, *(network.order.named_by(limit.urn) if limit.urn and not limit.stands else ()))
    return later or (None if first is None or first.urn in follows else first)


def is_there(network: Network, limit: BandwidthLimit) -> bool:
    """Whether a limit gave its pair Mbps before the update, which may give it other ones."""
    old = before(network, limit)
    return limit.stands or (old is not None and old.pair == limit.pair)


def deletion_order(network: Network, limit: BandwidthLimit, deleted: BandwidthLimit) -> Blocker | None:
    """Why the deletion of its twin may come first: what does not wait for each other is made and deleted at once."""
    urn, is_first = limit.urn or "", deleted in network.leaving.limits_first
    if limit.stands or urn in ("", deleted.urn) or not (is_first or is_address(urn)):
        return None
    tool, by_name = (
        ("Terraform", "a `moved` block lets the new name stand for the old one") if is_address(urn) else ("Pulumi", "")
    )
    return Blocker(
        f"order {deleted.urn}",
        f"both are one object for the service; {tool} deletes limit {deleted.label} and {'changes' if is_there(network, limit) else 'makes'} {limit.label} in no certain order",
        f"`depends_on` lets {limit.label} wait for {deleted.label}" if is_first else by_name,
    )
