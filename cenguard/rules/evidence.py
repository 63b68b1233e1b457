"""Chains of evidence, in words: attachment → region → area → pair → packages → nearest miss."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from cenguard.geography.areas import AreaPair
from cenguard.geography.bandwidth import LARGEST_PACKAGE
from cenguard.geography.catalogue import Doubt
from cenguard.geography.regions import RegionPair
from cenguard.network import (
    Attachment,
    BandwidthLimit,
    BandwidthPackage,
    CenInstance,
    Entity,
    Network,
    PackageAttachment,
    Peer,
    mbps_text,
)
from cenguard.network.connectivity import Connection, Disposition
from cenguard.network.leaving import Detached
from cenguard.resources.addresses import is_address, refreshing
from cenguard.resources.type_table import terraform_type
from cenguard.resources.urns import WORKSPACE, name_in_urn, stack_of
from cenguard.text.printable import MOST_NAMED, listed

__all__ = ["MOST_NAMED", "listed"]

REGION_OF = {True: "childInstanceRegionId", False: "the router's region"}
"""Where the region of a direct attachment, and of one through a router, comes from."""
OF_INVENTORY = "the inventory's row"
"""Where what is no resource of the input comes from."""


RESIZING = "an attached package is resized in the console, with a refresh after it, or detached first"
"""What has to be done to resize a package that is there. Source: resource_alicloud_cen_bandwidth_package.go waits for `Idle`."""
LARGEST = f"no package holds more than {LARGEST_PACKAGE:,} Mbps"
"""Why a package that is full is not enlarged."""
AREAS_OF = {True: "geographicRegionIds", False: "geographicRegionAId and geographicRegionBId"}
"""Where the areas of a package come from: the deprecated list, or one property each."""


def pairs_text(pairs: Iterable[RegionPair]) -> str:
    """Region pairs as a sentence lists them."""
    return listed(f"{pair.first} – {pair.second}" for pair in pairs)


def of_elsewhere(item: Entity) -> str:
    """What tells of a thing that is no resource of the input: an inventory, or the state that it leaves, to stay in the cloud."""
    return "the old state" if _stays_in_the_cloud(item) else OF_INVENTORY


def _stays_in_the_cloud(item: Entity) -> bool:
    return item.urn is None and item.stands and item.type is not None


def region_source(item: Attachment) -> str:
    """Where the region of an attachment comes from, behind it in a sentence: *of* it."""
    return REGION_OF[item.direct] if item.urn else of_elsewhere(item)


def attaching(item: PackageAttachment) -> str:
    """What says that a package is attached to an instance."""
    return f"bandwidthPackageId and instanceId of {item.label}" if item.urn else f"{of_elsewhere(item)} of {item.label}"


def attachment_text(item: Attachment) -> str:
    """An attachment by name, with the kind of its network where that is known."""
    return f"{item.label} ({item.kind})" if item.kind else item.label


def region_step(network: Network, instance: CenInstance, region: str) -> str:
    """Where a region comes from: who is attached there, and the area it lies in."""
    here = instance.index.attachments.get(region, [])
    place = network.catalogue.area_of(region)
    area = f"whose area is not certain ({place.reason})" if isinstance(place, Doubt) else f"in {place}"
    if not here:
        joined = [item.label for item in instance.peers if item.pair and region in item.pair.names]
        if joined:
            return f"{region}, {area}: a router's region, joined by {'peer' if len(joined) == 1 else 'peers'} {listed(joined)}"
        limits = [item.label for item in instance.limits if region in item.regions]
        named = f"regionIds of {listed(limits)}, and " if limits else ""
        return f"{region}, {area}: {named}no network is known to be attached there"
    direct = [attachment_text(item) for item in here if item.direct and item.urn]
    routed = [attachment_text(item) for item in here if not item.direct and item.urn]
    rows = [attachment_text(item) for item in here if not item.urn and not _stays_in_the_cloud(item)]
    kept = [attachment_text(item) for item in here if _stays_in_the_cloud(item)]
    known = [f"{REGION_OF[True]} of {listed(direct)}"] if direct else []
    known += [f"{REGION_OF[False]} of {listed(routed)}{_router_origin(network, instance, region)}"] if routed else []
    known += [f"{OF_INVENTORY} of {listed(rows)}"] if rows else []
    known += [f"the old state of {listed(kept)}"] if kept else []
    return f"{region}, {area}: {listed(known)}"


def region_origin(network: Network, provider: str) -> str:
    """Where a provider's region comes from, as the end of a sentence; nothing where the program says it itself."""
    origin = network.details.region_origins.get(provider)
    return f" (from {origin})" if origin else ""


