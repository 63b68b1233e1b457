"""Waivers and old inventories over a whole fleet: what is said of them is said once."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from cenguard.findings.audited import AuditedFinding
from cenguard.findings.fix import Applicability
from cenguard.findings.report import ReportedFinding
from cenguard.judging.options import Options
from cenguard.judging.stale_inventory import Old, about_old
from cenguard.judging.tool_findings import about_waivers
from cenguard.judging.waived import asked_of
from cenguard.text.printable import listed

_MANUAL = Applicability.MANUAL.value


def waived(
    findings: Sequence[AuditedFinding],
    stacks: Sequence[tuple[str, str]],
    options: Options,
    codes: Sequence[str],
    called: Mapping[str, Sequence[str]],
) -> list[AuditedFinding]:
    """The findings with who waives them, and with what is to be said of the waivers; `called` are the names of instances."""
    if not options.settings.waivers:
        return list(findings)
    waiving = options.waiving()
    waiving.called = called
    is_asked = asked_of(options, codes)
    judged = [item for item in waiving.judge(findings) if isinstance(item, AuditedFinding)]
    notices = about_waivers(
        waiving,
        lambda waiver: waiver.speaks_of(stacks) and is_asked(waiver),
        options.settings,
    )
    return judged + [AuditedFinding(**{name: getattr(item, name) for name in item.__struct_fields__}) for item in notices]


def with_open_carriers(findings: Sequence[AuditedFinding]) -> list[AuditedFinding]:
    """The findings with edits on those that are open: they were made before anybody asked who waives what.

    What is waived or not shown carries none; the first open finding that falls with such a one takes its edits, and the others
    fall with that.
    """
    shown = {item.fingerprint: item for item in findings}
    heirs: dict[str, str] = {}
    found: list[AuditedFinding] = []
    for item in findings:
        fix = item.fix
        if fix is None or (not fix.edits and fix.with_ is None):
            found.append(item)
            continue
        before = fix.with_
        carrier = shown.get(before) if before is not None else None
        if item.waived_by is not None:
            fix = structs.replace(fix, applicability=_MANUAL, with_=None, edits=(), code=None, python=None)
        elif before is not None and (carrier is None or carrier.waived_by is not None):
            if before in heirs:
                fix = structs.replace(fix, with_=heirs[before])
            elif carrier is None or carrier.fix is None:
                fix = structs.replace(fix, applicability=_MANUAL, with_=None)
            else:
                heirs[before] = item.fingerprint
                fix = carrier.fix  # with its sentence: its own may propose another way
        found.append(structs.replace(item, fix=fix))
    return found


def about_old_inventories(
    found: Iterable[Old | None], findings: Iterable[AuditedFinding], options: Options
) -> list[ReportedFinding]:
    """What is said of inventories that are too old, once for all instances, when it is known what is waived."""
    old = [item for item in found if item is not None]
    if not old:
        return []
    names = tuple(sorted({name for item in old for name in item.names}))
    weakened = frozenset[str]().union(*(item.weakened for item in old))
    whole = old[0]._replace(names=names, taken=min(item.taken for item in old), weakened=weakened)
    told = about_old(whole, findings, options.settings)
    return [
        structs.replace(item, because=(f"weakened: {listed(step.removeprefix('weakened: ') for step in item.because)}",))
        if item.because
        else item
        for item in told
    ]
