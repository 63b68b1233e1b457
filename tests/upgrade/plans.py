"""What tests ask of an upgrade: the plan of a world."""

from msgspec import structs

from cenguard.upgrade.planning import plan_of


def plan(world, *others, instance=None, billing="package", **options):
    """The plan of the Basic instance of a world; with others, of several stacks."""
    records = [world.records(), *(other.records() for other in others)]
    return plan_of(records, structs.replace(world.options(), **options), source="world", instance=instance, billing=billing)


def answer(world, *others, **asked):
    """The answer alone."""
    return plan(world, *others, **asked).answer


def names(urns):
    """URNs as names."""
    return [urn.rpartition("::")[2] for urn in urns]


def peers(found):
    """Peers of an answer, by regions: Mbps, billing, package."""
    return {item.regions: (item.mbps, item.billing, item.package and item.package.rpartition("::")[2]) for item in found.peers}


def fates(found):
    """Packages of an answer by name: Mbps drawn, fate."""
    return {item.package.rpartition("::")[2]: (item.drawn, item.fate) for item in found.packages}


def whats(facts):
    """Facts by their words."""
    return [fact.what for fact in facts]
