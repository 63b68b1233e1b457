"""One bandwidth package is attached to two CEN instances.

What it does:
    Counts the instances that each package is attached to. Also a package that is attached twice to one instance: by two
    resources, or because the update makes an attachment before it deletes the old one (under a new name without an alias).
    One that it imports under a new name, and deletes under the old one, is detached: both names are one object.

Why it matters:
    A package is attached to one instance at a time. The service refuses the second attachment, in the middle of an update.

Example:
    {PACKAGE}
    second = alicloud.cen.Instance("second")
    first_use = alicloud.cen.BandwidthPackageAttachment(
        "first-use", instance_id=core.id, bandwidth_package_id=package.id
    )
    second_use = alicloud.cen.BandwidthPackageAttachment(
        "second-use", instance_id=second.id, bandwidth_package_id=package.id
    )

Instead:
    {PACKAGE}
    second = alicloud.cen.Instance("second")
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Never.

Source:
    AssociateCenBandwidthPackage
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.network import Blocker, CenInstance, Network, PackageAttachment
from cenguard.network.standing import PREVIEW
from cenguard.resources import tokens
from cenguard.resources.addresses import is_address
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.beside import collisions
from cenguard.rules.remedies.duplicates import cause_of_sharing
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package that several instances use."""
    yield from _in_passing(network)
    yield from _twice_on_one(network)
    yield from _by_two_resources(network)
    if not network.leaving.told:
        yield from _in_calls(network)
    for package in network.packages:
        users = {id(item.instance): item.instance for item in package.attached}
        if len(users) < 2:
            continue
        instances = list(users.values())
        names = evidence.two_labels(*instances) if len(instances) == 2 else [item.label for item in instances]
        said = dict(zip(users, names, strict=True))
        yield finding_about(
            package,
            f"Package {evidence.package_text(package)} is attached to {evidence.listed(names)}: "
            f"it can be attached to one instance only.",
            question=f"package {package.label} is attached to one instance only",
            blocker=_blocker(instances),
            because=tuple(
                f"{'instanceId' if item.urn else evidence.of_elsewhere(item)} of {item.label}: {said[id(item.instance)]}"
                for item in package.attached
            ),
            fix="Buy a package for each instance.",
            cause=cause_of_sharing(network, package),
            area_pair=package.area_pair,
            packages=(package.address,),
            related=tuple(item.address for item in package.attached),
        )


def _in_passing(network: Network) -> Iterator[Finding]:
    """A package that stays while its attachment moves to another instance: for a while it is on both."""
    left = [item for item in network.leaving.detached if not (item.delete_first or item.already)]
    for item in network.package_attachments if left else ():
        package = item.package
        if not item.is_new or package.is_new or not package.declared:
            continue
        names = (package.id, package.urn)
        old = next((d for d in left if d.instance is not item.instance and (d.package in names or d.package_urn in names)), None)
        if old is None:
            continue
        # Pulumi replaces nothing where the value turns out to be the old one; what Terraform plans, it does
        stays = old.urn == item.urn and not is_address(old.urn) and item.instance.may_be(old.instance)
        yield finding_about(
            package,
            f"The update attaches package {evidence.package_text(package)} to {item.instance.label} before it detaches it from "
            f"{old.instance.label}: it can be attached to one instance only, and the update fails half-way.",
            question=f"package {package.label} stays attached to {old.instance.label}",
            blocker=item.instance.blocker if stays else None,
            because=(f"{old.name} attached it to {old.instance.label}", f"instanceId of {item.label}: {item.instance.label}"),
            fix="Detach the package in an update of its own first, once nothing draws on it any more.",
            area_pair=package.area_pair,
            packages=(package.address,),
            related=(item.address,),
        )


