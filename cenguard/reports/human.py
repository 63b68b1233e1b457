"""The report that a person reads: what stops the deployment with its proof and its cure, the rest in short."""

from collections.abc import Callable, Iterable, Sequence

from cenguard.findings.report import Report, ReportedFinding, ReportedFix, ReportedPair
from cenguard.reports.decision import decision, questions_of
from cenguard.reports.lines import WIDTH, inert, wrapped
from cenguard.reports.names import names_of, names_of_all, with_names
from cenguard.reports.order import Cause, Once, causes
from cenguard.reports.places import called, file_of, stack_name
from cenguard.reports.words import (
    UNBOUND,
    before,
    carries,
    changes,
    code_of,
    connected,
    paid_by_traffic,
    purchase,
    remarks,
    routes_lines,
    state,
    state_of,
)
from cenguard.text.printable import number, printable

WHOLE = 12
"""How many causes are shown with proof and cure; those after them in one line each. --verbose shows all."""
FEW = 3
"""Up to so many advisory causes are shown like mandatory ones."""
STEPS = 4
"""How many steps of evidence are shown with one cause."""
FALLING = 6
"""How many findings are named that fall with one cause."""
PAIRS_SHOWN = 20
"""How many pairs a report lists; more are told by what they have. --verbose lists all."""
PAIRS_NAMED = 2
"""How many pairs of one state are named then."""
STEP_LINES = 3
"""How many lines one step of evidence takes."""
LINES = 2
"""How many lines the message of a finding takes that is told in short."""
RULE_SHOWN = 100
"""How many causes of one rule are told in short before the rest is counted: nobody reads ten thousand, and --verbose lists all."""
WAIVED_SHOWN = 5
"""How many findings of one waiver a report lists before it counts the rest; --verbose lists all."""
MORE = "--verbose shows all"
Style = Callable[[str, str], str]

_MARKS = {"mandatory": ("✗", "red"), "advisory": ("!", "yellow"), "undetermined": ("?", "cyan")}


def plain(text: str, _style: str) -> str:
    """No colour."""
    return text


def render(report: Report, *, style: Style = plain, verbose: bool = False, quiet: bool = False) -> str:
    """The report as text; `style` colours a piece of it by name."""
    parts: list[str] = []
    if not quiet:
        parts += [f"{_source_line(report, index)}" for index in range(len(report.sources))]
        parts += [report.absent] if report.absent and report.findings else []
        for remark in remarks(report):
            parts += wrapped(remark, "    ", "      ")
        parts += _decision(report, style)
        parts.append("")
    parts += _findings(report, style, verbose=verbose)
    parts += _resolved(report, style)
    if not quiet:
        parts += _waived(report, style, verbose=verbose)
        parts += _pairs(report, style, verbose=verbose)
        parts += _routes(report)
        parts += _money(report) if verbose else []
    parts.append(_verdict(report, style))
    return "\n".join(inert(line) for line in parts) + "\n"


def _decision(report: Report, style: Style) -> list[str]:
    """What the change buys and cuts, where it does."""
    told = decision(report)
    lines: list[str] = []
    if report.purchases or report.traffic:
        lines += _headed("buys", told.buys, style)
    if report.cuts:
        lines += _headed("cuts", told.cuts, style)
    return lines


def _headed(word: str, text: str, style: Style) -> list[str]:
    """Lines that begin with a word: it is coloured last, since what is printable has no colours."""
    first, *rest = wrapped(f"{word}  {text}", "    ", "          ")
    return [first.replace(word, style(word, "bold"), 1), *rest]


def _findings(report: Report, style: Style, *, verbose: bool) -> list[str]:
    """Mandatory findings, mandatory questions, advisory findings, other questions."""
    page = _Page(report, style, verbose=verbose)
    found = causes(item for item in report.findings if item.verdict == "violated" and item.waived_by is None)
    mandatory = [cause for cause in found if cause.finding.level == "mandatory"]
    advisory = [cause for cause in found if cause.finding.level != "mandatory"]
    questions = questions_of(report)
    urgent = [entry for entry in questions if any(item.level == "mandatory" for item in entry[1])]
    lines: list[str] = []
    whole = mandatory if verbose else mandatory[:WHOLE]
    for cause in whole:
        lines += page.whole(cause)
    lines += page.short(mandatory[len(whole) :])
    for blocker, items in urgent:
        lines += page.question(blocker, items)
    if verbose or len(advisory) <= FEW:
        for cause in advisory:
            lines += page.whole(cause)
    else:
        lines += page.short(advisory)
    for blocker, items in questions[len(urgent) :]:
        lines += page.question(blocker, items)
    codes = [cause.finding.rule for cause in found]
    return [*lines, f"more about a rule: cenguard rules {printable(codes[0])}", ""] if codes else lines


