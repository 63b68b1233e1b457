"""The network: what is declared, joined; what connects each pair of regions, with its proof."""

from cenguard.network.blocker import Blocker
from cenguard.network.entities import (
    BY_PACKAGE,
    DATA_TRANSFER,
    Attachment,
    BandwidthLimit,
    BandwidthPackage,
    CenInstance,
    Entity,
    InstanceIndex,
    PackageAttachment,
    Peer,
    TransitRouter,
    identity,
)
from cenguard.network.model import Alternative, LeftOut, Network, mbps_text, whole

__all__ = [
    "BY_PACKAGE",
    "DATA_TRANSFER",
    "Alternative",
    "Attachment",
    "BandwidthLimit",
    "BandwidthPackage",
    "Blocker",
    "CenInstance",
    "Entity",
    "InstanceIndex",
    "LeftOut",
    "Network",
    "PackageAttachment",
    "Peer",
    "TransitRouter",
    "identity",
    "mbps_text",
    "whole",
]
