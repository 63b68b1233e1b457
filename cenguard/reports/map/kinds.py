"""How a pair of regions is drawn, whatever draws it."""

from typing import Protocol

from cenguard.network.dispositions import COVERED
from cenguard.reports.words import mbps

KINDS = ("ok", "missing", "broken", "open")
"""Connected, not connected, declared but not working, undetermined."""
SIGNS = {"ok": "✓", "missing": "✗", "broken": "!", "open": "?"}
SHORT = {"ok": "connected", "missing": "1 Kbps", "broken": "broken", "open": ""}
"""What a label says of a pair that carries no Mbps."""
TITLES = {"ok": "connected", "missing": "not connected", "broken": "declared, does not work", "open": "undetermined"}


class Drawn(Protocol):
    """A pair of regions, of a map or of a report."""

    @property
    def regions(self) -> tuple[str, str]:
        """Ids of both."""

    @property
    def disposition(self) -> str:
        """What connects them, or not."""

    @property
    def mbps(self) -> float | None:
        """What they carry."""

    @property
    def no_connection(self) -> bool:
        """Whether a pair that nothing carries has not even the test bandwidth."""

    @property
    def no_route(self) -> bool:
        """Whether a pair carries Mbps, and no route leads over it."""


def kind_of(pair: Drawn) -> str:
    """How a pair is drawn: Mbps that no route leads over carry nothing."""
    if pair.no_route:
        return "broken"
    if pair.disposition in COVERED:
        return "ok"
    return {"broken": "broken", "overdrawn": "broken", "undetermined": "open"}.get(pair.disposition, "missing")


def label_of(pair: Drawn) -> str:
    """What stands at a pair's line: its sign, and its Mbps or what else there is."""
    kind = kind_of(pair)
    label = mbps(pair.mbps) if pair.mbps is not None else _short_state(pair, kind)
    if pair.no_route:
        label = f"{mbps(pair.mbps)}, no route" if pair.mbps is not None else "no route"
    return f"{SIGNS[kind]} {label}".rstrip()


def _short_state(pair: Drawn, kind: str) -> str:
    if pair.no_connection:
        return "no connection"
    return "overdrawn" if pair.disposition == "overdrawn" else SHORT[kind]
