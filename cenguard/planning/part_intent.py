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
_HANDED_ON = ("package_id", "attachment_ids", *_ENDS, "route_table_ids", "tags")
"""What nothing is decided by: ids and tags that go to the resources as they are."""


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
    held = {name: value(InterconnectionArgs, name, given[name], problems) for name in _HANDED_ON if name in given}
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
        problems += _edition_problems(given, held, edition, pair)
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


def _edition_problems(given: Mapping[str, Any], held: Mapping[str, Any], edition: Edition, pair: Pair) -> Iterator[Problem]:
    by_traffic = pair.get("billing", Billing.PACKAGE) == Billing.TRAFFIC
    if edition is Edition.BASIC:
        if by_traffic:
            yield Problem("billing", "traffic needs the enterprise edition")
        for name in (*_ENDS, "route_table_ids", "tags"):
            if name in given:
                yield Problem(name, "belongs to the enterprise edition")
    else:
        for name in _ENDS:
            yield from _end_problems(name, held.get(name) or {}, pair, unread=name in held and held[name] is None)
        yield from _table_problems(held, pair)
        if by_traffic and "package_id" in given:
            yield Problem("package_id", "goes with billing package: traffic takes no package")
        if "attachment_ids" in given:
            yield Problem("attachment_ids", "belongs to the basic edition: a peer waits for its two routers by their ids")
    if not by_traffic and "package_id" not in given:
        yield Problem(
            "package_id", "missing: the id that BandwidthPool hands out for the pair's areas; it waits for the attachment"
        )
    elif (other := foreign_prefix(held.get("package_id"), "cenbwp-")) is not None:
        yield Problem("package_id", f"is the id of a {other}, not of a bandwidth package")


def _end_problems(name: str, ids: Mapping[str, object], pair: Pair, *, unread: bool) -> Iterator[Problem]:
    """An id for each of the two regions, and not one for both."""
    if unread:  # what is wrong with it is said already
        return
    for region in pair["regions"]:
        if region not in ids:
            yield Problem(f"{name}.{region}", "missing: RegionalHub hands it out")
    first, second = (ids.get(region) for region in pair["regions"])
    if first is not None and pair["regions"][0] != pair["regions"][1] and _mark(first) == _mark(second):
        yield Problem(f"{name}.{pair['regions'][1]}", f"is that of {pair['regions'][0]}: each of the two regions has its own")


def _table_problems(held: Mapping[str, Any], pair: Pair) -> Iterator[Problem]:
    """Further tables: of the two regions, each known once and beside the one that the peer uses."""
    found: list[Problem] = []
    own = held.get("table_ids") or {}
    for region, tables in (held.get("route_table_ids") or {}).items():
        path = f"route_table_ids.{region}"
        if region not in pair["regions"]:
            yield Problem(path, f"is neither of the two regions, {' and '.join(sorted(pair['regions']))}")
        seen = {_mark(own[region]): f"table_ids.{region}"} if region in own else {}
        for key, table in entries(tables, path, found).items():
            if key == region:
                yield Problem(f"{path}.{key}", "a region's name is the key of the table in table_ids: choose another")
            first = seen.setdefault(_mark(table), f"{path}.{key}")
            if first != f"{path}.{key}":
                yield Problem(f"{path}.{key}", f"is the table of {first}: a peer is known in a table once")
    yield from found


def _mark(identifier: object) -> object:
    """What two ids that are the same have in common; an output is the same only when it is the same object."""
    return identifier if isinstance(identifier, str) else id(identifier)


def _instance_problems(given: Mapping[str, Any]) -> Iterator[Problem]:
    found: list[Problem] = []
    if "cen_id" not in given:
        yield Problem("cen_id", "missing: the id of the CEN instance")
    elif value(BandwidthPoolArgs, "cen_id", given["cen_id"], found) is None:
        yield from found
    elif (other := foreign_prefix(given["cen_id"], "cen-")) is not None:
        yield Problem("cen_id", f"is the id of a {other}, not of a CEN instance")
