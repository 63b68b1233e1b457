"""Words that several formats share: what connects a pair, what a change buys, the verdict in one line."""

from collections.abc import Sequence

from msgspec import structs

from cenguard.findings.report import DETACHED, Purchase, Report, ReportedCode, ReportedFinding, ReportedFix, ReportedPair, Traffic
from cenguard.network.assumptions import ASSUMPTIONS
from cenguard.network.dispositions import COVERED
from cenguard.reports.places import called
from cenguard.resources.urns import name_in_urn
from cenguard.text.printable import number, with_settle

STATES = {
    "same_region": "connected within the region",
    "funded": "connected",
    "pay_by_traffic": "connected, paid by traffic",
    "ccn_free": "connected, a CCN needs no package here",
    "overdrawn": "package overdrawn: some of it is refused",
    "outside": "connected by a package from elsewhere",
    "broken": "broken: declared, and cannot work",
    "unallocated": "no Mbps of the attached package: 1 Kbps",
    "undetermined": "undetermined",
    "wrong_area": "package of other areas: 1 Kbps",
    "other_instance": "package on another instance: 1 Kbps",
    "not_attached": "package not attached: 1 Kbps",
    "no_package": "no package: 1 Kbps",
    DETACHED: "no longer attached",
}
UNBOUND = "names in <> are yours to fill in"
"""What is said of code whose names are not bound in the program."""
TEST_BANDWIDTH = "1 Kbps"
FULL = "the package is full: 1 Kbps"
"""Of an unallocated pair whose package has nothing left to give."""
ROUTES = 5
"""Of so many instances who decides is told what becomes of packets."""


def is_address(help_: str) -> bool:
    """Whether a finding's help is an address to link to, and not the command that explains the rule."""
    return help_.startswith(("https://", "http://"))


def mbps(number: float | None) -> str:
    """Mbps for people.

    >>> mbps(20), mbps(2.5)
    ('20 Mbps', '2.5 Mbps')
    """
    return "unknown Mbps" if number is None else f"{number:.12g} Mbps"


def state(pair: ReportedPair) -> str:
    """What connects a pair, with its Mbps."""
    return state_of(pair.disposition, pair.mbps, full=pair.full, no_connection=pair.no_connection, no_route=pair.no_route)


def state_of(
    disposition: str, carried: float | None, *, full: bool = False, no_connection: bool = False, no_route: bool = False
) -> str:
    """What a disposition means, with the Mbps that a pair carries.

    >>> state_of("unallocated", None), state_of("unallocated", None, full=True)
    ('no Mbps of the attached package: 1 Kbps', 'the package is full: 1 Kbps')
    """
    text = FULL if full else STATES[disposition]
    if no_connection:
        text = text.replace(TEST_BANDWIDTH, "no connection")
    if no_route and disposition != DETACHED:
        text = f"{text}, but no route leads over it"
    return f"{mbps(carried)}, {text}" if carried is not None else text


def routes_lines(report: Report) -> list[str]:
    """What becomes of packets between networks: one line an instance, then what the verdicts assume."""
    assumed = assumes(report)
    return [*(f"{name}routes: {said}" for name, said in routes_said(report)), *([assumed] if assumed else [])]


def routes_said(report: Report) -> list[tuple[str, str]]:
    """How many networks reach each other: the name before it, where there are several instances, and the counts."""
    found: list[tuple[str, str]] = []
    instances = report.routes.instances if report.routes is not None else ()
    names = called(item.instance for item in instances)
    for item in instances:
        name = f"{names[item.instance]}: " if len(instances) > 1 else ""
        counts = {way: count.networks for way, count in (item.counts or {}).items()}
        there = f"{number(item.networks, 'network')} in {number(len(item.groups) + item.more_groups, 'group')}"
        if item.pairs is None:
            found.append((name, f"{there}, too many to follow packets between all of them"))
            continue
        both = counts.get("reachable", 0) + counts.get("assumed", 0)
        told = [
            f"{number(both, 'pair')} both ways",
            f"{counts.get('one_way', 0)} one way",
            f"{counts.get('undetermined', 0)} undetermined",
        ]
        others = sum(counts.values()) - both - counts.get("one_way", 0) - counts.get("undetermined", 0)
        told += [f"{others} apart"] if others else []
        found.append((name, f"{there}, {', '.join(told)}"))
    return found


