"""A region, area or pair of areas is used that the settings do not allow.

What it does:
    Compares the attached regions, their areas, and the area pairs that packages, limits and peers join with what the
    options allow. A package that is attached to nothing counts, too: it was bought for these areas, and is good for no
    others. Each option is silent until it is set.

Why it matters:
    Data residency: where networks may lie and what they may be connected with is an organisation's decision.

Example:
    import pulumi_alicloud as alicloud

    # cenguard.toml: [rules.forbidden-connection]
    #                areas = ["China"]
    core = alicloud.cen.Instance("core")
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="eu-central-1",
    )

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    shop = alicloud.cen.InstanceAttachment(
        "shop",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )

Options:
    `level`: mandatory, advisory or disabled.

    `regions`: globs on the regions that may be attached.

    `areas`: the areas that attached regions may lie in.

    `area_pairs`: the pairs of areas that may be joined, such as `[["China", "China"]]`.

When to turn it off:
    It is silent until an option is set.

Source:
    your organisation
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from msgspec import structs

from cenguard.findings import Finding, Level
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Doubt
from cenguard.network import BandwidthLimit, Blocker, CenInstance, Network, Peer
from cenguard.network.connectivity import doubt_blocker
from cenguard.network.faults import area_pair_of
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.money.terms import about_package
from cenguard.rules.needs import Need
from cenguard.rules.options import AREA, TEXTS, Option, Stricter
from cenguard.rules.rule import Effect, Rule, Scope

_PAIRS = {"type": "array", "items": {"type": "array", "items": AREA, "minItems": 2, "maxItems": 2}}
REGIONS = Option(
    name="regions", about="globs on the regions that may be attached", schema=TEXTS, default=None, stricter=Stricter.FEWER
)
AREAS = Option(
    name="areas",
    about="the areas that attached regions may lie in",
    schema={"type": "array", "items": AREA},
    default=None,
    stricter=Stricter.FEWER,
)
AREA_PAIRS = Option(
    name="area_pairs", about="the pairs of areas that may be joined", schema=_PAIRS, default=None, stricter=Stricter.FEWER
)


def check(network: Network, options: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield one finding for the regions of each instance, and one for each area pair that is joined."""
    regions, areas, pairs = options["regions"], options["areas"], options["area_pairs"]
    if regions is None and areas is None and pairs is None:
        return
    allowed = None if pairs is None else frozenset(area_pair(*pair) for pair in pairs)
    for instance in network.instances:
        if regions is not None or areas is not None:
            yield from _places(network, instance, regions, areas)
        if allowed is not None:
            forbidden = {joined: users for joined, users in sorted(_joined(network, instance).items()) if joined not in allowed}
            for joined, users in forbidden.items():
                yield _finding(
                    instance, f"joins {joined} ({evidence.listed(users)}), which is not allowed", area_pair=joined, joins=True
                )
            yield from _may_join(network, instance, allowed, is_wrong=bool(forbidden))
    if allowed is not None:
        yield from _bought(network, allowed)


def _places(network: Network, instance: CenInstance, regions: list[str] | None, areas: list[str] | None) -> Iterator[Finding]:
    wrong: list[str] = []
    doubts: list[Blocker] = []
    for region in instance.index.regions:
        if regions is not None and not any(fnmatchcase(region, glob) for glob in regions):
            wrong.append(region)
            continue
        place = network.catalogue.area_of(region)
        if areas is None:
            continue
        if isinstance(place, Doubt):
            doubts.append(doubt_blocker(place))
        elif place not in areas:
            wrong.append(f"{region} ({place})")
    if wrong:
        yield _finding(instance, f"reaches {evidence.listed(wrong)}, which {'are' if len(wrong) > 1 else 'is'} not allowed")
        return
    unknown = [item.region_blocker for item in instance.index.regionless if item.region_blocker]
    for blocker in (*doubts[:1], *unknown[:1]):
        yield _finding(instance, "", blocker=blocker)
        return


def _joined(network: Network, instance: CenInstance) -> dict[AreaPair, list[str]]:
    """The area pairs that something joins, and what does."""
    found: dict[AreaPair, list[str]] = {}
    for item in instance.packages:
        if item.package.area_pair is not None:
            found.setdefault(item.package.area_pair, []).append(item.package.label)
    carriers: tuple[BandwidthLimit | Peer, ...] = (*instance.limits, *instance.peers)
    for carrier in carriers:
        area_pair = area_pair_of(network, carrier)
        if isinstance(area_pair, AreaPair):
            found.setdefault(area_pair, []).append(carrier.label)
    return found


