"""The Analyzer service. One object lives for one operation of the engine on one stack."""

import gc
import os
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from google.protobuf.empty_pb2 import Empty
from google.protobuf.json_format import MessageToDict
from msgspec import structs
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc, plugin_pb2

from cenguard import __version__
from cenguard.errors import CenguardError
from cenguard.findings import Level, Verdict
from cenguard.findings.report import ReportedFinding
from cenguard.judging.check import check, judge_network, network_of
from cenguard.judging.expected import about_expected
from cenguard.judging.inventories import read_inventories
from cenguard.judging.options import Options
from cenguard.judging.stale_inventory import about_inventories
from cenguard.judging.tool_findings import (
    INCOMPLETE_INPUT,
    RULE_FAILED,
    about_settings,
    about_unread,
    about_waivers,
    tool_finding,
)
from cenguard.judging.waived import as_before, names_of_instances
from cenguard.pack.diagnostics import PACK, UNDETERMINED_POLICY, respond
from cenguard.pack.first_look import Inputs, Look, at_once, looks_of, may_be_waived, waits_for_the_stack
from cenguard.pack.older import told_by_environment
from cenguard.pack.policies import policies, published
from cenguard.readers.engine import Conversation
from cenguard.readers.engine_calls import ResourceCall, StackCall, resource_call, stack_call
from cenguard.reports.formats import write_all
from cenguard.resources import tokens
from cenguard.resources.records import Records
from cenguard.rules.rule import Rule
from cenguard.settings.layers import PolicyConfig, with_policy_config, with_stack_config
from cenguard.settings.tightening import Layered
from cenguard.text.printable import printable

if TYPE_CHECKING:
    from cenguard.settings.waivers import Waiving

