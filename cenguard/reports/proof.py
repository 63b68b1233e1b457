"""`cenguard explain`: the proof for one pair of regions."""

from collections.abc import Sequence
from dataclasses import asdict

from cenguard.judging.proof import Proof
from cenguard.reports.json import json_text
from cenguard.reports.lines import inert, wrapped
from cenguard.reports.names import quoted, with_names
from cenguard.reports.words import state_of
from cenguard.text.printable import printable


def render(proofs: Sequence[Proof], form: str) -> str:
    """The proofs as text, or as JSON."""
    if form == "json":
        return json_text([document(proof) for proof in proofs])
    return "\n".join(_text(proof) for proof in proofs)


def document(proof: Proof) -> dict[str, object]:
    """A proof as JSON has it."""
    found = asdict(proof)
    del found["full"], found["no_connection"]
    return found


def _text(proof: Proof) -> str:
    areas = f" ({'/'.join(proof.area_pair)})" if proof.area_pair else ""
    state = state_of(proof.disposition, proof.mbps, full=proof.full, no_connection=proof.no_connection)
    lines = [printable(f"{' – '.join(proof.regions)}{areas} on {quoted(proof.name)}: {state}")]
    lines += wrapped(proof.meaning, "    ")
    for step in proof.steps:
        lines += wrapped(with_names(step, {proof.name}), "      · ", "        ")
    return "\n".join(map(inert, lines)) + "\n"
