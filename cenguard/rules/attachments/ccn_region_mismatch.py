"""A Cloud Connect Network is attached in a plain region, or another network in a region of Cloud Connect Networks.

What it does:
    Compares the kind of each attached network with its region. A Cloud Connect Network (CCN) is attached in a region of its
    own, whose id begins with `ccn-`, and nowhere else; a VPC, a leased line, a VPN connection or an Express Connect Router
    never in one. An attachment in the wrong sort of region counts for no region. A `ccn-` region in which the area catalogue
    knows no CCN is advisory.

Why it matters:
    The service offers such a network in no such region: the attachment fails, in the middle of an update.

Example:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    stock = alicloud.cen.InstanceAttachment(
        "stock",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    shops = alicloud.cen.InstanceAttachment(
        "shops",
        instance_id=core.id,
        child_instance_id="ccn-1",
        child_instance_type="CCN",
        child_instance_region_id="cn-shanghai",
    )

Instead:
    import pulumi_alicloud as alicloud

    core = alicloud.cen.Instance("core")
    stock = alicloud.cen.InstanceAttachment(
        "stock",
        instance_id=core.id,
        child_instance_id="vpc-1",
        child_instance_type="VPC",
        child_instance_region_id="cn-beijing",
    )
    shops = alicloud.cen.InstanceAttachment(
        "shops",
        instance_id=core.id,
        child_instance_id="ccn-1",
        child_instance_type="CCN",
        child_instance_region_id="ccn-cn-shanghai",
    )

Options:
    `level`: mandatory, advisory or disabled.

When to turn it off:
    Better mark the region of a new Cloud Connect Network with `"ccn": true` in a file for `--areas`.

Source:
    DescribeChildInstanceRegions (document 132080);
    https://help.aliyun.com/en/cen/user-guide/associate-a-ccn-instance-with-a-transit-router
"""

from collections.abc import Iterator

from cenguard.findings import Finding, Level
from cenguard.geography.catalogue import Catalogue
from cenguard.geography.regions import CCN_PREFIX, is_ccn, surrounding
from cenguard.network import Attachment, Blocker, Network
from cenguard.rules.about import finding_about
from cenguard.rules.evidence import REGION_OF, listed
from cenguard.rules.remedies import single
from cenguard.rules.rule import Effect, Rule, Scope


def check(network: Network) -> Iterator[Finding]:
    """Yield one finding for each attachment in the wrong sort of region."""
    catalogue = network.catalogue
    for item in network.attachments:
        if item.kind not in ("CCN", "") and not item.misplaced:
            continue
        if not item.declared or item.stands:
            continue
        region = item.region or ""
        blocker = _blocker(network, item)
        if blocker is None and not item.misplaced and not _is_unheard_of(catalogue, item):
            continue
        yield finding_about(
            item,
            _text(catalogue, item),
            question=f"{item.label} is attached in a region for its kind",
            blocker=blocker,
            because=(
                f"{'childInstanceType' if item.direct else 'the kind'} of {item.label}: {item.kind or 'not known'}",
                f"{REGION_OF[item.direct]} of {item.label}: {region or 'not known'}",
            ),
            fix=_fix(catalogue, item),
            cause=single.says(item.urn, {"childInstanceRegionId": meant})
            if item.direct and (meant := _meant(catalogue, item))
            else None,
            instance=item.instance,
            level=None if item.misplaced else Level.ADVISORY,
        )


def _is_unheard_of(catalogue: Catalogue, item: Attachment) -> bool:
    """Whether it is a CCN in the `ccn-` region of a known region where the catalogue knows none."""
    region = item.region or ""
    return is_ccn(region) and surrounding(region) in catalogue.regions and not catalogue.has_ccn(region)


def _blocker(network: Network, item: Attachment) -> Blocker | None:
    """Why the kind of what is attached, or the region of a CCN, is not known."""
    if item.misplaced:
        return None
    if item.kind == "":
        joining = network.details.joinings.get(item.urn or "")
        return joining.kind.blocker if joining else None
    return item.region_blocker if item.region is None else None


def _text(catalogue: Catalogue, item: Attachment) -> str:
    region = item.region or ""
    if not item.misplaced:
        return (
            f"{item.label} attaches a CCN in {region}, and the area catalogue {catalogue.edition} knows no CCN there: "
            f"it knows them in {listed(catalogue.ccn_regions)}."
        )
    if item.kind == "CCN":
        return f"{item.label} attaches a CCN in {region}: a CCN is attached in a region of its own, which begins with {CCN_PREFIX}, and nowhere else."
    return f"{item.label} attaches a {item.kind} in {region}, a region of CCNs, where no other network is attached."


def _meant(catalogue: Catalogue, item: Attachment) -> str | None:
    """The region that was meant, where there is one."""
    region = item.region or ""
    if item.kind != "CCN":
        return surrounding(region)
    return CCN_PREFIX + region if catalogue.has_ccn(region) and not is_ccn(region) else None


def _fix(catalogue: Catalogue, item: Attachment) -> str:
    meant = _meant(catalogue, item)
    if meant is None:
        return f"Name the region of the CCN: {listed(catalogue.ccn_regions, joint=' or ')}."
    return f"Name the region {meant}." if item.direct else f"Use a provider of the region {meant}."


RULE = Rule(
    code="CEN110",
    name="ccn-region-mismatch",
    level=Level.MANDATORY,
    effect=Effect.FAILS,
    scope=Scope.RESOURCE,
    check=check,
    spares_standing=True,
    page=__doc__,
)
