"""The page of a rule: its module's docstring under fixed headings, and its metadata.

A docstring has a first line, then sections: `What it does`, `Why it matters`, `Example` and `Instead` (programs, after the
line `::`-indented), `Options`, `When to turn it off`, `Source`. `docs/rules/` is made of these; a test keeps it true.
"""

import textwrap

from cenguard.rules.rule import Rule

EFFECTS = {"S": "silent", "F": "fails", "C": "costs", "Q": "quality"}
HEADINGS = ("What it does", "Why it matters", "Example", "Instead", "Options", "When to turn it off", "Source")
PROGRAMS = ("Example", "Instead")


def sections(rule: Rule) -> dict[str, str]:
    """The text under each heading of a rule's docstring, dedented."""
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in rule.page.strip().splitlines()[1:]:
        heading, colon, rest = line.partition(":")
        if colon and heading in HEADINGS:
            current = found.setdefault(heading, [])
            current.append(rest.strip())
        elif current is not None:
            current.append(line)
    return {name: textwrap.dedent("\n".join(lines)).strip() for name, lines in found.items()}


def markdown(rule: Rule) -> str:
    """The page as Markdown."""
    effects = ", ".join(EFFECTS[letter] for letter in rule.effect)
    lines = [f"# {rule.code} {rule.name}", "", rule.title, "", f"Default level: **{rule.level.value}** · Effect: {effects}"]
    known = sections(rule)
    for heading in HEADINGS:
        text = known.get(heading)
        if not text:
            continue
        lines += ["", f"## {heading}", ""]
        lines += ["```python", text, "```"] if heading in PROGRAMS else [text]
    return "\n".join(lines) + "\n"
