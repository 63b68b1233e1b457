"""`cenguard needs`: what to buy so that regions reach each other, both roads."""

import textwrap

from cenguard.geography.areas import MAINLAND, AreaPair
from cenguard.geography.bandwidth import TEST_BANDWIDTH_KBPS
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.editions import BASIC_NOT_SOLD, UPGRADE_PLANS
from cenguard.geography.regions import RegionPair, RegionStatus, is_ccn, surrounding
from cenguard.planning.planned_routes import NOT_PASSED_ON
from cenguard.planning.planning import Needs, PackageNeed
from cenguard.reports.json import json_text
from cenguard.text.printable import printable_lines


def render(needs: Needs, catalogue: Catalogue, form: str) -> str:
    """The answer as text, or as JSON."""
    if form == "json":
        return json_text(_document(needs, catalogue))
    return _text(needs, catalogue)


def _document(needs: Needs, catalogue: Catalogue) -> dict[str, object]:
    return {
        "catalogue": catalogue.edition,
        "regions": needs.regions,
        "mbps": needs.mbps,
        "packages": [
            {
                "area_pair": need.areas.names,
                "region_pairs": [pair.names for pair in need.regions],
                "drawn": need.drawn,
                "mbps": need.mbps,
                "cross_border": need.is_cross_border,
                "not_sold": _obstacle(need),
            }
            for need in needs.packages
        ],
        "traffic": [
            {
                "region_pair": need.regions.names,
                "area_pair": need.areas.names if need.areas else None,
                "mbps": need.mbps,
                "cross_border": need.is_cross_border,
            }
            for need in needs.traffic
        ],
        "free": [pair.names for pair in needs.without_package],
        "without_peers": [pair.names for pair in needs.without_peers],
        "notes": [
            *_closed(needs, catalogue),
            *([] if _is_of_ccns(needs) else [f"{BASIC_NOT_SOLD}: a new network is made on Enterprise Edition", UPGRADE_PLANS]),
            *([f"{NOT_PASSED_ON}: each pair needs a peer of its own"] if _is_mesh(needs) else []),
        ],
        "undetermined": [{"region": doubt.region, "reason": doubt.reason} for doubt in needs.doubts],
    }


def _is_mesh(needs: Needs) -> bool:
    """Whether a reader could think of leaving out a peer between two of the regions, and going by way of a third."""
    return len(needs.traffic) > 1


def _is_of_ccns(needs: Needs) -> bool:
    """Whether all regions are of Cloud Connect Networks, where Basic Edition is what there is."""
    return all(map(is_ccn, needs.regions))


def _without(needs: Needs) -> str:
    """What pairs have that get nothing of what follows."""
    if not needs.packages and not needs.traffic:
        return ""
    basic = f"{TEST_BANDWIDTH_KBPS} Kbps"
    if _is_of_ccns(needs):
        return f"; without any of this each pair stays at {basic}"
    return f"; without any of this a pair has {basic} on Basic Edition, and no connection on Enterprise Edition"


def _closed(needs: Needs, catalogue: Catalogue) -> list[str]:
    """What stands in the way on both roads: regions in which nothing can be made any more."""
    return [
        f"{catalogue.title(region)} is closed: the service makes nothing new there"
        for region in needs.regions
        if catalogue.region(region).status is RegionStatus.CLOSED
    ]


def _obstacle(need: PackageNeed) -> str | None:
    if need.unsold:
        return f"the service no longer sells packages with {need.unsold}"
    return need.unsellable


def _text(needs: Needs, catalogue: Catalogue) -> str:
    lines = [f"{', '.join(catalogue.title(region) for region in needs.regions)}: every pair at {needs.mbps} Mbps"]
    lines.append(f"(areas {catalogue.edition}{_without(needs)})")
    lines.append("")
    if closed := _closed(needs, catalogue):
        lines += [*closed, ""]
    if needs.packages:
        lines += _first_road(needs)
        for need in needs.packages:
            notes = [] if not need.is_cross_border else ["cross-border: the qualification comes first, and it is not refundable"]
            if obstacle := _obstacle(need):
                notes.append(f"NOT FOR SALE: {obstacle}")
            lines.append(_buy(need, notes))
            lines += [f"        {pair.first} – {pair.second}: {needs.mbps} Mbps" for pair in need.regions]
        lines.append("")
    if needs.traffic:
        road = "Road 2: a" if needs.packages else "A"
        lines.append(f"{road} peer paid by traffic for each pair (Enterprise Edition only), no package")
        lines += [
            f"    {need.regions.first} – {need.regions.second}: at most {need.mbps} Mbps"
            f"{'   (cross-border: the qualification comes first)' if need.is_cross_border else ''}"
            for need in needs.traffic
        ]
        lines.append("")
    if _is_mesh(needs):
        lines.append(f"{NOT_PASSED_ON} (A–B and B–C do not connect A–C):")
        lines.append("each pair that is to talk needs a peer of its own.")
        lines.append("")
    if needs.without_peers:
        lines.append("No peer joins a region of Cloud Connect Networks; a bandwidth limit does, to a Basic Edition region")
        if not _is_of_ccns(needs):
            lines.append("(to one of Enterprise Edition the service's console does)")
        lines += [f"    {pair.first} – {pair.second}" for pair in needs.without_peers]
        lines.append("")
    if needs.without_package:
        lines.append("Needs no package on Basic Edition")
        lines += [f"    {pair.first} – {pair.second}{_on_enterprise(pair)}" for pair in needs.without_package]
        lines.append("")
    if not _is_of_ccns(needs):
        lines.append(f"{BASIC_NOT_SOLD}:")
        lines.append("make a new network on Enterprise Edition.")
        lines += textwrap.wrap(f"{UPGRADE_PLANS}.", 100)
    for doubt in needs.doubts:
        settled = f"a row for {doubt.region} in a file given with --areas settles which packages its pairs need"
        lines += textwrap.wrap(f"Undetermined: {doubt.reason}; {settled}", 100, break_on_hyphens=False)
    return printable_lines("\n".join(lines).rstrip()) + "\n"


def _first_road(needs: Needs) -> list[str]:
    """Its head: who draws on a package, of the pairs that need one."""
    drawn = [pair for need in needs.packages for pair in need.regions]
    limit = "a bandwidth limit for each pair (Basic Edition)"
    if set(drawn) <= set(needs.without_peers):
        return [f"Road 1: bandwidth packages, then {limit}"]
    return [
        "Road 1: bandwidth packages, then a peer billed by package for each pair (Enterprise Edition)",
        f"        or {limit}",
    ]


def _on_enterprise(pair: RegionPair) -> str:
    """What a pair that is free on Basic Edition needs where its plain region is of Enterprise Edition."""
    if all(map(is_ccn, pair.names)):
        return ""
    if surrounding(pair.first) == surrounding(pair.second):
        return "   (to an Enterprise router: not documented)"
    return f"   (to an Enterprise router a {AreaPair(MAINLAND, MAINLAND)} package, and Mbps of it in the service's console)"


def _buy(need: PackageNeed, notes: list[str]) -> str:
    return f"    buy {need.mbps} Mbps {need.areas}" + (f"   ({'; '.join(notes)})" if notes else "")
