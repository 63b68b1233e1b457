"""The JSON report: the contract that scripts hold on to (`docs/report.schema.json`).

It is written in pieces of a hundred findings, so that a long report is never held as one text.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from cenguard.findings.report import Purchase, Report, ReportedPair
from cenguard.findings.reported_routes import ReportedRoutes
from cenguard.reports.file_changes import with_changes
from cenguard.rules import RULES
from cenguard.text.printable import name_as_text, printable_json

SAID_OF_PAIRS = ("full", "no_connection", "no_route")
SAID_OF_PURCHASES = ("payment_open", "period_open")
"""Keys of pairs and of purchases that are there only where they are true; no earlier version of cenguard writes them."""
_PIECE = 100
"""Members of a list that are written at once."""
_HARMLESS = bytes([*range(0x20, 0x7F), 0x0A])
"""What JSON is made of, mostly: the printable signs of ASCII, and the ends of lines between them."""
_DASH = "–".encode()
"""What stands between the regions of a pair, in most messages."""
_encode = msgspec.json.encode


def render(report: Report) -> str:
    """The report as JSON text, keys in the contract's order."""
    return b"".join(pieces(report)).decode()


def pieces(report: Report) -> Iterator[bytes]:
    """The same text, piece by piece."""
    sources = [msgspec.structs.asdict(source) for source in report.sources]
    for source in sources:
        if not source["notes"]:
            del source["notes"]
    pairs = [_pair(pair) for pair in report.pairs]
    document: dict[str, Any] = {
        "schema": report.schema,
        "cenguard": report.cenguard,
        "catalogue": report.catalogue,
        "sources": sources,
        "summary": report.summary,
        "pairs": pairs,
        "purchases": purchases_document(report.purchases),
        "cuts": report.cuts,
        "traffic": report.traffic,
        "fixed": report.fixed,
        "findings": with_changes(report),
    }
    if report.routes is not None:
        document["routes"] = routes_document(report.routes)
    if not report.fixes_complete:
        document["fixes_complete"] = False
    if report.absent:
        document["absent"] = report.absent
    if report.has_base and report.summary.new is None:
        document["has_base"] = True
    if report.asked is not None and any(rule.code not in report.asked for rule in RULES):
        document["asked"] = report.asked
    return _pieces(document)


def _pair(pair: ReportedPair) -> dict[str, Any]:
    """A pair of regions; what is only said of some is left out of the others."""
    found: dict[str, Any] = {
        "instance": pair.instance,
        "regions": pair.regions,
        "disposition": pair.disposition,
        "mbps": pair.mbps,
        "mbps_before": pair.mbps_before,
    }
    return found | {key: True for key in SAID_OF_PAIRS if getattr(pair, key)}


def purchases_document(purchases: Sequence[Purchase]) -> list[dict[str, Any]]:
    """What JSON says of purchases; what is only said of some is left out of the others."""
    found = [msgspec.structs.asdict(item) for item in purchases]
    for item in found:
        for key in SAID_OF_PURCHASES:
            if not item[key]:
                del item[key]
    return found


def routes_document(routes: ReportedRoutes) -> dict[str, Any]:
    """What JSON says of routes: what is not asked for, or not there, is left out."""
    found: dict[str, Any] = msgspec.to_builtins(routes)
    for instance in found["instances"]:
        for group in instance["groups"]:
            if group["members"] is None:
                del group["members"]
        for key in ("more_groups", "more"):
            if not instance[key]:
                del instance[key]
        if instance["pairs"] is None:
            del instance["pairs"]
    return found


def json_text(document: Any) -> str:
    """A document as JSON that people can read and a terminal can show."""
    return _formatted(document).decode() + "\n"


def toml_as_json(text: str, *tables: str) -> str:
    """What a TOML file holds, as JSON: the same tables and keys; some lists of tables are there when they are empty, too."""
    import tomllib

    return json_text({name: [] for name in tables} | tomllib.loads(text))


def _pieces(document: Mapping[str, Any]) -> Iterator[bytes]:
    comma = b"{\n"
    for key, value in document.items():
        if isinstance(value, (list, tuple)) and len(value) > _PIECE:
            yield from _pieces_of_list(comma, key, value)
        else:
            yield comma + _formatted({key: value})[len("{\n") : -len("\n}")]
        comma = b",\n"
    yield b"\n}\n"


def _pieces_of_list(comma: bytes, key: str, members: Sequence[Any]) -> Iterator[bytes]:
    yield comma + b"  " + _encode(key) + b": ["
    comma = b"\n"
    for index in range(0, len(members), _PIECE):
        # formatted as the only list of a document, so that it is indented as far
        yield comma + _formatted({"": members[index : index + _PIECE]})[len('{\n  "": [\n') : -len("\n  ]\n}")]
        comma = b",\n"
    yield b"\n  ]"


def _formatted(value: Any) -> bytes:
    try:
        plain = _encode(value)
    except UnicodeEncodeError:  # the name of a file need not be text
        plain = _encode(_as_text(msgspec.to_builtins(value)))
    text = msgspec.json.format(plain, indent=2)
    if not _is_harmless(plain):  # half as long, and the form adds only spaces and line ends
        text = printable_json(text.decode()).encode()
    return text


def _as_text(value: Any) -> Any:
    if isinstance(value, str):
        return name_as_text(value)
    if isinstance(value, dict):
        return {_as_text(key): _as_text(item) for key, item in value.items()}
    return [_as_text(item) for item in value] if isinstance(value, (list, tuple)) else value


def _is_harmless(text: bytes) -> bool:
    """Whether nothing in JSON text needs to be spelled out; of most texts this is seen at once.

    What is written as JSON has no control character of ASCII in it but line ends and DEL: the others are escaped already.
    """
    if (b"#" in text and b"##" in text) or b"\x7f" in text:  # one sign is found several times faster than two
        return False
    if text.isascii() or text.replace(_DASH, b"").isascii():
        return True
    return text.translate(None, _HARMLESS).decode().isprintable()
