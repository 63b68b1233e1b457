"""The comment on a pull request: the verdict, what merging buys, cuts and leaves open, what stops it; the rest folded.

Nothing at all where the change does not touch the network. The first line is a marker that names the stacks, or the name that
a joined comment was given, so that a newer run replaces an older comment and the comments of two stacks stay apart.
Limits: a comment of GitHub holds 65,536 characters, a note of GitLab 1,000,000. Whole blocks are left out, never cut.
"""

import re
from collections.abc import Iterable, Sequence

from cenguard.findings.report import Report, ReportedCode, ReportedFinding, ReportedPair
from cenguard.reports.decision import SINGLY, decision, questions_of
from cenguard.reports.lines import inert
from cenguard.reports.map.mermaid import mermaid
from cenguard.reports.names import names_of, names_of_all, with_names
from cenguard.reports.order import Cause, Once, causes
from cenguard.reports.places import called, file_of, source_name, source_of, stack_name
from cenguard.reports.words import (
    UNBOUND,
    assumes,
    attached,
    before,
    carries,
    changes,
    code_of,
    grade,
    is_address,
    is_open,
    paid_by_traffic,
    purchase,
    remarks,
    routes_in_short,
    state,
    verdict,
)
from cenguard.text.printable import number, printable, printable_lines