class _Page:
    """Findings as lines, and what was said already."""

    def __init__(self, report: Report, style: Style, *, verbose: bool) -> None:
        self._report, self._style, self._verbose = report, style, verbose
        self._once = Once()

    def whole(self, cause: Cause) -> list[str]:
        """A cause with its proof, its cure, and what falls with it."""
        finding = cause.finding
        names = names_of(finding)
        lines = [self._head(finding), *wrapped(with_names(self._once.message(finding.message), names), "    ")]
        lines += self._because(finding.because, names)
        if finding.fix:
            lines += wrapped(f"fix: {with_names(finding.fix.summary, names)}", "    ")
            lines += self._code(finding.fix)
        lines += self._falling(cause.falls)
        return [*lines, ""] if lines[-1] else lines

    def _because(self, steps: Sequence[str], names: frozenset[str]) -> list[str]:
        first, left, last, before = self._once.steps(steps, None if self._verbose else STEPS)
        shown = [*first, *([f"and {number(left, 'step')} more ({MORE})"] if left else []), *last]
        if before:
            shown.append(f"and what is said above ({number(before, 'step')})")
        lines = ["    because"] if shown else []
        for step in shown:
            lines += self._few(wrapped(with_names(step, names), "      · ", "        "), STEP_LINES)
        return lines

    def _few(self, lines: list[str], most: int) -> list[str]:
        """The first of some lines, with a sign where the rest is left out."""
        if self._verbose or len(lines) <= most:
            return lines
        last = lines[most - 1]
        return [*lines[: most - 1], f"{last if len(last) < WIDTH - 1 else last.rpartition(' ')[0]} …"]

    def _code(self, fix: ReportedFix) -> list[str]:
        code = code_of(fix)
        if code is None:
            return []
        lines = [
            "",
            *(self._style(f"        {printable(line)}", "dim") if line else "" for line in code.text.rstrip().splitlines()),
            "",
        ]
        return [*lines[:-1], f"    {UNBOUND}", ""] if not code.bound and "<" in code.text else lines

    def _falling(self, items: Sequence[ReportedFinding]) -> list[str]:
        """What the fix of a cause takes away too: mandatory ones first, each with its line."""
        lines: list[str] = []
        shown = items if self._verbose else items[:FALLING]
        for item in shown:
            mark, colour = _MARKS[item.level]
            lines.append(f"    {self._style(mark, colour)} {self._title(item)}, mended with it")
            if item.level == "mandatory" or self._verbose:
                lines += self._few(wrapped(self._message(item), "        "), STEP_LINES)
        if len(items) > len(shown):
            lines.append(f"    and {len(items) - len(shown)} more that are mended with it ({MORE})")
        return lines

    def short(self, found: Sequence[Cause]) -> list[str]:
        """Causes by rule, each in a sentence; what falls with them is counted."""
        by_rule: dict[tuple[str, str], list[Cause]] = {}
        for cause in found:
            by_rule.setdefault((cause.finding.rule, cause.finding.level), []).append(cause)
        lines: list[str] = []
        for items in by_rule.values():
            first = items[0].finding
            mark, colour = _MARKS[first.level]
            title = self._style(printable(f"{first.rule} {first.name}"), "bold")
            lines.append(f"{self._style(mark, colour)} {title} [{first.level}]{f' {len(items)} times' if len(items) > 1 else ''}")
            for cause in items[:RULE_SHOWN]:
                place = _stack(self._report, cause.finding) + _line(self._report, cause.finding)
                change = f"{cause.finding.change}: " if cause.finding.change == "new" else ""
                falls = f" {number(len(cause.falls), 'finding')} more {'is' if len(cause.falls) == 1 else 'are'} mended with it."
                text = self._message(cause.finding) + (falls if cause.falls else "")
                lines += self._few(wrapped(f"{place}{change}{text}", "    ", "      "), LINES)
            if len(items) > RULE_SHOWN:
                lines.append(f"    and {len(items) - RULE_SHOWN} more of {printable(first.rule)} ({MORE})")
        return [*lines, f"    ({MORE}, with why and what to write)", ""] if lines else []

    def question(self, blocker: str, items: Sequence[ReportedFinding]) -> list[str]:
        """One value, with the questions that hang on it counted."""
        place = next((_line(self._report, item) for item in items if item.location), "")
        mark, colour = _MARKS["undetermined"]
        codes = printable(", ".join(sorted({item.rule for item in items})))
        count = f"{len(items)} questions hang" if len(items) > 1 else "1 question hangs"
        level = " [mandatory]" if any(item.level == "mandatory" for item in items) else ""
        lines = [
            f"{self._style(mark, colour)} {place}{count} on this ({codes}){level}",
            *wrapped(f"{with_names(blocker, names_of_all(items))}.", "    "),
        ]
        if self._verbose:
            for item in items:
                lines += wrapped(f"{item.rule}: {self._message(item)}", "      · ", "        ")
        return [*lines, ""]

    def _message(self, finding: ReportedFinding) -> str:
        return with_names(self._once.message(finding.message), names_of(finding))

    def _head(self, finding: ReportedFinding) -> str:
        mark, colour = _MARKS[finding.level if finding.verdict == "violated" else "undetermined"]
        return f"{self._style(mark, colour)} {self._title(finding)}"

    def _title(self, finding: ReportedFinding) -> str:
        place = _stack(self._report, finding) + _line(self._report, finding)
        title = self._style(printable(f"{finding.rule} {finding.name}"), "bold")
        return f"{place}{title} [{finding.level}]{f' {finding.change}' if finding.change else ''}"


