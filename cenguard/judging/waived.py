"""What is waived of a check's findings, and what is said of the waivers themselves."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING

from msgspec import structs

from cenguard.findings.report import ReportedFinding
from cenguard.judging.base import UNCHANGED
from cenguard.judging.options import Options
from cenguard.judging.tool_findings import INCOMPLETE_INPUT, about_waivers, fingerprint
from cenguard.network import Network
from cenguard.resources.records import Records
from cenguard.rules.rule import Rule

if TYPE_CHECKING:
    from cenguard.settings.waivers import Waiver


def waived(
    findings: list[ReportedFinding],
    network: Network,
    sources: Sequence[Records],
    options: Options,
    asked: Iterable[Rule],
    *,
    compares: bool,
) -> list[ReportedFinding]:
    """The findings with who waives them, and with what is to be said of the waivers."""
    if not options.settings.waivers:
        return findings
    waiving = options.waiving()
    waiving.called = names_of_instances(network)
    moved = {new: (old,) for source in sources for new, old in source.moved.items()}
    if moved:
        waiving.former = lambda finding: as_before(finding, moved)
    stacks = [(source.stack, source.project) for source in sources]
    is_asked = asked_of(options, (rule.code for rule in asked))
    judged = waiving.judge(findings)
    notices = about_waivers(
        waiving,
        lambda waiver: waiver.speaks_of(stacks) and is_asked(waiver),
        options.settings,
    )
    judged += [structs.replace(item, change=UNCHANGED) for item in notices] if compares else notices
    return judged


def asked_of(options: Options, codes: Iterable[str]) -> "Callable[[Waiver], bool]":
    """Tells of a waiver whether every rule that it may be of is among those that were asked: else it may fit what was not."""
    asked = {INCOMPLETE_INPUT[0], *codes}
    known = {INCOMPLETE_INPUT[0], *(rule.code for rule in options.rules)}

    def is_asked(waiver: "Waiver") -> bool:
        may = known if waiver.codes is None else known & waiver.codes
        return bool(may) and may <= asked

    return is_asked


def as_before(finding: ReportedFinding, former: Mapping[str, Sequence[str]]) -> Iterator[ReportedFinding]:
    """A finding as it was called under each former URN of its resource and instance."""
    urns = (finding.urn, *former.get(finding.urn or "", ()))
    instances = (finding.instance, *former.get(finding.instance or "", ()))
    for urn, instance in [*product(urns, instances)][1:]:
        subject = urn or instance
        yield structs.replace(
            finding, urn=urn, instance=instance, fingerprint=fingerprint(finding.rule, subject, finding.area_pair)
        )


def names_of_instances(network: Network) -> dict[str, tuple[str, ...]]:
    """What else the instance of a finding is called, by what the finding calls it."""
    return {item.address: tuple(filter(None, (item.name, item.id, item.urn))) for item in network.instances if item.identified}
