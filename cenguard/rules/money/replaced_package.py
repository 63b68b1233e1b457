"""An update replaces a bandwidth package.

What it does:
    Looks for packages that the update replaces: areas, payment type or charge type changed, or the two areas merely
    swapped; and for one whose attachment is deleted and made again, for it or for another one, while a limit or peer draws
    on it: what stays, and what is changed only after that. A saved plan alone does not say whether the old one is kept in
    the cloud (`retain_on_delete`): undetermined, and the stack's export beside the plan settles it. So is what one plan of
    Terraform's does that detaches a package and lets its peer go to traffic: the peer has to go first, in an update of its
    own.

Why it matters:
    An attached package cannot be replaced: the new one collides with the old one, or its limits are not zero, and the
    update fails half-way. A detached prepaid one stays billed until it expires, and traffic stops in between.

Before:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Example:
    package = alicloud.cen.BandwidthPackage(
        "package",
        bandwidth=10,
        geographic_region_a_id="North-America",
        geographic_region_b_id="China",
        payment_type="PrePaid",
        period=1,
        auto_renew=True,
    )
    {ATTACHED}
    {LIMIT}

Instead:
    {PACKAGE}
    {ATTACHED}
    {LIMIT}

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    When the replacement is planned by hand.

Source:
    aliyun/terraform-provider-alicloud, resource_alicloud_cen_bandwidth_package.go: areas and payment force replacement
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.findings.fix import Cause
from cenguard.geography.areas import AreaPair, area_pair
from cenguard.network import BandwidthLimit, BandwidthPackage, Blocker, Network, PackageAttachment, Peer
from cenguard.network.connectivity import COVERED, connectivity_of
from cenguard.network.details import POSTPAID, PREPAID, Before, Terms
from cenguard.network.faults import area_pair_of
from cenguard.network.leaving import Detached
from cenguard.resources.addresses import is_address
from cenguard.resources.urns import name_in_urn
from cenguard.rules import evidence
from cenguard.rules.about import finding_about
from cenguard.rules.money.replacing import FORCED, old_text, undo, why_replaced
from cenguard.rules.money.terms import about_package, bought
from cenguard.rules.remedies import single
from cenguard.rules.remedies.area_pairs import AreaPairCause
from cenguard.rules.remedies.duplicates import IN_PLACE
from cenguard.rules.remedies.ready_packages import UNDONE
from cenguard.rules.rule import Effect, Rule, Scope

_HALF = "Detach the old one in an update of its own first, once nothing draws on it any more, and attach this one then."


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each package that is replaced."""
    for package, terms in bought(network):
        if not terms.replaced or terms.keeps_old:
            continue  # one that is kept stands beside the new one, which is judged as it is
        if not terms.keeps_old_told:
            yield about_package(
                package,
                "",
                question=f"replacing package {package.label} fails half-way",
                blocker=Blocker(
                    f"retention of {package.address}",
                    "a plan does not say whether the old package is kept in the cloud (`retain_on_delete`), nor what it is attached to",
                    "the stack's export beside the plan (`pulumi stack export`) would settle it",
                ),
                because=(),
                fix="",
            )
            continue
        before = terms.before
        awaited = _awaited(package, terms, before)
        if awaited is not None:
            yield about_package(
                package,
                "",
                question=f"package {package.label} is replaced",
                blocker=awaited,
                because=(f"{package.label} in the old state: {old_text(before)}",) if before else (),
                fix="",
            )
            continue
        attached = before is not None and before.attached
        fails = "the update fails half-way, because the new one collides with the old one or its limits are not zero."
        stops = "traffic stops until the new one is attached, and a prepaid one stays billed until it expires."
        if attached:
            end = f"It is attached: {fails}"
        elif network.whole_stack:
            end = f"It is not attached: {stops}"
        else:  # its attachment may be among what the input hides
            end = f"If it is attached, {fails} If it is not, {stops}"
        why = why_replaced(package, terms, before)
        yield about_package(
            package,
            f"The update replaces package {package.label}{f' ({why})' if why else ''}. {end}",
            question="",
            because=(f"{package.label} in the old state: {old_text(before)}" if before else "its old state is not told",),
            fix=FORCED if before is not None and not why and terms.payment.blocker is None else undo(package, before),
            cause=_cause(network, package, before),
        )
    yield from _under_what_stays(network)
    yield from _under_another_name(network)
    told = [*_under_two_names(network), *_under_a_limit(network)]
    yield from told
    yield from _before_what_changes(network, {item.subject for item in told})


