"""The pages of what cenguard says of the check itself: CEN901 and on."""

from cenguard.rules.tool_levels import TOOL_FINDINGS

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
        """A setting has no effect, and the finding says which one, and why:

- a file that extends another one, or a stack's configuration, would make something milder than the layer before it has
  it: a later layer may be stricter, never milder ([one policy for many teams](../settings.md#one-policy-for-many-teams));
- something in a stack's own configuration (`cenguard:` in `Pulumi.<stack>.yaml`) is not understood: then none of it has an
  effect in the policy pack, and `cenguard check` refuses it (exit status 2);
- the policy configuration that the engine handed over names a policy or an option that does not exist. The engine passes
  such names on without a word; the finding proposes the nearest name.""",
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
    set_so = f'\n\nIts level is set as that of a rule: `{code} = "LEVEL"` below `[rules]`.' if code in TOOL_FINDINGS else ""
    return f"# {code} {name}\n\nDefault level: **{level}**\n\n{text}{set_so}\n"
