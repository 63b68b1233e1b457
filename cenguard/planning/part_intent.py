"""What a user wants of one part of a network: its packages, or one pair of regions.

The same shapes, words and checks as those of a whole network (`cenguard.planning.intent`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cenguard.errors import InvalidIntent, Problem
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import Mbps, package_size_problem
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.geography.regions import region_pair, takes_peers
from cenguard.planning.argument_shapes import area_pair_of, entries, names, shape, strangers, value
from cenguard.planning.arguments import BandwidthPoolArgs, ExistingPackage, InterconnectionArgs, Packages, Pair
from cenguard.planning.network_checks import foreign_prefix
from cenguard.planning.plan import Billing, Carrier, Edition, PlannedInterconnection, PlannedPackage
from cenguard.planning.planning import area_pair_between, crosses_border, needs_no_package

_ENDS = ("transit_router_ids", "table_ids")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Packages to buy or to attach."""

    terms: Packages
    packages: tuple[PlannedPackage, ...]
    existing: Mapping[AreaPair, ExistingPackage]
    protect: bool


def parse_pool(args: Mapping[str, Any], *, catalogue: Catalogue | None = None) -> Pool:
    """The packages that the arguments of `BandwidthPool` describe.

    Raises:
        InvalidIntent: with every problem at once.
    """
    catalogue = catalogue or default_catalogue()
    given = {key: value for key, value in args.items() if value is not None}
    problems = strangers(given, BandwidthPoolArgs) + list(_instance_problems(given))
    protect = value(BandwidthPoolArgs, "protect", given["protect"], problems) if "protect" in given else True
    found: list[Problem] = []
    terms = shape(Packages, {key: given[key] for key in names(Packages) if key in given}, "", found)
    problems += [Problem(problem.path.removeprefix("."), problem.reason) for problem in found]
    packages: dict[AreaPair, PlannedPackage] = {}
    sizes, existing = (terms["sizes"], terms["existing"]) if terms else ({}, {})
    for name, wanted in (("sizes", sizes), ("existing", existing)):
        for key in wanted:
            path, areas = f"{name}.{key}", area_pair_of(key, catalogue.areas)
            held = existing[key] if name == "existing" else None
            mbps = Mbps(sizes[key] if held is None else held["bandwidth"])
            if isinstance(areas, str):
                problems.append(Problem(path, areas))
                continue
            if areas in packages:
                problems.append(Problem(path, f"{areas} is there twice: an instance holds one package for an area pair"))
            packages[areas] = PlannedPackage(
                areas=areas,
                mbps=mbps,
                drawn=Mbps(0),
                existing=held is not None,
                attached=held is not None and held["attached"],
            )
            if held is not None:
                continue
            if (unsellable := package_size_problem(mbps)) is not None:
                problems.append(Problem(path, unsellable))
            if (unsold := catalogue.unsold(areas)) is not None:
                problems.append(Problem(path, f"no package with {unsold} is sold today (area catalogue {catalogue.edition})"))
    if terms is not None:
        if not packages:
            problems.append(Problem("sizes", "missing: Mbps to buy by area pair, such as China/Europe, or existing packages"))
        if sizes and terms.get("payment_type") is None:
            problems.append(
                Problem("payment_type", "missing: PrePaid (not deletable before expiry) or PostPaid (allow-listed accounts)")
            )
        if terms.get("payment_type") == "PostPaid":
            problems += [
                Problem(name, "goes with PrePaid only: leave it out, or write payment_type PrePaid")
                for name in ("period", "auto_renew")
                if terms.get(name) is not None
            ]
    if problems or terms is None:
        raise InvalidIntent("BandwidthPool", set(problems))
    return Pool(
        terms=terms,
        packages=tuple(packages[areas] for areas in sorted(packages)),
        existing={AreaPair(*key.split("/")): item for key, item in existing.items()},
        protect=protect,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Two regions to join."""

    edition: Edition
    planned: PlannedInterconnection


def parse_pair(args: Mapping[str, Any], *, catalogue: Catalogue | None = None) -> Joined:
    """The pair of regions that the arguments of `Interconnection` describe.

    Raises:
        InvalidIntent: with every problem at once.
    """
    catalogue = catalogue or default_catalogue()
    given = {key: value for key, value in args.items() if value is not None}
    problems = strangers(given, InterconnectionArgs) + list(_instance_problems(given))
    if "edition" not in given:
        problems.append(Problem("edition", "missing: basic or enterprise"))
    stated = value(InterconnectionArgs, "edition", given["edition"], problems) if "edition" in given else None
    edition = Edition(stated) if stated else None
    found: list[Problem] = []
    pair = shape(Pair, {key: given[key] for key in names(Pair) if key in given}, "", found)
    problems += [Problem(problem.path.removeprefix("."), problem.reason) for problem in found]
    if "tags" in given:
        value(InterconnectionArgs, "tags", given["tags"], problems)
    if pair is not None:
        for region in pair["regions"]:
            if region.removeprefix("ccn-") not in catalogue.regions:
                close = catalogue.nearest_region(region)
                problems.append(
                    Problem("regions", f'"{region}" is not in the area catalogue' + (f"; did you mean {close}?" if close else ""))
                )
        ends = region_pair(*pair["regions"])
        if ends.first == ends.second:
            problems.append(Problem("regions", f"{ends.first} twice: networks in one region reach each other without a package"))
        elif edition is not None and needs_no_package(ends, edition, catalogue):
            problems.append(Problem("regions", f"{ends} needs no package and takes no bandwidth"))
        elif edition is Edition.ENTERPRISE and not all(map(takes_peers, ends.names)):
            reason = f"{ends}: no peer joins a region of Cloud Connect Networks; a bandwidth limit does, on the basic edition"
            problems.append(Problem("regions", reason))
    if edition is not None and pair is not None:
        problems += _edition_problems(given, edition, pair)
    if problems or edition is None or pair is None:
        raise InvalidIntent("Interconnection", set(problems))
    ends = region_pair(*pair["regions"])
    areas = area_pair_between(ends, catalogue, {})
    carrier = (
        Carrier.LIMIT
        if edition is Edition.BASIC
        else Carrier.TRAFFIC_PEER
        if pair.get("billing", Billing.PACKAGE) == Billing.TRAFFIC
        else Carrier.PEER
    )
    planned = PlannedInterconnection(
        regions=ends,
        areas=areas if isinstance(areas, AreaPair) else None,
        mbps=Mbps(pair["bandwidth"]),
        carrier=carrier,
        crosses=crosses_border(ends, catalogue),
    )
    return Joined(edition=edition, planned=planned)


def _edition_problems(given: Mapping[str, Any], edition: Edition, pair: Pair) -> Iterator[Problem]:
    by_traffic = pair.get("billing", Billing.PACKAGE) == Billing.TRAFFIC
    if edition is Edition.BASIC:
        if by_traffic:
            yield Problem("billing", "traffic needs the enterprise edition")
        for name in (*_ENDS, "route_table_ids", "tags"):
            if name in given:
                yield Problem(name, "belongs to the enterprise edition")
    else:
        found: list[Problem] = []
        for name in _ENDS:
            wanted = entries(given.get(name, {}), name, found)
            for region in pair["regions"]:
                if region not in wanted:
                    yield Problem(f"{name}.{region}", "missing: RegionalHub hands it out")
        for region, tables in entries(given.get("route_table_ids", {}), "route_table_ids", found).items():
            if region not in pair["regions"]:
                reason = f"is neither of the two regions, {' and '.join(sorted(pair['regions']))}"
                yield Problem(f"route_table_ids.{region}", reason)
            entries(tables, f"route_table_ids.{region}", found)
        yield from found
        if by_traffic and "package_id" in given:
            yield Problem("package_id", "goes with billing package: traffic takes no package")
        if "attachment_ids" in given:
            yield Problem("attachment_ids", "belongs to the basic edition: a peer waits for its two routers by their ids")
    if not by_traffic and "package_id" not in given:
        yield Problem(
            "package_id", "missing: the id that BandwidthPool hands out for the pair's areas; it waits for the attachment"
        )


def _instance_problems(given: Mapping[str, Any]) -> Iterator[Problem]:
    if "cen_id" not in given:
        yield Problem("cen_id", "missing: the id of the CEN instance")
    elif (other := foreign_prefix(given["cen_id"], "cen-")) is not None:
        yield Problem("cen_id", f"is the id of a {other}, not of a CEN instance")
