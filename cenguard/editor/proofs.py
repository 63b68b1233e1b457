"""What connects the regions of each resource, for who hovers over it: the proof that `explain` gives, as Markdown."""

from collections.abc import Iterator, Sequence

from cenguard.editor.messages import Hover
from cenguard.editor.places import Places
from cenguard.findings.proved import Proof
from cenguard.judging.check import network_of
from cenguard.judging.options import Options
from cenguard.judging.proof import proof_of_regions
from cenguard.network import CenInstance, Network
from cenguard.network.connectivity import connectivity_of
from cenguard.network.dispositions import Connection
from cenguard.reports.proof import in_words
from cenguard.reports.words import state_of
from cenguard.resources.records import Records
from cenguard.text.printable import number, printable

MOST_RESOURCES = 2000
"""Resources of an input that proofs are made for: nobody hovers over a larger one, and the check must not wait for it."""
MOST_PAIRS = 6
"""Pairs of regions that one resource tells of."""


def hovers_of(sources: Sequence[Records], options: Options, places: Places) -> Iterator[Hover]:
    """What stands at each attachment, limit, peer, package and instance of an input."""
    if sum(len(source.resources) for source in sources) > MOST_RESOURCES:
        return
    network = network_of(sources, options)
    for instance, connectivity in connectivity_of(network).items():
        proofs = _Proofs(network, instance)
        for urn, connections in _by_resource(instance, tuple(connectivity.connections.values())).items():
            place = places.of_resource(urn)
            if place is not None and connections:
                yield Hover(place=place, text=proofs.text(connections))


def _by_resource(instance: CenInstance, connections: Sequence[Connection]) -> dict[str, list[Connection]]:
    """The pairs of regions that each resource has to do with."""
    found: dict[str, list[Connection]] = {instance.urn: list(connections)} if instance.urn else {}
    for attachment in instance.attachments:
        if attachment.urn and attachment.region is not None:
            found[attachment.urn] = [item for item in connections if attachment.region in item.regions.names]
    for item in connections:
        for resource in (*item.carriers, *item.packages):
            if resource.urn:
                found.setdefault(resource.urn, []).append(item)
    for attached in instance.packages:
        if attached.urn and attached.package.urn in found:
            found[attached.urn] = found[attached.package.urn]
    return found


class _Proofs:
    """The proofs of one instance's pairs, each made once."""

    def __init__(self, network: Network, instance: CenInstance) -> None:
        self._network, self._instance = network, instance
        self._made: dict[tuple[str, str], str] = {}

    def text(self, connections: Sequence[Connection]) -> str:
        """Some pairs, each with its proof; the rest counted."""
        parts = [self._pair(*item.regions.names) for item in connections[:MOST_PAIRS]]
        rest = len(connections) - MOST_PAIRS
        if rest > 0:
            parts.append(f"… and {number(rest, 'more pair')} of regions: `cenguard explain --from REGION --to REGION`")
        return "\n\n".join(parts)

    def _pair(self, first: str, second: str) -> str:
        names = (first, second)
        if names not in self._made:
            proof = proof_of_regions(self._network, self._instance, first, second)
            self._made[names] = _markdown(proof) if proof is not None else f"**{first} – {second}**"
        return self._made[names]


def _markdown(proof: Proof) -> str:
    areas = f" ({'/'.join(proof.area_pair)})" if proof.area_pair else ""
    state = state_of(proof.disposition, proof.mbps, full=proof.full, no_connection=proof.no_connection)
    lines = [f"**{' – '.join(proof.regions)}**{areas} on {_plain(proof.name)}: {state}", ""]
    lines += [f"{_plain(proof.meaning)}", "", *(f"- {_plain(in_words(step))}" for step in proof.steps)]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """Text with names of the user's in it, which Markdown takes for nothing else."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|!" else sign for sign in printable(text))
