"""Pulumi components that build Cloud Enterprise Networks right by construction."""

from cenguard_components.arguments import CenNetworkArgs
from cenguard_components.bandwidth_pool import BandwidthPool, BandwidthPoolArgs
from cenguard_components.cen_network import CenNetwork
from cenguard_components.interconnection import Interconnection, InterconnectionArgs
from cenguard_components.regional_hub import RegionalHub, RegionalHubArgs

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
