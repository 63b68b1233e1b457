"""A bandwidth package is attached to an instance where no two regions lie in its pair of areas.

What it does:
    Compares the areas of each attached package with the areas of the attached regions. Hong Kong lies in Asia-Pacific,
    though its id begins with `cn-`. Advisory where every region is connected without the package (bought ahead).

Why it matters:
    The package is paid for and carries nothing, and its areas can never be changed.

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="China",
        geographic_region_b_id="Asia-Pacific",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )
    {ATTACHED}

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Lower the level while packages are bought ahead of the regions that they serve.

Source:
    https://help.aliyun.com/en/cen/user-guide/work-with-a-bandwidth-plan
"""

from collections.abc import Iterator
from itertools import combinations

from cenguard.findings import Finding, Fix, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import region_pair
from cenguard.network import Blocker, CenInstance, Network, PackageAttachment
from cenguard.network.connectivity import COVERED, connectivity_of, doubt_blocker
from cenguard.network.faults import attachments_may_hide
from cenguard.network.standing import may_be_beyond, pairs_beyond
from cenguard.rules import evidence
from cenguard.rules.remedies import single
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.remedies.ready_packages import areas_meant, lacking
from cenguard.rules.rule import Effect, Rule, Scope, judge, shared_hint


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attached package that serves no pair."""
    connectivity = connectivity_of(network)
    for instance in network.instances:
        if not instance.packages:
            continue
        area_pairs = _area_pairs(network, instance)
        for item in {id(item.package): item for item in reversed(instance.packages)}.values():  # attached twice is one package
            if item.package.stands_elsewhere or item.package.areas_incomplete or item.package.misspelt:
                continue
            if item.package.leaves:  # CEN404 says it; what areas the old one has, no call tells
                continue
            yield from _judge(network, instance, item, area_pairs, isolated=bool(connectivity[instance].cut_off))


def _area_pairs(network: Network, instance: CenInstance) -> frozenset[AreaPair | Doubt]:
    beyond = (pair.names for pair in pairs_beyond(network, instance))
    pairs = (*combinations(instance.index.regions, 2), *beyond)
    return frozenset(network.catalogue.area_pair(region_pair(*pair)) for pair in pairs)


def _judge(
    network: Network, instance: CenInstance, item: PackageAttachment, area_pairs: frozenset[AreaPair | Doubt], *, isolated: bool
) -> Iterator[Finding]:
    package, regions = item.package, instance.index.regions
    area_pair = package.area_pair
    if area_pair is not None and area_pair in area_pairs:
        return
    blocker = package.areas_blocker or attachments_may_hide(network, instance)
    if blocker is None and area_pair is not None:
        blocker = may_be_beyond(network, instance, area_pair)
    if blocker is None and len(regions) < 2:
        unplaced = instance.index.unplaced_router
        blocker = (unplaced.region_blocker if unplaced else None) or Blocker(
            f"regions {instance.address}",
            f"{_count(regions)} attached to {instance.label} in the input",
            f"the document of the stack that attaches {'the others' if regions else 'its networks'} would settle it",
        )
    if blocker is None and area_pair is not None and (doubt := _may_serve(network, instance, area_pair)) is not None:
        blocker = doubt_blocker(doubt)
    areas = {region: network.catalogue.area_of(region) for region in regions}
    odd = [
        f"{region} lies in {area}"
        for region, area in areas.items()
        if isinstance(area, str) and area_pair and area not in area_pair
    ]
    name = f"{evidence.called(package)} ({area_pair})" if area_pair else evidence.called(package)
    if blocker:
        message = f"Whether {name} serves a pair of regions on {instance.label} cannot be told: {blocker.text}."
        if odd and area_pair:
            message += f" What is odd already: {evidence.listed(odd)}, so a package joining {area_pair} cannot serve {'them' if len(odd) > 1 else 'it'}."
    else:
        message = (
            f"{name[0].upper()}{name[1:]} joins areas that no two networks of {instance.label} lie in: {evidence.listed(odd) or evidence.listed(regions)}. "
            f"It carries nothing there." + shared_hint(instance, blocker)
        )
    yield Finding(
        verdict=judge(blocker),
        subject=package.urn or package.id or item.address,  # of one that nothing tells there is its attachment only
        apart=evidence.apart(package, instance),
        message=message,
        because=(
            *(evidence.region_step(network, instance, region) for region in regions),
            evidence.package_step(package),
            f"{evidence.attaching(item)}: {package.label} on {instance.label}",
        ),
        instance=instance.address,
        area_pair=area_pair,
        packages=(package.address,),
        related=tuple(sorted({item.address, *(a.address for a in instance.attachments)})),
        fix=Fix(blocker.settle) if blocker else _fix(network, instance, item),
        level=Level.MANDATORY if isolated else Level.ADVISORY,
        blocker=str(blocker) if blocker else None,
    )


def _may_serve(network: Network, instance: CenInstance, area_pair: AreaPair) -> Doubt | None:
    """Why a pair of regions may yet lie in these areas: one in doubt, beside another or one of an area of the two."""
    places = [network.catalogue.area_of(region) for region in instance.index.regions]
    doubts = sorted((place for place in places if isinstance(place, Doubt)), key=lambda doubt: doubt.region)
    if len(doubts) > 1 or any(place in area_pair for place in places if isinstance(place, str)):
        return doubts[0] if doubts else None
    return None


def _fix(network: Network, instance: CenInstance, item: PackageAttachment) -> Fix:
    """The right areas, as long as the package is not bought yet; nothing else is bought where nothing lacks."""
    meant = areas_meant(network, instance)
    connections = connectivity_of(network)[instance]
    if item.address in meant:
        area_pair = meant[item.address]
        found = connections.connections.values()
        pairs = tuple(one.regions for one in found if one.area_pair == area_pair and one.disposition not in COVERED)
        return Fix(
            f"Buy it for {area_pair}, while it is not bought yet: the areas of a package can never be changed.",
            cause=AreaPairCause(network=network, instance=instance, area_pair=area_pair, pairs=pairs, rank=0),
        )
    left = sorted(lacking(instance, connections).difference(meant.values()))
    if item.package.is_new:
        summary = "Take it out while it is not bought yet, or attach the networks that it is to serve."
    elif left:
        names = evidence.listed(map(str, left), joint=" or ")
        summary = f"The areas of a package can never be changed: buy one for {names} instead, and keep or release this one."
    else:
        summary = "Attach the networks that it was bought for, or release it."
    return Fix(summary, cause=_released(network, item))


def _released(network: Network, item: PackageAttachment) -> Cause | None:
    """Nobody needs it: its attachment goes, and it itself where it is not bought yet."""
    if any(kept.urn == item.package.urn for kept in network.details.retained):
        return None  # the old one of that name stays in the cloud
    bought_now = item.package.is_new and item.package.declared and not item.package.replaced
    return single.goes(network, [item.urn, item.package.urn if bought_now else None], rank=7)


def _count(regions: tuple[str, ...]) -> str:
    return f"only {regions[0]} is" if regions else "no region is"


RULE = Rule(
    code="CEN202",
    name="mis-area-bandwidth-package",
    level=Level.MANDATORY,
    effect=Effect.SILENT_AND_COSTS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