LIMIT = 60_000
"""Characters of a comment: below GitHub's 65,536, with room for what a workflow adds."""
ROWS = 40
"""Rows of a table before the rest is counted."""
MAPS = 5
"""Instances that are drawn."""
WITH_CODE = 5
"""Up to so many folded causes are shown with what to write."""
_MARKS = {"mandatory": "❌", "advisory": "⚠️", "undetermined": "❔"}
NO_CEN = "➖"
"""Neither good nor bad: a tick says that a CEN was seen, and is right."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~$])")
# A line that begins with a slash is a quick action of GitLab, which closes or merges.
_LEADING = re.compile(r"^([-+=:/]|\d+(?=[.)]))")
_ZERO = "\u200b"


def render(report: Report, name: str = "") -> str:
    """The comment; empty where the change does not touch the network. `name` is that of a joined one."""
    if not touches(report):
        return ""
    parts = [marker(report, name), f"### {_symbol(report)} cenguard: {text(verdict(report))}", _where(report)]
    routes = routes_in_short(report)
    rows = [f"- **{title}:** {prose(said)}" for title, said in decision(report).lines]
    parts += ["\n".join([*rows, *([f"- **Routes:** {text(routes)}"] if routes else [])])]
    parts += [f"> {prose(remark)}" for remark in remarks(report)]
    shown = _Shown(report)
    stops, advice, old = _split(report)
    blocks = [shown.block(cause) for cause in stops]
    blocks += _changed_pairs(report)
    tail = [*_resolved(report), *shown.advice(advice, stops), *_questions(report), *shown.not_of_this_change(old)]
    tail += [*_waived(report), *_bought(report), *_pictures(report), *_all_pairs(report)]
    return _fitted(parts, blocks, tail)


def marker(report: Report, name: str = "") -> str:
    """What a workflow finds an older comment by."""
    return marker_of(name or ", ".join(sorted(source_name(source) for source in report.sources)))


def marker_of(name: str) -> str:
    """The same of a name."""
    return f"<!-- cenguard: {_plain(name)} -->"


def touches(report: Report) -> bool:
    """Whether there is anything to say of the change."""
    if report.summary.new is None:
        return bool(report.findings or report.pairs or report.purchases or report.traffic)
    return bool(
        report.purchases
        or report.traffic
        or report.fixed
        or any(item.change != "unchanged" for item in report.findings)
        or any(changes(report, pair) for pair in report.pairs)
    )


def _symbol(report: Report) -> str:
    grades = {"mandatory" if item.level == "mandatory" else grade(item) for item in report.findings if is_open(item)}
    return next((_MARKS[name] for name in _MARKS if name in grades), NO_CEN if report.absent else "✅")


def _where(report: Report) -> str:
    """The stacks; of several, what was found in each."""
    if len(report.sources) < 2:
        return ", ".join(f"`{code(source_name(source))}`" for source in report.sources)
    counts = {id(source): [0, 0, 0] for source in report.sources}  # two jobs may call their documents alike
    for item in report.findings:
        source = source_of(report, item)
        if source is not None and is_open(item):
            counts[id(source)][("mandatory", "advisory", "undetermined").index(grade(item))] += 1
    rows = [
        f"| `{code(source_name(source))}` | {f'❌ {found[0]}' if found[0] else 0} | {found[1]} | {found[2]} |"
        for source in report.sources[:ROWS]
        for found in (counts[id(source)],)
    ]
    head = "| stack | mandatory | advisory | undetermined |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + _more(len(report.sources) - ROWS, "stacks")


def _split(report: Report) -> tuple[list[Cause], list[Cause], list[Cause]]:
    """What stops the change, what is advised about it, and what stood before; questions and what is waived are told apart."""
    certain = [item for item in report.findings if is_open(item) and (item.verdict == "violated" or item.level == "mandatory")]
    fresh = causes(item for item in certain if item.change != "unchanged")
    stops = [cause for cause in fresh if cause.finding.level == "mandatory"]
    return stops, fresh[len(stops) :], causes(item for item in certain if item.change == "unchanged")


def _changed_pairs(report: Report) -> list[str]:
    moved = [pair for pair in report.pairs if changes(report, pair)]
    if not moved:
        return []
    names = called(pair.instance for pair in report.pairs)
    several = len(names) > 1
    rows = [
        f"| {_pair(pair)} | {text(state(pair))} | {before(pair)} |{f' `{code(names[pair.instance])}` |' if several else ''}"
        for pair in moved[:ROWS]
    ]
    head = (
        "| pair | after | before | instance |\n|---|---|---|---|\n" if several else "| pair | after | before |\n|---|---|---|\n"
    )
    return [head + "\n".join(rows) + _more(len(moved) - ROWS, "pairs change")]


def _pair(pair: ReportedPair) -> str:
    sign = "🟢" if carries(pair) else "🔵" if pair.disposition == "undetermined" else "🔴"
    return f"{sign} {text(' – '.join(pair.regions))}"


class _Shown:
    """Findings as blocks, and what was said already."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._once = Once()

    def block(self, cause: Cause) -> str:
        """A cause: what is wrong and what to do, with proof and code folded, and what falls with it."""
        item = cause.finding
        parts = [f"{self._head(item, bold=True)}\n\n{prose(self._message(item))}"]
        written = code_of(item.fix) if item.fix else None
        if item.fix:
            parts.append(f"**Fix:** {prose(with_names(item.fix.summary, names_of(item)))}")
        proof = self._proof(item)
        if proof or written:
            title = "why, and what to write" if proof and written else "why" if proof else "what to write"
            parts.append(_details(title, "\n\n".join([*proof, *([_fenced(written)] if written else [])])))
        if cause.falls:
            parts.append("Mended with it:\n\n" + self._rows(cause.falls, "findings"))
        return "\n\n".join(parts)

    def _proof(self, item: ReportedFinding) -> list[str]:
        names = names_of(item)
        first, _, _, said_before = self._once.steps(item.because)
        rows = [f"- {prose(with_names(step, names))}" for step in first]
        if said_before:
            rows.append(f"- and what is said above ({number(said_before, 'step')})")
        return ["\n".join(rows)] if rows else []

    def _message(self, item: ReportedFinding) -> str:
        return with_names(self._once.message(item.message), names_of(item))

    def _head(self, item: ReportedFinding, *, bold: bool = False) -> str:
        path = file_of(self._report, item)
        line = f" `{code(path)}:{item.location.line}`" if path and item.location else ""
        stack = stack_name(item.urn) if len(self._report.sources) > 1 else ""
        page = f"[{item.rule}]({item.help})" if is_address(item.help) else item.rule
        title = f"**{page} {text(item.name)}**" if bold else f"{page} {text(item.name)}"
        return f"{_MARKS[grade(item)]} {title}{line}{f' in `{code(stack)}`' if stack else ''}"

    def _rows(self, items: Sequence[ReportedFinding], what: str) -> str:
        """Findings in a line each."""
        rows = [f"- {self._head(item)}: {prose(self._message(item))}" for item in items[:ROWS]]
        return "\n".join(rows) + _more(len(items) - ROWS, what)

    def advice(self, found: Sequence[Cause], stops: Sequence[Cause]) -> list[str]:
        """What is advisory, folded; what falls with a mandatory cause stands there."""
        above = sum(item.level != "mandatory" for cause in stops for item in cause.falls)
        return self._folded(f"{_count(found)} advisory{f', and {above} above' if above else ''}", found)

    def not_of_this_change(self, found: Sequence[Cause]) -> list[str]:
        """What stood before the change, folded."""
        return self._folded(f"{_count(found)} not of this change", found)

    def _folded(self, title: str, found: Sequence[Cause]) -> list[str]:
        if not found:
            return []
        rows = []
        for cause in found[:ROWS]:
            fix = cause.finding.fix
            cure = f" **Fix:** {prose(with_names(fix.summary, names_of(cause.finding)))}" if fix else ""
            row = f"- {self._head(cause.finding)}: {prose(self._message(cause.finding))}{cure}"
            written = code_of(fix) if fix and len(found) <= WITH_CODE else None
            if written:
                row += "\n\n" + "\n".join(f"  {line}" if line else "" for line in _fenced(written).split("\n"))
            rows.append("\n".join([row, *(f"  - mended with it: {self._head(item)}" for item in cause.falls)]))
        return [_details(title, "\n".join(rows) + _more(len(found) - ROWS, "findings"))]


