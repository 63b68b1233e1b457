"""Packages that stand outside of the input: a limit proves them, and nothing names them.

A peer of the new network draws on such a package, whichever it is: to judge it, one of its areas is laid beside the new network, of
a size that is not known. No program is written of such a network before its id is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from cenguard.geography.areas import AreaPair
from cenguard.network.connectivity import Disposition
from cenguard.network.known import KnownPackage
from cenguard.resources.records import Records
from cenguard.upgrade.before import Today
from cenguard.upgrade.records import Ids, NewNetwork

_BEGINNING = "cenbwp-outside-"
"""How their made-up ids begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The new network with the packages that stand outside of the input."""

    records: Records
    packages: Mapping[str, KnownPackage]


def with_packages_outside(today: Today, new: NewNetwork, ids: Ids) -> Outside:
    """The new network's resources, in which peers of a package that is not known draw on one outside of the input."""
    packages: dict[str, KnownPackage] = {}
    given: dict[str, str] = {}
    for urn, peer in new.open_peers.items():
        area_pair = today.network.catalogue.area_pair(peer.regions)
        if not isinstance(area_pair, AreaPair) or (peer.mbps is None and peer.pair.disposition is not Disposition.OUTSIDE):
            continue
        several = today.instance.index.packages.get(area_pair, ())
        name = ids.of_package(several[0].package) if several else None
        if name is None:
            name = f"{_BEGINNING}{'-'.join(area_pair.names).lower()}"
            packages[name] = KnownPackage(id=name, area_pair=area_pair, instance=new.cen)
        given[urn] = name
    if not given:
        return Outside(records=new.records, packages={})
    resources = [
        msgspec.structs.replace(item, inputs={**item.inputs, "cenBandwidthPackageId": given[item.urn]})
        if item.urn in given
        else item
        for item in new.records.resources
    ]
    return Outside(records=msgspec.structs.replace(new.records, resources=resources), packages=packages)
