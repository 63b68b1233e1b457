"""Sources → report: the one function behind the command, the pack and the tests."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from operator import is_
from typing import TYPE_CHECKING

from msgspec import structs

from cenguard import __version__
from cenguard.assembly import assemble
from cenguard.findings import Level, Verdict
from cenguard.findings.report import (
    Report,
    ReportedFinding,
    ReportedFix,
    ReportedPair,
    ReportedSource,
    Summary,
)
from cenguard.geography.regions import RegionPair
from cenguard.judging.absent import nothing_of_cen
from cenguard.judging.base import NEW, UNCHANGED, compared, compared_with_base, moves, under_their_names, with_mbps_before
from cenguard.judging.changes import cuts, ends_not_known, kept_addresses, purchases, traffic
from cenguard.judging.coding import Coding
from cenguard.judging.expected import about_expected
from cenguard.judging.mending import mended_findings
from cenguard.judging.options import Options, chosen_codes, with_stack_settings
from cenguard.judging.placeholders import blank
from cenguard.judging.proving import judge_of
from cenguard.judging.run_rules import STALE, Stale, run_rules
from cenguard.judging.said import Said, blockers_of, fingerprint_of, told_packages, words_for
from cenguard.judging.stale_inventory import about_inventories
from cenguard.judging.tool_findings import (
    INCOMPLETE_INPUT,
    RULE_FAILED,
    about_settings,
    about_unread,
    help_of,
    incomplete,
    tool_finding,
    with_help,
)
from cenguard.judging.waived import waived
from cenguard.network import CenInstance, Network, whole
from cenguard.network.connectivity import COVERED, UNCONNECTED, Disposition, connectivity_of
from cenguard.network.drawing import is_full
from cenguard.network.known import Inventory
from cenguard.resources.records import Records, leaves_open
from cenguard.resources.urns import is_resource, type_and_name_in_urn
from cenguard.rules.evidence import has_no_connection
from cenguard.rules.rule import Rule, Scope
from cenguard.text.printable import name_as_text, printable

if TYPE_CHECKING:
    from cenguard.assembly.open_ends import PossibleInput
    from cenguard.findings.reported_routes import ReportedRoutes
    from cenguard.sources.lines import Lines


def check(sources: Sequence[Records], options: Options) -> Report:
    """Check one input.

    Raises:
        UnknownName: `select` or `ignore` names no rule.
    """
    options, remarks = with_stack_settings(sources, options)
    network = network_of(sources, options)
    chosen = chosen_codes(options)
    rules = [rule for rule in options.rules if rule.code in chosen]
    complete = all(source.complete for source in sources)
    silent = [] if complete else [rule for rule in rules if rule.scope is Scope.STACK]
    asked = rules if complete else [rule for rule in rules if rule.scope is Scope.RESOURCE]
    said, failures = run_rules(network, asked, options.settings)
    lines = _finder(sources, anew=True)
    findings = [_reported(item, lines) for item in said]
    findings += [tool_finding(RULE_FAILED, message, because) for message, because in failures]
    notices = about_settings((*options.settings.remarks, *remarks), options.settings)
    findings += notices
    if any(source.missing for source in sources):
        findings.append(incomplete(sources, silent))
    findings += [_placed(item, lines) for item in about_unread(sources, silent)]
    if complete:
        findings += about_expected(sources, network, options.settings)
    findings.sort(key=_sorting)
    before = network.base
    fixed: tuple[ReportedFinding, ...] = ()
    compares = all(source.shows_all for source in sources)
    if before is not None and compares:
        stood = findings if before is network else [*judge_network(before, asked, options, lines=lines), *notices]
        findings, fixed = compared(findings, stood)
    compares = before is not None and compares
    findings = sorted(waived(findings, network, sources, options, asked, compares=compares), key=_sorting)
    told = about_inventories(network, findings, asked, options.settings, compares=compares)
    if told:
        findings = sorted((*findings, *told), key=_sorting)
    findings = with_help(findings, options.settings.help_url)
    coding = Coding(lines)
    judge = judge_of(sources, options, asked, said, network_of)
    mended = mended_findings(findings, said, network, judge, coding) if options.fixes else findings
    return Report(
        cenguard=__version__,
        catalogue=options.catalogue.edition,
        sources=tuple(
            ReportedSource(
                path=name_as_text(source.path),
                kind=source.kind,
                project=source.project,
                stack=source.stack,
                resources=source.resource_count,
                cen=source.cen_count,
                complete=source.shows_all,
                notes=_notes(source, lines() if any(item.urn for item in findings) else None),
            )
            for source in sources
        ),
        summary=_summary(findings, fixed if compares else None),
        pairs=_pairs(network) if complete else (),
        purchases=purchases(network),
        cuts=cuts(network) if complete else (),
        traffic=traffic(network),
        routes=_routes(network, options) if complete else None,
        findings=tuple(mended or findings),
        fixed=fixed,
        fixes_complete=mended is not None,
        written=coding.written,
        absent=nothing_of_cen(sources),
        blockers=blockers_of(said),
        prices=options.settings.prices,
        has_base=before is not None,
        asked=tuple(rule.code for rule in asked if options.settings.levels.get(rule.code) is not Level.DISABLED),
        day=options.today.isoformat() if options.today else "",
    )


def _is_silent(network: Network, instance: CenInstance, regions: RegionPair) -> bool:
    """Whether no route leads over a pair of regions."""
    from cenguard.network.routes.carried import silence

    found = silence(network, instance, regions)
    return found is not None and not found.one_way


def _routes(network: Network, options: Options) -> "ReportedRoutes | None":
    """What becomes of packets; nothing is loaded where nothing of the input is about routes."""
    if not network.routes_told and not options.settings.options.keys() & {"CEN332", "CEN504"}:
        return None
    from cenguard.judging.routes_report import reported_routes

    return reported_routes(network, options.settings.options, members=options.members)


def _notes(source: Records, lines: "Lines | None") -> tuple[str, ...]:
    """What the head of a report says of a source."""
    if lines is None or lines.unread is not source:
        return tuple(source.notes)
    from cenguard.sources.lines import NOTE

    return (*source.notes, NOTE)


def _finder(sources: Sequence[Records], *, anew: bool) -> "Callable[[], Lines]":
    """What finds lines in users' files, made when the first finding asks; `anew` forgets what was read of them before."""

    @cache
    def lines() -> "Lines":
        from cenguard.sources.lines import Lines, forget

        if anew:
            forget()
        return Lines(sources)

    return lines


