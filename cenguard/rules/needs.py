"""What a rule needs to know, and on which roads that is told: the one list from which pages and `cenguard rules` are made.

A need that a document does not carry leaves the rule silent or undetermined there; the list says why. What the rules
declare is held against what they do by tests/rules/test_collection.py.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cenguard.resources.records import SourceKind


class Need(StrEnum):
    """Something that a rule must be told."""

    STACK = "the whole stack"
    OLD_STATE = "the old state"
    ORDER = "what waits for what"
    ROUTES = "the routes of the stack"
    RETENTION = "what is kept on deletion"
    CLOUD = "what the cloud said of it"
    DAY = "the day of the check"
    REGIONS = "the regions of providers"
    SETTINGS = "settings of yours"


WHY: Mapping[Need, str] = {
    Need.STACK: "a document that hides resources leaves it silent ([CEN904](CEN904.md))",
    Need.OLD_STATE: "it compares; `--base` gives the old state to any source",
    Need.ORDER: "dependencies between resources; a log of events does not tell them",
    Need.ROUTES: "associations, propagations and entries; those of other stacks are not seen",
    Need.RETENTION: "`retain_on_delete`; the engine does not send it to a policy pack",
    Need.CLOUD: "outputs of a state, such as expiry and lock; an inventory of the service's answers tells them to any source",
    Need.DAY: "today, or `--today`",
    Need.REGIONS: "the program's, the configuration's (`alicloud:region`), or `ALICLOUD_REGION` where a program is run; else the zones of the vSwitches that they make",
    Need.SETTINGS: "it is silent until its options say what you want",
}
YES, NO = "yes", "no"
BASE, EXPORT, INVENTORY = "with `--base`", "beside its export", "with an inventory"
ROADS: Mapping[SourceKind, str] = {
    SourceKind.PROGRAM: "program",
    SourceKind.PREVIEW: "preview",
    SourceKind.PLAN: "saved plan",
    SourceKind.EXPORT: "export",
    SourceKind.CHECKPOINT: "backend",
    SourceKind.EVENTS: "events",
    SourceKind.ENGINE: "policy pack",
    SourceKind.TERRAFORM_PLAN: "Terraform plan",
    SourceKind.TERRAFORM_STATE: "Terraform state",
}
"""Every road in, by the name that the table gives it."""
_STATES = (SourceKind.EXPORT, SourceKind.CHECKPOINT, SourceKind.TERRAFORM_STATE)
_LACKS: Mapping[Need, Mapping[SourceKind, str]] = {
    Need.OLD_STATE: {
        SourceKind.PROGRAM: BASE,
        SourceKind.PLAN: EXPORT,
        SourceKind.ENGINE: NO,
        **dict.fromkeys(_STATES, BASE),
    },
    Need.ORDER: {SourceKind.EVENTS: NO},
    Need.RETENTION: {SourceKind.ENGINE: NO, SourceKind.PLAN: EXPORT},
    Need.CLOUD: {SourceKind.PROGRAM: INVENTORY, SourceKind.PLAN: EXPORT, SourceKind.ENGINE: INVENTORY},
}
"""Where a need is not told by itself; everywhere else it is."""
_RANK = (YES, INVENTORY, EXPORT, BASE, NO)


def decided_on(needs: Iterable[Need], *, spares_standing: bool = False) -> dict[SourceKind, str]:
    """Where a rule with some needs can be decided, by road: `yes`, `no`, or with what beside it."""
    found = dict.fromkeys(ROADS, YES)
    for need in needs:
        for kind, word in _LACKS.get(need, {}).items():
            found[kind] = max(found[kind], word, key=_RANK.index)
    if spares_standing:  # a state holds nothing but what the service has accepted
        found |= dict.fromkeys(_STATES, NO)
    return found