READ_LEVELS = {
    analyzer_pb2.ADVISORY: Level.ADVISORY,
    analyzer_pb2.MANDATORY: Level.MANDATORY,
    analyzer_pb2.DISABLED: Level.DISABLED,
    analyzer_pb2.REMEDIATE: Level.MANDATORY,  # nothing is remediated, and the engine counts it as mandatory
}
STOPPED = (
    "the engine stopped before it asked about the whole stack: whether its networks reach each other was not checked. "
    "A tick beside cenguard says nothing here."
)
NETWORKS_KEPT = 100
"""Networks of one resource that may lie about: each takes some 16 KB, and a stack has thousands."""


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """Answers the engine; an error of ours is a finding, never a dead pack."""

    def __init__(self, options: Options, stop: Callable[[], object], project_settings: str = "") -> None:
        """Take what the settings files say, what to do when the engine cancels, and the project's own file, to be told."""
        self._project_settings = project_settings
        self._options = options
        self._lay_options(options)
        self._stop = stop
        self._conversation = Conversation()
        self._published: dict[str, Level] = {}
        self._incomplete = Level.MANDATORY
        self._remarks: dict[str, tuple[str, ...]] = {}
        self._failed: set[str] = set()
        self._left: set[tuple[str, str | None]] = set()
        self._waiving = self._at_work(options)
        self._waived: dict[str, ReportedFinding] = {}
        self._lock = threading.Lock()
        self._networks_made = 0
        self._stack_was_asked = False
        self._stack_was_told = False

    # names of the methods are the protocol's

    def Handshake(self, request: object, context: object) -> "analyzer_pb2.AnalyzerHandshakeResponse":  # noqa: ARG002, N802
        """Engines that speak to a pack without a proxy begin with this."""
        return analyzer_pb2.AnalyzerHandshakeResponse()

    def GetPluginInfo(self, request: object, context: object) -> "plugin_pb2.PluginInfo":  # noqa: ARG002, N802
        """The version of the pack."""
        return plugin_pb2.PluginInfo(version=__version__)

    def GetAnalyzerInfo(self, request: object, context: object) -> "analyzer_pb2.AnalyzerInfo":  # noqa: ARG002, N802
        """One policy for each rule, with the levels and options of the settings, and `undetermined`."""
        if not self._stack_was_told and (told := told_by_environment(os.environ)) is not None:
            self._take_stack(told)
        settings = self._laid.settings
        self._published = published(self._options.rules, settings, self._incomplete)
        return analyzer_pb2.AnalyzerInfo(
            name=PACK,
            displayName="cenguard",
            version=__version__,
            description="Will the networks of a Cloud Enterprise Network really reach each other?",
            supportsConfig=True,
            policies=policies(self._options.rules, settings, self._published),
        )

    def ConfigureStack(  # noqa: N802
        self,
        request: "analyzer_pb2.AnalyzerStackConfigureRequest",
        context: object,  # noqa: ARG002
    ) -> "analyzer_pb2.AnalyzerStackConfigureResponse":
        """The stack and its configuration, in which its own settings may stand."""
        self._stack_was_told = True
        self._take_stack(request)
        return analyzer_pb2.AnalyzerStackConfigureResponse()

    def _take_stack(self, request: "analyzer_pb2.AnalyzerStackConfigureRequest") -> None:
        """Keep which stack it is, and lay its own settings over the others."""
        self._conversation.configure(request)
        self._leave_out_the_past((request.stack, request.project))
        place = f"configuration of {request.project}/{request.stack}"
        urns = f"urn:pulumi:{request.stack}::{request.project}::"
        try:
            layered = with_stack_config(self._options.settings, self._conversation.config, place, urns)
        except CenguardError as error:
            layered = Layered(
                self._options.settings,
                (f"{error}{'' if str(error).endswith('?') else '.'} The stack's own settings have no effect.",),
            )
        self._lay(layered, "stack")

    def _leave_out_the_past(self, stack: tuple[str, str]) -> None:
        """Take nothing of this stack's own state for something that stands elsewhere: the update may delete it."""
        if stack not in self._options.inventory.read_from:
            return
        settings = self._options.settings
        outside = read_inventories(settings.inventory, self._options.catalogue, beside=stack)
        self._options = structs.replace(self._options, inventory=outside)

    def Configure(self, request: "analyzer_pb2.ConfigureAnalyzerRequest", context: object) -> Empty:  # noqa: ARG002, N802
        """Levels of `--policy-pack-config`; they win over the settings files."""
        config = {
            name: PolicyConfig(READ_LEVELS[entry.enforcementLevel], MessageToDict(entry.properties))
            for name, entry in request.policyConfig.items()
        }
        incomplete = config.pop(INCOMPLETE_INPUT[1], None)
        if incomplete is not None:
            self._incomplete = incomplete.level
        self._lay(with_policy_config(self._laid.settings, config, self._published, undetermined=UNDETERMINED_POLICY), "policies")
        return Empty()

    def _lay(self, layered: Layered, layer: str) -> None:
        """Take settings that were laid over those at hand."""
        self._lay_options(structs.replace(self._options, settings=layered.settings))
        self._remarks[layer] = layered.remarks
        self._waiving = self._at_work(self._laid)

    def _at_work(self, options: Options) -> "Waiving":
        """The waivers of some options; one of a resource's former name goes on."""
        waiving = options.waiving()
        if waiving.waivers:
            waiving.former = lambda finding: as_before(finding, self._conversation.former)
        return waiving

    def _lay_options(self, options: Options) -> None:
        """Take what is judged with, and tell the rules apart once for all calls."""
        self._laid = options
        settings = options.settings
        shown = structs.replace(settings, undetermined="advisory") if settings.undetermined == "hide" else settings
        self._asking = structs.replace(options, settings=shown)
        """The same for a resource alone: what is a question there may be certain in the stack, and is hidden there if it is not."""
        asked = [rule for rule in options.rules if options.settings.levels.get(rule.code) is not Level.DISABLED]
        late = {rule.code for rule in asked if not at_once(rule) or waits_for_the_stack(rule, options)}
        self._at_once = [rule for rule in asked if rule.code not in late]
        self._of_stack = [rule for rule in asked if rule.code in late]
        self._looks: dict[str, list[tuple[Rule, Look]]] = {}

    def _may_speak(self, kind: str, inputs: Inputs) -> list[Rule]:
        """The rules that may say something of a resource with these inputs; told apart once for each type."""
        looks = self._looks.get(kind)
        if looks is None:
            looks = self._looks[kind] = looks_of(kind, self._at_once, self._laid)
        return [rule for rule, look in looks if look(inputs, self._laid)]

    def Remediate(  # noqa: N802
        self,
        request: "analyzer_pb2.AnalyzeRequest | bytes",
        context: object,  # noqa: ARG002
    ) -> "analyzer_pb2.RemediateResponse":
        """Nothing is changed behind the user's back; this call alone tells what a target leaves out."""
        with self._lock:
            self._conversation.hear_first(resource_call(request))
        return analyzer_pb2.RemediateResponse()

    def Analyze(  # noqa: N802
        self,
        request: "analyzer_pb2.AnalyzeRequest | bytes",
        context: object,  # noqa: ARG002
    ) -> "analyzer_pb2.AnalyzeResponse":
        """What one resource tells by itself, before it is created."""
        return self._guarded(lambda: self._once(self._analyze(resource_call(request))))

    def _once(self, findings: Iterable[ReportedFinding]) -> list[ReportedFinding]:
        """A rule that fails on every resource is said once."""
        told: list[ReportedFinding] = []
        for item in findings:
            if item.rule == RULE_FAILED[0]:
                if item.fingerprint in self._failed:
                    continue
                self._failed.add(item.fingerprint)
            told.append(item)
        return told

    def _analyze(self, request: ResourceCall) -> Iterable[ReportedFinding]:
        with self._lock:
            inputs = self._conversation.hear(request)
            rules = self._may_speak(request.type, inputs) if inputs is not None else ()
            if inputs is None or not rules:
                return ()
            records = self._conversation.alone(request, inputs)
        if not any(record.type.startswith(tokens.CEN) for record in records.resources):
            return ()
        network = network_of([records], self._laid)
        findings = judge_network(network, rules, self._asking, [records])
        self._count_alone()
        return self._open(item for item in findings if item.urn in (request.urn, None) and not self._waits(item))

    def _waits(self, finding: ReportedFinding) -> bool:
        """Whether only the whole stack tells what a resource alone leaves open, or by which fingerprint it is waived; it is asked again there.

        Which resource a value is of, and which areas a peer joins, no call of `Analyze` tells. What is to stop an update is said at once.
        """
        is_question = finding.verdict == Verdict.UNDETERMINED and finding.level != Level.MANDATORY
        former = self._conversation.former.get(finding.urn or "", ())
        if not is_question and not may_be_waived(finding, former, self._laid):
            return False
        if finding.urn is not None:
            self._left.add((finding.rule, finding.urn))
        return finding.urn is not None or (is_question and self._laid.settings.undetermined == "hide")

    def _count_alone(self) -> None:
        """Give back the networks of single resources now and then: they are circles, and nothing else collects them."""
        self._networks_made += 1
        if self._networks_made % NETWORKS_KEPT == 0:
            gc.collect(0)

    def _open(self, findings: Iterable[ReportedFinding]) -> list[ReportedFinding]:
        """The findings that nobody waives; the others are kept, to be told in one go."""
        with self._lock:
            judged = self._waiving.judge(findings)
            self._waived |= {item.fingerprint: item for item in judged if item.waived_by}
        return [item for item in judged if not item.waived_by]

    def AnalyzeStack(  # noqa: N802
        self,
        request: "analyzer_pb2.AnalyzeStackRequest | bytes",
        context: object,  # noqa: ARG002
    ) -> "analyzer_pb2.AnalyzeResponse":
        """What only the whole stack tells."""
        return self._guarded(lambda: self._once(self._analyze_stack(stack_call(request))))

    def _analyze_stack(self, request: StackCall) -> Iterable[ReportedFinding]:
        self._stack_was_asked = True
        with self._lock:
            records = self._conversation.join(request)
        network = network_of([records], self._laid)
        self._waiving.called = names_of_instances(network)
        findings = judge_network(network, self._of_stack, self._laid, [records])
        unheard = self._conversation.unheard(records)
        if unheard or self._left:  # a resource that Analyze never brought has had no answer yet
            late = judge_network(network, self._at_once, self._laid, [records])
            findings += [item for item in late if item.urn in unheard or (item.rule, item.urn) in self._left]
        findings += self._unread(records)
        findings += about_expected([records], network, self._laid.settings)
        findings = self._open(findings)
        findings += about_inventories(network, findings, [*self._of_stack, *self._at_once], self._laid.settings)
        here = [(records.stack, records.project)]
        findings += about_waivers(self._waiving, lambda waiver: waiver.speaks_of(here), self._laid.settings)
        remarks = list(self._options.settings.remarks)
        remarks += [remark for layer in sorted(self._remarks) for remark in self._remarks[layer]]
        findings += about_settings([*remarks, *self._write(records)], self._laid.settings)
        self._tell_settings()
        self._tell_waived()
        for note in records.notes:
            sys.stderr.write(printable(f"cenguard: {note}") + "\n")
        sys.stderr.flush()
        return findings

    def _unread(self, records: Records) -> list[ReportedFinding]:
        """What the call does not show of a CEN: a policy with a level like any other."""
        if self._incomplete is Level.DISABLED:
            return []
        found = about_unread([records])
        return [structs.replace(item, level=self._incomplete) if item.level == Level.MANDATORY else item for item in found]

    def _write(self, records: Records) -> Iterator[str]:
        """Write the files that `[output]` of the settings names, and say which one cannot be written."""
        wanted = tuple(self._laid.settings.output.items())
        if not wanted:
            return
        report = check([records], self._laid)  # with the rules that have answered already
        for form, path in wanted:
            try:
                write_all(report, [(form, path)])
            except CenguardError as error:
                yield f"output.{form}: {error}"

    def _tell_settings(self) -> None:
        """Say once which settings of the project were read: the pack may stand elsewhere, with settings of its own."""
        if self._project_settings:
            sys.stderr.write(printable(f"cenguard: settings of {self._project_settings}") + "\n")
            self._project_settings = ""

    def _tell_waived(self) -> None:
        """Say what is waived, by whom and why: the engine shows it as an information line, not as a finding."""
        found = sorted(self._waived.values(), key=lambda item: (item.rule, item.urn or "", item.fingerprint))
        alike = Counter((f"{item.rule} {item.resource or item.name}", item.waived_by) for item in found)
        for (name, waived_by), count in alike.items():
            several = f" ({count} findings)" if count > 1 else ""
            sys.stderr.write(printable(f"cenguard: {name}{several} is waived by {waived_by}") + "\n")
        sys.stderr.flush()
        self._waived.clear()

    def Cancel(self, request: object, context: object) -> Empty:  # noqa: ARG002, N802
        """The engine is done. It shows a tick beside a pack that it has not asked about the stack, which nobody may take for an answer."""
        if self._stack_was_told and self._conversation.stack and not self._stack_was_asked:
            report = " No report is written." if self._laid.settings.output else ""
            sys.stderr.write(f"cenguard: {STOPPED}{report}\n")
            sys.stderr.flush()
        threading.Timer(0.1, self._stop).start()  # after this answer is out
        return Empty()

    @staticmethod
    def _guarded(answer: Callable[[], Iterable[ReportedFinding]]) -> "analyzer_pb2.AnalyzeResponse":
        try:
            return respond(answer())
        except Exception as error:  # noqa: BLE001 - an exception would end the user's whole operation
            frame = traceback.extract_tb(error.__traceback__)[-1]
            message = f"The pack failed: {type(error).__name__}. This is a fault of cenguard, not of the program."
            return respond([tool_finding(RULE_FAILED, message, (f"{frame.filename}:{frame.lineno} in {frame.name}",))])
