"""Pulumi components that build Cloud Enterprise Networks right by construction."""

from components.arguments import CenNetworkArgs
from components.bandwidth_pool import BandwidthPool, BandwidthPoolArgs
from components.cen_network import CenNetwork
from components.interconnection import Interconnection, InterconnectionArgs
from components.regional_hub import RegionalHub, RegionalHubArgs

__all__ = [
    "BandwidthPool",
    "BandwidthPoolArgs",
    "CenNetwork",
    "CenNetworkArgs",
    "Interconnection",
    "InterconnectionArgs",
    "RegionalHub",
    "RegionalHubArgs",
]
