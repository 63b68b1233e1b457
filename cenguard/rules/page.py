"""The page of a rule: its module's docstring under fixed headings, and its metadata.

`docs/rules/` is made of these by `scripts/rule-pages`; a test keeps it true. An example is a program that begins with a
prelude, `BASIC` or `ENTERPRISE` as the rule says. A line of it may be a fragment that many pages share, such as
`{PACKAGE}`: a page shows it once, so that what differs between its programs is what a reader sees.
"""

import textwrap
from collections.abc import Sequence

from cenguard.rules.example_programs import BASIC, ENTERPRISE, FRAGMENTS, ROUTES
from cenguard.rules.needs import ROADS, WHY, decided_on
from cenguard.rules.rule import Prelude, Rule, effect_words
from cenguard.rules.tool_pages import TOOL_PAGES

HEADINGS = ("What it does", "Why it matters", "Before", "Example", "Instead", "Options", "When to turn it off", "Source")
PROGRAMS = ("Before", "Example", "Instead")
"""`Before` is what stands, where a rule is about a change; the example is what the program becomes."""
PRELUDES = {Prelude.BASIC: BASIC, Prelude.ENTERPRISE: ENTERPRISE, Prelude.ROUTES: ROUTES}
OPTIONAL = ("Before",)


def sections(rule: Rule) -> dict[str, str]:
    """The text under each heading of a rule's docstring, dedented."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in rule.text.splitlines()[1:]:
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
    return PRELUDES[rule.prelude]


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
    effects = ", ".join(effect_words(rule.effect))
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


def index_markdown(rules: Sequence[Rule]) -> str:
    """The index of all pages."""
    lines = ["# Rules", "", "| code | name | level | effect | what it says |", "|---|---|---|---|---|"]
    for rule in rules:
        effects = ", ".join(effect_words(rule.effect))
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
