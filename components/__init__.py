"""Pulumi components that build Cloud Enterprise Networks right by construction."""

from components.arguments import CenNetworkArgs
from components.cen_network import CenNetwork

__all__ = ["CenNetwork", "CenNetworkArgs"]
