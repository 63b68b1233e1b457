"""The new network as resources: those of a program of its own, which names what stands by id.

They are edits of fixes, so that every language of the printers can say them, and the records that a reader of such a
program would make, which rules judge. What has no id in the input gets one that is made up: it stands for the one that the
service gives, and nobody sees it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from cenguard.findings.fix import Add, Edit, Import, Ref
from cenguard.judging.edited import NEW
from cenguard.network import BandwidthPackage
from cenguard.network.entities import BY_PACKAGE, DATA_TRANSFER
from cenguard.resources import tokens
from cenguard.resources.records import PROVIDER, Records, Resource, SourceKind
from cenguard.resources.urns import is_resource
from cenguard.resources.values import UNKNOWN, Unknown
from cenguard.upgrade.before import Held, Today
from cenguard.upgrade.parts import NewAttachment, NewPeer, plain_name

STACK, PROJECT = "upgrade", "enterprise-network"
ROUTER_ID, ATTACHMENT_ID, TABLE_ID = "transitRouterId", "transitRouterAttachmentId", "transitRouterRouteTableId"


@dataclass(slots=True)
class Ids:
    """The id of everything that the new network names; made up where the input knows none."""

    known: Mapping[str, str]
    """Id by URN, of the input's resources."""
    made: dict[str, str] = field(default_factory=dict)
    """Those that are made up, by address."""

    def of(self, address: str, kind: str, known: str | None = None) -> str:
        """The id of a thing of a kind (what its ids begin with), by its address."""
        found = known or self.known.get(address)
        if found is None:
            found = self.made.setdefault(address, f"{kind}-planned{len(self.made) + 1}")
        return found

    def of_network(self, item: Held) -> str:
        """The id of an attached network."""
        return self.of(item.address, item.kind.lower(), item.id)

    def of_package(self, item: BandwidthPackage) -> str:
        """The id of a package."""
        return self.of(item.address, "cenbwp", item.id)

    def of_instance(self, today: Today) -> str:
        """The id of the instance."""
        return self.of(today.instance.address, "cen", today.instance.id)

    def of_switch(self, address: str) -> str:
        """The id of a vSwitch: a URN of the input, else the id itself."""
        return self.of(address, "vsw", None if is_resource(address) else address)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNetwork:
    """The resources of the new network."""

    name: str
    cen: str
    """Id of the instance."""
    edits: tuple[Edit, ...]
    records: Records
    attachments: Mapping[str, Held]
    """The network of each attachment, by the attachment's URN."""
    open_peers: Mapping[str, NewPeer]
    """Peers whose package is not known, by URN."""


def owner_of(today: Today, held: Held) -> str | Unknown | None:
    """The account that an attachment names as its network's owner; None where it names none."""
    joining = today.network.details.joinings.get(held.attachment.urn or "")
    if joining is None or not joining.owner.is_set:
        return None
    return UNKNOWN if joining.owner.value is None else str(joining.owner.value)


def urn_of(token: str, name: str) -> str:
    """The URN of a resource of the new network."""
    return f"urn:pulumi:{STACK}::{PROJECT}::{token}::{name}"


def _record(edit: Add | Import, made: Mapping[str, str]) -> Resource:
    """The record of a resource that is new; `made` are the URNs of what edits call new."""
    inputs: dict[str, Any] = {}
    edges: dict[str, tuple[str, ...]] = {}
    for key, value in edit.properties.items():
        if isinstance(value, Ref):
            inputs[key], edges[key] = UNKNOWN, (made[value.urn],)  # the id of what is not there yet
        else:
            inputs[key] = (
                [dict(item) if isinstance(item, Mapping) else item for item in value] if isinstance(value, tuple) else value
            )
    return Resource(
        urn=urn_of(edit.type, edit.name),
        type=edit.type,
        inputs=inputs,
        custom=True,
        dependencies=tuple(dict.fromkeys(urn for urns in edges.values() for urn in urns)),
        property_dependencies=edges,
        provider=(edit.provider or "") if isinstance(edit, Add) else "",
        id=edit.id if isinstance(edit, Import) else None,
        imported=isinstance(edit, Import),
    )


_NAME = 64
"""A project's name has 100 characters at most, and a resource's 128: a CEN's own may have as many, and more is added to it."""