def _under_what_stays(network: Network) -> Iterator[Finding]:
    """A package that is deleted or replaced while its attachment stays: a known id that its edge contradicts tells it.

    A prepaid one that is deleted is forgotten, and carries on to its last day: no plan shows that day, or that there is anything to renew.
    """
    forgotten = {item.urn for item in network.details.deletions if item.blocker is None and item.payment in (None, PREPAID)}
    for package in network.packages:
        terms = network.details.terms.get(package.leaves or "")
        if package.leaves is None or not package.attached or (terms is not None and (terms.replaced or terms.keeps_old)):
            continue
        names = evidence.listed(sorted(item.label for item in package.attached))
        attached = f"while {names} {'attach' if len(package.attached) > 1 else 'attaches'} it still"
        if terms is None and package.leaves in forgotten:
            message = (
                f"The update deletes package {package.label} {attached}: it is prepaid, so that the provider forgets it and deletes nothing, "
                "and what draws on it ends with its period, without a word."
            )
            fix = (
                "Keep the package while something draws on it, or have it kept on deletion first, so that it is let go knowingly."
            )
        else:
            message = (
                f"The update {'replaces' if terms is not None else 'deletes'} package {package.label} {attached}: the service does not delete "
                "a package that is attached, and the update fails half-way."
            )
            fix = "Replace its attachment in the same update, once nothing draws on the package any more, or keep the package."
        yield finding_about(
            package.leaves,
            message,
            question="",
            because=(f"bandwidthPackageId of {names}: {package.id}, the id that {package.label} had before this update",),
            fix=fix,
            instance=package.attached[0].instance,
            area_pair=package.area_pair,
            packages=(package.leaves,),
            related=tuple(item.address for item in package.attached),
        )


def _under_another_name(network: Network) -> Iterator[Finding]:
    """A package that is deleted under its old name and attached under another one: a prepaid one is only forgotten."""
    for item in network.details.deletions:
        if item.payment != POSTPAID or item.retained or item.leftover or item.id is None:
            continue
        package = next((found for found in network.packages if found.id == item.id and found.attached), None)
        if package is None or package.leaves:
            continue
        yield finding_about(
            item,
            f"The update deletes {item.label}, which is package {package.label} too, and attached: the service does not delete a package "
            "that is attached, and the update fails half-way.",
            question="",
            because=(f"both have the id {item.id}",),
            fix=evidence.under_one_name(item.urn),
            instance=package.attached[0].instance,
            area_pair=package.area_pair,
            packages=(item.urn,),
        )


def _under_two_names(network: Network) -> Iterator[Finding]:
    """A package that is attached while another one of its areas, under another name, is attached still."""
    for item in network.package_attachments:
        package = item.package
        area_pair = package.area_pair
        if not item.is_new or not item.declared or area_pair is None or not item.instance.identified:
            continue
        old = _attached_still(network, item, area_pair)
        if old is None:
            continue
        said, fix = old
        yield finding_about(
            item,
            f"The update attaches package {package.label} ({area_pair}) to {item.instance.label} while {said} is attached to it still: the "
            "service refuses a second one of these areas, and the update fails half-way with the second one paid.",
            question="",
            because=(evidence.package_step(package), f"attached to {item.instance.label} before: {said.rstrip(',')}"),
            fix=fix,
            instance=item.instance,
            area_pair=area_pair,
            packages=(package.address,),
        )