def _router_origin(network: Network, instance: CenInstance, region: str) -> str:
    router = next((item for item in instance.routers if item.region == region and item.provider), None)
    return region_origin(network, router.provider) if router else ""


def pair_steps(network: Network, instance: CenInstance, pairs: Iterable[RegionPair]) -> list[str]:
    """One step for each region of some pairs, and one for what each area pair is needed by."""
    chosen = tuple(pairs)
    return [*origin_steps(network, instance, chosen), *need_steps(network, chosen)]


def origin_steps(network: Network, instance: CenInstance, pairs: Iterable[RegionPair]) -> list[str]:
    """One step for each region of some pairs: where it comes from."""
    return [region_step(network, instance, region) for region in sorted({region for pair in pairs for region in pair.names})]


def need_steps(network: Network, pairs: Iterable[RegionPair]) -> list[str]:
    """One step for each area pair that some pairs need a package of."""
    needs: dict[AreaPair, list[RegionPair]] = {}
    for pair in pairs:
        area_pair = network.catalogue.area_pair(pair)
        if isinstance(area_pair, AreaPair):
            needs.setdefault(area_pair, []).append(pair)
    return [f"{pairs_text(here)} {'need' if len(here) > 1 else 'needs'} {area_pair}" for area_pair, here in sorted(needs.items())]


def packages_step(instance: CenInstance) -> str:
    """The packages attached to an instance, and what attaches each."""
    attached = [
        f"{package_text(item.package)} by {'an inventory' if item.package.from_inventory else f'bandwidthPackageId of {item.label}'}"
        for item in instance.packages
    ]
    return f"packages attached to {instance.label}: {listed(attached) if attached else 'none'}"


def called(package: BandwidthPackage) -> str:
    """How a sentence calls a package; one that nothing tells has no name but *the package of* what names it."""
    return f"package {package.label}" if package.urn or package.id else package.label


def apart(package: BandwidthPackage, instance: CenInstance) -> str:
    """What tells a finding about a package on an instance from that on another one; of the first instance nothing does.

    One without a URN is told from other such packages there too: else its instance alone makes the fingerprint.
    """
    told = [instance.address] if package.attached and package.attached[0].instance is not instance else []
    if package.urn is None:
        others = [item.package.address for item in instance.packages if item.package.urn is None]
        told += [package.address] if min(others, default="") < package.address else []
    return "\n".join(told)


def answers_for(instance: CenInstance, region: str) -> bool:
    """Whether the input answers for a region: any of an instance of its own, else those that it attaches itself."""
    return instance.declared or any(item.urn for item in instance.index.attachments.get(region, []))


class Labelled(Protocol):
    """What a sentence calls by a label."""

    @property
    def label(self) -> str:
        """How sentences call it."""

    @property
    def urn(self) -> str | None:
        """Its URN, where it is a resource."""


def two_labels(one: Labelled, other: Labelled) -> tuple[str, str]:
    """What a sentence calls two things: of two stacks that use one name, each with its stack; one that leaves it is *the old* one."""
    if one.label != other.label:
        return one.label, other.label
    olds = [isinstance(item, Entity) and _stays_in_the_cloud(item) for item in (one, other)]
    if any(olds):
        return f"{'the old ' if olds[0] else ''}{one.label}", f"{'the old ' if olds[1] else ''}{other.label}"
    if not one.urn or not other.urn:  # an instance that stays in the cloud has an id and no more
        return _with_id(one), _with_id(other)
    first, second = stack_of(one.urn), stack_of(other.urn)
    if first == second:
        return one.label, other.label
    (stack, project), (theirs, beside) = first, second
    return f"{one.label} of {_stack_name(stack, project, beside)}", f"{other.label} of {_stack_name(theirs, beside, project)}"


def _with_id(item: Labelled) -> str:
    """A label with the id of what is no resource."""
    return f"{item.label} ({item.id})" if not item.urn and isinstance(item, Entity) and item.id else item.label


def _stack_name(stack: str, project: str, beside: str) -> str:
    """A stack beside one of another project, or of the same."""
    if project == beside:
        return f"stack {stack}"
    return f"{project}/{stack}" if stack and stack != WORKSPACE else project or "the other source"


