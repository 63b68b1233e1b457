"""Reports that the tests of the formats share: a plain one, a hostile one, an empty one, a huge one."""

import os
from pathlib import Path

from msgspec.structs import replace

from cenguard.findings.report import (
    Cut,
    Purchase,
    Report,
    ReportedFinding,
    ReportedFix,
    ReportedLocation,
    ReportedPair,
    ReportedSource,
    Summary,
    Traffic,
)

GOLDEN = Path(__file__).parent / "golden"
CORE = "urn:pulumi:prod::net::alicloud:cen/instance:Instance::core"
PACKAGE = "urn:pulumi:prod::net::alicloud:cen/bandwidthPackage:BandwidthPackage::europe"
LIMIT = "urn:pulumi:prod::net::alicloud:cen/bandwidthLimit:BandwidthLimit::limit"
HOSTILE = "</script><img src=x onerror=alert(1)>\x1b[31m]]>\n::error::x%0A`|@team #1 ![x](https://evil.example) --> <!-- \u202e"


def finding(**more):
    found = ReportedFinding(
        rule="CEN201",
        name="missing-bandwidth-package",
        verdict="violated",
        level="mandatory",
        severity="critical",
        urn=CORE,
        type="alicloud:cen/instance:Instance",
        resource="core",
        instance=CORE,
        area_pair=("China", "Europe"),
        region_pairs=(("cn-beijing", "eu-central-1"),),
        packages=(),
        related=(),
        location=ReportedLocation(path="__main__.py", line=12),
        message="cn-beijing and eu-central-1 are cut off: no China/Europe bandwidth package on core.",
        because=("cn-beijing, in China: shop (VPC) is attached", "packages attached to core: none"),
        fix=ReportedFix(summary="Buy a China/Europe bandwidth package.", python='package = cen.BandwidthPackage("p")\n'),
        change="new",
        waived_by=None,
        fingerprint="0123456789abcdef",
        help="https://docs.example.org/cenguard/rules/CEN201",
    )
    return replace(found, **more)


def advisory(**more):
    return finding(
        **{
            "rule": "CEN203",
            "name": "unattached-bandwidth-package",
            "level": "advisory",
            "severity": "medium",
            "urn": PACKAGE,
            "type": "alicloud:cen/bandwidthPackage:BandwidthPackage",
            "resource": "europe",
            "message": "Package europe is attached to no instance.",
            "because": (),
            "fix": None,
            "change": "unchanged",
            "fingerprint": "1123456789abcdef",
            "help": "https://docs.example.org/cenguard/rules/CEN203",
            **more,
        }
    )


def question(**more):
    return finding(
        **{
            "rule": "CEN208",
            "name": "overcommitted-package",
            "verdict": "undetermined",
            "level": "advisory",
            "severity": "low",
            "urn": PACKAGE,
            "message": "Whether package europe is large enough cannot be told.",
            "because": (),
            "fix": None,
            "location": None,
            "fingerprint": "2123456789abcdef",
            "help": "https://docs.example.org/cenguard/rules/CEN208",
            **more,
        }
    )


def report(*findings, **more):
    found = findings or (
        finding(),
        advisory(),
        advisory(fingerprint="3123456789abcdef", waived_by="net-team: bought ahead, until 2027-03-31", change="new"),
        question(),
    )
    base = Report(
        cenguard="0.1.0",
        catalogue="2026-03",
        sources=(ReportedSource(path="preview.json", kind="preview", project="net", stack="prod", resources=11, complete=True),),
        summary=Summary(
            mandatory=sum(item.level == "mandatory" for item in found),
            advisory=1,
            undetermined=1,
            waived=1,
            new=2,
            fixed=1,
        ),
        pairs=(
            ReportedPair(instance=CORE, regions=("cn-beijing", "eu-central-1"), disposition="no_package", mbps_before=10),
            ReportedPair(instance=CORE, regions=("cn-beijing", "us-west-1"), disposition="funded", mbps=20, mbps_before=10),
            ReportedPair(instance=CORE, regions=("eu-central-1", "us-west-1"), disposition="undetermined"),
        ),
        purchases=(
            Purchase(urn=PACKAGE, area_pair=("China", "Europe"), mbps=20, payment="PrePaid", period=6, auto_renew=True),
            Purchase(urn=PACKAGE + "2", area_pair=("China", "North-America"), mbps=20, mbps_before=10, payment="PostPaid"),
        ),
        cuts=(Cut(instance=CORE, regions=("cn-beijing", "eu-central-1"), mbps_before=10, mbps=None),),
        findings=found,
        fixed=(
            finding(
                rule="CEN207",
                name="limit-without-package",
                urn=LIMIT,
                resource="limit",
                change=None,
                location=None,
                message="Limit limit has no package.",
                because=(),
                fix=None,
                fingerprint="4123456789abcdef",
                help="https://docs.example.org/cenguard/rules/CEN207",
            ),
        ),
        blockers={"bandwidthLimit of limit is a secret": ("2123456789abcdef",)},
    )
    return replace(base, **more)


def hostile():
    urn = f"urn:pulumi:prod::net::alicloud:cen/instance:Instance::{HOSTILE}"
    location = ReportedLocation(path=f"{HOSTILE}.py", line=3)
    bad = finding(
        urn=urn,
        resource=HOSTILE,
        instance=urn,
        message=HOSTILE,
        because=(HOSTILE,),
        fix=ReportedFix(summary=HOSTILE, python=f"{HOSTILE}\n```\n"),
        location=location,
    )
    return report(
        bad,
        question(message=HOSTILE, fingerprint="a"),
        advisory(waived_by=HOSTILE, fingerprint="b"),
        sources=(ReportedSource(path=HOSTILE, kind="preview", project=HOSTILE, stack=HOSTILE, resources=1, complete=True),),
        pairs=(ReportedPair(instance=urn, regions=(HOSTILE, "us-west-1"), disposition="no_package", mbps_before=3),),
        purchases=(Purchase(urn=urn, area_pair=(HOSTILE, "Europe"), mbps=1, payment=HOSTILE),),
        cuts=(Cut(instance=urn, regions=(HOSTILE, "us-west-1"), mbps_before=3, mbps=None),),
        traffic=(Traffic(urn=urn, area_pair=(HOSTILE, "Europe"), mbps=1),),
        blockers={HOSTILE: ("a",)},
    )


def quiet():
    """A change that does not touch the network."""
    return report(
        advisory(),
        summary=Summary(mandatory=0, advisory=1, undetermined=0, new=0, fixed=0),
        pairs=(ReportedPair(instance=CORE, regions=("cn-beijing", "us-west-1"), disposition="funded", mbps=5, mbps_before=5),),
        purchases=(),
        cuts=(),
        fixed=(),
        blockers={},
    )


def huge():
    return report(
        *(
            finding(
                fingerprint=f"{number:016x}",
                message=f"number {number} " + "x" * 900,
                location=ReportedLocation(path="a.py", line=number + 1),
            )
            for number in range(3000)
        )
    )


def matches_golden(name, text):
    """Compare with a golden file; with UPDATE_GOLDEN=1, write it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, "utf-8", newline="\n")
    assert path.is_file(), f"{path} is missing: run the tests with UPDATE_GOLDEN=1"
    assert text == path.read_text("utf-8"), f"{path} differs: look at it, then run the tests with UPDATE_GOLDEN=1"
