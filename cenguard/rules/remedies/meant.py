"""What is meant where a region is said wrongly: one that resembles a known one, or the one that a network is made in."""

from collections.abc import Iterator, Mapping

from cenguard.findings.fix import OneCause
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.network import Attachment, BandwidthLimit, CenInstance, Network
from cenguard.network.once import once, once_each
from cenguard.rules.remedies import single

REGIONAL = ("VPC", "VBR")
"""Kinds of network that lie in their provider's region."""


def regions_meant(network: Network, regions: tuple[str, ...]) -> tuple[str, ...]:
    """Regions as they are said, the ones that nobody knows as the ones that they resemble."""
    known = network.catalogue.regions
    return tuple(name if surrounding(name) in known else network.catalogue.nearest_region(name) or name for name in regions)


def cause_of_misspelt_limit(network: Network, limit: BandwidthLimit) -> OneCause | None:
    """A limit that means two attached regions, and misspells one; None for any other."""
    meant = regions_meant(network, limit.regions)
    attached = limit.instance.index.attachments
    if meant == limit.regions or len(set(meant)) < len(meant) or not all(name in attached for name in meant):
        return None
    return single.says(limit.urn, {"regionIds": meant})


@once_each
def misspelt_limits(network: Network, instance: CenInstance) -> Mapping[RegionPair, BandwidthLimit]:
    """The limits of an instance that misspell a region, by the pairs that they mean."""
    known = network.catalogue.regions
    found: dict[RegionPair, BandwidthLimit] = {}
    for item in instance.limits:
        if item.urn and item.declared and any(surrounding(name) not in known for name in item.regions):
            meant = regions_meant(network, item.regions)
            if len(set(meant)) == 2:
                found.setdefault(region_pair(*meant), item)
    return found


def cause_of_misplaced(network: Network, limit: BandwidthLimit) -> OneCause | None:
    """An attachment that says another region than the one a limit rightly waits for; None where there is none."""
    said_wrongly = _said_wrongly(network)
    for region in limit.regions:
        urn = said_wrongly.get((limit.instance.address, region))
        if urn is not None and region not in limit.instance.index.attachments:
            return single.says(urn, {"childInstanceRegionId": region})
    return None


@once
def _said_wrongly(network: Network) -> Mapping[tuple[str, str], str]:
    """By instance and the region that is meant: the first attachment that says another one."""
    found: dict[tuple[str, str], str] = {}
    for item, region in _meant(network):
        if item.urn and item.region and item.declared and not item.stands and region != item.region:
            found.setdefault((item.instance.address, region), item.urn)
    return found


def _meant(network: Network) -> Iterator[tuple[Attachment, str]]:
    """Attachments with the region of their network, or the one that their own resembles."""
    for joining in network.details.told:
        item, made = joining.item, joining.network
        if isinstance(item, Attachment) and item.direct and made is not None and made.kind in REGIONAL and made.region.value:
            yield item, made.region.value
    known = network.catalogue.regions
    for item in network.attachments:
        if item.direct and item.region and surrounding(item.region) not in known:
            yield item, regions_meant(network, (item.region,))[0]
