"""Pulumi components that build Cloud Enterprise Networks right by construction."""

from cenguard.planning.arguments import (
    BandwidthPoolArgs,
    CenNetworkArgs,
    ExistingPackage,
    Grant,
    Hub,
    Instance,
    Interconnect,
    InterconnectionArgs,
    Mesh,
    Override,
    Packages,
    Pair,
    RegionalHubArgs,
    RouteTable,
    WantedNetwork,
)
from cenguard_components.bandwidth_pool import BandwidthPool
from cenguard_components.cen_network import CenNetwork
from cenguard_components.interconnection import Interconnection
from cenguard_components.regional_hub import RegionalHub

# The names that the SDK of `pulumi package add` has for the same types, so that a program differs in its import line only.
NetworkArgs = WantedNetwork
NetworkArgsDict = WantedNetwork
ExistingPackageArgs = ExistingPackage
ExistingPackageArgsDict = ExistingPackage
GrantArgs = Grant
GrantArgsDict = Grant
HubArgs = Hub
HubArgsDict = Hub
InstanceArgs = Instance
InstanceArgsDict = Instance
InterconnectArgs = Interconnect
InterconnectArgsDict = Interconnect
MeshArgs = Mesh
MeshArgsDict = Mesh
OverrideArgs = Override
OverrideArgsDict = Override
PackagesArgs = Packages
PackagesArgsDict = Packages
PairArgs = Pair
PairArgsDict = Pair
RouteTableArgs = RouteTable
RouteTableArgsDict = RouteTable

__all__ = [
    "BandwidthPool",
    "BandwidthPoolArgs",
    "CenNetwork",
    "CenNetworkArgs",
    "ExistingPackage",
    "ExistingPackageArgs",
    "ExistingPackageArgsDict",
    "Grant",
    "GrantArgs",
    "GrantArgsDict",
    "Hub",
    "HubArgs",
    "HubArgsDict",
    "Instance",
    "InstanceArgs",
    "InstanceArgsDict",
    "Interconnect",
    "InterconnectArgs",
    "InterconnectArgsDict",
    "Interconnection",
    "InterconnectionArgs",
    "Mesh",
    "MeshArgs",
    "MeshArgsDict",
    "NetworkArgs",
    "NetworkArgsDict",
    "Override",
    "OverrideArgs",
    "OverrideArgsDict",
    "Packages",
    "PackagesArgs",
    "PackagesArgsDict",
    "Pair",
    "PairArgs",
    "PairArgsDict",
    "RegionalHub",
    "RegionalHubArgs",
    "RouteTable",
    "RouteTableArgs",
    "RouteTableArgsDict",
    "WantedNetwork",
]
