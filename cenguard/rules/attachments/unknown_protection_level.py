"""A CEN instance asks for a protection level that no page of the service names.

What it does:
    Compares the protection level of each instance with `REDUCED`, the only documented one, and the default.

Why it matters:
    Nothing checks the word before the service does, and what another one means for blocks that overlap is told nowhere.

Example:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core", protection_level="FULL")

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core", protection_level="REDUCED")

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When your account has another level: what stands with one is no question.

Source:
    CreateCen, `ProtectionLevel`
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Network
from cenguard.rules.about import finding_about
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope

LEVELS = ("REDUCED",)


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each instance with a level of its own."""
    for instance in network.instances:
        given = network.details.protection.get(instance.urn or "")
        if given is None or not instance.declared or instance.stands or not given.is_set or given.value in LEVELS:
            continue
        if network.surroundings.keeps(instance.address, "protectionLevel"):
            continue  # the update changes something else of it
        yield finding_about(
            instance,
            f"{instance.label} asks for protection level {given.value!r}; the service's pages name only {LEVELS[0]}.",
            question=f"the protection level of {instance.label} is one of the service",
            blocker=given.blocker,
            because=(f"protectionLevel of {instance.label}: {given.value or 'not known'}",),
            fix=f"Set the protection level to {LEVELS[0]}, or leave it out.",
            cause=single.says(instance.urn, {"protectionLevel": LEVELS[0]}),
            instance=instance,
        )


RULE = Rule(
    code="CEN108",
    name="unknown-protection-level",
    level=Level.ADVISORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
