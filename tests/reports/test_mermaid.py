"""The map that GitHub and GitLab draw in a comment."""

import re

from cenguard.findings.report import ReportedPair
from cenguard.reports.map.mermaid import MOST, mermaid
from cenguard.reports.markdown import render
from tests.reports.samples import CORE, HOSTILE, hostile, report

FUNDED = ReportedPair(instance=CORE, regions=("cn-beijing", "us-west-1"), disposition="funded", mbps=20)
LINE = re.compile(r'  r\d+ (---|-\.-)\|"[\w ./✓✗!?,:-]*"\| r\d+')


def pair(first, second, disposition="no_package", **more):
    return ReportedPair(instance=CORE, regions=(first, second), disposition=disposition, **more)


def test_each_pair_is_a_line_with_what_it_carries():
    pairs = [FUNDED, pair("cn-beijing", "eu-central-1"), pair("eu-central-1", "us-west-1", "undetermined")]

    assert mermaid(pairs).splitlines() == [
        "```mermaid",
        "graph LR",
        '  r0["cn-beijing"]',
        '  r1["eu-central-1"]',
        '  r2["us-west-1"]',
        '  r0 ---|"✓ 20 Mbps"| r2',
        '  r0 -.-|"✗ 1 Kbps"| r1',
        '  r1 -.-|"?"| r2',
        "  linkStyle 0 stroke:#1a7f37,stroke-width:2px",
        "  linkStyle 1 stroke:#cf222e,stroke-width:2px",
        "  linkStyle 2 stroke:#0969da,stroke-width:2px",
        "```",
    ]


def test_mbps_that_no_route_leads_over_are_not_drawn_as_connected():
    drawn = mermaid([pair("cn-beijing", "us-west-1", "funded", mbps=20, no_route=True)])

    assert '  r0 -.-|"! 20 Mbps, no route"| r1' in drawn
    assert "#1a7f37" not in drawn


def test_a_name_of_the_input_is_nothing_to_mermaid():
    drawn = mermaid([pair(HOSTILE, 'x"]; click r0 "https://evil.example"')])
    body = drawn.splitlines()[2:-2]

    assert len(body) == 3
    assert all(re.fullmatch(r'  r\d+\["[\w ./✓✗!?,:-]*"\]', line) or LINE.fullmatch(line) for line in body)
    assert "```mermaid" in render(hostile())


def test_nobody_could_follow_more_lines():
    many = [pair("cn-beijing", f"r-{number:02}") for number in range(MOST + 1)]

    assert mermaid(many[:MOST])
    assert mermaid(many) == ""
    assert mermaid([]) == ""


def test_the_comment_draws_each_instance():
    other = "urn:pulumi:prod::net::alicloud:cen/instance:Instance::edge"
    text = render(report(pairs=(FUNDED, ReportedPair(instance=other, regions=("a", "b"), disposition="no_package"))))

    assert text.count("```mermaid") == 2
    assert "<summary>map of <code>edge</code></summary>" in text
