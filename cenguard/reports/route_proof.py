"""`cenguard explain` for networks: both legs, step by step."""

from collections.abc import Sequence
from typing import Any

from cenguard.findings.proved import LegProof, Reach, RouteProof
from cenguard.reports.json import json_text
from cenguard.reports.lines import inert, wrapped
from cenguard.reports.places import told_apart
from cenguard.reports.proof import document, in_words
from cenguard.text.printable import number, printable


def render(proofs: Sequence[RouteProof], form: str) -> str:
    """The proofs as text, or as JSON."""
    if form == "json":
        return json_text([_document(proof) for proof in proofs])
    names = told_apart([(proof.name, proof.instance) for proof in proofs])
    return "\n".join(map(_text, proofs, names))


def render_reach(found: Sequence[Reach], form: str) -> str:
    """What a network reaches, as text, or as JSON."""
    if form == "json":
        return json_text(
            [
                {
                    "from": item.name,
                    "instance": item.instance,
                    "groups": [
                        {key: getattr(group, key) for key in ("id", "disposition", "forward", "back", "examples")}
                        for group in item.groups
                    ],
                }
                for item in found
            ]
        )
    lines: list[str] = []
    labels = told_apart([(item.label, item.instance) for item in found])
    for item, label in zip(found, labels, strict=True):
        lines.append(printable(f"{item.name} on {label}"))
        for group in item.groups:
            way = in_words(f"{group.disposition}{f' ({group.cause})' if group.cause else ''}")
            more = " …" if group.count > len(group.examples) else ""
            lines += wrapped(
                f"{way}: {number(group.count, 'network')}, {group.where}: {', '.join(group.examples)}{more}", "    ", "      "
            )
        if not item.groups:
            lines.append("    no other network is attached")
    return "\n".join(map(inert, lines)) + "\n"


def _document(proof: RouteProof) -> dict[str, Any]:
    return {
        "from": proof.first,
        "to": proof.second,
        "instance": proof.instance,
        "disposition": proof.disposition,
        "cause": proof.cause,
        "legs": [
            {
                "from": leg.sender,
                "to": leg.receiver,
                "disposition": leg.disposition,
                "prefixes": dict(leg.prefixes),
                "steps": [{key: step[key] for key in ("urn", "property", "text")} for step in leg.steps],
                "blocker": leg.blocker,
                "assumes": list(leg.assumes),
            }
            for leg in proof.legs
        ],
        "regions": document(proof.regions) if proof.regions is not None else None,
    }


def _text(proof: RouteProof, name: str) -> str:
    verdict = proof.disposition
    if proof.disposition == "one_way":
        good = next((leg for leg in proof.legs if leg.disposition in ("routed", "assumed")), None)
        verdict = f"one_way, {good.sender} to {good.receiver} only" if good is not None else verdict
    elif proof.cause:
        verdict = f"{proof.disposition} ({proof.cause})"
    where = f" ({in_words(proof.where)})" if proof.where else ""
    on = "" if proof.disposition == "no_common_instance" else f" on {name}"
    lines = wrapped(f"{proof.first} – {proof.second}{on}{where}: {in_words(verdict)}", "", "    ")
    if proof.relay:
        text = f"both regions have peers with {', '.join(proof.relay)}: CEN does not pass routes on from {', '.join(proof.relay)}"
        lines += wrapped(text, "    ")
    for leg in proof.legs:
        lines += _leg(leg)
    assumes = dict.fromkeys(code for leg in proof.legs for code in leg.assumes)
    if assumes:
        lines += wrapped(f"assumes: {', '.join(assumes)}", "    ", "      ")
    return "\n".join(map(inert, lines)) + "\n"


def _leg(leg: LegProof) -> list[str]:
    lines = [printable(f"    {leg.sender} → {leg.receiver}: {in_words(leg.disposition)}")]
    for step in leg.steps:
        if step["aside"]:
            lines += wrapped(f"({in_words(step['text'])})", "      ", "        ")
        else:
            lines += wrapped(in_words(step["text"]), "      · ", "        ")
    if leg.blocker:
        lines += wrapped(leg.blocker, "      · ", "        ")
    return lines
