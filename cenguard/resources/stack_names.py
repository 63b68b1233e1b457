"""Names of stacks: `organization/project/stack`, of which the first parts may be left out."""

from collections.abc import Mapping
from typing import Any


def stack_outputs(stack: str, project: str, answers: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The answer for a stack's name, either of which may leave out its first parts.

    >>> answers = {"net/prod": {"cen_id": "cen-1"}}
    >>> stack_outputs("organization/net/prod", "shop", answers)
    {'cen_id': 'cen-1'}
    >>> stack_outputs("prod", "shop", answers)  # a bare name is a stack of the same project
    """
    if stack in answers:
        return answers[stack]
    wanted = stack.split("/")
    if len(wanted) == 1:
        wanted = [project, *wanted]
    matching = []
    for name, outputs in answers.items():
        parts = name.split("/")
        shorter = min(len(parts), len(wanted))
        if parts[-shorter:] == wanted[-shorter:]:
            matching.append((len(parts), outputs))
    matching.sort(key=lambda match: match[0], reverse=True)
    if not matching or (len(matching) > 1 and matching[0][0] == matching[1][0] and matching[0][1] != matching[1][1]):
        return None
    return matching[0][1]