def routes_in_short(report: Report) -> str:
    """The same of up to a few instances in one line, for who decides; empty where no two networks could talk."""
    if report.routes is None or all(item.networks < 2 for item in report.routes.instances):
        return ""
    said = [f"{name}{counts}" for name, counts in routes_said(report)]
    more = [f"and {number(len(said) - ROUTES, 'instance')} more"] if len(said) > ROUTES else []
    return "; ".join([*said[:ROUTES], *more])


def assumes(report: Report) -> str:
    """What every route that is told takes for granted."""
    codes = report.routes.assumes if report.routes is not None else ()
    return f"a route assumes: {'; '.join(ASSUMPTIONS[code] for code in codes)}" if codes else ""


def remarks(report: Report) -> list[str]:
    """What the head says of the sources: what they do not show, why, and what to do; one line each."""
    several = len(report.sources) > 1
    lines = [f"{source.path}: {note}" if several else note for source in report.sources for note in source.notes]
    if has_base(report) and report.summary.new is None and not all(source.complete for source in report.sources):
        lines.append("What is new and what is resolved is not told of input that leaves something out: every finding decides.")
    return lines


def attached(report: Report) -> list[ReportedPair]:
    """The pairs of regions that are attached now."""
    return [pair for pair in report.pairs if pair.disposition != DETACHED]


def has_base(report: Report) -> bool:
    """Whether there is something to compare the pairs with; findings are compared where the summary counts new ones."""
    return report.has_base or report.summary.new is not None


def changes(report: Report, pair: ReportedPair) -> bool:
    """Whether a pair carries something else than before, where that is known."""
    return has_base(report) and pair.mbps != pair.mbps_before


def before(pair: ReportedPair) -> str:
    """What a pair carried."""
    return "nothing" if pair.mbps_before is None else mbps(pair.mbps_before)


def purchase(item: Purchase) -> str:
    """What buying a package means.

    >>> purchase(Purchase(urn="u", area_pair=("China", "Europe"), mbps=20, payment="PrePaid", period=6))
    '20 Mbps China/Europe, prepaid 6 months, at once, not refundable'
    """
    return f"{purchase_size(item)}, {purchase_terms(item)}"


def purchase_size(item: Purchase) -> str:
    """How much is bought, and for which areas.

    >>> purchase_size(Purchase(urn="u", area_pair=("China", "Europe"), mbps=20, mbps_before=10))
    '10 Mbps → 20 Mbps China/Europe'
    """
    areas = "/".join(item.area_pair) if item.area_pair else "of areas not known yet"
    size = mbps(item.mbps) if item.mbps_before is None else f"{mbps(item.mbps_before)} → {mbps(item.mbps)}"
    return f"{size} {areas}"


def purchase_terms(item: Purchase) -> str:
    """How a package is paid for; of one that is resized, the difference.

    >>> purchase_terms(Purchase(urn="u", area_pair=None, mbps=20, payment="PostPaid"))
    'pay as you go'
    >>> purchase_terms(Purchase(urn="u", area_pair=None, mbps=20, mbps_before=10))
    'the difference for the rest of its prepaid period, at once, not refundable'
    >>> purchase_terms(Purchase(urn="u", area_pair=None, mbps=10, mbps_before=20))
    'less than it has: nothing is bought'
    """
    if item.mbps is not None and item.mbps_before is not None and item.mbps <= item.mbps_before:
        return "less than it has: nothing is bought"
    if item.payment_open:
        return "how it is paid is not known yet"
    if item.payment == "PostPaid":
        return "pay as you go"
    if item.payment not in (None, "PrePaid"):
        return item.payment
    period = f"prepaid {number(item.period or 1, 'month')}"  # the service's own default is prepaid
    if item.period_open:
        period = "prepaid for a period that is not known yet"
    if item.mbps_before is not None:
        period = "the difference for the rest of its prepaid period"
    elif item.payment is None:
        period += " by default"
    parts = [period, "at once", "not refundable"]
    return ", ".join([*parts, "renewed automatically"] if item.auto_renew else parts)


