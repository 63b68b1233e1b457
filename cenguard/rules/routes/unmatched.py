"""A selector of an intent that means no network: a renamed tag must not silence what was asked."""

from msgspec import structs

from cenguard.findings import Finding
from cenguard.network import Blocker
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import instance_subject
from cenguard.rules.routes.intents import Unmatched


def about_unmatched(item: Unmatched, option: str) -> Finding:
    """The one finding that says so, with the nearest keys."""
    instance = item.routes.instance
    found = finding_about(
        instance_subject(instance),
        "",
        question=f"{item.intent.text} is met on {instance.label}",
        blocker=item.blocker
        or Blocker(
            f"selector {item.selector}",
            f"{item.selector} of {option} means no network of {instance.label} (nearest: {item.nearest})",
            "a selector that means one would settle it",
        ),
        because=(f"{option}: {item.intent.text}",),
        fix="",
        instance=instance,
        intent=item.intent.text,
    )
    return structs.replace(found, apart="instances") if item.blocker is not None else found