def _may_join(network: Network, instance: CenInstance, allowed: Collection[AreaPair], *, is_wrong: bool) -> Iterator[Finding]:
    """One finding for what joins areas of which one is not known, or not certain: wrong whatever it turns out to be, or a question.

    No question is asked of what `is_wrong` in any case.
    """
    unknown = list(_half_known(network, instance))
    wrong = [item for item in unknown if item.joins_none_of(allowed)]
    if wrong:
        ends = evidence.listed(dict.fromkeys(area for item in wrong for area in item.areas))
        users = evidence.listed(item.user for item in wrong)
        text = f"joins {ends} with an area that is not known ({users}), and no pair with {ends} is allowed"
        found = _finding(
            instance, text if ends else f"joins areas that are not known ({users}), and no pair is allowed", joins=True
        )
    elif unknown and not is_wrong:
        found = _finding(instance, "", question=f"{unknown[0].user} joins what may be joined", blocker=unknown[0].blocker)
    else:
        return
    yield structs.replace(found, apart="pairs")  # beside what is said of the instance's regions


class _HalfKnown(NamedTuple):
    """A package, limit or peer of which not both areas are known."""

    user: str
    areas: tuple[str, ...]
    """The one that is."""
    blocker: Blocker

    def joins_none_of(self, allowed: Collection[AreaPair]) -> bool:
        return not any(all(area in pair for area in self.areas) for pair in allowed)


def _half_known(network: Network, instance: CenInstance) -> Iterator[_HalfKnown]:
    for item in instance.packages:
        package = item.package
        if package.areas_blocker is not None and not package.misspelt:  # else CEN215 or CEN216 speaks
            yield _HalfKnown(f"package {package.label}", package.areas, package.areas_blocker)
    for limit in instance.limits:
        yield from _carried(network, f"limit {limit.label}", area_pair_of(network, limit), limit.regions, limit.regions_blocker)
    for peer in instance.peers:
        ends = [region for far in (False, True) if (region := peer.region_at(far=far)) is not None]
        blocker = peer.region_blocker or peer.declared_blocker
        yield from _carried(network, f"peer {peer.label}", area_pair_of(network, peer), ends, blocker)


def _carried(
    network: Network, user: str, joined: AreaPair | Doubt | None, regions: Iterable[str], blocker: Blocker | None
) -> Iterator[_HalfKnown]:
    if isinstance(joined, Doubt):
        blocker = doubt_blocker(joined)
    if not isinstance(joined, AreaPair) and blocker is not None:
        places = map(network.catalogue.area_of, regions)
        yield _HalfKnown(user, tuple(place for place in places if isinstance(place, str)), blocker)


def _bought(network: Network, allowed: Collection[AreaPair]) -> Iterator[Finding]:
    """Packages that are attached to no instance, of which those that are speak."""
    for package in network.packages:
        if package.attached or not package.declared or package.area_pair in allowed:
            continue
        if package.area_pair is None and (package.areas_blocker is None or package.misspelt):
            continue
        yield about_package(
            package,
            f"Package {package.label} is bought for {package.area_pair}, which is not allowed.",
            question=f"package {package.label} is bought for areas that may be joined",
            blocker=package.areas_blocker,
            because=(),
            fix="Do not buy it, or have the settings allow it.",
        )


def _finding(
    instance: CenInstance,
    text: str,
    *,
    area_pair: AreaPair | None = None,
    question: str = "",
    blocker: Blocker | None = None,
    joins: bool = False,
) -> Finding:
    return finding_about(
        evidence.instance_subject(instance),
        f"{instance.label} {text}.",
        question=question or f"{instance.label} reaches only what is allowed",
        blocker=blocker,
        because=(
            f"attached regions of {instance.label}: {', '.join(instance.index.regions) or 'none'}",
            evidence.packages_step(instance),
        ),
        fix="Take out what joins them, or have the settings allow it."
        if joins
        else "Detach the network, or have the settings allow it.",
        instance=instance,
        area_pair=area_pair,
    )


RULE = Rule(
    code="CEN501",
    name="forbidden-connection",
    level=Level.MANDATORY,
    effect=Effect.NONE,
    scope=Scope.STACK,
    check_with=check,
    options=(REGIONS, AREAS, AREA_PAIRS),
    needs=(Need.SETTINGS,),
    page=__doc__,
)