def _under_a_limit(network: Network) -> Iterator[Finding]:
    """A package that is detached, to be attached again, while a limit or peer that stays draws on it."""
    again = {old.urn: old for old in network.leaving.detached if old.again and old.delete_first and not old.already}
    for item in network.package_attachments if again else ():
        package, old = item.package, again.get(item.urn or "")
        if old is None or old.instance is not item.instance or not item.is_new:
            continue
        proof = next((carrier for carrier in package.drawn_by if carrier.proves and carrier.mbps != 0), None)
        if proof is None:
            continue
        yield finding_about(
            item,
            f"The update detaches package {package.label} from {item.instance.label}, to attach it again, while {evidence.carrier_text(proof)} "
            "draws on it: the service does not detach a package whose limits are not zero, and the update fails half-way.",
            question="",
            because=(f"attached before, and deleted first: {old.name}", f"stays: {evidence.carrier_text(proof)}"),
            fix="Leave out what forces it: -replace, a taint, a trigger, or an option of the attachment.",
            instance=item.instance,
            area_pair=package.area_pair,
            packages=(package.address,),
            related=(proof.address,),
        )


def _before_what_changes(network: Network, told: set[str | None]) -> Iterator[Finding]:
    """A package that is detached before the update changes the limit or peer that draws on it."""
    drawing = network.leaving.drawing
    made = {item.urn: item for item in network.package_attachments} if drawing else {}
    limits = {item.urn: item for item in network.limits} if drawing else {}
    peers = {item.urn: item for item in network.peers} if drawing else {}
    for one in drawing:
        old, item = one.detached, made.get(one.detached.urn)
        carrier = limits.get(one.carrier) or peers[one.carrier]
        if isinstance(carrier, BandwidthLimit) and area_pair_of(network, carrier) != old.area_pair:
            continue
        if item is not None and old.delete_first and network.order.waits_for_any(one.carrier, {old.urn}):
            if item.address not in told:
                told.add(item.address)
                yield _detached_first(item, carrier, old)
        elif isinstance(carrier, Peer) and carrier.by_traffic and is_address(old.urn) and (item is None or old.delete_first):
            yield _let_go(carrier, old)


def _let_go(peer: Peer, old: Detached) -> Finding:
    """A peer of Terraform's that goes to traffic while its package leaves.

    Pulumi deletes once all else is done. Terraform deletes a thing before it changes what depended on it, and behind that where
    one of them is created before it is destroyed, which no plan tells.
    Source: opentofu, internal/tofu/transform_destroy_edge.go; tried both ways with Terraform 1.11.4.
    """
    name = name_in_urn(old.package_urn) or old.package
    return finding_about(
        peer,
        "",
        question=f"package {name} is detached only once {evidence.carrier_text(peer)} has left it",
        blocker=Blocker(
            f"order {old.urn}",
            f"Terraform detaches package {name} before it changes peer {peer.label}, which the service refuses, unless the peer or the "
            "package's attachment has `create_before_destroy`, which no plan tells",
            f"an update that lets {peer.label} go to traffic before the one that takes the package out would settle it",
        ),
        because=(
            f"drew on {name} before: {evidence.carrier_text(peer)}",
            f"deleted by this update: {old.name}, which attaches {name}",
        ),
        fix="",
        instance=old.instance,
        area_pair=old.area_pair,
        packages=(old.package_urn or old.package,),
        related=(old.urn,),
    )


def _detached_first(item: PackageAttachment, carrier: BandwidthLimit | Peer, old: Detached) -> Finding:
    """A package whose attachment is deleted, to be made again, before what draws on it is changed."""
    name, text = name_in_urn(old.package_urn) or old.package, evidence.carrier_text(carrier)
    instead = (
        f"Change the size of {name}, which is attached, instead of attaching another one; or take {carrier.label} out in an update of its "
        "own first: its pair stands still until it is back."
    )
    return finding_about(
        item,
        f"The update detaches package {name} from {item.instance.label} before it changes {text}, which draws on it until then: the service "
        "does not detach a package whose limits are not zero, and the update fails half-way.",
        question="",
        because=(f"attached before, and deleted first: {old.name}", f"changed once that is made again: {text}"),
        fix="Leave out what forces it: -replace, a taint, a trigger, or an option of the attachment." if old.again else instead,
        instance=item.instance,
        area_pair=old.area_pair,
        packages=(item.package.address,),
        related=(carrier.address,),
    )