def renaming(urn: str | None) -> str:
    """What tells a resource's language that it has a new name, and is the same."""
    return "a `moved` block" if is_address(urn or "") else "an alias"


def type_word(token: str, address: str) -> str:
    """What the tool of a resource, by its address, calls a type.

    >>> cidr = "alicloud:cen/transitRouterCidr:TransitRouterCidr"
    >>> type_word(cidr, "urn:pulumi:dev::net::x:y:Z::a"), type_word(cidr, "net:alicloud_vpc.a")
    ('TransitRouterCidr', 'alicloud_cen_transit_router_cidr')
    """
    return terraform_type(token) if is_address(address) else token.rpartition(":")[2]


def provider_name(provider: str) -> str:
    """How sentences call a provider; what no document tells of a Terraform module in Pulumi is that of the module."""
    module, inside, _ = provider.partition("::urn:")
    return f"of the Terraform module {name_in_urn(module)}" if inside else name_in_urn(provider) or "the default one"


def engine(urn: str | None) -> str:
    """What makes a resource, as a sentence calls it.

    >>> engine("urn:pulumi:dev::net::x:y:Z::a"), engine("net:alicloud_vpc.a")
    ('the engine', 'Terraform')
    """
    return "Terraform" if is_address(urn or "") else "the engine"


def looking_again(source: str, urn: str | None) -> str:
    """What makes a document say what is so now, by who says otherwise."""
    return "take a new inventory" if source == "the inventory" else f"run {refreshing(urn)}"


def dropping(urn: str | None) -> str:
    """What takes a resource out of the state alone; a `removed` block that does not say so deletes it."""
    return "a `removed` block with `destroy = false`" if is_address(urn or "") else "`pulumi state delete`"


def under_one_name(urn: str | None) -> str:
    """What to do where something is imported under a new name, and deleted under its old one."""
    return f"Let the new name stand for the old one, by {renaming(urn)}, or take the old one out of the state alone, by {dropping(urn)}."


def areas_of(package: BandwidthPackage) -> str:
    """The areas of a package as it sets them; of one that is missing, whether it is not set or not told."""
    words = [*package.areas, *["(not told)"] * package.area_awaited]
    words += ["(not set)" if package.areas_incomplete else "(not told)"] * (2 - len(words))
    return "/".join(words)


def package_text(package: BandwidthPackage) -> str:
    """A package by name, area pair and size."""
    open_areas = "one area set" if package.area_awaited else "no areas set" if package.areas_incomplete else "areas unknown"
    area_pair = str(package.area_pair or (areas_of(package) if package.areas else open_areas))
    return f"{package.label} ({area_pair}, {mbps_text(package.mbps)})"


def package_step(package: BandwidthPackage) -> str:
    """A package, and the properties that say what it is."""
    open_areas = "not set" if package.areas_incomplete and not package.area_awaited else "not known"
    area_pair = areas_of(package) if package.areas else open_areas
    return f"{AREAS_OF[package.areas_listed]} of {package.label}: {area_pair}, bandwidth: {mbps_text(package.mbps)}{f' {package.mbps_note}' if package.mbps_note else ''}"


def carrier_text(carrier: BandwidthLimit | Peer) -> str:
    """A limit or peer by name and size."""
    return f"{'limit' if isinstance(carrier, BandwidthLimit) else 'peer'} {carrier.label} ({mbps_text(carrier.mbps)})"


def miss_step(connection: Connection) -> str | None:
    """The nearest miss of a pair, in words."""
    near = connection.packages[:MOST_NAMED]
    packages = listed([*map(package_text, near), *("" for _ in connection.packages[MOST_NAMED:])])  # the rest is counted
    verb = "are" if len(connection.packages) > 1 else "is"
    match connection.disposition:
        case Disposition.NOT_ATTACHED:
            return f"nearest miss: {packages}, which no bandwidthPackageId names, {verb} attached to no instance"
        case Disposition.OTHER_INSTANCE:
            attached = [item for package in near for item in package.attached]
            owners = listed(
                sorted(
                    {
                        f"{item.instance.label} by {'instanceId' if item.urn else of_elsewhere(item)} of {item.label}"
                        for item in attached
                    }
                )
            )
            return f"nearest miss: {packages} {verb} attached to another instance, {owners}"
        case Disposition.WRONG_AREA:
            return (
                f"nearest miss: {packages} {'join' if verb == 'are' else 'joins'} another area pair than {connection.area_pair}"
            )
        case _:
            return None


