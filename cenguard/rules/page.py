"""The page of a rule: its module's docstring under fixed headings, and its metadata.

`docs/rules/` is made of these by `scripts/rule-pages`; a test keeps it true. An example is a program that begins with a
prelude: `BASIC`, or `ENTERPRISE` where it speaks of routers.
"""

import textwrap
from collections.abc import Sequence

from cenguard.rules.rule import Rule

EFFECTS = {"S": "silent", "F": "fails", "C": "costs", "Q": "quality"}
HEADINGS = ("What it does", "Why it matters", "Before", "Example", "Instead", "Options", "When to turn it off", "Source")
PROGRAMS = ("Before", "Example", "Instead")
"""`Before` is what stands, where a rule is about a change; the example is what the program becomes."""
OPTIONAL = ("Before",)

BASIC = """import pulumi
import pulumi_alicloud as alicloud

core = alicloud.cen.Instance("core")
shop = alicloud.cen.InstanceAttachment(
    "shop",
    instance_id=core.id,
    child_instance_id="vpc-1",
    child_instance_type="VPC",
    child_instance_region_id="cn-beijing",
)
sales = alicloud.cen.InstanceAttachment(
    "sales",
    instance_id=core.id,
    child_instance_id="vpc-2",
    child_instance_type="VPC",
    child_instance_region_id="us-west-1",
)
"""
ENTERPRISE = """import pulumi
import pulumi_alicloud as alicloud

hangzhou = alicloud.Provider("hangzhou", region="cn-hangzhou")
frankfurt = alicloud.Provider("frankfurt", region="eu-central-1")
core = alicloud.cen.Instance("core")
near = alicloud.cen.TransitRouter("near", cen_id=core.id, opts=pulumi.ResourceOptions(provider=hangzhou))
far = alicloud.cen.TransitRouter("far", cen_id=core.id, opts=pulumi.ResourceOptions(provider=frankfurt))
plant = alicloud.cen.TransitRouterVpcAttachment(
    "plant",
    cen_id=core.id,
    transit_router_id=near.transit_router_id,
    vpc_id="vpc-1",
    zone_mappings=[
        {"zone_id": "cn-hangzhou-j", "vswitch_id": "vsw-1"},
        {"zone_id": "cn-hangzhou-k", "vswitch_id": "vsw-2"},
    ],
    opts=pulumi.ResourceOptions(provider=hangzhou),
)
office = alicloud.cen.TransitRouterVpcAttachment(
    "office",
    cen_id=core.id,
    transit_router_id=far.transit_router_id,
    vpc_id="vpc-2",
    zone_mappings=[
        {"zone_id": "eu-central-1a", "vswitch_id": "vsw-3"},
        {"zone_id": "eu-central-1b", "vswitch_id": "vsw-4"},
    ],
    opts=pulumi.ResourceOptions(provider=frankfurt),
)
"""


def sections(rule: Rule) -> dict[str, str]:
    """The text under each heading of a rule's docstring, dedented."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in rule.page.strip().splitlines()[1:]:
        if line.removesuffix(":") in HEADINGS and line.endswith(":"):
            current = found.setdefault(line.removesuffix(":"), [])
        elif current is not None:
            current.append(line)
    return {name: textwrap.dedent("\n".join(lines)).strip() for name, lines in found.items()}


def prelude(rule: Rule) -> str:
    """What the programs of a rule's page begin with; nothing where they are whole."""
    example = sections(rule).get("Example", "")
    if not example or "import pulumi" in example:
        return ""
    return ENTERPRISE if "near." in rule.page or "plant" in rule.page else BASIC


def program(rule: Rule, heading: str) -> str:
    """A program of a rule's page, whole."""
    return f"{prelude(rule)}\n{sections(rule)[heading]}\n".lstrip()


def markdown(rule: Rule) -> str:
    """The page as Markdown."""
    effects = ", ".join(EFFECTS[letter] for letter in rule.effect)
    level = f"Default level: **{rule.level.value}**" + (f" · Effect: {effects}" if effects else "")
    lines = [f"# {rule.code} {rule.name}", "", rule.title, "", level]
    known = sections(rule)
    for heading in HEADINGS:
        text = known.get(heading)
        if not text:
            continue
        lines += ["", f"## {heading}", ""]
        if heading in PROGRAMS:
            if prelude(rule) and heading == ("Before" if "Before" in known else "Example"):
                lines += ["After [the beginning](#the-programs-begin-with) that the programs share:", ""]
            lines += ["```python", text, "```"]
        else:
            lines.append(text)
    if prelude(rule):
        lines += ["", "## The programs begin with", "", "```python", prelude(rule).rstrip(), "```"]
    return "\n".join(lines) + "\n"


TOOL_PAGES = {
    "CEN901": (
        "rule-failed",
        "mandatory, exit status 3",
        """A rule of cenguard raised an exception. The other rules did answer, and their findings stand. It is a fault of
cenguard, not of the program: the finding names the rule and the line, which is what a bug report needs. Until it is
mended, `--ignore` the rule.""",
    ),
    "CEN902": (
        "expired-waiver",
        "advisory",
        """The last day of a waiver has passed, and what it hid is shown again. Mend what it was about and delete it; or, if the
exception still stands, give it a new day and a reason that says why.""",
    ),
    "CEN903": (
        "unused-waiver",
        "advisory",
        """A waiver fits no finding: what it was about is mended, or it names something else than was meant. Delete it, or mend
what it names. A waiver of rules that were not asked, or of another stack, is not spoken of.""",
    ),
    "CEN904": (
        "incomplete-input",
        "exit status 2",
        """The input does not show the whole stack: a preview document without its unchanged resources (add `--show-sames` to
`pulumi preview --json`), or one of a preview that failed half-way (mend the program, and preview again). What seems
missing there may stand, so the rules that need the whole stack stay silent; the finding lists them. Rules about
single resources have answered.""",
    ),
    "CEN905": (
        "unknown-setting",
        "advisory",
        """The policy configuration that the engine handed over names a policy or an option that does not exist. The engine
passes such names through without a word; the setting has no effect. The finding proposes the nearest name.""",
    ),
    "CEN907": (
        "stale-inventory",
        "mandatory or advisory",
        """An inventory is older than `inventory_days` (7), and something rests on it. What it says may have changed since, so
a finding that would not be certain without it is advisory. That opens no gate: as long as one of the findings that it
weakened would be mandatory with a fresh inventory, and is not waived, this one is mandatory and names it. Else it is
advisory: only pairs, or advice, rest on the old file. Take the inventory again, with `cenguard inventory`, or raise
`inventory_days` where the network it tells of changes seldom.""",
    ),
}
"""What cenguard says of itself: name, level and text by code."""


def tool_markdown(code: str) -> str:
    """The page of a finding about the check itself."""
    name, level, text = TOOL_PAGES[code]
    return f"# {code} {name}\n\nDefault level: **{level}**\n\n{text}\n"


def index_markdown(rules: Sequence[Rule]) -> str:
    """The index of all pages."""
    lines = ["# Rules", "", "| code | name | level | effect | what it says |", "|---|---|---|---|---|"]
    for rule in rules:
        effects = ", ".join(EFFECTS[letter] for letter in rule.effect)
        lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.level.value} | {effects or '-'} | {rule.title} |")
    for code, (name, level, _) in TOOL_PAGES.items():
        lines.append(f"| [{code}]({code}.md) | {name} | {level} | - | about the check itself |")
    return "\n".join(lines) + "\n"
