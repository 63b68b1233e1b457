"""Bandwidth packages, bought or existing, and their attachment to the instance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pulumi
import pulumi_alicloud as alicloud

from cenguard.geography.areas import AreaPair
from cenguard.planning.arguments import ExistingPackage, Packages
from cenguard.planning.plan import PlannedPackage
from cenguard_components.children import Children


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPackage:
    """A package that the instance holds: its id, and the attachment that everything drawn on it waits for."""

    id: pulumi.Input[str]
    attachment: alicloud.cen.BandwidthPackageAttachment | None
    """None when the instance held the package before."""

    @property
    def drawable_id(self) -> pulumi.Input[str]:
        """The package's id, known only when it is attached: what a peer must be given."""
        return self.id if self.attachment is None else self.attachment.bandwidth_package_id

    @property
    def awaited(self) -> tuple[pulumi.Resource, ...]:
        """What must stand before something draws on the package, and fall after it."""
        return () if self.attachment is None else (self.attachment,)


def hold_packages(
    children: Children,
    cen_id: pulumi.Input[str],
    planned: Iterable[PlannedPackage],
    terms: Packages,
    existing: Mapping[AreaPair, ExistingPackage],
    *,
    protect: bool,
) -> dict[AreaPair, HeldPackage]:
    """Buy the planned packages that do not exist, and attach those that the instance does not hold."""
    held: dict[AreaPair, HeldPackage] = {}
    for package in planned:
        first, second = package.areas.names
        name = children.named(first, second)
        package_id: pulumi.Input[str]
        if package.existing:
            package_id = existing[package.areas]["id"]
        else:
            # The areas are sorted: the provider replaces a package whose two areas merely change places.
            package_id = alicloud.cen.BandwidthPackage(
                name,
                bandwidth=package.mbps,
                geographic_region_a_id=first,
                geographic_region_b_id=second,
                cen_bandwidth_package_name=name,
                payment_type=terms.get("payment_type"),
                period=terms.get("period"),
                auto_renew=terms.get("auto_renew"),
                opts=children.options(f"packages.{package.areas}", protect=protect),
            ).id
        attachment = None
        if not package.attached:
            attachment = alicloud.cen.BandwidthPackageAttachment(
                name,
                instance_id=cen_id,
                bandwidth_package_id=package_id,
                opts=children.options(f"package_attachments.{package.areas}"),
            )
        held[package.areas] = HeldPackage(id=package_id, attachment=attachment)
    return held