def _count(found: Iterable[Cause]) -> int:
    return sum(1 + len(cause.falls) for cause in found)


def _resolved(report: Report) -> list[str]:
    rows = [f"- ✅ resolved: {item.rule} {prose(with_names(item.message, names_of(item)))}" for item in report.fixed[:ROWS]]
    return ["\n".join(rows) + _more(len(report.fixed) - ROWS, "resolved")] if rows else []


def _questions(report: Report) -> list[str]:
    """One line for each value that something hangs on."""
    found = [
        (blocker, items)
        for blocker, every in questions_of(report)
        if (items := [item for item in every if item.level != "mandatory"])
    ]
    if not found:
        return []
    rows = [_question(blocker, items) for blocker, items in found[:ROWS]]
    count = len({item.fingerprint for _, items in found for item in items})
    return [_details(f"{count} undetermined", "\n".join(rows) + _more(len(found) - ROWS, "questions"))]


def _question(blocker: str, items: Sequence[ReportedFinding]) -> str:
    codes = ", ".join(sorted({item.rule for item in items}))
    return f"- {_MARKS['undetermined']} {prose(with_names(blocker, names_of_all(items)))} ({codes}, {number(len(items), 'question')})"


def _waived(report: Report) -> list[str]:
    """What somebody took upon themselves: by whom, until when and why."""
    items = [item for item in report.findings if not is_open(item)]
    rows = [
        f"- {item.rule} {text(item.name)}{f': `{code(item.resource)}`' if item.resource else ''}, by {text(item.waived_by or '')}"
        for item in items[:ROWS]
    ]
    return [_details(f"{len(items)} waived", "\n".join(rows) + _more(len(items) - ROWS, "findings"))] if rows else []


def _bought(report: Report) -> list[str]:
    """Every package and peer by name, where the decision tells them together."""
    if len(report.purchases) <= SINGLY and len(report.traffic) <= SINGLY:
        return []
    said = [(item.urn, purchase(item)) for item in report.purchases] + [
        (item.urn, paid_by_traffic(item)) for item in report.traffic
    ]
    names = called(urn for urn, _ in said)
    rows = [f"- `{code(names[urn])}`: {text(words)}" for urn, words in said[:ROWS]]
    return [_details(f"{len(said)} bought or paid by traffic", "\n".join(rows) + _more(len(said) - ROWS, "of them"))]


def _pictures(report: Report) -> list[str]:
    """The map of each instance that can be followed, drawn by whoever shows the comment."""
    instances: dict[str, list[ReportedPair]] = {}
    for pair in attached(report):
        instances.setdefault(pair.instance, []).append(pair)
    names = called(instances)
    drawn = [(instance, picture) for instance, pairs in instances.items() if (picture := mermaid(pairs))]
    return [
        _details("map" if len(instances) == 1 else f"map of <code>{_plain(names[instance])}</code>", picture)
        for instance, picture in drawn[:MAPS]
    ]


