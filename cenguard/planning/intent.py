"""What a user wants of a network, checked as a whole.

    >>> wanted = parse({
    ...     "edition": "basic",
    ...     "networks": {"shop": {"region": "cn-beijing", "id": "vpc-1"}, "sales": {"region": "us-west-1", "id": "vpc-2"}},
    ...     "interconnect": {"mesh": {"bandwidth": 20}},
    ...     "packages": {"payment_type": "PrePaid", "sizes": {"China/North-America": 20}},
    ... })
    >>> [str(areas) for areas in wanted.plan.area_pairs]
    ['China/North-America']

Ids, owners and tag values may be outputs of other resources; everything else must be known, because it decides which
resources there are.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cenguard.errors import InvalidIntent, Problem, nearest
from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import Mbps
from cenguard.geography.catalogue import Catalogue, default_catalogue
from cenguard.geography.regions import RegionPair, region_pair, surrounding
from cenguard.planning.apart import Denial, check_apart, denials
from cenguard.planning.argument_shapes import area_pair_of, entries, shape, strangers, value
from cenguard.planning.argument_values import shown
from cenguard.planning.arguments import (
    CenNetworkArgs,
    ExistingPackage,
    Hub,
    Instance,
    Interconnect,
    Mesh,
    Packages,
    Pair,
    RouteTable,
    WantedNetwork,
)
from cenguard.planning.network_checks import check_kind, check_networks, check_region, check_router_cidrs, foreign_prefix
from cenguard.planning.plan import Billing, Edition, Interconnection, Plan, PlanInput
from cenguard.planning.plan import ExistingPackage as HeldPackage
from cenguard.planning.planning import isolated, mesh, needs_no_package, plan, spokes

_WHOLE = ("edition", "tags", "protect", "areas", "aliases", "apart", "router_cidrs")
"""Arguments that are read in one piece; of the others, what can be read is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A network that can be built: every argument checked, and the plan that follows from them."""

    edition: Edition
    networks: Mapping[str, WantedNetwork]
    packages: Packages
    instance: Instance
    route_tables: Mapping[str, RouteTable]
    tags: Mapping[str, Any]
    protect: bool
    aliases: Mapping[str, str]
    """Place of a child, such as `networks.shop`, to the URN or root name it had before."""
    plan: Plan
    denials: tuple[Denial, ...] = ()
    """The route maps that keep tables apart."""
    router_cidrs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Blocks of each region's router."""

    @property
    def existing(self) -> dict[AreaPair, ExistingPackage]:
        """The packages that are there already, by area pair."""
        return {AreaPair(*key.split("/")): found for key, found in self.packages["existing"].items()}


def parse(args: Mapping[str, Any], *, subject: str = "CenNetwork", catalogue: Catalogue | None = None) -> Intent:
    """The network that arguments describe.

    Args:
        args: the arguments of `CenNetwork`, as a program or a stack's configuration holds them.
        subject: whose arguments they are, for the message.
        catalogue: where regions lie; the newest edition without it.

    Raises:
        InvalidIntent: with every problem at once: its path, the value, and what would be right.
    """
    given = {key: item for key, item in args.items() if item is not None}
    reading = _Reading(given, catalogue or default_catalogue())
    intent = reading.intent()
    if intent is None:
        raise InvalidIntent(subject, set(reading.problems))
    return intent