class Builder:
    """Makes the resources of one new network."""

    def __init__(self, today: Today, ids: Ids) -> None:
        self._today, self._ids = today, ids
        self.name = plain_name(plain_name(today.instance.name or today.instance.label)[:_NAME]) or "core"
        self._cen = ids.of_instance(today)
        self._edits: list[Edit] = []
        self._attachments: dict[str, Held] = {}
        self._open: dict[str, NewPeer] = {}

    def made(self, attachments: Iterable[NewAttachment], peers: Iterable[NewPeer], carried: Iterable[Edit] = ()) -> NewNetwork:
        """All of it, what is carried over beside routers, attachments and peers last."""
        for region in self._today.regions:
            self._router(region)
        for item in attachments:
            self._attachment(item)
        for peer in peers:
            if not peer.pair.of_a_ccn:
                self._peer(peer)
        self._edits += carried
        providers = [
            Resource(urn=self.provider(region), type=PROVIDER, inputs={"region": region}, custom=True)
            for region in self._today.regions
        ]
        made = {f"{NEW}{edit.name}": urn_of(edit.type, edit.name) for edit in self._edits if isinstance(edit, (Add, Import))}
        resources = [*providers, *(_record(edit, made) for edit in self._edits if isinstance(edit, (Add, Import)))]
        records = Records(
            path="the new network",
            kind=SourceKind.PROGRAM,
            project=PROJECT,
            stack=STACK,
            resources=resources,
            resource_count=len(resources),
            alicloud_count=len(resources),
            cen_count=len(resources) - len(providers),
        )
        return NewNetwork(
            name=self.name,
            cen=self._cen,
            edits=tuple(self._edits),
            records=records,
            attachments=self._attachments,
            open_peers=self._open,
        )

    def provider(self, region: str) -> str:
        """URN of the provider of a region."""
        return urn_of(PROVIDER, f"{self.name}-{region}")

    def table(self, region: str) -> Ref:
        """The route table of a region."""
        return Ref(f"{NEW}{self.name}-{region}-table", TABLE_ID)

    def _add(self, token: str, name: str, properties: Mapping[str, Any], region: str) -> str:
        self._edits.append(Add(name=name, type=token, properties=properties, provider=self.provider(region)))
        return f"{NEW}{name}"

    def _router_ref(self, region: str) -> Ref:
        return Ref(f"{NEW}{self.name}-{region}", ROUTER_ID)

    def _router(self, region: str) -> None:
        name = f"{self.name}-{region}"
        self._add(tokens.ROUTER, name, {"cenId": self._cen, "transitRouterName": name}, region)
        self._add(
            tokens.ROUTE_TABLE,
            f"{name}-table",
            {ROUTER_ID: self._router_ref(region), "transitRouterRouteTableName": name},
            region,
        )

    def _attachment(self, item: NewAttachment) -> None:
        held, name = item.held, f"{self.name}-{item.key}"
        network = self._ids.of_network(held)
        if held.stays:
            direct = {
                "instanceId": self._cen,
                "childInstanceId": network,
                "childInstanceType": held.kind,
                "childInstanceRegionId": held.region,
            }
            identifier = f"{self._cen}:{network}:{held.kind}:{held.region}"
            self._edits.append(Import(name=name, type=tokens.INSTANCE_ATTACHMENT, id=identifier, properties=direct))
            self._attachments[urn_of(tokens.INSTANCE_ATTACHMENT, name)] = held
            return
        owner = owner_of(self._today, held)
        properties: dict[str, Any] = {"cenId": self._cen, ROUTER_ID: self._router_ref(held.region)}
        if held.kind == "VPC":
            token = tokens.VPC_ATTACHMENT
            properties |= {"vpcId": network, "zoneMappings": self._zones(item.zones), "transitRouterVpcAttachmentName": name}
            properties |= {"vpcOwnerId": owner} if owner else {}
        else:
            token = tokens.VBR_ATTACHMENT
            properties |= {"vbrId": network, "transitRouterAttachmentName": name} | ({"vbrOwnerId": owner} if owner else {})
        made = self._add(token, name, {**properties, "autoPublishRouteEnabled": True}, held.region)
        self._attachments[urn_of(token, name)] = held
        self._route(made, name, (held.region,))

    def _zones(self, zones: Mapping[str, str] | None) -> Any:
        if zones is None:
            return UNKNOWN
        return tuple({"zoneId": zone, "vswitchId": self._ids.of_switch(zones[zone])} for zone in sorted(zones))

    def _peer(self, peer: NewPeer) -> None:
        first, second = peer.regions.names
        name = f"{self.name}-{first}-{second}"
        properties: dict[str, Any] = {
            "cenId": self._cen,
            ROUTER_ID: self._router_ref(first),
            "peerTransitRouterId": self._router_ref(second),
            "peerTransitRouterRegionId": second,
            "bandwidth": UNKNOWN if peer.mbps is None else int(peer.mbps) if float(peer.mbps).is_integer() else peer.mbps,
            "bandwidthType": DATA_TRANSFER if peer.by_traffic else BY_PACKAGE,
            "autoPublishRouteEnabled": True,
            "transitRouterPeerAttachmentName": name,
        }
        if not peer.by_traffic:
            properties["cenBandwidthPackageId"] = UNKNOWN if peer.package is None else self._ids.of_package(peer.package)
            if peer.package is None:
                self._open[urn_of(tokens.PEER, name)] = peer
        made = self._add(tokens.PEER, name, properties, first)
        self._route(made, name, (first, second))

    def _route(self, attachment: str, name: str, regions: Sequence[str]) -> None:
        """Association and propagation with the table of each end: both are off unless declared.

        Source: CreateTransitRouterPeerAttachment and CreateTransitRouterVpcAttachment; associated forwarding and route learning.
        """
        for region in regions:
            at = f"-{region}" if len(regions) > 1 else ""
            both = {ATTACHMENT_ID: Ref(attachment, ATTACHMENT_ID), TABLE_ID: self.table(region)}
            self._add(tokens.ASSOCIATION, f"{name}{at}-in", both, region)
            self._add(tokens.PROPAGATION, f"{name}{at}-learned", both, region)
