"""Answers of `aliyun cbn` and of other services, as tests put them together."""

from cenguard.geography.catalogue import default_catalogue

PACKAGES = {
    "RequestId": "r",
    "TotalCount": 1,
    "PageNumber": 1,
    "PageSize": 10,
    "CenBandwidthPackages": {
        "CenBandwidthPackage": [
            {
                "CenBandwidthPackageId": "cenbwp-1",
                "GeographicRegionAId": "china",
                "GeographicRegionBId": "North-America",
                "Bandwidth": 20,
                "BandwidthPackageChargeType": "PREPAY",
                "ExpiredTime": "2027-01-31T16:00Z",
                "CenIds": {"CenId": ["cen-1"]},
                "Status": "InUse",
                "OrginInterRegionBandwidthLimits": {
                    "OrginInterRegionBandwidthLimit": [
                        {"LocalRegionId": "cn-beijing", "OppositeRegionId": "us-west-1", "BandwidthLimit": "8"}
                    ]
                },
            }
        ]
    },
}
CENS = {"RequestId": "r", "TotalCount": 1, "Cens": {"Cen": [{"CenId": "cen-1", "Name": "core", "Status": "Active"}]}}
CHILDREN = {
    "RequestId": "r",
    "TotalCount": 2,
    "ChildInstances": {
        "ChildInstance": [
            {
                "CenId": "cen-1",
                "ChildInstanceId": f"vpc-{n}",
                "ChildInstanceType": "VPC",
                "ChildInstanceRegionId": region,
                "Status": "Attached",
            }
            for n, region in enumerate(("cn-beijing", "us-west-1"))
        ]
    },
}
LIMITS = {
    "RequestId": "r",
    "TotalCount": 2,
    "CenInterRegionBandwidthLimits": {
        "CenInterRegionBandwidthLimit": [
            {
                "CenId": "cen-1",
                "LocalRegionId": "cn-beijing",
                "OppositeRegionId": "us-west-1",
                "BandwidthLimit": 8,
                "Status": "Active",
            },
            {
                "CenId": "cen-2",
                "LocalRegionId": "cn-hangzhou",
                "OppositeRegionId": "eu-central-1",
                "BandwidthLimit": 10,
                "TransitRouterAttachmentId": "tr-attach-1",
                "BandwidthPackageId": "cenbwp-2",
            },
        ]
    },
}
ROUTERS = {
    "RequestId": "r",
    "TotalCount": 2,
    "TransitRouters": [
        {"TransitRouterId": "tr-1", "CenId": "cen-2", "RegionId": "cn-hangzhou", "Type": "Enterprise"},
        {"TransitRouterId": "tr-2", "CenId": "cen-1", "RegionId": "cn-beijing", "Type": "Basic"},
    ],
}
PEERS = {
    "RequestId": "r",
    "TotalCount": 1,
    "TransitRouterAttachments": [
        {
            "CenId": "cen-2",
            "TransitRouterAttachmentId": "tr-attach-2",
            "TransitRouterId": "tr-1",
            "PeerTransitRouterId": "tr-9",
            "PeerTransitRouterRegionId": "us-west-1",
            "RegionId": "cn-hangzhou",
            "ResourceType": "TR",
            "Bandwidth": 50,
            "BandwidthType": "DataTransfer",
        },
    ],
}
VPCS = {
    "RequestId": "r",
    "TotalCount": 1,
    "TransitRouterAttachments": [
        {
            "TransitRouterAttachmentId": "tr-attach-3",
            "TransitRouterId": "tr-1",
            "VpcId": "vpc-7",
            "ResourceType": "VPC",
            "VpcRegionId": "cn-hangzhou",
        }
    ],
}


CATALOGUE = default_catalogue()
LISTS = {
    "CenBandwidthPackages": "CenBandwidthPackage",
    "Cens": "Cen",
    "ChildInstances": "ChildInstance",
    "CenInterRegionBandwidthLimits": "CenInterRegionBandwidthLimit",
    "TransitRouters": None,
    "TransitRouterAttachments": None,
}


def answer(key, *rows, total=None, token=None, **more):
    """One answer of a list, with as many rows in all as `total` says."""
    listed = {LISTS[key]: list(rows)} if LISTS[key] else list(rows)
    found = {"RequestId": "r", key: listed, "TotalCount": len(rows) if total is None else total, **more}
    return found | ({"NextToken": token} if token is not None else {})


def package(name="cenbwp-1", instance="cen-1", areas=("China", "North-America"), mbps=20, **more):
    return {
        "CenBandwidthPackageId": name,
        "CenIds": {"CenId": [instance] if instance else []},
        "GeographicRegionAId": areas[0],
        "GeographicRegionBId": areas[1],
        "Bandwidth": mbps,
        **more,
    }


def child(network, region, instance="cen-1", **more):
    return {
        "CenId": instance,
        "ChildInstanceId": network,
        "ChildInstanceType": "VPC",
        "ChildInstanceRegionId": region,
        **more,
    }


def limit(first, second, mbps, instance="cen-1", **more):
    return {"CenId": instance, "LocalRegionId": first, "OppositeRegionId": second, "BandwidthLimit": mbps, **more}


def router(name, region, instance="cen-1", kind="Enterprise", **more):
    return {"TransitRouterId": name, "CenId": instance, "RegionId": region, "Type": kind, **more}


def peer(name, first, second, mbps=5, instance="cen-1", **more):
    return {
        "CenId": instance,
        "TransitRouterAttachmentId": name,
        "TransitRouterId": "tr-a",
        "RegionId": first,
        "PeerTransitRouterId": "tr-b",
        "PeerTransitRouterRegionId": second,
        "ResourceType": "TR",
        "Bandwidth": mbps,
        **more,
    }


def network(kind, name, **more):
    own = kind.capitalize()
    region = {"TransitRouterRegionId": "cn-beijing"} if kind == "ECR" else {f"{own}RegionId": "cn-beijing"}
    return {
        "CenId": "cen-1",
        "TransitRouterAttachmentId": f"tr-attach-{name}",
        "TransitRouterId": "tr-a",
        f"{own}Id": name,
        "ResourceType": kind,
        **region,
        **more,
    }


BASIC = {
    "p": answer("CenBandwidthPackages", package()),
    "c": answer("ChildInstances", child("vpc-1", "cn-beijing"), child("vpc-2", "us-west-1")),
    "l": answer("CenInterRegionBandwidthLimits", limit("cn-beijing", "us-west-1", 8)),
    "r": answer("TransitRouters", router("tr-a", "cn-beijing", kind="Basic")),
}
ENTERPRISE = {
    **BASIC,
    "r": answer("TransitRouters", router("tr-a", "cn-beijing"), router("tr-b", "us-west-1")),
    "l": answer("CenInterRegionBandwidthLimits", limit("cn-beijing", "us-west-1", 5, BandwidthType="DataTransfer")),
    "t": answer("TransitRouterAttachments", peer("tr-attach-1", "cn-beijing", "us-west-1", BandwidthType="DataTransfer")),
}


def complete(found):
    """The instances that are marked complete."""
    return {name for name, row in found.inventory.instances.items() if row.complete}