def _twice_on_one(network: Network) -> Iterator[Finding]:
    """A package whose attachment is made while an old one to the same instance is there still."""
    made = {item.urn: item for item in network.package_attachments}
    for found in collisions(network, tokens.PACKAGE_ATTACHMENT):
        item = made[found.urn]
        yield finding_about(
            item.package,
            found.message(
                item.label,
                f"The update attaches package {evidence.package_text(item.package)} to {item.instance.label} as {item.label}, and {found.until}: "
                "the service refuses a package that is attached, and the update fails half-way.",
            ),
            question=f"{item.label} attaches package {item.package.label} before {found.old} is gone",
            blocker=found.blocker,
            because=(f"{item.package.label} on {item.instance.label} before this update: {found.old}",),
            fix=found.fix,
            instance=item.instance,
            area_pair=item.package.area_pair,
            packages=(item.package.address,),
            related=(item.address,),
        )


def _by_two_resources(network: Network) -> Iterator[Finding]:
    """A package that two resources attach to one instance, at least one of them in this update."""
    for package in network.packages:
        items = sorted(package.attached, key=lambda item: item.address) if len(package.attached) > 1 else ()
        uses: dict[int, list[PackageAttachment]] = {}
        for item in items:
            if item.urn and item.instance.identified:
                uses.setdefault(id(item.instance), []).append(item)
        for found in uses.values():
            if len(found) < 2 or not any(item.is_new for item in found):
                continue
            instance = found[0].instance
            yield finding_about(
                package,
                f"Package {evidence.package_text(package)} is attached to {instance.label} twice, by "
                f"{evidence.listed(item.label for item in found)}: the service refuses a package that is attached.",
                question="",
                because=tuple(f"bandwidthPackageId of {item.label}: {package.label}" for item in found),
                fix="Keep one of the attachments; another one may have been meant for another package.",
                instance=instance,
                area_pair=package.area_pair,
                packages=(package.address,),
                related=tuple(item.address for item in found),
            )


def _in_calls(network: Network) -> Iterator[Finding]:
    """A package that stands, while its attachment and the instance are new: the calls do not tell what is replaced."""
    for item in network.package_attachments:
        package, instance = item.package, item.instance
        if not (item.is_new and package.stands and package.declared and instance.declared and instance.identified):
            continue
        if instance.id or instance.stands or instance.exists:
            if package.in_use and len(package.attached) == 1:
                yield _attached_anew(item)
            continue
        blocker = Blocker(
            f"replaced {instance.address}",
            f"{instance.label} may be new, or replace an instance that {package.label} is attached to",
            PREVIEW,
        )
        yield finding_about(
            package,
            f"The update attaches package {evidence.package_text(package)} to {instance.label} while it is attached to another instance "
            "still: it can be attached to one instance only, and the update fails half-way.",
            question=f"package {package.label} is attached to another instance still",
            blocker=None if package.in_use else blocker,
            because=(
                f"{package.label} stands{', in use (status InUse)' if package.in_use else ''}; {item.label} and {instance.label} are made",
            ),
            fix="Detach the package in an update of its own first, once nothing draws on it any more.",
            area_pair=package.area_pair,
            packages=(package.address,),
            related=(item.address,),
        )


def _attached_anew(item: PackageAttachment) -> Finding:
    """A package that is in use and that the call shows only one attachment of, which is made: what it is in use by is not told."""
    package = item.package
    return finding_about(
        package,
        "",
        question=f"{item.label} attaches package {package.label} before an old attachment of it is gone",
        blocker=Blocker(
            f"replaced {item.address}", f"{item.label} may replace what {package.label} is attached by already", PREVIEW
        ),
        because=(f"{package.label} stands, in use (status InUse); {item.label} is made",),
        fix="",
        instance=item.instance,
        area_pair=package.area_pair,
        packages=(package.address,),
        related=(item.address,),
    )


def _blocker(instances: list[CenInstance]) -> Blocker | None:
    """Instances that are told apart are two; one that is not known may be the same as another."""
    if len([item for item in instances if item.identified]) > 1:
        return None
    return next((item.blocker for item in instances if not item.identified), None)


RULE = Rule(
    code="CEN205",
    name="package-on-two-instances",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.STACK,
    check=check,
    page=__doc__,
)
