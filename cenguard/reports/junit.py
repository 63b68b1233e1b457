"""JUnit XML, for the test tab of a CI system: a test case for each finding, and one for each rule that found nothing.

Source of the format: https://github.com/testmoapp/junitxml (there is no standard; these elements are read everywhere).
"""

from collections.abc import Iterator, Mapping
from xml.etree import ElementTree as ET

from cenguard.findings.report import Report, ReportedFinding
from cenguard.reports.lines import inert
from cenguard.reports.places import file_of, source_name
from cenguard.reports.words import code_lines, grade, is_open, with_cures
from cenguard.rules import RULES
from cenguard.text.printable import printable_lines


def render(report: Report) -> str:
    """The report as one test suite. Only what is mandatory fails; the rest is skipped, with its reason."""
    name = ", ".join(source_name(source) for source in report.sources) or "cenguard"
    suite = ET.Element("testsuite", name=_clean(f"cenguard {name}"), errors="0", time="0")
    _compared(suite, {"new": report.summary.new, "fixed": report.summary.fixed})
    cases = [*_found(report), *_kept(report)]
    for case in cases:
        suite.append(case)
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    suites = ET.Element("testsuites", name="cenguard")
    for element in (suites, suite):
        element.set("tests", str(len(cases)))
        element.set("failures", str(failed))
        element.set("skipped", str(skipped))
    suites.append(suite)
    ET.indent(suites)
    return "<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(suites, encoding="unicode") + "\n"


def _found(report: Report) -> Iterator[ET.Element]:
    for finding in with_cures(report.findings):
        subject = finding.urn or finding.instance or finding.resource or ""
        areas = f" {'/'.join(finding.area_pair)}" if finding.area_pair else ""
        case = ET.Element(
            "testcase", classname=f"cenguard.{finding.rule}", name=_clean(f"{finding.name}: {subject}{areas}"), time="0"
        )
        path = file_of(report, finding)
        if path is not None and finding.location is not None:
            case.set("file", _clean(path))
            case.set("line", str(finding.location.line))
        _compared(case, {"change": finding.change})
        level = grade(finding) if is_open(finding) else "waived"
        if is_open(finding) and finding.level == "mandatory":
            outcome = ET.SubElement(case, "failure", type=level, message=_clean(finding.message))
            outcome.text = _clean(_details(finding))
        else:
            reason = f"waived: {finding.waived_by}" if not is_open(finding) else f"{level}: {finding.message}"
            ET.SubElement(case, "skipped", message=_clean(reason))
            ET.SubElement(case, "system-out").text = _clean(_details(finding))
        yield case


def _compared(element: ET.Element, said: Mapping[str, object]) -> None:
    """What a comparison with a base says; nothing where there was none."""
    told = {name: str(value) for name, value in said.items() if value is not None}
    if told:
        properties = ET.SubElement(element, "properties")
        for name, value in told.items():
            ET.SubElement(properties, "property", name=name, value=value)


def _kept(report: Report) -> Iterator[ET.Element]:
    """Rules that were asked and found nothing, unless the input hid what they would have looked at; skipped where no CEN was there."""
    if not all(source.complete for source in report.sources):
        return
    found = {finding.rule for finding in report.findings}
    for rule in RULES:
        if rule.code in found or (report.asked is not None and rule.code not in report.asked):
            continue
        case = ET.Element("testcase", classname=f"cenguard.{rule.code}", name=rule.name, time="0")
        if report.absent:
            ET.SubElement(case, "skipped", message=_clean(report.absent))
        yield case


def _details(finding: ReportedFinding) -> str:
    lines = [finding.message, *(f"  · {step}" for step in finding.because)]
    if finding.fix:
        lines.append(f"fix: {finding.fix.summary}")
        lines += code_lines(finding.fix)
    return "\n".join(map(inert, [*lines, finding.help]))


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return "".join(
        letter
        for letter in printable_lines(text)
        if letter in "\t\n\r" or "\x20" <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
    )
