"""Waivers and old inventories over a whole fleet: what is said of them is said once."""

from collections.abc import Sequence

from msgspec import structs

from cenguard.findings import Level
from cenguard.findings.audited import AuditedFinding
from cenguard.judging.options import Options
from cenguard.judging.tool_findings import INCOMPLETE_INPUT, STALE_INVENTORY, about_waivers
from cenguard.text.printable import listed


def waived(
    findings: Sequence[AuditedFinding], stacks: Sequence[tuple[str, str]], options: Options, codes: Sequence[str]
) -> list[AuditedFinding]:
    """The findings with who waives them, and with what is to be said of the waivers."""
    if not options.settings.waivers:
        return list(findings)
    waiving = options.waiving()
    asked = {INCOMPLETE_INPUT[0], *codes}
    judged = [item for item in waiving.judge(findings) if isinstance(item, AuditedFinding)]
    notices = about_waivers(
        waiving, lambda waiver: waiver.speaks_of(stacks) and (waiver.codes is None or bool(waiver.codes & asked))
    )
    return judged + [AuditedFinding(**{name: getattr(item, name) for name in item.__struct_fields__}) for item in notices]


def stale_once(findings: Sequence[AuditedFinding]) -> list[AuditedFinding]:
    """What is said of inventories that are too old, once for all instances; mandatory where it is for one of them."""
    stale = [item for item in findings if item.rule == STALE_INVENTORY[0]]
    if len(stale) < 2:
        return list(findings)
    first = min(stale, key=lambda item: (item.level != Level.MANDATORY, item.message))
    because = sorted({step for item in stale for step in item.because})
    shown = (f"weakened: {listed(step.removeprefix('weakened: ') for step in because)}",) if because else ()
    return [item for item in findings if item.rule != STALE_INVENTORY[0]] + [structs.replace(first, because=shown)]
