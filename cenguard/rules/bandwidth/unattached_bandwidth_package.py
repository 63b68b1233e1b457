"""A bandwidth package is attached to no instance.

What it does:
    Looks for packages of the stack without a package attachment.

Why it matters:
    It is paid for and carries nothing until it is attached.

Example:
    {PACKAGE}

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When another stack attaches the packages that this one buys.

Source:
    AssociateCenBandwidthPackage, document 65934
"""

from collections.abc import Iterator, Mapping, Sequence

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.network import BandwidthPackage, Blocker, CenInstance, Network
from cenguard.network.connectivity import Connection, Disposition, connectivity_of
from cenguard.network.details import Leftover
from cenguard.network.once import once
from cenguard.network.standing import proof_blocker, proof_of
from cenguard.resources.addresses import refreshing
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.rule import Effect, Rule, Scope, judge


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package of the input that nothing attaches."""
    replaced_under = {package.leaves for package in network.packages if package.leaves}  # CEN404 says it
    told: set[str | None] = set()
    for item in network.details.leftovers:
        yield _left_over(item, apart=(item.id or "old") if item.urn in told else "")
        told.add(item.urn)
    open_ended = next(
        (item.package for item in network.package_attachments if not item.package.urn and not item.package.id), None
    )
    for package in network.packages:
        if not package.declared or package.attached or package.urn in replaced_under:
            continue
        blocker = open_ended.areas_blocker if open_ended else _proven(network, package)
        message = f"Package {evidence.package_text(package)} is attached to no instance: it is paid for and carries nothing."
        if blocker:
            message = f"Whether package {evidence.package_text(package)} is attached cannot be told: {blocker.text}."
        yield Finding(
            verdict=judge(blocker),
            subject=package.address,
            message=message,
            because=(evidence.package_step(package), f"no bandwidthPackageId names {package.label}"),
            area_pair=package.area_pair,
            packages=(package.address,),
            fix=Fix(
                blocker.settle if blocker else _advice(network, package),
                cause=None if blocker else _cause(network, package),
            ),
            blocker=str(blocker) if blocker else None,
        )


def _advice(network: Network, package: BandwidthPackage) -> str:
    """To attach it; where no network waits for one of its areas, that would be a package that carries nothing there (CEN202)."""
    old = evidence.attached_until_now(network, package)
    if old is not None:
        return f"Keep {old.name}, which attaches it to {old.instance.label} until the update deletes it; or let the package go as well."
    if package.area_pair is None or _others_may_wait(network):
        return "Attach it with a bandwidth package attachment."
    waiting = [instance.label for instance in _waiting(network).get(package.area_pair, ())]
    loose = [item.label for item in evidence.loose_packages(network, package.area_pair)]
    if waiting and len(loose) > len(waiting):
        to = f"{'each of ' if len(waiting) > 1 else ''}{evidence.listed(waiting)}"
        return f"Attach one of {evidence.listed(loose)} to {to}, which takes no second one of these areas; let the rest go."
    if waiting:
        return "Attach it with a bandwidth package attachment."
    instead = "take it out while it is not bought yet" if package.is_new else "let it go"
    return f"No pair of networks here waits for {package.area_pair}: attach it to an instance that needs it, or {instead}."


@once
def _others_may_wait(network: Network) -> bool:
    """Whether networks of the input may wait for a package, as far as they are not known; or none is of an instance there."""
    found = connectivity_of(network)
    return (
        not found
        or bool(network.unidentified)
        or any(not instance.whole or instance.index.regionless for instance in found)
        or any(isinstance(item.area_pair, Doubt) for one in found.values() for item in one.connections.values())
    )


def _proven(network: Network, package: BandwidthPackage) -> Blocker | None:
    """A limit or peer that stands proves a package of these areas: it may be this one, attached elsewhere."""
    if not package.stands or package.area_pair is None:
        return None
    for instance in network.instances:
        proof = proof_of(network, instance, package.area_pair)
        if proof is not None:
            return proof_blocker(network, proof)
    return None


def _left_over(item: Leftover, apart: str) -> Finding:
    """An old package that a replacement could not delete; `apart` tells it from another one of its name."""
    end = f"it is still attached by {item.attached_by}" if item.attached_by else "it carries nothing"
    if item.detaching:
        end = f"it may be attached still by the old {item.attached_by}"
    return finding_about(
        item,
        f"An old package {item.label} ({item.package}) stands beside the new one: a replacement could not delete it, {end}, and it is "
        "paid for.",
        question=f"an old package {item.label} ({item.package}) is paid for beside the new one",
        blocker=item.blocker,
        because=(f"the state has a second {item.label}, marked to be deleted",),
        fix=f"The next update tries to delete it again; where it cannot, delete it in the console, and run {refreshing(item.urn)}.",
        apart=apart,
    )


def _cause(network: Network, package: BandwidthPackage) -> Cause | None:
    """The pairs that wait for it, where they are all of one instance and wait for no other."""
    if package.area_pair is None:
        return None
    waiting = _waiting(network).get(package.area_pair, {})
    if len(waiting) != 1 or len(evidence.loose_packages(network, package.area_pair)) > 1:
        return None  # an instance takes one package of these areas: what attaches another one leaves this as it is
    instance, connections = next(iter(waiting.items()))
    pairs = tuple(item.regions for item in connections if package in item.packages)
    if not pairs:
        return None
    return AreaPairCause(network=network, instance=instance, area_pair=package.area_pair, pairs=pairs, rank=7)


@once
def _waiting(network: Network) -> Mapping[AreaPair, Mapping[CenInstance, Sequence[Connection]]]:
    """By area pair, the pairs of each instance that any package could serve that is attached to nothing."""
    found: dict[AreaPair, dict[CenInstance, list[Connection]]] = {}
    for instance, connectivity in connectivity_of(network).items():
        for item in connectivity.connections.values():
            if item.disposition is Disposition.NOT_ATTACHED and isinstance(item.area_pair, AreaPair):
                found.setdefault(item.area_pair, {}).setdefault(instance, []).append(item)
    return found


RULE = Rule(
    code="CEN203",
    name="unattached-bandwidth-package",
    level=Level.ADVISORY,
    effect=Effect.SILENT_AND_COSTS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
