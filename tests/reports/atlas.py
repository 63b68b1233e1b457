"""Estates of any number of regions, as exports: some pairs funded, some broken, some not bought."""

import json
from itertools import combinations

from cenguard.geography.catalogue import default_catalogue
from cenguard.geography.regions import region_pair

_INSTANCE = "alicloud:cen/instance:Instance"
_ATTACHMENT = "alicloud:cen/instanceAttachment:InstanceAttachment"
_PACKAGE = "alicloud:cen/bandwidthPackage:BandwidthPackage"
_BOUND = "alicloud:cen/bandwidthPackageAttachment:BandwidthPackageAttachment"
_LIMIT = "alicloud:cen/bandwidthLimit:BandwidthLimit"
FIRST = ("cn-beijing", "us-west-1", "eu-central-1")


def regions(count):
    """The first ones that people know, then the rest of the catalogue."""
    known = list(default_catalogue().regions)
    spread = [name for index in range(7) for name in known[index::7]]
    return [*FIRST, *(name for name in spread if name not in FIRST)][:count]


def export(count, *, name="core"):
    """An instance with one network in each of some regions; every second area pair is bought for, every third pair limited."""
    catalogue = default_catalogue()
    chosen = regions(count)
    states = [_state(_INSTANCE, name, {"cenInstanceName": name}, "cen-1")]
    states += [
        _state(
            _ATTACHMENT,
            f"net-{region}",
            {
                "instanceId": "cen-1",
                "childInstanceId": f"vpc-{region}",
                "childInstanceType": "VPC",
                "childInstanceRegionId": region,
            },
            f"cen-1:{region}",
        )
        for region in chosen
    ]
    area_pairs = {}
    for first, second in combinations(sorted(chosen), 2):
        area_pair = catalogue.area_pair(region_pair(first, second))
        if hasattr(area_pair, "names"):
            area_pairs.setdefault(area_pair.names, []).append([first, second])
    for index, (areas, pairs) in enumerate(sorted(area_pairs.items())):
        if index % 2:
            continue
        title = "-".join(areas).lower()
        limited = pairs[:: 3 if len(pairs) > 2 else 1]
        states.append(
            _state(
                _PACKAGE,
                title,
                {
                    "bandwidth": 20 * len(limited),
                    "geographicRegionAId": areas[0],
                    "geographicRegionBId": areas[1],
                    "paymentType": "PrePaid",
                },
                f"cenbwp-{title}",
            )
        )
        states.append(_state(_BOUND, title, {"instanceId": "cen-1", "bandwidthPackageId": f"cenbwp-{title}"}, f"cenbwp-{title}"))
        states += [
            _state(_LIMIT, "-".join(pair), {"instanceId": "cen-1", "regionIds": pair, "bandwidthLimit": 10}, ":".join(pair))
            for pair in limited
        ]
    return json.dumps({"version": 3, "deployment": {"resources": states}})


def _state(kind, name, inputs, identifier):
    return {"urn": f"urn:pulumi:prod::net::{kind}::{name}", "type": kind, "custom": True, "id": identifier, "inputs": inputs}