def paid_by_traffic(item: Traffic) -> str:
    """What a peer paid by traffic means.

    >>> paid_by_traffic(Traffic(urn="u", area_pair=("China", "Europe"), mbps=20))
    'up to 20 Mbps China/Europe: each GB is paid for, and no package is needed'
    """
    areas = "/".join(item.area_pair) if item.area_pair else "between areas not known yet"
    ceiling = f"up to {mbps(item.mbps)}" if item.mbps is not None else "up to a number of Mbps that is not set or not known"
    before = f" ({mbps(item.mbps_before)} before)" if item.mbps_before is not None else ""
    return f"{ceiling}{before} {areas}: each GB is paid for, and no package is needed"


def code_of(fix: ReportedFix) -> ReportedCode | None:
    """What to write: in the program's language, else in Python; None where another finding's fix does it, or words do."""
    if fix.code is not None:
        return fix.code
    return ReportedCode(language="python", text=fix.python, bound=True) if fix.python and fix.with_ is None else None


def with_cures(findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
    """The findings for a format that shows each by itself: one that falls with another's fix says so.

    Its own advice stands beside that of the other one there, and who follows both buys twice.
    """
    named = {item.fix.with_ for item in findings if item.fix is not None and item.fix.with_ is not None}
    carriers = {item.fingerprint: item for item in findings if item.fingerprint in named} if named else {}
    found = []
    for item in findings:
        carrier = carriers.get(item.fix.with_) if item.fix is not None and item.fix.with_ is not None else None
        if carrier is None or carrier.fix is None or item.fix is None or carrier.fix.summary == item.fix.summary:
            found.append(item)
            continue
        whose = f" of {name_in_urn(carrier.urn)}" if carrier.urn else ""
        other = carrier.fix.summary[:1].lower() + carrier.fix.summary[1:]
        summary = f"{item.fix.summary} Not needed where you do what {carrier.rule} says{whose}: {other}"
        found.append(structs.replace(item, fix=structs.replace(item.fix, summary=summary)))
    return found


def code_lines(fix: ReportedFix) -> list[str]:
    """What to write, line by line, with a note where names are left to the reader."""
    code = code_of(fix)
    if code is None:
        return []
    return [*code.text.rstrip().splitlines(), *([f"({UNBOUND})"] if not code.bound and "<" in code.text else [])]


def is_open(finding: ReportedFinding) -> bool:
    """Whether nobody has waived it."""
    return finding.waived_by is None


def grade(finding: ReportedFinding) -> str:
    """How a finding counts: mandatory, advisory or undetermined."""
    return finding.level if finding.verdict == "violated" else "undetermined"


def hangs_on(finding: ReportedFinding) -> str:
    """What an undetermined finding hangs on and what would settle it, where only the finding itself tells."""
    _, told, reason = finding.message.partition(" cannot be told: ")
    text = (reason if told else finding.message).rstrip(".")
    return with_settle(text, finding.fix.summary) if told and finding.fix else text


def counts(report: Report) -> str:
    """The summary in a line.

    Only the words that say something are said.
    """
    summary = report.summary
    parts = [
        f"{count} {word}"
        for count, word in (
            (summary.mandatory, "mandatory"),
            (summary.advisory, "advisory"),
            (summary.undetermined, "undetermined"),
            (summary.waived, "waived"),
        )
        if count
    ]
    if summary.new is not None:
        parts += [f"{summary.new} new"] if summary.new else []
        parts += [f"{summary.fixed} resolved"] if summary.fixed else []
    return ", ".join(parts)


def verdict(report: Report) -> str:
    """The report in one line."""
    head = counts(report) or "nothing found"
    return f"{head}; {connected(report)}" if attached(report) or report.absent else head


def carries(pair: ReportedPair) -> bool:
    """Whether a pair is connected, and routes lead over it."""
    return pair.disposition in COVERED and not pair.no_route


def connected(report: Report) -> str:
    """How many pairs carry traffic."""
    pairs = attached(report)
    count = sum(pair.disposition in COVERED for pair in pairs)
    bare = count - sum(map(carries, pairs))
    if pairs:
        return f"{count} of {len(pairs)} region pairs connected{f', {bare} of them without a route' if bare else ''}"
    return report.absent or "no pair of regions to connect"