class _Reading:
    """One pass over arguments that keeps going after a problem, so that all of them are said at once."""

    def __init__(self, args: Mapping[str, Any], catalogue: Catalogue) -> None:
        self.args = args
        self.catalogue = catalogue
        self.problems: list[Problem] = []
        problems = self.problems
        problems += strangers(args, CenNetworkArgs)
        whole = {name: value(CenNetworkArgs, name, args[name], problems) for name in _WHOLE if name in args}
        self.edition = Edition(whole["edition"]) if whole.get("edition") else None
        self.tags: Mapping[str, Any] = whole.get("tags") or {}
        self.protect: bool = whole.get("protect", True)
        self.areas: Mapping[str, str] = whole.get("areas") or {}
        self.aliases: Mapping[str, str] = whole.get("aliases") or {}
        self.apart = tuple(tuple(keys) for keys in whole.get("apart") or ())
        self.router_cidrs: Mapping[str, Sequence[str]] = whole.get("router_cidrs") or {}
        self.networks: dict[str, WantedNetwork] = {}
        for key, raw in entries(args.get("networks", {}), "networks", problems).items():
            network = shape(WantedNetwork, raw, f"networks.{key}", problems)
            if network is not None:
                self.networks[key] = network
            elif isinstance(raw, Mapping):
                self._look_at(f"networks.{key}", raw)
        self.tables = {
            key: table
            for key, raw in entries(args.get("route_tables", {}), "route_tables", problems).items()
            if (table := shape(RouteTable, raw, f"route_tables.{key}", problems)) is not None
        }
        stated = args.get("interconnect")
        self.topologies = [
            name for name in ("mesh", "hub", "pairs") if isinstance(stated, Mapping) and stated.get(name) is not None
        ]
        self.interconnect = shape(Interconnect, args.get("interconnect", {}), "interconnect", problems)
        self.packages = shape(Packages, args.get("packages", {}), "packages", problems)
        self.instance = shape(Instance, args.get("instance", {}), "instance", problems)

    def _look_at(self, path: str, raw: Mapping[str, Any]) -> None:
        """What can be said of an entry that could not be read as a whole."""
        region, kind = raw.get("region"), raw.get("kind", "VPC")
        if isinstance(kind, str):
            self.problems += check_kind(path, kind, raw.get("id"), self.edition)
            if isinstance(region, str) and region.strip():
                self.problems += check_region(path, region, kind, self.areas, self.catalogue)

    @property
    def _is_one_topology(self) -> bool:
        return "interconnect" not in self.args or len(self.topologies) == 1

    @property
    def adopts(self) -> bool:
        """Whether the instance exists already: others may attach to it and buy for it."""
        return self.instance is not None and self.instance.get("existing_id") is not None

    def intent(self) -> Intent | None:
        """The whole, or None when there are problems."""
        problems = self.problems
        if "edition" not in self.args:
            problems.append(Problem("edition", "missing: basic or enterprise"))
        if not self.args.get("networks"):
            problems.append(Problem("networks", "missing: at least one network, by a key of your choice"))
        problems += check_networks(self.networks, self.edition, self.tables, self.areas, self.catalogue)
        problems += check_apart(self.apart, self.edition, self.tables, self.networks)
        problems += check_router_cidrs(self.router_cidrs, self.edition, self.networks)
        for region, area in sorted(self.areas.items()):
            if area not in self.catalogue.areas:
                close = self.catalogue.nearest_area(area)
                hint = f"; did you mean {close}?" if close else f": {', '.join(self.catalogue.areas)}"
                problems.append(Problem(f"areas.{region}", f"{shown(area)} is not an area{hint}"))
            elif isinstance(placed := self.catalogue.area_of(region), str) and placed != area:
                reason = f"{region} lies in {placed} (area catalogue {self.catalogue.edition}), not in {area}: leave it out"
                problems.append(Problem(f"areas.{region}", reason))
        if isinstance(self.args.get("interconnect"), Mapping) and not self._is_one_topology:
            reason = f"exactly one of mesh, hub and pairs, not {' and '.join(self.topologies) or 'none'}"
            problems.append(Problem("interconnect", reason))
        problems += self._instance_problems()
        sizes, existing = self._sizes(), self._existing()
        planned = self._plan(sizes, existing)
        problems += self._payment_problems(bool(sizes) or (planned is not None and bool(planned.purchases)))
        if planned is not None and self.edition is not None:
            known = places(self.edition, self.networks, self.tables, planned)
            known |= {f"route_maps.{item.table}.{item.number}" for item in denials(self.apart, self.networks, self.tables)}
            known |= {f"router_cidrs.{block}@{region}" for region, blocks in self.router_cidrs.items() for block in blocks}
            for place in sorted(set(self.aliases) - known):
                close = nearest(place, known)
                hint = f"; did you mean {close}?" if close else f": {', '.join(sorted(known))}"
                problems.append(Problem(f"aliases.{place}", f"is no child of this network{hint}"))
        if problems or planned is None or self.edition is None or self.packages is None or self.instance is None:
            return None
        return Intent(
            edition=self.edition,
            networks=dict(sorted(self.networks.items())),
            packages=self.packages,
            instance=self.instance,
            route_tables=dict(sorted(self.tables.items())),
            tags=self.tags,
            protect=self.protect,
            aliases=self.aliases,
            plan=planned,
            denials=denials(self.apart, self.networks, self.tables),
            router_cidrs=self.router_cidrs,
        )

    def _plan(self, sizes: Mapping[AreaPair, Mbps], existing: Mapping[AreaPair, HeldPackage]) -> Plan | None:
        """The plan, when what decides it could be read."""
        raw = self.args.get("networks")
        places = {key: network["region"] for key, network in self.networks.items()}
        whole = isinstance(raw, Mapping) and bool(raw) and len(places) == len(raw) and all(map(self._is_region, places.values()))
        if not whole or self.edition is None or self.interconnect is None or self.packages is None or not self._is_one_topology:
            return None
        before = len(self.problems)
        wanted = PlanInput(
            edition=self.edition,
            networks=places,
            interconnections=tuple(self._interconnections(self.edition, self.interconnect)),
            sizes=sizes,
            existing=existing,
            areas=self.areas,
            kinds={key: network["kind"] for key, network in self.networks.items() if network["kind"] != "VPC"},
            tables={key: network["table"] for key, network in self.networks.items() if "table" in network},
            apart=self.apart,
        )
        if len(self.problems) > before:
            return None
        if not self.adopts:
            for region in isolated(wanted, self.catalogue):
                keys = ", ".join(key for key in sorted(places) if places[key] == region)
                reason = f"{region} (networks {keys}) is joined to no other region and would get 1 Kbps: join it, or leave it out"
                self.problems.append(Problem("interconnect", reason))
        planned, problems = plan(wanted, self.catalogue)
        self.problems += problems
        return planned

    def _is_region(self, region: str) -> bool:
        return region in self.areas or surrounding(region) in self.catalogue.regions

    def _interconnections(self, edition: Edition, interconnect: Interconnect) -> Iterator[Interconnection]:
        regions = sorted({network["region"] for network in self.networks.values()})
        found: dict[RegionPair, tuple[Mbps, Billing, str]] = {}
        if (
            "interconnect" not in self.args
            and not self.adopts
            and any(not self._without_package(pair, edition) for pair in mesh(regions))
        ):
            reason = f"missing: the networks lie in {len(regions)} regions ({', '.join(regions)}); give mesh, hub or pairs"
            self.problems.append(Problem("interconnect", reason))
            return
        if "mesh" in interconnect:
            for pair in mesh(regions):
                found[pair] = _rate(interconnect["mesh"], interconnect, "interconnect.mesh")
        elif "hub" in interconnect and self._joins(interconnect["hub"]["region"], regions, "interconnect.hub.region"):
            for pair in spokes(interconnect["hub"]["region"], regions):
                found[pair] = _rate(interconnect["hub"], interconnect, "interconnect.hub")
        for index, item in enumerate(interconnect.get("pairs", ())):
            path = f"interconnect.pairs[{index}]"
            joined = [self._joins(region, regions, f"{path}.regions") for region in item["regions"]]
            if not all(joined):
                continue
            pair = region_pair(*item["regions"])
            if pair.first == pair.second:
                self.problems.append(
                    Problem(f"{path}.regions", f"{pair.first} twice: networks in one region reach each other without a package")
                )
            elif self._without_package(pair, edition):
                self.problems.append(
                    Problem(f"{path}.regions", f"{pair} needs no package and takes no bandwidth: leave the pair out")
                )
            elif pair in found:
                self.problems.append(Problem(f"{path}.regions", f"{pair} is in the list twice"))
            else:
                found[pair] = _rate(item, interconnect, path)
        found = {pair: rate for pair, rate in found.items() if not self._without_package(pair, edition)}
        self._override(interconnect, found, edition)
        for pair, (mbps, billing, said_at) in found.items():
            if billing is Billing.TRAFFIC and edition is Edition.BASIC:
                reason = "traffic needs the enterprise edition: on the basic one a package pays for every pair of regions"
                self.problems.append(Problem(said_at, reason))
            elif mbps:
                yield Interconnection(regions=pair, mbps=mbps, billing=billing)

    def _override(self, interconnect: Interconnect, found: dict[RegionPair, tuple[Mbps, Billing, str]], edition: Edition) -> None:
        seen: set[RegionPair] = set()
        for key, item in interconnect["overrides"].items():
            path = f"interconnect.overrides.{key}"
            ends = key.split("/")
            pair = region_pair(*ends) if len(ends) == 2 else None
            if pair is None:
                self.problems.append(Problem(path, "is not two regions with a slash between, such as cn-beijing/us-west-1"))
            elif pair in seen:
                self.problems.append(Problem(path, f"{pair} is overridden twice"))
            elif pair not in found:
                why = "needs no package" if self._without_package(pair, edition) else "is not interconnected"
                known = ", ".join(map(str, sorted(found))) or "none"
                self.problems.append(Problem(path, f"{pair} {why}: nothing to override; the pairs are {known}"))
            else:
                seen.add(pair)
                mbps, billing, said_at = found[pair]
                said_at = f"{path}.billing" if "billing" in item else said_at
                found[pair] = (Mbps(item.get("bandwidth", mbps)), Billing(item.get("billing", billing)), said_at)

    def _without_package(self, pair: RegionPair, edition: Edition) -> bool:
        return needs_no_package(pair, edition, self.catalogue, self.areas)

    def _joins(self, region: str, regions: list[str], path: str) -> bool:
        """Whether a region can be an end of an interconnection here."""
        if region in regions:
            return True
        if self.adopts and self.edition is Edition.BASIC and self._is_region(region):
            return True  # a limit needs no more of its ends than that somebody attached a network there
        close = nearest(region, regions) or self.catalogue.nearest_region(region)
        hint = f"; did you mean {close}?" if close and close != region else f"; networks lie in {', '.join(regions)}"
        self.problems.append(Problem(path, f"no network lies in {shown(region)}{hint}"))
        return False

    def _instance_problems(self) -> Iterator[Problem]:
        instance = self.instance
        if instance is None or instance.get("existing_id") is None:
            return
        if (other := foreign_prefix(instance["existing_id"], "cen-")) is not None:
            yield Problem("instance.existing_id", f"is the id of a {other}, not of a CEN instance")
        for name in ("name", "tags"):
            if instance.get(name):
                yield Problem(f"instance.{name}", "belongs to an instance made here: an existing one keeps its own")

    def _payment_problems(self, buys: bool) -> Iterator[Problem]:
        packages = self.packages
        if packages is None:
            return
        if buys and packages.get("payment_type") is None:
            reason = "missing: PrePaid (bought at once, not deletable before expiry) or PostPaid (allow-listed accounts only)"
            yield Problem("packages.payment_type", reason)
        if packages.get("payment_type") == "PostPaid":
            for name in ("period", "auto_renew"):
                if packages.get(name) is not None:
                    yield Problem(f"packages.{name}", "goes with PrePaid only: leave it out, or write payment_type PrePaid")

    def _sizes(self) -> dict[AreaPair, Mbps]:
        sizes = self.packages["sizes"] if self.packages else {}
        return {areas: Mbps(sizes[key]) for key, areas in self._area_pairs(sizes, "packages.sizes")}

    def _existing(self) -> dict[AreaPair, HeldPackage]:
        existing = self.packages["existing"] if self.packages else {}
        found = {}
        for key, areas in self._area_pairs(existing, "packages.existing"):
            package, path = existing[key], f"packages.existing.{key}"
            found[areas] = HeldPackage(mbps=Mbps(package["bandwidth"]), attached=package["attached"])
            if package["attached"] and not self.adopts:
                reason = (
                    "a package is attached to one instance: name that one in instance.existing_id, or detach the package first"
                )
                self.problems.append(Problem(f"{path}.attached", reason))
            if (other := foreign_prefix(package["id"], "cenbwp-")) is not None:
                self.problems.append(Problem(f"{path}.id", f"is the id of a {other}, not of a bandwidth package"))
        return found

    def _area_pairs(self, keys: Mapping[str, object], path: str) -> Iterator[tuple[str, AreaPair]]:
        seen: set[AreaPair] = set()
        for key in keys:
            areas = area_pair_of(key, self.catalogue.areas)
            if isinstance(areas, str):
                self.problems.append(Problem(f"{path}.{key}", areas))
            elif areas in seen:
                self.problems.append(
                    Problem(f"{path}.{key}", f"{areas} is there twice: the order of the two areas means nothing")
                )
            else:
                seen.add(areas)
                yield key, areas


