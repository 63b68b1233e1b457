"""Findings about the check itself: a rule that failed, waivers that are over or unused, input that hides resources."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import structs

from cenguard.findings import Level, Severity, Verdict
from cenguard.findings.report import ReportedFinding, ReportedFix
from cenguard.resources.records import Records, Unread
from cenguard.resources.urns import name_in_urn
from cenguard.rules.rule import Rule
from cenguard.text.printable import printable

if TYPE_CHECKING:
    import hashlib

    from cenguard.settings.model import Settings
    from cenguard.settings.waivers import Waiver, Waiving

RULE_FAILED = ("CEN901", "rule-failed")
EXPIRED_WAIVER = ("CEN902", "expired-waiver")
UNUSED_WAIVER = ("CEN903", "unused-waiver")
INCOMPLETE_INPUT = ("CEN904", "incomplete-input")
UNKNOWN_SETTING = ("CEN905", "unknown-setting")
EXPECTED_INSTANCE = ("CEN906", "expected-instance-missing")
STALE_INVENTORY = ("CEN907", "stale-inventory")
TOOL_CODES = tuple(
    code
    for code, _ in (
        RULE_FAILED,
        EXPIRED_WAIVER,
        UNUSED_WAIVER,
        INCOMPLETE_INPUT,
        UNKNOWN_SETTING,
        EXPECTED_INSTANCE,
        STALE_INVENTORY,
    )
)
_ONE_OF_MANY = frozenset((RULE_FAILED[0], EXPIRED_WAIVER[0], UNUSED_WAIVER[0], UNKNOWN_SETTING[0], EXPECTED_INSTANCE[0]))
"""Codes of which one check may have several findings, told apart by what they are about."""


def help_of(code: str, base: str = "") -> str:
    """Where a rule is explained: its page under the address that the settings name, else the command that shows it.

    >>> help_of("CEN201")
    'cenguard rules CEN201'
    >>> help_of("CEN201", "https://docs.example.org/cenguard/")
    'https://docs.example.org/cenguard/rules/CEN201/'
    """
    return f"{base}rules/{code}/" if base and code.startswith(TOOL_CODES[0][:3]) else f"cenguard rules {code}"


def with_help(findings: list[ReportedFinding], base: str) -> list[ReportedFinding]:
    """The findings with the addresses of their pages, where the settings name a base for them."""
    return [structs.replace(item, help=help_of(item.rule, base)) for item in findings] if base else findings


@lru_cache(1 << 16)  # it is asked of one finding by its report, its fix and its blocker
def fingerprint(code: str, subject: str | None, area_pair: tuple[str, str] | None) -> str:
    """What makes a finding the same one tomorrow: code, URN or instance, and area pair; nothing of its message."""
    text = "\n".join((code, subject or "", *area_pair)) if area_pair else f"{code}\n{subject or ''}"
    return _sha256()(text.encode()).hexdigest()[:16]


@cache
def _sha256() -> "Callable[[bytes], hashlib._Hash]":
    """Loaded with the first finding: an input without any needs no cryptography."""
    from hashlib import sha256

    return sha256


def tool_finding(
    rule: tuple[str, str], message: str, because: tuple[str, ...], fix: str | None = None, *, about: str | None = None
) -> ReportedFinding:
    """A finding about the check itself; `about` tells it from others of its code, where the message is not enough."""
    code, name = rule
    return ReportedFinding(
        rule=code,
        name=name,
        verdict=Verdict.VIOLATED,
        level=Level.MANDATORY,
        severity=Severity.CRITICAL,
        urn=None,
        type=None,
        resource=None,
        instance=None,
        area_pair=None,
        region_pairs=(),
        packages=(),
        related=(),
        location=None,
        message=printable(message),
        because=tuple(printable(step) for step in because),
        fix=ReportedFix(summary=printable(fix)) if fix else None,
        change=None,
        waived_by=None,
        fingerprint=fingerprint(code, (about or message) if code in _ONE_OF_MANY else None, None),
        help=help_of(code),
    )


def advice(rule: tuple[str, str], message: str, because: tuple[str, ...] = (), *, about: str | None = None) -> ReportedFinding:
    """A finding about the check itself that stops nobody."""
    return structs.replace(tool_finding(rule, message, because, about=about), level=Level.ADVISORY, severity=Severity.MEDIUM)


def incomplete(sources: Sequence[Records], silent: Sequence[Rule]) -> ReportedFinding:
    """What is to be said of input that hides resources, and the rules that were silent for it."""
    partial = [source for source in sources if source.missing]
    names = ", ".join(f"{source.path}: {source.missing}" for source in partial)
    cure = partial[0].cure or partial[0].missing.rpartition(": ")[2]
    return tool_finding(
        INCOMPLETE_INPUT,
        f"The input does not show the whole stack, so the answer would be wrong. {names}.",
        (_silence(silent),),
        fix=cure[:1].upper() + cure[1:] + ".",
    )


def _silence(silent: Sequence[Rule]) -> str:
    return f"rules that did not answer: {', '.join(rule.code for rule in silent) or 'none'}"


def about_unread(sources: Sequence[Records], silent: Sequence[Rule] = ()) -> list[ReportedFinding]:
    """What holds, or may hold, a CEN and cannot be read: one finding for each such resource."""
    return [_unread(item, silent) for source in sources for item in source.unread]


def _unread(item: Unread, silent: Sequence[Rule]) -> ReportedFinding:
    name = name_in_urn(item.urn)
    finding = tool_finding(
        INCOMPLETE_INPUT,
        f"{name} ({item.type}) {item.reason}.",
        ("nothing of it was judged", *([_silence(silent)] if silent else [])),
        fix=item.cure[:1].upper() + item.cure[1:] + ".",
    )
    return structs.replace(
        finding,
        level=Level.ADVISORY if item.advisory else Level.MANDATORY,
        severity=Severity.MEDIUM if item.advisory else Severity.CRITICAL,
        urn=item.urn,
        type=item.type,
        resource=printable(name),
        fingerprint=fingerprint(INCOMPLETE_INPUT[0], item.urn, None),
    )


def as_set(findings: Iterable[ReportedFinding], settings: "Settings") -> list[ReportedFinding]:
    """Findings about the check itself at the levels that the settings give them; without those that are disabled."""
    levels = settings.levels
    set_so = ((item, levels.get(item.rule)) for item in findings)
    return [
        structs.replace(item, level=level) if level is not None else item for item, level in set_so if level is not Level.DISABLED
    ]


def about_waivers(waiving: "Waiving", asked: "Callable[[Waiver], bool]", settings: "Settings") -> list[ReportedFinding]:
    """Findings about the waivers themselves."""
    found = (
        advice(
            EXPIRED_WAIVER if notice.over else UNUSED_WAIVER,
            notice.message,
            tuple(filter(None, (notice.waiver.place, f"its reason: {notice.waiver.reason}"))),
            about=f"{notice.waiver.owner} {notice.waiver.criteria}",
        )
        for notice in waiving.notices(asked)
    )
    return as_set(found, settings)


def about_settings(remarks: Iterable[str], settings: "Settings") -> list[ReportedFinding]:
    """Findings about settings that have no effect."""
    return as_set((advice(UNKNOWN_SETTING, remark) for remark in remarks), settings)