def _source_line(report: Report, index: int) -> str:
    source = report.sources[index]
    name = printable(f"{source.project}/{source.stack}") if source.project else ""
    parts = [part for part in (name, number(source.resources, "resource"), f"areas {printable(report.catalogue)}") if part]
    return f"{printable(source.path)} ({source.kind}): {', '.join(parts)}"


def _stack(report: Report, finding: ReportedFinding) -> str:
    """The stack of a finding, where there are several."""
    name = stack_name(finding.urn) if len(report.sources) > 1 else ""
    return f"{printable(name)}  " if name else ""


def _line(report: Report, finding: ReportedFinding) -> str:
    """File and line, as a terminal can follow them."""
    if finding.location is None:
        return ""
    return f"{printable(file_of(report, finding) or finding.location.path)}:{finding.location.line}  "


def _resolved(report: Report, style: Style) -> list[str]:
    """What the change mends."""
    lines: list[str] = []
    for item in report.fixed:
        lines += wrapped(f"resolved: {item.rule} {with_names(item.message, names_of(item))}", f"{style('✓', 'green')} ", "    ")
    return [*lines, ""] if lines else []


def _waived(report: Report, style: Style, *, verbose: bool) -> list[str]:
    """What somebody took upon themselves: by whom, until when and why, and which findings that hides."""
    found: dict[str, list[ReportedFinding]] = {}
    for item in report.findings:
        if item.waived_by is not None:
            found.setdefault(item.waived_by, []).append(item)
    if not found:
        return []
    lines: list[str] = [f"Waived ({sum(map(len, found.values()))})"]
    for by, items in found.items():
        lines += wrapped(f"– by {by}", "    ", "      ")
        shown = items if verbose else items[:WAIVED_SHOWN]
        for item in shown:
            pair = f" ({'/'.join(item.area_pair)})" if item.area_pair else ""
            name = item.resource or item.instance
            first, *rest = wrapped(f"{item.rule} {item.name}{f': {name}' if name else ''}{pair}", "")
            lines += [f"      {style(first, 'dim')}", *(f"        {style(line, 'dim')}" for line in rest)]
        if len(items) > len(shown):
            lines.append(f"      and {len(items) - len(shown)} more ({MORE})")
    return [*lines, ""]