def _attached_still(network: Network, item: PackageAttachment, area_pair: AreaPair) -> tuple[str, str] | None:
    """The old package of an area pair that is attached until later in the same update, and what to do; None where there is none."""
    keep = f"Keep the package under its old name: {evidence.renaming(item.urn)} where it is renamed or moved, an import where it is in another stack. Another package is attached once the old one is detached, in an update of its own first, when nothing draws on it any more."
    instance, package = item.instance, item.package
    terms = network.details.terms.get(package.urn or "")
    if terms is not None and (terms.replaced or terms.keeps_old):  # it has its own name, and the old one stays
        keep = IN_PLACE
    # one that is kept has the URN of what is made in its place: its id alone tells the two apart
    made_anew = terms is not None and terms.replaced and terms.keeps_old
    names = {name for name in (package.id, None if made_anew else package.urn) if name}
    held = any(carrier.proves for carrier in instance.carriers if area_pair_of(network, carrier) == area_pair)
    there = [old for old in network.leaving.detached if old.instance is instance]
    left = [old for old in there if old.area_pair == area_pair or (old.area_pair is None and old.half_replaced and held)]
    for old in left:
        if old.already or (old.delete_first and not held):
            continue  # nothing keeps it from being detached first
        if names.isdisjoint((old.package, old.package_urn)):
            name = name_in_urn(old.package_urn) or old.package
            said = f"{'the old one' if name == package.name else name}, which {old.name} attached,"
            return said, _HALF if old.half_replaced else keep
    if left or not package.is_new or package.replaced or _others(item, area_pair):
        return None
    proof = next((carrier for carrier in instance.carriers if _is_proof(network, carrier, item, area_pair)), None)
    if proof is None:
        return None
    return f"the package that {evidence.carrier_text(proof)}, which stands, draws on", keep


def _others(item: PackageAttachment, area_pair: AreaPair) -> bool:
    """Whether another package of the area pair is attached to the instance in the input."""
    return any(other.package is not item.package for other in item.instance.index.packages.get(area_pair, ()))


def _is_proof(network: Network, carrier: BandwidthLimit | Peer, item: PackageAttachment, area_pair: AreaPair) -> bool:
    """Whether a limit or peer that stands drew on a package before this one was attached."""
    if not carrier.proves or area_pair_of(network, carrier) != area_pair or (isinstance(carrier, Peer) and carrier.by_traffic):
        return False
    return isinstance(carrier, BandwidthLimit) or (carrier.package is not None and carrier.package is not item.package)


def _cause(network: Network, package: BandwidthPackage, before: Before | None) -> Cause | None:
    """The pairs that the package carried: what was before the change is what they need."""
    instances = [item.instance for item in package.attached]
    known = before is not None and len(before.areas) == 2 and all(map(network.catalogue.knows_area, before.areas))
    if before is None or not known or len(instances) != 1:
        return single.undone(network, package.urn, UNDONE, rank=-1)
    lost = area_pair(*before.areas)
    connections = connectivity_of(network)[instances[0]].connections.values()
    pairs = tuple(item.regions for item in connections if item.area_pair == lost and item.disposition not in COVERED)
    return AreaPairCause(network=network, instance=instances[0], area_pair=lost, pairs=pairs, rank=-1)


def _awaited(package: BandwidthPackage, terms: Terms, before: Before | None) -> Blocker | None:
    """What a replacement hangs on that Pulumi plans because a value is not known: an update compares again, once it is.

    A plan of Terraform is carried out as it is. Source: tried with engine 3.276; what is known to differ is certain.
    """
    if before is None or is_address(package.address):
        return None
    told = package.misspelt or (package.areas_incomplete and not package.area_awaited)  # refused, and nothing to wait for
    if package.areas_blocker is None or told:
        return None if before.areas != package.areas else terms.payment.blocker
    left = list(before.areas)
    for area in package.areas:
        if area not in left:
            return None
        left.remove(area)
    pays_otherwise = terms.payment.blocker is None and before.payment != terms.payment.value
    return None if pays_otherwise else package.areas_blocker


RULE = Rule(
    code="CEN404",
    name="replaced-package",
    level=Level.MANDATORY,
    effect=Effect.FAILS_AND_COSTS,
    scope=Scope.RESOURCE,
    of_what_stands=True,
    check=check,
    needs_old_state=True,
    page=__doc__,
)
