"""The page of a rule: its module's docstring under fixed headings, and its metadata.

`docs/rules/` is made of these by `scripts/rule-pages`; a test keeps it true. An example is a program that begins with a
prelude: `BASIC`, or `ENTERPRISE` where it speaks of routers. A line of it may be a fragment that many pages share, such as
`{PACKAGE}`: a page shows it once, so that what differs between its programs is what a reader sees.
"""

import textwrap
from collections.abc import Sequence

from cenguard.rules.example_programs import BASIC, ENTERPRISE, FRAGMENTS
from cenguard.rules.needs import ROADS, WHY, decided_on
from cenguard.rules.rule import Rule

EFFECTS = {"S": "silent", "F": "fails", "C": "costs", "Q": "quality"}
HEADINGS = ("What it does", "Why it matters", "Before", "Example", "Instead", "Options", "When to turn it off", "Source")
PROGRAMS = ("Before", "Example", "Instead")
"""`Before` is what stands, where a rule is about a change; the example is what the program becomes."""
OPTIONAL = ("Before",)


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
    return ENTERPRISE if any(word in rule.page for word in ("near.", "plant", "PEER}")) else BASIC


def program(rule: Rule, heading: str) -> str:
    """A program of a rule's page, whole."""
    return f"{prelude(rule)}\n{statements(rule, heading)}\n".lstrip()


def statements(rule: Rule, heading: str) -> str:
    """A program of a rule's page after its prelude, with what its fragments stand for."""
    return "\n".join(FRAGMENTS.get(line, line) for line in sections(rule).get(heading, "").splitlines())


def _shown(rule: Rule, headings: Sequence[str]) -> dict[str, str]:
    """The programs of a page by heading; a fragment that stands above already is named in a comment."""
    seen: set[str] = set()
    found: dict[str, str] = {}
    for heading in headings:
        lines: list[str] = []
        above: list[str] = []
        for line in [*sections(rule)[heading].splitlines(), ""]:
            if line in seen:
                above.append(FRAGMENTS[line].partition(" = ")[0])
                continue
            if above:
                lines.append(f"# {' and '.join(filter(None, [', '.join(above[:-1]), above[-1]]))} as above")
                above = []
            lines.append(FRAGMENTS.get(line, line))
            if line in FRAGMENTS:
                seen.add(line)
        found[heading] = "\n".join(lines).strip()
    return found


def markdown(rule: Rule) -> str:
    """The page as Markdown."""
    effects = ", ".join(EFFECTS[letter] for letter in rule.effect)
    level = f"Default level: **{rule.level.value}**" + (f" · Effect: {effects}" if effects else "")
    lines = [f"# {rule.code} {rule.name}", "", rule.title, "", level]
    known = sections(rule)
    programs = _shown(rule, [heading for heading in PROGRAMS if known.get(heading)])
    for heading in HEADINGS:
        text = known.get(heading)
        if not text:
            continue
        lines += ["", f"## {heading}", ""]
        if heading in PROGRAMS:
            if prelude(rule) and heading == ("Before" if "Before" in known else "Example"):
                lines += ["After [the beginning](#the-programs-begin-with) that the programs share:", ""]
            lines += ["```python", programs[heading], "```"]
        else:
            lines.append(text)
    lines += ["", "## What it needs, and where it can be decided", "", *_needs(rule)]
    if prelude(rule):
        lines += ["", "## The programs begin with", "", "```python", prelude(rule).rstrip(), "```"]
    return "\n".join(lines) + "\n"


def _needs(rule: Rule) -> list[str]:
    """What the rule must be told, and the roads on which it is."""
    lines = [f"- **{need}**: {WHY[need]}" for need in rule.all_needs] or ["Nothing but the resource itself."]
    if rule.spares_standing:
        lines.append("- It is silent about what stands or is imported, and so in every state.")
    roads = decided_on(rule.all_needs, spares_standing=rule.spares_standing)
    names = [ROADS[kind] for kind in roads]
    return [*lines, "", f"| {' | '.join(names)} |", f"|{'---|' * len(names)}", f"| {' | '.join(roads.values())} |"]


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
        """The input does not show the whole stack, and the finding says what completes this very document:

- a preview without its unchanged resources: `--show-sames` for `pulumi preview --json`;
- a preview of `pulumi destroy`, which has no such flag: the stack's export beside it;
- the document that `pulumi up --json` begins with: the events of `pulumi up --skip-preview --json`, which show all;
- a run that failed half-way, or that the engine refused: mend what its message says, and preview again.

What seems missing there may stand, so the rules that need the whole stack stay silent; the finding lists them. Rules about
single resources have answered.

One finding for each resource that holds, or may hold, a CEN and cannot be read: a type of CEN that this version does not
know, a Terraform module or a component whose resources the document does not show, a dynamic resource with a CEN among
its inputs. It names the document that does show them. Nothing is passed that was not seen; what is beside it is judged,
and what an instance may have in such a resource is undetermined. A waiver with `rule = "CEN904"`, reason, owner and last
day accepts one: when all of them are accepted, the status is not 2. Beside resources of CEN that are read, a type that is
not known is advisory. In the policy pack this is the policy `incomplete-input`, with a level like any other.
[What is not read](../what-we-do-not-read.md) lists every road.""",
    ),
    "CEN905": (
        "unknown-setting",
        "advisory",
        """The policy configuration that the engine handed over names a policy or an option that does not exist. The engine
passes such names through without a word; the setting has no effect. The finding proposes the nearest name.""",
    ),
    "CEN906": (
        "expected-instance-missing",
        "mandatory",
        """The settings expect an instance that none of the sources holds: `expect = ["core"]` names, by globs on name, id or
URN, the instances that must be in the input. Without it, a gate that watches the wrong folder or document is green for
ever. The key belongs in the settings file of the project's own folder, in a document's own folder, or in the file that
`--settings` names for a document; elsewhere it is refused with its line.""",
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
    lines += [
        "",
        "## What each rule needs, and where it can be decided",
        "",
        "A rule that is not told what it needs is silent, or undetermined. The words:",
        "",
        *(f"- **{need}**: {why}" for need, why in WHY.items()),
        "",
        f"| code | needs | {' | '.join(ROADS.values())} |",
        f"|---|---|{'---|' * len(ROADS)}",
    ]
    for rule in rules:
        words = decided_on(rule.all_needs, spares_standing=rule.spares_standing).values()
        lines.append(f"| [{rule.code}]({rule.code}.md) | {', '.join(rule.all_needs) or '-'} | {' | '.join(words)} |")
    return "\n".join(lines) + "\n"