def package_addresses(connections: Iterable[Connection]) -> tuple[str, ...]:
    """Addresses of the packages of some pairs; of many that are a near miss, the few that the evidence names."""
    return tuple(sorted({package.address for item in connections for package in item.packages[:MOST_NAMED]}))


def bandwidth_now(instance: CenInstance, pairs: Iterable[RegionPair]) -> str:
    """What the pairs have now: nothing at all between Enterprise routers without a peer, else the test bandwidth."""
    bare = {has_no_connection(instance, pair) for pair in pairs}
    if False not in bare:
        return "no connection at all"
    return "the 1 Kbps test bandwidth, or no connection at all" if True in bare else "the 1 Kbps test bandwidth"


def has_no_connection(instance: CenInstance, pair: RegionPair) -> bool:
    """Whether a pair that nothing carries has not even the test bandwidth: Enterprise routers, and no peer joins them."""
    enterprise = instance.index.enterprise
    return pair.first in enterprise and pair.second in enterprise and pair not in instance.index.peers


def some_steps(steps: Sequence[str], *, of: int) -> tuple[str, ...]:
    """The first steps of evidence of a thing that has many; the rest is counted.

    >>> some_steps(["a", "b"], of=2), some_steps(["a", "b"], of=5)
    (('a', 'b'), ('a', 'b', 'and 3 more'))
    """
    return (*steps, f"and {of - len(steps)} more") if of > len(steps) else tuple(steps)


def attachment_addresses(instance: CenInstance, pairs: Iterable[RegionPair]) -> tuple[str, ...]:
    """Addresses of the attachments at the ends of some pairs."""
    regions = {region for pair in pairs for region in pair.names}
    return tuple(sorted(item.address for region in regions for item in instance.index.attachments.get(region, [])))


def first_attachment(instance: CenInstance) -> Attachment | None:
    """The first attachment of the input, by URN."""
    return next((item for item in instance.attachments if item.urn), None)


def instance_subject(instance: CenInstance) -> str:
    """Whom a finding about an instance names: the instance if it is declared here, else its first attachment."""
    if instance.declared and instance.urn:
        return instance.urn
    first = first_attachment(instance)
    return first.address if first else instance.address


def area_pair_text(area_pair: AreaPair | Doubt) -> str:
    """An area pair, or why it cannot be told."""
    return area_pair.reason if isinstance(area_pair, Doubt) else str(area_pair)


def a_package(area_pair: object) -> str:
    """A package with its article.

    >>> a_package(AreaPair("Europe", "Asia-Pacific")), a_package(AreaPair("Europe", "China"))
    ('an Asia-Pacific/Europe bandwidth package', 'a China/Europe bandwidth package')
    """
    return f"{with_article(str(area_pair))} bandwidth package"


def with_article(word: str) -> str:
    """A name of ours with its article.

    >>> with_article("InstanceGrant"), with_article("TransitRouterCidr"), with_article("alicloud_cen_instance_grant")
    ('an InstanceGrant', 'a TransitRouterCidr', 'an alicloud_cen_instance_grant')
    """
    return f"a{'n' * (word[0] in 'AIOa')} {word}"


def loose_packages(network: Network, area_pair: AreaPair) -> list[BandwidthPackage]:
    """Packages for an area pair that are attached to nothing, and can be."""
    return [
        package
        for package in network.packages_by_area_pair.get(area_pair, ())
        if not package.attached
        and package.leaves is None
        and not package.locked
        and (package.declared or package.stands_elsewhere)
    ]


def attached_until_now(network: Network, package: BandwidthPackage) -> Detached | None:
    """The attachment of a package that the update takes away; another one beside it would be refused."""
    names = (package.id, package.urn)
    left = network.leaving.detached
    return next((old for old in left if not old.already and (old.package in names or old.package_urn in names)), None)


def no_sale(area: str) -> str:
    """Why nobody is told to buy a package of an area that the service no longer sells, as a part of a sentence."""
    return f"no package with {area} can be bought today, the service no longer sells the area"


NO_PEER = (
    "no peer joins a region of Cloud Connect Networks, whose router no program can declare: "
    "the service's console gives {pairs} Mbps, or a bandwidth limit does where the other region is Basic Edition"
)