def judge_network(
    network: Network,
    rules: Sequence[Rule],
    options: Options,
    sources: Sequence[Records] = (),
    *,
    lines: "Callable[[], Lines] | None" = None,
) -> list[ReportedFinding]:
    """What some rules say of a network, with no place in a program: the engine tells none.

    With the sources, what takes the findings away is made and proved too. `lines` knows the language of the program where
    it is not as the sources tell it.
    """
    said, failures = run_rules(network, rules, options.settings)
    if lines is None and sources:
        lines = _finder(sources, anew=False)
    findings = [_reported(item, lines, placed=False) for item in said]
    findings += [tool_finding(RULE_FAILED, message, because) for message, because in failures]
    findings.sort(key=_sorting)
    if not (sources and lines is not None and said):
        return findings
    judge = judge_of(sources, options, rules, said, network_of)
    return list(mended_findings(findings, said, network, judge, Coding(lines)) or findings)


def _sorting(item: ReportedFinding) -> tuple[str, str, tuple[str, str], str]:
    return (item.rule, item.urn or item.instance or "", item.area_pair or ("", ""), item.message)


def network_of(sources: Sequence[Records], options: Options) -> Network:
    """The network that an input declares, with the one before the change where it can be told.

    Raises:
        UnreadableInput: a base is no base of these sources.
    """
    blank((*sources, *(options.base or ())), options.settings.placeholders)
    network = _network_of(sources, options)
    if any(map(leaves_open, (*sources, *(options.base or ())))):
        from cenguard.judging.open_ends import open_up

        def made(possible: "PossibleInput") -> Network:
            return _network_of(possible.sources, structs.replace(options, base=possible.bases))

        open_up(network, sources, under_their_names(sources, options.base), made)
    return network


def _network_of(sources: Sequence[Records], options: Options) -> Network:
    """The network of an input in which nothing is left open."""
    given, started_from = options.base, tuple(sources)
    sources, before = compared_with_base(sources, given)
    still = before is not None and len(before) == len(started_from) and all(map(is_, before, started_from))

    def network_with(inventory: Inventory) -> Network:
        def assembled(records: Sequence[Records]) -> Network:
            made = assemble(records, catalogue=options.catalogue, inventory=inventory, shared=options.settings.shared)
            made.today = options.day  # of the base, too: what it says of a day is no news
            return made

        network = assembled(sources)
        network.base_is_given = given is not None
        looked = any(source.refreshed for source in sources)
        network.only_looked = looked and all(source.refreshed or source.is_state or not moves(source) for source in sources)
        if before is not None:
            network.base_maker = lambda: network if still else assembled(before)
        return network

    inventory, days = options.inventory.on(options.day), options.settings.inventory_days
    network = network_with(inventory)
    if inventory.taken is not None and inventory.stale(options.day, days):
        names = inventory.stale_names(options.day, days)
        rest = inventory.fresh(options.day, days)
        STALE[network] = Stale(taken=inventory.taken, today=options.day, days=days, names=names, maker=lambda: network_with(rest))
    return network


