"""The test kit for rules: worlds built readably, unknowns as the engine has them, assertions on whole sets of findings.

    world = a_world().instance("core").attach("cn-beijing", "shop").attach("eu-central-1", "plant")
    assert_says(world, "CEN201 violated core")

A world is a list of resource records, exactly as a reader yields them: ids of new resources are unknown and known only
by the property dependencies that lead to them. It goes through the real assembly and the real rules.
"""

from cenguard.resources.values import SECRET, UNKNOWN
from cenguard.testing.changes import a_change
from cenguard.testing.edits import apply_edits, edited, edits_of
from cenguard.testing.judging import assert_nothing_mandatory, assert_says, findings_of, said
from cenguard.testing.values import Hidden, an_inventory, of, stack_output, unknown_from
from cenguard.testing.world import World, a_world

__all__ = [
    "SECRET",
    "UNKNOWN",
    "Hidden",
    "World",
    "a_change",
    "a_world",
    "an_inventory",
    "apply_edits",
    "assert_nothing_mandatory",
    "assert_says",
    "edited",
    "edits_of",
    "findings_of",
    "of",
    "said",
    "stack_output",
    "unknown_from",
]
