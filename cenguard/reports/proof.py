"""`cenguard explain`: the proof for one pair of regions."""

import re
from collections.abc import Sequence
from dataclasses import asdict

from cenguard.findings.proved import Proof
from cenguard.network.dispositions import Disposition
from cenguard.network.ways import Way
from cenguard.reports.json import json_text
from cenguard.reports.lines import inert, wrapped
from cenguard.reports.names import quoted, with_names
from cenguard.reports.places import told_apart
from cenguard.reports.words import state_of
from cenguard.text.printable import printable

_OURS = re.compile(
    rf"(?<![\w`-])(?:{'|'.join(word for word in (*Disposition, *Way, 'same_network', 'no_common_instance') if '_' in word)})(?![\w`-])"
)


def in_words(text: str) -> str:
    """A sentence without identifiers of ours, which JSON has.

    >>> in_words("office to plant is not_learned, and a_b is not_published: pay_by_traffic")
    'office to plant is not learned, and a_b is not published: paid by traffic'
    """
    return _OURS.sub(lambda match: match[0].replace("pay_", "paid_").replace("_", " "), text)


def render(proofs: Sequence[Proof], form: str) -> str:
    """The proofs as text, or as JSON."""
    if form == "json":
        return json_text([document(proof) for proof in proofs])
    names = told_apart([(proof.name, proof.instance) for proof in proofs])
    return "\n".join(map(_text, proofs, names))


def document(proof: Proof) -> dict[str, object]:
    """A proof as JSON has it."""
    found = asdict(proof)
    del found["full"], found["no_connection"]
    return found


def _text(proof: Proof, name: str) -> str:
    areas = f" ({'/'.join(proof.area_pair)})" if proof.area_pair else ""
    state = state_of(proof.disposition, proof.mbps, full=proof.full, no_connection=proof.no_connection)
    lines = [printable(f"{' – '.join(proof.regions)}{areas} on {quoted(name)}: {state}")]
    lines += wrapped(proof.meaning, "    ")
    for step in proof.steps:
        lines += wrapped(with_names(in_words(step), {proof.name}), "      · ", "        ")
    return "\n".join(map(inert, lines)) + "\n"
