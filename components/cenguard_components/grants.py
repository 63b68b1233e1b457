"""The permission that the owner of a network gives, made with a provider of the owner's account."""

import pulumi
import pulumi_alicloud as alicloud

from cenguard.geography.grants import BASIC_LINE_GRANT, CCN_GRANT, GRANT_WORDS, grant_for
from cenguard.planning.arguments import WantedNetwork
from cenguard.planning.plan import Edition
from cenguard_components.children import Children


def make_grant(
    children: Children,
    cen_id: pulumi.Input[str],
    key: str,
    network: WantedNetwork,
    edition: Edition,
    provider: pulumi.ProviderResource,
) -> pulumi.Resource:
    """Make the grant that an attachment of another account's network waits for.

    A leased line on a Basic router, or a Cloud Connect Network, is granted by its own product: see
    `cenguard.geography.grants`.
    """
    name, owner = children.named(key), network["grant"]["cen_owner"]
    opts = children.options(f"grants.{key}", provider=provider)
    kind, resource = network["kind"], grant_for(network["kind"], direct=edition is Edition.BASIC)
    grant: pulumi.Resource
    if resource == BASIC_LINE_GRANT:
        grant = alicloud.expressconnect.GrantRuleToCen(
            name, cen_id=cen_id, cen_owner_id=owner, instance_id=network["id"], opts=opts
        )
    elif resource == CCN_GRANT:
        grant = alicloud.cloudconnect.NetworkGrant(name, cen_id=cen_id, cen_uid=owner, ccn_id=network["id"], opts=opts)
    else:
        grant = alicloud.cen.TransitRouterGrantAttachment(
            name, cen_id=cen_id, cen_owner_id=owner, instance_id=network["id"], instance_type=GRANT_WORDS[kind], opts=opts
        )
    return grant