def places(edition: Edition, networks: Mapping[str, WantedNetwork], tables: Mapping[str, RouteTable], planned: Plan) -> set[str]:
    """The children of a network that can have been something else before, as `aliases` names them."""
    found = {"instance"}
    for key, network in networks.items():
        found |= {f"networks.{key}"} | ({f"grants.{key}"} if network.get("grant") else set())
    for package in planned.packages:
        found |= set() if package.existing else {f"packages.{package.areas}"}
        found |= set() if package.attached else {f"package_attachments.{package.areas}"}
    found |= {f"interconnections.{item.regions}" for item in planned.interconnections}
    if edition is Edition.BASIC:
        return found
    own = {network["region"] for network in networks.values()}
    found |= {f"transit_routers.{region}" for region in own} | {f"route_tables.{key}" for key in (*own, *tables)}
    for key, network in networks.items():
        found.add(f"associations.{key}")
        found |= {f"propagations.{key}@{table}" for table in (network["region"], network.get("table")) if table}
        found |= {f"ecr_associations.{key}"} if network["kind"] == "ECR" else set()
    for item in planned.interconnections:
        for region in item.regions.names:
            found.add(f"associations.{item.regions}@{region}")
            known = [key for key, table in tables.items() if table["region"] == region]
            found |= {f"propagations.{item.regions}@{table}" for table in (region, *known)}
    return found


def _rate(item: Mesh | Hub | Pair, beside: Interconnect, path: str) -> tuple[Mbps, Billing, str]:
    """Mbps, who pays, and the path at which that is said."""
    said: Interconnect | Mesh | Hub | Pair = item if "billing" in item else beside
    return Mbps(item["bandwidth"]), Billing(said.get("billing", "package")), f"{path if said is item else 'interconnect'}.billing"
