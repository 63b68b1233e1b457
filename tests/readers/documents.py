"""What the tests of the document readers share: recordings, and findings as tuples."""

from pathlib import Path

from cenguard.judging.check import check
from cenguard.judging.options import Options
from cenguard.readers.sources import read_estate

RECORDINGS = Path(__file__).parents[1] / "recordings"
SCENARIOS = sorted(path.parent.name for path in RECORDINGS.glob("*/preview.json"))


def report_of(scenario, *names):
    return check(read_estate([str(RECORDINGS / scenario / name) for name in names]), Options())


def found(scenario, *names):
    """Findings and pairs, without the lines: a plan and a log have none."""
    report = report_of(scenario, *names)
    return (
        [(item.rule, item.verdict, item.level, item.urn, item.area_pair, item.message) for item in report.findings],
        [(pair.instance, pair.regions, pair.disposition, pair.mbps) for pair in report.pairs],
    )


def certain(report):
    return {item.rule for item in report.findings if item.verdict == "violated"}


def recorded(scenario, name):
    return (RECORDINGS / scenario / name).exists()
