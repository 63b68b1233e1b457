"""The input judged again with edits in it: what a proof of fixes asks."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from cenguard.findings import Level, Verdict
from cenguard.findings.fix import Edit
from cenguard.geography.regions import RegionPair
from cenguard.judging.following import Judged
from cenguard.judging.left_out import SETTLES
from cenguard.judging.mending import Judge
from cenguard.judging.options import Options
from cenguard.judging.run_rules import run_rules
from cenguard.judging.said import Said, fingerprint_of
from cenguard.network import Network
from cenguard.resources.records import Records
from cenguard.resources.tokens import PACKAGE
from cenguard.rules.rule import Rule, Scope

if TYPE_CHECKING:
    from cenguard.judging.neighbours import Neighbours

Assemble = Callable[[Sequence[Records], Options], Network]


def judge_of(
    sources: Sequence[Records], options: Options, asked: Sequence[Rule], said: Iterable[Said], network_of: Assemble
) -> Judge:
    """What judges the sources again, with edits in them, by every rule that is not switched off.

    `said` is what the rules that were asked said of them as they are.
    """
    return _Judging(sources, options, asked, said, network_of).judge


class _Judging:
    def __init__(
        self, sources: Sequence[Records], options: Options, asked: Sequence[Rule], said: Iterable[Said], network_of: Assemble
    ) -> None:
        self.sources, self.options, self.network_of = sources, options, network_of
        complete = all(source.complete for source in sources)
        self.rules = [rule for rule in options.rules if complete or rule.scope is Scope.RESOURCE]
        self.asked, self.said = asked, said

    @cached_property
    def now(self) -> Sequence[Said]:
        """What is said now, whoever asked for it."""
        codes = {rule.code for rule in self.asked}
        others = [rule for rule in self.rules if rule.code not in codes]
        said = list(self.said)
        if others:
            said += run_rules(self.network_of(self.sources, self.options), others, self.options.settings)[0]
        return said

    @cached_property
    def mandatory(self) -> frozenset[str]:
        """Fingerprints of what is mandatory now."""
        return frozenset(fingerprint_of(item) for item in self.now if item.level is Level.MANDATORY)

    @cached_property
    def questions(self) -> frozenset[tuple[str | None, RegionPair]]:
        """Pairs of regions, with their instance, of which it is not known whether they have a package."""
        return frozenset(
            (item.finding.instance, pair)
            for item in self.now
            if item.finding.verdict is Verdict.UNDETERMINED and PACKAGE in SETTLES.get(item.rule.code, ())
            for pair in item.finding.region_pairs
        )

    @cached_property
    def _neighbours(self) -> "Neighbours":
        from cenguard.judging.neighbours import Neighbours

        return Neighbours(self.sources)

    def judge(self, edits: Sequence[Edit]) -> Judged:
        """What is said with the edits.

        Raises:
            LookupError: an edit names what is not there, or a rule failed.
        """
        from cenguard.judging.edited import edited_with_names

        concerned = self._neighbours.of(edits) if self.options.base is None else self.sources
        sources, added = edited_with_names(concerned, edits)
        after, failures = run_rules(self.network_of(sources, self.options), self.rules, self.options.settings)
        if failures:
            raise LookupError(failures[0][0])
        names = [(fingerprint_of(item), item) for item in after]
        new = [item.finding for name, item in names if item.level is Level.MANDATORY and name not in self.mandatory]
        return Judged({name: item.finding for name, item in names}, new, added, self.questions)
