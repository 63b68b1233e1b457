"""A resource lacks a tag that every one must have.

What it does:
    Compares the tags of each resource that has tags with the option `tags`. A bandwidth package cannot be tagged.

Why it matters:
    Owners, cost centres and environments are found by tags.

Example:
    import pulumi_alicloud as alicloud

    # cenguard.toml: [rules.missing-tag]
    #                tags = {owner = "", stage = "dev|prod"}
    core = alicloud.cen.Instance("core", tags={"stage": "test"})

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core", tags={"owner": "net-team", "stage": "prod"})

Options:
    `level`: mandatory, advisory or disabled.

    `tags`: a table of keys, each with a regular expression that the whole value must match; empty for any value.

When to turn it off:
    It is silent until `tags` is set.

Source:
    your organisation
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, Network
from cenguard.network.details import Tagged
from cenguard.rules.about import finding_about
from cenguard.rules.needs import Need
from cenguard.rules.options import Option, Stricter
from cenguard.rules.rule import Effect, Rule, Scope

TAGS = Option(
    name="tags",
    about="required tags, each with a regular expression that the whole value must match; empty for any value",
    schema={"type": "object", "additionalProperties": {"type": "string", "format": "regex"}},
    default=None,
    stricter=Stricter.MORE,
)


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for each resource that lacks a tag."""
    required = {name: re.compile(pattern) if pattern else None for name, pattern in (options["tags"] or {}).items()}
    if not required:
        return
    for item in network.details.tagged:
        missing, blocker = _missing(item, required)
        if missing or blocker:
            yield finding_about(
                item,
                f"{item.label} lacks {'; '.join(missing)}.",
                question=f"{item.label} has the required tags",
                blocker=None if missing else blocker,
                because=(f"tags of {item.label}: {', '.join(sorted(item.tags)) or ('not known' if item.blocker else 'none')}",),
                fix=f"Give it {', and '.join(missing)}.",
            )


def _missing(item: Tagged, required: Mapping[str, "re.Pattern[str] | None"]) -> tuple[list[str], Blocker | None]:
    if item.blocker is not None:
        return [], item.blocker
    missing: list[str] = []
    blocker: Blocker | None = None
    for name, pattern in required.items():
        given = item.tags.get(name)
        if given is None:
            missing.append(f"the tag {name}")
        elif pattern is not None and given.value is None:
            blocker = blocker or given.blocker
        elif pattern is not None and given.value is not None and not pattern.fullmatch(given.value):
            missing.append(f"a value of the tag {name} that matches {pattern.pattern}")
    return missing, blocker


RULE = Rule(
    code="CEN503",
    name="missing-tag",
    level=Level.ADVISORY,
    effect=Effect.NONE,
    scope=Scope.RESOURCE,
    check_with=check,
    options=(TAGS,),
    needs=(Need.SETTINGS,),
    page=__doc__,
)
