"""What is looked up (`.get`) under a name that stood for another thing: one that the stack made, or one that was looked up, too.

Seen with engine 3.276: what the stack made is deleted at the end of the update, what was looked up is only forgotten.
"""

from cenguard.resources.records import CREATE, READ, Resource


def gives_up(now: Resource, old: Resource) -> bool:
    """Whether what the stack made is deleted, since another thing is looked up under its name."""
    return now.change is READ and now.id is not None and now.id != old.id and old.change is not READ


def is_another(now: Resource, identifier: str) -> bool:
    """Whether what is looked up, or made where something was looked up, is another thing than the one with an id."""
    if now.change is READ:
        return now.id is not None and now.id != identifier
    return now.change is CREATE and now.before is not None and now.before.change is READ
