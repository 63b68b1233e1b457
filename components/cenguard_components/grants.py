"""The permission that the owner of a network gives, made with a provider of the owner's account."""

import pulumi
import pulumi_alicloud as alicloud

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

    A leased line or a connect network on a Basic router is granted by its own product. Sources: the FAQ of CEN
    (document 66205) and the pages of `GrantRuleToCen` and `cloudconnect.NetworkGrant`.
    """
    name, owner = children.named(key), network["grant"]["cen_owner"]
    opts = children.options(f"grants.{key}", provider=provider)
    grant: pulumi.Resource
    if edition is Edition.BASIC and network["kind"] == "VBR":
        grant = alicloud.expressconnect.GrantRuleToCen(
            name, cen_id=cen_id, cen_owner_id=owner, instance_id=network["id"], opts=opts
        )
    elif network["kind"] == "CCN":
        grant = alicloud.cloudconnect.NetworkGrant(name, cen_id=cen_id, cen_uid=owner, ccn_id=network["id"], opts=opts)
    else:
        grant = alicloud.cen.TransitRouterGrantAttachment(
            name, cen_id=cen_id, cen_owner_id=owner, instance_id=network["id"], instance_type=network["kind"], opts=opts
        )
    return grant