def _placed(finding: ReportedFinding, lines: "Callable[[], Lines]") -> ReportedFinding:
    """A finding of the tool's own with the line of the resource that it is about."""
    place = lines().place(finding.urn) if finding.urn else None
    return structs.replace(finding, location=place) if place else finding


def _reported(said: Said, lines: "Callable[[], Lines] | None", *, placed: bool = True) -> ReportedFinding:
    rule, finding = said.rule, said.finding
    subject = finding.subject
    urn = subject if subject and is_resource(subject) else None
    place = lines().nearest(urn, finding.related) if lines is not None and placed else None
    area_pair = finding.area_pair.names if finding.area_pair else None
    words = words_for(finding)
    kind, name = type_and_name_in_urn(urn) if urn else (None, subject)
    because = finding.because or ((finding.blocker,) if finding.blocker else ())
    if said.note:
        because = (*because, said.note)
    return ReportedFinding(
        rule=rule.code,
        name=rule.name,
        verdict=finding.verdict,
        level=said.level,
        severity=rule.severity(finding.verdict, said.level),
        urn=urn,
        type=kind,
        resource=name,
        instance=finding.instance,
        area_pair=area_pair,
        region_pairs=tuple([pair.names for pair in finding.region_pairs]) if finding.region_pairs else (),
        packages=told_packages(finding),
        related=finding.related,
        location=place,
        message=printable(words(finding.message)),
        because=tuple([_safe(step, words) for step in because]),
        fix=_fix(finding.fix.summary, words) if finding.fix else None,
        change=None,
        waived_by=None,
        fingerprint=fingerprint_of(said),
        help=help_of(rule.code),
    )


@lru_cache(1 << 10)  # what findings rest on is often the same: a router's tables, an instance's packages
def _safe(step: str, words: Callable[[str], str]) -> str:
    return printable(words(step))


@lru_cache(1 << 10)  # and most findings of a rule are mended alike
def _fix(summary: str, words: Callable[[str], str]) -> ReportedFix:
    return ReportedFix(summary=printable(words(summary)))


def _summary(findings: Iterable[ReportedFinding], fixed: Sequence[ReportedFinding] | None) -> Summary:
    items = list(findings)
    standing = [item for item in items if item.waived_by is None]
    violated = [item.level for item in standing if item.verdict == Verdict.VIOLATED]
    return Summary(
        mandatory=violated.count(Level.MANDATORY),
        advisory=violated.count(Level.ADVISORY),
        undetermined=len(standing) - len(violated),
        waived=len(items) - len(standing),
        new=None if fixed is None else [item.change for item in standing].count(NEW),
        fixed=None if fixed is None else len(fixed),
    )


def _pairs(network: Network) -> tuple[ReportedPair, ...]:
    pairs, base = _pairs_now(network, {}), network.base
    if base is None:
        return pairs
    return with_mbps_before(pairs, _pairs_now(base, kept_addresses(network, base)), ends_not_known(network))


def _pairs_now(network: Network, called: Mapping[str, str]) -> tuple[ReportedPair, ...]:
    return tuple(
        ReportedPair(
            instance=called.get(instance.address, instance.address),
            regions=connection.regions.names,
            disposition=connection.disposition,
            mbps=whole(connection.mbps),
            full=connection.disposition is Disposition.UNALLOCATED and is_full(network, connection.packages),
            no_connection=connection.disposition in UNCONNECTED and has_no_connection(instance, connection.regions),
            no_route=network.routes_told
            and connection.disposition in COVERED
            and _is_silent(network, instance, connection.regions),
        )
        for instance, connectivity in connectivity_of(network).items()
        for connection in connectivity.connections.values()
    )


def fails(report: Report, fail_on: str, *, only_new: bool = False) -> bool:
    """Whether a report fails at a threshold: mandatory, undetermined, advisory or never."""
    open_findings = [item for item in report.findings if item.waived_by is None and not (only_new and item.change == UNCHANGED)]
    match fail_on:
        case "never":
            return False
        case "advisory":
            return bool(open_findings)
        case "undetermined":
            return any(item.level == Level.MANDATORY or item.verdict == Verdict.UNDETERMINED for item in open_findings)
        case _:
            return any(item.level == Level.MANDATORY for item in open_findings)


def exit_status(report: Report, fail_on: str, *, only_new: bool = False) -> int:
    """0 nothing at the failing level, 1 findings at it, 2 incomplete input, 3 a rule failed."""
    codes = {item.rule for item in report.findings}
    if any(item.rule == INCOMPLETE_INPUT[0] and item.level == Level.MANDATORY and not item.waived_by for item in report.findings):
        return 2
    if RULE_FAILED[0] in codes:
        return 3
    return 1 if fails(report, fail_on, only_new=only_new) else 0
