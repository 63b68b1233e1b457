"""The CIDR blocks of networks attached to one instance."""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network

from cenguard.network import Blocker, CenInstance, Network
from cenguard.network.details import DeclaredNetwork, Joining


@dataclass(frozen=True, slots=True)
class Block:
    """One block of one attached network."""

    text: str
    joining: Joining
    network: DeclaredNetwork

    @property
    def urn(self) -> str:
        """URN of the attachment."""
        return self.joining.urn

    @property
    def name(self) -> str:
        """Name of the network."""
        return self.network.name


def blocks_of(network: Network, instance: CenInstance) -> dict[str, list[Block]]:
    """Networks that the input creates, by block, each list in order of the attachments' URNs; what is no block is left out."""
    found: dict[str, list[Block]] = {}
    if not network.details.networks:
        return found
    for joining in network.details.on(instance):
        made = joining.network
        for text in (made.cidrs.value or ()) if made else ():
            block = _normal(text)
            if block is not None and made is not None:
                found.setdefault(block, []).append(Block(block, joining, made))
    return found


def unknown_blocks(network: Network, instance: CenInstance) -> Iterator[tuple[Joining, Blocker]]:
    """Attachments of networks that the input creates with a block nobody knows yet, beside others."""
    if not network.details.networks:
        return
    here = [joining for joining in network.details.on(instance) if joining.network]
    if len(here) < 2:
        return
    for joining in here:
        if joining.network and joining.network.cidrs.blocker:
            yield joining, joining.network.cidrs.blocker


def _normal(text: str) -> str | None:
    try:
        return str(IPv4Network(text, strict=False))
    except ValueError:
        return None  # the service refuses it by itself