def _pairs(report: Report, style: Style, *, verbose: bool) -> list[str]:
    if not report.pairs:
        return []
    lines: list[str] = []
    by_instance: dict[str, list[ReportedPair]] = {}
    for pair in report.pairs:
        by_instance.setdefault(pair.instance, []).append(pair)
    names = called(by_instance)
    single = verbose or len(report.pairs) <= PAIRS_SHOWN
    room = PAIRS_SHOWN
    for instance, pairs in by_instance.items():
        moved = [pair for pair in pairs if changes(report, pair)]
        listed_ones = pairs if single else sorted(moved, key=_worth_showing)[: max(0, room)]
        room -= len(listed_ones)
        lines.append(printable(names[instance]))
        lines += _pair_lines(report, sorted(listed_ones, key=lambda item: item.regions), style)
        told = {pair.regions for pair in listed_ones}
        lines += _by_state([pair for pair in pairs if pair.regions not in told], style)
        if len(lines) > PAIRS_SHOWN + 2 and not verbose:
            break
    left = list(by_instance)[list(by_instance).index(instance) + 1 :]
    if left:
        rest = sum(len(by_instance[name]) for name in left)
        lines.append(f"and {number(len(left), 'instance')} more with {number(rest, 'pair')} ({MORE})")
    return [*lines, ""]


def _routes(report: Report) -> list[str]:
    """What becomes of packets between networks."""
    lines = [line for text in routes_lines(report) for line in wrapped(text, "", "    ")]
    return [*lines, ""] if lines else []


def _pair_lines(report: Report, pairs: Sequence[ReportedPair], style: Style) -> list[str]:
    width = max((len(printable(" – ".join(pair.regions))) for pair in pairs), default=0)
    return [
        f"    {printable(' – '.join(pair.regions)):{width}}  {style(state(pair), _colour(pair))}"
        + (f" (before: {before(pair)})" if changes(report, pair) else "")
        for pair in pairs
    ]


def _by_state(pairs: Iterable[ReportedPair], style: Style) -> list[str]:
    """Many pairs by what they have, those that carry nothing first, each with some of them named."""
    found: dict[tuple[bool, str, str], list[str]] = {}
    for pair in pairs:
        words = state_of(pair.disposition, None, full=pair.full, no_connection=pair.no_connection, no_route=pair.no_route)
        key = (carries(pair), words, _colour(pair))
        found.setdefault(key, []).append(" – ".join(pair.regions))
    lines: list[str] = []
    for (_, words, colour), names in sorted(found.items(), key=lambda entry: (entry[0][0], -len(entry[1]), entry[0][1])):
        more = f" and {len(names) - PAIRS_NAMED} more" if len(names) > PAIRS_NAMED else ""
        lines.append(f"    {style(number(len(names), 'pair'), colour)}: {style(words, colour)}")
        lines += wrapped(f"{', '.join(names[:PAIRS_NAMED])}{more}", "        ")
    return lines


def _money(report: Report) -> list[str]:
    """Every purchase, and every peer paid by traffic that the change adds or raises."""
    lines: list[str] = []
    names = called([*(item.urn for item in report.purchases), *(item.urn for item in report.traffic)])
    for title, items in (
        ("bought by this change", [f"{names[item.urn]}: {purchase(item)}" for item in report.purchases]),
        ("paid by traffic after this change", [f"{names[item.urn]}: {paid_by_traffic(item)}" for item in report.traffic]),
    ):
        if items:
            lines += [title, *(line for item in items for line in wrapped(item, "    ", "      ")), ""]
    return lines


def _worth_showing(pair: ReportedPair) -> tuple[bool, tuple[str, str]]:
    return (carries(pair), pair.regions)


def _colour(pair: ReportedPair) -> str:
    return "green" if carries(pair) else "cyan" if pair.disposition == "undetermined" else "red"


def _verdict(report: Report, style: Style) -> str:
    summary = report.summary
    counts = [f"{summary.mandatory} mandatory", f"{summary.advisory} advisory", f"{summary.undetermined} undetermined"]
    if summary.waived:
        counts.append(f"{summary.waived} waived")
    if summary.new:
        counts.append(f"{summary.new} new")
    if summary.fixed:
        counts.append(f"{summary.fixed} resolved")
    if not report.findings:
        return style(f"✓ nothing found: {connected(report)}", "green")
    return style(", ".join(counts), "bold")
