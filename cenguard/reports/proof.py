"""`cenguard explain`: the proof for one pair of regions."""

from collections.abc import Sequence

from cenguard.judging.proof import Proof
from cenguard.reports.json import json_text
from cenguard.reports.lines import inert, wrapped
from cenguard.text.printable import printable


def render(proofs: Sequence[Proof], form: str) -> str:
    """The proofs as text, or as JSON."""
    if form == "json":
        return json_text(proofs)
    return "\n".join(_text(proof) for proof in proofs)


def _text(proof: Proof) -> str:
    area_pair = f" ({'/'.join(proof.area_pair)})" if proof.area_pair else ""
    carries = f", {proof.mbps:g} Mbps" if proof.mbps is not None else ""
    lines = [printable(f"{' – '.join(proof.regions)}{area_pair} on {proof.name}: {proof.disposition}{carries}")]
    lines += wrapped(proof.meaning, "    ")
    for step in proof.steps:
        lines += wrapped(step, "      · ", "        ")
    return "\n".join(map(inert, lines)) + "\n"
