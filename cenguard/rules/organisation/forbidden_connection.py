"""A region, area or pair of areas is used that the settings do not allow.

What it does:
    Compares the attached regions, their areas, and the area pairs that packages, limits and peers join with what the
    options allow. Each option is silent until it is set.

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

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from msgspec import structs

from cenguard.findings import Finding, Level
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.geography.catalogue import Doubt
from cenguard.network import Blocker, CenInstance, Network
from cenguard.network.connectivity import doubt_blocker
from cenguard.network.faults import area_pair_of
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
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
            yield from _pairs(network, instance, allowed)


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


def _pairs(network: Network, instance: CenInstance, allowed: frozenset[AreaPair]) -> Iterator[Finding]:
    joined: dict[AreaPair, list[str]] = {}
    unknown: Blocker | None = None
    for label, pair in _joined(network, instance):
        if isinstance(pair, AreaPair):
            joined.setdefault(pair, []).append(label)
        else:
            unknown = unknown or pair
    forbidden = sorted(pair for pair in joined if pair not in allowed)
    for pair in forbidden:
        users = evidence.listed(joined[pair])
        yield _finding(instance, f"joins {pair} ({users}), which is not allowed", area_pair=pair)
    if unknown is not None and not forbidden:
        # beside what is said of the regions, which names no area pair either
        yield structs.replace(_finding(instance, "", blocker=unknown), apart="pairs")


def _joined(network: Network, instance: CenInstance) -> Iterator[tuple[str, AreaPair | Blocker | None]]:
    """What joins two areas, and which, or why that is not known; None where it says no two, which other rules tell."""
    for item in instance.packages:
        yield item.package.label, item.package.area_pair or item.package.areas_blocker
    for limit in instance.limits:
        yield limit.label, _told(area_pair_of(network, limit)) or limit.regions_blocker
    for peer in instance.peers:
        yield peer.label, _told(area_pair_of(network, peer)) or peer.region_blocker


def _told(area_pair: AreaPair | Doubt | None) -> AreaPair | Blocker | None:
    return doubt_blocker(area_pair) if isinstance(area_pair, Doubt) else area_pair


def _finding(instance: CenInstance, text: str, *, area_pair: AreaPair | None = None, blocker: Blocker | None = None) -> Finding:
    return finding_about(
        evidence.instance_subject(instance),
        f"{instance.label} {text}.",
        question=f"{instance.label} reaches only what is allowed",
        blocker=blocker,
        because=(
            f"attached regions of {instance.label}: {', '.join(instance.index.regions) or 'none'}",
            evidence.packages_step(instance),
        ),
        fix="Detach the network, or have the settings allow it.",
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
