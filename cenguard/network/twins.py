"""Limits of one pair of regions, of which an update makes one and deletes another: both are one object for the service."""

from collections.abc import Mapping
from typing import TypeAlias

from cenguard.geography.regions import RegionPair
from cenguard.network import BandwidthLimit, Blocker, CenInstance, Network
from cenguard.network.once import once
from cenguard.network.standing import before
from cenguard.resources.addresses import is_address

_Places: TypeAlias = Mapping[tuple[CenInstance, RegionPair | None], BandwidthLimit]


@once
def _deleted(network: Network) -> tuple[_Places, _Places]:
    """Limits that are deleted when what is made is there already, and those that are before it may be; both by what they are for."""
    later, first = network.leaving.limits, network.leaving.limits_first
    return {(item.instance, item.pair): item for item in later}, {(item.instance, item.pair): item for item in first}


def deleted_twin(network: Network, limit: BandwidthLimit) -> BandwidthLimit | None:
    """A limit of the same pair that the update deletes when this one is there already, or may be: the pair has none then.

    Source: the provider deletes a limit by setting that object to 0, which is 1 Kbps.
    """
    if limit.pair is None or not (network.leaving.limits or network.leaving.limits_first):
        return None
    later, first = (found.get((limit.instance, limit.pair)) for found in _deleted(network))
    follows = (limit.urn, *(network.order.named_by(limit.urn) if limit.urn and not limit.stands else ()))
    return later or (None if first is None or first.urn in follows else first)


def is_there(network: Network, limit: BandwidthLimit) -> bool:
    """Whether a limit gave its pair Mbps before the update, which may give it other ones."""
    old = before(network, limit)
    return limit.stands or (old is not None and old.pair == limit.pair)


def deletion_order(network: Network, limit: BandwidthLimit, deleted: BandwidthLimit) -> Blocker | None:
    """Why the deletion of its twin may come first: what does not wait for each other is made and deleted at once."""
    _, first = _deleted(network)
    urn, is_first = limit.urn or "", first.get((deleted.instance, deleted.pair)) is deleted
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