def _all_pairs(report: Report) -> list[str]:
    if not attached(report):
        return []
    names = called(pair.instance for pair in attached(report))
    several = len(names) > 1
    worst = sorted(attached(report), key=lambda pair: (carries(pair), pair.instance, pair.regions))
    rows = [
        f"| {_pair(pair)} | {text(state(pair))} |{f' `{code(names[pair.instance])}` |' if several else ''}"
        for pair in worst[:ROWS]
    ]
    head = "| pair | now | instance |\n|---|---|---|\n" if several else "| pair | now |\n|---|---|\n"
    assumed = assumes(report)
    body = head + "\n".join(rows) + _more(len(worst) - ROWS, "pairs") + (f"\n\n{text(assumed)}" if assumed else "")
    return [_details(f"{number(len(worst), 'pair')} of regions", body)]


def _details(title: str, body: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def _more(count: int, what: str) -> str:
    return f"\n\n… and {count} more {what}" if count > 0 else ""


def _fitted(parts: Sequence[str], blocks: Sequence[str], tail: Sequence[str]) -> str:
    """As many blocks as fit, the marker and the verdict always."""
    text = list(parts[:2])
    size = sum(len(part) + 2 for part in text)
    left_out = 0
    for block in (*parts[2:], *blocks, *tail):
        if size + len(block) + 2 > LIMIT:
            left_out += 1
            continue
        text.append(block)
        size += len(block) + 2
    if left_out:
        text.append(f"… {number(left_out, 'part')} left out for length: the job's log has the whole report.")
    return "\n\n".join(text) + "\n"


def fitted_in_order(parts: Iterable[str], elsewhere: str) -> str:
    """As many parts as fit, from the first on; the rest is left to what holds it `elsewhere`."""
    found: list[str] = []
    length = 0
    for part in parts:
        if length + len(part) > LIMIT:
            found.append(f"… the rest is left out: {elsewhere} hold it.")
            break
        found.append(part)
        length += len(part) + 2
    return "\n\n".join(found) + "\n"


def prose(sentence: str) -> str:
    """A sentence of ours, in which names of the input stand in backticks: those become code, the rest text.

    >>> prose("Package `a*b` is full.")
    'Package `a*b` is full.'
    """
    parts = printable(sentence).split("`")
    if len(parts) % 2 == 0:  # not ours: a backtick without its other one
        return text(sentence)
    pieces = [f"`{code(part)}`" if index % 2 else _escaped(" ".join(part.split("\n"))) for index, part in enumerate(parts)]
    return _at_the_start("".join(pieces).strip())


def text(text: str) -> str:
    """Text of the input that can be no markup, no mention, no issue reference and no address."""
    return _at_the_start(_escaped(" ".join(printable(text).split())))


def _escaped(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text.replace("&", "&amp;")).replace("\\<", "&lt;").replace("\\>", "&gt;")
    for mark in ("@", "\\#", "://", "www."):
        escaped = escaped.replace(mark, mark[:-1] + _ZERO + mark[-1] if len(mark) > 2 else mark + _ZERO)
    return escaped


def _at_the_start(line: str) -> str:
    """A line that begins nothing but a paragraph."""
    return _LEADING.sub(lambda match: f"{match[1]}{_ZERO}" if match[1].isdecimal() else f"\\{match[1]}", line)


def code(text: str) -> str:
    """Text inside a code span."""
    return " ".join(printable(text).split()).replace("`", "'").replace("|", "¦")


def _plain(text: str) -> str:
    """Text inside an HTML comment."""
    return re.sub(r"[^\w./, :+-]", "_", text).replace("--", "__")


def fence_around(content: str) -> str:
    """Backticks that nothing of a text ends.

    >>> fence_around("a ``` b")
    '````'
    """
    return "`" * max(3, max((len(run) for run in re.findall(r"`+", content)), default=0) + 1)


def _fenced(written: ReportedCode) -> str:
    fence = fence_around(written.text)
    lines = map(inert, printable_lines(written.text.rstrip()).split("\n"))
    language = "hcl" if written.language == "terraform" else written.language
    block = "\n".join([f"{fence}{language}", *lines, fence])
    return block if written.bound or "<" not in written.text else f"{block}\n\n{text(UNBOUND)}"
